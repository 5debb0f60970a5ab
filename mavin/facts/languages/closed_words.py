"""Closed word classes and people of the European languages that are read without a grammar of their own.

One :class:`Words` per language, from its table in :mod:`mavin.facts.languages.tables`.  Open classes (verbs, most nouns) come from a dictionary of inflections,
see :mod:`mavin.facts.languages.european.inflections`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from mavin.facts.languages.tables import TABLES

__all__ = ["Words", "words_of"]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Words:
    """Closed classes of one language, all in lower case.

    Attributes:
        masculine: articles and the like that only stand before masculine singulars.
        feminine: the same for feminine singulars.
        plural: the same for plurals.
        neutral: determiners that tell no gender.
        oblique: determiners of a case that no subject has (German "den", "dem").
        possessives: possessive determiners.
        definite: indefinite article to the definite one.
        he, she, they, it: subject pronouns.
        first: pronouns of whoever tells the story.
        clitics: object pronouns, negations and the like that stand before a verb and tell nothing.
        nobody: words for nobody in particular.
        prepositions: with their contractions.
        to: those that mark an addressee or a person as an object.
        joint: those whose person takes part ("mit").
        of: those that mark a possessor.
        conjunctions: "and", "but", "or".
        subordinate: words that open a dependent clause or a relative one.
        adverbs: common adverbs, none of which can be a noun phrase.
        verbs: finite forms that the dictionary takes for something else.
        not_verbs: words that it takes for verbs.
        arrivals: verbs (infinitives) whose subject may stand behind them.
        speech: verbs (infinitives) of speech.
        men, women, people: nouns for human beings.
        animals: nouns for animals.
        adjectives: common adjectives that stand before their noun, or for a person ("el viejo").
        not_names: words that are written with a capital and are no name.
    """

    masculine: frozenset[str]
    feminine: frozenset[str]
    plural: frozenset[str]
    neutral: frozenset[str]
    oblique: frozenset[str]
    possessives: frozenset[str]
    definite: dict[str, str]
    he: frozenset[str]
    she: frozenset[str]
    they: frozenset[str]
    it: frozenset[str]
    first: frozenset[str]
    clitics: frozenset[str]
    nobody: frozenset[str]
    prepositions: frozenset[str]
    to: frozenset[str]
    joint: frozenset[str]
    of: frozenset[str]
    conjunctions: frozenset[str]
    subordinate: frozenset[str]
    adverbs: frozenset[str]
    verbs: frozenset[str]
    not_verbs: frozenset[str]
    arrivals: frozenset[str]
    speech: frozenset[str]
    men: frozenset[str]
    women: frozenset[str]
    people: frozenset[str]
    animals: frozenset[str]
    adjectives: frozenset[str]
    not_names: frozenset[str]

    @property
    def determiners(self) -> frozenset[str]:
        """Everything that opens a noun phrase, but for numerals."""
        return self.masculine | self.feminine | self.plural | self.neutral | self.oblique | self.possessives


@cache
def words_of(language: str) -> Words | None:
    """The word classes of a language tag; ``None`` if it has none here."""
    table = TABLES.get(language)
    if table is None or not table.words:
        return None
    sets = {name: _set(text) for name, text in table.words.items() if isinstance(text, str)}
    return Words(definite=table.words["definite"], **sets)  # type: ignore[arg-type]
