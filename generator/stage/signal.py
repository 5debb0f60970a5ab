"""Small signal processing for the sound track: levels, filters, time fitting.  All arrays are float32 of shape (N,)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "RATE", "Samples", "band", "db", "envelope", "even", "fade", "fit", "limit", "loudness", "median_pitch", "noise",
    "resample", "rms", "smoothed", "tighten", "tilt", "trim", "true_peaks",
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


def tilt(samples: Samples, at_4khz_db: float) -> Samples:
    """Brighter or duller: so many dB more at 4 kHz than at 500 Hz, evenly in between."""
    if not len(samples) or not at_4khz_db:
        return samples
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE)
    octaves = np.clip(np.log2(np.maximum(hertz, 1.0) / 500.0), 0, 3.5)
    return np.fft.irfft(np.fft.rfft(samples) * 10 ** (at_4khz_db * octaves / 60), len(samples)).astype(np.float32)


def true_peaks(samples: Samples) -> Samples:
    """The highest level between each sample and the next, after ITU-R BS.1770: at four times the rate."""
    highest = np.abs(samples)
    taps = np.arange(-11, 13, dtype=np.float64)
    for phase in (0.25, 0.5, 0.75):
        at = taps - phase
        kernel = (np.sinc(at) * np.cos(np.pi * at / 26) ** 2).astype(np.float32)
        between = np.convolve(np.pad(samples, (11, 12)), kernel[::-1], "valid")
        highest = np.maximum(highest, np.abs(between[: len(samples)]))
    return highest.astype(np.float32)


def limit(samples: Samples, ceiling: float = 0.89, *, true_peak: bool = False) -> Samples:
    """Keep peaks below ``ceiling`` by turning the level down around them, without distortion."""
    if not len(samples) or float(np.abs(samples).max()) <= ceiling * (0.5 if true_peak else 1.0):
        return samples
    step = RATE // 1000
    blocks = -(-len(samples) // step)
    padded = np.zeros(blocks * step, np.float32)
    padded[: len(samples)] = true_peaks(samples) if true_peak else np.abs(samples)
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


def smoothed(curve: Samples, reach: int) -> Samples:
    """A moving mean over ``2 × reach + 1`` samples."""
    sums = np.cumsum(np.pad(curve.astype(np.float64), (reach + 1, reach), mode="edge"))
    width = 2 * reach + 1
    return ((sums[width:] - sums[:-width]) / width)[: len(curve)].astype(np.float32)


def even(samples: Samples, strength: float = 0.35, most_db: float = 9.0) -> Samples:
    """Quiet moments turned up towards the loud ones: ``strength`` 0 does nothing, 1 makes all equal."""
    step = RATE // 200
    levels = envelope(samples, step)
    if not len(levels) or levels.max() <= 1e-6:
        return samples
    high = float(np.percentile(levels[levels > levels.max() * 0.03], 80))
    smooth = smoothed(levels, 3)
    gain = np.clip((high / np.maximum(smooth, high * 0.02)) ** strength, 0.5, db(most_db))
    gain[smooth < high * 0.012] = 1.0  # silence stays
    at = np.arange(len(samples)) / step - 0.5
    return (samples * np.interp(at, np.arange(len(gain)), smoothed(gain.astype(np.float32), 2))).astype(np.float32)


def tighten(samples: Samples, longest: float, *, floor_db: float = -40.0) -> Samples:
    """The same with no silence longer than so many seconds."""
    step = RATE // 200
    levels = envelope(samples, step)
    if not len(levels) or levels.max() <= 1e-6:
        return samples
    silent = np.concatenate([[False], levels <= levels.max() * db(floor_db), [False]])
    edges = np.flatnonzero(np.diff(silent.astype(np.int8)))
    keep = int(longest * RATE)
    parts, at = [], 0
    for first, last in zip(edges[::2] * step, edges[1::2] * step, strict=True):
        if last - first > keep:
            middle = first + keep // 2
            parts.append(samples[at:middle])
            at = min(len(samples), last - (keep - keep // 2))
    return np.concatenate([*parts, samples[at:]])


def median_pitch(samples: Samples, low: float = 60.0, high: float = 500.0) -> float | None:
    """The median pitch of a voice in Hz by autocorrelation, ``None`` where nothing is voiced."""
    coarse = 6
    rate = RATE // coarse
    part = band(samples, 50, 1000, slope=6)[::coarse]
    size, hop = int(0.06 * rate), int(0.01 * rate)
    if len(part) < size:
        return None
    pieces = np.lib.stride_tricks.sliding_window_view(part, size)[::hop].astype(np.float64)
    levels = np.sqrt(np.mean(pieces**2, axis=1))
    pieces = pieces[levels > 0.25 * np.percentile(levels, 90)] * np.hanning(size)
    if not len(pieces) or levels.max() < 1e-5:
        return None
    window = np.abs(np.fft.rfft(np.hanning(size), 2 * size)) ** 2
    spectrum = np.abs(np.fft.rfft(pieces, 2 * size, axis=1)) ** 2
    likeness = np.fft.irfft(spectrum, axis=1)[:, :size] / np.fft.irfft(window)[:size]
    likeness /= np.maximum(likeness[:, :1], 1e-12)
    shortest, longest = int(rate / high), min(size - 2, int(rate / low))
    found = []
    for row in likeness:
        peaks = np.flatnonzero((row[1:-1] >= row[:-2]) & (row[1:-1] > row[2:])) + 1
        peaks = peaks[(peaks >= shortest) & (peaks <= longest)]
        if not len(peaks) or row[peaks].max() < 0.55:
            continue
        # The shortest period that is nearly as good as the best: no octave too low.
        at = int(peaks[row[peaks] > 0.88 * row[peaks].max()][0])
        before, here, after = row[at - 1 : at + 2]
        found.append(rate / (at + 0.5 * (before - after) / (before - 2 * here + after + 1e-12)))
    return float(np.median(found)) if len(found) >= 5 else None


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


def resample(samples: Samples, rate: int, to: int = RATE) -> Samples:
    """From ``rate`` to ``to`` samples per second."""
    if rate == to or not len(samples):
        return samples
    import av

    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples.reshape(1, -1)), format="flt", layout="mono")
    frame.sample_rate = rate
    resampler = av.AudioResampler(format="flt", layout="mono", rate=to)
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
