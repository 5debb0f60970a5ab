"""What an action implies: things that deeds need, who sleeps, what floats, what "it" is, and where a film plays."""

from __future__ import annotations

from typing import Any

import pytest

from generator.stage.composer import ShotStage
from generator.stage.layout import Layout, set_out
from generator.stage.pictures import find_pictures
from generator.stage.scene import read_scene


def _laid(caption_of: Any, action: str, names: Any = (), setting: str = "a street") -> Layout:
    roles = tuple(f"C{at + 1}" for at in range(len(names)))
    shot = {"ms": 3000, "setting": setting, "action": action, "roles": roles, "camera": {"size": "wide"}}
    caption = caption_of([shot], [{"name": name} for name in names])
    return set_out(caption, caption.shots[0], mirrored=False, scene=read_scene(setting, action))


def _of(layout: Layout, noun: str) -> Any:
    return next((actor for actor in layout.actors if actor.look.label == noun), None)


@pytest.mark.parametrize(
    ("action", "name", "noun"),
    [
        ("The violinist plays on a rainy corner.", "Violinist", "violin"),
        ("The drummer starts drumming.", "Drummer", "drum"),
        ("The robot explodes.", "Robot", "explosion"),
        ("The woman rows across the lake.", "Woman", "boat"),
        ("The man sweeps.", "Man", "broom"),
    ],
)
def test_deeds_bring_what_they_need(action: str, name: str, noun: str, caption_of: Any) -> None:
    layout = _laid(caption_of, action, [name])
    assert _of(layout, noun) is not None
    assert not any(actor.look.kind == "card" for actor in layout.actors)


def test_nothing_is_brought_where_the_noun_is_no_deed_or_the_thing_is_named(caption_of: Any) -> None:
    assert _of(_laid(caption_of, "The violinist eats an apple.", ["Violinist"]), "violin") is None
    swept = _laid(caption_of, "The man sweeps with a broom.", ["Man"])
    assert sum(actor.look.code == "1F9F9" for actor in swept.actors) == 1


def test_a_gift_is_in_the_hand_of_who_gives_it(caption_of: Any) -> None:
    layout = _laid(caption_of, "Mara hands Tom a letter.", ["Mara", "Tom"])
    mara, tom, letter = layout.of_role("C1"), layout.of_role("C2"), _of(layout, "letter")
    assert mara is not None and letter.held_by is mara and mara.partner is tom


def test_who_sleeps_lies_with_its_legs_under_it(caption_of: Any) -> None:
    layout = _laid(caption_of, "A girl walks past a sleeping cat.", ["Girl", "Cat"])
    girl, cat, sign = layout.of_role("C1"), layout.of_role("C2"), _of(layout, "sleep")
    assert girl is not None and cat is not None and sign.carrier is cat
    assert cat.legs_under > 0 and girl.legs_under == 0
    assert girl.order < cat.order  # the cat stays to be seen
    assert _of(_laid(caption_of, "The cat lies down.", ["Cat"]), "sleep") is None


def test_in_front_of_is_not_inside(caption_of: Any) -> None:
    layout = _laid(caption_of, "Mara kneels in front of a bear.", ["Mara"])
    mara, bear = layout.of_role("C1"), _of(layout, "bear")
    assert mara is not None and mara.carrier is None and abs(mara.x - bear.x) > 20


def test_whales_and_boats_are_in_the_water_and_the_rest_ashore(caption_of: Any) -> None:
    layout = _laid(caption_of, "A whale rises beside Mara.", ["Mara"], "a windy shore beside the sea")
    whale, mara = _of(layout, "whale"), layout.of_role("C1")
    assert whale.sunk > 0 and whale.y < -10
    assert mara is not None
    assert (mara.sunk, mara.y) == (0, 0)
    rowing = _laid(caption_of, "Mara rows a boat.", ["Mara"], "the open sea")
    boat, rower = _of(rowing, "boat"), rowing.of_role("C1")
    assert rower is not None
    assert boat.sunk > 0
    assert abs(rower.y - boat.y) < 4
    assert rower.carrier is boat


