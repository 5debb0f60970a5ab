"""Conflicts of order: words say before or after, the times say otherwise (paper C.1).

"At 5 s he leaves, then at 2 s he returns"     "at 2 s, before Kim, who enters at 1 s"
"At 4 s a bell rings. Before that, at 6 s, …"  "Kim leaves at 3 s. At 2 s, after Kim has left, …"
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from mavin.diagnostics import Span
from mavin.facts import Event, Facts, TimeFact, TimeKind
from mavin.facts.languages.english.grammar import tokens_of
from mavin.interval import format_seconds
from mavin.ledger import Conflict, ConflictKind, ConflictOutcome
from scripting.planning import begin_of, told_in_time

__all__ = ["order_conflicts"]

_THEN = re.compile(
    r"\s*(?:and\s+)?(?:then|afterwards|after that|next|later|finally|luego|después|entonces|dann|danach|puis|ensuite|"
    r"après|poi|depois)\b|"
    r"\s*(?:然后|然後|接着|之后|最后|それから|その後|次に)",
    re.IGNORECASE,
)
_BEFORE = r"before|bevor|antes\s+de(?:\s+que)?|avant\s+(?:que|de)|prima\s+(?:che|di)|antes\s+que|之前"
_AFTER = r"after|nachdem|después\s+de(?:\s+que)?|après\s+que|dopo\s+(?:che|aver)|depois\s+(?:que|de)|之后"
_BETWEEN = re.compile(
    rf"[\s,，]*(?:(?:just|right|shortly|kurz|justo|juste)\s+)?(?:(?P<before>{_BEFORE})|(?P<after>{_AFTER}))\b(?!\s+(?:that|this)\b)",
    re.IGNORECASE,
)
_LEADS = re.compile(rf"^\W*(?:(?P<before>{_BEFORE})|(?P<after>{_AFTER}))\s+(?=\w)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<!\d)[.;]|[.;](?!\d)|[!?\n。！？；]")
_DONE = re.compile(
    r"\b(?P<word>after|before)\s+(?P<who>(?:the\s+)?[\w'’-]+)\s+(?:(?:has|have|had)\s+)?(?P<verb>[a-z]+)\b",
    re.IGNORECASE,
)


def order_conflicts(facts: Facts) -> list[Conflict]:
    """An order that words and times contradict is refused; one that only the telling has is mended."""
    told = list(facts.events)
    ordered = told_in_time(told, facts)
    backwards = next(_contradictions(facts), None)
    if backwards is not None:
        return [backwards]
    before_the_clip = any((begin_of(event, facts) or 0) < 0 for event in told)
    if facts.labels or ordered == told or before_the_clip:
        return []
    return [
        Conflict(
            kind=ConflictKind.TEMPORAL,
            spans=tuple(event.span for event in told),
            explanation="The events are not told in the order in which they happen; they were put in that order.",
            outcome=ConflictOutcome.REORDERED,
            by="code",
        )
    ]


def _contradictions(facts: Facts) -> Iterator[Conflict]:
    yield from _said_to_precede(facts)
    if not facts.labels:
        yield from _said_to_follow(facts)
    yield from _joined_times(facts)
    yield from _told_of_twice(facts)


def _clash(earlier_ms: int, later_ms: int, one: Span, two: Span) -> Conflict:
    """``earlier_ms`` is said to come first and does not."""
    return Conflict(
        kind=ConflictKind.TEMPORAL,
        spans=(one, two),
        explanation=f"{format_seconds(earlier_ms)} s is told to come before {format_seconds(later_ms)} s. "
        "Change order or times.",
        outcome=ConflictOutcome.REFUSED,
        by="code",
    )


def _when(event: Event, facts: Facts) -> Span:
    """The words that say when an event begins."""
    lines = (facts.quotes[index].time_span for index in event.quotes)
    return event.time_span or next((span for span in lines if span is not None), None) or event.span


def _said_to_precede(facts: Facts) -> Iterator[Conflict]:
    """ "At 4 s a bell rings. Before that, at 6 s, a door opens." """
    for event in facts.events:
        if event.precedes is None:
            continue
        start = begin_of(event, facts)
        for other in facts.events:
            begin = begin_of(other, facts)
            if not event.precedes <= other.span.start < event.span.start or begin is None or start is None:
                continue
            if start >= begin:
                yield _clash(start, begin, _when(other, facts), _when(event, facts))


def _said_to_follow(facts: Facts) -> Iterator[Conflict]:
    """ "At 5 s he leaves, then at 2 s he returns": the words say after, the times before."""
    for before, after in pairwise(facts.events):
        one, two = begin_of(before, facts), begin_of(after, facts)
        if one is None or two is None or two >= one or after.precedes is not None:
            continue
        gap = facts.prompt[before.span.end : after.span.start]
        words = facts.prompt[after.span.start : after.span.end]
        if _THEN.search(gap) or _THEN.match(words):
            yield _clash(one, two, _when(before, facts), _when(after, facts))


def _joined_times(facts: Facts) -> Iterator[Conflict]:
    """ "at 2 s, before Kim, who enters at 1 s", "Before Kim leaves at 1 s, Lou enters at 2 s"."""
    for one, two in pairwise(fact for fact in facts.times if fact.kind in (TimeKind.INSTANT, TimeKind.INTERVAL)):
        gap = facts.prompt[one.span.end : two.span.start]
        if _SENTENCE.search(gap) or one.about is not None or two.about is not None:
            continue
        joined, first, second = _BETWEEN.match(gap), one, two
        if joined is None:
            opened = list(_SENTENCE.finditer(facts.prompt, 0, one.span.start))
            lead = facts.prompt[opened[-1].end() if opened else 0 : one.span.start]
            joined = _LEADS.match(lead)
            if joined is None or len(tokens_of(lead)) < 2 or not re.search(r"[,，]", gap):
                continue
            first, second = two, one
        yield from _joint(first, second, before=bool(joined["before"]))


def _joint(one: TimeFact, two: TimeFact, *, before: bool) -> Iterator[Conflict]:
    """``one`` is told to lie before ``two``, or behind it."""
    if before and one.start_ms >= two.start_ms:
        yield _clash(one.start_ms, two.start_ms, one.span, two.span)
    if not before and two.start_ms >= one.start_ms:
        yield _clash(two.start_ms, one.start_ms, one.span, two.span)


def _told_of_twice(facts: Facts) -> Iterator[Conflict]:
    """ "Kim leaves at 3 s. At 2 s, after Kim has left, Lou enters." """
    for event in facts.events:
        start = begin_of(event, facts)
        done = _DONE.search(event.span.text)
        if start is None or done is None:
            continue
        lemmas = _lemmas(done["verb"])
        for other in facts.events:
            begin = begin_of(other, facts)
            if (
                other is event
                or begin is None
                or not re.search(rf"\b{re.escape(done['who'])}\b", other.text, re.IGNORECASE)
            ):
                continue
            if not any(_lemmas(token.lower) & lemmas for token in tokens_of(other.text)):
                continue
            if done["word"].casefold() == "after" and start < begin:
                yield _clash(begin, start, _when(other, facts), _when(event, facts))
            if done["word"].casefold() == "before" and start > begin:
                yield _clash(start, begin, _when(other, facts), _when(event, facts))


def _lemmas(word: str) -> set[str]:
    from lemminflect import getAllLemmas

    return set(getAllLemmas(word.casefold(), "VERB").get("VERB", ()))
