"""The camera: framing, angle and movement of a shot → the window of the world that each frame shows.

extreme_wide 150 ┐
wide         112 │  height of the window in world units
full          80 │  (a grown person has 60)
medium        46 │
close_up      28 │
extreme_close 17 ┘
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from generator.stage.words import seeded
from mavin.caption import Angle, Camera, Movement, Size

__all__ = ["HEIGHTS", "HORIZON", "HORIZONS", "CameraPath", "Window", "is_close", "is_roomy"]

HEIGHTS = {
    Size.EXTREME_WIDE: 150.0,
    Size.WIDE: 112.0,
    Size.FULL: 80.0,
    Size.MEDIUM: 46.0,
    Size.CLOSE_UP: 28.0,
    Size.EXTREME_CLOSE_UP: 17.0,
}
"""Height of the window per camera size."""

HORIZON = 26.0
"""Height of the horizon above the ground line as an eye sees it."""

HORIZONS = {Angle.LOW: 8.0, Angle.HIGH: 46.0, Angle.OVERHEAD: 120.0}
"""Height of the horizon above the ground line, where it is not the eye's."""


@dataclass(frozen=True, slots=True)
class Window:
    """What one frame shows: centre and height in world units, roll in degrees.

    ``far_x`` and ``far_zoom`` are how much the backdrop moves beside and zooms less than the
    figures, which is what tells a dolly or a tracking shot from a zoom or a pan.
    """

    x: float
    y: float
    height: float
    roll: float = 0.0
    far_x: float = 0.0
    far_zoom: float = 1.0

    def far(self) -> Window:
        """The window on the backdrop."""
        return Window(self.x + self.far_x, self.y, self.height * self.far_zoom, self.roll)

    def deep(self) -> Window:
        """The window on what closes the view behind the backdrop: sky, hills, houses; it moves least."""
        return Window(self.x + 0.6 * self.far_x, self.y, self.height * self.far_zoom**1.4, self.roll)


def is_close(size: Size) -> bool:
    """Whether the frame holds a head rather than a body."""
    return size in (Size.CLOSE_UP, Size.EXTREME_CLOSE_UP)


def is_roomy(size: Size) -> bool:
    """Whether figures are seen from head to foot."""
    return size in (Size.EXTREME_WIDE, Size.WIDE, Size.FULL)


@dataclass(frozen=True, slots=True)
class CameraPath:
    """The windows of one shot.

    Attributes:
        camera: what the script says.
        x: where the framing's centre lies.
        y: the same, downwards.
        height: of the window at rest.
        aspect: width over height of the picture.
        seed: of the handheld shake.
    """

    camera: Camera
    x: float
    y: float
    height: float
    aspect: float
    seed: str

    def at(self, share: float, seconds: float) -> Window:
        """The window at ``share`` (0 … 1) of the shot, ``seconds`` after its start."""
        ease = share * share * (3 - 2 * share)
        swing = 2 * ease - 1
        wide, tall = self.height * self.aspect, self.height
        roll = 7.0 if self.camera.angle is Angle.DUTCH else 0.0
        x, y, height, far_x, far_zoom = self.x, self.y, self.height, 0.0, 1.0
        match self.camera.movement:
            case Movement.PAN_LEFT:
                x -= swing * 0.12 * wide
            case Movement.PAN_RIGHT:
                x += swing * 0.12 * wide
            case Movement.TILT_UP:
                y -= swing * 0.1 * tall
            case Movement.TILT_DOWN:
                y += swing * 0.1 * tall
            case Movement.DOLLY_IN | Movement.DOLLY_OUT:
                inward = ease if self.camera.movement is Movement.DOLLY_IN else 1 - ease
                factor = 1.14 - 0.26 * inward
                height, far_zoom = height * factor, (1 + (factor - 1) * 0.45) / factor
            case Movement.ZOOM_IN | Movement.ZOOM_OUT:
                inward = ease if self.camera.movement is Movement.ZOOM_IN else 1 - ease
                height *= 1.16 - 0.32 * inward
            case Movement.TRACK:
                far_x = swing * 0.22 * wide
            case Movement.CRANE:
                y -= (1 - ease) * 0.22 * tall
                height *= 1.16 - 0.16 * ease
            case Movement.HANDHELD:
                dx, dy, dr = self._shake(seconds)
                x, y, roll = x + dx * wide, y + dy * tall, roll + dr
        if self.camera.angle is Angle.POV:
            x += 0.012 * wide * math.sin(seconds * 1.3)
            y += 0.01 * tall * math.sin(seconds * 2.1)
        return Window(x, y, height, roll, far_x, far_zoom)

    def _shake(self, seconds: float) -> tuple[float, float, float]:
        chance = seeded("handheld", self.seed)
        phases = chance.uniform(0, 2 * math.pi, 9)
        rates = (1.1, 2.3, 3.7)
        values = [
            sum(math.sin(seconds * rate * 2 + phases[3 * axis + at]) / (at + 1.5) for at, rate in enumerate(rates))
            for axis in range(3)
        ]
        return 0.008 * values[0], 0.009 * values[1], 0.45 * values[2]
