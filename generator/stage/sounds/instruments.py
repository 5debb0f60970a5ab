"""Instruments: one note of each, and a few bars for a sound event."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from generator.stage.signal import RATE, Samples, band, fade
from generator.stage.sounds.tools import (
    Chance,
    decay,
    harmonics,
    hiss,
    normal,
    once,
    repeated,
    rings,
    seconds_of,
    swell,
    thump,
)

Note = Callable[[float, float, Chance], Samples]
"""A note: pitch in Hz, length in seconds, chance → samples."""


def _size(seconds: float) -> int:
    return int(seconds * RATE)


def piano_note(hertz: float, seconds: float, chance: Chance) -> Samples:
    size = _size(seconds)
    # Strings are stiff: their overtones lie a little too high.
    modes = [
        (hertz * n * np.sqrt(1 + 0.0004 * n * n), 0.9 / n**0.7, 0.75**n) for n in range(1, 12) if hertz * n < 12_000
    ]
    return fade(rings(size, modes) + hiss(size, chance, 600, 5000) * decay(size, 0.006) * 0.06, 0.001, 0.05)


def guitar_note(hertz: float, seconds: float, chance: Chance) -> Samples:
    size = _size(seconds)
    modes = [
        (hertz * n, 0.55 / n**0.55, abs(np.sin(np.pi * n * 0.18)) / n**0.6) for n in range(1, 18) if hertz * n < 12_000
    ]
    return fade(rings(size, modes), 0.001, 0.05)


def violin_note(hertz: float, seconds: float, chance: Chance) -> Samples:
    size = _size(seconds)
    time = seconds_of(size)
    vibrato = 1 + 0.006 * np.sin(2 * np.pi * 5.6 * time) * np.minimum(1, time / 0.25)
    body = normal(harmonics(hertz * vibrato, size, [1 / n**0.9 for n in range(1, 24)]))
    return fade(body + 0.03 * hiss(size, chance, 2500, 9000), min(0.09, seconds / 3), min(0.12, seconds / 3))


def flute_note(hertz: float, seconds: float, chance: Chance) -> Samples:
    size = _size(seconds)
    vibrato = 1 + 0.005 * np.sin(2 * np.pi * 5 * seconds_of(size))
    air = 0.06 * hiss(size, chance, hertz, 7000)
    return fade(harmonics(hertz * vibrato, size, (1, 0.35, 0.1, 0.04)) + air, min(0.06, seconds / 3), 0.06)


def brass_note(hertz: float, seconds: float, chance: Chance) -> Samples:
    size = _size(seconds)
    dark = harmonics(hertz, size, [0.6**n for n in range(16)])
    bright = harmonics(hertz, size, [0.92**n for n in range(16)])
    opened = np.minimum(1, seconds_of(size) / 0.08).astype(np.float32)
    return fade(normal(dark) * (1 - 0.7 * opened) + 0.7 * normal(bright) * opened, 0.02, 0.06)


def pad_note(hertz: float, seconds: float, chance: Chance) -> Samples:
    size = _size(seconds)
    out = sum(harmonics(hertz * detune, size, [0.62**n for n in range(9)]) for detune in (0.997, 1.0, 1.0035))
    return fade(np.asarray(out, np.float32), min(0.6, seconds / 3), min(0.8, seconds / 3))


def box_note(hertz: float, seconds: float, chance: Chance) -> Samples:
    size = _size(seconds)
    return fade(rings(size, ((hertz, 0.5, 1), (hertz * 3.0, 0.18, 0.35), (hertz * 6.3, 0.08, 0.4))), 0.0, 0.05)


def bass_note(hertz: float, seconds: float, chance: Chance) -> Samples:
    size = _size(seconds)
    return fade(rings(size, [(hertz * n, 0.45 / n**0.5, 0.6**n) for n in range(1, 7)]), 0.004, 0.05)


def organ_note(hertz: float, seconds: float, chance: Chance) -> Samples:
    size = _size(seconds)
    return fade(harmonics(hertz, size, (1, 0.8, 0.5, 0.6, 0.1, 0.3, 0, 0.35)), 0.03, 0.06)


def accordion_note(hertz: float, seconds: float, chance: Chance) -> Samples:
    size = _size(seconds)
    reeds = harmonics(hertz, size, [0.87**n for n in range(20)]) + harmonics(
        hertz * 1.006, size, [0.87**n for n in range(20)]
    )
    return fade(normal(reeds), 0.04, 0.06)


_TUNE = (0, 4, 7, 12, 11, 7, 9, 5)


def _played(count: int, chance: Chance, note: Note, base: float, every: float, length: float) -> Samples:
    key = base * 2 ** (float(chance.integers(0, 4)) / 12)
    return repeated(count, every, lambda n: note(key * 2 ** (_TUNE[n % 8] / 12), length, chance))


def piano(count: int, chance: Chance) -> Samples:
    return _played(count, chance, piano_note, 261.6, 0.42, 1.4)


def guitar(count: int, chance: Chance) -> Samples:
    return _played(count, chance, guitar_note, 146.8, 0.3, 1.2)


def violin(count: int, chance: Chance) -> Samples:
    return _played(count, chance, violin_note, 440.0, 0.7, 0.74)


def cello(count: int, chance: Chance) -> Samples:
    return _played(count, chance, violin_note, 98.0, 1.1, 1.15)


def flute(count: int, chance: Chance) -> Samples:
    return _played(count, chance, flute_note, 587.3, 0.4, 0.42)


def trumpet(count: int, chance: Chance) -> Samples:
    return _played(count, chance, brass_note, 293.7, 0.35, 0.33)


def reed_note(hertz: float, seconds: float, chance: Chance) -> Samples:
    size = _size(seconds)
    return brass_note(hertz, seconds, chance) * 0.8 + 0.12 * hiss(size, chance, 400, 5000) * swell(size, 0.2)


def saxophone(count: int, chance: Chance) -> Samples:
    return _played(count, chance, reed_note, 174.6, 0.55, 0.55)


def organ_chord(hertz: float, seconds: float, chance: Chance) -> Samples:
    pipes = [organ_note(hertz * ratio, seconds, chance) for ratio in (0.5, 1, 1.26, 1.5)]
    return np.asarray(np.sum(pipes, axis=0), np.float32)


def organ(count: int, chance: Chance) -> Samples:
    return _played(count, chance, organ_chord, 196.0, 1.2, 1.25)


def accordion(count: int, chance: Chance) -> Samples:
    return _played(count, chance, accordion_note, 261.6, 0.45, 0.45)


def harp(count: int, chance: Chance) -> Samples:
    steps = (0, 2, 4, 7, 9, 12, 14, 16, 19, 21, 24, 26, 28)
    return repeated(count, 0.085, lambda n: guitar_note(261.6 * 2 ** (steps[n % 13] / 12), 1.3, chance))


def music_box(count: int, chance: Chance) -> Samples:
    return _played(count, chance, box_note, 1046.5, 0.3, 1.0)


def drum(count: int, chance: Chance) -> Samples:
    def beat(number: int) -> Samples:
        size = _size(0.4)
        if number % 2:
            return 0.7 * hiss(size, chance, 800, 9000) * decay(size, 0.06) + 0.6 * thump(size, 190, 0.05, chance)
        return 1.4 * thump(size, 58, 0.13, chance, 0.2)

    return repeated(count, 0.48, beat)


def drumroll(count: int, chance: Chance) -> Samples:
    def stroke(_: int) -> Samples:
        size = _size(0.12)
        stick = hiss(size, chance, 700, 9000) * decay(size, 0.03) + 0.4 * thump(size, 185, 0.03, chance)
        return stick * np.float32(chance.uniform(0.7, 1))

    return repeated(count, 0.052, stroke) * np.linspace(0.35, 1, count, dtype=np.float32)


def cymbal(count: int, chance: Chance) -> Samples:
    size = min(count, _size(2.2))
    metal = rings(size, [(chance.uniform(2500, 14_000), chance.uniform(0.2, 0.7), 0.3) for _ in range(30)])
    return once(count, hiss(size, chance, 3500, 15_000, 1.0) * decay(size, 0.45) + 0.3 * metal)


def orchestra(count: int, chance: Chance) -> Samples:
    chords = ((0, 4, 7), (9, 12, 16), (5, 9, 12), (7, 11, 14))

    def chord(number: int) -> Samples:
        parts = [violin_note(146.8 * 2 ** (step / 12), 1.5, chance) for step in chords[number % 4]]
        low = violin_note(73.4 * 2 ** (chords[number % 4][0] / 12), 1.5, chance)
        return np.asarray(sum(parts) + low, np.float32)

    return repeated(count, 1.3, chord)


def pulse_note(hertz: float, seconds: float, chance: Chance) -> Samples:
    size = _size(seconds)
    return fade(harmonics(hertz, size, [1 / n for n in range(1, 20)]) * decay(size, 0.12), 0.002, 0.02)


def synth(count: int, chance: Chance) -> Samples:
    return _played(count, chance, pulse_note, 110.0, 0.16, 0.2)


def radio_song(count: int, chance: Chance) -> Samples:
    """A tune through a small loudspeaker."""
    tune = normal(piano(count, chance)) + 0.6 * normal(drum(count, chance))
    return band(tune, 350, 5500, slope=2) + 0.05 * hiss(count, chance, 900, 7000)
