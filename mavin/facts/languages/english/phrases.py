"""English noun phrases: heads, definite forms, names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from mavin.facts.languages.english.grammar import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PARTICLES,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    Token,
    is_adverb,
    is_plural,
    is_word,
    noun_lemma,
    tokens_of,
    verb_forms,
)
from mavin.facts.languages.english.people import is_animal, is_first_name, is_person
from mavin.facts.languages.numbers import NUMBER

__all__ = ["TITLES", "NounPhrase", "is_known_noun", "lead_end", "noun_phrase", "noun_phrases_in", "simple_name"]

_MASS = frozenset(
    (
        "smoke steam water light sunlight moonlight rain snow wind wine dust sand fire music silence fog mist "
        "lightning thunder traffic laughter darkness milk coffee tea lava ice grass hair paint ink oil mud "
        "foam fizz flour confetti glitter sugar salt ash soot smog drizzle hail sleet lava slime blood sweat electricity static sound noise applause food bread soup juice beer air time night morning dawn dusk sunset "
        "sunrise life death love everything nothing something nobody everyone someone anyone nature"
    ).split()
)
_MEASURES = frozenset(
    (
        "piece set pair group bunch flock herd pack crowd team swarm couple number lot bit sheet slice drop stack row"
    ).split()
)


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A noun phrase of the prompt.

    Attributes:
        text: the user's words.
        start: offset of its first character in the text it was found in.
        end: offset behind its last character.
        head: lower-case head noun in the singular, or the lower-case name.
        definite: form with "the" for later sentences; names and possessives stay.
        plural: whether it takes plural verbs.
        named: whether it is a proper name or a label such as ``C1``.
        mass: whether it is stuff rather than a thing ("smoke").
    """

    text: str
    start: int
    end: int
    head: str
    definite: str
    plural: bool
    named: bool
    mass: bool


_NO_NAMES = frozenset(
    "why what how when where which whose because beat cut fade title night day silence nothing neither none system user assistant int ext close back "
    "today tomorrow yesterday tonight later meanwhile flashback elsewhere outside inside upstairs downstairs total somewhere "
    "static handheld aerial tracking overhead establishing slow-motion pause pan tilt".split()
)


def _is_name(tokens: Sequence[Token], index: int, first: bool) -> bool:
    token = tokens[index]
    word = token.lower
    if word in _NO_NAMES or (re.match(r"[a-z]-\w", word) and is_known_noun(word[2:])):
        return False  # "her T-shirt", "an X-ray"
    if not token.text[0].isupper() or word in DETERMINERS | POSSESSIVES | PRONOUNS | PREPOSITIONS | CONJUNCTIONS:
        return False
    if re.fullmatch(r"[A-Z]\d*", token.text) or is_first_name(word):
        return token.text != "I"
    if not first:
        return not token.text.isupper() or not is_known_noun(word)
    # At the start of a sentence a bare singular count noun would be ungrammatical, so it is a name.
    common = is_plural(word) or word in _MASS or is_person(word) or is_animal(word) or word.endswith("ing")
    return not common and not is_adverb(word) and word not in AUXILIARIES


@cache
def is_known_noun(word: str) -> bool:
    """Whether the dictionary knows the lower-case word as a common noun."""
    from lemminflect import getAllLemmas

    return "NOUN" in getAllLemmas(word)


_MOMENTS = frozenset("time moment instant second point end beginning start".split())

_AGO = re.compile(
    rf"\s*(?:(?:about|some|just|only)\s+)?(?:(?:an?\s+)?half(?:\s+an?)?|{NUMBER}|a|an|a\s+few|several)\s+"
    r"(?:second|minute|hour|moment|day|week|month|year)s?\s+(?:earlier|later|before(?:hand)?|after(?:wards?)?|ago)\b,?\s*|"
    r"\s*(?:at|on)\s+the\s+count\s+of\s+\w+\b,?\s*|"
    r"\s*(?:at\s+(?:the|that)(?:\s+(?:very|exact))?(?:\s+same)?\s+(?:time|moment|instant)|in\s+the\s+meantime|at\s+once)\b,?\s*|"
    r"\s*(?:(?:at|around|by|after|before|until|since|about)\s+)?\d{1,2}:\d\d(?:\s*(?:[ap]\.?\s?m\b\.?|o['’]clock))?(?!\S),?\s*",
    re.IGNORECASE,
)


def lead_end(text: str) -> int:
    """Offset behind a time of the story that opens a text: "Ten seconds earlier Paul", "At 1:05 PM Tom"."""
    found = _AGO.match(text)
    return found.end() if found else 0


