"""SyncNet: how well lips fit a voice (Chung and Zisserman 2016).

    face, 25 fps ──5 frames of 224 × 224──▶ 1024        distance of both, at every shift of up to 15 frames
    voice 16 kHz ──0.2 s: 13 MFCC × 20────▶ 1024        (evaluators.sync)

Names of the weights are those of ``syncnet_v2.model``.  B = windows.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from evaluators.features.base import Features, Frames, ModelInfo, Sound
from evaluators.features.weights import fill, read_weights

__all__ = ["LipFeatures", "SyncNet", "mfcc"]

_RATE: Final = 16_000
_FPS: Final = 25
_WINDOW: Final = 5  # frames
_BATCH: Final = 20


def _stage(
    kind: type[nn.Module], norm: type[nn.Module], inputs: int, outputs: int, **arguments: object
) -> list[nn.Module]:
    return [kind(inputs, outputs, **arguments), norm(outputs), nn.ReLU()]


def _head() -> nn.Sequential:
    return nn.Sequential(nn.Linear(512, 512), nn.BatchNorm1d(512), nn.ReLU(), nn.Linear(512, 1024))


class SyncNet(nn.Module):
    """Both streams."""

    def __init__(self) -> None:
        super().__init__()
        two, three = (nn.Conv2d, nn.BatchNorm2d), (nn.Conv3d, nn.BatchNorm3d)
        self.netcnnaud = nn.Sequential(
            *_stage(*two, 1, 64, kernel_size=3, padding=1),
            nn.MaxPool2d(1, 1),
            *_stage(*two, 64, 192, kernel_size=3, padding=1),
            nn.MaxPool2d(3, (1, 2)),
            *_stage(*two, 192, 384, kernel_size=3, padding=1),
            *_stage(*two, 384, 256, kernel_size=3, padding=1),
            *_stage(*two, 256, 256, kernel_size=3, padding=1),
            nn.MaxPool2d(3, 2),
            *_stage(*two, 256, 512, kernel_size=(5, 4)),
        )
        self.netfcaud, self.netfclip = _head(), _head()
        flat = (1, 3, 3)
        self.netcnnlip = nn.Sequential(
            *_stage(*three, 3, 96, kernel_size=(5, 7, 7), stride=(1, 2, 2)),
            nn.MaxPool3d(flat, (1, 2, 2)),
            *_stage(*three, 96, 256, kernel_size=(1, 5, 5), stride=(1, 2, 2), padding=(0, 1, 1)),
            nn.MaxPool3d(flat, (1, 2, 2), (0, 1, 1)),
            *_stage(*three, 256, 256, kernel_size=flat, padding=(0, 1, 1)),
            *_stage(*three, 256, 256, kernel_size=flat, padding=(0, 1, 1)),
            *_stage(*three, 256, 256, kernel_size=flat, padding=(0, 1, 1)),
            nn.MaxPool3d(flat, (1, 2, 2)),
            *_stage(*three, 256, 512, kernel_size=(1, 6, 6)),
        )

    def voices(self, x_B1CF: Tensor) -> Tensor:
        """Coefficients (B, 1, 13, 20) to (B, 1024)."""
        return torch.as_tensor(self.netfcaud(self.netcnnaud(x_B1CF).flatten(1)))

    def lips(self, x_BCTHW: Tensor) -> Tensor:
        """Faces (B, 3, 5, 224, 224), colours BGR in 0…255, to (B, 1024)."""
        return torch.as_tensor(self.netfclip(self.netcnnlip(x_BCTHW).flatten(1)))


class LipFeatures:
    """Rows of lips and of voice, one a frame.

    Args:
        path: weights.
    """

    fps = _FPS
    sample_rate = _RATE
    side = 224

    def __init__(self, path: Path) -> None:
        file = read_weights(path)
        self._network = SyncNet()
        fill(self._network, file, path)
        self.info = ModelInfo(
            "SyncNet v2",
            file.sha256,
            f"{_FPS} fps, faces {self.side} × {self.side}, 16 kHz, 13 MFCC, 5-frame windows",
            1024,
        )

    def embed(self, faces: Frames, voice: Sound) -> tuple[Features, Features]:
        """Lips and voice of one face track, both (n, 1024); n is 0 where it is not longer than a window.

        Args:
            faces: uint8 (F, 224, 224, 3) at 25 fps, RGB.
            voice: float32 (N,) at 16 kHz, of the same time.
        """
        if faces.shape[1:] != (self.side, self.side, 3) or faces.dtype != np.uint8:
            raise ValueError(f"faces must be uint8 of shape (F, 224, 224, 3), got {faces.dtype} {faces.shape}")
        count = min(len(faces), len(voice) * _FPS // _RATE) - _WINDOW
        if count < 1:
            empty = np.zeros((0, 1024), np.float32)
            return empty, empty
        pixels_CFHW = torch.from_numpy(np.ascontiguousarray(faces[..., ::-1])).permute(3, 0, 1, 2)
        coefficients = torch.from_numpy(mfcc(voice)).float()
        lips, voices = [], []
        with torch.inference_mode():
            for start in range(0, count, _BATCH):
                at = range(start, min(count, start + _BATCH))
                lips.append(self._network.lips(torch.stack([pixels_CFHW[:, k : k + _WINDOW] for k in at]).float()))
                # Four frames of coefficients a picture.
                voices.append(
                    self._network.voices(torch.stack([coefficients[None, :, 4 * k : 4 * k + 20] for k in at]))
                )
        return torch.cat(lips).numpy(), torch.cat(voices).numpy()


def mfcc(voice: Sound) -> NDArray[np.float64]:
    """13 coefficients every 10 ms, the first being the log energy: (13, frames).

    As SyncNet was trained: on 16-bit values, pre-emphasis 0.97, 25 ms boxes, 512-point power spectrum, 26 triangles on
    the mel scale of whole bins, lifter 22.
    """
    from scipy.fft import dct

    signal = np.round(np.clip(voice.astype(np.float64), -1, 1) * 32767)
    signal = np.append(signal[:1], signal[1:] - 0.97 * signal[:-1])
    count = 1 if len(signal) <= 400 else 1 + -(-(len(signal) - 400) // 160)
    signal = np.pad(signal, (0, max(0, (count - 1) * 160 + 400 - len(signal))))
    frames = signal[(np.arange(count) * 160)[:, None] + np.arange(400)]
    power = np.abs(np.fft.rfft(frames, 512)) ** 2 / 512
    tiny = np.finfo(float).eps
    energy = power.sum(axis=1)
    bands = power @ _triangles().T
    rows = dct(np.log(np.where(bands == 0, tiny, bands)), type=2, axis=1, norm="ortho")[:, :13]
    rows = rows * (1 + 11 * np.sin(np.pi * np.arange(13) / 22))
    rows[:, 0] = np.log(np.where(energy == 0, tiny, energy))
    return np.asarray(rows.T)


def _triangles() -> NDArray[np.float64]:
    top = 2595 * np.log10(1 + _RATE / 2 / 700)
    hertz = 700 * (10 ** (np.linspace(0, top, 28) / 2595) - 1)
    bins = np.floor(513 * hertz / _RATE)
    matrix = np.zeros((26, 257))
    for band, (low, centre, high) in enumerate(zip(bins, bins[1:], bins[2:], strict=False)):
        rising, falling = np.arange(int(low), int(centre)), np.arange(int(centre), int(high))
        matrix[band, rising] = (rising - low) / (centre - low)
        matrix[band, falling] = (high - falling) / (high - centre)
    return matrix
