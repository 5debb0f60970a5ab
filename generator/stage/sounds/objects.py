"""Things of the house and the workshop: what is struck, opened, broken, written on."""

from __future__ import annotations

import numpy as np

from generator.stage.signal import RATE, Samples, fade
from generator.stage.sounds.tools import (
    Chance,
    clicks,
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
    throat,
    thump,
    tone,
)


def _size(seconds: float) -> int:
    return int(seconds * RATE)


def knock(count: int, chance: Chance) -> Samples:
    def rap(_: int) -> Samples:
        size = _size(0.12)
        wood = rings(size, ((210, 0.02, 1), (470, 0.014, 0.7), (980, 0.007, 0.5)))
        return wood + hiss(size, chance, 700, 5000) * decay(size, 0.003) * 0.4

    return repeated(count, 0.47, rap, 4)


def door(count: int, chance: Chance) -> Samples:
    size = min(count, _size(0.9))
    slam = thump(size, 68, 0.09, chance, 0.9) + 0.25 * hiss(size, chance, 200, 2500, 1.0) * decay(size, 0.07)
    latch = rings(_size(0.1), ((2300, 0.012, 0.5), (3900, 0.01, 0.4)))
    return once(count, slam + placed(size, [(0.14, 0.5 * latch)]))


def creak(count: int, chance: Chance) -> Samples:
    size = min(count, _size(1.6))
    # Stick and slip: pulses that come faster and slower through a wooden panel.
    rate = 38 * slow(size, chance, 0.6, 2.4, 0.25)
    phase = np.cumsum(rate / RATE)
    pulses = np.zeros(size, np.float32)
    pulses[np.flatnonzero(np.diff(np.floor(phase)) > 0)] = 1.0
    panel = throat(pulses, ((620, 60, 1), (1350, 90, 1), (2450, 140, 0.9), (4800, 400, 0.8)))
    return once(count, normal(panel) * swell(size, 0.4))


def lock(count: int, chance: Chance) -> Samples:
    def turn(number: int) -> Samples:
        size = _size(0.09)
        return rings(size, ((1900 + 300 * number, 0.01, 1), (4200, 0.008, 0.8), (700, 0.012, 0.5)))

    return placed(count, ((0.0, turn(0)), (0.46, turn(1))))


def keys(count: int, chance: Chance) -> Samples:
    def clink(_: int) -> Samples:
        base = chance.uniform(3800, 7500)
        return rings(_size(0.16), ((base, 0.03, 1), (base * 1.41, 0.025, 0.8), (base * 1.93, 0.02, 0.5)))

    return grains(count, chance, 11, clink)


def coin(count: int, chance: Chance) -> Samples:
    times, at, gap = [], 0.0, 0.3
    while gap > 0.02:
        times.append(at)
        at, gap = at + gap, gap * 0.72
    ring = rings(_size(0.5), ((5150, 0.12, 1), (7800, 0.09, 0.8), (11_200, 0.06, 0.6)))
    return placed(count, ((time, ring * 0.8**number) for number, time in enumerate(times)))


def glass(count: int, chance: Chance) -> Samples:
    size = min(count, _size(1.3))
    burst = hiss(size, chance, 2500, 15_000, 1.0) * decay(size, 0.06) * 1.2

    def shard(_: int) -> Samples:
        base = chance.uniform(2800, 9500)
        return rings(_size(0.2), ((base, 0.04, 1), (base * 1.53, 0.03, 0.7)))

    fall = grains(size, chance, 55, shard) * decay(size, 0.35)
    return once(count, burst + 0.8 * normal(fall) * decay(size, 0.4) + thump(size, 200, 0.02, chance, 0.8))


def clink(count: int, chance: Chance) -> Samples:
    def one(_: int) -> Samples:
        base = chance.uniform(2400, 3200)
        return rings(_size(0.6), ((base, 0.13, 1), (base * 2.32, 0.1, 0.8), (base * 4.25, 0.05, 0.4)))

    return repeated(count, 0.9, one)


def dishes(count: int, chance: Chance) -> Samples:
    def one(_: int) -> Samples:
        base = chance.uniform(1300, 4200)
        return rings(_size(0.2), ((base, 0.03, 1), (base * 1.7, 0.025, 0.8), (base * 2.9, 0.015, 0.6)))

    return grains(count, chance, 5.5, one)


