"""Tables of runs: best values, dashes, warnings, the paper's layout, and names that would break a format."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable
from pathlib import Path

import pytest

from evaluators.report import as_csv, as_latex, as_markdown, comparisons, read_run
from evaluators.report.plots import Dots, dot_plot
from evaluators.report.runs import told_apart
from evaluators.report.tables import best_runs, columns_of
from mavin.errors import UsageError

RunOf = Callable[..., Path]


@pytest.fixture
def two(tmp_path: Path, run_of: RunOf) -> list[Path]:
    good = run_of(tmp_path / "a", "ours", {"wer": [0.05, 0.07], "sta": [1.0, 0.9], "face_sim_dlib": [0.5, None]})
    return [good, run_of(tmp_path / "b", "theirs_1 & co", {"sta": [0.5, 0.7], "wer": [None, None]})]


def test_a_run_is_read_as_it_was_written(two: list[Path]) -> None:
    run = read_run(two[0])
    assert run.name == "ours"
    assert run.value("sta") == pytest.approx(0.95)
    assert list(run.films) == ["f0", "f1"]
    assert run.films["f1"].value("sta") == 0.9
    assert math.isnan(run.films["f1"].value("face_sim_dlib"))
    assert run.films["f0"].video is None
    assert run.about["renderer"] == "stage"


def test_the_papers_columns_come_first_in_its_order(two: list[Path]) -> None:
    runs = [read_run(path) for path in two]
    assert [column.name for column in columns_of(runs)] == ["wer", "sta", "face_sim_dlib"]


def test_best_values(two: list[Path]) -> None:
    runs = [read_run(path) for path in two]
    wer, sta, _ = columns_of(runs)
    assert best_runs(runs, sta) == {"ours"}
    assert best_runs(runs, wer) == frozenset()  # nobody to be better than
    assert best_runs(runs[:1], sta) == frozenset()


def test_equal_values_are_both_best_unless_all_are_equal(tmp_path: Path, run_of: RunOf) -> None:
    values = {"a": 0.98, "b": 0.980004, "c": 0.5}  # a and b read alike
    runs = [read_run(run_of(tmp_path / name, name, {"sta": [value]})) for name, value in values.items()]
    assert best_runs(runs, columns_of(runs)[0]) == {"a", "b"}
    assert best_runs(runs[:2], columns_of(runs)[0]) == frozenset()


def test_a_column_without_any_value_is_left_to_the_small_print(tmp_path: Path, run_of: RunOf) -> None:
    run = read_run(run_of(tmp_path / "a", "a", {"sta": [1.0], "wer": [None]}))
    assert [column.name for column in columns_of([run])] == ["sta"]
    assert "WER ↓" not in as_markdown([run])
    assert "| WER | a | – |" in as_markdown([run])


def test_markdown(two: list[Path]) -> None:
    text = as_markdown([read_run(path) for path in two])
    assert "| Run | WER ↓ | STA ↑ |" in text
    assert "| ours | 0.060 | **0.9500** |" in text
    assert "| theirs_1 & co | – | 0.6000 |" in text
    assert "| Likeness of faces (dlib) ↑ | 0.5000 | – |" in text
    assert "2: no sound track (2)" in text
    assert "weights sha256 abababababab" in text


def test_csv_has_every_number(two: list[Path]) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv([read_run(path) for path in two]))))
    assert {(row["run"], row["column"]) for row in rows} >= {("ours", "sta"), ("theirs_1 & co", "wer")}
    (sta,) = (row for row in rows if row["run"] == "ours" and row["column"] == "sta")
    assert (float(sta["value"]), float(sta["low"]), sta["n"]) == (0.95, 0.9, "2")
    (wer,) = (row for row in rows if row["run"] != "ours" and row["column"] == "wer")
    assert (wer["value"], wer["unscored"]) == ("", "2")


def test_a_name_is_no_formula(tmp_path: Path, run_of: RunOf) -> None:
    run = read_run(run_of(tmp_path / "a", "=cmd()", {"sta": [1.0]}))
    assert as_csv([run]).splitlines()[1].startswith("'=cmd()")


def test_latex_is_the_papers_table(two: list[Path]) -> None:
    text = as_latex([read_run(path) for path in two])
    heads = "FVD FAD TVS TAS WER Sync AV-IB TAMS SC BC CISC BISC STA".split()
    line = next(line for line in text.splitlines() if "FVD" in line)
    assert [cell.split(" ")[0] for cell in line.rstrip("\\ ").split(" & ")[1:]] == heads
    assert r"\multicolumn{5}{c}{Multi-shot Consistency}" in text
    assert r"\cmidrule(lr){2-3} \cmidrule(lr){4-6} \cmidrule(lr){7-9} \cmidrule(lr){10-14}" in text
    assert r"ours & - & - & - & - & 0.060 & - & - & - & - & - & - & - & \textbf{0.9500} \\" in text
    assert r"theirs\_1 \& co & " in text
    assert "faces" not in text  # a stand-in is never in the paper's table
    assert text.count("{") == text.count("}")


def test_what_must_not_be_compared(tmp_path: Path, run_of: RunOf, two: list[Path]) -> None:
    same = [read_run(path) for path in two]
    assert comparisons(same) == ()
    other = read_run(run_of(tmp_path / "c", "other", {"sta": [0.5]}, model="another detector"))
    notes = comparisons([same[0], other])
    assert notes[0] == "The runs are over different films (ours 2, other 1)."
    assert any("STA was not made alike" in note for note in notes)
    comments = [line for line in as_latex([same[0], other]).splitlines() if line.startswith("% ")]
    assert comments == [f"% {note}" for note in notes]
    assert as_latex(same).startswith("\\begin")


def test_runs_of_one_name_are_told_apart(tmp_path: Path, run_of: RunOf) -> None:
    runs = told_apart([read_run(run_of(tmp_path / name, "stage", {"sta": [1.0]})) for name in "ab"])
    assert [run.name for run in runs] == ["stage (a)", "stage (b)"]


def test_what_is_no_run(tmp_path: Path, run_of: RunOf) -> None:
    with pytest.raises(UsageError, match=r"without table\.json"):
        read_run(tmp_path)
    folder = run_of(tmp_path / "a", "a", {"sta": [1.0]})
    table = json.loads((folder / "table.json").read_text())
    (folder / "table.json").write_text(json.dumps(table | {"schema_version": 9}))
    with pytest.raises(UsageError, match="version 1, got 9"):
        read_run(folder)
    (folder / "table.json").write_text("{")
    with pytest.raises(UsageError, match="damaged"):
        read_run(folder)


def test_a_plot_holds_its_numbers() -> None:
    svg = dot_plot(
        [Dots("a<b", 0.5, (0.4, 0.6), (0.2, 0.8, math.nan)), Dots("c", math.nan, None, ())], "STA", ["0.5", "–"]
    )
    assert svg.count('class="dot"') == 2
    assert svg.count('class="value"') == 1
    assert svg.count('class="interval"') == 1
    assert "a&lt;b" in svg
    # 0.2…0.8 spans 300 pixels from 150: 0.5 lies in the middle
    assert 'class="value" cx="300.0"' in svg
    assert "nan" not in dot_plot([Dots("a", math.nan, None, ())], "x", ["–"])
