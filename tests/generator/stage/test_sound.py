"""Voices, ambience and sound events: what a speech detector hears, levels, recordings."""

from __future__ import annotations

import time
import wave
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from generator.stage import babble, espeak, sounds
from generator.stage.signal import RATE, db, fit, limit, loudness, rms, trim
from generator.stage.soundtrack import build_soundtrack
from generator.stage.voices import SPEECH_LUFS, speak, voice_of
from generator.stage.words import seeded
from mavin.caption import Role
from mavin.errors import UsageError


@pytest.mark.parametrize("kind", sorted(sounds.AMBIENCES))
def test_no_ambience_is_taken_for_speech(kind: Any, speech: Any) -> None:
    for seed in range(2):
        bed = sounds.ambience((kind,), 5 * RATE, seed) * db(SPEECH_LUFS - 27)
        assert speech(bed, RATE) == []


@pytest.mark.parametrize("kind", sorted(sounds.EVENTS))
def test_no_sound_event_is_taken_for_speech(kind: Any, speech: Any) -> None:
    words = sorted(sounds.EVENTS[kind][0])
    for seed, seconds in enumerate((0.12, 0.5, 1.2, 3.0)):
        event = sounds.event(words[seed % len(words)], int(seconds * RATE), seed, SPEECH_LUFS - 8)
        samples = event.samples
        around = np.zeros(len(samples) + 2 * RATE, np.float32)
        around[RATE : RATE + len(samples)] = samples
        for at, tap in event.taps:
            around[RATE + at : RATE + at + len(tap)] += tap
        around += sounds.ambience(("room",), len(around), seed) * db(SPEECH_LUFS - 27)
        assert speech(around, RATE) == []
        assert np.abs(samples).max() > 0.01


def test_a_film_full_of_sounds_without_dialogue_has_no_speech(caption_of: Any, speech: Any) -> None:
    texts = ["thunder", "a dog barks", "footsteps", "a bell rings", "glass shatters", "a car engine", "people talking"]
    shots = [
        {
            "ms": 2000,
            "setting": "a street in the rain",
            "action": "Nobody comes.",
            "sounds": [(0, 900, a), (500, 1900, b)],
        }
        for a, b in pairwise(texts)
    ]
    caption = caption_of(shots, ambience="a crowd and wind")
    track = build_soundtrack(caption)
    assert speech(track.samples, RATE) == []
    assert rms(track.samples) > db(-50)


def test_ambience_is_at_least_20_db_below_speech(caption_of: Any) -> None:
    dialogue = [{"role": "C1", "start_ms": 1000, "end_ms": 2600, "text": "The tide is coming in tonight."}]
    caption = caption_of([{"ms": 4000, "setting": "a beach in the wind", "action": "Mara waits.", "roles": ("C1",)}],
                         [{"name": "Mara"}], dialogue)  # fmt: skip
    samples = build_soundtrack(caption).samples
    voice = loudness(samples[RATE : int(2.6 * RATE)])
    assert voice == pytest.approx(SPEECH_LUFS, abs=2.5)
    for part in (samples[: int(0.9 * RATE)], samples[int(2.8 * RATE) :]):
        assert loudness(part) < voice - 20
        assert rms(part) > db(-60)


@pytest.mark.parametrize("text", ["Yes.", "The quick brown fox jumps over the lazy dog and then sleeps."])
@pytest.mark.parametrize("engine", ["espeak", "babble"])
def test_a_line_fills_its_interval_whatever_its_length(
    text: Any, engine: Any, caption_of: Any, speech: Any, monkeypatch: Any
) -> None:
    if engine == "babble":
        # What a machine without the speech extra does.
        monkeypatch.setattr(espeak, "_engine", lambda: None)
    dialogue = [{"role": "C1", "start_ms": 1000, "end_ms": 2100, "text": text}]
    caption = caption_of([{"ms": 3200, "action": "Mara waits.", "roles": ("C1",)}], [{"name": "Mara"}], dialogue)
    runs = speech(build_soundtrack(caption).samples, RATE)
    assert runs
    assert all(run.start_ms >= 950 and run.end_ms <= 2150 for run in runs)
    assert sum(run.duration_ms for run in runs) > 0.7 * 1100


def test_roles_sound_different_and_keep_their_voice() -> None:
    mara, tom = Role(id="C1", name="Mara", voice="high"), Role(id="C2", name="Tom", voice="deep bass")
    assert voice_of(mara, 0) == voice_of(mara, 0)
    assert voice_of(mara, 0).pitch > voice_of(tom, 1).pitch + 20
    assert voice_of(mara, 0).variant.startswith("f") and voice_of(tom, 1).variant.startswith("m")


