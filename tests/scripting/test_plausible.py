"""Cameras and sounds that fit: what an action asks for, and that code's own staging keeps its own rules."""

from __future__ import annotations

import pytest

from mavin.caption import Camera, Movement, Size
from mavin.facts import read_facts
from scripting.places import setting_of
from scripting.plausible import Medium, fitting_movements, fitting_sizes, medium_of, misfit_of_ambience, misfit_of_place
from scripting.sounds import sound_of
from scripting.staging import camera_of


@pytest.mark.parametrize(
    ("action", "movement"),
    [
        ("The wolf runs through the snow", Movement.TRACK),
        ("The balloon rises over the roofs", Movement.TILT_UP),
        ("The vase falls to the floor", Movement.TILT_DOWN),
        ("The rider vanishes", Movement.DOLLY_OUT),
        ("Two old men play cards", Movement.STATIC),
    ],
)
def test_the_camera_moves_as_the_action_does(action: str, movement: Movement) -> None:
    assert fitting_movements(action, speaks=False, number=1, count=4)[0] is movement


def test_who_speaks_is_not_chased_by_the_camera() -> None:
    assert fitting_movements("The woman answers", speaks=True, number=1, count=3)[0] is Movement.STATIC


@pytest.mark.parametrize(
    ("action", "size"),
    [
        ("The man signs the letter", Size.CLOSE_UP),
        ("The girl finds a ring", Size.CLOSE_UP),
        ("The crowd fills the stadium", Size.WIDE),
        ("The horse gallops over the hill", Size.FULL),
    ],
)
def test_small_gestures_are_close_and_crowds_are_wide(action: str, size: Size) -> None:
    assert fitting_sizes(action)[0] is size


def test_a_film_opens_on_who_is_where() -> None:
    assert fitting_sizes("The man signs the letter", first=True)[0] is Size.MEDIUM
    assert fitting_sizes("The horse gallops over the hill", first=True)[0] is Size.WIDE


@pytest.mark.parametrize(
    ("place", "medium"),
    [
        ("Underwater, blue light falling from above", Medium.WATER),
        ("Open space, stars all around", Medium.SPACE),
        ("A small kitchen with a window", Medium.AIR),
        ("A small kitchen with worktops", Medium.INDOORS),
        ("A meadow at dusk", Medium.AIR),
    ],
)
def test_where_sound_travels(place: str, medium: str) -> None:
    assert medium_of(place) == medium


@pytest.mark.parametrize(
    "ambience", ["Children laughing", "Soft music", "People talking", "Cherry blossoms in the air"]
)
def test_an_ambience_is_the_places_own(ambience: str) -> None:
    assert misfit_of_ambience(ambience, story="A dog digs a hole.", setting="A park with a lawn") is not None
    assert misfit_of_ambience("Birdsong and a light wind", story="A dog digs.", setting="A park with a lawn") is None


STORIES = [
    "A diver swims under the sea, finds a chest, and then opens it.",
    "An astronaut floats in open space, catches a wrench, and then waves.",
    "A cook chops an onion in a kitchen, drops a glass, and then laughs.",
    "A horse gallops across a field, jumps over a fence, and then drinks from a stream.",
    "A thief opens a safe, hears a bell, and then runs away.",
    "A robot paints a fence, steps back, and then falls into the paint.",
    "A whale rises beneath the waves, turns, and then dives.",
]


@pytest.mark.parametrize("story", STORIES)
def test_codes_own_staging_keeps_the_rules(story: str) -> None:
    facts = read_facts(story)
    place: str | None = None
    camera: Camera | None = None
    sound = ""
    for number, event in enumerate(facts.events):
        place, _ = setting_of(facts, event.text, place)
        sound = sound_of(event.text, place, sound)
        if medium_of(place) in {Medium.WATER, Medium.SPACE}:
            assert not any(word in sound for word in ("footsteps", "wind", "bird", "rain", "horse"))
        assert misfit_of_place(sound, action=event.text, setting=place) is None
        before, camera = camera, camera_of(event, number, len(facts.events), camera)
        assert before is None or before.size is not camera.size
