"""Voices: distinct, in their interval, told by words, references and delivery; recordings; the babble."""

from __future__ import annotations

import time
import wave
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest

from generator.stage import babble, espeak
from generator.stage.casting import Voice, delivered, delivery_of, voice_of
from generator.stage.signal import RATE, envelope, fit, limit, loudness, median_pitch, rms, trim, true_peaks
from generator.stage.soundtrack import build_soundtrack
from generator.stage.voices import SPEECH_LUFS, speak
from generator.stage.words import seeded
from mavin.caption import Override, Reference, Role
from mavin.errors import UsageError


def _pitch(samples: Any) -> float:
    pitch = median_pitch(samples)
    assert pitch is not None
    return pitch


def _said(caption_of: Any, role: dict[str, Any], text: str, ms: int = 2200, folder: Any = None, **line: Any) -> Any:
    dialogue = [{"role": "C1", "start_ms": 400, "end_ms": 400 + ms, "text": text, **line}]
    caption = caption_of([{"ms": max(3000, ms + 800), "action": "Someone waits.", "roles": ("C1",)}], [role], dialogue)
    return speak(caption, caption.dialogue[0], folder)


@pytest.mark.parametrize("text", ["Yes.", "The quick brown fox jumps over the lazy dog and then sleeps."])
@pytest.mark.parametrize("engine", ["espeak", "babble"])
def test_a_line_stays_in_its_interval_whatever_its_length(
    text: Any, engine: Any, caption_of: Any, speech: Any, monkeypatch: Any
) -> None:
    if engine == "babble":
        # What a machine without the speech extra does.
        monkeypatch.setattr(espeak, "_engine", lambda: None)
    for length in (550, 1400):
        dialogue = [{"role": "C1", "start_ms": 1000, "end_ms": 1000 + length, "text": text}]
        caption = caption_of([{"ms": 3200, "action": "Mara waits.", "roles": ("C1",)}], [{"name": "Mara"}], dialogue)
        track = build_soundtrack(caption)
        runs = speech(track.samples, RATE)
        assert runs and runs[0].start_ms <= 1050
        assert all(run.start_ms >= 960 and run.end_ms <= 1050 + length for run in runs)
        if text != "Yes.":
            assert sum(run.duration_ms for run in runs) > 0.93 * length
        assert not track.stems.speech[(1000 + length) * RATE // 1000 :].any()


def test_a_word_in_a_long_interval_is_not_drawled(caption_of: Any) -> None:
    for text, most in (("No.", 800), ("Wait for me!", 3000)):
        start, end = _said(caption_of, {"name": "Mara"}, text, 6000).heard_ms
        assert start <= 420 and end - start < most


def test_roles_sound_different_and_keep_their_voice() -> None:
    mara, tom = Role(id="C1", name="Mara", voice="high"), Role(id="C2", name="Tom", voice="deep bass")
    assert voice_of(mara, 0) == voice_of(mara, 0)
    assert voice_of(mara, 0).pitch_hz > 1.8 * voice_of(tom, 1).pitch_hz
    women = [
        voice_of(Role(id=f"C{at + 1}", name=name), at)
        for at, name in enumerate(["Ann", "Eva", "Mia", "Zoe", "Ida", "Ruth"])
    ]
    assert len({voice.variant for voice in women}) == 6
    assert all(abs(np.log2(a.pitch_hz / b.pitch_hz)) > 0.03 for a, b in combinations(women, 2))


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [("a deep man's voice", 68, 105), ("eine hohe Frauenstimme", 200, 300), ("голос маленькой девочки", 240, 330),
     ("男性の低い声", 68, 110), ("a woman, 180 Hz", 180, 180), ("voz de hombre", 95, 130)],
)  # fmt: skip
def test_words_of_the_voice_decide_its_pitch(words: str, low: float, high: float, caption_of: Any) -> None:
    role = {"name": "Robin", "voice": words}
    voice = voice_of(Role(id="C1", **role), 0)
    assert low * 0.99 <= voice.pitch_hz <= high * 1.01
    spoken = _said(caption_of, role, "I never meant to leave the light on.")
    assert median_pitch(spoken.samples) == pytest.approx(voice.pitch_hz, rel=0.08)


def test_a_shot_may_change_a_voice(caption_of: Any) -> None:
    override = Override(role="C1", voice="a very deep man's voice")
    lines = [
        {"role": "C1", "start_ms": at, "end_ms": at + 1500, "text": "The tide is coming in."} for at in (200, 2200)
    ]
    caption = caption_of(
        [{"ms": 2000, "action": "Mara waits."}, {"ms": 2000, "action": "She turns.", "overrides": (override,)}],
        [{"name": "Mara", "voice": "a bright woman's voice"}], lines)  # fmt: skip
    first, second = (_pitch(speak(caption, line, None).samples) for line in caption.dialogue)
    assert first > 1.6 * second


