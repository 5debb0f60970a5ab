"""Scripts from the prompts of StoryEval: are they valid, and has each event its own shot in order?

    python benchmarks/storyeval.py prompts.jsonl --llm rules
    python benchmarks/storyeval.py prompts.jsonl --llm embedded --sample 70 --out run.jsonl --record

Each line of the prompts' file is ``{"id", "prompt", "events"}``.  Results go to ``--out`` one line
at a time; the same command goes on where an interrupted one stopped.  ``--record`` adds a dated
summary to ``storyeval.json`` and ``storyeval.md`` beside this script.  The prompts are by
StoryEval (Apache-2.0) and not part of this project.

What is measured, per script: whether it is valid; the share of each event's content words, stemmed,
in the action of its own shot (an event is kept at 0.6, one shot per event, in order, at most six);
lines of dialogue that do not stand in the prompt; pairs of shots with the same action; seconds.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import platform
import resource
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    # The repository and not this folder, in which a script bears the name of one of our packages.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks.resumable import add_options, chosen, kept_lines, write_rows
from evaluators import Score, event_coverage, mean_score, repeated_actions, unquoted_lines
from mavin.errors import InvalidInputError, MavinError, UsageError
from mavin.request import WriteRequest

if TYPE_CHECKING:
    from scripting.llm.base import Backend

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Task:
    """One prompt and its events in story order."""

    id: str
    prompt: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one prompt; ``shares`` has an entry per event, ``None`` where it has no content word."""

    id: str
    llm: str
    model: str
    seed: int
    valid: bool
    all_kept: bool
    shares: tuple[float | None, ...]
    actions: tuple[str, ...]
    unquoted: tuple[str, ...]
    repeated: tuple[tuple[str, str], ...]
    calls: int
    seconds: float
    peak_rss_mb: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """One dated run over a set of prompts."""

    date: str
    version: str
    llm: str
    model: str
    seed: int
    prompts: str
    scripts: int
    scores: tuple[Score, ...]
    unquoted_lines: int
    repeated_actions: int
    seconds_median: float
    seconds_max: float
    calls: int
    peak_rss_mb: int
    machine: str
    missed: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain JSON data."""
        return asdict(self) | {"scores": [score.to_json() for score in self.scores]}


def read_tasks(path: Path) -> list[Task]:
    """The prompts of a JSONL file.

    Raises:
        UsageError: if the file cannot be read or a line lacks a field.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        found = [json.loads(line) for line in lines if line.strip()]
        return [Task(str(item["id"]), str(item["prompt"]), tuple(map(str, item["events"]))) for item in found]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f'{path} must hold one {{"id", "prompt", "events"}} a line, got {type(error).__name__}: {error}. '
            "Give the path of StoryEval's prompts as JSONL."
        ) from None


def _row(data: dict[str, Any]) -> Row:
    return Row(**data | {key: tuple(data[key]) for key in ("shares", "actions", "unquoted")})


def _peak_rss_mb() -> int:
    # Linux counts kilobytes, macOS bytes.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1 << 20 if sys.platform == "darwin" else 1 << 10)


def run_task(task: Task, backend: Backend | None, llm: str, seed: int) -> Row:
    """Writes the script of one prompt and measures it."""
    from scripting import write_script
    from scripting.llm.session import LlmSession

    session = LlmSession(backend, seed=seed)
    started = time.perf_counter()
    caption, problem = None, ""
    try:
        report = write_script(WriteRequest(prompt=task.prompt, seed=seed), session)
        caption = report.caption
        problem = "" if caption else "; ".join(conflict.explanation for conflict in report.conflicts) or "refused"
    except InvalidInputError as error:
        problem = str(error)
    seconds = time.perf_counter() - started
    coverage = event_coverage(caption, task.events) if caption else None
    return Row(
        id=task.id,
        llm=llm,
        model=session.usage.model,
        seed=seed,
        valid=caption is not None,
        all_kept=coverage is not None and coverage.all_kept,
        shares=tuple(None if math.isnan(share) else round(share, 3) for share in coverage.shares) if coverage else (),
        actions=tuple(shot.action for shot in caption.shots) if caption else (),
        unquoted=tuple(line.text for line in unquoted_lines(caption, task.prompt)) if caption else (),
        repeated=repeated_actions(caption) if caption else (),
        calls=session.usage.calls,
        seconds=round(seconds, 3),
        peak_rss_mb=_peak_rss_mb(),
        error=problem,
    )


