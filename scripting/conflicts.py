"""Conflicts that code decides, in the user's own words: times, counts, order, silence, solitude, cuts (paper C.1).

Each names every place of the prompt that takes part.  What is refused here never depends on a model.
"""

from __future__ import annotations

from itertools import pairwise

from mavin.caption import MIN_DURATION_MS, MIN_LINE_MS, MIN_SHOT_MS
from mavin.diagnostics import Span
from mavin.facts import Facts, ShotLabel
from mavin.interval import format_seconds
from mavin.ledger import Conflict, ConflictKind, ConflictOutcome
from mavin.request import WriteRequest, longest_ms
from mavin.speech import fastest_ms
from scripting.demands import demand_conflicts, earliest_end
from scripting.ordering import order_conflicts

__all__ = ["code_conflicts"]


def _refusal(kind: ConflictKind, explanation: str, *spans: Span | None) -> Conflict:
    quoted = tuple(dict.fromkeys(span for span in spans if span is not None))
    return Conflict(kind=kind, spans=quoted, explanation=explanation, outcome=ConflictOutcome.REFUSED, by="code")


def code_conflicts(facts: Facts, request: WriteRequest) -> list[Conflict]:
    """The conflicts that code alone can decide, each refused unless it could be resolved.

    Args:
        facts: what the prompt fixes.
        request: the options, which win over the prompt and are reported.
    """
    found = [
        *order_conflicts(facts),
        *_duration_conflicts(facts, request),
        *_bound_conflicts(facts, request),
        *_held_conflicts(facts, request),
        *_count_conflicts(facts, request),
        *_shape_conflicts(facts, request),
        *_label_conflicts(facts),
        *_line_conflicts(facts, request),
        *demand_conflicts(facts, request),
    ]
    # A bell that rings too late is an event and a sound; its words are told once.
    return list({(conflict.kind, frozenset(conflict.spans)): conflict for conflict in reversed(found)}.values())[::-1]


def _total(facts: Facts, request: WriteRequest) -> tuple[int | None, Span | None]:
    if request.duration_ms is not None:
        return request.duration_ms, None
    return (facts.duration.duration_ms, facts.duration.span) if facts.duration else (None, None)


def _whole(request: WriteRequest) -> str:
    return "One clip" if request.clips in (None, 1) else "A film"


def _thing(request: WriteRequest) -> str:
    return "clip" if request.clips in (None, 1) else "film"


def _length_advice(asked_ms: int) -> str:
    """What to do about a length that one clip, or the longest film, cannot have."""
    if asked_ms < MIN_DURATION_MS:
        return f"Ask for at least {MIN_DURATION_MS // 1000} seconds; --duration {MIN_DURATION_MS // 1000} does."
    if asked_ms <= longest_ms("auto"):
        return "Ask for less, or tell the story in several clips of 3 to 15 seconds: add --clips auto."
    return f"The longest film, with --clips auto, lasts {longest_ms('auto') // 1000} seconds. Ask for less."


def _duration_conflicts(facts: Facts, request: WriteRequest) -> list[Conflict]:
    said = facts.duration
    if said is None:
        return []
    if request.duration_ms is not None:
        if request.duration_ms == said.duration_ms:
            return []
        return [
            Conflict(
                kind=ConflictKind.TEMPORAL,
                spans=(said.span,),
                explanation=f"The prompt says {format_seconds(said.duration_ms)} s, the option --duration says "
                f"{format_seconds(request.duration_ms)} s. The option was taken.",
                outcome=ConflictOutcome.RESOLVED,
                by="code",
            )
        ]
    other = next((fact for fact in facts.durations if fact.duration_ms != said.duration_ms), None)
    if other is not None:
        return [
            _refusal(
                ConflictKind.TEMPORAL,
                f"The prompt gives two lengths for the {_thing(request)}: {format_seconds(said.duration_ms)} s and "
                f"{format_seconds(other.duration_ms)} s. Keep one.",
                said.span,
                other.span,
            )
        ]
    if MIN_DURATION_MS <= said.duration_ms <= request.longest_ms:
        return []
    return [
        _refusal(
            ConflictKind.TEMPORAL,
            f"{_whole(request)} lasts {MIN_DURATION_MS // 1000} to {request.longest_ms // 1000} seconds, the prompt "
            f"asks for {format_seconds(said.duration_ms)}. {_length_advice(said.duration_ms)}",
            said.span,
        )
    ]


