"""Divides a story over clips of 3 to 15 seconds: which events share a clip, and where the film is cut between them.

film    0 ────────────── 13.0 ───────────── 27.5 ───────────── 40 s
clips   K1: e1 e2        K2: e3 e4 e5       K3: e6
        └ fixed times stay where they are on the film's clock; boundaries lie between events

The boundaries are found exactly: from the end backwards, all instants are kept at which a boundary can
lie so that the rest still works out; forwards, the best of these are chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from mavin.caption import MAX_DURATION_MS, MAX_SHOTS, MIN_DURATION_MS, MIN_LINE_MS, MIN_SHOT_MS
from mavin.facts import Event, Facts, Quote, ShotLabel, split_event
from mavin.speech import fastest_ms, natural_ms

__all__ = ["Group", "Item", "arrange", "film_length", "items_of", "split_items", "without_times"]

SNAP_MS = 100
_LEAD_MS, _PAUSE_MS, _TAIL_MS = 300, 250, 300
_EVENT_MS = 2_500
_BEAM = 48
_MANY = 60
_NO_EVENT = 100.0  # what a clip costs that shows no event of the user's
_LATE = 20.0  # what one costs besides that stands before the first event

Windows = list[tuple[int, int]]
"""Closed ranges of instants in milliseconds, sorted and disjoint."""


@dataclass(frozen=True, slots=True)
class Item:
    """What cannot be divided further: one event, or one labelled shot with its events.

    Attributes:
        events: the user's events in story order; empty for a labelled shot without one.
        label: the shot label, ``None`` where the user set no shots apart.
        want_ms: how long it would like to last.
        need_ms: how long its words take at least; events without speech can share a shot.
        begins_ms: the earliest time that the user fixed in it, on the film's clock.
        reaches_ms: the latest such time, or what must be over by then.
        opens_ms: where it must itself begin.
        closes_ms: where it must itself end.
        lasts_ms: how long it must last, wherever it begins.
        goes_on: whether it is the rest of the item before it, which nothing may part from it.
    """

    events: tuple[Event, ...]
    label: ShotLabel | None
    want_ms: int
    need_ms: int
    begins_ms: int | None = None
    reaches_ms: int | None = None
    opens_ms: int | None = None
    closes_ms: int | None = None
    lasts_ms: int | None = None
    goes_on: bool = False

    @property
    def fixed(self) -> bool:
        """Whether the user gave it a time."""
        return self.begins_ms is not None or self.reaches_ms is not None or self.lasts_ms is not None


@dataclass(frozen=True, slots=True)
class Group:
    """The items ``[first, last)`` of one clip and its place on the film's clock; empty for a clip without an event."""

    first: int
    last: int
    start_ms: int
    end_ms: int


def items_of(facts: Facts, events: Sequence[Event]) -> list[Item]:
    """The items of a story in story order; ``events`` are its events in the order in which they are shown."""
    if not facts.labels:
        return [_item(facts, (event,), None) for event in events]
    labels = sorted(facts.labels, key=lambda label: label.number)
    items = []
    for number, label in enumerate(labels):
        inside = [event for event in events if event.shot == label.number]
        before = [event for event in events if event.shot == 0] if number == 0 else []
        items.append(_item(facts, (*before, *inside), label))
    return items


def split_items(facts: Facts, items: Sequence[Item], count: int) -> list[Item]:
    """The items with events cut in two where the user's words allow it, until there are ``count`` if possible."""
    found: list[Item] = []
    for number, item in enumerate(items):
        spare = count - len(found) - (len(items) - number)
        pieces = split_event(facts, item.events[0]) if spare > 0 and item.label is None and item.events else ()
        fits = 1 < len(pieces) <= spare + 1
        found += [_item(facts, (piece,), None) for piece in pieces] if fits else [item]
    return found


