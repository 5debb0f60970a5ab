"""The folder of a benchmark: what was asked, one line of results a film, and the table of them all.

DIR/bench.json      what is measured on what; another run may go on here only if it is the same
DIR/results.jsonl   one line a film, added as soon as it is measured
DIR/features/…      features of metrics between distributions
DIR/films/…         the films
DIR/table.json      the table, written anew as films come in
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mavin.errors import FilmError, UsageError
from mavin.film.files import write_atomic

if TYPE_CHECKING:
    from evaluators.metric import Column
    from evaluators.result import Measurement, Score
    from evaluators.suite import FilmResult

__all__ = ["BenchFolder", "features_of", "keep_features", "taken"]

SCHEMA_VERSION = 1


def taken(folder: Path) -> Path:
    """The folder, made if it is not there.

    Raises:
        UsageError: if it holds something else.
    """
    if (folder / "film.json").exists() or (folder.exists() and not folder.is_dir()):
        raise UsageError(
            f"A benchmark makes a folder of its own, and {folder} is something else. Choose another --out."
        )
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "bench.json").exists():
        raise UsageError(f"{folder} holds something else already. Choose another --out, such as {folder / 'run1'}.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder} cannot be made ({error.strerror or error}). Choose another --out.") from None
    return folder


class BenchFolder:
    """Reads and writes that folder; one process at a time (the caller holds its lock)."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def begin(self, settings: dict[str, Any], *, force: bool) -> dict[str, Any]:
        """Takes the folder for a run, or goes on with the same run; returns what it was begun with.

        Raises:
            UsageError: if it holds another run, or something else.
        """
        head = self.path / "bench.json"
        if head.is_file() and not force:
            try:
                old = json.loads(head.read_text(encoding="utf-8"))
                differing = [key for key in settings if key != "date" and old.get(key) != settings[key]]
            except (ValueError, AttributeError):
                raise UsageError(f"{head} is damaged. Choose another folder, or begin anew with --force.") from None
            if differing:
                raise UsageError(
                    f"{self.path} holds a run with another {', '.join(differing)}. Choose another --out, or begin "
                    "anew with --force."
                )
            return dict(old)
        for name in ("results.jsonl", "table.json"):
            (self.path / name).unlink(missing_ok=True)
        self._write("bench.json", settings)
        return settings

    def kept(self) -> dict[str, dict[str, Any]]:
        """Results by film that an earlier run left; a line that was cut off in writing is dropped from the file."""
        file = self.path / "results.jsonl"
        if not file.is_file():
            return {}
        found: dict[str, dict[str, Any]] = {}
        for line in file.read_text(encoding="utf-8").split("\n"):  # a text may hold Unicode's line separators
            try:
                row = json.loads(line)
                found[row["film"]] = row
            except (ValueError, KeyError, TypeError):
                continue
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found.values())
        self._atomic("results.jsonl", text)
        return found

    def append(self, row: dict[str, Any]) -> None:
        """Adds one film's line.

        Raises:
            FilmError: if it cannot be written.
        """
        try:
            with (self.path / "results.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        except OSError as error:
            raise FilmError(f"{self.path} cannot be written ({error.strerror or error}).") from None

    def write_table(
        self, head: dict[str, Any], films: Iterable[str], columns: Sequence[Column], scores: Iterable[Score]
    ) -> None:
        """Writes the table of these films; of the same results always the same."""
        names = sorted(films)
        data = {
            "schema_version": SCHEMA_VERSION,
            "name": self.path.name,
            **head,
            "films": len(names),
            "names": names,
            "columns": [
                {"name": column.name, "title": column.title, "better": column.better, "unit": column.unit}
                for column in columns
            ],
            "scores": [score.to_json() for score in scores],
        }
        self._write("table.json", data)

    def _write(self, name: str, data: dict[str, Any]) -> None:
        self._atomic(name, json.dumps(data, indent=1, ensure_ascii=False) + "\n")

    def _atomic(self, name: str, text: str) -> None:
        write_atomic(self.path / name, text.encode())


def keep_features(folder: Path, result: FilmResult) -> None:
    """Writes the features of a film's measurements beside the table."""
    import numpy as np

    for row in result.measurements:
        if row.features is not None:
            place = folder / "features" / row.column
            place.mkdir(parents=True, exist_ok=True)
            np.save(place / f"{row.film}.npy", row.features, allow_pickle=False)


def features_of(folder: Path, row: Measurement) -> Measurement:
    """A measurement with its features, where it is scored by them."""
    import numpy as np

    file = folder / "features" / row.column / f"{row.film}.npy"
    return replace(row, features=np.load(file, allow_pickle=False)) if file.is_file() else row