def _bound_conflicts(facts: Facts, request: WriteRequest) -> list[Conflict]:
    """Bounds that no clip, no stated length, or no other bound can keep: "at least 8 seconds … at most 6"."""
    if not facts.bounds:
        return []
    least = max(facts.bounds, key=lambda bound: bound.least_ms)
    most = min(facts.bounds, key=lambda bound: bound.most_ms)
    if least.least_ms > most.most_ms:
        why = f"No length is at least {format_seconds(least.least_ms)} s and at most {format_seconds(most.most_ms)} s."
        return [_refusal(ConflictKind.TEMPORAL, f"{why} Keep one.", least.span, most.span)]
    said = facts.duration
    if said is not None and request.duration_ms is None:
        broken = [bound for bound in facts.bounds if not bound.least_ms <= said.duration_ms <= bound.most_ms]
        why = (
            f"The {_thing(request)} cannot last {format_seconds(said.duration_ms)} s and keep the bound of its length."
        )
        return [_refusal(ConflictKind.TEMPORAL, f"{why} Keep one.", said.span, bound.span) for bound in broken[:1]]
    if request.duration_ms is not None:
        return []
    reached = least.least_ms if least.least_ms > request.longest_ms else most.most_ms
    if reached >= MIN_DURATION_MS and least.least_ms <= request.longest_ms:
        return []
    why = f"{_whole(request)} lasts {MIN_DURATION_MS // 1000} to {request.longest_ms // 1000} seconds, the prompt asks "
    why += f"for {'at least' if reached == least.least_ms else 'at most'} {format_seconds(reached)}. "
    span = least.span if reached == least.least_ms else most.span
    return [_refusal(ConflictKind.TEMPORAL, why + _length_advice(reached), span)]


def _held_conflicts(facts: Facts, request: WriteRequest) -> list[Conflict]:
    """One event is to last longer than the whole can: "Tom walks for 18 seconds"."""
    return [
        _refusal(
            ConflictKind.TEMPORAL,
            f"{_whole(request)} lasts {MIN_DURATION_MS // 1000} to {request.longest_ms // 1000} seconds, and "
            f"{event.text!r} alone is to take {format_seconds(event.length_ms)}. {_length_advice(event.length_ms)}",
            event.length_span,
        )
        for event in facts.events
        if event.length_ms is not None and event.length_ms > request.longest_ms
    ]


def _shape_conflicts(facts: Facts, request: WriteRequest) -> list[Conflict]:
    if not facts.shapes:
        return []
    said = facts.shapes[0]
    if request.aspect is not None:
        other = next((fact for fact in facts.shapes if fact.aspect != request.aspect), None)
        if other is None:
            return []
        return [
            Conflict(
                kind=ConflictKind.STRUCTURE,
                spans=(other.span,),
                explanation=f"The prompt says {other.span.text} ({other.aspect}), the option --aspect says "
                f"{request.aspect}. The option was taken.",
                outcome=ConflictOutcome.RESOLVED,
                by="code",
            )
        ]
    other = next((fact for fact in facts.shapes if fact.aspect != said.aspect), None)
    if other is None:
        return []
    why = f"The prompt asks for two picture shapes: {said.aspect} and {other.aspect}. Keep one."
    return [_refusal(ConflictKind.STRUCTURE, why, said.span, other.span)]


