"""Many metrics, many films: every film opened once, every row with its reason, one table at the end."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evaluators.film import MediaNote, OpenedFilm, Sample
from evaluators.metric import Column, Metric
from evaluators.provenance import Provenance
from evaluators.result import Measurement, Score, UnscoredError

__all__ = ["RESAMPLINGS", "FilmResult", "measure_film", "pool_scores"]

RESAMPLINGS = 1000
"""Of the bootstrap behind a confidence interval."""


@dataclass(frozen=True, slots=True)
class FilmResult:
    """All that was measured of one film.

    Attributes:
        film: its name.
        measurements: one for each column of each metric.
        media: what was noticed about the file.
    """

    film: str
    measurements: tuple[Measurement, ...]
    media: tuple[MediaNote, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain JSON data, without features."""
        return {
            "film": self.film,
            "measurements": [each.to_json() for each in self.measurements],
            "media": [{"code": note.code, "message": note.message} for note in self.media],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> FilmResult:
        """What :meth:`to_json` gave."""
        rows = tuple(Measurement.from_json(each) for each in data["measurements"])
        return cls(data["film"], rows, tuple(MediaNote(**note) for note in data["media"]))


def measure_film(sample: Sample, metrics: Sequence[Metric]) -> FilmResult:
    """Measures one film; whatever is wrong with it becomes a row, never an exception."""
    film = OpenedFilm(sample, [pictures for metric in metrics for pictures in metric.pictures])
    rows: list[Measurement] = []
    for metric in metrics:
        try:
            rows += metric.measure(film)
        except UnscoredError as error:
            rows += _unscored(film, metric, str(error))
        except MemoryError:
            rows += _unscored(film, metric, "not enough memory")
        except Exception as error:  # one film's accident must not be the others' end
            what = f"{type(error).__name__}: {error}".strip(": ")[:200]
            rows += _unscored(film, metric, f"the metric failed ({what})")
    return FilmResult(sample.id, tuple(rows), film.notes)


def _unscored(film: OpenedFilm, metric: Metric, reason: str) -> list[Measurement]:
    return [
        Measurement.unscored(film.id, column.name, reason, metric.provenance_of(column.name))
        for column in metric.columns
    ]


def pool_scores(
    metrics: Iterable[Metric], measurements: Iterable[Measurement], *, resamplings: int = RESAMPLINGS, seed: int = 0
) -> tuple[Score, ...]:
    """The table: one score for each column, in the metrics' order.

    The order of the measurements does not matter: films are taken by name, so that a run that was
    interrupted gives the same intervals.
    """
    by_column: dict[str, list[Measurement]] = {}
    for each in measurements:
        by_column.setdefault(each.column, []).append(each)
    return tuple(
        _pooled(metric, column, by_column.get(column.name, ()), resamplings, seed)
        for metric in metrics
        for column in metric.columns
    )


def _pooled(metric: Metric, column: Column, measured: Sequence[Measurement], resamplings: int, seed: int) -> Score:
    ordered = sorted(measured, key=lambda each: each.film)
    scored = [each for each in ordered if each.is_scored]
    reasons = Counter(each.reason for each in ordered if not each.is_scored)
    provenance = ordered[0].provenance if ordered else Provenance()
    value = math.nan
    if scored:
        try:
            value = metric.pool(column, scored)
        except UnscoredError as error:
            reasons[str(error)] += len(scored)
    n = 0 if math.isnan(value) else len(scored)
    interval = None
    if n > 1 and resamplings:
        draws = np.random.default_rng(seed).integers(0, n, (resamplings, n))
        values = metric.resampled(column, scored, draws)
        if values is not None and not np.all(np.isnan(values)):
            low, high = np.nanpercentile(values, (2.5, 97.5))
            interval = (float(low), float(high))
    return Score(column.name, value, n, len(ordered) - n, provenance, dict(reasons), interval)
