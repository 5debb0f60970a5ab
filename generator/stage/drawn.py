"""What a frame shows: where each sprite goes, and the same as labels with boxes in pixels."""

from __future__ import annotations

from dataclasses import dataclass

from generator.stage.actors import Actor
from generator.stage.art import Box

__all__ = ["Drawn", "Placement"]


@dataclass(frozen=True, slots=True)
class Placement:
    """How one actor is stamped into one frame.

    Attributes:
        actor: who or what it is.
        body: SVG markup of the drawing.
        box: part of the drawing that is rasterised, in its own units.
        pixels: sprite pixels per unit of the drawing.
        origin: pixel of the sprite that lies at ``place``.
        place: pixel of the frame.
        scale: of the sprite, across and down; negative mirrors.
        angle: by which it is turned about ``place``, in degrees clockwise.
        shadow: where on the ground its shadow lies (world x), or ``None``.
        sunk: share of its height that is under water.
    """

    actor: Actor
    body: str
    box: Box
    pixels: float
    origin: tuple[float, float]
    place: tuple[float, float]
    scale: tuple[float, float]
    angle: float
    shadow: float | None
    sunk: float = 0.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """One figure or thing in one frame.

    Attributes:
        noun: the role's name, or the word of the action that the picture stands for.
        kind: ``role``, ``person``, ``animal``, ``thing``, ``sky`` or ``card`` (no picture: its name on a board).
        role: id of the role, or empty.
        code: OpenMoji code points or the name of a piece of the stage's own; empty for a card.
        box: its ink within the frame, in pixels from the upper left corner, half-open.
        inside: share of its box that the frame holds, above 0 and up to 1.
    """

    noun: str
    kind: str
    role: str
    code: str
    box: Box
    inside: float
