"""Groups of events made to fit their times and counts: fillers, merges, more views.

told    0–2 s A      3–5 s B            gap      ▶ A | filler 2–3 s | B
        0–3 s A   2–5 s B               overlap  ▶ one shot 0–5 s that shows both
        A B C D E F G                   too many ▶ the two neighbours that lose least share a shot
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mavin.caption import MIN_DURATION_MS, MIN_SHOT_MS
from mavin.facts import Event, Facts
from scripting.fillers import quiet_after, quiet_before, view_of

__all__ = ["Group", "add_coverage", "fit_times", "join_overlapping", "merge_nearest"]

COVERAGE = "more shots are asked for"
"""Why a view was added that no event of the user's fills."""

_FIXED = 1_000
_ACROSS_CUT = 100_000


@dataclass(slots=True)
class Group:
    """The events of one shot to be.

    Attributes:
        events: indices of its events, in order.
        start_ms: where the user fixed its start.
        end_ms: where the user fixed its end.
        added: why code added it, empty where the user's events fill it.
        action: what it shows if no event does.
        cut_before: whether the user asked for a cut right before it.
        about: index of the event whose people an added shot shows.
    """

    events: list[int]
    start_ms: int | None = None
    end_ms: int | None = None
    added: str = ""
    action: str = ""
    cut_before: bool = False
    about: int | None = None


def join_overlapping(groups: list[Group], spoken: Callable[[Group], tuple[int, int] | None]) -> None:
    """Events whose times overlap happen in one shot, from the first begin to the last end.

    Args:
        groups: the shots to be, changed in place.
        spoken: from when to when the lines of a shot are fixed, ``None`` if they are free.
    """
    index = 0
    while index + 1 < len(groups):
        one, two = groups[index], groups[index + 1]
        first, second = spoken(one), spoken(two)
        talk = first is not None and second is not None and second[0] < first[1]  # two people at once
        if (
            talk
            or _too_close(one, two, first, second)
            or (one.end_ms is not None and two.start_ms is not None and two.start_ms < one.end_ms)
        ):
            end = None if one.end_ms is None or two.end_ms is None else max(one.end_ms, two.end_ms)
            groups[index : index + 2] = [Group(one.events + two.events, one.start_ms, end, cut_before=one.cut_before)]
        else:
            index += 1


def _too_close(one: Group, two: Group, first: tuple[int, int] | None, second: tuple[int, int] | None) -> bool:
    """Whether no cut has room between the begins of two events: both at one instant, or within a line."""
    if one.end_ms is not None:
        return False
    begins = [
        group.start_ms if group.start_ms is not None else line[0] if line else None
        for group, line in ((one, first), (two, second))
    ]
    if begins[0] is None or begins[1] is None or begins[1] < begins[0]:
        return False
    during = first is not None and two.start_ms is not None and two.start_ms < first[1]
    return during or begins[1] - begins[0] < MIN_SHOT_MS


