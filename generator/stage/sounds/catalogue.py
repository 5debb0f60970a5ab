"""All kinds of sound: their makers, which can go on as a background, and the search for them in words."""

from __future__ import annotations

import re
from functools import lru_cache

from generator.stage.pictures import find_pictures
from generator.stage.sounds import animals, instruments, machines, objects, people, weather
from generator.stage.sounds.tools import Maker
from generator.stage.sounds.vocabulary import ENGLISH, FOREIGN, PICTURED, PLACES, Entry
from generator.stage.words import singulars, stem_in, tokens

__all__ = ["KINDS", "NEUTRAL", "SUSTAINED", "kind_of", "kinds_of_place", "kinds_told"]

NEUTRAL = "neutral"
"""The kind of what no word tells: a soft rush of air."""

KINDS: dict[str, Maker] = {
    name: getattr(module, name)
    for module in (weather, animals, people, objects, machines, instruments)
    for name in sorted({entry.kind for entry in (*ENGLISH, *FOREIGN)} | {NEUTRAL})
    if hasattr(module, name) and getattr(module, name).__module__ == module.__name__
}
"""Kind of sound → its maker."""

SUSTAINED = frozenset(
    "rain wind sea stream waterfall drip boiling fire sizzle crickets birds bee crowd applause cheer traffic engine boat "
    "train plane rocket hum machine vacuum fan washing static clock heartbeat gull frog owl snow truck "
    "breath helicopter computer hail".split()
)
"""Kinds that can go on for a whole shot as its background."""


def kind_of(text: str, language: str = "en") -> str:
    """The kind of sound that a text speaks of, :data:`NEUTRAL` where no word is known."""
    told = kinds_told(text, language)
    return told[0] if told else NEUTRAL


@lru_cache(maxsize=1024)
def kinds_told(text: str, language: str = "en") -> tuple[str, ...]:
    """All kinds of sound that a text speaks of, the likeliest first."""
    english = language.casefold().split("-")[0] == "en"
    for table in (ENGLISH, FOREIGN) if english else (FOREIGN, ENGLISH):
        found = _ranked(text, table)
        if found:
            return found
    pictured = (PICTURED.get(picture.code) for picture in find_pictures(text, language))
    return tuple(dict.fromkeys(kind for kind in pictured if kind))


def kinds_of_place(*texts: str) -> tuple[str, ...]:
    """The kinds of background that the words of settings call for, in order of the texts."""
    found: dict[str, None] = {}
    for text in texts:
        found.update(dict.fromkeys(_ranked(text, PLACES)))
    return tuple(found)


def _ranked(text: str, table: tuple[Entry, ...]) -> tuple[str, ...]:
    folded = text.casefold()
    words = tokens(text)
    # Of phrases that lie in one another only the longest speaks.
    hits: list[tuple[int, int, Entry]] = []
    for entry in _candidates(table, folded):
        for start, end in _places(entry, folded, words):
            hits.append((start, end, entry))
    hits.sort(key=lambda hit: (hit[0] - hit[1], hit[0]))
    taken: list[tuple[int, int]] = []
    scores: dict[str, tuple[float, int]] = {}
    for start, end, entry in hits:
        if any(one <= start and end <= two and (one, two) != (start, end) for one, two in taken):
            continue
        taken.append((start, end))
        phrase = entry.phrase.count(" ")
        score, first = scores.get(entry.kind, (0.0, start))
        scores[entry.kind] = (score + entry.weight + 1.5 * phrase, min(first, start))
    return tuple(sorted(scores, key=lambda kind: (-scores[kind][0], scores[kind][1])))


def _candidates(table: tuple[Entry, ...], folded: str) -> list[Entry]:
    # A word can only match where its first three letters (fewer in other scripts) stand in the text.
    return [entry for entry in table if entry.phrase[: 3 if entry.phrase.isascii() else 1] in folded]


def _places(entry: Entry, folded: str, words: tuple[object, ...]) -> list[tuple[int, int]]:
    if _unspaced(entry.phrase):
        return [(match.start(), match.end()) for match in re.finditer(re.escape(entry.phrase), folded)]
    parts = entry.phrase.split()
    found = []
    for at in range(len(words) - len(parts) + 1):
        piece = words[at : at + len(parts)]
        if all(_same(str(word), part, entry.prefix and last) for word, part, last in
               zip(piece, parts, [False] * (len(parts) - 1) + [True], strict=True)):  # fmt: skip
            first, final = piece[0], piece[-1]
            found.append((first.start, final.start + len(str(final))))  # type: ignore[attr-defined]
    return found


def _same(word: str, part: str, prefix: bool) -> bool:
    if prefix:
        return word.startswith(part)
    return word == part or part in singulars(word) or (part.isascii() and stem_in(word, frozenset({part})))


def _unspaced(phrase: str) -> bool:
    return any("\u2e80" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3" for char in phrase)
