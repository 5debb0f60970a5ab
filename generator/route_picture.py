"""The lanes of :mod:`generator.route_view` as a picture: time across, what is seen down."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from generator.route_view import Lane, RouteView, TowerView
from generator.stage.lettering import draw_text, line_height, text_width, wrap
from mavin.interval import format_seconds
from mavin.media import write_atomic

__all__ = ["route_picture"]

_PAPER, _INK, _SOFT, _EMPTY = "#fbf8f1", "#1d1f27", "#6d6a63", "#efeade"
_COLOURS: Final = {
    "global": "#8a8577",
    "shot": "#1f6fa8",
    "appearance": "#b4690e",
    "voice": "#3f7d2c",
    "reference": "#7a4fb0",
}
_MARGIN, _LABELS, _SPAN = 40, 190, 1100
_LANE, _GAP = 26, 6


def route_picture(views: RouteView | Sequence[RouteView], path: Path) -> Path:
    """Draws one clip, or several below each other, and returns the path; the file is replaced when it is whole.

    Raises:
        MavinError: if the file cannot be written.
    """
    sheets = [_draw(view) for view in ([views] if isinstance(views, RouteView) else views)]
    board = Image.new("RGB", (max(s.width for s in sheets), sum(s.height for s in sheets)), _PAPER)
    at = 0
    for sheet in sheets:
        board.paste(sheet, (0, at))
        at += sheet.height
    with write_atomic(path) as temporary:
        board.save(temporary, "PNG", optimize=True)
    return path


def _draw(view: RouteView) -> Image.Image:
    width = 2 * _MARGIN + _LABELS + _SPAN
    notes = [line for note in view.notes for line in wrap(note, width - 2 * _MARGIN, 15)]
    lanes = sum(len(tower.lanes) for tower in view.towers)
    height = 120 + 2 * 74 + lanes * (_LANE + _GAP) + len(notes) * line_height(15) + _MARGIN
    image = Image.new("RGB", (width, height), _PAPER)
    title = wrap(view.title or "Untitled", width - 2 * _MARGIN, 30, weight=800, limit=1)[0]
    draw_text(image, (_MARGIN, 26), title, 30, fill=_INK, weight=800)
    _legend(image, 76)
    y = 112
    for tower in view.towers:
        y = _tower(image, view, tower, y)
    for line in notes:
        draw_text(image, (_MARGIN, y), line, 15, fill=_SOFT)
        y += line_height(15)
    return image


def _legend(image: Image.Image, y: int) -> None:
    pen, x = ImageDraw.Draw(image), float(_MARGIN)
    for kind, colour in _COLOURS.items():
        pen.rectangle((x, y + 3, x + 16, y + 17), fill=colour)
        x += 24 + draw_text(image, (x + 24, y), kind, 15, fill=_SOFT) + 22
    draw_text(image, (x, y), "coloured: may be attended to", 15, fill=_SOFT)


def _x(view: RouteView, time_ms: float) -> float:
    return _MARGIN + _LABELS + _SPAN * min(time_ms / view.duration_ms, 1)


def _tower(image: Image.Image, view: RouteView, tower: TowerView, y: int) -> int:
    pen = ImageDraw.Draw(image)
    head = f"{tower.name}: {tower.latents} latents, {tower.tokens:,} tokens"
    draw_text(image, (_MARGIN, y), head, 18, fill=_INK, weight=700)
    y += 30
    top = y
    step = 1000 if view.duration_ms <= 15_000 else 5000
    for time in range(0, view.duration_ms + 1, step):
        label = str(time // 1000)
        draw_text(image, (_x(view, time) - text_width(label, 13) / 2, y), label, 13, fill=_SOFT)
        pen.line((_x(view, time), y + 18, _x(view, time), y + 22), fill=_SOFT)
    y += 24
    lanes = [(lane, y + number * (_LANE + _GAP)) for number, lane in enumerate(tower.lanes)]
    for lane, at in lanes:
        _bars(pen, view, lane, at)
    y += len(lanes) * (_LANE + _GAP)
    # Latents as ticks along the foot, cuts through everything: where they differ, a cut falls inside a latent.
    for edge in tower.edges_ms:
        if edge <= view.duration_ms and tower.name == "video":
            pen.line((_x(view, edge), y - 4, _x(view, edge), y), fill=_SOFT)
    for cut in view.cuts_ms:
        pen.line((_x(view, cut), top + 16, _x(view, cut), y), fill=_INK)
    for lane, at in lanes:
        _words(image, view, lane, at)
    return y + 20


def _bars(pen: ImageDraw.ImageDraw, view: RouteView, lane: Lane, y: int) -> None:
    pen.rectangle((_x(view, 0), y, _x(view, view.duration_ms), y + _LANE), fill=_EMPTY)
    for start, end in lane.times_ms:
        pen.rectangle((_x(view, start), y, _x(view, end), y + _LANE), fill=_COLOURS[lane.kind])


def _words(image: Image.Image, view: RouteView, lane: Lane, y: int) -> None:
    label = wrap(lane.label, _LABELS - 12, 15, limit=1)[0]
    draw_text(image, (_MARGIN, y + 3), label, 15, fill=_INK, weight=600)
    for start, end in lane.times_ms:
        left, right = _x(view, start), _x(view, end)
        words = lane.text or f"{format_seconds(round(start))}–{format_seconds(round(end))} s"
        lines = wrap(words, right - left - 22, 14, limit=1) if right - left > 60 else []
        if lines:
            draw_text(image, (left + 11, y + 4), lines[0], 14, fill="#ffffff")
