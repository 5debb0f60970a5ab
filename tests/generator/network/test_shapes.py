"""Geometry: the numbers of the reference notes, and the times of latents."""

from __future__ import annotations

from fractions import Fraction

import pytest

from generator.settings import GenerationSettings
from generator.shapes import ClipShape, TokenGrid, area_size, latents_within, video_latents
from mavin.caption import ASPECT_PIXELS, Aspect
from mavin.errors import UsageError
from mavin.interval import Interval
from tests.generator.conftest import make_caption


def test_fifteen_seconds_at_480p() -> None:
    clip = ClipShape(15_000, 832, 480)
    assert (clip.frames, clip.network_frames) == (360, 361)
    assert clip.grid == TokenGrid(91, 15, 26, 470)
    assert clip.grid.video_tokens == 35_490


def test_ovis_clips() -> None:
    assert video_latents(121) == 31
    assert ClipShape(5_000, 704, 704).grid.audio_latents == 157  # 121 frames
    assert ClipShape(10_000, 704, 704).grid.audio_latents == 313  # 241 frames


@pytest.mark.parametrize(("duration", "frames"), [(3000, 73), (3040, 73), (3042, 73), (3100, 77), (4958, 121)])
def test_the_network_works_on_the_next_4k_plus_1(duration: int, frames: int) -> None:
    # 3.04 s are 72.96 frames, so 73; 3.1 s are 74.4, so 74 and the next is 77
    assert ClipShape(duration, 832, 480).network_frames == frames


def test_token_time_is_the_middle_of_what_a_latent_covers() -> None:
    grid = TokenGrid(91, 1, 1, 470)
    seconds = [time / 1000 for time in grid.video_times()]
    assert seconds[:3] == [Fraction(1, 48), Fraction(3, 24), Fraction(7, 24)]
    for f, time in enumerate(seconds[1:], 1):
        covered = [Fraction(frame, 24) for frame in range(4 * f - 3, 4 * f + 1)]
        assert time == (covered[0] + covered[-1] + Fraction(1, 24)) / 2
    assert list(grid.audio_times()[:3]) == [Fraction(16), Fraction(48), Fraction(80)]


def test_an_interval_holds_its_start_and_not_its_end() -> None:
    times = TokenGrid(5, 1, 1, 8).audio_times()  # 16, 48, 80, …
    assert latents_within(times, Interval(16, 48)) == range(1)
    assert latents_within(times, Interval(17, 49)) == range(1, 2)
    assert not latents_within(times, Interval(17, 48))


def test_every_bucket_is_whole_tokens_of_about_480p() -> None:
    assert set(ASPECT_PIXELS) == set(Aspect)
    for aspect, (width, height) in ASPECT_PIXELS.items():
        ClipShape(5_000, width, height)
        across, down = map(int, aspect.value.split(":"))
        assert width / height == pytest.approx(across / down, rel=0.04)
        assert 0.95 < width * height / (832 * 480) < 1.05


@pytest.mark.parametrize("side", [720, 960])
@pytest.mark.parametrize("aspect", list(Aspect))
def test_a_named_size_is_the_aspect_at_the_area_of_training(aspect: Aspect, side: int) -> None:
    across, down = map(int, aspect.value.split(":"))
    width, height = area_size(across, down, side)
    ClipShape(5_000, width, height)
    assert 0.9 <= width * height / side**2 <= 1
    assert width / height == pytest.approx(across / down, rel=0.05)
    caption = make_caption([{"ms": 5000, "action": "waits"}], aspect=aspect)
    shape = GenerationSettings(size=side).shape(caption)
    assert (shape.width, shape.height) == (width, height)


def test_no_other_area_has_a_name() -> None:
    with pytest.raises(UsageError, match="must be 720 or 960, the side of a square of its area, got 480"):
        area_size(16, 9, 480)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ((2_000, 832, 480), "3 to 15 s, got 2 s"),
        ((20_000, 832, 480), "3 to 15 s, got 20 s"),
        ((5_000, 833, 480), "width must be a multiple of 32 pixels, got 833. Try 832 or 864"),
        ((5_000, 832, 0), "height must be a multiple of 32 pixels, got 0"),
    ],
)
def test_impossible_clips_say_what_must_hold(values: tuple[int, int, int], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        ClipShape(*values)


def test_a_frame_count_must_be_4k_plus_1() -> None:
    with pytest.raises(UsageError, match=r"4k \+ 1, got 120. Try 117 or 121"):
        video_latents(120)
