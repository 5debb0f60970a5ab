"""What is done to pictures before a network sees them, against the same done by hand or by Pillow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from evaluators.features.pictures import (
    IMAGENET_COLOURS,
    centre_crop,
    checked,
    evenly,
    middle,
    normalised,
    short_side,
    squashed,
)


def test_the_short_side_is_scaled_and_the_aspect_stays() -> None:
    # 90 × 160 to a short side of 224: 224 · 160 / 90 = 398.2, rounded down
    assert short_side(torch.zeros(1, 3, 90, 160), 224).shape == (1, 3, 224, 398)
    assert short_side(torch.zeros(1, 3, 160, 90), 224).shape == (1, 3, 398, 224)


def test_scaling_with_antialiasing_is_pillows(clip: np.ndarray) -> None:
    wanted = np.asarray(Image.fromarray(clip[0]).resize((80, 45), Image.Resampling.BICUBIC))
    found = squashed(checked(clip[:1]), 45, 80, "bicubic", antialias=True)[0].permute(1, 2, 0).numpy()
    assert np.abs(found - wanted).max() <= 2  # Pillow rounds after each direction
    assert np.abs(found - wanted).mean() < 0.2


def test_the_crop_is_the_middle() -> None:
    x = torch.arange(6.0).expand(1, 3, 4, 6)
    assert centre_crop(x, 4)[0, 0, 0].tolist() == [1, 2, 3, 4]


def test_colours_by_hand() -> None:
    # red 255: (1 − 0.485) / 0.229
    x = normalised(torch.full((1, 3, 1, 1), 255.0), IMAGENET_COLOURS)
    assert float(x[0, 0, 0, 0]) == pytest.approx(2.2489, abs=1e-4)


def test_sampling() -> None:
    assert evenly(16, 16) == list(range(16))
    assert evenly(31, 4) == [0, 10, 20, 30]
    assert evenly(1, 3) == [0, 0, 0]
    assert middle(16, 8) == [0, 2, 4, 6, 8, 10, 12, 14]
    assert middle(24, 8) == [1, 4, 7, 10, 13, 16, 19, 22]  # the middle of each three
    assert middle(2, 4) == [0, 1, 1, 1]


def test_wrong_frames_are_refused(clip: np.ndarray) -> None:
    wrongs: list[Any] = [clip[0], clip.astype(np.float32), clip[:0]]
    for wrong in wrongs:
        with pytest.raises(ValueError, match=r"\(F, H, W, 3\)"):
            checked(wrong)
