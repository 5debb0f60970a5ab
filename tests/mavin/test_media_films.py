"""Films of other makers are read upright, on the clock, as far as they go."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from mavin.errors import UsageError
from mavin.media import probe_film, read_frames, read_sound, write_video


def _halves(value: int = 255) -> np.ndarray:
    picture = np.zeros((48, 96, 3), np.uint8)
    picture[:, 48:] = value
    return picture


def _write(path: Path, pts: list[int], *, codec: str = "libx264", pixels: str = "yuv420p", time_base: int = 24) -> None:
    """A film whose frames have these times, each grey by its number."""
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(codec, rate=24)
        stream.width, stream.height, stream.pix_fmt = 96, 48, pixels
        stream.codec_context.time_base = stream.time_base = Fraction(1, time_base)
        for number, time in enumerate(pts):
            picture = np.full((48, 96, 3), 40 * number, np.uint8)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = time, Fraction(1, time_base)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _numbers(frames: np.ndarray) -> list[int]:
    return [round(float(frame.mean()) / 40) for frame in frames]


def test_a_variable_frame_rate_is_put_on_the_clock(tmp_path: Path) -> None:
    path = tmp_path / "film.mkv"
    # In 1/1000 s: frame 1 lasts from 83 to 250 ms, which are the ticks 2, 3, 4 and 5.
    _write(path, [0, 83, 250, 292], time_base=1000)
    assert _numbers(read_frames(path, (48, 24)))[:7] == [0, 0, 1, 1, 1, 1, 2]


def test_a_film_that_starts_late_starts_at_its_first_frame(tmp_path: Path) -> None:
    path = tmp_path / "film.mkv"
    _write(path, [1000, 1042, 1083], time_base=1000)
    assert _numbers(read_frames(path, (48, 24)))[:3] == [0, 1, 2]


def test_ten_bits_are_read_like_eight(tmp_path: Path) -> None:
    path = tmp_path / "film.mkv"
    _write(path, [0, 1, 2, 3], codec="libx265", pixels="yuv420p10le")
    assert _numbers(read_frames(path, (48, 24))) == [0, 1, 2, 3]


def test_a_turned_film_is_upright(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    write_video(path, [_halves()] * 3, None, size=(96, 48))
    data = bytearray(path.read_bytes())
    # The matrix of the track's head: a quarter turn clockwise, as telephones write it.
    at = data.index(b"tkhd") + 4 + 4 + 20 + 16
    one = 0x10000
    data[at : at + 36] = b"".join(
        value.to_bytes(4, "big", signed=True) for value in (0, one, 0, -one, 0, 0, 48 * one, 0, 0x40000000)
    )
    path.write_bytes(data)
    frame = read_frames(path, (24, 48))[0]
    # What was on the left is on top.
    assert frame[:20].mean() < 20
    assert frame[28:].mean() > 235


def test_sound_stands_where_it_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    beep = np.zeros(48_000, np.float32)
    beep[24_000:28_800] = 0.5 * np.sin(np.arange(4800) / 5)
    write_video(path, [_halves()] * 24, beep, size=(96, 48))
    samples = read_sound(path, 16_000)
    assert samples is not None
    loud = np.flatnonzero(np.abs(samples) > 0.2) / 16_000
    assert (loud[0], loud[-1]) == (pytest.approx(0.5, abs=0.003), pytest.approx(0.6, abs=0.003))
    head = probe_film(path)
    assert (head.width, head.height, head.sample_rate) == (96, 48, 48_000)


def test_a_hole_in_the_sound_is_silence(tmp_path: Path) -> None:
    path = tmp_path / "film.mkv"
    beep = np.zeros(48_000, np.int16)
    beep[38_400:43_200] = 9000 * np.sin(np.arange(4800) / 5)
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("pcm_s16le", rate=48_000, layout="mono")
        for start in range(0, 48_000, 960):
            if 9600 <= start < 28_800:  # nothing stands between 0.2 and 0.6 s
                continue
            block = av.AudioFrame.from_ndarray(beep[None, start : start + 960], format="s16", layout="mono")
            # the clock of a recorder wobbles, and that makes no hole
            block.rate, block.pts, block.time_base = 48_000, start + 900 * (start % 1920 > 0), Fraction(1, 48_000)
            container.mux(stream.encode(block))
        container.mux(stream.encode(None))
    samples = read_sound(path, 16_000)
    assert samples is not None
    loud = np.flatnonzero(np.abs(samples) > 0.2) / 16_000
    assert (loud[0], loud[-1]) == (pytest.approx(0.8, abs=0.02), pytest.approx(0.9, abs=0.02))
    assert len(samples) == pytest.approx(16_000, abs=330)
    # A clock that jumps an hour ahead fills no memory.
    brief = read_sound(path, 16_000, seconds=0.3)
    assert brief is not None
    assert len(brief) < 16_000


def test_sound_alone_has_no_frames(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=16_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1600), np.int16), format="s16", layout="mono")
        frame.sample_rate = 16_000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    assert read_frames(path, (48, 24)).shape == (0, 24, 48, 3)
    assert probe_film(path).width == 0


@pytest.mark.parametrize(
    ("content", "message"), [(b"", "cannot be read as one"), (b"no film at all" * 50, "cannot be read as one")]
)
def test_what_is_no_film_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=message):
        read_frames(path, (48, 24))
    with pytest.raises(UsageError, match=message):
        read_sound(path, 16_000)
    with pytest.raises(UsageError, match="a folder"):
        read_frames(tmp_path, (48, 24))
