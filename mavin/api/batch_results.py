"""What became of each prompt of a batch, and the file that keeps it: ``results.jsonl``, one line for each."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from mavin.api.prompts_file import BatchPrompt
from mavin.errors import FilmError
from mavin.film import Film
from mavin.film.files import write_atomic
from mavin.ledger import LlmUsage

__all__ = ["RESULTS", "BatchReport", "BatchResult", "append", "failure", "read_results", "rewrite", "success"]

RESULTS = "results.jsonl"


class BatchResult(BaseModel):
    """What became of one prompt: a line of ``results.jsonl``.

    Attributes:
        id: names the film, ``DIR/ID.mavin``.
        line: its line in the prompts' file, from 1.
        status: ``ok``, ``refused`` (the prompt contradicts itself), or ``error``.
        path: the film, ``None`` unless ``ok``.
        error: why there is none.
        duration: length of the film in seconds, over all clips.
        clips: number of clips.
        usage: what the language model cost.
        seconds: wall time of the writing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    line: int
    status: Literal["ok", "refused", "error"]
    path: str | None = None
    error: str | None = None
    duration: float | None = None
    clips: int | None = None
    usage: LlmUsage = LlmUsage()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class BatchReport:
    """The whole batch.

    Attributes:
        folder: where the films are.
        results: one for each prompt, in the order of the file.
        skipped: how many films had been finished before.
        seconds: wall time of this call.
        lost: why the batch stopped early because of the model, ``None`` if it did not.
    """

    folder: Path
    results: tuple[BatchResult, ...]
    skipped: int
    seconds: float
    lost: str | None = None

    def count(self, status: str) -> int:
        """How many prompts ended so."""
        return sum(result.status == status for result in self.results)

    @property
    def exit_code(self) -> int:
        """0 if every prompt has its film, 4 if the model was lost, else 1."""
        return 4 if self.lost else int(self.count("ok") < len(self.results))


def success(entry: BatchPrompt, film: Film, seconds: float) -> BatchResult:
    """The result of a prompt that has its film."""
    return BatchResult(
        id=entry.id,
        line=entry.line,
        status="ok",
        path=str(film.path),
        duration=sum(caption.duration_ms for caption in film.captions) / 1000,
        clips=len(film.clips),
        usage=film.manifest.llm or LlmUsage(),
        seconds=round(seconds, 3),
    )


def failure(
    entry: BatchPrompt,
    error: str,
    status: Literal["refused", "error"] = "error",
    usage: LlmUsage | None = None,
    seconds: float = 0.0,
) -> BatchResult:
    """The result of a prompt that has none."""
    return BatchResult(
        id=entry.id, line=entry.line, status=status, error=error, usage=usage or LlmUsage(), seconds=round(seconds, 3)
    )


def read_results(folder: Path) -> list[BatchResult]:
    """The lines of the file, in their order; none where there is none, half lines left out.

    Raises:
        FilmError: if it cannot be read.
    """
    try:
        rows = (folder / RESULTS).read_bytes().splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _unwritable(folder, error) from None
    found: list[BatchResult] = []
    for row in rows:
        try:
            found.append(BatchResult.model_validate(json.loads(row)))
        except (ValueError, ValidationError, RecursionError):
            continue  # a kill can leave half a line
    return found


def rewrite(folder: Path, results: Iterable[BatchResult]) -> None:
    """Writes the whole file anew, at once.

    Raises:
        FilmError: if it cannot be written; the file is as it was.
    """
    lines = "".join(f"{result.model_dump_json()}\n" for result in results)
    try:
        write_atomic(folder / RESULTS, lines.encode())
    except OSError as error:
        raise _unwritable(folder, error) from None


def append(folder: Path, result: BatchResult) -> None:
    """Adds one line in one write, so that a kill leaves at most half a line, at the very end.

    Raises:
        FilmError: if it cannot be written.
    """
    try:
        descriptor = os.open(folder / RESULTS, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        try:
            os.write(descriptor, f"{result.model_dump_json()}\n".encode())
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _unwritable(folder, error) from None


def _unwritable(folder: Path, error: OSError) -> FilmError:
    return FilmError(
        f"The results cannot be kept in {folder / RESULTS} ({error.strerror or error}). Free some space or check the "
        "permissions, then give the same command again."
    )
