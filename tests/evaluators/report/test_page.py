"""The page: one file, every film's strip and clip in it, nothing fetched, and names that are no HTML."""

from __future__ import annotations

import base64
import io
import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from evaluators.report import read_run, write_page
from evaluators.report.pictures import clip_uri, shot_pictures
from mavin.api.reporting import REPORT_FILES, report
from mavin.errors import UsageError
from tests.evaluators.conftest import write_cut_film

RunOf = Callable[..., Path]


def test_a_page_of_two_runs(tmp_path: Path, run_of: RunOf) -> None:
    folders = [
        run_of(tmp_path / "a", "<b>ours</b>", {"sta": [1.0, 0.9]}, films=True),
        run_of(tmp_path / "b", "theirs", {"sta": [0.5, 0.7]}),
    ]
    path = tmp_path / "page.html"
    assert write_page(path, [read_run(folder) for folder in folders], films=1) == 1
    text = path.read_text()
    assert "<b>ours</b>" not in text
    assert "&lt;b&gt;ours" in text
    assert not re.findall(r'(?:src|href)="(?!data:)', text)
    assert "1 of 2 films." in text
    assert text.count("<video") == 1  # the other run's films are not here
    assert "the film&#39;s file is not here" in text
    # the strip: the film's own cut at frame 24 makes two shots of a second each
    assert text.count("<figure>") == 2
    assert "1.0–2.0 s" in text
    clip = re.search(r'src="data:video/mp4;base64,([^"]+)"', text)
    assert clip
    assert base64.b64decode(clip[1]) == (folders[0] / "f0.mp4").read_bytes()
    assert write_page(path, [read_run(folders[0])], clips=False) == 2
    assert "<video" not in path.read_text()


def test_a_page_says_why_there_is_no_value(tmp_path: Path, run_of: RunOf) -> None:
    run = read_run(run_of(tmp_path / "a", "ours", {"sta": [1.0, None], "wer": [None, None]}, films=True))
    other = read_run(run_of(tmp_path / "b", "theirs", {"sta": [1.0, 1.0], "wer": [0.5, 0.5]}))
    path = tmp_path / "page.html"
    write_page(path, [run, other])
    text = path.read_text()
    assert text.count("WER: no sound track") == 1  # of the first film
    assert '<p class="note">no sound track</p>' in text  # of the second, in all columns
    write_page(path, [run])
    assert "WER: no" not in path.read_text()  # a column without any value is told below, not with every film


@pytest.mark.parametrize(
    ("codec", "pixels"), [("libx265", "yuv420p"), ("libx264", "yuv420p10le"), ("mpeg4", "yuv420p")]
)
def test_what_browsers_do_not_play_is_made_anew(tmp_path: Path, codec: str, pixels: str) -> None:
    film = tmp_path / "film.mp4"
    with av.open(str(film), "w") as container:
        options = {"x265-params": "log-level=none"} if codec == "libx265" else {}
        stream: Any = container.add_stream(codec, rate=24, options=options)
        stream.width, stream.height, stream.pix_fmt = 96, 64, pixels
        for number in range(12):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.full((64, 96, 3), 9 * number, np.uint8))))
        container.mux(stream.encode(None))
    data = base64.b64decode(clip_uri(film).removeprefix("data:video/mp4;base64,"))
    with av.open(io.BytesIO(data), "r") as shown:
        made = shown.streams.video[0]
        assert (made.codec_context.name, made.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert len(list(shown.decode(video=0))) == 12


def test_a_turned_film_keeps_its_aspect(tmp_path: Path) -> None:
    write_cut_film(tmp_path / "film.mp4", (24,))
    data = bytearray((tmp_path / "film.mp4").read_bytes())
    matrix = data.index(b"tkhd") + 44  # behind the box's name: version, times, layer, volume
    data[matrix : matrix + 36] = struct.pack(">9i", 0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)
    (tmp_path / "film.mp4").write_bytes(data)
    (shot,) = shot_pictures(tmp_path / "film.mp4", ())
    with Image.open(io.BytesIO(base64.b64decode(shot.uri.partition(",")[2]))) as picture:
        assert picture.size == (60, 90)  # 96×64 on its side


def test_a_film_of_hours_is_shown_in_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaluators.report.pictures.MOST_SECONDS", 1)
    write_cut_film(tmp_path / "film.mp4", (12, 36, 48))
    assert [(one.start, one.end) for one in shot_pictures(tmp_path / "film.mp4", (12, 48))] == [(0, 0.5), (0.5, 1)]
    data = base64.b64decode(clip_uri(tmp_path / "film.mp4", small=10).removeprefix("data:video/mp4;base64,"))
    with av.open(io.BytesIO(data), "r") as shown:
        assert len(list(shown.decode(video=0))) == 24


def test_large_films_are_made_small(tmp_path: Path, run_of: RunOf) -> None:
    film = run_of(tmp_path / "a", "a", {"sta": [1.0]}, films=True) / "f0.mp4"
    whole = clip_uri(film)
    small = clip_uri(film, small=10)
    assert small.startswith("data:video/mp4;base64,")
    assert small != whole
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no film")
    assert clip_uri(broken, small=1) == clip_uri(broken) == ""
    assert shot_pictures(broken, None) == ()
    assert len(shot_pictures(film, None)) == 6


def test_a_report_is_four_files(tmp_path: Path, run_of: RunOf) -> None:
    folder = run_of(tmp_path / "a", "ours", {"sta": [1.0, 0.9], "wer": [0.1, None]})
    found = report([folder], tmp_path / "deep" / "report")
    assert {path.name for path in (tmp_path / "deep" / "report").iterdir()} == set(REPORT_FILES.values())
    assert found.shown == 2
    assert found.to_json()["runs"][0]["films"] == 2
    with pytest.raises(UsageError, match="once"):
        report([folder, folder], tmp_path / "x")
    with pytest.raises(UsageError, match="one run at least"):
        report([], tmp_path / "x")
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="must be a folder"):
        report([folder], tmp_path / "file")