def _count_conflicts(facts: Facts, request: WriteRequest) -> list[Conflict]:
    found: list[Conflict] = []
    numbers = sorted({label.number for label in facts.labels})
    spans = [label.span for label in facts.labels]
    asked = request.shots if request.shots is not None else facts.shots and facts.shots.count
    asked_span = facts.shots.span if facts.shots and request.shots is None else None
    if request.shots is not None and facts.shots and facts.shots.count != request.shots:
        found.append(
            Conflict(
                kind=ConflictKind.STRUCTURE,
                spans=(facts.shots.span,),
                explanation=f"The prompt says {facts.shots.count} shots, the option --shots says {request.shots}. "
                "The option was taken.",
                outcome=ConflictOutcome.RESOLVED,
                by="code",
            )
        )
    other = next((fact for fact in facts.counts if facts.shots and fact.count != facts.shots.count), None)
    if other is not None and request.shots is None and facts.shots is not None:
        found.append(
            _refusal(
                ConflictKind.STRUCTURE,
                f"The prompt asks for {_shots(facts.shots.count)} and for {other.count}. Keep one.",
                facts.shots.span,
                other.span,
            )
        )
    count = max(asked or 0, len(numbers))
    if count > request.most_shots:
        found.append(
            _refusal(
                ConflictKind.STRUCTURE,
                f"{_whole(request)} has at most {request.most_shots} shots, the prompt asks for {count}. Ask for "
                "fewer, or tell the story in several clips: add --clips auto.",
                asked_span or (spans[-1] if spans else None),
            )
        )
    if asked and numbers and asked != len(numbers):
        found.append(
            _refusal(
                ConflictKind.STRUCTURE,
                f"{_shots(asked)} {'is' if asked == 1 else 'are'} asked for, but {len(numbers)} labelled. Make the two agree.",
                asked_span,
                spans[0],
                spans[-1],
            )
        )
    total, total_span = _total(facts, request)
    if total is not None and count * MIN_SHOT_MS > total:
        found.append(
            _refusal(
                ConflictKind.STRUCTURE,
                f"{count} shots of at least {format_seconds(MIN_SHOT_MS)} s do not fit into {format_seconds(total)} s.",
                asked_span,
                total_span,
            )
        )
    return found


def _shots(count: int) -> str:
    return f"{count} shot{'' if count == 1 else 's'}"


def _label_conflicts(facts: Facts) -> list[Conflict]:
    found: list[Conflict] = []
    numbers = [label.number for label in facts.labels]
    for label in facts.labels:
        twins = [other for other in facts.labels if other.number == label.number]
        if len(twins) > 1 and twins[0] is label:
            found.append(
                _refusal(
                    ConflictKind.STRUCTURE,
                    f"Shot {label.number} is labelled {len(twins)} times. Give each shot its own number.",
                    *(twin.span for twin in twins),
                )
            )
        if label.interval is not None and label.interval.duration_ms < MIN_SHOT_MS:
            found.append(
                _refusal(
                    ConflictKind.TEMPORAL,
                    f"A shot lasts at least {format_seconds(MIN_SHOT_MS)} s, shot {label.number} is given "
                    f"{format_seconds(label.interval.duration_ms)} s.",
                    label.span,
                )
            )
    if numbers != sorted(numbers) and len(set(numbers)) == len(numbers):
        found.append(
            Conflict(
                kind=ConflictKind.STRUCTURE,
                spans=tuple(label.span for label in facts.labels),
                explanation="The shots are not told in the order of their numbers; they were put in that order.",
                outcome=ConflictOutcome.REORDERED,
                by="code",
            )
        )
    ordered = sorted(facts.labels, key=lambda label: label.number)
    found += _neighbour_conflicts(ordered)
    if ordered and ordered[0].interval is not None and ordered[0].interval.start_ms != 0:
        found.append(
            _refusal(
                ConflictKind.TEMPORAL,
                f"The first shot must begin at 0 s, it is given {format_seconds(ordered[0].interval.start_ms)} s.",
                ordered[0].span,
            )
        )
    return found


