"""What the words of a shot bring onto the stage beside its roles: extras, animals, things, furniture and cards."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.stage.actors import Actor
from generator.stage.cast import Look, cast_role, look_of_picture, person_look
from generator.stage.deeds import mentions_of
from generator.stage.motion import Motion
from generator.stage.nouns import Noun
from generator.stage.pictures import Picture, find_pictures
from generator.stage.scene import Scene, is_landscape, names_place
from generator.stage.tint import colour_beside
from generator.stage.words import has_word, singulars, tokens, word_set
from mavin.caption import HierarchicalCaption, Role, Shot

__all__ = [
    "antecedents",
    "bare",
    "card_of",
    "extra_of",
    "furniture_of",
    "in_orbit",
    "is_setting",
    "key_of",
    "prop_of",
    "things_named",
    "tint_of",
]

_MAX_FURNITURE = 3
_NOT_FURNITURE = word_set("grass pond 1FA9F 1FAA8 1FAB5 1F9F1 1F4A1")
_BALL_GAMES = word_set("baseball cricket player batter pitcher hitter ball")
_WOOD = word_set("board plank wood timber beam")
_PLACING = word_set("in on at inside into through across along over around under above near from to by down up")
_PRONOUN = re.compile(r"^\W*(it|they|this|these|one)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"[^\W\d_]+['’]s\b")
_SAILBOAT, _ROWING = "26F5", word_set("row rowing rowed paddle paddling oar")
_BALLOON = "1F388"
_NOT_TINTED = word_set("grass pond hole 1F525 1F4A8 1F4A6 1F6A5 1F6A6")


def key_of(picture: Picture) -> str:
    """What bonds and movements call a named thing."""
    return f"{picture.code}@{picture.start}"


def bare(code: str) -> str:
    """The same figure whatever its sex."""
    return code.replace("1F468", "1F9D1").replace("1F469", "1F9D1")


def things_named(caption: HierarchicalCaption, shot: Shot, figures: list[Actor]) -> list[Picture]:
    """What an action names beside the figures, in its order."""
    taken = {actor.look.code for actor in figures}
    # Who is on the stage already is not shown twice; a role that the action names beside them is shown.
    present = [caption.role(actor.role) for actor in figures]
    named = {form for role in present for form in singulars((*tokens(role.name), "")[-2 if tokens(role.name) else -1])}
    spans = [
        (mention.start, mention.start + mention.letters - 1)
        for role in present
        for mention in mentions_of(role.id, role.name, shot.action)
    ]
    pictures = []
    for found in find_pictures(shot.action, caption.language):
        picture = found
        if bare(picture.code) in {bare(code) for code in taken}:
            continue
        if any(first <= picture.start <= last for first, last in spans) or picture.word.split()[-1] in named:
            continue
        if picture.kind == "person" and _POSSESSIVE.match(shot.action[picture.start :]):
            continue  # "the captain's parrot" is there, the captain need not be
        if picture.code == _SAILBOAT and picture.word == "boat" and has_word(shot.action, _ROWING):
            picture = replace(picture, code="1F6F6", height=26.0)
        if picture.word == "plane" and has_word(shot.action, _WOOD):
            continue  # a carpenter's
        if picture.word == "bat" and has_word(f"{shot.action} {' '.join(role.name for role in present)}", _BALL_GAMES):
            picture = replace(picture, code="baseball-bat", kind="thing", height=24.0)
        pictures.append(picture)
    return pictures


def antecedents(caption: HierarchicalCaption, shot: Shot, figures: list[Actor], things: list[Picture]) -> list[Picture]:
    """What "it" is in "It drifts away": what the shot before spoke of last, where nobody else is there."""
    match = _PRONOUN.match(shot.action)
    before = caption.shots[caption.shots.index(shot) - 1] if shot is not caption.shots[0] else None
    if match is None or before is None or figures or any(picture.kind in ("person", "animal") for picture in things):
        return []
    named = [
        picture
        for picture in find_pictures(before.action, caption.language)
        if picture.kind in ("thing", "sky") and all(picture.code != other.code for other in things)
    ]
    return [replace(named[-1], start=match.start(1))] if named else []


def is_setting(picture: Picture, action: str, scene: Scene, *, english: bool) -> bool:
    """Whether the backdrop shows a picture's noun: "on a snowy mountain", "in a modern office"."""
    landscape = is_landscape(scene, picture.code)
    if not landscape and (picture.height < 64 or not names_place(scene, picture.word)):
        return False
    before = [str(word) for word in tokens(action[: picture.start])][-4:]
    # "Climbs the mountain" is done to it, as is what stands first: "Waves splash".
    placed = any(word in _PLACING for word in before) and "climbs" not in before
    return placed or (landscape and not english and picture.start > 0)