def clock(count: int, chance: Chance) -> Samples:
    def tick(number: int) -> Samples:
        size = _size(0.05)
        base = 2900 if number % 2 == 0 else 2300
        return rings(size, ((base, 0.004, 1), (base * 2.1, 0.003, 0.8), (520, 0.006, 0.4)))

    return repeated(count, 0.5, tick)


def bell(count: int, chance: Chance) -> Samples:
    # A church bell: hum, prime, tierce, quint, nominal and some above.
    base = chance.uniform(300, 340)
    modes = ((0.5, 2.6, 0.5), (1, 1.6, 0.8), (1.19, 1.3, 0.7), (1.5, 1.0, 0.4), (2, 1.1, 1), (2.51, 0.7, 0.5),
             (3.01, 0.6, 0.5), (4.16, 0.4, 0.5), (5.43, 0.3, 0.5), (6.8, 0.25, 0.6), (14.2, 0.2, 0.7), (17.9, 0.15, 0.6))  # fmt: skip
    stroke = rings(_size(2.2), [(base * ratio, seconds, weight) for ratio, seconds, weight in modes])
    return repeated(count, 1.7, lambda _: fade(stroke, 0.0, 0.2))


def small_bell(count: int, chance: Chance) -> Samples:
    def one(_: int) -> Samples:
        base = chance.uniform(2050, 2250)
        return rings(_size(0.7), ((base, 0.2, 0.6), (base * 2.63, 0.16, 1), (base * 4.1, 0.1, 0.8)))

    return repeated(count, 0.75, one)


def doorbell(count: int, chance: Chance) -> Samples:
    high, low = (
        rings(_size(1.2), ((hertz, 0.45, 1), (hertz * 3.01, 0.2, 0.4), (hertz * 8.2, 0.1, 0.6)))
        for hertz in (659.3, 523.3)
    )
    return repeated(count, 2.4, lambda _: placed(_size(1.8), ((0.0, high), (0.55, low))))


def gong(count: int, chance: Chance) -> Samples:
    modes = [(82 * ratio * chance.uniform(0.99, 1.01), 1.8 / ratio**0.3, 1 / ratio**0.4) for ratio in
             (1, 1.52, 2.1, 2.76, 3.4, 4.9, 6.3, 9.1, 13.7, 21.2, 33.0, 57.0)]  # fmt: skip
    size = min(count, _size(3))
    rise = np.minimum(1, 0.4 + seconds_of(size) / 0.3).astype(np.float32)
    return once(count, fade(rings(size, modes) * rise, 0.0, 0.3))


def crash(count: int, chance: Chance) -> Samples:
    size = min(count, _size(1.2))
    metal = rings(size, [(chance.uniform(300, 6000), chance.uniform(0.05, 0.25), 0.4) for _ in range(18)])
    return once(count, 1.4 * hiss(size, chance, 300, 12_000, 0.7) * decay(size, 0.16) + 0.7 * metal
                + thump(size, 60, 0.12, chance))  # fmt: skip


def thud(count: int, chance: Chance) -> Samples:
    size = min(count, _size(0.5))
    return once(count, thump(size, 62, 0.07, chance, 0.25))


def snap(count: int, chance: Chance) -> Samples:
    size = min(count, _size(0.15))
    return once(count, hiss(size, chance, 1200, 11_000) * decay(size, 0.008) + rings(size, ((1450, 0.01, 0.8),)))


def pop(count: int, chance: Chance) -> Samples:
    size = min(count, _size(0.22))
    air = tone(sweep(320, 900, size), size) * decay(size, 0.02)
    return once(count, air * 1.3 + hiss(size, chance, 2000, 9000) * decay(size, 0.004))


def cork(count: int, chance: Chance) -> Samples:
    fizz = hiss(max(1, count - _size(0.08)), chance, 4500, 14_000) * 0.25 * decay(max(1, count - _size(0.08)), 0.5)
    return placed(count, ((0.0, 1.4 * pop(_size(0.22), chance)), (0.08, fizz)))


def paper(count: int, chance: Chance) -> Samples:
    crumple = clicks(count, chance, 70, 1800, 12_000, 0.0012) * slow(count, chance, 0.1, 1.0, 0.14)
    return crumple + 0.25 * hiss(count, chance, 2500, 11_000) * slow(count, chance, 0, 1, 0.12)


