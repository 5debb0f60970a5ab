"""Lines as sound: each said in its role's voice, exactly in its interval.

line ──▶ engine (espeak-ng, or a babble of vowels where it is missing) ──▶ fit ──┐
recording ──▶ read ──▶ trim ──▶ as it is, or gently faster where it is too long ─┴─▶ placed, levelled
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from generator.stage import babble, espeak
from generator.stage.casting import Delivery, Voice, delivered, delivery_of, voice_of
from generator.stage.paths import inside
from generator.stage.reference_voice import ReferenceVoice, reference_voice
from generator.stage.signal import RATE, Samples, band, db, even, fade, fit, limit, loudness, rms, tilt, trim
from generator.stage.words import seeded
from mavin.caption import DialogueLine, HierarchicalCaption
from mavin.errors import UsageError
from mavin.frames import sample_of
from mavin.media import read_recording

__all__ = ["SPEECH_LUFS", "Spoken", "speak"]

SPEECH_LUFS = -16.0
"""Loudness of every line that is neither whispered nor shouted."""

# The sound keeps clear of the interval's ends: codecs smear, and speech detectors hang on after a voice: some 40 ms
# when it dies away, 80 ms when it stops in the middle of a vowel.
_LEAD, _TAIL, _LONG_TAIL = 0.008, 0.04, 0.075
_FASTER = 1.6
"""How much faster a recording may be played."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line as sound.

    Attributes:
        line: the line.
        start: sample of the clip at which its interval begins.
        samples: of exactly the interval's length.
        heard: the part of ``samples`` that is not silence.
        note: what is worth telling.
    """

    line: DialogueLine
    start: int
    samples: Samples
    heard: slice
    note: str = ""

    @property
    def heard_ms(self) -> tuple[int, int]:
        """When the voice is heard, in milliseconds of the clip."""
        start, stop = (round((self.start + at) * 1000 / RATE) for at in (self.heard.start, self.heard.stop))
        return start, stop


def speak(caption: HierarchicalCaption, line: DialogueLine, folder: Path | None) -> Spoken:
    """The sound of one line within its interval.

    ``folder`` is the film's folder, against which recordings and reference voices are looked up.

    Raises:
        UsageError: if a recording or reference voice is missing, damaged or outside the film's folder.
    """
    start, end = (sample_of(time, RATE) for time in (line.start_ms, line.end_ms))
    delivery = delivery_of(line.delivery, line.text)
    lead = int(min(_LEAD * RATE, 0.05 * (end - start)))

    def room(tail: float) -> int:
        return max(1, end - start - lead - int(min(tail * RATE, 0.2 * (end - start))))

    if line.recording:
        raw, note = _recorded(line, folder, room(_TAIL))
        delivery = Delivery(gain_db=delivery.gain_db)
    else:
        raw, note = _synthetic(caption, line, delivery, folder, room)
    body = np.zeros(end - start, np.float32)
    body[lead : lead + len(raw)] = fade(raw, 0.004, 0.012)
    heard = slice(lead, lead + len(raw))
    return Spoken(line, start, _levelled(body, heard, line, delivery), heard, note)


def _synthetic(
    caption: HierarchicalCaption,
    line: DialogueLine,
    delivery: Delivery,
    folder: Path | None,
    room: Callable[[float], int],
) -> tuple[Samples, str]:
    shot = caption.shot_at(line.start_ms)
    role = caption.role_in_shot(line.role, shot)
    number = [other.id for other in caption.roles].index(line.role)
    context = " ".join(shot.action for shot in caption.shots)
    model, note = _model(role.reference.audio, role.name, folder)
    voice = delivered(voice_of(role, number, context, model.pitch_hz if model else None), delivery)
    samples: Samples | None = None
    if any(char.isalnum() for char in line.text):
        manner = espeak.Manner(voice.variant, voice.pitch_hz, voice.spread, voice.size, voice.pace)
        samples = espeak.synthesise(line.text, line.language, manner, room(_TAIL) / RATE)
    if samples is None or not len(samples) or rms(samples) < 1e-4:
        note = note or _no_voice(line)
        samples = _babbled(line, voice, room(_LONG_TAIL) / RATE)
    samples = tilt(model.coloured(samples) if model else samples, voice.tilt_db)
    # A voice that stops in the middle of a loud vowel is heard on for longer.
    count = room(_LONG_TAIL if _ends_loud(samples) else _TAIL)
    samples = even(samples)
    if len(samples) > count or len(samples) > 0.9 * count:
        samples = fit(samples, count)
    return samples, note


def _babbled(line: DialogueLine, voice: Voice, seconds: float) -> Samples:
    return trim(babble.synthesise(line.text, voice, seconds, seeded("babble", line.text)))


def _no_voice(line: DialogueLine) -> str:
    if not any(char.isalnum() for char in line.text):
        return f"{line.id}: {line.text!r} holds nothing that can be spoken; a short sound stands for it"
    if espeak.available():
        return f"no voice speaks the language {line.language}: its lines are babble of the right length"
    return "espeak-ng is not installed, so voices babble; pip install 'mavin[speech]' makes them speak"


def _model(audio: str | None, name: str, folder: Path | None) -> tuple[ReferenceVoice | None, str]:
    if not audio:
        return None, ""
    if folder is None:
        return (
            None,
            f"the reference voice of {name} lies in a film's folder; render the film to have it shape the voice",
        )
    model = reference_voice(inside(folder, audio, f"the reference voice of {name}"))
    if model is None:
        return (
            None,
            f"the reference voice of {name} holds no voiced sound whose pitch could be measured; its words decide",
        )
    return model, ""


def _ends_loud(samples: Samples) -> bool:
    end = band(samples[-int(0.05 * RATE) :], 80, 4000)
    return rms(end) > 0.35 * rms(samples)


def _recorded(line: DialogueLine, folder: Path | None, room: int) -> tuple[Samples, str]:
    path = inside(folder, line.recording or "", f"the recording of {line.id}")
    found = read_recording(path, RATE)
    read = found.samples
    # What shakes the needle without being heard would only cost level.
    samples = trim(band(read - np.float32(read.mean()), 40, 23_000), floor_db=-45.0)
    flaw = f"{line.id}: the recording {path.name} {found.flaw}; what it holds is played. Record or export it again"
    if not len(samples) or rms(samples) < 3e-5:
        raise UsageError(f"The recording of {line.id} must be audible, got only silence in {path}. Record it again.")
    if len(samples) <= room:
        return samples, flaw if found.flaw else ""
    ratio, seconds = len(samples) / room, len(samples) / RATE
    told = f"{flaw}. It" if found.flaw else f"{line.id}: the recording ({seconds:.2f} s)"
    if ratio <= _FASTER:
        return fit(samples, room), f"{told} is played {ratio:.2f} times faster to fit its interval"
    faster = fit(samples, int(len(samples) / _FASTER))[:room]
    return fade(faster, 0.0, 0.05), f"{told} is too long for its interval: played faster, its end is cut"


def _levelled(samples: Samples, heard: slice, line: DialogueLine, delivery: Delivery) -> Samples:
    level = loudness(samples[heard])
    if level <= -69:
        return samples
    goal = SPEECH_LUFS + delivery.gain_db - (0.0 if line.on_screen else 1.5)
    return limit(samples * db(goal - level), 0.85)
