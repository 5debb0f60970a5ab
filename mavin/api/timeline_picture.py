"""Timelines of a film as a picture, one state below the other on one scale: what moved is seen at a glance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mavin.caption import DialogueLine, HierarchicalCaption, Shot, Sound
from mavin.errors import UsageError
from mavin.interval import format_seconds

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

    from mavin.film import FilmState

__all__ = ["draw_timelines"]

_PAPER, _INK, _SOFT, _RULE = "#fbf8f1", "#1d1f27", "#6d6a63", "#d9d2c3"
_SHOTS, _SOUND, _PRESENT = ("#cfe3f2", "#e3eef6"), "#d8e8cf", "#efe7d6"
_ROLES = ("#f3c98b", "#9fcbe8", "#eaa79d", "#b4d69d", "#cdb3ea", "#eab3cd")
_CHANGED, _GHOST = "#b03a2e", "#b9b3a6"
_WIDTH, _MARGIN, _NAMES, _LANE, _GAP = 1280, 28, 150, 38, 8


def draw_timelines(path: Path, states: Sequence[tuple[str, FilmState]]) -> Path:
    """Writes the timelines of some states of a film as a PNG and returns its path.

    What differs from the state above is framed; where it was is drawn as an empty frame.

    Args:
        path: the picture's file, ending in .png; replaced only when it is whole.
        states: a heading for each state, and the state, the oldest first.

    Raises:
        UsageError: for another suffix.
        MavinError: if the file cannot be written.
    """
    from PIL import Image

    from mavin.media import write_atomic

    if path.suffix.casefold() != ".png":
        raise UsageError(f"A picture's file must end in .png, got {path}. Try {path.with_suffix('.png').name}.")
    longest = max(clip.caption.duration_ms for _, state in states for clip in state.clips)
    strips: list[Image.Image] = []
    before: dict[str, HierarchicalCaption] = {}
    for heading, state in states:
        for clip in state.clips:
            name = f"{heading}  {clip.id}" if len(state.clips) > 1 else heading
            strips.append(_Strip(name, clip.caption, before.get(clip.id), longest).draw())
        before = {clip.id: clip.caption for clip in state.clips}
    board = Image.new("RGB", (_WIDTH, sum(strip.height for strip in strips) + _MARGIN), _PAPER)
    top = 0
    for strip in strips:
        board.paste(strip, (0, top))
        top += strip.height
    with write_atomic(path) as temporary:
        board.save(temporary, "PNG", optimize=True)
    return path


_Items = dict[str, tuple[str, Shot | DialogueLine | Sound]]
"""Id → label and the part itself, in the order of a lane."""


def _shots(caption: HierarchicalCaption) -> _Items:
    return {shot.id: (f"{shot.id} {shot.title or shot.action}", shot) for shot in caption.shots}


def _lines(caption: HierarchicalCaption, role: str) -> _Items:
    return {line.id: (f"{line.id} {line.text}", line) for line in caption.dialogue if line.role == role}


def _sounds(caption: HierarchicalCaption) -> _Items:
    return {sound.id: (f"{sound.id} {sound.text}", sound) for shot in caption.shots for sound in shot.sounds}


class _Strip:
    """One clip: a heading, a ruler, the shots, a lane a role, and the sounds."""

    def __init__(self, heading: str, caption: HierarchicalCaption, old: HierarchicalCaption | None, span: int) -> None:
        self._heading, self._caption, self._old, self._span = heading, caption, old, span
        self._left = _MARGIN + _NAMES
        self._scale = (_WIDTH - self._left - _MARGIN) / span

    def _x(self, time_ms: int) -> int:
        return round(self._left + time_ms * self._scale)

    def draw(self) -> Image.Image:
        from PIL import Image, ImageDraw

        lanes = 1 + len(self._caption.roles) + 1
        height = _MARGIN + 34 + 26 + lanes * (_LANE + _GAP)
        image = Image.new("RGB", (_WIDTH, height), _PAPER)
        pen = ImageDraw.Draw(image)
        title = f"{self._heading}   {self._caption.title}   {format_seconds(self._caption.duration_ms)} s"
        self._text(image, (_MARGIN, _MARGIN - 6), title, _WIDTH - 2 * _MARGIN, 20, 700)
        top = _MARGIN + 34
        step = next(step for step in (500, 1000, 2000) if step * self._scale > 44 or step == 2000)
        for time in range(0, self._caption.duration_ms + 1, step):
            pen.line((self._x(time), top + 18, self._x(time), height), _RULE)
            self._text(image, (self._x(time) + 3, top), format_seconds(time), 60, 13, 400, _SOFT)
        top += 26
        self._lane(image, pen, top, "shots", _shots(self._caption), self._was(_shots), _SHOTS)
        for number, role in enumerate(self._caption.roles):
            top += _LANE + _GAP
            for interval in self._caption.presence(role.id):
                pen.rectangle((self._x(interval.start_ms), top, self._x(interval.end_ms) - 1, top + _LANE), _PRESENT)
            said = partial(_lines, role=role.id)
            ink = _ROLES[number % len(_ROLES)]
            self._lane(image, pen, top, role.name, said(self._caption), self._was(said), (ink, ink))
        top += _LANE + _GAP
        self._lane(image, pen, top, "sounds", _sounds(self._caption), self._was(_sounds), (_SOUND, _SOUND))
        return image

    def _was(self, items: Callable[[HierarchicalCaption], _Items]) -> _Items | None:
        """The same lane of the state above; ``None`` where there is none to compare with."""
        return items(self._old) if self._old is not None else None

    def _lane(
        self,
        image: Image.Image,
        pen: ImageDraw.ImageDraw,
        top: int,
        name: str,
        items: _Items,
        was: _Items | None,
        inks: tuple[str, str],
    ) -> None:
        self._text(image, (_MARGIN, top + 9), name, _NAMES - 14, 15, 600)
        for key, (_, item) in (was or {}).items():
            interval = item.interval
            if key not in items or items[key][1].interval != interval:
                self._dashed(pen, (self._x(interval.start_ms), top - 3, self._x(interval.end_ms) - 2, top + _LANE + 3))
        for number, (key, (label, item)) in enumerate(items.items()):
            interval = item.interval
            box = self._x(interval.start_ms), top, self._x(interval.end_ms) - 2, top + _LANE
            changed = was is not None and (key not in was or was[key][1] != item)
            pen.rectangle(box, inks[number % 2], _CHANGED if changed else _SOFT, 3 if changed else 1)
            self._text(image, (box[0] + 6, top + 9), label, box[2] - box[0] - 10, 15, 500)

    def _dashed(self, pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int]) -> None:
        left, top, right, bottom = box
        for x in range(left, right, 8):
            pen.line((x, top, min(x + 4, right), top), _GHOST, 2)
            pen.line((x, bottom, min(x + 4, right), bottom), _GHOST, 2)
        for x in (left, right):
            pen.line((x, top, x, bottom), _GHOST, 2)

    def _text(
        self, image: Image.Image, at: tuple[int, int], text: str, width: int, size: int, weight: int, ink: str = _INK
    ) -> None:
        from generator.stage.lettering import draw_text, wrap

        text = " ".join(text.split())
        if width < size or not text:
            return
        lines = wrap(text, width, size, weight=weight, language=self._caption.language, limit=1)
        draw_text(image, at, lines[0], size, fill=ink, weight=weight, language=self._caption.language)
