"""Casting: which look each role has, by its name, its descriptor and its pronouns; the same in every shot."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from generator.stage import art
from generator.stage.lexicon import FACES, FACING_RIGHT, HEIGHTS, MOUTHS
from generator.stage.names import GIVEN_FEMALE, GIVEN_MALE, PEOPLE, ROLE_PICTURES, THINGS
from generator.stage.nouns import GARMENTS
from generator.stage.paths import inside
from generator.stage.pictures import Picture, find_pictures, picture_of
from generator.stage.tint import colour_beside, colour_told
from generator.stage.tongues import person_traits
from generator.stage.wardrobe import (
    GOWNS,
    HAIRS,
    ON_FACE,
    Extra,
    clothes_colour,
    extras_of,
    hair_colour,
    shoes_colour,
    trousers_colour,
)
from generator.stage.words import has_word, seeded, singulars, tokens, word_set
from mavin.caption import HierarchicalCaption, Role, Shot
from mavin.media import read_image

__all__ = ["Look", "cast_role", "is_female_role", "look_of_picture", "person_look"]

_FEMALE = word_set(
    "she her hers woman girl lady mother mom mum daughter sister wife aunt grandmother grandma queen princess actress "
    "waitress heroine bride widow nun witch female policewoman businesswoman saleswoman madam mrs ms miss hostess "
    "goddess empress duchess schoolgirl feminine frau mädchen mutter femme fille mère mujer niña madre"
)
_MALE = word_set(
    "he him his man boy gentleman father dad son brother husband uncle grandfather grandpa king prince actor waiter "
    "groom widower monk wizard male policeman businessman salesman sir mr host god emperor duke schoolboy guy fellow "
    "masculine baritone bass fisherman fireman mann junge vater homme garçon père hombre niño padre"
)
_CHILD = word_set("child kid boy girl toddler schoolboy schoolgirl teenager teen young-boy young-girl little-girl")
_OLD = word_set("old elderly aged ancient grandmother grandfather grandma grandpa retired pensioner senior wrinkled")
_HUMAN = (
    _FEMALE
    | _MALE
    | _CHILD
    | word_set(
        "person hair haired wearing wears dressed coat jacket suit dress beard bearded moustache glasses years aged "
        "shirt sweater hat apron uniform skin freckles eyes human stranger passenger neighbour"
    )
)
_PERSONAL_ENDING = re.compile(r"(er|or|ist|ian|man|woman|ee|ess|eer|ant|ent|person|boy|girl|kid|mate|folk|smith)$")

_SIGNS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_STARS = re.compile(r"^(?:the )?(?:earth|sun|moon|saturn)$", re.IGNORECASE)
_FLATTEST = 1.8
_SHADOWS = word_set("shadow silhouette")
_AGES = word_set("1F466 1F467 1F468 1F469 1F474 1F475 1F476 1F9D2")
_CLOTHES = word_set("1F455 1F457 1F458 1F45A 1F97B 1F97C 1F9BA 1F9E5")
_SKINS = ("#fadcbc", "#e0bb95", "#bf8f68", "#9b643d", "#6b4a35")
_SKIN_WORDS = (
    (word_set("pale fair light porcelain white-skinned ginger"), 0),
    (word_set("olive tanned asian japanese chinese korean vietnamese thai latina latino hispanic"), 1),
    (word_set("brown indian arab mexican"), 2),
    (word_set("dark black african ebony dark-skinned"), 4),
)
_PEOPLES = word_set(
    "asian japanese chinese korean vietnamese thai latina latino hispanic indian arab mexican african ebony pale"
)
_SHIRTS = ("#4a86d0", "#d1453b", "#5c9e31", "#f4c531", "#8967aa", "#2f8f8b", "#e27022", "#ea8fb0")
_TROUSERS = ("#3c4a63", "#5a4a3f", "#55585e", "#39504a", "#6d5a48", "#454056")


@dataclass(frozen=True, slots=True)
class Look:
    """How a figure is drawn.

    Attributes:
        kind: ``person`` (bust and body), ``creature`` (animal head and body), ``picture`` (whole
            picture) or ``card`` (a lettered card where no picture fits).
        code: OpenMoji code points; empty for a card.
        height: world units from the ground to the top; a grown person has 60.
        label: name, drawn on a card.
        skin: colour that replaces OpenMoji's yellow, or empty.
        hair: colour of the hair, or empty to leave it.
        shirt: colour of the clothes, or empty to leave it.
        trousers: colour of the legs.
        shoes: colour of the shoes.
        extras: hat, glasses, beard and the like, each with its colour.
        gown: whether a long skirt hides the legs.
        faces_right: which way the drawing looks before it is mirrored.
        mouth: centre x, y and half width of the mouth in the picture's 72 units.
        portrait: a reference picture as a data URI that stands in for the head, or empty.
        count: how many of a picture are shown together.
        tint: colour that replaces the main one of a creature or thing, or empty.
    """

    kind: str
    code: str
    height: float
    label: str = ""
    skin: str = ""
    hair: str = ""
    shirt: str = ""
    trousers: str = _TROUSERS[0]
    shoes: str = "#3a3532"
    extras: tuple[Extra, ...] = ()
    gown: bool = False
    faces_right: bool = True
    mouth: tuple[float, float, float] = (36.0, 38.2, 4.0)
    portrait: str = ""
    count: int = 1
    tint: str = ""


def cast_role(
    caption: HierarchicalCaption, role_id: str, shot: Shot | None = None, references: Path | None = None
) -> Look:
    """The look of a role, with the shot's override of its appearance if there is one.

    A reference picture found in the film's folder ``references`` becomes the figure's face.

    Raises:
        UsageError: if that picture is missing, damaged or outside the folder.
    """
    look = _described_look(caption, role_id, shot)
    role = caption.role(role_id) if shot is None else caption.role_in_shot(role_id, shot)
    if references is None or not role.reference.image:
        return look
    if look.kind != "person":
        number = [other.id for other in caption.roles].index(role_id)
        look = replace(person_look(role, "", number), height=look.height if look.kind == "creature" else 60.0)
    path = inside(references, role.reference.image, f"the reference picture of {role.name}")
    return replace(look, portrait=_data_uri(path), mouth=(36.0, 37.0, 4.6))


@lru_cache(maxsize=16)
def _data_uri(path: Path) -> str:
    picture = read_image(path)
    picture.thumbnail((480, 480))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode("ascii")


def _described_look(caption: HierarchicalCaption, role_id: str, shot: Shot | None) -> Look:
    role = caption.role(role_id) if shot is None else caption.role_in_shot(role_id, shot)
    language = caption.language
    if has_word(role.name, _SHADOWS) and language.casefold().startswith("en"):
        return _shadow(role)
    picture = _picture_of_role(role, language)
    if picture is not None and picture.kind != "person":
        return look_of_picture(picture, tint=_tint_of_role(role, picture, language))
    speaks = any(line.role == role_id for line in caption.dialogue)
    if picture is None and _is_thing(role, caption, speaks=speaks):
        return Look("card", "", 24.0, label=role.name)
    number = [other.id for other in caption.roles].index(role_id)
    context = " ".join(shot.action for shot in caption.shots)
    code = picture.code if picture else ""
    if clothes_colour(role.appearance) and picture_of(role.name, language) is None:
        # Said clothes and hair say more than the dress of a trade.
        code = code if code in _AGES else ""
    return person_look(role, code, number, context, _garment_tint(role.appearance, language))


def _shadow(role: Role) -> Look:
    # A dark figure that nobody knows.
    look = person_look(role, "", 0)
    dark = "#2a2c38"
    return replace(look, skin=dark, hair=dark, shirt=dark, trousers=dark, shoes=dark, extras=())


def _garment_tint(appearance: str, language: str) -> str:
    # "In einem roten Mantel": the emoji names know the garment, the words beside it its colour.
    if language.casefold().startswith("en"):
        return ""
    found = (thing for thing in find_pictures(appearance, language) if thing.code in _CLOTHES)
    return next((tint for thing in found if (tint := colour_beside(appearance, thing.start, thing.word, language))), "")


def _tint_of_role(role: Role, picture: Picture, language: str) -> str:
    # "A black cat" tells it beside the noun, "a cat with black fur" elsewhere.
    for text in (role.appearance, role.name):
        for found in find_pictures(text, language):
            colour = colour_beside(text, found.start, found.word, language) if found.code == picture.code else ""
            if colour:
                return colour
    return colour_told(role.appearance)


def _picture_of_role(role: Role, language: str) -> Picture | None:
    found = find_pictures(f"the {role.name}" if role.name.isascii() else role.name, language)
    if _SIGNS.search(role.name):
        found = tuple(picture for picture in found if _is_head(picture, role.name, language))
    # "Professor Oak" is a professor, "the robot chef" a robot.
    people = [picture for picture in found if picture.kind == "person"]
    animals = [picture for picture in found if picture.kind == "animal"]
    named = next(iter(animals or people or found[-1:]), None)
    words = tokens(role.name)
    proper = role.name[:1].isupper() and len(words) == 1
    described = find_pictures(role.appearance, language)
    first = next((picture for picture in described if picture.kind in ("animal", "person")), None)
    if named is not None and any(picture.code == named.code for picture in described):
        return named  # "Cat", "a fluffy cat with a white coat": fur, not clothes
    if named is not None and named.kind == "sky" and _STARS.search(role.name):
        return named  # "Earth rises": nobody is called so
    if named is not None and proper and named.kind != "person":
        # "Rose" and "Robin" are people when their descriptor speaks of people.
        given = any(word in GIVEN_FEMALE or word in GIVEN_MALE for word in words)
        if has_word(role.appearance, _HUMAN) or (given and (first is None or first.kind == "person")):
            return first if first is not None and first.kind == "person" else None
    if named is not None:
        return named
    if first is not None and (first.kind == "person" or not has_word(role.appearance[: first.start], _HUMAN)):
        return first
    human = has_word(role.appearance, _HUMAN) or bool(person_traits(f"{role.name}. {role.appearance}"))
    if described and not human and described[0].start < 25 and described[0].code not in GARMENTS:
        return described[0]
    code = ROLE_PICTURES.get(words[-1], "") if words else ""
    if code and art.exists(code) and not has_word(role.appearance, _HUMAN):
        return Picture(code, str(words[-1]), 0, "thing", 30.0)
    return None


def _is_head(picture: Picture, name: str, language: str) -> bool:
    # "小猫" is a cat and "白兔" a rabbit, but 佐々木 and 花子 are people.
    if picture.word == name or ((len(picture.word) > 1 or picture.kind == "animal") and name.endswith(picture.word)):
        return True
    return name.endswith(picture.word) and bool(colour_beside(name, picture.start, picture.word, language))


def _is_thing(role: Role, caption: HierarchicalCaption, *, speaks: bool) -> bool:
    words = tokens(role.name)
    if not words or has_word(f"{role.name} {role.appearance} {role.voice}", _HUMAN):
        return False
    if any(word in GIVEN_FEMALE or word in GIVEN_MALE for word in words):
        return False
    last = singulars(words[-1])[-1]
    if last in PEOPLE or words[0] in PEOPLE:
        return False
    if last in THINGS:
        return True
    if speaks or _PERSONAL_ENDING.search(last):
        return False
    # "the slinky" is no proper name, and "Windmill" is none where the story says "a windmill".
    if words[0] in ("a", "an", "the", "some") or role.name[:1].islower():
        return True
    name = re.escape(role.name[:1].lower() + role.name[1:])
    return any(
        re.search(rf"\b(?:[Aa]n?|[Tt]he|[Ss]ome|[Ii]ts) (?:\w+ )?{name}\b", shot.action) for shot in caption.shots
    )


def look_of_picture(picture: Picture, *, count: int = 1, tint: str = "") -> Look:
    """The look of a creature or thing, or of up to three, that have a picture; people are :func:`person_look`'s.

    ``tint`` replaces the picture's main colour.
    """
    x, y, half = MOUTHS.get(picture.code, (36.0, 44.0, 5.0))
    kind = "creature" if picture.code in FACES else "picture"
    height = picture.height
    if picture.kind == "thing" and picture.code not in HEIGHTS:
        # A knife is no longer for being drawn flat.
        ink = art.ink_box(picture.code)
        height *= min(1.0, _FLATTEST * ink.height / ink.width)
    count = count if kind == "picture" and picture.kind != "sky" else 1
    return Look(
        kind,
        picture.code,
        height * (1.25 if count > 1 else 1.0),
        count=count,
        label=picture.word,
        faces_right=kind == "creature" or picture.code in FACING_RIGHT,
        mouth=(x, y, half),
        tint=tint,
    )


def person_look(role: Role, code: str, number: int, context: str = "", clothes: str = "") -> Look:
    """The look of a person: sex, age, trade, hair, skin and clothes from the words, the rest from the name.

    Args:
        role: the role as it looks in the shot.
        code: picture of a trade or kind of person, or empty.
        number: place in the cast; neighbours get different clothes.
        context: the actions of the clip, read for pronouns.
        clothes: colour of the upper clothes where the English words of the descriptor tell none.
    """
    text = f"{role.name}. {role.appearance}. {role.voice}"
    chance = seeded("look", role.name.casefold())
    female = _is_female(role, context, bool(chance.integers(2)))
    traits = person_traits(f"{role.name}. {role.appearance}")
    old = "old" in traits or has_word(re.sub(r"\b(?:years?|months?)[ -]old\b", "", text), _OLD)
    child = "child" in traits or has_word(f"{role.name} {role.appearance}", _CHILD)
    skin = next((tone for words, tone in _SKIN_WORDS if _skin_said(role.appearance, words)), int(chance.integers(4)))
    hair = hair_colour(role.appearance) or list(HAIRS.values())[int(chance.integers(9))]
    code = _person_code(code, text, female=female, old=old, child=child)
    trade = "-200D-" in code
    if old and not hair_colour(role.appearance):
        hair = HAIRS["grey"] if trade else ""
    colour = clothes_colour(role.appearance) or clothes
    plain = code.split("-")[0] in (
        "1F468",
        "1F469",
        "1F466",
        "1F467",
        "1F474",
        "1F475",
        "1F9D1",
        "1F9D2",
        "1F9D4",
    ) and ("-" not in code or code.split("-")[-1] in ("1F9B1", "1F9B2"))
    shirt = colour or (_SHIRTS[(number * 3 + int(chance.integers(2))) % len(_SHIRTS)] if plain else "")
    is_child = child or code in ("1F466", "1F467", "1F9D2", "1F476")
    return Look(
        "person",
        code,
        44.0 if is_child else 57.0 if old else 60.0,
        label=role.name,
        skin=_SKINS[skin],
        hair=hair if plain or old or hair_colour(role.appearance) else "",
        shirt=shirt if plain else "",
        trousers=trousers_colour(role.appearance) or _TROUSERS[(number + int(chance.integers(3))) % len(_TROUSERS)],
        shoes=shoes_colour(role.appearance) or "#3a3532",
        extras=extras_of(role.appearance, hair) if plain else _on_face(role.appearance, hair, old=old and trade),
        gown=has_word(role.appearance, GOWNS) or code in ("1F478", "1F9D9", "1F470", "1F9DA", "1F9D5"),
        mouth=_person_mouth(code),
    )


def _on_face(appearance: str, hair: str, *, old: bool) -> tuple[Extra, ...]:
    # A trade has its own hat and dress; beard, glasses and years are the person's.
    found = tuple(extra for extra in extras_of(appearance, hair) if extra.kind in ON_FACE)
    return (Extra("wrinkles", "#000"), *found) if old else found


def is_female_role(role: Role, context: str = "") -> bool:
    """Whether a role is drawn and voiced as a woman; ``context`` is read for pronouns."""
    return _is_female(role, context, bool(seeded("look", role.name.casefold()).integers(2)))


def _person_mouth(code: str) -> tuple[float, float, float]:
    if code in ("1F466", "1F467", "1F9D2"):
        return (35.9, 39.4, 3.6)
    return MOUTHS.get(code, (36.0, 37.6 if "-200D-" in code else 38.4, 3.9))


def _is_female(role: Role, context: str, otherwise: bool) -> bool:
    name = tokens(role.name)
    for words in (tokens(role.name), tokens(role.appearance), tokens(role.voice)):
        said = [word for word in words if word in _FEMALE or word in _MALE]
        if said:
            return said[0] in _FEMALE
        traits = person_traits(" ".join(words))
        if traits & {"female", "male"}:
            return "female" in traits
    if any(word in GIVEN_FEMALE for word in name):
        return True
    if any(word in GIVEN_MALE for word in name):
        return False
    # The first pronoun that follows the name in the story.
    at = context.casefold().find(role.name.casefold())
    if at >= 0:
        for word in tokens(context[at : at + 200]):
            if word in ("she", "her", "hers", "herself"):
                return True
            if word in ("he", "him", "his", "himself"):
                return False
    if len(name) == 1 and role.name[:1].isupper():
        return name[0].endswith(("a", "ie", "elle", "ette", "ine", "yn")) or (otherwise and not name[0].endswith("o"))
    return otherwise


def _person_code(code: str, text: str, *, female: bool, old: bool, child: bool) -> str:
    if code.startswith("1F9D1-") or code == "1F9D1":
        code = code.replace("1F9D1", "1F469" if female else "1F468", 1)
    pairs = {"1F934": "1F478", "1F466": "1F467", "1F474": "1F475", "1F468": "1F469", "1F385": "1F936", "1F935": "1F470"}
    if female and code in pairs:
        code = pairs[code]
    if child and "-200D-" in code:
        code = ""  # the pictures of trades show grown people
    if code not in ("", "1F468", "1F469", "1F9D2") and art.exists(code):
        return code
    words = set(tokens(text))
    if child:
        return "1F467" if female else "1F466"
    if "hijab" in words or "headscarf" in words:
        return "1F9D5"
    if old:
        return "1F475" if female else "1F474"
    if words & {"bald", "shaven"}:
        return "1F468-200D-1F9B2" if not female else "1F469-200D-1F9B2"
    if words & {"curly", "curls", "afro", "frizzy"}:
        return "1F469-200D-1F9B1" if female else "1F468-200D-1F9B1"
    if words & {"beard", "bearded"} and not female:
        return "1F9D4"
    return "1F469" if female else "1F468"


def _skin_said(appearance: str, words: frozenset[str]) -> bool:
    # A colour speaks of the skin only beside that word; a people's name does alone.
    text = appearance.casefold()
    if any(f"{word} skin" in text or f"{word}-skin" in text for word in words):
        return True
    return has_word(text, words & _PEOPLES)
