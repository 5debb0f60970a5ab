"""Vehicles, machines and signals."""

from __future__ import annotations

import numpy as np

from generator.stage.signal import RATE, Samples, band, fade, noise
from generator.stage.sounds.tools import (
    Chance,
    clicks,
    decay,
    grains,
    harmonics,
    hiss,
    normal,
    once,
    pink,
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


def _firing(hertz: float | np.ndarray, count: int, chance: Chance, sharp: int) -> Samples:
    # An engine: an explosion every turn, none quite like the other.
    phase = np.cumsum(np.broadcast_to(hertz, (count,)) / RATE)
    pulse = np.maximum(0, np.sin(np.pi * (phase % 1.0))) ** sharp * (1 - (phase % 1.0))
    return (pulse * slow(count, chance, 0.75, 1.15, 0.02) * (1 + 0.5 * noise(count, chance))).astype(np.float32)


def engine(count: int, chance: Chance) -> Samples:
    turn = 34 * slow(count, chance, 0.95, 1.1, 0.6)
    return normal(_firing(turn, count, chance, 6)) + 0.7 * normal(harmonics(turn, count, (1, 0.8, 0.5, 0.4, 0.3, 0.2)))


def motorcycle(count: int, chance: Chance) -> Samples:
    turn = np.interp(np.linspace(0, 1, count), (0, 0.25, 0.3, 0.7, 1), (38, 85, 62, 115, 95))
    return normal(_firing(turn, count, chance, 14)) + 0.5 * normal(harmonics(turn, count, [0.85**n for n in range(18)]))


def truck(count: int, chance: Chance) -> Samples:
    return normal(_firing(21.0, count, chance, 8)) + 0.8 * normal(band(noise(count, chance), 30, 130, slope=1.5))


def traffic(count: int, chance: Chance) -> Samples:
    road = normal(band(noise(count, chance), 40, 450, slope=1.0)) * slow(count, chance, 0.6, 1.1, 1.8)

    def car(_: int) -> Samples:
        size = _size(2.2)
        return hiss(size, chance, 250, 4500, 0.8) * swell(size, 0.45) ** 2

    return road + 0.6 * grains(count, chance, 0.45, car)


def horn(count: int, chance: Chance) -> Samples:
    blast = normal(
        harmonics(415, count, [0.88**n for n in range(20)]) + harmonics(523, count, [0.88**n for n in range(20)])
    )
    size = min(count, _size(0.9))
    return once(count, fade(blast[:size], 0.015, 0.05))


def ship_horn(count: int, chance: Chance) -> Samples:
    size = min(count, _size(2.6))
    blast = harmonics(88, size, [0.9**n for n in range(30)]) + harmonics(132, size, [0.87**n for n in range(20)])
    return once(count, fade(normal(blast) + 0.08 * hiss(size, chance, 200, 5000), 0.15, 0.4))


def train(count: int, chance: Chance) -> Samples:
    # Wheels over joints, two axles and two more.
    def joint(_: int) -> Samples:
        size = _size(0.11)
        knock = rings(size, ((190, 0.025, 1), (640, 0.012, 0.6), (1900, 0.008, 0.5)))
        return placed(_size(0.6), ((0.0, knock), (0.13, 0.9 * knock)))

    rumble = normal(band(noise(count, chance), 30, 260, slope=1)) * 0.5
    return np.asarray(rumble + 1.2 * repeated(count, 0.62, joint) + 0.08 * hiss(count, chance, 1500, 7000), np.float32)


def train_whistle(count: int, chance: Chance) -> Samples:
    size = min(count, _size(1.5))
    chord = sum(harmonics(hertz, size, (1, 0.5, 0.35, 0.2, 0.1)) for hertz in (466, 554, 622, 740))
    return once(count, fade(normal(np.asarray(chord)) + 0.25 * hiss(size, chance, 1500, 8000), 0.08, 0.25))


def siren(count: int, chance: Chance) -> Samples:
    pitch = 950 + 450 * np.sin(2 * np.pi * 0.55 * seconds_of(count) - np.pi / 2)
    return normal(harmonics(pitch, count, (1, 0.2, 0.5, 0.15, 0.3, 0.1, 0.15)))


def helicopter(count: int, chance: Chance) -> Samples:
    phase = (seconds_of(count) * 11.5) % 1.0
    chop = np.exp(-phase / 0.18) * np.minimum(1, phase / 0.03)
    return np.asarray(
        (
            hiss(count, chance, 40, 900, 0.8) * chop
            + 0.15 * hiss(count, chance, 2500, 8000) * chop
            + 0.15 * harmonics(760, count, (1, 0.4))
        ),
        np.float32,
    )


def plane(count: int, chance: Chance) -> Samples:
    by = 0.3 + 0.7 * swell(count, 0.5)
    return np.asarray(
        (pink(count, chance, 0.7) + 0.12 * harmonics(sweep(2700, 2100, count), count, (1, 0.3))) * by, np.float32
    )


def rocket(count: int, chance: Chance) -> Samples:
    rise = np.minimum(1, 0.2 + seconds_of(count) / 0.8).astype(np.float32)
    return (pink(count, chance, 0.8) * slow(count, chance, 0.8, 1.2, 0.03)
            + normal(band(noise(count, chance), 20, 90)) + 0.3 * clicks(count, chance, 60, 500, 6000)) * rise  # fmt: skip


def boat(count: int, chance: Chance) -> Samples:
    return normal(_firing(13.0, count, chance, 10)) + 0.35 * hiss(count, chance, 400, 5000, 0.8) * slow(
        count, chance, 0.3, 1, 0.7
    )


def bicycle(count: int, chance: Chance) -> Samples:
    tick = rings(_size(0.03), ((3900, 0.003, 1), (6800, 0.002, 0.8)))
    return repeated(count, 0.055, lambda _: tick) + 0.05 * hiss(count, chance, 800, 5000)


def bicycle_bell(count: int, chance: Chance) -> Samples:
    def ring(_: int) -> Samples:
        strike = rings(_size(0.6), ((2650, 0.2, 1), (5400, 0.16, 0.9), (8900, 0.1, 0.6)))
        return placed(_size(0.8), ((0.0, strike), (0.07, strike), (0.2, strike), (0.27, strike)))

    return repeated(count, 1.3, ring)


def screech(count: int, chance: Chance) -> Samples:
    size = min(count, _size(1.1))
    pitch = sweep(1350, 980, size) * slow(size, chance, 0.97, 1.03, 0.02)
    squeal = normal(harmonics(pitch, size, (1, 0.6, 0.5, 0.4, 0.3))) + 0.4 * hiss(size, chance, 900, 6000)
    return once(count, fade(squeal * swell(size, 0.25), 0.02, 0.1))


def phone(count: int, chance: Chance) -> Samples:
    # The bell of an old telephone: two gongs struck twenty times a second.
    time = seconds_of(count)
    gate = ((time % 2.0) < 1.1).astype(np.float32)
    strikes = (0.35 + 0.65 * np.exp(-((time * 20) % 1.0) / 0.4)).astype(np.float32)
    smooth = np.convolve(gate, np.ones(480) / 480, "same").astype(np.float32)
    gongs = tone(1250, count) + 0.8 * tone(1490, count) + 0.9 * tone(4450, count) + 0.7 * tone(5900, count)
    return np.asarray(gongs * strikes * smooth, np.float32)


def ringtone(count: int, chance: Chance) -> Samples:
    notes = (1319, 1175, 740, 831, 1109, 988, 587, 659)

    def note(number: int) -> Samples:
        size = _size(0.13)
        return fade(harmonics(notes[number % 8], size, (1, 0, 0.5, 0, 0.35, 0, 0.25)), 0.004, 0.02)

    return repeated(count, 0.15, note)


def vibration(count: int, chance: Chance) -> Samples:
    gate = np.convolve((seconds_of(count) % 1.4) < 0.75, np.ones(960) / 960, "same")
    buzz = harmonics(165, count, [0.85**n for n in range(30)])
    return (normal(buzz) * gate).astype(np.float32)


def alarm(count: int, chance: Chance) -> Samples:
    def pair(_: int) -> Samples:
        return placed(_size(0.9), ((0.0, _beep(990, 0.38)), (0.45, _beep(740, 0.38))))

    return repeated(count, 0.9, pair)


def alarm_clock(count: int, chance: Chance) -> Samples:
    def four(_: int) -> Samples:
        return placed(_size(0.8), ((at * 0.125, _beep(2048, 0.07)) for at in range(4)))

    return repeated(count, 1.0, four)


def _beep(hertz: float, seconds: float) -> Samples:
    size = _size(seconds)
    return fade(harmonics(hertz, size, (1, 0, 0.33, 0, 0.2, 0, 0.14)), 0.005, 0.008)


def beep(count: int, chance: Chance) -> Samples:
    return repeated(count, 0.85, lambda _: fade(tone(1000, _size(0.12)) + 0.3 * tone(5000, _size(0.12)), 0.004, 0.01))


def microwave(count: int, chance: Chance) -> Samples:
    hum = normal(harmonics(120, count, (0.6, 1, 0.3, 0.5, 0.1, 0.2)))
    ding = rings(_size(0.9), ((2100, 0.25, 1), (5300, 0.2, 0.6)))
    return 0.5 * hum + placed(count, [(max(0.0, count / RATE - 0.9), 2.0 * ding)])


def static(count: int, chance: Chance) -> Samples:
    return hiss(count, chance, 900, 9000, 1.0) * slow(count, chance, 0.4, 1.1, 0.05) + 0.6 * clicks(
        count, chance, 14, 1200, 9000
    )


def tuning(count: int, chance: Chance) -> Samples:
    pitch = 1200 * slow(count, chance, 0.3, 2.6, 0.35)
    return static(count, chance) + 0.7 * tone(pitch, count) * slow(count, chance, 0, 1, 0.3)


def laser(count: int, chance: Chance) -> Samples:
    def shot(_: int) -> Samples:
        size = _size(0.24)
        return harmonics(sweep(5200, 420, size), size, (1, 0.4, 0.2)) * decay(size, 0.09)

    return repeated(count, 0.5, shot)


def robot(count: int, chance: Chance) -> Samples:
    def move(number: int) -> Samples:
        size = _size(0.3)
        whine = harmonics(sweep(520 + 140 * (number % 3), 760, size), size, (1, 0.5, 0.6, 0.2, 0.3))
        return fade(whine, 0.02, 0.03) + 0.1 * hiss(size, chance, 2500, 8000)

    return repeated(count, 0.5, move)


def computer(count: int, chance: Chance) -> Samples:
    def blip(_: int) -> Samples:
        return fade(tone(chance.choice((1047.0, 1397.0, 1760.0, 2093.0, 4186.0)), _size(0.07)), 0.004, 0.01)

    fan = normal(band(noise(count, chance), 120, 700, slope=1)) * 0.15
    return fan + repeated(count, 0.16, blip) * np.repeat(
        (chance.uniform(size=count // _size(0.16) + 1) > 0.35), _size(0.16)
    )[:count].astype(np.float32)


def hum(count: int, chance: Chance) -> Samples:
    return normal(harmonics(50, count, (0.7, 1, 0.3, 0.5, 0.15, 0.25, 0.1, 0.1))) + 0.12 * pink(count, chance)


def machine(count: int, chance: Chance) -> Samples:
    def stroke(number: int) -> Samples:
        size = _size(0.2)
        clank = rings(size, ((310, 0.03, 1), (1250, 0.04, 0.6), (3300, 0.03, 0.5)))
        return clank + hiss(size, chance, 1500, 8000) * swell(size, 0.7) * (0.25 if number % 2 else 0.1)

    return 0.4 * hum(count, chance) + repeated(count, 0.48, stroke)


def vacuum(count: int, chance: Chance) -> Samples:
    motor = harmonics(230 * slow(count, chance, 0.98, 1.02, 0.3), count, [0.8**n for n in range(16)])
    return 0.5 * normal(motor) + hiss(count, chance, 500, 9000, 0.7)


def drill(count: int, chance: Chance) -> Samples:
    pitch = 310 * slow(count, chance, 0.85, 1.1, 0.5)
    return normal(harmonics(pitch, count, [0.93**n for n in range(40)])) * slow(
        count, chance, 0.7, 1, 0.02
    ) + 0.2 * hiss(count, chance, 1500, 8000)


def chainsaw(count: int, chance: Chance) -> Samples:
    turn = 105 * slow(count, chance, 0.8, 1.35, 0.35)
    return normal(_firing(turn, count, chance, 10)) + 0.6 * normal(harmonics(turn, count, [0.95**n for n in range(50)]))


def fan(count: int, chance: Chance) -> Samples:
    beat = 0.75 + 0.25 * np.sin(2 * np.pi * 7.5 * seconds_of(count))
    return (hiss(count, chance, 100, 1600, 0.8) * beat + 0.2 * hum(count, chance)).astype(np.float32)


def washing(count: int, chance: Chance) -> Samples:
    turn = 0.5 + 0.5 * np.sin(2 * np.pi * 1.1 * seconds_of(count))
    return (hiss(count, chance, 150, 1800, 0.8) * turn**2 + 0.5 * hum(count, chance)).astype(np.float32)


def kettle(count: int, chance: Chance) -> Samples:
    pitch = np.interp(np.linspace(0, 1, count), (0, 0.4, 1), (1500, 2350, 2420)) * slow(
        count, chance, 0.995, 1.005, 0.05
    )
    steam = hiss(count, chance, 2500, 11_000) * 0.35
    return (harmonics(pitch, count, (1, 0.25, 0.15)) + steam) * np.linspace(0.3, 1, count, dtype=np.float32)


def elevator(count: int, chance: Chance) -> Samples:
    ding = rings(_size(1.2), ((1175, 0.4, 1), (2350, 0.2, 0.3), (6300, 0.12, 0.4)))
    doors = hiss(_size(0.9), chance, 300, 4000, 0.8) * swell(_size(0.9), 0.5) * 0.2
    return placed(count, ((0.0, ding), (0.6, doors)))


def projector(count: int, chance: Chance) -> Samples:
    tick = rings(_size(0.03), ((1500, 0.004, 1), (3600, 0.003, 0.9)))
    return repeated(count, 1 / 18, lambda _: tick) + 0.25 * hiss(count, chance, 200, 3000, 0.8)


def scanner(count: int, chance: Chance) -> Samples:
    size = _size(0.55)
    return repeated(count, 0.7, lambda n: fade(
        0.5 * harmonics(sweep(310, 420, size) if n % 2 else sweep(420, 310, size), size, (1, 0.5, 0.4, 0.3)), 0.03, 0.05)
        + 0.15 * hiss(size, chance, 2000, 8000))  # fmt: skip


def ping(count: int, chance: Chance) -> Samples:
    """Sonar, or the beat of a heart monitor."""
    return repeated(count, 1.0, lambda _: rings(_size(0.8), ((1480, 0.16, 1), (4440, 0.08, 0.4))))
