"""Members of groups who are named later, who is told of in a subordinate clause, and leads that tell no story."""

import pytest

from mavin.facts import read_facts


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ('The twins argue over a kite. Leo pulls it. Lena says "Let go!"', ["Leo", "Lena"]),
        (
            'Two scientists stare at a screen. Dr. Weiss whispers "It\'s alive." Dr. Lee steps back.',
            ["Dr. Weiss", "Dr. Lee"],
        ),
        ("While Theo sleeps, his alarm rings. He throws it out of the window.", ["Theo"]),
        ("A product video, a red sneaker spins on a white table.", []),
    ],
)
def test_whoever_belongs_to_a_group_is_no_extra_role(prompt: str, names: list[str]) -> None:
    assert [role.name for role in read_facts(prompt).roles] == names


def test_one_of_five_is_one_of_five() -> None:
    facts = read_facts('Five kids build a fort. One of them, Priya, says "It needs a flag."')

    assert len(facts.roles) == 5
    assert facts.role(facts.quotes[0].speaker or "").name == "Priya"
    assert facts.events[0].roles == tuple(role.key for role in facts.roles)


def test_a_cop_is_no_verb_behind_a_number() -> None:
    facts = read_facts("Two cops chase a thief through a market. The thief jumps over a wall.")

    assert [role.name for role in facts.roles] == ["First cop", "Second cop", "Thief"]


def test_a_title_before_several_scientists_may_be_somebody_elses() -> None:
    facts = read_facts("Two scientists stare at a screen. Tom runs in.")

    assert len(facts.roles) == 3


def test_an_action_for_each_speaker() -> None:
    facts = read_facts('In court the judge says "Order", the lawyer says "Objection".')

    assert [(event.text, event.roles) for event in facts.events] == [
        ("The judge speaks", ("judge",)),
        ("The lawyer speaks", ("lawyer",)),
    ]


def test_a_lead_in_is_no_part_of_the_story() -> None:
    facts = read_facts("A product video, a red sneaker spins on a white table.")

    assert [event.text for event in facts.events] == ["A red sneaker spins on a white table"]
