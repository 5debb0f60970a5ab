"""Every schema that an agent sends: bounded, closed, made for its request, and without what decoders ignore."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from mavin.request import WriteRequest
from scripting import write_script
from scripting.llm import Answer, LlmSession, Question

ENFORCED = {
    "type", "properties", "required", "additionalProperties", "enum", "items",
    "minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum",
}  # fmt: skip
"""All that we use.  Decoders silently ignore ``not``, ``if/then`` and ``dependentRequired``, and fall back to slower
ones at ``uniqueItems``, ``contains``, ``multipleOf``, ``allOf``, ``format`` and ``pattern`` with a length."""

LOCKED = {"start", "end", "start_ms", "end_ms", "time", "speaker", "line", "text", "dialogue", "name", "duration_ms"}

PROMPTS = {
    "lines and times": 'In 3 shots: Mara confronts Tom in a rainy alley; he says 2.6-3.4s: "You knew." She leaves. 6 seconds.',
    "an overview": (
        "Two adult rowers train together on a calm lake, warming up, coaching each other through starts, and culminating "
        "in a timed race that ends with a respectful handshake between them."
    ),
    "no people": "A balloon rises, drifts over the roofs, and then bursts.",
    "Chinese": "一个女孩走进厨房，然后她说：“你好。”",
    "shot labels": "Shot 1: a cat sleeps. Shot 2: a dog barks at the cat. Shot 3: the cat runs away.",
}


class Recorder:
    """Answers with the least that each schema allows, and keeps the questions."""

    uri = model = "test"
    parallel = 1
    small = False
    call_timeout = failure_budget = 10.0

    def __init__(self) -> None:
        self.asked: list[Question] = []

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        self.asked.append(question)
        # A suspicion, so that every question about it is asked too.
        if question.key == "validate.counter":
            return Answer({"contradiction": True})
        if question.key == "validate.parts":
            return Answer({"kind": "logical", "first": 1, "second": 2})
        return Answer(least(question.schema))

    def close(self) -> None:
        pass


def least(schema: dict[str, Any]) -> Any:
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema["type"]
    if kind == "object":
        return {name: least(child) for name, child in schema["properties"].items()}
    if kind == "array":
        return [least(schema["items"])] * max(1, schema.get("minItems", 0))
    return {"string": "plain words", "boolean": False, "integer": schema.get("minimum", 0)}[kind]


def nodes(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield schema
    for child in schema.get("properties", {}).values():
        yield from nodes(child)
    if "items" in schema:
        yield from nodes(schema["items"])


@pytest.fixture(scope="module", params=list(PROMPTS))
def run(request: pytest.FixtureRequest) -> tuple[str, list[Question], Any]:
    recorder = Recorder()
    prompt = PROMPTS[request.param]
    report = write_script(WriteRequest(prompt=prompt), LlmSession(recorder))
    assert report.caption is not None
    return prompt, recorder.asked, report.caption


Run = tuple[str, list[Question], Any]


def test_every_agent_has_asked(run: Run) -> None:
    _, asked, caption = run
    agents = {question.agent for question in asked}
    assert agents >= {"validator", "structure_parser", "narrative_refiner"}
    assert ("identity_aligner" in agents) is bool(caption.roles)


def test_only_what_every_decoder_enforces(run: Run) -> None:
    for question in run[1]:
        for node in nodes(question.schema):
            assert set(node) <= ENFORCED, (question.key, node)
            assert isinstance(node["type"], str)
            assert node["type"] != "number", "decoders do not hold bounds of fractions: whole milliseconds"


def test_everything_is_bounded(run: Run) -> None:
    for question in run[1]:
        for node in nodes(question.schema):
            if node["type"] == "string":
                assert node.get("enum") or 0 < node["maxLength"] <= 400, question.key
            if node["type"] == "array":
                assert 0 < node["maxItems"] <= 12, question.key
            if node["type"] == "integer":
                assert {"minimum", "maximum"} <= set(node), question.key
        assert 0 < question.max_tokens <= 1500


def test_objects_are_closed_and_complete(run: Run) -> None:
    for question in run[1]:
        for node in nodes(question.schema):
            if node["type"] == "object":
                assert node["additionalProperties"] is False
                assert node["required"] == list(node["properties"]) != []


def test_the_largest_answer_fits_its_budget(run: Run) -> None:
    def longest(schema: dict[str, Any]) -> int:
        if "enum" in schema:
            return max(len(json.dumps(value)) for value in schema["enum"])
        if schema["type"] == "object":
            return sum(len(name) + 6 + longest(child) for name, child in schema["properties"].items())
        if schema["type"] == "array":
            return int(schema["maxItems"]) * (longest(schema["items"]) + 2)
        return int(schema.get("maxLength", 8)) + 2

    for question in run[1]:
        # About three characters a token; the reply must not be cut off before its schema lets it end.
        assert longest(question.schema) / 3 <= question.max_tokens * 1.6, question.key


def test_shots_and_roles_are_fixed_keys_or_enums(run: Run) -> None:
    _, asked, caption = run
    shots, roles = [shot.id for shot in caption.shots], [role.id for role in caption.roles]
    by_key = {question.key: question.schema for question in asked}
    assert {key for key in by_key if key.startswith("refine.")} == {f"refine.{shot}" for shot in shots}
    if roles:
        assert list(by_key["cast"]["properties"]) == roles
    if "beats" in by_key:
        assert list(by_key["beats"]["properties"]) == shots
    for key, schema in by_key.items():
        if key.startswith("refine.") and "movement" in schema["properties"]:
            assert len(schema["properties"]["movement"]["enum"]) > 1


def test_locked_text_is_in_no_schema(run: Run) -> None:
    _, asked, caption = run
    for question in asked:
        names = {name for node in nodes(question.schema) for name in node.get("properties", {})}
        assert not names & LOCKED, question.key
        text = json.dumps(question.schema, ensure_ascii=False)
        assert all(line.text not in text for line in caption.dialogue)
        assert all(f'"{role.name}"' not in text for role in caption.roles)
