"""Conflicts that only a model suspects: evidence, counter-question, another order, and who decides."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mavin.facts import read_facts
from mavin.ledger import Conflict, ConflictOutcome, Decision
from mavin.request import WriteRequest
from scripting import write_script
from scripting.agents.suspicions import _pieces
from scripting.llm import LlmSession
from scripting.llm.base import Answer, Question
from scripting.reordering import only_reorders, retold, usable_order

PROMPT = "Anna leaves the house. Anna wakes up."


class Suspicious:
    """Answers every question of the validator as it is told to, and the others with nothing usable."""

    uri, model, parallel, small, call_timeout, failure_budget = "test:suspicious", "suspicious", 1, True, 5.0, 5.0

    def __init__(self, **answers: Any) -> None:
        self.answers = {"kind": "temporal", "first": 1, "second": 2, "order": [2, 1], "contradiction": True} | answers
        self.asked: list[str] = []

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        self.asked.append(question.key)
        if question.agent != "validator":
            return Answer({name: _empty(schema) for name, schema in question.schema["properties"].items()})
        given = {"possible": question.key == "validate.order.check"} | self.answers
        return Answer({name: given[name] for name in question.schema["properties"]})

    def close(self) -> None: ...


def _empty(schema: dict[str, Any]) -> Any:
    if "enum" in schema:
        return schema["enum"][0]
    if schema["type"] == "object":
        return {name: _empty(part) for name, part in schema["properties"].items()}
    return {"array": [], "boolean": False, "integer": schema.get("minimum", 0)}.get(schema["type"], "")


def run(model: Suspicious, decision: Decision | None = None, **options: Any) -> tuple[Conflict | None, list[str]]:
    with LlmSession(model) as session:
        decide = None if decision is None else lambda _conflict: decision
        report = write_script(WriteRequest(prompt=PROMPT, **options), session, decide=decide)
    actions = [shot.action for shot in report.caption.shots] if report.caption else []
    return (report.conflicts[0] if report.conflicts else None), actions


TOLD = ["Anna leaves the house", "Anna wakes up"]


@pytest.mark.parametrize(
    ("decision", "outcome", "actions"),
    [
        (None, ConflictOutcome.SUSPECTED, TOLD),
        (Decision.GO_ON, ConflictOutcome.SUSPECTED, TOLD),
        (Decision.REORDER, ConflictOutcome.REORDERED, TOLD[::-1]),
        (Decision.STOP, ConflictOutcome.REFUSED, []),
    ],
)
def test_a_person_decides(decision: Decision | None, outcome: ConflictOutcome, actions: list[str]) -> None:
    conflict, shown = run(Suspicious(), decision)
    assert conflict is not None
    assert (conflict.outcome, conflict.by, shown) == (outcome, "model", actions)
    assert conflict.suggestion == "Anna wakes up. Anna leaves the house."


def test_strict_reorders_where_that_resolves_it_and_refuses_where_not() -> None:
    assert run(Suspicious(), strict=True)[1] == TOLD[::-1]
    conflict, shown = run(Suspicious(order=[1, 2]), strict=True)
    assert conflict is not None
    assert (conflict.outcome, shown) == (ConflictOutcome.REFUSED, [])


@pytest.mark.parametrize(
    "answers",
    [
        {"second": 1},
        {"possible": True},
        {"contradiction": False},
    ],
)
def test_suspicions_without_evidence_are_none(answers: dict[str, Any]) -> None:
    assert run(Suspicious(**answers), strict=True) == (None, TOLD)


def test_a_small_models_evidence_is_about_somebody_in_both_of_its_parts() -> None:
    """As the default model suspects of the demo: the baker's oven against the cat that runs away."""
    told = {"Anna leaves the house. A cat runs away.": False, "Anna leaves the house. It is noon. She sleeps.": True}
    for prompt, suspected in told.items():
        with LlmSession(Suspicious(second=prompt.count("."), order=[])) as session:
            report = write_script(WriteRequest(prompt=prompt), session)
        assert bool(report.conflicts) is suspected


class Reader(Suspicious):
    """A larger model that sees several pairs in turn, and stands by some of them when both spans are quoted."""

    small = False

    def __init__(self, pairs: list[tuple[int, int]], clash: list[bool]) -> None:
        super().__init__()
        self.pairs, self.clash = iter(pairs), iter(clash)
        self.countered: list[str] = []

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        if question.key.startswith("validate.parts"):
            first, second = next(self.pairs)
            return Answer({"kind": "logical", "first": first, "second": second})
        if question.key.startswith("validate.counter."):
            self.countered.append(question.messages[-1].content)
            return Answer({"contradiction": next(self.clash)})
        if question.key == "validate.order":
            return Answer({"order": []})
        return super().complete(question, seed=seed, timeout=timeout)


DRY = "The pool is dry. A swimmer splashes in the pool. It is noon. The moon lights her way."


def suspected(model: Reader, **options: Any) -> list[tuple[str, ...]]:
    with LlmSession(model) as session:
        report = write_script(WriteRequest(prompt=DRY, **options), session)
    return [tuple(span.text for span in conflict.spans) for conflict in report.conflicts]


def test_each_suspicion_is_confirmed_with_both_spans_quoted() -> None:
    model = Reader([(1, 2), (4, 3), (2, 2)], [True, True])
    assert suspected(model) == [
        ("The pool is dry", "A swimmer splashes in the pool"),
        ("It is noon", "The moon lights her way"),
    ]
    assert '"The pool is dry" and "A swimmer splashes in the pool"' in model.countered[0]
    assert '"It is noon" and "The moon lights her way"' in model.countered[1]


def test_a_pair_that_the_model_does_not_stand_by_is_none() -> None:
    assert suspected(Reader([(1, 3), (1, 2), (1, 2)], [False, True])) == [
        ("The pool is dry", "A swimmer splashes in the pool")
    ]
    assert suspected(Reader([(1, 3), (1, 4), (2, 4), (2, 3)], [False] * 4)) == []


def test_a_refusal_ends_the_search() -> None:
    model = Reader([(1, 2), (3, 4)], [True, True])
    assert len(suspected(model, strict=True)) == 1
    assert len(model.countered) == 1


@pytest.mark.parametrize("order", [[1, 1], [2, 2], [1], []])
def test_an_order_that_loses_events_is_not_taken(order: list[int]) -> None:
    conflict, shown = run(Suspicious(order=order), Decision.REORDER)
    assert conflict is not None
    assert (conflict.suggestion, shown) == ("", TOLD)


@given(st.permutations(range(3)))
def test_retelling_never_adds_a_word(order: list[int]) -> None:
    facts = read_facts("A cat naps. A dog barks loudly! A small bird sings.")
    assert only_reorders(retold(facts, order), facts.prompt)
    if order != [0, 1, 2]:
        assert usable_order([index + 1 for index in order], facts) == tuple(order)


@pytest.mark.parametrize("text", ["A cat naps twice.", "naps naps", "A tiger", "猫"])
def test_an_added_word_is_noticed(text: str) -> None:
    assert not only_reorders(text, "A cat naps.")


def test_a_story_of_one_part_is_quoted_in_two() -> None:
    words = [span.text for span in _pieces("A dry fish swims in burning ice.")]
    assert words == ["A dry fish swims", "in burning ice"]
    assert len(_pieces("A silent drum booms")) == 2
    assert len(_pieces("Cat")) == 1
