"""Several who act as one, who jumps into water, what an animal carries: as the boxes of the frames tell."""

from __future__ import annotations

from typing import Any

import pytest

from generator.stage.composer import ShotStage
from generator.stage.crowd import all_of_them, how_many

_NAMES = ("Ann", "Bob", "Cyd")


def _stage(caption_of: Any, setting: str, action: str, names: Any = (), size: str = "wide") -> ShotStage:
    roles = tuple(f"C{at + 1}" for at in range(len(names)))
    shot = {"ms": 3000, "setting": setting, "action": action, "camera": {"size": size}, "roles": roles}
    caption = caption_of([shot], [{"name": name} for name in names])
    return ShotStage(caption, caption.shots[0])


@pytest.mark.parametrize("names", [(), ("Six friends",)])
def test_six_friends_are_six_and_all_of_them_sit(names: Any, caption_of: Any) -> None:
    stage = _stage(caption_of, "a campsite", "Six friends sit around a campfire.", names)
    people = [actor for actor in stage.layout.actors if actor.look.kind == "person"]
    assert len(people) == 6
    assert {actor.motion.name for actor in people} == {"sit"}
    assert sum(drawn.kind in ("person", "role") for drawn in stage.drawn(10)) == 6


@pytest.mark.parametrize(
    "action", ["They sit down by the fire.", "The three friends sit by the fire.", "All of them sit."]
)
def test_what_everybody_does_each_role_does(action: str, caption_of: Any) -> None:
    stage = _stage(caption_of, "a campsite", action, _NAMES)
    motions = [actor.motion.name for actor in stage.layout.actors if actor.look.kind == "person"]
    assert motions == ["sit"] * 3


def test_a_group_is_no_subject_where_somebody_is_named() -> None:
    assert all_of_them("Mara watches the three friends.") is None
    assert how_many("Six friends") == 6
    assert how_many("Mara") == 1


@pytest.mark.parametrize(
    ("setting", "action"),
    [
        ("a swimming pool", "Ann jumps into the pool."),
        ("a river", "Ann leaps into the river."),
        ("a sandy beach", "Ann runs and dives into the waves."),
        ("the sea", "A woman falls into the sea."),
    ],
)
def test_who_jumps_into_water_ends_up_in_it(setting: str, action: str, caption_of: Any) -> None:
    stage = _stage(caption_of, setting, action, ("Ann",))
    frames = [next(drawn for drawn in stage.drawn(number) if drawn.kind == "role") for number in (0, 30, 71)]
    first, last = frames[0].box, frames[-1].box
    assert last.height < 0.7 * first.height  # the rest is under the surface
    assert last.bottom < first.bottom - 10  # which lies behind the shore


def test_who_walks_along_the_water_stays_dry(caption_of: Any) -> None:
    stage = _stage(caption_of, "a river", "Ann walks along the river.", ("Ann",))
    heights = [next(drawn for drawn in stage.drawn(number) if drawn.kind == "role").box.height for number in (0, 71)]
    assert heights[1] > 0.9 * heights[0]


def test_what_an_animal_carries_leaves_its_face_free(caption_of: Any) -> None:
    stage = _stage(caption_of, "a park", "A cat carries a cake.")
    shown = {drawn.noun: drawn.box for drawn in stage.drawn(20)}
    cat, cake = shown["cat"], shown["cake"]
    assert cake.height < 0.6 * cat.height
    across = min(cat.right, cake.right) - max(cat.left, cake.left)
    assert across < 0.35 * cake.width
