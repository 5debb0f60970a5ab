"""Training of the small parts: a run that was cut off ends where one ends that was not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from generator.train.fitting import Fit, fit


def trained(steps_at_a_time: list[int], folder: Path) -> tuple[dict[str, Tensor], list[Mapping[str, float]]]:
    """A line learned from noisy points; each process is one that got so far."""
    told: list[Mapping[str, float]] = []
    for stop in steps_at_a_time:
        torch.manual_seed(1)
        layer = nn.Linear(3, 1)

        def loss_of(random: np.random.Generator, layer: nn.Linear = layer) -> dict[str, Tensor]:
            points = torch.from_numpy(random.normal(size=(16, 3)).astype(np.float32))
            wanted = points @ torch.tensor([[1.0], [-2.0], [0.5]]) + 0.01 * torch.randn(16, 1)
            return {"loss": (layer(points) - wanted).square().mean()}

        how = Fit(steps=300, learning_rate=5e-2)
        fit(layer, loss_of, how, folder / "run.safetensors", lambda _step, terms: told.append(terms), until=stop)
    return {name: value.clone() for name, value in layer.state_dict().items()}, told


def test_a_run_that_was_cut_off_ends_where_a_whole_one_ends(tmp_path: Path) -> None:
    for name in ("whole", "parts"):
        (tmp_path / name).mkdir()
    whole, told = trained([300], tmp_path / "whole")
    parts, _ = trained([70, 171, 300], tmp_path / "parts")
    assert all(torch.equal(whole[name], parts[name]) for name in whole)
    assert told[-1]["loss"] < 0.01 < told[0]["loss"]
    assert whole["weight"].tolist()[0] == pytest.approx([1.0, -2.0, 0.5], abs=0.05)


def test_the_rate_rises_and_falls() -> None:
    how = Fit(steps=1000, learning_rate=1.0)
    assert how.rate(0) == pytest.approx(1 / 200)
    assert max(map(how.rate, range(1000))) == pytest.approx(how.rate(199), abs=0.01)
    assert how.rate(999) == pytest.approx(0.03, abs=1e-3)
