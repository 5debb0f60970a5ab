"""What each moment of a film would see of its script: routing without weights."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mavin.api.rendering import clips_of
from mavin.api.sources import Source, load
from mavin.api.targets import check_output
from mavin.caption import HierarchicalCaption
from mavin.film import Film

if TYPE_CHECKING:
    from generator.route_view import RouteView

__all__ = ["route", "route_report"]


def route(
    film: Film | HierarchicalCaption | Source | str | Path,
    *,
    png: str | Path | None = None,
    clip: str | None = None,
) -> tuple[RouteView, ...]:
    """Which text and references every moment of the picture and of the sound may attend to.

    Args:
        film: a film, a caption, or the path of either.
        png: also draw it into this ``.png``.
        clip: only this clip of a film that has several, such as ``K2``.

    Returns:
        One view a clip.

    Raises:
        UsageError: if the clip or the picture's name is wrong.
        InvalidInputError: if a part of the script lasts too short to be seen at all.
        MavinError: if the picture cannot be written.
    """
    from generator.route_view import route_view

    source = load(film)
    captions = clips_of(source, clip)
    picture = check_output(png, ".png", source.files) if png is not None else None
    views = tuple(route_view(caption) for caption in captions)
    if picture is not None:
        from generator.route_picture import route_picture

        route_picture(views, picture)
    return views


def route_report(views: tuple[RouteView, ...], output: Path | None = None) -> dict[str, Any]:
    """The views as the object that ``mavin route --json`` prints."""
    return {"clips": [asdict(view) for view in views], "output": None if output is None else str(output)}
