"""``mavin export``: a film's script in another form, with a report of what gets lost."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mavin.cli import options
from mavin.cli.console import Progress, emit, note
from mavin.errors import UsageError

if TYPE_CHECKING:
    from mavin.formats import Format, Loss

__all__ = ["print_losses", "register", "written_names"]


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("export", epilog="Example: mavin export fox.mavin --to srt -o fox.srt")(export)


def written_names() -> list[str]:
    """Names of the forms that can be written, for completion."""
    from mavin.formats import formats

    return [each.name for each in formats().values() if each.write is not None]


def export(
    film: options.FilmArgument,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="FORMAT",
            help="The format, such as srt, fountain, otio, csv or ltx-2; if left out, what the name of -o ends in.",
            autocompletion=written_names,
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="PATH", help="The file to write; text is printed if left out."),
    ] = None,
    clip: Annotated[
        str | None, typer.Option("--clip", metavar="K1", help="Only this clip of a film that has several.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Take a film's script away in another format.

    What the format cannot hold is listed on standard error. docs/formats.md tells what each of them is good for.
    """
    from mavin.api.exports import export as run
    from mavin.api.exports import export_report, write_files

    form = _form(film, to, output)
    source = options.open_source(film)
    with Progress() as progress:
        progress.stage("", f"writing {form.title}")
        exported = run(source, form, clip=clip)
        if output in {None, "-"} and not as_json and len(exported.files) > 1:
            ids = ", ".join(str(file.clip) for file in exported.files)
            raise UsageError(
                f"{form.title} makes one file a clip, and this film has {len(exported.files)}. Print one with --clip "
                f"({ids}), or name a file: -o {shlex.quote(Path(film).stem + form.suffix)}"
            )
        places = write_files(exported, Path(output), source.files) if output not in {None, "-"} else None
    if as_json:
        emit(export_report(exported, places))
        return
    if places is None:
        sys.stdout.write(exported.files[0].content.decode())
    else:
        sys.stderr.write(f"Made {', '.join(map(str, places))}.\n")
    print_losses(exported.losses, f"{form.title} does not hold all of the script:")


def _form(film: str, to: str | None, output: str | None) -> Format:
    from mavin.formats import find, of_suffix

    path = Path(output) if output not in {None, "-"} else None
    form = find(to) if to is not None else of_suffix(path) if path is not None else None
    if form is None:
        names = ", ".join(written_names())
        told = "" if path is None else f"The name {path.name} does not tell the format. "
        raise UsageError(f"{told}Say in which format with --to: {names}.")
    if path is None and not form.is_text:
        name = Path(film).stem + form.suffix
        raise UsageError(f"{form.title} is not text that can be printed. Name a file: -o {shlex.quote(name)}")
    return form


def print_losses(losses: tuple[Loss, ...], opening: str) -> None:
    """Tells on standard error what does not come through as it was."""
    from mavin.formats import sentences

    told = sentences(losses)
    if not told:
        return
    note(opening)
    for sentence in told:
        sys.stderr.write(f"  {sentence}\n")
