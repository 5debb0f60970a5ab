"""One run: its table and its films, as they stand in ``table.json`` and ``results.jsonl``."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evaluators.metric import Column
from evaluators.result import Measurement, Score
from evaluators.suite import FilmResult
from mavin.errors import UsageError

__all__ = ["FilmRow", "Run", "read_run", "told_apart"]

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class FilmRow:
    """One film of a run.

    Attributes:
        result: what was measured of it.
        video: its file, ``None`` where it is gone or only the script was measured.
    """

    result: FilmResult
    video: Path | None

    def measurement(self, column: str) -> Measurement | None:
        """Of one column, if it was measured."""
        return next((row for row in self.result.measurements if row.column == column), None)

    def value(self, column: str) -> float:
        """Of one column; NaN where there is none."""
        row = self.measurement(column)
        return math.nan if row is None else row.value


@dataclass(frozen=True, slots=True)
class Run:
    """A set of films that one system made, measured.

    Attributes:
        name: as tables show it.
        folder: where it stands.
        about: set, renderer, date and environment, as the run wrote them.
        columns: in the run's order.
        scores: by column.
        films: by name.
    """

    name: str
    folder: Path
    about: Mapping[str, Any]
    columns: tuple[Column, ...]
    scores: Mapping[str, Score]
    films: Mapping[str, FilmRow]

    def value(self, column: str) -> float:
        """The table's value; NaN where there is none."""
        score = self.scores.get(column)
        return math.nan if score is None else score.value


def read_run(folder: Path) -> Run:
    """The run of a folder.

    Raises:
        UsageError: if it is no such folder, or its files are damaged.
    """
    table_path, rows_path = folder / "table.json", folder / "results.jsonl"
    if not table_path.is_file() or not rows_path.is_file():
        missing = table_path.name if not table_path.is_file() else rows_path.name
        raise UsageError(
            f"A run must be a folder of `mavin bench`, got {folder} without {missing}. "
            "Finish the run, or name its folder."
        )
    try:
        table = json.loads(table_path.read_text(encoding="utf-8"))
        if table["schema_version"] != SCHEMA_VERSION:
            raise UsageError(
                f"{table_path} must be of version {SCHEMA_VERSION}, got {table['schema_version']}. Measure it again."
            )
        columns = tuple(Column(one["name"], one["title"], one["better"], one["unit"]) for one in table["columns"])
        scores = [Score.from_json(one) for one in table["scores"]]
        lines = [json.loads(line) for line in rows_path.read_text(encoding="utf-8").split("\n") if line.strip()]
        # Results of films that the table is not over, such as those beyond a --limit, stay in their file.
        names = table.get("names")
        films = {
            line["film"]: FilmRow(FilmResult.from_json(line), _video(folder, line.get("video")))
            for line in lines
            if names is None or line["film"] in names
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"The run {folder} must hold a table and its films, got damaged files ({type(error).__name__}: {error}). "
            "Measure it again."
        ) from None
    about = {key: value for key, value in table.items() if key not in ("columns", "scores", "names")}
    by_column = {score.metric: score for score in scores}
    return Run(str(table.get("name") or folder.name), folder, about, columns, by_column, dict(sorted(films.items())))


def _video(folder: Path, name: str | None) -> Path | None:
    if not name:
        return None
    path = folder / name
    return path if path.is_file() else None


def told_apart(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The same runs, those of one name told apart by their folders."""
    names = [run.name for run in runs]
    return tuple(
        replace(run, name=f"{run.name} ({run.folder.name})") if names.count(run.name) > 1 else run for run in runs
    )
