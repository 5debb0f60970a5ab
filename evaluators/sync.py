"""Do lips fit the voice?  SyncNet's offset and confidence (§5.2).

distance of lips and voice, mean over the track
  │‾‾‾‾\\      /‾‾‾‾   median ┐
  │     \\    /                ├ confidence
  │      \\__/         least  ┘
  └───────┬──────────▶ shift of the voice, -15 … 15 frames
       offset
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["LEAST_FRAMES", "SHIFT", "LipSync", "lip_sync"]

SHIFT = 15
"""Frames by which the voice is moved either way, as the published script does."""

LEAST_FRAMES = 25
"""Shortest face track that is scored, 1 s.  The published 100 frames would drop most faces of a film with cuts."""


@dataclass(frozen=True, slots=True)
class LipSync:
    """Of one face track.

    Attributes:
        confidence: median less least mean distance; NaN without a window.
        offset: frames by which the picture is ahead of the voice where the distance is least.
        distance: the least mean distance.
        windows: how many windows of the track were compared.
    """

    confidence: float
    offset: int
    distance: float
    windows: int


def lip_sync(lips: NDArray[np.float32], voices: NDArray[np.float32], shift: int = SHIFT) -> LipSync:
    """SyncNet's score of two streams of features, one row a frame.

    Args:
        lips: (n, D).
        voices: (n, D).
        shift: how far the voice is moved.

    Raises:
        ValueError: if the streams differ in shape.
    """
    if lips.shape != voices.shape or lips.ndim != 2:
        raise ValueError(f"lips and voices must have one shape (n, D), got {lips.shape} and {voices.shape}")
    if not len(lips):
        return LipSync(math.nan, 0, math.nan, 0)
    # Beyond the ends the voice is silence of zeros, and a distance takes 10⁻⁶ to every difference, as published.
    padded = np.pad(voices.astype(np.float64), ((shift, shift), (0, 0)))
    moved = np.stack([padded[at : at + len(lips)] for at in range(2 * shift + 1)])
    means = np.linalg.norm(lips.astype(np.float64) - moved + 1e-6, axis=2).mean(axis=1)
    best = int(means.argmin())
    # Of an odd number of shifts, so that the median is one of them.
    return LipSync(float(np.median(means) - means[best]), shift - best, float(means[best]), len(lips))
