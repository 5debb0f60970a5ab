"""A script as a timeline in text: readable without colour, at any width.

    seconds  0         1         2         3
    shots    ┃S1 wide━━━━━━━━━━━━┃S2 close up━━
    Mara     ┄┄┄[L1 Who's there?]┄┄
    sounds   ······<X1 thunder>········

Shots, presence, speech and sounds differ by their marks, not only by colour, and carry their ids.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from mavin.caption import HierarchicalCaption
from mavin.interval import Interval, format_seconds

__all__ = ["Palette", "ruler", "timeline"]


@dataclass(frozen=True, slots=True)
class Palette:
    """The marks of the lanes; ``plain`` is for terminals that only know ASCII."""

    cut: str = "┃"
    shot: str = "━"
    present: str = "┄"
    empty: str = " "
    sound: str = "~"
    more: str = "…"

    @classmethod
    def of(cls, encoding: str) -> Palette:
        """The marks that a terminal of this encoding can show."""
        if encoding.lower().replace("-", "").startswith("utf"):
            return cls()
        return cls(cut="|", shot="=", present="-", more=".")


@dataclass(frozen=True, slots=True)
class _Bar:
    interval: Interval
    label: str
    opening: str
    fill: str
    closing: str
    style: str


def timeline(caption: HierarchicalCaption, width: int, palette: Palette) -> list[Text]:
    """The lanes of a script as lines that fit a width in terminal cells."""
    names = ["seconds", "shots", *(_name(role.name) for role in caption.roles), "sounds"]
    margin = min(max(cell_len(name) for name in names), max(width // 4, 6)) + 2
    span = max(width - margin, 10)
    lanes = [("seconds", ruler(caption.duration_ms, span)), ("shots", _shots(caption, span, palette))]
    lanes += [(role.name, _role(caption, role.id, span, palette)) for role in caption.roles]
    lanes += [("sounds" if not number else "", lane) for number, lane in enumerate(_sounds(caption, span, palette))]
    return [Text.assemble((_fit(_name(name), margin - 2, palette.more) + "  ", "bold"), lane) for name, lane in lanes]


def _name(text: str) -> str:
    return " ".join(text.split())


def _fit(text: str, cells: int, more: str) -> str:
    """A text in so many cells; where even its first word hardly fits, as much of that as does."""
    if cell_len(text) > cells > cell_len(text.split(" ", 1)[0]) + 1 or (" " not in text and cell_len(text) > cells > 1):
        text = set_cell_size(text, cells - 1).rstrip() + more
    return set_cell_size(text, cells)


def _column(time_ms: int, caption: HierarchicalCaption, span: int) -> int:
    return (2 * time_ms * span + caption.duration_ms) // (2 * caption.duration_ms)


def ruler(duration_ms: int, span: int) -> Text:
    """Seconds over so many cells."""
    step = next(
        (step for step in (500, 1000, 2000, 5000) if step * span // duration_ms >= 6),
        5000,
    )
    cells = [" "] * span
    for time_ms in range(0, duration_ms + 1, step):
        label = format_seconds(time_ms) if step < 1000 else str(time_ms // 1000)
        start = (2 * time_ms * span + duration_ms) // (2 * duration_ms)
        if start + len(label) <= span:
            cells[start : start + len(label)] = label
    return Text("".join(cells), style="dim")


def _draw(bars: Iterable[_Bar], background: str, caption: HierarchicalCaption, span: int, more: str) -> Text:
    """One lane: bars over a background of one cell a character; later bars lie on top."""
    cells = list(background)
    styles = [""] * span
    for bar in bars:
        start = min(_column(bar.interval.start_ms, caption, span), span - 1)
        end = max(_column(bar.interval.end_ms, caption, span), start + 1)
        inside = end - start - len(bar.opening) - len(bar.closing)
        if inside >= 1:
            text = _fit(bar.label, inside, more) if cell_len(bar.label) > inside else bar.label
            text = bar.opening + text + bar.fill * (inside - cell_len(text)) + bar.closing
        else:
            text = set_cell_size(bar.opening + bar.closing, end - start)
        cells[start:end] = _spread(text)
        styles[start:end] = [bar.style] * (end - start)
    lane = Text()
    for style, run in groupby(zip(cells, styles, strict=True), key=lambda pair: pair[1]):
        lane.append("".join(cell for cell, _ in run), style or None)
    return lane


def _spread(text: str) -> list[str]:
    """One entry a terminal cell: a wide character is followed by an empty entry, marks join their letter."""
    cells: list[str] = []
    for char in text:
        width = cell_len(char)
        if width == 0 and cells:
            cells[-1] += char
        elif width:
            cells += [char, *[""] * (width - 1)]
    return cells


def _shots(caption: HierarchicalCaption, span: int, palette: Palette) -> Text:
    bars = []
    for number, shot in enumerate(caption.shots):
        camera = shot.camera.size.replace("_", " ")
        if shot.camera.movement != "static":
            camera += ", " + shot.camera.movement.replace("_", " ")
        style = "black on cyan" if number % 2 else "black on bright_cyan"
        bars.append(_Bar(shot.interval, f"{shot.id} {camera}", palette.cut, palette.shot, "", style))
    return _draw(bars, " " * span, caption, span, palette.more)


def _role(caption: HierarchicalCaption, role_id: str, span: int, palette: Palette) -> Text:
    background = [palette.empty] * span
    for interval in caption.presence(role_id):
        start, end = _column(interval.start_ms, caption, span), _column(interval.end_ms, caption, span)
        background[start:end] = [palette.present] * (end - start)
    bars = []
    for line in caption.dialogue:
        if line.role == role_id:
            opening, closing = ("[", "]") if line.on_screen else ("(", ")")
            bars.append(_Bar(line.interval, f"{line.id} {_name(line.text)}", opening, " ", closing, "black on yellow"))
    return _draw(bars, "".join(background), caption, span, palette.more)


def _sounds(caption: HierarchicalCaption, span: int, palette: Palette) -> list[Text]:
    """As many lanes as sounds overlap."""
    lanes: list[list[_Bar]] = []
    ends: list[int] = []
    for sound in sorted((sound for shot in caption.shots for sound in shot.sounds), key=lambda sound: sound.start_ms):
        bar = _Bar(sound.interval, f"{sound.id} {_name(sound.text)}", "<", palette.sound, ">", "black on green")
        start = _column(sound.start_ms, caption, span)
        free = next((number for number, end in enumerate(ends) if end <= start), None)
        if free is None:
            lanes.append([])
            ends.append(0)
            free = len(lanes) - 1
        lanes[free].append(bar)
        ends[free] = max(_column(sound.end_ms, caption, span), start + 1)
    return [_draw(lane, " " * span, caption, span, palette.more) for lane in lanes]
