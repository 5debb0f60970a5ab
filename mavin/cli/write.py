"""``mavin write``: from a sentence to a film folder."""

from __future__ import annotations

from typing import Annotated

import typer

from mavin.cli import options
from mavin.cli.asking import asking
from mavin.cli.console import Progress, emit, note, out

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("write", epilog='Example: mavin write "A fox finds a lantern." -o fox.mavin --shots 3 --duration 8')(
        write
    )


def write(
    prompt: options.Prompt = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="NAME.mavin", help="The film to make; the title's slug if left out."),
    ] = None,
    force: options.Force = False,
    duration: options.Duration = None,
    shots: options.Shots = None,
    clips: options.Clips = None,
    aspect: options.Aspect = "16:9",
    language: options.Language = None,
    ref: options.Ref = None,
    llm: options.Llm = None,
    model: options.Model = None,
    seed: options.Seed = 0,
    resume: options.Resume = False,
    strict: options.Strict = False,
    as_json: options.Json = False,
) -> None:
    """Write the script of a film from a sentence.

    Quoted lines, times, counts and the order of events stay exactly as you wrote them.
    """
    pairs = options.read_references(ref)
    text = options.read_prompt(prompt)
    from mavin import api

    with Progress() as progress:
        film = api.write(
            text,
            output,
            duration=duration,
            shots=shots,
            clips=clips,
            aspect=aspect,
            language=language,
            refs=pairs,
            llm=llm,
            model=model,
            seed=seed,
            strict=strict,
            force=force,
            resume=resume,
            progress=progress.stage,
            notice=note,
            decide=asking(progress, as_json=as_json),
        )
    source = api.load(film)
    if as_json:
        emit(api.film_report(source))
        return
    from mavin.cli.summary import print_written

    print_written(out(), source)
