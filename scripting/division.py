"""Divides the facts of a story into clips that can be written one by one, or says why that cannot be.

lengths, counts, fixed times, events ─▶ how many clips ─▶ boundaries (scripting/clips.py) ─▶ facts of each
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mavin.caption import MAX_DURATION_MS, MAX_SHOTS, MIN_DURATION_MS, MIN_SHOT_MS
from mavin.diagnostics import Span
from mavin.facts import Event, Facts, RuleKind, TimeKind, split_event
from mavin.interval import format_seconds
from mavin.ledger import Conflict, ConflictKind, ConflictOutcome
from mavin.request import MAX_CLIPS, WriteRequest
from scripting.clips import SNAP_MS, Group, Item, arrange, film_length, items_of, split_items, without_times
from scripting.fillers import quiet_before, view_of
from scripting.parts import Part, divide_facts
from scripting.planning import told_in_time, wanted_shots

__all__ = ["ClipTask", "Division", "divide"]


@dataclass(frozen=True, slots=True)
class ClipTask:
    """One clip to be written.

    Attributes:
        id: ``K1`` … in order.
        facts: its part of the facts, with times from its own beginning.
        request: the request for it alone, with its exact length where the film's is fixed.
        continued: whether no event of the user's is in it.
    """

    id: str
    facts: Facts
    request: WriteRequest
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Division:
    """The clips of a story; none where ``conflicts`` say why it cannot be divided."""

    tasks: tuple[ClipTask, ...] = ()
    total_ms: int | None = None
    conflicts: tuple[Conflict, ...] = ()


def divide(facts: Facts, request: WriteRequest) -> Division:
    """Divides a story into the clips that the request asks for; lengths are exact to the millisecond."""
    events = tuple(facts.events if facts.labels else told_in_time(list(facts.events), facts))
    items = _cut_at(facts, items_of(facts, tuple(piece for event in events for piece in _in_clips(facts, event))))
    said = request.duration_ms or (facts.duration.duration_ms if facts.duration else None)
    if said is None and facts.bounds:
        said = _bounded(facts, film_length(items, 1))
    timed = said is not None or any(item.fixed for item in items) or _far_anchors(facts)
    wanted = wanted_shots(facts, request)
    counts = _counts(items, said, wanted, request)
    uncut = [(sound.start_ms, sound.end_ms) for sound in facts.sounds if sound.start_ms is not None and sound.end_ms]
    for count in counts:
        total = said if said is not None else film_length(items, count)
        if not MIN_DURATION_MS * count <= total <= MAX_DURATION_MS * count or (wanted or count) < count:
            continue
        pieces = split_items(facts, items, count)
        groups = arrange(pieces, count, total, [(low, high) for low, high in uncut if high])
        if groups is None or (wanted is not None and wanted > count * MAX_SHOTS):
            continue
        return Division(_tasks(facts, request, pieces, groups, total if timed else None, wanted), total)
    return Division(conflicts=(_indivisible(facts, request, items, said, wanted, counts),))


def _bounded(facts: Facts, length: int) -> int | None:
    """The length nearest to what the story wants that its bounds allow; ``None`` if they allow that one."""
    low, high = max(bound.least_ms for bound in facts.bounds), min(bound.most_ms for bound in facts.bounds)
    return None if low <= length <= high else min(max(length, low), high)


def _in_clips(facts: Facts, event: Event) -> tuple[Event, ...]:
    """An event that is to last longer than a clip in equal pieces: what goes on is seen from elsewhere."""
    if event.length_ms is None or event.length_ms <= MAX_DURATION_MS or event.quotes or facts.labels:
        return (event,)
    count = -(-event.length_ms // MAX_DURATION_MS)
    ends = [round(event.length_ms * number / count / SNAP_MS) * SNAP_MS for number in range(count)] + [event.length_ms]
    who = event.roles[0] if event.roles else None
    pieces = [replace(event, length_ms=ends[1])]
    for number in range(1, count):
        length = ends[number + 1] - ends[number]
        pieces.append(
            replace(
                event, text=view_of(facts, who, number - 1), length_ms=length, start_ms=None, time_span=None, weak=True
            )
        )
    return tuple(pieces)


def _cut_at(facts: Facts, items: list[Item]) -> list[Item]:
    """The items with the cuts where the user wants them; where the cuts are more, the last event goes on."""
    cuts = sorted({cut.start_ms for cut in facts.cuts})
    if not cuts or facts.labels:
        return items
    items = split_items(facts, items, len(cuts) + 1)
    if not items or not items[-1].events:
        return items
    last = items[-1].events[-1]
    who = last.roles[0] if last.roles else None
    for number in range(len(cuts) + 1 - len(items)):
        seen = replace(last, text=view_of(facts, who, number), quotes=(), start_ms=None, end_ms=None, weak=True)
        items += items_of(facts, (seen,))
    if len(items) != len(cuts) + 1:
        return items
    opens, closes = [items[0].opens_ms, *cuts], [*cuts, items[-1].closes_ms]
    return [
        replace(
            item,
            begins_ms=min((time for time in (item.begins_ms, low) if time is not None), default=None),
            reaches_ms=max((time for time in (item.reaches_ms, high) if time is not None), default=None),
            opens_ms=low,
            closes_ms=high,
            need_ms=max(item.need_ms, MIN_SHOT_MS) if low is None or high is None else high - low,
        )
        for item, low, high in zip(items, opens, closes, strict=True)
    ]


def _far_anchors(facts: Facts) -> bool:
    return any(fact.anchor.needs_total and fact.kind is not TimeKind.LENGTH for fact in facts.times)


def _counts(items: Sequence[Item], said: int | None, wanted: int | None, request: WriteRequest) -> list[int]:
    """The numbers of clips to try, the fewest first."""
    if isinstance(request.clips, int):
        return [request.clips]
    long = said if said is not None else sum(item.want_ms for item in items)
    long = max([long, *(item.reaches_ms or 0 for item in items)]) if said is None else long
    least = max(1, -(-long // MAX_DURATION_MS), -(-(wanted or 1) // MAX_SHOTS))
    if said is None and not any(item.fixed for item in items):
        least = min(least, MAX_CLIPS)  # very many events share the clips there can be
    most = MAX_CLIPS if said is None else min(MAX_CLIPS, said // MIN_DURATION_MS)
    return list(range(least, min(most, least + 12, wanted or most) + 1)) or [least]


def _tasks(
    facts: Facts, request: WriteRequest, items: list[Item], groups: list[Group], total: int | None, wanted: int | None
) -> tuple[ClipTask, ...]:
    if len(groups) == 1:
        return (ClipTask("K1", facts, request.model_copy(update={"clips": None})),)
    shots = _shares(items, groups, wanted)
    parts = []
    for number, group in enumerate(groups):
        inside = items[group.first : group.last]
        labels = tuple(item.label for item in inside if item.label is not None)
        events = tuple(event for item in inside for event in item.events)
        if not inside:
            events = (_goes_on(facts, items, group, sum(1 for one in groups[:number] if one.last == group.last)),)
        elif not events:
            events = tuple(_label_event(facts, item) for item in inside)
        elif not labels:
            events = _pieces(facts, events, shots[number])
        parts.append(Part(events, labels, group.start_ms if total is not None else 0, continued=not inside))
    divided = divide_facts(facts, parts, total or 0)
    return tuple(
        ClipTask(
            f"K{number + 1}",
            own,
            request.model_copy(
                update={
                    "clips": None,
                    "duration_ms": group.end_ms - group.start_ms if total is not None else None,
                    "shots": shots[number] if not own.labels else None,
                }
            ),
            continued=group.first == group.last,
        )
        for number, (own, group) in enumerate(zip(divided, groups, strict=True))
    )


def _shares(items: list[Item], groups: list[Group], wanted: int | None) -> list[int | None]:
    """How many shots each clip gets where the user asked for a number in total: more where more happens."""
    if wanted is None:
        return [None] * len(groups)
    weights = [max(1, group.last - group.first) + (group.end_ms - group.start_ms) / 60_000 for group in groups]
    if wanted == len(items) and all(group.first < group.last <= group.first + MAX_SHOTS for group in groups):
        return [group.last - group.first for group in groups]
    shares = [1] * len(groups)
    for _ in range(wanted - len(groups)):
        free = [number for number in range(len(groups)) if shares[number] < MAX_SHOTS]
        shares[max(free, key=lambda number: (weights[number] / shares[number], -number))] += 1
    return list(shares)


def _pieces(facts: Facts, events: tuple[Event, ...], shots: int | None) -> tuple[Event, ...]:
    """The events cut in pieces where their clip wants more shots: subjects are found in the whole story only."""
    if (shots or 2) <= len(events) or (shots is None and len(events) > 1):
        return events
    found: list[Event] = []
    for number, event in enumerate(events):
        spare = (shots or MAX_SHOTS) - len(found) - (len(events) - number)
        pieces = split_event(facts, event) if spare > 0 else (event,)
        found += pieces if len(pieces) - 1 <= spare else (event,)
    return tuple(found)


def _label_event(facts: Facts, item: Item) -> Event:
    label = item.label
    assert label is not None
    body = facts.prompt[label.body_start : label.body_end].strip(" \n.,;")
    return Event(span=label.span, text=body or f"Shot {label.number}", shot=label.number)


def _goes_on(facts: Facts, items: list[Item], group: Group, number: int) -> Event:
    """Something to see in a clip in which nothing of the user's happens: the moment before goes on."""
    near = items[group.first - 1] if group.first else items[0]
    event = (near.events[-1] if group.first else near.events[0]) if near.events else facts.events[0]
    who = event.roles[0] if event.roles else None
    text = quiet_before(facts, who) if group.first == 0 else view_of(facts, who, max(0, number - 1))
    return Event(span=event.span, text=text, roles=event.roles, weak=True)


