"""Which words of a European language are finite verbs, by a dictionary of inflected forms (simplemma).

The dictionary gives one lemma a word, so "porte" is a door there and never a form of *porter*.  Such a
word still *may* be a verb if the infinitive that belongs to it is known; where it stands decides.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache

from mavin.facts.languages.closed_words import words_of
from mavin.facts.languages.tables import TABLES

__all__ = ["ADJECTIVAL", "Finite", "finite", "infinitive", "is_plural_noun", "known", "lemma"]

_INFINITIVE = {tag: re.compile(table.infinitive) for tag, table in TABLES.items() if table.infinitive}
# Endings of the present and the simple past, with what the infinitive has in their place.
_ENDINGS = {tag: table.endings for tag, table in TABLES.items() if table.endings}


ADJECTIVAL = frozenset("llena vacía seca limpia vuota piena vide pleine sèche vazia cheia limpa leer".split())


_PRETERITES = frozenset(
    "dijo hizo puso vino quiso pudo anduvo tuvo estuvo supo trajo condujo hubo detuvo mantuvo sostuvo obtuvo propuso compuso repuso supuso "
    "deshizo rehízo predijo bendijo contrajo produjo tradujo".split()
)


class Finite(IntEnum):
    """How sure it is that a word is a finite verb."""

    NO = 0
    MAYBE = 1
    SURE = 2


@cache
def lemma(word: str, language: str) -> str:
    """The dictionary's lemma of a word as it is written; the word itself if it is unknown."""
    from simplemma import lemmatize

    return str(lemmatize(word, lang=language))


@cache
def known(word: str, language: str) -> bool:
    """Whether the dictionary holds the word as it is written."""
    from simplemma import is_known

    return bool(is_known(word, lang=language))


@cache
def finite(word: str, language: str) -> Finite:
    """Whether a lower-case word is a finite verb of the third person.

    An infinitive is none, nor is a participle where its form tells.
    """
    words = words_of(language)
    if words is None or not word or word in words.not_verbs or not word[0].isalpha():
        return Finite.NO
    if word in words.determiners | words.prepositions | words.conjunctions | words.adverbs | words.subordinate:
        return Finite.NO
    if word in words.verbs:
        return Finite.SURE
    nouns = words.men | words.women | words.people | words.animals
    if word in nouns or word in words.adjectives:
        return Finite.NO
    base = lemma(word, language)
    if _participle(word, language):
        return Finite.NO
    if word in ADJECTIVAL:
        return Finite.MAYBE
    if (
        language == "de"
        and base == word
        and word.islower()
        and re.search(r"(?:en|ern|eln)$", word)
        and known(word, "de")
        and len(word) > 4
    ):
        return Finite.MAYBE  # "Kinder bauen": the plural looks like the infinitive
    if base != word and base.islower() and _INFINITIVE[language].search(base) and _verbal(word, base, language):
        return Finite.SURE
    return Finite.MAYBE if _guess(word, language) else Finite.NO


@cache
def infinitive(word: str, language: str) -> str:
    """The infinitive of a finite verb, the word itself where it is not found."""
    base = lemma(word, language)
    if base != word and _INFINITIVE[language].search(base):
        return base
    return _guess(word, language) or base


def is_plural_noun(word: str, language: str) -> bool:
    """Whether a noun (German: with its capital) is a plural form."""
    base = lemma(word, language)
    if language == "de":
        return base != word and known(word, language) and base[:1].isupper() and word not in {base + "s", base + "es"}
    if language in {"es", "pt", "fr"}:
        return len(word) > 3 and word.endswith(("s", "x")) and base != word
    return base != word and word.endswith(("i", "e")) and not base.endswith(word[-1])


def _verbal(word: str, base: str, language: str) -> bool:
    if language in {"es", "pt"}:
        # "lugares", "mujeres", "flores" are plurals of nouns in -ar, -er, -or.
        if word in {base + "es", base + "s"}:
            return False
        if (word.endswith("o") and word not in _PRETERITES) or word.endswith(("mos", "ás", "é", "ei", "ste", "zco")):
            return False  # of the first or second person
        return not word.endswith(("ando", "endo", "indo", "iendo", "yendo", "ar", "er", "ir", "rse"))
    if language == "fr":
        return word not in {base + "s", base + "x"} and not word.endswith(("er", "ir", "ant", "s", "ez", "ons"))
    if language == "it":
        if (word.endswith("o") and not word.endswith("no")) or (
            word.endswith(("mo", "te", "i")) and word not in {"dai", "vai"}
        ):
            return False
        return not word.endswith(("are", "ere", "ire", "ando", "endo", "rsi", "ndosi"))
    return word != base and not word.endswith(("end", "ende", "enden", "ender", "endes", "enen", "zu"))


def _participle(word: str, language: str) -> bool:
    if language in {"es", "pt"}:
        return bool(re.search(r"(?:ad|id|íd)[oa]s?$", word)) and len(word) > 4
    if language == "it":
        return bool(re.search(r"(?:at|it|ut)[oaie]$", word)) and len(word) > 5 and not word.endswith(("ita", "uta"))
    if language == "fr":
        return bool(re.search(r"(?:é|ée|és|ées|us|i|ie|ies)$", word))
    return bool(re.match(r"ge\w+(?:t|en)$", word)) and not re.match(
        r"ge(?:ht|hen|ben|hört|winnt|nießt|schieht|steht|fällt|rät|lingt)", word
    )


@cache
def _guess(word: str, language: str) -> str:
    """An infinitive that the dictionary knows and whose form the word may be, or ``""``."""
    for ending, infinitives in _ENDINGS[language]:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            for other in infinitives:
                made = word[: -len(ending)] + other
                if made != word and known(made, language) and lemma(made, language) == made:
                    return made
    return ""
