"""``mavin targets``, and a film exported for models as a newcomer does it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from mavin.formats import Kind, formats

TARGETS = [each.name for each in formats().values() if each.kind is Kind.MODEL]


def test_all_targets_are_listed_with_their_limits(run: Any) -> None:
    result = run("targets")
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    named = [line.split()[0] for line in lines if line[:1].isalpha()]
    assert [name for name in named if name in TARGETS] == TARGETS
    assert max(map(len, lines)) <= 80
    data = json.loads(run("targets", "--json").stdout)
    assert [record["name"] for record in data] == TARGETS
    assert all({"length", "shots", "text", "speech", "references"} <= set(record["takes"]) for record in data)
    assert all(record["known_from"] and record["about"].endswith(".") for record in data)


def test_one_target_tells_all_it_takes_and_where_that_is_known_from(run: Any) -> None:
    told = " ".join(run("targets", "kling-3").stdout.split())
    assert "at most 512 characters a shot" in told
    assert "not checked with the makers" in told
    assert json.loads(run("targets", "ovi-1.1", "--json").stdout)["official"] is True
    assert "not checked" not in run("targets", "holocine").stdout


@pytest.mark.parametrize(("name", "words"), [("kling", "kling-3"), ("json", "no video model")])
def test_a_wrong_name_is_a_usage_error_with_the_right_ones(run: Any, name: str, words: str) -> None:
    result = run("targets", name)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())


@pytest.fixture
def film(run: Any) -> str:
    """Two shots of 3 s; Mara speaks over the cut."""
    made = run(
        "new", "-o", "talk", "--duration", "6", "--shots", "2", "--role", "Mara", "--line", "Mara 2.2-4.1: Who is there?"
    )  # fmt: skip
    assert made.exit_code == 0, made.stderr
    return "talk.mavin"


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_prints_its_file_and_tells_its_losses(run: Any, film: str, target: str) -> None:
    result = run("export", film, "--to", target)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.strip()
    assert "Lost: title" in result.stderr
    written = run("export", film, "--to", target, "-o", f"out{formats()[target].suffix}")
    assert written.exit_code == 0, written.stderr
    assert Path(f"out{formats()[target].suffix}").read_bytes().decode().replace("\r\n", "\n") == result.stdout.replace(
        "\r\n", "\n"
    )


def test_ovi_gets_one_row_a_shot_and_the_line_once(run: Any, film: str) -> None:
    result = run("export", film, "--to", "ovi-1.1")
    rows = list(csv.DictReader(io.StringIO(result.stdout, newline="")))
    assert ["<S>Who is there?<E>" in row["text_prompt"] for row in rows] == [False, True]
    assert "L1 is said whole in S2, not over the cut of S1 and S2" in " ".join(result.stderr.split())


def test_a_script_that_a_target_cannot_hold_is_refused(run: Any) -> None:
    run("new", "-o", "long", "--duration", "12", "--shots", "1")
    result = run("export", "long.mavin", "--to", "veo-3.1", "-o", "long.json")
    assert result.exit_code == 3
    assert "Split it" in " ".join(result.stderr.split())
    assert not Path("long.json").exists()
