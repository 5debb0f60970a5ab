"""Blocking: what an action says of two things is seen in the frames: they touch, stand on, hide in each other."""

from __future__ import annotations

from typing import Any

import pytest

from generator.stage.composer import ShotStage
from generator.stage.deeds import deeds, mentions_of


def _boxes(caption_of: Any, action: Any, roles: Any = (), size: Any = "wide") -> Any:
    shot = {
        "ms": 3000, "setting": "a meadow", "action": action, "camera": {"size": size},
        "roles": tuple(f"C{at + 1}" for at in range(len(roles))),
    }  # fmt: skip
    caption = caption_of([shot], [{"name": name} for name in roles])
    stage = ShotStage(caption, caption.shots[0])
    return [{drawn.noun: drawn.box for drawn in stage.drawn(frame)} for frame in range(0, 72, 6)]


def _touch(one: Any, other: Any) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return bool(across >= 0 and down >= 0)


@pytest.mark.parametrize(
    ("action", "roles", "pair"),
    [
        ("The cat nudges a vase.", ["cat"], ("cat", "vase")),
        ("Mara kicks a ball.", ["Mara"], ("Mara", "ball")),
        ("A bear pushes a tree stump.", [], ("bear", "tree stump")),
        ("Mara hugs Tom.", ["Mara", "Tom"], ("Mara", "Tom")),
        ("Tom opens the door.", ["Tom"], ("Tom", "door")),
        ("A dog sniffs the rose.", ["dog"], ("dog", "rose")),
        ("Mara runs to the tent.", ["Mara"], ("Mara", "tent")),
    ],
)
def test_who_goes_to_another_comes_from_afar_and_touches_it(
    action: Any, roles: Any, pair: Any, caption_of: Any
) -> None:
    frames = _boxes(caption_of, action, roles)
    first, second = pair
    assert all({first, second} <= set(boxes) for boxes in frames)
    assert not _touch(frames[0][first], frames[0][second])
    assert any(_touch(boxes[first], boxes[second]) for boxes in frames)


def test_what_is_pushed_moves_and_what_is_sniffed_does_not(caption_of: Any) -> None:
    for action, moves in (("The dog pushes a rock.", True), ("The dog sniffs a rock.", False)):
        boxes = [frame["rock"] for frame in _boxes(caption_of, action, ["dog"])]
        assert (abs(boxes[-1].left - boxes[0].left) > 20) == moves


@pytest.mark.parametrize(
    ("action", "roles", "upper", "lower"),
    [
        ("A chicken stands on a table.", [], "chicken", "table"),
        ("Mara rides a horse.", ["Mara"], "Mara", "horse"),
        ("A boy rides a skateboard.", ["boy"], "boy", "skateboard"),
        ("Tom puts a cake on the table.", ["Tom"], "cake", "table"),
    ],
)
def test_what_is_on_another_stands_above_it(action: Any, roles: Any, upper: Any, lower: Any, caption_of: Any) -> None:
    for boxes in _boxes(caption_of, action, roles):
        above, below = boxes[upper], boxes[lower]
        assert above.top < below.top and above.bottom <= below.bottom + 2
        assert below.left - 5 < (above.left + above.right) / 2 < below.right + 5


def test_who_rides_goes_with_what_it_rides(caption_of: Any) -> None:
    frames = _boxes(caption_of, "Mara rides a bicycle.", ["Mara"])
    gaps = [boxes["Mara"].left - boxes["bicycle"].left for boxes in frames]
    assert frames[-1]["bicycle"].left - frames[0]["bicycle"].left > 100 and max(gaps) - min(gaps) < 6


def test_a_vase_knocked_off_a_table_ends_on_the_ground(caption_of: Any) -> None:
    frames = _boxes(caption_of, "The cat knocks a vase off the table.", ["cat"])
    assert frames[0]["vase"].bottom <= frames[0]["table"].top + 8
    assert frames[-1]["vase"].bottom > frames[-1]["table"].bottom - 25
    assert any(_touch(boxes["cat"], boxes["vase"]) for boxes in frames)


@pytest.mark.parametrize(
    ("action", "names", "expected"),
    [
        ("A cat nudges the vase", "cat vase", [("cat", "push", "vase")]),
        ("Mara puts a coin in the box", "Mara coin box", [("Mara", "take", "coin"), ("coin", "in", "box")]),
        ("A CD is inserted into a player", "CD player", [("CD", "in", "player")]),
        ("Mara hugs Tom and gives a book to Lily", "Mara Tom book Lily",
         [("Mara", "touch", "Tom"), ("Mara", "take", "book"), ("Mara", "touch", "Lily")]),
        ("A glass of milk stands on the table", "glass milk table", [("glass", "on", "table")]),
        ("Tom waits. A bird flies.", "Tom bird", []),
    ],
)  # fmt: skip
def test_bonds_are_read(action: Any, names: Any, expected: Any) -> None:
    named = [mention for name in names.split() for mention in mentions_of(name, name, action)]
    assert [(bond.subject, bond.relation, bond.object) for bond in deeds(action, named).bonds] == expected


def test_who_lies_on_a_bench_lies_above_its_seat(caption_of: Any) -> None:
    boxes = _boxes(caption_of, "Mara lies on a bench.", ["Mara"])[-1]
    assert boxes["Mara"].bottom < boxes["bench"].bottom - 0.2 * boxes["bench"].height
