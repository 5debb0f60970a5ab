"""``mavin render --weights``: the network's films as a person makes them, with tiny random weights."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import wave
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from generator.layout import read_index
from generator.random_weights import random_pipeline
from mavin.film import Film
from mavin.film.references import named_files
from tests.mavin.cli.conftest import Run

SMALL = ("--size", "32x32", "--steps", "1")


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("weights") / "tiny"
    random_pipeline().save_pretrained(folder)
    return str(folder)


@pytest.fixture(autouse=True)
def nothing_ships(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without the package's own weights, those that are meant must be named."""
    monkeypatch.setattr("generator.layout._SHIPPED_ROOT", tmp_path / "pretrained")


@pytest.fixture(autouse=True)
def references(film: Film) -> None:
    """The pictures and voices that the golden caption binds."""
    chance = np.random.default_rng(0)
    for _path, _who, name in named_files(film.caption):
        path = film.path / name
        path.parent.mkdir(exist_ok=True)
        if path.suffix == ".png":
            Image.fromarray(chance.integers(0, 256, (64, 64, 3), dtype=np.uint8)).save(path)
        else:
            with wave.open(str(path), "wb") as file:
                file.setparams((1, 2, 16_000, 0, "NONE", ""))
                file.writeframes(chance.integers(-9000, 9000, 16_000).astype("<i2").tobytes())


def decoded(path: str) -> tuple[int, float, int]:
    """Frames, seconds of sound, and its rate."""
    with av.open(path) as container:
        frames = sum(1 for _ in container.decode(video=0))
    with av.open(path) as container:
        stream = container.streams.audio[0]
        assert stream.duration is not None
        assert stream.time_base is not None
        return frames, float(stream.duration * stream.time_base), stream.rate


def test_a_film_is_exact_and_its_manifest_says_how_it_was_made(run: Run, film: Film, weights: str) -> None:
    frames = round(film.caption.duration_ms * 24 / 1000)
    done = run("render", "lamp.mavin", "-o", "out.mp4", "--weights", weights, "--seed", "7", *SMALL, "--json")
    assert done.exit_code == 0, done.output
    video = json.loads(done.stdout)["video"]
    assert (video["frames"], video["width"], video["height"]) == (frames, 32, 32)
    seen, seconds, rate = decoded("out.mp4")
    assert seen == frames
    assert rate == 16_000
    assert seconds == pytest.approx(frames / 24, abs=1 / 16_000)
    note = Film.open(film.path).manifest.renders[-1]
    assert (note.renderer, note.seed, note.frames) == ("mavin", 7, frames)
    assert note.made_with["weights_sha256"] == read_index(Path(weights)).weights_sha256
    assert note.made_with["steps"] == 1
    assert video["made_with"] == note.made_with
    first = Path("out.mp4").read_bytes()
    run("render", "lamp.mavin", "-o", "out.mp4", "--weights", weights, "--seed", "7", *SMALL)
    assert Path("out.mp4").read_bytes() == first


def test_one_shot_of_it(run: Run, film: Film, weights: str) -> None:
    shot = film.caption.shots[-1]
    done = run("render", "lamp.mavin", "-o", "s.mp4", "--weights", weights, "--shot", shot.id, *SMALL)
    assert done.exit_code == 0, done.output
    wanted = round(shot.end_ms * 24 / 1000) - round(shot.start_ms * 24 / 1000)
    frames, seconds, _ = decoded("s.mp4")
    assert frames == wanted
    assert seconds == pytest.approx(wanted / 24, abs=1 / 16_000)


def test_a_film_of_two_clips(run: Run, film: Film, weights: str, tmp_path: Path) -> None:
    Film.create(tmp_path / "two.mavin", [film.caption, film.caption], op={"op": "new"})
    shutil.copytree(film.path / "references", tmp_path / "two.mavin" / "references", dirs_exist_ok=True)
    done = run("render", "two.mavin", "-o", "two.mp4", "--weights", weights, "--mute", *SMALL)
    assert done.exit_code == 0, done.output
    with av.open("two.mp4") as container:
        assert not container.streams.audio
        assert sum(1 for _ in container.decode(video=0)) == 2 * round(film.caption.duration_ms * 24 / 1000)


