"""``mavin preview`` and ``mavin render``: from a script to a video."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mavin.cli import generation, options
from mavin.cli.console import Progress, emit, out
from mavin.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from generator.renderers import RenderResult
    from mavin.api import GenerationOptions, Source

__all__ = ["register"]

Clip = Annotated[str | None, typer.Option("--clip", metavar="K1", help="Only this clip of a film that has several.")]
Shot = Annotated[str | None, typer.Option("--shot", metavar="S2", help="Only this shot.")]
Mute = Annotated[bool, typer.Option("--mute", help="No sound.")]
_VIDEO = "The video to make: .mp4, .webm, or .gif (small, silent)."


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    app.command("preview", epilog="Example: mavin preview fox.mavin -o fox.mp4 --sheet fox.png --slate")(preview)
    app.command("render", epilog="Example: mavin render fox.mavin -o fox.mp4 --weights ovi-1.1 --seed 7")(render)


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
    beside: Annotated[
        str | None,
        typer.Option("--beside", metavar="FILM.mp4", help="On the storyboard, a rendered film beside what is drawn."),
    ] = None,
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
            beside=beside,
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
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="OUT.mp4", help=_VIDEO)] = None,
    renderer: options.Renderer = None,
    weights: generation.Weights = None,
    device: generation.Device = "auto",
    dtype: generation.Dtype = "auto",
    steps: generation.Steps = None,
    seed: options.Seed = 0,
    size: generation.Size = None,
    first_frame: generation.FirstFrame = None,
    guidance: generation.Guidance = None,
    video_guidance: generation.VideoGuidance = None,
    audio_guidance: generation.AudioGuidance = None,
    reference_guidance: generation.ReferenceGuidance = None,
    negative_video: generation.NegativeVideo = None,
    negative_audio: generation.NegativeAudio = None,
    routing: generation.Routing = None,
    softness: generation.Softness = None,
    isolate_shots: generation.IsolateShots = False,
    solver: generation.Solver = None,
    shift: generation.Shift = None,
    skip_layer: generation.SkipLayer = None,
    offload: generation.Offload = "none",
    tile: generation.Tile = None,
    ignore_memory: generation.IgnoreMemory = False,
    dry_run: generation.DryRun = False,
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
    """Render a script to a video.

    By the network, with the weights tiny unless --weights says others; without weights here, as a previz.
    """
    from mavin import api

    source = options.open_source(film)
    data: str | bool = True if labels == "auto" else labels or False
    chosen = generation.sampling(
        weights=weights,
        device=device,
        dtype=dtype,
        offload=offload,
        tile=tile,
        first_frame=first_frame,
        ignore_memory=ignore_memory,
        steps=steps,
        shift=shift,
        solver=solver,
        text_guidance=guidance,
        video_guidance=video_guidance,
        audio_guidance=audio_guidance,
        reference_guidance=reference_guidance,
        skip_layer=skip_layer,
        negative_video=negative_video,
        negative_audio=negative_audio,
        routing=routing,
        softness_ms=softness,
        isolate_shots=isolate_shots,
        size=size,
    )
    if dry_run:
        _dry_run(source, renderer, clip, chosen, as_json=as_json)
        return
    if output is None:
        raise UsageError("Say which video to make, with -o out.mp4; or add --dry-run to make none.")
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
            telling=progress.share,
            **chosen,
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


def _dry_run(
    source: Source, renderer: str | None, clip: str | None, chosen: GenerationOptions, *, as_json: bool
) -> None:
    from mavin import api

    if renderer not in {None, "mavin"}:
        raise UsageError(
            f"A dry run tells what --renderer mavin needs, got --renderer {renderer}. Leave one of them out."
        )
    found = api.estimate(source, clip=clip, **chosen)
    if as_json:
        emit(api.estimate_report(found))
    else:
        generation.print_estimates(out(), found)


def _rendered(result: RenderResult | None, sheet: str | None = None, labels: str | None = None) -> dict[str, Any]:
    video = None
    if result is not None:
        names = ("frames", "width", "height", "duration_ms", "sample_rate")
        video = {name: getattr(result, name) for name in names}
        video |= {"notes": list(result.notes), "made_with": dict(result.made_with)}
    return {"video": video, "sheet": sheet, "labels": labels}


def _print_notes(console: Console, result: RenderResult | None) -> None:
    for note in result.notes if result is not None else ():
        console.print(note)
