"""Options of the renderer ``mavin``, and how a dry run is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from generator.estimate import Estimate
    from mavin.api import GenerationOptions

__all__ = ["print_estimates", "sampling"]

Weights = Annotated[
    str | None,
    typer.Option(
        "--weights",
        metavar="DIR|NAME",
        help="Weights of the network: tiny, a pipeline's folder, an installed name, or OWNER/NAME on the model hub.",
    ),
]
Device = Annotated[str, typer.Option("--device", metavar="D", help="Where the network runs: auto, cpu, cuda, cuda:1.")]
Dtype = Annotated[
    str,
    typer.Option(
        "--dtype", metavar="T", help="auto (bfloat16 on a GPU, float32 on a CPU), float32, bfloat16 or float16."
    ),
]
Offload = Annotated[
    str,
    typer.Option(
        "--offload",
        metavar="WHERE",
        help="Where parts wait for their turn: none (all stay on the device), cpu, or disk (least memory).",
    ),
]
Tile = Annotated[
    int | None, typer.Option("--tile", metavar="PIXELS", help="Decode the picture in tiles of this side: less memory.")
]
Size = Annotated[
    str | None,
    typer.Option(
        "--size",
        metavar="WxH",
        help="Picture size, multiples of 32; or 720 or 960: the film's shape at the area Ovi's weights were trained "
        "on. Default: 480p in the film's shape.",
    ),
]
FirstFrame = Annotated[
    str | None, typer.Option("--first-frame", metavar="FILE", help="Begin with this picture (image to video).")
]
Steps = Annotated[int | None, typer.Option("--steps", metavar="N", help="Sampling steps. Default: the weights' own.")]
Shift = Annotated[float | None, typer.Option("--shift", metavar="X", help="Shift of the steps towards the noise.")]
Solver = Annotated[str | None, typer.Option("--solver", metavar="NAME", help="unipc, dpm++ or euler.")]
Guidance = Annotated[
    float | None, typer.Option("--guidance", metavar="X", help="How strictly picture and sound follow the text.")
]
VideoGuidance = Annotated[float | None, typer.Option("--video-guidance", metavar="X", help="The same, picture only.")]
AudioGuidance = Annotated[float | None, typer.Option("--audio-guidance", metavar="X", help="The same, sound only.")]
ReferenceGuidance = Annotated[
    float | None,
    typer.Option("--reference-guidance", metavar="X", help="How strictly roles follow their references; costs a pass."),
]
SkipLayer = Annotated[
    int | None, typer.Option("--skip-layer", metavar="N", help="Block that the negative pass leaves out; 0 for none.")
]
NegativeVideo = Annotated[
    str | None, typer.Option("--negative-video", metavar="TEXT", help="What the picture should not be.")
]
NegativeAudio = Annotated[
    str | None, typer.Option("--negative-audio", metavar="TEXT", help="What the sound should not be.")
]
Routing = Annotated[
    str | None,
    typer.Option(
        "--routing",
        metavar="HOW",
        help="Keep text to its shots and lines: hard, soft (fades outside, for weights that never saw boundaries), or "
        "off (one prompt).",
    ),
]
Softness = Annotated[
    float | None,
    typer.Option("--softness", metavar="MS", help="With --routing soft, how far text fades: 300."),
]
IsolateShots = Annotated[
    bool, typer.Option("--isolate-shots", help="Let no shot see another in self-attention: faster, cuts change more.")
]
DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        help="Only tell tokens, operations, memory and time. --weights may be ovi or ovi_10s without being here.",
    ),
]
IgnoreMemory = Annotated[
    bool, typer.Option("--ignore-memory", help="Go on where the estimate says that it cannot fit.")
]


def sampling(**values: Any) -> GenerationOptions:
    """The options that were given: what has its default is left to the weights."""
    defaults = {"device": "auto", "dtype": "auto", "offload": "none", "isolate_shots": False, "ignore_memory": False}
    given = {name: value for name, value in values.items() if value is not None and value != defaults.get(name)}
    return cast("GenerationOptions", given)


def print_estimates(console: Console, found: tuple[Estimate, ...]) -> None:
    """A paragraph and a table for each clip."""
    for number, each in enumerate(found):
        if number:
            console.print()
        _print(console, each, f"K{number + 1}: " if len(found) > 1 else "")


def _print(console: Console, each: Estimate, clip: str) -> None:
    from rich.table import Table

    extra = f" ({each.network_frames} in the network)" if each.network_frames != each.frames else ""
    anchors = f", {each.anchor_tokens:,} of references" if each.anchor_tokens else ""
    console.print(
        f"{clip}{each.weights} on {each.device} in {each.dtype}, {each.duration_ms / 1000:g} s, "
        f"{each.width}×{each.height}, {each.frames} frames{extra}"
    )
    console.print(
        f"Tokens: {each.video_tokens:,} video, {each.audio_tokens:,} audio{anchors}, about {each.text_tokens:,} text; "
        f"{each.steps} steps of {each.passes} {'pass' if each.passes == 1 else 'passes'}"
    )
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("part", "weights", "at work", "TFLOP", "time"):
        table.add_column(heading, justify="left" if heading == "part" else "right")
    for part, size in each.weight_bytes.items():
        table.add_row(
            part.replace("_", " "),
            _bytes(size),
            _bytes(each.working_bytes[part]) if part in each.working_bytes else "",
            f"{each.flops[part] / 1e12:,.2f}" if part in each.flops else "",
            _time(each.seconds.get(part)),
        )
    table.add_row(
        "all",
        _bytes(sum(each.weight_bytes.values())),
        "",
        f"{sum(each.flops.values()) / 1e12:,.2f}",
        _time(sum(each.seconds.values()) if each.seconds else None),
        style="bold",
    )
    console.print(table)
    free = "" if each.free_bytes is None else f"; {_bytes(each.free_bytes)} are free"
    host = f" and {_bytes(each.host_bytes)} of main memory" if each.host_bytes else ""
    verdict = {True: "It fits.", False: "It does not fit.", None: ""}[each.fits]
    console.print(f"Needs about {_bytes(each.peak_bytes)} on {each.device}{host} at once{free}. {verdict}".rstrip())
    for note in each.notes:
        console.print(note)


def _bytes(count: int) -> str:
    return f"{count / 1e9:,.1f} GB" if count >= 1e8 else f"{count / 1e6:,.1f} MB"


def _time(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < 1:
        return "< 1 s"
    minutes, hours, days = seconds / 60, seconds / 3600, seconds / 86400
    for value, unit in ((days, "days"), (hours, "h"), (minutes, "min")):
        if value >= 2:
            return f"{value:,.0f} {unit}"
    return f"{seconds:,.0f} s"
