"""The synthetic world: captions from the stage's sampler, drawn by the stage, small enough to train on.

Everything follows from a seed: caption, picture, sound and labels are the same on every machine.

Legend: F = frames, H × W = pixels, T = samples.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from generator.renderers import RenderOptions
from generator.stage.composer import ShotStage
from generator.stage.renderer import framing_variants, soundtrack_of
from generator.stage.sampling import Difficulty, sample
from generator.stage.signal import RATE
from mavin.caption import HierarchicalCaption
from mavin.frames import frame_of

__all__ = ["SAMPLE_RATE", "SMALL", "Clip", "draw_clip", "draw_frames", "sample_caption"]

SAMPLE_RATE: Final = 16_000
"""Of the sound that the network hears, Hz."""

SMALL: Final[Mapping[str, tuple[int, int]]] = {"16:9": (224, 128), "9:16": (128, 224), "1:1": (160, 160)}
"""Width and height of the pictures, by aspect."""

_WORLD: Final = Difficulty(
    duration_ms=(3000, 6000), shots=(1, 6), roles=(1, 3), min_shot_ms=600, setting_change=0.7, overlap=0.05,
    off_screen=0.08, sounds=(0, 1), moving=0.35, angles=0.25, animals=0.12, overrides=0.04,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clip:
    """One drawn caption.

    Attributes:
        caption: the script.
        frames: ``[F, H, W, 3]``, 8 bits.
        waveform: ``[T]`` at :data:`SAMPLE_RATE`.
    """

    caption: HierarchicalCaption
    frames: NDArray[np.uint8]
    waveform: NDArray[np.float32]


def sample_caption(seed: int) -> HierarchicalCaption:
    """A caption of the world the network is trained on."""
    return sample(seed, _WORLD)


def draw_clip(caption: HierarchicalCaption, *, seed: int = 0) -> Clip:
    """A caption with all its frames and its sound."""
    track = soundtrack_of(caption, RenderOptions(seed=seed))
    frames = draw_frames(caption, range(frame_of(caption.duration_ms)), track.mouths, seed=seed)
    waveform = resample_poly(track.samples, SAMPLE_RATE, RATE).astype(np.float32)
    return Clip(caption, frames, waveform)


def draw_frames(
    caption: HierarchicalCaption, wanted: range, mouths: Sequence[Mapping[str, int]], *, seed: int = 0
) -> NDArray[np.uint8]:
    """Some frames of a caption, ``[F, H, W, 3]``; ``mouths`` has an entry for every frame of the film."""
    width, height = SMALL[caption.aspect]
    frames = np.empty((len(wanted), height, width, 3), np.uint8)
    for shot, variant in zip(caption.shots, framing_variants(caption), strict=True):
        inside = range(
            max(wanted.start, frame_of(shot.start_ms)),
            min(wanted.stop, frame_of(shot.end_ms)),
        )
        if not inside:
            continue
        stage = ShotStage(caption, shot, variant=variant, seed=seed, pixels=(width, height))
        for frame in inside:
            frames[frame - wanted.start] = np.asarray(stage.frame(frame, mouths[frame]))
    return frames
