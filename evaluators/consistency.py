"""Does what should stay the same stay the same?  Inside shots (SC, BC) and between them (CISC, BISC; C.3, Eq. S8).

    frames of a shot   f₀ ─── f₁ ─── f₂ …      each fᵢ, i ≥ 1: ½ (max(0, cos(fᵢ, fᵢ₋₁)) + max(0, cos(fᵢ, f₀)))
    shots of a film    s₀ ══ s₂  (same role)   cos(s₀, s₂), mean over annotated pairs

The first is VBench's, run shot by shot: across a cut a film should not stay the same.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluators.similarity import cosines

__all__ = ["Consistency", "frame_consistency", "pair_consistency", "shots_between"]


@dataclass(frozen=True, slots=True)
class Consistency:
    """A mean and how many comparisons it is of; NaN of none."""

    value: float
    n: int


def shots_between(cuts: Sequence[int], frames: int) -> tuple[range, ...]:
    """The shots of a film of so many frames that cuts (first frames of new shots) divide.

    Raises:
        ValueError: if a cut lies outside the film.
    """
    bounds = sorted({0, *cuts, frames})
    if bounds[0] < 0 or bounds[-1] > frames:
        raise ValueError(f"cuts must lie between 0 and {frames} frames, got {sorted(cuts)}")
    return tuple(range(start, end) for start, end in pairwise(bounds))


def frame_consistency(features: NDArray[Any], shots: Sequence[range]) -> Consistency:
    """SC or BC of one film: the mean over all frames but each shot's first.

    Args:
        features: a row per frame, (F, D).
        shots: the frames of each shot; a shot of one frame has nothing to compare.

    Raises:
        ValueError: if a shot lies outside the film, or a frame has no direction.
    """
    found: list[NDArray[np.float64]] = []
    for shot in shots:
        if not 0 <= shot.start <= shot.stop <= len(features):
            raise ValueError(f"shots must lie inside {len(features)} frames, got {shot}")
        rows = features[shot.start : shot.stop]
        if len(rows) > 1:
            before, first = cosines(rows[1:], rows[:-1]), cosines(rows[1:], rows[:1])
            found.append((np.maximum(before, 0) + np.maximum(first, 0)) / 2)
    every = np.concatenate(found) if found else np.zeros(0)
    if np.isnan(every).any():
        raise ValueError("every frame must have features that are not all zero")
    return Consistency(float(every.mean()) if len(every) else math.nan, len(every))


def pair_consistency(features: NDArray[Any], pairs: Sequence[tuple[int, int]]) -> Consistency:
    """CISC or BISC of one film (Eq. S8): the mean cosine of annotated pairs of shots.

    Args:
        features: a row per shot, (S, D).
        pairs: indices of shots that share a role, or a setting.
    """
    if not pairs:
        return Consistency(math.nan, 0)
    one, two = (features[[pair[side] for pair in pairs]] for side in (0, 1))
    every = cosines(one, two)
    return Consistency(float(every.mean()), len(every))
