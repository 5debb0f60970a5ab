"""From facts to a shot plan: which events share a shot, and who is who.

events  e1  e2  e3  e4           (the user's clauses, in order)
shots   [S1][S2][── S3 ──]       merged where fewer shots are asked for, split where more are
times   fixed ones are carried along; all others are solved later (scripting/scheduling.py)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from mavin.caption import MAX_DURATION_MS, MAX_SHOTS, MIN_SHOT_MS
from mavin.facts import Event, Facts, RuleKind, split_event
from mavin.facts.story import overview_events
from mavin.interval import Interval, format_interval, format_seconds
from mavin.request import WriteRequest
from mavin.speech import fastest_ms
from scripting.fitting import Group, add_coverage, fit_times, join_overlapping, merge_nearest
from scripting.journeys import spread

__all__ = [
    "Plan",
    "PlannedShot",
    "begin_of",
    "plan_shots",
    "role_ids",
    "told_in_time",
    "total_of",
    "wanted_shots",
]


@dataclass(frozen=True, slots=True)
class PlannedShot:
    """One shot before it is staged.

    Attributes:
        id: ``S1`` … in order.
        action: the user's clauses as sentences that name their subjects.
        events: indices into the plan's events that it shows; empty for a shot that code added.
        roles: ids of the roles present.
        quotes: indices into the facts' quotes, in order.
        start_ms: where the user fixed its start.
        end_ms: where the user fixed its end.
        length_ms: how long the user wants it, wherever it starts.
        added: why code added this shot, empty where the user's words did.
        after_ms: how long behind the line or the event before it its own begins, if the user said so.
    """

    id: str
    action: str
    events: tuple[int, ...]
    roles: tuple[str, ...]
    quotes: tuple[int, ...]
    start_ms: int | None = None
    end_ms: int | None = None
    length_ms: int | None = None
    added: str = ""
    after_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The planned shots with the events they came from (split ones included)."""

    events: tuple[Event, ...]
    shots: tuple[PlannedShot, ...]
    ids: dict[str, str] = field(default_factory=dict)


def role_ids(facts: Facts) -> dict[str, str]:
    """Role keys to ids: labels such as ``C2`` keep their own, the rest count up in order of appearance."""
    taken = {role.key.upper() for role in facts.roles if re.fullmatch(r"c[1-9]\d?", role.key)}
    ids: dict[str, str] = {}
    number = 1
    for role in facts.roles:
        if role.key.upper() in taken:
            ids[role.key] = role.key.upper()
            continue
        while f"C{number}" in taken:
            number += 1
        ids[role.key] = f"C{number}"
        number += 1
    return ids


def wanted_shots(facts: Facts, request: WriteRequest) -> int | None:
    """How many shots are asked for, by option, by words or by labels; ``None`` if nobody says."""
    if request.shots is not None:
        return request.shots
    if facts.shots is not None:
        return facts.shots.count
    if any(rule.kind is RuleKind.ONE_TAKE for rule in facts.rules):
        return 1
    if cuts := _cuts_inside(facts):
        return len(cuts) + 1
    return len(facts.labels) or None


def plan_shots(facts: Facts, request: WriteRequest) -> Plan:
    """Gives every event its shot, in story order, as many shots as asked for (at most six)."""
    wanted = wanted_shots(facts, request)
    most = min(wanted or MAX_SHOTS, MAX_SHOTS)
    events = list(facts.events)
    if facts.labels:
        groups = _labelled(facts, events)
    else:
        groups, events = _unlabelled(events, facts, wanted)
        _mark_cuts(groups, events, facts)
        join_overlapping(groups, lambda group: _spoken(group, events, facts))
    while len(groups) > most:
        merge_nearest(groups, events)
    _cut_at(groups, facts)
    fit_times(groups, events, facts, total_of(facts, request), most=most)
    add_coverage(groups, events, facts, most if wanted else len(groups), total_of(facts, request))
    _cut_at(groups, facts)
    ids = role_ids(facts)
    shots = tuple(
        _held(_planned(number, group, events, facts, ids), number + 1, len(groups), facts)
        for number, group in enumerate(groups)
    )
    return Plan(tuple(events), _distinct(shots), ids)


def _spoken(group: Group, events: list[Event], facts: Facts) -> tuple[int, int] | None:
    """From when to when the lines of a group are fixed; one without an end is said as fast as it can be."""
    lines = [facts.quotes[index] for event in group.events for index in events[event].quotes]
    fixed = [
        (line.start_ms, line.start_ms + fastest_ms(line.text, line.language) if line.end_ms is None else line.end_ms)
        for line in lines
        if line.start_ms is not None
    ]
    return (min(start for start, _ in fixed), max(end for _, end in fixed)) if fixed else None


