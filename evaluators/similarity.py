"""How near features are: cosines, and the metrics that are one (§5.2, C.3).

    TVS    cos(ViCLIP of the film, ViCLIP of its storyline)
    TAS    cos(CLAP of the sound, CLAP of what should be heard)
    AV-IB  cos(ImageBind of the picture, ImageBind of the sound)

All are plain cosines in [-1, 1]: no temperature, no factor of 100.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["AudioVideoModel", "VideoTextModel", "cosines", "mean_cosine", "what_is_heard", "what_is_seen"]


class VideoTextModel(Protocol):
    """Puts clips and texts into one space."""

    def embed(self, clips: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """Rows of clips."""
        ...

    def embed_text(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows of texts."""
        ...


class AudioVideoModel(Protocol):
    """Puts pictures and sounds into one space."""

    def embed(self, clips: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """Rows of clips."""
        ...

    def embed_sound(self, sounds: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
        """Rows of sounds."""
        ...


def cosines(one: NDArray[Any], two: NDArray[Any]) -> NDArray[np.float64]:
    """Row by row: (n,); NaN where a row has no direction.

    Args:
        one: (n, D).
        two: (n, D), or (1, D) against every row of ``one``.

    Raises:
        ValueError: if the shapes do not fit.
    """
    first, second = np.asarray(one, np.float64), np.asarray(two, np.float64)
    if first.ndim != 2 or second.ndim != 2 or first.shape[1] != second.shape[1] or len(second) not in (1, len(first)):
        raise ValueError(f"both must have shape (n, D), or the second (1, D), got {first.shape} and {second.shape}")
    lengths = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    dots = (first * second).sum(axis=1)
    return np.asarray(np.divide(dots, lengths, out=np.full(len(first), math.nan), where=lengths > 0))


def mean_cosine(one: NDArray[Any], two: NDArray[Any]) -> float:
    """The mean over rows that have a direction; NaN without any."""
    found = cosines(one, two)
    kept = found[~np.isnan(found)]
    return float(kept.mean()) if len(kept) else math.nan


def what_is_seen(captions: Sequence[Any]) -> str:
    """The text that a film's picture is compared with: the storylines of its clips."""
    return " ".join(dict.fromkeys(caption.global_caption.storyline.strip() for caption in captions))


def what_is_heard(captions: Sequence[Any]) -> str:
    """The text that a film's sound is compared with: ambience, sound events, and that people speak."""
    parts: list[str] = []
    for caption in captions:
        parts.append(caption.global_caption.ambience)
        parts += [sound.text for shot in caption.shots for sound in shot.sounds]
        if caption.dialogue:
            parts.append(
                "people speaking" if len({line.role for line in caption.dialogue}) > 1 else "a person speaking"
            )
    return ", ".join(dict.fromkeys(part.strip().rstrip(".") for part in parts if part.strip()))
