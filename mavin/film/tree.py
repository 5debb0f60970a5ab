"""The history as a tree: steps and their parents, branches, and where undo and redo lead.

    r1 ── r2 ── r3 ── r4          main, its tip
           │     ▲
           │     └ r5 undo: the film is at r3 again; redo leads to r4
           └── r7 ── r8           night, begun at r2 by r6

A step that was undone stays reachable: redo until something else is done, after that by its number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mavin.edits import Change, changes_between
from mavin.errors import FilmError, UsageError
from mavin.film import history
from mavin.film.model import HistoryEntry
from mavin.film.reading import parse_entry
from mavin.film.state import FilmState

__all__ = ["Branch", "HistoryTree", "Step"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a state of the film and how it came to be."""

    rev: int
    parent: int | None
    branch: str
    time: str
    op: Mapping[str, Any]


@dataclass(slots=True)
class Branch:
    """A named line of steps: the step that it is at, and the last one that redo can lead to."""

    name: str
    head: int
    tip: int


class HistoryTree:
    """All steps of a film.

    Attributes:
        steps: number → step, the oldest first.
        branches: name → branch, in the order in which they were made.
        current: name of the branch that the film is on.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = 0
        self._inode = 0
        self._raw: dict[int, Mapping[str, Any]] = {}
        self._holds: dict[int, int] = {}
        self.steps: dict[int, Step] = {}
        self.branches: dict[str, Branch] = {}
        self.current = "main"

    @classmethod
    def load(cls, path: Path) -> HistoryTree:
        """Reads the history of a film.

        Raises:
            OSError: if it cannot be read.
        """
        return cls(path).refreshed()

    def refreshed(self) -> HistoryTree:
        """The tree with what has been appended since it was read, or another where the history was replaced.

        Raises:
            OSError: if it cannot be read.
        """
        log = self._path / "history.jsonl"
        found = log.stat() if log.exists() else None
        if found is None or (self._inode and found.st_ino != self._inode) or found.st_size < self._read:
            return self if self._read == 0 and found is None else HistoryTree.load(self._path)
        part = history.read_from(log, self._read)
        self._read, self._inode = part.end, found.st_ino
        for entry in part.entries:
            self._add(entry)
        return self

    def _add(self, entry: Mapping[str, Any]) -> None:
        rev, head, branch = entry.get("rev"), entry.get("head"), str(entry.get("branch", "main"))
        if not isinstance(rev, int):
            return
        self.current = branch
        kind = entry.get("op", {}).get("op") if isinstance(entry.get("op"), dict) else None
        if head is None:
            parent = entry.get("parent")
            self._raw[rev] = entry
            # A parent that is not there was lost with an older history; there is nothing to go back to.
            known = parent if isinstance(parent, int) and parent in self._raw and parent < rev else None
            self.steps[rev] = Step(rev, known, branch, str(entry.get("time", "")), entry.get("op", {}))
            head, tip = rev, rev
        else:
            old = self.branches.get(branch)
            tip = old.tip if old is not None and kind in ("undo", "redo", "switch") else head
        self._holds[rev] = head
        self.branches[branch] = Branch(branch, head, tip)

    def resolve(self, name: str | int) -> int:
        """The step that a number (``12``, ``r12``), a branch's name, ``head``, or ``head~2`` stands for.

        Raises:
            UsageError: if there is none.
        """
        text = str(name).strip()
        base, tilde, back = text.partition("~")
        number = base[1:] if base[:1] in "rR" else base
        if base in self.branches:
            step: int | None = self.branches[base].head
        elif base.lower() in ("head", "now", "@"):
            step = self.branches[self.current].head if self.branches else None
        else:
            step = self._holds.get(int(number)) if number.isascii() and number.isdigit() else None
        steps = int(back) if back.isascii() and back.isdigit() else 1 if tilde and not back else 0 if not tilde else -1
        while step is not None and steps > 0:
            step, steps = self.steps[step].parent if step in self.steps else None, steps - 1
        if step is None or step not in self.steps or steps:
            newest = max(self._holds, default=0)
            raise UsageError(
                f"A revision must be a number from 1 to {newest}, a branch ({', '.join(self.branches) or 'main'}), "
                f"head or head~2, got {text!r}. See them with: mavin history {self._path}"
            )
        return step

    def parent(self, step: int) -> int | None:
        """The step before, ``None`` at the beginning."""
        found = self.steps.get(step)
        return found.parent if found is not None else None

    def redo(self, branch: str) -> int | None:
        """The step that redo leads to, ``None`` where nothing was undone."""
        line = self.branches.get(branch)
        step = line.tip if line is not None else None
        while line is not None and step is not None:
            parent = self.parent(step)
            if parent == line.head:
                return step
            step = parent
        return None

    def between(self, older: int, newer: int) -> tuple[Step, ...] | None:
        """The steps that lead from one to the other, the first first; ``None`` if none do."""
        found: list[Step] = []
        step: int | None = newer
        while step is not None and step != older:
            if step not in self.steps:
                return None
            found.append(self.steps[step])
            step = self.steps[step].parent
        return tuple(reversed(found)) if step == older else None

    def state(self, step: int) -> FilmState:
        """The film at a step.

        Raises:
            FilmError: if the history is damaged there.
            InvalidCaptionError: if the script is.
        """
        changes: list[Mapping[str, Change]] = []
        at: int | None = step
        while at is not None and at in self._raw:
            entry = self._entry(at)
            if entry.snapshot is not None:
                state = FilmState.of_snapshot(self._path, entry.snapshot)
                return state.changed(self._path, changes[::-1]) if changes else state
            changes.append(entry.changes or {})
            at = entry.parent
        raise FilmError(
            f"{self._path.name}/history.jsonl must hold what revision {step} was made on, but it does not. "
            "The film itself is whole; only this step cannot be reached."
        )

    def snapshots_back(self, step: int, holds: Callable[[FilmState], bool]) -> int | None:
        """The oldest step on the way back for which something holds that only steps with a snapshot change.

        Raises:
            FilmError, InvalidCaptionError: if the history is damaged.
        """
        found: int | None = None
        at: int | None = step
        while at is not None and at in self._raw:
            if self._raw[at].get("snapshot") is not None:
                if not holds(self.state(at)):
                    return found
                found = at
            at = self.parent(at)
        return found

    def changed_paths(self, step: int) -> tuple[str, ...]:
        """The paths that a step changed, as ``K1.<path>``.

        Raises:
            FilmError, InvalidCaptionError: if the history is damaged.
        """
        entry = self._entry(step)
        if entry.changes is not None:
            return tuple(entry.changes)
        before = self.state(entry.parent).flat() if entry.parent is not None else {}
        return tuple(changes_between(before, self.state(step).flat()))

    def _entry(self, rev: int) -> HistoryEntry:
        entry = parse_entry(self._path, dict(self._raw[rev]))
        assert entry is not None
        return entry
