"""Who and what is in a shot, and where: roles, extras and things of the action, set out on the ground."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from generator.stage.actors import Actor
from generator.stage.blocking import DOORS, HANDY, block, touched
from generator.stage.camera import HORIZON, HORIZONS
from generator.stage.cast import cast_role
from generator.stage.crowd import MAX_CROWD, all_of_them, companions, how_many, others
from generator.stage.deeds import Deeds, Mention, deeds, mentions_of
from generator.stage.gloss import Gloss, gloss
from generator.stage.implied import adorn, implied
from generator.stage.inventory import (
    antecedents,
    bare,
    card_of,
    extra_of,
    furniture_of,
    in_orbit,
    is_setting,
    key_of,
    prop_of,
    things_named,
    tint_of,
)
from generator.stage.lexicon import ANIMALS, SKY, UPRIGHT, WALL
from generator.stage.motion import Motion
from generator.stage.nouns import is_worn, unpictured
from generator.stage.pictures import Picture, find_pictures
from generator.stage.rest import signs_of_sleep
from generator.stage.scene import Scene
from generator.stage.tongues import in_english
from generator.stage.water import float_in, jump_in
from generator.stage.words import tokens, word_set
from mavin.caption import Angle, HierarchicalCaption, Role, Shot

__all__ = ["Layout", "by_depth", "entered", "set_out"]

_GAP = 5.0
_MAX_EXTRAS = 4
_MAX_THINGS = 6
_TABLES = word_set("table counter")
_OF_THE_LIVING = word_set("turn look nod wave point hold reach climb kneel sit")
_INTO = re.compile(r"\b(?:into|enters?|entering)\s+(?:[^\s.,;]+\s+){0,3}$", re.IGNORECASE)
_ROOTED = word_set(
    "E2D1 1F332 1F333 1F334 1F335 1F33B 1F339 26F2 1F3A1 1F3A0 1F309 26F0 1F3D4 1F30B lighthouse waterfall"
)
_SHINING = word_set("stand rise fly look grow shake spin whirl")
_GOING = word_set("walk run enter leave climb dance")


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
    in_order: bool = False,
) -> Layout:
    """The layout of a shot; ``mirrored`` swaps left and right, as seen from the other side.

    Roles stand from left to right as the action names them, or (``in_order``) as the script lists them.

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
    seen = things_named(caption, shot, figures)
    things = [picture for picture in seen if not is_worn(picture, shot.action)]
    english = caption.language.casefold().startswith("en")
    if scene is not None:
        things = [picture for picture in things if not is_setting(picture, shot.action, scene, english=english)]
        if scene.place.name == "space":
            things = [in_orbit(picture) for picture in things]
    things += antecedents(caption, shot, figures, things)
    told, reading = _told(caption, shot, figures, things)
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
    tints = [tint_of(shot.action, picture, caption.language) for picture in living]
    extras = [
        extra_of(caption, shot, picture, at, moves, tint)
        for at, (picture, tint) in enumerate(zip(living, tints, strict=True))
    ]
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
    names = {figure.role: caption.role(figure.role).name for figure in figures}
    needed = implied(reading.action, reading.mentions, names or {key_of(one): one.word for one in living}, seen)
    bonds = (*told.bonds, *(need.bond for need in needed))
    things += [need.picture for need in needed]
    props = [prop_of(picture, moves, tint_of(shot.action, picture, caption.language)) for picture in things]
    furniture = furniture_of(caption, shot, scene, (*living, *things)) if scene is not None else []
    cards = [card_of(noun) for noun in unpictured(shot.action, seen, roles)]
    # Without roles the first thing named is the subject, unless somebody is named before it.
    subject = props[0] if props and not figures and all(things[0].start < other.start for other in living) else None
    keys = {figure.role: figure for figure in figures}
    keys |= dict(zip(map(key_of, (*living, *things)), (*extras, *props), strict=True))
    if subject is not None:
        subject.motion = moves.get(key_of(things[0]), subject.motion)
    elif not ranked and cards:
        subject = cards[0]
    elif not any(figure.motion.name != "stand" for figure in figures):
        # The roles look on: the camera shows what happens, unless one of them speaks.
        doer = next((keys[key] for key in moves if key in keys), None)
        if doer is not None and not speaking:
            subject = doer
    props += cards
    for actor in ranked:
        if _is_fixed(actor) and actor.motion.name in _GOING:
            actor.motion = Motion("whirl" if actor.look.code in UPRIGHT else "stand")
        alive = (
            actor.kind in ("person", "animal") or actor.look.kind != "picture" or actor.look.code in ANIMALS | UPRIGHT
        )
        if alive and actor.motion.name == "spin":
            actor.motion = Motion("whirl")
    for actor in props:
        # A ball rolls over; what stands upright turns about its own axis.
        if actor.motion.name in _OF_THE_LIVING or (_is_fixed(actor) and actor.motion.name in _GOING):
            actor.motion = Motion("stand")
        if actor.motion.name == "spin" and (actor.look.height >= 40 or actor.look.code in UPRIGHT):
            actor.motion = Motion("whirl")
    horizon = HORIZONS.get(shot.camera.angle, HORIZON)
    listed = [role.id for role in caption.roles]
    if in_order:
        row = sorted(ranked, key=lambda actor: listed.index(actor.role) if actor.role else len(listed))
        _arrange(row, props, {})
    else:
        _arrange(ranked, props, touched(bonds, keys))
    block(bonds, keys)
    if in_order:
        # Who goes to another may have come to stand on the other side; no text tells of a view from there either.
        mirrored = _is_turned([actor for role in listed for actor in figures if actor.role == role])
    for bond in bonds:
        if bond.relation == "burst":
            adorn(keys[bond.object], keys[bond.subject])
    if scene is not None:
        jump_in(scene, in_english(shot.action, caption.language), ranked, horizon)
        float_in(scene, (*ranked, *props), horizon)
        _hang(scene, props)
    _hold(ranked, props)
    _send_up(ranked)
    if not ranked:
        _lay_out(props, furniture)
    _face(ranked)
    props += signs_of_sleep(reading.action, (*ranked, *props))
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
    named = [Mention(key_of(house), house.start, len(house.word.split()), len(house.word)) for house in houses]
    told = gloss(shot.action, named, caption.language)
    starts = {mention.key: mention.start for mention in told.mentions}
    return next((house for house in houses if _INTO.search(told.action[: starts.get(key_of(house), 0)])), None)


