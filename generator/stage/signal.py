"""Small signal processing for the sound track: levels, filters, time fitting.  All arrays are float32 of shape (N,)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "RATE", "Samples", "band", "db", "envelope", "fade", "fit", "limit", "loudness", "noise", "resample", "rms", "trim",
]  # fmt: skip

RATE = 48_000
"""Samples per second of every film."""

Samples = NDArray[np.float32]


def db(decibels: float) -> float:
    """An amplitude factor from decibels."""
    return float(10.0 ** (decibels / 20.0))


def rms(samples: Samples) -> float:
    """Root mean square, 0 for nothing."""
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64)))) if len(samples) else 0.0


def noise(count: int, chance: np.random.Generator) -> Samples:
    """White noise of standard deviation 1."""
    return chance.standard_normal(count).astype(np.float32)


def band(samples: Samples, low: float, high: float, *, slope: float = 4.0) -> Samples:
    """The part between two frequencies in Hz, with soft edges of ``slope`` (order of the roll-off)."""
    if not len(samples):
        return samples
    spectrum = np.fft.rfft(samples)
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE)
    gain = 1.0 / np.sqrt(1.0 + (hertz / max(high, 1.0)) ** (2 * slope))
    if low > 0:
        with np.errstate(divide="ignore"):
            gain *= 1.0 / np.sqrt(1.0 + (low / np.maximum(hertz, 1e-3)) ** (2 * slope))
    return np.fft.irfft(spectrum * gain, len(samples)).astype(np.float32)


def fade(samples: Samples, start: float = 0.005, end: float = 0.01) -> Samples:
    """The same with soft edges of so many seconds."""
    out = samples.copy()
    a, b = min(len(out), int(start * RATE)), min(len(out), int(end * RATE))
    if a:
        out[:a] *= np.sin(np.linspace(0, np.pi / 2, a, dtype=np.float32)) ** 2
    if b:
        out[-b:] *= np.cos(np.linspace(0, np.pi / 2, b, dtype=np.float32)) ** 2
    return out


def envelope(samples: Samples, step: int) -> Samples:
    """Root mean square of each block of ``step`` samples, the last one padded with silence."""
    count = -(-len(samples) // step)
    padded = np.zeros(count * step, np.float32)
    padded[: len(samples)] = samples
    return np.sqrt(np.mean(padded.reshape(count, step) ** 2, axis=1)) if count else np.zeros(0, np.float32)


def loudness(samples: Samples) -> float:
    """Loudness in LUFS after ITU-R BS.1770 (K weighting, gated), −70 for silence."""
    if len(samples) < RATE // 10:
        samples = np.pad(samples, (0, RATE // 10))
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE).astype(np.float64)
    weighted = np.fft.irfft(np.fft.rfft(samples) * _k_weight(hertz), len(samples))
    block, hop = int(0.4 * RATE), int(0.1 * RATE)
    starts = range(0, max(1, len(weighted) - block + 1), hop)
    powers = np.array([np.mean(weighted[start : start + block] ** 2) for start in starts])
    levels = -0.691 + 10 * np.log10(powers + 1e-12)
    kept = powers[levels > -70]
    if not len(kept):
        return -70.0
    relative = -0.691 + 10 * np.log10(kept.mean()) - 10
    kept = powers[(levels > -70) & (levels > relative)]
    return float(-0.691 + 10 * np.log10(kept.mean()))


def _k_weight(hertz: NDArray[np.float64]) -> NDArray[np.float64]:
    # The two filters of BS.1770 at 48 kHz, by their published coefficients.
    z = np.exp(-2j * np.pi * hertz / RATE)
    shelf = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2) / (
        1 - 1.69065929318241 * z + 0.73248077421585 * z**2
    )
    high = (1 - 2 * z + z**2) / (1 - 1.99004745483398 * z + 0.99007225036621 * z**2)
    weight: NDArray[np.float64] = np.abs(shelf * high)
    return weight


def limit(samples: Samples, ceiling: float = 0.89) -> Samples:
    """Keep peaks below ``ceiling`` by turning the level down around them, without distortion."""
    if not len(samples) or float(np.abs(samples).max()) <= ceiling:
        return samples
    step = RATE // 1000
    blocks = -(-len(samples) // step)
    padded = np.zeros(blocks * step, np.float32)
    padded[: len(samples)] = np.abs(samples)
    peaks = padded.reshape(blocks, step).max(axis=1)
    # Look 6 ms ahead and behind, then smooth over the same time: the gain is down before the peak comes.
    reach = 6
    wide = np.max(np.lib.stride_tricks.sliding_window_view(np.pad(peaks, reach), 2 * reach + 1), axis=1)
    gain = np.minimum(1.0, ceiling / np.maximum(wide, 1e-9))
    kernel = np.hanning(2 * reach + 1)
    smooth = np.convolve(np.pad(gain, reach, mode="edge"), kernel / kernel.sum(), "valid")
    at = (np.arange(len(samples)) / step) - 0.5
    shaped = samples * np.interp(at, np.arange(blocks), smooth)
    return np.clip(shaped, -ceiling, ceiling).astype(np.float32)


def trim(samples: Samples, *, floor_db: float = -38.0, keep: float = 0.004) -> Samples:
    """Without the silence at both ends: what lies ``floor_db`` below the loudest 10 ms."""
    step = RATE // 200
    levels = envelope(samples, step)
    if not len(levels) or levels.max() <= 1e-6:
        return samples[:0]
    loud = np.flatnonzero(levels > levels.max() * db(floor_db))
    first = max(0, loud[0] * step - int(keep * RATE))
    last = min(len(samples), (loud[-1] + 1) * step + int(keep * RATE))
    return samples[first:last]


def resample(samples: Samples, rate: int) -> Samples:
    """From ``rate`` to :data:`RATE` samples per second."""
    if rate == RATE or not len(samples):
        return samples
    import av

    frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="flt", layout="mono")
    frame.sample_rate = rate
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    parts = [part.to_ndarray().reshape(-1) for source in (frame, None) for part in resampler.resample(source)]
    return np.concatenate(parts).astype(np.float32)


def fit(samples: Samples, count: int) -> Samples:
    """The same sound in exactly ``count`` samples at the same pitch (waveform-similarity overlap-add)."""
    if not len(samples) or count <= 0:
        return np.zeros(max(0, count), np.float32)
    if abs(len(samples) - count) <= 2:
        return _exactly(samples, count)
    frame = min(int(0.03 * RATE), len(samples) // 2, count // 2) // 2 * 2
    if frame < 64:
        at = np.linspace(0, len(samples) - 1, count)
        return np.interp(at, np.arange(len(samples)), samples).astype(np.float32)
    hop, search = frame // 2, frame // 3
    window = np.hanning(frame + 1)[:frame].astype(np.float32)
    out = np.zeros(count + 2 * frame, np.float32)
    weight = np.full(count + 2 * frame, 1e-6, np.float32)
    source = np.pad(samples, (0, 2 * frame + search))
    stretch = (len(samples) - frame) / max(1, count - frame)
    previous = 0
    for number, start in enumerate(range(0, count, hop)):
        wanted = min(int(start * stretch), len(samples) - 1)
        best = wanted
        if number:
            # Go on where the last piece would have gone on by itself, as nearly as can be.
            natural = source[previous + hop : previous + hop + frame]
            low = max(0, wanted - search)
            region = source[low : wanted + search + frame]
            if len(region) >= frame and len(natural) == frame:
                scores = np.correlate(region[::1], natural, "valid")
                energy = np.convolve(region**2, np.ones(frame, np.float32), "valid")
                best = low + int(np.argmax(scores / np.sqrt(energy + 1e-6)))
        piece = source[best : best + frame]
        out[start : start + frame] += piece * window
        weight[start : start + frame] += window
        previous = best
    return (out / np.maximum(weight, 0.05))[:count].astype(np.float32)


def _exactly(samples: Samples, count: int) -> Samples:
    out = np.zeros(count, np.float32)
    out[: min(count, len(samples))] = samples[:count]
    return out
