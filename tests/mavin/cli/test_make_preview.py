"""From a sentence or a script to real videos, decoded again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image

from mavin.film import Film


def frames_of(path: str | Path) -> int:
    with av.open(str(path)) as container:
        return sum(1 for _ in container.decode(video=0))


def has_sound(path: str | Path) -> bool:
    with av.open(str(path)) as container:
        return bool(container.streams.audio)


@pytest.fixture
def short(run: Any) -> Film:
    run("new", "-o", "short", "--duration", "3", "--role", "Mara", "--line", "Mara 0.5-1.5: Who is there?")
    return Film.open("short.mavin")


def test_make_writes_and_renders_in_one_go(run: Any) -> None:
    result = run("make", "A fox finds a lantern.", "-o", "fox.mp4", "--duration", "3", "--json")
    assert result.exit_code == 0, result.stderr
    data = json.loads(result.stdout)
    assert (data["film"], data["output"]) == ("fox.mavin", "fox.mp4")
    assert frames_of("fox.mp4") == 72
    assert has_sound("fox.mp4")
    manifest = Film.open("fox.mavin").manifest
    assert (manifest.renders[0].output, manifest.renders[0].frames) == ("fox.mp4", 72)
    assert "OpenMoji" in manifest.credits[0]
    again = run("make", "A fox finds a lantern.", "-o", "fox.mp4", "--duration", "3")
    assert (again.exit_code, "--force" in again.stderr) == (2, True)
    Path("fox.mp4").unlink()
    # Killed while it was drawing: the script is there, the video is made.
    resumed = run("make", "A fox finds a lantern.", "-o", "fox.mp4", "--duration", "3", "--resume")
    assert resumed.exit_code == 0
    assert (frames_of("fox.mp4"), Film.open("fox.mavin").rev) == (72, 1)


def test_preview_of_one_shot_without_sound(run: Any, short: Film) -> None:
    result = run("preview", "short", "-o", "s2.mp4", "--shot", "S2", "--mute", "--no-subtitles")
    assert result.exit_code == 0, result.stderr
    assert frames_of("s2.mp4") == 36
    assert not has_sound("s2.mp4")


def test_a_sheet_alone(run: Any, short: Film) -> None:
    assert run("preview", "short", "--sheet", "board.png").exit_code == 0
    with Image.open("board.png") as image:
        assert image.width > 200
    assert list(Path().glob("*.mp4")) == []
    assert run("preview", "short", "--sheet", "one.png", "--shot", "S2").exit_code == 0
    with Image.open("board.png") as board, Image.open("one.png") as one:
        # The second cell of the whole board stands first on the board of S2 alone.
        assert one.width == board.width
        first = (60, 340, 500, 420)
        second = (first[0] + 500, first[1], first[2] + 500, first[3])
        assert one.crop(first).tobytes() == board.crop(second).tobytes() != board.crop(first).tobytes()


def test_labels_alone_and_beside_a_video_of_another_format(run: Any, short: Film) -> None:
    result = run("preview", "short", "--labels", "--json")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["labels"] == "short.labels.json"
    labels = json.loads(Path("short.labels.json").read_text())
    assert (labels["frames"], [cut["frame"] for cut in labels["cuts"]]) == (72, [36])
    assert list(Path().glob("*.mp4")) == []
    result = run("preview", "short", "-o", "s2.gif", "--shot", "S2", "--slate", "--no-music", "--labels", "--json")
    data = json.loads(result.stdout)
    assert (data["output"], data["labels"]) == ("s2.gif", "s2.labels.json")
    assert (data["video"]["frames"], data["video"]["sample_rate"]) == (36, 0)
    assert json.loads(Path("s2.labels.json").read_text())["frames"] == 36
    for wrong, message in ((["--labels", "a.txt"], "must be a .json file"), (["-o", "a.mov"], ".mp4, .webm or .gif")):
        result = run("preview", "short", *wrong)
        assert (result.exit_code, message in result.stderr) == (2, True)


def test_render_writes_labels_too(run: Any, short: Film) -> None:
    result = run("render", "short", "-o", "s1.gif", "--shot", "S1", "--labels", "--json")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["labels"] == "s1.labels.json"
    assert json.loads(Path("s1.labels.json").read_text())["frames"] == 36


def test_results_never_replace_a_part_of_the_film(run: Any, short: Film) -> None:
    before = {path: path.read_bytes() for path in short.path.rglob("*") if path.is_file()}
    for name in ("clips/K1.json", "film.json", "new.json"):
        result = run("preview", "short", "--labels", f"short.mavin/{name}")
        assert (result.exit_code, "part of the film" in result.stderr) == (2, True)
    assert run("preview", "short.mavin/clips/K1.json", "--labels", "short.mavin/film.json").exit_code == 2
    assert {path: path.read_bytes() for path in short.path.rglob("*") if path.is_file()} == before
    (short.path / "renders").mkdir(exist_ok=True)
    assert run("preview", "short", "--labels", "short.mavin/renders/short.json").exit_code == 0


def test_render_of_a_captions_file(run: Any, short: Film) -> None:
    result = run("render", "short.mavin/clips/K1.json", "-o", "out.mp4", "--seed", "4")
    assert result.exit_code == 0, result.stderr
    assert "72 frames" in result.stdout
    assert frames_of("out.mp4") == 72


def test_a_renderer_that_is_not_there_is_named(run: Any, short: Film) -> None:
    result = run("render", "short", "-o", "out.mp4", "--renderer", "imax")
    assert result.exit_code == 2
    assert "stage" in result.stderr
    assert not Path("out.mp4").exists()


def test_a_reference_that_leaves_the_film_is_not_read(run: Any, short: Film, tmp_path: Path) -> None:
    path = short.path / "clips" / "K1.json"
    data = json.loads(path.read_text())
    data["dialogue"][0]["recording"] = "../../../etc/hostname"
    path.write_text(json.dumps(data))
    result = run("preview", "short", "-o", "out.mp4")
    assert result.exit_code in (2, 3)
    assert "inside" in result.stderr
    checked = run("check", "short")
    assert (checked.exit_code, "must stay inside" in checked.stdout) == (3, True)
