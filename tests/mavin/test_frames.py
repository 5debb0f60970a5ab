"""The 24 fps clock: exact, half up, monotone, and a partition in time is a partition in frames."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mavin.frames import FPS, frame_of, frame_range, frame_time_ms, sample_of
from mavin.interval import Interval

TIMES = st.integers(0, 1_000_000)


def nearest_half_up(value: Fraction) -> int:
    return int((value + Fraction(1, 2)) // 1)


@pytest.mark.parametrize(
    ("time_ms", "frame"),
    [
        (0, 0),
        (1000, 24),
        (5000, 120),
        (20, 0),  # 20 ms × 24 / 1000 = 0.48 of a frame
        (21, 1),  # 0.504
        (1_062, 25),  # 25.488
        (1_063, 26),  # 25.512
        (62_500, 1500),
        (5_062, 121),  # 121.488
    ],
)
def test_an_instant_falls_on_its_nearest_frame(time_ms: int, frame: int) -> None:
    assert frame_of(time_ms) == frame


@given(TIMES)
def test_frames_round_half_up_exactly(time_ms: int) -> None:
    assert frame_of(time_ms) == nearest_half_up(Fraction(time_ms * FPS, 1000))


def test_a_half_goes_up() -> None:
    # No whole millisecond lies half way between two frames: (2k + 1) × 125 / 6 ms is never whole.
    assert not any(time_ms * FPS % 1000 == 500 for time_ms in range(1_000))
    # Samples have halves: 1 ms at 1,500 Hz is sample 1.5.
    assert sample_of(1, 1500) == 2


@given(TIMES, TIMES)
def test_the_clock_never_runs_backwards(one: int, two: int) -> None:
    early, late = sorted((one, two))
    assert frame_of(early) <= frame_of(late)


@given(st.lists(st.integers(1, 15_000), min_size=2, max_size=8, unique=True))
def test_touching_intervals_share_no_frame_and_leave_none_out(cuts: list[int]) -> None:
    times = [0, *sorted(cuts)]
    frames = [frame for start, end in pairwise(times) for frame in frame_range(Interval(start, end))]
    assert frames == list(range(frame_of(times[-1])))


@given(st.integers(0, 10_000))
def test_a_frame_is_the_nearest_to_its_own_time(frame: int) -> None:
    assert frame_of(round(frame_time_ms(frame))) == frame


@given(TIMES, st.sampled_from([8_000, 16_000, 22_050, 24_000, 44_100, 48_000]))
def test_samples_round_half_up_exactly(time_ms: int, rate: int) -> None:
    assert sample_of(time_ms, rate) == nearest_half_up(Fraction(time_ms * rate, 1000))
