"""Who sleeps has the sign of sleep over the head."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.stage.actors import Actor
from generator.stage.blocking import LYING
from generator.stage.cast import look_of_picture
from generator.stage.motion import Motion
from generator.stage.pictures import SLEEP, Picture

__all__ = ["signs_of_sleep"]

_SLEEP = re.compile(
    r"\b(?:sleep(?:s|ing)?|slept|asleep|nap(?:s|ping)?|doz(?:e|es|ing)|snor(?:e|es|ing)|slumber\w*)\b", re.I
)


def signs_of_sleep(action: str, actors: Sequence[Actor]) -> list[Actor]:
    """The sign of sleep over the head of each one that lies asleep.

    Args:
        action: what happens, in English.
        actors: all of a shot, where they lie.
    """
    if _SLEEP.search(action) is None:
        return []
    return [_sign(actor) for actor in actors if actor.motion.name == "lie" and actor.layer > 0 and actor.scale > 0]


def _sign(sleeper: Actor) -> Actor:
    sign = Actor(look_of_picture(Picture(SLEEP, "sleep", 0, "thing", 12.0)), motion=Motion("stand"))
    sign.layer, sign.order, sign.carrier = 2, sleeper.order, sleeper
    if sleeper.look.kind == "picture":
        side, up = (-0.34 if sleeper.faces_left else 0.34) * sleeper.width, 0.52 * sleeper.height
    else:
        side, up = 0.34 * sleeper.height, LYING * sleeper.height
    sign.x, sign.y = sleeper.x + side, sleeper.y - up
    return sign
