"""The sound of a film: voices exactly in their intervals; ambience, music and sound events far below them.

dialogue ─▶ voices ──────────────────────────┐ level −16 LUFS
settings ─▶ ambience ─┐                      │
style ────▶ music ────┼─▶ ducked ─▶ guarded ─┼─▶ limiter ─▶ samples
sounds ───▶ events ───┘   under     no       │
                          speech    voices   └─▶ mouths, frame by frame
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from generator.stage import sounds
from generator.stage.guard import guarded
from generator.stage.lips import mouths
from generator.stage.music import mood_of, music
from generator.stage.signal import RATE, Samples, db, fade, limit, loudness, rms, smoothed
from generator.stage.voices import SPEECH_LUFS, Spoken, speak
from mavin.caption import HierarchicalCaption
from mavin.frames import FPS, frame_of, sample_of

__all__ = ["Soundtrack", "Stems", "build_soundtrack"]

_AMBIENCE_LUFS = SPEECH_LUFS - 22.0
_LIFT_DB = 20.0
_STILL_LUFS = -47.0  # below this nothing is meant to be heard but a still room
_ROOM_LUFS = SPEECH_LUFS - 38.0  # a still room
_MUSIC_LUFS = SPEECH_LUFS - 22.0
# Events stay outside the gate of the loudness (10 LU below the speech), so that they do not move the film's level.
_EVENT_LUFS = SPEECH_LUFS - 11.0
_CEILING = db(-2.0)  # of the true peak; AAC overshoots a little
_UNDER_DB = -24.0  # what is heard under a line lies so far below it, each of the three by itself
# Speech detectors hang on after a voice and take whatever sounds then for more of it: events all but fall
# silent from just before a line until the detector has let go, and then come back gently.
_HUSH_BEFORE, _HUSH_AFTER, _HUSH_RETURN = 0.12, 0.32, 0.25
# A blow is a moment of speech to a detector, too short to count alone, but it joins a line within 300 ms of it.
_BLOW_BEFORE, _BLOW_AFTER = 0.42, 0.46


@dataclass(frozen=True, slots=True)
class Stems:
    """What a film's sound is made of, as it is in the mix: samples of shape (N,), whose sum is limited."""

    speech: Samples
    ambience: Samples
    events: Samples
    music: Samples


@dataclass(frozen=True, slots=True)
class Soundtrack:
    """Sound and mouths of a film.

    Attributes:
        samples: mono at ``RATE`` samples per second, as long as the frames.
        mouths: for each frame the open mouths, role → level of 1 to 4; only roles that are seen speaking.
        notes: what a user should know.
        stems: the parts of ``samples``.
        spoken: the lines as sound, in the caption's order.
    """

    samples: Samples
    mouths: tuple[dict[str, int], ...]
    notes: tuple[str, ...]
    stems: Stems
    spoken: tuple[Spoken, ...]


def build_soundtrack(
    caption: HierarchicalCaption,
    *,
    seed: int = 0,
    folder: Path | None = None,
    music: bool = True,
    ambience: bool = True,
    effects: bool = True,
) -> Soundtrack:
    """Everything that is heard in a clip.

    A clip has a loudness of −16 LUFS.  One without dialogue, in which nothing has to make room for
    voices, is raised towards it by at most 20 dB: a still room stays still, and silence silent.

    Args:
        caption: the script.
        seed: of every random choice.
        folder: the film's folder, against which recordings and reference voices are looked up.
        music: whether to lay a bed of music under it where the style or ambience speaks of one.
        ambience: whether the settings are heard.
        effects: whether the sound events are heard.

    Raises:
        UsageError: if a line's recording or a role's reference voice cannot be used.
    """
    frames = frame_of(caption.duration_ms)
    count = round(frames * RATE / FPS)
    spoken = tuple(speak(caption, line, folder) for line in caption.dialogue)
    speech = _together(spoken, count)
    gain = db(SPEECH_LUFS - level) if (level := loudness(speech)) > -69 else 1.0
    speech = limit(speech * gain, db(-2.5))
    below = _under(spoken, count, gain)
    quiet = np.zeros(count, np.float32)
    notes = [part.note for part in spoken if part.note]
    bed = _ambience(caption, count, seed) * below if ambience else quiet
    tune = _music(caption, count, seed) * below if music else quiet
    told, event_notes = _events(caption, count, seed) if effects else (quiet, [])
    free = _apart(spoken, count)
    if spoken:
        bed, tune, told = guarded([bed, tune, told * below * _hush(spoken, count)], free)
    else:
        level = loudness(bed + tune + told)
        lift = db(float(np.clip(SPEECH_LUFS - level, 0.0, _LIFT_DB))) if level > _STILL_LUFS else 1.0
        bed, tune, told = bed * lift, tune * lift, told * lift
    speech, total = _mastered(speech, bed + tune + told)
    unique = tuple(dict.fromkeys([*notes, *event_notes]))
    return Soundtrack(total, mouths(spoken, frames), unique, Stems(speech, bed, told, tune), spoken)


