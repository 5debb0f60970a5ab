"""What editing costs, and whether exact instructions are obeyed: a six-shot film, 1,000 edits, 10,000 history entries.

    python benchmarks/editing.py             # print
    python benchmarks/editing.py --record    # and add a dated summary to editing.json and editing.md

What is measured:
- an edit: applied and saved, history and files on the disk, over 1,000 edits of every kind (target: under 20 ms),
  beside what this disk takes to make a file of that size durable (a lower bound that no program can beat);
- a film with 10,000 history entries: seconds to open, to read its whole tree, and to undo a step (target: under 1 s);
- the ten exact instructions of ``instructions/exact.json``: each has the script that must come out, field by field,
  and nothing else may change.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from unittest import mock

if __name__ == "__main__":
    # The repository and not this folder, in which a script bears the name of one of our packages.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from mavin import edits
from mavin.api import edit, propose
from mavin.caption import HierarchicalCaption, load_caption
from mavin.edits import EditError, Operation, changes_between, flat_of
from mavin.errors import MavinError
from mavin.film import Film

HERE = Path(__file__).resolve().parent
SCENE = HERE / "instructions" / "scene.json"
EXACT = HERE / "instructions" / "exact.json"
EDITS, ENTRIES = 1_000, 10_000
EDIT_TARGET_MS, OPEN_TARGET_S = 20.0, 1.0


@dataclass(frozen=True, slots=True)
class Figures:
    """The results: milliseconds an edit, seconds for a long history, instructions obeyed."""

    edits: int
    median_ms: float
    p95_ms: float
    worst_ms: float
    cpu_median_ms: float
    cpu_p95_ms: float
    apply_ms: float
    disk_ms: float
    entries: int
    megabytes: float
    open_s: float
    tree_s: float
    undo_s: float
    exact: int
    asked: int


@dataclass(frozen=True, slots=True)
class Answer:
    """One instruction, and what came out; ``wrong`` is empty where that is right."""

    instruction: str
    wrong: str


def scene() -> HierarchicalCaption:
    """The six-shot film that is edited."""
    return load_caption(SCENE.read_bytes())


def some_edit(luck: random.Random, number: int) -> Operation:
    """An edit of any kind; some cannot be made when their turn comes."""
    shot, line = f"S{luck.randint(1, 6)}", f"L{luck.randint(1, 4)}"
    start = luck.randint(0, 110) * 100
    makers: tuple[Callable[[], Operation], ...] = (
        lambda: edits.RetimeLine(line=line, start_ms=start, end_ms=start + luck.randint(8, 20) * 100),
        lambda: edits.RewordLine(line=line, text=f"Words number {number}."),
        lambda: edits.MoveCut(shot=shot, to_ms=start, mode=luck.choice(["roll", "ripple"])),
        lambda: edits.StretchShot(shot=shot, length_ms=luck.randint(8, 30) * 100, mode="hold"),
        lambda: edits.SetText(path=f"shots.{shot}.action", text=f"Something else happens, {number}."),
        lambda: edits.SetCamera(shot=shot, size=luck.choice(["wide", "medium", "close_up"])),
        lambda: edits.ReorderShots(order=tuple(luck.sample([f"S{n}" for n in range(1, 7)], 6))),
        lambda: edits.RenameRole(role="C1", name=f"Mara {number}"),
        lambda: edits.SetOverride(role="C2", shot=shot, voice=f"voice {number}"),
        lambda: edits.SetDuration(duration_ms=luck.randint(110, 150) * 100),
    )
    return luck.choice(makers)()


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of each edit: applied and saved, by the clock and in this process, and of applying alone."""

    clock: list[float]
    cpu: list[float]
    applying: list[float]


def time_edits(folder: Path, count: int) -> Times:
    """Makes so many edits and times each."""
    film = Film.create(folder / "edits.mavin", [scene()], op={"op": "new"})
    luck = random.Random(1)
    times = Times([], [], [])
    while len(times.clock) < count:
        op = some_edit(luck, len(times.clock))
        begun = time.perf_counter()
        try:
            edits.apply(film.caption, op)
        except EditError:
            continue
        applying = (time.perf_counter() - begun) * 1000
        rev, begun, worked = film.rev, time.perf_counter(), time.process_time()
        edit(film, op)
        if film.rev > rev:
            times.clock.append((time.perf_counter() - begun) * 1000)
            times.cpu.append((time.process_time() - worked) * 1000)
            times.applying.append(applying)
    return times


