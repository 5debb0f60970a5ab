"""Kinds of sound: found by words of many languages, told apart, levelled, and no voice to a detector."""

from __future__ import annotations

import itertools
from functools import lru_cache
from typing import Any

import numpy as np
import pytest

from generator.stage import sounds
from generator.stage.guard import guarded
from generator.stage.music import mood_of, music
from generator.stage.signal import RATE, db, loudness, rms
from generator.stage.sounds.vocabulary import ENGLISH, FOREIGN

_WORD = {entry.kind: entry.phrase for entry in reversed(ENGLISH) if sounds.kind_of(entry.phrase) == entry.kind}


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("a dog barks", "en", "dog"),
        ("ein Hund bellt in der Ferne", "de", "dog"),
        ("le chien aboie", "fr", "dog"),
        ("犬が吠える", "ja", "dog"),
        ("собака лает", "ru", "dog"),
        ("köpek", "tr", "dog"),
        ("car door slams", "en", "door"),
        ("waves crash on the shore", "en", "sea"),
        ("a car crash", "en", "crash"),
        ("an alarm clock rings", "en", "alarm_clock"),
        ("the wind howls", "en", "wind"),
        ("a kettle whistles", "en", "kettle"),
        ("water boils", "en", "boiling"),
        ("footsteps in the snow", "en", "snow"),
        ("the train whistle blows", "en", "train_whistle"),
        ("suona una campana", "it", "bell"),
        ("trueno lejano", "es", "thunder"),
        ("敲门声", "zh", "knock"),
        ("천둥이 친다", "ko", "thunder"),
        ("um bebê chora", "pt", "baby"),
        ("anjing", "id", "dog"),
        ("flibber wompf", "en", sounds.NEUTRAL),
        ("☂", "en", sounds.NEUTRAL),
    ],
)
def test_words_call_for_their_sound(text: str, language: str, kind: str) -> None:
    assert sounds.kind_of(text, language) == kind


def test_every_kind_can_be_called_and_there_are_many() -> None:
    assert len(_WORD) > 150
    assert set(sounds.KINDS) - set(_WORD) <= {sounds.NEUTRAL}
    assert {entry.kind for entry in (*ENGLISH, *FOREIGN)} <= set(sounds.KINDS)


@lru_cache(maxsize=1)
def _rendered() -> dict[str, list[np.ndarray]]:
    # Each kind twice, as it is heard: levelled, and held down where it could be taken for a voice.
    found = {}
    for kind, word in sorted(_WORD.items()):
        pieces = []
        for seed in (1, 2):
            samples = sounds.event(word, int(1.5 * RATE), seed, -27.0).samples
            around = np.pad(samples, RATE // 4)
            pieces.append(guarded([around], np.ones(len(around), bool))[0])
        found[kind] = pieces
    return found


def test_no_sound_is_taken_for_speech(speech: Any) -> None:
    wrong = {kind: runs for kind, pieces in _rendered().items() if (runs := speech(pieces[0], RATE))}
    # Out of 170: a rustle may be unlucky with its clicks.
    assert len(wrong) <= 2, wrong
    assert all(run.duration_ms < 200 for runs in wrong.values() for run in runs)


def test_sounds_are_heard_and_told_apart() -> None:
    def features(samples: np.ndarray) -> np.ndarray:
        size = 2048
        frames = np.lib.stride_tricks.sliding_window_view(samples, size)[::1024]
        power = np.abs(np.fft.rfft(frames * np.hanning(size), axis=1)) ** 2
        edges = np.unique(np.geomspace(2, 1024, 27).astype(int))
        bands = np.array([power[:, low:high].mean(axis=1) for low, high in itertools.pairwise(edges)])
        level = 10 * np.log10(bands + 1e-7)
        move = 10 * np.log10(power.sum(axis=1) + 1e-6)
        rhythm = np.abs(np.fft.rfft(move - move.mean()))[1:16] / 20
        return np.concatenate([level.mean(axis=1), 0.7 * level.std(axis=1), rhythm])

    made = {kind: [features(piece) for piece in pieces] for kind, pieces in _rendered().items()}
    kinds = sorted(made)
    first = np.array([made[kind][0] for kind in kinds])
    right = sum(int(np.argmin(np.linalg.norm(first - made[kind][1], axis=1))) == at for at, kind in enumerate(kinds))
    # A second rendering with another seed is nearest to the first of its own kind.
    assert right >= 0.8 * len(kinds), right / len(kinds)
    assert all(np.abs(piece).max() > db(-48) for pieces in _rendered().values() for piece in pieces)


@pytest.mark.parametrize("kind", sorted(sounds.SUSTAINED))
def test_no_background_is_taken_for_speech(kind: str, speech: Any) -> None:
    bed = sounds.ambience((kind,), 3 * RATE, 3) * db(-38)
    assert loudness(bed) == pytest.approx(-38, abs=0.5)
    assert speech(guarded([bed], np.ones(len(bed), bool))[0], RATE) == []


def test_far_is_quieter_and_duller_than_near() -> None:
    near, far, loud = (sounds.event(f"{word} siren", RATE, 1, -27).samples for word in ("a", "distant", "loud"))
    assert rms(far) < 0.6 * rms(near) < 0.6 * rms(loud)
    high = [np.abs(np.fft.rfft(samples))[3000:].sum() / np.abs(np.fft.rfft(samples)).sum() for samples in (near, far)]
    assert high[1] < 0.7 * high[0]


def test_a_scene_is_heard_by_its_words() -> None:
    assert sounds.scene_of("a street in the rain", "busy").kinds == ("rain", "traffic")
    assert sounds.scene_of("кафе у моря", "тихо", "ru").kinds
    assert sounds.scene_of("a kitchen", "silence").gain_db < -100
    assert sounds.scene_of("a kitchen", "quiet").gain_db < 0


@pytest.mark.parametrize(
    ("style", "ambience", "name"),
    [("film noir", "rain", "noir"), ("warm animation", "soft piano music", "piano"), ("hand-held", "wind", None),
     ("epic fantasy", "no music, only wind", None), ("喜剧", "轻快的音乐", "plain")],
)  # fmt: skip
def test_music_follows_style_and_ambience(style: str, ambience: str, name: Any, caption_of: Any, speech: Any) -> None:
    mood = mood_of(caption_of([{"ms": 3000, "action": "Nobody comes."}], style=style, ambience=ambience))
    assert (mood.name if mood else None) == name
    if mood:
        tune = music(mood, 4 * RATE, 0)
        assert len(tune) == 4 * RATE and np.isfinite(tune).all()
        tune *= db(-38 - loudness(tune))
        assert speech(guarded([tune], np.ones(len(tune), bool))[0], RATE) == []
