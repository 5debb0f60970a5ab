"""Who of a counted group is told apart later is one of it, and no further role."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ('Two friends sit at a bar. Anna says "Another one?" and Ben nods.', ["Anna", "Ben"]),
        ('A couple walks. Tom says "Look, a whale." Lisa answers "Where?"', ["Tom", "Lisa"]),
        ('Two children play. The girl, Zoe, throws a ball. The boy says "Mine!"', ["Zoe", "Boy"]),
        ('Two women knit. Ada says "Purl."', ["Ada", "Second woman"]),
        (
            "Three penguins waddle. The first slips. The third laughs.",
            ["First penguin", "Second penguin", "Third penguin"],
        ),
        # Others may be meant: these stay apart.
        ("Two men argue. Anna watches.", ["First man", "Second man", "Anna"]),
        ("A couple dances. The waiter watches.", ["Couple", "Waiter"]),
        ("Two kids dig. Their mother calls. Max waves.", ["First kid", "Second kid", "Mother", "Max"]),
    ],
)
def test_members_told_apart(prompt: str, names: list[str]) -> None:
    assert [role.name for role in read_facts(prompt).roles] == names


def test_ranks_take_part_in_their_events() -> None:
    facts = read_facts("Three penguins waddle. The first slips. The second slips. The third looks at the camera.")
    assert [event.roles for event in facts.events[1:]] == [("first penguin",), ("second penguin",), ("third penguin",)]


def test_the_last_one_of_a_counted_group_is_its_last_member() -> None:
    facts = read_facts("Three knights kneel. The last one rises. The first one laughs.")
    names = [[facts.role(key).name for key in event.roles] for event in facts.events[1:]]
    assert names == [["Third knight"], ["First knight"]]
    facts = read_facts('Three cyclists ride past; the last one, a woman in green, shouts "Almost there!"')
    assert [facts.role(quote.speaker or "").name for quote in facts.quotes] == ["Third cyclist"]
    assert len(facts.roles) == 3
