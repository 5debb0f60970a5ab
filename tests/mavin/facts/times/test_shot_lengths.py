"""Lengths said of shots by their number: cuts where all shots have one, else the length of one event."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts

STORY = "A girl opens a box. A frog jumps out. The girl laughs. "


@pytest.mark.parametrize(
    ("words", "cuts", "total"),
    [
        ("The first shot lasts 1 second, the second 4 seconds, the third the rest. 9 seconds.", [1000, 5000], 9000),
        ("The first shot takes 2 s, the second 3 s and the last the remaining time.", [2000, 5000], None),
        ("First shot 2s, second shot 3s, third shot 2.5s.", [2000, 5000], 7500),
        ("Shot 1 is 2 seconds long. Shot 2 is 3 seconds long. Shot 3 is 1 second long.", [2000, 5000], 6000),
        ("The first shot lasts 2 seconds, the second 3, the final one 4.", [2000, 5000], 9000),
    ],
)
def test_lengths_of_all_shots_are_cuts(words: str, cuts: list[int], total: int | None) -> None:
    facts = read_facts(STORY + words)
    assert [event.text for event in facts.events] == ["A girl opens a box", "A frog jumps out", "The girl laughs"]
    assert [cut.start_ms for cut in facts.cuts] == cuts
    assert (facts.duration.duration_ms if facts.duration else None) == total
    assert facts.shots is not None and facts.shots.count == 3


def test_the_length_of_one_shot_is_its_events() -> None:
    facts = read_facts(STORY + "The last shot lasts 4 seconds.")
    assert [event.length_ms for event in facts.events] == [None, None, 4000]


def test_labelled_shots_get_their_intervals() -> None:
    facts = read_facts("Shot 1: a bee. Shot 2: a cat. Shot 1 lasts 2 seconds, shot 2 lasts 3 seconds.")
    assert [label.interval and (label.interval.start_ms, label.interval.end_ms) for label in facts.labels] == [
        (0, 2000),
        (2000, 5000),
    ]


def test_what_is_no_length_stays_in_the_story() -> None:
    facts = read_facts("The first scene is 5 men in a boat.")
    assert "5 men" in facts.events[0].text and not facts.cuts
