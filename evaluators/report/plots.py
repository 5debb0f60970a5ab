"""Plots as SVG that a page holds in itself: no script, no library, colours from the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

__all__ = ["Dots", "dot_plot"]

_WIDTH, _ROW, _LEFT, _RIGHT, _TOP, _BOTTOM = 520, 30, 150, 70, 8, 24


@dataclass(frozen=True, slots=True)
class Dots:
    """One row: the value of a run, its interval, and the values of its films."""

    name: str
    value: float
    interval: tuple[float, float] | None
    films: tuple[float, ...]


def dot_plot(rows: Sequence[Dots], label: str, texts: Sequence[str]) -> str:
    """A row for each run: its films as pale dots, its interval as a bar, its value as a mark.

    Args:
        rows: the runs.
        label: what the plot shows, for those who cannot see it.
        texts: the values in words, one a row.
    """
    numbers = [number for row in rows for number in (row.value, *(row.interval or ()), *row.films)]
    numbers = [number for number in numbers if not math.isnan(number)]
    low, high = (min(numbers), max(numbers)) if numbers else (0.0, 1.0)
    if high - low < 1e-9:
        low, high = low - 0.5, high + 0.5
    height = _TOP + _ROW * len(rows) + _BOTTOM
    space = _WIDTH - _LEFT - _RIGHT

    def x(number: float) -> float:
        return round(_LEFT + space * (number - low) / (high - low), 1)

    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(label)}">',
        f'<line class="axis" x1="{_LEFT}" x2="{_LEFT + space}" y1="{height - _BOTTOM}" y2="{height - _BOTTOM}"/>',
    ]
    for number, anchor in ((low, "start"), (high, "end")):
        parts.append(f'<text class="tick" x="{x(number)}" y="{height - 8}" text-anchor="{anchor}">{number:.4g}</text>')
    for at, (row, text) in enumerate(zip(rows, texts, strict=True)):
        y = _TOP + _ROW * at + _ROW / 2
        parts.append(
            f'<text class="name" x="{_LEFT - 10}" y="{y + 4}" text-anchor="end">{escape(_short(row.name))}</text>'
        )
        for index, value in enumerate(value for value in row.films if not math.isnan(value)):
            lift = (index * 7 % 11 - 5) * 1.4  # so that equal values do not hide each other
            parts.append(f'<circle class="dot" cx="{x(value)}" cy="{round(y + lift, 1)}" r="2.5"/>')
        if row.interval:
            start, end = (x(side) for side in row.interval)
            parts.append(f'<line class="interval" x1="{start}" x2="{end}" y1="{y}" y2="{y}"/>')
        if not math.isnan(row.value):
            parts.append(f'<circle class="value" cx="{x(row.value)}" cy="{y}" r="5"/>')
        parts.append(f'<text class="number" x="{_WIDTH - _RIGHT + 10}" y="{y + 4}">{escape(text)}</text>')
    return "".join([*parts, "</svg>"])


def _short(name: str) -> str:
    return name if len(name) <= 20 else f"{name[:19]}…"
