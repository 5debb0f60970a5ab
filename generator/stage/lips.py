"""Lips follow the sound: how far a mouth is open on each frame, from the level of the line itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from generator.stage.figures import MOUTH_LEVELS
from generator.stage.signal import RATE, envelope
from generator.stage.voices import Spoken
from mavin.frames import FPS, frame_range

__all__ = ["mouths", "openness"]


def openness(part: Spoken) -> NDArray[np.float32]:
    """How loud a line is on each frame of its interval, of shape (frames,): its loud syllables have about 1."""
    frames = frame_range(part.line.interval)
    step = RATE // FPS
    levels = envelope(np.pad(part.samples, (part.start % step, 0)), step)
    top = float(np.percentile(levels[levels > 0], 85)) if bool((levels > 0).any()) else 0.0
    if top <= 1e-5:
        return np.zeros(len(frames), np.float32)
    first = part.start // step
    shares = [levels[frame - first] / top if 0 <= frame - first < len(levels) else 0.0 for frame in frames]
    return np.asarray(shares, np.float32)


def mouths(spoken: Sequence[Spoken], frames: int) -> tuple[dict[str, int], ...]:
    """For each frame of a film the open mouths, role → level from 1; lines from off screen open none."""
    found: list[dict[str, int]] = [{} for _ in range(frames)]
    for part in spoken:
        if not part.line.on_screen:
            continue
        for frame, share in zip(frame_range(part.line.interval), openness(part), strict=True):
            opening = min(MOUTH_LEVELS - 1, int(share * 3.6 + 0.55)) if share > 0.06 else 0
            if opening and frame < frames:
                found[frame][part.line.role] = max(opening, found[frame].get(part.line.role, 0))
    return tuple(found)
