"""Animals: calls from throats of many sizes."""

from __future__ import annotations

import numpy as np

from generator.stage.signal import RATE, Samples, fade
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
    placed,
    repeated,
    rings,
    seconds_of,
    slow,
    sweep,
    swell,
    tone,
)


def _size(seconds: float) -> int:
    return int(seconds * RATE)


def dog(count: int, chance: Chance) -> Samples:
    def bark(_: int) -> Samples:
        size = _size(0.2)
        pitch = sweep(chance.uniform(480, 560), 300, size)
        call = cry(pitch, ((700, 250, 1), (1500, 400, 0.7), (3300, 900, 0.5)), chance, rough=0.12, breath=0.45)
        return call * decay(size, 0.055)

    return repeated(count, float(chance.uniform(0.5, 0.62)), bark)


def wolf(count: int, chance: Chance) -> Samples:
    size = min(count, _size(2.6))
    glide = np.interp(np.linspace(0, 1, size), (0, 0.2, 0.7, 1), (330, 640, 610, 380))
    wave = 1 + 0.012 * np.sin(2 * np.pi * 5.5 * seconds_of(size))
    return once(count, cry(glide * wave, ((650, 160, 1), (1300, 300, 0.4)), chance, bright=0.5) * swell(size, 0.25))


def cat(count: int, chance: Chance) -> Samples:
    def meow(_: int) -> Samples:
        size = _size(0.7)
        pitch = np.interp(np.linspace(0, 1, size), (0, 0.3, 1), (480, 760, 430))
        open_ = cry(pitch, ((1100, 250, 1), (2400, 400, 0.8), (3800, 500, 0.6)), chance, bright=0.85)
        shut = cry(pitch, ((450, 150, 1), (2100, 400, 0.4)), chance, bright=0.7)
        share = np.interp(np.linspace(0, 1, size), (0, 0.35, 1), (0, 1, 0.2)).astype(np.float32)
        return (open_ * share + shut * (1 - share)) * swell(size, 0.3)

    return repeated(count, 1.25, meow)


def purr(count: int, chance: Chance) -> Samples:
    beat = (0.5 + 0.5 * np.sin(2 * np.pi * 25 * seconds_of(count))) ** 3
    breath = 0.6 + 0.4 * np.sin(2 * np.pi * 0.7 * seconds_of(count))
    return (hiss(count, chance, 60, 900, 1.0) * beat * breath).astype(np.float32)


def lion(count: int, chance: Chance) -> Samples:
    size = min(count, _size(1.8))
    pitch = sweep(135, 75, size) * (1 + 0.25 * slow(size, chance, -1, 1, 0.012))
    call = cry(pitch, ((450, 200, 1), (900, 300, 0.7), (2300, 800, 0.25)), chance, rough=0.2, breath=0.6, bright=0.9)
    return once(count, call * swell(size, 0.3))


def growl(count: int, chance: Chance) -> Samples:
    pitch = np.full(count, 78.0) * (1 + 0.1 * slow(count, chance, -1, 1, 0.2))
    beat = 0.55 + 0.45 * np.sin(2 * np.pi * 24 * seconds_of(count))
    call = cry(pitch, ((320, 150, 1), (800, 300, 0.4)), chance, rough=0.3, breath=0.4, bright=0.85)
    return (call * beat * slow(count, chance, 0.6, 1, 0.3)).astype(np.float32)


def horse(count: int, chance: Chance) -> Samples:
    size = min(count, _size(1.5))
    at = np.linspace(0, 1, size)
    shake = 1 + 0.09 * np.sin(2 * np.pi * 13 * seconds_of(size))
    pitch = np.interp(at, (0, 0.15, 1), (700, 1250, 420)) * shake
    call = cry(pitch, ((1200, 400, 1), (2600, 600, 0.8)), chance, rough=0.06, breath=0.3, bright=0.85)
    return once(count, call * swell(size, 0.15) * (1 + 0.4 * (shake - 1) / 0.09).astype(np.float32))


def hooves(count: int, chance: Chance) -> Samples:
    # Three beats and a rest: a gallop on hard ground.
    def stride(_: int) -> Samples:
        size = _size(0.1)
        blow = [
            rings(size, ((chance.uniform(560, 760), 0.012, 1), (1700, 0.006, 0.7), (180, 0.02, 0.8))) for _ in range(3)
        ]
        return placed(_size(0.5), zip((0.0, 0.12, 0.24), blow, strict=True))

    return repeated(count, 0.52, stride)


