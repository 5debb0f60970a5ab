"""What the forms share: a rule, and the pieces that their patterns are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mavin.edits import Operation, Script
from mavin.instructions.naming import AMOUNT, LINE, QUOTED, ROLE, SHOT, TIME, milliseconds

__all__ = [
    "PUT",
    "RULES",
    "WAY",
    "A",
    "C",
    "L",
    "Match",
    "Q",
    "Rule",
    "S",
    "T",
    "rule",
    "signed",
    "span_of",
    "unquoted",
]

Match = re.Match[str]
Make = Callable[[Match, Script], Sequence[Operation]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One form: the pattern of a whole clause, and the operations that it asks for."""

    pattern: re.Pattern[str]
    make: Make


RULES: list[Rule] = []
"""All forms; of two that read equally much the earlier one holds."""

L, S, C = rf"(?P<line>{LINE})", rf"(?P<shot>{SHOT})", rf"(?P<role>{ROLE})"
Q, T, A = rf"(?P<words>{QUOTED})", rf"(?P<time>{TIME})", rf"(?P<amount>{AMOUNT})"
PUT = r"(?:move|put|set|place|retime|shift|make|start|let)"
WAY = r"(?P<way>earlier|later|forwards?|backwards?|back|sooner)"


def rule(*patterns: str) -> Callable[[Make], Make]:
    """Adds a form; blanks in the patterns stand for any white space."""

    def add(make: Make) -> Make:
        RULES.extend(Rule(re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE), make) for pattern in patterns)
        return make

    return add


def unquoted(text: str) -> str:
    """The words without the quotation marks around them."""
    text = text.strip()
    return text[1:-1] if re.fullmatch(QUOTED, text) else text


def signed(match: Match) -> int:
    """The time of a match in milliseconds, negative where it is to be earlier."""
    back = match["way"].lower() in {"earlier", "sooner", "back", "backward", "backwards"}
    return -milliseconds(match["time"]) if back else milliseconds(match["time"])


def span_of(text: str) -> tuple[int, int]:
    """The two instants of an interval in milliseconds; a unit behind the second holds for both."""
    first, second = re.findall(r"\d+(?:[.,]\d+)?\s*(?:ms|milliseconds?|s|secs?|seconds?)?", text)
    unit = re.search(r"ms|milli", second)
    if unit and not re.search(r"[a-z]", first):
        first += " ms"
    return milliseconds(first), milliseconds(second)
