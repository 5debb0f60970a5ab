# ruff: noqa: E501  (presets)
"""How hard a sampled caption is to follow: every knob of the sampler."""

from __future__ import annotations

from dataclasses import dataclass

from mavin.caption import Aspect, Size
from mavin.caption.parts import MAX_DURATION_MS, MAX_SHOTS, MIN_DURATION_MS, MIN_SHOT_MS

__all__ = ["Difficulty", "clear", "easy", "hard"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difficulty:
    """The knobs; pairs are the least and the most, both possible.

    Attributes:
        duration_ms: length of the clip.
        shots: their number; fewer where they would not fit the clip.
        roles: number of roles.
        min_shot_ms: least length of a shot.
        clear_cuts: neighbouring shots differ in setting, or in size by at least two steps.
        setting_change: probability that a cut goes to another setting (a clear cut may need it more often).
        speech: share of the clip that lines fill, as far as they fit; above 0 there is always somebody who speaks.
        overlap: probability that a line begins before the line of another role has ended.
        cross_cuts: whether a line may go on over a cut.
        off_screen: probability that a speaker is not seen.
        sounds: number of sound events in a shot.
        moving: probability that the camera moves.
        angles: probability of another angle than eye level.
        animals: probability that a role is an animal; animals do not speak.
        overrides: probability that a role looks different in one of its shots.
        pace: how fast lines are spoken, as a share of their natural length.
        aspects: picture shapes.
        sizes: framings; one that is named twice comes twice as often.
        plain: people and places only: no weather, no things, nothing further said of a
            place, no line shouted or whispered.

    Raises:
        ValueError: if a pair or a probability makes no sense.
    """

    duration_ms: tuple[int, int] = (MIN_DURATION_MS, MAX_DURATION_MS)
    shots: tuple[int, int] = (1, MAX_SHOTS)
    roles: tuple[int, int] = (1, 3)
    min_shot_ms: int = 600
    clear_cuts: bool = False
    setting_change: float = 0.5
    speech: tuple[float, float] = (0.3, 0.85)
    overlap: float = 0.1
    cross_cuts: bool = True
    off_screen: float = 0.12
    sounds: tuple[int, int] = (0, 2)
    moving: float = 0.5
    angles: float = 0.4
    animals: float = 0.15
    overrides: float = 0.08
    pace: tuple[float, float] = (0.85, 1.15)
    aspects: tuple[Aspect, ...] = (Aspect.WIDE,)
    sizes: tuple[Size, ...] = tuple(Size)
    plain: bool = False

    def __post_init__(self) -> None:
        limits = {
            "duration_ms": (self.duration_ms, MIN_DURATION_MS, MAX_DURATION_MS),
            "shots": (self.shots, 1, MAX_SHOTS),
            "roles": (self.roles, 0, 6),
            "speech": (self.speech, 0.0, 1.0),
            "sounds": (self.sounds, 0, 5),
            "pace": (self.pace, 0.5, 2.0),
        }
        for name, (pair, least, most) in limits.items():
            if not least <= pair[0] <= pair[1] <= most:
                raise ValueError(f"{name} must be (least, most) within {least} to {most}, got {pair}")
        for name in ("setting_change", "overlap", "off_screen", "moving", "angles", "animals", "overrides"):
            value = getattr(self, name)
            if not 0 <= value <= 1:
                raise ValueError(f"{name} must be a probability from 0 to 1, got {value}")
        if not MIN_SHOT_MS <= self.min_shot_ms <= self.duration_ms[0]:
            raise ValueError(
                f"min_shot_ms must be {MIN_SHOT_MS} to the least duration {self.duration_ms[0]}, got {self.min_shot_ms}"
            )
        if not self.aspects:
            raise ValueError("aspects must name at least one picture shape, got none")
        if len(set(self.sizes)) < 3:  # else no framing of a place may be two steps from the one before
            raise ValueError(f"sizes must name at least three framings, got {len(set(self.sizes))}")


def easy() -> Difficulty:
    """Few long shots in different settings, one or two people, no overlaps, a camera at rest."""
    return Difficulty(
        duration_ms=(3000, 6000), shots=(1, 3), roles=(1, 2), min_shot_ms=1200, clear_cuts=True, setting_change=0.9,
        overlap=0.0, cross_cuts=False, off_screen=0.0, sounds=(0, 1), moving=0.2, angles=0.1, animals=0.0, overrides=0.0,
    )  # fmt: skip


def clear() -> Difficulty:
    """All that the stage can show, with cuts that can be seen: shots of 0.8 s and more, clearly different neighbours."""
    return Difficulty(min_shot_ms=800, clear_cuts=True)


def hard() -> Difficulty:
    """Short shots, the same place again and again, overlapping voices, lines over cuts, all picture shapes."""
    return Difficulty(
        shots=(2, MAX_SHOTS), roles=(1, 4), min_shot_ms=MIN_SHOT_MS, setting_change=0.3, speech=(0.4, 0.9), overlap=0.35,
        off_screen=0.25, sounds=(0, 3), moving=0.7, angles=0.6, overrides=0.2, pace=(0.75, 1.3), aspects=tuple(Aspect),
    )  # fmt: skip