def cow(count: int, chance: Chance) -> Samples:
    size = min(count, _size(1.6))
    pitch = np.interp(np.linspace(0, 1, size), (0, 0.3, 0.8, 1), (120, 165, 155, 110))
    call = cry(pitch, ((330, 120, 1), (800, 200, 0.5), (2200, 500, 0.15)), chance, rough=0.02, bright=0.86)
    return once(count, call * swell(size, 0.3))


def sheep(count: int, chance: Chance) -> Samples:
    def bleat(_: int) -> Samples:
        size = _size(0.75)
        beat = 1 + 0.07 * np.sin(2 * np.pi * 9 * seconds_of(size))
        call = cry(310 * beat, ((700, 200, 1), (1600, 300, 0.8), (2700, 400, 0.5)), chance, bright=0.88)
        return (call * (beat * 5 - 4) * swell(size, 0.2)).astype(np.float32)

    return repeated(count, 1.3, bleat)


def pig(count: int, chance: Chance) -> Samples:
    def grunt(_: int) -> Samples:
        size = _size(0.17)
        call = cry(sweep(95, 70, size), ((500, 200, 1), (1200, 300, 0.8)), chance, rough=0.4, breath=0.7, bright=0.92)
        return call * swell(size, 0.3)

    return repeated(count, 0.42, grunt)


def elephant(count: int, chance: Chance) -> Samples:
    size = min(count, _size(1.3))
    pitch = np.interp(np.linspace(0, 1, size), (0, 0.2, 0.7, 1), (380, 640, 600, 420))
    call = cry(pitch, ((900, 300, 1), (1900, 400, 0.9), (3600, 700, 0.6)), chance, rough=0.05, breath=0.35, bright=0.93)
    return once(count, call * swell(size, 0.1))


def monkey(count: int, chance: Chance) -> Samples:
    def hoot(number: int) -> Samples:
        size = _size(0.16)
        top = 480 + 60 * (number % 5)
        return cry(sweep(top, top * 1.5, size), ((700, 200, 1), (1300, 300, 0.5)), chance, bright=0.6) * swell(size)

    return repeated(count, 0.27, hoot)


def birds(count: int, chance: Chance) -> Samples:
    def chirp(_: int) -> Samples:
        pieces = []
        base = chance.uniform(4800, 7000)  # above the telephone band, in which voices are told apart
        for at in range(int(chance.integers(2, 6))):
            size = _size(chance.uniform(0.03, 0.08))
            pitch = sweep(base * chance.uniform(0.85, 1.2), base * chance.uniform(0.85, 1.2), size)
            pieces.append((at * 0.09, tone(pitch, size) * swell(size)))
        return placed(_size(0.6), pieces)

    return grains(count, chance, 2.2, chirp)


def gull(count: int, chance: Chance) -> Samples:
    def call(_: int) -> Samples:
        size = _size(0.42)
        pitch = np.interp(np.linspace(0, 1, size), (0, 0.15, 1), (1100, 1750, 1150))
        return cry(pitch, ((1800, 500, 1), (3400, 700, 0.9)), chance, rough=0.03, bright=0.9) * swell(size, 0.15)

    return repeated(count, 0.62, call)


def crow(count: int, chance: Chance) -> Samples:
    def caw(_: int) -> Samples:
        size = _size(0.36)
        call = cry(sweep(520, 420, size), ((1150, 250, 1), (1700, 300, 1), (3000, 600, 0.6)), chance, rough=0.5,
                   breath=0.5, bright=0.95)  # fmt: skip
        return call * swell(size, 0.2)

    return repeated(count, 0.75, caw)


def rooster(count: int, chance: Chance) -> Samples:
    size = min(count, _size(1.9))
    at = np.linspace(0, 1.9, size)
    pitch = np.interp(at, (0, 0.12, 0.25, 0.4, 0.6, 1.3, 1.9), (600, 750, 700, 900, 1250, 1200, 620))
    gate = np.interp(at, (0, 0.03, 0.14, 0.17, 0.2, 0.3, 0.34, 0.4, 1.5, 1.9), (0, 1, 1, 0, 1, 1, 0.1, 1, 1, 0))
    call = cry(pitch, ((1300, 300, 1), (2500, 400, 1), (3900, 500, 0.7)), chance, rough=0.02, bright=0.9)
    return once(count, (call * gate).astype(np.float32))


