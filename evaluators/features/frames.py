"""Features of single frames as VBench takes them: DINO ViT-B/16 (subjects) and CLIP ViT-B/32 (backgrounds)."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor

from evaluators.features.base import Features, Frames, ModelInfo
from evaluators.features.folders import pretrained
from evaluators.features.pictures import CLIP_COLOURS, IMAGENET_COLOURS, centre_crop, checked, normalised, short_side

__all__ = ["BackgroundFeatures", "SubjectFeatures"]

_BATCH: Final = 8  # frames at a time


class _FrameFeatures(ABC):
    info: ModelInfo

    def embed(self, frames: Frames) -> Features:
        """(F, D)."""
        rows = []
        with torch.inference_mode():
            for start in range(0, len(frames), _BATCH):
                part = self._rows(checked(frames[start : start + _BATCH]))
                rows.append(np.asarray(part.float().numpy(), np.float32))
        return np.concatenate(rows) if rows else np.zeros((0, self.info.dimensions), np.float32)

    @abstractmethod
    def _rows(self, x_FCHW: Tensor) -> Tensor:
        """(F, D) of some frames."""


class SubjectFeatures(_FrameFeatures):
    """DINO's class token after the last norm; the picture keeps its aspect (VBench's ``subject_consistency``).

    Args:
        folder: ``config.json`` and weights in the layout of ``facebook/dino-vitb16``.
    """

    def __init__(self, folder: Path) -> None:
        from transformers import ViTModel

        self._network, sha256 = pretrained(ViTModel, folder, add_pooling_layer=False)
        config: Any = self._network.config
        self._side = int(config.image_size)
        self.info = ModelInfo(
            f"DINO ViT-{'B' if config.hidden_size == 768 else config.hidden_size}/{config.patch_size}",
            sha256,
            f"every frame, short side {self._side} bilinear without antialiasing, no crop, ImageNet colours",
            int(config.hidden_size),
            ("torch", "transformers"),
        )

    def _rows(self, x_FCHW: Tensor) -> Tensor:
        pixels = normalised(short_side(x_FCHW, self._side), IMAGENET_COLOURS)
        patch = int(self._network.config.patch_size)
        height, width = (math.floor(size / patch) * patch for size in pixels.shape[2:])
        out = self._network(pixel_values=pixels[:, :, :height, :width], interpolate_pos_encoding=True)
        return torch.as_tensor(out.last_hidden_state[:, 0])


class BackgroundFeatures(_FrameFeatures):
    """CLIP's image embedding (VBench's ``background_consistency``).

    Args:
        folder: ``config.json`` and weights in the layout of ``openai/clip-vit-base-patch32``.
    """

    def __init__(self, folder: Path) -> None:
        from transformers import CLIPVisionModelWithProjection

        self._network, sha256 = pretrained(CLIPVisionModelWithProjection, folder)
        config: Any = self._network.config
        self._side = int(config.image_size)
        self.info = ModelInfo(
            f"CLIP ViT-{'B' if config.hidden_size == 768 else config.hidden_size}/{config.patch_size}",
            sha256,
            f"every frame, short side {self._side} bicubic without antialiasing, centre crop, CLIP colours",
            int(config.projection_dim),
            ("torch", "transformers"),
        )

    def _rows(self, x_FCHW: Tensor) -> Tensor:
        pixels = normalised(centre_crop(short_side(x_FCHW, self._side, "bicubic"), self._side), CLIP_COLOURS)
        return torch.as_tensor(self._network(pixel_values=pixels).image_embeds)
