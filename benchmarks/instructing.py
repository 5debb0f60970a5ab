"""Loose instructions on a six-shot film: how many a model does, and that none of them ever touches anything else.

    python benchmarks/instructing.py               # with MAVIN_LLM, else embedded
    python benchmarks/instructing.py --record      # and add a dated summary to instructing.json and instructing.md

Two sets of ten: the agent was made with ``instructions/loose.json``; ``instructions/fresh.json`` was written afterwards
and first run before anything was mended for it (instructing.md tells how that went).  Each case tells what ``may``
change (patterns of paths), what ``must`` hold of the new values (a pattern, or a number to be above or below) or of
``any`` of them, and what is locked.  An instruction is done if all of that holds; anything else that changes is counted
as touched, and makes this script fail.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    # The repository and not this folder, in which a script bears the name of one of our packages.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from mavin.api import Editor
from mavin.caption import load_caption
from mavin.edits import Change, changes_between, flat_of
from mavin.errors import MavinError
from mavin.film import Film, FilmState

HERE = Path(__file__).resolve().parent
SCENE = HERE / "instructions" / "scene.json"
SETS = ("loose", "fresh")
"""The ten that the agent was made with, and ten that were written afterwards."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one instruction.

    Attributes:
        instruction: the words.
        done: whether everything that must hold does.
        touched: paths that changed and were not asked for.
        changes: path → the new value.
        missing: what must hold and does not, or why nothing was proposed.
        seconds: how long it took.
    """

    instruction: str
    done: bool
    touched: tuple[str, ...]
    changes: dict[str, Any]
    missing: str
    seconds: float


def cases(name: str) -> list[dict[str, Any]]:
    """The instructions of a set with what may and must change."""
    found: list[dict[str, Any]] = json.loads((HERE / "instructions" / f"{name}.json").read_text(encoding="utf-8"))
    return found


def judge(case: dict[str, Any], changes: dict[str, Change], why: str = "", seconds: float = 0.0) -> Outcome:
    """Whether what changed is what was asked for."""
    now = {path: change.now for path, change in changes.items()}
    touched = tuple(path for path in now if not any(re.fullmatch(pattern, path) for pattern in case["may"]))
    missing = [f"{path} {wanted}" for path, wanted in case.get("must", {}).items() if not _holds(now.get(path), wanted)]
    choice = case.get("any", {})
    if choice and not any(_holds(now.get(path), wanted) for path, wanted in choice.items()):
        missing.append(" or ".join(f"{path} {wanted}" for path, wanted in choice.items()))
    return Outcome(case["instruction"], not missing and not touched, touched, now, why or "; ".join(missing), seconds)


def _holds(value: Any, wanted: str) -> bool:
    if value is None:
        return False
    if bound := re.fullmatch(r"([<>]) (\d+)", wanted):
        return int(value) < int(bound[2]) if bound[1] == "<" else int(value) > int(bound[2])
    return re.search(wanted, str(value), re.IGNORECASE) is not None


def ask(case: dict[str, Any], editor: Editor) -> Outcome:
    """Gives one instruction on the untouched scene, saves what is proposed, judges the film, and takes it back."""
    film = editor.film
    before = film.state
    begun = time.monotonic()
    why = ""
    try:
        film.save_state(
            FilmState(before.title, before.clips, tuple(f"K1.{lock}" for lock in case.get("locks", ()))), {"op": "edit"}
        )
        editor.propose(case["instruction"]).save()
    except MavinError as error:
        why = str(error)
    changes = changes_between(flat_of(before.clips[0].caption), flat_of(Film.open(film.path).caption))
    outcome = judge(case, changes, why, round(time.monotonic() - begun, 1))
    film.save_state(before, {"op": "restore"})
    return outcome


def ask_all(folder: Path, name: str, llm: str | None, model: str | None = None, seed: int = 0) -> list[Outcome]:
    """All instructions of a set with one model."""
    film = Film.create(folder / "asked.mavin", [load_caption(SCENE.read_bytes())], op={"op": "new"}, force=True)
    with Editor(film, llm=llm, model=model, seed=seed) as editor:
        return [ask(case, editor) for case in cases(name)]


def main() -> int:
    """Measures, prints, and records if asked to; 1 if an instruction touched what it was not asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--llm", metavar="URI", help="the model; MAVIN_LLM, else embedded, if left out")
    parser.add_argument("--model", metavar="NAME")
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    parser.add_argument("--sets", nargs="+", choices=SETS, default=SETS, metavar="SET")
    parser.add_argument("--record", action="store_true", help="add a dated summary beside this script")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        sets = {each: ask_all(Path(name), each, options.llm, options.model, options.seed) for each in options.sets}
    summary = [line for each, found in sets.items() for line in (f"{each}: {lines(found)[0]}", *lines(found)[1:], "")]
    outcomes = [outcome for found in sets.values() for outcome in found]
    print("\n".join(summary))
    if options.record:
        record(outcomes, summary, options.llm or os.environ.get("MAVIN_LLM") or "embedded")
    return 1 if any(outcome.touched for outcome in outcomes) else 0


def lines(outcomes: list[Outcome]) -> list[str]:
    """The table of a record."""
    done = sum(outcome.done for outcome in outcomes)
    touched = sum(bool(outcome.touched) for outcome in outcomes)
    rows = ["| instruction | done | what changed | seconds |", "| --- | --- | --- | --- |"]
    for outcome in outcomes:
        shown = list(outcome.changes.items())
        words = "; ".join(f"`{path}` {_short(value)}" for path, value in shown[:3])
        words += f"; and {len(shown) - 3} more" if len(shown) > 3 else ""
        missing = "" if outcome.done else f" missing: {outcome.missing}".replace("|", "/")
        shown_words = words.replace("|", "/") + missing
        rows.append(
            f"| {outcome.instruction} | {'yes' if outcome.done else 'no'} | {shown_words} | {outcome.seconds:.0f} |"
        )
    return [f"{done} of {len(outcomes)} done; {touched} touched anything that was not asked for.", "", *rows]


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 90 else f"{text[:88]}…"


def record(outcomes: list[Outcome], summary: list[str], llm: str) -> None:
    """Adds the outcomes, dated, to the records beside this script."""
    date = datetime.now(UTC).date().isoformat()
    where = f"mavin {version('mavin')}, {llm}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    data = HERE / "instructing.json"
    known = json.loads(data.read_text(encoding="utf-8")) if data.exists() else []
    known.append({"date": date, "where": where, "outcomes": [asdict(outcome) for outcome in outcomes]})
    data.write_text(json.dumps(known, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    page = HERE / "instructing.md"
    made = (
        "Made by `python benchmarks/instructing.py --record`; its head says what is measured.\n\n"
        "The patterns judge words, not taste: whether an ending is sadder is for you to read in the table."
    )
    text = page.read_text(encoding="utf-8") if page.exists() else f"# Loose instructions: dated results\n\n{made}\n"
    page.write_text(f"{text}\n## {date}: {where}\n\n" + "\n".join(summary) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
