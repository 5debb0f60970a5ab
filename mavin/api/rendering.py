"""From a script to a video: the previz in seconds, or another renderer."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mavin.api.sources import Source, load
from mavin.api.targets import check_output
from mavin.caption import HierarchicalCaption
from mavin.errors import FilmError, UsageError
from mavin.film import Film, RenderNote

if TYPE_CHECKING:
    from generator.renderers import RenderResult

__all__ = ["preview", "render"]

Fraction = Callable[[float], None]
"""Called with the part that is done, 0 to 1."""


def preview(
    film: Film | HierarchicalCaption | Source | str | Path,
    output: str | Path | None = None,
    *,
    shot: str | None = None,
    mute: bool = False,
    subtitles: bool = True,
    sheet: str | Path | None = None,
    clip: str | None = None,
    progress: Fraction | None = None,
) -> RenderResult | None:
    """Draws a script as a previz, as a storyboard sheet, or both.

    Args:
        film: a film, a caption, or the path of either.
        output: the ``.mp4`` to make; may be left out if ``sheet`` is given.
        shot: only this shot, such as ``S2``.
        mute: no sound.
        subtitles: whether the dialogue is written into the picture.
        sheet: the ``.png`` of a storyboard to make.
        clip: which clip of a film that has several, such as ``K2``.
        progress: called with the part that is done.

    Raises:
        UsageError: if an output, the shot or the clip is wrong; found out before drawing.
        MavinError: if the file cannot be written; the one that was there before stays.
    """
    source = load(film)
    if output is None and sheet is None:
        raise UsageError("Say what to make: a video with -o out.mp4, a storyboard with --sheet board.png, or both.")
    caption = _clip(source, clip)
    _check_shot(caption, shot)
    video = check_output(output, ".mp4", source.files) if output is not None else None
    board = check_output(sheet, ".png", source.files) if sheet is not None else None
    if board is not None:
        from generator.stage.sheet import storyboard

        storyboard(caption, board, references=source.folder)
    if video is None:
        return None
    return _draw(source, caption, video, "stage", 0, shot=shot, mute=mute, subtitles=subtitles, progress=progress)


def render(
    film: Film | HierarchicalCaption | Source | str | Path,
    output: str | Path,
    *,
    renderer: str = "stage",
    seed: int = 0,
    clip: str | None = None,
    progress: Fraction | None = None,
) -> RenderResult:
    """Makes the video of a script.

    Args:
        film: a film, a caption, or the path of either.
        output: the ``.mp4`` to make.
        renderer: name of a renderer; ``stage`` is the previz.
        seed: seed of every random choice.
        clip: which clip of a film that has several, such as ``K2``.
        progress: called with the part that is done.

    Raises:
        UsageError: if the output, the renderer or the clip is wrong; found out before drawing.
        MavinError: if the file cannot be written; the one that was there before stays.
    """
    source = load(film)
    caption = _clip(source, clip)
    video = check_output(output, ".mp4", source.files)
    return _draw(source, caption, video, renderer, seed, progress=progress)


def _clip(source: Source, clip: str | None) -> HierarchicalCaption:
    if clip is None and len(source.captions) == 1:
        return source.caption
    ids = [each.id for each in source.film.clips] if source.film else ["K1"]
    if clip is None:
        raise UsageError(f"The film has several clips ({', '.join(ids)}). Say which one with --clip {ids[0]}.")
    if clip not in ids:
        raise UsageError(f"The clip must be one of {', '.join(ids)}, got {clip}.")
    return source.captions[ids.index(clip)]


def _check_shot(caption: HierarchicalCaption, shot: str | None) -> None:
    ids = [each.id for each in caption.shots]
    if shot is not None and shot not in ids:
        raise UsageError(f"The shot must be one of {', '.join(ids)}, got {shot}. Try --shot {ids[0]}.")


def _draw(
    source: Source,
    caption: HierarchicalCaption,
    output: Path,
    renderer: str,
    seed: int,
    *,
    shot: str | None = None,
    mute: bool = False,
    subtitles: bool = True,
    progress: Fraction | None = None,
) -> RenderResult:
    from generator.renderers import RenderOptions
    from generator.renderers import renderer as find

    engine = find(renderer)
    options = RenderOptions(seed=seed, subtitles=subtitles, mute=mute, shot=shot, references=source.folder)
    started = time.monotonic()
    result = engine.render(caption, output, options, progress)
    if source.film is not None:
        note = RenderNote(
            output=output.name,
            renderer=renderer,
            seed=seed,
            rev=source.film.rev,
            frames=result.frames,
            seconds=round(time.monotonic() - started, 3),
            notes=result.notes,
        )
        with suppress(FilmError):  # a film that may only be read can be drawn all the same
            source.film.add_render(note, _credit(renderer))
    return result


def _credit(renderer: str) -> str:
    if renderer != "stage":
        return ""
    from generator.stage import credits_text

    return credits_text()
