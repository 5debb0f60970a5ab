"""What a European language tells of itself: one :class:`LanguageTable` each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["LanguageTable"]


@dataclass(frozen=True, slots=True)
class LanguageTable:
    """The words and endings of one language.

    Attributes:
        tag: its language tag.
        speech_verbs: forms that bring in a quotation, as alternatives of a pattern.
        words: closed word classes and people, a string of words each; the keys are the fields of
            :class:`mavin.facts.languages.closed_words.Words`.  Empty where clauses are read without a grammar.
        human_acts: verbs (infinitives) of what only people do.
        infinitive: pattern of the ending of an infinitive.
        endings: endings of the present and the simple past, with what the infinitive has in their place.
        human_endings: pattern of the endings of nouns for people by what they do.
    """

    tag: str
    speech_verbs: str
    words: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    human_acts: str = ""
    infinitive: str = ""
    endings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    human_endings: str = ""
