"""EfficientNet-Lite0, trained on ImageNet: a stand-in for DINO and CLIP that a package carries the weights of.

Names of the weights are those of ``efficientnet-lite0-57934424.pth`` (Apache-2.0).  F = frames.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from evaluators.features.base import Features, Frames, ModelInfo
from evaluators.features.pictures import centre_crop, checked, normalised, short_side
from evaluators.features.weights import fill, read_weights

__all__ = ["EfficientNetFrames", "EfficientNetLite0"]

# repeats, kernel, stride, expansion, output channels
_STAGES: Final = (
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)
_COLOURS: Final = ((127 / 255,) * 3, (128 / 255,) * 3)
_BATCH: Final = 16


class _Conv(nn.Conv2d):
    """With TensorFlow's SAME padding: the odd pixel behind."""

    def forward(self, x: Tensor) -> Tensor:
        pads: list[int] = []
        for size, kernel, stride in zip(x.shape[:1:-1], self.kernel_size[::-1], self.stride[::-1], strict=True):
            needed = max(0, kernel - stride if size % stride == 0 else kernel - size % stride)
            pads += [needed // 2, needed - needed // 2]
        return functional.conv2d(
            functional.pad(x, pads), self.weight, self.bias, self.stride, (0, 0), self.dilation, self.groups
        )


class _Block(nn.Module):
    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, expansion: int) -> None:
        super().__init__()
        inner = inputs * expansion
        self.expands, self.skips = expansion != 1, stride == 1 and inputs == outputs
        if self.expands:
            self._expand_conv, self._bn0 = _Conv(inputs, inner, 1, bias=False), nn.BatchNorm2d(inner, eps=1e-3)
        self._depthwise_conv = _Conv(inner, inner, kernel, stride, groups=inner, bias=False)
        self._bn1 = nn.BatchNorm2d(inner, eps=1e-3)
        self._project_conv, self._bn2 = _Conv(inner, outputs, 1, bias=False), nn.BatchNorm2d(outputs, eps=1e-3)

    def forward(self, x: Tensor) -> Tensor:
        out = functional.relu6(self._bn0(self._expand_conv(x))) if self.expands else x
        out = self._bn2(self._project_conv(functional.relu6(self._bn1(self._depthwise_conv(out)))))
        return out + x if self.skips else torch.as_tensor(out)


class EfficientNetLite0(nn.Module):
    """The network with its classifier, so that every weight of the file has its place."""

    def __init__(self) -> None:
        super().__init__()
        self._conv_stem, self._bn0 = _Conv(3, 32, 3, 2, bias=False), nn.BatchNorm2d(32, eps=1e-3)
        blocks, inputs = [], 32
        for repeats, kernel, stride, expansion, outputs in _STAGES:
            for at in range(repeats):
                blocks.append(_Block(inputs, outputs, kernel, stride if at == 0 else 1, expansion))
                inputs = outputs
        self._blocks = nn.ModuleList(blocks)
        self._conv_head, self._bn1 = _Conv(320, 1280, 1, bias=False), nn.BatchNorm2d(1280, eps=1e-3)
        self._fc = nn.Linear(1280, 1000)

    def pooled(self, x_FCHW: Tensor) -> Tensor:
        """What the classifier sees: (F, 1280)."""
        x = functional.relu6(self._bn0(self._conv_stem(x_FCHW)))
        for block in self._blocks:
            x = block(x)
        return functional.relu6(self._bn1(self._conv_head(x))).mean(dim=(2, 3))

    def forward(self, x_FCHW: Tensor) -> Tensor:
        """ImageNet logits: (F, 1000)."""
        return torch.as_tensor(self._fc(self.pooled(x_FCHW)))


class EfficientNetFrames:
    """:class:`~evaluators.features.base.FrameEmbedder` of the stand-in.

    Args:
        path: weights.
    """

    def __init__(self, path: Path) -> None:
        file = read_weights(path)
        self._network = EfficientNetLite0()
        fill(self._network, file, path)
        self.info = ModelInfo(
            "EfficientNet-Lite0 ImageNet, pooled features",
            file.sha256,
            "every frame, short side 224 bicubic, centre crop, (x − 127) / 128",
            1280,
        )

    def embed(self, frames: Frames) -> Features:
        """(F, 1280)."""
        rows = [self._rows(frames[at : at + _BATCH]) for at in range(0, len(frames), _BATCH)]
        return np.concatenate(rows) if rows else np.zeros((0, self.info.dimensions), np.float32)

    def _rows(self, frames: Frames) -> Features:
        x_FCHW = normalised(centre_crop(short_side(checked(frames), 224, "bicubic", antialias=True), 224), _COLOURS)
        with torch.inference_mode():
            return np.asarray(self._network.pooled(x_FCHW).numpy(), np.float32)
