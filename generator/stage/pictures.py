"""Which picture shows a named thing: words of a text → OpenMoji pictures, in many languages.

Names come from the ``emoji`` package (Unicode's own names and the well-known aliases); words that
those lack, or mean otherwise, are listed in :mod:`generator.stage.lexicon`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from generator.stage import art, tongues
from generator.stage.bonds import VERBS, verb_class
from generator.stage.lexicon import (
    ANIMALS,
    BODY_PARTS,
    COUNTED_AS_VERBS,
    HEIGHTS,
    NEVER,
    SKY,
    SYNONYMS,
    TAKES_MODIFIER,
)
from generator.stage.motion import MOVEMENTS, read_motion
from generator.stage.words import Token, singulars, tokens, word_set

__all__ = ["SLEEP", "Picture", "find_pictures", "picture_of"]

_PERSON = re.compile(r"^(1F468|1F469|1F9D1|1F466|1F467|1F9D2|1F474|1F475|1F9D3|1F476)(-|$)")
_PEOPLE = word_set(
    "1F46E 1F477 1F482 1F575 1F934 1F478 1F9D9 1F9DA 1F9DB 1F9DD 1F9DE 1F9DF 1F385 1F936 1F9B8 1F9B9 1F470 1F935 "
    "1F9D5 1F977 1F471 1F9D4 1F473 1FAC5"
)
_LANGUAGES = word_set("es ja ko pt it fr de fa id zh ru tr ar")


SLEEP = "1F4A4"
"""The sign of sleep, whose names are those of sleepers."""
_BLACK_CAT = "1F408-200D-2B1B"  # a cat like others, and painted as its words say


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that stands for a word of a text.

    Attributes:
        code: OpenMoji code points.
        word: what it was found by.
        start: character offset of that word in the text.
        kind: ``person``, ``animal``, ``sky`` or ``thing``.
        height: how tall it stands in the world, in units of which a grown person has 60.
        count: how many the text names, up to three.
    """

    code: str
    word: str
    start: int
    kind: str
    height: float
    count: int = 1


@lru_cache(maxsize=16)
def _index(language: str) -> dict[str, str]:
    import emoji

    if language != "en":
        emoji.config.load_language(language)
    names: dict[str, str] = {}
    for char, data in emoji.EMOJI_DATA.items():
        entry: dict[str, Any] = data
        code = "-".join(f"{ord(c):04X}" for c in char if c != "\ufe0f")
        name = entry["en"].strip(":")
        rude = char == "\N{REVERSED HAND WITH MIDDLE FINGER EXTENDED}"
        if (
            code in (_BLACK_CAT, SLEEP)
            or rude
            or entry["status"] != 2
            or "skin_tone" in name
            or not art.exists(code)
            or _is_sign(char, name)
        ):
            continue
        for key in (
            [entry.get(language, ""), *(entry.get("alias") or ())] if language == "en" else [entry.get(language)]
        ):
            phrase = _phrase(key or "")
            if phrase:
                names.setdefault(phrase, code)
    if language == "en":
        for word in [*NEVER, *filter(_is_verb, names)]:
            names.pop(word, None)
        names = {**names, **{word: code for word, code in SYNONYMS.items() if art.exists(code)}}
    for word in tongues.NEVER.get(language, ()):
        names.pop(word, None)
    return names | tongues.NOUNS.get(language, {})


@lru_cache(maxsize=16)
def _signs(language: str) -> tuple[str, ...]:
    # What is looked for in scripts without spaces, longest first; of single signs animals and listed words only.
    index, listed = _index(language), tongues.NOUNS.get(language, {})
    names = [
        name for name, code in index.items()
        if not name.isascii() and (len(name) > 1 or name in listed or code in ANIMALS)
    ]  # fmt: skip
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


_UNSPACED = word_set("zh ja ko")
_LATIN = re.compile(r"[A-Za-z]")


