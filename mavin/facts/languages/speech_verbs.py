"""What the words beside a quotation can tell of its speaker, and the verbs that introduce speech."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mavin.facts.languages.english.grammar import Token, verb_forms
from mavin.facts.languages.tables import TABLES

__all__ = [
    "CHINESE_VERBS",
    "FOREIGN_VERBS",
    "SAID_BY_BEHIND",
    "SpeechCue",
    "is_speech_verb",
    "is_voiced_verb",
    "manner_of",
    "speech_verb_in",
]

_VERBS = frozenset(
    (
        "say ask reply answer whisper shout yell scream cry call mutter murmur mumble exclaim announce "
        "explain respond tell add beg order sing sigh laugh declare warn greet hiss gasp snap continue remark "
        "admit insist demand plead promise suggest state comment agree protest bark growl roar chant recite "
        "repeat reveal confess joke tease think wonder begin interrupt observe stammer stutter croak bellow "
        "chuckle giggle groan moan howl urge cheer read speak talk shriek retort quip breathe squawk whimper scold hum bleat command boast complain "
        "apologize apologise concede counter interject note offer pray proclaim propose vow wail"
    ).split()
)
_VOICED = frozenset(
    "boom drawl pipe chirp blurt rasp coo intone purr drone crackle squeak chime holler sob sneer thunder snarl grumble whine wheeze echo rumble "
    "thunder hoot cackle sniff sniffle slur jeer wail trill croon cluck quack meow mew crow gurgle gush muse grunt huff simper".split()
)
"""Verbs of sounds that bring in speech right behind a line only: '"Howdy," *drawls* Tex'."""
_MANNERS = {
    "whisper": "whispering", "murmur": "murmuring", "mutter": "muttering", "mumble": "mumbling", "shout": "shouting",
    "yell": "yelling", "scream": "screaming", "cry": "crying out", "sing": "singing", "sigh": "sighing", "laugh": "laughing",
    "hiss": "hissing", "gasp": "gasping", "snap": "sharply", "ask": "asking", "exclaim": "excitedly", "beg": "begging",
    "plead": "pleading", "order": "commanding", "demand": "demanding", "warn": "warning", "stammer": "stammering",
    "growl": "growling", "roar": "roaring", "groan": "groaning", "chuckle": "chuckling", "giggle": "giggling",
    "announce": "announcing", "shriek": "shrieking", "bellow": "bellowing", "breathe": "breathing", "cheer": "cheering",
}  # fmt: skip
FOREIGN_VERBS = {tag: table.speech_verbs for tag, table in TABLES.items()}
CHINESE_VERBS = r"(?:说|說|问|問|喊|叫|回答|答|喊道|说道|問道|问道|答道|低语|低語|轻声说|大喊|大叫|高喊|尖叫|惊叫|大吼|怒吼|嚷|告诉|道)"

_SAID = r"(?:spoken|said|read(?:\s+out)?|delivered|sung|voiced|whispered|shouted|yelled|screamed|called(?:\s+out)?|asked|muttered|murmured|chanted)"
_BY = r"(?:(?:an?|the|his|her|their)\s+(?:(?!and\b|while\b|as\b|in\b|at\b|with\b)[\w'-]+\s*){1,3}|[A-Z][\w'-]*(?:\s+[A-Z][\w'-]*){0,2})"
SAID_BY_BEHIND = re.compile(
    rf"\(?(?:(?:(?:must|should|will|shall|can|may|has\s+to|have\s+to|needs?\s+to|is\s+to|are\s+to)\s+)?(?:only\s+)?(?:be|is|are|was|were|gets?)\s+)?"
    rf"(?:only\s+)?(?:\w+ly\s+)?{_SAID}\s+(?:\w+ly\s+|only\s+|aloud\s+)?by\s+(?:only\s+)?(?P<who>{_BY})|"
    r"is\s+(?P<owner>[A-Z][\w-]*)['’]s?(?:\s+(?:line|words))?\s*$"
)
"""Behind a line: "must be spoken *by Ada*", "is *Ben*'s"."""


@dataclass(frozen=True, slots=True)
class SpeechCue:
    """What the words beside a quotation say about its speaker.

    Attributes:
        speaker: the words that name the speaker, empty where the clause's subject speaks.
        start: offset of those words in the text that was searched.
        label: whether they are a label ("C1:", "ANNA (whispering):").
        delivery: how it is said.
        only: whether the text holds nothing but the cue.
        addressee: the words that name whom it is said to, empty if nothing tells.
        addressee_start: offset of those words in the text that was searched.
    """

    speaker: str
    start: int
    label: bool = False
    delivery: str = ""
    only: bool = False
    addressee: str = ""
    addressee_start: int = 0


def is_speech_verb(word: str) -> bool:
    """Whether a lower-case word is a form of a verb that introduces speech."""
    from lemminflect import getAllLemmas

    if not verb_forms(word):
        return False
    return any(lemma in _VERBS for lemma in getAllLemmas(word, "VERB").get("VERB", ()))


def is_voiced_verb(word: str) -> bool:
    """Whether a lower-case word is a finite form of a verb of sound: "drawls", "boomed"."""
    from lemminflect import getAllLemmas

    if not word.endswith(("s", "ed")):
        return False
    return any(lemma in _VOICED for lemma in getAllLemmas(word, "VERB").get("VERB", ()))


def manner_of(token: Token, others: list[Token]) -> str:
    """How something is said, after the verb of speech and the words around it ("whispers softly")."""
    from lemminflect import getAllLemmas

    lemmas = getAllLemmas(token.lower, "VERB").get("VERB", ())
    manner = next((_MANNERS[lemma] for lemma in lemmas if lemma in _MANNERS), "")
    adverbs = [other.text for other in others if other.text.endswith("ly") and other.text.islower()]
    return " ".join([*([manner] if manner else []), *adverbs])


def speech_verb_in(text: str, language: str) -> str:
    """The verb of speech in words beside a quotation of another language than English, or ``""``."""
    pattern = FOREIGN_VERBS.get(language)
    match = re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE) if pattern else None
    return match.group().lower() if match else ""