@pytest.mark.parametrize(
    ("words", "field"), [("whispering", "whispered"), ("flüstert", "whispered"), ("小声で", "whispered")]
)
def test_a_whisper_has_no_pitch(words: str, field: str, caption_of: Any, speech: Any) -> None:
    assert getattr(delivery_of(words, ""), field)
    whispered = _said(caption_of, {"name": "Mara"}, "Somebody is behind the door.", delivery=words)
    spoken = _said(caption_of, {"name": "Mara"}, "Somebody is behind the door.")
    assert loudness(whispered.samples) < loudness(spoken.samples) - 3
    pitch = median_pitch(whispered.samples)
    assert pitch is None or abs(np.log2(pitch / _pitch(spoken.samples))) > 0.25


def test_a_shout_is_higher_brighter_and_louder(caption_of: Any) -> None:
    calm, loud = (
        _said(caption_of, {"name": "Tom"}, "Get out of my house!", delivery=how).samples for how in ("", "shouts")
    )
    assert _pitch(loud) > 1.15 * _pitch(calm)
    assert loudness(loud) > loudness(calm) + 1.5
    spectra = [np.abs(np.fft.rfft(samples)) for samples in (calm, loud)]
    assert spectra[1][5000:12_000].sum() / spectra[1].sum() > spectra[0][5000:12_000].sum() / spectra[0].sum()
    assert (
        delivery_of("", "GET OUT OF HERE").gain_db > 0
        and delivered(voice_of(Role(id="C1", name="Tom"), 0), delivery_of("slowly", "")).pace < 1
    )
    assert not delivery_of("not whispering", "").whispered


@pytest.mark.parametrize(
    ("text", "language"),
    [("東京の駅で会いましょう。", "ja"), ("Где ты был?", "en"), ("你好，世界", "zh-Hans"), ("어디 가요?", "ko"),
     ("أين كنت؟", "ar"), ("Wo warst du?", "de-AT"), ("Buenos días", "es-419"), ("Olá", "pt-PT")],
)  # fmt: skip
def test_languages_are_spoken(text: str, language: str, caption_of: Any) -> None:
    spoken = _said(caption_of, {"name": "Mara"}, text, 1500, language=language)
    assert spoken.note == "" and rms(spoken.samples) > 0.02


def test_kanji_are_read_and_not_named() -> None:
    kanji, kana = (
        espeak.natural_ms(text, "ja") or 0 for text in ("東京の駅で会いましょう", "とうきょうのえきであいましょう")
    )
    assert kanji == pytest.approx(kana, rel=0.2)


@pytest.mark.parametrize("text", ["...", "!?", "😀"])
def test_what_cannot_be_spoken_makes_a_short_sound_and_says_so(text: str, caption_of: Any) -> None:
    spoken = _said(caption_of, {"name": "Mara"}, text)
    assert "nothing that can be spoken" in spoken.note and rms(spoken.samples) > 0.005


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
    # "Hel-lo A-me-ri-ca": 2 + 4; "came home": the e is silent; Russian has its own vowels
    assert babble.syllables("Hello America") == ["e", "o", "a", "e", "i", "a"]
    assert len(babble.syllables("came home")) == 2 and len(babble.syllables("Где ты был")) == 3
    assert len(babble.syllables("こんにちは")) == 5
    voice = Voice(120.0, 50, "m3", 1.0, 1.0)
    one, two = (babble.synthesise("hello", voice, 0.4, seeded(1)) for _ in range(2))
    assert len(one) == pytest.approx(0.4 * RATE, rel=0.02) and np.array_equal(one, two)


