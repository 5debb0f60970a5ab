"""What a prompt says of the order of its events: times that count from another time, and "before that".

At 3 s a door slams; two seconds later …            5 s
… one second after the door closes at 3 s           4 s, and the door closes at 3 s
A bell rings. Before that a door opens.             the door is told second and happens first
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mavin.facts.languages.english.grammar import tokens_of
from mavin.facts.model import Anchor, Event, TimeFact, TimeKind
from mavin.facts.text import MASK

__all__ = ["Reversal", "counted_from", "find_reversals", "in_reverse"]

_SENTENCE = re.compile(r"(?<!\d)[.;]|[.;](?!\d)|[!?\n。！？；]")
_AFTER = re.compile(
    r"^(?:after|nach|tras|después|despues|pasados|après|au\s+bout|dopo|após|depois|过了?|過了?|经过)\b|(?:[后後]|後に|经过後?|経過後?(?:に)?)$",
    re.IGNORECASE,
)
_PAUSE = re.compile(
    r"pause|silen|beat|wait|pausa|stille|schweigen|espera|attente|停顿|停頓|沉默|沈黙|静寂|間の", re.IGNORECASE
)
_WHEN = re.compile(
    r"\s*(?P<word>after|before|nachdem|bevor|después\s+de\s+que|antes\s+de\s+que|après\s+que|avant\s+que|dopo\s+che|prima\s+che|"
    r"depois\s+que|antes\s+que)\b(?!\s+(?:that|this)\b)",
    re.IGNORECASE,
)
_BEFORE_WORDS = re.compile(r"before|bevor|antes|avant|prima", re.IGNORECASE)


def counted_from(times: Sequence[TimeFact], text: str) -> tuple[tuple[TimeFact, ...], str]:
    """The times with those that count from another time placed on the clip's clock.

    Args:
        times: stated times in reading order.
        text: the prompt with its quotations masked.

    Returns:
        The times, those that nothing places left out; and the text, broken where a time counts from the
        clause behind it ("one second after the door closes at 3 s").
    """
    found: list[TimeFact] = []
    fixed = [
        fact for fact in times if fact.anchor is Anchor.START and fact.kind in (TimeKind.INSTANT, TimeKind.INTERVAL)
    ]
    for fact in times:
        before = [item for item in found if item.kind is not TimeKind.LENGTH and item.anchor is Anchor.START]
        base = before[-1] if before and _next_to(before[-1], fact, text) else None
        if fact.anchor is Anchor.LATER and _PAUSE.search(fact.span.text):
            found.append(fact)  # counts from the end of the line before, wherever that is
            continue
        if fact.anchor in (Anchor.LATER, Anchor.EARLIER):
            clause = _WHEN.match(text, fact.span.end)
            following = next((item for item in fixed if item.span.start > fact.span.end), None)
            if clause and following is not None and not _SENTENCE.search(text, clause.end(), following.span.start):
                sign = -1 if _BEFORE_WORDS.match(clause["word"]) else 1
                moment = following.start_ms + sign * abs(fact.start_ms)
                about, text = _apart(text, fact, clause, following)
                placed = replace(fact, start_ms=moment, end_ms=moment, anchor=Anchor.START, about=about)
                found.append(placed)
            elif clause is None and base is not None:
                begin = base.start_ms if fact.anchor is Anchor.EARLIER or base.kind is TimeKind.INSTANT else base.end_ms
                moment = begin + fact.start_ms
                found.append(replace(fact, start_ms=moment, end_ms=moment, anchor=Anchor.START))
            elif clause is None and tokens_of(text[: fact.span.start]):
                found.append(fact)  # counts from an event that has no time
            elif clause is None and fact.anchor is Anchor.LATER:
                found.append(replace(fact, anchor=Anchor.START))  # nothing lies before it but the beginning
            continue
        if fact.kind is TimeKind.INSTANT and fact.anchor is Anchor.START and base is not None:
            begin = base.end_ms if base.kind is TimeKind.INTERVAL else base.start_ms
            if _AFTER.search(fact.span.text) and fact.start_ms <= begin and base.kind is not TimeKind.UNTIL:
                # "At 3 s a door slams. After two seconds …": two seconds behind the door.
                moment = begin + fact.start_ms
                found.append(replace(fact, start_ms=moment, end_ms=moment))
                continue
        found.append(fact)
    return tuple(found), text


def _next_to(base: TimeFact, fact: TimeFact, text: str) -> bool:
    """Whether one time stands in the sentence before another or in the same, so that "later" means later than it."""
    return len(_SENTENCE.findall(text[base.span.end : fact.span.start])) <= 1


def _apart(text: str, fact: TimeFact, clause: re.Match[str], following: TimeFact) -> tuple[int | None, str]:
    """Breaks off the clause that a time counts from; returns where the timed words begin if they stand behind it."""
    at = clause.start("word")
    text = text[:at] + "\n" + re.sub(r"\S", " ", text[at + 1 : clause.end()]) + text[clause.end() :]
    lead = _SENTENCE.split(text[: fact.span.start])[-1]
    if tokens_of(lead):
        return None, text  # "she shouts, one second after the door closes at 3 s"
    comma = re.compile(r"[^,，.;!?\n]{0,40}?[,，]\s*").match(text, following.span.end)
    if comma is None:
        return None, text
    stop = comma.end() - len(comma.group()) + len(comma.group().rstrip(" ")) - 1
    return comma.end(), text[:stop] + "\n" + text[stop + 1 :]


_REVERSED = re.compile(
    r"(?:^|(?<=[.!?;\n。！？；\ue000]))(?P<space>[\s\"”’»」]*)(?P<words>"
    r"(?:(?:but|and)\s+)?(?:(?:just|right|shortly|moments|long|immediately)\s+)?before\s+(?:that|this)\b(?!\s+(?:day|night|week|year|morning|evening|moment\s+of)\b)|"
    r"(?:earlier|previously|beforehand)(?=\s*,)|(?:just\s+|right\s+)?before\s+(?:it|them|those|these|the\s+(?:last|final)\s+(?:shot|scene))(?=\s*,)|"
    r"(?:justo\s+)?antes\s+de\s+(?:eso|ello|esto)\b|(?:antes|previamente)(?=\s*,)|"
    r"(?:kurz\s+)?(?:davor|zuvor|vorher)\b(?!\s+(?:steht|stehen|liegt|liegen|sitzt|sitzen|hängt|parkt)\b)|"
    r"(?:juste\s+)?avant\s+(?:cela|ça|ceci)\b|auparavant\b|(?:juste\s+avant|avant|(?:subito\s+|poco\s+)?prima|justo\s+antes)(?=\s*,)|"
    r"prima\s+di\s+(?:ciò|questo|quello|allora)\b|in\s+precedenza\b|antes\s+disso\b|antes\s+disto\b|"
    r"(?:就?在)?(?:此|这|那)之前|その(?:少し|直)?前(?:に|、))\s*[,，、:]?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reversal:
    """Words that put the event behind them before the one told last."""

    start: int
    end: int


def find_reversals(story: str, times: Sequence[TimeFact]) -> tuple[Reversal, ...]:
    """Where a story goes back: "Before that", "davor", 在此之前, "ten seconds earlier" than an event without a time."""
    told = re.search(r"\w", story.replace(MASK, "x"))
    first = told.end() if told else len(story)
    found = [
        Reversal(match.start("words"), match.end())
        for match in _REVERSED.finditer(story)
        if match.start("words") > first
    ]
    found += [Reversal(fact.span.start, fact.span.end) for fact in times if fact.anchor is Anchor.EARLIER]
    return tuple(sorted(found, key=lambda item: item.start))


def in_reverse(events: Sequence[Event], reversals: Sequence[Reversal], prompt: str) -> list[Event]:
    """The events, those behind words such as "before that" marked with the ones they come before."""
    told = list(events)
    for reversal in reversals:
        number = next((n for n, event in enumerate(told) if event.span.end > reversal.end), None)
        if number is None or number == 0 or told[number].shot is not None:
            continue
        first = number - 1
        while first and not _SENTENCE.search(prompt[told[first - 1].span.end - 1 : told[first].span.start]):
            first -= 1
        told[number] = replace(told[number], precedes=told[first].span.start)
    return told
