"""Water: who jumps into that of a setting ends up in it, and who belongs there is in it from the start."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.stage.actors import Actor, Track
from generator.stage.motion import Motion
from generator.stage.scene import Scene
from generator.stage.words import word_set

__all__ = ["float_in", "jump_in", "sunk_share"]

_POOL = 13.0
"""How far behind the figures' ground (world units) the water of a pool is reached."""
_INWARD = 0.55
"""Where in a sea, as a share of its depth from the horizon to the shore."""
_SUNK = 0.5
_DRAUGHTS = {"boat": 0.2, "animal": 0.3, "person": 0.5}
_CANOE = "1F6F6"  # whose paddle reaches far below it
_BOATS = word_set("26F5 1F6F6 1F6A4 1F6E5 1F6A2 26F4 1F6F3")
_SWIMMERS = word_set("1F433 1F40B 1F42C 1F988 1F41F 1F420 1F421 1F419 1F991 E004 E006")
_INTO = re.compile(
    r"\b(?:(?:jump|leap|dive|plunge|hop|fall|tumble|slip|topple|splash|run|wade|step|walk|swim)\w*\s+(?:\w+ly\s+)?(?:down\s+)?into"
    r"|(?:jump|dive|plunge|fall)\w*\s+in)\s+(?:the|a|an|his|her|their|its)?\s*(?:\w+\s+){0,2}?"
    r"(?:pool|water|river|lake|sea|ocean|pond|stream|waves|surf|canal|creek|lagoon)\b",
    re.IGNORECASE,
)
_JUMPS = frozenset({"hop", "dive", "fall", "flip", "run", "walk", "swim", "enter", "reach"})


def _level(scene: Scene, horizon: float) -> float | None:
    # How far above the figures' ground (world units) the water's surface is drawn; None where there is none.
    if scene.place.name == "opensea":
        return 0.0
    if scene.place.name == "pool":
        return _POOL
    depth = next((height for kind, _, height in scene.place.far if kind == "sea"), None)
    return None if depth is None else max(0.0, horizon - _INWARD * depth)


def jump_in(scene: Scene, action: str, figures: Sequence[Actor], horizon: float) -> None:
    """Send those who jump or fall into the setting's water on their way.

    Args:
        scene: the place.
        action: what happens, in English.
        figures: roles and living extras, as they move so far.
        horizon: height of the horizon in world units.
    """
    level = _level(scene, horizon)
    if level is None or _INTO.search(action) is None:
        return
    for figure in figures:
        if figure.motion.name in _JUMPS and figure.carrier is None and figure.held_by is None:
            figure.track = Track("plunge", arrive=0.5, lift=level)
            figure.motion, figure.partner = Motion("stand"), None


def float_in(scene: Scene, actors: Sequence[Actor], horizon: float) -> None:
    """Put boats, whales and who swims into the setting's water, lower parts under the surface.

    Args:
        scene: the place.
        actors: all of a shot, set out on the ground.
        horizon: height of the horizon in world units.
    """
    level = _level(scene, horizon)
    if level is None:
        return
    for actor in actors:
        kind = _floats(scene, actor)
        if not kind or actor.scenic or actor.carrier is not None or actor.held_by is not None:
            continue
        if actor.track is not None and actor.track.pace not in ("walk", "run"):
            continue
        if actor.layer == 0:
            actor.layer, actor.order = 1, -12
            actor.scale = min(actor.scale, 46.0 / actor.look.height)
        actor.y, actor.sunk = -level, 0.5 if actor.look.code == _CANOE else _DRAUGHTS[kind]
        for rider in actors:
            if rider.carrier is actor:
                rider.y = min(0.0, rider.y + actor.sunk * actor.height) - level
                if rider.motion.name == "stand" and actor.look.code == _CANOE:
                    rider.motion, rider.y = Motion("seat"), 0.04 * rider.height - level
                rider.order = min(rider.order, -13 if level else rider.order)
        if level:
            actor.order = min(actor.order, -12)  # it is farther away than those on the shore


def _floats(scene: Scene, actor: Actor) -> str:
    if actor.look.code in _BOATS:
        return "boat"
    if actor.look.code in _SWIMMERS and actor.motion.name not in ("walk", "run"):
        return "animal"
    alive = actor.role != "" or actor.kind in ("person", "animal")
    if alive and (actor.motion.name == "swim" or scene.place.name == "opensea") and actor.motion.name != "fly":
        return "animal" if actor.look.kind == "picture" else "person"
    return ""


def sunk_share(actor: Actor, share: float) -> float:
    """How much of an actor is under water at ``share`` (0 … 1) of the shot: 0 for nothing."""
    if actor.track is None or actor.track.pace != "plunge":
        return actor.sunk
    after = max(0.0, min(1.0, (share - actor.track.arrive + 0.06) / 0.12))
    return _SUNK * after