def test_a_film_may_begin_with_a_picture(run: Run, film: Film, weights: str) -> None:
    Image.fromarray(np.full((64, 128, 3), 200, np.uint8)).save("first.png")
    options = ("render", "lamp.mavin", "--weights", weights, *SMALL, "--mute")
    assert run(*options, "-o", "with.mp4", "--first-frame", "first.png").exit_code == 0
    assert run(*options, "-o", "without.mp4").exit_code == 0
    assert Path("with.mp4").read_bytes() != Path("without.mp4").read_bytes()
    missing = run(*options, "-o", "no.mp4", "--first-frame", "none.png")
    assert missing.exit_code == 2
    assert "none.png must exist" in missing.output


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--renderer", "mavin", "-o", "o.mp4"], 2, "needs weights"),
        (["--weights", "nothing", "-o", "o.mp4"], 2, "folder or the name of one, got 'nothing'"),
        (["--steps", "3", "-o", "o.mp4"], 2, "--steps is for the renderer mavin, which needs --weights"),
        (["--weights", "W", "--renderer", "stage", "-o", "o.mp4"], 2, "for --renderer mavin, got them with"),
        (["--weights", "W", "-o", "o.mp4", "--size", "100x64"], 2, "multiple of 32 pixels, got 100"),
        (["--weights", "W", "-o", "o.mp4", "--size", "big"], 2, "832x480, or 720 or 960 for an area, got 'big'"),
        (["--weights", "W", "-o", "o.mp4", "--steps", "0"], 2, "1 to 1000 steps, got 0"),
        (["--weights", "W", "-o", "o.mp4", "--device", "abacus"], 2, "got 'abacus'"),
        (["--weights", "W", "-o", "o.mp4", "--dtype", "int4"], 2, "got 'int4'"),
        (["--weights", "W", "-o", "o.mp4", "--offload", "moon"], 2, "none, cpu, disk, got 'moon'"),
        (["--weights", "W", "-o", "o.mp4", "--routing", "loose"], 2, "hard, soft or off, got 'loose'"),
        (["--weights", "W", "-o", "o.mp4", "--softness", "9"], 2, "--softness is for --routing soft"),
        (["--weights", "W"], 2, "-o out.mp4; or add --dry-run"),
        (["--dry-run", "--renderer", "stage"], 2, "needs, got --renderer stage"),
        (["--dry-run", "--weights", "huge"], 2, "got 'huge'"),
        (["--dry-run", "--size", "16x16"], 2, "multiple of 32 pixels, got 16"),
    ],
)
def test_mistakes_are_told_in_a_sentence(
    words: list[str], code: int, message: str, run: Run, film: Film, weights: str
) -> None:
    done = run("render", film.path.name, *[weights if word == "W" else word for word in words])
    assert done.exit_code == code
    assert message in done.output
    assert not Path("o.mp4").exists()


def test_make_writes_and_renders_with_the_network(run: Run, weights: str) -> None:
    story = 'A keeper lights the lamp. A sailor says "Home."'
    wrong = run("make", story, "-o", "new.mp4", "--weights", "nothing", "--llm", "rules")
    assert wrong.exit_code == 2
    assert not Path("new.mavin").exists(), "nothing was written for weights that are not there"
    done = run("make", story, "-o", "new.mp4", "--duration", "3", "--weights", weights, "--llm", "rules", *SMALL)
    assert done.exit_code == 0, done.output
    assert decoded("new.mp4")[0] == 72
    assert Film.open(Path("new.mavin")).manifest.renders[-1].renderer == "mavin"


def test_a_dry_run_loads_nothing_and_tells_everything(run: Run, film: Film, weights: str) -> None:
    done = run("render", "lamp.mavin", "--dry-run")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("ovi on ")
    for words in ("960×416", "backbone", "text encoder", "TFLOP", "Needs about", "sizes are those of the published"):
        assert words in done.stdout
    report = json.loads(run("render", "lamp.mavin", "--dry-run", "--weights", weights, "--json").stdout)
    (clip,) = report["clips"]
    assert clip["weights"] == "tiny-random"
    assert clip["frames"] == round(film.caption.duration_ms * 24 / 1000)
    assert clip["video_tokens"] % 390 == 0
    assert clip["peak_bytes"] > clip["weight_bytes"]["backbone"]
    assert report["fits"] in {True, False, None}
    assert not Film.open(film.path).manifest.renders


def test_ctrl_c_leaves_the_film_that_was_there_and_no_half_one(film: Film, weights: str, tmp_path: Path) -> None:
    Path("out.mp4").write_bytes(b"the film before")
    # Large enough to be at work for long on any machine.
    size = ("--size", "416x224", "--steps", "1", "--guidance", "1")
    words = ["render", "lamp.mavin", "-o", "out.mp4", "--weights", weights, *size]
    script = (
        "import sys\nimport mavin.cli.console as console\n"
        "def tell(self, what, part):\n    print(what, file=sys.stderr, flush=True)\n"
        "console.Progress.share = tell\n"
        "from mavin.cli.main import main\nsys.argv = ['mavin', *sys.argv[1:]]\nmain()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, *words], stderr=subprocess.PIPE, text=True, cwd=tmp_path, env={**os.environ}
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("decoding frame"):
            break
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 130
    assert Path("out.mp4").read_bytes() == b"the film before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lamp.mavin", "out.mp4"]
