"""Where a shot happens: the user's words for a place, else what is done, else who lives where."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts
from scripting.places import place_in, relit, setting_of


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("In a modern hotel kitchen set for a contest, two cooks wait", "A modern hotel kitchen"),
        ("In a single, oddly built escape room, three friends wait", "A single, oddly built escape room"),
        ("A man changes a wheel on a car", None),
        ("A pawn is placed on a square", None),
        ("A girl takes a star from the sky", None),
        ("An owl flies into the sky", "The sky"),
        ("Mara waits at a rainy bus stop", "A rainy bus stop"),
        ("A man cries in a parking lot", "A parking lot"),
        ("A man is in a lot of trouble", None),
        ("A tower looks at its reflection in a river", None),
        ("A nurse works across very different environments", None),
    ],
)
def test_a_place_is_where_somebody_is(text: str, place: str | None) -> None:
    assert place_in(text, large=True) == place


@pytest.mark.parametrize(
    ("story", "words"),
    [
        ("A girl writes a letter, and then seals it.", "desk"),
        ("A girl swings on a swing, and then jumps off.", "playground"),
        ("A cat climbs a tree, and then looks down.", "forest"),
        ("A cat yawns, and then stretches.", "living room"),
        ("A woman opens her oven, and then smoke pours out into the kitchen.", "kitchen"),
        ("A spider hangs from a ceiling, and then drops.", "attic"),
    ],
)
def test_what_is_done_says_where(story: str, words: str) -> None:
    facts = read_facts(story)
    assert words in setting_of(facts, facts.events[0].text, None)[0]


def test_rain_stays_outside_a_room_and_joins_the_night() -> None:
    facts = read_facts("A boy watches the rain.")
    room, street = "A living room with a lamp, in soft daylight", "A street, at night"
    assert relit(room, facts.events[0].text, facts) == "A living room with a lamp, rain on the windows"
    assert relit(street, facts.events[0].text, facts) == "A street, at night, in the rain"
    night = read_facts("A boy waits at night.")
    assert relit("A bare slope under a hard sun", night.events[0].text, night) == "A bare slope, at night"


@pytest.mark.parametrize(
    ("prompt", "settings"),
    [
        (
            "INT. DINER - NIGHT\nWalt sits in a booth.\nEXT. PARKING LOT - DAWN\nRay starts the engine.",
            ["Diner, at night", "Parking lot, in the early morning"],
        ),
        ("EXT. ROOFTOP - NIGHT. Jack waits. Jack laughs.", ["Rooftop, at night", "Rooftop, at night"]),
        ("Setting: a kitchen at dawn. Tom yawns.", ["A kitchen at dawn"]),
        ("Location: a harbor. Time: dusk. A sailor ties a knot.", ["A harbor, at dusk"]),
    ],
)
def test_scene_headings_set_the_place(prompt: str, settings: list[str]) -> None:
    facts = read_facts(prompt)
    told: list[str] = []
    for event in facts.events:
        told.append(setting_of(facts, event.text, told[-1] if told else None)[0])
    assert told == settings


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("A kitchen at night. Mara opens a letter. Tom enters.", "A kitchen, at night"),
        ("A street at dawn. Mara walks.", "A street, in the early morning"),
        ("A busy kitchen. Mara enters.", "A busy kitchen, in soft daylight"),
        ("Kitchen, night. Mara enters.", "Kitchen, at night"),
    ],
)
def test_a_place_told_alone_is_where_the_story_plays(prompt: str, place: str) -> None:
    facts, told = read_facts(prompt), [""]
    for event in facts.events:
        told.append(setting_of(facts, event.text, told[-1] or None)[0])
    assert set(told[1:]) == {place}


@pytest.mark.parametrize("story", ["Mara climbs the stairs.", "A dog guards the house.", "Tom crosses the street."])
def test_what_happens_is_no_place_told_alone(story: str) -> None:
    facts = read_facts(story)
    assert not setting_of(facts, facts.events[0].text, None)[0].startswith(story[:5])


def test_an_hour_is_no_place() -> None:
    assert place_in("Mara walks at night") is None
