"""Where a prompt counts its people and then shows others: "two friends, Ana, Bo and Cem", "exactly two characters"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mavin.diagnostics import Span
from mavin.facts import Facts
from mavin.facts.demands import SEQUENCE
from mavin.facts.languages.numbers import NUMBER, number_of
from mavin.ledger import Conflict, ConflictKind, ConflictOutcome

__all__ = ["headcount_conflicts"]

_NAME = r"[A-ZÀ-Þ][\w'’-]+"
_AND = r"(?:,?\s+(?:and|y|e|und|et)\s+)"
_LIST = rf"(?P<names>{_NAME}(?:,\s+{_NAME})*{_AND}{_NAME})\b"
_NAMED_GROUP = re.compile(
    rf"\b(?i:(?P<n>{NUMBER}))\s+(?:[\w-]+\s+){{0,2}}[\w-]+\s{{0,3}}[,:(–—]\s{{0,3}}{_LIST}|"
    rf"(?:^|(?<=[.!?\n])\s)\s*(?i:(?:(?:exactly|only|just)\s+)?(?P<n2>{NUMBER}))\s+[\w-]+\s"
    rf"[^.:;!?\n\"“„«]{{2,60}}:\s{{0,3}}{_LIST.replace('names', 'names2')}(?=\s*(?:[.!?\n]|$))"
)
_EXACT = re.compile(
    rf"\b(?:exactly|only|just|precisely)\s+(?P<en>{NUMBER})\s+(?:characters?|actors?|roles?)\b|"
    r"\b(?:film|movie|video|clip)\s+(?:with|has|shows?|features?|contains?)\s+(?:exactly|only|just|precisely)\s+"
    rf"(?P<film>{NUMBER})\s+(?:people|persons?|figures?)\b|"
    rf"\b(?:exactamente|s[oó]lo|solamente|únicamente)\s+(?P<es>{NUMBER})\s+(?:personajes?|actores)\b|"
    rf"\b(?:genau|nur)\s+(?P<de>{NUMBER})\s+(?:Figuren?|Rollen?|Charaktere?)\b|"
    rf"\b(?:exactement|seulement|uniquement)\s+(?P<fr>{NUMBER})\s+(?:personnages?|acteurs?)\b|"
    rf"(?:只有|仅有|一共有?|共有)(?P<zh>{NUMBER})(?:个|名|位)(?:人物|角色|演员)|登場人物は(?P<ja>{NUMBER})人(?:だけ|のみ)?",
    re.IGNORECASE,
)
"""How many the whole film shows, and no more; "only two people in the café" is a moment, and a third may come in."""


def headcount_conflicts(facts: Facts) -> Iterator[Conflict]:
    """The refusals, each with the count and the names that break it."""
    yield from _counted_names(facts)
    yield from _exact_counts(facts)


def _refusal(explanation: str, *spans: Span) -> Conflict:
    return Conflict(
        kind=ConflictKind.STRUCTURE,
        spans=spans,
        explanation=explanation,
        outcome=ConflictOutcome.REFUSED,
        by="code",
    )


def _counted_names(facts: Facts) -> Iterator[Conflict]:
    """ "Three friends, Ana and Bo": the names are fewer or more than the count."""
    for match in _NAMED_GROUP.finditer(facts.prompt):
        group, number = ("names", "n") if match["names"] else ("names2", "n2")
        names = [name for name in re.split(rf",\s+|{_AND}", match[group]) if name]
        keys = {role.key for role in facts.roles if role.named}
        known = [
            name
            for name in names
            if name[0].isupper() and (name.casefold() in keys or name.split()[0].casefold() in keys)
        ]
        count = int(number_of(match[number]))
        if not known or count == len(names) or count < 2:
            continue
        start, end = match.span(group)
        counted = facts.prompt[match.start(number) : start]
        yield _refusal(
            f"The prompt counts {count} and names {len(names)}. Make the two agree.",
            Span(
                start=match.start(number),
                end=match.start(number) + len(counted),
                text=counted,
            ),
            Span(start=start, end=end, text=match[group]),
        )


def _exact_counts(facts: Facts) -> Iterator[Conflict]:
    """ "There are exactly two characters. Ana waves. Bo sings. Cem laughs."; fewer names than that are no conflict."""
    for match in _EXACT.finditer(facts.prompt):
        if any(quote.span.start <= match.start() < quote.span.end for quote in facts.quotes):
            continue
        sentence = re.split(r"[.!?;。！？；\n]", facts.prompt[match.end() :])[0]
        if SEQUENCE.search(sentence):
            continue  # a moment of the story: "there are only two people until Cem comes in"
        count = int(number_of(next(number for number in match.groups() if number)))
        named = [role for role in facts.roles if role.named and role.person]
        if len(named) > count:
            yield _refusal(
                f"The prompt shows exactly {count} and names {len(named)}. Make the two agree.",
                Span(start=match.start(), end=match.end(), text=match.group()),
                *(role.span for role in named),
            )
            return
