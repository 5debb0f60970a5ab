"""Requests: what a prompt may be, what the options allow, and the name of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mavin.caption import Aspect
from mavin.errors import InvalidInputError
from mavin.request import MAX_PROMPT_CHARACTERS, ReferenceRequest, WriteRequest, clean_prompt


@pytest.mark.parametrize(
    "prompt",
    [
        "A fox finds a lantern.",
        "  indented\n\tand over lines\r\n",
        "{{ 7*7 }} writes the fox on a wall",
        '{"story": "a fox"}',
        "<b>Ein Fuchs</b> & 狐",
        "狐が灯籠を見つける。",
        "a",
        "x" * MAX_PROMPT_CHARACTERS,
        "👩‍🚀 waves",  # joined by U+200D, a format character that emoji need
    ],
)
def test_a_meaningful_prompt_is_kept_to_the_character(prompt: str) -> None:
    assert clean_prompt(prompt) == prompt


@pytest.mark.parametrize(
    ("prompt", "says"),
    [
        ("", ["prompt is empty", "mavin write"]),
        (" \n\t\u3000", ["prompt is empty", "mavin write"]),
        ("?! … 123 \U0001f525", ["at least one word", "got '?! … 123", "Say who does what"]),
        ("A fox\x00 finds", ["control character U+0000", "character 5", "Remove it"]),
        ("A \x1b[31mred\x1b[0m fox", ["control character U+001B", "character 2"]),
        ("A fox \ud83d finds", ["U+D83D", "character 6"]),
        ("x" * (MAX_PROMPT_CHARACTERS + 1), ["at most 10,000 characters", "got 10,001", "Shorten"]),
        ("long " * 4_000, ["at most 10,000 characters", "got 20,000"]),
    ],
    ids=["empty", "blank", "wordless", "NUL", "escape sequence", "half a pair", "one too many", "20,000 characters"],
)
def test_a_hopeless_prompt_is_refused_in_one_paragraph(prompt: str, says: list[str]) -> None:
    with pytest.raises(InvalidInputError) as caught:
        clean_prompt(prompt)
    message = str(caught.value)
    assert caught.value.exit_code == 3
    assert "\n" not in message
    assert len(message) < 400
    assert message.isprintable(), "a message must not carry the very characters that it refuses"
    for words in says:
        assert words in message


@given(st.text(max_size=60))
def test_any_text_is_either_kept_as_it_is_or_refused_in_words(prompt: str) -> None:
    try:
        assert clean_prompt(prompt) == prompt
    except InvalidInputError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"duration_ms": 2_999}, "duration_ms"),
        ({"duration_ms": 15_001}, "duration_ms"),
        ({"duration_ms": 5_000.5}, "duration_ms"),
        ({"shots": 0}, "shots"),
        ({"shots": 7}, "shots"),
        ({"aspect": "2:1"}, "aspect"),
        ({"mood": "grim"}, "mood"),
    ],
)
def test_an_option_out_of_range_is_refused_by_name(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        WriteRequest(**({"prompt": "A fox finds a lantern."} | changes))
    assert [error["loc"][0] for error in caught.value.errors()] == [field]


def test_the_limits_themselves_are_allowed() -> None:
    request = WriteRequest(prompt="A fox.", duration_ms=3_000, shots=6, aspect=Aspect.TALL)
    assert (request.duration_ms, request.shots) == (3_000, 6)
    assert WriteRequest(prompt="A fox.", duration_ms=15_000, shots=1).duration_ms == 15_000


def test_the_fingerprint_names_a_request_and_changes_with_each_part() -> None:
    base = WriteRequest(prompt="A fox finds a lantern.")
    changes: list[dict[str, Any]] = [
        {"prompt": "A fox finds a lantern!"},
        {"duration_ms": 5_000},
        {"shots": 2},
        {"aspect": Aspect.TALL},
        {"language": "de"},
        {"references": (ReferenceRequest(who="fox", file=Path("fox.png")),)},
        {"seed": 1},
        {"strict": True},
    ]
    others = [base.model_copy(update=change).fingerprint for change in changes]
    assert len({base.fingerprint, *others}) == len(changes) + 1
    assert base.fingerprint == WriteRequest(prompt="A fox finds a lantern.").fingerprint
    assert len(base.fingerprint) == 16
