"""The facts of one clip: its share of a story's facts, with times that count from the clip's own beginning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mavin.diagnostics import Span
from mavin.facts import Anchor, Event, Facts, Quote, ShotLabel, TimeFact, TimeKind
from mavin.interval import Interval

__all__ = ["Part", "divide_facts"]


@dataclass(frozen=True, slots=True)
class Part:
    """What one clip shows.

    Attributes:
        events: its events in the order in which they are shown.
        labels: its shot labels in order.
        start_ms: where it begins on the film's clock.
        continued: whether it shows nothing of its own: its event is made of another part's.
    """

    events: tuple[Event, ...]
    labels: tuple[ShotLabel, ...]
    start_ms: int
    continued: bool = False


def divide_facts(facts: Facts, parts: Sequence[Part], total_ms: int) -> list[Facts]:
    """The facts of each part; what the user said once is in exactly one of them.

    Roles, rules, style and language belong to all; spans still point into the whole prompt.  Lengths and
    counts of the whole are in none: the request of each clip carries its own.
    """
    owner = _Owner(facts, parts)
    for cut in facts.cuts:
        owner.note_cut(cut, parts)
    return [_facts_of(number, facts, parts, owner, total_ms) for number in range(len(parts))]


class _Owner:
    """Says which part a place of the prompt belongs to."""

    def __init__(self, facts: Facts, parts: Sequence[Part]) -> None:
        self._places: list[tuple[int, int]] = []
        self._times: dict[tuple[int, int], int] = {}
        self.quotes: dict[int, int] = {}
        for number, part in enumerate(parts):
            if part.continued:
                continue
            self._places += [(label.span.start, number) for label in part.labels]
            for event in part.events:
                self._places.append((event.span.start, number))
                for index in event.quotes:
                    self.quotes.setdefault(index, number)
                    self._note(facts.quotes[index].time_span, number)
                self._note(event.time_span, number)
                self._note(event.length_span, number)
        self._places.sort()

    def _note(self, span: Span | None, number: int) -> None:
        if span is not None:
            self._times.setdefault((span.start, span.end), number)

    def note_cut(self, cut: TimeFact, parts: Sequence[Part]) -> None:
        """A cut belongs to the part in which it lies; one at the boundary is where the next part begins."""
        begun = [number for number, part in enumerate(parts) if part.start_ms <= cut.start_ms]
        self._times[cut.span.start, cut.span.end] = begun[-1] if begun else 0

    def of(self, span: Span) -> int:
        """The part whose event has this time, else the one whose words stand before it."""
        known = self._times.get((span.start, span.end))
        if known is not None:
            return known
        before = [number for start, number in self._places if start <= span.start]
        return before[-1] if before else (self._places[0][1] if self._places else 0)


def _facts_of(number: int, facts: Facts, parts: Sequence[Part], owner: _Owner, total: int) -> Facts:
    part = parts[number]
    offset = part.start_ms
    kept = [index for index in range(len(facts.quotes)) if owner.quotes.get(index) == number]
    quotes = {old: new for new, old in enumerate(kept)}
    numbers = {label.number: new for new, label in enumerate(part.labels, 1)}
    events = tuple(
        replace(
            event,
            quotes=tuple(quotes[index] for index in event.quotes if index in quotes),
            shot=numbers.get(event.shot, 0) if event.shot is not None else None,
            start_ms=_moved(event.start_ms, offset),
            end_ms=_moved(event.end_ms, offset),
        )
        for event in part.events
    )
    indices = _event_indices(facts, part)
    return replace(
        facts,
        events=events,
        quotes=tuple(_quote(facts.quotes[index], offset, quotes) for index in kept),
        labels=tuple(_label(label, new, offset) for new, label in enumerate(part.labels, 1)),
        duration=None,
        shots=None,
        durations=(),
        counts=(),
        shot_lengths=(),
        times=tuple(_time(fact, offset, total) for fact in facts.times if owner.of(fact.span) == number),
        cuts=tuple(_time(cut, offset, total) for cut in facts.cuts if owner.of(cut.span) == number),
        dropped=facts.dropped if number == 0 else (),
        repetitions=tuple(
            replace(item, event=indices[item.event]) for item in facts.repetitions if item.event in indices
        ),
        cameras=tuple(
            replace(item, event=indices.get(item.event) if item.event is not None else None)
            for item in facts.cameras
            if (item.event in indices if item.event is not None else owner.of(item.span) == number)
        ),
        sounds=tuple(
            replace(
                item,
                event=indices.get(item.event) if item.event is not None else None,
                start_ms=_moved(item.start_ms, offset),
                end_ms=_moved(item.end_ms, offset),
            )
            for item in facts.sounds
            if (
                item.event in indices
                if item.event is not None
                else _hears(item.start_ms, item.span, number, parts, owner)
            )
        ),
    )


def _hears(start_ms: int | None, span: Span, number: int, parts: Sequence[Part], owner: _Owner) -> bool:
    """Whether a sound that belongs to no event falls into this part: by its time, else by its place in the prompt."""
    if start_ms is None:
        return owner.of(span) == number
    begun = [index for index, part in enumerate(parts) if part.start_ms <= start_ms]
    return bool(begun) and begun[-1] == number


def _event_indices(facts: Facts, part: Part) -> dict[int, int]:
    """Index of each of the film's events → index in the part; of one that was cut in two, its first piece."""
    found: dict[int, int] = {}
    for old, event in enumerate(facts.events if not part.continued else ()):
        for new, own in enumerate(part.events):
            if event.span.start <= own.span.start < event.span.end:
                found.setdefault(old, new)
    return found


def _moved(time_ms: int | None, offset: int) -> int | None:
    return None if time_ms is None else time_ms - offset


def _quote(quote: Quote, offset: int, indices: dict[int, int]) -> Quote:
    together = None if quote.together is None else indices.get(quote.together)
    start, end = _moved(quote.start_ms, offset), _moved(quote.end_ms, offset)
    return replace(quote, start_ms=start, end_ms=end, together=together)


def _label(label: ShotLabel, number: int, offset: int) -> ShotLabel:
    interval = label.interval
    own = Interval(interval.start_ms - offset, interval.end_ms - offset) if interval is not None else None
    return replace(label, number=number, interval=own)


def _time(fact: TimeFact, offset: int, total: int) -> TimeFact:
    if fact.kind is TimeKind.LENGTH or fact.anchor in (Anchor.LATER, Anchor.EARLIER):
        return fact
    zero = fact.zero_ms(total) - offset
    return replace(fact, start_ms=fact.start_ms + zero, end_ms=fact.end_ms + zero, anchor=Anchor.START)
