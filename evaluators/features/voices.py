"""WavLM with its speaker head (arXiv 2110.13900): whose voice it is.  The paper does not name its checkpoint; this is
``microsoft/wavlm-base-plus-sv``, the one that was published for telling speakers apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch

from evaluators.features.base import Features, ModelInfo, Sound
from evaluators.features.folders import pretrained

__all__ = ["LEAST_SECONDS", "WavLMVoices"]

LEAST_SECONDS: Final = 0.5
"""Shorter voices say too little about their speaker."""


class WavLMVoices:
    """:class:`~evaluators.features.base.SoundEmbedder` of voices.

    Args:
        folder: ``config.json`` and weights in the layout of ``microsoft/wavlm-base-plus-sv``.
    """

    sample_rate = 16_000

    def __init__(self, folder: Path) -> None:
        from transformers import WavLMForXVector

        self._network, sha256 = pretrained(WavLMForXVector, folder)
        self.info = ModelInfo(
            "WavLM base-plus-sv",
            sha256,
            "16 kHz mono, whole segments",
            int(self._network.config.xvector_output_dim),
            ("torch", "transformers"),
        )

    def embed(self, sounds: Sequence[Sound]) -> Features:
        """(N, D), one voice at a time so that no padding is heard.

        Raises:
            ValueError: if a voice is shorter than :data:`LEAST_SECONDS`.
        """
        rows = []
        for sound in sounds:
            if len(sound) < LEAST_SECONDS * self.sample_rate:
                raise ValueError(
                    f"a voice must last {LEAST_SECONDS:g} s at least, got {len(sound) / self.sample_rate:.2f} s"
                )
            with torch.inference_mode():
                out = self._network(torch.from_numpy(np.asarray(sound, np.float32))[None]).embeddings
            rows.append(np.asarray(out.numpy(), np.float32))
        return np.concatenate(rows) if rows else np.zeros((0, self.info.dimensions), np.float32)
