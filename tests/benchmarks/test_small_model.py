"""What the benchmark of a small model's judgement counts: a model that weighs, and one that says yes to everything."""

from __future__ import annotations

import re

import pytest

from benchmarks import small_model
from scripting.llm import Answer, Question


class Reader:
    """Says "long" of the shot that the words say it of, and calls every pair a contradiction."""

    uri = model = "test"
    parallel, small, call_timeout, failure_budget = 1, False, 10.0, 10.0

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        if question.key != "pace":
            return Answer({"contradiction": True})
        told = dict(re.findall(r"^(S\d): (.+)$", question.messages[-1].content, re.MULTILINE))
        lasts = {name: bool(re.search("slowly|long|whole", shot)) for name, shot in told.items()}
        return Answer({"pace": {name: "long" if last else "short" for name, last in lasts.items()}})

    def close(self) -> None: ...


def test_weighing_and_agreeing_are_told_apart(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("scripting.llm.connect", lambda uri, model: Reader())
    assert small_model.main(["--pairs", "3"]) == 0
    told = capsys.readouterr().out
    assert "the longest shot alone is long in 6 of 6 stories" in told
    assert all(f"shot {number}: long 2, short 4" in told for number in (1, 2, 3))
    assert "pairs: 3 of 3 planted ones" in told
    assert "pairs: 3 of 3 innocent ones" in told
