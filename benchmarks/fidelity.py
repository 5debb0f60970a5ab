"""Scripts that keep their word: quoted lines, speakers, times, counts, names, order, and conflicts.

    python benchmarks/fidelity.py                                   # the shipped prompts, without a model
    python benchmarks/fidelity.py stories.jsonl more.jsonl          # other prompts, with or without labels
    python benchmarks/fidelity.py --llm liar --record               # a model whose every answer is a lie
    python benchmarks/fidelity.py --llm embedded --sample 24 --groups clean,tricky --out run.jsonl --record
    python benchmarks/fidelity.py --llm embedded --groups model,tricky --conflicts-only --out run.jsonl

``prompts/README.md`` says what the labels are.  Prompts without labels must give a valid script.
Results go to ``--out`` one line at a time; the same command goes on where an interrupted one
stopped.  ``--sample`` takes so many prompts, drawn by ``--seed`` and spread over the files.
``--record`` adds a dated summary to ``fidelity.json`` and ``fidelity.md`` beside this script.

What is measured: each label against the script (how many hold); prompts that code refuses without
cause; of the conflicts that code can decide how many are found, with the right kind and one of the
clashing phrases (recall), and how many of those it reports were planted (precision); the same for
the conflicts that only a model can suspect; with ``--llm liar`` also the scripts that hold a lie.
Prompts of which the model left a question unanswered are counted: code's own words stand there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    # The repository and not this folder, in which a script bears the name of one of our packages.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks.labels import Check, Labels, checks, matches, read_labels
from benchmarks.liar import LIES, Liar
from benchmarks.resumable import add_options, chosen, kept_lines, write_rows
from mavin.errors import InvalidInputError, MavinError, UsageError
from mavin.ledger import Conflict, ConflictKind, ConflictOutcome
from mavin.request import WriteRequest

if TYPE_CHECKING:
    from scripting.llm import LlmSession
    from scripting.llm.base import Backend

HERE = Path(__file__).resolve().parent
SHIPPED = HERE / "prompts" / "prompts.jsonl"
GROUPS = ("clean", "tricky", "code", "model", "plain")


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one prompt.

    ``checks`` are (what, holds, note), ``conflicts`` as the report holds them, ``unanswered`` what the ledger says of
    questions that the model left unanswered.
    """

    id: str
    group: str
    llm: str
    model: str
    seed: int
    valid: bool
    checks: tuple[tuple[str, bool, str], ...]
    conflicts: tuple[dict[str, Any], ...]
    lies: tuple[str, ...]
    calls: int
    seconds: float
    error: str = ""
    unanswered: tuple[str, ...] = ()

    def reported(self, by: str) -> list[Conflict]:
        """The conflicts that code refused, or that a model suspects."""
        found = [Conflict.model_validate(each) for each in self.conflicts]
        bad = (ConflictOutcome.REFUSED,) if by == "code" else (ConflictOutcome.REFUSED, ConflictOutcome.SUSPECTED)
        return [each for each in found if each.by == by and each.outcome in bad]


@dataclass(frozen=True, slots=True)
class Found:
    """Conflicts of one kind: planted, found, found under another kind, reported, reported and planted."""

    by: str
    kind: str
    planted: int
    found: int
    other_kind: int
    reported: int
    right: int

    @property
    def recall(self) -> str:
        """Share of the planted ones that were found; "–" without any."""
        return f"{self.found / self.planted:.0%}" if self.planted else "–"

    @property
    def precision(self) -> str:
        """Share of the reported ones that were planted; "–" without any."""
        return f"{self.right / self.reported:.0%}" if self.reported else "–"


@dataclass(frozen=True, slots=True)
class Summary:
    """One dated run; ``held`` maps each check to (holds, looked at)."""

    date: str
    version: str
    llm: str
    model: str
    seed: int
    prompts: str
    groups: str
    count: int
    valid: int
    expected_valid: int
    false_refusals: int
    held: dict[str, tuple[int, int]]
    conflicts: tuple[Found, ...]
    lies: int
    calls: int
    seconds: float
    machine: str
    missed: tuple[str, ...]
    unanswered: int = 0


def _row(data: dict[str, Any]) -> Row:
    held = tuple((what, ok, note) for what, ok, note in data["checks"])
    lists = {name: tuple(data.get(name, ())) for name in ("conflicts", "lies", "unanswered")}
    return Row(**data | lists | {"checks": held})


def find(request: WriteRequest, session: LlmSession) -> list[Conflict]:
    """What the validator alone finds, code and model; nothing is written."""
    from scripting.agents.validator import find_conflicts
    from scripting.graph import facts_of
    from scripting.state import ScriptContext

    return find_conflicts(ScriptContext(request, facts_of(request), session))


