"""An actor: a figure or thing on the stage, where it stands and how it goes."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from generator.stage import art
from generator.stage.cast import Look
from generator.stage.figures import Drawing, draw
from generator.stage.lexicon import ANIMALS, LEGLESS
from generator.stage.motion import Motion

__all__ = ["NEAR", "Actor", "Place", "Track", "scale_of"]

NEAR = 0.3
"""How long ways are in near frames, where full ones would lead out of them."""

_LEGS = 0.27
_REACH = 74.0  # drawing units over which a person's two hands reach


@dataclass(frozen=True, slots=True)
class Place:
    """Where a track has an actor: world units (``up`` above its ground) and degrees; ``pose`` while going."""

    across: float = 0.0
    up: float = 0.0
    angle: float = 0.0
    pose: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """A way that an actor goes to another one, or is sent by it.

    Attributes:
        pace: ``walk`` or ``run`` to another; ``hop`` onto or into it; ``climb`` up it; ``plunge`` into water;
            ``slide``, ``fly``, ``topple`` or
            ``drop`` once it has been reached.
        approach: where the way begins, from the actor's place (world units); shortened in close frames.
        distance: where the other is reached.
        arrive: share of the shot at which that is.
        onward: how far it goes after that.
        lift: how high it flies, how far below its place a hop begins, or how far it drops.
        tilt: degrees by which it has turned in the end.
    """

    pace: str
    approach: float = 0.0
    distance: float = 0.0
    arrive: float = 0.4
    onward: float = 0.0
    lift: float = 0.0
    tilt: float = 0.0

    def at(self, share: float, seconds: float, *, roomy: bool) -> Place:
        """The place at ``share`` (0 … 1) of the shot."""
        reach = 1.0 if roomy else NEAR
        before = min(1.0, share / self.arrive)
        after = max(0.0, (share - self.arrive) / (1 - self.arrive))
        ease = after * after * (3 - 2 * after)
        if self.pace in ("walk", "run"):
            stride = f"{self.pace}{int(seconds * (8 if self.pace == 'run' else 4)) % 2}"
            way = self.approach * reach * (1 - before) + self.distance * before
            return Place(way + self.onward * ease * reach, pose=stride if before < 1 else "")
        if self.pace == "hop":
            start = max(0.0, min(1.0, (share - self.arrive * 0.4) / (self.arrive * 0.6)))
            arc = 4 * start * (1 - start)
            return Place(
                self.approach * (1 - start), -self.lift * (1 - start) + 12 * arc, pose="cheer" if arc > 0 else ""
            )
        if self.pace == "plunge":
            # Up in an arc and down behind, where the water is; the composer hides what is under it.
            leap = min(1.0, max(0.0, (share - 0.08) / max(0.01, self.arrive - 0.08)))
            sway = 0.6 * math.sin(seconds * 2.4) if leap >= 1 else 0.0
            pose = "cheer" if share > 0.05 else ""
            return Place(0.0, self.lift * leap + 22.0 * 4 * leap * (1 - leap) * reach + sway, pose=pose)
        if self.pace == "climb":
            up = min(1.0, max(0.0, share - 0.1) * 1.2)
            return Place(
                0.0, self.lift * up * reach, self.tilt, pose=f"climb{int(seconds * 4) % 2}" if 0 < up < 1 else ""
            )
        if self.pace == "slide":
            return Place(self.onward * ease * reach, angle=self.tilt * 4 * after * (1 - after))
        fast = min(1.0, after * 1.8)
        if self.pace == "fly":
            return Place(self.onward * fast * reach, self.lift * 4 * fast * (1 - 0.85 * fast) * reach, self.tilt * fast)
        if self.pace == "drop":
            return Place(self.onward * fast * reach, -self.lift * fast * fast, self.tilt * fast)
        return Place(self.onward * fast * reach, angle=self.tilt * fast * fast)

    def mirrored(self) -> Track:
        """The same way seen from the other side."""
        return replace(self, approach=-self.approach, distance=-self.distance, onward=-self.onward, tilt=-self.tilt)

    def scaled(self, factor: float) -> Track:
        """The same way for actors of another size."""
        return replace(
            self,
            approach=self.approach * factor,
            distance=self.distance * factor,
            onward=self.onward * factor,
            lift=self.lift if self.pace == "plunge" else self.lift * factor,  # the water stays where it is
        )


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
        held_by: the actor that has it in its hand.
        carrier: the actor that it stands on or in, and goes with.
        layer: 0 behind, 1 among, 2 before the figures.
        order: within a layer, from back to front.
        kind: what it is if it is no role: ``person``, ``animal``, ``thing`` or ``sky``.
        track: its way to another, or where another one sends it.
        faces_left: whether it looks to the left where others look to the right.
        partner: whom it goes to and touches.
        scenic: whether it only belongs to the setting; nearer frames may miss it.
        speaks: whether it says something in the shot, and is seen to.
        sunk: share of its height that is under water; ``y`` is then where the surface is.
    """

    look: Look
    role: str = ""
    motion: Motion = field(default_factory=lambda: Motion("stand"))
    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    flipped: bool = False
    held_by: Actor | None = None
    carrier: Actor | None = None
    layer: int = 1
    order: int = 0
    kind: str = "thing"
    track: Track | None = None
    faces_left: bool = False
    partner: Actor | None = None
    scenic: bool = False
    speaks: bool = False
    sunk: float = 0.0

    @property
    def span(self) -> tuple[float, float]:
        """From where to where it stands and goes on its own feet (world x)."""
        return self._reached(1.0)

    @property
    def near_span(self) -> tuple[float, float]:
        """The same in a near frame, where ways are short."""
        return self._reached(NEAR)

    def _reached(self, share: float) -> tuple[float, float]:
        left, right = self.x - self.width / 2, self.x + self.width / 2
        if self.track is None or self.track.pace not in ("walk", "run", "hop"):
            return left, right
        first = 0.0 if self.track.pace == "hop" else self.track.distance
        ends = (first, self.track.approach * share, self.track.distance + self.track.onward * share)
        return left + min(ends), right + max(ends)

    def rescale(self, factor: float) -> None:
        """Make it and its ways larger or smaller about the middle of the ground line."""
        self.scale, self.x = self.scale * factor, self.x * factor
        self.y *= 1.0 if self.sunk else factor  # the water stays where it is
        self.track = self.track.scaled(factor) if self.track is not None else None

    def settle(self) -> None:
        """Make it stay where it is, free of others."""
        self.track = self.carrier = self.held_by = self.partner = None
        self.sunk = 0.0

    @property
    def height(self) -> float:
        """World units from feet to top."""
        return self.look.height * self.scale

    @property
    def width(self) -> float:
        """World units that its ink is wide."""
        return _ink_width(self.look) * scale_of(self)

    @property
    def legs_under(self) -> float:
        """Share of its height that its legs take, where it is an animal that lies on them; 0 where it stands."""
        lies = self.motion.name == "lie" and self.look.kind == "picture"
        return _LEGS if lies and self.look.code in ANIMALS and self.look.code not in LEGLESS else 0.0

    @property
    def reach_width(self) -> float:
        """World units between what it can touch to the left and to the right; a person has hands."""
        return (_REACH if self.look.kind in ("person", "creature") else _ink_width(self.look)) * scale_of(self)

    @property
    def body_width(self) -> float:
        """World units that its body is wide, without arms."""
        return (42.0 if self.look.kind in ("person", "creature") else _ink_width(self.look)) * scale_of(self)

    @property
    def head(self) -> tuple[float, float]:
        """Where the head is in the world when it stays where it is."""
        drawing = draw(self.look, self.motion.name if self.motion.name in ("sit", "seat", "kneel") else "stand")
        unit = scale_of(self)
        side = -1 if self.flipped else 1
        flat = 0.8 if self.legs_under else 1.0
        return (
            self.x + side * (drawing.head[0] - drawing.feet[0]) * unit,
            self.y + flat * ((drawing.head[1] - drawing.feet[1]) * unit + self.legs_under * self.height),
        )


def scale_of(actor: Actor) -> float:
    """World units per unit of the actor's drawing."""
    drawing: Drawing = draw(actor.look)
    return actor.height / (drawing.feet[1] - drawing.top)


def _ink_width(look: Look) -> float:
    if look.kind in ("person", "creature"):
        return 56.0
    if look.kind == "card" or look.count > 1:
        return 72.0
    return art.ink_box(look.code).width
