"""From milliseconds and pixels to latents and tokens, and when each of them is (§4.2, τ(k)).

    frames          0 │ 1  2  3  4 │ 5  6  7  8 │ …        24 a second
    video latents   0 │     1      │     2      │ …        latent f ≥ 1 covers frames 4f−3 … 4f
    τ              .5 │     3      │     7      │ …        in frames: the middle of what it covers
    audio latents  │0│1│2│3│ …                             31.25 a second, 32 ms each, τ = 16 ms, 48 ms, …

Times are exact fractions of a millisecond: a cut at 1,900 ms never moves by a float's error.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from mavin.caption import MAX_DURATION_MS, MIN_DURATION_MS, HierarchicalCaption
from mavin.errors import UsageError
from mavin.frames import FPS, frame_of
from mavin.interval import Interval

__all__ = [
    "AUDIO_LATENT_MS",
    "FRAMES_PER_LATENT",
    "PIXELS_PER_TOKEN",
    "TRAINED_SIDES",
    "ClipShape",
    "TokenGrid",
    "area_size",
    "latents_within",
    "video_latents",
]

FRAMES_PER_LATENT: Final = 4
PIXELS_PER_TOKEN: Final = 32
"""The video encoder divides by 16, the patches by 2."""

AUDIO_LATENT_MS: Final = 32
"""Two hops of 256 samples at 16 kHz."""

TRAINED_SIDES: Final = (720, 960)
"""Sides of the squares on whose area Ovi's weights were trained; the picture may have any shape."""


def area_size(across: int, down: int, side: int) -> tuple[int, int]:
    """Width and height nearest to the ratio ``across : down``, of at most ``side`` × ``side`` pixels and of 90% of it.

    Raises:
        UsageError: if it is none of :data:`TRAINED_SIDES`.
    """
    if side not in TRAINED_SIDES:
        names = " or ".join(map(str, TRAINED_SIDES))
        raise UsageError(f"The name of a size must be {names}, the side of a square of its area, got {side}.")
    sides = range(PIXELS_PER_TOKEN, 3 * side, PIXELS_PER_TOKEN)
    fitting = ((w, h) for w in sides for h in sides if 0.9 * side * side <= w * h <= side * side)
    return min(fitting, key=lambda size: (abs(math.log(size[0] * down / (size[1] * across))), -size[0] * size[1]))


def video_latents(frames: int) -> int:
    """Latent frames of ``4k + 1`` frames: ``k + 1``.

    Raises:
        UsageError: if the count is not of that form.
    """
    if frames < 1 or (frames - 1) % FRAMES_PER_LATENT:
        below = max(frames - 1, 0) // FRAMES_PER_LATENT * FRAMES_PER_LATENT + 1
        raise UsageError(f"The network's frame count must be 4k + 1, got {frames}. Try {below} or {below + 4}.")
    return 1 + (frames - 1) // FRAMES_PER_LATENT


def _audio_latents(frames: int) -> int:
    # As the audio encoder counts: whole spectrogram hops of 256 samples, halved.
    return (16_000 * frames // FPS) // 256 // 2


@dataclass(frozen=True, slots=True)
class TokenGrid:
    """How many tokens a clip has in both towers, and when they are.

    Attributes:
        video_latents: latent frames.
        rows: token rows of a latent frame.
        columns: tokens of a row.
        audio_latents: audio tokens.
    """

    video_latents: int
    rows: int
    columns: int
    audio_latents: int

    @property
    def tokens_per_frame(self) -> int:
        """Video tokens of one latent frame, all at the same time."""
        return self.rows * self.columns

    @property
    def video_tokens(self) -> int:
        """N of the video tower."""
        return self.video_latents * self.tokens_per_frame

    def video_times(self) -> tuple[Fraction, ...]:
        """τ of each latent frame in milliseconds: 0.5/24 s for the first, (4f − 1)/24 s for latent f ≥ 1."""
        first = Fraction(1000, 2 * FPS)
        rest = (Fraction(1000 * (FRAMES_PER_LATENT * f - 1), FPS) for f in range(1, self.video_latents))
        return (first, *rest)

    def audio_times(self) -> tuple[Fraction, ...]:
        """τ of each audio token in milliseconds: the middle of its 32 ms."""
        half = AUDIO_LATENT_MS // 2
        return tuple(Fraction(AUDIO_LATENT_MS * i + half) for i in range(self.audio_latents))


@dataclass(frozen=True, slots=True)
class ClipShape:
    """A clip's size in every unit.

    Attributes:
        duration_ms: 3,000 to 15,000.
        width: pixels, a multiple of 32.
        height: pixels, a multiple of 32.

    Raises:
        UsageError: if a value is out of range.
    """

    duration_ms: int
    width: int
    height: int

    def __post_init__(self) -> None:
        if not MIN_DURATION_MS <= self.duration_ms <= MAX_DURATION_MS:
            raise UsageError(
                f"A clip must last {MIN_DURATION_MS // 1000} to {MAX_DURATION_MS // 1000} s, "
                f"got {self.duration_ms / 1000:g} s. Make a film of several clips for a longer story."
            )
        for name, size in (("width", self.width), ("height", self.height)):
            if size < PIXELS_PER_TOKEN or size % PIXELS_PER_TOKEN:
                below = max(size // PIXELS_PER_TOKEN, 1) * PIXELS_PER_TOKEN
                raise UsageError(
                    f"A clip's {name} must be a multiple of {PIXELS_PER_TOKEN} pixels, got {size}. "
                    f"Try {below} or {below + PIXELS_PER_TOKEN}."
                )

    @classmethod
    def of(cls, caption: HierarchicalCaption) -> ClipShape:
        """The shape of a caption's clip: each aspect has its 480p bucket (Appendix C.2) of about 400,000 pixels."""
        return cls(caption.duration_ms, *caption.pixels)

    @property
    def frames(self) -> int:
        """Frames of the delivered film, exactly round(duration × 24)."""
        return frame_of(self.duration_ms)

    @property
    def network_frames(self) -> int:
        """Frames that the network works on: the next 4k + 1; what is over is trimmed, picture and sound."""
        return -(-(self.frames - 1) // FRAMES_PER_LATENT) * FRAMES_PER_LATENT + 1

    @property
    def grid(self) -> TokenGrid:
        """Its tokens."""
        return TokenGrid(
            video_latents(self.network_frames),
            self.height // PIXELS_PER_TOKEN,
            self.width // PIXELS_PER_TOKEN,
            _audio_latents(self.network_frames),
        )


def latents_within(times: Sequence[Fraction], interval: Interval) -> range:
    """The latents whose τ lies in ``[start, end)``; ``times`` are in order."""
    return range(_first_at(times, interval.start_ms), _first_at(times, interval.end_ms))


def _first_at(times: Sequence[Fraction], time_ms: int) -> int:
    low, high = 0, len(times)
    while low < high:
        middle = (low + high) // 2
        if times[middle] < time_ms:
            low = middle + 1
        else:
            high = middle
    return low
