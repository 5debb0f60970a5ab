"""Who and what is in a shot, and where: roles, extras and things of the action, set out on the ground."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from generator.stage.actors import Actor
from generator.stage.blocking import DOORS, HANDY, block, touched
from generator.stage.cast import Look, cast_role, look_of_picture, person_look
from generator.stage.crowd import MAX_CROWD, all_of_them, companions, how_many, others
from generator.stage.deeds import Deeds, Mention, deeds, mentions_of
from generator.stage.gloss import gloss
from generator.stage.lexicon import ANIMALS, UPRIGHT
from generator.stage.motion import Motion
from generator.stage.nouns import Noun, is_worn, unpictured
from generator.stage.pictures import Picture, find_pictures
from generator.stage.scene import Scene, names_place
from generator.stage.tint import colour_beside
from generator.stage.tongues import in_english
from generator.stage.water import jump_in
from generator.stage.words import has_word, singulars, tokens, word_set
from mavin.caption import Angle, HierarchicalCaption, Role, Shot

__all__ = ["Layout", "by_depth", "entered", "set_out"]

_GAP = 5.0
_MAX_EXTRAS = 4
_MAX_THINGS = 6
_MAX_FURNITURE = 3
_NOT_FURNITURE = word_set("grass pond 1FA9F 1FAA8 1FAB5 1F9F1 1F4A1")
_TABLES = word_set("table counter")
_OF_THE_LIVING = word_set("turn look nod wave point hold reach climb kneel sit")
_BALL_GAMES = word_set("baseball cricket player batter pitcher hitter ball")
_WOOD = word_set("board plank wood timber beam")
_PLACING = word_set("in on at inside into through across along over around under above near from to by")
_INTO = re.compile(r"\b(?:into|enters?|entering)\s+(?:[^\s.,;]+\s+){0,3}$", re.IGNORECASE)
_BALLOON = "1F388"
_NOT_TINTED = word_set("grass pond hole 1F525 1F4A8 1F4A6 1F6A5 1F6A6")


@dataclass(frozen=True, slots=True)
class Layout:
    """The actors of a shot, back to front, and whom the camera looks at.

    ``focus`` are the speakers, or else the subject of the action.
    """

    actors: tuple[Actor, ...]
    focus: tuple[Actor, ...]

    def of_role(self, role_id: str) -> Actor | None:
        """The actor of a role, or ``None`` where it is not on the stage."""
        return next((actor for actor in self.actors if actor.role == role_id), None)


def set_out(
    caption: HierarchicalCaption,
    shot: Shot,
    *,
    mirrored: bool,
    scene: Scene | None = None,
    references: Path | None = None,
) -> Layout:
    """The layout of a shot; ``mirrored`` swaps left and right, as seen from the other side.

    What the ``scene`` shows anyway is not brought in as a thing; what else its words name is.

    Raises:
        UsageError: if a role's reference picture cannot be used.
    """
    speaking = [part.line.role for part in caption.lines_in(shot) if part.line.on_screen]
    roles = [caption.role(name) for name in dict.fromkeys((*shot.roles, *speaking))]
    if shot.camera.angle is Angle.POV and len(roles) > 1:
        # The one whose eyes we see through is not seen: the first that the action names, unless it speaks.
        speakers = {part.line.role for part in caption.lines_in(shot) if part.line.on_screen}
        seer = next((role for role in _by_mention(roles, shot.action) if role.id not in speakers), None)
        roles = [role for role in roles if role is not seer]
    roles = _by_mention(roles, shot.action)
    figures = [Actor(cast_role(caption, role.id, shot, references), role.id) for role in roles]
    seen = _things(caption, shot, figures)
    things = [picture for picture in seen if not is_worn(picture, shot.action)]
    if scene is not None:
        things = [picture for picture in things if not _is_setting(picture, shot.action, scene)]
    told = _told(caption, shot, figures, things)
    moves = told.motions
    group = all_of_them(shot.action)
    if group is not None and len(figures) > 1 and not any(figure.role in moves for figure in figures):
        things, told = _as_one(shot, figures, things, group)
        moves = told.motions
    for figure in figures:
        figure.speaks = figure.role in speaking
        figure.motion = moves.get(figure.role, figure.motion)
    living = [picture for picture in things if picture.kind in ("person", "animal")]
    living = living[: max(0, _MAX_EXTRAS - max(0, len(figures) - 3))]
    tints = [_tint(shot.action, picture, caption.language) for picture in living]
    extras = [_extra(picture, at, moves, tint) for at, (picture, tint) in enumerate(zip(living, tints, strict=True))]
    crowd: list[Actor] = []
    for figure in figures:
        crowd += companions(caption, figure, MAX_CROWD - len(figures) - len(extras) - len(crowd))
    for picture, extra in zip(living, extras, strict=True):
        if picture.kind == "person" and picture.count > 1:
            number = max(picture.count, how_many(shot.action[max(0, picture.start - 16) : picture.start]))
            number = min(number - 1, MAX_CROWD - len(figures) - len(extras) - len(crowd))
            crowd += others(picture.word, extra.look, extra.motion, number)
    things = [picture for picture in things if picture.kind not in ("person", "animal")][:_MAX_THINGS]
    ranked = figures + extras + crowd
    props = [_prop(picture, moves, _tint(shot.action, picture, caption.language)) for picture in things]
    furniture = _furniture(caption, shot, scene, (*living, *things)) if scene is not None else []
    cards = [_card(noun) for noun in unpictured(shot.action, seen, roles)]
    # Without roles the first thing named is the subject, unless somebody is named before it.
    subject = props[0] if props and not figures and all(things[0].start < other.start for other in living) else None
    keys = {figure.role: figure for figure in figures}
    keys |= dict(zip(map(_key, (*living, *things)), (*extras, *props), strict=True))
    if subject is not None:
        subject.motion = moves.get(_key(things[0]), subject.motion)
    elif not ranked and cards:
        subject = cards[0]
    elif not any(figure.motion.name != "stand" for figure in figures):
        # The roles look on: the camera shows what happens, unless one of them speaks.
        doer = next((keys[key] for key in moves if key in keys), None)
        if doer is not None and not speaking:
            subject = doer
    props += cards
    for actor in ranked:
        alive = (
            actor.kind in ("person", "animal") or actor.look.kind != "picture" or actor.look.code in ANIMALS | UPRIGHT
        )
        if alive and actor.motion.name == "spin":
            actor.motion = Motion("whirl")
    for actor in props:
        # A ball rolls over; what stands upright turns about its own axis.
        if actor.motion.name in _OF_THE_LIVING:
            actor.motion = Motion("stand")
        if actor.motion.name == "spin" and (actor.look.height >= 40 or actor.look.code in UPRIGHT):
            actor.motion = Motion("whirl")
    _arrange(ranked, props, touched(told.bonds, keys))
    block(told.bonds, keys)
    if scene is not None:
        jump_in(scene, in_english(shot.action, caption.language), ranked)
    _hold(ranked, props)
    if not ranked:
        _lay_out(props, furniture)
    _face(ranked)
    focus = [subject] if subject is not None else _focus(caption, shot, ranked, props)
    actors = sorted((*ranked, *props, *furniture), key=by_depth)
    for actor in actors:
        if mirrored:
            actor.x = -actor.x
            actor.track = actor.track.mirrored() if actor.track is not None else None
        left = actor.faces_left != mirrored
        person = actor.look.kind in ("person", "creature")
        actor.flipped = (left if person else actor.look.faces_right == left) if actor.look.kind != "card" else False
    return Layout(tuple(actors), tuple(focus))


def entered(caption: HierarchicalCaption, shot: Shot) -> Picture | None:
    """The building that somebody goes into, which is then seen from outside."""
    houses = [picture for picture in find_pictures(shot.action, caption.language) if picture.code in DOORS]
    named = [Mention(_key(house), house.start, len(house.word.split()), len(house.word)) for house in houses]
    told = gloss(shot.action, named, caption.language)
    starts = {mention.key: mention.start for mention in told.mentions}
    return next((house for house in houses if _INTO.search(told.action[: starts.get(_key(house), 0)])), None)


def _is_setting(picture: Picture, action: str, scene: Scene) -> bool:
    # "on a snowy mountain", "in a modern office": the backdrop shows it.
    if picture.height < 64 or not names_place(scene, picture.word):
        return False
    before = [str(word) for word in tokens(action[: picture.start])][-4:]
    return any(word in _PLACING for word in before)


def _furniture(caption: HierarchicalCaption, shot: Shot, scene: Scene, shown: tuple[Picture, ...]) -> list[Actor]:
    # What the setting names and its backdrop lacks stands at the back: "a room with a piano".
    codes = {picture.code for picture in shown} | {thing.code for thing in scene.place.things}
    found = [
        picture
        for picture in find_pictures(shot.setting, caption.language)
        if picture.kind in ("thing", "animal")
        and picture.code not in codes
        and picture.code not in _NOT_FURNITURE
        and not (picture.code == "bench" and scene.place.inside)
        and picture.height >= 16
        and not (picture.height >= 64 and names_place(scene, picture.word))
    ][:_MAX_FURNITURE]
    actors = []
    for at, picture in enumerate(found):
        tint = _tint(shot.setting, picture, caption.language)
        actor = Actor(look_of_picture(picture, tint=tint), kind=picture.kind, layer=0, scenic=True)
        actor.scale = min(1.0, 52.0 / actor.look.height)
        actor.x, actor.y, actor.order = (-52.0, 56.0, -20.0)[at], -11.0, -5
        actors.append(actor)
    return actors


def _lay_out(props: list[Actor], furniture: list[Actor]) -> None:
    # Small things alone lie on the table that the setting names.
    table = next((actor for actor in furniture if actor.look.code in _TABLES), None)
    small = [prop for prop in props if prop.layer == 1 and prop.carrier is None and prop.height <= HANDY]
    if table is None or not small:
        return
    table.layer, table.order, table.scenic, table.x, table.y = 1, -8, False, 0.0, 0.0
    reach = max(abs(prop.x) + prop.width / 2 for prop in small)
    table.scale *= max(1.0, 2.2 * reach / table.width)
    table.scale = min(table.scale, 1.6)
    for prop in small:
        lift = table.height + prop.y
        for other in [prop, *(other for other in props if other.carrier is prop)]:
            other.y -= lift
        prop.carrier = table


def by_depth(actor: Actor) -> tuple[int, int, float]:
    """Sorts actors from back to front."""
    return actor.layer, actor.order, actor.y if actor.carrier is None else 0.0


def _face(figures: list[Actor]) -> None:
    # Those who stand at the right end look back at the others.
    for actor in figures:
        if actor.track is not None and actor.track.distance < 0:
            actor.faces_left = True
    still = [actor for actor in figures if actor.motion.name not in ("walk", "run", "leave", "enter", "fly", "swim")]
    if len(figures) > 1 and len(still) == len(figures):
        rightmost = max(figures, key=lambda actor: actor.x)
        rightmost.faces_left = rightmost.faces_left or rightmost.track is None


def _card(noun: Noun) -> Actor:
    return Actor(Look("card", "", 20.0, label=noun.words), kind="thing")


def _key(picture: Picture) -> str:
    return f"{picture.code}@{picture.start}"


def _bare(code: str) -> str:
    # The same figure whatever its sex.
    return code.replace("1F468", "1F9D1").replace("1F469", "1F9D1")


def _told(caption: HierarchicalCaption, shot: Shot, figures: list[Actor], things: list[Picture]) -> Deeds:
    # Roles that are not in the shot are named too, and their verbs are theirs.
    named = [mention for role in caption.roles for mention in mentions_of(role.id, role.name, shot.action)]
    taken = {mention.start for mention in named}
    # "A dog jumps" where the only dog there is Rex: it is he who jumps.
    called = {mention.key for mention in named}
    nameless = {_bare(figure.look.code): figure.role for figure in figures if figure.role not in called}
    if all_of_them(shot.action) is not None:
        nameless = {}
    for found in find_pictures(shot.action, caption.language) if nameless else ():
        role = nameless.pop(_bare(found.code), "") if found.start not in taken else ""
        if role:
            named.append(Mention(role, found.start, len(found.word.split()), len(found.word)))
            taken.add(found.start)
    named += [
        Mention(_key(thing), thing.start, len(thing.word.split()), len(thing.word))
        for thing in things
        if thing.start not in taken
    ]
    told = gloss(shot.action, named, caption.language)
    return deeds(told.action, told.mentions, figures[0].role if len(figures) == 1 else "")


def _as_one(shot: Shot, figures: list[Actor], things: list[Picture], group: range) -> tuple[list[Picture], Deeds]:
    # "The three friends sit": the roles are those friends, and each of them sits.
    rest = [thing for thing in things if shot.action[group.stop : thing.start].strip()]  # "they wave": no sea's wave
    lead = figures[0].role
    told = deeds(
        shot.action,
        [Mention(lead, group.start, len(tokens(shot.action[group.start : group.stop])), len(group)), *_mentions(rest)],
        lead,
    )
    motions = dict(told.motions)
    if lead in motions:
        motions |= {figure.role: motions[lead] for figure in figures}
    return rest, Deeds(motions, tuple(bond for bond in told.bonds if lead not in (bond.subject, bond.object)))


def _mentions(things: list[Picture]) -> list[Mention]:
    return [Mention(_key(thing), thing.start, len(thing.word.split()), len(thing.word)) for thing in things]


def _by_mention(roles: list[Role], action: str) -> list[Role]:
    folded = action.casefold()

    def place(role: Role) -> int:
        at = folded.find(role.name.casefold())
        return at if at >= 0 else 10_000

    return sorted(roles, key=place)


def _things(caption: HierarchicalCaption, shot: Shot, figures: list[Actor]) -> list[Picture]:
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
        if _bare(picture.code) in {_bare(code) for code in taken}:
            continue
        if any(first <= picture.start <= last for first, last in spans) or picture.word.split()[-1] in named:
            continue
        if picture.word == "plane" and has_word(shot.action, _WOOD):
            continue  # a carpenter's
        if picture.word == "bat" and has_word(f"{shot.action} {' '.join(role.name for role in present)}", _BALL_GAMES):
            picture = replace(picture, code="baseball-bat", kind="thing", height=24.0)
        pictures.append(picture)
    return pictures


def _tint(text: str, picture: Picture, language: str) -> str:
    # The sky's lights have their own colours, and the ground has the place's.
    if picture.kind in ("person", "sky") or picture.code in _NOT_TINTED:
        return ""
    return colour_beside(text, picture.start, picture.word, language)


def _extra(picture: Picture, number: int, moves: dict[str, Motion], tint: str) -> Actor:
    motion = moves.get(_key(picture), Motion("stand"))
    if picture.kind == "animal":
        return Actor(look_of_picture(picture, count=picture.count, tint=tint), motion=motion, kind=picture.kind)
    role = Role(id=f"C{90 + number}", name=picture.word)
    return Actor(person_look(role, picture.code, number + 3), motion=motion, kind=picture.kind)


def _prop(picture: Picture, moves: dict[str, Motion], tint: str) -> Actor:
    actor = Actor(look_of_picture(picture, count=picture.count, tint=tint), kind=picture.kind)
    if picture.kind == "sky":
        actor.layer, actor.y = 0, -58.0
    elif picture.code == _BALLOON:
        actor.y = -24.0
    elif picture.height >= 64:
        actor.layer = 0
    motion = moves.get(_key(picture), actor.motion)
    if motion.name in ("fly", "fall", "spin", "flip", "rise", "hop", "run", "shake", "grow"):
        actor.motion = motion
    return actor


def _hold(figures: list[Actor], props: list[Actor]) -> None:
    # The first figure carries the first handy thing if its verb is one of hands and nothing else is said of either.
    if not figures or figures[0].look.kind == "picture" or figures[0].motion.name not in ("hold", "wave"):
        return
    if figures[0].track is not None or any(prop.held_by is figures[0] for prop in props):
        return
    for prop in props:
        free = prop.carrier is None and prop.track is None and prop.held_by is None
        if free and prop.layer == 1 and prop.look.height <= HANDY and prop.motion.name == "stand":
            prop.held_by, prop.layer = figures[0], 2
            prop.scale = min(1.0, 17.0 / prop.look.height)
            figures[0].motion = Motion("hold")
            return


def _arrange(figures: list[Actor], props: list[Actor], pairs: dict[int, Actor]) -> None:
    standing = [prop for prop in props if prop.layer == 1]
    # Subject, its things, then the others: "A bear sniffs a basket" reads from left to right.
    row = figures[:1] + standing[:2] + figures[1:] + standing[2:]
    for subject in [actor for actor in row if id(actor) in pairs]:
        other = pairs[id(subject)]
        if other in row and other is not row[0]:
            # Who goes to another stands next to it.
            row.remove(other)
            row.insert(row.index(subject) + 1, other)
    widths = [max(8.0, actor.width) for actor in row]
    total = sum(widths) + _GAP * max(0, len(row) - 1)
    x = -total / 2
    for actor, width in zip(row, widths, strict=True):
        actor.x = x + width / 2
        x += width + _GAP
        if actor in standing and actor.y >= 0:
            actor.y = 3.0 if actor.height < 30 else 0.0
        if actor.look.code in ("pond", "hole"):
            actor.y, actor.order = 5.0, -9  # lies on the ground
    for at, prop in enumerate(prop for prop in props if prop.layer == 0):
        side = 1 if at % 2 == 0 else -1
        prop.x = side * (30.0 + 26.0 * (at // 2))
        if prop.y >= 0:
            prop.y = -9.0


def _focus(caption: HierarchicalCaption, shot: Shot, figures: list[Actor], props: list[Actor]) -> list[Actor]:
    speakers = [part.line.role for part in caption.lines_in(shot) if part.line.on_screen]
    speaking = [actor for actor in figures if actor.role and actor.role in speakers]
    if speaking:
        return speaking
    if figures:
        return figures[:1]
    return props[:1]
