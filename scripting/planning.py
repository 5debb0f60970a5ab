"""From facts to a shot plan: which events share a shot, who is who, and when everything happens.

events  e1  e2  e3  e4           (the user's clauses, in order)
shots   [S1][S2][── S3 ──]       merged where fewer shots are asked for, split where more are
times   solved from fixed values, speech lengths and weights (scripting/timing.py)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from mavin.caption import MAX_SHOTS, MIN_DURATION_MS
from mavin.diagnostics import Span
from mavin.facts import Event, Facts, Quote, split_event
from mavin.facts.overview import overview_events
from mavin.request import WriteRequest
from mavin.speech import fastest_ms, natural_ms
from scripting.timing import InfeasibleError, Schedule, TimedLine, TimedShot, solve

__all__ = ["Plan", "PlannedShot", "plan_shots", "role_ids", "schedule", "title_of", "told_in_time", "wanted_shots"]

SHOT_WEIGHT_MS = 2_500
"""What a shot wants where nothing is said of time (about 2.5 s)."""


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
        added: why code added this shot, empty where the user's words did.
    """

    id: str
    action: str
    events: tuple[int, ...]
    roles: tuple[str, ...]
    quotes: tuple[int, ...]
    start_ms: int | None = None
    end_ms: int | None = None
    added: str = ""


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
    return len(facts.labels) or None


@dataclass(slots=True)
class _Group:
    events: list[int]
    start_ms: int | None = None
    end_ms: int | None = None
    added: str = ""
    action: str = ""


def plan_shots(facts: Facts, request: WriteRequest) -> Plan:
    """Gives every event its shot, in story order, as many shots as asked for (at most six)."""
    wanted = wanted_shots(facts, request)
    events = list(facts.events)
    if facts.labels:
        groups = _labelled(facts, events)
    else:
        groups, events = _unlabelled(events, facts, wanted)
    _fit_times(groups, events, facts, request, may_add=wanted is None or len(groups) < wanted)
    count = min(wanted, MAX_SHOTS) if wanted else min(len(groups), MAX_SHOTS)
    while len(groups) > count:
        _merge_nearest(groups, events)
    _add_coverage(groups, events, facts, count)
    ids = role_ids(facts)
    shots = tuple(_planned(number, group, events, facts, ids) for number, group in enumerate(groups))
    return Plan(tuple(events), _distinct(shots), ids)


def told_in_time(events: list[Event], facts: Facts) -> list[Event]:
    """The events in the order of their times where every one of them has a fixed time; else as they were told."""

    def begins(event: Event) -> int | None:
        fixed = [facts.quotes[index].start_ms for index in event.quotes]
        return (
            event.start_ms
            if event.start_ms is not None
            else next((start for start in fixed if start is not None), None)
        )

    starts = [begins(event) for event in events]
    if any(start is None for start in starts):
        return events
    return [event for _, event in sorted(zip(starts, events, strict=True), key=lambda pair: pair[0] or 0)]


def _labelled(facts: Facts, events: list[Event]) -> list[_Group]:
    groups = []
    for label in sorted(facts.labels, key=lambda label: label.number):
        inside = [index for index, event in enumerate(events) if event.shot == label.number]
        group = _Group(inside)
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


def _unlabelled(events: list[Event], facts: Facts, wanted: int | None) -> tuple[list[_Group], list[Event]]:
    if wanted is None and (beats := overview_events(facts)):
        events = list(beats)
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
    groups = [_Group([index]) for index in range(len(events))]
    for group in groups:
        event = events[group.events[0]]
        group.start_ms, group.end_ms = event.start_ms, event.end_ms
    return groups, events


def _fit_times(
    groups: list[_Group], events: list[Event], facts: Facts, request: WriteRequest, *, may_add: bool
) -> None:
    """Adds quiet shots before the first and behind the last event where fixed times leave room."""
    if not groups or facts.labels:
        return
    first, last = groups[0], groups[-1]
    if first.start_ms == 0 or (first.start_ms and first.start_ms < 400):
        first.start_ms = None  # a clip begins at 0 anyway
    if first.start_ms and may_add and len(groups) < MAX_SHOTS:
        groups.insert(
            0, _Group([], added="the first event starts later", action=_quiet(events[first.events[0]], facts, True))
        )
    elif first.start_ms:
        first.start_ms = None
    total = request.duration_ms or (facts.duration.duration_ms if facts.duration else None)
    if last.end_ms is not None and last.end_ms != total and (total is not None or last.end_ms < MIN_DURATION_MS):
        if may_add and len(groups) < MAX_SHOTS:
            groups.append(
                _Group([], added="the last event ends earlier", action=_quiet(events[last.events[-1]], facts, False))
            )
        else:
            last.end_ms = None


def _quiet(event: Event, facts: Facts, before: bool) -> str:
    phrase = facts.role(event.roles[0]).phrase if event.roles else "everything"
    if before:
        return f"The place lies quiet before {phrase} comes into play"
    return f"{phrase[:1].upper()}{phrase[1:]} stays behind as the moment passes"


def _merge_nearest(groups: list[_Group], events: list[Event]) -> None:
    """Joins the two neighbours that lose least: short ones, and speech with what it belongs to."""

    def cost(index: int) -> float:
        pair = groups[index].events + groups[index + 1].events
        length = sum(len(events[number].text) for number in pair)
        speech = sum(events[number].speech_only for number in pair)
        fixed = groups[index].end_ms is not None or groups[index + 1].start_ms is not None
        return length - 80 * speech + 1000 * fixed

    index = min(range(len(groups) - 1), key=cost)
    one, two = groups[index], groups[index + 1]
    merged = _Group(one.events + two.events, one.start_ms, two.end_ms)
    if not merged.events:
        merged.action, merged.added = one.action or two.action, one.added or two.added
    groups[index : index + 2] = [merged]


