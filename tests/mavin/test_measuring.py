"""Metrics whose model another room brings: a language model as judge, GE2E for voices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from evaluators.judge import CHECKLIST, Rating, judge_script
from evaluators.metric import METRICS
from mavin.api.measuring import LlmJudge, brought_metric
from mavin.caption import GlobalCaption, HierarchicalCaption, Shot
from mavin.errors import UsageError
from scripting.llm import Answer, AnswerError, Question

CAPTION = HierarchicalCaption(
    duration_ms=3000,
    global_caption=GlobalCaption(storyline="Rain falls.", style="plain", ambience="rain"),
    shots=(Shot(id="S1", start_ms=0, end_ms=3000, setting="A street", action="Rain falls."),),
)


@dataclass
class Backend:
    """A model that answers by rule and keeps what it was asked."""

    rule: Callable[[Question], str]
    uri: str = "rule"
    model: str = "rule-1"
    parallel: int = 1
    small: bool = True
    call_timeout: float = 10.0
    failure_budget: float = 10.0
    asked: list[Question] = field(default_factory=list)

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        self.asked.append(question)
        answer = self.rule(question)
        if answer not in question.schema["properties"]["answer"]["enum"]:
            raise AnswerError("neither yes nor no")
        return Answer({"answer": answer})

    def close(self) -> None: ...


def judge(monkeypatch: pytest.MonkeyPatch, rule: Callable[[Question], str]) -> tuple[LlmJudge, Backend]:
    backend = Backend(rule)
    monkeypatch.setattr("scripting.llm.connect", lambda _uri=None, _model=None: backend)
    return LlmJudge("rule"), backend


def test_a_model_is_asked_every_question_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, backend = judge(monkeypatch, lambda question: "yes" if question.key.endswith(".first") else "no")
    verdict = judge_script(asked, [CAPTION], "It rains {{ 7*7 }}.")
    assert verdict.rating is Rating.PERFECT
    assert len(backend.asked) == 2 * len(CHECKLIST)
    assert asked.name == "judge rule-1"
    text = backend.asked[0].messages[-1].content
    assert "It rains {{ 7*7 }}." in text  # a prompt is data
    assert "Rain falls." in text
    assert CHECKLIST[0].text in text
    # what all questions have in common comes first, so that a server reads it once
    shared = backend.asked[0].shared
    assert all(one.messages[-1].content[:shared] == text[:shared] for one in backend.asked)
    assert shared > text.index("Rain falls.")


def test_a_useless_answer_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, _ = judge(monkeypatch, lambda _: "perhaps")
    assert asked.answer("story.first", "It rains.", "Rain falls.", "Does it rain?") is None


def test_rules_judge_nothing() -> None:
    with pytest.raises(UsageError, match="judge:embedded"):
        LlmJudge("rules")


def test_whose_model_is_brought(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    assert brought_metric("sta") is None
    for name, entry in METRICS.items():
        if not entry.home:
            monkeypatch.setenv("MAVIN_MODELS", str(tmp_path))
            with pytest.raises(UsageError, match=r"rules|weights pull ge2e"):
                brought_metric(f"{name}:rules" if entry.argument else name)


def test_the_command_line_brings_the_judges_model() -> None:
    from mavin.cli.evaluate import metric_names

    assert metric_names("sta, judge", "embedded") == ["sta", "judge:embedded"]
    assert metric_names("sta,judge", "http://host/v1", "qwen3-8b") == ["sta", "judge:http://host/v1#qwen3-8b"]
    assert metric_names("judge", None, "qwen3-4b") == ["judge:#qwen3-4b"]
    assert metric_names("sta,judge") == ["sta", "judge"]
    assert metric_names(None) is None
    for names in (None, "sta"):
        with pytest.raises(UsageError, match="Add judge"):
            metric_names(names, "embedded")
        with pytest.raises(UsageError, match="--model is the model of the judge"):
            metric_names(names, None, "qwen3-4b")


def test_the_judges_model_is_connected_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str | None, str | None]] = []

    def connect(uri: str | None = None, model: str | None = None) -> Backend:
        asked.append((uri, model))
        return Backend(lambda _: "yes")

    monkeypatch.setattr("scripting.llm.connect", connect)
    for text in ("judge", "judge:embedded", "judge:http://host/v1#qwen3-8b", "judge:#qwen3-4b"):
        assert brought_metric(text) is not None
    assert asked == [(None, None), ("embedded", None), ("http://host/v1", "qwen3-8b"), (None, "qwen3-4b")]
