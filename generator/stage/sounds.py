# ruff: noqa: ARG001, E501  (makers share one signature, tables read better unwrapped)
"""Ambience and sound events by their words, all synthetic.

A detector of voices must not take them for speech.  It listens from 70 Hz to 5.5 kHz: there, steady
sound stays below -52 dBFS, and louder sound lasts less than 30 ms and comes back no sooner than
after 400 ms (:func:`_tap`).  What gives a sound its character lies above and below that band.
``tests/generator/test_stage_sound.py`` runs a detector over every kind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from generator.stage.signal import RATE, Samples, band, db, fade, noise, rms
from generator.stage.words import seeded, stem_in, tokens, word_set

__all__ = ["AMBIENCES", "EVENTS", "TAP_APART", "Event", "ambience", "event", "kind_of_event", "kinds_of"]

_Maker = Callable[[int, np.random.Generator], Samples]


def _slow(count: int, chance: np.random.Generator, low: float, high: float, seconds: float) -> Samples:
    # A curve that wanders between two values, a new one every so many seconds.
    points = max(3, int(count / RATE / seconds) + 3)
    values = chance.uniform(low, high, points)
    at = np.linspace(0, points - 1.001, count)
    lower = at.astype(int)
    share = at - lower
    share = share * share * (3 - 2 * share)
    return np.asarray(values[lower] * (1 - share) + values[lower + 1] * share, np.float32)


def _pink(count: int, chance: np.random.Generator) -> Samples:
    spectrum = np.fft.rfft(noise(count, chance))
    hertz = np.fft.rfftfreq(count, 1 / RATE)
    spectrum /= np.sqrt(np.maximum(hertz, 20.0))
    out = np.fft.irfft(spectrum, count).astype(np.float32)
    return out / (rms(out) + 1e-9)


def _normal(samples: Samples) -> Samples:
    return samples / (rms(samples) + 1e-9)


# ---------------------------------------------------------------------------------------- ambience


def _wind(count: int, chance: np.random.Generator) -> Samples:
    low = _normal(band(noise(count, chance), 40, 260)) * _slow(count, chance, 0.4, 1.2, 1.5)
    high = _normal(band(noise(count, chance), 5700, 9000, slope=3)) * _slow(count, chance, 0.02, 0.1, 2.0)
    return low + high


def _rain(count: int, chance: np.random.Generator) -> Samples:
    return _normal(band(noise(count, chance), 2500, 14000, slope=1.5)) * 0.8 + 0.3 * _pink(count, chance)


def _sea(count: int, chance: np.random.Generator) -> Samples:
    swell = 0.35 + 0.65 * np.abs(np.sin(np.arange(count) / RATE * np.pi / 4.3 + chance.uniform(0, 3))) ** 2
    return (_normal(band(noise(count, chance), 60, 600, slope=1)) * swell * 0.8).astype(np.float32) + 0.25 * (
        _normal(band(noise(count, chance), 3000, 11000)) * swell
    ).astype(np.float32)


def _room(count: int, chance: np.random.Generator) -> Samples:
    return _normal(band(noise(count, chance), 30, 220, slope=1.2))


def _crowd(count: int, chance: np.random.Generator) -> Samples:
    # A murmur far off: many voices make steady noise, with no syllable to be heard.
    return _normal(band(noise(count, chance), 150, 900, slope=1.5)) + 0.15 * _pink(count, chance)


def _traffic(count: int, chance: np.random.Generator) -> Samples:
    return _normal(band(noise(count, chance), 30, 320, slope=1.3)) * _slow(count, chance, 0.7, 1.2, 2.5) + 0.1 * _pink(
        count, chance
    )


def _forest(count: int, chance: np.random.Generator) -> Samples:
    leaves = _normal(band(noise(count, chance), 5700, 10000, slope=3)) * _slow(count, chance, 0.2, 0.7, 1.2)
    return np.asarray(leaves + 0.35 * _pink(count, chance) + 0.5 * _chirps(count, chance, 5900, 8200, 1.6), np.float32)


def _night(count: int, chance: np.random.Generator) -> Samples:
    time = np.arange(count) / RATE
    pulse = (np.sin(2 * np.pi * 14 * time) > 0.2) * (np.sin(2 * np.pi * 0.9 * time) > 0)
    crickets = np.sin(2 * np.pi * 5900 * time) * np.convolve(pulse, np.ones(240) / 240, "same")
    return np.asarray(0.35 * crickets + 0.5 * _room(count, chance), np.float32)


def _hum(count: int, chance: np.random.Generator) -> Samples:
    time = np.arange(count) / RATE
    tone = sum(np.sin(2 * np.pi * hertz * time + at) / (at + 1) for at, hertz in enumerate((30, 50, 100)))
    return np.asarray(_normal(np.asarray(tone, np.float32)) * 0.7 + 0.3 * _room(count, chance), np.float32)


def _fire(count: int, chance: np.random.Generator) -> Samples:
    return _normal(band(noise(count, chance), 40, 300)) * 0.6 + 0.6 * _clicks(count, chance, 18, 5900, 12000)


def _water(count: int, chance: np.random.Generator) -> Samples:
    return (
        _normal(band(noise(count, chance), 300, 9000, slope=1)) * 0.6
        + _normal(band(noise(count, chance), 5000, 12000)) * 0.4
    )


AMBIENCES: dict[str, tuple[frozenset[str], _Maker]] = {
    "rain": (word_set("rain rainy drizzle downpour storm stormy thunderstorm"), _rain),
    "wind": (word_set("wind windy breeze breezy gust gusty howling desert mountain mountains cliff snow snowy blizzard peak sky rooftop"), _wind),
    "sea": (word_set("sea ocean wave beach shore surf coast harbor harbour pier lighthouse tide"), _sea),
    "water": (word_set("river stream waterfall brook creek fountain water lake pond"), _water),
    "fire": (word_set("fire campfire fireplace bonfire hearth"), _fire),
    "crowd": (word_set("crowd market cafe café restaurant bar party audience chatter murmur pub stadium school street-market bustle people fair station"), _crowd),
    "traffic": (word_set("traffic city street road car urban town highway downtown engine"), _traffic),
    "forest": (word_set("forest bird birds park garden jungle wood woods meadow field farm countryside tree"), _forest),
    "night": (word_set("night cricket crickets midnight"), _night),
    "hum": (word_set("machine machinery spaceship computer factory lab laboratory office hum humming train plane space workshop"), _hum),
    "room": (word_set("room house kitchen home quiet silence indoors"), _room),
}  # fmt: skip
"""Kind → words that call for it, and its maker."""


def kinds_of(*texts: str) -> tuple[str, ...]:
    """At most two kinds of ambience that the texts call for, the first text's first; ``room`` where none is."""
    found: list[str] = []
    for text in texts:
        words = set(tokens(text))
        found += [kind for kind, (wanted, _) in AMBIENCES.items() if words & wanted and kind not in found]
    return tuple(found[:2]) or ("room",)