def _p95(values: list[float]) -> float:
    return sorted(values)[len(values) * 95 // 100]


def disk_ms(folder: Path, repeats: int = 100) -> float:
    """Median milliseconds that this disk takes to append a line and replace a file, both durable: an edit's least."""
    line, data, found = b"x" * 900, b"x" * 6_000, []
    with (folder / "log").open("ab") as log:
        for _ in range(repeats):
            begun = time.perf_counter()
            log.write(line)
            log.flush()
            os.fsync(log.fileno())
            with (folder / "temp").open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            (folder / "temp").replace(folder / "file")
            found.append((time.perf_counter() - begun) * 1000)
    return statistics.median(found)


def long_history(folder: Path, entries: int) -> tuple[float, float, float, float]:
    """Megabytes of so long a history, and seconds to open its film, read its tree, and undo a step."""
    path = folder / "long.mavin"
    film = Film.create(path, [scene()], op={"op": "new"})
    with mock.patch("os.fsync"):  # it is only being made; what is measured below writes as always
        for number in range(entries - 1):
            edit(film, edits.RewordLine(line=f"L{number % 4 + 1}", text=f"Words number {number}."))
    begun = time.perf_counter()
    film = Film.open(path)
    opened = time.perf_counter()
    tree = film.tree()
    read = time.perf_counter()
    film.undo()
    undone = time.perf_counter()
    assert len(tree.steps) == entries
    return (path / "history.jsonl").stat().st_size / 1e6, opened - begun, read - opened, undone - read


def ask(instruction: str, expected: dict[str, Any], locks: list[str], folder: Path) -> Answer:
    """Gives an instruction and compares the outcome with what must come out, field by field."""
    film = Film.create(folder / "asked.mavin", [scene()], op={"op": "new"}, force=True)
    before = flat_of(film.caption)
    try:
        propose(film, instruction, llm="rules").save()
    except MavinError as error:
        return Answer(instruction, str(error))
    after = Film.open(film.path)
    changed = {path: change.now for path, change in changes_between(before, flat_of(after.caption)).items()}
    wrong = [
        f"{path}: {changed.get(path)!r}" for path in {*changed, *expected} if changed.get(path) != expected.get(path)
    ]
    if sorted(after.locks) != sorted(f"K1.{lock}" for lock in locks):
        wrong.append(f"locks: {', '.join(after.locks)}")
    return Answer(instruction, "; ".join(sorted(wrong)))


def ask_all(folder: Path) -> list[Answer]:
    """All exact instructions, each on the untouched scene."""
    cases = json.loads(EXACT.read_text(encoding="utf-8"))
    return [ask(case["instruction"], case["changes"], case.get("locks", []), folder) for case in cases]


def main() -> int:
    """Measures, prints, and records if asked to; 1 if an exact instruction was not obeyed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", action="store_true", help="add a dated summary beside this script")
    parser.add_argument("--edits", type=int, default=EDITS, metavar="N")
    parser.add_argument("--entries", type=int, default=ENTRIES, metavar="N")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        answers = ask_all(folder)
        times = time_edits(folder, options.edits)
        disk = disk_ms(folder)
        megabytes, opened, tree, undo = long_history(folder, options.entries)
    figures = Figures(
        edits=len(times.clock),
        median_ms=statistics.median(times.clock),
        p95_ms=_p95(times.clock),
        worst_ms=max(times.clock),
        cpu_median_ms=statistics.median(times.cpu),
        cpu_p95_ms=_p95(times.cpu),
        apply_ms=statistics.median(times.applying),
        disk_ms=disk,
        entries=options.entries,
        megabytes=megabytes,
        open_s=opened,
        tree_s=tree,
        undo_s=undo,
        exact=sum(not answer.wrong for answer in answers),
        asked=len(answers),
    )
    for answer in answers:
        print(f"{'wrong' if answer.wrong else 'right'}  {answer.instruction}  {answer.wrong}".rstrip())
    summary = lines(figures)
    print("\n".join(summary))
    if options.record:
        record(figures, summary)
    return 0 if figures.exact == figures.asked else 1


def lines(figures: Figures) -> list[str]:
    """The table of a record."""

    def met(good: bool) -> str:
        return "met" if good else "missed"

    return [
        "| what | result | target | |",
        "| --- | --- | --- | --- |",
        f"| an edit applied and saved, median (95%, worst) of {figures.edits:,} | {figures.median_ms:.1f} ms "
        f"({figures.p95_ms:.1f}, {figures.worst_ms:.0f}) | < {EDIT_TARGET_MS:.0f} ms | "
        f"{met(figures.p95_ms < EDIT_TARGET_MS)} |",
        f"| of that, the program's own work, median (95%) | {figures.cpu_median_ms:.1f} ms "
        f"({figures.cpu_p95_ms:.1f}) | | |",
        f"| of that, applying and checking it | {figures.apply_ms:.1f} ms | | |",
        f"| what this disk alone takes to make it durable | {figures.disk_ms:.1f} ms | | |",
        f"| open a film with {figures.entries:,} history entries ({figures.megabytes:.1f} MB) "
        f"| {figures.open_s:.3f} s | < {OPEN_TARGET_S:.0f} s | {met(figures.open_s < OPEN_TARGET_S)} |",
        f"| read its whole tree; undo a step of it | {figures.tree_s:.3f} s; {figures.undo_s:.3f} s | "
        f"< {OPEN_TARGET_S:.0f} s | {met(max(figures.tree_s, figures.undo_s) < OPEN_TARGET_S)} |",
        f"| exact instructions obeyed exactly, without a model | {figures.exact} of {figures.asked} | all | "
        f"{met(figures.exact == figures.asked)} |",
    ]


def record(figures: Figures, summary: list[str]) -> None:
    """Adds the figures, dated, to the records beside this script."""
    load = os.getloadavg()[0]
    date = datetime.now(UTC).date().isoformat()
    where = (
        f"mavin {version('mavin')}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load:.0f}"
    )
    data = HERE / "editing.json"
    known = json.loads(data.read_text(encoding="utf-8")) if data.exists() else []
    known.append({"date": date, "where": where, **asdict(figures)})
    data.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
    page = HERE / "editing.md"
    made = "Made by `python benchmarks/editing.py --record`; its head says what is measured."
    head = f"# What editing costs: dated results\n\n{made}\n"
    text = page.read_text(encoding="utf-8") if page.exists() else head
    page.write_text(f"{text}\n## {date}: {where}\n\n" + "\n".join(summary) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
