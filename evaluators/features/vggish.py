"""VGGish: the features of FAD (arXiv 1609.09430, 1812.08466).

    16 kHz ──25 ms every 10 ms──▶ 64 mel bands, log ──windows of 0.96 s──▶ (96, 64) ──VGG──▶ 128 numbers

No PCA, no ReLU on the last layer: what FAD's published implementations use.  Names of the weights are those of the
PyTorch conversion (``vggish-10086976.pth``).  B = windows, M = mel bands.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from evaluators.features.base import Features, ModelInfo, Sound
from evaluators.features.weights import fill, read_weights

__all__ = ["FadFeatures", "VGGish", "log_mel"]

_RATE: Final = 16_000
_WINDOW, _HOP, _FFT = 400, 160, 512
_BANDS: Final = 64
_FRAMES: Final = 96  # of a window: 0.96 s


def log_mel(sound: Sound) -> NDArray[np.float64]:
    """ln(mel + 0.01) of magnitudes between 125 and 7500 Hz: (frames, 64)."""
    count = 1 + (len(sound) - _WINDOW) // _HOP if len(sound) >= _WINDOW else 0
    if not count:
        return np.zeros((0, _BANDS))
    starts = np.arange(count) * _HOP
    frames = sound.astype(np.float64)[starts[:, None] + np.arange(_WINDOW)]
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(_WINDOW) / _WINDOW)
    magnitudes = np.abs(np.fft.rfft(frames * hann, _FFT))
    return np.asarray(np.log(magnitudes @ _mel_matrix() + 0.01))


def _mel_matrix() -> NDArray[np.float64]:
    def mel(hertz: NDArray[np.float64] | float) -> NDArray[np.float64]:
        return np.asarray(1127 * np.log(1 + np.asarray(hertz) / 700))

    bins = mel(np.linspace(0, _RATE / 2, _FFT // 2 + 1))[:, None]
    edges = np.linspace(mel(125.0), mel(7500.0), _BANDS + 2)
    low, centre, high = edges[:-2], edges[1:-1], edges[2:]
    matrix = np.maximum(0, np.minimum((bins - low) / (centre - low), (high - bins) / (high - centre)))
    matrix[0] = 0  # no constant part
    return matrix


class VGGish(nn.Module):
    """Six convolutions and three layers.

    Args:
        widths: channels of the four stages and width of the hidden layers; others than the published ones are for
            trying the code out.
    """

    def __init__(self, widths: tuple[int, int, int, int, int] = (64, 128, 256, 512, 4096)) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        inputs = 1
        for width, repeats in zip(widths[:4], (1, 1, 2, 2), strict=True):
            for _ in range(repeats):
                layers += [nn.Conv2d(inputs, width, 3, padding=1), nn.ReLU()]
                inputs = width
            layers.append(nn.MaxPool2d(2))
        self.features = nn.Sequential(*layers)
        hidden = widths[4]
        self.embeddings = nn.Sequential(
            nn.Linear(widths[3] * 24, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, 128)
        )

    def forward(self, x_B1FM: Tensor) -> Tensor:
        """Windows (B, 1, 96, 64) to (B, 128)."""
        grid = self.features(x_B1FM).permute(0, 2, 3, 1)  # channels last, as where the weights were trained
        return torch.as_tensor(self.embeddings(grid.flatten(1)))


class FadFeatures:
    """:class:`~evaluators.features.base.SoundEmbedder` of FAD: a row for each window of 0.96 s, one after the other.

    Args:
        path: weights.
        widths: of :class:`VGGish`.
    """

    sample_rate = _RATE

    def __init__(self, path: Path, *, widths: tuple[int, int, int, int, int] = (64, 128, 256, 512, 4096)) -> None:
        file = read_weights(path)
        self._network = VGGish(widths)
        fill(self._network, file, path)
        self.info = ModelInfo(
            "VGGish", file.sha256, "16 kHz mono, windows of 0.96 s without overlap, no PCA, no final ReLU", 128
        )

    def embed(self, sounds: Sequence[Sound]) -> Features:
        """(windows of all sounds, 128); an incomplete last window is left out."""
        rows = [self._one(sound) for sound in sounds]
        return np.concatenate(rows) if rows else np.zeros((0, self.info.dimensions), np.float32)

    def _one(self, sound: Sound) -> Features:
        mel = log_mel(sound)
        windows = mel[: len(mel) // _FRAMES * _FRAMES].reshape(-1, 1, _FRAMES, _BANDS)
        if not len(windows):
            return np.zeros((0, self.info.dimensions), np.float32)
        with torch.inference_mode():
            return np.asarray(self._network(torch.from_numpy(windows).float()).numpy(), np.float32)
