"""Intervals that head sentences without any mark, headings of lists, drones, and names with a relative clause."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts
from mavin.interval import Interval


@pytest.mark.parametrize(
    "prompt",
    [
        '0:00-0:02 Ana walks.\n0:02-0:05 She stops and says "No."',
        '0-2s Ana walks. 2-5s She stops and says "No."',
        '0s-2s Ana walks.\n2s-5s Ana says "No."',
        '0–2 s Ana geht.\n2–5 s Sie sagt: „Nein."',
    ],
)
def test_intervals_without_marks_head_shots(prompt: str) -> None:
    facts = read_facts(prompt)
    assert [label.interval for label in facts.labels] == [Interval(0, 2000), Interval(2000, 5000)]
    assert [event.shot for event in facts.events] == [1, 2]
    assert [quote.speaker for quote in facts.quotes] == ["ana"]


def test_intervals_inside_sentences_head_nothing() -> None:
    assert not read_facts("Ana walks 0-2s. Ben runs 2-5s.").labels
    assert not read_facts("1-2s Ana walks. 4-5s Ben runs.").labels


@pytest.mark.parametrize(
    ("prompt", "texts"),
    [
        ("Shot list:\n1. A key turns.\n2. Ana enters.", ["A key turns", "Ana enters"]),
        ('Script:\nAna: "Hi."\nBen: "Bye."', ["Ana speaks", "Ben speaks"]),
        ('Dialogue scene, 9 seconds:\n- Ana: "Hi."\n- Ben: "Bye."', ["Ana speaks", "Ben speaks"]),
        ("A script: Ana reads it.", ["A script: Ana reads it"]),
        ("Drone shot of a forest. A hiker walks.", ["A forest", "A hiker walks"]),
        ("A drone lands on a roof.", ["A drone lands on a roof"]),
    ],
)
def test_what_only_names_the_text_is_no_event(prompt: str, texts: list[str]) -> None:
    assert [event.text for event in read_facts(prompt).events] == texts


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ('A dinosaur named Rex who finds an egg. Rex says "Mama?"', ["Rex"]),
        ('A girl called Mia who loves trains meets a conductor. Mia says "Hi."', ["Mia", "Conductor"]),
        ('We follow a nurse named Joy, who runs down the hall. Joy shouts "Wait!"', ["Joy"]),
        ('We hear him yell "Stop!" and her yell back "Never!"', ["Man", "Woman"]),
        ('We see him say "Go." She nods.', ["Man", "Woman"]),
        ('A runner checks the watch. Text "Time is yours" appears.', ["Runner"]),
        ('Title "The Last Bus" appears over black. Ana waves.', ["Ana"]),
        ("She loves him and her sister.", ["Woman", "Sister"]),
    ],
)
def test_who_is_there(prompt: str, names: list[str]) -> None:
    assert [role.name for role in read_facts(prompt).roles] == names