def _mastered(speech: Samples, rest: Samples) -> tuple[Samples, Samples]:
    """The voices at the level that brings the whole to its loudness, and the whole, limited."""
    total = limit(speech + rest, _CEILING, true_peak=True)
    for _ in range(2):
        level = loudness(total)
        if loudness(speech) < -69 or abs(level - SPEECH_LUFS) < 0.2:
            break
        # The limiter takes from the loud and leaves the soft: what it took is given back to all.
        speech = limit(speech * db(float(np.clip(SPEECH_LUFS - level, -3, 4))), db(-2.5))
        total = limit(speech + rest, _CEILING, true_peak=True)
    return speech, total


def _together(spoken: tuple[Spoken, ...], count: int) -> Samples:
    speech = np.zeros(count, np.float32)
    for part in spoken:
        end = min(count, part.start + len(part.samples))
        speech[part.start : end] += part.samples[: max(0, end - part.start)]
    return speech


def _ambience(caption: HierarchicalCaption, count: int, seed: int) -> Samples:
    total = np.zeros(count, np.float32)
    beds: dict[tuple[str, ...], Samples] = {}
    for shot in caption.shots:
        scene = sounds.scene_of(shot.setting, caption.global_caption.ambience, caption.language)
        if scene.gain_db < -100:
            continue
        if scene.kinds not in beds:
            beds[scene.kinds] = sounds.ambience(scene.kinds, count, seed)
        start, end = (sample_of(time, RATE) for time in (shot.start_ms, shot.end_ms))
        # Beds of neighbouring shots cross over 60 ms, so that no cut clicks.
        gain = np.zeros(count, np.float32)
        level = _AMBIENCE_LUFS if scene.kinds else _ROOM_LUFS
        gain[max(0, start) : end] = db(level + scene.gain_db)
        total += beds[scene.kinds] * smoothed(gain, int(0.03 * RATE))
    return fade(total, 0.02, 0.02)


def _music(caption: HierarchicalCaption, count: int, seed: int) -> Samples:
    mood = mood_of(caption)
    if mood is None:
        return np.zeros(count, np.float32)
    samples = music(mood, count, seed)
    return samples * db(_MUSIC_LUFS - loudness(samples))


def _events(caption: HierarchicalCaption, count: int, seed: int) -> tuple[Samples, list[str]]:
    total = np.zeros(count, np.float32)
    notes = []
    for shot in caption.shots:
        for sound in shot.sounds:
            start, end = (min(count, sample_of(time, RATE)) for time in (sound.start_ms, sound.end_ms))
            if end - start < 64:
                continue
            event = sounds.event(sound.text, end - start, f"{seed}|{sound.id}", _EVENT_LUFS, caption.language)
            total[start:end] += event.samples
            if event.kind == sounds.NEUTRAL:
                notes.append(f"{sound.id}: no sound is known for {sound.text!r}; a soft rush of air stands for it")
    return total, notes


def _under(spoken: tuple[Spoken, ...], count: int, gain: float) -> Samples:
    # The gain of all that is heard under the lines, so that the loudest of it stays far below the softest line.
    duck = np.ones(count, np.float32)
    for part in spoken:
        level = rms(part.samples[part.heard]) * gain
        # An event's loudest moment has about its loudness in dB as its level.
        room = 20 * np.log10(level + 1e-9) + _UNDER_DB - _AMBIENCE_LUFS
        first, last = part.start + part.heard.start - RATE // 20, part.start + part.heard.stop + RATE // 20
        span = slice(max(0, first), max(0, last))
        duck[span] = np.minimum(duck[span], db(min(0.0, room)))
    return smoothed(duck, int(0.04 * RATE))


def _hush(spoken: tuple[Spoken, ...], count: int) -> Samples:
    # The gain of the events: the least that any line asks for.
    gain = np.ones(count, np.float32)
    floor = db(_AMBIENCE_LUFS - _EVENT_LUFS - 8.0)
    before, after, back = (int(seconds * RATE) for seconds in (_HUSH_BEFORE, _HUSH_AFTER, _HUSH_RETURN))
    away = int(0.03 * RATE)
    for part in spoken:
        first, last = part.start - before, part.start + part.heard.stop + after
        at, stop = max(0, first - away), min(count, last + back)
        curve = np.interp(np.arange(at, stop), (first - away, first, last, last + back), (1.0, floor, floor, 1.0))
        gain[at:stop] = np.minimum(gain[at:stop], curve.astype(np.float32))
    return gain


def _apart(spoken: tuple[Spoken, ...], count: int) -> np.ndarray:
    free = np.ones(count, bool)
    for part in spoken:
        first = part.start - int(_BLOW_BEFORE * RATE)
        free[max(0, first) : part.start + part.heard.stop + int(_BLOW_AFTER * RATE)] = False
    return free
