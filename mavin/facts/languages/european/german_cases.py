"""German people in the case in which they are told of first: "zu dem alten Jungen" is about "der alte Junge"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mavin.facts.languages.european.people import kind_of, singular_and_gender
from mavin.facts.model import Gender

__all__ = ["basic_adjective", "nominative"]

_OBLIQUE = re.compile(r"(?:d|ein|mein|dein|sein|ihr|unser|kein|dies|jen|jed)e[mn]")
"""Articles of the dative and of the masculine accusative; those of a plural are looked at before."""
_NEUTER = frozenset(
    "kind baby pferd schaf tier schwein huhn lamm kalb opfer model mitglied genie monster gespenst".split()
)
_ENDING = re.compile(r"e[nmrs]$")


def nominative(phrase: str, first: Sequence[str], noun: str, gender: Gender) -> tuple[str, str] | None:
    """A mention in the dative or accusative as subject, and its noun: "dem alten Jungen" → "der alte Junge", "Junge".

    Args:
        phrase: the mention as it stands, its noun last.
        first: what stands before its adjectives, in lower case.
        noun: its noun as it stands.
        gender: that it tells.

    Returns:
        ``None`` where it is no person or animal in the singular of such a case.
    """
    words = phrase.split()
    person, animal, _ = kind_of(noun.lower(), "de")
    if len(first) != 1 or len(words) < 2 or words[-1] != noun or not (person or animal):
        return None
    if not _OBLIQUE.fullmatch(first[0]):
        return None
    base, weak = noun, False
    if noun.endswith("n") and not noun.endswith(("chen", "lein")):
        single = singular_and_gender(noun.lower(), "de")[0]
        weak = noun.lower() in {f"{single}n", f"{single}en"}
        base = single.capitalize() if weak else noun
    feminine = gender is Gender.FEMALE and not weak
    neuter = not weak and (base.lower() in _NEUTER or base.endswith(("chen", "lein")))
    if feminine and not neuter:
        return None  # "den Frauen"
    article = "das" if neuter and first[0][-1] == "m" else "der"
    return " ".join([article, *(_ENDING.sub("e", word) for word in words[1:-1]), base]), base


def basic_adjective(word: str) -> str:
    """An adjective without its case: "alten", "alter" → "alte"; "junger" stays, for "Junge" is a noun as well."""
    return word if word.startswith("jung") else _ENDING.sub("e", word)
