"""Films of every make and every defect: a row with its reason, never an exception; what is unusual is noted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from evaluators.film import MediaNote, OpenedFilm, Pictures, Sample
from evaluators.metric import Column, Metric, metrics_of
from evaluators.result import Measurement, UnscoredError
from evaluators.suite import FilmResult, measure_film, pool_scores
from mavin.errors import UsageError
from mavin.media import FrameReader, write_video
from tests.evaluators.conftest import scene


class Looks(Metric):
    """How many frames there are and how long the sound is: all that a metric asks of a film."""

    name = "looks"
    columns = (Column("frames", "Frames"), Column("seconds", "Seconds"))
    pictures = (Pictures((48, 27)), Pictures((24, 16)))

    def measure(self, film: OpenedFilm) -> Sequence[Measurement]:
        shapes = [film.frames(each).shape for each in self.pictures]
        assert [shape[1:] for shape in shapes] == [(27, 48, 3), (16, 24, 3)]
        assert shapes[0][0] == shapes[1][0] == film.frame_count
        return [
            self.scored(film, "frames", float(film.frame_count)),
            self.scored(film, "seconds", len(film.sound(16_000)) / 16_000),
        ]


def look(caption: Any, path: Path | None) -> FilmResult:
    return measure_film(Sample("film", (caption,), path), [Looks()])


def codes(result: FilmResult) -> set[str]:
    return {note.code for note in result.media}


def write_frames(path: Path, times: list[int], *, codec: str = "libx264", pixels: str = "yuv420p") -> None:
    """A film whose frames have these times in milliseconds."""
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(codec, rate=24)
        stream.width, stream.height, stream.pix_fmt = 96, 64, pixels
        stream.codec_context.time_base = stream.time_base = Fraction(1, 1000)
        for number, time in enumerate(times):
            frame = av.VideoFrame.from_ndarray(scene(number // 24), format="rgb24")
            frame.pts, frame.time_base = time, Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


TONE = (0.1 * np.sin(np.arange(4 * 48_000) / 20)).astype(np.float32)


def test_a_sound_film_is_measured_without_a_remark(planned: Any, cut_film: Any, tmp_path: Path) -> None:
    cut_film(tmp_path / "film.mp4", (48, 48), TONE)
    result = look(planned((2000,)), tmp_path / "film.mp4")
    assert [row.value for row in result.measurements] == [96.0, 4.0]  # the codec's padding is cut off
    assert result.media == ()
    assert FilmResult.from_json(result.to_json()) == result


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "cannot be read as a film"),
        (b"no film at all" * 99, "cannot be read as a film"),
        (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + b"\0" * 4000, "cannot be read as a film"),
        (None, "the film's file is missing"),
    ],
    ids=["empty", "garbage", "head alone", "missing"],
)
def test_what_is_no_film_says_so(planned: Any, tmp_path: Path, content: bytes | None, reason: str) -> None:
    path = tmp_path / "film.mp4"
    if content is not None:
        path.write_bytes(content)
    result = look(planned((2000,)), path)
    assert len(result.measurements) == 2
    for row in result.measurements:
        assert row.reason.startswith(reason)
        assert str(tmp_path) not in row.reason  # the same for all films, so that a table can count it
    assert look(planned((2000,)), None).measurements[0].reason == "no film"


def test_no_sound_and_no_picture_say_so(planned: Any, cut_film: Any, tmp_path: Path) -> None:
    cut_film(tmp_path / "mute.mp4", (96,), None)
    assert look(planned(()), tmp_path / "mute.mp4").measurements[0].reason == "no sound track"
    with av.open(str(tmp_path / "sound.wav"), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=16_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.ones((1, 16_000), np.int16), format="s16", layout="mono")
        frame.sample_rate = 16_000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    assert look(planned(()), tmp_path / "sound.wav").measurements[0].reason == "no picture, sound alone"
    # What listens alone can still do so.
    film = OpenedFilm(Sample("film", (planned(()),), tmp_path / "sound.wav"))
    assert len(film.sound(16_000)) == 16_000


def test_silence_is_a_sound_and_noted(planned: Any, cut_film: Any, tmp_path: Path) -> None:
    cut_film(tmp_path / "film.mp4", (96,), TONE * 0)
    result = look(planned(()), tmp_path / "film.mp4")
    assert result.measurements[1].value == 4.0
    assert codes(result) == {"silent"}


def test_uneven_frames_other_rates_and_more_bits_are_noted(planned: Any, tmp_path: Path) -> None:
    times = [round(number * 1000 / 24) + (30 if number % 3 == 0 else 0) for number in range(96)]
    write_frames(tmp_path / "uneven.mkv", times)
    film = OpenedFilm(Sample("film", (planned(()),), tmp_path / "uneven.mkv"))
    assert abs(len(film.frames(Pictures((48, 27)))) - 96) <= 1
    assert "variable_rate" in {note.code for note in film.notes}

    write_frames(tmp_path / "even.mkv", [round(number * 1000 / 24) for number in range(96)])
    film = OpenedFilm(Sample("film", (planned(()),), tmp_path / "even.mkv"))
    assert len(film.frames(Pictures((48, 27)))) == 96
    assert film.notes == ()  # whole milliseconds are no unevenness

    write_video(tmp_path / "slow.mp4", [scene(1)] * 48, None, size=(96, 64), fps=12)
    film = OpenedFilm(Sample("film", (planned(()),), tmp_path / "slow.mp4"))
    assert film.frame_count == 96
    assert film.notes == (MediaNote("rate", "12 frames a second, put on a clock of 24"),)

    write_frames(tmp_path / "ten.mkv", [round(n * 1000 / 24) for n in range(96)], codec="libx265", pixels="yuv420p10le")
    film = OpenedFilm(Sample("film", (planned(()),), tmp_path / "ten.mkv"))
    assert film.frame_count == 96
    assert {note.code for note in film.notes} == {"bits"}


def test_a_turned_film_is_upright_and_noted(planned: Any, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    picture = np.zeros((64, 96, 3), np.uint8)
    picture[:, 48:] = 255
    write_video(path, [picture] * 96, None, size=(96, 64))
    data = bytearray(path.read_bytes())
    # The matrix of the track's head: a quarter turn clockwise, as telephones write it.
    at, one = data.index(b"tkhd") + 4 + 4 + 20 + 16, 0x10000
    matrix = (0, one, 0, -one, 0, 0, 64 * one, 0, 0x40000000)
    data[at : at + 36] = b"".join(value.to_bytes(4, "big", signed=True) for value in matrix)
    path.write_bytes(data)
    film = OpenedFilm(Sample("film", (planned(()),), path))
    frame = film.frames(Pictures((24, 48)))[0]
    assert frame[:20].mean() < 20  # what was on the left is on top
    assert frame[28:].mean() > 235
    assert next(film.each_frame(Pictures(None))).shape == (96, 64, 3)
    assert {note.code for note in film.notes} == {"rotated"}


def test_a_film_that_breaks_off_counts_up_to_there(planned: Any, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    noise = np.random.default_rng(0).integers(0, 255, (96, 64, 96, 3), np.uint8)
    write_video(path, list(noise), TONE, size=(96, 64))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 6 // 10])  # the index stands in front
    result = look(planned(()), path)
    assert 24 <= result.measurements[0].value < 90
    assert codes(result) & {"truncated", "damaged"}
    assert "length" in codes(result)
    # A damaged middle is no end.
    path.write_bytes(whole[: len(whole) // 2] + bytes(len(whole) // 20) + whole[len(whole) // 2 + len(whole) // 20 :])
    assert look(planned(()), path).measurements[0].value > 40
    # Without its index nobody can read it.
    path.write_bytes(whole.replace(b"moov", b"none"))
    assert look(planned(()), path).measurements[0].reason.startswith("cannot be read as a film")


def test_pictures_that_stop_take_no_sound_away(planned: Any, cut_film: Any, tmp_path: Path) -> None:
    cut_film(tmp_path / "whole.mp4", (48, 48), TONE)
    with av.open(str(tmp_path / "whole.mp4")) as whole, av.open(str(tmp_path / "film.mp4"), "w") as container:
        copies = {one: container.add_stream_from_template(one) for one in whole.streams}
        for packet in whole.demux():
            if packet.dts is not None and (packet.stream.type == "audio" or (packet.pts or 0) * packet.time_base < 0.5):
                packet.stream = copies[packet.stream]
                container.mux(packet)
    result = look(planned(()), tmp_path / "film.mp4")
    assert [row.value for row in result.measurements] == [12.0, 4.0]
    assert codes(result) >= {"truncated", "length"}


def test_a_film_of_hours_is_looked_at_in_part(planned: Any, tmp_path: Path) -> None:
    write_video(tmp_path / "film.mp4", (scene(at // 240) for at in range(24 * 60)), None, size=(96, 64))
    film = OpenedFilm(Sample("film", (planned(()),), tmp_path / "film.mp4"))
    # The script has 4 s; 30 more are looked at.
    assert film.frame_count == 34 * 24
    assert {note.code for note in film.notes} == {"long"}
    reader = FrameReader(tmp_path / "film.mp4", [(48, 27)], seconds=2)
    assert (sum(1 for _ in reader), reader.longer) == (48, True)


def test_large_pictures_come_one_by_one(planned: Any, cut_film: Any, tmp_path: Path) -> None:
    cut_film(tmp_path / "film.mp4", (48, 48), None)
    film = OpenedFilm(Sample("film", (planned(()),), tmp_path / "film.mp4"), [Pictures(None, 2)])
    assert sum(picture.shape == (64, 96, 3) for picture in film.each_frame(Pictures(None))) == 96
    assert film.frames(Pictures(None, 2)).shape == (8, 64, 96, 3)
    calls: list[int] = []
    for _ in range(2):
        assert film.once("key", lambda: len(calls.append(1) or calls)) == 1  # type: ignore[func-returns-value]
    for _ in range(2):
        with pytest.raises(UnscoredError, match="not again"):
            film.once("bad", lambda: _fail(calls))
    assert len(calls) == 2


def _fail(calls: list[int]) -> None:
    calls.append(2)
    raise UnscoredError("not again")


class Breaks(Looks):
    """A metric with an accident."""

    name = "breaks"
    columns = (Column("one", "One"), Column("two", "Two"))

    def measure(self, film: OpenedFilm) -> Sequence[Measurement]:
        raise ZeroDivisionError("by accident")


def test_one_metrics_accident_is_not_the_others_end(planned: Any, cut_film: Any, tmp_path: Path) -> None:
    cut_film(tmp_path / "film.mp4", (96,), TONE)
    result = measure_film(Sample("film", (planned(()),), tmp_path / "film.mp4"), [Breaks(), Looks()])
    assert [row.column for row in result.measurements] == ["one", "two", "frames", "seconds"]
    assert result.measurements[0].reason == "the metric failed (ZeroDivisionError: by accident)"
    assert result.measurements[2].value == 96.0


def test_the_table_of_a_set_has_intervals_that_do_not_depend_on_the_order() -> None:
    rows = [Measurement(f"film {at:03d}", "frames", float(at % 10)) for at in range(100)]
    rows.append(Measurement.unscored("film 100", "frames", "no picture"))
    score, other = pool_scores([Looks()], rows)
    # The mean of 0 … 9 is 4.5; its standard error √(8.25/100) = 0.287, times 1.96: 3.94 … 5.06
    assert (score.value, score.n, score.unscored, score.reasons) == (4.5, 100, 1, {"no picture": 1})
    assert score.interval is not None
    assert list(score.interval) == pytest.approx([3.94, 5.06], abs=0.06)
    assert pool_scores([Looks()], rows[::-1])[0] == score
    assert math.isnan(other.value)
    assert (other.n, other.unscored, other.interval) == (0, 0, None)
    assert pool_scores([Looks()], rows[:1])[0].interval is None  # one film says nothing about others


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["starlight"], "must be one of sta, .*got 'starlight'"),
        (["sta", "sta"], "got sta twice"),
        (["sta:60"], "takes nothing behind a colon"),
    ],
)
def test_metrics_are_chosen_by_name(names: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        metrics_of(names)
