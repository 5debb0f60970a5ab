"""The stage's benchmark: sums, resuming, and one real film."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks import stage
from generator.stage.sampling import Difficulty

_ROW = stage.Row(
    "clear-0", "abc", "clear", 0, 96, [48], [48], [[1000, 2000]], [[1000, 2000]], 4000, sta=1.0, tams=1.0, seconds=2.0,
    speech_alone=[[1000, 1900]],
)  # fmt: skip


def test_the_sums_of_a_set() -> None:
    late = replace(_ROW, id="clear-1", seed=1, found=[50], speech_heard=[[1500, 2500]], sta=0.9794, tams=0.3333)
    silent = replace(_ROW, id="clear-2", seed=2, found=[], speech_wanted=[], speech_heard=[], sta=0.5353, tams=None,
                     speech_alone=None)  # fmt: skip
    found = stage.summary([_ROW, late, silent])
    # exp(-2/96) = 0.9794, exp(-60/96) = 0.5353; their mean with 1 is 0.8382; 0.5 of 1.5 s are shared
    assert found["sta"] == {"value": 0.8382, "n": 3, "unscored": 0}
    assert found["tams"] == {"value": 0.6667, "n": 2, "unscored": 1}
    assert (found["missed_cuts"], found["extra_cuts"], found["cuts"]) == (1, 0, 3)
    assert found["worst_cuts"] == [2, 1]
    assert found["worst_speech"] == [1]
    run = {"date": "2026-01-01", "code": "abc", "machine": "a machine", "load": 0.5, "sets": {"clear": found},
           "speed": {"5 s": {"seconds": 4.0, "cpu_seconds": 3.0, "megabytes": 200.0}}}  # fmt: skip
    page = stage.markdown([run])
    assert "| 2026-01-01 | clear | 3 | 0.8382 |" in page
    assert "| 1, 0 of 3 | 0.6667 (2) | 0.9000 |" in page
    assert "| 5 s | 4.0 | 3.0 | 200.0 | 0.5 |" in page


def test_only_results_of_this_stage_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    rows = [asdict(_ROW), asdict(replace(_ROW, id="clear-1", code="old"))]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + '{"id": "clear-2", "co')
    assert stage.kept(path, "abc") == {"clear-0": _ROW}
    assert stage.kept(tmp_path / "none.jsonl", "abc") == {}


def test_one_film_is_drawn_looked_at_and_listened_to(tmp_path: Path, monkeypatch: Any) -> None:
    knobs = Difficulty(
        duration_ms=(3000, 3000), shots=(2, 2), roles=(1, 1), animals=0.0, speech=(0.5, 0.6), min_shot_ms=1000,
        clear_cuts=True, setting_change=1.0, moving=0.0, off_screen=0.0,
    )  # fmt: skip
    monkeypatch.setitem(stage.SETS, "clear", lambda: knobs)
    row = stage.measure(stage.Task("clear", 4), "abc", tmp_path)
    assert (row.frames, row.wanted) == (72, row.found)
    assert row.sta == 1.0
    assert row.tams == pytest.approx(row.speech.accuracy, abs=1e-4)
    assert (row.tams or 0) > 0.85
    ceiling = stage.summary([row])["tams_ceiling"]["value"]
    assert ceiling > 0.9
