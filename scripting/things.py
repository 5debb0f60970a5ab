"""Which things a sentence about a picture brings in: the story's, the place's, a body's, or some from nowhere.

A small model likes to add a wand, a clock, a bird.  Light, surfaces and bodies are in every picture; any other
thing must be in the prompt, in the setting or in somebody's look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from mavin.diagnostics import Diagnostic
from mavin.facts.languages.english.grammar import (
    DETERMINERS,
    OBJECTS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    find_verb,
    noun_lemma,
    tokens_of,
    verb_forms,
)
from scripting.contracts import content_stems, problem

__all__ = ["check_object", "check_place_alone", "check_things", "objects_of"]

_EVERYWHERE = frozenset(
    # bodies
    "hand finger fingertip thumb palm fist wrist arm elbow shoulder chest back neck head face eye eyebrow brow eyelid cheek chin mouth lip "
    "tooth tongue ear nose forehead hair skin leg knee foot toe heel ankle hip body side posture grip gaze expression smile frown breath "
    "muscle fur paw claw tail wing feather beak muzzle whisker mane hoof fin scale belly coat silhouette figure outline "
    "tusk horn antler shell snout wool bill crest comb hump pouch fang plume hide bristle trunk "
    # clothes that anybody wears
    "sleeve collar pocket shoe boot cuff hem shirt trousers dress fabric cloth fold crease button seam "
    # light and air
    "light sunlight moonlight daylight lamplight shadow shade glow beam ray reflection glint gleam shimmer highlight sun moon star sky cloud air "
    "mist fog haze dust steam smoke breeze wind darkness brightness dusk dawn horizon distance "
    # surfaces and matter
    "ground floor wall ceiling surface edge corner side top bottom front middle center centre foreground background space room place texture "
    "wood metal glass stone brick concrete plaster paper leather rubber plastic rope thread paint ink oil water wave ripple drop droplet bubble "
    "foam spray splash puddle surface sand snow ice frost rock earth soil mud dirt pebble grass leaf blade branch twig trunk bark root petal "
    "stem path trail line curve shape pattern stripe spot stain crack scratch grain layer colour color tone shade row pile stack heap "
    "part piece bit half pair moment way weight motion movement balance angle gap hole opening arc circle rest inch layer detail "
    # how a thing looks
    "look form size height width length depth age state condition quality finish sheen gloss luster lustre patina touch hint trace mix "
    "blend contrast design style sort type kind series group bunch dozen lot".split()
)


_NO_THINGS = (
    PRONOUNS
    | OBJECTS
    | POSSESSIVES
    | DETERMINERS
    | PREPOSITIONS
    | frozenset("something nothing anything everything someone one ones".split())
    | frozenset("other others another both such while many some any all none neither".split())
)


@cache
def _is_thing(word: str, led: bool) -> bool:
    """Whether a lower-case word is a noun here; one that may be a verb is only where an article leads it."""
    from lemminflect import getAllLemmas

    kinds = set(getAllLemmas(word))
    return "NOUN" in kinds and not kinds & {"ADJ", "ADV"} and ("VERB" not in kinds or led)


_SINGULAR = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
_PLURAL = frozenset({"they", "them", "their", "themselves"})


def _are_things(word: str) -> bool:
    """Whether a lower-case word is the plural of a noun."""
    return len(word) > 3 and word.endswith("s") and noun_lemma(word) != word and _is_thing(word, True)


def check_place_alone(text: str, *, path: str, cast: Iterable[str]) -> list[Diagnostic]:
    """Checks that a sentence describes the place and leaves whoever acts to the user's clause.

    Args:
        text: the model's sentence.
        path: where it would go.
        cast: names and nouns of the roles.
    """
    people = content_stems(" ".join(cast))
    words = [token.lower for token in tokens_of(text)]
    somebody = next((at for at, word in enumerate(words) if word in _SINGULAR | _PLURAL), None)
    # "The letters are white, and light falls on them" speaks of letters.
    things = somebody is not None and words[somebody] in _PLURAL and any(map(_are_things, words[:somebody]))
    if content_stems(text) & people or (somebody is not None and not (things and not _SINGULAR & set(words))):
        return [
            problem("about_role", "It must describe the place alone: objects, surfaces, light. Nobody who acts.", path)
        ]
    return []


def check_things(text: str, *, path: str, known: str) -> list[Diagnostic]:
    """Checks that an English sentence brings in no thing that nobody told of.

    Args:
        text: the model's sentence.
        path: where it would go.
        known: the prompt, the setting and the looks of who is there.
    """
    stems = content_stems(known)
    new = []
    tokens = tokens_of(text)
    for index, token in enumerate(tokens):
        word = token.lower
        led = any(before.lower in DETERMINERS | POSSESSIVES for before in tokens[max(0, index - 2) : index])
        if len(word) < 3 or not word.isalpha() or word in _NO_THINGS or not _is_thing(word, led):
            continue
        if noun_lemma(word) in _EVERYWHERE or word in _EVERYWHERE or content_stems(word) & stems:
            continue
        new.append(word)
    if not new:
        return []
    message = f"It must not bring in things that the story does not have ({', '.join(dict.fromkeys(new))})."
    return [problem("new_thing", message, path)]


def objects_of(clause: str, cast: Iterable[str]) -> tuple[str, ...]:
    """The things of an English clause that a camera can come close to, whoever acts left out.

    Args:
        clause: the user's words for one shot.
        cast: names and nouns of the roles.
    """
    people = content_stems(" ".join(cast))
    tokens = tokens_of(clause)
    found = []
    for index, token in enumerate(tokens):
        word = token.lower
        led = any(before.lower in DETERMINERS | POSSESSIVES for before in tokens[max(0, index - 2) : index])
        if len(word) < 3 or not word.isalpha() or word in _NO_THINGS | _NO_OBJECTS or content_stems(word) & people:
            continue
        if index and content_stems(tokens[index - 1].lower) & people:
            continue  # what follows whoever acts is the verb
        follows = tokens[index + 1].lower if index + 1 < len(tokens) else ""
        if (
            led
            and _is_thing(word, led)
            and not (follows not in PREPOSITIONS and follows.isalpha() and _is_thing(follows, True))
        ):
            found.append(word)
    return tuple(dict.fromkeys(found))


_NO_OBJECTS = frozenset(
    "air time way moment distance direction side top bottom place work end while gap trick step move sky night day foot feet hand hands "
    "head self circle circles turn look ground".split()
)


def check_object(text: str, objects: Iterable[str], *, path: str) -> list[Diagnostic]:
    """Checks that a sentence says how one of the clause's own things looks: it opens with that thing and has a verb.

    Args:
        text: the model's sentence.
        objects: what :func:`objects_of` found in the clause.
        path: where it would go.
    """
    tokens = tokens_of(text)
    copula = next((index for index, token in enumerate(tokens) if token.lower in {"is", "are"}), None)
    verb = copula if copula is not None else find_verb(tokens)
    if verb is None or not (verb == copula or verb_forms(tokens[verb].lower) & {"VBZ", "VBP", "VBD"}):
        return [problem("no_verb", "It must be a whole sentence with a verb.", path)]
    stems = content_stems(" ".join(objects))
    if not any(content_stems(token.lower) & stems for token in tokens[:verb]):
        return [problem("off_object", f"It must say how this looks: {', '.join(objects)}.", path)]
    told = tokens_of(text[tokens[verb].start :])
    busy = next((word.lower for word in told if re.fullmatch(r"[a-z]{2,}ing|.*\d.*", word.lower)), None)
    if copula is None or busy is not None or re.search(r"\d", text):
        return [
            problem("no_look_of_it", "It must say how the thing looks, with 'is' or 'are', and nothing it does.", path)
        ]
    again = content_stems(text[: tokens[verb].start]) & content_stems(text[tokens[verb].end :])
    if again:
        return [problem("loops", "It repeated the same words.", path)]
    return []
