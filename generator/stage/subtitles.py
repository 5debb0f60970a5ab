"""Subtitles burned into the picture: who speaks, in a colour of its own, and what is said."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageDraw

from generator.stage.lettering import draw_text, line_height, text_width, wrap
from mavin.caption import DialogueLine, HierarchicalCaption, Size
from mavin.frames import FPS, frame_range

__all__ = ["SPEAKER_COLOURS", "Subtitles"]

SPEAKER_COLOURS = ("#ffe27a", "#9fe0ff", "#ffb3a7", "#b9f2a1", "#dcbfff", "#ffd0ea")
"""Colours of the speakers' names, in order of the cast."""

_ROWS = 3
"""Most rows of one subtitle; a longer line is shown in parts, one after the other."""
_PAGE_FRAMES = FPS
"""Least frames that a part of a line is shown for: less cannot be read."""
_SMALLEST = 0.6
"""Share of the usual size that a line may shrink to where there is no time for parts."""


@dataclass(frozen=True, slots=True)
class _Block:
    image: Image.Image
    frames: range


class Subtitles:
    """The subtitles of a clip; :meth:`burn` draws those of one frame into its picture.

    A line of more than three rows is shown in parts while it is spoken.  Lines that overlap stand above
    each other, the earlier one on top.  They stand below, but in an extreme close-up above: there the mouth
    fills the lower part of the picture.

    Args:
        caption: the clip.
        above: pixels at the upper edge that are kept free, for a slate.
    """

    def __init__(self, caption: HierarchicalCaption, *, above: int = 0) -> None:
        self._width, self._height = caption.pixels
        self._caption, self._above = caption, above
        self._size = max(15, round(min(self._width * 0.042, self._height * 0.047)))
        lines = sorted(caption.dialogue, key=lambda line: (line.start_ms, line.id))
        self._high = [frame_range(shot.interval) for shot in caption.shots if shot.camera.size is Size.EXTREME_CLOSE_UP]
        self._blocks = [block for line in lines for block in self._parts(line)]

    def burn(self, picture: Image.Image, frame: int) -> None:
        """Draw the subtitles of a frame into an RGB picture of the film's size."""
        margin = round(self._height * 0.035)
        blocks = [block for block in self._blocks if frame in block.frames]
        bottom = self._height - margin
        if any(frame in frames for frames in self._high):
            top = max(margin, self._above + 4)
            bottom = top + sum(block.image.height + 4 for block in blocks) - 4
        for block in reversed(blocks):
            top = bottom - block.image.height
            picture.paste(block.image, ((self._width - block.image.width) // 2, max(0, top)), block.image)
            bottom = top - 4

    # ------------------------------------------------------------------------------------ parts

    def _parts(self, line: DialogueLine) -> list[_Block]:
        frames = frame_range(line.interval)
        pages, size = self._pages(line, len(frames))
        # Each part for as long as its share of the words takes.
        sizes = [sum(map(len, page)) for page in pages]
        ends = [frames.start + round(len(frames) * sum(sizes[: at + 1]) / sum(sizes)) for at in range(len(pages))]
        starts = [frames.start, *ends[:-1]]
        return [
            _Block(self._draw(line, page, size), range(start, end))
            for page, start, end in zip(pages, starts, ends, strict=True)
        ]

    def _pages(self, line: DialogueLine, frames: int) -> tuple[list[list[str]], int]:
        crowd = max(self._crowd(line), 1)
        size = self._size if crowd < 4 else round(self._size * 0.8)
        smallest = max(10, round(size * _SMALLEST))
        most = max(1, frames // _PAGE_FRAMES)
        while True:
            rows = self._wrapped(line, size)
            if len(rows) <= _ROWS * most or size <= smallest:
                break
            size = max(smallest, round(size * 0.9))
        if len(rows) > _ROWS * most:
            # No time and no room: more rows, and at the very last an ellipsis.
            limit = max(_ROWS + 1, int(self._height * 0.6 / crowd / line_height(size)) - 1)
            return [wrap(line.text, self._room, size, weight=600, language=line.language, limit=limit)], size
        count = math.ceil(len(rows) / _ROWS)
        # Even parts: four rows are two and two, not three and one.
        cuts = [round(len(rows) * at / count) for at in range(count + 1)]
        return [rows[start:end] for start, end in pairwise(cuts)], size

    def _crowd(self, line: DialogueLine) -> int:
        return sum(line.interval.overlaps(other.interval) for other in self._caption.dialogue)

    @property
    def _room(self) -> float:
        return self._width * 0.88

    def _wrapped(self, line: DialogueLine, size: int) -> list[str]:
        return wrap(line.text, self._room, size, weight=600, language=line.language, limit=999)

    # ------------------------------------------------------------------------------------ drawing

    def _draw(self, line: DialogueLine, rows: Sequence[str], size: int) -> Image.Image:
        caption = self._caption
        small = round(size * 0.72)
        name = caption.role(line.role).name.upper()
        if not line.on_screen:
            name = f"{name} (OFF)"
        name = wrap(name, self._room, small, weight=800, language=caption.language, limit=1)[0]
        step = line_height(size)
        widths = [text_width(row, size, weight=600, language=line.language) for row in rows]
        heading = text_width(name, small, weight=800, language=caption.language)
        pad = round(size * 0.5)
        width = round(min(self._width * 0.96, max([*widths, heading]) + 2 * pad))
        height = round(step * len(rows) + size * 1.0 + pad * 0.7)
        image = Image.new("RGBA", (width, height))
        ImageDraw.Draw(image).rounded_rectangle((0, 0, width - 1, height - 1), size * 0.4, fill=(12, 14, 20, 170))
        number = [role.id for role in caption.roles].index(line.role)
        colour = SPEAKER_COLOURS[number % len(SPEAKER_COLOURS)]
        place = ((width - heading) / 2, pad * 0.3)
        draw_text(image, place, name, small, fill=colour, weight=800, halo=colour, language=caption.language)
        for at, (row, wide) in enumerate(zip(rows, widths, strict=True)):
            place = ((width - wide) / 2, pad * 0.3 + size * 0.95 + at * step)
            draw_text(image, place, row, size, fill="#ffffff", weight=600, halo="#ffffff", language=line.language)
        return image
