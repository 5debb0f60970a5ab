"""Scores: unscored samples are counted and left out, and nothing scored is NaN."""

from __future__ import annotations

import json
import math

import pytest

from evaluators.result import Score, mean_score


def test_the_mean_leaves_unscored_samples_out_and_counts_them() -> None:
    # (1 + 0 + 0.5) / 3 = 0.5; the NaN is no sample.
    assert mean_score("coverage", [1.0, math.nan, 0.0, 0.5]) == Score("coverage", 0.5, n=3, unscored=1)


@pytest.mark.parametrize("samples", [[], [math.nan, math.nan]])
def test_nothing_scored_has_no_value(samples: list[float]) -> None:
    score = mean_score("coverage", samples)
    assert math.isnan(score.value)
    assert (score.n, score.unscored) == (0, len(samples))


def test_json_has_null_where_there_is_no_value() -> None:
    text = json.dumps(mean_score("coverage", [], provenance="code").to_json(), allow_nan=False)
    assert json.loads(text) == {"metric": "coverage", "value": None, "n": 0, "unscored": 0, "provenance": "code"}


@pytest.mark.parametrize(
    ("value", "n", "unscored", "says"),
    [(0.0, 0, 0, "must be NaN .*got 0.0"), (1.0, -1, 0, "got -1 scored"), (1.0, 1, -2, "-2 unscored")],
)
def test_impossible_scores_are_refused(value: float, n: int, unscored: int, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Score("coverage", value, n, unscored)
