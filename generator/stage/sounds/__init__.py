"""Ambience and sound events by their words, all synthetic.

    words ─▶ catalogue ─▶ maker (weather, animals, people, objects, machines, instruments) ─▶ level

What sounds like a voice to a detector is held down where all sounds come together
(:mod:`generator.stage.guard`), so that the makers can be true to nature.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generator.stage.signal import RATE, Samples, band, db, fade, limit, loudness
from generator.stage.sounds.catalogue import KINDS, NEUTRAL, SUSTAINED, kind_of, kinds_of_place, kinds_told
from generator.stage.sounds.tools import normal, pink
from generator.stage.sounds.vocabulary import QUIET, SILENT
from generator.stage.words import seeded, tokens, word_set

__all__ = ["KINDS", "NEUTRAL", "SUSTAINED", "Event", "Scene", "ambience", "event", "kind_of", "scene_of"]

_FAR = word_set(
    "distant far faint faintly muffled faraway afar distance remote fern ferne entfernt lointain lointaine loin lejano lejana "
    "lejos lontano lontana distante longe далёкий далекий далеко вдали 远处 遠く 遠くで 멀리"
)
_LOUD = word_set("loud loudly deafening huge massive thunderous laut fort fuerte forte громкий громко ohrenbetäubend")
_SOFT = word_set("soft softly gentle gently quiet quietly low light small leise doux suave piano тихий тихо")


@dataclass(frozen=True, slots=True)
class Scene:
    """What is heard all through a shot: kinds of background, and how loud against the usual in dB."""

    kinds: tuple[str, ...]
    gain_db: float


@dataclass(frozen=True, slots=True)
class Event:
    """A sound event: its kind and its samples."""

    kind: str
    samples: Samples


def scene_of(setting: str, ambience_text: str, language: str = "en") -> Scene:
    """The background of a shot: what the ambience names, then what the setting sounds like, at most two kinds."""
    words = {*tokens(ambience_text)} | {word for word in QUIET | SILENT if not word.isascii() and word in ambience_text}
    told = [kind for kind in kinds_told(ambience_text, language) if kind in SUSTAINED]
    here = [kind for kind in kinds_told(setting, language) if kind in SUSTAINED and kind not in ("clock", "engine")]
    kinds = tuple(dict.fromkeys([*told, *here, *kinds_of_place(setting)]))[:2]
    if words & SILENT and not told:
        return Scene((), -200.0)
    return Scene(kinds, -6.0 if words & QUIET else 0.0)


def ambience(kinds: tuple[str, ...], count: int, seed: object) -> Samples:
    """A background of so many samples at a loudness of 0 LUFS; a still room where no kind is given."""
    total = (
        0.25 * normal(band(pink(count, seeded("room", seed), 0.8), 40, 2500, slope=1)) if not kinds else np.zeros(count)
    )
    for number, kind in enumerate(kinds):
        total = total + normal(KINDS[kind](count, seeded("ambience", kind, seed))) * (1.0 if number == 0 else 0.5)
    samples = np.asarray(total, np.float32)
    return samples * db(-loudness(samples))


def event(text: str, count: int, seed: object, lufs: float, language: str = "en") -> Event:
    """The sound of an event of so many samples, its loudest moments at about ``lufs``.

    Args:
        text: what is heard; ``distant`` and such words dull it and turn it down.
        count: length in samples.
        seed: of its chance.
        lufs: loudness of the loudest 0.4 s.
        language: of the text.
    """
    kind = kind_of(text, language)
    samples = KINDS[kind](count, seeded("event", text, seed))
    words = set(tokens(text))
    far = bool(words & _FAR) or any(word in text for word in _FAR if not word.isascii())
    if far:
        samples = band(samples, 0, 1800, slope=1)
    level = lufs + (-7 if far else 3 if words & _LOUD else -4 if words & _SOFT else -6 if kind == NEUTRAL else 0)
    samples = fade(np.asarray(samples, np.float32), 0.002, min(0.08, count / RATE / 4))
    return Event(kind, limit(samples * db(level - _loudest(samples)), 0.5))


def _loudest(samples: Samples) -> float:
    # Momentary loudness: the loudest 0.4 s; short sounds count as if they lasted 0.1 s at least.
    block = int(0.4 * RATE)
    padded = np.pad(samples, (0, max(0, block - len(samples))))
    return max(loudness(padded[at : at + block]) for at in range(0, len(padded) - block + 1, block // 2))
