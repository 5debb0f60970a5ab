"""Which voice a role has: sex, age and register from its words or a reference, the rest from its place in the cast."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from generator.stage.cast import is_female_role
from generator.stage.voice_words import says
from generator.stage.words import seeded
from mavin.caption import Role

__all__ = ["Delivery", "Voice", "delivered", "delivery_of", "voice_of"]

_FEMALE = ("f3", "f2", "f1", "f5", "f4", "Annie")
_MALE = ("m3", "m7", "m1", "m2", "m6", "m4")
# Neighbours in the cast lie at least a tone apart.
_STEPS = (1.0, 1.14, 0.88, 1.07, 0.94, 1.21)
_SIZES = (1.0, 0.96, 1.05, 1.02, 0.97, 0.94)


@dataclass(frozen=True, slots=True)
class Voice:
    """How a role sounds.

    Attributes:
        pitch_hz: median pitch.
        spread: how much the pitch moves, 0 to 100; 50 is usual.
        variant: espeak-ng's timbre, such as ``f3``.
        size: length of the throat against that timbre's own: above 1 the resonances are lower.
        throat: length of the throat against a grown man's, for the babble.
        pace: natural speed against the usual one.
        breath: share of breath in the babble.
        tilt_db: how much brighter (above 0) or duller the voice is, at 4 kHz.
    """

    pitch_hz: float
    spread: int
    variant: str
    size: float
    throat: float
    pace: float = 1.0
    breath: float = 0.01
    tilt_db: float = 0.0


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a line is said against the role's own voice: factors of pitch and pace, decibels, whispered or not."""

    pitch: float = 1.0
    pace: float = 1.0
    spread: int = 0
    gain_db: float = 0.0
    tilt_db: float = 0.0
    whispered: bool = False


def voice_of(role: Role, number: int, context: str = "", reference_hz: float | None = None) -> Voice:
    """The voice of a role.

    Args:
        role: as it is in the shot, so that a shot may override its voice.
        number: its place in the cast.
        context: the actions of the clip, read for pronouns.
        reference_hz: median pitch of its reference voice.
    """
    told, whole = role.voice, f"{role.name}. {role.appearance}. {role.voice}"
    chance = seeded("voice", role.name.casefold())
    female = _is_female(role, context)
    child = says(told, "child") or (says(f"{role.name}. {role.appearance}", "child") and not says(told, "old"))
    old = says(whole, "old") and not child and not says(told, "young")
    pitch = (200.0 if female else 112.0) * _STEPS[number % 6] * float(chance.uniform(0.97, 1.03))
    size = _SIZES[number % 6] * float(chance.uniform(0.985, 1.015))
    throat = (0.86 if female else 1.0) * size
    if child:
        pitch, size, throat = 265.0 * _STEPS[number % 6] ** 0.7, size * (0.9 if female else 0.78), throat * 0.8
    low, high = says(told, "low"), says(told, "high")
    if low != high:
        pitch *= 0.8 if low else 1.2
        size *= 1.06 if low else 0.95
        throat *= 1.06 if low else 0.95
    family = _FEMALE if female or child else _MALE
    voice = Voice(
        pitch * (0.94 if old and not female else 1.0),
        36 if old else 50,
        family[number % 6],
        size,
        throat,
        (0.88 if old else 1.0) * (1.2 if says(told, "fast") else 0.82 if says(told, "slow") else 1.0),
        0.05 if says(told, "breathy") else 0.04 if old else 0.01,
    )
    voice = _coloured(voice, told, female)
    stated = re.search(r"(\d{2,3})\s*(?:hz|hertz)\b", told, re.IGNORECASE)
    exact = reference_hz or (float(stated[1]) if stated else None)
    if exact is not None:
        voice = _at_pitch(voice, exact, number)
    return replace(voice, pitch_hz=min(420.0, max(68.0, voice.pitch_hz)))


def _is_female(role: Role, context: str) -> bool:
    for text in (role.voice, role.name, role.appearance):
        female, male = says(text, "female"), says(text, "male")
        if female != male:
            return female
    return is_female_role(role, context)


def _coloured(voice: Voice, told: str, female: bool) -> Voice:
    if says(told, "robot"):
        voice = replace(voice, variant="UniRobot", spread=5)
    elif says(told, "creature"):
        voice = replace(voice, variant="Demonic", pitch_hz=voice.pitch_hz * 0.7, size=voice.size * 1.12, throat=1.25)
    elif says(told, "rough"):
        voice = replace(voice, variant="grandma" if female else "croak", breath=0.08)
    elif says(told, "breathy"):
        voice = replace(voice, variant="f5" if female else "steph3", tilt_db=-3.0)
    elif says(told, "nasal"):
        voice = replace(voice, variant="linda" if female else "Mr serious", tilt_db=2.0)
    if says(told, "flat"):
        voice = replace(voice, spread=12)
    elif says(told, "lively"):
        voice = replace(voice, spread=78, pace=voice.pace * 1.06)
    return voice


def _at_pitch(voice: Voice, hertz: float, number: int) -> Voice:
    family = _FEMALE if hertz > 155 else _MALE
    known = voice.variant in (*_FEMALE, *_MALE)
    variant = voice.variant if not known or voice.variant in family else family[number % 6]
    throat = 1.0 if hertz < 140 else 0.86 if hertz < 240 else 0.74
    return replace(voice, pitch_hz=hertz, variant=variant, throat=throat)


def delivery_of(text: str, line: str) -> Delivery:
    """How a line is said: by the words of its delivery, and by a line all in capitals."""
    if says(text, "whisper"):
        return Delivery(pace=0.92, gain_db=-5.0, whispered=True)
    shouted = says(text, "shout") or (line.isupper() and sum(char.isalpha() for char in line) > 6)
    if shouted:
        return Delivery(pitch=1.28, spread=20, gain_db=2.5, tilt_db=5.0, pace=1.0)
    pitch, pace, spread, gain, tilt = 1.0, 1.0, 0, 0.0, 0.0
    if says(text, "soft"):
        gain, tilt = -3.0, -3.0
    if says(text, "sad"):
        pitch, pace, spread, gain = pitch * 0.93, pace * 0.86, -20, gain - 1.5
    if says(text, "angry"):
        pitch, pace, spread, tilt, gain = pitch * 1.08, pace * 1.06, 10, 3.0, 1.5
    if says(text, "scared"):
        pitch, pace = pitch * 1.15, pace * 1.08
    if says(text, "lively"):
        pitch, pace, spread = pitch * 1.1, pace * 1.06, spread + 22
    if says(text, "flat"):
        spread = -35
    pace *= 1.2 if says(text, "fast") else 0.8 if says(text, "slow") else 1.0
    return Delivery(pitch, pace, spread, gain, tilt)


def delivered(voice: Voice, delivery: Delivery) -> Voice:
    """A voice as it says a line."""
    variant = voice.variant
    if delivery.whispered:
        variant = "whisperf" if voice.pitch_hz > 155 else "whisper"
    return replace(
        voice,
        pitch_hz=min(450.0, max(65.0, voice.pitch_hz * delivery.pitch)),
        spread=max(0, min(99, voice.spread + delivery.spread)),
        pace=voice.pace * delivery.pace,
        variant=variant,
        tilt_db=voice.tilt_db + delivery.tilt_db,
        breath=1.0 if delivery.whispered else voice.breath,
    )
