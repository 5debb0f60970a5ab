"""The several places that an overview only sums up: "across dramatically different natural environments".

one beat   tests a prototype across different natural environments
shots      … across different natural environments │ … in another natural environment │ … in a third natural environment
settings   a pine forest                           │ a rocky shore                    │ a dry desert slope
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from mavin.caption import MAX_SHOTS
from mavin.facts import Event, Facts
from mavin.facts.languages.english.grammar import noun_lemma, verb_forms
from scripting.word_tables import WordTable, entries, first_entry, whole_words

__all__ = ["air_of", "is_journey", "place_on_the_way", "spread"]

_MANY = re.compile(
    r"\b(?P<prep>across|through|throughout|in|over|around|along|to|into|between|among|at|visits?|explores?|tours?|discovers?|crosses|experiences?|documents?)\s+"
    r"(?:(?:\w+ly|very|many|several|all|three|four|five)\s+)*(?:different|various|several|many|multiple|diverse|varied|contrasting|distinct|unfamiliar)\s+"
    r"(?P<adjectives>(?:(?!and\b)[\w-]+\s+){0,2}?)(?P<noun>[\w-]+s)\b(?!\s*(?:[—–:]|,\s+first\b|,?\s+such as|,?\s+including))",
    re.IGNORECASE,
)
_PLACE_NOUNS = re.compile(
    r"(?:environment|location|place|setting|space|landscape|culture|cuisine|tradition|city|citie|country|countrie|world|region|terrain|"
    r"habitat|ecosystem|climate|neighbou?rhood|district|street|venue|stage|room|home|house|workshop|studio|kitchen|market|season|era|"
    r"century|centurie|decade|planet|realm|dimension|island|village|town|farm|garden|forest|mountain|beache?|desert|river|lake)s",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"\b(?:an?|the|another)\s+(?:(?:second|third|fourth|fifth)\s+)?(?P<adjective>(?:[\w-]+\s+){0,2}?)"
    r"(?P<noun>environment|location|place|setting|landscape|culture|cuisine|tradition|climate|habitat|terrain|world|era|season|region|country|city)\b",
    re.IGNORECASE,
)

# What an adjective alone tells of a place.
_KINDS: WordTable = (
    (r"quiet|silent|calm|peaceful|still|solitary", "A silent reading room with tall shelves"),
    (r"chaotic|busy|noisy|crowded|loud|bustling|hectic|lively", "A crowded street market under awnings"),
    (r"futuristic|high-tech|digital|virtual|sci-fi|cutting-edge", "A white glass hall with strips of blue light"),
    (r"natural|wild|green|rural|remote|pastoral", "A forest path beside a stream"),
    (r"industrial|mechanical|gritty", "A factory hall with steel beams"),
    (r"urban|metropolitan|modern", "A city rooftop between tall buildings"),
    (r"cold|snowy|frozen|icy|arctic|polar|wintry", "A frozen lake under a pale sky"),
    (r"hot|dry|arid|barren|desert", "A bare desert slope under a hard sun"),
    (r"dark|gloomy|eerie|underground", "A brick cellar under a single bulb"),
    (r"luxurious|elegant|glamorous|formal", "A hotel lobby with chandeliers and marble"),
    (r"historic|historical|ancient|old|traditional|medieval", "A stone courtyard with worn arches"),
    (r"coastal|tropical|seaside|maritime", "A palm-lined beach beside green water"),
    (r"domestic|cozy|cosy|intimate|homely", "A small living room with a lamp and a rug"),
    (r"abandoned|ruined|desolate", "A roofless hall overgrown with ivy"),
)
# Where a journey comes to rest.
_STOPS: WordTable = (
    (r"rehears\w*", "A bare rehearsal hall with tape on the floor"),
    (r"runway|catwalk", "A long lit runway between rows of seats"),
    (r"community|tasting|feast|banquet", "A bright community hall with one long table"),
    (r"concert|premiere|on stage", "A wide stage under warm spotlights"),
    (r"exhibition|gallery", "A white gallery with pictures in a row"),
)
_CONTRASTS = (
    "A silent hall with tall windows",
    "A crowded street market under awnings",
    "A forest path beside a stream",
    "A white glass hall with strips of blue light",
)
# What the noun and its adjectives tell of several places; the bed of sound under all of them.
_TOPICS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        r"seasons?",
        ("A park avenue in spring blossom", "A tall summer meadow at noon", "A park avenue with red autumn leaves", "A park avenue under fresh snow"),
        "A light wind",
    ),
    (
        r"eras?|centur\w+|decades?|periods?|historical",
        ("A stone courtyard lit by torches", "A panelled room with gas lamps", "A chrome diner with red neon", "A white glass hall with strips of blue light"),
        "Quiet room tone",
    ),
    (
        r"planets?|worlds?|realms?|dimensions?",
        ("A red plain under two pale moons", "A shore of glowing blue sand", "A grove of tall crystal columns", "A grey crater rim under black sky"),
        "A deep, even hum",
    ),
    (
        r"oceans?|seas?|underwater|reefs?|marine|aquatic",
        ("A coral reef in clear blue water, underwater", "A dark kelp forest underwater", "A sandy seabed beside a wreck, underwater"),
        "Muffled water and slow bubbles",
    ),
    (
        r"coffee|tea|espresso",
        ("A narrow bar with a marble counter and a brass machine", "A tiled courtyard with copper trays on low tables", "A shady yard with a clay stove", "A room of pale wood with paper screens"),
        "A quiet crowd in the background",
    ),
    (
        r"food|culinary|cuisines?|kitchens?|cooking",
        ("A market lane under paper lanterns", "A tiled courtyard with a clay oven", "A seaside stall with a striped awning", "A small kitchen with blue tiles"),
        "A quiet crowd in the background",
    ),
    (
        r"natur\w+|wild\w*|terrains?|habitats?|ecosystems?|landscapes?|climates?|outdoor|mountains?|forests?|islands?|remote",
        ("A pine forest with mossy ground", "A rocky shore beside the sea", "A dry desert slope under a hard sun", "An alpine meadow below bare peaks"),
        "A light wind",
    ),
    (
        r"urban|cit(?:y|ies)|streets?|downtown|neighbou?rhoods?|districts?|metropolitan",
        ("A city rooftop above narrow streets", "A tiled underpass with a row of lamps", "A riverside quay with iron railings", "A wide crossing between glass towers"),
        "Distant traffic",
    ),
    (
        r"cultur\w+|traditions?|countr\w+|regions?|villages?|towns?|heritage",
        ("A tiled courtyard with a fountain", "A wooden hall with paper screens", "A village square under a broad tree", "A harbour street with painted houses"),
        "A quiet crowd in the background",
    ),
)  # fmt: skip


def is_journey(text: str) -> bool:
    """Whether a text sums up several places in one phrase."""
    match = _MANY.search(text)
    return match is not None and _PLACE_NOUNS.fullmatch(match["noun"]) is not None


def spread(beats: Sequence[Event], facts: Facts) -> list[Event]:
    """The beats of an overview, with a shot each for up to three of the places that one of them sums up."""
    found = list(beats)
    for number, beat in enumerate(beats):
        match = _MANY.search(beat.text)
        if match is None or not is_journey(beat.text) or beat.quotes:
            continue
        again = _again(beat, match, facts)
        room = min(2, MAX_SHOTS - len(beats))
        ordinals = ("another", "a third")[:room]
        found[number + 1 : number + 1] = [replace(beat, text=again.format(which), weak=True) for which in ordinals]
        return found
    return found


def _again(beat: Event, match: re.Match[str], facts: Facts) -> str:
    """The clause for one more place, with ``{}`` where "another" stands."""
    head = beat.text[: match.start()].strip(" ,")
    subject = next((role for key in beat.roles if head.startswith((role := facts.role(key)).mention)), None)
    if subject is not None:
        deeds = head[len(subject.mention) :].strip()
        last = re.split(r"\s+and\s+", deeds)[-1]
        if verb_forms(last.split()[0].lower() if last else "") & {"VBZ", "VBP"}:
            deeds = last
        head = f"{subject.phrase[:1].upper()}{subject.phrase[1:]} {deeds}"
    prep = match["prep"].lower()
    prep = prep if prep not in {"across", "throughout", "over", "around", "between", "among"} else "in"
    noun = noun_lemma(match["noun"].lower())
    return f"{head} {prep} {{}} {match['adjectives']}{noun}".replace("  ", " ")


def place_on_the_way(clause: str, story: str, seen: Collection[str]) -> str | None:
    """A place for a clause that names one of several, or sums them up; ``None`` if it does neither.

    Args:
        clause: the shot's words.
        story: the whole prompt.
        seen: the places of the shots before, which do not come again.
    """
    if match := re.search(r", first (?P<words>an? [\w -]+)$", clause):
        clause = match["words"]  # the first of an overview's list
    if is_journey(clause):
        many = _MANY.search(clause)
        words = f"{many['adjectives']}{many['noun']}" if many else ""
    elif one := _ONE.search(clause):
        words = one.group()
        if not is_journey(story):
            told = entries(_KINDS, one["adjective"])
            return next((place for place in told if place not in seen), None)
    else:
        return first_entry(_STOPS, clause) if is_journey(story) else None
    topic = _topic(words)
    return next((place for place in (*(topic[0] if topic else ()), *_CONTRASTS) if place not in seen), None)


def _topic(words: str) -> tuple[tuple[str, ...], str] | None:
    return next(
        ((places, air) for pattern, places, air in _TOPICS if whole_words(pattern).search(words)),
        None,
    )


def air_of(story: str) -> str:
    """A bed of sound that fits all the places of a journey."""
    many = _MANY.search(story)
    topic = _topic(f"{many['adjectives']}{many['noun']}") if many else None
    return topic[1] if topic else "A low hum of air"