def _item(facts: Facts, events: tuple[Event, ...], label: ShotLabel | None) -> Item:
    quotes = [facts.quotes[index] for event in events for index in event.quotes]
    interval = label.interval if label is not None else None
    opens = interval.start_ms if interval else events[0].start_ms if events else None
    closes = interval.end_ms if interval else events[-1].end_ms if events else None
    begins = [opens, *(event.start_ms for event in events), *(quote.start_ms for quote in quotes)]
    reaches = [closes, *(event.end_ms for event in events), *(_reach(quote) for quote in quotes)]
    reaches += [event.start_ms + MIN_SHOT_MS for event in events if event.start_ms is not None]
    want = _LEAD_MS + sum(_length(quote) + _PAUSE_MS for quote in quotes) + _TAIL_MS if quotes else 0
    want += sum(event.length_ms or (0 if event.quotes else _EVENT_MS) for event in events)
    need = sum(max(MIN_LINE_MS, _fixed(quote) or fastest_ms(quote.text, quote.language)) for quote in quotes)
    lasts = events[0].length_ms if label is None and len(events) == 1 else None
    lasts = lasts if closes is None or opens is None else None
    if lasts is not None:
        want, need = lasts, max(need, lasts)
    if opens is not None and closes is not None and closes > opens:
        want, need = closes - opens, closes - opens
    return Item(
        events,
        label,
        want if lasts is not None else max(want, _EVENT_MS if interval is None else MIN_SHOT_MS),
        need,
        min((time for time in begins if time is not None), default=None),
        max((time for time in reaches if time is not None), default=None),
        opens,
        closes,
        lasts,
        goes_on=lasts is not None and events[0].weak and events[0].time_span is None and not quotes,
    )


def _fixed(quote: Quote) -> int | None:
    return None if quote.start_ms is None or quote.end_ms is None else quote.end_ms - quote.start_ms


def _length(quote: Quote) -> int:
    return _fixed(quote) or max(MIN_LINE_MS, natural_ms(quote.text, quote.language))


def _reach(quote: Quote) -> int | None:
    if quote.end_ms is not None:
        return quote.end_ms
    return None if quote.start_ms is None else quote.start_ms + _length(quote)


