"""Speakers behind asides, titled names, groups whose members a list names, and who answers."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


def _voices(prompt: str) -> list[str]:
    facts = read_facts(prompt)
    names = {role.key: role.name for role in facts.roles}
    return [names[quote.speaker] for quote in facts.quotes if quote.speaker]


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ('A robot named Bolt says "Beep." and its owner, Tess, says "Good boy."', ["Bolt", "Tess"]),
        ('A man whispers into the phone, "I\'m here," while Jane, off-screen, says, "Prove it."', ["Man", "Jane"]),
        ('Mara, in a red coat, with a deep voice says "Hello there."', ["Mara"]),
        ('At the gate, smiling broadly, the guard says "Come in."', ["Guard"]),
        ('Mr. Fox says "Good morning, Mrs. Hen." She replies "Good morning."', ["Mr. Fox", "Mrs. Hen"]),
        ('A bell rings. "Good morning," says Mrs. Hen.', ["Mrs. Hen"]),
        (
            'Old Henrik tells the child, "Hold on," and the child nods. Then he turns to his wife: "She\'s brave."',
            ["Old Henrik", "Old Henrik"],
        ),
        ('A countdown: at 1 s "Three", at 2 s "Two", at 3 s "One", says the captain.', ["Captain"] * 3),
        ('"Is anyone there?" A voice from the dark: "Only me."', ["Narrator", "Voice"]),
        ('"Where is it?" Anna looks around. "Here it is."', ["Anna", "Anna"]),
        ('Her T-shirt says "Boss". She says nothing.', []),
    ],
)
def test_who_says_it(prompt: str, names: list[str]) -> None:
    assert _voices(prompt) == names


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("Two men argue in a bar: Al and Bo.", ["Al", "Bo"]),
        ("Two men argue in a bar: Al, Bo and Cy.", ["Al", "Bo", "Cy"]),
        ("Three people wait at a bus stop: Lena, Omar and a tall stranger.", ["Lena", "Omar", "Tall stranger"]),
        ("Three friends, Al, Bo and Cy, climb a hill.", ["Al", "Bo", "Cy"]),
        ("A mother and her three children, Ada, Ben and Cleo, wave.", ["Mother", "Ada", "Ben", "Cleo"]),
        ("Next to Rita, Paul sleeps.", ["Paul", "Rita"]),
        ("Two people kiss.", ["First person", "Second person"]),
        ("A 10-second film about a lighthouse keeper named Otto. He lights the lamp.", ["Otto"]),
    ],
)
def test_everybody_named_is_in_the_cast(prompt: str, names: list[str]) -> None:
    assert [role.name for role in read_facts(prompt).roles] == names


def test_they_are_the_two_creatures_of_the_story() -> None:
    facts = read_facts('A fox finds a lantern. A bear says "Who is there?" They watch the sun rise.')
    assert facts.events[-1].text == "The fox and the bear watch the sun rise"


def test_a_name_is_no_way_of_speaking() -> None:
    facts = read_facts('Sam whispers to Lily: "Don\'t move." Lily whispers back softly: "I\'m not moving."')
    assert [quote.delivery for quote in facts.quotes] == ["whispering", "whispering softly"]


@pytest.mark.parametrize(
    ("prompt", "span"),
    [
        ('Only when the music stops does Kim say "Now."', "Kim"),
        ("Ten seconds earlier Paul had jumped off.", "Paul"),
    ],
)
def test_only_the_name_is_the_role(prompt: str, span: str) -> None:
    assert [role.span.text for role in read_facts(prompt).roles] == [span]
