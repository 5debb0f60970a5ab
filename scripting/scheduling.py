"""When everything in a plan happens: fixed times stand, the rest is solved (scripting/timing.py), clashes are named.

plan, facts ─▶ lines with their natural and their fastest length ─▶ solve ─▶ every cut and line in milliseconds
                                                                     └▶ infeasible: the words of the prompt that clash
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mavin.caption import MAX_DURATION_MS
from mavin.diagnostics import Span
from mavin.facts import Anchor, Facts, Quote, Rule, RuleKind, TimeKind
from mavin.request import WriteRequest
from mavin.speech import fastest_ms, natural_ms
from scripting.demands import said_of
from scripting.planning import Plan, total_of
from scripting.timing import InfeasibleError, Schedule, TimedLine, TimedShot, solve

__all__ = ["SHOT_WEIGHT_MS", "clash_spans", "schedule"]

SHOT_WEIGHT_MS = 2_500
"""What a shot wants where nothing is said of time (about 2.5 s)."""

_HEARD_MS = 500
"""What a sound at a stated instant needs before the clip may end."""


def schedule(
    plan: Plan,
    facts: Facts,
    request: WriteRequest,
    *,
    weights: Mapping[str, int] | None = None,
    total_ms: int | None = None,
) -> tuple[Schedule, dict[int, str]]:
    """Solves all times; returns them with the line id of each quote.

    Args:
        plan: the shots in order.
        facts: what the user fixed.
        request: options, which come before the prompt's own words.
        weights: shares of the free time by shot, in milliseconds; :data:`SHOT_WEIGHT_MS` where left out.
        total_ms: the total that an earlier solution of the same plan had, to be kept.

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
            (weights or {}).get(shot.id, SHOT_WEIGHT_MS),
            tuple(_timed(index, lines, facts, request) for index in shot.quotes),
            shot.start_ms,
            shot.end_ms,
            shot.length_ms,
            shot.after_ms,
        )
        for shot in plan.shots
    ]
    if total_ms is not None:
        return solve(timed, total_ms), lines
    heard = [sound.end_ms or sound.start_ms + _HEARD_MS for sound in facts.sounds if sound.start_ms is not None]
    told = [fact for fact in facts.times if fact.anchor is Anchor.START and fact.kind is TimeKind.INSTANT]
    heard += [fact.start_ms + _HEARD_MS for fact in told]
    heard += [rule.end_ms for rule in facts.rules if rule.time_span is not None and rule.end_ms is not None]
    total, least = total_of(facts, request), min(max(heard, default=0), MAX_DURATION_MS)
    if total is None and facts.bounds:
        most = min(bound.most_ms for bound in facts.bounds)
        placed = solve(timed, None, max(least, *(bound.least_ms for bound in facts.bounds)))
        if placed.duration_ms > most:
            placed = solve(timed, most)
        return placed, lines
    return solve(timed, total, least), lines


def _timed(index: int, lines: dict[int, str], facts: Facts, request: WriteRequest) -> TimedLine:
    key, quote = lines[index], facts.quotes[index]
    measured = request.spoken_ms.get(quote.text, 0) or natural_ms(quote.text, quote.language)
    natural = round(measured / request.speech_rate)
    fastest = min(natural, fastest_ms(quote.text, quote.language))
    line = TimedLine(key, -(-natural // 100) * 100, fastest, quote.start_ms, quote.end_ms, quote.speaker or "")
    if quote.together is not None:
        return replace(line, together=lines.get(quote.together, ""))
    if quote.start_ms is not None:
        return line
    if quote.end_ms is not None:
        line = replace(line, end_ms=None, until_ms=quote.end_ms)  # "before 3 s": over by then
    total = total_of(facts, request)
    for rule in _held_back(quote, facts):
        opens, ends = rule.start_ms or 0, rule.end_ms
        before = ends is None or (total is not None and total - ends < line.fastest_ms)
        if opens > line.fastest_ms and (before or quote.span.start < rule.span.start):
            line = replace(line, until_ms=min(opens, line.until_ms or opens))
        elif ends is not None:
            line = replace(line, from_ms=max(ends, line.from_ms or 0))
    return line


def _held_back(quote: Quote, facts: Facts) -> list[Rule]:
    """The demands with a time of their own during which a line must not be said."""
    return [
        rule
        for rule in facts.rules
        if rule.time_span is not None
        and (
            (rule.kind is RuleKind.SILENT and (not rule.roles or quote.speaker in rule.roles))
            or (rule.kind is RuleKind.ONLY_SPEAKER and quote.speaker not in rule.roles)
        )
    ]


def clash_spans(clash: InfeasibleError, plan: Plan, facts: Facts) -> tuple[tuple[Span, ...], str]:
    """The prompt's words behind an infeasible set, and a sentence about them."""
    spans: list[Span] = []
    words: list[str] = []
    order = [index for shot in plan.shots for index in shot.quotes]
    for key in clash.clash:
        if key == "duration":
            spans += [facts.duration.span] if facts.duration else [bound.span for bound in facts.bounds]
            words.append("the total duration")
        elif key.startswith("L"):
            quote = facts.quotes[list(dict.fromkeys(order))[int(key[1:]) - 1]]
            spans.append(quote.time_span or quote.span)
            spans += [said_of(rule, facts) for rule in _held_back(quote, facts) if quote.start_ms is None]
            words.append(f"the line {quote.text!r}" + (" at its time" if quote.time_span else ""))
        else:
            shot = next(shot for shot in plan.shots if shot.id == key)
            labels = [label.span for label in facts.labels if f"S{label.number}" == key]
            held = [plan.events[index] for index in shot.events]
            timed = [event.time_span or event.length_span or event.after_span for event in held]
            spans += labels or [span for span in timed if span is not None]
            spans += [item.span for item in facts.shot_lengths if item.is_of(int(key[1:]), len(plan.shots))]
            words.append(f"the time of shot {key[1:]}")
    return tuple(
        dict.fromkeys(spans)
    ), f"There is no way to place {_listed(words)}: they do not fit together in story order within one clip."


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
