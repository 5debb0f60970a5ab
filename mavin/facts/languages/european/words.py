"""Words of Spanish, Portuguese, Italian, French and German: which is a name, which a finite verb."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from mavin.facts.languages.closed_words import Words, words_of
from mavin.facts.languages.english.people import gender_of
from mavin.facts.languages.european.inflections import Finite, finite, infinitive, is_plural_noun, known
from mavin.facts.languages.european.people import MASS_NOUNS, SHORT_TITLES, THINGS, is_first_name, kind_of
from mavin.facts.languages.numbers import NUMBER
from mavin.facts.model import Gender

__all__ = [
    "OBJECTS",
    "Word",
    "has_gap",
    "is_determiner",
    "is_finite_at",
    "is_name",
    "opens",
    "pronoun_of",
    "two_names",
    "words_in",
]


_WORD = re.compile(
    r"\baujourd['’]hui\b|\b(?:all|dell|dall|nell|sull|quell|quest|un|jusqu|quelqu|lorsqu|puisqu|[ldscjmntq]|qu)['’](?=\w)|\w+(?:[-'’]\w+)*",
    re.IGNORECASE,
)


_NUMBER = re.compile(NUMBER, re.IGNORECASE)


_REFLEXIVE = {"es": {"se", "le", "les"}, "pt": {"se"}, "it": {"si"}, "fr": {"se", "s'", "ne", "n'"}}


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its offsets; ``lower`` has straight apostrophes."""

    text: str
    start: int
    end: int
    lower: str
    first: bool


