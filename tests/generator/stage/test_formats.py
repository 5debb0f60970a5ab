"""Films as people want them: formats, slate, subtitles of any text, storyboards of three frames."""

from __future__ import annotations

import hashlib
import itertools
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from generator.renderers import RenderOptions, renderer
from generator.stage.composer import ShotStage
from generator.stage.lettering import draw_text
from generator.stage.renderer import soundtrack_of
from generator.stage.sheet import storyboard
from generator.stage.slate import Slate, timecode
from generator.stage.subtitles import Subtitles
from mavin.errors import UsageError
from mavin.frames import frame_of
from mavin.media import write_video


@pytest.fixture(scope="module")
def talk(caption_of: Any) -> Any:
    return caption_of(
        [{"ms": 1625, "title": "Evening", "setting": "a street at night", "action": "Mara waits.", "roles": ("C1",)},
         {"ms": 1500, "title": "夜", "setting": "a kitchen", "action": "Tom sits.", "roles": ("C2",)}],
        [{"name": "Mara"}, {"name": "Tom"}],
        [{"role": "C1", "start_ms": 300, "end_ms": 1500, "text": "Who is there?"},
         {"role": "C2", "start_ms": 1200, "end_ms": 2800, "text": "Nobody but me."}],
    )  # fmt: skip


def test_a_webm_holds_picture_sound_and_credits(talk: Any, decoded: Any, tmp_path: Path) -> None:
    path = tmp_path / "film.WebM"
    result = renderer("stage").render(talk, path, RenderOptions(subtitles=False))
    film = decoded(path)
    assert (result.frames, len(film.frames), result.sample_rate) == (75, 75, 48_000)
    assert np.allclose(film.pts_seconds, np.arange(75) / 24, atol=1e-3)  # WebM counts milliseconds
    drawn = np.asarray(ShotStage(talk, talk.shots[0]).frame(3).convert("L"), int)
    assert np.abs(film.frames[3] - drawn).mean() < 6
    assert film.changes().argmax() == 39
    assert abs(len(film.samples) / 48_000 - 75 / 24) < 0.05
    loud = [float(np.abs(film.samples[at : at + 4800]).max()) for at in (24_000, 100_000)]
    assert min(loud) > 0.05
    with av.open(str(path)) as container:
        assert [stream.codec_context.codec.canonical_name for stream in container.streams] == ["vp9", "opus"]
        tags = {name.lower(): text for name, text in container.metadata.items()}
    assert tags["title"] == "A test"
    assert "OpenMoji" in tags["comment"]
    assert "CC BY-SA 4.0" in tags["comment"]


def test_a_gif_is_small_silent_and_on_time(talk: Any, tmp_path: Path) -> None:
    path = tmp_path / "film.gif"
    result = renderer("stage").render(talk, path, RenderOptions(subtitles=False))
    assert (result.frames, result.width, result.height, result.sample_rate) == (75, 480, 277, 0)
    assert any("no sound" in note for note in result.notes)
    with Image.open(path) as image:
        assert image.size == (480, 277)
        starts, time, pictures = [], 0, []
        for frame in range(image.n_frames):  # type: ignore[attr-defined]
            image.seek(frame)
            starts.append(time)
            time += image.info["duration"]
            pictures.append(np.asarray(image.convert("RGB"), int))
        assert image.info["loop"] == 0
        assert b"OpenMoji" in image.info["comment"]
    assert time == 3120  # 75 / 24 = 3.125 s, in hundredths
    changes = [float(np.abs(one - two).mean()) for one, two in itertools.pairwise(pictures)]
    # The cut is on frame 39, which is odd and kept all the same: 39 / 24 = 1.625 → 1.62 s
    assert starts[int(np.argmax(changes)) + 1] == 1620


def test_music_can_be_left_out(talk: Any) -> None:
    loud, quiet = (soundtrack_of(talk, RenderOptions(music=music)).stems.music for music in (True, False))
    assert np.abs(loud).max() > 0.001
    assert not np.abs(quiet).any()