@lru_cache(maxsize=16)
def _english_beside(foreign: frozenset[str]) -> dict[str, str]:
    return {name: code for name, code in _index("en").items() if name not in foreign}


def _is_verb(word: str) -> bool:
    # "hugs" and "kick" name pictures of doing, not of things.
    return any(stem in VERBS or stem in MOVEMENTS for stem in singulars(word))


def _phrase(key: str) -> str:
    return re.sub(r"[_\s:]+", " ", key.casefold()).replace("’", "'").strip()


def _is_sign(char: str, name: str) -> bool:
    # Flags, keycaps, clock faces, arrows, squares and letters are no pictures of things.
    first = ord(char[0])
    if 0x1F1E6 <= first <= 0x1F1FF or first < 0x231A or 0x1F170 <= first <= 0x1F251 or 0x1F500 <= first <= 0x1F53D:
        return True
    if 0x2194 <= first <= 0x21FF or 0x1F550 <= first <= 0x1F567 or 0x1F7E0 <= first <= 0x1F7FF:
        return True
    return bool(
        re.search(r"button|symbol|_sign$|square|arrow|circle$|zodiac|prohibited|keycap|_mark$|^raised_hand$", name)
    )


def _language(language: str) -> str:
    primary = language.casefold().split("-")[0]
    return primary if primary in _LANGUAGES else "en"


def _kind(code: str) -> str:
    if _PERSON.match(code) or code.split("-")[0] in _PEOPLE:
        return "person"
    if code in ANIMALS:
        return "animal"
    return "sky" if code in SKY else "thing"


def _make(code: str, word: str, start: int) -> Picture:
    kind = _kind(code)
    fallback = {"person": 60.0, "animal": 26.0, "sky": 22.0}.get(kind, 17.0)
    return Picture(code, word, start, kind, HEIGHTS.get(code, fallback))


def _lookup(
    words: tuple[Token, ...], at: int, index: dict[str, str], bound: frozenset[str]
) -> tuple[str, str, int] | None:
    # The longest name that begins here, its last word also in the singular.
    for length in (3, 2, 1):
        if at + length > len(words):
            continue
        if length == 1 and words[at] in bound and words[at].before not in tongues.ARTICLES:
            continue
        head = [str(word) for word in words[at : at + length - 1]]
        last = words[at + length - 1]
        for form in singulars(last):
            phrase = " ".join([*head, form])
            if length == 1 and form in COUNTED_AS_VERBS and not _noun_before(words, at, form):
                break  # "the flash fires" has no fir either
            if phrase in index:
                return index[phrase], phrase, length
    return None


def _noun_before(words: tuple[Token, ...], at: int, form: str) -> bool:
    # "the old bat": up to four words may stand between the article and its noun, but "the alarm rings" is a verb
    # and so is "two athletes train".
    if words[at].is_noun:
        return True
    if not words[at].before and (form != words[at] or (at + 1 < len(words) and words[at + 1].endswith("s"))):
        return True  # "Waves splash", "Smoke rises"
    if form != words[at]:
        # "the numbered rings", but "the alarm rings"
        # and "a boy drops", "the queen rings"
        described = at > 0 and words[at - 1].is_noun and bool(_ADJECTIVE.search(words[at - 1]))
        return described and str(words[at - 1]) not in _index("en")
    for back in (1, 2, 3, 4):
        if at - back < 0:
            return False
        before = words[at - back]
        if (before.endswith("s") and not before.endswith("ss")) or before in _NO_ADJECTIVES:
            return False
        if before.is_noun:
            return True
        if verb_class(str(before)) or read_motion(str(before)).name != "stand":
            return False
    return False


_ADJECTIVE = re.compile(r"(ed|en|ful|ous|ic|ish|al|y|old|new|big|small|little|red|blue|green|white|black|brown)$")
_NO_ADJECTIVES = word_set(
    "men women people children mice geese wolves police crew and or but then while as when that which who to in on at "
    "of with by from into onto over under behind first later will can would slowly quickly it they he she"
)
_OWNERS = word_set("its his her their my your our both")


