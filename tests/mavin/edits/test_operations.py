"""Edits are pure, keep every invariant, and name what they cannot find."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest

from mavin.caption import HierarchicalCaption, InvalidCaptionError
from mavin.edits import (
    Edit,
    MoveCut,
    Operation,
    RenameRole,
    RetimeLine,
    RewordLine,
    SetCamera,
    SetText,
    apply,
    parse_edit,
)


def line(caption: HierarchicalCaption, name: str) -> Any:
    return next(item for item in caption.dialogue if item.id == name)


def test_retiming_a_line(caption: HierarchicalCaption) -> None:
    before = caption.model_dump_json()
    after = apply(caption, RetimeLine(line="L1", start_ms=1000, end_ms=1900))
    assert (line(after, "L1").start_ms, line(after, "L1").end_ms) == (1000, 1900)
    assert caption.model_dump_json() == before  # pure


def test_a_line_cannot_leave_the_clip(caption: HierarchicalCaption) -> None:
    with pytest.raises(InvalidCaptionError, match=r"L1 must end inside the clip, by 7\.5 s, got 7\.6 s") as caught:
        apply(caption, RetimeLine(line="L1", start_ms=7000, end_ms=7600))
    assert caught.value.diagnostics[0].path == "dialogue.L1.end_ms"


def test_rewording_drops_the_recording_of_the_old_words(caption: HierarchicalCaption) -> None:
    for operation in (RewordLine(line="L1", text="Stay."), SetText(path="dialogue.L1.text", text="Stay.")):
        after = apply(caption, operation)
        assert (line(after, "L1").text, line(after, "L1").recording) == ("Stay.", None)


def test_rolling_a_cut_moves_one_boundary_only(caption: HierarchicalCaption) -> None:
    after = apply(caption, MoveCut(shot="S2", to_ms=2450))
    assert [(shot.start_ms, shot.end_ms) for shot in after.shots] == [(0, 2450), (2450, 5125), (5125, 7500)]


def test_rolling_a_cut_trims_sounds_and_loses_none(caption: HierarchicalCaption) -> None:
    after = apply(caption, MoveCut(shot="S2", to_ms=2000))  # X1 of S1 was 0–2400
    assert after.shots[0].sounds[0].end_ms == 2000
    after = apply(caption, MoveCut(shot="S2", to_ms=3050))  # X2 of S2, 2600–3100, is now heard in S1
    assert [sound.id for sound in after.shots[0].sounds] == ["X1", "X2"]
    assert (after.shots[0].sounds[1].end_ms, after.shots[1].sounds) == (3050, ())


@pytest.mark.parametrize("to_ms", [0, 399, 5125, 9000, -5])
def test_a_cut_stays_between_its_shots(caption: HierarchicalCaption, to_ms: int) -> None:
    with pytest.raises(InvalidCaptionError):
        apply(caption, MoveCut(shot="S2", to_ms=to_ms))


def test_the_first_shot_has_no_cut(caption: HierarchicalCaption) -> None:
    with pytest.raises(InvalidCaptionError, match="S1 is the first"):
        apply(caption, MoveCut(shot="S1", to_ms=500))


@pytest.mark.parametrize(
    "path",
    [
        "title", "global_caption.storyline", "global_caption.style", "global_caption.ambience", "shots.S2.title",
        "shots.S2.setting", "shots.S2.action", "shots.S2.camera.note", "shots.S1.sounds.X1.text",
        "roles.C1.appearance", "roles.C1.voice", "dialogue.L1.delivery",
    ],
)  # fmt: skip
def test_setting_each_text_changes_that_one_field(caption: HierarchicalCaption, path: str) -> None:
    after = apply(caption, SetText(path=path, text="Something else."))
    old, new = caption.model_dump_json(), after.model_dump_json()
    assert new.count('"Something else."') == 1
    assert len(_differences(json.loads(old), json.loads(new))) == 1


def _differences(old: Any, new: Any, path: str = "") -> list[str]:
    if isinstance(old, dict):
        return [each for key in old for each in _differences(old[key], new[key], f"{path}.{key}")]
    if isinstance(old, list):
        return [
            each
            for number, pair in enumerate(zip(old, new, strict=True))
            for each in _differences(*pair, f"{path}.{number}")
        ]
    return [] if old == new else [path]


@pytest.mark.parametrize(
    "path", ["", "duration_ms", "shots.S2.id", "shots.S2", "shots.S2.__class__", "roles.C1.name", "shots.S2.action\n"]
)
def test_only_texts_have_paths(caption: HierarchicalCaption, path: str) -> None:
    with pytest.raises(InvalidCaptionError, match="must be named by a path"):
        apply(caption, SetText(path=path, text="x"))


@pytest.mark.parametrize(
    "operation",
    [
        RetimeLine(line="L9", start_ms=0, end_ms=300),
        RewordLine(line="L9", text="x"),
        MoveCut(shot="S9", to_ms=1000),
        SetText(path="shots.S9.action", text="x"),
        SetText(path="shots.S1.sounds.X9.text", text="x"),
        SetCamera(shot="S9", size="wide"),
        RenameRole(role="C9", name="x"),
    ],
)
def test_what_is_not_there_is_named_with_what_is(caption: HierarchicalCaption, operation: Operation) -> None:
    with pytest.raises(InvalidCaptionError, match=r"must name one of .*9$") as caught:
        apply(caption, operation)
    assert caught.value.diagnostics[0].code == "unknown_id"


def test_empty_and_hostile_texts_keep_the_invariants(caption: HierarchicalCaption) -> None:
    with pytest.raises(InvalidCaptionError):
        apply(caption, SetText(path="shots.S1.action", text="  "))
    with pytest.raises(InvalidCaptionError):
        apply(caption, SetText(path="shots.S1.action", text="a\x1b[2J"))
    with pytest.raises(InvalidCaptionError):
        apply(caption, SetText(path="shots.S1.action", text="\ud800"))
    assert apply(caption, SetText(path="title", text="{{ 7*7 }}")).title == "{{ 7*7 }}"


def test_setting_the_camera_keeps_what_is_left_out(caption: HierarchicalCaption) -> None:
    after = apply(caption, SetCamera(shot="S1", movement="handheld"))
    assert after.shots[0].camera == caption.shots[0].camera.model_copy(update={"movement": "handheld"})
    with pytest.raises(InvalidCaptionError, match="at least one of"):
        parse_edit({"op": "set_camera", "shot": "S1"})


def test_renaming_a_role_reaches_the_texts_but_not_the_spoken_words(caption: HierarchicalCaption) -> None:
    mara = next(role for role in caption.roles if role.name == "Mara")
    said = apply(caption, RewordLine(line="L1", text="Mara! Maraschino!"))
    after = apply(said, RenameRole(role=mara.id, name=r"Jo \1"))
    assert after.role(mara.id).name == r"Jo \1"
    assert after.shots[2].action.startswith(r"Jo \1 looks up")
    assert line(after, "L1").text == "Mara! Maraschino!"
    other = next(role for role in caption.roles if role.id != mara.id)
    with pytest.raises(InvalidCaptionError, match="names of roles must differ"):
        apply(caption, RenameRole(role=mara.id, name=other.name))


def test_every_operation_is_in_the_union() -> None:
    classes = get_args(get_args(Edit)[0])
    assert {each.__name__ for each in classes} == {each.__name__ for each in Operation.__subclasses__()}
    assert len({each.model_fields["op"].default for each in classes}) == len(classes) == 35


@pytest.mark.parametrize("data", ["", "{}", '{"op": "explode"}', '{"op": "move_cut", "shot": "S2", "to_ms": 1.5}'])
def test_what_is_no_operation_is_refused(data: str) -> None:
    with pytest.raises(InvalidCaptionError):
        parse_edit(data)
