"""Between which lengths a prompt leaves the choice: "at least 8 seconds", "no more than 6", "between 5 and 7 seconds"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mavin.diagnostics import Span
from mavin.facts.model import LengthBounds, TimeFact, TimeKind
from mavin.facts.times.amounts import AMOUNT, read_amounts
from mavin.facts.times.rules import CLIP

__all__ = ["bounds_phrase", "find_bounds"]

_LAST = r"(?:be|lasts?|is|runs?|takes?|goes\s+on|go\s+on|dauern|dauert|durar|dura|durer|dure|durare)(?:\s+(?:for|on))?"
_SUBJECT = rf"(?:(?:the|this|an?|our|my)\s+)?(?:(?:whole|entire|total|final)\s+)?(?:{CLIP}|\bit\b|everything)"
_CHOICE = re.compile(
    rf"(?:{_SUBJECT}\s+(?:(?:should|must|may|can|will|has\s+to|needs\s+to|ought\s+to|soll|debe|doit|deve)\s+)?{_LAST}|"
    rf"\b(?:keep|make)\s+(?:it|this|{_SUBJECT})(?:\s+to)?|{_SUBJECT}\s+(?:of|with|for|in)|(?:length|duration|runtime|running\s+time)\s*(?:is|of|:)?)\s*$",
    re.IGNORECASE,
)
_LEAST = (
    r"at\s+least|(?:no|not)\s+(?:less|shorter|under|fewer)(?:\s+than)?|(?:an?\s+)?minimum(?:\s+of)?|min\.?|more\s+than|"
    r"longer\s+than|over|mindestens|wenigstens|nicht\s+(?:kürzer|weniger)\s+als|länger\s+als|al\s+menos|como\s+mínimo|por\s+lo\s+menos|"
    r"no\s+menos\s+de|más\s+de|au\s+moins|au\s+minimum|pas\s+moins\s+de|plus\s+de|almeno|minimo|non\s+meno\s+di|più\s+di|pelo\s+menos|"
    r"no\s+mínimo|mais\s+de"
)
_MOST = (
    r"at\s+(?:the\s+)?most|(?:no|not)\s+(?:more|longer|over)(?:\s+than)?|(?:an?\s+)?max(?:imum)?\.?(?:\s+of)?|less\s+than|"
    r"shorter\s+than|under|up\s+to|not\s+exceed(?:ing)?|höchstens|maximal|nicht\s+(?:länger|mehr)\s+als|kürzer\s+als|como\s+máximo|"
    r"a\s+lo\s+sumo|no\s+más\s+de|menos\s+de|au\s+plus|au\s+maximum|pas\s+plus\s+de|moins\s+de|al\s+massimo|non\s+più\s+di|meno\s+di|"
    r"no\s+máximo|não\s+mais\s+de"
)
_ABROAD = re.compile(
    rf"(?:\b(?:der|die|das|el|la|le|il|lo|o|a)\s+)?{CLIP}\s+(?:soll(?:te)?|muss|darf|dauert|debe(?:ría)?|tiene\s+que|dura|doit|devrait|dure|deve|"
    r"dovrebbe)(?:\s+(?:durar|durer|durare))?\s+$|"
    r"(?:(?:总|總)?(?:时长|時長|长度|長度|长|長)|全片|全长|视频|視頻|影片|短片|長さ|尺|全体|映像|動画)(?:要|应|應|必须|必須|为|為|は|で)*\s*$",
    re.IGNORECASE,
)
"""What leads to a bound in other languages: "El vídeo debe durar" al menos 8 segundos."""
_BOUND = re.compile(
    rf"(?<!\w)(?:(?P<least>{_LEAST})|(?P<most>{_MOST}))\s+(?P<a>{AMOUNT})(?:\s+(?:long|in\s+(?:total|length)|overall|total))?(?:\s+please\b)?"
    rf"(?:\s+(?:lang\b|dauern\b|sein\b|de\s+duración\b))?(?P<clip>\s+{CLIP}\b)?|"
    rf"(?:(?P<least2>至少|最少|起码|起碼|不少于|不少於|不短于|不短於)|(?P<most2>最多|至多|不超过|不超過|不多于|不多於|最长|最長))(?P<a2>{AMOUNT})|"
    rf"(?P<b2>{AMOUNT})(?:(?P<least3>以上)|(?P<most3>以内|以下|以內))(?:で|です)?(?=[、。，：:の的]|$)|(?P<b>{AMOUNT})\s+(?:or\s+(?P<more>more|longer)|or\s+(?P<less>less|shorter)|"
    r"(?P<minimum>min(?:imum)?\b|at\s+(?:the\s+)?least)|(?P<maximum>max(?:imum)?\b|at\s+(?:the\s+)?most|tops))",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?:^|[.;:!?\n,(\[。；：，、])\s*(?:(?:and|but|or|in|for|of|to|with)\s+)*$", re.IGNORECASE)
_STOPS = re.compile(
    r"\s*(?:$|[.;:!?\n)\]。；：，、]|,(?!\s*(?:then|and\s+(?:then|he|she|it|they))\b)|(?:and|but)\s)", re.IGNORECASE
)
_OPENS = re.compile(r"(?:^|[.;:!?\n(\[]\s*(?:in\s+)?|,\s*)$", re.IGNORECASE)
LONGEST_MS = 3_600_000
"""The upper bound where a prompt gives none."""


def find_bounds(times: Sequence[TimeFact], text: str, original: str) -> tuple[LengthBounds, ...]:
    """Every bound that a prompt sets to the length of the whole clip, in reading order.

    Args:
        times: stated times.
        text: the prompt with its quotations masked.
        original: the prompt.
    """
    found = []
    for fact in times:
        chosen = _CHOICE.search(text[max(0, fact.span.start - 80) : fact.span.start])
        if chosen and fact.kind is TimeKind.INTERVAL and 0 < fact.start_ms < fact.end_ms:
            found.append(LengthBounds(fact.span, fact.start_ms, fact.end_ms))
    shown, amounts = read_amounts(text)
    ends: list[int] = [item.span.end for item in found]
    for match in _BOUND.finditer(shown):
        amount = amounts[next(match.start(name) for name in ("a", "a2", "b", "b2") if match[name])]
        before = shown[max(0, match.start() - 100) : match.start()]
        goes_on = any(not re.sub(r"\b(?:and|but|or)\b|[\s,]", "", shown[end : match.start()]) for end in ends)
        said = _CHOICE.search(before) or _ABROAD.search(before) or goes_on
        alone = _JOINED.search(before) and _STOPS.match(shown, match.end())
        leads = _OPENS.search(before) and match["clip"]
        clip = match["clip"] and re.search(r"\b(?:an?|the|of)\s+$", before, re.IGNORECASE)
        if not amount.unit or not amount.time_ms or not (said or alone or leads or clip):
            continue
        least = any(match[name] for name in ("least", "least2", "least3", "more", "minimum"))
        span = Span(start=match.start(), end=match.end(), text=original[match.start() : match.end()])
        ends.append(match.end())
        if least:
            found.append(LengthBounds(span, amount.time_ms, LONGEST_MS))
        else:
            found.append(LengthBounds(span, 0, amount.time_ms))
    return tuple(sorted(found, key=lambda item: item.span.start))


def bounds_phrase(text: str, span: Span) -> tuple[int, int]:
    """Offsets of all words that go with a bound: "The film should be" at least 8 seconds."""
    floor = max(0, span.start - 100)
    lead = _CHOICE.search(text[floor : span.start]) or _ABROAD.search(text[floor : span.start])
    start = floor + lead.start() if lead else span.start
    joint = re.search(r"(?:,\s*)?(?:\b(?:and|but|or|in|for|of)\s+)+$", text[floor:start], re.IGNORECASE)
    return floor + joint.start() if joint else start, span.end
