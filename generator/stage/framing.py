"""Keeping figures whole: a camera path is widened until nobody that matters is cut by the frame's edge."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from generator.stage.camera import CameraPath, Window
from generator.stage.layout import Actor

__all__ = ["is_inside", "keep_inside"]

_WIDER, _NUDGE, _STEPS = 1.05, 0.02, 24
_MOMENTS = 9


def _overhang(actor: Actor, window: Window, aspect: float) -> tuple[bool, bool, bool]:
    # Whether a figure is cut above, below and at a side.
    cos, sin = math.cos(math.radians(-window.roll)), math.sin(math.radians(-window.roll))
    tall, wide = window.height / 2, window.height * aspect / 2
    above = below = beside = False
    for x in (actor.x - actor.width / 2, actor.x + actor.width / 2):
        for y in (actor.y - 1.02 * actor.height, actor.y):
            dx, dy = x - window.x, y - window.y
            across, down = dx * cos - dy * sin, dx * sin + dy * cos
            above, below, beside = above or down < -tall, below or down > tall, beside or abs(across) > wide
    return above, below, beside


def is_inside(actor: Actor, window: Window, aspect: float) -> bool:
    """Whether a figure that stands still is wholly in a window."""
    return not any(_overhang(actor, window, aspect))


def keep_inside(path: CameraPath, actors: Sequence[Actor], aspect: float, seconds: float) -> CameraPath:
    """The path, from as much farther away as keeps the actors whole from the shot's first frame to its last.

    Args:
        path: of the camera.
        actors: who must not be cut.
        aspect: width of the frame by its height.
        seconds: how long the shot lasts.
    """
    if not actors:
        return path
    middle = (
        min(actor.x - actor.width / 2 for actor in actors) + max(actor.x + actor.width / 2 for actor in actors)
    ) / 2
    nudged = set()
    for _ in range(_STEPS):
        windows = [path.at(at / (_MOMENTS - 1), seconds * at / (_MOMENTS - 1)) for at in range(_MOMENTS)]
        cuts = [_overhang(actor, window, aspect) for actor in actors for window in windows]
        above, below, beside = (any(cut[side] for cut in cuts) for side in range(3))
        if not (above or below or beside):
            break
        if above != below:
            # Too high or too low only: it is enough to look a little up or down.
            nudged.add(above)
            path = replace(path, y=path.y + (-_NUDGE if above else _NUDGE) * path.height)
        if beside or above == below or len(nudged) > 1:
            # The ground keeps its place in the frame; what was off the middle comes nearer to it.
            path = replace(path, height=path.height * _WIDER, y=path.y * _WIDER, x=(path.x + middle) / 2)
    return path
