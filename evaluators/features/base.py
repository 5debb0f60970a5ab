"""What every feature extractor is: samples in, one float32 row of features per sample out, and what made them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "ClipEmbedder",
    "Features",
    "FrameEmbedder",
    "Frames",
    "ModelInfo",
    "Sound",
    "SoundEmbedder",
    "TextEmbedder",
]

Frames = NDArray[np.uint8]
"""Pictures of one clip: uint8 of shape (F, H, W, 3), RGB."""

Sound = NDArray[np.float32]
"""Mono samples of one clip: float32 of shape (N,) in [-1, 1]."""

Features = NDArray[np.float32]
"""One row per sample: float32 of shape (n, D)."""


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """Which model with which weights, and what is done to a sample before the model sees it.

    Attributes:
        model: name of the model, such as ``DINO ViT-B/16``.
        sha256: hash of its weights in hex.
        preprocessing: everything that changes numbers: size, crop, sampling, windows.
        dimensions: length of a row of features.
        packages: that run it.
    """

    model: str
    sha256: str
    preprocessing: str
    dimensions: int
    packages: tuple[str, ...] = ("torch",)

    @property
    def provenance(self) -> str:
        """One line for a score."""
        return f"{self.model} (weights sha256 {self.sha256[:12]}), {self.preprocessing}"


class FrameEmbedder(Protocol):
    """A row for each frame."""

    info: ModelInfo

    def embed(self, frames: Frames) -> Features:
        """Features of every frame, in order."""
        ...


class ClipEmbedder(Protocol):
    """A row for each clip of moving pictures."""

    info: ModelInfo

    def embed(self, clips: Sequence[Frames]) -> Features:
        """Features of every clip, in order."""
        ...


class SoundEmbedder(Protocol):
    """A row for each clip of sound; VGGish alone gives one for each of its windows."""

    info: ModelInfo
    sample_rate: int

    def embed(self, sounds: Sequence[Sound]) -> Features:
        """Features of every clip, in order."""
        ...


class TextEmbedder(Protocol):
    """A row for each text, in the space of the model's clips."""

    def embed_text(self, texts: Sequence[str]) -> Features:
        """Features of every text, in order."""
        ...
