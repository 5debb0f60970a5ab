"""Overviews: long summaries become beats in story order, in the user's words; wishes about the film never do."""

from __future__ import annotations

import itertools

import pytest

from mavin.facts import read_facts
from mavin.facts.story import find_film_notes, overview_events


def beats(prompt: str) -> list[str]:
    return [event.text for event in overview_events(read_facts(prompt))]


CASES = {
    "participles and a climax": (
        "Two adult rowers train together on a calm lake, warming up, coaching each other through starts, and "
        "culminating in a timed race that ends with a respectful handshake.",
        [
            "Two adult rowers train together on a calm lake",
            "The two adult rowers warm up",
            "The two adult rowers coach each other through starts",
            "It all culminates in a timed race that ends with a respectful handshake",
        ],
    ),
    "until, with its own subject": (
        "A retired engineer tests a small rescue drone over a rocky coast, logging every flight and tuning the motors "
        "until a stormy evening flight finds the missing boat.",
        [
            "A retired engineer tests a small rescue drone over a rocky coast",
            "The retired engineer logs every flight",
            "The retired engineer tunes the motors",
            "A stormy evening flight finds the missing boat",
        ],
    ),
    "both ends of a day": (
        "A young painter keeps a record of one old harbour by painting the same boats across many small "
        "canvases—from sunrise to deep night—culminating in one large picture under the lamps.",
        [
            "A young painter keeps a record of one old harbour by painting the same boats across many small canvases, "
            "at sunrise",
            "The young painter paints the same boats, in deep night",
            "It all culminates in one large picture under the lamps",
        ],
    ),
    "a list of places": (
        "A young explorer travels through very different landscapes: a frozen tundra, a dense jungle, and a burning "
        "desert, before culminating in a quiet return to a small harbour.",
        [
            "A young explorer travels through very different landscapes, first a frozen tundra",
            "The young explorer travels through a dense jungle",
            "The young explorer travels through a burning desert",
            "It all culminates in a quiet return to a small harbour",
        ],
    ),
    "objects of one verb": (
        "In a small village hall hosting a chess evening, three old players navigate tense rounds, an unexpected "
        "power cut, and a final decisive move—while the hall's warm interior stays consistent across every shot.",
        [
            "In a small village hall hosting a chess evening, three old players navigate tense rounds",
            "The three old players navigate an unexpected power cut",
            "The three old players navigate a final decisive move",
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_an_overview_is_told_beat_by_beat(case: str) -> None:
    prompt, expected = CASES[case]
    assert beats(prompt) == expected


@pytest.mark.parametrize("case", CASES)
def test_every_beat_stands_on_words_of_the_prompt_in_their_order(case: str) -> None:
    prompt, _ = CASES[case]
    events = overview_events(read_facts(prompt))
    assert all(prompt[event.span.start : event.span.end] == event.span.text for event in events)
    borders = [(event.span.start, event.span.end) for event in events]
    assert all(start < end for start, end in borders)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(borders))


def test_a_story_told_step_by_step_is_left_alone() -> None:
    assert beats("A bear bathes in a pond, shakes off water, and then rolls in grass.") == []
    assert beats("Ein Mann geht durch den Park, setzt sich auf eine Bank und liest die Zeitung bis zum Abend.") == []


@pytest.mark.parametrize(
    ("prompt", "note"),
    [
        ("Two cooks race—all within one consistent, detailed kitchen environment.", "—all within one consistent"),
        ("A man paints—while the room remains perfectly consistent across every shot.", "—while the room remains"),
    ],
)
def test_what_is_asked_of_the_film_is_no_story(prompt: str, note: str) -> None:
    (found,) = find_film_notes(prompt, prompt)
    assert found.span.text.startswith(note)
    assert read_facts(prompt).dropped[-1].span == found.span
    assert all("consistent" not in event.text for event in read_facts(prompt).events)


def test_a_consistent_person_is_story() -> None:
    assert find_film_notes("A runner keeps a consistent pace, breathing evenly.", "x" * 60) == ()


@pytest.mark.parametrize("prompt", ["The men visit places: " + "red blue, " * 180 + "and green", "walking, " * 200])
def test_long_lists_end_in_time(prompt: str) -> None:
    overview_events(read_facts(prompt))
