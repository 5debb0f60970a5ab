"""Composition: cameras differ, figures are in the frame, text is wrapped, sheets are drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PIL import Image

from generator.stage.composer import ShotStage
from generator.stage.layout import set_out
from generator.stage.lettering import draw_text, text_width, wrap
from generator.stage.renderer import framing_variants
from generator.stage.sheet import storyboard
from mavin.caption import Angle, Movement, Size
from mavin.errors import UsageError


def _stage(caption_of: Any, *, action: Any = "Mara waits.", **fields: Any) -> Any:
    shot = {"ms": 3000, "setting": "a street", "action": action, "roles": ("C1",), **fields}
    caption = caption_of([shot], [{"name": "Mara", "appearance": "a woman in a red coat"}])
    return ShotStage(caption, caption.shots[0])


def _picture(stage: Any, frame: Any = 0) -> Any:
    return np.asarray(stage.frame(frame)).astype(int)


def test_every_size_shows_the_figure_larger_than_the_one_before(caption_of: Any) -> None:
    reds = []
    for size in (Size.EXTREME_WIDE, Size.WIDE, Size.FULL, Size.MEDIUM):
        picture = _picture(_stage(caption_of, camera={"size": size}))
        reds.append(int((np.abs(picture - (0xD1, 0x45, 0x3B)).max(axis=2) < 10).sum()))
    assert reds == sorted(reds) and reds[0] > 200 and reds[-1] > 8 * reds[0]


@pytest.mark.parametrize("angle", list(Angle))
def test_every_angle_gives_another_picture(angle: Any, caption_of: Any) -> None:
    eye = _picture(_stage(caption_of, camera={"size": "full"}))
    other = _picture(_stage(caption_of, camera={"size": "full", "angle": angle}))
    assert (np.abs(eye - other).mean() > 2) == (angle is not Angle.EYE)


@pytest.mark.parametrize("movement", list(Movement))
def test_every_movement_moves_the_backdrop_and_static_does_not(movement: Any, caption_of: Any) -> None:
    stage = _stage(caption_of, camera={"size": "full", "movement": movement})
    # The upper corner holds houses and sky only.
    start, end = (_picture(stage, frame)[:150, :200] for frame in (0, 50))
    assert (np.abs(start - end).mean() > 0.5) == (movement is not Movement.STATIC)


@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("aspect", ["16:9", "9:16", "21:9"])
def test_who_speaks_has_its_head_in_the_frame(size: Any, aspect: Any, caption_of: Any) -> None:
    lines = [
        {"role": "C1", "start_ms": 200, "end_ms": 1200, "text": "Good morning."},
        {"role": "C3", "start_ms": 1300, "end_ms": 2600, "text": "And to you."},
    ]
    roles = [{"name": name} for name in ("Mara", "bear", "Tom")]
    shot = {"ms": 3000, "action": "Mara meets a bear and Tom.", "roles": ("C1", "C2", "C3"), "camera": {"size": size}}
    caption = caption_of([shot], roles, lines, aspect=aspect)
    stage = ShotStage(caption, caption.shots[0])
    for role in ("C1", "C3"):
        still, talking = (np.asarray(stage.frame(5, mouths)).astype(int) for mouths in ({}, {role: 4}))
        assert (np.abs(still - talking).max(axis=2) > 40).sum() > 4


def test_a_speaker_that_the_shot_does_not_list_is_drawn(caption_of: Any) -> None:
    lines = [{"role": "C1", "start_ms": 200, "end_ms": 1200, "text": "Here I am."}]
    caption = caption_of([{"ms": 3000, "action": "A door opens."}], [{"name": "Mara"}], lines)
    assert set_out(caption, caption.shots[0], mirrored=False).of_role("C1") is not None


def test_a_creature_that_the_action_names_is_drawn_once(caption_of: Any) -> None:
    roles = [{"name": "keeper"}, {"name": "seal"}]
    shots = [
        {"action": "The keeper finds a seal.", "roles": ("C1",)},
        {"action": "The keeper feeds the seal.", "roles": ("C1", "C2")},
    ]
    caption = caption_of(shots, roles)
    for shot in caption.shots:
        seals = [actor for actor in set_out(caption, shot, mirrored=False).actors if actor.look.code == "1F9AD"]
        assert len(seals) == 1


def test_repeated_framings_are_told_apart(caption_of: Any) -> None:
    shot = {"ms": 1000, "setting": "a forest", "action": "A bear sits.", "roles": ("C1",), "camera": {"size": "full"}}
    caption = caption_of([shot, shot, shot, {**shot, "setting": "a kitchen"}], [{"name": "bear"}])
    variants = framing_variants(caption)
    assert variants == [0, 1, 2, 0]
    last = None
    for shot_now, variant in zip(caption.shots, variants, strict=True):
        stage = ShotStage(caption, shot_now, variant=variant)
        picture = _picture(stage, stage.frames[0])
        if last is not None:
            assert np.abs(picture - last).mean() > 15
        last = picture


def test_black_and_white_is_grey(caption_of: Any) -> None:
    caption = caption_of([{"ms": 3000, "action": "A dog runs."}], style="film noir, black and white")
    picture = _picture(ShotStage(caption, caption.shots[0]))
    assert (picture.max(axis=2) - picture.min(axis=2)).max() <= 2


def test_wrapping_keeps_every_word_and_the_width() -> None:
    text = "The quick brown fox jumps over the lazy dog " * 3
    lines = wrap(text, 200, 20)
    assert " ".join(lines) == " ".join(text.split())
    assert all(text_width(line, 20) <= 200 for line in lines)
    long = wrap("x" * 400, 200, 20, limit=3)
    assert len(long) == 3 and long[-1].endswith("…") and all(text_width(line, 20) <= 200 for line in long)
    assert len(wrap("これはとても長い日本語の文章です。改行が必要です。", 200, 20, language="ja")) > 1


@pytest.mark.parametrize(
    "text",
    ["Ünïcödé", "Привет", "日本語 한국어 中文", "שלום עולם", "नमस्ते", "👩‍🚀 🎻 ok", "\u0378\ud7fd\U0010fffd", "♪→✓"],
)
def test_any_script_leaves_ink(text: Any) -> None:
    image = Image.new("RGB", (400, 60), "white")
    width = draw_text(image, (5, 5), text, 30)
    assert 10 < width < 400
    assert np.asarray(image).min() < 100


def test_letters_of_several_scripts_are_not_the_box_for_missing_ones() -> None:
    def ink(char: Any, language: Any = "en") -> Any:
        image = Image.new("L", (60, 60), "white")
        draw_text(image, (5, 5), char, 36, fill="#000", language=language)
        return np.asarray(image)

    missing = ink("\u0378")
    for pair, language in (("ąę", "en"), ("жщ", "en"), ("日本", "ja"), ("한국", "ko"), ("αω", "el"), ("नम", "hi")):
        first, second = (ink(char, language) for char in pair)
        assert not np.array_equal(first, second) and not np.array_equal(first, missing)


def test_a_storyboard_has_a_cell_for_every_shot(caption_of: Any, tmp_path: Any) -> None:
    shots = [{"ms": 1000, "action": f"A bear does thing {number}.", "setting": "a forest"} for number in range(5)]
    one, five = (caption_of(shots[:count] if count > 2 else [{**shots[0], "ms": 3000}]) for count in (1, 5))
    sizes = []
    for number, caption in enumerate((one, five)):
        path = storyboard(caption, tmp_path / f"sheet{number}.png")
        with Image.open(path) as sheet:
            assert sheet.format == "PNG"
            sizes.append(sheet.size)
    assert sizes[1][0] > sizes[0][0] and sizes[1][1] > sizes[0][1]
    with pytest.raises(UsageError, match=r"must end in \.png"):
        storyboard(one, tmp_path / "sheet.jpg")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sheet0.png", "sheet1.png"]


def test_a_reference_picture_becomes_the_face(caption_of: Any, tmp_path: Any) -> None:
    (tmp_path / "references").mkdir()
    Image.new("RGB", (300, 400), (0, 255, 0)).save(tmp_path / "references" / "mara.png")
    role = {"name": "Mara", "reference": {"image": "references/mara.png"}}
    caption = caption_of([{"ms": 3000, "action": "Mara waits.", "roles": ("C1",)}], [role])
    shown = _picture(ShotStage(caption, caption.shots[0], references=tmp_path))
    plain = _picture(ShotStage(caption, caption.shots[0]))
    green = [int((np.abs(picture - (0, 255, 0)).max(axis=2) < 10).sum()) for picture in (shown, plain)]
    assert green[0] > 5000 and green[1] == 0
    outside = {"name": "Mara", "reference": {"image": "../secret.png"}}
    caption = caption_of([{"ms": 3000, "action": "Mara waits.", "roles": ("C1",)}], [outside])
    with pytest.raises(UsageError, match="must stay inside"):
        ShotStage(caption, caption.shots[0], references=tmp_path)


def test_what_is_drawn_is_told_with_its_box(caption_of: Any) -> None:
    stage = _stage(caption_of, action="Mara sees a bear and a balloon.", camera={"size": "full"})
    shown = {drawn.noun: drawn for drawn in stage.drawn(5)}
    assert {name: drawn.kind for name, drawn in shown.items()} == {"Mara": "role", "bear": "animal", "balloon": "thing"}
    assert shown["Mara"].role == "C1" and shown["bear"].code == "1F43B"
    assert all(0 <= drawn.box.left < drawn.box.right <= 832 and drawn.inside > 0.9 for drawn in shown.values())
    # The red of her coat lies in her box and nowhere beside it.
    red = np.abs(_picture(stage, 5) - (0xD1, 0x45, 0x3B)).max(axis=2) < 6
    box = shown["Mara"].box
    inner = red[int(box.top) : int(box.bottom) + 1, int(box.left) : int(box.right) + 1].sum()
    assert inner > 500
    # The balloon is as red.
    other = shown["balloon"].box
    outer = red[int(other.top) : int(other.bottom) + 1, int(other.left) : int(other.right) + 1].sum()
    assert red.sum() <= inner + outer


def test_every_pose_of_every_movement_has_arms_and_legs() -> None:
    from generator.stage.cast import Look
    from generator.stage.figures import draw
    from generator.stage.motion import _VERBS, Motion

    look = Look("person", "1F469", 60.0)
    for name in ("stand", *(name for name, _ in _VERBS)):
        for roomy in (True, False):
            for tick in range(24):
                step = Motion(name).at(tick / 23, tick / 8, roomy=roomy)
                assert draw(look, step.pose).body, (name, step.pose)


def test_what_is_far_moves_less_than_what_is_near(caption_of: Any) -> None:
    window = _stage(caption_of, camera={"size": "wide", "movement": "track"})._window(60)
    assert abs(window.deep().x - window.x) < abs(window.far().x - window.x)
    near, far = (
        _stage(caption_of, camera={"size": "wide", "movement": "dolly_in"})._window(frame) for frame in (71, 0)
    )
    # Coming nearer makes the figures grow most, the backdrop less and what closes the view least.
    growth = [far.height / near.height, far.far().height / near.far().height, far.deep().height / near.deep().height]
    assert growth == sorted(growth, reverse=True) and growth[-1] > 1.02


def test_a_head_does_not_jump_in_a_near_frame() -> None:
    from generator.stage.motion import Motion

    near, far = (
        {Motion("look").at(tick / 20, tick / 8, roomy=roomy).pose for tick in range(21)} for roomy in (False, True)
    )
    assert near == {"look0"}
    assert far == {"look0", "look1"}
