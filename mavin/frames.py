"""The 24 fps clock: the only place where milliseconds become frames (paper §3: 24 fps).

A delivered film has exactly ``round(duration × 24)`` frames, and a cut at time ``t`` shows
its new shot for the first time on frame ``round(t × 24)``.  Rounding is half up, in integer
arithmetic, so that no float error moves a cut.
"""

from __future__ import annotations

from mavin.interval import Interval

__all__ = ["FPS", "frame_of", "frame_range", "frame_time_ms", "sample_of"]

FPS = 24
"""Frames per second of every film."""


def frame_of(time_ms: int) -> int:
    """The frame nearest to an instant, half up: ``round(time_ms / 1000 × 24)``."""
    return (2 * time_ms * FPS + 1000) // 2000


def frame_range(interval: Interval) -> range:
    """The frames on which a half-open interval is seen."""
    return range(frame_of(interval.start_ms), frame_of(interval.end_ms))


def frame_time_ms(frame: int) -> float:
    """When a frame is first shown, in milliseconds."""
    return frame * 1000 / FPS


def sample_of(time_ms: int, sample_rate: int) -> int:
    """The audio sample nearest to an instant, half up."""
    return (2 * time_ms * sample_rate + 1000) // 2000
