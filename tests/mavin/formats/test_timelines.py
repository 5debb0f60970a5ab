"""Timelines: exact in ids, times and words; read by other people's code; cuts made elsewhere come back as edits."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import opentimelineio as otio
import pytest
from hypothesis import given, settings

from mavin.edits import MoveCut, RetimeLine, RewordLine, apply, operations_between
from mavin.errors import MavinError
from mavin.formats import Document, FilmScript, FormatError, LossKind, find, recognise
from mavin.frames import frame_of
from tests.mavin.formats.scripts import GOLDEN, films

OTIO = find("otio")
SCRIPT = FilmScript.of(GOLDEN)


def timeline(script: FilmScript = SCRIPT) -> Any:
    return otio.adapters.read_from_string(OTIO.export(script).content.decode(), "otio_json")


def back(edited: Any, base: FilmScript | None = SCRIPT) -> Any:
    return OTIO.load(Document(edited.to_json_string().encode(), "cut.otio"), base)


def at(frame: int) -> otio.opentime.RationalTime:
    return otio.opentime.RationalTime(frame, 24)


def span(start: int, length: int) -> otio.opentime.TimeRange:
    return otio.opentime.TimeRange(at(start), at(length))


@settings(max_examples=20)
@given(script=films())
def test_a_timeline_is_exact_in_ids_times_and_words(script: FilmScript) -> None:
    document = Document(OTIO.export(script).content, "film.otio")
    assert OTIO.load(document, script).script.clips == script.clips
    assert [clip.caption for clip in OTIO.load(document).script.clips] == [clip.caption for clip in script.clips]


def test_every_part_lies_on_its_frames() -> None:
    found = timeline(FilmScript.of(GOLDEN, GOLDEN))
    shots, *others = found.tracks
    assert [shot.name for shot in shots][:3] == ["S1 The stairs", "S2 The lamp", "S3 The sea"]
    assert shots.range_of_child_at_index(2).start_time == otio.opentime.RationalTime(frame_of(5125), 24)
    assert found.duration() == otio.opentime.RationalTime(360, 24)
    assert [(track.name, track.kind) for track in others] == [
        ("keeper", "Audio"),
        ("Mara", "Audio"),
        ("Sounds", "Audio"),
    ]
    line = next(iter(others[0].find_clips()))
    assert others[0].range_of_child(line).start_time.value == frame_of(3900)
    assert [marker.name for marker in shots[1].markers] == ["keeper: Come home, Mara."]
    assert {clip.metadata["mavin"]["id"] for clip in found.find_clips()} == {"S1", "S2", "S3", "L1", "L2", "X1", "X2"}


def test_a_cut_that_was_moved_elsewhere_comes_back_as_an_operation() -> None:
    edited = timeline()
    first, second, _ = edited.tracks[0]
    first.source_range = otio.opentime.TimeRange(first.source_range.start_time, otio.opentime.RationalTime(66, 24))
    second.source_range = otio.opentime.TimeRange(
        otio.opentime.RationalTime(66, 24), otio.opentime.RationalTime(57, 24)
    )
    after = back(edited).script.caption
    assert after.cuts_ms == (2750, 5125)
    ops = operations_between(GOLDEN, after)
    assert any(isinstance(op, MoveCut) and (op.shot, op.to_ms) == ("S2", 2750) for op in ops)
    script = GOLDEN
    for op in ops:
        script = apply(script, op)
    assert script == after


def test_a_line_that_was_moved_and_a_marker_that_was_renamed_come_back() -> None:
    edited = timeline()
    track = next(each for each in edited.tracks if each.name == "Mara")
    track[0].source_range = otio.opentime.TimeRange(
        otio.opentime.RationalTime(0, 24), track[0].duration() + otio.opentime.RationalTime(6, 24)
    )
    edited.tracks[0][1].markers[0].name = "keeper: Come home at once."
    after = back(edited).script.caption
    assert (after.dialogue[1].start_ms, after.dialogue[1].end_ms) == (5833, 7133)  # frame 140, the length kept
    assert after.dialogue[0].text == "Come home at once."
    kinds = [type(op) for op in operations_between(GOLDEN, after)]
    assert set(kinds) == {RetimeLine, RewordLine}


def test_shots_that_were_split_swapped_or_deleted_come_back() -> None:
    edited = timeline()
    half = edited.tracks[0][0].clone()
    for clip, start, length in ((edited.tracks[0][0], 0, 30), (half, 30, 30)):
        clip.source_range = otio.opentime.TimeRange(
            otio.opentime.RationalTime(start, 24), otio.opentime.RationalTime(length, 24)
        )
    edited.tracks[0].insert(1, half)
    after = back(edited).script.caption
    assert [shot.id for shot in after.shots] == ["S1", "S4", "S2", "S3"]
    assert after.shot("S4").action == GOLDEN.shot("S1").action
    edited = timeline()
    del edited.tracks[0][2]
    read = back(edited)
    assert [shot.id for shot in read.script.caption.shots] == ["S1", "S2"]
    assert ("shots.S3", "the shot is gone") in {(loss.path, loss.what) for loss in read.losses}


def test_a_shot_that_was_put_before_all_others_belongs_to_the_first_clip() -> None:
    base = FilmScript.of(GOLDEN, GOLDEN)
    edited = timeline(base)
    edited.tracks[0].insert(0, otio.schema.Clip(name="Card", source_range=span(0, 24)))
    first, second = (clip.caption for clip in back(edited, base).script.clips)
    assert [(shot.id, shot.start_ms, shot.title) for shot in first.shots][:2] == [
        ("S4", 0, "Card"),
        ("S1", 1000, "The stairs"),
    ]
    assert [shot.id for shot in second.shots] == ["S1", "S2", "S3"]
    edited.tracks[0].append(edited.tracks[0][1].clone())
    with pytest.raises(FormatError, match=r"one behind the other .*S1 of K1 behind shots of K2"):
        back(edited, base)


def test_nested_sequences_are_looked_into() -> None:
    edited = timeline()
    inner = otio.schema.Track(kind="Video", children=[edited.tracks[0][0].clone(), edited.tracks[0][1].clone()])
    del edited.tracks[0][1]
    edited.tracks[0][0] = otio.schema.Stack(name="nest", children=[inner])
    assert back(edited).script.clips == SCRIPT.clips


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda found: found.tracks[0].insert(1, otio.schema.Transition(in_offset=at(6), out_offset=at(6))), "transitions"),
        (lambda found: found.tracks[0][0].effects.append(otio.schema.LinearTimeWarp(time_scalar=2)), "effects and speed changes"),
        (lambda found: found.tracks[0][0].markers.append(otio.schema.Marker("fix", span(3, 1))), "markers"),
        (lambda found: setattr(found.tracks[0][1].markers[0], "marked_range", span(100, 9)),
         "markers that were moved stand where their lines do"),
    ],
)  # fmt: skip
def test_what_an_editor_added_and_a_script_cannot_hold_is_told(change: Any, told: str) -> None:
    edited = timeline()
    change(edited)
    read = back(edited)
    assert read.script.clips == SCRIPT.clips
    assert [loss.what for loss in read.losses] == [told]


def test_what_was_switched_off_is_not_there() -> None:
    edited = timeline()
    edited.tracks[1][1].enabled = False
    read = back(edited)
    assert [line.id for line in read.script.caption.dialogue] == ["L2"]
    assert "what is switched off" in {loss.what for loss in read.losses}


def test_another_rate_moves_nothing() -> None:
    edited = timeline()
    for item in edited.find_children(descended_from_type=otio.core.Item):
        if item.source_range is not None:
            item.source_range = otio.opentime.TimeRange(
                item.source_range.start_time.rescaled_to(25), item.source_range.duration.rescaled_to(25)
            )
    assert back(edited).script.clips == SCRIPT.clips


def test_a_strangers_timeline_becomes_a_film() -> None:
    made = otio.schema.Timeline(name="Rough cut")
    track = otio.schema.Track(kind="Video")
    for name, length in (("Harbour", 50), ("", 25), ("Boat", 500)):
        span = otio.opentime.TimeRange(otio.opentime.RationalTime(900, 25), otio.opentime.RationalTime(length, 25))
        track.append(otio.schema.Clip(name=name, source_range=span))
    track.insert(1, otio.schema.Gap(duration=otio.opentime.RationalTime(5, 25)))
    music = otio.schema.Track(name="Music", kind="Audio")
    music.append(otio.schema.Clip(name="song", source_range=span))
    made.tracks.extend([track, music])
    read = back(made, None)
    first, *rest = read.script.clips
    assert read.script.title == "Rough cut"
    assert [(shot.start_ms, shot.end_ms, shot.title) for shot in first.caption.shots] == [
        (0, 2200, "Harbour"),
        (2200, 3200, ""),
        (3200, 13200, "Boat"),
    ]
    assert [clip.caption.duration_ms for clip in rest] == [10000]
    told = {(loss.kind, loss.what) for loss in read.losses}
    assert (LossKind.LOST, "audio clips on Music") in told
    assert (LossKind.CHANGED, "a shot of 20.0 s is 2 shots") in told


def test_a_bundle_holds_the_render(tmp_path: Path) -> None:
    from dataclasses import replace

    video = tmp_path / "lamp.mp4"
    video.write_bytes(b"film" * 1000)
    content = find("otioz").export(replace(SCRIPT, media=video)).content
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        assert bundle.read("media/lamp.mp4") == video.read_bytes()
    document = Document(content, "x.bin")
    assert recognise(document).name == "otioz"
    assert find("otioz").load(document, SCRIPT).script.clips == SCRIPT.clips


@pytest.mark.parametrize(("name", "adapter"), [("edl", "cmx_3600"), ("fcp7", "fcp_xml"), ("fcpxml", "fcpx_xml")])
def test_cut_lists_are_read_by_the_adapters(name: str, adapter: str) -> None:
    written = find(name).export(SCRIPT)
    found = otio.adapters.read_from_string(written.content.decode(), adapter)
    frames = {clip.name: clip.source_range.duration.value for clip in found.find_clips()}
    assert [frames[title] for title in ("S1 The stairs", "S2 The lamp", "S3 The sea")] == [60, 63, 57]
    rounded = {loss.path for loss in written.losses if loss.kind is LossKind.ROUNDED}
    assert rounded == {f"dialogue.{line}.{end}" for line in ("L1", "L2") for end in ("start_ms", "end_ms")}
    assert b"/tmp" not in written.content
    if name == "edl":
        assert (
            b"* LOC: 00:00:03:22 CYAN    KEEPER: COME HOME, MARA." in written.content
        )  # record time, where it is said
    else:
        assert frames["keeper: Come home, Mara."] == frame_of(5600) - frame_of(3900)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"OTIO_SCHEMA": "Timeline.1"', "OpenTimelineIO"),
        (b'{"OTIO_SCHEMA": "Clip.2", "name": "x"}', "must be an OpenTimelineIO file"),
        (otio.schema.Clip("x").to_json_string().encode(), "must hold a timeline"),
        (b'{"OTIO_SCHEMA": ' + b"[" * 200_000, "deep|OpenTimelineIO"),
        (b'{"OTIO_SCHEMA": "Wurst.7"}', "OpenTimelineIO|timeline"),
        (otio.schema.Timeline().to_json_string().encode(), "at least one clip"),
    ],
)
def test_what_is_no_timeline_is_told(content: bytes, words: str) -> None:
    with pytest.raises(MavinError, match=words):
        OTIO.load(Document(content, "x.otio"))


def test_damaged_metadata_is_told_and_a_bomb_is_not_unpacked() -> None:
    data = json.loads(OTIO.export(SCRIPT).content)
    del data["tracks"]["children"][0]["children"][0]["metadata"]["mavin"]["rest"]
    with pytest.raises(MavinError, match="metadata"):
        OTIO.load(Document(json.dumps(data).encode(), "x.otio"))
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("content.otio", b" " * (20 * 1024**2))
    with pytest.raises(MavinError, match="at most 16 MB"):
        find("otioz").load(Document(bomb.getvalue(), "x.otioz"))


@settings(max_examples=10)
@given(script=films())
def test_whatever_the_words_are_the_adapters_read_the_cuts(script: FilmScript) -> None:
    lengths = [
        frame_of(offset + shot.end_ms) - frame_of(offset + shot.start_ms)
        for clip, offset in zip(script.clips, script.offsets_ms, strict=True)
        for shot in clip.caption.shots
    ]
    for name, adapter in (("edl", "cmx_3600"), ("fcp7", "fcp_xml"), ("fcpxml", "fcpx_xml")):
        found = otio.adapters.read_from_string(find(name).export(script).content.decode(), adapter)
        tracks = [track for track in found.find_children(otio.schema.Track) if track.kind == "Video"]
        assert any([clip.source_range.duration.value for clip in track.find_clips()] == lengths for track in tracks), (
            name,
            lengths,
        )