def fit_times(groups: list[Group], events: list[Event], facts: Facts, total_ms: int | None, *, most: int) -> None:
    """Fills the time before, between and after events with fixed times, or lets the neighbour reach over it.

    Args:
        groups: the shots to be, changed in place.
        events: all events.
        facts: for the names of who is there.
        total_ms: length of the clip if it is fixed.
        most: how many shots there may be.
    """
    if not groups or facts.labels:
        return
    first, last = groups[0], groups[-1]
    if first.start_ms is not None and first.start_ms < MIN_SHOT_MS:
        first.start_ms = None  # a clip begins at 0 anyway
    if first.start_ms and len(groups) < most:
        action = _quiet(events[first.events[0]], facts, True)
        groups.insert(0, Group([], added="the first event starts later", action=action))
    elif first.start_ms:
        first.start_ms = None
    index = 0
    while index + 1 < len(groups):
        one, two = groups[index], groups[index + 1]
        if one.end_ms is not None and two.start_ms is not None and two.start_ms > one.end_ms:
            if two.start_ms - one.end_ms >= MIN_SHOT_MS and len(groups) < most:
                action = _quiet(events[one.events[-1]], facts, False) if one.events else one.action
                about = one.events[-1] if one.events else one.about
                groups.insert(index + 1, Group([], added="nothing is told to happen then", action=action, about=about))
            else:
                one.end_ms = None  # the shot goes on to the next one; its action keeps the user's time
        index += 1
    if last.end_ms is not None and last.end_ms != total_ms and (total_ms is not None or last.end_ms < MIN_DURATION_MS):
        enough = total_ms is None or total_ms - last.end_ms >= MIN_SHOT_MS
        if len(groups) < most and enough:
            action = _quiet(events[last.events[-1]], facts, False)
            groups.append(Group([], added="the last event ends earlier", action=action, about=last.events[-1]))
        elif total_ms is None or last.end_ms < total_ms:
            last.end_ms = None


def _quiet(event: Event, facts: Facts, before: bool) -> str:
    who = event.roles[0] if event.roles else None
    return quiet_before(facts, who) if before else quiet_after(facts, who)


def merge_nearest(groups: list[Group], events: list[Event]) -> None:
    """Joins the two neighbours that lose least: short ones, and speech with what it belongs to."""

    def cost(index: int) -> float:
        pair = groups[index].events + groups[index + 1].events
        length = sum(len(events[number].text) for number in pair)
        speech = sum(events[number].speech_only for number in pair)
        fixed = groups[index].end_ms is not None or groups[index + 1].start_ms is not None
        return length - 80 * speech + _FIXED * fixed + _ACROSS_CUT * groups[index + 1].cut_before

    index = min(range(len(groups) - 1), key=cost)
    one, two = groups[index], groups[index + 1]
    merged = Group(one.events + two.events, one.start_ms, two.end_ms, cut_before=one.cut_before)
    if not merged.events:
        merged.action, merged.added = one.action or two.action, one.added or two.added
    groups[index : index + 2] = [merged]


def add_coverage(
    groups: list[Group], events: list[Event], facts: Facts, count: int, total_ms: int | None = None
) -> None:
    """More views of an event where more shots are asked for than the story has events.

    They follow the event; where its line is fixed so late that more time lies before it, they lead to it.
    """
    used = 0
    while len(groups) < count:
        index = max(range(len(groups)), key=lambda number: (bool(groups[number].events), -_views(groups, number)))
        event = events[groups[index].events[-1]] if groups[index].events else events[0]
        who = event.roles[0] if event.roles else None
        view = Group([], added=COVERAGE, action=view_of(facts, who, used), about=events.index(event))
        if _comes_late(groups[index], events, facts, total_ms) and index in {0, _views(groups, index)}:
            view.start_ms, groups[index].start_ms = groups[index].start_ms, None
            groups.insert(index, view)
        else:
            at = index + 1 + _views(groups, index)
            view.end_ms, groups[at - 1].end_ms = groups[at - 1].end_ms, None  # the views share the event's time
            groups.insert(at, view)
        used += 1


def _comes_late(group: Group, events: list[Event], facts: Facts, total_ms: int | None) -> bool:
    """Whether a line of the group begins at a fixed time with less room behind it than before it."""
    lines = [facts.quotes[number] for index in group.events for number in events[index].quotes]
    begins = [line.start_ms for line in lines if line.start_ms is not None]
    if total_ms is None or not begins or group.end_ms is not None:
        return False
    ends = [line.end_ms for line in lines if line.end_ms is not None]
    return min(begins) > total_ms - max([*begins, *ends])


def _views(groups: list[Group], index: int) -> int:
    """How many added views show the last event of a group."""
    if not groups[index].events:
        return 0
    about = groups[index].events[-1]
    return sum(group.added == COVERAGE and group.about == about for group in groups)
