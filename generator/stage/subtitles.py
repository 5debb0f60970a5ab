"""Subtitles burned into the picture: who speaks, in a colour of its own, and what is said."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageDraw

from generator.stage.lettering import draw_text, line_height, text_width, wrap
from mavin.caption import DialogueLine, HierarchicalCaption, Size
from mavin.frames import frame_range

__all__ = ["SPEAKER_COLOURS", "Subtitles"]

SPEAKER_COLOURS = ("#ffe27a", "#9fe0ff", "#ffb3a7", "#b9f2a1", "#dcbfff", "#ffd0ea")
"""Colours of the speakers' names, in order of the cast."""


@dataclass(frozen=True, slots=True)
class _Block:
    image: Image.Image
    frames: range


class Subtitles:
    """The subtitles of a clip; :meth:`burn` draws those of one frame into its picture.

    Lines that overlap stand above each other, the earlier one on top.  They stand below, but in an
    extreme close-up above: there the mouth fills the lower part of the picture.
    """

    def __init__(self, caption: HierarchicalCaption) -> None:
        self._width, self._height = caption.pixels
        self._caption = caption
        self._size = max(15, round(min(self._width * 0.042, self._height * 0.047)))
        lines = sorted(caption.dialogue, key=lambda line: (line.start_ms, line.id))
        self._high = [frame_range(shot.interval) for shot in caption.shots if shot.camera.size is Size.EXTREME_CLOSE_UP]
        self._blocks = [_Block(self._draw(line), frame_range(line.interval)) for line in lines]

    def burn(self, picture: Image.Image, frame: int) -> None:
        """Draw the subtitles of a frame into an RGB picture of the film's size."""
        margin = round(self._height * 0.035)
        blocks = [block for block in self._blocks if frame in block.frames]
        bottom = self._height - margin
        if any(frame in frames for frames in self._high):
            bottom = margin + sum(block.image.height + 4 for block in blocks) - 4
        for block in reversed(blocks):
            top = bottom - block.image.height
            picture.paste(block.image, ((self._width - block.image.width) // 2, max(0, top)), block.image)
            bottom = top - 4

    def _draw(self, line: DialogueLine) -> Image.Image:
        caption, size = self._caption, self._size
        name = caption.role(line.role).name.upper()
        if not line.on_screen:
            name = f"{name} (OFF)"
        room = self._width * 0.88
        rows, size = self._wrapped(name, line, room, size)
        step = line_height(size)
        widths = [text_width(row, size, weight=600, language=line.language) for row in rows]
        heading = text_width(name, round(size * 0.72), weight=800)
        pad = round(size * 0.5)
        width = round(min(self._width * 0.96, max([*widths, heading]) + 2 * pad))
        height = round(step * len(rows) + size * 1.0 + pad * 0.7)
        image = Image.new("RGBA", (width, height))
        ImageDraw.Draw(image).rounded_rectangle((0, 0, width - 1, height - 1), size * 0.4, fill=(12, 14, 20, 170))
        number = [role.id for role in caption.roles].index(line.role)
        colour = SPEAKER_COLOURS[number % len(SPEAKER_COLOURS)]
        small = round(size * 0.72)
        draw_text(image, ((width - heading) / 2, pad * 0.3), name, small, fill=colour, weight=800, halo=colour)
        for at, (row, wide) in enumerate(zip(rows, widths, strict=True)):
            place = ((width - wide) / 2, pad * 0.3 + size * 0.95 + at * step)
            draw_text(image, place, row, size, fill="#ffffff", weight=600, halo="#ffffff", language=line.language)
        return image

    def _wrapped(self, _name: str, line: DialogueLine, room: float, size: int) -> tuple[list[str], int]:
        # At most three rows; a long speech is set smaller, at worst cut with an ellipsis.
        smallest = max(10, round(size * 0.6))
        while True:
            rows = wrap(line.text, room, size, weight=600, language=line.language, limit=99)
            if len(rows) <= 3 or size <= smallest:
                break
            size = max(smallest, round(size * 0.9))
        return wrap(line.text, room, size, weight=600, language=line.language, limit=4), size
