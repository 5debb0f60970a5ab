"""Who jumps into the water of a setting ends up in it, seen down to the surface."""

from __future__ import annotations

import re

from generator.stage.actors import Actor, Track
from generator.stage.motion import Motion
from generator.stage.scene import Scene

__all__ = ["jump_in", "sunk_share"]

_DEPTHS = {"pool": 13.0, "sea": 15.0, "beach": 17.0, "lake": 16.5}
"""How far behind the figures' ground (world units) the water of a place is reached."""
_SUNK = 0.5
_INTO = re.compile(
    r"\b(?:(?:jump|leap|dive|plunge|hop|fall|tumble|slip|topple|splash|run|wade|step|walk|swim)\w*\s+(?:\w+ly\s+)?(?:down\s+)?into"
    r"|(?:jump|dive|plunge|fall)\w*\s+in)\s+(?:the|a|an|his|her|their|its)?\s*(?:\w+\s+){0,2}?"
    r"(?:pool|water|river|lake|sea|ocean|pond|stream|waves|surf|canal|creek|lagoon)\b",
    re.IGNORECASE,
)
_JUMPS = frozenset({"hop", "dive", "fall", "flip", "run", "walk", "swim", "enter", "reach"})


def jump_in(scene: Scene, action: str, figures: list[Actor]) -> None:
    """Send those who jump or fall into the setting's water on their way.

    Args:
        scene: the place.
        action: what happens, in English.
        figures: roles and living extras, as they move so far.
    """
    depth = _DEPTHS.get(scene.place.name)
    if depth is None or _INTO.search(action) is None:
        return
    for figure in figures:
        if figure.motion.name in _JUMPS and figure.carrier is None and figure.held_by is None:
            figure.track = Track("plunge", arrive=0.5, lift=depth)
            figure.motion, figure.partner = Motion("stand"), None


def sunk_share(actor: Actor, share: float) -> float:
    """How much of an actor is under water at ``share`` (0 … 1) of the shot: 0 for nothing."""
    if actor.track is None or actor.track.pace != "plunge":
        return 0.0
    after = max(0.0, min(1.0, (share - actor.track.arrive + 0.06) / 0.12))
    return _SUNK * after
