"""How the members of a list are said to be: "The groom, nervous, and the bride, calm, both say"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mavin.facts.languages.english.grammar import DETERMINERS, POSSESSIVES, is_adjective, is_noun
from mavin.facts.model import Event

__all__ = ["ListAside", "find_list_asides", "with_list_asides"]

_MEMBER = (
    r"(?P<member>(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur)\s+(?:[a-z]+\s+){0,2}[a-z]+|[A-ZÀ-Þ][\w'’-]+)"
)
_ASIDE = re.compile(
    rf"\b{_MEMBER}(?P<aside>\s*,\s+(?P<words>[a-z-]+(?:\s+(?:and|but)\s+[a-z-]+|\s*,\s+[a-z-]+)?)\s*,)"
    r"(?=\s+(?:and\s+(?:the|an?|his|her|their|[A-ZÀ-Þ])|both\b))"
)


@dataclass(frozen=True, slots=True)
class ListAside:
    """Adjectives between commas behind a member of a list.

    Attributes:
        start: offset of the first comma.
        end: offset behind the last one.
        member: the words before.
        words: the adjectives with their commas.
    """

    start: int
    end: int
    member: str
    words: str


def find_list_asides(text: str) -> tuple[ListAside, ...]:
    """All such asides of an English text: the list goes on behind them with "and" or "both"."""
    found = []
    for match in _ASIDE.finditer(text):
        adjectives = [word for word in re.findall(r"[a-z-]+", match["words"]) if word not in {"and", "but"}]
        if all(is_adjective(word) or word.endswith("ed") for word in adjectives) and not all(
            is_noun(word) and not is_adjective(word) for word in adjectives
        ):
            found.append(ListAside(match.start("aside"), match.end("aside"), match["member"], match["aside"].strip()))
    return tuple(found)


def with_list_asides(events: Sequence[Event], asides: Sequence[ListAside]) -> list[Event]:
    """The events with the adjectives behind their bearers again, which were taken out while the list was read."""
    told = list(events)
    for aside in asides:
        for number, event in enumerate(told):
            bearer = aside.member.split(None, 1)
            core = bearer[1] if len(bearer) > 1 and bearer[0].lower() in DETERMINERS | POSSESSIVES else aside.member
            place = re.search(rf"\b{re.escape(core)}\b", event.text, re.IGNORECASE)
            if event.span.start <= aside.start < event.span.end and place is not None:
                told[number] = replace(
                    event, text=f"{event.text[: place.end()]}{aside.words}{event.text[place.end() :]}"
                )
                break
    return told
