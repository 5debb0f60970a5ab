"""GE2E's speaker encoder: the stand-in for FACodec that a package carries the weights of.

    voice 16 kHz ──louder, without long silences──▶ 40 mel bands, 100 Hz ──windows of 1.6 s──▶ LSTM ──▶ mean ──▶ e

Source: arXiv 1710.10467; weights, windows and preprocessing are those of resemblyzer 0.1.4 (Apache-2.0),
whose code is not needed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from generator.timbre.voice import SAMPLE_RATE, as_voice
from mavin.errors import UsageError

__all__ = ["GE2ETimbre", "ge2e_config", "rename_ge2e"]

_BANDS: Final = 40
_WINDOW, _HOP = 400, 160  # samples: 25 and 10 ms
_FRAMES: Final = 160  # of a window
_STEP: Final = 77  # frames between two windows: 1.3 a second
_COVERED: Final = 0.75  # of the last window, or it is left out
_LOUDNESS_DB: Final = -30.0
_VAD_MS: Final = 30
_VAD_SMOOTH: Final = 8  # windows
_VAD_KEEP: Final = 7  # windows: up to six silent ones between two voiced ones stay


def ge2e_config() -> dict[str, Any]:
    """Arguments of :class:`GE2ETimbre` for resemblyzer's weights."""
    return {"hidden": 256, "dim": 256, "layers": 3, "stand_in_for": "FACodec"}


class GE2ETimbre:
    """:class:`~generator.identity.TimbreEncoder` on GE2E: a stand-in for FACodec, and named as one.

    Args:
        hidden: width of the LSTM.
        dim: width of the embedding.
        layers: of the LSTM.
        stand_in_for: written into its configuration, for whoever reads that.
    """

    name = "GE2E (stand-in for FACodec)"

    def __init__(self, *, hidden: int, dim: int, layers: int, stand_in_for: str = "FACodec") -> None:
        self._config = {"hidden": hidden, "dim": dim, "layers": layers, "stand_in_for": stand_in_for}
        self.network = _Network(hidden, dim, layers).eval().requires_grad_(False)
        self.dim = dim

    @classmethod
    def from_config(cls, config: Mapping[str, Any], folder: Path | None = None) -> GE2ETimbre:  # noqa: ARG003
        """The encoder of a part's ``config.json``, with fresh weights."""
        return cls(**config)

    def part_config(self) -> dict[str, Any]:
        """What :meth:`from_config` takes."""
        return dict(self._config)

    def modules_by_name(self) -> dict[str, nn.Module]:
        """What has weights, by the name of its file."""
        return {"model": self.network}

    @torch.no_grad()
    def encode(self, waveform: Tensor, sample_rate: int) -> Tensor:
        """A voice ``(samples,)`` in −1…1, of any rate and from one second on, to ``(dim,)`` of unit length, float32.

        Raises:
            UsageError: if the recording is too short or silent, or nobody speaks in it.
        """
        voice = _voiced(_loud(as_voice(waveform, sample_rate)))
        starts = _windows(voice.shape[0])
        voice = nn.functional.pad(voice, (0, max(0, (starts[-1] + _FRAMES) * _HOP - voice.shape[0])))
        mel = _mel(voice)
        parameter = next(self.network.parameters())
        batch = torch.stack([mel[start : start + _FRAMES] for start in starts])
        mean = self.network(batch.to(parameter.device, parameter.dtype)).float().mean(dim=0)
        return (mean / mean.norm()).to(waveform.device)


def rename_ge2e(state: Mapping[str, Any]) -> dict[str, Tensor]:
    """The tensors of resemblyzer's ``pretrained.pt`` that are the network's; the rest is the training's.

    Raises:
        UsageError: if it is another file.
    """
    model = state.get("model_state", state)
    kept = {name: tensor for name, tensor in model.items() if name.startswith(("lstm.", "linear."))}
    if not kept:
        raise UsageError("GE2E's weights must have tensors lstm.… and linear.…: give resemblyzer's pretrained.pt.")
    return kept


class _Network(nn.Module):
    def __init__(self, hidden: int, dim: int, layers: int) -> None:
        super().__init__()
        self.lstm = nn.LSTM(_BANDS, hidden, layers, batch_first=True)
        self.linear = nn.Linear(hidden, dim)

    def forward(self, mel: Tensor) -> Tensor:
        """Windows ``(B, frames, bands)`` to ``(B, dim)`` of unit length."""
        _, (hidden, _) = self.lstm(mel)
        raw = self.linear(hidden[-1]).relu()
        return raw / raw.norm(dim=1, keepdim=True).clamp_min(1e-12)


def _loud(voice: Tensor) -> Tensor:
    level = 20 * math.log10(float(voice.square().mean().sqrt()))
    return voice * 10 ** (max(0.0, _LOUDNESS_DB - level) / 20)


def _voiced(voice: Tensor) -> Tensor:
    """The voice without its long silences."""
    import webrtcvad

    size = SAMPLE_RATE * _VAD_MS // 1000
    count = voice.shape[0] // size
    windows = voice[: count * size].numpy().reshape(count, size)
    pcm = np.clip(np.round(windows * 32767), -32768, 32767).astype(np.int16)
    detector = webrtcvad.Vad(3)
    spoken = np.array([detector.is_speech(window.tobytes(), SAMPLE_RATE) for window in pcm], dtype=np.float64)
    padded = np.concatenate([np.zeros((_VAD_SMOOTH - 1) // 2), spoken, np.zeros(_VAD_SMOOTH // 2)])
    smooth = np.round(np.convolve(padded, np.ones(_VAD_SMOOTH), "valid") / _VAD_SMOOTH)
    kept = np.convolve(smooth, np.ones(_VAD_KEEP), "same")[:count] > 0
    if not kept.any():
        raise UsageError("Somebody must speak in a reference voice, and no speech was heard. Choose another recording.")
    return torch.from_numpy(windows[kept].reshape(-1))


def _windows(samples: int) -> list[int]:
    """First frames of the windows that an utterance is read in; there is always one."""
    frames = math.ceil((samples + 1) / _HOP)
    starts = list(range(0, max(1, frames - _FRAMES + _STEP + 1), _STEP))
    covered = (samples - starts[-1] * _HOP) / (_FRAMES * _HOP)
    return starts[:-1] if covered < _COVERED and len(starts) > 1 else starts


def _mel(voice: Tensor) -> Tensor:
    """Power in 40 mel bands, not its logarithm: ``(frames, bands)``."""
    window = torch.hann_window(_WINDOW)
    spectrum = torch.stft(voice, _WINDOW, _HOP, window=window, center=True, pad_mode="constant", return_complex=True)
    return (torch.from_numpy(_bands()) @ spectrum.abs().square()).T


@cache
def _bands() -> NDArray[np.float32]:
    from transformers.audio_utils import mel_filter_bank

    bands = mel_filter_bank(
        _WINDOW // 2 + 1, _BANDS, 0.0, SAMPLE_RATE / 2, SAMPLE_RATE, norm="slaney", mel_scale="slaney"
    )
    return np.asarray(bands, np.float32).T.copy()