def test_an_unknown_suffix_writes_nothing(talk: Any, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.mp4, \.webm, \.gif, got .*film\.avi"):
        renderer("stage").render(talk, tmp_path / "film.avi", RenderOptions())
    assert list(tmp_path.iterdir()) == []


def test_the_slate_tells_shot_and_time(talk: Any) -> None:
    assert timecode(0) == "00:00:00:00"
    assert timecode(24 * 3661 + 5) == "01:01:01:05"
    slate = Slate(talk, talk.shots[0], clip="K2")
    pictures = [Image.new("RGB", talk.pixels, "#808080") for _ in range(3)]
    for picture, frame in zip(pictures, (10, 10, 11), strict=True):
        slate.burn(picture, frame)
    one, same, other = (np.asarray(picture, int) for picture in pictures)
    assert (one == same).all()
    changed = np.nonzero((one != other).any(axis=2))
    assert 0 < len(changed[0]) < 400  # one figure of the time
    marked = np.nonzero((one != 128).any(axis=2))
    assert marked[0].max() < slate.bottom <= 0.2 * talk.pixels[1]
    assert marked[1].max() < 0.7 * talk.pixels[0]


def _rows_used(caption: Any, frame: int, **options: Any) -> tuple[int, int]:
    picture = Image.new("RGB", caption.pixels, "#808080")
    Subtitles(caption, **options).burn(picture, frame)
    rows = np.nonzero((np.asarray(picture) != 128).any(axis=(1, 2)))[0]
    return (int(rows.min()), int(rows.max())) if len(rows) else (0, 0)


_FORTY = " ".join(f"word{number}" for number in range(40)) + "."


@pytest.mark.parametrize("aspect", ["16:9", "9:16", "21:9"])
def test_a_long_line_is_shown_in_parts_and_wholly(caption_of: Any, aspect: Any, monkeypatch: Any) -> None:
    caption = caption_of(
        [{"ms": 15_000, "action": "Mara speaks.", "roles": ("C1",)}],
        [{"name": "Mara"}],
        [{"role": "C1", "start_ms": 0, "end_ms": 14_000, "text": _FORTY}],
        aspect=aspect,
    )
    drawn: list[str] = []

    def noting(image: Any, place: Any, text: str, *rest: Any, **more: Any) -> float:
        drawn.append(text)
        return draw_text(image, place, text, *rest, **more)

    monkeypatch.setattr("generator.stage.subtitles.draw_text", noting)
    Subtitles(caption)
    assert " ".join(text for text in drawn if text != "MARA").split() == _FORTY.split()
    assert drawn.count("MARA") > 1
    # Never more than three rows and the name.
    tallest = max(bottom - top for top, bottom in (_rows_used(caption, frame) for frame in range(0, 330, 30)))
    assert tallest < 0.3 * caption.pixels[1]


@pytest.mark.parametrize(
    ("text", "language"),
    [("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3, "de"), ("今日はとても良い天気ですから" * 12, "ja"),
     ("مرحبا بالعالم كيف حالك اليوم يا صديقي " * 6, "ar"), ("Съешь ещё этих мягких французских булок, да выпей чаю " * 5, "ru"), ("🦊🚀✨" * 60, "en"), (_FORTY, "en")],
)  # fmt: skip
def test_any_text_stays_inside_the_picture_however_short_its_time(caption_of: Any, text: str, language: str) -> None:
    caption = caption_of(
        [{"ms": 3000, "action": "Mara speaks.", "roles": ("C1",)}],
        [{"name": "Mara " * 30}],
        [{"role": "C1", "start_ms": 500, "end_ms": 1000, "text": text, "language": language}],
    )
    picture = Image.new("RGB", caption.pixels, "#808080")
    Subtitles(caption).burn(picture, 18)
    rows, columns = np.nonzero((np.asarray(picture) != 128).any(axis=2))
    width, height = caption.pixels
    assert columns.min() > 0
    assert columns.max() < width - 1
    assert height * 0.3 < rows.min()
    assert rows.max() < height - 1


def test_six_voices_at_once_stand_above_each_other(caption_of: Any) -> None:
    everyone = tuple(f"C{number}" for number in range(1, 7))
    caption = caption_of(
        [{"ms": 3000, "action": "Everybody shouts.", "roles": everyone, "camera": {"size": "extreme_close_up"}}],
        [{"name": f"Person {number}"} for number in range(6)],
        [
            {"role": role, "start_ms": 100, "end_ms": 2900, "text": "No, no, no, that is not at all what I meant!"}
            for role in everyone
        ],
    )
    top, bottom = _rows_used(caption, 30, above=60)
    assert 60 < top < bottom < caption.pixels[1]


def test_a_storyboard_of_three_frames(talk: Any, tmp_path: Path) -> None:
    sizes = []
    for frames in (1, 3):
        with Image.open(storyboard(talk, tmp_path / f"{frames}.png", frames=frames)) as image:
            sizes.append(image.size)
    assert sizes[1][0] > 1200
    assert sizes[1][1] > sizes[0][1]
    with pytest.raises(UsageError, match="1 or 3 frames of each shot, got 2"):
        storyboard(talk, tmp_path / "2.png", frames=2)
    assert not (tmp_path / "2.png").exists()


def test_a_storyboard_with_a_film_beside_what_is_drawn(talk: Any, tmp_path: Path) -> None:
    width, height = talk.pixels
    colours = [(200, 30, 30) if frame_of(talk.shots[0].end_ms) > at else (30, 30, 200) for at in range(400)]
    count = frame_of(talk.duration_ms)
    film = tmp_path / "film.mp4"
    pictures = (np.full((height, width, 3), colours[at], np.uint8) for at in range(count))
    write_video(film, pictures, None, size=talk.pixels)
    for frames in (1, 3):
        with Image.open(storyboard(talk, tmp_path / f"{frames}.png", frames=frames, beside=film)) as image:
            pixels = np.asarray(image.convert("RGB")).astype(int)
        for colour in dict.fromkeys(colours[:count]):
            # Of each shot so many pictures, at most a few rounded corners and a stamp less.
            near = (np.abs(pixels - colour).max(axis=2) < 12).sum()
            assert near > frames * 400 * 400 * height / width * 0.75
    short = tmp_path / "short.mp4"
    write_video(short, (np.zeros((height, width, 3), np.uint8) for _ in range(5)), None, size=talk.pixels)
    with pytest.raises(UsageError, match=r"must be one of this script, with at least .* frames; .*short.mp4 has 5"):
        storyboard(talk, tmp_path / "no.png", beside=short)
    assert not (tmp_path / "no.png").exists()


def test_one_caption_is_one_film_in_every_process(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from generator.renderers import RenderOptions, renderer\n"
        "from generator.stage.sampling import Difficulty, sample\n"
        "knobs = Difficulty(duration_ms=(3000, 3000), shots=(2, 2), roles=(2, 2), animals=0.0, speech=(0.6, 0.6))\n"
        "renderer('stage').render(sample(5, knobs), Path(sys.argv[1]), RenderOptions(seed=3, slate=True))\n"
    )
    digests = []
    for seed in ("1", "77"):
        path = tmp_path / f"{seed}.mp4"
        subprocess.run([sys.executable, "-c", script, str(path)], check=True, env=os.environ | {"PYTHONHASHSEED": seed})
        digest = hashlib.sha256()
        with av.open(str(path)) as container:
            for frame in container.decode(video=0, audio=0):
                assert isinstance(frame, av.VideoFrame | av.AudioFrame)
                digest.update(frame.to_ndarray().tobytes())
        digests.append(digest.hexdigest())
    assert digests[0] == digests[1]
