"""What the makers of sounds share: noises, rings, cries and how they are placed in time.

Every maker takes a length in samples and a source of chance and gives mono float32 samples of that
shape at any level; :mod:`generator.stage.sounds` levels them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from generator.stage.signal import RATE, Samples, band, fade, noise, rms

__all__ = [
    "Chance",
    "Maker",
    "bubbles",
    "clicks",
    "cry",
    "decay",
    "grains",
    "harmonics",
    "hiss",
    "normal",
    "once",
    "pink",
    "placed",
    "repeated",
    "rings",
    "slow",
    "sweep",
    "swell",
    "throat",
    "thump",
    "tone",
]  # fmt: skip

Chance = np.random.Generator
Maker = Callable[[int, Chance], Samples]
Curve = NDArray[np.floating]


def normal(samples: Samples) -> Samples:
    """The same at a root mean square of 1."""
    return samples / (rms(samples) + 1e-9)


def seconds_of(count: int) -> NDArray[np.float64]:
    """The times of so many samples in seconds."""
    return np.arange(count) / RATE


def slow(count: int, chance: Chance, low: float, high: float, every: float) -> Samples:
    """A curve that wanders between two values, a new one every so many seconds."""
    points = max(3, int(count / RATE / every) + 3)
    values = chance.uniform(low, high, points)
    # Smooth steps, drawn coarsely and joined by lines.
    fine = np.linspace(0, points - 1, (points - 1) * 16 + 1)
    lower = np.minimum(fine.astype(int), points - 2)
    share = fine - lower
    share = share * share * (3 - 2 * share)
    curve = values[lower] * (1 - share) + values[lower + 1] * share
    return np.asarray(np.interp(np.arange(count) / (every * RATE), fine, curve).astype(np.float32), np.float32)


def pink(count: int, chance: Chance, slope: float = 0.5) -> Samples:
    """Noise that falls with frequency: ``slope`` 0.5 is pink, 1 brown."""
    spectrum = np.fft.rfft(noise(count, chance))
    hertz = np.fft.rfftfreq(count, 1 / RATE)
    return normal(np.fft.irfft(spectrum / np.maximum(hertz, 25.0) ** slope, count).astype(np.float32))


def hiss(count: int, chance: Chance, low: float, high: float, slope: float = 2.0) -> Samples:
    """Noise between two frequencies in Hz."""
    return normal(band(noise(count, chance), low, high, slope=slope))


def decay(count: int, seconds: float) -> Samples:
    """A fall to 1/e in so many seconds."""
    return np.exp(-seconds_of(count) / seconds).astype(np.float32)


def swell(count: int, rise: float = 0.5) -> Samples:
    """Up until the share ``rise`` of the length, then down."""
    at = np.linspace(0, 1, count)
    up, down = np.clip(at / max(rise, 1e-6), 0, 1), np.clip((1 - at) / max(1 - rise, 1e-6), 0, 1)
    return (np.sin(np.pi / 2 * np.minimum(up, down)) ** 2).astype(np.float32)


def tone(hertz: float | Curve, count: int) -> Samples:
    """A sine of a fixed pitch or along a curve of pitches of shape (count,)."""
    return np.sin(2 * np.pi * np.cumsum(np.broadcast_to(hertz, (count,)) / RATE)).astype(np.float32)


def harmonics(hertz: float | Curve, count: int, weights: Sequence[float]) -> Samples:
    """A tone with its overtones, one weight each; those above 16 kHz stay silent."""
    pitch = np.broadcast_to(np.asarray(hertz, float), (count,))
    phase = 2 * np.pi * np.cumsum(pitch / RATE)
    # sin(n·φ) = 2·cos(φ)·sin((n−1)·φ) − sin((n−2)·φ)
    twice, before, here = 2 * np.cos(phase), np.zeros(count), np.sin(phase)
    lowest, highest = (float(pitch.min()), float(pitch.max())) if count else (0.0, 0.0)
    out = np.zeros(count)
    for number, weight in enumerate(weights, 1):
        if number * lowest >= 16_000:
            break
        if weight:
            out += weight * here if number * highest < 16_000 else weight * here * (number * pitch < 16_000)
        before, here = here, twice * here - before
    return out.astype(np.float32)


def sweep(start: float, end: float, count: int) -> Curve:
    """A pitch that glides evenly to the ear from one value to another."""
    return np.asarray(start * (end / start) ** np.linspace(0, 1, count))


def rings(count: int, modes: Iterable[tuple[float, float, float]]) -> Samples:
    """What is struck: modes of (Hz, seconds until 1/e, weight)."""
    time = seconds_of(count)
    out = np.zeros(count)
    for hertz, seconds, weight in modes:
        out += weight * np.sin(2 * np.pi * hertz * time) * np.exp(-time / seconds)
    return (out * np.minimum(1, time / 0.0008)).astype(np.float32)


def thump(count: int, hertz: float, seconds: float, chance: Chance, click: float = 0.4) -> Samples:
    """A dull blow: a tone that drops in pitch, and the noise of the touch."""
    time = seconds_of(count)
    pitch = hertz * (1 + 0.8 * np.exp(-time / 0.02))
    touch = hiss(count, chance, 400, 6000) * decay(count, 0.006) * click
    return (tone(pitch, count) * decay(count, seconds) + touch).astype(np.float32)


def clicks(count: int, chance: Chance, rate: float, low: float, high: float, length: float = 0.0015) -> Samples:
    """Short crackles at chance moments, so many a second, between two frequencies."""
    out = np.zeros(count, np.float32)
    size = max(8, int(length * 4 * RATE))
    for at in chance.integers(0, max(1, count), max(1, round(rate * count / RATE))):
        piece = noise(size, chance) * decay(size, length) * chance.uniform(0.25, 1.0)
        out[at : at + size] += piece[: count - at]
    return normal(band(out, low, high, slope=3))


def bubbles(count: int, chance: Chance, rate: float, low: float, high: float) -> Samples:
    """Drops and bubbles: short tones that rise, so many a second."""

    def drop(_: int) -> Samples:
        size = int(chance.uniform(0.02, 0.06) * RATE)
        start = chance.uniform(low, high)
        return tone(sweep(start, start * chance.uniform(1.2, 1.9), size), size) * decay(size, size / RATE / 4)

    return grains(count, chance, rate, drop)


def grains(count: int, chance: Chance, rate: float, piece: Callable[[int], Samples]) -> Samples:
    """Pieces at chance moments, so many a second, each at a level of its own."""
    out = np.zeros(count, np.float32)
    for number in range(max(1, round(rate * count / RATE))):
        sound = piece(number)
        at = int(chance.integers(max(1, count - len(sound) // 2)))
        out[at : at + len(sound)] += sound[: count - at] * np.float32(chance.uniform(0.4, 1.0))
    return out


def placed(count: int, pieces: Iterable[tuple[float, Samples]]) -> Samples:
    """Pieces at given seconds."""
    out = np.zeros(count, np.float32)
    for seconds, sound in pieces:
        at = int(seconds * RATE)
        if 0 <= at < count:
            out[at : at + len(sound)] += sound[: count - at]
    return out


def repeated(count: int, every: float, piece: Callable[[int], Samples], times: int = 10_000) -> Samples:
    """One piece after another, every so many seconds."""
    number = min(times, max(1, int(np.ceil(count / RATE / every - 0.25))))
    return placed(count, ((at * every, piece(at)) for at in range(number)))


def once(count: int, sound: Samples) -> Samples:
    """A piece at the beginning, and then nothing."""
    return placed(count, [(0.0, sound)])


def throat(source: Samples, formants: Sequence[tuple[float, float, float]]) -> Samples:
    """A sound through resonances of (Hz, bandwidth in Hz, weight)."""
    hertz = np.fft.rfftfreq(len(source), 1 / RATE)
    gain = np.full(len(hertz), 0.02, complex)
    for peak, width, weight in formants:
        gain += weight * width * 1j * hertz / (peak**2 - hertz**2 + 1j * width * hertz + 1e-6)
    return np.fft.irfft(np.fft.rfft(source) * gain, len(source)).astype(np.float32)


def cry(
    pitch: Curve,
    formants: Sequence[tuple[float, float, float]],
    chance: Chance,
    *,
    rough: float = 0.0,
    breath: float = 0.05,
    bright: float = 0.75,
) -> Samples:
    """A call from a throat: a tone rich in overtones along a pitch curve, through resonances, with breath."""
    count = len(pitch)
    if rough:
        pitch = pitch * (1 + rough * slow(count, chance, -1, 1, 0.004))
    source = harmonics(pitch, count, [bright**number for number in range(24)])
    source = normal(source) + breath * hiss(count, chance, 500, 9000)
    return fade(normal(throat(source, formants)), 0.012, 0.03)
