"""Weather, water and fire."""

from __future__ import annotations

import numpy as np

from generator.stage.signal import RATE, Samples, band, fade, noise
from generator.stage.sounds.tools import (
    Chance,
    bubbles,
    clicks,
    decay,
    hiss,
    normal,
    once,
    pink,
    repeated,
    rings,
    seconds_of,
    slow,
    sweep,
    swell,
    tone,
)


def rain(count: int, chance: Chance) -> Samples:
    drops = clicks(count, chance, 140, 1800, 12_000, 0.0008)
    return normal(hiss(count, chance, 1800, 13_000, 1.2) * slow(count, chance, 0.8, 1.1, 1.0)) + 0.5 * drops


def wind(count: int, chance: Chance) -> Samples:
    # Gusts: a resonance that wanders, over a low rush.
    gust = slow(count, chance, 0.25, 1.3, 1.4)
    low = normal(band(noise(count, chance), 60, 320, slope=1.5)) * gust
    howl = normal(band(noise(count, chance), 420, 640, slope=4)) * gust**2 * 0.5
    high = hiss(count, chance, 3500, 8000, 1.5) * gust**2 * 0.12
    return np.asarray(low + howl + high, np.float32)


def thunder(count: int, chance: Chance) -> Samples:
    crack = hiss(count, chance, 300, 9000, 1.0) * decay(count, 0.09) * 2.0
    roll = band(pink(count, chance, 1.0), 25, 240) * slow(count, chance, 0.15, 1.2, 0.22) * decay(count, 1.6)
    return (crack + 4.0 * normal(roll) * decay(count, 1.6)).astype(np.float32)


def sea(count: int, chance: Chance) -> Samples:
    period = chance.uniform(3.6, 4.6)
    wave = np.abs(np.sin(seconds_of(count) * np.pi / period + chance.uniform(0.8, 1.4))) ** 3
    body = normal(band(noise(count, chance), 50, 700, slope=1)) * (0.25 + 0.75 * wave)
    foam = hiss(count, chance, 1500, 11_000, 1.0) * np.roll(wave, int(0.4 * RATE)) ** 2
    return np.asarray(body + 0.7 * foam, np.float32)


def stream(count: int, chance: Chance) -> Samples:
    run = hiss(count, chance, 500, 8000, 1.0) * slow(count, chance, 0.6, 1.1, 0.4)
    return 0.6 * run + 0.9 * normal(bubbles(count, chance, 30, 450, 1900))


def waterfall(count: int, chance: Chance) -> Samples:
    return pink(count, chance, 0.4) + 0.5 * hiss(count, chance, 2500, 12_000)


def drip(count: int, chance: Chance) -> Samples:
    def drop(_: int) -> Samples:
        size = int(0.12 * RATE)
        start = chance.uniform(900, 1500)
        return fade(tone(sweep(start, start * 1.6, size), size) * decay(size, 0.025), 0.002, 0.02)

    return repeated(count, float(chance.uniform(0.6, 0.85)), drop)


def splash(count: int, chance: Chance) -> Samples:
    size = min(count, int(1.1 * RATE))
    burst = hiss(size, chance, 400, 10_000, 0.8) * swell(size, 0.06) ** 1.5 * decay(size, 0.3)
    after = normal(bubbles(size, chance, 40, 500, 2200)) * 0.25 * swell(size, 0.3)
    return once(count, burst + after)


def boiling(count: int, chance: Chance) -> Samples:
    return normal(bubbles(count, chance, 45, 250, 900)) + 0.08 * hiss(count, chance, 2000, 9000)


def pouring(count: int, chance: Chance) -> Samples:
    # A glass fills: its air column grows shorter and its tone rises.
    rise = sweep(380, 1300, count) * slow(count, chance, 0.92, 1.08, 0.03)
    return 0.5 * tone(rise, count) * slow(count, chance, 0.2, 1, 0.02) + 0.7 * stream(count, chance)


def fire(count: int, chance: Chance) -> Samples:
    roar = normal(band(noise(count, chance), 35, 280, slope=1)) * slow(count, chance, 0.5, 1.1, 0.35)
    return np.asarray(
        0.7 * roar + 0.8 * clicks(count, chance, 22, 1500, 12_000) + 0.08 * hiss(count, chance, 3000, 10_000),
        np.float32,
    )


def sizzle(count: int, chance: Chance) -> Samples:
    fat = hiss(count, chance, 4200, 14_000, 1.5) * slow(count, chance, 0.6, 1.1, 0.05)
    return fat + 0.7 * clicks(count, chance, 90, 2500, 13_000, 0.0006)


def hail(count: int, chance: Chance) -> Samples:
    return clicks(count, chance, 60, 900, 8000, 0.003) + 0.2 * hiss(count, chance, 2500, 10_000)


def earthquake(count: int, chance: Chance) -> Samples:
    shake = normal(band(noise(count, chance), 18, 75, slope=2)) * slow(count, chance, 0.5, 1.2, 0.12)
    return shake * 1.4 + 0.3 * clicks(count, chance, 14, 250, 3000, 0.006)


def snow(count: int, chance: Chance) -> Samples:
    # Steps in snow: a crunch, creaking as it is pressed.
    size = int(0.26 * RATE)

    def step(_: int) -> Samples:
        grain = clicks(size, chance, 260, 1500, 9000, 0.001) * swell(size, 0.35)
        return grain + 0.3 * hiss(size, chance, 2500, 8000) * swell(size, 0.3)

    return repeated(count, 0.58, step)


def avalanche(count: int, chance: Chance) -> Samples:
    rise = swell(count, 0.6)
    return np.asarray(
        (normal(band(noise(count, chance), 25, 160)) * 1.3 + 0.5 * pink(count, chance)) * (0.15 + rise), np.float32
    )


def ice(count: int, chance: Chance) -> Samples:
    def crack(_: int) -> Samples:
        size = int(0.3 * RATE)
        pitch = chance.uniform(1700, 3600)
        body = rings(size, ((pitch, 0.05, 1), (pitch * 1.7, 0.03, 0.6), (pitch * 0.4, 0.06, 0.4)))
        return body + hiss(size, chance, 2000, 12_000) * decay(size, 0.012)

    return repeated(count, 0.9, crack)