def rustle(count: int, chance: Chance) -> Samples:
    return hiss(count, chance, 2200, 12_000, 1.5) * slow(count, chance, 0.0, 1.0, 0.13) ** 2


def tearing(count: int, chance: Chance) -> Samples:
    size = min(count, _size(0.7))
    rip = clicks(size, chance, 420, 1500, 12_000, 0.0008) * np.linspace(0.4, 1, size, dtype=np.float32)
    return once(count, fade(rip, 0.02, 0.03))


def zipper(count: int, chance: Chance) -> Samples:
    size = min(count, _size(0.75))
    rate = sweep(70, 190, size)
    teeth = np.maximum(0, np.sin(2 * np.pi * np.cumsum(rate / RATE))) ** 6
    return once(count, (hiss(size, chance, 2500, 11_000) * teeth * swell(size, 0.6)).astype(np.float32))


def writing(count: int, chance: Chance) -> Samples:
    def stroke(_: int) -> Samples:
        size = _size(chance.uniform(0.05, 0.14))
        return hiss(size, chance, 3200, 9500, 1.5) * swell(size, 0.4)

    return grains(count, chance, 7.5, stroke)


def typing(count: int, chance: Chance) -> Samples:
    def key(_: int) -> Samples:
        size = _size(0.05)
        return rings(size, ((chance.uniform(1700, 2600), 0.004, 1), (4600, 0.004, 0.9), (310, 0.008, 0.5)))

    return grains(count, chance, 8.5, key)


def typewriter(count: int, chance: Chance) -> Samples:
    def key(_: int) -> Samples:
        size = _size(0.08)
        return hiss(size, chance, 900, 9000) * decay(size, 0.005) + rings(size, ((1150, 0.012, 0.9), (3100, 0.01, 0.8)))

    strokes = repeated(count, 0.19, key)
    end = rings(_size(0.8), ((2950, 0.25, 0.7), (6900, 0.15, 0.5)))
    return strokes + placed(count, ((at, end) for at in np.arange(2.0, count / RATE, 2.4)))


def camera(count: int, chance: Chance) -> Samples:
    click = rings(_size(0.06), ((2700, 0.005, 1), (6100, 0.004, 1), (900, 0.007, 0.6)))
    wind = hiss(_size(0.14), chance, 3000, 9000) * swell(_size(0.14), 0.6) * 0.12
    return repeated(count, 1.1, lambda _: placed(_size(0.4), ((0.0, click), (0.075, 0.8 * click), (0.13, wind))))


def switch(count: int, chance: Chance) -> Samples:
    size = _size(0.05)
    return once(count, rings(size, ((1500, 0.005, 1), (3700, 0.004, 0.9), (420, 0.008, 0.4))))


def hammer(count: int, chance: Chance) -> Samples:
    def blow(_: int) -> Samples:
        size = _size(0.3)
        nail = rings(size, ((2350, 0.05, 0.8), (4100, 0.04, 0.8), (6700, 0.03, 0.7)))
        return thump(size, 130, 0.03, chance, 1.0) + nail

    return repeated(count, 0.6, blow)


def saw(count: int, chance: Chance) -> Samples:
    def stroke(number: int) -> Samples:
        size = _size(0.34)
        rate = 105 if number % 2 == 0 else 85
        teeth = 0.4 + 0.6 * np.maximum(0, np.sin(2 * np.pi * rate * seconds_of(size)))
        return (hiss(size, chance, 1300, 7500, 1.0) * teeth * swell(size, 0.5)).astype(np.float32)

    return repeated(count, 0.46, stroke)


def scissors(count: int, chance: Chance) -> Samples:
    def snip(_: int) -> Samples:
        size = _size(0.16)
        slide = hiss(size, chance, 4500, 12_000) * swell(size, 0.7) * 0.7
        return slide + placed(size, [(0.12, rings(_size(0.04), ((5200, 0.008, 1), (2600, 0.005, 0.6))))])

    return repeated(count, 0.5, snip)


def sweeping(count: int, chance: Chance) -> Samples:
    def stroke(_: int) -> Samples:
        size = _size(0.5)
        return hiss(size, chance, 1900, 9000, 1.0) * swell(size, 0.4) ** 1.5

    return repeated(count, 0.8, stroke)


