"""The members of a joint subject: "a boy and his robot", "A dog, a cat, and a bird", "Three friends, Nadia, Owen and Priya"."""

from __future__ import annotations

import re

from mavin.facts.languages.english.grammar import find_verb, is_plural, tokens_of
from mavin.facts.languages.english.people import is_animal, is_person
from mavin.facts.languages.english.phrases import NounPhrase, noun_phrase

__all__ = ["NAMES", "subjects_in"]

NAMES = re.compile(r"[A-ZÀ-Þ][\w'’-]+(?:\s+[A-ZÀ-Þ][\w'’-]+)*")
_BEARERS = re.compile(rf",\s*(?P<names>{NAMES.pattern}(?:,\s*{NAMES.pattern})+,?\s+and\s+{NAMES.pattern})\s*,?\s*$")
_AND_NAME = re.compile(
    r",\s+and\s+(?P<who>(?:(?:the|an?|his|her|their)\s+)?(?:[a-z][\w-]*\s+){0,2}[A-ZÀ-Þ][\w'’-]+)\s*$"
)


def subjects_in(body: str, head: str, phrase: NounPhrase, clause_start: int) -> tuple[list[NounPhrase], bool]:
    """The noun phrases that a subject is made of, and whether names tell who a group of them is.

    Args:
        body: the words of the clause.
        head: those before its verb.
        phrase: the whole subject.
        clause_start: where the clause stands in the prompt.
    """
    pieces = [phrase]
    joined = re.fullmatch(r"(?P<a>.+?)\s+and\s+(?P<b>.+)", phrase.text)
    base, leads = phrase.start, joined
    if joined is None and phrase.plural:
        # "Two friends, Ana and Bo, race": the names are who they are.
        joined = re.search(r",\s*(?P<a>[A-Z][\w'’-]+)\s+and\s+(?P<b>[A-Z][\w'’-]+)\s*,?\s*$", head)
        base = clause_start
    behind = body[len(head) :] if phrase.plural else ""
    listed = _listed(head)
    named = _BEARERS.search(head) if phrase.plural and not listed else None
    if named:
        # "Three friends, Nadia, Owen and Priya, build": any number of them.
        at = clause_start + named.start("names")
        parts = [(name.group(), at + name.start()) for name in NAMES.finditer(named["names"])]
        if leads and not is_plural(leads["a"].split()[-1].lower()):
            parts.insert(0, (leads["a"], base + leads.start("a")))  # "A mother and her two sons, Al and Bo,"
        listed = parts
    elif not listed and joined is None and (who := _who_they_are(phrase, behind)):
        # "Two men argue in a bar: Al and Bo": the names behind the colon are who they are.
        parts = [(text, clause_start + len(head) + at) for text, at in who]
        listed = parts
    elif listed:
        parts = [(text, clause_start + at) for text, at in listed]
    elif joined:
        parts = [(joined["a"], base + joined.start("a")), (joined["b"], base + joined.start("b"))]
    if listed or joined:
        found = [noun_phrase(text, at, sentence_start=number == 0) for number, (text, at) in enumerate(parts)]
        if all(item is not None for item in found):
            pieces = [item for item in found if item is not None]
    other = _AND_NAME.search(head) if len(pieces) == 1 and phrase.named else None
    if other is not None and other.start() >= phrase.end - clause_start:
        another = noun_phrase(other["who"], clause_start + other.start("who"))
        pieces += [another] if another is not None and another.named else []  # "Dr. Li, a surgeon, and nurse Kim"
    return pieces, bool(named or not leads)


def _listed(head: str) -> list[tuple[str, int]]:
    """The members of "A dog, a cat, and a bird" with their offsets; nothing where it is no such list."""
    pieces: list[tuple[str, int]] = []
    at = 0
    for part in re.split(r"(\s*,\s*(?:and\s+)?|\s+and\s+)", head):
        if part.strip(" ,") not in {"", "and"}:
            pieces.append((part.strip(), at + len(part) - len(part.lstrip())))
        at += len(part)
    opens = re.compile(r"(?:[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[Oo]ne)\s+\w+$|[A-Z][\w'’-]+$")
    good = len(pieces) >= 3 and all(opens.match(text) for text, _ in pieces)
    if good and is_plural(pieces[0][0].split()[-1].lower()) and all(text[0].isupper() for text, _ in pieces[1:]):
        return []  # "The twins, Mia and Leo": the names are who they are
    return pieces if good else []


_WHO = re.compile(
    r":\s*(?P<names>(?P<one>[A-ZÀ-Þ][\w'’-]+(?:\s+[A-ZÀ-Þ][\w'’-]+)?|(?:an?|the|his|her|their)(?:\s+[a-z][\w-]*){1,3})"
    r"(?:(?:,\s*(?:and\s+)?|\s+and\s+)(?:[A-ZÀ-Þ][\w'’-]+(?:\s+[A-ZÀ-Þ][\w'’-]+)?|(?:an?|the|his|her|their)(?:\s+[a-z][\w-]*){1,3}))+)\s*$"
)


def _who_they_are(phrase: NounPhrase, behind: str) -> list[tuple[str, int]]:
    """The members of a group that a list behind a colon names, with their offsets in the words behind the subject."""
    found = _WHO.search(behind.rstrip(" .;,!?")) if is_person(phrase.head) or is_animal(phrase.head) else None
    if found is None or " and " not in found["names"] or find_verb(tokens_of(found["names"])) is not None:
        return []
    pieces, at = [], found.start("names")
    for part in re.split(r"(\s*,\s*(?:and\s+)?|\s+and\s+)", found["names"]):
        if part.strip(" ,") not in {"", "and"}:
            pieces.append((part, at))
        at += len(part)
    return pieces if any(text[0].isupper() for text, _ in pieces) else []
