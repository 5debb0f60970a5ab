"""The benchmark of editing: its instructions come out as they must, and a wrong outcome would be told."""

from __future__ import annotations

from pathlib import Path

from benchmarks.editing import ask, ask_all, scene, time_edits


def test_every_exact_instruction_is_obeyed_and_touches_nothing_else(tmp_path: Path) -> None:
    answers = ask_all(tmp_path)
    assert len(answers) == 10
    assert [answer for answer in answers if answer.wrong] == []


def test_a_wrong_outcome_is_told(tmp_path: Path) -> None:
    assert ask("L2 0.1 s later", {"dialogue.L2.start_ms": 4900}, [], tmp_path).wrong == "dialogue.L2.end_ms: 6300"
    assert ask("lock L1", {}, [], tmp_path).wrong == "locks: K1.dialogue.L1"
    assert "not understood" in ask("make it sad", {}, [], tmp_path).wrong


def test_the_timed_edits_are_of_a_six_shot_film(tmp_path: Path) -> None:
    assert len(scene().shots) == 6
    times = time_edits(tmp_path, 12)
    assert len(times.clock) == len(times.cpu) == len(times.applying) == 12
    assert 0 < min(times.applying) < min(times.clock)
