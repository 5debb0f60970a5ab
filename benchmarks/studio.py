"""How fast the studio answers: a real server on a real socket, a six-shot film, one browser's worth of requests.

    python benchmarks/studio.py             # print
    python benchmarks/studio.py --record    # and add a dated summary to studio.json and studio.md

What is measured:
- a drag: ``POST /api/check``, which tries operations and tells what they would make, while nothing else goes on and
  while a preview of the same film is drawn (target: under 50 ms);
- a change made and saved, and the whole film read;
- how long after a terminal's edit the page is told of it;
- the same drag on a film with 10,000 history entries, and the first look at it (target: under a second).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from unittest import mock

if __name__ == "__main__":
    # The repository and not this folder, in which a script bears the name of one of our packages.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

import httpx

from mavin.api import edit
from mavin.caption import load_caption
from mavin.edits import RewordLine
from mavin.film import Film

HERE = Path(__file__).resolve().parent
SCENE = HERE / "instructions" / "scene.json"
DRAGS, CHANGES, ENTRIES, EDITS = 500, 100, 10_000, 20
DRAG_TARGET_MS, FIRST_TARGET_MS = 50.0, 1000.0


@dataclass(frozen=True, slots=True)
class Answers:
    """Milliseconds that answers took: median, 95%, the worst, and how many were asked for."""

    median_ms: float
    p95_ms: float
    worst_ms: float
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The results."""

    drag: Answers
    drag_while_drawing: Answers
    drag_long_history: Answers
    change: Answers
    film: Answers
    told: Answers
    first_long_ms: float


