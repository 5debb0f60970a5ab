"""Prompts typed without any punctuation."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts
from mavin.facts.languages.english.run_on import is_run_on, run_on_lines, with_clauses_apart


@pytest.mark.parametrize(
    ("prompt", "clauses"),
    [
        (
            "a dog runs on the beach a boy throws a ball the dog catches it",
            ["a dog runs on the beach", "a boy throws a ball", "the dog catches it"],
        ),
        (
            "a girl finds a box she opens it and a frog jumps out she screams",
            ["a girl finds a box", "she opens it and a frog jumps out", "she screams"],
        ),
        ("cat sleeps dog barks cat wakes up", ["cat sleeps", "dog barks", "cat wakes up"]),
        ("a boy who loves football kicks the ball into a window", None),
        ("he says the dog is gone and nobody knows where it is", None),
        ("a knight fights a dragon in the rain", None),
    ],
)
def test_a_clause_with_a_subject_of_its_own_begins_anew(prompt: str, clauses: list[str] | None) -> None:
    assert with_clauses_apart(prompt).split("\n") == (clauses or [prompt])


def test_offsets_stay_and_stops_end_it() -> None:
    prompt = "a dog runs on the beach a boy throws a ball"
    assert len(with_clauses_apart(prompt)) == len(prompt)
    assert not is_run_on("A dog runs. A boy throws a ball.")
    assert with_clauses_apart("A dog runs. A boy throws a ball.") == "A dog runs. A boy throws a ball."


@pytest.mark.parametrize(
    ("prompt", "lines"),
    [
        ("man walks into bar he says give me a beer bartender says we are closed", ["give me a beer", "we are closed"]),
        ("guy proposes to his girlfriend on a boat she says yes I will then the boat sinks", ["yes I will"]),
        ("a man says that he is tired and goes to bed in the attic", []),
    ],
)
def test_what_is_said(prompt: str, lines: list[str]) -> None:
    assert [prompt[start:end] for start, end in run_on_lines(prompt)] == lines


def test_who_says_it() -> None:
    facts = read_facts("man walks into bar he says give me a beer bartender says we are closed")
    assert [(quote.text, quote.speaker) for quote in facts.quotes] == [
        ("give me a beer", "man"),
        ("we are closed", "bartender"),
    ]