def in_orbit(picture: Picture) -> Picture:
    """The picture as it is out in space, where a station has no rails."""
    return replace(picture, code="1F6F0", kind="sky", height=30.0) if picture.code == "1F689" else picture


def tint_of(text: str, picture: Picture, language: str) -> str:
    """The colour that a text says of a picture, or empty: the sky and the ground have their own."""
    if picture.kind in ("person", "sky") or picture.code in _NOT_TINTED:
        return ""
    return colour_beside(text, picture.start, picture.word, language)


def extra_of(
    caption: HierarchicalCaption, shot: Shot, picture: Picture, number: int, moves: dict[str, Motion], tint: str
) -> Actor:
    """Somebody or an animal beside the roles; who is of the cast looks as in the other shots."""
    motion = moves.get(key_of(picture), Motion("stand"))
    role = next(
        (
            role
            for role in caption.roles
            if any(
                mention.start <= picture.start < mention.start + mention.letters
                for mention in mentions_of(role.id, role.name, shot.action)
            )
        ),
        None,
    )
    if role is not None:
        # Somebody of the cast looks as in the other shots.
        return Actor(cast_role(caption, role.id, shot), motion=motion, kind=picture.kind)
    if picture.kind == "animal":
        return Actor(look_of_picture(picture, count=picture.count, tint=tint), motion=motion, kind=picture.kind)
    role = Role(id=f"C{90 + number}", name=picture.word)
    return Actor(person_look(role, picture.code, number + 3), motion=motion, kind=picture.kind)


def prop_of(picture: Picture, moves: dict[str, Motion], tint: str) -> Actor:
    """A thing of the action."""
    actor = Actor(look_of_picture(picture, count=picture.count, tint=tint), kind=picture.kind)
    if picture.kind == "sky":
        actor.layer, actor.y = 0, -58.0
    elif picture.code == _BALLOON:
        actor.y = -24.0
    elif picture.height >= 64:
        actor.layer = 0
    motion = moves.get(key_of(picture), actor.motion)
    if motion.name in ("fly", "fall", "spin", "flip", "rise", "hop", "run", "shake", "grow"):
        actor.motion = motion
    return actor


def card_of(noun: Noun) -> Actor:
    """A lettered card for a noun that has no picture."""
    return Actor(Look("card", "", 20.0, label=noun.words), kind="thing")


def furniture_of(caption: HierarchicalCaption, shot: Shot, scene: Scene, shown: tuple[Picture, ...]) -> list[Actor]:
    """What the setting names and its backdrop lacks, at the back: "a room with a piano"."""
    codes = {picture.code for picture in shown} | {thing.code for thing in scene.place.things}
    found = [
        picture
        for picture in find_pictures(shot.setting, caption.language)
        if picture.kind in ("thing", "animal")
        and picture.code not in codes
        and picture.code not in _NOT_FURNITURE
        and not (picture.code == "bench" and scene.place.inside)
        and picture.height >= 16
        and not is_landscape(scene, picture.code)
        and not (picture.height >= 64 and names_place(scene, picture.word))
    ][:_MAX_FURNITURE]
    actors = []
    for at, picture in enumerate(found):
        tint = tint_of(shot.setting, picture, caption.language)
        actor = Actor(look_of_picture(picture, tint=tint), kind=picture.kind, layer=0, scenic=True)
        actor.scale = min(1.0, 52.0 / actor.look.height)
        actor.x, actor.y, actor.order = (-52.0, 56.0, -20.0)[at], -11.0, -5
        actors.append(actor)
    return actors