def noun_phrase(text: str, offset: int = 0, *, sentence_start: bool = False) -> NounPhrase | None:
    """Reads a subject such as "a tired old bear", "Mara, a detective" or "a set of blinds".

    Args:
        text: the words before the verb.
        offset: where the text stands in the prompt; added to the offsets of the result.
        sentence_start: whether its first capital may be the sentence's and not a name's.
    """
    tokens = tokens_of(text)
    apposition = re.search(r"\b[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?(?=,\s+(?:an?|the)\s+[^,]+,?\s*$)", text)
    if apposition and apposition.start() and tokens and tokens[0].lower in PREPOSITIONS:
        # "In a close-up Mara, a nurse,": the name is the subject, not what she is.
        tokens = [token for token in tokens if apposition.start() <= token.start < apposition.end()]
    elif (
        tokens
        and tokens[0].lower in PREPOSITIONS | {"when", "while", "as", "after", "once", "before", "because"}
        and "," in text
    ):
        # "Before the sun rises, Elena": the subject stands behind the adverbial's comma.
        comma = text.rstrip(" ,").rfind(",")
        tokens = [token for token in tokens if token.start > comma] or tokens
    floor = lead_end(text)
    tokens = [token for token in tokens if token.start >= floor] or tokens
    while tokens and (tokens[0].lower in CONJUNCTIONS | ADVERBS or is_adverb(tokens[0].lower)):
        tokens = tokens[1:]
        sentence_start = False if not tokens else sentence_start
    tokens = _without_leading_adverbial(tokens)
    if not tokens or all(token.lower in PRONOUNS | _NO_NAMES for token in tokens):
        return None
    called = re.match(
        r"[^,]*?\b(?:named|called)\s+['’\"“‘]?(?P<name>[A-Z][\w'’-]*\w(?:\s[A-Z][\w'’-]*\w)?)['’\"”]?",
        text[tokens[0].start :],
    )
    if called:
        name, start = called["name"], tokens[0].start
        return NounPhrase(
            called.group(), offset + start, offset + start + called.end(), name.casefold(), name, False, True, False
        )
    body = _before_postmodifier(text, tokens)
    if len(body) == 3 and body[1].lower == "the" and body[0].text[0].isupper() and body[2].text.islower():
        body = body[:1] if is_person(body[2].lower) or is_animal(body[2].lower) else body  # "Karl the baker"
    while len(body) > 1 and is_adverb(body[-1].lower) and not (len(body) == 2 and body[0].lower == "the"):
        body = body[:-1]  # "a musician first tunes"
    if not body:
        return None
    called_small = len(body) > 1 and body[-1].text.islower() and is_first_name(body[-1].lower)
    called_small = (
        called_small
        and body[0].lower in POSSESSIVES | {"the"}
        and any(kind(body[-2].lower) for kind in (is_person, is_animal))
    )
    end = body[-1].end - (2 if body[-1].text.endswith(("'s", "’s")) else 0)
    phrase = text[tokens[0].start : end]
    joined = any(token.lower == "and" for token in body)
    whole_name = (
        _is_name(body, 0, sentence_start)
        and len(body) <= 3
        and body[0].lower not in DETERMINERS
        and not joined
        and all(token.text[0].isupper() or token.lower in {"of", "the", "de", "van", "von"} for token in body)
    )
    last_name = body[0].lower not in {"a", "an"} and _is_name(body, len(body) - 1, sentence_start and len(body) == 1)
    named = last_name or whole_name
    first = body[0].lower
    head = body[-2 if called_small else -1].lower.rstrip("'’")  # "my dog max"
    plural = joined or (is_plural(head) and first not in {"a", "an", "one"} and not named)
    mass = head in _MASS and first not in {"a", "an"}
    return NounPhrase(
        text=phrase,
        start=offset + tokens[0].start,
        end=offset + end,
        head=phrase.casefold() if named else noun_lemma(head),
        definite=_definite(phrase, body, named),
        plural=plural,
        named=named,
        mass=mass,
    )


def _without_leading_adverbial(tokens: list[Token]) -> list[Token]:
    """Drops "In a rainy alley" before "a detective": the subject begins at the last bare determiner."""
    if not tokens or tokens[0].lower not in PREPOSITIONS | {"when", "while", "as", "after", "once"}:
        return tokens
    for index in range(len(tokens) - 1, 0, -1):
        before = tokens[index - 1].lower
        starts = tokens[index].lower in DETERMINERS | POSSESSIVES or tokens[index].text[0].isupper()
        if starts and before not in PREPOSITIONS | DETERMINERS | POSSESSIVES | {"and"}:
            return tokens[index:]
    return tokens[1:]


