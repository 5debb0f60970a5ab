"""Nouns that mean people, in languages whose compounds end with them: 老奶奶 ends with 奶奶, 女学生 with 学生."""

from __future__ import annotations

from dataclasses import dataclass

from mavin.facts.model import Gender

__all__ = ["PeopleWords"]


@dataclass(frozen=True, slots=True)
class PeopleWords:
    """Nouns for women, for men, and for people of either kind."""

    female: frozenset[str]
    male: frozenset[str]
    either: frozenset[str]

    def __contains__(self, word: str) -> bool:
        return word in self.female or word in self.male or word in self.either

    def __or__(self, others: frozenset[str]) -> frozenset[str]:
        return self.female | self.male | self.either | others

    def end(self, word: str) -> bool:
        """Whether a longer word ends with one of them that has at least two characters."""
        return any(_ends(word, nouns) for nouns in (self.female, self.male, self.either))

    def gender_by_end(self, word: str) -> Gender:
        """What the noun that a longer word ends with tells of its gender."""
        if _ends(word, self.female):
            return Gender.FEMALE
        return Gender.MALE if _ends(word, self.male) else Gender.UNKNOWN


def _ends(word: str, nouns: frozenset[str]) -> bool:
    return len(word) > 2 and any(word[-length:] in nouns for length in range(2, len(word) + 1))
