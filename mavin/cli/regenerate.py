"""``mavin regenerate``: one shot, line or role written anew; nothing else changes."""

from __future__ import annotations

from typing import Annotated

import typer

from mavin.cli import options
from mavin.cli.console import Progress

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("regenerate", epilog='Example: mavin regenerate fox.mavin S2 --keep camera -m "more snow"')(regenerate)


def regenerate(
    film: Annotated[str, typer.Argument(metavar="FILM", help="A film's folder (NAME.mavin).")],
    part: Annotated[str, typer.Argument(metavar="PART", help="A shot (S2), a line (L1) or a role (C1).")],
    keep: Annotated[
        list[str] | None,
        typer.Option(
            "--keep",
            metavar="FIELD",
            help="What stays: action, camera, sounds; words, delivery, times; looks, voice. May be repeated.",
        ),
    ] = None,
    message: Annotated[
        str | None, typer.Option("-m", "--message", metavar="TEXT", help="What you wish of the new one.")
    ] = None,
    clip: Annotated[str, typer.Option("--clip", metavar="K", help="The clip that it is in.")] = "K1",
    llm: options.Llm = None,
    model: options.Model = None,
    seed: Annotated[
        int | None, typer.Option("--seed", metavar="N", help="Seed; another one at each revision if left out.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
    as_json: options.Json = False,
) -> None:
    """Write one shot, line or role anew.

    Your own words, what is locked, and everything else of the film stay as they are.
    """
    from mavin import api
    from mavin.cli.edit import finish

    fields = [word for each in keep or () for word in each.split(",") if word.strip()]
    with Progress() as progress:
        proposal = api.regenerate(
            film, part, clip=clip, keep=fields, hint=message or "", llm=llm, model=model, seed=seed,
            progress=progress.stage,
        )  # fmt: skip
    finish(proposal, None, dry_run=dry_run, as_json=as_json)
