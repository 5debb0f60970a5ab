"""Which renderer draws when nobody says, and that every front door asks the same rule."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import mavin
from generator.random_weights import random_pipeline
from mavin.api import choosing
from mavin.api.benching import bench
from mavin.api.choosing import choose_renderer
from mavin.cli.main import app
from mavin.errors import UsageError
from mavin.studio.pipelines import Pipelines

STORY = "A fox finds a lantern."
SMALL: dict[str, Any] = {"size": (32, 32), "steps": 1, "video_guidance": 1.0, "audio_guidance": 1.0}


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place for pipelines that come with the package, which has one called tiny."""
    root = tmp_path_factory.mktemp("pretrained")
    random_pipeline().save_pretrained(root / "tiny")
    return root


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAVIN_LLM", "rules")
    monkeypatch.setenv("MAVIN_MODELS", str(tmp_path / "models"))
    monkeypatch.delenv("MAVIN_RENDERER")
    monkeypatch.setattr("generator.layout._SHIPPED_ROOT", tmp_path / "pretrained")


@pytest.fixture
def shipped(trained: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("generator.layout._SHIPPED_ROOT", trained)
    return trained / "tiny"


def test_without_weights_the_stage_draws_and_a_line_says_so(tmp_path: Path) -> None:
    choice = choose_renderer()
    assert (choice.name, choice.options) == ("stage", {})
    assert "Drawn by the stage" in choice.notice
    assert "without the weights tiny" in choice.notice
    result = mavin.render(mavin.write(STORY, "fox", duration=3), "fox.gif", shot="S1")
    assert result.notes[0] == choice.notice
    done = CliRunner().invoke(app, ["make", STORY, "-o", "two.gif", "--duration", "3"])
    assert done.exit_code == 0, done.output
    assert done.stderr.count(choice.notice) == 1
    assert Pipelines().renderers() == ("stage",)


def test_with_weights_the_network_renders_and_preview_stays_the_stage(shipped: Path) -> None:
    choice = choose_renderer()
    assert (choice.name, choice.options, choice.notice) == ("mavin", {"weights": "tiny"}, "")
    film = mavin.write(STORY, "fox", duration=3)
    result = mavin.render(film, "fox.mp4", **SMALL)
    assert (result.made_with["weights"], result.frames) == ("tiny-random", 72)
    assert result.notes == ()
    preview = mavin.preview(film, "preview.gif", shot="S1")
    assert preview is not None
    assert preview.made_with == {}
    assert Pipelines().renderers() == ("mavin", "stage")
    estimates = mavin.estimate(film)
    assert estimates[0].weights == "tiny-random", "a dry run tells of what would be used"
    listed = CliRunner().invoke(app, ["weights", "list"]).stdout
    assert any(line.split()[:2] == ["✓", "tiny"] for line in listed.splitlines()), listed


@pytest.mark.usefixtures("shipped")
def test_what_is_said_counts_before_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert choose_renderer("stage").name == "stage"
    assert choose_renderer("mavin").options == {"weights": "tiny"}
    assert choose_renderer(options={"steps": 3}).options == {"weights": "tiny", "steps": 3}
    assert choose_renderer(options={"weights": "mine"}).options == {"weights": "mine"}
    assert choose_renderer(labels=True).name == "stage", "the stage alone knows what its frames show"
    monkeypatch.setenv("MAVIN_RENDERER", "stage")
    assert choose_renderer() == choosing.RendererChoice("stage", {})
    assert choose_renderer(options={"weights": "mine"}).name == "mavin"
    monkeypatch.setenv("MAVIN_RENDERER", "imax")
    with pytest.raises(UsageError, match="MAVIN_RENDERER must be one of stage, mavin, got 'imax'"):
        choose_renderer()


@pytest.mark.usefixtures("shipped")
def test_without_torch_the_stage_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "lacking_packages", lambda: ("torch",))
    choice = choose_renderer()
    assert choice.name == "stage"
    assert "needs torch (pip install 'mavin[torch]')" in choice.notice


def test_a_benchmark_asks_the_same_rule(tmp_path: Path, trained: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    film = mavin.write(STORY, "fox", duration=3)
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "fox.json").write_text(film.caption.model_dump_json(), encoding="utf-8")
    drawn = bench("set", "stage", metrics=["tams"])
    assert drawn.drawn_by == "stage"
    assert "comes without the weights" in drawn.notice
    assert '"renderer": "stage"' in (tmp_path / "stage" / "bench.json").read_text(encoding="utf-8")
    monkeypatch.setattr("generator.layout._SHIPPED_ROOT", trained)
    assert bench("set", "network", metrics=["tams"], **SMALL).notice == ""
    head = (tmp_path / "network" / "bench.json").read_text(encoding="utf-8")
    assert '"renderer": "mavin"' in head
    assert '"weights": "tiny"' in head


def test_the_package_s_own_weights_are_neither_pulled_nor_removed(trained: Path) -> None:
    run = CliRunner().invoke
    for words, says in (
        (["pull", "tiny"], "nothing to pull"),
        (["remove", "tiny"], "goes with the package"),
        (["info", "tiny"], "this copy of mavin has none"),
    ):
        done = run(app, ["weights", *words])
        assert done.exit_code == 2
        assert says in " ".join(done.stderr.split())
    shutil.copytree(trained / "tiny", "pretrained/tiny")
    told = run(app, ["weights", "info", "tiny"])
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith("tiny-random: ")
