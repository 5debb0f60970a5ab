"""What a small model may say of a shot: how a thing of the user's own clause looks."""

from __future__ import annotations

import pytest

from scripting.contracts import check_setting
from scripting.things import check_object, check_place_alone, check_things, objects_of


@pytest.mark.parametrize(
    ("clause", "objects"),
    [
        ("A person reads a map", ("map",)),
        ("The gardener collects the cut branches", ("branches",)),
        ("A chef lifts a lid over the stove", ("lid", "stove")),
        ("The chef waits for a while", ()),
    ],
)
def test_objects_are_the_clauses_own_things(clause: str, objects: tuple[str, ...]) -> None:
    assert objects_of(clause, ["Person", "Gardener", "Chef"]) == objects


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The map is creased and yellow at the edges.", set()),
        ("A creased yellow map.", {"no_verb"}),
        ("A tower stands behind the map.", {"off_object"}),
    ],
)
def test_a_detail_is_a_sentence_about_an_object(text: str, codes: set[str]) -> None:
    assert {item.code for item in check_object(text, ["map"], path="shots.S1.action")} == codes


def test_a_thing_behind_an_adjective_is_a_thing() -> None:
    problems = check_things("The map lies on a wooden table.", path="p", known="A person reads a map in a town")
    assert [item.code for item in problems] == ["new_thing"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The letters are bright and clear, and the wind rustles them.", set()),
        ("The stones are smooth, each of them with a dark sheen and a touch of grey.", set()),
        ("They are bright, and the letters are white.", {"about_role"}),
        ("The letters are white in his hands.", {"about_role"}),
        ("The letters are white, and Tom is near them.", {"about_role"}),
        ("The letters are white, and moss lies on them.", {"new_thing"}),
    ],
)
def test_pronouns_of_things_are_neither_people_nor_new_things(text: str, codes: set[str]) -> None:
    problems = check_place_alone(text, path="p", cast=["Tom"])
    problems += check_things(text, path="p", known="Tom's letters and stones lie in the wind")
    assert {item.code for item in problems} == codes


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ("A barn with climbing roses on its wall", "copied_example"),
        ("A moonlit barn, sunlight on the hay", "two_lights"),
    ],
)
def test_a_setting_borrows_nothing_and_has_one_light(setting: str, code: str) -> None:
    examples = ["A walled garden with climbing roses, low golden sun"]
    found = check_setting(setting, path="scene.setting", prompt="A goat eats hay in a barn.", examples=examples)
    assert code in {item.code for item in found}
    assert not check_setting("A barn with hay bales", path="p", prompt="A goat eats hay in a barn.", examples=examples)
