"""What every metric returns: a value, how many samples it rests on, and why the others could not be scored.

    film ──▶ Measurement (one metric, one film) ─┐
    film ──▶ Measurement ────────────────────────┼──▶ Score (one row of a table)
    film ──▶ Measurement: NaN, "no sound track" ─┘    value, n, unscored and the reasons

A sample that cannot be scored is NaN: it is left out of the mean and counted.  A metric over no
scored sample at all has no value, so its value is NaN too, never 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from evaluators.provenance import Provenance
from mavin.errors import MavinError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Measurement", "Score", "UnscoredError", "mean_score"]


class UnscoredError(MavinError):
    """A film cannot be scored by a metric; the message is the reason that its row shows."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One column of one film.

    Attributes:
        film: the film's name.
        column: the table's column, such as ``sta``.
        value: NaN where the film could not be scored, or is scored by its features alone.
        n: what the value counts inside the film (cuts, words, pairs of shots, rows of features); 1 where it counts
            nothing, 0 where the film could not be scored.
        reason: why there is no value; empty where there is one.
        provenance: what produced it.
        data: JSON data that pooling and reports need, such as errors and words.
        features: float32 of shape (n, d) for metrics between distributions; kept beside the table, not in it.
        pooled: whether the film is scored by features alone, which may lie elsewhere; true where there are any.

    Raises:
        ValueError: if a value has a reason not to be there, or a missing one has none.
    """

    film: str
    column: str
    value: float
    n: int = 1
    reason: str = ""
    provenance: Provenance = field(default_factory=Provenance)
    data: Mapping[str, Any] = field(default_factory=dict)
    features: NDArray[np.float32] | None = field(default=None, compare=False)
    pooled: bool = False

    def __post_init__(self) -> None:
        if math.isinf(self.value):
            raise ValueError(f"{self.column} of {self.film} must be finite or NaN, got {self.value}")
        if not self.is_pooled and math.isnan(self.value) != bool(self.reason):
            raise ValueError(
                f"{self.column} of {self.film} must have either a value or a reason why there is none, "
                f"got {self.value} and {self.reason!r}"
            )

    @classmethod
    def unscored(cls, film: str, column: str, reason: str, provenance: Provenance | None = None) -> Measurement:
        """A film that the metric cannot score."""
        return cls(film, column, math.nan, 0, reason, provenance or Provenance())

    @property
    def is_pooled(self) -> bool:
        """Whether the film enters the table by its features and has no value of its own."""
        return self.pooled or self.features is not None

    @property
    def is_scored(self) -> bool:
        """Whether the film counts in the table: by a value, or by features to be pooled."""
        return not self.reason

    def to_json(self) -> dict[str, Any]:
        """Plain JSON data; NaN, which JSON does not know, becomes null; features are left out."""
        return {
            "film": self.film,
            "column": self.column,
            "value": None if math.isnan(self.value) else self.value,
            "n": self.n,
            "reason": self.reason,
            "provenance": self.provenance.to_json(),
            "data": dict(self.data),
            "pooled": self.is_pooled,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any], features: NDArray[np.float32] | None = None) -> Measurement:
        """What :meth:`to_json` gave."""
        value = math.nan if data["value"] is None else float(data["value"])
        source = Provenance.from_json(data["provenance"])
        return cls(
            data["film"],
            data["column"],
            value,
            data["n"],
            data["reason"],
            source,
            data["data"],
            features,
            data.get("pooled", False),
        )


@dataclass(frozen=True, slots=True)
class Score:
    """One metric over a set of samples: a row of a table.

    Attributes:
        metric: name of the column; a stand-in never takes the name of what it stands in for.
        value: the value, NaN where no sample was scored.
        n: samples that were scored.
        unscored: samples that could not be scored; they do not enter ``value``.
        provenance: what produced it.
        reasons: why samples could not be scored, and how many for each reason.
        interval: 95 % confidence interval by bootstrap over the samples, ``None`` where there is none.

    Raises:
        ValueError: if a count is negative, or a value stands on no sample.
    """

    metric: str
    value: float
    n: int
    unscored: int = 0
    provenance: Provenance = field(default_factory=Provenance)
    reasons: Mapping[str, int] = field(default_factory=dict)
    interval: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        if self.n < 0 or self.unscored < 0:
            raise ValueError(
                f"{self.metric} must count zero or more samples, got {self.n} scored and {self.unscored} unscored"
            )
        if self.n == 0 and not math.isnan(self.value):
            raise ValueError(f"{self.metric} must be NaN where no sample was scored, got {self.value}")

    def to_json(self) -> dict[str, Any]:
        """Plain JSON data; NaN, which JSON does not know, becomes null."""
        return {
            "metric": self.metric,
            "value": None if math.isnan(self.value) else self.value,
            "n": self.n,
            "unscored": self.unscored,
            "interval": None if self.interval is None else list(self.interval),
            "reasons": dict(self.reasons),
            "provenance": self.provenance.to_json(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Score:
        """What :meth:`to_json` gave, now or in an older record."""
        low_high = data.get("interval")
        return cls(
            data["metric"],
            math.nan if data["value"] is None else float(data["value"]),
            data["n"],
            data["unscored"],
            Provenance.from_json(data["provenance"]),
            data.get("reasons", {}),
            None if low_high is None else (low_high[0], low_high[1]),
        )


def mean_score(metric: str, samples: Iterable[float], provenance: Provenance | None = None) -> Score:
    """The mean of all samples that are not NaN."""
    values = list(samples)
    scored = [value for value in values if not math.isnan(value)]
    mean = math.fsum(scored) / len(scored) if scored else math.nan
    return Score(metric, mean, len(scored), len(values) - len(scored), provenance or Provenance())