_ANGLES = (
    "Closer on {subject}, every small movement visible",
    "The surroundings of {subject}, wide and still",
    "{subject} from the side, in profile",
    "{subject} from behind, facing the depth of the place",
    "A detail of {subject}, filling the frame",
)


def _add_coverage(groups: list[_Group], events: list[Event], facts: Facts, count: int) -> None:
    """More views of an event where more shots are asked for than the story has events."""
    used = 0
    while len(groups) < count:
        index = max(range(len(groups)), key=lambda number: (bool(groups[number].events), -_views(groups, number)))
        event = events[groups[index].events[-1]] if groups[index].events else events[0]
        subject = facts.role(event.roles[0]).phrase if event.roles else "the scene"
        text = _ANGLES[used % len(_ANGLES)].format(subject=subject)
        groups.insert(
            index + 1 + _views(groups, index), _Group([], added="more shots are asked for", action=_capital(text))
        )
        used += 1


def _views(groups: list[_Group], index: int) -> int:
    views = 0
    while index + 1 + views < len(groups) and groups[index + 1 + views].added == "more shots are asked for":
        views += 1
    return views


def _planned(number: int, group: _Group, events: list[Event], facts: Facts, ids: dict[str, str]) -> PlannedShot:
    shown = [events[index] for index in group.events]
    action = ". ".join(dict.fromkeys(event.text for event in shown if event.text)) or group.action
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
    if not shown and group.added != "the first event starts later":
        previous = [event for event in events if event.roles]
        roles = [ids[key] for key in previous[-1].roles if key in ids] if previous else []
    return PlannedShot(
        id=f"S{number + 1}",
        action=action,
        events=tuple(group.events),
        roles=tuple(dict.fromkeys(roles)),
        quotes=tuple(dict.fromkeys(quotes)),
        start_ms=group.start_ms,
        end_ms=group.end_ms,
        added=group.added,
    )


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


def schedule(plan: Plan, facts: Facts, request: WriteRequest) -> tuple[Schedule, dict[int, str]]:
    """Solves all times; returns them with the line id of each quote.

    Raises:
        InfeasibleError: see :func:`clash_spans` for the prompt's words behind its keys.
    """
    lines: dict[int, str] = {}
    for shot in plan.shots:
        for index in shot.quotes:
            lines.setdefault(index, f"L{len(lines) + 1}")
    timed = [
        TimedShot(
            shot.id,
            SHOT_WEIGHT_MS,
            tuple(_timed(lines[index], facts.quotes[index]) for index in shot.quotes),
            shot.start_ms,
            shot.end_ms,
        )
        for shot in plan.shots
    ]
    total = request.duration_ms or (facts.duration.duration_ms if facts.duration else None)
    return solve(timed, total), lines


def _timed(key: str, quote: Quote) -> TimedLine:
    natural, fastest = natural_ms(quote.text, quote.language), fastest_ms(quote.text, quote.language)
    return TimedLine(key, -(-natural // 100) * 100, fastest, quote.start_ms, quote.end_ms)


def clash_spans(clash: InfeasibleError, plan: Plan, facts: Facts) -> tuple[tuple[Span, ...], str]:
    """The prompt's words behind an infeasible set, and a sentence about them."""
    spans: list[Span] = []
    words: list[str] = []
    order = [index for shot in plan.shots for index in shot.quotes]
    for key in clash.clash:
        if key == "duration":
            spans += [facts.duration.span] if facts.duration else []
            words.append("the total duration")
        elif key.startswith("L"):
            quote = facts.quotes[list(dict.fromkeys(order))[int(key[1:]) - 1]]
            spans.append(quote.time_span or quote.span)
            words.append(f"the line {quote.text!r}" + (" at its time" if quote.time_span else ""))
        else:
            shot = next(shot for shot in plan.shots if shot.id == key)
            labels = [label.span for label in facts.labels if f"S{label.number}" == key]
            timed = [plan.events[index].time_span for index in shot.events]
            spans += labels or [span for span in timed if span is not None]
            words.append(f"the time of shot {key[1:]}")
    return tuple(
        spans
    ), f"There is no way to place {_listed(words)}: they do not fit together in story order within one clip."


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def title_of(facts: Facts) -> str:
    """A short title from the user's first event: "Bear sniffs a picnic basket"."""
    text = facts.events[0].text if facts.events else facts.prompt
    for role in facts.roles:
        if role.named and role.mention.casefold() != role.name.casefold():
            text = text.replace(role.mention, role.name, 1)  # "A keeper named Mara climbs" → "Mara climbs"
    return headline(text) or "Untitled"


def headline(text: str) -> str:
    """The beginning of an action as a title of at most seven words, cut where a phrase ends."""
    text = re.split(r"[,.;:!?，。；：]|\s[–—-]\s", text)[0]
    words = re.sub(r"^(?:A|An|The)\s+(?=[a-z])(?!speaks)", "", text).split()
    if len(words) > 7:
        # Cut before a preposition or an article rather than behind an adjective.
        stop = next((index for index in range(6, 2, -1) if words[index].casefold() in _DANGLING), 7)
        words = words[:stop]
        while len(words) > 2 and words[-1].casefold() in _DANGLING:
            words = words[:-1]
    return _capital(" ".join(words))[:60].rstrip()


_DANGLING = frozenset("a an the of in on at to for with and or by from into his her its their as".split())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
