"""Times that head lines, where the first line of a prompt has its own before it and the same form goes on.

    [0:01] Dana: "Cut it." [0:04] Eli: "Which?"      t=2.4s, Dana: "…" t=4.9s, Eli: "…"
    0:01〜0:03 太郎「…」 0:04〜0:06 次郎「…」            3s: Nina says "Now." 5s: the fuse burns out.
    Nina, 2s: "Now." Otto, 4s: "Go."                 2s - Nina says "Now."

and times that stand behind every line of a list: Nina: "Now." 2s Otto: "Go." 4s.

Read before all other times, because between two lines such a time looks like the end of the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mavin.diagnostics import Span
from mavin.facts.model import TimeFact, TimeKind
from mavin.facts.text import MASK, blank
from mavin.facts.times.amounts import AMOUNT, CLOCK, NUMBER_ALONE, Amount, read_amounts

__all__ = ["HeadTimes", "find_head_times"]

_OPENS = rf"(?:^|(?<=[\n.;!?。！？；{MASK}]))[ \t]*(?:[-*•][ \t]+)?"
_JOIN = r"(?:-{1,2}>?|–|—|~|〜|～|→|to|bis|a|à|al|至|到|から)"
_TIME = rf"(?P<a>{AMOUNT}|{CLOCK}|{NUMBER_ALONE})(?:\s{{0,3}}{_JOIN}\s{{0,3}}(?P<b>{AMOUNT}|{CLOCK}|{NUMBER_ALONE}))?"
_WHO = rf"(?P<who>[^\W\d_][^.;!?,，。、！？:：\n{MASK}]{{0,30}})"
_HEAD = re.compile(
    rf"{_OPENS}(?P<head>(?:(?P<open>[\[(（【<])|(?P<sign>t\s?=|@))?\s?{_TIME}\s?(?P<shut>[\])）】>])?"
    rf"(?P<stop>\s?[:：]|\s[-–—|](?=\s)|[,，、])?\s{{0,4}})(?=(?P<label>{_WHO}\s?(?:[:：]\s{{0,4}}|(?<=[\u3040-\u9fff])){MASK})|[^\W\d_])",
    re.IGNORECASE | re.MULTILINE,
)
_BEHIND_NAME = re.compile(
    rf"{_OPENS}{_WHO}(?P<head>(?:\s?[,，、|]\s?|\s[–—-]\s|\s?(?=@))(?:@\s?|t\s?=\s?)?{_TIME})(?=\s?[:：]\s{{0,4}}{MASK})",
    re.IGNORECASE | re.MULTILINE,
)
_BEHIND_LINE = re.compile(
    rf"{MASK}(?P<head>[ \t]*(?:[-–—,|@][ \t]*)?(?P<a>{AMOUNT})(?P<b>(?!))?[ \t]*[.;,]?)(?=[ \t]*(?:$|\n|(?<=[.;])\s|[-*•]\s|[A-ZÀ-Þ][^.;!?:：\n{MASK}]{{0,30}}[:：]?\s{{0,4}}{MASK}))",
    re.MULTILINE,
)
_OF_SHOT = re.compile(
    r"(?:\b(?:shot|scene|take|clip|part|beat|cut|plano|toma|escena|einstellung|szene|plan|scène|inquadratura|scena|cena)\s*#?(?:\ue003|\d)"
    r"|(?:镜头|鏡頭|カット|ショット|シーン)|第.)[^\n]{0,4}$",
    re.IGNORECASE,
)


_SHOTS = re.compile(
    r"(?:^|[\n.;])[ \t*#-]*(?:(?:shot|scene|plano|toma|escena|einstellung|szene|plan|scène|inquadratura|scena|cena)\s*#?\d|(?:镜头|カット)|\d[.):])",
    re.IGNORECASE,
)
"""Labels of shots, under which a time is how long the shot is."""


@dataclass(frozen=True, slots=True)
class HeadTimes:
    """The times that head the lines of a prompt.

    Attributes:
        text: the masked prompt with them blanked, each begun by a line break.
        times: them, each of what stands behind it.
    """

    text: str
    times: tuple[TimeFact, ...] = ()


def find_head_times(masked: str, original: str, total_ms: int | None = None) -> HeadTimes:
    """Reads the times that head lines: at least two, one before the first line, each later than the one before it.

    Intervals that run on from zero are left alone: they are shots ("[0-2] … [2-5] …").
    """
    if MASK not in masked:
        return HeadTimes(masked)
    shown, amounts = read_amounts(masked, total_ms)
    for amount in amounts.values():
        if amount.word and not amount.unit:  # "Otto" is eight in Italian
            shown = shown[: amount.start] + masked[amount.start : amount.end] + shown[amount.end :]
    for pattern in (_HEAD, _BEHIND_NAME):
        found = [match for match in pattern.finditer(shown) if _is_head(match, amounts)]
        times = [_fact(match, amounts, original) for match in found]
        starts = [fact.start_ms for fact in times]
        if len(found) < 2 or starts != sorted(set(starts)) or MASK in shown[: found[0].start("head")]:
            continue
        bare = all(
            match.groupdict().get("label") and not amounts[match.start("b")].unit for match in found if match["b"]
        )
        if _are_shots(times) and not (bare and ":" not in times[0].span.text):
            continue
        for match in found:
            at, end = match.span("head")
            masked = blank(masked, at, end)
            if pattern is _HEAD:
                at -= masked[at - 1 : at].isspace()
                masked = f"{masked[:at]}\n{masked[at + 1 :]}"
        return HeadTimes(masked, tuple(times))
    return _behind_lines(masked, shown, amounts, original)


def _behind_lines(masked: str, shown: str, amounts: dict[int, Amount], original: str) -> HeadTimes:
    """Times behind every line, each later than the one before; others are lengths: "… 2s", "… 2s"."""
    lines = [match.start() for match in re.finditer(rf"{MASK}+", masked)]
    found = list(_BEHIND_LINE.finditer(shown))
    starts = [amounts[match.start("a")].time_ms for match in found]
    listed = len(found) == len(lines) > 1 and starts == sorted(set(starts)) and not _SHOTS.search(masked)
    if not listed or any(amounts[match.start("a")].word for match in found):
        return HeadTimes(masked)
    times = []
    for match, line in zip(found, lines, strict=True):
        first = amounts[match.start("a")]
        span = Span(start=first.start, end=first.end, text=original[first.start : first.end])
        times.append(TimeFact(span, TimeKind.INSTANT, first.time_ms, first.time_ms, about=line))
        at, end = match.span("head")
        masked = blank(masked, at, end)
        masked = f"{masked[:at]}\n{masked[at + 1 :]}" if end > at else masked
    return HeadTimes(masked, tuple(times))


def _is_head(match: re.Match[str], amounts: dict[int, Amount]) -> bool:
    """Whether a time heads what follows: marked as one ("[2s]", "2s:", "@2s"), or right before a name and its line."""
    first, second = amounts[match.start("a")], amounts[match.start("b")] if match["b"] else None
    groups = match.groupdict()
    bracketed = bool(groups.get("open")) and bool(groups.get("shut"))
    if bool(groups.get("open")) != bool(groups.get("shut")):
        return False
    timed = [item for item in (first, second) if item is not None and (item.unit or _is_clock(match, item))]
    if first.ordinal or first.article or (first.word and not first.unit):
        return False
    if not timed and not groups.get("sign") and not (bracketed and second is not None):
        return False  # a number alone is no time
    if second is not None and second.time_ms <= first.time_ms:
        return False
    if _OF_SHOT.search(match.string[: match.start("head")]):
        return False  # "Shot 1. 2s - …" is how long it is
    if "label" not in groups:
        return True
    stop = (groups.get("stop") or "").strip()
    return bool(groups["label"]) or bracketed or bool(groups.get("sign")) or (bool(stop) and stop not in ",，、")


def _is_clock(match: re.Match[str], amount: Amount) -> bool:
    return bool(re.match(CLOCK, match.string[amount.start : amount.end]))


def _fact(match: re.Match[str], amounts: dict[int, Amount], original: str) -> TimeFact:
    first, second = amounts[match.start("a")], amounts[match.start("b")] if match["b"] else None
    end = second.end if second is not None else first.end
    span = Span(start=first.start, end=end, text=original[first.start : end])
    about = match.start("who") if match["who"] else None
    if second is None:
        return TimeFact(span, TimeKind.INSTANT, first.time_ms, first.time_ms, about=about)
    return TimeFact(span, TimeKind.INTERVAL, first.time_ms, second.time_ms, about=about)


def _are_shots(times: Sequence[TimeFact]) -> bool:
    """Whether intervals follow each other from zero."""
    clock = 0
    for fact in times:
        if fact.kind is not TimeKind.INTERVAL or fact.start_ms != clock:
            return False
        clock = fact.end_ms
    return True