def _neighbour_conflicts(ordered: list[ShotLabel]) -> list[Conflict]:
    found = []
    for one, two in pairwise(ordered):
        if one.interval is None or two.interval is None or one.interval.end_ms == two.interval.start_ms:
            continue
        how = "overlap" if one.interval.end_ms > two.interval.start_ms else "leave a gap"
        found.append(
            _refusal(
                ConflictKind.TEMPORAL,
                f"Shots {one.number} and {two.number} {how}: one ends at {format_seconds(one.interval.end_ms)} s, the "
                f"next begins at {format_seconds(two.interval.start_ms)} s. A cut is one instant.",
                one.span,
                two.span,
            )
        )
    return found


def _line_conflicts(facts: Facts, request: WriteRequest) -> list[Conflict]:
    found: list[Conflict] = []
    total, total_span = _total(facts, request)
    limit = total if total is not None else request.longest_ms
    ending = f"the {_thing(request)} at {format_seconds(limit)} s"
    offer = f" {_length_advice(limit + 1)}" if total is None else ""
    timed = [quote for quote in facts.quotes if quote.start_ms is not None]
    for number, quote in enumerate(timed):
        start, end = quote.start_ms or 0, quote.end_ms
        if end is not None and end - start < MIN_LINE_MS:
            problem = (
                f"ends at {format_seconds(end)} s, before it begins"
                if end <= start
                else f"is given {format_seconds(end - start)} s; a line lasts at least {format_seconds(MIN_LINE_MS)} s"
            )
            found.append(
                _refusal(ConflictKind.TEMPORAL, f"The line {quote.text!r} {problem}.", quote.time_span, quote.span)
            )
            continue
        needed = fastest_ms(quote.text, quote.language)
        if end is not None and end - start < needed:
            found.append(
                _refusal(
                    ConflictKind.TEMPORAL,
                    f"The line {quote.text!r} cannot be said in {format_seconds(end - start)} s; even in a hurry it "
                    f"needs {format_seconds(needed)} s. Give it more time or fewer words.",
                    quote.time_span,
                    quote.span,
                )
            )
        if (end if end is not None else start) > limit:
            found.append(
                _refusal(
                    ConflictKind.TEMPORAL,
                    f"The line {quote.text!r} lies beyond the end of {ending}.{offer}",
                    quote.time_span,
                    total_span,
                )
            )
        for other in timed[:number]:
            same = other.speaker == quote.speaker
            if same and (other.start_ms or 0) < earliest_end(quote) and start < earliest_end(other):
                found.append(
                    _refusal(
                        ConflictKind.TEMPORAL,
                        "One speaker cannot say two lines at once: their times overlap.",
                        other.time_span,
                        quote.time_span,
                    )
                )
    found += [
        _refusal(
            ConflictKind.TEMPORAL,
            f"{sound.text!r} is to be heard beyond the end of {ending}.{offer}",
            sound.time_span,
            total_span,
        )
        for sound in facts.sounds
        if sound.start_ms is not None and max(sound.start_ms, sound.end_ms or 0) >= limit + (sound.end_ms is not None)
    ]
    found += [
        _refusal(
            ConflictKind.TEMPORAL,
            f"A cut is asked for at {format_seconds(cut.start_ms)} s, beyond the end of {ending}.{offer}",
            cut.span,
            total_span,
        )
        for cut in facts.cuts
        if cut.start_ms >= limit
    ]
    found += [
        _refusal(
            ConflictKind.TEMPORAL,
            f"{span.text!r} counts back to a time before the clip begins. Change one of the two times.",
            span,
        )
        for span, start in (
            *((event.time_span, event.start_ms) for event in facts.events),
            *((quote.time_span, quote.start_ms) for quote in facts.quotes),
        )
        if span is not None and start is not None and start < 0
    ]
    for event in facts.events:
        reach = event.end_ms if event.end_ms is not None else event.start_ms
        if reach is not None and (
            reach > limit or (event.end_ms is not None and event.end_ms <= (event.start_ms or 0))
        ):
            found.append(
                _refusal(
                    ConflictKind.TEMPORAL,
                    f"{event.text!r} is to happen beyond the end of {ending}.{offer}"
                    if reach > limit
                    else f"{event.text!r} is to end before it begins.",
                    event.time_span,
                    total_span,
                )
            )
    return found