def _before_postmodifier(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens up to the head: before "in a hat", "who …", a comma; behind "of" for measures."""
    body: list[Token] = []
    for index, token in enumerate(tokens):
        word = token.lower
        if word == "of" and body and noun_lemma(body[-1].lower) in _MEASURES and index + 1 < len(tokens):
            body = [*body[:0]]
            continue
        if body and (word in PREPOSITIONS | PARTICLES or word in {"who", "which", "that", "whose", "where", "wearing"}):
            break
        if body and re.search(r"[,(\[:]", text[body[-1].end : token.start]):
            break
        if body and word.endswith("ing") and verb_forms(word) and index + 1 < len(tokens) and len(body) > 1:
            following = tokens[index + 1].lower
            if following in DETERMINERS | POSSESSIVES | PREPOSITIONS:
                break
        body.append(token)
    return body


def _definite(phrase: str, body: list[Token], named: bool) -> str:
    core = " ".join(phrase.split())
    first = body[0].lower
    tail = r"(?:^|\s)[a-z][\w'’-]*\s+(?P<name>[A-ZÀ-Þ][\w'’.-]*(?:\s+[A-ZÀ-Þ][\w'’-]*)*)$"
    title = re.search(tail, core) if named else None
    if title and (first in POSSESSIVES or len(core.split()) - len(title["name"].split()) >= 2):
        return title["name"]
    if named or first in POSSESSIVES or "'" in body[0].lower:
        return core[0].lower() + core[1:] if first in POSSESSIVES else core
    words = core.split()
    if words[0].lower() in {"a", "an", "the", "some", "several", "one", "another", "this", "that", "these", "those"}:
        words = words[1:]
    if len(words) > 1 and words[0].lower() in {"single", "lone"} and core.split()[0].lower() in {"a", "one"}:
        words = words[1:] if words[0].lower() == "single" else words
    if not words:
        return core
    if words == core.split() and core[:2] != core[:2].upper():
        words[0] = words[0][0].lower() + words[0][1:]  # the capital was the sentence's
    return "the " + " ".join(words)


def simple_name(phrase: NounPhrase) -> str:
    """Name for the cast list: "Old bear" stays "Old bear", articles go, first letter is a capital."""
    words = re.sub(r"</?\w[^<>]*>|\[/?\w+\]|[\"“”«»{}\[\]<>|]", "", phrase.definite).split() or phrase.definite.split()
    if len(words) > 1 and words[0].lower() in DETERMINERS | POSSESSIVES:
        words = words[1:]
    name = " ".join(words)[:60]
    return name[:1].upper() + name[1:]


TITLES = frozenset("mr mrs ms dr prof st sr sra jr capt lt sgt col gen rev".split())
"""Words before a name that may carry a full stop."""


@cache
def _is_comparative(word: str) -> bool:
    from lemminflect import getAllLemmas

    found = getAllLemmas(word)
    return word.endswith("er") and any(lemma != word for tag in ("ADJ", "ADV") for lemma in found.get(tag, ()))


def noun_phrases_in(text: str, offset: int = 0) -> list[NounPhrase]:
    """Simple noun phrases of a verb phrase, left to right: "her partner", "a picnic basket", "Ben"."""
    tokens = tokens_of(text)
    found: list[NounPhrase] = []
    index = 0
    while index < len(tokens):
        word = tokens[index].lower
        opens = word in DETERMINERS | POSSESSIVES
        if word in {"no", "none", "nothing"}:
            index += 2  # "no one", "no dog": nobody is there
            continue
        name = (
            not opens
            and tokens[index].text[0].isupper()
            and word not in PRONOUNS | CONJUNCTIONS | PREPOSITIONS | ADVERBS
        )
        if not opens and not name:
            index += 1
            continue
        stop = index + 1
        while stop < len(tokens):
            follower = tokens[stop].lower
            gap = text[tokens[stop - 1].end : tokens[stop].start]
            if tokens[stop - 1].lower in TITLES and gap.strip() == ".":
                stop += 1  # "Mrs. Ito"
                continue
            ends = (
                follower in PREPOSITIONS | CONJUNCTIONS | DETERMINERS | POSSESSIVES | PRONOUNS | PARTICLES | AUXILIARIES
            )
            if ends or is_adverb(follower) or gap.strip() or (name and not tokens[stop].text[0].isupper()):
                break
            if tokens[stop - 1].lower not in DETERMINERS | POSSESSIVES and "VBZ" in verb_forms(follower):
                break
            if not name and _is_comparative(follower):
                break  # "nudges the ball closer"
            behind_noun = not name and is_known_noun(tokens[stop - 1].lower) and not tokens[stop].text[0].isupper()
            if tokens[stop - 1].lower in _MOMENTS and tokens[stop].text[0].isupper():
                break  # "at the same time Ann"
            if behind_noun and (not is_word(follower) or (verb_forms(follower) and not is_known_noun(follower))):
                break  # "a car speds": an unknown word behind a noun is the verb
            stop += 1
        piece = text[tokens[index].start : tokens[stop - 1].end]
        phrase = noun_phrase(piece, offset + tokens[index].start)
        if phrase is not None and (stop - index > 1 or name):
            found.append(phrase)
        index = stop
    return found
