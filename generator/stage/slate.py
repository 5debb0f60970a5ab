"""The slate: which shot a frame is of and when, in the upper left corner."""

from __future__ import annotations

from PIL import Image, ImageDraw

from generator.stage.lettering import draw_text, line_height, text_width, wrap
from mavin.caption import HierarchicalCaption, Shot
from mavin.frames import FPS

__all__ = ["Slate", "timecode"]


def timecode(frame: int) -> str:
    """Hours, minutes, seconds and frames of a frame's time: ``00:00:04:12``."""
    seconds, frames = divmod(frame, FPS)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}:{frames:02d}"


class Slate:
    """The slate of one shot; :meth:`burn` draws it with a frame's time into its picture.

    Args:
        caption: the clip.
        shot: the shot of it.
        clip: id of the clip in a film of several, else empty.
    """

    def __init__(self, caption: HierarchicalCaption, shot: Shot, *, clip: str = "") -> None:
        width, height = caption.pixels
        self._size = max(13, round(min(width * 0.032, height * 0.036)))
        self._pad = round(self._size * 0.5)
        self._at = (round(width * 0.02), round(height * 0.025))
        name = f"{clip} {shot.id}".strip()
        wide = text_width(f"{name}  ", self._size, weight=800)
        room = width * 0.6 - wide
        title = wrap(shot.title, room, self._size, weight=600, language=caption.language, limit=1)[0]
        wide += text_width(title, self._size, weight=600, language=caption.language)
        wide = max(wide, text_width("00:00:00:00", self._size, weight=700)) + 2 * self._pad
        step = line_height(self._size)
        self._plate = Image.new("RGBA", (round(wide), round(2 * step + self._pad)))
        ImageDraw.Draw(self._plate).rounded_rectangle(
            (0, 0, self._plate.width - 1, self._plate.height - 1), self._size * 0.4, fill=(12, 14, 20, 190)
        )
        x = self._pad + draw_text(
            self._plate, (self._pad, self._pad * 0.3), f"{name}  ", self._size, fill="#ffffff", weight=800
        )
        draw_text(
            self._plate, (x, self._pad * 0.3), title, self._size, fill="#ffffff", weight=600, halo="#ffffff",
            language=caption.language,
        )  # fmt: skip
        self._row = self._pad * 0.3 + step

    @property
    def bottom(self) -> int:
        """First row of pixels below it."""
        return self._at[1] + self._plate.height

    def burn(self, picture: Image.Image, frame: int) -> None:
        """Draw the slate into an RGB picture of the film's size; ``frame`` counts from the film's start."""
        plate = self._plate.copy()
        draw_text(plate, (self._pad, self._row), timecode(frame), self._size, fill="#ffe27a", weight=700)
        picture.paste(plate, self._at, plate)
