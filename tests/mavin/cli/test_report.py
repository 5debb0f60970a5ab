"""``mavin report``: what a person sees, what a program reads, and what goes wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.evaluators.report.conftest import make_run
from tests.mavin.cli.conftest import Run


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    make_run(tmp_path / "a", "ours", {"sta": [1.0, 0.9], "wer": [0.05, None]})
    make_run(tmp_path / "b", "theirs", {"sta": [0.5, 0.7], "wer": [None, None]})
    return tmp_path


def test_a_person_sees_the_table_and_where_the_files_are(run: Run, runs: Path) -> None:
    result = run("report", "a", "b", "-o", "out")
    assert result.exit_code == 0
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert "ours theirs" in lines
    assert "STA 0.9500 0.6000" in lines
    assert "WER 0.050 –" in lines
    assert "Written: out/report.md, out/report.csv, out/report.tex, out/report.html" in lines
    assert (runs / "out" / "report.html").read_text().startswith("<!doctype html>")


def test_a_program_reads_one_object(run: Run, runs: Path) -> None:
    result = run("report", "a", "b", "--no-clips", "--films", "1", "--json")
    data = json.loads(result.stdout)
    assert [one["name"] for one in data["runs"]] == ["ours", "theirs"]
    assert data["films_shown"] == 1
    assert (runs / data["files"]["tex"]).is_file()


def test_mistakes_are_told(run: Run, runs: Path) -> None:
    for arguments, words in (
        (("nowhere",), "without table.json"),
        (("a", "a"), "once"),
        (("a", "--films", "-1"), "-1"),
    ):
        result = run("report", *arguments)
        assert result.exit_code == 2
        assert words in " ".join(result.stderr.split())
        assert "Traceback" not in result.stderr
