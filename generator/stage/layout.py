"""Who and what is in a shot, and where: roles, extras and things of the action, set out on the ground."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from generator.stage import art
from generator.stage.cast import Look, cast_role, look_of_picture, person_look
from generator.stage.deeds import Mention, deeds, mentions_of
from generator.stage.figures import Drawing, draw
from generator.stage.motion import Motion
from generator.stage.pictures import Picture, find_pictures
from generator.stage.words import singulars, tokens
from mavin.caption import Angle, HierarchicalCaption, Role, Shot

__all__ = ["Actor", "Layout", "scale_of", "set_out"]

_GAP = 5.0
_HANDY = 26.0  # what is no taller than this can be held in a hand
_MAX_EXTRAS = 3
_MAX_THINGS = 4
_BALLOON = "1F388"


@dataclass(slots=True)
class Actor:
    """A figure or thing on the stage.

    Attributes:
        look: how it is drawn.
        role: id of its role, or empty.
        motion: what it does.
        x: where it stands.
        y: how far its feet are below the ground line (negative: above).
        scale: of its world height.
        flipped: whether it is mirrored.
        held_by: the actor that carries it.
        layer: 0 behind, 1 among, 2 before the figures.
        kind: what it is if it is no role: ``person``, ``animal``, ``thing`` or ``sky``.
    """

    look: Look
    role: str = ""
    motion: Motion = field(default_factory=lambda: Motion("stand"))
    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    flipped: bool = False
    held_by: Actor | None = None
    layer: int = 1
    kind: str = "thing"

    @property
    def height(self) -> float:
        """World units from feet to top."""
        return self.look.height * self.scale

    @property
    def width(self) -> float:
        """World units that its ink is wide."""
        return _ink_width(self.look) * scale_of(self)

    @property
    def head(self) -> tuple[float, float]:
        """Where the head is in the world when it stands still."""
        drawing = draw(self.look)
        unit = scale_of(self)
        side = -1 if self.flipped else 1
        return (
            self.x + side * (drawing.head[0] - drawing.feet[0]) * unit,
            self.y + (drawing.head[1] - drawing.feet[1]) * unit,
        )


def scale_of(actor: Actor) -> float:
    """World units per unit of the actor's drawing."""
    drawing: Drawing = draw(actor.look)
    return actor.height / (drawing.feet[1] - drawing.top)


def _ink_width(look: Look) -> float:
    if look.kind in ("person", "creature"):
        return 56.0
    return 72.0 if look.kind == "card" else art.ink_box(look.code).width


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


