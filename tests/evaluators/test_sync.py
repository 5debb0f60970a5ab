"""SyncNet's score by hand, and of streams that are shifted against each other."""

from __future__ import annotations

import math

import numpy as np
import pytest

from evaluators.sync import lip_sync


def test_by_hand() -> None:
    # One number a frame.  Shifts −1, 0, 1 put the voices (0, 3, 0), (3, 0, 4), (0, 4, 0) beside the lips (0, 4, 0); padded
    # by zeros they are (0, 3, 0, 4, 0) and begin at 0, 1, 2.
    # Distances: |0−0|+|4−3|+|0−0| = 1, 3+4+4 = 11, 0+0+0 = 0, each over 3 frames.
    # Least 0 at the third: shift 1 − 2 = −1.  Median 1/3, so the confidence is 1/3.
    lips, voices = np.array([[0], [4], [0]], np.float32), np.array([[3], [0], [4]], np.float32)
    found = lip_sync(lips, voices, 1)
    assert found.confidence == pytest.approx(1 / 3, abs=1e-5)
    assert found.distance == pytest.approx(0, abs=1e-5)
    assert (found.offset, found.windows) == (-1, 3)


@pytest.mark.parametrize("late", [-4, 0, 3])
def test_the_offset_is_found(late: int) -> None:
    stream = np.random.default_rng(0).normal(size=(80, 16)).astype(np.float32)
    found = lip_sync(stream[20:60], stream[20 + late : 60 + late])
    assert found.offset == late
    assert found.confidence > 3


def test_unrelated_streams_and_none() -> None:
    rng = np.random.default_rng(0)
    lips, voices = (rng.normal(size=(60, 64)).astype(np.float32) for _ in range(2))
    assert lip_sync(lips, voices).confidence < 1
    none = lip_sync(lips[:0], voices[:0])
    assert math.isnan(none.confidence)
    with pytest.raises(ValueError, match="one shape"):
        lip_sync(lips, voices[:3])
