"""Labels: exact against the caption, and true of the pictures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from generator.stage.composer import ShotStage
from generator.stage.labels import FilmLabels, film_labels, write_labels
from generator.stage.sampling import hard, sample
from mavin.errors import UsageError
from mavin.frames import frame_of
from mavin.interval import Interval, merge


def _span(part: Any) -> tuple[int, int, int, int]:
    return part.start_ms, part.end_ms, part.start_frame, part.end_frame


@pytest.mark.parametrize("seed", range(4))
def test_times_are_those_of_the_caption(seed: int) -> None:
    caption = sample(seed, hard())
    labels = film_labels(caption, seed=seed)
    (clip,) = labels.clips
    assert (labels.frames, labels.width, labels.height) == (frame_of(caption.duration_ms), *caption.pixels)
    assert [cut.time_ms for cut in labels.cuts] == list(caption.cuts_ms)
    assert [cut.frame for cut in labels.cuts] == [frame_of(time) for time in caption.cuts_ms]
    assert [_span(shot) for shot in clip.shots] == [
        (shot.start_ms, shot.end_ms, frame_of(shot.start_ms), frame_of(shot.end_ms)) for shot in caption.shots
    ]
    assert [(line.text, line.start_ms, line.end_ms, line.whole) for line in clip.dialogue] == [
        (line.text, line.start_ms, line.end_ms, True) for line in caption.dialogue
    ]
    assert [sound.text for sound in clip.sounds] == [sound.text for shot in caption.shots for sound in shot.sounds]
    for role in clip.roles:
        for found, wanted in (
            (role.presence, caption.presence(role.id)),
            (role.dialogue, caption.dialogue_intervals(role.id)),
        ):
            assert [Interval(part.start_ms, part.end_ms) for part in found] == list(wanted)
    # What is drawn of a role is drawn only while the script has it there.
    for item in clip.objects:
        if item.role:
            there = next(role for role in clip.roles if role.id == item.role).presence
            assert any(part.start_frame <= item.start_frame and item.end_frame <= part.end_frame for part in there)


def test_boxes_hold_what_is_drawn(caption_of: Any) -> None:
    caption = caption_of(
        [{"ms": 3000, "setting": "a meadow", "action": "A red balloon rises.", "camera": {"size": "wide"}},
         {"ms": 1500, "setting": "a kitchen", "action": "Mara sits.", "roles": ("C1",), "camera": {"size": "full"}}],
        [{"name": "Mara"}],
    )  # fmt: skip
    labels = film_labels(caption)
    balloon = next(item for item in labels.clips[0].objects if item.noun == "balloon")
    assert (balloon.shot, balloon.kind, balloon.role) == ("S1", "thing", None)
    # Without the balloon the same frames change inside its box and nowhere else.
    stage, empty = (ShotStage(caption, caption.shots[0]) for _ in range(2))
    for actor in empty.layout.actors:
        if actor.look.code == balloon.code:
            actor.scale = 0.0
    for frame in (0, 30, 71):
        box = balloon.box_at(frame)
        assert box is not None
        with_it, without = (np.asarray(each.frame(frame)).astype(int) for each in (stage, empty))
        rows, columns = np.nonzero(np.abs(with_it - without).max(axis=2) > 8)
        assert abs(columns.min() - box[0]) <= 3
        assert abs(columns.max() + 1 - box[2]) <= 3
        assert abs(rows.min() - box[1]) <= 3
    mara = next(item for item in labels.clips[0].objects if item.role == "C1")
    assert (mara.start_frame, mara.end_frame, mara.box_at(71), mara.noun) == (72, 108, None, "Mara")
    assert {item.noun for item in labels.objects_at(80)} >= {"Mara"}


def test_one_shot_counts_from_its_own_start(caption_of: Any) -> None:
    caption = caption_of(
        [
            {"ms": 1500, "action": "Mara waits.", "roles": ("C1",)},
            {"ms": 1520, "action": "Mara waits.", "roles": ("C1",)},
        ],
        [{"name": "Mara"}],
        [{"role": "C1", "start_ms": 1000, "end_ms": 2500, "text": "Well, well."}],
    )
    labels = film_labels(caption, shot="S2")
    (clip,) = labels.clips
    # 1500 ms is frame 36, 3020 ms frame 72.48 → 72
    assert (labels.frames, _span(clip), labels.cuts) == (36, (0, 1520, 0, 36), ())
    assert [(line.start_ms, line.end_ms, line.whole) for line in clip.dialogue] == [(0, 1000, False)]
    assert {item.shot for item in clip.objects} == {"S2"}
    assert all(0 <= item.start_frame < item.end_frame <= 36 for item in clip.objects)
    with pytest.raises(UsageError, match="one of S1, S2"):
        film_labels(caption, shot="S3")


def test_joined_clips_count_through(caption_of: Any) -> None:
    one = caption_of([{"ms": 3100, "action": "A dog runs."}])
    two = caption_of([{"ms": 1500, "action": "A cat sits."}, {"ms": 1500, "action": "A cat sleeps."}])
    labels = film_labels([one, two])
    # 3100 ms are 74.4 → 74 frames, which last 3083 ms in the film.
    assert labels.frames == 74 + 72
    assert [(cut.frame, cut.time_ms, cut.before, cut.after) for cut in labels.cuts] == [
        (74, 3083, "K1/S1", "K2/S1"),
        (110, 4583, "K2/S1", "K2/S2"),
    ]
    assert merge(Interval(clip.start_frame, clip.end_frame) for clip in labels.clips) == (Interval(0, 146),)
    assert film_labels([two], clip_ids=["K2"]).clips[0].id == "K2"


def test_labels_come_back_from_their_file(caption_of: Any, tmp_path: Path) -> None:
    labels = film_labels(caption_of([{"ms": 3000, "action": "Ein Hund läuft, 犬."}]))
    path = write_labels(labels, tmp_path / "film.labels.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["schema_version"] == 1
    assert "CC BY-SA 4.0" in data["credits"]
    assert FilmLabels.model_validate(data) == labels
