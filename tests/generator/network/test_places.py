"""Places in the picture, which a network may be told besides rotary positions."""

from __future__ import annotations

import dataclasses
import math

import pytest
import torch

from generator.model import Backbone
from generator.positions import spatial_sinusoids
from generator.presets import TowerConfig, tiny, trial
from mavin.errors import UsageError


def test_by_hand() -> None:
    """Two rows and one column: y is 1/4 and 3/4, x is 1/2."""
    root = math.sqrt(0.5)
    found = spatial_sinusoids(2, 1, 1)
    torch.testing.assert_close(found, torch.tensor([[root, root, 0, 1], [-root, root, 0, 1]], dtype=torch.float64))


def test_edges_are_edges_at_every_size() -> None:
    small, large = spatial_sinusoids(4, 7, 4), spatial_sinusoids(40, 70, 4)
    assert small.shape == (28, 16) and large.shape == (2800, 16)
    rows, fine_rows = small.view(4, 7, 16), large.view(40, 70, 16)
    torch.testing.assert_close(rows[:, 3, :4], fine_rows[4:40:10, 0, :4], rtol=0, atol=0.2)


def test_a_uniform_picture_has_places_only_with_them() -> None:
    """Of a picture that is the same everywhere, rotary positions alone make the same tokens everywhere."""
    for frequencies, alike in ((0, True), (3, False)):
        preset = trial()
        torch.manual_seed(0)
        video = dataclasses.replace(preset.video, spatial_frequencies=frequencies)
        backbone = Backbone(video, None)
        assert backbone.video_model is not None
        torch.nn.init.normal_(backbone.video_model.head.head.weight)
        with torch.no_grad():
            out, _ = backbone([torch.ones(48, 2, 4, 6)], None, torch.tensor([900.0]), [torch.zeros(1, 24)], None)
        assert out is not None
        cells = out[0].unflatten(2, (2, 2)).unflatten(4, (3, 2))  # C F rows 2 columns 2
        spread = float(cells.std(dim=(2, 4)).max())
        assert (spread < 1e-5) is alike, spread


def test_it_is_stored_with_the_tower_and_absent_elsewhere() -> None:
    told = tiny().video.as_dict()
    assert told["spatial_frequencies"] == TowerConfig.of(told).spatial_frequencies == 4
    assert "spatial_frequencies" not in trial().video.as_dict()
    assert all("spatial" not in name for name, _ in Backbone(trial().video, None).named_parameters())


def test_sound_has_no_places() -> None:
    with pytest.raises(UsageError, match="spatial_frequencies must be 0 or more, and 0 for audio"):
        dataclasses.replace(trial().audio, spatial_frequencies=2)