def test_a_line_sounds_the_same_whatever_was_said_before(caption_of: Any) -> None:
    lines = [
        {"role": "C1", "start_ms": 0, "end_ms": 1100, "text": "Did you write this letter?"},
        {"role": "C2", "start_ms": 1200, "end_ms": 2500, "text": "I did, a long time ago."},
    ]
    caption = caption_of([{"ms": 3000, "action": "They talk."}], [{"name": "Mara"}, {"name": "Tom"}], lines)
    first, _ = (speak(caption, caption.dialogue[at], None).samples for at in (0, 1))
    time.sleep(1.1)  # the engine seeds its noise with the clock's seconds, if it is let
    again = speak(caption, caption.dialogue[0], None).samples
    assert np.array_equal(first, again)


def test_babble_says_a_syllable_a_vowel() -> None:
    # "Hel-lo A-me-ri-ca": 2 + 4
    assert babble.syllables("Hello America") == ["e", "o", "a", "e", "i", "a"]
    assert len(babble.syllables("こんにちは")) == 5
    one, two = (babble.synthesise("hello", 40, 1.0, 0.8, seeded(1)) for _ in range(2))
    assert len(one) == int(0.8 * RATE) and np.array_equal(one, two)


def test_fitting_keeps_the_pitch() -> None:
    time = np.arange(RATE) / RATE
    tone = np.sin(2 * np.pi * 440 * time).astype(np.float32)
    for count in (RATE // 2, 2 * RATE):
        out = fit(tone, count)
        assert len(out) == count
        spectrum = np.abs(np.fft.rfft(out * np.hanning(count)))
        assert np.argmax(spectrum) * RATE / count == pytest.approx(440, abs=6)
        assert rms(out[2000:-2000]) == pytest.approx(rms(tone), rel=0.15)


def test_limiting_and_trimming() -> None:
    loud = np.concatenate([np.full(4800, 0.2), np.full(480, 1.5), np.full(4800, 0.2)]).astype(np.float32)
    assert np.abs(limit(loud, 0.8)).max() <= 0.8
    assert np.allclose(limit(loud, 0.8)[:2000], 0.2, atol=1e-3)
    padded = np.concatenate([np.zeros(RATE), loud, np.zeros(RATE)]).astype(np.float32)
    assert len(trim(padded)) == pytest.approx(len(loud), abs=0.02 * RATE)


def _wav(path: Any, seconds: Any, hertz: Any = 300, rate: Any = 22_050) -> Any:
    time = np.arange(int(seconds * rate)) / rate
    data = (np.sin(2 * np.pi * hertz * time) * 12_000).astype(np.int16)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(data.tobytes())


def _with_recording(caption_of: Any, recording: Any) -> Any:
    line = {"role": "C1", "start_ms": 500, "end_ms": 1500, "text": "Hello there.", "recording": recording}
    return caption_of([{"ms": 3000, "action": "Mara waits.", "roles": ("C1",)}], [{"name": "Mara"}], [line])


@pytest.mark.parametrize(("seconds", "noted"), [(0.6, ""), (1.2, "faster"), (4.0, "cut")])
def test_a_recording_is_heard_instead_of_the_voice(caption_of: Any, tmp_path: Any, seconds: Any, noted: Any) -> None:
    (tmp_path / "references").mkdir()
    _wav(tmp_path / "references" / "hello.wav", seconds)
    caption = _with_recording(caption_of, "references/hello.wav")
    spoken = speak(caption, caption.dialogue[0], tmp_path)
    assert len(spoken.samples) == RATE
    assert noted in spoken.note and bool(noted) == bool(spoken.note)
    window = spoken.samples[2000:26_000]
    spectrum = np.abs(np.fft.rfft(window * np.hanning(len(window))))
    assert np.argmax(spectrum) * RATE / len(window) == pytest.approx(300, abs=8)


@pytest.mark.parametrize("recording", ["../outside.wav", "/etc/hostname", "references/missing.wav", "references"])
def test_a_recording_must_lie_in_the_film_and_be_sound(caption_of: Any, tmp_path: Any, recording: Any) -> None:
    film = tmp_path / "film"
    (film / "references").mkdir(parents=True)
    _wav(tmp_path / "outside.wav", 1.0)
    caption = _with_recording(caption_of, recording)
    with pytest.raises(UsageError, match=r"must|cannot"):
        build_soundtrack(caption, folder=film)
    with pytest.raises(UsageError, match="film's folder"):
        build_soundtrack(caption, folder=None)
