"""What code itself can take from an English instruction: light and weather, what is worn, words that must come back."""

from __future__ import annotations

import re

from mavin.facts.languages.english.grammar import is_adjective, is_noun, is_word
from scripting.contracts import content_stems
from scripting.editor.topics import Topic
from scripting.plausible import Medium, medium_of

__all__ = ["bare_place", "light_phrase", "lit_place", "names_more", "wanted_stems", "worn_phrase"]

_LIGHTS = (
    (r"\b(?:at )?midnight\b", "at midnight"),
    (r"\bmoonli\w+\b", "by moonlight"),
    (r"\b(?:at |by )?night\b|\bnight-?time\b", "at night"),
    (r"\b(?:at )?dusk\b", "at dusk"),
    (r"\b(?:at )?sunset\b", "at sunset"),
    (r"\b(?:at )?(?:dawn|sunrise|daybreak)\b", "at dawn"),
    (r"\b(?:in the )?(?:early )?morning\b", "in the morning"),
    (r"\b(?:in the )?evening\b", "in the evening"),
    (r"\b(?:at )?(?:noon|midday)\b", "at noon"),
    (r"\b(?:in (?:the )?|heavy )?rain(?:s|ing|y)?\b", "in the rain"),
    (r"\b(?:in (?:the )?)?snow(?:s|ing|y)?\b", "in the snow"),
    (r"\b(?:in (?:the )?|thick )?(?:fog|foggy)\b", "in fog"),
    (r"\bmist(?:y)?\b", "in mist"),
    (r"\b(?:in (?:a |the )?)?storm(?:y)?\b", "in a storm"),
    (r"\b(?:in )?winter\b", "in winter"),
    (r"\b(?:in )?summer\b", "in summer"),
)
_OLD_LIGHT = re.compile(
    r",[^,]*\b(?:daylight|sunlight|sunlit|sun|sunny|noon|midday|morning|afternoon|evening|dusk|dawn|sunset|sunrise|night|moonlight|moonlit|midnight|light)\b[^,]*(?=,|$)|"
    r"\s+(?:at (?:night|dusk|dawn|noon|sunset|sunrise|midnight)|in the (?:morning|afternoon|evening)|by (?:day|night|moonlight)|in (?:soft |bright )?daylight)\b",
    re.IGNORECASE,
)


def light_phrase(clause: str) -> str | None:
    """The hour, light or weather that a clause asks for, as words for a setting; ``None`` if it asks for more than that."""
    found = [
        (match.start(), words) for pattern, words in _LIGHTS if (match := re.search(pattern, clause, re.IGNORECASE))
    ]
    if not found:
        return None
    phrases: list[str] = []
    for _, words in sorted(found):
        if words not in phrases and not (words == "at night" and "at midnight" in phrases):
            phrases.append(words)
    rest = content_stems(clause) - content_stems(" ".join(phrases)) - _PLAIN
    rest -= {
        stem
        for pattern, _ in _LIGHTS
        for match in re.findall(pattern, clause, re.IGNORECASE)
        for stem in content_stems(match)
    }
    return ", ".join(phrases) if not rest else None


_PLAIN = content_stems(
    "make set put let have play film story scene scenes shot shots place takes happens happen should shall must be it is all whole everything "
    "every first second third fourth fifth sixth last opening ending beginning end time one 1 2 3 4 5 6 S1 S2 S3 S4 S5 S6 please instead "
    "now want would like this that there weather day light outside"
)


def lit_place(setting: str, light: str) -> str:
    """A setting in another light; weather stays outside of rooms, where it is seen through a window."""
    bare = bare_place(setting)
    if medium_of(re.sub(r"\bwindows?\b", "", setting)) == Medium.INDOORS:  # a window may be of a room
        light = re.sub(r"\bin the (rain|snow)\b", r"\1 on the windows", light)
        light = re.sub(r"\bin (fog|mist|a storm)\b", r"\1 outside the windows", light)
    return f"{bare}, {light}"


def bare_place(setting: str) -> str:
    """A setting without its hour and its light: what is asked for comes in their place."""
    bare = _OLD_LIGHT.sub("", setting).strip(" ,.")
    return bare or setting.strip(" ,.")


