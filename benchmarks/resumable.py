"""Benchmarks over many prompts: one line of results each, and the same command goes on where it stopped."""

from __future__ import annotations

import argparse
import itertools
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

from mavin.errors import UsageError

if TYPE_CHECKING:
    from dataclasses import Field

__all__ = ["add_options", "chosen", "kept_lines", "write_rows"]


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


class _Row(_HasId, Protocol):
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


Task = TypeVar("Task", bound=_HasId)
Row = TypeVar("Row", bound=_Row)


def add_options(parser: argparse.ArgumentParser, llm: str) -> None:
    """The options that every such benchmark has; ``llm`` says what ``--llm`` takes."""
    parser.add_argument("--llm", default="rules", help=f"{llm} (default: rules)")
    parser.add_argument("--model", help="name of the model there")
    parser.add_argument("--seed", type=int, default=0)
    few = parser.add_mutually_exclusive_group()
    few.add_argument("--sample", type=_positive, metavar="N", help="take n prompts, one of each n-th part, by the seed")
    few.add_argument("--limit", type=_positive, metavar="N", help="take the first n prompts")
    parser.add_argument("--out", type=Path, help="JSONL of results; ids that it holds are not run again")
    parser.add_argument("--record", action="store_true", help="write the dated summary beside this script")


def chosen(tasks: Sequence[Task], sample: int | None, limit: int | None, seed: int) -> list[Task]:
    """The first ``limit`` tasks, or one of each of ``sample`` equal parts, the same for the same seed; else all."""
    if sample is None or sample >= len(tasks):
        return list(tasks[:limit])
    draw = random.Random(seed)
    bounds = [len(tasks) * part // sample for part in range(sample + 1)]
    return [tasks[draw.randrange(first, last)] for first, last in itertools.pairwise(bounds)]


def kept_lines(path: Path | None, llm: str, seed: int) -> list[dict[str, Any]]:
    """The results of an interrupted run; a line that was cut off in writing is dropped from the file.

    Raises:
        UsageError: if the file holds results of another language model or seed.
    """
    if path is None or not path.exists():
        return []
    found: list[dict[str, Any]] = []
    whole = []
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        try:
            data = json.loads(line)
        except ValueError:
            continue
        if (data["llm"], data["seed"]) != (llm, seed):
            raise UsageError(
                f"{path} must hold results of --llm {llm} --seed {seed}, got {data['llm']} and {data['seed']}. "
                "Give another --out."
            )
        whole.append(line)
        found.append(data)
    path.write_text("".join(whole), encoding="utf-8")
    return found


def write_rows(
    tasks: Sequence[Task], done: dict[str, Row], run_task: Callable[[Task], Row], out: Path | None, title: str
) -> None:
    """Fills ``done`` with the results of all tasks, and ``out`` with each as soon as it is there."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task(title, total=len(tasks))
        for task in tasks:
            if task.id not in done:
                done[task.id] = run_task(task)
                if out is not None:
                    with out.open("a", encoding="utf-8") as file:
                        file.write(json.dumps(asdict(done[task.id]), ensure_ascii=False) + "\n")
            progress.advance(bar)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be 1 or more, got {number}")
    return number
