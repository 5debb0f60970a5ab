"""Fuzzed HTTP: whatever comes, there is no 500, and every answer is one that ``/api/openapi.json`` tells of."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mavin.caption import load_caption
from mavin.edits import Operation
from mavin.film import Film
from mavin.studio.app import Studio
from tests.mavin.edits.strategies import EDITS, LOCKINGS
from tests.mavin.studio.conftest import SCENE, Running

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
# The stream has no end and drawing takes seconds each time: they have tests of their own.
LEFT_OUT = {"GET /api/events", "POST /api/preview", "POST /api/render", "GET /api/shots/{shot}/frame.png"}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    path: Path = tmp_path_factory.mktemp("fuzz") / "scene.mavin"
    Film.create(path, [load_caption(SCENE.read_bytes())], op={"op": "new"})
    studio = Running(path)
    yield studio
    code, said = studio.end()
    assert (code, "Traceback" in said) == (0, False), said


@pytest.fixture(scope="module")
def session() -> Iterator[requests.Session]:
    with requests.Session() as opened:
        yield opened


def _operations() -> dict[str, Any]:
    schema = schemathesis.openapi.from_dict(Studio(SCENE).api.openapi())
    found: list[Any] = [result.ok() for result in schema.get_all_operations()]  # type: ignore[union-attr]
    return {operation.label: operation for operation in found if operation.label not in LEFT_OUT}


OPERATIONS = _operations()

NAMES: dict[str, list[Any]] = {
    "clip": ["K1"],
    "role": ["C1", "C2"],
    "line": ["L1", "L2", "L3", "L4"],
    "shot": ["S1", "S3", "S6"],
    "path": ["title", "shots.S2.action", "shots.S2", "cuts.S3", "dialogue.L1", "roles.C1", "global_caption.style"],
    "to": ["1", "head", "head~1", "main"],
    "a": ["1"],
    "b": ["head"],
    "text": ["L1 0.1 s later", "lock S2", 'style "ink"'],
    "target": ["json", "text"],
    "order": [["S2", "S1", "S3", "S4", "S5", "S6"]],
}
DOUBTS = 4
"""One in so many names and times stays as the fuzzer made it."""


def grounded(value: Any, luck: random.Random, rev: int) -> Any:
    """A fuzzed value with names, revisions and times of this film, so that it gets beyond "there is no such shot"."""
    if isinstance(value, dict):
        return {key: _grounded(key, each, luck, rev) for key, each in value.items()}
    if isinstance(value, list):
        return [grounded(each, luck, rev) for each in value]
    return value


def _grounded(key: str, value: Any, luck: random.Random, rev: int) -> Any:
    if value is None or not luck.randrange(DOUBTS):
        return value
    if key in NAMES:
        return luck.choice(NAMES[key])
    if key == "rev":
        return luck.choice([rev, rev, 1])
    if key.endswith("_ms"):
        return luck.randrange(0, 12_000, 50)
    return grounded(value, luck, rev)


@pytest.mark.parametrize("label", OPERATIONS)
def test_no_answer_is_a_surprise(running: Running, session: requests.Session, label: str) -> None:
    @given(case=OPERATIONS[label].as_strategy(), seed=st.integers(0, 2**32))
    @settings(
        max_examples=10,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    def ask(case: Any, seed: int) -> None:
        luck, rev = random.Random(seed), running.client.get("/api/film").json()["rev"]
        for part in ("path_parameters", "query", "body"):
            setattr(case, part, grounded(getattr(case, part), luck, rev))
        token = {"Authorization": f"Bearer {running.told['token']}"}
        response = case.call(base_url=running.told["origin"], session=session, headers=token)
        case.validate_response(response, checks=CHECKS)

    ask()


@given(operations=st.lists(EDITS | LOCKINGS, min_size=1, max_size=3))
@settings(
    max_examples=30, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck), derandomize=True
)
def test_any_operations_are_made_or_refused_with_a_reason(running: Running, operations: list[Operation]) -> None:
    rev = running.client.get("/api/film").json()["rev"]
    body = {"rev": rev, "operations": [op.model_dump(mode="json") for op in operations]}
    tried = running.client.post("/api/check", json=body).json()
    made = running.client.post("/api/operations", json=body)
    assert made.status_code == (200 if tried["ok"] else 423 if tried["locks"] else 422)
    if tried["ok"]:
        assert made.json()["clips"][0]["caption"] == tried["clip"]["caption"]
    else:
        assert tried["diagnostics"]
