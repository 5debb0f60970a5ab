"""Script quality and the judge as columns: values, counts, reasons, and pooling over scripts."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from evaluators.film import OpenedFilm, Sample
from evaluators.judge import CHECKLIST
from evaluators.measured.judged import ScriptJudge
from evaluators.measured.scripts import ScriptQuality
from evaluators.metric import metrics_of
from evaluators.result import Measurement
from evaluators.script_quality import KEPT_SHARE
from evaluators.suite import measure_film, pool_scores

Planned = Callable[..., Any]
PROMPT = 'Ana waits in a room and says "Well."'


def rows(sample: Sample, metric: Any) -> dict[str, Measurement]:
    return {row.column: row for row in measure_film(sample, [metric]).measurements}


def test_a_script_and_its_prompt(planned: Planned) -> None:
    caption = planned((2000,), ((500, 1500),))
    found = rows(Sample("one", (caption,), prompt=PROMPT, writing={"tokens": 120}), ScriptQuality())
    assert found["script_partition"].value == 1
    assert found["script_partition"].n == 3  # beginning, cut, end
    assert found["script_quotes"].value == 1
    assert found["script_added"].value == 0
    assert found["script_tokens"].value == 120
    assert found["script_events"].provenance.settings == {"kept_share": KEPT_SHARE}
    assert found["script_variety"].provenance.settings == {"window_words": 50}
    assert found["script_repairs"].reason == "the run that wrote it is not known"
    # Ana speaks on screen, and the shots of this caption list nobody
    assert found["script_on_screen"].value == 0
    assert "Ana speaks on screen" in found["script_on_screen"].data["failed"][0]
    assert found["script_references"].reason == "nobody has a reference"


def test_without_a_prompt_nothing_is_invented(planned: Planned) -> None:
    found = rows(Sample("one", (planned(()),)), ScriptQuality())
    for name in ("script_quotes", "script_numbers", "script_names", "script_events", "script_order", "script_added"):
        assert math.isnan(found[name].value)
        assert found[name].reason == "the script's prompt is not known"
    assert found["script_speakable"].reason == "nobody speaks"


def test_shares_are_pooled_over_what_was_looked_at(planned: Planned) -> None:
    # One script keeps its only quotation, the other one of three: 2/4, not the mean of 1 and 1/3.
    metric = ScriptQuality()
    one = Sample("one", (planned((), ((500, 1500),)),), prompt='Ana says "Well."')
    two = Sample("two", (planned((), ((500, 1500),)),), prompt='Ana says "Well." Then she says "No." Then "Yes."')
    measured = [row for sample in (one, two) for row in measure_film(sample, [metric]).measurements]
    scores = {score.metric: score for score in pool_scores([metric], measured, resamplings=50)}
    assert scores["script_quotes"].value == pytest.approx(0.5)
    assert scores["script_quotes"].n == 2
    assert scores["script_quotes"].interval is not None
    assert scores["script_references"].unscored == 2


def test_every_registered_metric_is_there() -> None:
    (script,) = metrics_of(["script"])
    assert isinstance(script, ScriptQuality)
    assert not script.needs_video


class _Judge:
    name = "by rule"

    def __init__(self, bad: str = "") -> None:
        self.bad = bad

    def answer(self, key: str, prompt: str, script: str, question: str) -> bool | None:
        assert prompt == PROMPT
        assert "Ana waits." in script
        return key.endswith(".first") != key.startswith(f"{self.bad}.")


def test_ratings_are_shares_over_scripts(planned: Planned) -> None:
    good, bad = ScriptJudge(_Judge()), ScriptJudge(_Judge("story"))
    samples = [Sample(name, (planned((2000,)),), prompt=PROMPT) for name in ("one", "two", "three")]
    measured = [row for sample in samples[:2] for row in measure_film(sample, [good]).measurements]
    failed = measure_film(samples[2], [bad]).measurements
    scores = {score.metric: score for score in pool_scores([good], [*measured, *failed], resamplings=0)}
    assert scores["judge_perfect"].value == pytest.approx(2 / 3)
    assert scores["judge_failed"].value == pytest.approx(1 / 3)
    assert scores["judge_acceptable"].value == 0
    assert scores["judge_agreement"].value == 1
    assert failed[0].data["faults"] == ["story"]
    assert failed[4].n == len(CHECKLIST)
    assert "by rule" in str(scores["judge_perfect"].provenance)


def test_a_judge_needs_the_prompt(planned: Planned) -> None:
    found = rows(Sample("one", (planned(()),)), ScriptJudge(_Judge()))
    assert found["judge_perfect"].reason == "the script's prompt is not known"


def test_the_film_is_not_opened(planned: Planned) -> None:
    film = OpenedFilm(Sample("one", (planned(()),), prompt=PROMPT))
    assert len(ScriptQuality().measure(film)) == len(ScriptQuality.columns)
