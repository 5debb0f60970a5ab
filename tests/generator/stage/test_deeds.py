"""Each verb moves its own subject, and the camera looks at who moves."""

from __future__ import annotations

from typing import Any

import pytest

from generator.stage.actors import Track
from generator.stage.deeds import deeds, mentions_of
from generator.stage.figures import POSES
from generator.stage.layout import set_out
from generator.stage.motion import MOVEMENTS, Motion, read_motion


@pytest.mark.parametrize(
    ("action", "names", "alone", "expected"),
    [
        ("A vase falls.", "cat vase", "cat", {"vase": "fall"}),
        ("The cat watches. A vase falls.", "cat vase", "cat", {"cat": "look", "vase": "fall"}),
        ("A slinky falls.", "cat", "cat", {}),
        ("It falls.", "cat", "cat", {"cat": "fall"}),
        ("Falls asleep and drops.", "cat", "cat", {"cat": "fall"}),
        ("Mara drops the vase.", "Mara vase", "Mara", {"vase": "fall", "Mara": "hold"}),
        ("The cat knocks over a vase, which falls.", "cat vase", "cat", {"cat": "hold", "vase": "fall"}),
        ("Mara opens the door and a bird flies out.", "Mara door bird", "", {"Mara": "hold", "bird": "fly"}),
        ("Mara and Tom run away.", "Mara Tom", "", {"Mara": "leave", "Tom": "leave"}),
        ("Tom smiles and quickly runs.", "Tom", "Tom", {"Tom": "run"}),
        ("The lamp on the table flickers.", "lamp table", "", {"lamp": "shake"}),
        ("On the table a cat jumps.", "table cat", "", {"cat": "hop"}),
        ("Rain falls on the cat.", "cat", "cat", {}),
    ],
)
def test_verbs_go_to_their_subjects(action: Any, names: Any, alone: Any, expected: Any) -> None:
    named = [mention for name in names.split() for mention in mentions_of(name, name, action)]
    assert {key: motion.name for key, motion in deeds(action, named, alone).motions.items()} == expected


def test_the_thing_that_falls_is_shown_moved_and_framed(caption_of: Any) -> None:
    shot = {"ms": 3000, "action": "A vase falls.", "roles": ("C1",), "camera": {"size": "close_up"}}
    caption = caption_of([shot], [{"name": "cat"}])
    layout = set_out(caption, caption.shots[0], mirrored=False)
    assert [(actor.look.label, actor.motion.name) for actor in layout.focus] == [("vase", "fall")]
    cat = layout.of_role("C1")
    assert cat is not None and cat.motion.name == "stand"


def test_the_camera_stays_with_a_speaker_while_a_thing_moves(caption_of: Any) -> None:
    lines = [{"role": "C1", "start_ms": 200, "end_ms": 1200, "text": "Oh no."}]
    caption = caption_of([{"ms": 3000, "action": "A vase falls.", "roles": ("C1",)}], [{"name": "Mara"}], lines)
    assert [actor.role for actor in set_out(caption, caption.shots[0], mirrored=False).focus] == ["C1"]


@pytest.mark.parametrize("roomy", [True, False])
def test_every_movement_takes_poses_that_figures_have(roomy: Any) -> None:
    names = {read_motion(f"it {verb}").name for verb in MOVEMENTS} | {"stand", "still", "leap", "whirl", "seat"}
    assert len(names) > 25
    for name in names:
        for at in range(25):
            assert Motion(name).at(at / 24, at / 6, roomy=roomy).pose in POSES, name
    for pace in ("walk", "run", "hop", "climb", "slide", "fly", "topple", "drop"):
        assert {Track(pace).at(at / 24, at / 6, roomy=roomy).pose or "stand" for at in range(25)} <= set(POSES)
