"""The first 200 steps of the shipped configuration, in small: the loss falls as it was recorded."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.first_steps import STEPS, curve, recorded
from generator.train.config_file import read_config


def test_the_loss_of_the_first_steps_falls_as_recorded(tmp_path: Path) -> None:
    found, before = curve(tmp_path / "run"), recorded()
    assert [row["step"] for row in found] == [row["step"] for row in before]
    assert found[-1]["step"] == STEPS
    for row, was in zip(found, before, strict=True):
        # Another processor or PyTorch rounds otherwise, and 200 steps make more of it.
        assert row["loss"] == pytest.approx(was["loss"], rel=0.01 if row["step"] <= STEPS / 2 else 0.05), row
        assert row["loss"] == pytest.approx(0.85 * row["video_loss"] + 0.15 * row["audio_loss"], abs=1e-4)
    losses = [row["loss"] for row in found]
    assert losses[-1] < 0.7 * losses[0]
    assert all(later < earlier for earlier, later in pairwise(losses[::2])), losses
    shipped = read_config("tiny")
    assert [row["learning_rate"] for row in found] == pytest.approx(
        [shipped.learning_rate_at(int(row["step"]) - 1) for row in found], abs=1e-6
    ), "the schedule is the shipped one's"
