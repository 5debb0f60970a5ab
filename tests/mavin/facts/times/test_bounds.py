"""Bounds of the clip's length: they are no exact length and no event."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts
from mavin.facts.times import LONGEST_MS


@pytest.mark.parametrize(
    ("prompt", "bounds"),
    [
        ("A man hauls a net. It lasts at least 8 seconds.", [(8000, LONGEST_MS)]),
        ("A man hauls a net, no more than 6 seconds.", [(0, 6000)]),
        ("At most 6 seconds: a man hauls a net.", [(0, 6000)]),
        ("A man hauls a net. It should be at least 8 seconds and at most 10.5 s.", [(8000, LONGEST_MS), (0, 10_500)]),
        ("In under 10 seconds, a man hauls a net.", [(0, 10_000)]),
        ("A clip of up to 5 seconds: a man hauls a net.", [(0, 5000)]),
        ("8 seconds max. A man hauls a net.", [(0, 8000)]),
        ("A man hauls a net, 5 seconds or less.", [(0, 5000)]),
        ("The film should be between 5 and 7 seconds: a man hauls a net.", [(5000, 7000)]),
    ],
)
def test_bounds(prompt: str, bounds: list[tuple[int, int]]) -> None:
    facts = read_facts(prompt)
    assert [(bound.least_ms, bound.most_ms) for bound in facts.bounds] == bounds
    assert [event.text for event in facts.events] == ["A man hauls a net"]
    assert facts.duration is None


@pytest.mark.parametrize(
    "prompt", ["He has more than 30 seconds to run.", "A man waits at least 3 seconds, then leaves."]
)
def test_bounds_of_an_event_are_not_the_clips(prompt: str) -> None:
    assert not read_facts(prompt).bounds
