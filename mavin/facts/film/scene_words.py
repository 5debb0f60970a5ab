"""Where and when, said in bare words: "Night.", "Interior. Kitchen. Midnight.", "Rooftop, dawn.", "A kitchen at night."."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from mavin.facts.languages.english.grammar import find_verb, tokens_of

__all__ = ["SceneWords", "bare_place", "find_scene_words"]

_HOUR: Final = (
    r"(?:early\s+|late\s+|next\s+|the\s+next\s+|that\s+)?(?:morning|afternoon|evening|night|midnight|noon|midday|dawn|dusk|twilight|daybreak|"
    r"nightfall|sunrise|sunset|daytime|day|golden\s+hour)"
)
_PLACE: Final = (
    r"(?:(?:small|dark|empty|crowded|busy|quiet|old|modern|rainy|snowy|foggy|sunny|dusty|abandoned|village|city|school|hotel|hospital|train|"
    r"police|space|subway|bus|fire)\s+){0,2}(?:kitchen|bedroom|bathroom|living\s+room|dining\s+room|room|office|hallway|corridor|attic|basement|"
    r"cellar|garage|classroom|library|museum|gallery|bar|pub|café|cafe|diner|restaurant|bakery|hospital|laboratory|lab|workshop|factory|"
    r"warehouse|church|castle|street|alley|rooftop|roof|balcony|beach|forest|desert|park|garden|field|farm|station|airport|harbou?r|market|"
    r"stadium|gym|spaceship|subway|courtroom|prison|lobby|elevator|stairwell|parking\s+lot|playground|graveyard|cemetery|battlefield|cave|"
    r"lighthouse|ballroom|dungeon|arena|barn|stable|theatre|theater|supermarket|bus\s+stop)"
)
_INSIDE: Final = r"(?:interior|exterior|inside|outside|indoors|outdoors|int|ext)"
_JOINT: Final = r"\s*[.,:–—-]\s*"
_FRAGMENT: Final = re.compile(
    rf"(?:^|(?<=[.!?\n]))[ \t]*(?P<words>(?:{_INSIDE}(?:{_JOINT}|(?=\s*\.)))?(?P<place>{_PLACE})?(?:(?(place){_JOINT}|))(?P<hour>{_HOUR})?|"
    rf"(?P<only>{_INSIDE}|{_PLACE}))\s*[.\n](?=\s*[^\s.])",
    re.IGNORECASE,
)


_HEADING: Final = re.compile(r"(?:INT|EXT)\.?\s+[A-Z]{2}")
"""How a screenplay's heading begins, which is read as a whole: "INT. DINER - NIGHT."."""


@dataclass(frozen=True, slots=True)
class SceneWords:
    """One such remark.

    Attributes:
        start: where it begins.
        end: behind its full stop.
        place: the place in it, or "".
        hour: the time of day in it, or "".
    """

    start: int
    end: int
    place: str
    hour: str


def find_scene_words(text: str) -> Iterator[SceneWords]:
    """The bare remarks about place and time of day in a text, as far as something is told behind them."""
    for match in _FRAGMENT.finditer(text):
        words = match["words"].strip()
        if words and not _HEADING.match(text, match.start("words")):
            only = match["only"] or ""
            place = match["place"] or ("" if re.fullmatch(_INSIDE, only, re.IGNORECASE) else only)
            yield SceneWords(match.start("words"), match.end(), place, match["hour"] or "")


_SENTENCE: Final = re.compile(
    rf"\W*(?P<np>(?:(?:an?|the)\s+)?(?:[\w'-]+\s+){{0,3}}?(?P<head>[\w'-]+))"
    rf"(?:,?\s+(?:(?:at|in|by|during)\s+)?(?:the\s+)?(?:(?:summer|winter)\s+)?(?:{_HOUR}|rain|snow|fog|moonlight))*\W*",
    re.IGNORECASE,
)


def bare_place(sentence: str, places: Collection[str]) -> str | None:
    """The place that a sentence without a verb sets ("A kitchen at night."), as a setting; ``None`` if it sets none.

    Args:
        sentence: the words of one event.
        places: nouns for places, in lower case and the singular.
    """
    match = _SENTENCE.fullmatch(sentence)
    if match is None or find_verb(tokens_of(sentence)) is not None:
        return None  # "Mara climbs the stairs" happens
    head = match["head"].casefold()
    if head not in places and head.removesuffix("s") not in places:
        return None
    return match["np"][:1].upper() + match["np"][1:]
