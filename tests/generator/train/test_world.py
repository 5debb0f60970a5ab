"""The synthetic world follows from its seed."""

from __future__ import annotations

import numpy as np

from generator.train.world import SAMPLE_RATE, draw_clip, draw_frames, sample_caption
from mavin.frames import FPS, frame_of


def test_a_clip_is_drawn_alike_from_the_same_seed_with_exact_frames_and_sound() -> None:
    caption = sample_caption(7)
    assert caption == sample_caption(7) != sample_caption(8)
    first, again = draw_clip(caption), draw_clip(caption)
    count = frame_of(caption.duration_ms)
    assert first.frames.shape == (count, 128, 224, 3)
    assert abs(len(first.waveform) - count * SAMPLE_RATE / FPS) <= 1
    assert np.array_equal(first.frames, again.frames)
    assert np.array_equal(first.waveform, again.waveform)


def test_some_frames_are_the_same_as_in_the_whole() -> None:
    caption = next(found for found in map(sample_caption, range(50)) if len(found.shots) > 1)
    cut = frame_of(caption.shots[1].start_ms)
    silent: list[dict[str, int]] = [{} for _ in range(frame_of(caption.duration_ms))]
    whole = draw_frames(caption, range(len(silent)), silent)
    assert np.array_equal(draw_frames(caption, range(cut - 3, cut + 4), silent), whole[cut - 3 : cut + 4])
