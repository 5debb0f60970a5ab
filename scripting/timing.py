"""Places every cut and every line on the clock: an exact solver in integer milliseconds (design §4.3).

Cuts and line starts form one chain of differences ``later − earlier ≥ gap`` in story order, so the
earliest and the latest possible instant of each are two sweeps, and clamping each to its wish between
them is always feasible.  Values that the user fixed are windows of width zero.

    b0 ─lead─▶ L1 ─length+pause─▶ L2 ─length+tail─▶ b1 ─lead─▶ …   gaps
    └──────────────── at least the shortest shot ──▶ b1

When comfortable gaps do not fit they shrink level by level; when nothing fits, the smallest set of
facts that clash is found by leaving each out in turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from mavin.caption import MAX_DURATION_MS, MIN_DURATION_MS, MIN_LINE_MS, MIN_SHOT_MS
from mavin.errors import MavinError
from mavin.interval import Interval

__all__ = ["InfeasibleError", "Schedule", "TimedLine", "TimedShot", "solve"]

SNAP_MS = 100
"""Grid of what nobody fixed (design §3)."""


@dataclass(frozen=True, slots=True)
class TimedLine:
    """A line to be placed: how long it needs, what the user fixed, and who says it (nobody talks over themselves).

    ``from_ms`` and ``until_ms`` bound a line that is not fixed: a silence before or behind it; ``together`` is the
    key of a line of the same shot that is said at the same time.
    """

    key: str
    natural_ms: int
    fastest_ms: int
    start_ms: int | None = None
    end_ms: int | None = None
    who: str = ""
    from_ms: int | None = None
    until_ms: int | None = None
    together: str = ""

    @property
    def fixed(self) -> bool:
        """Whether the user fixed its whole interval."""
        return self.start_ms is not None and self.end_ms is not None


@dataclass(frozen=True, slots=True)
class TimedShot:
    """A shot to be placed: its share of the free time, its lines in order, and what the user fixed.

    ``length_ms`` is how long the user wants it, wherever it starts; ``after_ms`` how long behind the last line of
    the shot before, or behind its beginning, its own first line or it itself begins.
    """

    key: str
    weight_ms: int
    lines: tuple[TimedLine, ...] = ()
    start_ms: int | None = None
    end_ms: int | None = None
    length_ms: int | None = None
    after_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """Where everything went; the shots are an exact partition of ``[0, duration_ms)``."""

    duration_ms: int
    shots: dict[str, Interval]
    lines: dict[str, Interval]


class InfeasibleError(MavinError):
    """No placement keeps all fixed values; ``clash`` names the smallest set of facts that clash."""

    def __init__(self, clash: tuple[str, ...]) -> None:
        self.clash = clash
        super().__init__(f"these cannot all hold: {', '.join(clash)}")


@dataclass(frozen=True, slots=True)
class _Comfort:
    """How much room things get; tried from the first to the last level."""

    shot_ms: int
    lead_ms: int
    pause_ms: int
    tail_ms: int
    rush: float
    contain: bool


_LEVELS = (
    _Comfort(1000, 300, 250, 300, 0.0, True),
    _Comfort(700, 120, 150, 100, 0.0, True),
    _Comfort(MIN_SHOT_MS, 0, 60, 0, 0.0, True),
    _Comfort(MIN_SHOT_MS, 0, 30, 0, 0.5, True),
    _Comfort(MIN_SHOT_MS, 0, 0, 0, 1.0, True),
    _Comfort(MIN_SHOT_MS, 0, 0, 0, 1.0, False),
)


@dataclass(slots=True)
class _Node:
    """One instant to be chosen, with its window and its edges from earlier instants."""

    low: int
    high: int
    wish: int = 0
    before: list[tuple[int, int]] | None = None  # (index of an earlier node, smallest difference)
    within: tuple[int, int] | None = None  # (index of an earlier node, greatest difference)


def solve(shots: Sequence[TimedShot], duration_ms: int | None = None, least_ms: int = 0) -> Schedule:
    """Times for all cuts and lines.

    Args:
        shots: one to six shots in story order.
        duration_ms: total length if it is fixed; otherwise it follows from the shots' weights and
            what the lines need, within 3 to 15 s.
        least_ms: a free total reaches at least this far (a sound that the user put there).

    Raises:
        InfeasibleError: with the keys of the smallest clashing set; ``"duration"`` stands for the total.
    """
    for comfort in _LEVELS:
        schedule = _attempt(shots, duration_ms, comfort, least_ms)
        if schedule is not None:
            return schedule
    raise InfeasibleError(_smallest_clash(shots, duration_ms))


def _length(line: TimedLine, comfort: _Comfort) -> int:
    if line.start_ms is not None and line.end_ms is not None:
        return line.end_ms - line.start_ms
    natural = max(MIN_LINE_MS, line.natural_ms)
    length = round(natural - comfort.rush * max(0, natural - line.fastest_ms))
    return max(MIN_LINE_MS, -(-length // 10) * 10)


def _held(line: TimedLine, shot: TimedShot, comfort: _Comfort) -> int:
    """How long a line and those that are said at the same time take."""
    beside = (_length(other, comfort) for other in shot.lines if other.together == line.key)
    return max(_length(line, comfort), *beside, 0)


def _needed(shot: TimedShot, comfort: _Comfort) -> int:
    lengths = [_held(line, shot, comfort) for line in shot.lines if not line.together]
    if not lengths:
        return comfort.shot_ms
    speech = sum(lengths) + comfort.pause_ms * (len(lengths) - 1)
    return max(comfort.shot_ms, comfort.lead_ms + speech + comfort.tail_ms)


def _attempt(
    shots: Sequence[TimedShot], duration_ms: int | None, comfort: _Comfort, least_ms: int = 0
) -> Schedule | None:
    total = duration_ms if duration_ms is not None else max(_free_duration(shots, comfort), least_ms)
    nodes, cuts, starts = _chain(shots, total, comfort)
    latest = [node.high for node in nodes]
    for index in range(len(nodes) - 1, -1, -1):
        for earlier, gap in nodes[index].before or ():
            latest[earlier] = min(latest[earlier], latest[index] - gap)
    _wish(shots, nodes, cuts, starts, comfort)
    low, lengths = [node.low for node in nodes], any(node.within for node in nodes)
    if lengths and not _tighten(nodes, low, latest):
        return None
    chosen: list[int] = []
    for index, node in enumerate(nodes):
        earliest = max([low[index], *(chosen[earlier] + gap for earlier, gap in node.before or ())])
        if earliest > latest[index]:
            return None
        # A line sits a little behind the cut that was chosen, not behind the one wished for.
        chosen.append(min(max(node.wish, earliest), latest[index]))
        if lengths:
            low[index] = latest[index] = chosen[index]
            if not _tighten(nodes, low, latest):
                return None
    placed = {
        line.key: Interval(chosen[starts[line.key]], chosen[starts[line.key]] + _length(line, comfort))
        for shot in shots
        for line in shot.lines
    }
    spans = {shot.key: Interval(chosen[cuts[n]], chosen[cuts[n + 1]]) for n, shot in enumerate(shots)}
    if any(line.end_ms > total for line in placed.values()) or _talks_over_self(shots, placed):
        return None
    return Schedule(total, spans, placed)


def _talks_over_self(shots: Sequence[TimedShot], placed: dict[str, Interval]) -> bool:
    spoken: dict[str, list[Interval]] = {}
    for shot in shots:
        for line in shot.lines:
            spoken.setdefault(line.who or line.key, []).append(placed[line.key])
    return any(
        one.overlaps(two)
        for lines in spoken.values()
        for one, two in pairwise(sorted(lines, key=lambda line: line.start_ms))
    )


def _tighten(nodes: list[_Node], low: list[int], high: list[int]) -> bool:
    """Narrows all windows to what the differences allow, both ways; ``False`` if one is empty.

    Differences with lengths are no chain of lower bounds any more; relaxing every edge once per
    node is Bellman and Ford's bound for the tightest windows.
    """
    for _ in range(len(nodes) + 1):
        changed = False
        for later, node in enumerate(nodes):
            edges: list[tuple[int, int | None, int | None]] = [(index, gap, None) for index, gap in node.before or ()]
            edges += [(node.within[0], None, node.within[1])] if node.within else []
            for earlier, least, most in edges:
                if least is not None and low[earlier] + least > low[later]:
                    low[later], changed = low[earlier] + least, True
                if least is not None and high[later] - least < high[earlier]:
                    high[earlier], changed = high[later] - least, True
                if most is not None and high[earlier] + most < high[later]:
                    high[later], changed = high[earlier] + most, True
                if most is not None and low[later] - most > low[earlier]:
                    low[earlier], changed = low[later] - most, True
        if any(least > most for least, most in zip(low, high, strict=True)):
            return False
        if not changed:
            return True
    return False


def _free_duration(shots: Sequence[TimedShot], comfort: _Comfort) -> int:
    """Total length where nothing fixes it: what the shots want, and what the fixed values reach to."""
    clock = 0
    for shot in shots:
        start = shot.start_ms if shot.start_ms is not None else clock + (shot.after_ms or 0)
        end = start + (shot.length_ms or max(shot.weight_ms, _needed(shot, comfort)))
        spoken: int | None = None  # the end of the last line whose place is known so far
        for line in shot.lines:
            if line.together:
                continue
            begin = line.start_ms if line.start_ms is not None else line.from_ms
            if line.start_ms is None and spoken is not None:
                begin = max(spoken + comfort.pause_ms, begin or 0)
            if begin is not None:
                spoken = begin + _held(line, shot, comfort) if line.end_ms is None else line.end_ms
                end = max(end, spoken + comfort.tail_ms)
        clock = shot.end_ms if shot.end_ms is not None else end
    exact = bool(shots) and (shots[-1].end_ms is not None or shots[-1].length_ms is not None)
    snapped = clock if exact else -(-clock // SNAP_MS) * SNAP_MS
    return min(max(snapped, MIN_DURATION_MS), MAX_DURATION_MS)


def _chain(shots: Sequence[TimedShot], total: int, comfort: _Comfort) -> tuple[list[_Node], list[int], dict[str, int]]:
    nodes = [_Node(0, 0, before=[])]
    cuts: list[int] = [0]
    starts: dict[str, int] = {}
    spoken: tuple[int, int] | None = None  # the last line of the shot before, and its length
    for number, shot in enumerate(shots):
        opening = cuts[-1]
        last = number == len(shots) - 1
        if shot.start_ms is not None:
            nodes[opening].low = max(nodes[opening].low, shot.start_ms)
            nodes[opening].high = min(nodes[opening].high, shot.start_ms)
        reference, held = spoken if spoken is not None else (cuts[-2] if number else 0, 0)
        follows = shot.after_ms is not None and number > 0
        if follows and not shot.lines:
            _exactly(nodes[opening], reference, held + (shot.after_ms or 0))
        previous: tuple[int, TimedLine] | None = None
        closing: list[tuple[int, int]] = [(opening, comfort.shot_ms)]
        for line in shot.lines:
            if line.together in starts:
                starts[line.key] = starts[line.together]
                continue
            low, high = (0, total) if line.start_ms is None else (line.start_ms, line.start_ms)
            if line.start_ms is None and line.from_ms is not None:
                low = line.from_ms
            if line.start_ms is None and line.until_ms is not None:
                high = min(high, line.until_ms - _length(line, comfort))
            before = [(opening, comfort.lead_ms if line.start_ms is None else 0)]
            if previous is not None and not (previous[1].start_ms is not None and line.start_ms is not None):
                before.append((previous[0], _held(previous[1], shot, comfort) + comfort.pause_ms))
            nodes.append(_Node(low, high, before=before))
            if follows and line is shot.lines[0]:
                _exactly(nodes[-1], reference, held + (shot.after_ms or 0))
            starts[line.key] = len(nodes) - 1
            inside = comfort.contain or line.start_ms is None
            tail = comfort.tail_ms if line.start_ms is None else 0
            closing.append((len(nodes) - 1, _held(line, shot, comfort) + tail if inside else 1))
            previous = (len(nodes) - 1, line)
        spoken = (previous[0], _held(previous[1], shot, comfort)) if previous is not None else None
        low, high = (total, total) if last else (0, total)
        if shot.end_ms is not None:
            low, high = max(low, shot.end_ms), min(high, shot.end_ms)
        if shot.length_ms is not None:
            closing[0] = (opening, shot.length_ms)
        within = (opening, shot.length_ms) if shot.length_ms is not None else None
        nodes.append(_Node(low, high, before=closing, within=within))
        cuts.append(len(nodes) - 1)
    return nodes, cuts, starts


def _exactly(node: _Node, earlier: int, difference: int) -> None:
    """Ties an instant to an earlier one."""
    node.before = [*(node.before or ()), (earlier, difference)]
    if node.within is None:
        node.within = (earlier, difference)


def _wish(
    shots: Sequence[TimedShot],
    nodes: list[_Node],
    cuts: list[int],
    starts: dict[str, int],
    comfort: _Comfort,
) -> None:
    """Where each instant would like to be: cuts by weight between fixed cuts, lines in mid-shot."""
    weights = [shot.length_ms or max(shot.weight_ms, _needed(shot, comfort)) for shot in shots]
    anchors = [index for index, cut in enumerate(cuts) if nodes[cut].low == nodes[cut].high]
    for first, last in pairwise(anchors):
        begin, end = nodes[cuts[first]].low, nodes[cuts[last]].low
        span = sum(weights[first:last])
        passed = 0
        for index in range(first, last + 1):
            wish = begin + (end - begin) * passed // max(1, span)
            inner = first < index < last
            nodes[cuts[index]].wish = round(wish / SNAP_MS) * SNAP_MS if inner else wish
            passed += weights[index] if index < len(weights) else 0
    for number, shot in enumerate(shots):
        begin, end = nodes[cuts[number]].wish, nodes[cuts[number + 1]].wish
        lengths = [0 if line.together else _held(line, shot, comfort) for line in shot.lines]
        apart = sum(not line.together for line in shot.lines)
        spare = max(0, end - begin - sum(lengths) - comfort.pause_ms * max(0, apart - 1))
        clock = begin + max(comfort.lead_ms, round(spare * 0.45 / SNAP_MS) * SNAP_MS)
        for line, length in zip(shot.lines, lengths, strict=True):
            if line.together in starts:
                continue
            nodes[starts[line.key]].wish = clock
            clock += length + comfort.pause_ms


def _feasible(shots: Sequence[TimedShot], duration_ms: int | None) -> bool:
    return any(_attempt(shots, duration_ms, comfort) is not None for comfort in _LEVELS)


def _smallest_clash(shots: Sequence[TimedShot], duration_ms: int | None) -> tuple[str, ...]:
    """A smallest clashing set by deletion: whatever can be left out while it still clashes is left out."""
    keys = [line.key for shot in shots for line in shot.lines]
    keys += [shot.key for shot in shots if {shot.start_ms, shot.end_ms, shot.length_ms, shot.after_ms} != {None}]
    keys += ["duration"] if duration_ms is not None else []
    needed = list(keys)
    for key in keys:
        trial = [name for name in needed if name != key]
        if not _feasible(*_without(shots, duration_ms, set(trial))):
            needed = trial
    return tuple(needed)


def _without(shots: Sequence[TimedShot], duration_ms: int | None, kept: set[str]) -> tuple[list[TimedShot], int | None]:
    loosened = []
    for shot in shots:
        lines = tuple(line for line in shot.lines if line.key in kept)
        fixed = shot.key in kept
        loosened.append(
            replace(
                shot,
                lines=lines,
                start_ms=shot.start_ms if fixed else None,
                end_ms=shot.end_ms if fixed else None,
                length_ms=shot.length_ms if fixed else None,
                after_ms=shot.after_ms if fixed else None,
            )
        )
    return loosened, duration_ms if "duration" in kept else None
