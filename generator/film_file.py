"""Frames and sound of a renderer into the film's file, with what the file says about itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.renderers import RenderOptions, RenderResult
from mavin.caption import HierarchicalCaption
from mavin.frames import FPS
from mavin.media import has_sound_track, write_video, written_size

__all__ = ["write_film"]


def write_film(
    output: Path,
    pictures: Iterable[NDArray[np.uint8]],
    samples: NDArray[np.float32],
    rate: int,
    size: tuple[int, int],
    caption: HierarchicalCaption,
    options: RenderOptions,
    *,
    notes: tuple[str, ...] = (),
    credit: str = "",
    made_with: Mapping[str, str | int | float | bool | None] | None = None,
) -> RenderResult:
    """Writes a film, whole or not at all.

    Args:
        output: the file; its suffix chooses the format.
        pictures: frames, uint8 of shape (H, W, 3).
        samples: the sound, as long as the frames.
        rate: samples per second.
        size: width and height of the frames.
        caption: the script, for title and language.
        options: whether the sound is left out.
        notes: what a user should know.
        credit: whose work is in it.
        made_with: what decides the result besides script and seed.

    Raises:
        MavinError: if the file cannot be written.
    """
    heard = has_sound_track(output.suffix) and not options.mute
    width, height = written_size(output.suffix, size)
    if not heard and not options.mute:
        notes = (*notes, f"A GIF has no sound and is {width}×{height}. Use .mp4 or .webm for all of the film.")
    words = {"title": caption.title, "comment": credit, "language": caption.language}
    count = write_video(
        output, pictures, samples if heard else None, size=size, sample_rate=rate,
        metadata={name: text for name, text in words.items() if text},
    )  # fmt: skip
    return RenderResult(
        output, count, width, height, round(count * 1000 / FPS), rate if heard else 0, notes, made_with or {}, credit
    )
