"""``mavin write --batch``: many prompts with one progress bar and one summary."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from mavin.cli.console import emit, is_plain, note, out
from mavin.cli.options import stdin_bytes
from mavin.errors import UsageError

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from mavin.api import BatchReport, BatchResult
    from mavin.api.requests import WriteOptions

__all__ = ["BatchProgress", "write_many"]

_MOST_SHOWN = 10


def write_many(
    batch: str | None,
    output: str | None,
    chosen: WriteOptions,
    *,
    prompt: str | None,
    references: list[tuple[str, Path]],
    jobs: int | None,
    llm: str | None,
    model: str | None,
    force: bool,
    as_json: bool,
) -> int:
    """Writes the films of a file of prompts and returns the exit code.

    0 if every prompt has its film, 1 if any was refused or failed, 4 if the model was lost on the way.

    Raises:
        UsageError: if the options do not fit together; and as :func:`mavin.write_batch`.
    """
    if batch is None:
        raise UsageError("--jobs is for many prompts: add --batch FILE, or leave it out.")
    if prompt is not None:
        raise UsageError("Give one story, or --batch with a file of many, not both.")
    if output is None:
        raise UsageError(f"A batch needs a folder for its films, for example: mavin write --batch {batch} -o films")
    if references:
        raise UsageError('References belong to single prompts: put "refs": {"WHO": "FILE"} into their lines.')
    from mavin import api

    source: str | bytes = stdin_bytes("prompts") if batch == "-" else batch
    with BatchProgress() as progress:
        report = api.write_batch(
            source,
            output,
            jobs=jobs,
            llm=llm,
            model=model,
            force=force,
            progress=progress.told,
            notice=note,
            **chosen,
        )
    if as_json:
        emit(_summary(report))
    else:
        _print(report)
    return report.exit_code


def _usage(report: BatchReport) -> dict[str, Any]:
    names = ("calls", "prompt_tokens", "cached_tokens", "completion_tokens", "seconds")
    usage = {name: sum(getattr(result.usage, name) for result in report.results) for name in names}
    return {**usage, "seconds": round(usage["seconds"], 3)}


def _summary(report: BatchReport) -> dict[str, Any]:
    return {
        "output": str(report.folder),
        "results": str(report.folder / "results.jsonl"),
        "total": len(report.results),
        "ok": report.count("ok"),
        "refused": report.count("refused"),
        "error": report.count("error"),
        "skipped": report.skipped,
        "seconds": report.seconds,
        "usage": _usage(report),
        "lost": report.lost,
    }


def _print(report: BatchReport) -> None:
    console = out()
    bad = [result for result in report.results if result.status != "ok"]
    for result in bad[:_MOST_SHOWN]:
        console.print(f"line {result.line}, {result.id}: {result.status}. {result.error}")
    if len(bad) > _MOST_SHOWN:
        console.print(f"… and {len(bad) - _MOST_SHOWN} more.")
    parts = [f"{report.count('ok')} of {len(report.results)} films written"]
    parts += [f"{report.skipped} of them before"] if report.skipped else []
    parts += [
        f"{count} {name}"
        for name, what in (("refused", "refused"), ("failed", "error"))
        if (count := report.count(what))
    ]
    console.print(f"{', '.join(parts)}, in {report.seconds:.1f} s. Results: {report.folder / 'results.jsonl'}")
    if report.lost:
        console.print(f"The batch stopped early: {report.lost} The same command goes on with the rest.")


class BatchProgress:
    """One bar for the whole batch on a terminal, a plain line for every prompt in a log."""

    def __init__(self) -> None:
        self._live: RichProgress | None = None
        self._task: TaskID | None = None
        self._started = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None

    def told(self, done: int, total: int, result: BatchResult | None) -> None:
        """Tells how many prompts are done and what the last one came to; fits ``write_batch``'s ``progress``."""
        if not sys.stderr.isatty() or is_plain():
            if result is not None:
                what = f" {result.seconds:.1f} s" if result.status == "ok" else ""
                sys.stderr.write(f"[{done}/{total}] {result.status} {result.id}{what}\n")
                sys.stderr.flush()
            return
        if self._live is None:
            self._go_live(total)
        if self._live is not None and self._task is not None:
            last = f"{result.id} {result.status}" if result is not None else "starting"
            self._live.update(self._task, completed=done, description=last[:40])

    def _go_live(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        columns = (
            MofNCompleteColumn(),
            BarColumn(bar_width=32),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.description}", markup=False),
        )
        self._live = RichProgress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._live.add_task("starting", total=total)
        self._live.start()
