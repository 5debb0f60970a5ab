"""``--clips`` as a person meets it: one film, several clips, one video, and the way out of what is too long."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import av
import pytest

from mavin.film import Film
from mavin.frames import frame_of

STORY = 'A 17-second film. A fox finds a lantern. It carries it home. A bear says "Who is there?" The fox waits.'


def test_a_long_story_is_told_in_clips_and_without_them_the_way_is_shown(run: Any) -> None:
    refused = run("write", STORY, "-o", "fox")
    assert (refused.exit_code, "--clips" in refused.stderr, "17-second" in refused.stderr) == (3, True, True)
    assert not Path("fox.mavin").exists()
    result = run("write", STORY, "--clips", "-o", "fox")
    assert result.exit_code == 0, result.stderr
    assert "17.0 s" in result.stdout
    film = Film.open("fox.mavin")
    assert [clip.id for clip in film.clips] == ["K1", "K2"]
    assert sum(caption.duration_ms for caption in film.captions) == 17_000
    assert film.clips[1].record.prompt == STORY
    assert {entry.clip for entry in film.clips[1].record.ledger} == {"K2"}
    assert run("check", "fox.mavin").exit_code == 0
    assert "K2 shots" in run("show", "fox.mavin", "--ledger").stdout


def test_json_holds_every_clip_and_a_ledger_that_names_them(run: Any) -> None:
    written = json.loads(run("write", STORY, "--clips", "auto", "-o", "fox", "--json").stdout)
    assert len(written["captions"]) == 2
    assert written["caption"] == written["captions"][0]
    assert written["captions"][0]["roles"] == written["captions"][1]["roles"]
    for entry in written["ledger"]:
        if entry["start"] is not None:
            assert STORY[entry["start"] : entry["end"]] == entry["text"]
    assert {entry.get("clip") for entry in written["ledger"]} == {None, "K1", "K2"}
    assert json.loads(run("show", "fox.mavin", "--json").stdout)["ledger"] == written["ledger"]


@pytest.mark.parametrize(
    ("options", "clips"),
    [
        (["--clips", "3"], 3),
        (["--clips=2"], 2),
        (["--clips", "AUTO"], 2),
        (["--clips", "--duration", "40"], 3),
        (["--duration", "31", "--clips"], 3),
        (["--shots", "14", "--clips"], 3),
    ],
)
def test_how_many_clips_can_be_said_in_every_way(run: Any, options: list[str], clips: int) -> None:
    assert run("write", STORY, *options, "-o", "fox").exit_code == 0
    assert len(Film.open("fox.mavin").clips) == clips


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--clips", "0"], "from 1 to 40"),
        (["--clips", "41"], "from 1 to 40"),
        (["--clips", "2.5"], "from 1 to 40"),
        (["--clips", "3", "--duration", "50"], "from 9 to 45"),
        (["--clips", "3", "--duration", "8"], "from 9 to 45"),
        (["--duration", "40"], "--clips"),
        (["--shots", "8"], "--clips"),
        (["--clips", "4", "--shots", "3"], "from 4 to 24"),
    ],
)
def test_what_clips_cannot_hold_is_a_clear_mistake(run: Any, options: list[str], says: str) -> None:
    result = run("write", "A fox runs.", *options, "-o", "fox")
    assert (result.exit_code, says in result.stderr) == (2, True), result.stderr
    assert not Path("fox.mavin").exists()


def test_make_gives_one_video_with_the_frames_of_all_clips(run: Any) -> None:
    made = run("make", "A fox runs. A bear sleeps.", "--clips", "2", "--duration", "6.2", "-o", "fox.mp4")
    assert made.exit_code == 0, made.stderr
    film = Film.open("fox.mavin")
    with av.open("fox.mp4") as video:
        frames = sum(1 for _ in video.decode(video=0))
    assert frames == sum(frame_of(caption.duration_ms) for caption in film.captions)
    assert not list(Path().glob("fox-K*.mp4"))
    one = run("preview", "fox.mavin", "--clip", "K2", "-o", "k2.mp4", "--sheet", "k2.png")
    assert one.exit_code == 0, one.stderr
    with av.open("k2.mp4") as video:
        assert sum(1 for _ in video.decode(video=0)) == frame_of(film.captions[1].duration_ms)
    assert Path("k2.png").exists()
    assert run("preview", "fox.mavin", "--shot", "S1", "-o", "x.mp4").exit_code == 2
    assert run("render", "fox.mavin", "--clip", "K9", "-o", "x.mp4").exit_code == 2
