"""SC, BC, CISC, BISC and cosines by hand, and against a literal loop."""

from __future__ import annotations

import math

import numpy as np
import pytest

from evaluators.consistency import frame_consistency, pair_consistency, shots_between
from evaluators.similarity import cosines, mean_cosine


def literal(features: np.ndarray, shots: list[range]) -> float:
    """VBench's loop, shot by shot."""
    total, count = 0.0, 0
    for shot in shots:
        for at in shot:
            here = features[at] / np.linalg.norm(features[at])
            if at > shot.start:
                first = features[shot.start] / np.linalg.norm(features[shot.start])
                former = features[at - 1] / np.linalg.norm(features[at - 1])
                total += (max(0.0, float(here @ former)) + max(0.0, float(here @ first))) / 2
                count += 1
    return total / count


def test_three_frames_by_hand() -> None:
    # f₀ = (1, 0), f₁ = (3, 4): cos 3/5 to both its neighbour and the first, so 0.6.
    # f₂ = (0, 1): cos to f₁ 4/5, to f₀ 0, so 0.4.  The mean is 0.5.
    found = frame_consistency(np.array([[1, 0], [3, 4], [0, 1]]), [range(3)])
    assert found.value == pytest.approx(0.5)
    assert found.n == 2


def test_a_cut_costs_nothing() -> None:
    # Two shots of two equal frames each, opposite to each other: 1.  As one shot: f₂ scores max(0, −1) twice, f₃ scores
    # the half of 1 + 0, so that the mean of 1, 0 and 0.5 is 0.5.
    features = np.array([[1, 0], [1, 0], [-1, 0], [-1, 0]])
    assert frame_consistency(features, shots_between([2], 4)).value == 1
    assert frame_consistency(features, [range(4)]).value == pytest.approx(0.5)


def test_identity_worst_case_and_nothing_to_compare() -> None:
    assert frame_consistency(np.ones((5, 3)), [range(5)]).value == pytest.approx(1)
    assert frame_consistency(np.array([[1.0, 0], [-1, 0], [1, 0]]), [range(3)]).value == pytest.approx(0.25)
    for shots in ([], [range(1), range(1, 2)]):
        nothing = frame_consistency(np.ones((2, 3)), shots)
        assert (math.isnan(nothing.value), nothing.n) == (True, 0)
    with pytest.raises(ValueError, match="not all zero"):
        frame_consistency(np.zeros((3, 2)), [range(3)])
    with pytest.raises(ValueError, match="inside 3 frames"):
        frame_consistency(np.ones((3, 2)), [range(4)])


def test_against_the_loop() -> None:
    features = np.random.default_rng(0).normal(size=(40, 6)) + 0.5
    shots = [range(13), range(13, 14), range(14, 40)]
    assert frame_consistency(features, shots).value == pytest.approx(literal(features, shots))


def test_shots_between_cuts() -> None:
    assert shots_between([5, 3], 9) == (range(3), range(3, 5), range(5, 9))
    assert shots_between([], 4) == (range(4),)
    with pytest.raises(ValueError, match="between 0 and 4"):
        shots_between([5], 4)


def test_pairs_by_hand() -> None:
    # cos((1, 0), (3, 4)) = 0.6 and cos((3, 4), (4, 3)) = 24/25: mean 0.78.  The pair (0, 2) is not annotated.
    features = np.array([[1, 0], [3, 4], [4, 3]])
    found = pair_consistency(features, [(0, 1), (1, 2)])
    assert found.value == pytest.approx(0.78)
    assert found.n == 2
    assert pair_consistency(features, [(1, 0), (2, 1)]).value == pytest.approx(0.78)  # symmetry
    assert pair_consistency(features, [(1, 1)]).value == pytest.approx(1)
    assert math.isnan(pair_consistency(features, []).value)


def test_cosines() -> None:
    one = np.array([[3, 4], [0, 0], [1, 0]])
    # 1, no direction, −1
    found = cosines(one, np.array([[6, 8], [1, 1], [-2, 0]]))
    assert found[[0, 2]] == pytest.approx([1, -1])
    assert math.isnan(found[1])
    assert mean_cosine(one, np.array([[1, 0]])) == pytest.approx((0.6 + 1) / 2)
    assert math.isnan(mean_cosine(np.zeros((2, 2)), np.ones((1, 2))))
    with pytest.raises(ValueError, match=r"\(n, D\)"):
        cosines(one, np.ones((2, 2)))