def run_task(task: Labels, backend: Backend | None, options: argparse.Namespace) -> Row:
    """Writes the script of one prompt, or only looks for its conflicts, and holds it against its labels."""
    from scripting import write_script
    from scripting.llm import LlmSession

    session = LlmSession(backend, seed=options.seed)
    request = WriteRequest(prompt=task.prompt, seed=options.seed)
    started = time.perf_counter()
    caption, found, problem, unanswered = None, list[Conflict](), "", tuple[str, ...]()
    try:
        if options.conflicts_only:
            found = find(request, session)
            unanswered = tuple(why for _, why in session.take_unanswered().values())
        else:
            report = write_script(request, session)
            caption, found = report.caption, list(report.conflicts)
            unanswered = tuple(entry.text for entry in report.ledger if entry.kind == "model")
    except InvalidInputError as error:
        problem = str(error)
    text = caption.model_dump_json() if caption else ""
    held: Iterable[Check] = checks(caption, task) if caption and task.labelled and task.group != "code" else ()
    return Row(
        id=task.id,
        group=task.group,
        llm=options.llm,
        model=session.usage.model,
        seed=options.seed,
        valid=caption is not None
        or (
            options.conflicts_only
            and not problem
            and all(each.outcome is not ConflictOutcome.REFUSED for each in found)
        ),
        checks=tuple((check.what, check.ok, "" if check.ok else check.note) for check in held),
        conflicts=tuple(conflict.model_dump(mode="json") for conflict in found),
        lies=tuple(lie for lie in LIES if lie in text),
        calls=session.usage.calls,
        seconds=round(time.perf_counter() - started, 3),
        error=problem,
        unanswered=unanswered,
    )


def connect_to(llm: str, model: str | None) -> Backend | None:
    """The language model, ``liar`` among them; ``None`` for ``rules``."""
    from scripting.llm import connect

    return Liar() if llm == "liar" else connect(llm, model)


def false_refusal(task: Labels, row: Row) -> bool:
    """Whether code refused a prompt that holds nothing of the sort (a planted conflict may be found by code too)."""
    if row.valid or task.refused:
        return False
    refusals = row.reported("code")
    if not refusals:
        return bool(row.error)
    return not any(matches(planted, each, task.prompt) for each in refusals for planted in task.conflicts)


def failures(task: Labels, row: Row) -> Iterator[str]:
    """What does not hold, in words."""
    if task.refused and row.valid:
        yield "is written, but holds " + "; ".join(f"{each.kind}: {' × '.join(each.spans)}" for each in task.conflicts)
    elif task.refused and row.error:
        yield f"is refused without a conflict: {row.error}"
    elif task.refused:
        for planted in task.conflicts:
            if not any(matches(planted, each, task.prompt) for each in row.reported("code")):
                said = [(each.kind.value, [span.text for span in each.spans]) for each in row.reported("code")]
                yield f"is refused for {said}, not for {planted.kind}: {' × '.join(planted.spans)}"
    elif false_refusal(task, row):
        why = row.error or " ".join(each.explanation for each in row.reported("code"))
        yield f"is refused without cause: {why}"
    yield from (f"{what}: {note}" for what, ok, note in row.checks if not ok)
    if row.lies:
        yield f"holds a lie of the model: {', '.join(row.lies)}"


def count_conflicts(tasks: Sequence[Labels], rows: Sequence[Row], by: str) -> Iterator[Found]:
    """Planted and reported conflicts per kind, then all together."""
    planted, found, other, reported, right = (Counter[str]() for _ in range(5))
    for task, row in zip(tasks, rows, strict=True):
        said = row.reported(by)
        for label in task.conflicts:
            if label.decidable == by:
                kind = label.kind.value
                planted[kind] += 1
                found[kind] += any(matches(label, each, task.prompt) for each in said)
                other[kind] += not any(matches(label, each, task.prompt) for each in said) and any(
                    matches(label, each, task.prompt, any_kind=True) for each in said
                )
        for each in said:
            reported[each.kind.value] += 1
            right[each.kind.value] += any(matches(label, each, task.prompt) for label in task.conflicts)
    for kind in (kind.value for kind in ConflictKind):
        if planted[kind] or reported[kind]:
            yield Found(by, kind, planted[kind], found[kind], other[kind], reported[kind], right[kind])
    counts = (counter.total() for counter in (planted, found, other, reported, right))
    yield Found(by, "all", *counts)


def summarise(tasks: Sequence[Labels], rows: Sequence[Row], options: argparse.Namespace) -> Summary:
    """The figures of a run."""
    held: dict[str, tuple[int, int]] = {}
    for what, ok, _ in (check for row in rows for check in row.checks):
        good, looked_at = held.get(what, (0, 0))
        held[what] = good + ok, looked_at + 1
    pairs = list(zip(tasks, rows, strict=True))
    files = [f"{path.name} ({hashlib.sha256(path.read_bytes()).hexdigest()[:12]})" for path in options.prompts]
    groups = Counter(task.group for task in tasks)
    return Summary(
        date=datetime.now(UTC).strftime("%Y-%m-%d"),
        version=version("mavin"),
        llm=options.llm,
        model=next((row.model for row in rows if row.model), ""),
        seed=options.seed,
        prompts=", ".join(files),
        groups=", ".join(f"{groups[group]} {group}" for group in GROUPS if groups[group])
        + (f"; a sample of {options.sample}" if options.sample else "")
        + ("; conflicts only" if options.conflicts_only else ""),
        count=len(rows),
        valid=sum(row.valid for task, row in pairs if not task.refused),
        expected_valid=sum(not task.refused for task in tasks),
        false_refusals=sum(false_refusal(task, row) for task, row in pairs),
        held=held,
        conflicts=(
            *count_conflicts(tasks, rows, "code"),
            *(count_conflicts(tasks, rows, "model") if options.llm != "rules" else ()),
        ),
        lies=sum(bool(row.lies) for row in rows),
        calls=sum(row.calls for row in rows),
        seconds=round(sum(row.seconds for row in rows), 1),
        machine=f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        missed=tuple(row.id for task, row in pairs if any(failures(task, row))),
        unanswered=sum(bool(row.unanswered) for row in rows),
    )