def words_in(text: str) -> list[Word]:
    """The words of a text; a French pronoun behind a hyphen ("dit-il") is a word of its own."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        inverted = re.fullmatch(r"(\w+?)(?:-t)?-(il|elle|on|ils|elles|ele|ela|je)", match.group(), re.IGNORECASE)
        spans = [inverted.span(1), inverted.span(2)] if inverted else [(0, len(match.group()))]
        for left, right in spans:
            word = match.group()[left:right]
            found.append(
                Word(word, match.start() + left, match.start() + right, word.lower().replace("’", "'"), not found)
            )
    return found


def opens(words: list[Word], index: int) -> bool:
    """Whether a word opens its text, so that its capital tells nothing."""
    return index == 0 and words[0].first


def is_name(words: list[Word], index: int, language: str, table: Words) -> bool:
    """Whether a word is a proper name, or a label such as ``C1``."""
    word = words[index]
    if index == 0 and two_names(words, language):
        return True
    if not word.text[0].isupper() or word.lower in table.not_names:
        return False
    if re.fullmatch(r"[A-Z]\d*", word.text):
        return word.lower not in table.prepositions | table.determiners | table.conjunctions
    if (
        gender_of(word.text) in {Gender.FEMALE, Gender.MALE} or is_first_name(word.text)
    ) and word.lower not in table.men | table.women:
        return True
    closed = (
        table.determiners | table.prepositions | table.conjunctions | table.subordinate | table.adverbs | table.clitics
    )
    if (
        word.lower
        in closed | table.nobody | table.he | table.she | table.they | table.first | table.it | table.adjectives
    ):
        return False
    if _NUMBER.fullmatch(word.lower):
        return False
    if language == "de":
        if opens(words, index) and known(word.lower, "de") and not known(word.text, "de"):
            return False  # "Leerer Bahnhof"
        person, animal, _ = kind_of(word.lower, language)
        plural = is_plural_noun(word.text, language)
        return not (
            person or animal or plural or word.lower in MASS_NOUNS or word.lower in THINGS or _compound(word.text)
        )
    if not opens(words, index):
        return True
    person, animal, _ = kind_of(word.lower, language)
    if person or animal:
        return False
    following = index + 1
    while following < len(words) and words[following].lower in table.clitics and following < index + 4:
        following += 1
    acts = following < len(words) and finite(words[following].lower, language) is Finite.SURE
    joined = (
        index + 2 < len(words) and words[index + 1].lower in table.conjunctions and words[index + 2].text[0].isupper()
    )
    if joined and is_first_name(word.text):
        return True
    if acts:
        # Before a verb a bare singular noun would be ungrammatical, so "Andrés dice" begins with a name.
        several = is_plural_noun(word.lower, language) and words[following].lower.endswith("n")
        return word.lower not in MASS_NOUNS and not several
    return not finite(word.lower, language) and not known(word.lower, language)


def _is_speech(word: str, language: str) -> bool:
    table = words_of(language)
    return table is not None and infinitive(word, language) in table.speech


def _is_short_title(words: list[Word], index: int) -> bool:
    """Whether a word is a title with its full stop before a name: "M. Dupont"."""
    after = words[index + 1] if index + 1 < len(words) else None
    return (
        after is not None
        and words[index].lower in SHORT_TITLES
        and after.text[0].isupper()
        and after.start > words[index].end + 1
    )


@cache
def _compound(word: str) -> bool:
    """Whether a German word is known and long enough to be no first name ("Nebelhorn")."""
    return known(word, "de") and len(word) > 7


def is_finite_at(words: list[Word], index: int, language: str) -> Finite:
    """How sure it is that the word there is a finite verb: nothing behind an article or a capital is."""
    word = words[index]
    capital = word.text[0].isupper() and not opens(words, index)
    noun = language == "de" and len(words) == 1 and word.text[0].isupper() and known(word.text, "de")
    noun = noun and not _is_speech(word.lower, language)
    if capital or noun or _is_short_title(words, index):
        return Finite.NO
    if index == 0 and _names_actor(words, language):
        return Finite.NO
    table = words_of(language)
    if language == "de" and word.text[0].isupper() and is_first_name(word.text):
        # "Tim" and "Kurt" look like verbs; a verb that is one opens no statement but a question.
        return Finite.SURE if table is not None and word.lower in table.verbs else Finite.NO
    sure = finite(word.lower, language)
    if (
        index
        and sure is not Finite.SURE
        and words[index - 1].lower in _REFLEXIVE.get(language, ())
        and re.search(r"(?:[aeióòt]|[ao]n|en|ono)$", word.lower)
    ):
        return Finite.SURE  # "se tumba": behind a reflexive pronoun there is nothing but a verb
    return sure


OBJECTS = frozenset("la las lo los le les l' li gli o a os as".split())
"""Object pronouns that look like articles."""


def two_names(words: list[Word], language: str) -> bool:
    """Whether two names and a plural verb open a clause: "Mira y Pedro bailan", though "mira" is a verb."""
    table = words_of(language)
    endings: dict[str, str | tuple[str, ...]] = {"es": "n", "pt": "m", "it": "no", "fr": ("ent", "ont")}
    several = endings.get(language)
    return (
        table is not None
        and several is not None
        and len(words) > 3
        and words[0].first
        and words[0].text[0].isupper()
        and words[1].lower in table.conjunctions
        and words[2].text[0].isupper()
        and is_first_name(words[2].text)
        and words[3].lower.endswith(several)
    )


def _names_actor(words: list[Word], language: str) -> bool:
    """Whether the capital that opens a clause is a name though the word might be a verb: "Lucía abre la puerta"."""
    if language == "de" or not words[0].text[0].isupper() or not words[0].first:
        return False
    table = words_of(language)
    if two_names(words, language):
        return True
    if table is not None and words[0].lower in table.verbs:
        return False
    if len(words) == 1:
        return is_first_name(words[0].text)
    if words[1].start != words[0].end + 1:
        return False
    at = 1
    while table is not None and at + 1 < len(words) and words[at].lower in table.clitics | OBJECTS:
        at += 1  # "Lucía le responde"
    if finite(words[at].lower, language) is Finite.SURE:
        return True
    joined = table is not None and len(words) > 2 and words[1].lower in table.conjunctions
    return joined and words[2].text[0].isupper() and is_first_name(words[0].text)


def is_determiner(word: Word, table: Words) -> bool:
    """Whether a word opens a noun phrase: an article, a possessive, a number."""
    return word.lower in table.determiners or bool(_NUMBER.fullmatch(word.lower))


def pronoun_of(word: Word, table: Words) -> str:
    """``he``, ``she``, ``they``, ``it`` or ``i`` if a word is a personal pronoun, else nothing."""
    for name in ("he", "she", "they", "it"):
        if word.lower in getattr(table, name):
            return name
    return "i" if word.lower in table.first else ""


def has_gap(text: str, before: Word, after: Word) -> bool:
    """Whether anything but blanks stands between two words."""
    between = text[before.end : after.start].strip(" '’")
    return bool(between) and not (between == "." and before.lower in SHORT_TITLES and after.text[0].isupper())
