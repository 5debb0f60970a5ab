"""Which pictures stand for words, and how roles are cast."""

from __future__ import annotations

from typing import Any

import pytest

from generator.stage import art
from generator.stage.cast import cast_role
from generator.stage.lexicon import ANIMALS, FACES, HEIGHTS, MOUTHS, SYNONYMS
from generator.stage.motion import read_motion
from generator.stage.pictures import find_pictures
from generator.stage.pieces import PIECES
from generator.stage.scene import read_scene
from generator.stage.words import singulars, tokens


def _codes(text: Any, language: Any = "en") -> Any:
    return [picture.code for picture in find_pictures(text, language)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("A bear sniffs a picnic basket.", ["1F43B", "1F9FA"]),
        ("Two foxes steal the keys", ["1F98A", "1F511"]),
        ("The knives and the wolves", ["1F52A", "1F43A"]),
        ("She puts a teddy bear on a table", ["1F9F8", "table"]),
        ("They watch and bear it, then fly on", []),
        ("a golden watch", ["231A"]),
        ("She opens the old refrigerator", ["fridge"]),
    ],
)
def test_named_things_have_pictures_and_verbs_have_none(text: Any, codes: Any) -> None:
    assert _codes(text) == codes


@pytest.mark.parametrize(
    ("language", "text"), [("de", "Ein Bär findet einen Korb"), ("fr", "un ours"), ("es", "un oso")]
)
def test_other_languages_find_the_bear(language: Any, text: Any) -> None:
    assert "1F43B" in _codes(text, language)


def test_every_code_of_the_tables_exists() -> None:
    for code in {*SYNONYMS.values(), *ANIMALS, *FACES, *HEIGHTS, *MOUTHS}:
        assert art.exists(code), code


def test_offsets_point_into_the_text() -> None:
    text = "The bear, tired, finds honey"
    for picture in find_pictures(text):
        assert text.casefold()[picture.start :].startswith(picture.word[:4])


def test_singular_forms() -> None:
    assert singulars("boxes")[-1] == "box"
    assert singulars("mice")[-1] == "mouse"
    assert singulars("berries")[1] == "berry"
    assert singulars("glass") == ("glass",)
    assert [word.is_noun for word in tokens("the watch they watch")] == [False, True, False, False]


def _look(caption_of: Any, name: Any, appearance: Any = "", **more: Any) -> Any:
    caption = caption_of([{"ms": 3000, "action": more.pop("action", "Something happens."), "roles": ("C1",)}],
                         [{"name": name, "appearance": appearance, **more}])  # fmt: skip
    return cast_role(caption, "C1")


def test_animals_and_things_are_their_pictures(caption_of: Any) -> None:
    assert (_look(caption_of, "bear").kind, _look(caption_of, "bear").code) == ("creature", "1F43B")
    assert _look(caption_of, "the old dog").code == "1F415"
    assert _look(caption_of, "Rex", "a brown dog with a red collar").code == "1F415"
    assert (_look(caption_of, "balloon").kind, _look(caption_of, "balloon").code) == ("picture", "1F388")
    assert _look(caption_of, "the gizmo").kind == "card"


def test_people_are_cast_by_their_words(caption_of: Any) -> None:
    mara = _look(caption_of, "Mara", "a lighthouse keeper with grey hair in a yellow raincoat")
    assert mara.kind == "person" and mara.shirt == "#f4c531"
    tom = _look(caption_of, "Tom", "a young man with dark skin and curly black hair, red sweater")
    assert tom.code == "1F468-200D-1F9B1" and tom.skin == "#6b4a35" and tom.shirt == "#d1453b"
    assert _look(caption_of, "Rose", "a woman in a coat").kind == "person"
    assert (
        _look(caption_of, "Cat", "A small, fluffy cat with a white coat and a black collar").code
        == _look(caption_of, "the cat").code
    )
    assert _look(caption_of, "the chef").code.endswith("-200D-1F373")
    assert _look(caption_of, "Lily", "a little girl").height < 60
    assert _look(caption_of, "Quinn", action="Quinn lifts her hand.").code.startswith("1F469")
    assert _look(caption_of, "Quinn", action="Quinn lifts his hand.").code.startswith("1F468")


def test_a_role_looks_the_same_in_every_shot_but_for_its_override(caption_of: Any) -> None:
    shots = [
        {"action": "Mara waits.", "roles": ("C1",)},
        {"action": "Mara waits on.", "roles": ("C1",)},
        {
            "action": "Mara dances.",
            "roles": ("C1",),
            "overrides": [{"role": "C1", "appearance": "a woman in a green dress"}],
        },
    ]
    caption = caption_of(shots, [{"name": "Mara", "appearance": "a woman in a red coat"}])
    first, second, third = (cast_role(caption, "C1", shot) for shot in caption.shots)
    assert first == second != third
    assert third.gown and not first.gown


@pytest.mark.parametrize(
    ("setting", "place", "time", "weather"),
    [
        ("a lighthouse at dusk, stormy sea", "sea", "dusk", "storm"),
        ("inside the lighthouse kitchen at night", "kitchen", "night", "clear"),
        ("INT. CASTLE HALL - DAY", "hall", "day", "clear"),
        ("a busy train station in the morning mist", "station", "dawn", "fog"),
        ("outside a cafe", "street", "day", "clear"),
        ("nowhere in particular", "neutral", "day", "clear"),
        ("a lot of fog, somewhere", "neutral", "day", "fog"),
        ("a spaceship bridge", "spaceship", "day", "clear"),
        ("the bridge of a starship at night", "spaceship", "night", "clear"),
        ("outside the spaceship", "space", "day", "clear"),
        ("the moon", "moon", "day", "clear"),
        ("the dusty surface of the moon", "moon", "day", "clear"),
        ("a forest, full moon", "forest", "night", "clear"),
        ("a bridge under the moon", "street", "night", "clear"),
        ("a crowded market street", "market", "day", "clear"),
    ],
)
def test_settings_become_scenes(setting: Any, place: Any, time: Any, weather: Any) -> None:
    scene = read_scene(setting)
    assert (scene.place.name, scene.time, scene.weather) == (place, time, weather)


def test_a_verb_of_the_action_is_no_place() -> None:
    assert read_scene("nowhere", "A vase falls.").place.name == "neutral"
    assert read_scene("nowhere", "A vase falls in the kitchen.").place.name == "kitchen"


@pytest.mark.parametrize(
    ("clause", "name"),
    [("runs away", "leave"), ("is running", "run"), ("jumps up", "hop"), ("falls off a cliff", "fall"), ("waits", "stand"),
     ("takes the walk", "hold"), ("spun by wind", "stand"), ("slowly climbs", "climb"), ("turns on the lamp", "hold"), ("turns around", "turn")],
)  # fmt: skip
def test_verbs_become_motions(clause: Any, name: Any) -> None:
    assert read_motion(clause).name == name


def test_every_piece_of_our_own_can_be_drawn() -> None:
    for name in PIECES:
        box = art.ink_box(name)
        assert box.width > 4 and box.height > 4, name


def test_a_place_may_look_the_same_in_all_words() -> None:
    words = ("a dark forest at night", "the edge of a pine forest", "a forest")
    assert len({read_scene(setting).seed for setting in words}) == 3
    assert len({read_scene(setting, canonical=True).seed for setting in words}) == 1
    assert read_scene("a beach", canonical=True).seed != read_scene("a forest", canonical=True).seed
