"""The benchmark runs without a model, goes on where it stopped, and says what is wrong with its input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

STORIES = [
    {
        "id": "t1",
        "prompt": "A gardener digs a hole, plants a seed, and then waters the soil.",
        "events": ["A gardener digs a hole", "The gardener plants a seed", "And then the gardener waters the soil"],
    },
    {
        "id": "t2",
        "prompt": "A kite rises over the beach, and then tangles in a tree.",
        "events": ["A kite rises over the beach", "And then the kite tangles in a tree"],
    },
    {"id": "t3", "prompt": "A train leaves the station.", "events": ["A train leaves the station"]},
]


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    path = tmp_path / "prompts.jsonl"
    path.write_text("".join(json.dumps(story) + "\n" for story in STORIES), encoding="utf-8")
    return path


def bench(root: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    script = root / "benchmarks" / "storyeval.py"
    return subprocess.run(
        [sys.executable, str(script), *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False
    )


def test_it_measures_and_goes_on_where_it_stopped(root: Path, prompts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    first = bench(root, prompts, "--out", out, "--limit", "2")
    assert first.returncode == 0, first.stderr
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(row["id"], row["valid"], row["all_kept"]) for row in rows] == [("t1", True, True), ("t2", True, True)]
    assert "| rules | 2 | 100.0% | 100.0% |" in first.stdout

    # The first result is marked, the second cut off in the middle: the one is kept, the other made again.
    marked = json.dumps(rows[0] | {"seconds": 77.0})
    out.write_text(f"{marked}\n{json.dumps(rows[1])[:40]}", encoding="utf-8")
    second = bench(root, prompts, "--out", out)
    assert second.returncode == 0, second.stderr
    again = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in again] == ["t1", "t2", "t3"]
    assert again[0]["seconds"] == 77.0
    assert "| rules | 3 | 100.0% |" in second.stdout


def test_results_of_another_model_are_not_mixed_in(root: Path, prompts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert bench(root, prompts, "--out", out, "--limit", "1").returncode == 0
    done = bench(root, prompts, "--out", out, "--seed", "5")
    assert done.returncode == 2
    assert "must hold results of --llm rules --seed 5, got rules and 0" in done.stderr


@pytest.mark.parametrize("text", ["", "{}\n", "not JSON\n"], ids=["empty", "no fields", "no JSON"])
def test_a_wrong_file_is_named(root: Path, tmp_path: Path, text: str) -> None:
    path = tmp_path / "wrong.jsonl"
    path.write_text(text, encoding="utf-8")
    done = bench(root, path)
    assert done.returncode == 2
    assert "wrong.jsonl must hold" in done.stderr
    assert "Traceback" not in done.stderr