def test_it_is_what_the_shot_before_spoke_of(caption_of: Any) -> None:
    shots = [
        {"ms": 1500, "setting": "space", "action": "Mara loses her wrench.", "roles": ("C1",)},
        {"ms": 1500, "setting": "space", "action": "It drifts away."},
    ]
    caption = caption_of(shots, [{"name": "Mara"}])
    assert [actor.look.label for actor in set_out(caption, caption.shots[1], mirrored=False).actors] == ["wrench"]


def test_two_cards_of_a_shot_say_two_things(caption_of: Any) -> None:
    shot = {
        "ms": 3000,
        "setting": "a meadow",
        "action": "Mara opens the gizmo and pushes the frobnicator.",
        "roles": ("C1",),
    }
    caption = caption_of([shot], [{"name": "Mara"}])
    stage = ShotStage(caption, caption.shots[0])
    first, second = (actor for actor in stage.layout.actors if actor.look.kind == "card")
    stage.frame(0)
    assert first.look.label != second.look.label
    assert len([key for key in stage._sprites if key[1]]) == 2


def test_shots_of_one_unsaid_setting_play_in_one_place(caption_of: Any) -> None:
    shots = [
        {"ms": 1500, "setting": "A plain, open place", "action": "A mother puts her baby to bed."},
        {"ms": 1500, "setting": "A plain, open place", "action": "The mother smiles."},
    ]
    caption = caption_of(shots)
    assert [ShotStage(caption, shot)._scene.place.name for shot in caption.shots] == ["bedroom", "bedroom"]


def test_a_landscape_that_the_scene_shows_is_no_vehicle(caption_of: Any) -> None:
    shot = {"ms": 3000, "setting": "El desierto", "action": "Un caballero cabalga por el desierto.", "roles": ("C1",)}
    caption = caption_of([shot], [{"name": "Caballero"}], language="es")
    stage = ShotStage(caption, caption.shots[0])
    assert [actor.role for actor in stage.layout.actors] == ["C1"]


def test_a_people_is_several_and_a_possessor_nobody(caption_of: Any) -> None:
    assert sum(actor.look.kind == "person" for actor in _laid(caption_of, "People applaud.", ["People"]).actors) == 4
    owned = _laid(caption_of, "The captain's parrot laughs.", ["Parrot"])
    assert [actor.role for actor in owned.actors] == ["C1"]


@pytest.mark.parametrize(
    ("action", "language"),
    [
        ("El caballero encuentra un dragón dormido.", "es"),
        ("Der Ritter findet einen schlafenden Hund.", "de"),
        ("The knight strokes a sleeping dragon.", "en"),
    ],
)
def test_who_is_called_asleep_sleeps_and_nobody_else(action: str, language: str, caption_of: Any) -> None:
    shot = {"ms": 3000, "setting": "a cave", "action": action, "roles": ("C1",), "camera": {"size": "wide"}}
    caption = caption_of([shot], [{"name": action.split()[1]}], language=language)
    layout = set_out(caption, caption.shots[0], mirrored=False)
    figure, beast = layout.of_role("C1"), next(actor for actor in layout.actors if actor.kind == "animal")
    assert figure is not None
    assert (beast.motion.name, figure.motion.name == "lie") == ("lie", False)


@pytest.mark.parametrize("action", ["The flash fires.", "A boy drops.", "The queen rings."])
def test_verbs_behind_their_subject_are_no_things(action: str) -> None:
    assert all(picture.kind == "person" for picture in find_pictures(action))


@pytest.mark.parametrize("size", ["full", "medium", "close_up"])
def test_who_flies_is_in_the_air_and_in_the_frame(size: str, caption_of: Any) -> None:
    shot = {
        "ms": 3000,
        "setting": "a meadow",
        "action": "The superhero flies.",
        "roles": ("C1",),
        "camera": {"size": size},
    }
    caption = caption_of([shot], [{"name": "Superhero"}])
    stage = ShotStage(caption, caption.shots[0])
    tops = [drawn.box.top for frame in stage.frames[::12] for drawn in stage.drawn(frame) if drawn.role == "C1"]
    assert min(tops) > 0
    hero = stage.layout.of_role("C1")
    assert hero is not None and (size == "full" or hero.y < -30)