def ambience(kinds: tuple[str, ...], count: int, seed: object) -> Samples:
    """A background of so many samples at a root mean square of about 1."""
    total = np.zeros(count, np.float32)
    for number, kind in enumerate(kinds):
        total += _normal(AMBIENCES[kind][1](count, seeded("ambience", kind, seed))) * (1.0 if number == 0 else 0.5)
    low, middle, high = _split(_normal(total))
    return low + high + middle * min(1.0, 0.3 / (rms(middle) + 1e-9))


def _split(samples: Samples) -> tuple[Samples, Samples, Samples]:
    """What lies below, in and above the band in which voices are looked for."""
    spectrum = np.fft.rfft(samples)
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE)
    low, high = hertz < 42, hertz > 5600
    parts = (low, ~(low | high), high)
    return tuple(np.fft.irfft(spectrum * part, len(samples)).astype(np.float32) for part in parts)  # type: ignore[return-value]


# ---------------------------------------------------------------------------------------- events

_HISS = (5700.0, 13000.0)


def _decay(count: int, seconds: float) -> Samples:
    return np.exp(-np.arange(count) / (seconds * RATE)).astype(np.float32)


def _hiss(count: int, chance: np.random.Generator, low: float = _HISS[0], high: float = _HISS[1]) -> Samples:
    return _normal(band(noise(count, chance), low, high, slope=12))


