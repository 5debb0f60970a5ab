"""What a reference recording tells about a voice: its median pitch and its colour (long-term spectrum)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.stage.signal import RATE, Samples, median_pitch, trim
from mavin.media import read_audio

__all__ = ["ReferenceVoice", "reference_voice"]

_BANDS = 120.0 * 2 ** (np.arange(0, 18) / 3)
"""Centres of thirds of an octave, 120 Hz to 6.1 kHz."""
_MOST_DB = 8.0
_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class ReferenceVoice:
    """A voice to come near to.

    Attributes:
        pitch_hz: median pitch.
        colour_db: level of each third of an octave against their mean.
    """

    pitch_hz: float
    colour_db: tuple[float, ...]

    def coloured(self, samples: Samples) -> Samples:
        """A synthetic voice with the reference's colour, as far as it can be had without harm (±8 dB a third)."""
        if not len(samples):
            return samples
        wanted = np.clip(np.array(self.colour_db) - _colour(samples), -_MOST_DB, _MOST_DB)
        wanted = np.convolve(np.pad(wanted, 1, mode="edge"), (0.25, 0.5, 0.25), "valid")
        hertz = np.fft.rfftfreq(len(samples), 1 / RATE)
        gain_db = np.interp(np.log2(np.maximum(hertz, 1.0)), np.log2(_BANDS), wanted)
        return np.fft.irfft(np.fft.rfft(samples) * 10 ** (gain_db / 20), len(samples)).astype(np.float32)


def reference_voice(path: Path) -> ReferenceVoice | None:
    """What a recording tells, ``None`` where no pitch can be heard in it.

    Raises:
        UsageError: if it is missing, damaged or no sound.
    """
    status = path.stat() if path.is_file() else None
    return _read(path, (status.st_mtime_ns, status.st_size) if status else None)


@lru_cache(maxsize=16)
def _read(path: Path, _version: tuple[int, int] | None) -> ReferenceVoice | None:
    samples = trim(read_audio(path, RATE, max_seconds=_SECONDS))
    pitch = median_pitch(samples)
    return None if pitch is None else ReferenceVoice(pitch, tuple(map(float, _colour(samples))))


def _colour(samples: Samples) -> NDArray[np.float64]:
    size = 4096
    padded = np.pad(samples, (0, max(0, size - len(samples))))
    pieces = np.lib.stride_tricks.sliding_window_view(padded, size)[:: size // 2]
    power = (np.abs(np.fft.rfft(pieces * np.hanning(size), axis=1)) ** 2).mean(axis=0)
    hertz = np.fft.rfftfreq(size, 1 / RATE)
    edge = 2 ** (1 / 6)
    levels = np.array([power[(hertz >= centre / edge) & (hertz < centre * edge)].mean() for centre in _BANDS])
    decibels = 10 * np.log10(levels + 1e-12)
    return np.asarray(decibels - decibels.mean())
