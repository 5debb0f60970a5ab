"""``mavin route``: what each moment of both towers of the network would see, from the script alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mavin.cli import options
from mavin.cli.console import emit, out
from mavin.cli.render import Clip

if TYPE_CHECKING:
    from rich.console import Console

    from generator.route_view import RouteView

__all__ = ["register"]

_STYLES = {"global": "dim", "shot": "cyan", "appearance": "yellow", "voice": "green", "reference": "magenta"}


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("route", epilog="Example: mavin route fox.mavin --png fox.png")(route)


def route(
    film: options.FilmArgument,
    png: Annotated[str | None, typer.Option("--png", metavar="OUT.png", help="Also draw it as a picture.")] = None,
    clip: Clip = None,
    as_json: options.Json = False,
) -> None:
    """Show which words and references each moment would see.

    Needs no weights: time runs across, and a lane is filled where the picture or the sound may attend to it.
    """
    from mavin import api

    views = api.route(options.open_source(film), png=png, clip=clip)
    if as_json:
        emit(api.route_report(views, Path(png) if png is not None else None))
        return
    console = out()
    for number, view in enumerate(views):
        if number:
            console.print()
        _print(console, view)
    if png is not None:
        console.print(f"\nMade {png}.")


def _print(console: Console, view: RouteView) -> None:
    from rich.text import Text

    from mavin.cli.timeline import ruler

    filled, empty = ("█", "·") if console.encoding.lower().startswith("utf") else ("#", ".")
    console.print(Text(view.title or "Untitled", style="bold"))
    names = [lane.label for tower in view.towers for lane in tower.lanes]
    width = min(console.width, 160)
    margin = min(max(len(name) for name in names) + 2, max(width // 2, 6))
    span = max(width - margin, 8)
    for tower in view.towers:
        console.print()
        console.print(f"{tower.name}: {tower.latents} latents, {tower.tokens:,} tokens")
        console.print(Text.assemble(" " * margin, ruler(view.duration_ms, span)), no_wrap=True)
        for lane in tower.lanes:
            cells = [empty] * span
            for start, end in lane.times_ms:
                first, last = (round(time * span / view.duration_ms) for time in (start, end))
                cells[first : max(last, first + 1)] = filled * max(last - first, 1)
            bar = Text("".join(cells[:span]), style=_STYLES[lane.kind])
            label = lane.label[: margin - 2].ljust(margin)
            console.print(Text.assemble((label, "bold"), bar), no_wrap=True, overflow="crop")
    if view.notes:
        console.print()
    for note in view.notes:
        console.print(note)
