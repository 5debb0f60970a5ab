# ruff: noqa: E501  (tables read better unwrapped)
"""Things that an action handles and no picture shows: they get a lettered card."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.stage.bonds import verb_class
from generator.stage.lexicon import BODY_PARTS
from generator.stage.motion import read_motion
from generator.stage.pictures import Picture
from generator.stage.tint import is_colour
from generator.stage.tongues import ARTICLES
from generator.stage.words import Token, singulars, tokens, word_set
from mavin.caption import Role

__all__ = ["ADJECTIVES", "GARMENTS", "Noun", "is_worn", "unpictured"]

_MOST = 2
_ARTICLES = word_set("a an the his her its their some another two three four five six seven eight nine ten")
ADJECTIVES = word_set(
    "old young little big small large tiny huge giant new long short tall wide thin thick heavy light red blue green yellow "
    "white black brown grey gray golden silver pink purple orange wooden metal glass plastic paper stone shiny dusty dirty "
    "clean wet dry hot cold warm broken open closed empty full strange mysterious secret hidden ancient antique first second "
    "last next other final whole same different beautiful ugly pretty soft hard round square bright dark single signed stuck "
    "careful quick slow gentle sudden silent loud"
)
"""Words between an article and its noun."""
_STOPS = word_set(
    "and or but then while as when until so that which who in on at by to from of with under over past into onto near behind "
    "beside through across against around toward towards before after above below between along off down up out for without "
    "inside outside is are was were be been has have had will would can could again away back forward together nearby slowly "
    "quickly carefully gently suddenly finally it them him itself himself herself themselves"
)
_ABSTRACT = word_set(
    "time moment way day night morning evening trick move step turn look glance smile laugh word name voice sound noise song "
    "tune melody air sky ground floor side top bottom front back middle end edge start place space room direction distance "
    "speed circle line race game chance idea plan thought dream memory story secret truth mistake question answer deal rule "
    "term work job task breath bow dance jump leap run walk ride rest sleep nap hug kiss wave handshake hand head face eye arm "
    "leg foot finger nose mouth tail wing shoulder back hair body horizon distance view scene world life love peace war light "
    "darkness shadow color colour shape size weight temperature heat cold wind rain snow sun moon star weather storm sea ocean "
    "river lake water sand mud dirt soil field forest wood hill valley mountain street road path city town village country "
    "house home building kitchen garden yard park beach crowd people group team member lot bit piece part half pair set series "
    "kind sort type number amount thing object something nothing everything anything somebody someone surface flip stroke "
    "technique method demo tradeoff style tradition basics process sequence feature environment setup data test sign victory "
    "balance attention tension silence breathe check condition state position challenge performance rehearsal practice motion corner stance one elbow knee toe heel chin cheek palm signal joint"
)


_PARTICLES = word_set("up down out on off open")
_PUTTING = word_set("put puts putting try tries trying turn turns turning switch switches switching")
_WEARING = word_set(
    "in wearing wears wear wore dressed with sporting en con vestido vestida viste lleva avec vêtu vêtue mit trägt com veste indossa в"
)
_WORN_SIGNS = re.compile(r"(?:穿|戴|身着)[^，。]{0,6}$|^[^、。]{0,4}を(?:着|はい|履い|かぶ|被)")
_AND = word_set(
    "and matching torn elegant fancy sparkling worn fur leather wool woollen woolly knitted striped tattered heavy"
)
GARMENTS = word_set(
    "1F455 1F456 1F457 1F458 1F45A 1F97B 1F97C 1F9BA 1F9E5 1F9E3 1F9E4 1F9E6 1F454 1F45E 1F45F 1F460 1F461 1F462 1F97E 1F97F "
    "1F3A9 1F9E2 1F452 1F393 1FA96 26D1 1F453 1F576 1F97D 1F4FF 1FA70 1FA71 1FA72 1FA73 1F459 1FA74 1F392 bow-tie 1F451 1F48D"
)


@dataclass(frozen=True, slots=True)
class Noun:
    """A thing by its words, without article."""

    words: str
    start: int


def unpictured(action: str, pictures: Sequence[Picture], roles: Sequence[Role]) -> tuple[Noun, ...]:
    """The things handled in an action that neither a picture nor a role stands for, at most two.

    Only what a verb of doing is done to counts ("opens the gizmo", "the gizmo is opened"): most nouns
    that have no picture are no things at all.
    """
    words = tokens(action)
    named = {form for role in roles for word in tokens(role.name) for form in singulars(word)}
    shown = {word for picture in pictures for word in picture.word.split()}
    found: list[Noun] = []
    for at, word in enumerate(words):
        if word not in _ARTICLES:
            continue
        phrase = _phrase(words, at + 1, action)
        if not phrase:
            continue
        last = singulars(phrase[-1])
        forms = {form for part in phrase for form in singulars(part)}
        if (
            forms & (named | shown)
            or set(last) & (_ABSTRACT | ADJECTIVES | BODY_PARTS)
            or last[-1].endswith(("ing", "ness", "tion", "ity", "ment"))
        ):
            continue
        noun = Noun(" ".join(phrase), phrase[0].start)
        known = any(singulars(noun.words)[-1] == singulars(other.words)[-1] for other in found)
        if not known and (_is_done_to(words, at) or _is_passive(words, at + 1 + len(phrase))):
            found.append(noun)
    return tuple(found[:_MOST])


def is_worn(picture: Picture, action: str) -> bool:
    """Whether a garment is only what somebody has on: "a woman in a red coat", "wearing glasses"."""
    if picture.code not in GARMENTS:
        return False
    if _WORN_SIGNS.search(action[: picture.start]) or _WORN_SIGNS.match(action[picture.start + len(picture.word) :]):
        return True
    for word in reversed(tokens(action[: picture.start])[-5:]):
        if word in _WEARING:
            return True
        if word in ARTICLES or is_colour(word):
            continue
        if word not in ADJECTIVES and word not in _ARTICLES and word not in _AND:
            return False
    return False


def _phrase(words: tuple[Token, ...], at: int, action: str) -> list[Token]:
    phrase: list[Token] = []
    for word in words[at : at + 4]:
        if phrase and any(mark in action[phrase[-1].start + len(phrase[-1]) : word.start] for mark in ",.;:!?—"):
            break
        if word in _STOPS or word in _ARTICLES or word.endswith("ly"):
            break
        phrase.append(word)
    while phrase and phrase[0] in ADJECTIVES:
        phrase = phrase[1:]
    return phrase if len(phrase) <= 3 else []


def _is_done_to(words: tuple[Token, ...], at: int) -> bool:
    before = list(words[max(0, at - 2) : at])
    if before and before[-1] in _PARTICLES:
        # "Puts on a badge" is done to the badge, "plays on a corner" not to the corner.
        if len(before) < 2 or (before[-1] == "on" and before[-2] not in _PUTTING):
            return False
        before.pop()
    if not before or before[-1].is_noun:
        return False
    return verb_class(str(before[-1])) in ("take", "place", "push", "strike", "throw", "touch", "ride", "give") or (
        read_motion(str(before[-1])).name == "hold"
    )


def _is_passive(words: tuple[Token, ...], at: int) -> bool:
    rest = [str(word) for word in words[at : at + 2]]
    return (
        len(rest) == 2
        and rest[0] in ("is", "are", "gets", "was")
        and (rest[1].endswith("ed") or rest[1] in ("put", "set", "hit", "cut", "thrown", "taken"))
    )
