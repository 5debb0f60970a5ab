"""Who says a line that stands alone, and what is no speaker and no role at all."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


@pytest.mark.parametrize(
    ("prompt", "speakers"),
    [
        (
            'Detective Hall leans over the table. "Where were you?" The suspect smirks. "Asleep." Hall slides a photo across. "Who is this?"',
            ["hall", "suspect", "hall"],
        ),
        ('A girl asks her father "Why?" and he laughs. "Because it likes you."', ["girl", "father"]),
        ('The clerk, Omar, hears a noise. "Hello?" No answer.', ["omar"]),
        ('A boy runs. Tagline spoken by a deep male narrator: "Surge past it."', ["narrator"]),
        ('Sam sings "Row, row" and Pia sings "your boat" while rowing.', ["sam", "pia"]),
        ('A pirate captain shouts "Land!"; below, the cook, Bess, mutters "Finally."', ["captain", "bess"]),
        ('Ben says "Ready?" at 1s, Kim says "Ready." at 2.5s, and both say "Go!" at 4s.', ["ben", "kim", "kim", "ben"]),
    ],
)
def test_speakers(prompt: str, speakers: list[str]) -> None:
    facts = read_facts(prompt)
    names = [facts.role(quote.speaker or "").name.casefold().split()[-1] for quote in facts.quotes]
    assert names == speakers


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("An old man moves his queen. His opponent frowns.", ["Old man", "Opponent"]),
        ("A waitress pours coffee in a diner. A diner at the corner.", ["Waitress"]),
        ("A diner complains to the waiter.", ["Diner", "Waiter"]),
        ('A chef nods. His sous-chef, Lin, asks "Too salty?"', ["Chef", "Lin"]),
        ('A boy runs. End with super: "Home is a ticket away."', ["Boy"]),
        ("## Spot\nA barista steams milk.", ["Barista"]),
    ],
)
def test_roles(prompt: str, names: list[str]) -> None:
    assert [role.name for role in read_facts(prompt).roles if role.name != "Super"] == names


@pytest.mark.parametrize(
    ("prompt", "events"),
    [
        ("Cutscene: the knight kneels.", ["The knight kneels"]),
        ("For my history class: Caesar crosses the river.", ["Caesar crosses the river"]),
        ("A cyclist brakes. It is Maya.", ["A cyclist brakes", "It is Maya"]),
        ("Leo flies a kite. It tears. Leo cries.", ["Leo flies a kite", "It tears", "Leo cries"]),
        ('Ruth looks up and, one second later, says "Now."', ["Ruth looks up", "Ruth speaks"]),
        ("A candle burns. 0:07 end.", ["A candle burns"]),
    ],
)
def test_events(prompt: str, events: list[str]) -> None:
    assert [event.text for event in read_facts(prompt).events] == events


def test_a_clock_may_say_the_end() -> None:
    facts = read_facts("0:00 a candle burns. 0:02 a hand snuffs it. 0:07 end.")
    assert facts.duration is not None and facts.duration.duration_ms == 7000
    assert [event.start_ms for event in facts.events] == [0, 2000]


def test_two_who_have_no_name_are_told_apart() -> None:
    facts = read_facts('His alarm rings. He throws it out. Outside, a man yells "Hey!"')
    assert len({role.name for role in facts.roles}) == len(facts.roles)