def _indivisible(
    facts: Facts, request: WriteRequest, items: list[Item], said: int | None, wanted: int | None, counts: list[int]
) -> Conflict:
    count, asked = counts[0], isinstance(request.clips, int)
    total = said if said is not None else film_length(items, count)
    long, how = format_seconds(total), f"{count} clip{'s' * (count > 1)}"
    length = facts.duration.span if facts.duration and request.duration_ms is None else None
    shots = facts.shots.span if facts.shots and request.shots is None else None
    if not MIN_DURATION_MS * count <= total <= MAX_DURATION_MS * count:
        low, high = -(-total // MAX_DURATION_MS), total // MIN_DURATION_MS
        advice = f"Ask for {low} to {high} clips" if high >= max(low, 1) else "Ask for at least 3 seconds"
        advice = advice if low != high else f"Ask for {low} clip{'s' * (low > 1)}"
        why = f"{long} s cannot be divided into {how} of 3 to 15 seconds. {advice}, or let --clips auto decide."
        return _refused(ConflictKind.STRUCTURE, why, length)
    if wanted is not None and not count <= wanted <= count * MAX_SHOTS:
        take = [rule.span for rule in facts.rules if rule.kind is RuleKind.ONE_TAKE and wanted == 1]
        why = f"{long} s take {how if asked else 'at least ' + how}, and each has 1 to {MAX_SHOTS} shots, but {wanted} "
        why += (
            f"{'is' if wanted == 1 else 'are'} asked for. Ask for {count} to {count * MAX_SHOTS} or for another length."
        )
        if take:
            longest = MAX_DURATION_MS // 1000
            why = f"One take lasts at most {longest} seconds, the longest clip, and the film is to last {long}. "
            why += f"Ask for at most {longest} seconds, or allow a cut."
        last = [label.span for label in facts.labels[-1:]]
        return _refused(ConflictKind.STRUCTURE, why, *take, shots, *last, length)
    clash = _clash(items, count, total)
    spans = [span for item in clash for span in _time_spans(facts, item)]
    why = (
        f"There is no way to divide {long} s into {how} of 3 to 15 seconds with every boundary between two events "
        "and every fixed time kept. Loosen one of these times, or let --clips auto decide the number."
        if asked
        else f"There is no way to divide {long} s into clips of 3 to 15 seconds with every boundary between two events "
        "and every fixed time kept. Loosen one of these times or change the length."
    )
    return _refused(ConflictKind.TEMPORAL, why, *spans, length)


def _clash(items: list[Item], count: int, total: int) -> list[Item]:
    """A smallest set of timed items that stand in the way, by leaving out what can be left out."""
    current = list(items)
    needed = []
    for number, item in enumerate(items):
        if not item.fixed:
            continue
        trial = [without_times(one) if at == number else one for at, one in enumerate(current)]
        if arrange(trial, count, total) is None:
            current = trial
        else:
            needed.append(item)
    return needed


def _time_spans(facts: Facts, item: Item) -> list[Span]:
    spans = [item.label.span] if item.label is not None and item.label.interval is not None else []
    for event in item.events:
        quoted = [facts.quotes[index].time_span for index in event.quotes]
        spans += [span for span in (event.time_span, event.length_span, *quoted) if span is not None]
    edges = {item.opens_ms, item.closes_ms}
    return spans or [cut.span for cut in facts.cuts if cut.start_ms in edges]


def _refused(kind: ConflictKind, why: str, *spans: Span | None) -> Conflict:
    found = tuple(dict.fromkeys(span for span in spans if span is not None))
    return Conflict(kind=kind, spans=found, explanation=why, outcome=ConflictOutcome.REFUSED, by="code")
