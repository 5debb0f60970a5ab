"""The mix: levels, ducking, silence, cuts, overlapping speakers, lips."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from generator.stage.signal import RATE, db, loudness, rms, true_peaks
from generator.stage.soundtrack import build_soundtrack

pyloudnorm = pytest.importorskip("pyloudnorm")

_LINES = [
    {"role": "C1", "start_ms": 900, "end_ms": 2700, "text": "I never meant to leave the light on."},
    {"role": "C2", "start_ms": 3600, "end_ms": 4700, "text": "Who is out there?", "delivery": "whispers"},
]


def _noisy(caption_of: Any, lines: Any, **more: Any) -> Any:
    shots = [
        {"ms": 3000, "setting": "a street in the rain", "action": "Mara waits.", "roles": ("C1",),
         "sounds": [(0, 2000, "thunder"), (500, 2900, "a siren wails"), (2700, 3000, "a dog barks")]},
        {"ms": 3000, "setting": "a crowded café", "action": "Tom waits.", "roles": ("C2",),
         "sounds": [(0, 1500, "a bell tolls"), (400, 2800, "engine"), (1700, 2900, "people laugh")]},
    ]  # fmt: skip
    more.setdefault("style", "film noir with jazz")
    more.setdefault("ambience", "a crowd and wind")
    return caption_of(shots, [{"name": "Mara"}, {"name": "Tom"}], lines, **more)


def test_levels_ducking_and_peaks_of_a_full_mix(caption_of: Any, speech: Any) -> None:
    track = build_soundtrack(_noisy(caption_of, _LINES))
    assert pyloudnorm.Meter(RATE).integrated_loudness(track.samples.astype(float)) == pytest.approx(-16, abs=1)
    assert loudness(track.samples) == pytest.approx(
        pyloudnorm.Meter(RATE).integrated_loudness(track.samples.astype(float)), abs=0.2
    )
    assert true_peaks(track.samples).max() < db(-1)
    parts = track.stems
    under = parts.ambience + parts.events + parts.music
    for part in track.spoken:
        span = slice(part.start, part.start + len(part.samples))
        assert rms(under[span]) < rms(parts.speech[span]) * db(-20)
        assert rms(under[span]) > 0
    assert parts.music.any() and parts.events.any() and parts.ambience.any()
    runs = speech(track.samples, RATE)
    assert [abs(run.start_ms - line["start_ms"]) < 60 and abs(run.end_ms - line["end_ms"]) < 90
            for run, line in zip(runs, _LINES, strict=True)] == [True, True]  # fmt: skip


def test_parts_can_be_left_out(caption_of: Any) -> None:
    caption = _noisy(caption_of, _LINES)
    without = build_soundtrack(caption, music=False, effects=False).stems
    assert not without.music.any() and not without.events.any() and without.ambience.any()
    assert not build_soundtrack(caption, ambience=False).stems.ambience.any()


def test_a_film_full_of_sounds_without_dialogue_is_as_loud_as_one_with(caption_of: Any) -> None:
    texts = ["thunder", "a dog barks", "footsteps", "a bell rings", "glass shatters", "a car engine", "people laughing"]
    shots = [
        {
            "ms": 2000,
            "setting": "a street in the rain",
            "action": "Nobody comes.",
            "sounds": [(0, 900, a), (500, 1900, b)],
        }
        for a, b in pairwise(texts)
    ]
    track = build_soundtrack(caption_of(shots, ambience="a crowd and wind", style="epic fantasy"))
    assert -18 < loudness(track.samples) < -15
    assert np.abs(track.samples).max() < 1


def test_a_silent_film_stays_silent(caption_of: Any) -> None:
    shot = [{"ms": 3000, "setting": "a white room", "action": "Nobody comes."}]
    silent = build_soundtrack(caption_of(shot, ambience="silence", style="pencil drawing"))
    assert not silent.samples.any() and len(silent.samples) == 3 * RATE
    still = build_soundtrack(caption_of(shot, ambience="quiet", style="pencil drawing"))
    assert 0 < rms(still.samples) < db(-50)


@pytest.mark.parametrize("word", ["a bell tolls", "laughter", "a dog barks", "engine", "typing"])
def test_no_event_lengthens_a_line(word: str, caption_of: Any, speech: Any) -> None:
    start, end = 1000, 1900
    for event in ((end, 2800, word), (200, 2800, word)):
        dialogue = [{"role": "C1", "start_ms": start, "end_ms": end, "text": "Did you hear that?"}]
        shot = {
            "ms": 3000,
            "setting": "a street in the wind",
            "action": "Mara waits.",
            "roles": ("C1",),
            "sounds": [event],
        }
        track = build_soundtrack(caption_of([shot], [{"name": "Mara"}], dialogue))
        for run in speech(track.samples, RATE):
            assert start - 50 <= run.start_ms and run.end_ms <= end + 60, (event, run)


def test_an_event_is_heard_again_after_the_line(caption_of: Any) -> None:
    def tail(events: list[tuple[int, int, str]]) -> float:
        dialogue = [{"role": "C1", "start_ms": 1000, "end_ms": 1400, "text": "Listen."}]
        shot = {"ms": 3000, "setting": "a room", "action": "Mara waits.", "roles": ("C1",), "sounds": events}
        samples = build_soundtrack(caption_of([shot], [{"name": "Mara"}], dialogue), music=False).samples
        return rms(samples[int(1.85 * RATE) : int(2.4 * RATE)])

    assert tail([(1400, 2900, "a bell tolls")]) > 2 * tail([])


def test_overlapping_speakers_and_a_line_over_a_cut(caption_of: Any, speech: Any) -> None:
    lines = [
        {"role": "C1", "start_ms": 500, "end_ms": 2500, "text": "I told you to wait by the old harbour."},
        {"role": "C2", "start_ms": 1500, "end_ms": 3300, "text": "And I did wait, the whole long night."},
    ]
    shots = [
        {"ms": 2000, "action": "Mara talks.", "roles": ("C1",)},
        {"ms": 2000, "action": "Tom too.", "roles": ("C2",)},
    ]
    track = build_soundtrack(caption_of(shots, [{"name": "Mara"}, {"name": "Tom"}], lines))
    (run,) = speech(track.samples, RATE)
    assert abs(run.start_ms - 500) < 60 and abs(run.end_ms - 3300) < 80
    assert true_peaks(track.samples).max() < db(-1)
    both = track.mouths[45]  # 1.875 s
    assert set(both) == {"C1", "C2"} and not track.mouths[6]


def test_an_off_screen_line_has_no_mouth_but_a_voice(caption_of: Any) -> None:
    line = {"role": "C1", "start_ms": 500, "end_ms": 2000, "text": "Nobody sees me here.", "on_screen": False}
    track = build_soundtrack(caption_of([{"ms": 3000, "action": "Rain falls."}], [{"name": "Mara"}], [line]))
    assert not any(track.mouths) and rms(track.stems.speech) > 0.02


def test_lips_follow_the_sound(caption_of: Any) -> None:
    line = {"role": "C1", "start_ms": 500, "end_ms": 2500, "text": "One. Two. Three. Four."}
    track = build_soundtrack(
        caption_of([{"ms": 3000, "action": "Mara counts.", "roles": ("C1",)}], [{"name": "Mara"}], [line])
    )
    step = RATE // 24
    levels = np.array([rms(track.stems.speech[at * step : (at + 1) * step]) for at in range(72)])
    opened = np.array([mouths.get("C1", 0) for mouths in track.mouths])
    assert np.corrcoef(levels, opened)[0, 1] > 0.9
    assert opened.max() >= 3 and len(set(opened[12:60])) >= 4


def test_one_seed_one_sound(caption_of: Any) -> None:
    caption = _noisy(caption_of, _LINES)
    one, two = (build_soundtrack(caption, effects=False).samples for _ in range(2))
    assert np.array_equal(one, two)
    first, again, other = (
        build_soundtrack(caption, seed=seed, music=False, ambience=False).stems.events for seed in (4, 4, 5)
    )
    assert np.array_equal(first, again) and not np.array_equal(first, other)
