"""A sentence that only lists who is in the film: "Characters: Ana, Bo and Cem." tells no event and brings them on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mavin.facts.languages.numbers import NUMBER

__all__ = ["CastList", "find_cast_lists"]

_NAME = r"[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+)?"
_JOINT = r"(?:\s*,\s*(?:(?:and|y|e|und|et)\s+)?|\s+(?:and|&|y|e|und|et)\s+)"
_NAMES = rf"(?P<names>{_NAME}(?:{_JOINT}{_NAME})+)"
_PEOPLE = (
    r"(?:characters?|cast|people|persons|roles?|actors|figures|personajes|personas|elenco|reparto|personen|figuren|rollen|"
    r"besetzung|personnages|personnes|distribution|personaggi|persone|personagens|pessoas)"
)
_LIST = re.compile(
    rf"(?:(?<=[.!?\n])|^)[ \t]*(?i:(?:(?:there\s+are|(?:the\s+|this\s+|an?\s+)?(?:film|clip|video|scene|movie)\s+(?:has|shows|with)|hay|es\s+gibt|il\s+y\s+a)\s+)?"
    rf"(?:(?:the|exactly|only|just|genau|nur|exactamente|exactement)\s+)*(?:{NUMBER}\s+)?(?:main\s+)?{_PEOPLE}(?:\s+(?:are|is|son|sind|sont))?\s*:)\s*{_NAMES}"
    rf"\s*(?=[.!\n]|$)|"
    rf"(?:(?<=[.!?\n])|^)[ \t]*(?i:(?:it|(?:the|this)\s+(?:film|clip|video|scene|movie))\s+(?:stars|features)|starring)\s*:?\s*{_NAMES.replace('names', 'names2')}\s*(?=[.!\n]|$)",
)


_HAN = r"[\u4e00-\u9fff\u30a0-\u30ffー·]{1,8}"
_LIST_ASIAN = re.compile(
    rf"(?:(?<=[。！？\n])|^)[ \t]*(?:主要)?(?:人物|角色|主角|登場人物|キャスト|出演)[:：][ \t]*(?P<names>{_HAN}(?:[、，,和と]{_HAN})*)[ \t]*(?=[。\n]|$)"
)


@dataclass(frozen=True, slots=True)
class CastList:
    """One such sentence.

    Attributes:
        start: where it begins.
        end: where it ends.
        names: the names, each with its place.
    """

    start: int
    end: int
    names: tuple[tuple[str, int], ...]


def find_cast_lists(masked: str) -> Iterator[CastList]:
    """The lists of a prompt that tells something else besides."""
    for match in _LIST.finditer(masked):
        if not re.search(r"[^\W\d_]", masked[: match.start()] + masked[match.end() :]):
            continue
        group = "names" if match["names"] else "names2"
        names = tuple((one.group(), match.start(group) + one.start()) for one in re.finditer(_NAME, match[group]))
        yield CastList(match.start(), match.end(), names)
    for match in _LIST_ASIAN.finditer(masked):
        left = match.start("names")
        names = tuple((one.group(), left + one.start()) for one in re.finditer(r"[^、，,和と]+", match["names"]))
        yield CastList(match.start(), match.end(), names)
