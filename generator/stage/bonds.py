# ruff: noqa: E501  (tables read better unwrapped)
"""How two things of an action belong together: "a cat nudges a vase" → the cat touches it and it slides."""

from __future__ import annotations

from dataclasses import dataclass

from generator.stage.words import stem_in, word_set

__all__ = ["STATIC", "VERBS", "Bond", "relation_of", "verb_class"]

_CLASSES: tuple[tuple[str, frozenset[str]], ...] = (
    ("climb", word_set("climb clamber scale ascend")),
    ("ride", word_set("ride drive pilot steer pedal row paddle sail")),
    ("strike", word_set("hit kick knock punch strike slap smash bump topple tip break crash collide bat whack")),
    ("push", word_set("push shove drag pull nudge tug haul heave")),
    ("throw", word_set("throw toss hurl fling launch pitch flip juggle release")),
    ("chase", word_set("chase follow pursue hunt herd")),
    ("place", word_set("put place set drop insert pour hang lay load pack bury stack pile tuck add stick lean dip hide stuff spread unroll scatter lower")),
    ("take", word_set("catch grab take pick hold carry lift bring fetch raise clutch cradle wear use wave play swing steal")),
    ("give", word_set("give hand offer pass show present")),
    ("touch", word_set(
        "touch pet stroke pat hug embrace kiss lick sniff smell poke tap press ring examine inspect check feed tickle scratch "
        "clean wipe wash brush fix repair paint open close shut unlock lock eat drink chew bite nibble peck meet greet join help "
        "attack wrestle fight approach reach find discover adjust tighten water trim cut squeeze shake grip stir confront "
        "high-five comfort polish dust sweep peel chop slice knead type write draw taste read dig cross enter hold-on"
    )),
)  # fmt: skip
VERBS = frozenset().union(*(stems for _, stems in _CLASSES))
"""Stems of all verbs that one does to another."""

_ON = word_set("on onto atop upon")
_IN = word_set("in into inside within out-of")
_UNDER = word_set("under beneath below underneath")
_BEHIND = word_set("behind")
_OVER = word_set("over above")
_TO = word_set("to toward towards at against by near beside past around through along across from off between before")


STATIC = frozenset({"on", "in", "under", "behind", "off", "over"})
"""Relations that say where one is."""


@dataclass(frozen=True, slots=True)
class Bond:
    """One who does something to another, or is somewhere about it.

    Attributes:
        subject: key of who does it.
        relation: ``on``, ``in``, ``climb``, ``under``, ``behind``, ``over``, ``ride``, ``touch``, ``push``, ``strike``,
            ``throw``, ``off``, ``chase``, ``take``, ``give``, ``pass``,
            ``burst``, ``toward`` or ``near``.
        object: key of whom or what it is done to.
        doer: key of who deals with the subject there, and sits or lies there itself if it is a seat; or empty.
    """

    subject: str
    relation: str
    object: str
    doer: str = ""


def verb_class(word: str) -> str:
    """What kind of dealing with another thing a verb is; empty for verbs that tell of none."""
    return next((name for name, stems in _CLASSES if stem_in(word, stems)), "")


def relation_of(verb: str, preposition: str) -> str:
    """The relation that a class of verbs and the preposition after it tell of."""
    if verb == "ride":
        return "ride" if preposition not in _TO | _OVER | _UNDER else "toward"
    if verb == "climb":
        return "climb" if preposition in ("", "up", "down", "on", "onto", "along") else "toward"
    if verb in ("touch", "strike") and preposition in _ON:
        return verb  # "paints on a canvas", "knocks on the door"
    for name, words in (("on", _ON), ("in", _IN), ("under", _UNDER), ("behind", _BEHIND), ("over", _OVER)):
        if preposition in words:
            return name
    if preposition == "past" and not verb:
        return "pass"  # "walks past a cat"
    if preposition == "with":
        return "take"
    if preposition in _TO:
        return {"strike": "strike", "push": "touch", "give": "touch", "throw": "toward"}.get(verb, "toward")
    if preposition:
        return "near"
    return {"place": "take", "give": "take", "": "near"}.get(verb, verb)
