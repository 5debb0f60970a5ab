"""The protocol of renderers: names, options, mistakes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generator.renderers import RENDERERS, RenderOptions, renderer
from generator.settings import EngineSettings
from mavin.errors import UsageError


def test_names_and_what_they_need() -> None:
    assert RENDERERS == ("stage", "mavin")
    assert renderer("stage").name == "stage"
    with pytest.raises(UsageError, match=r"one of stage, mavin, got 'film'"):
        renderer("film")
    with pytest.raises(UsageError, match=r"mavin needs weights.*--renderer stage draws a previz"):
        renderer("mavin")
    with pytest.raises(UsageError, match=r"for --renderer mavin, got them with --renderer stage"):
        renderer("stage", EngineSettings(weights="tiny"))
    with pytest.raises(UsageError, match=r"folder or the name of one, got 'no-such-weights'"):
        renderer("mavin", EngineSettings(weights="no-such-weights"))


@pytest.mark.parametrize("name", ["film.avi", "film", "film.mp4.txt"])
def test_a_film_must_be_an_mp4(caption_of: Any, tmp_path: Any, name: Any) -> None:
    with pytest.raises(UsageError, match=r"must end in \.mp4"):
        renderer("stage").render(caption_of([{"ms": 3000, "action": "A dog runs."}]), tmp_path / name, RenderOptions())
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_shot_lists_the_shots(caption_of: Any, tmp_path: Any) -> None:
    caption = caption_of([{"ms": 1500, "action": "A dog runs."}, {"ms": 1500, "action": "It stops."}])
    with pytest.raises(UsageError, match=r"one of S1, S2, got 'S9'"):
        renderer("stage").render(caption, tmp_path / "film.mp4", RenderOptions(shot="S9"))
    assert list(tmp_path.iterdir()) == []


def test_asking_for_a_renderer_loads_neither_pictures_nor_torch() -> None:
    script = (
        "import sys, generator.renderers; print([m for m in ('av', 'PIL', 'torch', 'resvg_py') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_stage_needs_no_torch(tmp_path: Any) -> None:
    script = (
        "import sys; sys.modules['torch'] = None; sys.modules['transformers'] = None\n"
        "from generator.renderers import renderer; renderer('stage'); import generator.stage.sheet\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[2])
