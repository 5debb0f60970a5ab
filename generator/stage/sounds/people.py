"""What people do besides speaking."""

from __future__ import annotations

import numpy as np

from generator.stage.signal import RATE, Samples, band, fade, noise
from generator.stage.sounds.tools import (
    Chance,
    clicks,
    cry,
    decay,
    grains,
    harmonics,
    hiss,
    normal,
    once,
    pink,
    placed,
    repeated,
    seconds_of,
    slow,
    sweep,
    swell,
    throat,
    thump,
    tone,
)

_OPEN = ((780, 120, 1.0), (1300, 150, 0.6), (2600, 250, 0.35))


def _size(seconds: float) -> int:
    return int(seconds * RATE)


def crowd(count: int, chance: Chance) -> Samples:
    # Many throats far off: their syllables run together into a babble without words.
    out = 0.6 * normal(band(noise(count, chance), 180, 1100, slope=1.2))
    for _ in range(14):
        pitch = chance.uniform(95, 260) * slow(count, chance, 0.9, 1.15, 0.2)
        peaks = ((chance.uniform(350, 750), 160, 1.0), (chance.uniform(1000, 1900), 260, 0.5))
        voice = normal(harmonics(pitch, count, [0.8**number for number in range(8)]))
        out += 0.16 * normal(throat(voice, peaks)) * slow(count, chance, 0, 1.2, 0.16)
    return out.astype(np.float32)


def applause(count: int, chance: Chance) -> Samples:
    rise = np.minimum(1, seconds_of(count) / 0.25).astype(np.float32)
    return (clicks(count, chance, 110, 800, 7000, 0.004) + 0.35 * pink(count, chance, 0.3)) * rise


def clap(count: int, chance: Chance) -> Samples:
    def one(_: int) -> Samples:
        size = _size(0.08)
        return hiss(size, chance, 900, 6000, 1.0) * decay(size, 0.009)

    return repeated(count, 0.5, one)


def cheer(count: int, chance: Chance) -> Samples:
    out = np.zeros(count)
    for _ in range(8):
        pitch = chance.uniform(220, 480) * slow(count, chance, 0.9, 1.2, 0.5)
        voice = normal(harmonics(pitch, count, [0.85**number for number in range(12)]))
        out += normal(throat(voice, _OPEN)) * slow(count, chance, 0.2, 1.0, 0.4)
    return (out * 0.25 + 0.7 * applause(count, chance)).astype(np.float32)


def laughter(count: int, chance: Chance) -> Samples:
    top = chance.uniform(240, 330)

    def ha(number: int) -> Samples:
        size = _size(0.15)
        pitch = sweep(top * 1.1, top * 0.85, size) * (1 - 0.03 * (number % 6))
        return cry(pitch, _OPEN, chance, breath=0.45, bright=0.8) * decay(size, 0.07)

    return repeated(count, 0.21, ha) * (0.4 + 0.6 * slow(count, chance, 0.3, 1, 0.6))


def scream(count: int, chance: Chance) -> Samples:
    size = min(count, _size(1.4))
    pitch = np.interp(np.linspace(0, 1, size), (0, 0.15, 0.8, 1), (700, 1150, 1080, 760))
    call = cry(pitch, ((1200, 200, 1), (2700, 300, 0.9), (4600, 600, 0.8)), chance, rough=0.05, breath=0.3, bright=0.93)
    return once(count, call * swell(size, 0.1))


def baby(count: int, chance: Chance) -> Samples:
    def wail(_: int) -> Samples:
        size = _size(0.75)
        pitch = np.interp(np.linspace(0, 1, size), (0, 0.2, 0.7, 1), (390, 520, 480, 360))
        call = cry(pitch, ((1100, 180, 1), (3000, 300, 0.9), (5200, 700, 0.6)), chance, rough=0.03, bright=0.93)
        return call * swell(size, 0.25)

    return repeated(count, 1.05, wail)


def sob(count: int, chance: Chance) -> Samples:
    def one(number: int) -> Samples:
        size = _size(0.24)
        call = cry(sweep(300, 240, size), ((520, 150, 1), (1500, 250, 0.4)), chance, breath=0.6, bright=0.7)
        return call * swell(size, 0.2) if number % 4 < 3 else 0.8 * hiss(size, chance, 1200, 7000) * swell(size, 0.8)

    return repeated(count, 0.36, one)


def gasp(count: int, chance: Chance) -> Samples:
    size = min(count, _size(0.5))
    return once(count, throat(hiss(size, chance, 500, 9000, 1.0), ((900, 400, 1), (2600, 700, 1))) * swell(size, 0.7))


def breath(count: int, chance: Chance) -> Samples:
    time = seconds_of(count)
    phase = (time % 1.9) / 1.9
    air = np.where(
        phase < 0.42, np.sin(np.pi * phase / 0.42), 0.7 * np.sin(np.pi * np.clip((phase - 0.5) / 0.42, 0, 1))
    )
    return (hiss(count, chance, 700, 7000, 1.0) * np.maximum(air, 0) ** 1.5).astype(np.float32)