def _is_part(words: tuple[Token, ...], at: int) -> bool:
    # "its wings", "the elephant's trunk", "their rhino horns": of a body, not lying about.
    if not any(form in BODY_PARTS for form in singulars(words[at])):
        return False
    before = [str(word) for word in words[max(0, at - 2) : at]]
    return any(word in _OWNERS or word.endswith(("'s", "’s")) for word in [*before, words[at].before])


def _describes(words: tuple[Token, ...], at: int, text: str) -> bool:
    # Whether the noun before this one only describes it: nothing but a blank or hyphen is between them.
    before = words[at - 1]
    return text[before.start + len(before) : words[at].start] in (" ", "-") and singulars(before)[-1] == before


def _count(words: tuple[Token, ...], at: int, length: int, name: str) -> int:
    # "Two foxes", "some apples", "chickens": a plural is at least two; "a thermos" is none.
    last = words[at + length - 1]
    if name.split()[-1] == last or last.endswith(("'s", "’s")) or str(last) in _ONLY_PLURAL:
        return 1
    return 2 if {"two", "both", "pair"} & {str(word) for word in words[max(0, at - 3) : at]} else 3


_ONLY_PLURAL = word_set(
    "glasses sunglasses scissors jeans trousers pants shorts goggles stairs fireworks headphones books noodles fries"
)


def find_pictures(text: str, language: str = "en") -> tuple[Picture, ...]:
    """The pictures of the things that a text names, each once, in order of the text."""
    words = tokens(text)
    spoken = _language(language)
    indexes = [_index(spoken)]
    if spoken != "en":
        foreign = tongues.NEVER.get(spoken, frozenset()) | tongues.WITH_ARTICLE.get(spoken, frozenset())
        indexes.append({} if spoken in ("zh", "ja") and not _LATIN.search(text) else _english_beside(foreign))
    bound = tongues.WITH_ARTICLE.get(spoken, frozenset())
    found: list[Picture] = []
    at = 0
    modified = -1  # index of the word up to which a picture was found, if its noun may only describe the next
    while at < len(words):
        hit = next((hit for index in indexes if (hit := _lookup(words, at, index, bound))), None)
        if hit is None or _is_part(words, at):
            at += 1
            continue
        code, phrase, length = hit
        alive = found and found[-1].kind in ("person", "animal")
        if modified == at and found and _describes(words, at, text) and not (alive and words[at].endswith("s")):
            found.pop()  # "a paper bag" is a bag
        at += length
        modified = at
        if at < len(words) and any(form in TAKES_MODIFIER for form in singulars(words[at])):
            continue
        if all(code != other.code for other in found):
            found.append(
                replace(_make(code, phrase, words[at - length].start), count=_count(words, at - length, length, phrase))
            )
        else:
            modified = -1
    if not text.isascii() and (spoken in _UNSPACED or not found):
        # Scripts without spaces: look for names anywhere in the text, longest first.
        folded = tongues.IDEOGRAMS.sub(lambda match: " " * len(match[0]), text.casefold())
        for phrase in _signs(spoken):
            start = folded.find(phrase)
            if start >= 0:
                code = indexes[0][phrase]
                if all(code != other.code for other in found):
                    found.append(_make(code, phrase, start))
                folded = folded.replace(phrase, " " * len(phrase))
        found.sort(key=lambda picture: picture.start)
    return tuple(found[:10])


def picture_of(name: str, language: str = "en") -> Picture | None:
    """The picture of a thing by its name: the last one that the name holds ("a picnic basket" → the basket)."""
    # The article makes nouns of words that are verbs elsewhere.
    found = find_pictures(name if not name.isascii() else f"the {name}", language)
    return found[-1] if found else None