def _is_fixed(actor: Actor) -> bool:
    # Houses, trees and windmills go nowhere, whatever speeds up.
    return actor.look.kind == "picture" and (actor.look.code in DOORS or actor.look.code in _ROOTED)


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


def _told(caption: HierarchicalCaption, shot: Shot, figures: list[Actor], things: list[Picture]) -> tuple[Deeds, Gloss]:
    # Roles that are not in the shot are named too, and their verbs are theirs.
    named = [mention for role in caption.roles for mention in mentions_of(role.id, role.name, shot.action)]
    taken = {mention.start for mention in named}
    # "A dog jumps" where the only dog there is Rex: it is he who jumps.
    called = {mention.key for mention in named}
    nameless = {bare(figure.look.code): figure.role for figure in figures if figure.role not in called}
    if all_of_them(shot.action) is not None:
        nameless = {}
    for found in find_pictures(shot.action, caption.language) if nameless else ():
        role = nameless.pop(bare(found.code), "") if found.start not in taken else ""
        if role:
            named.append(Mention(role, found.start, len(found.word.split()), len(found.word)))
            taken.add(found.start)
    named += [
        Mention(key_of(thing), thing.start, len(thing.word.split()), len(thing.word))
        for thing in things
        if thing.start not in taken
    ]
    told = gloss(shot.action, named, caption.language)
    return deeds(told.action, told.mentions, figures[0].role if len(figures) == 1 else ""), told


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
    return [Mention(key_of(thing), thing.start, len(thing.word.split()), len(thing.word)) for thing in things]


def _by_mention(roles: list[Role], action: str) -> list[Role]:
    folded = action.casefold()

    def place(role: Role) -> int:
        at = folded.find(role.name.casefold())
        return at if at >= 0 else 10_000

    return sorted(roles, key=place)


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


def _is_turned(figures: list[Actor]) -> bool:
    # Whether more pairs stand the wrong way round than the right one.
    places = [actor.x + (actor.track.distance if actor.track is not None else 0.0) for actor in figures]
    pairs = list(combinations(places, 2))
    return sum(left > right for left, right in pairs) * 2 > len(pairs)


def _hang(scene: Scene, props: list[Actor]) -> None:
    # Windows and pictures of a room hang on its wall, where nobody carries or moves them.
    if not scene.place.inside:
        return
    for prop in props:
        free = prop.carrier is None and prop.held_by is None and prop.track is None
        if free and prop.layer == 1 and prop.look.code in WALL and prop.motion.name == "stand":
            prop.order, prop.scenic = -15, False
            prop.scale = min(prop.scale, 36.0 / prop.look.height)
            prop.y = -30.0


def _send_up(figures: list[Actor]) -> None:
    # A moon that shines is in the sky; one that walks or talks may stand among the others.
    for figure in figures:
        free = not figure.speaks and figure.track is None and figure.carrier is None
        if free and figure.look.code in SKY and figure.motion.name in _SHINING:
            figure.layer, figure.y = 0, -58.0


def _focus(caption: HierarchicalCaption, shot: Shot, figures: list[Actor], props: list[Actor]) -> list[Actor]:
    speakers = [part.line.role for part in caption.lines_in(shot) if part.line.on_screen]
    speaking = [actor for actor in figures if actor.role and actor.role in speakers]
    if speaking:
        return speaking
    if figures:
        return figures[:1]
    return props[:1]
