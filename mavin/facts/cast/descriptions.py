"""Asides that say in English who somebody is: "the butler, Mr. Crane,", "a detective (Vera, 45)", "Anna (32)".

the suspect, a nervous man called Milo, says …
            └──────── blanked ────────┘   name: Milo   look: a nervous man
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mavin.diagnostics import Span
from mavin.facts.cast.naming import Naming
from mavin.facts.languages.english.grammar import PREPOSITIONS, tokens_of
from mavin.facts.languages.english.people import is_animal, is_person
from mavin.facts.text import MASK

__all__ = ["Description", "find_descriptions", "without_descriptions"]

_TITLE = r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Capt|Lt|Sgt|Col|Gen|Rev|St)\.\s+)?"
_NAME = rf"{_TITLE}[A-ZÀ-Þ][\w'’-]+(?:\s+[A-ZÀ-Þ][\w'’-]+){{0,2}}"
_NOUN = r"\b(?i:the|an?|his|her|their|its|my|our|another|one)\s+(?:[a-z][\w'’-]*\s+){0,3}?(?P<noun>[a-z][a-z-]+)"
_MORE = r"(?:\s+(?:in|of|with|from|at|behind)\s+(?:[a-z][\w'’-]*\s+){0,3}[a-z][\w'’-]*)?"
"""What a noun may carry behind it: "a man *in a suit*, Mike,"."""
_AGE = (
    r"(?:(?:aged?\s+)?\d{1,3}(?:\s*(?:years?\s+old|y/?o))?|(?:(?:early|mid|late)[\s-]+)?\d0['’]?s|"
    r"in\s+(?:his|her|their)\s+(?:(?:early|mid|late)[\s-]+)?(?:\d0['’]?s|(?:twen|thir|for|fif|six|seven|eigh|nine)ties))"
)
_CALLED_AND = re.compile(rf"{_NOUN}(?P<aside>\s+(?:named|called)\s+(?P<name>{_NAME}))(?=\s+and\s)")
_CALLED = re.compile(
    rf"{_NOUN}{_MORE}(?P<aside>,\s+(?P<look>an?\s+(?:[\w-]+\s+){{1,4}}?)?(?:called|named|nicknamed|known\s+as|by\s+the\s+name\s+of)\s+"
    rf"(?P<name>{_NAME})(?:,(?!\s*(?:and|or)\b)|(?=\s*[.;:!?{MASK}]|\s*$)))"
)
_NAMED = re.compile(
    rf"{_NOUN}{_MORE}(?P<aside>,\s+(?P<name>{_NAME})(?:,(?!\s*(?:(?:and|or)\b|(?:the|an?|his|her|their)\s|[A-ZÀ-Þ]))|(?=\s*[.;:!?]|\s*$)))"
)
_BRACKETED = re.compile(rf"(?:{_NOUN}|(?P<who>{_NAME}))(?P<aside>\s*\((?P<told>[^()\n{MASK}]{{1,60}})\))")
_AGED = re.compile(
    rf"(?:{_NOUN}|(?P<who>{_NAME}))(?P<aside>,\s+(?P<age>{_AGE})(?:(?=,\s+(?:an?|the)\s)|,|(?=\s*[.;:!?{MASK}]|\s*$)))"
)
_TOLD_NAME = re.compile(rf"(?:called\s+|named\s+)?(?P<name>{_NAME})")
_SIDE = re.compile(r"off|o\.?s|v\.?o|cont|voice|screen|\b(?:to|into|with|at|from)\b|ly\b|ing\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Description:
    """An aside behind somebody's noun or name.

    Attributes:
        start: where the aside begins, its comma or bracket included.
        end: where it ends.
        owner_end: where the words end that it stands behind.
        look: what it says of how somebody looks, in the user's words; empty if it only names.
        naming: the name that it gives, ``None`` if it gives none.
    """

    start: int
    end: int
    owner_end: int
    look: str
    naming: Naming | None


def find_descriptions(masked: str, prompt: str) -> tuple[Description, ...]:
    """All asides of an English prompt that give somebody a name or an age, in reading order.

    Args:
        masked: the prompt with its quotations masked.
        prompt: the prompt itself.
    """
    found: list[Description] = []
    for pattern in (_CALLED, _CALLED_AND, _BRACKETED, _NAMED, _AGED):
        for match in pattern.finditer(masked):
            start, end = match.span("aside")
            if any(item.start < end and start < item.end for item in found) or not _somebody(match):
                continue
            if pattern is _NAMED and _beside(masked, match.start()):
                continue
            item = _bracket(match, prompt) if pattern is _BRACKETED else _aside(match, prompt)
            if item is not None:
                found.append(item)
    return tuple(sorted(found, key=lambda item: item.start))


def without_descriptions(masked: str, descriptions: tuple[Description, ...]) -> str:
    """The text with those asides blanked; every offset stays."""
    for item in descriptions:
        masked = masked[: item.start] + " " * (item.end - item.start) + masked[item.end :]
    return masked


def _somebody(match: re.Match[str]) -> bool:
    noun = match["noun"]
    return noun is None or is_person(noun) or is_animal(noun)


def _beside(masked: str, start: int) -> bool:
    """Whether the noun only says where: "Next to the guard, Mara, tired, waits"."""
    words = re.split(r"[.;:!?\n\ue000]", masked[:start])[-1]
    lead = tokens_of(words)
    return 0 < len(lead) <= 3 and lead[-1].lower in PREPOSITIONS and "," not in words  # not "below, the cook, Bess,"


def _aside(match: re.Match[str], prompt: str) -> Description:
    groups = match.groupdict()
    look = _age(groups["age"]) if groups.get("age") else (groups.get("look") or "").strip()
    naming = _naming(match, match.span("name"), prompt) if groups.get("name") else None
    return Description(*match.span("aside"), match.start("aside"), look, naming)


def _bracket(match: re.Match[str], prompt: str) -> Description | None:
    """ "(Vera, 45)", "(38, tired eyes)", "(Sir Rowan)": a name or an age, and whatever else stands with it."""
    naming: Naming | None = None
    looks: list[str] = []
    aged = False
    at = match.start("told")
    for piece in re.split(r"(,\s*)", match["told"]):
        words = piece.strip(" ,")
        named = _TOLD_NAME.fullmatch(words)
        if named and naming is None and match["noun"] and not words.isupper():
            begin = at + piece.index(words) + named.start("name")
            naming = _naming(match, (begin, begin + len(named["name"])), prompt)
        elif re.fullmatch(_AGE, words, re.IGNORECASE):
            looks.append(_age(words))
            aged = True
        elif words:
            if _SIDE.search(words) or re.search(r"\d", words):
                return None
            looks.append(words)
        at += len(piece)
    if naming is None and not aged:
        return None
    start, end = match.span("aside")
    return Description(start, end, start, ", ".join(looks), naming)


def _age(words: str) -> str:
    return f"aged {words}" if words.isdigit() else words


def _naming(match: re.Match[str], place: tuple[int, int], prompt: str) -> Naming:
    start, end = place
    span = Span(start=start, end=end, text=prompt[start:end])
    return Naming(*match.span("aside"), span.text, span, "", (match["noun"] or "").casefold(), True)