@pytest.mark.parametrize("seconds", [0.9, 1.5, 6.0])
def test_babble_has_each_syllable_once(seconds: float) -> None:
    text = "banana pajama tomato"
    samples = babble.synthesise(text, Voice(120.0, 50, "m3", 1.0, 1.0), seconds, seeded(2))
    levels = envelope(samples, RATE // 200)
    smooth = np.convolve(levels, np.hanning(9) / np.hanning(9).sum(), "same")
    top = smooth.max()
    peaks = [
        at
        for at in range(2, len(smooth) - 2)
        if smooth[at] == smooth[at - 2 : at + 3].max() and smooth[at] > 0.12 * top
    ]
    # A new syllable begins behind a dip.
    count = 1 + sum(smooth[one:two].min() < 0.7 * min(smooth[one], smooth[two]) for one, two in pairwise(peaks))
    assert count == len(babble.syllables(text)) == 9
    assert len(samples) <= seconds * RATE + 1 and len(samples) < 3.6 * RATE


def test_babbling_roles_differ(caption_of: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(espeak, "_engine", lambda: None)
    pitches = [_pitch(_said(caption_of, role, "Where were you all night long?").samples)
               for role in ({"name": "Mara"}, {"name": "Tom"}, {"name": "Lily", "appearance": "a little girl"})]  # fmt: skip
    assert pitches[1] * 1.4 < pitches[0] < pitches[2]


def test_fitting_keeps_the_pitch() -> None:
    seconds = np.arange(RATE) / RATE
    tone = np.sin(2 * np.pi * 440 * seconds).astype(np.float32)
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
    # A quarter of the sampling rate, sampled beside its peaks: 3 dB more between the samples.
    beside = np.sin(np.pi / 2 * np.arange(4800) + np.pi / 4).astype(np.float32) * 0.8
    assert np.abs(beside).max() == pytest.approx(0.566, abs=0.01)
    assert true_peaks(beside)[100:-100].max() == pytest.approx(0.8, rel=0.02)
    assert true_peaks(limit(beside, 0.7, true_peak=True))[200:-200].max() <= 0.71


@pytest.mark.parametrize("hertz", [85.0, 150.0, 240.0, 390.0])
def test_pitch_is_measured(hertz: float) -> None:
    seconds = np.arange(RATE) / RATE
    voice = np.sum([np.sin(2 * np.pi * hertz * n * seconds) / n for n in range(1, 12)], axis=0).astype(np.float32)
    assert median_pitch(voice) == pytest.approx(hertz, rel=0.01)
    assert median_pitch(seeded(1).standard_normal(RATE).astype(np.float32)) is None


def _wav(path: Any, seconds: Any, hertz: Any = 300, rate: Any = 22_050, channels: int = 1) -> Any:
    at = np.arange(int(seconds * rate)) / rate
    tone = np.sum([np.sin(2 * np.pi * hertz * n * at) / n for n in range(1, 6)], axis=0)
    data = (tone * 8_000).astype(np.int16)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.repeat(data, channels).tobytes())


@pytest.mark.parametrize(
    ("seconds", "noted", "rate", "channels"),
    [(0.6, "", 22_050, 1), (1.2, "faster", 44_100, 2), (4.0, "cut", 8_000, 1), (0.9, "", 96_000, 6)],
)
def test_a_recording_is_heard_instead_of_the_voice(
    caption_of: Any, tmp_path: Any, seconds: Any, noted: Any, rate: int, channels: int
) -> None:
    _wav(tmp_path / "hello.wav", seconds, 300, rate, channels)
    spoken = _said(caption_of, {"name": "Mara"}, "Hello there.", 1000, tmp_path, recording="hello.wav")
    assert len(spoken.samples) == RATE
    assert noted in spoken.note and bool(noted) == bool(spoken.note)
    assert median_pitch(spoken.samples) == pytest.approx(300, rel=0.03)
    assert loudness(spoken.samples[spoken.heard]) == pytest.approx(SPEECH_LUFS, abs=1.5)


@pytest.mark.parametrize(
    "recording", ["../outside.wav", "/etc/hostname", "missing.wav", "folder", "broken.wav", "silent.wav"]
)
def test_a_recording_must_lie_in_the_film_and_be_sound(caption_of: Any, tmp_path: Any, recording: Any) -> None:
    film = tmp_path / "film"
    (film / "folder").mkdir(parents=True)
    _wav(tmp_path / "outside.wav", 1.0)
    _wav(film / "silent.wav", 1.0, hertz=0)
    (film / "broken.wav").write_bytes(b"RIFF\x00\x00")
    with pytest.raises(UsageError, match=r"must|cannot"):
        _said(caption_of, {"name": "Mara"}, "Hello.", 1000, film, recording=recording)
    with pytest.raises(UsageError, match="film's folder"):
        _said(caption_of, {"name": "Mara"}, "Hello.", 1000, None, recording=recording)


def test_a_recording_with_a_hole_says_so(caption_of: Any, tmp_path: Any) -> None:
    _wav(tmp_path / "hello.wav", 1.8)
    data = bytearray((tmp_path / "hello.wav").read_bytes())
    data[len(data) // 3 : 2 * len(data) // 3] = bytes(2 * len(data) // 3 - len(data) // 3)
    (tmp_path / "hello.wav").write_bytes(data)
    spoken = _said(caption_of, {"name": "Mara"}, "Hello there.", 2000, tmp_path, recording="hello.wav")
    assert "hello.wav holds nothing at all from 0.6" in spoken.note and "what it holds is played" in spoken.note


@pytest.mark.parametrize("hertz", [95, 230])
def test_a_reference_voice_shapes_the_synthetic_one(hertz: int, caption_of: Any, tmp_path: Any) -> None:
    _wav(tmp_path / "voice.wav", 2.0, hertz)
    role = {"name": "Mara", "reference": Reference(audio="voice.wav")}
    spoken = _said(caption_of, role, "I never meant to leave the light on.", folder=tmp_path)
    assert median_pitch(spoken.samples) == pytest.approx(hertz, rel=0.08)
    plain = _said(caption_of, role, "I never meant to leave the light on.")
    assert "render the film" in plain.note


def test_a_reference_without_a_voice_says_so(caption_of: Any, tmp_path: Any) -> None:
    rng = seeded(3)
    data = (rng.standard_normal(RATE) * 3000).astype(np.int16)
    with wave.open(str(tmp_path / "noise.wav"), "wb") as file:
        file.setparams((1, 2, RATE, RATE, "NONE", ""))
        file.writeframes(data.tobytes())
    role = {"name": "Mara", "reference": Reference(audio="noise.wav")}
    assert "no voiced sound" in _said(caption_of, role, "Hello there.", folder=tmp_path).note
