"""Names between commas behind what their bearers are: "Ein alter Fischer, Hein, steht", "su perro, Rayo".

Ein Mann im grauen Mantel , Otto , wartet
└ bearer ┘                  name   what follows tells that no list goes on
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from mavin.facts.languages.closed_words import Words, words_of
from mavin.facts.languages.european.inflections import Finite
from mavin.facts.languages.european.people import TITLES, is_first_name
from mavin.facts.languages.european.phrases import common_phrase, noun_phrase_at
from mavin.facts.languages.european.words import is_determiner, is_finite_at, words_in
from mavin.facts.languages.reading import Mention
from mavin.facts.text import MASK

__all__ = ["BetweenCommas", "find_between_commas", "one_of_several"]

_NAME = re.compile(
    r",\s+(?=[^\W\d_a-zß-ÿ]|(?:(?:el|la|il|o|a)\s+)?(?i:sra?|dra?|sig|dott|prof|señora?|signora?|senhora?|don|doña|dona)\b\.?\s)"
)
_STOP = re.compile(rf"(?<!\b[SD]r)(?<!\bSra)(?<!\bDra)(?<!\bSig)(?<!\bProf)\.|[,;:!?\n()«»„“”\"{MASK}—]")
_LONGEST = 120
"""Characters before the comma in which the bearer is looked for."""


@dataclass(frozen=True, slots=True)
class BetweenCommas:
    """A name between commas and whom it names.

    Attributes:
        start: where the bearer's noun phrase begins.
        end: where it ends.
        name: the name.
        name_start: where the name begins.
    """

    start: int
    end: int
    name: str
    name_start: int


def find_between_commas(masked: str, language: str) -> tuple[BetweenCommas, ...]:
    """All names between commas that stand behind a noun phrase for one person or animal.

    Args:
        masked: the prompt, quotations masked.
        language: ``de``, ``es``, ``fr``, ``it`` or ``pt``; other languages have none here.
    """
    table = words_of(language)
    if table is None:
        return ()
    found = []
    for comma in _NAME.finditer(masked):
        name = _name_at(masked, comma.end(), language, table)
        if name is None or not _closes(masked, comma.end() + name.end, language, table):
            continue
        floor = max(0, comma.start() - _LONGEST)
        stops = list(_STOP.finditer(masked, floor, comma.start()))
        left = stops[-1].end() if stops else floor
        bearer = _bearer(masked[left : comma.start()], language, table, name)
        if bearer is not None:
            start, end = left + bearer[0], left + bearer[1]
            found.append(BetweenCommas(start, end, name.name, comma.end() + name.end - len(name.name)))
    return tuple(found)


def _name_at(masked: str, at: int, language: str, table: Words) -> Mention | None:
    text = ", " + masked[at : at + 60]  # no word of it opens a sentence
    words = [word for word in words_in("x" + text) if word.start > 1]
    read = noun_phrase_at("x" + text, words, 0, language, table) if words else None
    if read is None and words and words[0].lower in TITLES:
        read = common_phrase("x" + text, words, 0, 0, language, table)  # "doña Carmen"
    if read is None:
        return None
    mention = read[0]
    alive = mention.person or mention.animal
    if not mention.named and not (language == "de" and " " not in mention.text and not alive):
        return None  # a German noun may be a name that the dictionary holds as a word ("Rex", "Hein")
    return replace(mention, start=mention.start - 3, end=mention.end - 3)


def _closes(masked: str, end: int, language: str, table: Words) -> bool:
    """Whether a comma or a stop shuts the apposition and no list goes on behind it."""
    shut = re.compile(rf"\s*(?:(?P<comma>,)\s*|(?=[.!?:;\n{MASK}]|$))").match(masked, end)
    if shut is None:
        return False
    if shut["comma"] is None:
        return True
    rest = masked[shut.end() : shut.end() + 80]
    if not rest or rest[0] == MASK:
        return True
    if rest[0].isupper():
        return False
    words = words_in("x " + rest)[1:]
    determined = bool(words) and is_determiner(words[0], table)
    relative = language == "de" and bool(words) and words[0].lower in {"der", "die", "das"}
    acts = len(words) > 1 and is_finite_at(words, 1, language) is Finite.SURE  # "la sigue": no list goes on
    return not determined or relative or acts


def _bearer(text: str, language: str, table: Words, name: Mention) -> tuple[int, int] | None:
    """Offsets of the last noun phrase before the comma whose verb, if any, stands before it."""
    words = words_in(text)
    best: tuple[int, int] | None = None
    at = 0
    while at < len(words):
        read = noun_phrase_at(text, words, at, language, table)
        if read is None or read[0].pronoun:
            led = at > 0 and words[at - 1].lower in table.prepositions | table.determiners  # "im grauen Mantel"
            if best is not None and not led and is_finite_at(words, at, language) is Finite.SURE:
                best = None
            at += 1
            continue
        mention, after = read
        ends = after == len(words) and not text[words[-1].end :].strip()
        alive = mention.person or mention.animal
        told = is_determiner(words[at], table) and not mention.named and not mention.plural
        # "O doente, Artur, responde": what opens a sentence and has a name between commas is somebody.
        if told and (alive or (ends and (at == 0 or is_first_name(name.name.split()[0])))):
            best = (mention.start, mention.end)
        elif mention.named and is_first_name(mention.name.split()[0]):
            best = None
        at = after
    return best or _most(text)


_MOST = re.compile(
    r"(?:(?:el|la|il|lo|o|a|le)\s+(?:más|più|mais|plus)\s+[^\W\d_]+|(?:der|die|das)\s+[a-zäöü]+(?:ste|ere)r?|"
    r"(?:el|la|il|lo|l['’]|o|a|le|der|die|das)\s*(?:mayor|menor|maggiore|minore|aînée?|cadette?|otr[oa]|altr[oa]|outr[oa]|autre|andere|"
    r"primer[oa]|segund[oa]|prim[oa]|second[oa]|premier|première|erste|zweite|primeir[oa]))\s*$",
    re.IGNORECASE,
)


def _most(text: str) -> tuple[int, int] | None:
    """ "Das kleinste", "el más joven", "a mais nova": one of whom was told before."""
    match = _MOST.search(text)
    return None if match is None else (match.start(), len(text.rstrip()))


def one_of_several(prompt: str, start: int) -> str | None:
    """The name of one of a group that was counted before an offset: "Dos policías … El más joven, Iván,"."""
    for comma in _NAME.finditer(prompt, start):
        name = re.compile(r"[^\W\d_][\w'’-]*").match(prompt, comma.end())
        if (
            name is not None
            and name.group()[0].isupper()
            and _MOST.search(prompt[max(start, comma.start() - 40) : comma.start()])
        ):
            return name.group()
    return None
