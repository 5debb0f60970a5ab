"""``mavin preview`` and ``mavin render``: from a script to a video."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mavin.cli import options
from mavin.cli.console import Progress, emit, out

__all__ = ["register"]

Clip = Annotated[str | None, typer.Option("--clip", metavar="K1", help="Only this clip of a film that has several.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    app.command("preview", epilog="Example: mavin preview fox.mavin -o fox.mp4 --sheet fox.png")(preview)
    app.command("render", epilog="Example: mavin render fox.mavin -o fox.mp4 --renderer stage --seed 7")(render)


def preview(
    film: options.FilmArgument,
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="OUT.mp4", help="The video to make.")] = None,
    shot: Annotated[str | None, typer.Option("--shot", metavar="S2", help="Only this shot.")] = None,
    mute: Annotated[bool, typer.Option("--mute", help="No sound.")] = False,
    no_subtitles: Annotated[bool, typer.Option("--no-subtitles", help="No dialogue in the picture.")] = False,
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="BOARD.png", help="Also (or only) draw a storyboard.")
    ] = None,
    clip: Clip = None,
    as_json: options.Json = False,
) -> None:
    """Draw a script in seconds.

    Cuts, voices and subtitles are exact, the pictures simple.
    """
    from mavin import api

    source = options.open_source(film)
    with Progress() as progress:
        api.preview(
            source,
            output,
            shot=shot,
            mute=mute,
            subtitles=not no_subtitles,
            sheet=sheet,
            clip=clip,
            progress=progress.part,
        )
    made = [name for name in (output, sheet) if name is not None]
    if as_json:
        emit(api.film_report(source, output=Path(made[0])))
        return
    out().print(f"Made {' and '.join(made)}.")


def render(
    film: options.FilmArgument,
    output: Annotated[str, typer.Option("-o", "--output", metavar="OUT.mp4", help="The video to make.")],
    renderer: options.Renderer = "stage",
    seed: options.Seed = 0,
    clip: Clip = None,
    as_json: options.Json = False,
) -> None:
    """Render a script to a video."""
    from mavin import api

    source = options.open_source(film)
    with Progress() as progress:
        result = api.render(source, output, renderer=renderer, seed=seed, clip=clip, progress=progress.part)
    if as_json:
        emit(api.film_report(source, output=Path(output)))
        return
    console = out()
    console.print(f"Made {output}: {result.frames} frames, {result.width}×{result.height}.")
    for note in result.notes:
        console.print(note)