def set_out(caption: HierarchicalCaption, shot: Shot, *, mirrored: bool, references: Path | None = None) -> Layout:
    """The layout of a shot; ``mirrored`` swaps left and right, as seen from the other side.

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
    things = _things(caption, shot, figures)
    moves = _moves(caption, shot, figures, things)
    for figure in figures:
        figure.motion = moves.get(figure.role, figure.motion)
    living = [picture for picture in things if picture.kind in ("person", "animal")]
    extras = [_extra(picture, at, moves) for at, picture in enumerate(living)]
    things = [picture for picture in things if picture.kind not in ("person", "animal")][:_MAX_THINGS]
    ranked = figures + extras[: max(0, _MAX_EXTRAS - max(0, len(figures) - 3))]
    props = [_prop(picture, moves) for picture in things]
    # Without roles the first thing named is the subject, unless somebody is named before it.
    subject = props[0] if props and not figures and all(things[0].start < other.start for other in living) else None
    if subject is not None:
        subject.motion = moves.get(_key(things[0]), subject.motion)
    elif not any(figure.motion.name != "stand" for figure in figures):
        # The roles look on: the camera shows what happens, unless one of them speaks.
        keys = dict(zip(map(_key, (*living, *things)), (*extras, *props), strict=True))
        doer = next((keys[key] for key in moves if key in keys), None)
        if doer is not None and (doer in ranked or doer in props) and not speaking:
            subject = doer
    _hold(ranked, props)
    _arrange(ranked, props)
    focus = [subject] if subject is not None else _focus(caption, shot, ranked, props)
    actors = sorted((*ranked, *props), key=lambda actor: (actor.layer, actor.y))
    for actor in actors:
        if mirrored:
            actor.x = -actor.x
        actor.flipped = (not actor.look.faces_right) != mirrored if actor.look.kind != "card" else False
        if actor.look.kind == "person":
            actor.flipped = mirrored
    return Layout(tuple(actors), tuple(focus))


def _key(picture: Picture) -> str:
    return f"{picture.code}@{picture.start}"


def _moves(caption: HierarchicalCaption, shot: Shot, figures: list[Actor], things: list[Picture]) -> dict[str, Motion]:
    # Roles that are not in the shot are named too, and their verbs are theirs.
    named = [mention for role in caption.roles for mention in mentions_of(role.id, role.name, shot.action)]
    taken = {mention.start for mention in named}
    named += [
        Mention(_key(thing), thing.start, len(thing.word.split())) for thing in things if thing.start not in taken
    ]
    return deeds(shot.action, named, figures[0].role if len(figures) == 1 else "")


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
    named = {form for role in present for word in tokens(role.name) for form in singulars(word)}
    pictures = []
    for picture in find_pictures(shot.action, caption.language):
        bare = picture.code.replace("1F468", "1F9D1").replace("1F469", "1F9D1")
        if picture.code in taken or any(
            bare == code.replace("1F468", "1F9D1").replace("1F469", "1F9D1") for code in taken
        ):
            continue
        if picture.word in named or any(word in named for word in picture.word.split()):
            continue
        pictures.append(picture)
    return pictures


def _extra(picture: Picture, number: int, moves: dict[str, Motion]) -> Actor:
    motion = moves.get(_key(picture), Motion("stand"))
    if picture.kind == "animal":
        return Actor(look_of_picture(picture), motion=motion, kind=picture.kind)
    role = Role(id=f"C{90 + number}", name=picture.word)
    return Actor(person_look(role, picture.code, number + 3), motion=motion, kind=picture.kind)


def _prop(picture: Picture, moves: dict[str, Motion]) -> Actor:
    actor = Actor(look_of_picture(picture), kind=picture.kind)
    if picture.kind == "sky":
        actor.layer, actor.y = 0, -58.0
    elif picture.code == _BALLOON:
        actor.y = -24.0
    elif picture.height >= 58:
        actor.layer = 0
    motion = moves.get(_key(picture), actor.motion)
    if motion.name in ("fly", "fall", "spin", "rise", "hop", "run", "shake", "grow"):
        actor.motion = motion
    return actor


def _hold(figures: list[Actor], props: list[Actor]) -> None:
    # The first figure carries the first handy thing if its verb is one of hands.
    if not figures or figures[0].look.kind == "picture" or figures[0].motion.name not in ("hold", "wave"):
        return
    for prop in props:
        if prop.layer == 1 and prop.look.height <= _HANDY and prop.motion.name == "stand":
            prop.held_by, prop.layer = figures[0], 2
            prop.scale = min(1.0, 17.0 / prop.look.height)
            figures[0].motion = Motion("hold")
            return


def _arrange(figures: list[Actor], props: list[Actor]) -> None:
    standing = [prop for prop in props if prop.layer == 1]
    # Subject, its things, then the others: "A bear sniffs a basket" reads from left to right.
    row = figures[:1] + standing[:2] + figures[1:] + standing[2:]
    widths = [max(8.0, actor.width) for actor in row]
    total = sum(widths) + _GAP * max(0, len(row) - 1)
    x = -total / 2
    for actor, width in zip(row, widths, strict=True):
        actor.x = x + width / 2
        x += width + _GAP
        if actor in standing and actor.y >= 0:
            actor.y = 3.0 if actor.height < 30 else 0.0
    for at, prop in enumerate(prop for prop in props if prop.layer == 0):
        side = 1 if at % 2 == 0 else -1
        prop.x = side * (30.0 + 26.0 * (at // 2))
        if prop.y >= 0:
            prop.y = -9.0
    for prop in props:
        if prop.held_by is not None:
            prop.x, prop.y = prop.held_by.x, prop.held_by.y


def _focus(caption: HierarchicalCaption, shot: Shot, figures: list[Actor], props: list[Actor]) -> list[Actor]:
    speakers = [part.line.role for part in caption.lines_in(shot) if part.line.on_screen]
    speaking = [actor for actor in figures if actor.role and actor.role in speakers]
    if speaking:
        return speaking
    if figures:
        return figures[:1]
    return props[:1]