def worn_phrase(clause: str) -> str | None:
    """What a clause gives somebody to wear: "give the old man a red scarf" → "with a red scarf"."""
    given = re.search(
        r"\bgives?\s+.+?\s+(?P<thing>(?:an?|some)\s+[\w\s,-]+?)$|"
        r"\b(?:wears?|wearing|puts? on)\s+(?P<worn>[\w\s,-]+?)$|\bhas\s+(?P<has>(?:an?|some)\s+[\w\s,-]+?)$|"
        r"\b(?:have|with)\s+(?P<with>(?:an?|some)\s+[\w\s,-]+?)$|"
        r"\b(?:look|looks|appear)\s+(?P<how>(?!at\b|up\b|down\b|like\b|back\b|away\b|for\b)[\w\s,-]+?)$",
        re.sub(r"\s+(?:in|during)\s+(?:the\s+)?(?:shots?|scenes?|last|first|film|whole)\b.*$", "", clause.strip(" .!")),
        re.IGNORECASE,
    )
    if given is None or re.search(r"\b(?:instead|not|no|without|remove)\b", clause, re.IGNORECASE):
        return None
    if given["how"]:
        # "older" is not a look to add, but a change of all of it
        return None if _COMPARED.search(given["how"]) or len(given["how"].split()) > 6 else given["how"].strip()
    worn = given["worn"]
    thing = worn or given["thing"] or given["has"] or given["with"]
    words = thing.strip()
    return (f"wearing {words}" if worn else f"with {words}") if len(words.split()) <= 8 else None


_ASKING = content_stems(
    "make makes let have give gives should shall must be more less very much little bit lot please set put change show turn the scene scenes shot "
    "shots film story end ending opening beginning last first second third final moment camera wear wears wearing look looks like when while "
    "speaks speak says say add insert new another where which with also too instead now want would need needs happens happen does do it whole "
    "everything all every each rather seem appear appears have has feel feels keep get become becomes place takes take"
)
_COMPARED = re.compile(r"\b(?:(?:more|less|very|rather|too|so)\s+\w+|\w+(?:er|ier|est|ly))\b", re.IGNORECASE)
_MOODS = content_stems(
    "sad happy funny scary tense calm romantic dramatic hopeful gloomy cheerful mood emotional exciting moody dark light warm cold old young "
    "tall thin angry nice good bad better worse interesting beautiful lonely quiet loud slow fast quick soft hard strong weak simple"
)


def wanted_stems(clause: str, topic: Topic, known: str = "") -> frozenset[str]:
    """Stems that must come back in what is written, because the person names a thing; moods and comparisons need not.

    Args:
        clause: the words of the person.
        topic: what they are about.
        known: how the part is now; what it says already only tells which part is meant.
    """
    words = re.findall(r"[a-z]{2,}", clause.casefold())
    if not clause.isascii() or 3 * sum(map(is_word, words)) < 2 * len(words):
        return frozenset()  # the tables are English
    bare = _COMPARED.sub(" ", clause)
    if topic is Topic.ACTION:
        bare = " ".join(word for word in re.findall(r"[\w’'-]+", bare) if not is_adjective(word.casefold()))
    names = frozenset(stem for word in re.findall(r"\b[A-Z][\w’'-]*", clause[1:]) for stem in content_stems(word))
    stems = content_stems(bare) - _ASKING - _MOODS - names - frozenset("123456789")
    stems = frozenset(stem for stem in stems if not re.fullmatch(r"[slcx]\d+|\d+", stem))
    if topic is Topic.LOOKS:
        thing = worn_phrase(clause)
        return content_stems(thing) - content_stems("with wearing some") if thing else frozenset()
    return stems - content_stems(known)


def names_more(clause: str, topic: Topic) -> bool:
    """Whether a clause holds words that may name a part in a way that code does not read: "die Szene am Kai".

    Where it does not, what is said is said of all: "set it at night", "the camera should be calmer".
    """
    if topic is Topic.PLACE and light_phrase(clause) is not None:
        return False
    if topic is Topic.PLACE:  # what follows is the new place, and no part
        clause = re.sub(
            r"\b(?:set|put|place|move|have) (?:it|this|everything) (?:all )?(?:in|at|on|to|inside)\b.*", "", clause
        )
    words = re.findall(
        r"[^\W\d_]+", re.sub(r"\b(?:camera|speak\w*|talk\w*|answer\w*|say\w*)\b", "", clause, flags=re.IGNORECASE)
    )
    words = [word for word in words if word.casefold() not in _FOREIGN_ASKING]
    if not all(word.isascii() and is_word(word.casefold()) for word in words):
        return True
    nouns = {word for word in words if is_noun(word.casefold()) and not is_adjective(word.casefold())}
    return bool(content_stems(" ".join(nouns)) - _ASKING - _MOODS - _PLACED)


_FOREIGN_ASKING = frozenset(
    "mach mache macht es bitte lass soll sein nacht rends mets la le de nuit hazlo haz que sea noche fai di notte faz noite".split()
)
_PLACED = content_stems(
    "night day dawn dusk morning evening noon rain snow fog mist storm winter summer autumn spring weather place place's location setting "
    "close up wide angle zoom pan tilt shot handheld tripod way bit time"
)