def tables(summary: Summary) -> str:
    """A summary as Markdown."""
    llm = f"{summary.llm} ({summary.model})" if summary.model else summary.llm
    lines = [
        f"## {summary.date}, {llm}, {summary.groups}",
        "",
        f"{summary.prompts}; mavin {summary.version}, seed {summary.seed}, {summary.calls} calls, "
        f"{summary.seconds:g} s, {summary.machine}.",
        "",
        "| what must hold | holds | of | share |",
        "| --- | ---: | ---: | ---: |",
    ]
    rows = {"a valid script where one is due": (summary.valid, summary.expected_valid), **summary.held}
    lines += [f"| {what} | {good} | {total} | {good / max(total, 1):.1%} |" for what, (good, total) in rows.items()]
    lines += [
        "",
        f"Refused by code without cause: {summary.false_refusals}. "
        f"Scripts that hold a lie of the model: {summary.lies}. "
        f"Prompts of which the model left a question unanswered: {summary.unanswered}.",
        "",
        "| conflicts | kind | planted | found | under another kind | recall | reported | right | precision |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| by {each.by} | {each.kind} | {each.planted} | {each.found} | {each.other_kind} | {each.recall} "
        f"| {each.reported} | {each.right} | {each.precision} |"
        for each in summary.conflicts
    ]
    return "\n".join([*lines, "", f"Something does not hold: {', '.join(summary.missed) or 'nowhere'}."])


def record(summary: Summary, folder: Path) -> None:
    """Adds a summary to the dated results; an older one of the same model and groups of prompts is replaced."""
    data = folder / "fidelity.json"
    kept = json.loads(data.read_text(encoding="utf-8")) if data.exists() else []
    key = ("llm", "groups")
    new = json.loads(json.dumps(asdict(summary)))
    kept = [old for old in kept if [old[name] for name in key] != [new[name] for name in key]] + [new]
    data.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    past = [
        Summary(
            **old
            | {
                "held": {what: (good, total) for what, (good, total) in old["held"].items()},
                "conflicts": tuple(Found(**each) for each in old["conflicts"]),
                "missed": tuple(old["missed"]),
            }
        )
        for old in kept
    ]
    head = (
        "# Scripts that keep their word: dated results\n\n"
        "Made by `python benchmarks/fidelity.py … --record`; its head says what is measured, "
        "`prompts/README.md` what the labels are. `liar` is a model whose every answer is a lie.\n"
    )
    text = "\n".join([head, *(tables(each) + "\n" for each in past)])
    (folder / "fidelity.md").write_text(text, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the benchmark and returns its exit code."""
    parser = argparse.ArgumentParser(description="Scripts against labelled prompts.", allow_abbrev=False)
    parser.add_argument("prompts", type=Path, nargs="*", help="JSONL files (default: the shipped prompts)")
    add_options(parser, "language model, as for mavin write, or liar")
    parser.add_argument("--groups", default=",".join(GROUPS), help=f"some of {','.join(GROUPS)} (default: all)")
    parser.add_argument("--conflicts-only", action="store_true", help="ask the model for conflicts, and no more")
    options = parser.parse_args(arguments)
    options.prompts = options.prompts or [SHIPPED]
    backend = None
    try:
        wanted = set(options.groups.split(","))
        if not wanted <= set(GROUPS):
            raise UsageError(f"--groups must be some of {','.join(GROUPS)}, got {options.groups}.")
        every = [task for path in options.prompts for task in read_labels(path) if task.group in wanted]
        tasks = chosen(every, options.sample, options.limit, options.seed)
        if not tasks:
            raise UsageError(f"The prompts must hold at least one of --groups {options.groups}, got none.")
        done = {row.id: row for row in map(_row, kept_lines(options.out, options.llm, options.seed))}
        backend = connect_to(options.llm, options.model)
        write_rows(tasks, done, lambda task: run_task(task, backend, options), options.out, options.llm)
    except MavinError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    finally:
        if backend is not None:
            backend.close()
    rows = [done[task.id] for task in tasks]
    for task, row in zip(tasks, rows, strict=True):
        for failure in failures(task, row):
            print(f"{task.id}: {failure}")
    summary = summarise(tasks, rows, options)
    print(tables(summary))
    if options.record:
        record(summary, HERE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
