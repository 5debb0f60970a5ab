"""The room that an answer gets: as much as its schema allows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripting.llm import Question
from scripting.llm.room import longest_answer

from .conftest import SCHEMA, question


@st.composite
def schemas_with_values(draw: st.DrawFn, depth: int = 0) -> tuple[dict[str, Any], Any]:
    """A bounded schema and a value that follows it."""
    kind = draw(st.sampled_from(["text", "enum", "number", "truth"] + (["object", "list", "any"] if depth < 2 else [])))
    if kind == "text":
        text = draw(
            st.text(st.characters(codec="ascii", exclude_characters='"\\', exclude_categories=["C"]), max_size=20)
        )
        return {"type": "string", "maxLength": len(text) + draw(st.integers(0, 3))}, text
    if kind == "enum":
        values = draw(st.lists(st.sampled_from(["wide", "close_up", "medium"]), min_size=1, max_size=3))
        return {"enum": values}, draw(st.sampled_from(values))
    if kind == "number":
        return {"type": "integer"}, draw(st.integers(-(10**15), 10**15))
    if kind == "truth":
        return {"type": "boolean"}, draw(st.booleans())
    if kind == "any":
        one, two = draw(schemas_with_values(depth + 1)), draw(schemas_with_values(depth + 1))
        return {"anyOf": [one[0], two[0]]}, draw(st.sampled_from([one[1], two[1]]))
    if kind == "list":
        item, value = draw(schemas_with_values(depth + 1))
        count = draw(st.integers(0, 3))
        return {"type": "array", "items": item, "maxItems": count}, [value] * count
    parts = draw(st.dictionaries(st.sampled_from(["a", "setting", "C1"]), schemas_with_values(depth + 1), max_size=3))
    schema = {"type": "object", "properties": {name: part[0] for name, part in parts.items()}}
    return schema | {"additionalProperties": False}, {name: part[1] for name, part in parts.items()}


@given(schemas_with_values())
def test_no_answer_of_a_bounded_schema_is_longer(pair: tuple[dict[str, Any], Any]) -> None:
    schema, value = pair
    longest = longest_answer(schema)
    assert longest is not None
    assert len(json.dumps(value, separators=(",", ":"))) <= longest


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string"},
        {"type": "array", "items": {"type": "integer"}},
        {"type": "object", "properties": {"a": {"type": "integer"}}},
        {"anyOf": [{"type": "integer"}, {"type": "string"}]},
        {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": False},
        {},
    ],
)
def test_what_nothing_bounds_has_no_longest_answer(schema: dict[str, Any]) -> None:
    assert longest_answer(schema) is None
    assert question(schema=schema, max_tokens=77).token_limit == 77


def test_a_bounded_answer_is_never_cut_and_never_endless() -> None:
    assert question(max_tokens=4).token_limit >= 2 * len('{"action":"' + "x" * 80 + '","shot":6}')
    assert question(max_tokens=900).token_limit == 900
    many = {f"C{number}": SCHEMA for number in range(500)}
    schema = {"type": "object", "properties": many, "additionalProperties": False}
    asked: Question = question(schema=schema, max_tokens=256)
    assert asked.token_limit == 4096