def _mark_cuts(groups: list[Group], events: list[Event], facts: Facts) -> None:
    """Notes where the user asked for a cut ("smash cut to …"): before the first event behind those words."""
    for rule in facts.rules:
        if rule.kind is RuleKind.HARD_CUT:
            behind = [group for group in groups if events[group.events[0]].span.start >= rule.span.start]
            if behind:
                behind[0].cut_before = True


def _cut_at(groups: list[Group], facts: Facts) -> None:
    """Puts the cuts where the user wants them, where there are as many as the shots need."""
    cuts = _cuts_inside(facts)
    if len(cuts) == len(groups) - 1:
        for group, cut in zip(groups[1:], cuts, strict=True):
            group.start_ms = cut if group.start_ms is None else group.start_ms


def _cuts_inside(facts: Facts) -> list[int]:
    """Where cuts are asked for; one at the very beginning is the cut from the clip before."""
    return sorted({fact.start_ms for fact in facts.cuts if fact.start_ms > 0})


def total_of(facts: Facts, request: WriteRequest) -> int | None:
    """The clip's length if anything fixes it: the option, the prompt's words, or times that count from its end."""
    if request.duration_ms is not None:
        return request.duration_ms
    return facts.duration.duration_ms if facts.duration else facts.assumed_ms


def told_in_time(events: list[Event], facts: Facts) -> list[Event]:
    """The events in the order in which they happen, as far as times and words such as "before that" tell.

    An event without a time stays behind the one it is told behind; what begins the clip is shown first.
    """
    ordered = list(events)
    for event in events:
        if event.precedes is not None:
            ordered.remove(event)
            same = [n for n, item in enumerate(ordered) if item.span.start == event.precedes]
            later = [n for n, item in enumerate(ordered) if item.span.start >= event.precedes]
            at = [*same, *later, len(ordered)][0]
            ordered.insert(at, event)
    runs: list[tuple[int | None, list[Event]]] = []
    for event in ordered:
        start = begin_of(event, facts)
        if start is None and runs:
            runs[-1][1].append(event)
        else:
            runs.append((start, [event]))
    opens = any(start == 0 for start, _ in runs) and not _settled(ordered, facts)
    leading = runs.pop(0)[1] if runs and runs[0][0] is None else []
    runs.sort(key=lambda run: run[0] or 0)
    placed = [event for _, run in runs for event in run]
    return [*placed[:1], *leading, *placed[1:]] if opens else [*leading, *placed]


def _settled(events: list[Event], facts: Facts) -> int:
    """How many events without a time stand before one that begins the clip and is about the same roles.

    一只猫醒来。前三秒它一动不动。 is one shot from the beginning, in which the cat first wakes.
    """
    first = next((n for n, event in enumerate(events) if begin_of(event, facts) is not None), 0)
    if not first or events[first].start_ms != 0 or any(event.quotes for event in events[:first]):
        return 0
    opening = events[first]
    silent = any(
        rule.kind is RuleKind.SILENT and opening.span.start <= rule.span.start < opening.span.end
        for rule in facts.rules
    )
    silent = silent and not opening.roles
    return first if silent or all(set(event.roles) & set(opening.roles) for event in events[:first]) else 0


def begin_of(event: Event, facts: Facts) -> int | None:
    """When an event begins, if the prompt says so of it or of a line in it."""
    if event.start_ms is not None:
        return event.start_ms
    fixed = (facts.quotes[index].start_ms for index in event.quotes)
    return next((start for start in fixed if start is not None), None)


def _labelled(facts: Facts, events: list[Event]) -> list[Group]:
    groups = []
    for label in sorted(facts.labels, key=lambda label: label.number):
        inside = [index for index, event in enumerate(events) if event.shot == label.number]
        group = Group(inside)
        if label.interval is not None:
            group.start_ms, group.end_ms = label.interval.start_ms, label.interval.end_ms
        if not inside:
            group.action = facts.prompt[label.body_start : label.body_end].strip(" \n.,;") or f"Shot {label.number}"
        groups.append(group)
    before = [index for index, event in enumerate(events) if event.shot == 0]
    if before and groups:
        # Words before the first label set the stage for it.
        groups[0].events = before + groups[0].events
    return groups


