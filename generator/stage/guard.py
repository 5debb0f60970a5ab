"""Keeps all that is no voice from being taken for one by a detector of speech.

A detector listens in six bands below 4 kHz, and a little around them, and calls a moment speech when
one of them is louder than noise would be.  So steady sound is held below a measured level in each band
(some 1.5 dB under the level at which webrtcvad, in its strictest mode, first errs about any kind of
sound, background or music of the stage; ``benchmarks/sounds.py`` measures it).  A blow may be as loud as
it is, if it is over before a detector counts it and the next one is far enough away:

    level ─┐      burst            what is above the limit is turned down
    limit ─┼──────█▁▁▁▁▁▁▁──────   band by band; above 5.8 kHz nothing is touched
           └────→ time
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from generator.stage.signal import RATE, Samples, band, envelope, smoothed

__all__ = ["guarded"]

_EDGES = (15.0, 70.0, 250.0, 500.0, 1000.0, 2000.0, 3000.0, 4150.0, 5800.0)
_LIMITS_DB = (-40.0, -63.5, -55.0, -50.0, -46.0, -52.0, -55.0, -40.0)
"""The level in dBFS (root mean square) that a band may have."""
_TOGETHER = 1.2
"""How often the power of one band at its limit all bands together may have, each against its own."""
_SIZE, _HOP = 1024, 512
_BURST, _APART = 0.01, 0.5
"""Seconds that a blow may last, and from one to the next."""
_BESIDE = 0.6
"""Gain of what sounds beside a blow."""


def guarded(parts: Sequence[Samples], free: NDArray[np.bool_]) -> list[Samples]:
    """Sounds whose sum no detector takes for speech.

    Args:
        parts: sounds of shape (N,) that are heard together; each is turned down by the same gains.
        free: of shape (N,), where a loud blow may stand: nobody speaks near.
    """
    total: Samples = np.sum(np.asarray(parts), axis=0, dtype=np.float32)
    if not len(total) or float(np.abs(total).max()) < 1e-5:
        return list(parts)
    gains = _gains(total)
    if gains is None:
        return list(parts)
    bursts = _bursts(total, free)
    # Around a blow a detector is on edge: the rest steps back a little more.
    calm = 1 - (1 - _BESIDE) * smoothed((_spread(bursts) > 0).astype(np.float32), RATE // 50)
    return [_applied(part, gains) * (1 - bursts) * calm + part * bursts for part in parts]


def _spread(bursts: Samples) -> Samples:
    # Above 0 from 0.1 s before a blow until 0.35 s after it.
    width = int(0.45 * RATE) + 1
    sums = np.cumsum(np.pad(bursts, (int(0.35 * RATE) + 1, int(0.1 * RATE) + 1)), dtype=np.float64)
    return np.asarray((sums[width:] - sums[:-width])[: len(bursts)], np.float32)


def _frames(samples: Samples) -> NDArray[np.complex128]:
    padded = np.pad(samples, (_SIZE, 2 * _SIZE))
    pieces = np.lib.stride_tricks.sliding_window_view(padded, _SIZE)[::_HOP]
    spectra: NDArray[np.complex128] = np.fft.rfft(pieces * _window(), axis=1)
    return spectra


def _window() -> NDArray[np.float64]:
    window: NDArray[np.float64] = np.sqrt(np.hanning(_SIZE + 1)[:_SIZE])
    return window


def _gains(total: Samples) -> NDArray[np.float32] | None:
    # Of shape (frames, bins), or None where nothing is too loud.
    power = np.abs(_frames(total)) ** 2 * (2 / (_SIZE * np.sum(_window() ** 2)))
    hertz = np.fft.rfftfreq(_SIZE, 1 / RATE)
    bands = [(hertz >= low) & (hertz < high) for low, high in pairwise(_EDGES)]
    levels = np.array([10 * np.log10(power[:, bins].sum(axis=1) + 1e-12) for bins in bands])
    # A neighbouring frame's excess counts too: half of its samples lie in this one.
    levels = np.maximum(levels, np.maximum(np.roll(levels, 1, axis=1), np.roll(levels, -1, axis=1)) - 3)
    over = np.maximum(0.0, levels - np.array(_LIMITS_DB)[:, None])
    # Bands that are all near their limits speak together.
    shares = 10 ** ((levels - over - np.array(_LIMITS_DB)[:, None]) / 10)
    together = np.maximum(0.0, 10 * np.log10(shares.sum(axis=0) / _TOGETHER))
    over += together * (shares > 0.1)
    if not over.any():
        return None
    gains = np.ones(power.shape, np.float32)
    for bins, excess in zip(bands, over, strict=True):
        gains[:, bins] = (10 ** (-excess / 20))[:, None]
    return gains


def _applied(samples: Samples, gains: NDArray[np.float32]) -> Samples:
    spectra = _frames(samples) * gains
    pieces = np.fft.irfft(spectra, _SIZE, axis=1) * _window()
    out = np.zeros((len(pieces) + 1) * _HOP)
    for half in (0, 1):
        # Frames of one parity lie end to end.
        joined = pieces[half::2].reshape(-1)
        out[half * _HOP : half * _HOP + len(joined)] += joined[: len(out) - half * _HOP]
    return out[_SIZE : _SIZE + len(samples)].astype(np.float32)


def _bursts(total: Samples, free: NDArray[np.bool_]) -> Samples:
    # 1 where a blow passes untouched.
    step = RATE // 400
    power = envelope(band(total, 80, 4000), step).astype(np.float64) ** 2
    levels = 10 * np.log10(power + 1e-9)
    # An onset: far over what went before within 80 ms, no mere crest of a noise, and loud enough to be held down.
    reach = 32
    sums = np.cumsum(np.concatenate([np.zeros(reach + 1), power]))
    before = 10 * np.log10((sums[reach:-1] - sums[: -reach - 1]) / reach + 1e-9)
    onsets = np.flatnonzero((levels > -44) & (levels > before + 11))
    out = np.zeros(len(total), np.float32)
    size, soft = int(_BURST * RATE), int(0.003 * RATE)
    shape = np.ones(size, np.float32)
    shape[-2 * soft :] = np.cos(np.linspace(0, np.pi / 2, 2 * soft)) ** 2
    shape[:soft] = np.sin(np.linspace(0, np.pi / 2, soft)) ** 2
    last = -RATE
    for onset in onsets:
        at = max(0, int(onset) * step - soft)
        if at - last >= _APART * RATE and at + size <= len(total) and bool(free[at : at + size].all()):
            out[at : at + size] = shape
            last = at
    return out