def summarise(rows: Sequence[Row], prompts: Path, llm: str, seed: int) -> Summary:
    """The figures of a run."""
    digest = hashlib.sha256(prompts.read_bytes()).hexdigest()[:12]
    seconds = [row.seconds for row in rows]
    return Summary(
        date=datetime.now(UTC).strftime("%Y-%m-%d"),
        version=version("mavin"),
        llm=llm,
        model=next((row.model for row in rows if row.model), ""),
        seed=seed,
        prompts=f"{prompts.name} (sha256 {digest}…)",
        scripts=len(rows),
        scores=(
            mean_score("valid", [float(row.valid) for row in rows]),
            mean_score("all events kept", [float(row.all_kept) for row in rows]),
            mean_score(
                "share of an event's words",
                [math.nan if share is None else share for row in rows for share in row.shares],
            ),
        ),
        unquoted_lines=sum(len(row.unquoted) for row in rows),
        repeated_actions=sum(len(row.repeated) for row in rows),
        seconds_median=round(statistics.median(seconds), 2) if seconds else 0.0,
        seconds_max=max(seconds, default=0.0),
        calls=sum(row.calls for row in rows),
        peak_rss_mb=max((row.peak_rss_mb for row in rows), default=0),
        machine=f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        missed=tuple(row.id for row in rows if not row.all_kept),
    )


def table(summaries: Iterable[Summary]) -> str:
    """Summaries as a Markdown table, one a row."""
    lines = [
        "| date | llm | scripts | valid | all events kept | words of an event kept | lines not quoted "
        "| repeated actions | s a script (median, max) | peak MB |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for each in summaries:
        shown = " | ".join(f"{score.value:.1%}" for score in each.scores)
        llm = f"{each.llm} ({each.model})" if each.model else each.llm
        lines.append(
            f"| {each.date} | {llm} | {each.scripts} | {shown} | {each.unquoted_lines} | {each.repeated_actions} "
            f"| {each.seconds_median:g}, {each.seconds_max:g} | {each.peak_rss_mb} |"
        )
    return "\n".join(lines)


def record(summary: Summary, folder: Path) -> None:
    """Adds a summary to the dated results; one of the same day, model and number of scripts is replaced."""
    data = folder / "storyeval.json"
    kept = json.loads(data.read_text(encoding="utf-8")) if data.exists() else []
    key = ("date", "llm", "scripts")
    new = summary.to_json()
    kept = [old for old in kept if [old[name] for name in key] != [new[name] for name in key]] + [new]
    data.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    past = [Summary(**old | {"scores": tuple(map(Score.from_json, old["scores"]))}) for old in kept]
    notes = "\n".join(
        f"- {each.date}, {each.llm}, {each.scripts} of {each.prompts}: mavin {each.version}, seed {each.seed}, "
        f"{each.calls} calls, {each.machine}. Not all events kept: {', '.join(each.missed) or 'none'}."
        for each in past
    )
    text = (
        "# StoryEval prompts: dated results\n\n"
        "Made by `python benchmarks/storyeval.py PROMPTS --llm … --record`; its head says what is measured.\n\n"
        f"{table(past)}\n\n{notes}\n"
    )
    (folder / "storyeval.md").write_text(text, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the benchmark and returns its exit code."""
    from scripting.llm import connect

    parser = argparse.ArgumentParser(description="Scripts from StoryEval's prompts.", allow_abbrev=False)
    parser.add_argument("prompts", type=Path, help="JSONL with id, prompt and events")
    add_options(parser, "language model, as for mavin write")
    options = parser.parse_args(arguments)
    backend = None
    try:
        tasks = chosen(read_tasks(options.prompts), options.sample, options.limit, options.seed)
        if not tasks:
            raise UsageError(f"{options.prompts} must hold at least one prompt, got none.")
        done = {row.id: row for row in map(_row, kept_lines(options.out, options.llm, options.seed))}
        backend = connect(options.llm, options.model)
        write_rows(
            tasks, done, lambda task: run_task(task, backend, options.llm, options.seed), options.out, options.llm
        )
    except MavinError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    finally:
        if backend is not None:
            backend.close()
    rows = [done[task.id] for task in tasks]
    summary = summarise(rows, options.prompts, options.llm, options.seed)
    for row in rows:
        if row.error or not row.all_kept or row.unquoted or row.repeated:
            print(json.dumps(asdict(row), ensure_ascii=False))
    print(table([summary]))
    if options.record:
        record(summary, HERE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
