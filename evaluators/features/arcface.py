"""ArcFace (arXiv 1801.07698): who a face is, in 512 numbers.

    face, five points ──similarity──▶ 112 × 112, (x − 127.5) / 127.5 ──IResNet──▶ 512

Names of the weights are those of InsightFace's PyTorch backbones (``backbone.pth`` of R50 or R100).  Their licence
keeps them from commercial use.  B = faces.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from evaluators.features.base import Features, Frames, ModelInfo
from evaluators.features.weights import fill, read_weights

__all__ = ["POINTS", "ArcFaceFeatures", "IResNet", "aligned"]

POINTS: Final = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]]
)
"""Where left eye, right eye, nose tip and both corners of the mouth belong in the 112 × 112 picture, (x, y)."""


class _Block(nn.Module):
    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.prelu = nn.PReLU(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, stride, padding=1, bias=False)
        self.bn3 = nn.BatchNorm2d(outputs)
        self.downsample: nn.Sequential | None = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x: Tensor) -> Tensor:
        out = self.bn3(self.conv2(self.prelu(self.bn2(self.conv1(self.bn1(x))))))
        return out + (x if self.downsample is None else self.downsample(x))


class IResNet(nn.Module):
    """The backbone.

    Args:
        layers: blocks of the four stages: (3, 4, 14, 3) is R50, (3, 13, 30, 3) is R100.
        widths: channels of the stem and the stages.
    """

    def __init__(
        self,
        layers: tuple[int, ...] = (3, 4, 14, 3),
        widths: tuple[int, ...] = (64, 64, 128, 256, 512),
    ) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, widths[0], 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(widths[0])
        self.prelu = nn.PReLU(widths[0])
        for stage, (inputs, outputs, count) in enumerate(zip(widths[:-1], widths[1:], layers, strict=True), 1):
            blocks = [_Block(inputs if at == 0 else outputs, outputs, 2 if at == 0 else 1) for at in range(count)]
            self.add_module(f"layer{stage}", nn.Sequential(*blocks))
        self.bn2 = nn.BatchNorm2d(widths[-1])
        self.fc = nn.Linear(widths[-1] * 49, 512)
        self.features = nn.BatchNorm1d(512)

    def forward(self, x_BCHW: Tensor) -> Tensor:
        """Faces (B, 3, 112, 112), RGB in [-1, 1], to (B, 512)."""
        x = self.prelu(self.bn1(self.conv1(x_BCHW)))
        for stage in range(1, 5):
            x = self.get_submodule(f"layer{stage}")(x)
        return torch.as_tensor(self.features(self.fc(self.bn2(x).flatten(1))))


def aligned(picture: NDArray[np.uint8], points: NDArray[np.float64]) -> NDArray[np.uint8]:
    """A face turned, scaled and moved so that its five points come to :data:`POINTS` (least squares): (112, 112, 3).

    Args:
        picture: uint8 (H, W, 3).
        points: (5, 2) of (x, y) in its pixels, in the order of :data:`POINTS`.
    """
    from PIL import Image

    # A similarity is multiplication by one complex number and adding another.
    source, target = (part[:, 0] + 1j * part[:, 1] for part in (points, POINTS))
    centred = source - source.mean()
    factor = np.vdot(centred, target - target.mean()) / np.vdot(centred, centred)
    shift = target.mean() - factor * source.mean()
    back, origin = 1 / factor, -shift / factor  # PIL asks where each pixel comes from
    matrix = (back.real, -back.imag, origin.real, back.imag, back.real, origin.imag)
    warped = Image.fromarray(picture).transform((112, 112), Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR)
    return np.asarray(warped, np.uint8)


class ArcFaceFeatures:
    """Rows of aligned faces.

    Args:
        path: weights of R50 or R100.
        network: an empty network, where it is neither.
    """

    def __init__(self, path: Path, *, network: IResNet | None = None) -> None:
        file = read_weights(path)
        deep = "layer3.29.conv1.weight" in file.tensors
        self._network = network or IResNet((3, 13, 30, 3) if deep else (3, 4, 14, 3))
        fill(self._network, file, path)
        self.info = ModelInfo(
            f"ArcFace IResNet-{100 if deep else 50}", file.sha256, "112 × 112 by five points, (x − 127.5) / 127.5", 512
        )

    def embed(self, faces: Frames) -> Features:
        """(n, 512) of faces uint8 (n, 112, 112, 3)."""
        if faces.shape[1:] != (112, 112, 3) or faces.dtype != np.uint8:
            raise ValueError(f"faces must be uint8 of shape (n, 112, 112, 3), got {faces.dtype} {faces.shape}")
        if not len(faces):
            return np.zeros((0, self.info.dimensions), np.float32)
        x_BCHW = (torch.from_numpy(faces.copy()).permute(0, 3, 1, 2).float() - 127.5) / 127.5
        with torch.inference_mode():
            return np.asarray(self._network(x_BCHW).numpy(), np.float32)
