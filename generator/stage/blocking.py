"""Blocking: who stands on, in, under or behind what, and who goes to whom and touches it, so that bonds are seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.stage.actors import Actor, Track
from generator.stage.bonds import STATIC, Bond
from generator.stage.lexicon import SEATS, TOPS, WALL
from generator.stage.motion import Motion

__all__ = ["DOORS", "HANDY", "LYING", "block", "touched"]

DOORS = frozenset(
    "1F3E0 1F3E1 1F3E2 1F3E3 1F3E4 1F3E5 1F3E6 1F3E8 1F3E9 1F3EA 1F3EB 1F3EC 1F3ED 1F3EF 1F3F0 26EA 1F54C 1F54D 1F6D5 "
    "26E9 1F3DB 1F3DA 26FA 1F6D6".split()
)
"""Code points of what one goes into by a door."""

HANDY = 26.0
"""World height up to which a thing can be held in a hand."""
_SEATING = frozenset("1FA91 1F6CB 1F6CF bench swing 1F9BD".split())
_CARS = frozenset("1F697 1F695 1F699 1F6FB 1F693 1F3CE 1F69A 1F68C 1F691 1F692 1F69C".split())
_CABINETS = frozenset("oven fridge E1CF 1F5C4".split())
_LARGE = frozenset("26F5 1F6A2 26F4 1F69A 1F68C 1F682 1F684 1F68B 1F69C 1F691 1F692".split())
_OVERLAP = 2.0  # world units by which those that touch overlap
_CONTAINER = 0.42
LYING = 0.38
"""How much of its height who lies takes."""
_MOUTHFUL = 0.4
"""Height of what an animal carries in its mouth, of its own."""


def touched(bonds: Sequence[Bond], actors: Mapping[str, Actor]) -> dict[int, Actor]:
    """Whom each actor (by ``id``) goes to, so that the two are set out side by side."""
    pairs: dict[int, Actor] = {}
    for bond in bonds:
        subject, thing = actors.get(bond.subject), actors.get(bond.object)
        if subject is None or thing is None or subject is thing:
            continue
        if bond.relation in ("touch", "push", "strike", "toward", "near", "chase", "take", "give", "throw", "behind"):
            pairs.setdefault(id(subject), thing)
    return pairs


def block(bonds: Sequence[Bond], actors: Mapping[str, Actor]) -> None:
    """Set the actors of bonds to each other, after they have been set out in a row.

    Args:
        bonds: in order of the action; the first that an actor is subject of decides where it is.
        actors: by the keys of the bonds.
    """
    bound: set[int] = set()
    # Where things are comes first; who goes to them has to know.
    for bond in sorted(bonds, key=lambda bond: _turn(bond, actors)):
        subject, thing = actors.get(bond.subject), actors.get(bond.object)
        doer = actors.get(bond.doer)
        if doer is not None and thing is not None and _is_seated(doer, subject, thing):
            subject = doer
        if subject is None or thing is None or subject is thing or id(subject) in bound:
            continue
        if thing.carrier is subject or thing.held_by is subject or _rests_on(thing, subject):
            continue
        if _RULES[bond.relation](subject, thing):
            bound.add(id(subject))


def _turn(bond: Bond, actors: Mapping[str, Actor]) -> int:
    if bond.relation in {*STATIC, "ride", "climb"}:
        return 0
    # "Hands Tom a letter": it is in the hand before the way to Tom begins.
    thing = actors.get(bond.object)
    return 1 if bond.relation == "take" and thing is not None and thing.kind == "thing" and not thing.role else 2


def _is_seated(doer: Actor, handled: Actor | None, thing: Actor) -> bool:
    # "A grandmother knits a scarf in a chair": furniture that one sits on, and something small in the hands.
    small = handled is None or (handled.kind == "thing" and not handled.role and handled.height <= HANDY)
    return thing.look.code in _SEATING and doer.look.kind in ("person", "creature") and small


def _rests_on(actor: Actor, other: Actor) -> bool:
    # Whether an actor's carriers lead to another: nobody carries whom he stands on.
    seen = actor.carrier or actor.held_by
    while seen is not None:
        if seen is other:
            return True
        seen = seen.carrier or seen.held_by
    return False


def _on(subject: Actor, thing: Actor) -> bool:
    if thing.look.code in WALL and (subject.role or subject.kind in ("person", "animal")):
        return _toward(subject, thing)  # nobody stands on a window
    if thing.layer == 0 and thing.kind == "sky":
        return False
    seat = SEATS.get(thing.look.code)
    hops = subject.motion.name in ("hop", "climb", "walk", "run", "enter") and subject.role != ""
    start = subject.x - thing.x
    person = subject.look.kind in ("person", "creature")
    if thing.look.kind in ("person", "creature") and thing.height > 1.5 * subject.height:
        _carry(subject, thing)
        subject.x, subject.y = thing.x + 0.24 * thing.body_width, thing.y - 0.56 * thing.height  # a shoulder
        return True
    if thing.height > 2.2 * subject.height and seat is None and thing.look.code not in TOPS:
        return _near(subject, thing)  # nobody stands on a house
    _carry(subject, thing)
    if seat is not None and person:
        subject.motion = Motion("seat") if subject.motion.name not in ("lie", "hop") else subject.motion
        # Who sits has the seat under the hips, who lies has all of the body above it.
        below = -0.16 if subject.motion.name == "lie" else 0.13
        subject.y = thing.y - seat * thing.height + below * subject.height
        return True
    top = TOPS.get(thing.look.code, seat if seat is not None else 0.97)
    subject.y = thing.y - top * thing.height
    if hops and thing.track is None:
        subject.track = Track("hop", approach=start, arrive=0.45, lift=top * thing.height)
        subject.motion = Motion("stand")
    return True


def _climb(subject: Actor, thing: Actor) -> bool:
    if thing.kind == "sky" or thing.role:
        return False
    thing.layer, thing.scenic, thing.y = 1, False, 0.0
    subject.held_by, subject.carrier, subject.partner = None, None, thing
    subject.x, subject.layer, subject.order = thing.x, 1, thing.order + 1
    tilt = -70.0 if subject.look.kind == "picture" else 0.0
    subject.track = Track("climb", lift=max(0.2 * subject.height, 0.8 * thing.height - subject.height * 0.7), tilt=tilt)
    subject.motion = Motion("stand")
    return True


def _off(subject: Actor, thing: Actor) -> bool:
    # It is knocked or falls down from what it stood on.
    if thing.layer == 0 or subject.layer == 0:
        return False
    subject.order, subject.held_by = thing.order + 1, None
    top = TOPS.get(thing.look.code, SEATS.get(thing.look.code, 0.97)) * thing.height
    subject.x, subject.y = thing.x - 0.34 * thing.width, thing.y - top
    subject.partner = thing
    subject.track = Track("drop", onward=-6.0 - 0.3 * thing.width, arrive=0.45, lift=top, tilt=-95.0)
    subject.motion = Motion("still")
    return True


def _carry(subject: Actor, thing: Actor) -> None:
    subject.carrier, subject.held_by = thing, None
    subject.x = thing.x
    subject.layer, subject.order = thing.layer, thing.order + 1
    if subject.motion.name in ("walk", "run", "enter", "leave") and not thing.role:
        subject.motion = Motion("stand")


def _ride(subject: Actor, thing: Actor) -> bool:
    if thing.look.code in _LARGE and thing.layer == 0:
        thing.layer, thing.y, thing.scenic = 1, 0.0, False
        thing.scale, thing.x = min(thing.scale, 58.0 / thing.look.height), subject.x
    if thing.look.kind == "card" or thing.layer == 0:
        return _toward(subject, thing)
    if thing.height < 0.5 * subject.height and thing.look.code not in TOPS:
        thing.scale *= 0.55 * subject.height / thing.height
    going = subject.motion.name if subject.motion.name in ("run", "leave", "enter", "fly") else "walk"
    thing.motion = Motion(going)
    subject.motion = Motion("stand")
    if thing.look.code in TOPS or thing.look.code in SEATS:
        _on(subject, thing)
    elif thing.kind == "animal" or thing.look.kind == "creature":
        _carry(subject, thing)
        subject.motion, subject.y = Motion("seat"), thing.y - 0.42 * thing.height
    else:
        _in(subject, thing)
    return True


def _enter(subject: Actor, thing: Actor) -> bool:
    # To the door, and then seen from behind, as far as the frame's end.
    thing.layer, thing.order, thing.scenic, thing.y = 1, min(thing.order, subject.order) - 1, False, 0.0
    thing.scale = max(thing.scale, 1.25 * subject.height / thing.look.height)
    subject.carrier = subject.held_by = None
    pace = "run" if subject.motion.name == "run" else "walk"
    away = -1.0 if thing.x >= subject.x else 1.0
    subject.x, subject.partner = thing.x, thing
    subject.track = Track(pace, approach=away * (0.5 * thing.width + 0.6 * subject.width), distance=0.0, arrive=0.8)
    subject.motion = Motion("back")
    return True


def _in(subject: Actor, thing: Actor) -> bool:
    if thing.look.code in DOORS and subject.motion.name in ("walk", "run", "enter", "hop", "reach", "leave"):
        return _enter(subject, thing)
    if thing.kind == "sky" or thing.layer == 0:
        return _near(subject, thing)
    if thing.look.code in _SEATING:
        return _on(subject, thing)
    if thing.look.code in ("pond", "hole"):
        subject.carrier, subject.held_by, subject.x = thing, None, thing.x
        subject.y, subject.order, subject.layer = thing.y - 0.3 * thing.height, thing.order + 1, thing.layer
        thing.scale = max(thing.scale, thing.scale * 1.5 * subject.width / max(1.0, thing.width))
        return True
    if subject.role and subject.look.kind == "person" and thing.height < HANDY:
        return False
    if thing.look.code in _CABINETS and subject.kind == "thing" and not subject.role:
        # Seen as through the open door.
        _carry(subject, thing)
        subject.scale = min(subject.scale, 0.42 * thing.height / subject.look.height)
        subject.y = thing.y - 0.2 * thing.height
        return True
    if thing.look.code in _CARS and subject.look.kind == "picture":
        _carry(subject, thing)
        subject.order = thing.order - 1  # an animal's head looks over the roof
        subject.y = thing.y - thing.height + 0.5 * subject.height
        return True
    room = max(0.7 * subject.height / thing.height, 0.75 * subject.width / max(1.0, thing.width))
    thing.scale *= min(3.0, max(1.0, room))
    _carry(subject, thing)
    subject.order = thing.order - 1  # its lower part is hidden by what it is in
    subject.y = thing.y - _CONTAINER * thing.height + max(0.0, 0.35 * (subject.height - thing.height))
    if subject.height < 0.5 * thing.height:
        subject.y = thing.y - thing.height + 0.45 * subject.height
    return True


def _under(subject: Actor, thing: Actor) -> bool:
    if thing.layer == 0:
        return False
    if thing.height > 1.15 * (LYING if subject.motion.name == "lie" else 1.0) * subject.height:
        subject.x, subject.order = thing.x, thing.order + 1
        return True
    thing.carrier, thing.held_by = subject, None
    thing.scale *= max(1.0, min(3.0, 1.15 * subject.width / max(1.0, thing.width)))
    thing.x, thing.y = subject.x, subject.y - 0.9 * subject.height + 0.42 * thing.height
    thing.layer, thing.order = subject.layer, subject.order - 1
    return True


def _over(subject: Actor, thing: Actor) -> bool:
    if subject.motion.name in ("hop", "run", "walk", "climb", "fly") and thing.layer:
        subject.motion = Motion("leap") if subject.motion.name in ("hop", "climb") else subject.motion
        subject.x, subject.order = thing.x, thing.order + 1
        return True
    return False


def _behind(subject: Actor, thing: Actor) -> bool:
    if thing.layer == 0:
        return False
    subject.order, subject.partner = thing.order - 1, thing
    subject.x = thing.x - 0.5 * min(thing.width, subject.width + thing.width / 2)
    return True


def _reached(subject: Actor, thing: Actor) -> float:
    # How far the subject has to go until the two overlap a little.
    side = 1 if thing.x >= subject.x else -1
    gap = abs(thing.x - subject.x) - (subject.reach_width + thing.body_width) / 2
    return side * (gap + _OVERLAP)


def _touch(subject: Actor, thing: Actor) -> bool:
    if thing.look.code in DOORS and subject.motion.name == "enter":
        return _enter(subject, thing)  # "enters the house"
    if thing.layer == 0 or subject.motion.name in ("leave", "lie", "sit", "seat"):
        return _near(subject, thing)
    if subject.held_by is not None or thing.held_by is not None or subject.carrier is not None:
        return False
    distance = _reached(subject, thing)
    pace = "run" if subject.motion.name == "run" else "walk"
    end = subject.motion.name if subject.motion.name not in ("walk", "run", "enter", "stand") else "reach"
    subject.track = Track(pace, approach=-26.0 if distance >= 0 else 26.0, distance=distance, arrive=0.4)
    subject.motion, subject.partner = Motion(end), thing
    return True


def _handle(subject: Actor, thing: Actor) -> bool:
    # People take small things into their hands: a letter that they open, a paper that they draw on.
    if subject.look.kind == "person" and thing.height <= HANDY and thing.kind == "thing" and thing.look.kind != "card":
        return _take(subject, thing)
    return _touch(subject, thing)


def _push(subject: Actor, thing: Actor) -> bool:
    if not _touch(subject, thing) or subject.track is None:
        return False
    on = 10.0 if subject.track.distance >= 0 else -10.0
    subject.track = replace(subject.track, onward=on)
    if thing.track is None:
        thing.track = Track("slide", distance=0.0, arrive=0.4, onward=on, tilt=8.0 if on > 0 else -8.0)
    subject.motion = Motion("reach")
    return True


def _strike(subject: Actor, thing: Actor) -> bool:
    if not _touch(subject, thing) or subject.track is None:
        return False
    way = 1.0 if subject.track.distance >= 0 else -1.0
    subject.motion = Motion("reach")
    if thing.motion.name in ("stand", "fall", "hold") and not thing.role and thing.track is None:
        if thing.height <= HANDY:
            thing.track = Track("fly", arrive=0.42, onward=34.0 * way, lift=14.0, tilt=260.0 * way)
        else:
            thing.track = Track("topple", arrive=0.42, onward=6.0 * way, tilt=70.0 * way)
        thing.motion = Motion("still")
    return True


def _throw(subject: Actor, thing: Actor) -> bool:
    if thing.layer == 0 or thing.role:
        return _touch(subject, thing)
    thing.held_by = None
    thing.x = subject.x + 0.36 * subject.width
    thing.y = subject.y - 0.45 * subject.height
    thing.order = subject.order + 1
    thing.scale = min(thing.scale, 20.0 / thing.look.height) if thing.height > HANDY else thing.scale
    subject.partner = thing
    thing.track = Track("fly", arrive=0.25, onward=26.0, lift=30.0, tilt=300.0)
    thing.motion = Motion("still")
    subject.motion = Motion("wave")
    return True


def _chase(subject: Actor, thing: Actor) -> bool:
    if thing.layer == 0:
        return False
    pace = subject.motion.name if subject.motion.name in ("run", "walk", "fly") else "run"
    subject.motion = Motion(pace)
    thing.motion = Motion(pace if thing.motion.name in ("stand", "still") else thing.motion.name)
    if thing.x < subject.x:
        subject.x, thing.x = thing.x, subject.x  # who flees is ahead
    subject.partner = thing
    return True


def _take(subject: Actor, thing: Actor) -> bool:
    if thing.layer == 0 or thing.role or thing.height > HANDY or thing.kind in ("person", "animal"):
        return _touch(subject, thing)
    if subject.look.kind == "picture" and subject.kind == "thing" and not subject.role:
        return False
    if thing.carrier is not None and thing.carrier is not subject:
        return _touch(subject, thing.carrier)  # it lies there already
    thing.held_by, thing.layer = subject, 2
    thing.scale = min(thing.scale, 17.0 / thing.look.height)
    if subject.look.kind == "picture":
        thing.scale = min(thing.scale, _MOUTHFUL * subject.height / thing.look.height)
    if subject.motion.name in ("stand", "reach", "still"):
        subject.motion = Motion("hold")
    return False  # what is in the hand does not keep one from going to somebody


def _toward(subject: Actor, thing: Actor) -> bool:
    if subject.motion.name in ("walk", "run", "enter", "hop", "fly", "swim"):
        return _touch(subject, thing)
    return _near(subject, thing)


def _near(_subject: Actor, _thing: Actor) -> bool:
    return False


def _pass(subject: Actor, thing: Actor) -> bool:
    # From one side to the other, behind what is lower and before what would hide it.
    if thing.layer == 0 or subject.motion.name not in ("walk", "run", "fly", "swim"):
        return False
    subject.x, subject.order = thing.x, thing.order + (1 if thing.height > subject.height else -1)
    return True


_RULES = {
    "climb": _climb, "off": _off,
    "on": _on, "in": _in, "under": _under, "over": _over, "behind": _behind, "ride": _ride,
    "touch": _handle, "push": _push, "strike": _strike, "throw": _throw, "chase": _chase, "take": _take,
    "give": _touch, "toward": _toward, "near": _near, "pass": _pass, "burst": _near,
}  # fmt: skip
