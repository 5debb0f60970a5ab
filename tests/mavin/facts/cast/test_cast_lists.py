"""Sentences that only list who is in the film: nobody is lost, and no shot is made of the list."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


@pytest.mark.parametrize(
    ("prompt", "names", "events"),
    [
        ("The film has exactly three characters: Anna, Ben and Carla. Anna waves.", "Anna Ben Carla", ["Anna waves"]),
        ("Characters: Anna, Ben, Carla.\nAnna waves to Ben.", "Anna Ben Carla", ["Anna waves to Ben"]),
        ("It stars Anna, Ben and Carla. Anna waves.", "Anna Ben Carla", ["Anna waves"]),
        ("Personajes: Ana, Luis y Marta. Ana baila con Luis.", "Ana Luis Marta", ["Ana baila con Luis"]),
        ("Es gibt drei Figuren: Anna, Ben und Carl. Anna tanzt.", "Anna Ben Carl", ["Anna tanzt"]),
        ("Two people: Ana and Bo. They dance.", "Ana Bo", ["Ana and Bo dance"]),
    ],
)
def test_everybody_of_the_list_is_there_from_the_beginning(prompt: str, names: str, events: list[str]) -> None:
    facts = read_facts(prompt)
    assert sorted(role.name for role in facts.roles) == names.split()
    assert [event.text for event in facts.events] == events
    assert sorted(facts.role(key).name for key in facts.events[0].roles) == names.split()
    assert all(prompt[role.span.start : role.span.end] == role.mention for role in facts.roles)


@pytest.mark.parametrize("prompt", ["Characters: Anna, Ben and Carla.", "A boy runs. People: everyone cheers."])
def test_what_is_all_there_is_or_no_list_stays_as_it_was(prompt: str) -> None:
    assert "".join(event.text for event in read_facts(prompt).events).startswith(prompt.split(".")[0])
