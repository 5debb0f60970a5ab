"""Time: integer milliseconds, half-open intervals ``[start, end)``.

    touching intervals do not overlap        an interval contains its start, not its end
    [──── a ────)                            [──── a ────)
                [──── b ────)                ^ in         ^ out

Everything that a person writes or reads as seconds passes through
:func:`parse_seconds` and :func:`format_seconds`, so that no other module rounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

__all__ = ["Interval", "format_interval", "format_seconds", "merge", "parse_seconds"]


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Half-open time range ``[start_ms, end_ms)`` in integer milliseconds.

    Raises:
        ValueError: if ``end_ms`` is not after ``start_ms`` or ``start_ms`` is negative.
    """

    start_ms: int
    end_ms: int

    def __post_init__(self) -> None:
        if self.start_ms < 0 or self.end_ms <= self.start_ms:
            raise ValueError(
                f"an interval must have 0 <= start < end, got start {self.start_ms} ms and end {self.end_ms} ms"
            )

    @property
    def duration_ms(self) -> int:
        """Length in milliseconds, always positive."""
        return self.end_ms - self.start_ms

    def contains(self, time_ms: int) -> bool:
        """Whether the instant lies inside; the end does not."""
        return self.start_ms <= time_ms < self.end_ms

    def covers(self, other: Interval) -> bool:
        """Whether ``other`` lies wholly inside this interval."""
        return self.start_ms <= other.start_ms and other.end_ms <= self.end_ms

    def overlaps(self, other: Interval) -> bool:
        """Whether the two share an instant; touching ends do not count."""
        return self.start_ms < other.end_ms and other.start_ms < self.end_ms

    def intersection(self, other: Interval) -> Interval | None:
        """The shared part, or ``None`` where there is none."""
        start = max(self.start_ms, other.start_ms)
        end = min(self.end_ms, other.end_ms)
        return Interval(start, end) if start < end else None


def merge(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The union as sorted, disjoint intervals; touching ones become one."""
    merged: list[Interval] = []
    for interval in sorted(intervals):
        if merged and interval.start_ms <= merged[-1].end_ms:
            last = merged.pop()
            interval = Interval(last.start_ms, max(last.end_ms, interval.end_ms))
        merged.append(interval)
    return tuple(merged)


def parse_seconds(text: str) -> int:
    """Decimal seconds (``"1.9"``, ``"1,9"``) as exact milliseconds, half up beyond three decimals.

    Raises:
        ValueError: if the text is not a plain non-negative decimal number.
    """
    plain = text.strip().replace(",", ".")
    if not re.fullmatch(r"\d{1,9}(?:\.\d*)?|\.\d+", plain, re.ASCII):
        raise ValueError(f"a time must be a plain number of seconds such as 1.9, got {text[:40]!r}")
    return int((Decimal(plain) * 1000).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def format_seconds(time_ms: int) -> str:
    """Milliseconds as seconds with as many decimals as needed (1 to 3): 1900 → ``1.9``."""
    whole, rest = divmod(time_ms, 1000)
    decimals = f"{rest:03d}".rstrip("0") or "0"
    return f"{whole}.{decimals}"


def format_interval(interval: Interval) -> str:
    """The paper's form: ``1.9–2.5s`` (Appendix A)."""
    return f"{format_seconds(interval.start_ms)}–{format_seconds(interval.end_ms)}s"