def film_length(items: Sequence[Item], clips: int) -> int:
    """How long a film wants to be that nobody gave a length, in so many clips."""
    clock = 0
    for item in items:
        clock = max(clock, item.opens_ms or 0) + item.want_ms
        clock = max(clock, (item.reaches_ms or 0) + (0 if item.closes_ms is not None else _TAIL_MS))
        clock = item.closes_ms if item.closes_ms is not None and item.closes_ms == item.reaches_ms else clock
    exact = bool(items) and (items[-1].closes_ms == clock or all(item.lasts_ms is not None for item in items))
    clock = clock if exact else -(-clock // SNAP_MS) * SNAP_MS
    return min(max(clock, MIN_DURATION_MS * clips), MAX_DURATION_MS * clips)


def arrange(
    items: Sequence[Item], count: int, total_ms: int, uncut: Sequence[tuple[int, int]] = ()
) -> list[Group] | None:
    """The best division into ``count`` clips that partition ``[0, total_ms)``, or ``None`` if there is none.

    Args:
        items: the story, in order.
        count: number of clips, each of 3 to 15 s.
        total_ms: length of the film.
        uncut: ranges ``(start, end)`` inside which no boundary may lie, such as a sound that must go on.
    """
    gaps = _gap_windows(items, total_ms)
    if gaps is None:
        return None
    least = _Needs(items, count)
    rest = _backwards(least, count, total_ms, gaps, uncut)
    wishes = _wishes(items, total_ms)
    even = total_ms / count
    states: list[tuple[float, int, int, tuple[Group, ...]]] = [(0.0, 0, 0, ())]
    if not _holds(rest[count][0], 0):
        return None
    for left in range(count - 1, -1, -1):
        reached: dict[tuple[int, int], tuple[float, int, int, tuple[Group, ...]]] = {}
        for cost, gap, time, groups in states:
            for after in range(gap, len(items) + 1):
                if least(gap, after) > MAX_DURATION_MS:
                    break
                if after == gap and least.joined(gap):
                    continue
                low, high = time + least(gap, after), time + least.most(gap, after)
                free = _clipped(rest[left][after], low, high)
                targets = {wishes[after], round((time + (total_ms - time) / (left + 1)) / SNAP_MS) * SNAP_MS}
                for end in {_nearest(free, target) for target in targets} if free else ():
                    extra = ((end - time - even) / even) ** 2 + (_NO_EVENT if after == gap else 0.0)
                    if after == 0 and items and items[0].begins_ms is None:
                        extra += _LATE  # what nothing keeps from beginning begins at once
                    if 0 < after < len(items):
                        extra += 2 * abs(end - wishes[after]) / even
                    found = (cost + extra, after, end, (*groups, Group(gap, after, time, end)))
                    if (after, end) not in reached or found[0] < reached[after, end][0]:
                        reached[after, end] = found
        states = sorted(reached.values(), key=lambda state: state[:3])[:_BEAM]
    return list(states[0][3]) if states else None


class _Needs:
    """The shortest clip for the items ``[first, last)``; longer than any clip where they are too many for one."""

    def __init__(self, items: Sequence[Item], count: int) -> None:
        self._sums = list(accumulate((item.need_ms for item in items), initial=0))
        # In stories of very many events no clip gets several times its share: looking for that would take minutes.
        fair = len(items) if len(items) <= _MANY else 4 * -(-len(items) // count)
        self._most = MAX_SHOTS if any(item.label is not None for item in items) else fair
        self._joined = [item.goes_on for item in items]
        self._held = [item.lasts_ms is not None for item in items]

    def __call__(self, first: int, last: int) -> int:
        if last - first > self._most:
            return MAX_DURATION_MS + 1
        held = self._sums[last] - self._sums[first]
        free = self._held[first:last].count(False)
        if 0 < free < last - first:
            held += MIN_SHOT_MS * free  # what has no length of its own needs a shot beside what has
        return max(MIN_DURATION_MS, held)

    def joined(self, gap: int) -> bool:
        """Whether no clip may stand alone before the item of that number."""
        return gap < len(self._joined) and self._joined[gap]

    def most(self, first: int, last: int) -> int:
        """The longest clip for these items: where each has a length of its own, they fill it exactly."""
        if first < last and all(self._held[first:last]):
            return min(MAX_DURATION_MS, self._sums[last] - self._sums[first])
        return MAX_DURATION_MS


def _gap_windows(items: Sequence[Item], total: int) -> list[tuple[int, int]] | None:
    """Where a boundary before item ``g`` may lie: behind what was fixed before it, and not behind what comes."""
    reaches = list(accumulate((item.reaches_ms or 0 for item in items), max, initial=0))
    begins = [item.begins_ms if item.begins_ms is not None else total for item in items]
    comes = [*reversed(list(accumulate(reversed(begins), min))), total]
    if reaches[-1] > total or any(begin > total for begin in begins):
        return None
    return list(zip(reaches, comes, strict=True))


def _backwards(
    least: _Needs, count: int, total: int, gaps: list[tuple[int, int]], uncut: Sequence[tuple[int, int]]
) -> list[list[Windows]]:
    """``[k][g]``: all instants at which items ``g``… can begin so that they and ``k`` clips fill the rest exactly."""
    end = len(gaps) - 1
    rest: list[list[Windows]] = [[[] for _ in range(end + 1)]]
    rest[0][end] = [(total, total)]
    for left in range(1, count + 1):
        row: list[Windows] = []
        for gap in range(end + 1):
            found: Windows = []
            for after in range(gap, end + 1):
                shortest = least(gap, after)
                if shortest > MAX_DURATION_MS:
                    break
                if after == gap and least.joined(gap):
                    continue
                longest = least.most(gap, after)
                found += [(low - longest, high - shortest) for low, high in rest[left - 1][after]]
            free = _clipped(_merged(found), *gaps[gap])
            for start, stop in uncut:
                free = [*_clipped(free, 0, start), *_clipped(free, stop, total)]
            row.append(_merged(free))
        rest.append(row)
    return rest


def _wishes(items: Sequence[Item], total: int) -> list[int]:
    """Where each gap would like to lie: at the user's times, between them by what the items want."""
    anchors: dict[int, int] = {0: 0, len(items): total}
    for number, item in enumerate(items):
        if number and item.opens_ms is not None:
            anchors[number] = item.opens_ms
        if number + 1 < len(items) and item.closes_ms is not None:
            anchors.setdefault(number + 1, item.closes_ms)
    wants = list(accumulate((item.want_ms for item in items), initial=0))
    known = sorted(anchors)
    wishes = []
    for gap in range(len(items) + 1):
        before = max(number for number in known if number <= gap)
        after = min(number for number in known if number >= gap)
        share = (wants[gap] - wants[before]) / max(1, wants[after] - wants[before])
        wish = anchors[before] + (anchors[after] - anchors[before]) * share
        wishes.append(anchors[gap] if gap in anchors else round(wish / SNAP_MS) * SNAP_MS)
    return wishes


def _merged(windows: Iterable[tuple[int, int]]) -> Windows:
    merged: Windows = []
    for low, high in sorted(window for window in windows if window[0] <= window[1]):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return merged


def _clipped(windows: Windows, low: int, high: int) -> Windows:
    return [(max(low, one), min(high, two)) for one, two in windows if max(low, one) <= min(high, two)]


def _holds(windows: Windows, time: int) -> bool:
    return any(low <= time <= high for low, high in windows)


def _nearest(windows: Windows, target: int) -> int:
    return min((min(max(target, low), high) for low, high in windows), key=lambda time: (abs(time - target), time))


def without_times(item: Item) -> Item:
    """The item as if the user had given it no time."""
    return replace(item, need_ms=0, begins_ms=None, reaches_ms=None, opens_ms=None, closes_ms=None, lasts_ms=None)
