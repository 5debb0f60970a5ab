"""``mavin import``: a film made of another program's file, or a film changed by an export that was edited there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mavin.cli import options
from mavin.cli.console import emit, note, out
from mavin.cli.export import print_losses
from mavin.errors import UsageError

if TYPE_CHECKING:
    from mavin.api.editing import Prefer

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command(
        "import",
        epilog="Example: mavin import cut.otio --into fox.mavin (or, for a new film: mavin import story.fountain)",
    )(import_file)


def _read_names() -> list[str]:
    from mavin.formats import formats

    return [each.name for each in formats().values() if each.read is not None]


def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file; its format is found by its content.")],
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="NAME.mavin", help="The film to make; the title's slug if left out."),
    ] = None,
    into: Annotated[
        str | None, typer.Option("--into", metavar="FILM", help="Change this film, which the file was exported from.")
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="FORMAT", help="The format, if the content leaves it open.", autocompletion=_read_names
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --into: show what would change, and change nothing.")
    ] = False,
    force: options.Force = False,
    mine: Annotated[bool, typer.Option("--mine", help="Where somebody else changed the same: take this.")] = False,
    theirs: Annotated[bool, typer.Option("--theirs", help="Where somebody else changed the same: keep that.")] = False,
    as_json: options.Json = False,
) -> None:
    """Make a film of another program's file, or bring edits made there back into a film.

    What is left out or guessed is listed. With --into, what changed becomes one step of the film's history, shown as a
    difference first.
    """
    if into is not None and (output is not None or force):
        raise UsageError("--into changes a film that is there, so -o and --force cannot be given with it.")
    if into is None and (dry_run or mine or theirs):
        raise UsageError("--dry-run, --mine and --theirs need --into FILM.")
    if mine and theirs:
        raise UsageError("Only one of --mine and --theirs can be given.")
    if into is not None:
        _into(into, file, form, "mine" if mine else "theirs" if theirs else None, dry_run=dry_run, as_json=as_json)
        return
    from mavin import api
    from mavin.api.exports import loss_objects
    from mavin.api.imports import import_film
    from mavin.api.targets import renaming

    if output is not None and (sentence := renaming(output)):
        note(sentence)
    made = import_film(file, output, form=form, force=force)
    if as_json:
        films = [api.film_report(api.load(film)) for film in made.films]
        emit({"format": made.format.name, "films": films, "losses": loss_objects(made.losses)})
        return
    from mavin.cli.summary import print_made

    for film in made.films[:3]:
        print_made(out(), api.load(film))
    if made.films[3:]:
        out().print(f"And {len(made.films) - 3} more films, up to {made.films[-1].path}.")
    print_losses(made.losses, f"{file.name} was read as {made.format.title}; not everything is as it is there:")


def _into(film: str, file: Path, form: str | None, prefer: Prefer | None, *, dry_run: bool, as_json: bool) -> None:
    from mavin.api.imports import propose_import
    from mavin.cli.edit import finish

    found = propose_import(film, file, form=form)
    print_losses(found.losses, f"{file.name} was read as {found.format.title}; not everything is as it is there:")
    finish(found.proposal, prefer, dry_run=dry_run, as_json=as_json)
