"""What a pipeline gives back: a clip's frames, sound and latents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.flow import Latents
from generator.shapes import ClipShape
from mavin.errors import UsageError

__all__ = ["MavinOutput"]


@dataclass(frozen=True, slots=True)
class MavinOutput:
    """A generated clip.

    Attributes:
        frames: uint8 of shape (F, H, W, 3), exactly round(duration × 24) of them; ``None`` if not decoded.
        audio: float32 of shape (T,) in [-1, 1], exactly as long as the frames; ``None`` if not decoded.
        sample_rate: of the sound, Hz; 0 if not decoded.
        latents: what was decoded; can be given back to :meth:`MavinPipeline.frames` and ``sound``.
        shape: the clip's size in every unit.
        notes: what a user should know, such as a cut that falls inside a latent.
    """

    frames: NDArray[np.uint8] | None
    audio: NDArray[np.float32] | None
    sample_rate: int
    latents: Latents
    shape: ClipShape
    notes: tuple[str, ...] = ()

    def save(self, path: Path | str) -> int:
        """Writes the clip as ``.mp4``, ``.webm`` or ``.gif`` and returns the number of frames.

        Raises:
            UsageError: if nothing was decoded, or for another suffix.
            MavinError: if the file cannot be written.
        """
        from mavin.media import write_video

        if self.frames is None:
            raise UsageError("Only decoded frames can be saved: call the pipeline without output='latents'.")
        size = (self.shape.width, self.shape.height)
        return write_video(Path(path), iter(self.frames), self.audio, size=size, sample_rate=self.sample_rate)
