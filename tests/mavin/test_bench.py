"""Benchmarks over sets: what a set may look like, resuming with the same table, accidents, and films on the way."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import mavin
from evaluators.film import OpenedFilm, Pictures
from evaluators.metric import METRICS, Column, Metric, MetricEntry
from evaluators.result import Measurement
from mavin.api import benching
from mavin.api.bench_set import BenchItem, read_set
from mavin.errors import UsageError
from tests.evaluators.conftest import caption_with, write_cut_film


class Plain(Metric):
    """Frames, and a row of features that is pooled: all that a table needs, without a model."""

    name = "plain"
    columns = (Column("frames", "Frames"), Column("spread", "Spread", "lower"))
    pictures = (Pictures((48, 27)),)

    def measure(self, film: OpenedFilm) -> Sequence[Measurement]:
        features = film.frames(self.pictures[0]).reshape(film.frame_count, -1).mean(1, keepdims=True).astype(np.float32)
        return [
            self.scored(film, "frames", float(film.frame_count)),
            Measurement(film.id, "spread", float("nan"), len(features), features=features),
        ]

    def pool(self, column: Column, scored: Sequence[Measurement]) -> float:
        if column.name == "frames":
            return super().pool(column, scored)
        found = [each.features for each in scored if each.features is not None]
        return float(np.std(np.concatenate(found)))


@pytest.fixture
def plain(monkeypatch: Any) -> list[str]:
    monkeypatch.setattr(
        "evaluators.metric.METRICS", {**METRICS, "plain": MetricEntry("tests.mavin.test_bench:Plain", "a test's")}
    )
    return ["plain"]


def make_set(folder: Path, count: int) -> tuple[Path, Path]:
    """A set of so many captions and their films; the last caption is broken and the one before has no film."""
    films = folder / "films"
    films.mkdir()
    lines = []
    for at in range(count):
        lines.append(
            json.dumps({"id": f"s{at}", "caption": json.loads(caption_with((1000 + 250 * at,)).model_dump_json())})
        )
        if at < count - 1:
            write_cut_film(films / f"s{at}.mp4", (24 + 6 * at, 72 - 6 * at))
    lines.append('{"id": "bad", "caption": {"duration_ms": 5}}')
    (folder / "set.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder / "set.jsonl", films


def test_a_killed_run_ends_with_the_same_table(tmp_path: Path, plain: list[str]) -> None:
    samples, films = make_set(tmp_path, 5)
    whole = mavin.bench(samples, tmp_path / "a" / "run", films=films, metrics=plain)
    assert (whole.films, whole.kept) == (6, 0)
    assert whole.troubled == {
        "s4": "the film's file is missing",
        "bad": "line 6 holds no script (global_caption: Field required)",
    }
    frames, spread = whole.scores
    assert (frames.value, frames.n, frames.unscored) == (96.0, 4, 2)
    assert spread.value > 0
    table = json.loads((tmp_path / "a" / "run" / "table.json").read_text())
    assert [column["name"] for column in table["columns"]] == ["frames", "spread"]
    assert table["scores"][0]["reasons"]["the film's file is missing"] == 1

    def stop(done: int, total: int, _film: str) -> None:
        assert total == 6
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as stopped:
        mavin.bench(samples, tmp_path / "b" / "run", films=films, metrics=plain, progress=stop)
    assert "3 of 6 films are measured" in stopped.value.__notes__[0]
    results = tmp_path / "b" / "run" / "results.jsonl"
    assert len(results.read_text().splitlines()) == 3
    with results.open("a") as file:
        file.write('{"film": "s3", "measurem')  # killed while it wrote
    again = mavin.bench(samples, tmp_path / "b" / "run", films=films, metrics=plain)
    assert (again.films, again.kept) == (6, 3)
    assert (tmp_path / "b" / "run" / "table.json").read_bytes() == (tmp_path / "a" / "run" / "table.json").read_bytes()


def test_another_run_does_not_mix_in(tmp_path: Path, plain: list[str]) -> None:
    samples, films = make_set(tmp_path, 2)
    out = tmp_path / "run"
    mavin.bench(samples, out, films=films, metrics=plain)
    with pytest.raises(UsageError, match="holds a run with another seed"):
        mavin.bench(samples, out, films=films, metrics=plain, seed=4)
    assert mavin.bench(samples, out, films=films, metrics=plain, seed=4, force=True).kept == 0
    # A caption that has changed is measured again, the others are not.
    lines = samples.read_text().splitlines()
    lines[0] = json.dumps({"id": "s0", "caption": json.loads(caption_with((1500,)).model_dump_json())})
    samples.write_text("\n".join(lines))
    assert mavin.bench(samples, out, films=films, metrics=plain, seed=4).kept == 0
    assert mavin.bench(samples, out, films=films, metrics=plain, seed=4).kept == 1  # not what had no film or script
    write_cut_film(films / "s1.mp4", (30, 66))
    again = mavin.bench(samples, out, films=films, metrics=plain, seed=4)
    assert (again.kept, again.scores[0].n, list(again.troubled)) == (1, 2, ["bad"])
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="holds something else already"):
        mavin.bench(samples, tmp_path / "full", films=films, metrics=plain)
    with pytest.raises(UsageError, match="leave out --renderer"):
        mavin.bench(samples, out, films=films, renderer="stage", metrics=plain)
    with pytest.raises(UsageError, match="folder of films"):
        mavin.bench(samples, out, films=tmp_path / "none", metrics=plain)
    with pytest.raises(UsageError, match="must be from 1 to 256"):
        mavin.bench(samples, out, films=films, metrics=plain, jobs=0)


def test_what_has_changed_is_measured_again(tmp_path: Path, plain: list[str]) -> None:
    samples, films = make_set(tmp_path, 3)
    assert mavin.bench(samples, tmp_path / "run", films=films, metrics=plain).scores[0].value == 96
    write_cut_film(films / "s0.mp4", (24, 24))  # another film of the same name
    again = mavin.bench(samples, tmp_path / "run", films=films, metrics=plain)
    assert (again.scores[0].value, again.kept) == ((48 + 96) / 2, 1)
    other = tmp_path / "other" / "films"
    other.mkdir(parents=True)
    write_cut_film(other / "s0.mp4", (24,))
    again = mavin.bench(samples, tmp_path / "run", films=other, metrics=plain)
    assert (again.scores[0].value, again.scores[0].n) == (24, 1)


def test_another_prompt_is_another_sample(tmp_path: Path) -> None:
    caption = json.loads(caption_with((1000,), ((500, 1200),)).model_dump_json())
    values = []
    for prompt in ('Ana says "Well."', 'Ana says "Never."'):
        (tmp_path / "set.jsonl").write_text(json.dumps({"id": "a", "caption": caption, "prompt": prompt}))
        found = mavin.bench(tmp_path / "set.jsonl", tmp_path / "run", metrics=["script"])
        values += [score.value for score in found.scores if score.metric == "script_quotes"]
    assert values == [1, 0]
    item = BenchItem("a", None, tmp_path / "real.mp4")
    before = item.fingerprint
    write_cut_film(tmp_path / "real.mp4", (24,))
    assert item.fingerprint != before


def test_texts_may_hold_line_separators(tmp_path: Path) -> None:
    from evaluators.report import read_run

    caption = caption_with((1000,), ((500, 1200),)).model_dump_json().replace("Well.", "Well.\u2028Yes.")
    prompt = "Ana says \u2028 well."
    line = json.dumps({"id": "a", "caption": json.loads(caption), "prompt": prompt}, ensure_ascii=False)
    (tmp_path / "set.jsonl").write_text(f"{line}\r\n", encoding="utf-8", newline="")
    (item,) = read_set(tmp_path / "set.jsonl")
    assert (item.problem, item.prompt) == ("", prompt)
    first = mavin.bench(tmp_path / "set.jsonl", tmp_path / "run", metrics=["script"])
    rows = tmp_path / "run" / "results.jsonl"
    rows.write_text(rows.read_text(encoding="utf-8").replace('"data": {}', '"data": {"heard": "\u2028"}'), "utf-8")
    assert (first.kept, mavin.bench(tmp_path / "set.jsonl", tmp_path / "run", metrics=["script"]).kept) == (0, 1)
    assert list(read_run(tmp_path / "run").films) == ["a"]


def test_films_are_made_on_the_way(tmp_path: Path, plain: list[str]) -> None:
    caption = caption_with((1500,), ((500, 1200),), 3000)
    (tmp_path / "set.jsonl").write_text(caption.model_dump_json())
    found = mavin.bench(tmp_path / "set.jsonl", tmp_path / "run", metrics=[*plain, "tams"])
    scores = {score.metric: score for score in found.scores}
    assert scores["frames"].value == 72.0
    assert scores["tams"].n == scores["tams_ceiling"].n == 1  # the previz knows its voices
    assert (tmp_path / "run" / "films" / "set-0001.mp4").is_file()
    (row,) = map(json.loads, (tmp_path / "run" / "results.jsonl").read_text().splitlines())
    assert row["video"] == "films/set-0001.mp4"


def test_scripts_alone_are_not_filmed(tmp_path: Path) -> None:
    samples, _ = make_set(tmp_path, 3)
    found = mavin.bench(samples, tmp_path / "run", metrics=["script"])
    scores = {score.metric: score for score in found.scores}
    assert (scores["script_partition"].value, scores["script_partition"].n, found.films) == (1.0, 3, 4)
    assert not (tmp_path / "run" / "films").exists()
    assert list(found.troubled) == ["bad"]
    assert mavin.bench(samples, tmp_path / "run", metrics=["script"]).kept == 4
    assert json.loads((tmp_path / "run" / "table.json").read_text())["renderer"] == "scripts alone"
    with pytest.raises(UsageError, match="another renderer"):
        mavin.bench(samples, tmp_path / "run", metrics=["script"], renderer="stage")


def test_a_report_is_over_the_films_of_the_table(tmp_path: Path, plain: list[str]) -> None:
    from evaluators.report import read_run

    samples, films = make_set(tmp_path, 4)
    assert mavin.bench(samples, tmp_path / "run", films=films, metrics=plain).films == 5
    assert mavin.bench(samples, tmp_path / "run", films=films, metrics=plain, limit=2).films == 2
    run = read_run(tmp_path / "run")
    assert list(run.films) == ["s0", "s1"]
    assert run.scores["frames"].n == 2
    assert (
        mavin.bench(samples, tmp_path / "run", films=films, metrics=plain).kept == 3
    )  # what had a film is still there


class Bomb:
    """A source that ends the process that it is sent to, as a decoder with a fault does."""

    captions = ()

    def __reduce__(self) -> Any:
        return os._exit, (3,)


def test_a_process_that_dies_costs_one_film(tmp_path: Path) -> None:
    samples, films = make_set(tmp_path, 3)
    work = benching._Work(tmp_path, ("script",), "", films, 0, {})
    items = [*read_set(samples)[:2], BenchItem("bomb", Bomb())]  # type: ignore[arg-type]
    rows = {row["film"]: row for row in benching._measured(work, items, 2)}
    assert set(rows) == {"s0", "s1", "bomb"}
    assert rows["s1"]["measurements"][0]["value"] == 1.0
    assert {row["reason"] for row in rows["bomb"]["measurements"]} == {"the process that measured it died"}


def test_a_process_that_dies_between_two_films_costs_none(tmp_path: Path, monkeypatch: Any) -> None:
    samples, films = make_set(tmp_path, 4)
    submitted: list[str] = []

    class Pool:
        def submit(self, work: Any, settings: Any, item: BenchItem) -> Future[Any]:
            submitted.append(item.id)
            if len(submitted) == 3:
                raise BrokenProcessPool
            done: Future[Any] = Future()
            done.set_result(work(settings, item))
            return done

    monkeypatch.setattr(benching, "_pool", lambda _jobs: contextlib.nullcontext(Pool()))
    work = benching._Work(tmp_path, ("script",), "", films, 0, {})
    rows = [row["film"] for row in benching._measured(work, read_set(samples)[:4], 2)]
    assert sorted(rows) == ["s0", "s1", "s2", "s3"]


# ------------------------------------------------------------------------------------------ sets


def test_a_set_as_a_folder_of_folders(tmp_path: Path) -> None:
    for name in ("0002", "0001"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "caption.json").write_text(caption_with((1000,)).model_dump_json())
    (tmp_path / "0001" / "video.mp4").write_bytes(b"film")
    (tmp_path / "0001" / "prompt.txt").write_text("A story.\n")
    (tmp_path / "notes").mkdir()
    one, two = read_set(tmp_path)
    assert (one.id, two.id) == ("0001", "0002")
    assert (one.truth, one.prompt) == (tmp_path / "0001" / "video.mp4", "A story.")
    assert (two.truth, two.prompt) == (None, None)
    assert one.source is not None
    assert one.source.folder == tmp_path / "0001"


def test_a_set_as_flat_files_and_as_films(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(caption_with((1000,)).model_dump_json())
    (tmp_path / "a.mp4").write_bytes(b"film")
    (tmp_path / "b.json").write_text("{")
    mavin.write("A fox runs through the snow.", tmp_path / "fox.mavin", llm="rules")
    a, b, fox = read_set(tmp_path)
    assert (a.id, a.truth) == ("a", tmp_path / "a.mp4")
    assert b.source is None
    assert b.problem.startswith("its script cannot be read")
    assert (fox.id, fox.prompt) == ("fox", "A fox runs through the snow.")


def test_a_set_as_lines(tmp_path: Path) -> None:
    caption = json.loads(caption_with((1000,)).model_dump_json())
    lines = [
        json.dumps(caption),
        json.dumps({"id": "two", "captions": [caption, caption], "truth": "real/two.mp4", "prompt": "Two."}),
        "[1, 2]",
        json.dumps({"id": "../up", "caption": caption}),
        json.dumps({"caption": caption, "prompt": 5}),
        "",
    ]
    (tmp_path / "set.jsonl").write_text("\n".join(lines))
    one, two, three, four, five = read_set(tmp_path / "set.jsonl")
    assert (one.id, one.problem) == ("set-0001", "")
    assert two.source is not None
    assert (len(two.source.captions), two.truth, two.prompt) == (2, tmp_path / "real" / "two.mp4", "Two.")
    assert three.problem == "line 3 holds no script (a line must be a JSON object)"
    assert "plain file name" in four.problem
    assert five.problem == "line 5 holds no script (a prompt must be text, got 5)"
    assert one.fingerprint != two.fingerprint


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("set.jsonl", "", "one sample at least"),
        ("set.txt", "x", "must be a .jsonl file or a folder"),
        ("gone.jsonl", None, "cannot be read"),
        ("twice.jsonl", '{"id": "a", "caption": {}}\n{"id": "A", "caption": {}}', "a name of its own, got A twice"),
    ],
)
def test_a_set_that_is_none_is_refused(tmp_path: Path, name: str, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(UsageError, match=message):
        read_set(tmp_path / name)
