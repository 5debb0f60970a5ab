"""I3D trained on Kinetics-400: the features of FVD (arXiv 1705.07750, 1812.01717).

    16 frames 224 × 224 in [-1, 1] ──Inception, inflated──▶ (1024, 2, 7, 7) ──mean, 1 × 1──▶ 400 logits, mean over time

Names of the weights and the norms' ε of 10⁻⁵ are those of ``i3d_pretrained_400.pt``, on which the PyTorch
implementations of FVD agree; other conversions have the same names and an ε of 10⁻³.
B = clips, C = channels, T, H, W = time, height, width.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from evaluators.features.base import Features, Frames, ModelInfo
from evaluators.features.pictures import centre_crop, checked, evenly, short_side
from evaluators.features.weights import fill, read_weights

__all__ = ["I3D", "FvdFeatures"]

_Triple = tuple[int, int, int]
_BRANCHES: Final[dict[str, tuple[int, int, int, int, int, int]]] = {
    "Mixed_3b": (64, 96, 128, 16, 32, 32),
    "Mixed_3c": (128, 128, 192, 32, 96, 64),
    "Mixed_4b": (192, 96, 208, 16, 48, 64),
    "Mixed_4c": (160, 112, 224, 24, 64, 64),
    "Mixed_4d": (128, 128, 256, 24, 64, 64),
    "Mixed_4e": (112, 144, 288, 32, 64, 64),
    "Mixed_4f": (256, 160, 320, 32, 128, 128),
    "Mixed_5b": (256, 160, 320, 32, 128, 128),
    "Mixed_5c": (384, 192, 384, 48, 128, 128),
}


def _same(x_BCTHW: Tensor, kernel: _Triple, stride: _Triple) -> Tensor:
    """TensorFlow's SAME padding: as little as covers everything, the odd pixel behind."""
    pads: list[int] = []
    for size, k, s in zip(reversed(x_BCTHW.shape[2:]), reversed(kernel), reversed(stride), strict=True):
        needed = max(0, k - s if size % s == 0 else k - size % s)
        pads += [needed // 2, needed - needed // 2]
    return functional.pad(x_BCTHW, pads)


class _Unit(nn.Module):
    def __init__(self, inputs: int, outputs: int, size: int = 1, stride: int = 1, *, plain: bool = False) -> None:
        super().__init__()
        self.kernel, self.stride = (size,) * 3, (stride,) * 3
        self.conv3d = nn.Conv3d(inputs, outputs, self.kernel, self.stride, bias=plain)
        if not plain:
            self.bn = nn.BatchNorm3d(outputs, eps=1e-5)
        self.plain = plain

    def forward(self, x_BCTHW: Tensor) -> Tensor:
        out = self.conv3d(_same(x_BCTHW, self.kernel, self.stride))
        return out if self.plain else functional.relu(self.bn(out))


def _pool(x_BCTHW: Tensor, kernel: _Triple, stride: _Triple) -> Tensor:
    return functional.max_pool3d(_same(x_BCTHW, kernel, stride), kernel, stride)


class _Mixed(nn.Module):
    def __init__(self, inputs: int, widths: Sequence[int]) -> None:
        super().__init__()
        self.b0 = _Unit(inputs, widths[0])
        self.b1a, self.b1b = _Unit(inputs, widths[1]), _Unit(widths[1], widths[2], 3)
        self.b2a, self.b2b = _Unit(inputs, widths[3]), _Unit(widths[3], widths[4], 3)
        self.b3b = _Unit(inputs, widths[5])

    def forward(self, x_BCTHW: Tensor) -> Tensor:
        pooled = _pool(x_BCTHW, (3, 3, 3), (1, 1, 1))
        parts = self.b0(x_BCTHW), self.b1b(self.b1a(x_BCTHW)), self.b2b(self.b2a(x_BCTHW)), self.b3b(pooled)
        return torch.cat(parts, dim=1)


class I3D(nn.Module):
    """Inception-v1 inflated to three dimensions.

    Args:
        classes: of the last layer.
        width: share of the published numbers of channels; anything but 1 is for trying the code out.
    """

    def __init__(self, classes: int = 400, *, width: float = 1.0) -> None:
        super().__init__()

        def n(channels: int) -> int:
            return max(1, round(channels * width))

        self.Conv3d_1a_7x7 = _Unit(3, n(64), 7, 2)
        self.Conv3d_2b_1x1 = _Unit(n(64), n(64))
        self.Conv3d_2c_3x3 = _Unit(n(64), n(192), 3)
        channels = n(192)
        for name, widths in _BRANCHES.items():
            widths_here = [n(one) for one in widths]
            self.add_module(name, _Mixed(channels, widths_here))
            channels = widths_here[0] + widths_here[2] + widths_here[4] + widths_here[5]
        self.logits = _Unit(channels, classes, plain=True)

    def forward(self, x_BCTHW: Tensor) -> Tensor:
        """Logits (B, classes), mean over time.

        Args:
            x_BCTHW: RGB in [-1, 1], at least 9 frames of 224 × 224.
        """
        x = _pool(self.Conv3d_1a_7x7(x_BCTHW), (1, 3, 3), (1, 2, 2))
        x = _pool(self.Conv3d_2c_3x3(self.Conv3d_2b_1x1(x)), (1, 3, 3), (1, 2, 2))
        x = _pool(self._mixed(x, "3b", "3c"), (3, 3, 3), (2, 2, 2))
        x = _pool(self._mixed(x, "4b", "4c", "4d", "4e", "4f"), (2, 2, 2), (2, 2, 2))
        x = self._mixed(x, "5b", "5c")
        x = functional.avg_pool3d(x, (2, 7, 7), 1)
        logits: Tensor = self.logits(x).flatten(3).mean(dim=3)
        return logits.mean(dim=2)

    def _mixed(self, x_BCTHW: Tensor, *names: str) -> Tensor:
        for name in names:
            x_BCTHW = self.get_submodule(f"Mixed_{name}")(x_BCTHW)
        return x_BCTHW


class FvdFeatures:
    """:class:`~evaluators.features.base.ClipEmbedder` of FVD.

    The paper does not say how many frames it takes: 16 from the first to the last, evenly.

    Args:
        path: weights.
        width: of :class:`I3D`.
    """

    FRAMES: Final = 16

    def __init__(self, path: Path, *, width: float = 1.0) -> None:
        file = read_weights(path)
        self._network = I3D(width=width)
        fill(self._network, file, path)
        self.info = ModelInfo(
            "I3D Kinetics-400 logits",
            file.sha256,
            f"{self.FRAMES} frames spread evenly, short side 224 bilinear, centre crop, [-1, 1]",
            400,
        )

    def embed(self, clips: Sequence[Frames]) -> Features:
        """(N, 400)."""
        rows = [self._one(clip) for clip in clips]
        return np.concatenate(rows) if rows else np.zeros((0, self.info.dimensions), np.float32)

    def _one(self, clip: Frames) -> Features:
        chosen = checked(clip[evenly(len(clip), self.FRAMES)] if len(clip) else clip)
        x_FCHW = centre_crop(short_side(chosen, 224), 224) / 127.5 - 1
        with torch.inference_mode():
            return np.asarray(self._network(x_FCHW.permute(1, 0, 2, 3)[None]).numpy(), np.float32)
