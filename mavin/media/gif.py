"""Films as GIF: small, silent, with a palette of each passage's own colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

__all__ = ["MAX_SIDE", "encode_gif", "gif_size"]

MAX_SIDE = 480
"""Longest side of a GIF in pixels; larger films are scaled down."""

_EVERY = 2
"""One frame of so many is kept, besides the first frame of each passage."""
_NEW_PASSAGE = 18.0
"""Mean change of a pixel (0 to 255) from frame to frame that begins a passage: a cut."""
_SAMPLES = 6
"""Frames of a passage that its palette is made of."""


def gif_size(size: tuple[int, int]) -> tuple[int, int]:
    """Width and height of the GIF of a film."""
    scale = min(1.0, MAX_SIDE / max(size))
    return max(2, round(size[0] * scale)), max(2, round(size[1] * scale))


def encode_gif(
    path: Path, frames: Iterable[NDArray[np.uint8]], size: tuple[int, int], fps: int, *, comment: str = ""
) -> int:
    """Write frames as an endless GIF and return how many there were.

    GIF counts hundredths of a second and holds 256 colours a picture.  Every second frame is kept, and
    the first of each passage between cuts, shown from the hundredth nearest to its own time.

    Args:
        path: the file.
        frames: pictures, uint8 of shape (H, W, 3).
        size: width and height of the frames in pixels.
        fps: frames per second.
        comment: text kept inside the file.
    """
    small = gif_size(size)
    counter = _Counter()
    pictures = _timed(_passages(counter.of(frames), small), counter, fps)
    first = next(pictures, None)
    if first is None:
        raise ValueError("a film must have at least one frame, got none")
    first.save(path, "GIF", save_all=True, append_images=pictures, loop=0, disposal=1, comment=comment.encode())
    return counter.count


class _Counter:
    def __init__(self) -> None:
        self.count = 0

    def of(self, frames: Iterable[NDArray[np.uint8]]) -> Iterator[NDArray[np.uint8]]:
        for pixels in frames:
            self.count += 1
            yield pixels


def _passages(frames: Iterable[NDArray[np.uint8]], size: tuple[int, int]) -> Iterator[tuple[int, Image.Image]]:
    """The kept frames with their numbers, in the colours of their passage."""
    held: list[tuple[int, Image.Image]] = []
    before: NDArray[np.int16] | None = None
    for number, pixels in enumerate(frames):
        picture = Image.fromarray(pixels).resize(
            size, Image.Resampling.BOX if size[0] > 32 else Image.Resampling.NEAREST
        )
        thumbnail = np.asarray(picture.resize((32, 18)), np.int16)
        is_new = before is not None and float(np.abs(thumbnail - before).mean()) > _NEW_PASSAGE
        before = thumbnail
        if is_new:
            yield from _coloured(held)
            held = []
        if not held or (number - held[0][0]) % _EVERY == 0:
            held.append((number, picture))
    yield from _coloured(held)


def _coloured(held: list[tuple[int, Image.Image]]) -> Iterator[tuple[int, Image.Image]]:
    if not held:
        return
    chosen = [held[at][1] for at in np.unique(np.linspace(0, len(held) - 1, _SAMPLES).astype(int))]
    width, height = chosen[0].size
    sheet = Image.new("RGB", (width, height * len(chosen)))
    for row, picture in enumerate(chosen):
        sheet.paste(picture, (0, row * height))
    palette = sheet.quantize(255, Image.Quantize.MEDIANCUT, kmeans=1)  # one left for "as before"
    for number, picture in held:
        yield number, picture.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG)


def _timed(pictures: Iterator[tuple[int, Image.Image]], counter: _Counter, fps: int) -> Iterator[Image.Image]:
    waiting = next(pictures, None)
    while waiting is not None:
        following = next(pictures, None)
        start, end = waiting[0], following[0] if following else counter.count
        # Rounded times, not rounded lengths: the error of one frame is not the next one's.
        waiting[1].info["duration"] = 10 * (round(end * 100 / fps) - round(start * 100 / fps))
        yield waiting[1]
        waiting = following
