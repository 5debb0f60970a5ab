"""Films of several clips: each clip's frames exactly, its sound without gap or click, in one mp4."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from generator.renderers import RenderOptions, renderer
from generator.stage.renderer import join_sound
from generator.stage.signal import RATE
from mavin.errors import UsageError
from mavin.frames import FPS, frame_of

PER_FRAME = RATE // FPS


def _noise(frames: int, seed: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    return np.random.default_rng(seed).uniform(-0.2, 0.2, frames * PER_FRAME).astype(np.float32)


def test_joined_sound_has_exactly_the_samples_of_all_frames_and_each_clip_at_its_place() -> None:
    tracks = [_noise(3, 1), _noise(5, 2), _noise(4, 3)]
    joined = join_sound(tracks, [3, 5, 4])
    assert len(joined) == 12 * PER_FRAME
    fade = round(0.01 * RATE)
    for track, first in zip(tracks, (0, 3, 8), strict=True):
        start = first * PER_FRAME + (fade if first else 0)
        stop = first * PER_FRAME + len(track)
        assert np.array_equal(joined[start:stop], track[len(track) - (stop - start) :])


def test_a_joint_makes_no_click_and_no_gap() -> None:
    time = np.arange(6 * PER_FRAME, dtype=np.float32) / RATE
    low, high = np.float32(0.5) * np.cos(2 * np.pi * 100 * time), np.full(6 * PER_FRAME, -0.5, np.float32)
    joined = join_sound([low.astype(np.float32), high], [6, 6])
    joint = 6 * PER_FRAME
    steps = np.abs(np.diff(joined[joint - 50 : joint + 2000]))
    assert abs(float(low[-1]) - float(high[0])) > 0.9, "cut hard, this would be a loud click"
    assert steps.max() < 0.02
    around = _noise(6, 1), _noise(6, 2)
    both = join_sound(list(around), [6, 6])
    level = [float(np.sqrt(np.mean(both[at : at + 120] ** 2))) for at in range(joint - 480, joint + 480, 120)]
    assert min(level) > 0.5 * float(np.median(level)), "the background does not stop between clips"


def test_a_track_that_is_short_or_long_is_brought_to_its_frames() -> None:
    joined = join_sound([_noise(2, 1), _noise(9, 2)], [3, 4])
    assert len(joined) == 7 * PER_FRAME
    assert not joined[2 * PER_FRAME : 3 * PER_FRAME].any()


def test_a_film_has_the_sum_of_its_clips_frames(caption_of: Any, tmp_path: Path) -> None:
    clips = [
        caption_of([{"ms": 3020, "action": "A dog runs.", "setting": "a meadow"}]),
        caption_of([{"ms": 1510, "action": "A cat sleeps."}, {"ms": 1510, "action": "The cat wakes."}]),
    ]
    told: list[float] = []
    result = renderer("stage").render_film(clips, tmp_path / "film.mp4", RenderOptions(), told.append)
    frames = sum(frame_of(clip.duration_ms) for clip in clips)
    assert result.frames == frames == 144
    with av.open(str(tmp_path / "film.mp4")) as film:
        assert sum(1 for _ in film.decode(video=0)) == frames
    with av.open(str(tmp_path / "film.mp4")) as film:
        heard = sum(frame.samples for frame in film.decode(audio=0))
    assert 0 <= heard - frames * PER_FRAME < 1024, "AAC fills up its last block"
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)


def test_clips_of_different_shapes_are_no_film(caption_of: Any, tmp_path: Path) -> None:
    one = caption_of([{"ms": 3000, "action": "A dog runs."}])
    other = one.model_copy(update={"aspect": type(one.aspect)("1:1")})
    with pytest.raises(UsageError, match="--clip"):
        renderer("stage").render_film([one, other], tmp_path / "film.mp4", RenderOptions())
    assert list(tmp_path.iterdir()) == []