def hen(count: int, chance: Chance) -> Samples:
    def cluck(number: int) -> Samples:
        size = _size(0.09 if number % 4 else 0.26)
        pitch = sweep(420, 620 if number % 4 else 820, size)
        return cry(pitch, ((1000, 300, 1), (2100, 400, 0.8)), chance, rough=0.08, bright=0.85) * swell(size, 0.3)

    return repeated(count, 0.3, cluck)


def duck(count: int, chance: Chance) -> Samples:
    def quack(_: int) -> Samples:
        size = _size(0.2)
        call = cry(sweep(340, 240, size), ((1100, 150, 1), (2200, 250, 1), (3200, 400, 0.5)), chance, rough=0.08,
                   bright=0.97)  # fmt: skip
        return call * decay(size, 0.1)

    return repeated(count, 0.45, quack)


def owl(count: int, chance: Chance) -> Samples:
    def hoot(number: int) -> Samples:
        size = _size(0.22 if number % 3 else 0.5)
        pitch = 370 * (1 + 0.01 * np.sin(2 * np.pi * 6 * seconds_of(size)))
        return cry(pitch, ((380, 80, 1),), chance, breath=0.06, bright=0.25) * swell(size, 0.3)

    return placed(
        count,
        ((at + shift, hoot(n)) for at in np.arange(0, count / RATE, 2.4) for n, shift in enumerate((0, 0.75, 1.05))),
    )


def frog(count: int, chance: Chance) -> Samples:
    def croak(_: int) -> Samples:
        size = _size(0.34)
        beat = (0.5 + 0.5 * np.sin(2 * np.pi * 34 * seconds_of(size))) ** 2
        call = cry(np.full(size, 155.0), ((520, 120, 1), (1150, 150, 0.8)), chance, bright=0.92)
        return (call * beat * swell(size, 0.6)).astype(np.float32)

    return repeated(count, 0.72, croak)


def crickets(count: int, chance: Chance) -> Samples:
    time = seconds_of(count)
    out = np.zeros(count)
    for pitch, rate, pause in ((4550, 27, 0.55), (4950, 31, 0.8)):
        gate = (np.sin(2 * np.pi * rate * time) > 0) * ((time + chance.uniform(0, 1)) % pause < pause * 0.55)
        smooth = np.convolve(gate, np.ones(120) / 120, "same")
        out += np.sin(2 * np.pi * pitch * time) * smooth
    return out.astype(np.float32)


def bee(count: int, chance: Chance) -> Samples:
    pitch = 215 * slow(count, chance, 0.85, 1.2, 0.25)
    near = slow(count, chance, 0.2, 1.0, 0.5)
    return normal(harmonics(pitch, count, [0.93**number for number in range(40)])) * near


def snake(count: int, chance: Chance) -> Samples:
    breath = hiss(count, chance, 4500, 12_000, 2.0) * swell(count, 0.2)
    rattle = (0.5 + 0.5 * np.sign(np.sin(2 * np.pi * 45 * seconds_of(count)))).astype(np.float32)
    return breath * (0.55 + 0.45 * rattle)


def mouse(count: int, chance: Chance) -> Samples:
    def squeak(_: int) -> Samples:
        size = _size(0.07)
        return harmonics(sweep(4300, 5600, size), size, (1, 0.3)) * swell(size)

    return grains(count, chance, 3.0, squeak)


def whale(count: int, chance: Chance) -> Samples:
    pitch = 190 * slow(count, chance, 0.6, 2.2, 0.9)
    return fade(harmonics(pitch, count, (1, 0.4, 0.2, 0.1)) * slow(count, chance, 0.3, 1, 0.7), 0.2, 0.3)


def wings(count: int, chance: Chance) -> Samples:
    def flap(_: int) -> Samples:
        size = _size(0.11)
        return hiss(size, chance, 250, 5000, 1.0) * swell(size, 0.3) ** 2

    return repeated(count, 0.16, flap)


def gnawing(count: int, chance: Chance) -> Samples:
    def bite(_: int) -> Samples:
        size = _size(0.12)
        return clicks(size, chance, 120, 900, 7000, 0.002) * swell(size)

    return repeated(count, 0.34, bite)
