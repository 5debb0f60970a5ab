"""Voices: one per role, fitted exactly into each line's interval.

line ──▶ engine (espeak-ng, or a babble of vowels where it is missing) ──▶ trim ──▶ fit to the interval
recording ──▶ read ──▶ trim ──▶ as it is, or gently faster where it is too long
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from generator.stage import babble, espeak
from generator.stage.cast import is_female_role
from generator.stage.paths import inside
from generator.stage.signal import RATE, Samples, db, fade, fit, limit, loudness, rms, trim
from generator.stage.words import has_word, seeded, tokens, word_set
from mavin.caption import DialogueLine, HierarchicalCaption, Role
from mavin.errors import UsageError
from mavin.frames import sample_of
from mavin.media import read_audio

__all__ = ["SPEECH_LUFS", "Spoken", "Voice", "speak", "voice_of"]

SPEECH_LUFS = -16.0
"""Loudness of every line."""

_CHILD = word_set("child kid boy girl young toddler squeaky tiny little mouse childlike")
_OLD = word_set("old elderly aged raspy gravelly hoarse grandmother grandfather ancient")
_LOW = word_set("low deep bass baritone gravelly booming husky rumbling bear giant gruff dark")
_HIGH = word_set("high bright squeaky shrill tenor soprano light thin piping falsetto")
_SOFT = word_set("whisper whispers whispering softly quietly hushed murmurs")
_LOUD = word_set("shout shouts shouting yells yelling screams loudly roars")
# The sound keeps clear of the interval's ends: codecs smear, and speech detectors hang on for some 60 ms.
_LEAD, _TAIL = 0.012, 0.06


@dataclass(frozen=True, slots=True)
class Voice:
    """How a role sounds.

    Attributes:
        pitch: of the voice, 0 (low) to 100 (high).
        spread: how much the pitch moves, 0 to 100.
        variant: espeak-ng's timbre, such as ``f3``.
        size: length of the speaker's throat against a grown man's, for the babble.
    """

    pitch: int
    spread: int
    variant: str
    size: float


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line as sound: ``samples`` of exactly the interval's length, and what is worth telling."""

    line: DialogueLine
    start: int
    samples: Samples
    note: str = ""


def voice_of(role: Role, number: int, context: str = "") -> Voice:
    """The voice of a role: sex, age and register from its descriptor, the rest from its name and place in the cast."""
    text = f"{role.name}. {role.appearance}. {role.voice}"
    chance = seeded("voice", role.name.casefold())
    female = is_female_role(role, context)
    child, old = has_word(text, _CHILD), has_word(text, _OLD)
    pitch = (58 if female else 34) + int(chance.integers(-9, 10)) + (number % 3 - 1) * 5
    pitch += (22 if child else 0) - (6 if old else 0)
    pitch += 16 * has_word(role.voice, _HIGH) - 18 * has_word(f"{role.voice} {role.name}", _LOW)
    family = ("f1", "f2", "f3", "f4", "f5") if female else ("m1", "m2", "m3", "m4", "m6", "m7")
    variant = family[(number + int(chance.integers(len(family)))) % len(family)]
    size = (0.86 if female else 1.0) * (0.82 if child else 1.0) + float(chance.uniform(-0.03, 0.03))
    return Voice(max(5, min(95, pitch)), 35 if old else 50, variant, size)


def speak(caption: HierarchicalCaption, line: DialogueLine, folder: Path | None) -> Spoken:
    """The sound of one line, filling its interval exactly.

    ``folder`` is the film's folder, against which a line's recording is looked up.

    Raises:
        UsageError: if a recording is missing, damaged or outside the film's folder.
    """
    start, end = (sample_of(time, RATE) for time in (line.start_ms, line.end_ms))
    lead, tail = (int(min(margin * RATE, share * (end - start))) for margin, share in ((_LEAD, 0.05), (_TAIL, 0.28)))
    room = max(1, end - start - lead - tail)
    note = ""
    if line.recording:
        raw, note = _recorded(line, folder, room)
    else:
        raw, note = _synthetic(caption, line, room)
        if len(raw) > room:
            raw = fit(raw, room)
        elif len(raw) < room:
            raw = _filled(raw, room)
    body = np.zeros(end - start, np.float32)
    body[lead : lead + len(raw)] = fade(raw, 0.006, 0.012)
    return Spoken(line, start, _levelled(body, line), note)


def _synthetic(caption: HierarchicalCaption, line: DialogueLine, room: int) -> tuple[Samples, str]:
    shot = caption.shot_at(line.start_ms)
    role = caption.role_in_shot(line.role, shot)
    number = [other.id for other in caption.roles].index(line.role)
    context = " ".join(shot.action for shot in caption.shots)
    voice = voice_of(role, number, context)
    if any(char.isalnum() for char in line.text):
        samples = espeak.synthesise(line.text, line.language, voice.variant, voice.pitch, voice.spread, room / RATE)
        if samples is not None and len(samples) and rms(samples) > 1e-4:
            return trim(samples), ""
    note = (
        f"no voice speaks the language {line.language}: its lines are babble of the right length"
        if espeak.available()
        else "espeak-ng is not installed, so voices babble; pip install 'mavin[speech]' makes them speak"
    )
    return trim(babble.synthesise(line.text, voice.pitch, voice.size, room / RATE, seeded("babble", line.text))), note


def _filled(raw: Samples, room: int) -> Samples:
    # Slow speech is stretched; beyond thrice its length words would smear, and a pause is left at the end.
    longest = int(len(raw) * 3.2)
    return fit(raw, min(room, longest)) if len(raw) else raw


def _recorded(line: DialogueLine, folder: Path | None, room: int) -> tuple[Samples, str]:
    path = inside(folder, line.recording or "", f"the recording of {line.id}")
    samples = trim(read_audio(path, RATE), floor_db=-45.0)
    if not len(samples):
        raise UsageError(f"The recording of {line.id} must be audible, got only silence in {path}. Record it again.")
    if len(samples) <= room:
        return samples, ""
    ratio = len(samples) / room
    seconds = len(samples) / RATE
    if ratio <= 1.6:
        return fit(
            samples, room
        ), f"{line.id}: the recording ({seconds:.2f} s) is played {ratio:.2f} times faster to fit its interval"
    faster = fit(samples, int(len(samples) / 1.6))[:room]
    return (
        faster,
        f"{line.id}: the recording ({seconds:.2f} s) is too long for its interval: played faster, its end is cut",
    )


def _levelled(samples: Samples, line: DialogueLine) -> Samples:
    level = loudness(samples)
    if level <= -69:
        return samples
    goal = SPEECH_LUFS
    if has_word(line.delivery, _SOFT):
        goal -= 4.0
    elif has_word(line.delivery, _LOUD) or (line.text.isupper() and len(tokens(line.text)) > 1):
        goal += 2.0
    if not line.on_screen:
        goal -= 1.5
    return limit(samples * db(goal - level))
