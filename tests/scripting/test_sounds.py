"""The sound of an action: what is done to what comes before who does it, and the place carries it."""

from __future__ import annotations

import pytest

from scripting.sounds import ambience_of, sound_of, sounds_of_action


@pytest.mark.parametrize(
    ("action", "heard"),
    [
        ("The woman pours milk into a glass", "liquid pouring"),
        ("The woman pours dry rice into a tin", "small pieces rattling"),
        ("A dog jumps into the lake", "a loud splash"),
        ("A dog drives a truck down the road", "an engine running"),
        ("The fox digs in the snow", "paws scraping earth"),
        ("The farmer digs a trench", "soil crumbling"),
        ("The clerk files it into a cabinet", "a drawer sliding"),
        ("A moth lands on a sleeve", "a faint flutter of wings"),
        ("The boy climbs the tree", "shoes scraping bark"),
        ("The cat climbs the tree", "claws scraping bark"),
        ("A mouse runs along a shelf", "quick paws on the ground"),
        ("The cook scrambles eggs in a hot pan", "a pan sizzling"),
        ("The farmer collects eggs from a nest", "birds calling"),
        ("The waiter weaves through the guests", "a murmuring crowd"),
        ("The weaver weaves a basket", "thread pulling through cloth"),
        ("The engine coughs and dies", "an engine sputtering"),
        ("The boat leaves the quay", "water splashing"),
        ("A motorbike approaches", "an engine running"),
        ("A helicopter flies in", "helicopter blades whirring"),
        ("A phone rings", "a phone ringing"),
        ("The bus stops at the corner", "tires squealing"),
        ("The man cries at the bus stop", "soft crying"),
        ("A cow moos", "a cow mooing"),
        ("An owl hoots from the barn", "an owl hooting"),
        ("The crowd hoots with laughter", "a cheering crowd"),
        ("Brakes screech", "tires squealing"),
        ("Two ducks quack", "a duck quacking"),
        ("A siren wails", "a siren wailing"),
        ("The mirror breaks", "glass shattering"),
        ("The kettle whistles", "steam hissing"),
        ("The referee whistles", "a whistle blowing"),
    ],
)
def test_what_is_done_is_heard(action: str, heard: str) -> None:
    assert sound_of(action, "A garden beside a field") == heard


@pytest.mark.parametrize("action", ["The runner gets ready", "They prepare the training", "The hunter is sealed in"])
def test_a_word_within_a_word_makes_no_sound(action: str) -> None:
    assert not {"paper rustling", "a train rumbling", "water splashing"} & set(sounds_of_action(action, "A hall"))


def test_only_who_is_dressed_rustles() -> None:
    assert sound_of("The statue waits", "A plain place") == "a faint rustle of clothes"
    assert sound_of("The statue waits", "A plain place", dressed=False) == "a light breeze"


def test_a_place_that_carries_no_sound_gives_its_own() -> None:
    assert "footsteps" not in sounds_of_action("The diver walks on", "Underwater, blue light")
    assert sound_of("The diver waits", "Underwater, blue light") == "bubbles rising through the water"


def test_the_background_is_the_settings_before_the_storys() -> None:
    assert ambience_of("A girl reads on a boat.", "A forest clearing") == "Birdsong and a light wind"
    assert ambience_of("A girl reads in the rain.", "A forest clearing") == "Steady rain"