def _throb(count: int, chance: np.random.Generator, rate: float, depth: float = 1.0) -> Samples:
    # Hiss that beats: at 25 times a second it purrs.
    time = np.arange(count) / RATE
    beat = 1 - depth * (0.5 + 0.5 * np.cos(2 * np.pi * rate * time))
    return (_hiss(count, chance) * beat**2).astype(np.float32)


def _tap(chance: np.random.Generator, hertz: float) -> Samples:
    """A knock of 24 ms, too short for a voice."""
    size = int(0.024 * RATE)
    time = np.arange(size) / RATE
    tone = np.sin(2 * np.pi * hertz * time) + 0.3 * noise(size, chance)
    return fade((tone * _decay(size, 0.006)).astype(np.float32), 0.001, 0.006) * 0.35


def _clicks(count: int, chance: np.random.Generator, rate: float, low: float, high: float) -> Samples:
    out = np.zeros(count, np.float32)
    for _ in range(max(1, int(rate * count / RATE))):
        at, size = int(chance.integers(count)), int(0.006 * RATE)
        piece = noise(size, chance) * _decay(size, 0.0015) * chance.uniform(0.3, 1.0)
        out[at : at + size] += piece[: count - at]
    return _normal(band(out, low, high, slope=8))


def _chirps(count: int, chance: np.random.Generator, low: float, high: float, rate: float) -> Samples:
    out = np.zeros(count, np.float32)
    for _ in range(max(1, int(rate * count / RATE))):
        length = min(count, int(chance.uniform(0.04, 0.09) * RATE))
        at = int(chance.integers(max(1, count - length)))
        pitch = np.linspace(chance.uniform(low, high), chance.uniform(low, high), length)
        tone = np.sin(2 * np.pi * np.cumsum(pitch) / RATE) * np.sin(np.linspace(0, np.pi, length)) ** 2
        out[at : at + length] += (tone * chance.uniform(0.4, 1)).astype(np.float32)[: count - at]
    return out


def _repeat(count: int, every: float, piece: Callable[[int], Samples]) -> Samples:
    # One piece after another, evenly.
    out = np.zeros(count, np.float32)
    for number, start in enumerate(range(0, count, int(every * RATE))):
        sound = piece(number)[: count - start]
        out[start : start + len(sound)] += sound
    return out


def _tones(count: int, hertz: tuple[float, ...], fall: float) -> Samples:
    time = np.arange(count) / RATE
    tone = sum(np.sin(2 * np.pi * pitch * time) * np.exp(-time * fall * (1 + at / 2)) for at, pitch in enumerate(hertz))
    return np.asarray(tone, np.float32)


def _times(count: int, every: float, hertz: float) -> tuple[tuple[int, float], ...]:
    # A tap every so many seconds.
    return tuple((start, hertz) for start in range(0, count, int(every * RATE)))


