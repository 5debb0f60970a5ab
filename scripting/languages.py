"""Which language a model's words are in, and which names they bring in: both must be the story's own."""

from __future__ import annotations

import re
import unicodedata

from mavin.facts.languages.closed_words import words_of
from mavin.facts.languages.english.grammar import is_word, verb_forms
from mavin.facts.languages.english.people import is_first_name
from mavin.facts.languages.european.inflections import Finite, known
from mavin.facts.languages.european.words import is_finite_at, is_name, opens, words_in
from mavin.facts.languages.numbers import language_of
from scripting.asian_names import asian_names

__all__ = ["in_other_language", "new_names"]

_ALIKE = (frozenset({"es", "pt", "it"}), frozenset({"de", "nl"}))
_FEWEST_WORDS = 3
"""Fewer words tell no language."""

_PLANTS = frozenset("rose daisy iris jasmine olive lily".split())
"""First names before which "leaves" and "stems" are no verbs."""


def in_other_language(text: str, prompt: str, language: str | None = None) -> bool:
    """Whether words are in another language or writing than they should be.

    Languages that share many short words (Spanish and Portuguese) are not told apart, and where little is
    said the words have the benefit of the doubt.

    Args:
        text: the model's words.
        prompt: the user's text.
        language: language of the captions, the prompt's if left out.
    """
    told = (language or "").split("-")[0].lower() or language_of(prompt)
    if told == language_of(prompt) and _other_writing(text, prompt):
        return True
    words = re.findall(r"[^\W\d_]+", text)
    if len(words) < _FEWEST_WORDS:
        return told != "en" and words_of(told) is not None and _surely_english(words, prompt, told)
    spoken = language_of(text)
    if spoken == told or any({spoken, told} <= family for family in _ALIKE):
        return False
    if spoken == "en":
        return _surely_english(words, prompt, told)
    return told == "en" or len(words) > _FEWEST_WORDS


def _other_writing(text: str, prompt: str) -> bool:
    """Whether a text has signs of a writing that the prompt has not; one Latin word may be a brand."""
    own, asked = _scripts(text), _scripts(prompt)
    if own - asked - {"LATIN"}:
        return True
    latin = asked and "LATIN" not in asked
    return bool(latin) and (own == {"LATIN"} or len(re.findall(r"\b[A-Za-z]{2,}\b", text)) > 1)


def _scripts(text: str) -> set[str]:
    """The writing systems in a text, by the first word of the characters' Unicode names."""
    return {unicodedata.name(char, "?").split()[0] for char in text if char.isalpha()}


def _surely_english(words: list[str], prompt: str, told: str) -> bool:
    """Whether nearly all words are English, and of two words not both the story's language's as well ("table ronde").

    Not by :func:`language_of` alone: its answer is "en" also where nothing tells a language.
    """
    own = set(re.findall(r"[^\W\d_]+", prompt.casefold()))
    new = [word.casefold() for word in words if word.casefold() not in own]
    if len(new) < 2 or sum(map(is_word, new)) * 10 < 9 * len(new):
        return False
    return len(new) >= _FEWEST_WORDS or not all(known(word, told) for word in new)


def new_names(text: str, prompt: str, language: str | None = None) -> list[str]:
    """The proper names of a text that the prompt does not have."""
    told = (language or "").split("-")[0].lower() or language_of(prompt)
    have = set(re.findall(r"[^\W\d_]+", prompt.casefold()))
    latin = _english_names(text) if words_of(told) is None else _european_names(text, told)
    return [name for name in latin if name.casefold() not in have] + asian_names(text, prompt)


def _english_names(text: str) -> list[str]:
    inner = re.findall(r"(?<=[\w,;] )[A-Z][a-z]+", text)
    # The first word's capital says nothing, so a dictionary decides whether it is a name.
    opening = [
        match.group(1)
        for match in re.finditer(r"(?:^|[.:] )([A-Z][a-z]+)(?!\w)", text)
        if not is_word(match.group(1).casefold()) or _is_called(match.group(1), text[match.end() :])
    ]
    # Behind a title even a small letter begins a name: "Sir bob".
    titled = re.findall(r"\b(?:Sir|Mr|Mrs|Ms|Dr)\.? ([a-z]+)", text)
    return [*opening, *inner, *titled]


def _is_called(word: str, behind: str) -> bool:
    """Whether a word that a dictionary knows is somebody here: "Bob waits", "Mark, tired"; not "Rose leaves"."""
    if not is_first_name(word.casefold()) or word.casefold() in _PLANTS:
        return False
    following = re.match(r"(['’]s\b|,|\W*$)|\s+([a-z]+)", behind)
    if following is None:
        return False
    return following.group(2) is None or "VBZ" in verb_forms(following.group(2))


def _european_names(text: str, language: str) -> list[str]:
    """Names by the grammar of Spanish, Portuguese, Italian, French or German; a German noun's capital tells nothing."""
    table = words_of(language)
    assert table is not None
    found = []
    for sentence in re.split(r"(?<=[.!?:])\s+", text):
        words = words_in(sentence)
        for index, word in enumerate(words):
            if not is_name(words, index, language, table):
                continue
            acts = index + 1 < len(words) and is_finite_at(words, index + 1, language) is Finite.SURE
            common = known(word.lower, language) and opens(words, index)
            common = common or (language == "de" and known(word.text, "de") and not is_first_name(word.lower))
            if not (common and not (acts and is_first_name(word.lower))):
                found.append(word.text)
    return found
