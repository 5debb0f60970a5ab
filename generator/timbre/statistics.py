"""A voice in fifty-one numbers: how high, how steady, how bright; the timbre encoder of preset ``tiny``.

    voice 16 kHz ──▶ pitch, voicing, 48 mel bands, 62.5 a second ──voiced frames only──▶ median pitch and its spread,
                                                                       share of voiced frames, mean of each band

Nothing in it is learned but the scale of each number; what is said leaves hardly a trace in means over seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Self

import torch
from torch import Tensor, nn

from generator.codecs.harmonic import features
from generator.timbre.voice import as_voice
from mavin.errors import UsageError

__all__ = ["StatisticsTimbre"]

_DIM: Final = 51
_VOICED: Final = 0.3
"""Voicing, −1 to 1, from which on a frame tells of the voice."""


class _Scale(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.mean = nn.Parameter(torch.zeros(_DIM), requires_grad=False)
        self.std = nn.Parameter(torch.ones(_DIM), requires_grad=False)


class StatisticsTimbre:
    """:class:`~generator.identity.TimbreEncoder` of measured numbers: a stand-in for FACodec, and named as one."""

    name = "voice statistics (stand-in for FACodec)"
    dim: int = _DIM

    def __init__(self) -> None:
        self.scale = _Scale()

    @classmethod
    def from_config(cls, config: Mapping[str, Any], folder: Path | None = None) -> Self:  # noqa: ARG003
        """The encoder; it has no settings."""
        return cls()

    def part_config(self) -> dict[str, Any]:
        """What :meth:`from_config` takes."""
        return {"stand_in_for": "FACodec"}

    def modules_by_name(self) -> dict[str, nn.Module]:
        """What has weights: the scale of each number."""
        return {"model": self.scale}

    @torch.no_grad()
    def measure(self, waveform: Tensor, sample_rate: int) -> Tensor:
        """The numbers ``(51,)`` of a voice before they are scaled.

        Raises:
            UsageError: if the recording is too short or silent, or nothing in it is voiced.
        """
        told = features(as_voice(waveform, sample_rate))
        pitch, voicing, mel = told[:, 0], told[:, 1:3].reshape(-1), told[:, 3:].reshape(2 * told.shape[0], -1)
        voiced = voicing > _VOICED
        if not bool(voiced.any()):
            raise UsageError(
                "A reference voice must hold voiced speech, and none was heard. Choose a recording in which somebody "
                "speaks."
            )
        heights = pitch.repeat_interleave(2)[voiced]
        low, middle, high = heights.quantile(torch.tensor([0.1, 0.5, 0.9]))
        numbers = torch.stack((middle, high - low, voiced.float().mean()))
        return torch.cat((numbers, mel[voiced].mean(0)))

    def encode(self, waveform: Tensor, sample_rate: int) -> Tensor:
        """A voice ``(samples,)`` in −1…1, of any rate and from one second on, to ``(51,)``, float32.

        Raises:
            UsageError: as :meth:`measure`.
        """
        numbers = self.measure(waveform, sample_rate).to(self.scale.mean)
        return ((numbers - self.scale.mean) / self.scale.std).float().to(waveform.device)

    def fit(self, voices: list[Tensor], sample_rate: int) -> None:
        """Sets the scale so that over these voices every number has mean 0 and deviation 1."""
        numbers = torch.stack([self.measure(voice, sample_rate) for voice in voices])
        self.scale.mean.copy_(numbers.mean(0))
        self.scale.std.copy_(numbers.std(0).clamp_min(1e-3))
