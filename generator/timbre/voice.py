"""A reference voice as every timbre encoder takes it: mono, 16 kHz, long and loud enough to tell anything."""

from __future__ import annotations

import math
from typing import Final

import av
import numpy as np
import torch
from torch import Tensor

from mavin.errors import UsageError

__all__ = ["LEAST_SECONDS", "SAMPLE_RATE", "as_voice"]

SAMPLE_RATE: Final = 16_000
LEAST_SECONDS: Final = 1.0
"""Shorter voices say too little about a timbre."""
_SILENCE_DB: Final = -60.0  # as loud as the noise of a poor recording


def as_voice(waveform: Tensor, sample_rate: int) -> Tensor:
    """A recording ``(samples,)`` or ``(channels, samples)`` in −1…1 as ``(samples,)`` at 16 kHz, float32 on the CPU.

    Raises:
        UsageError: if it is of another shape, not finite, shorter than a second, or silent.
    """
    if waveform.ndim == 2:
        waveform = waveform.float().mean(dim=0)
    if waveform.ndim != 1 or sample_rate <= 0:
        raise UsageError(
            f"A reference voice must be (samples,) or (channels, samples) at a positive rate, got "
            f"{tuple(waveform.shape)} at {sample_rate} Hz."
        )
    samples = waveform.detach().to("cpu", torch.float32)
    seconds = samples.shape[0] / sample_rate
    if seconds < LEAST_SECONDS:
        raise UsageError(
            f"A reference voice must last at least {LEAST_SECONDS:g} s, got {seconds:.2f} s. Choose a longer recording."
        )
    if not bool(torch.isfinite(samples).all()):
        raise UsageError("A reference voice must be finite numbers, got NaN or infinity. Decode the file again.")
    level = 20 * math.log10(max(float(samples.square().mean().sqrt()), 1e-12))
    if level < _SILENCE_DB:
        raise UsageError(
            f"A reference voice must be louder than {_SILENCE_DB:g} dBFS, got {max(level, -240.0):.0f} dBFS: it is "
            "silent. Choose another recording."
        )
    return samples if sample_rate == SAMPLE_RATE else _resampled(samples, sample_rate)


def _resampled(samples: Tensor, sample_rate: int) -> Tensor:
    frame = av.AudioFrame.from_ndarray(samples.numpy().reshape(1, -1), format="flt", layout="mono")
    frame.sample_rate = sample_rate
    resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)
    parts = [part.to_ndarray().reshape(-1) for source in (frame, None) for part in resampler.resample(source)]
    return torch.from_numpy(np.concatenate(parts))
