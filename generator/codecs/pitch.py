"""How high a voice is, frame by frame: the shortest period at which a sound resembles itself.

    segment ──▶ normalised correlation with itself, lags of 60 … 500 Hz ──▶ first strong peak ──▶ median of five

Legend: T = samples at 16 kHz, M = frames of 256 samples (16 ms).
"""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

__all__ = ["FRAME", "track_pitch"]

FRAME: Final = 256
"""Samples from one frame's middle to the next."""

_RATE: Final = 16_000
_WINDOW: Final = 640
"""40 ms: two periods of a very low voice and more."""
_LOWEST, _HIGHEST = 60, 500
_SHORTEST, _LONGEST = _RATE // _HIGHEST, _RATE // _LOWEST
_FIRST: Final = 0.9
"""A shorter period is taken if it is that share as strong as the strongest: the strongest may be two periods."""
_QUIET: Final = 1e-3
"""Root mean square, −60 dB, below which nothing is voiced."""


def track_pitch(waveform_T: Tensor) -> tuple[Tensor, Tensor]:
    """Pitch and voicing of the ``T // 256`` frames of a waveform at 16 kHz.

    Returns:
        Logarithm of the pitch in Hz ``[M]``, drawn straight through what is not voiced, and how much each frame
        resembles itself one period later ``[M]``, 0 to 1.
    """
    count = waveform_T.shape[0] // FRAME
    reach = _WINDOW + _LONGEST
    before = (reach - FRAME) // 2
    padded = functional.pad(waveform_T[: count * FRAME], (before, reach))
    segments = padded.unfold(0, reach, FRAME)[:count]
    size = 2048
    spectrum = torch.fft.rfft(segments, size)
    heads = torch.fft.rfft(segments[:, :_WINDOW], size)
    correlation = torch.fft.irfft(spectrum * heads.conj(), size)[:, _SHORTEST : _LONGEST + 1]
    energy = functional.pad(segments.square().cumsum(1), (1, 0))
    energies = energy[:, _WINDOW + _SHORTEST :] - energy[:, _SHORTEST : _LONGEST + 1]
    own = energy[:, _WINDOW, None]
    alike = correlation / (own * energies).clamp_min(1e-12).sqrt()
    strongest = alike.amax(1, keepdim=True)
    peak = (alike[:, 1:-1] >= alike[:, :-2]) & (alike[:, 1:-1] >= alike[:, 2:])
    strong = functional.pad(peak, (1, 1)) & (alike >= _FIRST * strongest)
    at = strong.float().argmax(1)
    period = _SHORTEST + at + _between(alike, at)
    loud = (own[:, 0] / _WINDOW).sqrt() > _QUIET
    voicing = torch.where(loud & strong.any(1), alike.gather(1, at[:, None])[:, 0].clamp(0, 1), 0.0)
    return _drawn_through(torch.log(_RATE / period), voicing > 0.6), voicing


def _between(alike: Tensor, at: Tensor) -> Tensor:
    """Where between the lags the peak is: the top of a parabola through three of them."""
    middle = at.clamp(1, alike.shape[1] - 2)
    left, top, right = (alike.gather(1, (middle + by)[:, None])[:, 0] for by in (-1, 0, 1))
    bend = left - 2 * top + right
    return torch.where(bend < -1e-6, 0.5 * (left - right) / bend, 0.0).clamp(-0.5, 0.5)


def _drawn_through(log_pitch: Tensor, voiced: Tensor) -> Tensor:
    """The voiced frames' pitch, smoothed, with straight lines between them."""
    where = voiced.nonzero()[:, 0]
    if not where.shape[0]:
        return torch.full_like(log_pitch, 5.0)  # 148 Hz
    known = (
        functional.pad(log_pitch[where][None, None], (2, 2), mode="replicate")[0, 0].unfold(0, 5, 1).median(1).values
    )
    frames = torch.arange(log_pitch.shape[0], device=log_pitch.device)
    after = torch.searchsorted(where, frames).clamp_max(where.shape[0] - 1)
    first = (after - 1).clamp_min(0)
    span = (where[after] - where[first]).clamp_min(1)
    part = ((frames - where[first]) / span).clamp(0, 1)
    return known[first] + (known[after] - known[first]) * part
