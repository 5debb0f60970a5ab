"""Scores: unscored samples are counted and left out, and nothing scored is NaN."""

from __future__ import annotations

import json
import math

import pytest

from evaluators.provenance import Provenance
from evaluators.result import Measurement, Score, mean_score


def test_the_mean_leaves_unscored_samples_out_and_counts_them() -> None:
    # (1 + 0 + 0.5) / 3 = 0.5; the NaN is no sample.
    assert mean_score("coverage", [1.0, math.nan, 0.0, 0.5]) == Score("coverage", 0.5, n=3, unscored=1)


@pytest.mark.parametrize("samples", [[], [math.nan, math.nan]])
def test_nothing_scored_has_no_value(samples: list[float]) -> None:
    score = mean_score("coverage", samples)
    assert math.isnan(score.value)
    assert (score.n, score.unscored) == (0, len(samples))


def test_json_has_null_where_there_is_no_value() -> None:
    source = Provenance("a model", "ab12", "every frame", {"threshold": 0.5}, {"package": "1.0"})
    score = mean_score("coverage", [], source)
    data = json.loads(json.dumps(score.to_json(), allow_nan=False))
    assert (data["metric"], data["value"], data["n"], data["unscored"]) == ("coverage", None, 0, 0)
    back = Score.from_json(data)
    assert back.provenance == source
    assert str(back.provenance) == "a model (package 1.0); weights sha256 ab12; every frame; threshold = 0.5"
    # Older records told all of it in one sentence.
    assert Score.from_json({"metric": "m", "value": 1.0, "n": 2, "unscored": 0, "provenance": ""}).n == 2


def test_a_measurement_has_a_value_or_a_reason() -> None:
    row = Measurement("film", "sta", 0.5, 3, data={"found": [1]})
    assert Measurement.from_json(json.loads(json.dumps(row.to_json()))) == row
    lost = Measurement.unscored("film", "sta", "no picture")
    back = Measurement.from_json(json.loads(json.dumps(lost.to_json(), allow_nan=False)))
    assert (math.isnan(back.value), back.n, back.reason) == (True, 0, "no picture")
    with pytest.raises(ValueError, match="either a value or a reason"):
        Measurement("film", "sta", math.nan)
    with pytest.raises(ValueError, match="either a value or a reason"):
        Measurement("film", "sta", 0.5, reason="but why")
    with pytest.raises(ValueError, match="must be finite or NaN"):
        Measurement("film", "fvd", math.inf)


@pytest.mark.parametrize(
    ("value", "n", "unscored", "says"),
    [(0.0, 0, 0, "must be NaN .*got 0.0"), (1.0, -1, 0, "got -1 scored"), (1.0, 1, -2, "-2 unscored")],
)
def test_impossible_scores_are_refused(value: float, n: int, unscored: int, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Score("coverage", value, n, unscored)
