"""Whom something is said to, in the words beside a verb of speech: "says *to the child*", "dice al *niño*"."""

from __future__ import annotations

import re

from mavin.facts.languages.english.grammar import (
    CONJUNCTIONS,
    DETERMINERS,
    OBJECTS,
    POSSESSIVES,
    PREPOSITIONS,
    Token,
    is_adverb,
)

__all__ = ["TOWARDS", "english_addressee", "foreign_addressee"]

TOWARDS = {
    "es": r"a\s+(?:el\s+|la\s+|los\s+|las\s+)?|al\s+|hacia\s+(?:el\s+|la\s+)?",
    "fr": r"à\s+(?:la\s+|l['’]\s*)?|aux?\s+",
    "it": r"a(?:l|lla|i|gli|lle|llo)?\s+|all['’]\s*",
    "pt": r"a[os]?s?\s+|à[s]?\s+|para\s+(?:o\s+|a\s+)?",
    "de": r"zu\s+(?:de[mnr]\s+|seine[mnr]\s+|ihre[mnr]\s+|einer?m?\s+)?|zu[mr]\s+",
    "ru": r"(?!)",
}
"""Words before somebody who is spoken to, by language."""


_ADDRESSING = frozenset(
    "tell ask answer warn order beg greet assure remind promise command urge scold tease interrupt".split()
)
_NO_ADDRESSEES = frozenset(
    "question joke story truth secret lie something nothing anything it this that why how what again back same words "
    "himself herself themselves itself loud aloud everything".split()
)


def english_addressee(text: str, verb: Token, behind: list[Token]) -> tuple[str, int]:
    """Whom something is said to, in the words behind a verb of speech: "says *to the child*", "tells *Anna*".

    Args:
        text: the text of the tokens.
        verb: the verb of speech.
        behind: the words behind it.

    Returns:
        The words without their preposition and their offset in the text; empty words if nobody is addressed.
    """
    from lemminflect import getAllLemmas

    lemmas = getAllLemmas(verb.lower, "VERB").get("VERB", ())
    rest = behind
    while rest and is_adverb(rest[0].lower):
        rest = rest[1:]
    towards = bool(rest) and rest[0].lower in {"to", "at", "towards", "toward", "after"}
    if towards:
        rest = rest[1:]
    elif not any(lemma in _ADDRESSING for lemma in lemmas):
        return "", 0
    found: list[Token] = []
    if len(rest) == 1 and rest[0].lower in OBJECTS:
        return "", 0  # "told her": whoever that is, it is no name
    for token in rest[:6]:
        gap = text[found[-1].end : token.start] if found else ""
        adverb = is_adverb(token.lower) and token.lower not in {"first", "only"}
        if token.lower in PREPOSITIONS | CONJUNCTIONS or adverb or "," in gap or token.lower.endswith("ing"):
            break
        if found and token.lower in DETERMINERS | POSSESSIVES:
            break  # "tells Anna the truth"
        if found and found[0].text[0].isupper() and not token.text[0].isupper():
            break
        found.append(token)
    if not found or found[-1].lower in _NO_ADDRESSEES or found[0].lower in _NO_ADDRESSEES:
        return "", 0
    return text[found[0].start : found[-1].end], found[0].start


def foreign_addressee(tail: str, language: str, *, plain: bool) -> tuple[str, int]:
    """Whom something is said to, in the words behind a verb of speech of another language than English.

    Args:
        tail: the words behind the verb.
        language: their language.
        plain: whether a noun without a preposition is addressed too ("Anna fragt das Kind:").

    Returns:
        The words without preposition, and except in German without article, and their offset; empty words if nobody
        is addressed.
    """
    led = re.match(
        rf"\s*(?P<by>{TOWARDS[language]})(?P<name>[^\s,;:.!?]+(?:\s+[A-ZÀ-ÞА-Я][^\s,;:.!?]*)?)"
        rf"",
        tail,
        re.IGNORECASE,
    )
    if led is None and plain and language == "de":
        led = re.match(
            r"\s*(?:das|den|die|dem|der|seinen?|ihren?|seine[mr]|ihre[mr])"
            r"?\s*(?P<name>[A-ZÀ-Þ][\w-]+)\s*(?:[:,]|$)",
            tail,
        )
    if led is None:
        return "", 0
    name = led["name"]
    if re.fullmatch(r"(?:gritos|voz|media|voix|nouveau|sich|viva|bassa|alta|mezza|mi[as]?|sí)", name, re.IGNORECASE):
        return "", 0
    article = (
        re.search(r"\b(?:de[mnr]|(?:sein|ihr|ein)e[mnr])\s+$", tail[: led.start("name")]) if language == "de" else None
    )
    start = article.start() if article else led.start("name")
    return tail[start : led.end("name")], start  # a German article tells the case
