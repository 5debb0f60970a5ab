"""The Python interface: ten lines write, edit and render a film; what it raises can be caught by type."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import mavin
from mavin.api.requests import names_somebody
from mavin.caption import HierarchicalCaption


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAVIN_LLM", "rules")


def test_ten_lines_write_edit_and_render_a_film() -> None:
    heard: list[str] = []
    film = mavin.write(
        "A fox finds a lantern.", "fox", duration=3, shots=2, progress=lambda who, what: heard.append(f"{who} {what}")
    )
    film = mavin.edit(film, mavin.SetCamera(shot="S1", size="close_up"), mavin.MoveCut(shot="S2", to_ms=1400))
    assert mavin.check(film) == tuple(item for item in mavin.check(film) if item.severity != "error")
    done: list[float] = []
    result = mavin.render(film, "fox.mp4", progress=done.append)
    assert (film.rev, result.frames) == (2, 72)
    assert heard
    assert done == sorted(done)
    assert mavin.open("fox.mavin").caption.shots[0].end_ms == 1400


def test_threads_that_wait_leave_the_core_to_others_unless_told_otherwise() -> None:
    script = "import generator.renderers, sys, os; print('torch' in sys.modules, os.environ['OMP_WAIT_POLICY'])"
    for given, wanted in (({}, "False PASSIVE"), ({"OMP_WAIT_POLICY": "ACTIVE"}, "False ACTIVE")):
        rest = {name: value for name, value in os.environ.items() if name != "OMP_WAIT_POLICY"}
        done = subprocess.run(
            [sys.executable, "-c", script], env=rest | given, capture_output=True, text=True, timeout=120, check=True
        )
        assert done.stdout.strip() == wanted


def test_every_public_name_is_there() -> None:
    for name in mavin.__all__:
        assert getattr(mavin, name) is not None
    assert set(mavin.__all__) <= set(dir(mavin))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = mavin.nothing


def test_a_refusal_carries_its_report() -> None:
    with pytest.raises(mavin.RefusedError) as caught:
        mavin.write('Mara says 1-3s: "Stay." Mara says 2-4s: "Go."', "a")
    assert isinstance(caught.value, mavin.InvalidInputError)
    assert caught.value.report.caption is None
    assert len(caught.value.report.conflicts[0].spans) >= 2
    assert list(Path().iterdir()) == []


def test_mistakes_are_caught_by_type() -> None:
    with pytest.raises(mavin.UsageError):
        mavin.write("A fox.", "a", duration=2)
    with pytest.raises(mavin.InvalidInputError):
        mavin.write("   ", "a")
    with pytest.raises(mavin.BackendError):
        mavin.write("A fox.", "a", llm="http://127.0.0.1:9/v1")
    with pytest.raises(mavin.FilmError):
        mavin.open("none.mavin")
    assert list(Path().iterdir()) == []


def test_two_programs_editing_one_film_get_a_conflict(caption: HierarchicalCaption) -> None:
    plain = caption.model_copy(update={"roles": (), "dialogue": (), "shots": _without_roles(caption)})
    first = mavin.load(mavin.Film.create("a.mavin", [plain], op={"op": "new"})).film
    second = mavin.open("a.mavin")
    assert first is not None
    mavin.edit(first, mavin.SetText(path="title", text="Mine"))
    with pytest.raises(mavin.FilmConflictError):
        mavin.edit(second, mavin.SetText(path="title", text="Theirs"))
    assert mavin.open("a.mavin").caption.title == "Mine"


def _without_roles(caption: HierarchicalCaption) -> object:
    return tuple(shot.model_copy(update={"roles": (), "overrides": ()}) for shot in caption.shots)


def test_an_edit_that_cannot_be_saves_nothing(caption: HierarchicalCaption) -> None:
    film = mavin.Film.create("a.mavin", [caption], op={"op": "new"})
    good, bad = mavin.SetText(path="title", text="New"), mavin.MoveCut(shot="S9", to_ms=1000)
    with pytest.raises(mavin.InvalidCaptionError):
        mavin.edit(film, good, bad)
    assert (mavin.open("a.mavin").rev, film.caption.title) == (1, "The Lamp")
    entry = mavin.edit(film, good).history()[-1]
    assert entry.op == {"op": "edit", "clip": "K1", "edits": [good.model_dump()]}
    with pytest.raises(mavin.UsageError, match="K1"):
        mavin.edit(film, good, clip="K2")


def test_a_shot_of_a_film_of_several_clips_needs_its_clip(caption: HierarchicalCaption) -> None:
    film = mavin.Film.create("a.mavin", [caption, caption], op={"op": "new"})
    with pytest.raises(mavin.UsageError, match=r"K1, K2.*--clip K1"):
        mavin.preview(film, "a.mp4", shot="S1")


@pytest.mark.parametrize(
    ("prompt", "who", "found"),
    [
        ("Mara Voss waits.", "mara", True),
        ("Mara Voss waits.", "MARA  VOSS", True),
        ("Mara Voss waits.", "Mar", False),
        ("Mara Voss waits.", "C2", True),
        ("Mara Voss waits.", "C0", False),
        ("Mara Voss waits.", ".", False),
        ("小明在等火车", "小明", True),
        ("Ｍara waits.", "Mara", True),
    ],
)
def test_a_reference_names_somebody_of_the_prompt(prompt: str, who: str, found: bool) -> None:
    assert names_somebody(prompt, who) is found