def _unlabelled(events: list[Event], facts: Facts, wanted: int | None) -> tuple[list[Group], list[Event]]:
    if wanted is None and (beats := overview_events(facts)):
        events = spread(beats, facts)
    elif wanted is None and len(events) == 1:
        events = list(split_event(facts, events[0]))
    elif wanted is not None and len(events) < wanted:
        pieces: list[Event] = []
        for number, event in enumerate(events):
            spare = wanted - len(pieces) - (len(events) - number)
            parts = split_event(facts, event) if spare > 0 else (event,)
            pieces += parts if len(parts) - 1 <= spare else (event,)
        events = pieces
    events = told_in_time(events, facts)
    settled = _settled(events, facts)
    groups = [Group(list(range(settled + 1))), *(Group([index]) for index in range(settled + 1, len(events)))]
    for group in groups if events else []:
        event = events[group.events[-1]]
        group.start_ms, group.end_ms = event.start_ms, event.end_ms
    return groups, events


def _held(shot: PlannedShot, number: int, count: int, facts: Facts) -> PlannedShot:
    """The shot with the length that the prompt gives to its number."""
    held = next((item.length_ms for item in facts.shot_lengths if item.is_of(number, count)), None)
    if held is None or not MIN_SHOT_MS <= held <= MAX_DURATION_MS:
        return shot
    return replace(shot, length_ms=held, end_ms=None if shot.start_ms is not None else shot.end_ms)


def _planned(number: int, group: Group, events: list[Event], facts: Facts, ids: dict[str, str]) -> PlannedShot:
    shown = [events[index] for index in group.events]
    action = ". ".join(dict.fromkeys(_told(event, group) for event in shown if event.text)) or group.action
    length = shown[0].length_ms if len(shown) == 1 and not facts.labels else None
    length = length if length is not None and MIN_SHOT_MS <= length <= MAX_DURATION_MS else None
    roles: list[str] = []
    quotes: list[int] = []
    for event in shown:
        roles += [ids[key] for key in event.roles if key in ids]
        quotes += event.quotes
    for index in quotes:
        quote = facts.quotes[index]
        if (
            quote.off_screen
            and quote.speaker in ids
            and all(facts.quotes[other].off_screen for other in quotes if facts.quotes[other].speaker == quote.speaker)
        ):
            acts = any(quote.speaker in event.roles and not event.speech_only for event in shown)
            roles = roles if acts else [role for role in roles if role != ids[quote.speaker]]
    if not roles and shown and _BOTH.match(shown[0].text):
        earlier = [key for event in events[: group.events[0]] for key in event.roles]
        roles = [ids[key] for key in list(dict.fromkeys(reversed(earlier)))[:2] if key in ids]
    if not shown and group.added != "the first event starts later":
        before = events if group.about is None else events[: group.about + 1]
        previous = [event for event in before if event.roles]
        roles = [ids[key] for key in previous[-1].roles if key in ids] if previous else []
    return PlannedShot(
        id=f"S{number + 1}",
        action=action,
        events=tuple(group.events),
        roles=tuple(dict.fromkeys(roles)),
        quotes=tuple(dict.fromkeys(quotes)),
        start_ms=group.start_ms,
        end_ms=group.end_ms,
        length_ms=length if group.end_ms is None or group.start_ms is None else None,
        added=group.added,
        after_ms=shown[0].after_ms if shown and group.start_ms is None and not facts.labels else None,
    )


_BOTH = re.compile(r"(?:the (?:two|pair|both)|both(?: of them)?|they)\b", re.IGNORECASE)
"""Subjects that mean the two who were last told of."""


def _told(event: Event, group: Group) -> str:
    """The event's sentence, with its time where the shot's own boundaries do not say it."""
    if event.start_ms is None or event.time_span is None:
        return event.text
    begins = group.start_ms == event.start_ms or (group.start_ms is None and event.start_ms == 0)
    if len(group.events) == 1 and begins and event.end_ms in {None, group.end_ms}:
        return event.text
    if (group.start_ms, group.end_ms) == (event.start_ms, event.end_ms):
        return event.text
    if event.end_ms is None:
        return f"{event.text} (at {format_seconds(event.start_ms)} s)"
    return f"{event.text} ({format_interval(Interval(event.start_ms, event.end_ms))})"


def _distinct(shots: tuple[PlannedShot, ...]) -> tuple[PlannedShot, ...]:
    """No two shots with the same action: a repeated one says that it happens again."""
    seen: dict[str, int] = {}
    found = []
    again = ("once more", "a third time", "a fourth time", "a fifth time", "a last time")
    for shot in shots:
        key = re.sub(r"\W+", " ", shot.action.casefold())
        times = seen.get(key, 0)
        seen[key] = times + 1
        found.append(replace(shot, action=f"{shot.action} {again[min(times, 5) - 1]}") if times else shot)
    return tuple(found)
