"""Fréchet distance against analytic cases and three other routes to the same number."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.linalg import sqrtm

from evaluators.frechet import FeatureMoments, frechet_distance


def exact(mean: list[float], deviations: list[float]) -> NDArray[np.float64]:
    """Samples whose mean and (diagonal) covariance are exactly these.

    Per axis i the pair ±a: Σ = 2a²/(n − 1) with n = 2D samples, so a = σ √((2D − 1) / 2).
    """
    size = len(mean)
    offsets = np.diag(np.array(deviations) * math.sqrt((2 * size - 1) / 2))
    return np.asarray(np.concatenate([offsets, -offsets]) + np.array(mean))


def cloud(seed: int, n: int, dimensions: int) -> NDArray[np.float64]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, dimensions)) @ rng.normal(size=(dimensions, dimensions)) + rng.normal(size=dimensions)


def test_two_gaussians_by_hand() -> None:
    # Axes commute: tr(Σ₁ + Σ₂ − 2√(Σ₁Σ₂)) = Σ (σ₁ − σ₂)² = (1 − 2)² + (2 − 3)² = 2, and |μ₁ − μ₂|² = 3² + 4² = 25.
    one, two = exact([0, 0], [1, 2]), exact([3, 4], [2, 3])
    assert np.cov(one, rowvar=False) == pytest.approx(np.diag([1.0, 4.0]))
    assert frechet_distance(one, two).value == pytest.approx(27.0, abs=1e-10)


def test_a_rotated_gaussian_by_hand() -> None:
    # Σ₁ = diag(1, 9) and Σ₂ = diag(9, 1) commute: (1 − 3)² + (3 − 1)² = 8.  Turning both by 45° changes nothing.
    turn = np.array([[1, -1], [1, 1]]) / math.sqrt(2)
    one, two = exact([0, 0], [1, 3]), exact([0, 0], [3, 1])
    assert frechet_distance(one, two).value == pytest.approx(8.0)
    assert frechet_distance(one @ turn, two @ turn).value == pytest.approx(8.0)


@pytest.mark.parametrize(("n", "dimensions"), [(60, 4), (90, 32), (20, 32)])
def test_three_other_routes(n: int, dimensions: int) -> None:
    one, two = cloud(1, n, dimensions), cloud(2, n + 7, dimensions)
    covariances = np.cov(one, rowvar=False), np.cov(two, rowvar=False)
    product = covariances[0] @ covariances[1]
    # 1. the matrix root itself; 2. the roots of the eigenvalues of the unsymmetric product; 3. the singular values of
    # the product of both data matrices (nuclear norm), which never forms a covariance at all
    centred = [(part - part.mean(axis=0)) / math.sqrt(len(part) - 1) for part in (one, two)]
    traces = (
        float(np.trace(sqrtm(product)).real),
        float(np.sqrt(np.clip(np.linalg.eigvals(product).real, 0, None)).sum()),
        float(np.linalg.svd(centred[0] @ centred[1].T, compute_uv=False).sum()),
    )
    gap = one.mean(axis=0) - two.mean(axis=0)
    found = frechet_distance(one, two).value
    for trace in traces:
        wanted = gap @ gap + np.trace(covariances[0]) + np.trace(covariances[1]) - 2 * trace
        assert found == pytest.approx(wanted, rel=1e-5)


def test_identity_symmetry_and_scale() -> None:
    one, two = cloud(3, 50, 6), cloud(4, 40, 6)
    assert frechet_distance(one, one).value == pytest.approx(0, abs=1e-9)
    assert frechet_distance(one, two).value == pytest.approx(frechet_distance(two, one).value)
    assert frechet_distance(3 * one, 3 * two).value == pytest.approx(9 * frechet_distance(one, two).value)
    assert frechet_distance(one + 1e6, two + 1e6).value == pytest.approx(frechet_distance(one, two).value, rel=1e-6)


def test_batches_give_what_the_whole_gives() -> None:
    whole = cloud(5, 64, 5) + 1000
    moments = FeatureMoments.of(whole[:10]).with_more(whole[10:11]).with_more(whole[11:])
    assert moments.n == 64
    assert moments.mean == pytest.approx(whole.mean(axis=0))
    assert moments.covariance == pytest.approx(np.cov(whole, rowvar=False), rel=1e-9)


def test_few_samples_are_warned_of_and_none_have_no_distance() -> None:
    few = frechet_distance(cloud(6, 10, 12), cloud(7, 30, 12))
    assert few.value > 0
    assert "10 samples in 12 dimensions" in few.warning
    assert not frechet_distance(cloud(6, 12, 12), cloud(7, 30, 12)).warning
    for counts in ((0, 5), (1, 5)):
        none = frechet_distance(cloud(6, counts[0], 3), cloud(7, counts[1], 3))
        assert math.isnan(none.value)
        assert "two samples" in none.warning


def test_wrong_input_is_refused() -> None:
    with pytest.raises(ValueError, match="one length"):
        frechet_distance(cloud(1, 5, 3), cloud(1, 5, 4))
    with pytest.raises(ValueError, match="finite"):
        frechet_distance(np.full((4, 2), np.nan), cloud(1, 5, 2))
    with pytest.raises(ValueError, match=r"\(N, D\)"):
        frechet_distance(np.zeros(4), np.zeros(4))
    with pytest.raises(ValueError, match="3 dimensions like"):
        FeatureMoments.of(cloud(1, 5, 3)).with_more(cloud(1, 5, 2))
