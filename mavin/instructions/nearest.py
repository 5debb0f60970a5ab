"""The nearest that can be done where a line cannot be heard when it was asked for."""

from __future__ import annotations

from mavin.caption import MIN_LINE_MS, HierarchicalCaption
from mavin.edits import Operation, RetimeLine
from mavin.interval import Interval, format_interval

__all__ = ["nearest_line"]


def nearest_line(op: Operation, caption: HierarchicalCaption) -> str:
    """The free interval nearest to the one asked for, in words; empty where the operation is about something else."""
    if not isinstance(op, RetimeLine):
        return ""
    line = next((line for line in caption.dialogue if line.id == op.line), None)
    if line is None:
        return ""
    taken = sorted(
        (other.start_ms, other.end_ms) for other in caption.dialogue if other.role == line.role and other is not line
    )
    free, at = [], 0
    for start, end in [*taken, (caption.duration_ms, caption.duration_ms)]:
        if start - at >= MIN_LINE_MS:
            free.append((at, start))
        at = max(at, end)
    length = max(op.end_ms - op.start_ms, MIN_LINE_MS)
    found = []
    for start, end in free:
        kept = min(length, end - start)  # a gap that is too short is filled
        first = min(max(op.start_ms, start), end - kept)
        found.append((abs(first - op.start_ms) + abs(first + kept - op.end_ms), first, first + kept))
    if not found:
        return ""
    _, start, end = min(found)
    return format_interval(Interval(start, end))
