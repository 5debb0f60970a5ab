"""Asides that say who somebody is: names, ages and looks behind a noun or a name."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts
from mavin.facts.cast import find_descriptions

TOLD = [
    ("The suspect, a nervous man called Milo, sweats.", [("Milo", "a nervous man")]),
    ("A detective (Vera, 45) lights a lamp.", [("Vera", "aged 45")]),
    ("Anna (32) and Ben (late 40s) argue.", [("Anna", "aged 32"), ("Ben", "late 40s")]),
    ("Officer Daniels (38, tired eyes) stops a car.", [("Officer Daniels", "aged 38, tired eyes")]),
    ("Anna, 32, opens a letter.", [("Anna", "aged 32")]),
]


@pytest.mark.parametrize(("prompt", "told"), TOLD)
def test_names_and_looks_of_asides(prompt: str, told: list[tuple[str, str]]) -> None:
    facts = read_facts(prompt)
    assert [(role.name, role.look) for role in facts.roles] == told
    assert facts.duration is None  # "late 40s" is no time
    assert not facts.times


@pytest.mark.parametrize(
    "prompt",
    [
        "Next to the guard, Mara, tired, waits.",
        "The baker, Ana, Ben and Tom dance.",
        "TOM (O.S.): Come in.",
        "A man (whispering) waits.",
        "In Paris, Texas, a dog barks.",
        "A lamp (2 s) glows.",
    ],
)
def test_what_only_looks_like_a_description_stays(prompt: str) -> None:
    assert find_descriptions(prompt, prompt) == ()


@pytest.mark.parametrize(
    ("prompt", "off"),
    [
        ('A voice on the phone says "Leave now."', True),
        ('A voice whispers "Leave now."', True),
        ('A guard says over the radio "All clear."', True),
        ('Emma says into the phone "Who is this?"', False),
        ('A voice on the line says "Hello." Emma says "Who is this?"', False),
    ],
)
def test_whose_voice_is_not_seen(prompt: str, off: bool) -> None:
    assert read_facts(prompt).quotes[-1].off_screen is off


@pytest.mark.parametrize(
    ("prompt", "starts"),
    [
        ("The captain says “Fire!” three times, at 1 s, 3 s and 5 s.", [1000, 3000, 5000]),
        ('At 1 s, 3 s and 5 s the captain says "Fire!"', [1000, 3000, 5000]),
        ('The captain says "Fire!" at 1 s and again at 4 s.', [1000, 4000]),
        ('The captain says "Fire!" at 2 s and at 4 s a bird sings.', [2000]),
    ],
)
def test_a_line_said_at_several_times_begins_at_each(prompt: str, starts: list[int]) -> None:
    assert [quote.start_ms for quote in read_facts(prompt).quotes] == starts


def test_an_age_may_stand_before_a_trade() -> None:
    facts = read_facts('Bob, 45, a tired accountant, stares. His boss Linda leans in: "Friday, Bob." He swallows.')
    assert [role.name for role in facts.roles] == ["Bob", "Linda"]
    assert facts.events[0].text == "Bob, a tired accountant, stares"