@dataclass(frozen=True, slots=True)
class _Parts:
    """An event by its parts: hiss (set to the event's level), rumble below 42 Hz, and taps: when, at what pitch."""

    hiss: Samples
    rumble: Samples | None = None
    taps: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A sound event: its steady part, and knocks at samples from its start; see :data:`TAP_APART`."""

    samples: Samples
    taps: tuple[tuple[int, Samples], ...]


TAP_APART = int(0.41 * RATE)
"""Knocks of all events together must lie at least so many samples apart, or they are heard as a voice."""


def _steps(count: int, chance: np.random.Generator) -> _Parts:
    scuff = int(0.05 * RATE)
    hiss = _repeat(count, 0.48, lambda _: _hiss(scuff, chance) * _decay(scuff, 0.012))
    return _Parts(hiss * 0.4, taps=_times(count, 0.48, 150.0))


def _knock(count: int, chance: np.random.Generator) -> _Parts:
    scuff = int(0.03 * RATE)
    return _Parts(
        _repeat(count, 0.42, lambda number: _hiss(scuff, chance) * _decay(scuff, 0.006) * (number < 4)) * 0.5,
        taps=_times(count, 0.42, 320.0)[:4],
    )


def _door(count: int, chance: np.random.Generator) -> _Parts:
    return _Parts(
        _hiss(count, chance) * _decay(count, 0.04) * 0.5,
        _rumble(count, chance) * _decay(count, 0.15),
        ((0, 110.0),),
    )


def _rumble(count: int, chance: np.random.Generator) -> Samples:
    time = np.arange(count) / RATE
    return (np.sin(2 * np.pi * 36 * time + chance.uniform(0, 6)) + 0.6 * np.sin(2 * np.pi * 29 * time)).astype(
        np.float32
    )


def _bell(count: int, chance: np.random.Generator) -> _Parts:
    size = int(1.6 * RATE)
    return _Parts(
        _repeat(count, 1.1, lambda _: _tones(size, (5750, 6900, 9100), 4.0)),
        taps=_times(count, 1.1, 2300.0),
    )


def _ring(count: int, chance: np.random.Generator) -> _Parts:
    time = np.arange(count) / RATE
    gate = ((time % 1.5) < 0.9) * (np.sin(2 * np.pi * 20 * time) > 0)
    smooth = np.convolve(gate, np.ones(480) / 480, "same")
    return _Parts(((np.sin(2 * np.pi * 5900 * time) + np.sin(2 * np.pi * 7300 * time)) * smooth).astype(np.float32))


def _thunder(count: int, chance: np.random.Generator) -> _Parts:
    crack = _hiss(count, chance) * _slow(count, chance, 0.1, 1.0, 0.12) * _decay(count, 0.5)
    return _Parts(crack, _rumble(count, chance) * _slow(count, chance, 0.3, 1.0, 0.25) * _decay(count, 1.4))


def _birds(count: int, chance: np.random.Generator) -> _Parts:
    return _Parts(_chirps(count, chance, 5800, 8600, 5.0))


def _whoosh(count: int, chance: np.random.Generator) -> _Parts:
    return _Parts((_hiss(count, chance) * np.sin(np.linspace(0, np.pi, count)) ** 2).astype(np.float32))


def _splash(count: int, chance: np.random.Generator) -> _Parts:
    return _Parts(_hiss(count, chance) * _decay(count, 0.35))


def _crash(count: int, chance: np.random.Generator) -> _Parts:
    shards = _clicks(count, chance, 50, 6500, 15000) * _decay(count, 0.4)
    return _Parts(_hiss(count, chance) * _decay(count, 0.18) + 0.5 * shards, taps=((0, 240.0),))


def _engine(count: int, chance: np.random.Generator) -> _Parts:
    return _Parts(_throb(count, chance, 27.0, 0.8), _rumble(count, chance))


def _horn(count: int, chance: np.random.Generator) -> _Parts:
    time = np.arange(count) / RATE
    beat = 0.7 + 0.3 * np.sin(2 * np.pi * 31 * time)
    return _Parts((_tones(count, (5700, 6650), 0.0) * beat).astype(np.float32), _rumble(count, chance))


def _clapping(count: int, chance: np.random.Generator) -> _Parts:
    return _Parts(_clicks(count, chance, 60, 5900, 12000))


def _crackle(count: int, chance: np.random.Generator) -> _Parts:
    return _Parts(_clicks(count, chance, 25, 5900, 12000) + 0.15 * _hiss(count, chance), _rumble(count, chance) * 0.4)


def _ticking(count: int, chance: np.random.Generator) -> _Parts:
    return _Parts(
        _repeat(count, 0.5, lambda _: _hiss(720, chance) * _decay(720, 0.003)),
        taps=_times(count, 0.5, 2600.0),
    )


def _beep(count: int, chance: np.random.Generator) -> _Parts:
    return _Parts(_repeat(count, 0.6, lambda _: fade(_tones(int(0.14 * RATE), (6000,), 0.0))))


def _music(count: int, chance: np.random.Generator) -> _Parts:
    # A music box high up: voices end where it begins.
    scale = [5920 * 2 ** (step / 12) for step in (0, 2, 4, 7, 9)]
    size = int(0.5 * RATE)
    return _Parts(_repeat(count, 0.3, lambda _: _tones(size, (scale[int(chance.integers(5))],), 9.0)))


def _rustle(count: int, chance: np.random.Generator) -> _Parts:
    return _Parts(_hiss(count, chance) * _slow(count, chance, 0.0, 1.0, 0.12))


def _growl(count: int, chance: np.random.Generator) -> _Parts:
    return _Parts(_throb(count, chance, 33.0) * _slow(count, chance, 0.5, 1.0, 0.2), _rumble(count, chance))


_EventMaker = Callable[[int, np.random.Generator], _Parts]

EVENTS: dict[str, tuple[frozenset[str], _EventMaker]] = {
    "thunder": (word_set("thunder rumble lightning boom explosion explode cannon earthquake avalanche"), _thunder),
    "steps": (word_set("footstep footsteps step walk run boot hoof gallop march stomp pace"), _steps),
    "knock": (word_set("knock tap hammer rap pound chop"), _knock),
    "door": (word_set("door slam shut close gate creak thud lid drop fall land hit bump bang"), _door),
    "bell": (word_set("bell chime ding doorbell jingle gong clang clink chink"), _bell),
    "ring": (word_set("phone telephone ring alarm siren ringtone"), _ring),
    "birds": (word_set("bird birds chirp tweet birdsong gull seagull squeak whistle crow owl rooster"), _birds),
    "crash": (word_set("crash smash shatter break glass crack snap"), _crash),
    "splash": (word_set("splash water pour drip drink wave dive rain bubble spray sizzle"), _splash),
    "ticking": (word_set("tick ticking clock watch metronome"), _ticking),
    "engine": (word_set("engine motor car truck motorcycle drive train rocket plane helicopter rev vroom"), _engine),
    "horn": (word_set("horn honk foghorn trumpet toot"), _horn),
    "fire": (word_set("fire crackle flame burn campfire"), _crackle),
    "clapping": (word_set("clap applause applaud cheer crowd typing type keyboard click camera shutter"), _clapping),
    "beep": (word_set("beep computer machine robot button switch"), _beep),
    "music": (word_set("music melody song piano violin guitar tune flute orchestra band music-box sing"), _music),
    "growl": (word_set("growl roar snarl bark howl moo purr groan snore"), _growl),
    "rustle": (word_set("rustle paper leaf leaves cloth grass page scratch sniff shuffle crinkle write brush"), _rustle),
    "whoosh": (word_set("whoosh swoosh wind gust breath sigh fly swing throw flap sweep"), _whoosh),
}  # fmt: skip
"""Kind → words that call for it, and its maker."""


def kind_of_event(text: str) -> str:
    """The kind of sound that a text speaks of; unknown ones rustle."""
    for word in tokens(text):
        for name, (wanted, _) in EVENTS.items():
            if word in wanted or stem_in(word, wanted):
                return name
    return "rustle"


def event(text: str, count: int, seed: object, level_db: float) -> Event:
    """The sound of an event of so many samples at about ``level_db`` dBFS."""
    chance = seeded("event", text, seed)
    parts = EVENTS[kind_of_event(text)][1](count, chance)
    edge = min(0.08, count / RATE / 4)
    _, _, hiss = _split(parts.hiss)
    # Short sounds may be louder than long ones before they get in the way.
    loud = max(rms(hiss), 0.25 * float(np.abs(hiss).max(initial=0.0)), 1e-6)
    total = fade(hiss, 0.004, edge) * (db(level_db) / loud)
    if parts.rumble is not None:
        rumble = fade(parts.rumble, 0.05, max(0.05, edge))
        total += rumble * (db(-36.0) / max(rms(rumble), 0.5 * float(np.abs(rumble).max(initial=0.0)), 1e-6))
    return Event(total.astype(np.float32), tuple((at, _tap(chance, hertz)) for at, hertz in parts.taps))
