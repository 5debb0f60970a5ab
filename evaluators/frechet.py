"""Fréchet distance between two sets of features: what FVD and FAD are made of (§5.2).

    d² = |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½)

Everything is float64, and the root is taken of the symmetric √Σ₁ Σ₂ √Σ₁, whose eigenvalues are those of Σ₁Σ₂ and
never negative but for rounding: no complex numbers and no offset on the diagonal.

The estimate is biased upwards, strongly where there are not many more samples than dimensions: two samples of one
normal distribution in 400 dimensions give 578 at n = 50, 348 at 200 and 81 at 1000.  Distances over different n are
never compared.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["FeatureMoments", "FrechetDistance", "frechet_distance"]


@dataclass(frozen=True, slots=True)
class FeatureMoments:
    """Mean and covariance of a set of features, gathered batch by batch.

    Attributes:
        n: how many samples.
        total: sum of the samples' differences from ``origin``, float64 of shape (D,).
        squares: sum of the outer products of the same, float64 of shape (D, D).
        origin: a point near the samples, so that large means cost no precision, float64 of shape (D,).
    """

    n: int
    total: NDArray[np.float64]
    squares: NDArray[np.float64]
    origin: NDArray[np.float64]

    @classmethod
    def of(cls, features: NDArray[Any]) -> FeatureMoments:
        """Of samples (N, D); N may be 0.

        Raises:
            ValueError: if they have another shape or are not finite.
        """
        rows = _rows(features)
        origin = rows.mean(axis=0) if len(rows) else np.zeros(rows.shape[1])
        return cls(0, np.zeros(rows.shape[1]), np.zeros((rows.shape[1],) * 2), origin).with_more(rows)

    def with_more(self, features: NDArray[Any]) -> FeatureMoments:
        """These and further samples (N, D).

        Raises:
            ValueError: if they have another shape or are not finite.
        """
        rows = _rows(features)
        if rows.shape[1] != len(self.origin):
            raise ValueError(f"features must have {len(self.origin)} dimensions like those before, got {rows.shape[1]}")
        shifted = rows - self.origin
        return FeatureMoments(
            self.n + len(rows), self.total + shifted.sum(axis=0), self.squares + shifted.T @ shifted, self.origin
        )

    @property
    def mean(self) -> NDArray[np.float64]:
        """μ of shape (D,); NaN without samples."""
        return self.origin + self.total / self.n if self.n else np.full(len(self.origin), math.nan)

    @property
    def covariance(self) -> NDArray[np.float64]:
        """Σ of shape (D, D), unbiased (divided by n − 1); NaN below two samples."""
        if self.n < 2:
            return np.full(self.squares.shape, math.nan)
        return (self.squares - np.outer(self.total, self.total) / self.n) / (self.n - 1)


@dataclass(frozen=True, slots=True)
class FrechetDistance:
    """A distance and what it rests on.

    Attributes:
        value: d², never below 0; NaN where a set has fewer than two samples.
        n: samples of both sets.
        dimensions: of the features.
    """

    value: float
    n: tuple[int, int]
    dimensions: int

    @property
    def warning(self) -> str:
        """Why the value says little; empty where there are at least as many samples as dimensions."""
        least = min(self.n)
        if least >= self.dimensions:
            return ""
        if least < 2:
            return f"a covariance needs two samples or more, got {self.n[0]} and {self.n[1]}"
        return (
            f"{least} samples in {self.dimensions} dimensions: the covariance has no full rank and the distance is "
            "mostly bias; compare it with nothing but distances over as many samples"
        )


def frechet_distance(one: FeatureMoments | NDArray[Any], two: FeatureMoments | NDArray[Any]) -> FrechetDistance:
    """The distance of two sets, each as samples (N, D) or as their moments.

    Raises:
        ValueError: if the sets differ in dimensions, or a feature is not finite.
    """
    first = one if isinstance(one, FeatureMoments) else FeatureMoments.of(one)
    second = two if isinstance(two, FeatureMoments) else FeatureMoments.of(two)
    if len(first.origin) != len(second.origin):
        raise ValueError(
            f"both sets must have features of one length, got {len(first.origin)} and {len(second.origin)} dimensions"
        )
    counts = (first.n, second.n)
    if min(counts) < 2:
        return FrechetDistance(math.nan, counts, len(first.origin))
    gap = first.mean - second.mean
    covariances = first.covariance, second.covariance
    value = float(gap @ gap) + sum(float(np.trace(part)) for part in covariances) - 2 * _root_trace(*covariances)
    return FrechetDistance(max(0.0, value), counts, len(first.origin))


def _root_trace(one: NDArray[np.float64], two: NDArray[np.float64]) -> float:
    """tr (Σ₁Σ₂)^½ of positive semidefinite matrices."""
    values, vectors = np.linalg.eigh(one)
    root = (vectors * np.sqrt(np.clip(values, 0.0, None))) @ vectors.T
    return float(np.sqrt(np.clip(np.linalg.eigvalsh(root @ two @ root), 0.0, None)).sum())


def _rows(features: NDArray[Any]) -> NDArray[np.float64]:
    rows = np.asarray(features, np.float64)
    if rows.ndim != 2 or rows.shape[1] == 0:
        raise ValueError(f"features must have shape (N, D), got {rows.shape}")
    if not np.isfinite(rows).all():
        raise ValueError("features must be finite, got NaN or infinity; leave unscored samples out and count them")
    return rows
