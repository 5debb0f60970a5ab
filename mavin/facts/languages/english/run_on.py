"""English prompts typed without any punctuation: where one clause ends and the next begins, and what is said.

a dog runs on the beach a boy throws a ball the dog catches it
[─ clause ────────────][─ clause ────────][─ clause ──────────]
"""

from __future__ import annotations

import re

from mavin.facts.languages.english.grammar import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
    Token,
    is_adjective,
    is_adverb,
    is_noun,
    tokens_of,
    verb_forms,
)
from mavin.facts.languages.english.people import is_animal, is_person
from mavin.facts.languages.speech_verbs import is_speech_verb
from mavin.facts.text import MASK

__all__ = ["is_run_on", "run_on_lines", "with_clauses_apart"]

_STOPS = re.compile(r"[.,;:!?\n\"“”„«»「」()\[\]—–…|*#{}<>@/=+]")
_PRONOUNS = frozenset("he she they it everyone everybody someone somebody nobody".split())
_LEADS_ON = frozenset(
    "when while as after before because if once until since that who which where whose than like".split()
)
_ADDRESSED = re.compile(
    r"\b(?:i|i'm|i’m|me|my|mine|you|your|we|us|our|lets|let's|yes|no|yeah|please|hello|hi|hey|thanks|sorry|what|why|how|where)\b",
    re.IGNORECASE,
)
_NOT_SAID = frozenset(
    "that to nothing something it so his her their its goodbye sorry a an the for with at him them".split()
)
_HOLD_A_CLAUSE = frozenset(
    "says thinks knows sees hears believes hopes realizes realises notices feels imagines dreams wishes asks announces whispers shouts yells".split()
)
"""Verbs whose object may be a clause: "he says the dog is gone"."""
_PARTICLES = frozenset("out up down away off back over around".split())
_LEAST = 6
"""Words from which on the lack of any stop shows that none was typed."""


def is_run_on(text: str) -> bool:
    """Whether a text of several words has no stop inside."""
    bare = text.strip().rstrip(".!?")
    return len(bare.split()) >= _LEAST and not _STOPS.search(bare.replace(MASK, " "))


def _opens_subject(tokens: list[Token], index: int) -> int | None:
    """Index of the finite verb of a clause whose subject begins at a word; ``None`` if none does."""
    word = tokens[index].lower
    at = index + 1
    if word in DETERMINERS | POSSESSIVES:
        while at < len(tokens) and at - index <= 3 and _describes(tokens[at].lower):
            at += 1
            if at < len(tokens) and at - index >= 2 and _is_finite(tokens[at]):
                return at
        return None
    if word in _PRONOUNS or is_person(word) or is_animal(word):
        while at < len(tokens) and is_adverb(tokens[at].lower) and not _is_finite(tokens[at]):
            at += 1
        return at if at < len(tokens) and _is_finite(tokens[at]) else None
    return None


def _describes(word: str) -> bool:
    closed = _PRONOUNS | PREPOSITIONS | CONJUNCTIONS | DETERMINERS | POSSESSIVES | _LEADS_ON | AUXILIARIES
    return word not in closed and (is_noun(word) or is_adjective(word))


def _is_finite(token: Token) -> bool:
    return token.lower in AUXILIARIES or "VBZ" in verb_forms(token.lower)


def _may_end(tokens: list[Token], index: int) -> bool:
    """Whether a clause may end before a word: not behind a preposition, a link, an article or a mere adjective."""
    before = tokens[index - 1].lower
    if before in _PARTICLES | {"in", "on"} and index > 1 and _is_finite(tokens[index - 2]):
        return tokens[index].lower in _PRONOUNS  # "jumps out she screams"
    closed = PREPOSITIONS | CONJUNCTIONS | DETERMINERS | POSSESSIVES | _LEADS_ON | AUXILIARIES
    if before in closed or (is_adjective(before) and not is_noun(before) and not is_adverb(before)):
        return False
    describes = tokens[index].lower not in DETERMINERS | POSSESSIVES | _PRONOUNS
    return not (describes and index > 1 and is_noun(before) and tokens[index - 2].lower in DETERMINERS | POSSESSIVES)


def with_clauses_apart(story: str) -> str:
    """The masked story with a line break wherever a clause with a subject of its own begins; every offset stays."""
    if not is_run_on(story):
        return story
    tokens = tokens_of(story.replace(MASK, " "))
    breaks: list[int] = []
    told = False
    for index, token in enumerate(tokens):
        verb = _opens_subject(tokens, index) if index else None
        gap = story[tokens[index - 1].end : token.start] if index else ""
        if verb is not None and (MASK in gap or (told and _may_end(tokens, index))):
            if MASK not in gap and tokens[index - 1].lower in _HOLD_A_CLAUSE:
                continue  # "he says the dog is gone"
            breaks.append(token.start - 1)
            told = False
        opened = not index or token.start - 1 in breaks
        told = told or (not opened and _is_finite(token))
    for at in breaks:
        story = f"{story[:at]}\n{story[at + 1 :]}"
    return story


def run_on_lines(prompt: str) -> list[tuple[int, int]]:
    """Where a prompt without any punctuation tells what is said: "he says give me a beer bartender says we are closed"."""
    if not is_run_on(prompt):
        return []
    tokens = tokens_of(prompt)
    said = [at for at, token in enumerate(tokens) if at and _is_finite(token) and is_speech_verb(token.lower)]
    found: list[tuple[int, int]] = []
    for number, at in enumerate(said):
        if at + 1 >= len(tokens) or tokens[at + 1].lower in _NOT_SAID or (found and tokens[at].start < found[-1][1]):
            continue
        ceiling = _speaker_before(tokens, said[number + 1]) if number + 1 < len(said) else len(tokens)
        end = next((n for n in range(at + 3, ceiling) if _goes_on(tokens, n)), ceiling)
        if end <= at + 1:
            continue
        start, stop = tokens[at + 1].start, tokens[end - 1].end
        first = verb_forms(tokens[at + 1].lower)
        if _ADDRESSED.search(prompt[start:stop]) or ("VB" in first and not is_noun(tokens[at + 1].lower)):
            found.append((start, stop))
    return found


def _speaker_before(tokens: list[Token], verb: int) -> int:
    """Index of the first word of whoever speaks before a verb: "the old bartender says", "bartender says"."""
    lead = tokens[verb - 2].lower if verb > 1 else ""
    if is_person(tokens[verb - 1].lower) and is_noun(lead) and not is_adjective(lead):
        return verb - 1  # "give me a beer bartender says"
    for length in (2, 3, 4):
        if verb - length >= 0 and tokens[verb - length].lower in DETERMINERS | POSSESSIVES:
            return verb - length
    return verb - 1


def _goes_on(tokens: list[Token], index: int) -> bool:
    """Whether the story goes on behind a line at a word: "… and then he leaves", "… she smiles"."""
    word = tokens[index].lower
    if word == "then" or (
        word == "and" and index + 1 < len(tokens) and tokens[index + 1].lower in _PRONOUNS | {"then"}
    ):
        return True
    return word in _PRONOUNS - {"it"} and _opens_subject(tokens, index) is not None and _may_end(tokens, index)
