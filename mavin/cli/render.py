"""``mavin preview`` and ``mavin render``: from a script to a video."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mavin.cli import options
from mavin.cli.console import Progress, emit, out

if TYPE_CHECKING:
    from rich.console import Console

    from generator.renderers import RenderResult

__all__ = ["register"]

Clip = Annotated[str | None, typer.Option("--clip", metavar="K1", help="Only this clip of a film that has several.")]
Shot = Annotated[str | None, typer.Option("--shot", metavar="S2", help="Only this shot.")]
Mute = Annotated[bool, typer.Option("--mute", help="No sound.")]
_VIDEO = "The video to make: .mp4, .webm, or .gif (small, silent)."


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    app.command("preview", epilog="Example: mavin preview fox.mavin -o fox.mp4 --sheet fox.png --slate")(preview)
    app.command("render", epilog="Example: mavin render fox.mavin -o fox.mp4 --renderer stage --seed 7")(render)


def preview(
    film: options.FilmArgument,
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="OUT.mp4", help=_VIDEO)] = None,
    shot: Shot = None,
    mute: Mute = False,
    no_music: Annotated[bool, typer.Option("--no-music", help="No music under the scene.")] = False,
    no_subtitles: Annotated[bool, typer.Option("--no-subtitles", help="No dialogue in the picture.")] = False,
    slate: Annotated[bool, typer.Option("--slate", help="The shot, its title and the time in the picture.")] = False,
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="BOARD.png", help="Also (or only) draw a storyboard.")
    ] = None,
    sheet_frames: Annotated[
        int,
        typer.Option("--sheet-frames", metavar="N", help="Frames of each shot on it: 1, or 3 (first, middle, last)."),
    ] = 1,
    labels: Annotated[
        str | None,
        typer.Option(
            "--labels",
            metavar="[OUT.json]",
            help="Also (or only) write down what every frame shows and sounds; without a name, beside the video.",
        ),
    ] = None,
    seed: options.Seed = 0,
    clip: Clip = None,
    as_json: options.Json = False,
) -> None:
    """Draw a script in seconds.

    Cuts, voices and subtitles are exact, the pictures simple.
    """
    from mavin import api

    source = options.open_source(film)
    data: str | bool = True if labels == "auto" else labels or False
    with Progress() as progress:
        result = api.preview(
            source,
            output,
            shot=shot,
            mute=mute,
            music=not no_music,
            subtitles=not no_subtitles,
            slate=slate,
            sheet=sheet,
            sheet_frames=sheet_frames,
            labels=data,
            seed=seed,
            clip=clip,
            progress=progress.part,
        )
    written = str(api.labels_path(source, Path(output) if output else None, data)) if data else None
    made = [name for name in (output, sheet, written) if name is not None]
    if as_json:
        emit(api.film_report(source, output=Path(made[0])) | _rendered(result, sheet, written))
        return
    console = out()
    console.print(f"Made {', '.join(made[:-1]) + ' and ' if made[1:] else ''}{made[-1]}.")
    _print_notes(console, result)


def render(
    film: options.FilmArgument,
    output: Annotated[str, typer.Option("-o", "--output", metavar="OUT.mp4", help=_VIDEO)],
    renderer: options.Renderer = "stage",
    seed: options.Seed = 0,
    shot: Shot = None,
    mute: Mute = False,
    labels: Annotated[
        str | None,
        typer.Option(
            "--labels",
            metavar="[OUT.json]",
            help="Also write down what every frame shows and sounds; without a name, beside the video.",
        ),
    ] = None,
    clip: Clip = None,
    as_json: options.Json = False,
) -> None:
    """Render a script to a video."""
    from mavin import api

    source = options.open_source(film)
    data: str | bool = True if labels == "auto" else labels or False
    with Progress() as progress:
        result = api.render(
            source,
            output,
            renderer=renderer,
            seed=seed,
            shot=shot,
            mute=mute,
            labels=data,
            clip=clip,
            progress=progress.part,
        )
    written = str(api.labels_path(source, Path(output), data)) if data else None
    if as_json:
        emit(api.film_report(source, output=Path(output)) | _rendered(result, labels=written))
        return
    console = out()
    console.print(f"Made {output}: {result.frames} frames, {result.width}×{result.height}.")
    if written is not None:
        console.print(f"Made {written}.")
    _print_notes(console, result)


def _rendered(result: RenderResult | None, sheet: str | None = None, labels: str | None = None) -> dict[str, Any]:
    video = None
    if result is not None:
        names = ("frames", "width", "height", "duration_ms", "sample_rate")
        video = {name: getattr(result, name) for name in names} | {"notes": list(result.notes)}
    return {"video": video, "sheet": sheet, "labels": labels}


def _print_notes(console: Console, result: RenderResult | None) -> None:
    for note in result.notes if result is not None else ():
        console.print(note)
