"""The sound of a film: voices exactly in their intervals, ambience far below and ducked under them, sound events."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from generator.stage import sounds
from generator.stage.figures import MOUTH_LEVELS
from generator.stage.signal import RATE, Samples, db, envelope, limit
from generator.stage.voices import SPEECH_LUFS, Spoken, speak
from mavin.caption import HierarchicalCaption
from mavin.frames import FPS, frame_of, frame_range, sample_of

__all__ = ["Soundtrack", "build_soundtrack"]

_AMBIENCE_DB = SPEECH_LUFS - 27.0  # at least 20 dB below speech by any measure of level
_DUCK_DB = -7.0
_EVENT_DB = SPEECH_LUFS - 8.0
# Speech detectors hang on after a voice and take whatever sounds then for more of it: events all but fall
# silent from just before a line until the detector has let go, and then come back gently.
_HUSH_DB = -36.0
_HUSH_BEFORE, _HUSH_AFTER, _HUSH_RETURN = 0.06, 0.3, 0.12
# A knock is a moment of speech to a detector, too short to count alone, but it joins a line within 300 ms of it.
_TAP_BEFORE, _TAP_AFTER = 0.4, 0.38


@dataclass(frozen=True, slots=True)
class Soundtrack:
    """Sound and mouths of a film.

    Attributes:
        samples: mono at ``RATE`` samples per second, as long as the frames.
        mouths: for each frame the open mouths, role → level of 1 to 4; only roles that are seen speaking.
        notes: what a user should know.
    """

    samples: Samples
    mouths: tuple[dict[str, int], ...]
    notes: tuple[str, ...]


def build_soundtrack(caption: HierarchicalCaption, *, seed: int = 0, folder: Path | None = None) -> Soundtrack:
    """Everything that is heard in a clip.

    Raises:
        UsageError: if a line's recording cannot be used.
    """
    frames = frame_of(caption.duration_ms)
    count = round(frames * RATE / FPS)
    spoken = [speak(caption, line, folder) for line in caption.dialogue]
    speech = np.zeros(count, np.float32)
    for part in spoken:
        end = min(count, part.start + len(part.samples))
        speech[part.start : end] += part.samples[: max(0, end - part.start)]
    total = speech + _background(caption, spoken, count, seed) + _events(caption, spoken, count, seed)
    notes = tuple(dict.fromkeys(part.note for part in spoken if part.note))
    return Soundtrack(limit(total, 0.95), _mouths(spoken, frames), notes)


def _background(caption: HierarchicalCaption, spoken: list[Spoken], count: int, seed: int) -> Samples:
    total = np.zeros(count, np.float32)
    ambience = caption.global_caption.ambience
    beds: dict[tuple[str, ...], Samples] = {}
    for shot in caption.shots:
        kinds = sounds.kinds_of(shot.setting, ambience, shot.action)
        if kinds not in beds:
            beds[kinds] = sounds.ambience(kinds, count, seed)
        start, end = (sample_of(time, RATE) for time in (shot.start_ms, shot.end_ms))
        # Beds of neighbouring shots cross over 60 ms, so that no cut clicks.
        soft = int(0.03 * RATE)
        gain = np.zeros(count, np.float32)
        gain[max(0, start) : end] = 1.0
        total += beds[kinds] * _smooth(gain, soft)
    duck = np.ones(count, np.float32)
    for part in spoken:
        duck[max(0, part.start - RATE // 20) : part.start + len(part.samples) + RATE // 20] = db(_DUCK_DB)
    edge = int(0.02 * RATE)
    total[:edge] *= np.linspace(0, 1, edge)
    total[-edge:] *= np.linspace(1, 0, edge)
    return total * _smooth(duck, int(0.05 * RATE)) * db(_AMBIENCE_DB)


def _smooth(curve: Samples, reach: int) -> Samples:
    sums = np.cumsum(np.pad(curve.astype(np.float64), (reach + 1, reach), mode="edge"))
    width = 2 * reach + 1
    return ((sums[width:] - sums[:-width]) / width)[: len(curve)].astype(np.float32)


def _events(caption: HierarchicalCaption, spoken: list[Spoken], count: int, seed: int) -> Samples:
    total = np.zeros(count, np.float32)
    taps: list[tuple[int, Samples]] = []
    for shot in caption.shots:
        for sound in shot.sounds:
            start, end = (min(count, sample_of(time, RATE)) for time in (sound.start_ms, sound.end_ms))
            if end - start < 64:
                continue
            event = sounds.event(sound.text, end - start, f"{seed}|{sound.id}", _EVENT_DB)
            total[start:end] += event.samples
            taps += [(start + at, tap) for at, tap in event.taps if at + len(tap) <= end - start]
    last = -sounds.TAP_APART
    for at, tap in sorted(taps, key=lambda item: item[0]):
        if at - last >= sounds.TAP_APART and at + len(tap) <= count and not _beside(spoken, at, at + len(tap)):
            total[at : at + len(tap)] += tap
            last = at
    return total * _hush(spoken, count)


def _beside(spoken: list[Spoken], start: int, end: int) -> bool:
    before, after = int(_TAP_BEFORE * RATE), int(_TAP_AFTER * RATE)
    return any(start < part.start + len(part.samples) + after and end > part.start - before for part in spoken)


def _hush(spoken: list[Spoken], count: int) -> Samples:
    # The gain of the events: the least that any line asks for.
    gain = np.ones(count, np.float32)
    floor = db(_HUSH_DB)
    before, after, back = (int(seconds * RATE) for seconds in (_HUSH_BEFORE, _HUSH_AFTER, _HUSH_RETURN))
    away = int(0.03 * RATE)
    for part in spoken:
        first, last = part.start - before, part.start + len(part.samples) + after
        curve = np.interp(
            np.arange(max(0, first - away), min(count, last + back)),
            (first - away, first, last, last + back),
            (1.0, floor, floor, 1.0),
        ).astype(np.float32)
        at = max(0, first - away)
        gain[at : at + len(curve)] = np.minimum(gain[at : at + len(curve)], curve)
    return gain


def _mouths(spoken: list[Spoken], frames: int) -> tuple[dict[str, int], ...]:
    mouths: list[dict[str, int]] = [{} for _ in range(frames)]
    step = RATE // FPS
    for part in spoken:
        if not part.line.on_screen:
            continue
        loud = np.pad(part.samples, (part.start % step, 0))
        levels = envelope(loud, step)
        top = float(np.percentile(levels, 90)) if len(levels) else 0.0
        if top <= 1e-5:
            continue
        first = part.start // step
        for frame in frame_range(part.line.interval):
            if frame >= frames:
                break
            level = float(levels[frame - first]) / top if 0 <= frame - first < len(levels) else 0.0
            opening = min(MOUTH_LEVELS - 1, int(level * 3.6 + 0.55)) if level > 0.06 else 0
            if opening:
                mouths[frame][part.line.role] = opening
    return tuple(mouths)
