"""The damage benchmark: each damage by hand on a film of ten-pixel pictures, its predictions, its page."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from benchmarks import evaluators as bench
from evaluators.plan import ScriptPlan
from generator.stage.signal import RATE
from tests.evaluators.conftest import caption_with


@pytest.fixture
def film() -> bench.Drawn:
    """Shots of 24, 36 and 36 frames, each picture grey by its number; half a second of tone from 1 s on."""
    caption = caption_with((1000, 2500), ((1000, 1500),))
    frames = np.repeat(np.arange(96, dtype=np.uint8), 12).reshape(96, 2, 2, 3)
    sound = np.zeros(4 * RATE, np.float32)
    sound[RATE : RATE * 3 // 2] = 0.5
    return bench.Drawn(caption, Path("0.mp4"), frames, sound)


def shown(frames: np.ndarray) -> list[int]:
    return [int(frame[0, 0, 0]) for frame in frames]


def test_damage_is_what_it_says(film: bench.Drawn) -> None:
    late = shown(bench.cuts_late(film)[0])
    assert late[22:28] == [22, 23, 23, 23, 26, 27]
    assert late[58:64] == [58, 59, 59, 59, 62, 63]
    missing = shown(bench.shot_missing(film)[0])
    assert missing[23:61] == [23] * 37 + [60]
    swapped = shown(bench.shots_swapped(film)[0])
    assert swapped[:36] == list(range(24, 60))
    assert swapped[36:61] == [*range(24), 60]
    sound = bench.speech_late(film)[1]
    assert len(sound) == 4 * RATE
    assert np.flatnonzero(sound)[0] == RATE * 3 // 2
    assert film.frames is bench.speech_late(film)[0]


def test_predictions_by_hand(film: bench.Drawn) -> None:
    before = {"heard": [[1000, 1500]]}

    def sta(damage: str) -> float:
        return bench.predictions(film, damage, before)["sta"]

    assert sta("none") == 1.0
    assert sta("cuts_late") == pytest.approx(math.exp(-4 / 96))  # two cuts, two frames each
    assert sta("shot_missing") == pytest.approx(math.exp(-60 / 96))
    assert sta("shots_swapped") == pytest.approx(math.exp(-12 / 96))  # the first cut from 24 to 36
    assert bench.predictions(film, "none", before)["tams"] == 1.0
    assert bench.predictions(film, "speech_late", before)["tams"] == 0.0  # 1.5–2.0 s against 1.0–1.5 s


def test_the_sampled_films_fit_the_damage() -> None:
    for seed in range(3):
        plan = ScriptPlan.of(bench.both_speak(seed))
        assert len({line.line.role for line in plan.lines}) == 2
        assert abs(len(plan.shots[0].frames) - len(plan.shots[1].frames)) >= 6
        said = bench.sentences(seed)
        assert [line.role for line in said.dialogue] == ["C1", "C2"]
        assert all(shot.interval.covers(line.interval) for shot, line in zip(said.shots, said.dialogue, strict=True))


def test_the_page_compares_with_predictions() -> None:
    rows = [
        bench.Row("0-none", 0, "none", {"sta": 1.0, "tams": 0.9}, (1, 10), {"sta": 1.0, "tams": 0.9}, 1.0),
        bench.Row("1-none", 1, "none", {"sta": 0.8, "tams": None}, (2, 10), {"sta": 1.0, "tams": 0.7}, 1.0),
    ]
    found = bench.summary(rows)["none"]
    assert (found["films"], found["values"]["sta"], found["wer"], found["words"]) == (2, 0.9, 0.15, 20)
    assert found["worst_off"] == {"sta": 0.2, "tams": 0.0}
    run = {"date": "2026-01-01", "machine": "a machine", "damages": {"none": found},
           "film": {"seconds": 9.0, "cpu_seconds": 8.0, "megabytes": 600},
           "resumed": {"films": 9, "killed_at": 4, "same_table": True, "seconds": 30}}  # fmt: skip
    page = bench.markdown([run])
    assert "| none | 2 | 0.9000 | 1.0000 (0.2000) |" in page
    assert "0.150 of 20" in page
    assert "Killed after 4 and begun again: the same table." in page