def cough(count: int, chance: Chance) -> Samples:
    def one(_: int) -> Samples:
        size = _size(0.24)
        call = cry(sweep(210, 130, size), ((650, 250, 1), (1700, 500, 0.8)), chance, rough=0.3, breath=1.6, bright=0.9)
        return call * decay(size, 0.06)

    return repeated(count, 0.44, one, 3)


def sneeze(count: int, chance: Chance) -> Samples:
    inhale = hiss(_size(0.35), chance, 900, 6000, 1.0) * swell(_size(0.35), 0.85) * 0.4
    size = _size(0.35)
    burst = hiss(size, chance, 1200, 11_000, 0.8) * decay(size, 0.08)
    return placed(count, ((0.0, inhale), (0.42, burst)))


def snore(count: int, chance: Chance) -> Samples:
    phase = (seconds_of(count) % 2.3) / 2.3
    air = np.clip(np.sin(np.pi * phase / 0.55), 0, 1) * (phase < 0.55)
    flutter = (0.5 + 0.5 * np.sin(2 * np.pi * 38 * seconds_of(count))) ** 3
    return np.asarray(hiss(count, chance, 90, 1300, 1.0) * air * flutter, np.float32)


def whistle(count: int, chance: Chance) -> Samples:
    notes = [1568, 1760, 1976, 1568, 2093, 1976]
    size = _size(0.26)

    def note(number: int) -> Samples:
        pitch = notes[number % 6] * (1 + 0.008 * np.sin(2 * np.pi * 6 * seconds_of(size)))
        return fade(tone(pitch, size) + 0.02 * hiss(size, chance, 1500, 6000), 0.02, 0.04)

    return repeated(count, 0.3, note)


def singing(count: int, chance: Chance) -> Samples:
    # A choir's "ah", three voices in a chord.
    out = np.zeros(count)
    for hertz in (220.0, 277.2, 329.6, 440.0):
        vibrato = 1 + 0.008 * np.sin(2 * np.pi * chance.uniform(4.8, 5.8) * seconds_of(count) + chance.uniform(0, 6))
        out += cry(hertz * vibrato, ((700, 130, 1), (1150, 150, 0.6), (2700, 300, 0.25)), chance, bright=0.82)
    return fade(out.astype(np.float32), 0.25, 0.3)


def steps(count: int, chance: Chance, every: float = 0.52, hard: float = 1.0) -> Samples:
    def step(number: int) -> Samples:
        size = _size(0.16)
        heel = thump(size, 110 + 18 * (number % 2), 0.018, chance, 0.35 * hard)
        scuff = hiss(size, chance, 1500, 9000, 1.0) * swell(size, 0.3) * 0.09
        return np.asarray(heel + np.roll(scuff, _size(0.03)) * (np.arange(size) > _size(0.03)), np.float32)

    return repeated(count, every, step)


def running(count: int, chance: Chance) -> Samples:
    return steps(count, chance, 0.29, 1.4)


def heartbeat(count: int, chance: Chance) -> Samples:
    def beat(_: int) -> Samples:
        size = _size(0.16)
        return placed(
            _size(0.6), ((0.0, thump(size, 46, 0.05, chance, 0.03)), (0.26, 0.7 * thump(size, 54, 0.04, chance, 0.02)))
        )

    return repeated(count, 0.86, beat)


def kiss(count: int, chance: Chance) -> Samples:
    size = min(count, _size(0.25))
    smack = tone(sweep(900, 2600, size), size) * swell(size, 0.4) * 0.4 + hiss(size, chance, 1500, 7000) * swell(
        size, 0.5
    )
    return once(count, smack * swell(size, 0.5))


def chewing(count: int, chance: Chance) -> Samples:
    def bite(_: int) -> Samples:
        size = _size(0.16)
        return clicks(size, chance, 150, 700, 6000, 0.0025) * swell(size, 0.3)

    return repeated(count, 0.48, bite)


def gulp(count: int, chance: Chance) -> Samples:
    def one(_: int) -> Samples:
        size = _size(0.15)
        return tone(sweep(190, 420, size), size) * swell(size, 0.6) + 0.1 * hiss(size, chance, 800, 4000) * swell(size)

    return repeated(count, 0.62, one)


def murmur(count: int, chance: Chance) -> Samples:
    breathy = throat(hiss(count, chance, 400, 8000, 1.0), ((1500, 500, 1), (3300, 800, 0.8)))
    return normal(breathy) * slow(count, chance, 0.0, 1.0, 0.11)


def fight(count: int, chance: Chance) -> Samples:
    def punch(_: int) -> Samples:
        size = _size(0.18)
        swish = hiss(_size(0.12), chance, 1500, 8000) * swell(_size(0.12), 0.8) * 0.25
        return placed(_size(0.4), ((0.0, swish), (0.12, thump(size, 95, 0.035, chance, 1.0))))

    return grains(count, chance, 1.6, punch) + repeated(count, 10, punch)