def scrape(count: int, chance: Chance) -> Samples:
    size = min(count, _size(0.8))
    shake = (0.5 + 0.5 * np.sin(2 * np.pi * np.cumsum(110 * slow(size, chance, 0.8, 1.3, 0.1)) / RATE)) ** 2
    return once(count, (hiss(size, chance, 500, 6000, 0.8) * shake * swell(size, 0.3)).astype(np.float32))


def gunshot(count: int, chance: Chance) -> Samples:
    def shot(_: int) -> Samples:
        size = _size(0.8)
        return (1.8 * hiss(size, chance, 150, 13_000, 0.6) * decay(size, 0.02)
                + 0.4 * hiss(size, chance, 200, 3000, 0.8) * decay(size, 0.18) + thump(size, 75, 0.05, chance))  # fmt: skip

    return once(count, shot(0))


def explosion(count: int, chance: Chance) -> Samples:
    size = min(count, _size(2.6))
    boom = normal(hiss(size, chance, 20, 140, 1.0)) * decay(size, 0.7) * 1.3
    blast = hiss(size, chance, 200, 9000, 0.6) * decay(size, 0.12)
    debris = clicks(size, chance, 30, 900, 8000, 0.004) * decay(size, 0.8) * 0.4
    return once(count, boom + blast + debris)


def fireworks(count: int, chance: Chance) -> Samples:
    def rocket(_: int) -> Samples:
        rise = tone(sweep(2400, 5200, _size(0.55)), _size(0.55)) * swell(_size(0.55), 0.6) * 0.35
        size = _size(1.1)
        bang = thump(size, 70, 0.12, chance, 1.0) + clicks(size, chance, 70, 2500, 13_000) * decay(size, 0.35) * 0.7
        return placed(_size(1.7), ((0.0, rise), (0.6, bang)))

    return repeated(count, 1.5, rocket)


def sword(count: int, chance: Chance) -> Samples:
    def clash(_: int) -> Samples:
        size = _size(0.6)
        base = chance.uniform(1700, 2400)
        steel = [(base * ratio, 0.14 / ratio**0.4, 1 / ratio**0.2) for ratio in (1, 1.58, 2.24, 2.92, 4.1)]
        return rings(size, steel) + hiss(size, chance, 3000, 13_000) * decay(size, 0.02)

    return repeated(count, 0.7, clash)


def whoosh(count: int, chance: Chance) -> Samples:
    size = min(count, _size(0.9))
    low = hiss(size, chance, 250, 1500, 1.0) * swell(size, 0.55) ** 2
    high = hiss(size, chance, 2500, 9000, 1.0) * swell(size, 0.5) ** 4
    return once(count, low + 0.6 * high)


def magic(count: int, chance: Chance) -> Samples:
    scale = [1318.5 * 2 ** (step / 12) for step in (0, 2, 4, 7, 9, 12, 14, 16, 19, 24)]

    def spark(number: int) -> Samples:
        base = scale[(number * 3) % 10]
        return rings(_size(0.5), ((base, 0.15, 1), (base * 2.76, 0.08, 0.6), (base * 5.4, 0.05, 0.4)))

    return repeated(count, 0.11, spark)


def squeaky(count: int, chance: Chance) -> Samples:
    def turn(_: int) -> Samples:
        size = _size(0.28)
        pitch = sweep(2300, 2900, size) * (1 + 0.03 * slow(size, chance, -1, 1, 0.01))
        return harmonics(pitch, size, (1, 0.4, 0.3)) * swell(size, 0.4)

    return repeated(count, 0.55, turn)


def bounce(count: int, chance: Chance) -> Samples:
    times: list[float] = []
    at, gap = 0.0, 0.6
    while gap > 0.06 and len(times) < 14:
        times.append(at)
        at, gap = at + gap, gap * 0.83
    return placed(count, ((time, thump(_size(0.15), 120, 0.03, chance, 0.4) * 0.88**n) for n, time in enumerate(times)))


def rolling(count: int, chance: Chance) -> Samples:
    beat = 0.55 + 0.45 * np.sin(2 * np.pi * np.cumsum(sweep(11, 5, count)) / RATE)
    return (hiss(count, chance, 90, 900, 1.0) * beat).astype(np.float32)


def neutral(count: int, chance: Chance) -> Samples:
    """A soft rush of air that means nothing: for what no maker knows."""
    return hiss(count, chance, 300, 3500, 0.7) * swell(count, 0.4) * np.float32(0.7)
