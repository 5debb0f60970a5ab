"""What every metric returns: a value, how many samples it rests on, and how many could not be scored.

A sample that cannot be scored is NaN: it is left out of the mean and counted.  A metric over no
scored sample at all has no value, so its value is NaN too, never 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

__all__ = ["Score", "mean_score"]


@dataclass(frozen=True, slots=True)
class Score:
    """One metric over a set of samples.

    Attributes:
        metric: name of the metric; a stand-in never takes the name of what it stands in for.
        value: the value, NaN where no sample was scored.
        n: samples that were scored.
        unscored: samples that could not be scored; they do not enter ``value``.
        provenance: what produced it (model, hash of its weights, sampling); empty for pure code.

    Raises:
        ValueError: if a count is negative, or a value stands on no sample.
    """

    metric: str
    value: float
    n: int
    unscored: int = 0
    provenance: str = ""

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
            "provenance": self.provenance,
        }


def mean_score(metric: str, samples: Iterable[float], provenance: str = "") -> Score:
    """The mean of all samples that are not NaN."""
    values = list(samples)
    scored = [value for value in values if not math.isnan(value)]
    mean = math.fsum(scored) / len(scored) if scored else math.nan
    return Score(metric, mean, len(scored), len(values) - len(scored), provenance)
