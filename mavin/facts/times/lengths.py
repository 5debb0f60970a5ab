"""What stated times mean for one event: when it begins and ends, and how long it lasts.

"for three seconds a whale dives", "a two-second pause", 两秒钟
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mavin.facts.model import Anchor, Event, TimeFact, TimeKind
from mavin.facts.times.totals import bracketed_lengths, find_durations

__all__ = ["HeldLength", "find_held_lengths", "timed_event"]


@dataclass(frozen=True, slots=True)
class HeldLength:
    """A length that one event lasts, with the offsets of all words that say so.

    Attributes:
        fact: the length.
        start: offset of its preposition, or of the length itself.
        end: offset behind its last word.
        leads: whether it opens a sentence, so that the sentence reads well without it.
    """

    fact: TimeFact
    start: int
    end: int
    leads: bool


_DEGREE = (
    r"(?:\s+(?:exactly|about|around|roughly|precisely|only|almost|nearly|at\s+least|no\s+less\s+than|mindestens|wenigstens|al\s+menos|por\s+lo\s+menos|au\s+moins|almeno|pelo\s+menos|a\s+full|a\s+good|another|some|just\s+over|the\s+next|"
    r"genau|etwa|exactamente|unos|unas|solo|environ|exactement|circa|cerca\s+de|ещё))?\s+"
)
_BEFORE = re.compile(
    rf"(?<!\w)(?P<preposition>for|over(?:\s+the\s+course\s+of)?|durante|por(?:\s+espacio\s+de)?|pendant|durant|für|während|per|gedurende|"
    rf"в\s+течение|на\s+протяжении){_DEGREE}$|"
    rf"\b(?:lasts?|lasting|lasted|waits?|waiting|waited|pauses?|pausing|paused|hesitates?|hesitating|freezes?|stays?|takes|remains?|"
    rf"holds?|holding|keeps?|rests?|dura|duran|dauert|dauern|dure|durent|espera|esperan|aguarda|wartet|warten|attend|attendent|"
    rf"aspetta|ждёт|ждет|молчит)(?:\s+(?:still|silent|there|it|her|him|them|motionless|quiet|"
    rf"(?:his|her|its|their|the|a|an)\s+\w+)){{0,2}}{_DEGREE}$|"
    r"\b(?:pauses?|silences?|stillness|beat|wait|pausa|silencio|silence|silenzio|pausa|pause|stille|espera|attente|hold|gap)\s+"
    r"(?:of|de|di|von|for|lasting)\s+$|"
    r"(?:等待?|停顿?|停頓|停留|沉默|持续|持續|长达|長達|[了着著])(?:大约|大約|约|約|足足|整整)?$",
    re.IGNORECASE,
)
_HELD = (
    r"pause|silence|wait|hold|beat|gap|delay|stare|kiss|hug|freeze|break|breath|look|glance|stillness|scream|note|whistle|"
    r"dance|burst|fade|embrace|standstill|blackout|rest|nap|handshake|bow|spin|laugh|moment"
)
_AFTER = re.compile(
    rf"\s*(?:lang\b|long\b|のあいだ|の間(?![のに]合)|間|ほど待|待つ|待って|待ち|黙|見つめ|動か|静止|の(?:沈黙|静寂|ポーズ|間)|的(?:停顿|沉默|停頓|静默|安静)|동안|간)|"
    rf"[\s-]+(?:[a-z]+\s+)?(?:{_HELD})\b|\s+(?:of|de|di|da|von)\s+(?!the\b|this\b|la\b|el\b|der\b|les?\b)(?:\w+\s+)?\w+|"
    r"\s+(?:Stille|Pause|Schweigen|Ruhe|тишины)\b",
    re.IGNORECASE,
)
_PERFECT = re.compile(
    r"\b(?:has|have|had|['’](?:ve|s|d))\s+(?:\w+\s+){0,3}(?:been|not|\w+ed|\w+en)\b|\b(?:lleva|depuis|seit)\b",
    re.IGNORECASE,
)
_LONGEST_MS = 60_000
"""Longest that one event is held where the film is no longer."""
_NOT_HELD = re.compile(r"^\s*-?\s*(?:rule|old|head\s+start|video|clip|film|movie|warning|deadline)\b", re.IGNORECASE)


def find_held_lengths(times: tuple[TimeFact, ...], text: str) -> tuple[HeldLength, ...]:
    """The lengths among the times of a masked text that one event lasts, in reading order.

    What is said of the whole clip ("a 6-second film") is none, nor what lies before the story ("has been
    waiting for ten seconds"), nor a mere property ("the five-second rule").
    """
    totals = {total.span for total in find_durations(times, text)}
    bracketed = set(bracketed_lengths(times, text))
    # "He waits for ten minutes": where the film is no longer than a minute, that is the story's time.
    longest = max([_LONGEST_MS, *(fact.end_ms for fact in times if fact.span in totals)])
    found = []
    for fact in times:
        if fact.kind is not TimeKind.LENGTH or fact.span in totals or not 0 < fact.end_ms <= longest:
            continue
        start, end = fact.span.start, fact.span.end
        floor = max(text.rfind(stop, max(0, start - 120), start) for stop in ".;!?\n。，！？") + 1
        before, after = text[max(floor, start - 120) : start], text[end : end + 40]
        lead, tail = _BEFORE.search(before), _AFTER.match(after)
        whole = re.search(r"(?:钟|鐘|間|间|sekündig\w*|-long)$", fact.span.text)
        if _NOT_HELD.match(after) or not (lead or tail or whole or fact in bracketed) or _PERFECT.search(before[-60:]):
            continue
        first = start - (len(before) - lead.start()) if lead else start
        words = re.match(r"\s*(?:lang|long)\b|\s*(?:の?間|동안)(?:に|、)?", after)
        behind = end + (words.end() if words else 0)
        opens = bool(lead and lead["preposition"]) and not before[: lead.start() if lead else 0].strip(" ,-–—•*")
        found.append(HeldLength(fact, first, behind, opens))
    return tuple(found)


def timed_event(event: Event, times: Sequence[TimeFact], held: Sequence[HeldLength]) -> Event:
    """The event with the times that stand in it or lead to it.

    Args:
        event: an event without times.
        times: its intervals, instants and latest ends in reading order.
        held: lengths that stand in it.

    What counts from the clip's middle or end sets :attr:`Event.time_span` alone: only who knows the total
    duration can place it.
    """
    if held:
        event = replace(event, length_ms=held[0].fact.end_ms, length_span=held[0].fact.span)
    for fact in times:
        if fact.anchor is not Anchor.START:
            return event if event.time_span else replace(event, time_span=fact.span)
        if fact.kind is TimeKind.UNTIL:
            if event.end_ms is None and not event.quotes:
                event = replace(event, end_ms=fact.end_ms, time_span=event.time_span or fact.span)
        elif event.time_span is None:
            # A line inside the event has its own times: the interval then only says where the event begins.
            end = fact.end_ms if fact.kind is TimeKind.INTERVAL and not event.quotes else None
            event = replace(event, start_ms=fact.start_ms, end_ms=end, time_span=fact.span)
    return event
