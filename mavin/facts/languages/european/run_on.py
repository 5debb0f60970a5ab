"""European prompts typed without any punctuation: where the next clause begins.

un perro corre por la playa un niño lanza una pelota el perro la atrapa
[─ clause ───────────────][─ clause ───────────────][─ clause ────────]
"""

from __future__ import annotations

from mavin.facts.languages.closed_words import Words, words_of
from mavin.facts.languages.english.run_on import is_run_on
from mavin.facts.languages.european.inflections import Finite
from mavin.facts.languages.european.phrases import noun_phrase_at
from mavin.facts.languages.european.words import OBJECTS, Word, is_determiner, is_finite_at, words_in
from mavin.facts.text import MASK

__all__ = ["with_clauses_apart"]


def _subject_verb(text: str, words: list[Word], index: int, language: str, table: Words) -> int | None:
    """Index of the finite verb of a clause whose subject begins at a word; ``None`` if none does."""
    found = noun_phrase_at(text, words, index, language, table)
    if found is None:
        return None
    mention, at = found
    opens = bool(mention.pronoun) or mention.named or is_determiner(words[index], table)
    if not opens or not (mention.pronoun or mention.named or mention.person or mention.animal):
        return None
    while at + 1 < len(words) and words[at].lower in table.clitics | OBJECTS:
        at += 1
    if at >= len(words):
        return None
    sure = is_finite_at(words, at, language)
    ends = at + 1 == len(words) or words[at + 1].lower in table.determiners | table.prepositions
    return at if sure is Finite.SURE or (sure is Finite.MAYBE and ends) else None


def with_clauses_apart(story: str, language: str) -> str:
    """The masked story with a line break wherever a clause with a subject of its own begins; every offset stays.

    Args:
        story: the prompt with quotations masked and commands blanked.
        language: its language tag, one that has a table.
    """
    table = words_of(language)
    if table is None or not is_run_on(story):
        return story
    text = story.replace(MASK, " ")
    words = words_in(text)
    leads_on = table.prepositions | table.conjunctions | table.subordinate | table.determiners
    told, index = False, 0
    while index < len(words):
        word = words[index]
        verb = _subject_verb(text, words, index, language, table) if index else None
        if verb is not None and told and words[index - 1].lower not in leads_on:
            story = f"{story[: word.start - 1]}\n{story[word.start :]}"
            told, index = True, verb + 1
            continue
        told = told or is_finite_at(words, index, language) is Finite.SURE
        index += 1
    return story
