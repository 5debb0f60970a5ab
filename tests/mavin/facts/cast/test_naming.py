"""One person under several names, and several people under one word."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts

NAMED = [
    ("A stranger walks in. His name is Tom. Tom sits down.", ["Tom"]),
    ("A woman waits. The woman, Anna, picks up a phone.", ["Anna"]),
    ("A knight (Sir Rowan) raises his sword. Rowan shouts.", ["Sir Rowan"]),
    ("A girl runs. The girl is called Mia. Mia falls.", ["Mia"]),
    ("A stranger, whose name is Ben, knocks. Ben waits.", ["Ben"]),
    ("Detective Ruiz corners his old partner Hanna. She laughs.", ["Detective Ruiz", "Hanna"]),
    ('A woman runs for the bus. The driver brakes. "You\'re late, Odette," he says.', ["Odette", "Driver"]),
]


@pytest.mark.parametrize(("prompt", "names"), NAMED)
def test_later_names(prompt: str, names: list[str]) -> None:
    facts = read_facts(prompt)
    assert [role.name for role in facts.roles] == names
    for role in facts.roles:
        for alias in role.aliases:
            assert prompt[alias.start : alias.end] == alias.text
    keys = {role.key for role in facts.roles}
    assert all(set(event.roles) <= keys for event in facts.events)
    assert all(quote.speaker in keys for quote in facts.quotes)


def test_a_name_that_nobody_or_several_could_bear_names_nobody() -> None:
    facts = read_facts('Two men argue. A third man says "Stop it, Karl."')
    assert all(not role.aliases for role in facts.roles)


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("Two friends meet in a park.", ["First friend", "Second friend"]),
        ("Three athletes race. One falls.", ["First athlete", "Second athlete", "Third athlete"]),
        ("Two women laugh.", ["First woman", "Second woman"]),
        ("Twenty soldiers march.", ["Twenty soldiers"]),
        ("Two friends, Ana and Bo, race.", ["Ana", "Bo"]),
    ],
)
def test_counted_groups(prompt: str, names: list[str]) -> None:
    facts = read_facts(prompt)
    assert [role.name for role in facts.roles] == names
    assert facts.events[0].roles == tuple(role.key for role in facts.roles)


def test_members_of_a_group_speak_in_turn() -> None:
    facts = read_facts('Two women laugh. One says "Finally!" and the other says "At last!"')
    assert [quote.speaker for quote in facts.quotes] == ["first woman", "second woman"]


def test_whoever_is_spoken_to_is_in_the_cast_and_silent() -> None:
    facts = read_facts('A clerk tells the astronaut, "Sign here." He signs.')
    assert [role.name for role in facts.roles] == ["Clerk", "Astronaut"]
    assert facts.quotes[0].speaker == "clerk"


def test_owners_are_who_he_means() -> None:
    facts = read_facts("At noon the baker's alarm rings. He slaps it.")
    assert [role.name for role in facts.roles] == ["Baker"]


def test_no_portuguese_article_in_english() -> None:
    facts = read_facts("A circus tent at night. Inside, a clown. Dawn, a harbor.")
    assert [event.text for event in facts.events] == ["A circus tent at night", "Inside, a clown", "Dawn, a harbor"]
    assert [role.name for role in facts.roles] == ["Clown"]


def test_whom_the_viewer_is_to_meet() -> None:
    facts = read_facts("Meet Zoe, a nurse. She runs.")
    assert [role.name for role in facts.roles] == ["Zoe"]