def timed(action: Callable[[], Any], count: int, until: Callable[[], bool] = lambda: False) -> Answers:
    """Does something so often, or until something is so, and times each."""
    found: list[float] = []
    while len(found) < count and not until():
        begun = time.perf_counter()
        action()
        found.append((time.perf_counter() - begun) * 1000)
    if len(found) < 2:
        raise SystemExit("What was to go on meanwhile was over at once; nothing was measured.")
    return Answers(statistics.median(found), sorted(found)[len(found) * 95 // 100], max(found), len(found))


@contextmanager
def studio(film: Path) -> Iterator[httpx.Client]:
    """A studio in a process of its own, and a client that keeps its connection, as a browser does."""
    command = [sys.executable, "-m", "mavin", "studio", str(film), "--no-open", "--json", "--llm", "rules"]
    environment = os.environ | {"PYTHONPATH": str(HERE.parent)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    text = ""
    for line in process.stdout:
        text += line
        if line.startswith("}"):
            break
    told = json.loads(text)
    try:
        with httpx.Client(
            base_url=told["origin"], headers={"Authorization": f"Bearer {told['token']}"}, timeout=60
        ) as client:
            yield client
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=15)


def drag(client: httpx.Client, luck: random.Random, rev: int) -> Callable[[], None]:
    """One movement of the pointer: a line's time, or a cut's by roll or ripple."""

    def move() -> None:
        start = luck.randrange(0, 10_000, 40)
        line = {"op": "retime_line", "line": f"L{luck.randint(1, 4)}", "start_ms": start, "end_ms": start + 1_200}
        cut = {"op": "move_cut", "shot": f"S{luck.randint(2, 6)}", "to_ms": start + 400}
        operation = luck.choice([line, cut, cut | {"mode": "ripple"}])
        client.post("/api/check", json={"rev": rev, "operations": [operation]}).raise_for_status()

    return move


def while_drawing(client: httpx.Client, luck: random.Random, rev: int) -> Answers:
    """Drags while a preview is drawn."""
    job = client.post("/api/preview", json={}).raise_for_status().json()["id"]
    looked = [0.0]
    over = [False]

    def is_over() -> bool:
        if time.perf_counter() - looked[0] > 0.5:
            looked[0] = time.perf_counter()
            over[0] = client.get(f"/api/jobs/{job}").json()["state"] not in ("waiting", "running")
        return over[0]

    while client.get(f"/api/jobs/{job}").json()["progress"] <= 0:
        time.sleep(0.05)
    found = timed(drag(client, luck, rev), DRAGS, is_over)
    client.delete(f"/api/jobs/{job}")
    return found


def changes(client: httpx.Client) -> Callable[[], None]:
    """Makes and saves one operation after another, as typing would."""
    state = {"rev": client.get("/api/film").json()["rev"], "number": 0}

    def change() -> None:
        state["number"] += 1
        words = {"op": "reword_line", "line": "L1", "text": f"Words number {state['number']}."}
        answer = client.post("/api/operations", json={"rev": state["rev"], "operations": [words]}).raise_for_status()
        state["rev"] = answer.json()["rev"]

    return change


def told_after(client: httpx.Client, path: Path) -> Answers:
    """From the moment that another program has saved the film to the event in the page."""
    found = []
    with client.stream("GET", "/api/events") as stream:
        lines = (line for line in stream.iter_lines() if line.startswith('data: {"version"'))
        next(lines)
        for number in range(EDITS):
            film = edit(path, RewordLine(line="L2", text=f"From a terminal, {number}."))
            begun = time.perf_counter()
            while json.loads(next(lines).removeprefix("data: "))["rev"] < film.rev:
                pass
            found.append((time.perf_counter() - begun) * 1000)
    return Answers(statistics.median(found), sorted(found)[len(found) * 95 // 100], max(found), len(found))


def measure(folder: Path) -> Figures:
    """All of it."""
    luck = random.Random(1)
    path = folder / "scene.mavin"
    Film.create(path, [load_caption(SCENE.read_bytes())], op={"op": "new"})
    long = folder / "long.mavin"
    film = Film.create(long, [load_caption(SCENE.read_bytes())], op={"op": "new"})
    with mock.patch("os.fsync"):  # it is only being made
        for number in range(ENTRIES - 1):
            edit(film, RewordLine(line=f"L{number % 4 + 1}", text=f"Words number {number}."))
    with studio(path) as client:
        client.get("/api/film")
        alone = timed(drag(client, luck, 1), DRAGS)
        drawing = while_drawing(client, luck, 1)
        change = timed(changes(client), CHANGES)
        read = timed(lambda: client.get("/api/film").raise_for_status(), CHANGES)
        told = told_after(client, path)
    with studio(long) as client:
        client.get("/api/vocabulary")
        begun = time.perf_counter()
        client.get("/api/film").raise_for_status()
        first = (time.perf_counter() - begun) * 1000
        behind = timed(drag(client, luck, ENTRIES), DRAGS)
    return Figures(alone, drawing, behind, change, read, told, first)


def lines(figures: Figures) -> list[str]:
    """The table of a record."""
    rows = [
        ("a drag", figures.drag, DRAG_TARGET_MS),
        ("a drag while a preview is drawn", figures.drag_while_drawing, DRAG_TARGET_MS),
        (f"a drag in a film with {ENTRIES:,} history entries", figures.drag_long_history, DRAG_TARGET_MS),
        ("a change made, saved and shown", figures.change, None),
        ("the whole film read, with its findings and fixes", figures.film, None),
        ("a terminal's edit until the page is told", figures.told, None),
    ]
    table = ["| what | median (95%, worst) | of | target | |", "| --- | --- | --- | --- | --- |"]
    for what, each, target in rows:
        met = "" if target is None else "met" if each.p95_ms < target else "missed"
        wanted = "" if target is None else f"< {target:.0f} ms"
        table.append(
            f"| {what} | {each.median_ms:.1f} ms ({each.p95_ms:.1f}, {each.worst_ms:.0f}) | {each.count} | {wanted} "
            f"| {met} |"
        )
    first = figures.first_long_ms
    table.append(
        f"| the first look at a film with {ENTRIES:,} history entries | {first:.0f} ms | 1 "
        f"| < {FIRST_TARGET_MS:.0f} ms | {'met' if first < FIRST_TARGET_MS else 'missed'} |"
    )
    return table


def record(figures: Figures, summary: list[str]) -> None:
    """Adds the figures, dated, to the records beside this script."""
    date, load = datetime.now(UTC).date().isoformat(), os.getloadavg()[0]
    where = (
        f"mavin {version('mavin')}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load:.0f}"
    )
    data = HERE / "studio.json"
    known = json.loads(data.read_text(encoding="utf-8")) if data.exists() else []
    known.append({"date": date, "where": where, **asdict(figures)})
    data.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
    page = HERE / "studio.md"
    made = "Made by `python benchmarks/studio.py --record`; its head says what is measured."
    head = f"# How fast the studio answers: dated results\n\n{made}\n"
    text = page.read_text(encoding="utf-8") if page.exists() else head
    page.write_text(f"{text}\n## {date}: {where}\n\n" + "\n".join(summary) + "\n", encoding="utf-8")


def main() -> int:
    """Measures, prints, and records if asked to; 1 if a drag takes too long."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", action="store_true", help="add a dated summary beside this script")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        figures = measure(Path(name))
    summary = lines(figures)
    print("\n".join(summary))
    if options.record:
        record(figures, summary)
    drags = (figures.drag, figures.drag_while_drawing, figures.drag_long_history)
    return 0 if all(each.p95_ms < DRAG_TARGET_MS for each in drags) else 1


if __name__ == "__main__":
    sys.exit(main())
