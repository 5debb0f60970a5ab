"""What an instruction is about and whom it means, as far as code can tell by its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from mavin.caption import HierarchicalCaption, load_caption
from scripting.editor.phrases import bare_place, light_phrase, lit_place, worn_phrase
from scripting.editor.scope import scope_of, stranger_in
from scripting.editor.topics import topics_in

SCENE = Path(__file__).parents[3] / "benchmarks" / "instructions" / "scene.json"


@pytest.fixture(scope="module")
def scene() -> HierarchicalCaption:
    """A ferry, six shots; Mara, a young woman, says L2 (S3) and L4 (S6), Tom, a ferryman, L1 (S2) and L3 (S4)."""
    return load_caption(SCENE.read_bytes())


MEANT = [
    ("make Mara answer faster", ["pace"], ["C1"]),
    ("set it at night", ["place"], []),
    ("the ending should be sadder", ["action"], ["S6"]),
    ("give the old man a red scarf", ["looks"], ["C2"]),
    ("the camera should come closer when she speaks", ["camera"], ["C1", "S3", "S6"]),
    ("let Mara speak more softly in the last shot", ["delivery"], ["C1", "S6"]),
    ("hold on the opening a little longer", ["length"], ["S1"]),
    ("add thunder to shot 3", ["sound"], ["S3"]),
    ("make Tom's last line funnier", ["words"], ["C2", "L3"]),
    ("add a shot where the gulls fly off", ["new_shot"], []),
    ("make it black and white", ["style"], []),
    ("no sounds in shot 2", ["no_sound"], ["S2"]),
    ('have Tom say "Goodbye, and fast." at the end', ["new_line"], ["C2", "S6"]),
    ("let him sound friendlier", ["delivery"], ["C2"]),
    ("Tom's voice should be deeper", ["voice"], ["C2"]),
    ('make "Then jump!" slower', ["pace"], ["L3"]),
    ("rain in shots 1 and 3", ["place"], ["S1", "S3"]),
    ("it rains in the shot with the chain", ["place"], ["S2"]),
    ("lass Mara schneller antworten", ["pace"], ["C1"]),
    ("mach das Ende trauriger", ["action"], ["S6"]),
    ("met-la de nuit", ["place"], []),
    ("把它改成夜晚", ["place"], []),
    ("Mara should stumble when she jumps", ["action"], ["C1", "S5"]),
    ("Tom should whisper his last line", ["delivery"], ["C2", "L3"]),
    ("add a distant foghorn to shot 3", ["sound"], ["S3"]),
    ("make it better", [], []),
]


@pytest.mark.parametrize(("words", "topics", "named"), MEANT, ids=[each[0] for each in MEANT])
def test_what_is_meant_is_read_by_code(
    words: str, topics: list[str], named: list[str], scene: HierarchicalCaption
) -> None:
    scope = scope_of(words, scene)
    assert [str(topic) for topic in topics_in(words)] == topics
    assert sorted([*scope.shots, *scope.roles, *scope.lines]) == sorted(named)


def test_somebody_who_is_not_there_is_noticed(scene: HierarchicalCaption) -> None:
    assert stranger_in("the captain should laugh", scene) == "the captain"
    assert stranger_in("the policeman should dance", scene) == "the policeman"
    assert stranger_in("the ferryman should laugh", scene) is None
    assert stranger_in("the old man should laugh", scene) is None


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        ("set it at night", "at night"),
        ("a rainy night in shot 2", "in the rain, at night"),
        ("make it a snowy morning", "in the snow, in the morning"),
        ("set it in a library at night", None),  # a place of its own is not code's to word
        ("make it sad", None),
    ],
)
def test_plain_light_and_weather_need_no_model(words: str, phrase: str | None) -> None:
    assert light_phrase(words) == phrase


def test_new_light_takes_the_place_of_the_old() -> None:
    assert bare_place("A walled garden, mossy stones, low golden sun") == "A walled garden, mossy stones"
    assert bare_place("A hill at dusk") == "A hill"
    assert lit_place("A small kitchen with a window", "in the rain, at night") == (
        "A small kitchen with a window, rain on the windows, at night"
    )
    assert bare_place("in soft daylight") == "in soft daylight"  # there would be nothing left


def test_what_is_worn_is_taken_as_it_is_said() -> None:
    assert worn_phrase("give the old man a red scarf") == "with a red scarf"
    assert worn_phrase("Mara should wear a yellow raincoat in the last shot") == "wearing a yellow raincoat"
    assert worn_phrase("no hat for Tom") is None
