"""The damage benchmark: each damage by hand on a film of ten-pixel pictures, its predictions, its page."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from benchmarks import evaluator_damage as damage
from benchmarks import evaluators as bench
from benchmarks.evaluator_record import Row, kept_rows, markdown, summary
from evaluators.plan import ScriptPlan
from generator.stage.signal import RATE
from mavin.errors import UsageError
from tests.evaluators.conftest import caption_with


@pytest.fixture
def film() -> damage.Drawn:
    """Shots of 24, 36 and 36 frames, each picture grey by its number; half a second of tone from 1 s on."""
    caption = caption_with((1000, 2500), ((1000, 1500),))
    frames = np.repeat(np.arange(96, dtype=np.uint8), 12).reshape(96, 2, 2, 3)
    sound = np.zeros(4 * RATE, np.float32)
    sound[RATE : RATE * 3 // 2] = 0.5
    return damage.Drawn(caption, Path("0.mp4"), frames, sound)


def shown(frames: np.ndarray) -> list[int]:
    return [int(frame[0, 0, 0]) for frame in frames]


def test_damage_is_what_it_says(film: damage.Drawn) -> None:
    late = shown(damage.cuts_late(film)[0])
    assert late[22:28] == [22, 23, 23, 23, 26, 27]
    assert late[58:64] == [58, 59, 59, 59, 62, 63]
    missing = shown(damage.shot_missing(film)[0])
    assert missing[23:61] == [23] * 37 + [60]
    swapped = shown(damage.shots_swapped(film)[0])
    assert swapped[:36] == list(range(24, 60))
    assert swapped[36:61] == [*range(24), 60]
    sound = damage.speech_late(film)[1]
    assert len(sound) == 4 * RATE
    assert np.flatnonzero(sound)[0] == RATE * 3 // 2
    assert film.frames is damage.speech_late(film)[0]


def test_predictions_by_hand(film: damage.Drawn) -> None:
    before = {"heard": [[1000, 1500]], "voice": 0.7, "crossed": 0.5}

    def sta(name: str) -> float:
        return damage.predicted_pictures(film, name)["sta"]

    assert sta("none") == sta("figure_replaced") == 1.0
    assert sta("cuts_late") == pytest.approx(math.exp(-4 / 96))  # two cuts, two frames each
    assert sta("shot_missing") == pytest.approx(math.exp(-60 / 96))
    assert sta("shots_swapped") == pytest.approx(math.exp(-12 / 96))  # the first cut from 24 to 36
    heard = damage.predicted_sound(film, "none", before, film.sound)
    assert heard == {"tams": 1.0, "voice_sim_ge2e": 0.7}
    late = damage.predicted_sound(film, "speech_late", before, film.sound)
    assert late == {"tams": 0.0, "voice_sim_ge2e": 0.7}  # 1.5–2.0 s against 1.0–1.5 s
    assert damage.predicted_sound(film, "cuts_late", before, film.sound) == {"tams": 1.0}
    # Other voices: the detector on the sound itself, which here is silent.
    swapped = damage.predicted_sound(film, "voices_swapped", before, np.zeros_like(film.sound))
    assert swapped == {"tams": 0.0, "voice_sim_ge2e": 0.5}


def test_pictures_are_predicted_by_the_formula_in_their_new_order(film: damage.Drawn) -> None:
    # One feature for each shot: inside a shot all are alike, between shots at right angles.
    features = np.eye(3, dtype=np.float32)[np.repeat([0, 1, 2], [24, 36, 36])]

    def frames(name: str) -> float:
        moved = features[damage.order_after(film, name)]
        return damage.predicted_pictures(film, name, moved)["frame_consistency_efficientnet"]

    assert frames("none") == frames("shots_swapped") == frames("cuts_late") == 1.0
    assert "role_shots_efficientnet" not in damage.predicted_pictures(film, "none", features)  # nobody is in two shots
    shots = [shot.model_copy(update={"roles": ("C1",)}) for shot in film.caption.shots]
    seen = damage.Drawn(film.caption.model_copy(update={"shots": tuple(shots)}), film.path, film.frames, film.sound)
    assert damage.predicted_pictures(seen, "none", features)["role_shots_efficientnet"] == 0.0
    # The first shot's last picture in place of the second: that pair of three is now alike.
    missing = damage.predicted_pictures(seen, "shot_missing", features[damage.order_after(seen, "shot_missing")])
    assert missing["role_shots_efficientnet"] == pytest.approx(1 / 3)


def test_the_sampled_films_fit_the_damage() -> None:
    for seed in range(3):
        plan = ScriptPlan.of(damage.both_speak(seed))
        assert len({line.line.role for line in plan.lines}) == 2
        assert abs(len(plan.shots[0].frames) - len(plan.shots[1].frames)) >= 6
        said = damage.sentences(seed)
        assert [line.role for line in said.dialogue] == ["C1", "C2"]
        assert all(shot.interval.covers(line.interval) for shot, line in zip(said.shots, said.dialogue, strict=True))


def test_the_page_compares_with_predictions() -> None:
    rows = [
        Row("0-none", 0, "none", {"sta": 1.0, "tams": 0.9}, (1, 10), {"sta": 1.0, "tams": 0.9}, 1.0),
        Row("1-none", 1, "none", {"sta": 0.8, "tams": None}, (2, 10), {"sta": 1.0, "tams": 0.7}, 1.0),
        Row("0-late", 0, "late", {"sta": 1.0, "tams": 0.31}, (3, 10), {"sta": 1.0, "tams": 0.3}, 1.0),
        Row("1-late", 1, "late", {"sta": 1.0, "tams": 0.3}, (2, 10), {"sta": 1.0, "tams": 0.3}, 1.0),
    ]
    found = summary(rows)
    none, late = found["none"], found["late"]
    assert (none["films"], none["values"]["sta"], none["wer"], none["words"]) == (2, 0.9, 0.15, 20)
    assert none["worst_off"] == {"sta": 0.2, "tams": 0.0}
    # Two words more in one film, none in the other: 2 ± √2 · √2.
    assert late["more_errors"] == [2, 2.0]
    assert late["least_tams"] == 0.3
    run = {"date": "2026-01-01", "machine": "a machine", "damages": found,
           "film": {"seconds": 9.0, "cpu_seconds": 8.0, "megabytes": 600},
           "resumed": {"films": 9, "killed_at": 4, "same_table": True, "seconds": 30}}  # fmt: skip
    page = markdown([run])
    assert "| none | 2 | 0.9000 | 1.0000 (**0.2000**) |" in page
    assert "0.3000 (0.0100)" in page
    assert "0.150 of 20" in page
    assert "+2 ± 2" in page
    assert "Killed after 4 and begun again: the same table." in page


def test_a_stopped_record_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    row = Row("0-none", 0, "none", {"sta": 1.0}, (1, 10), {"sta": 1.0}, 1.0, "abc", {"heard": [[0, 5]]})
    file.write_text(json.dumps(asdict(row)) + '\n{"id": "0-cuts')
    assert kept_rows(file, "abc") == {"0-none": row}
    assert file.read_text().count("\n") == 1
    with pytest.raises(UsageError, match="measured with these settings"):
        kept_rows(file, "other")
    assert kept_rows(None, "abc") == kept_rows(tmp_path / "none", "abc") == {}
    tasks = bench.tasks_of(2, 100, cost=True)
    assert [task.id for task in tasks[-2:]] == ["0-cost", "100-resumed"]
    assert tasks.index(bench.Task(1, "none")) < min(
        at for at, task in enumerate(tasks) if task.seed == 1 and task.damage != "none"
    )
