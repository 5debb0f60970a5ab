"""Where undo, redo, restore and branches lead: the state that is to be saved next, read from the history.

    tree, step the film is at ─▶ undone, redone, restored, branched ─▶ Move ─▶ Film.save_state

Nothing is written here, so that a move that is refused has changed nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mavin.edits import check_locks
from mavin.errors import UsageError
from mavin.film.state import FilmState
from mavin.film.tree import HistoryTree

__all__ = ["Move", "branched", "check_branch_name", "redone", "restored", "undone"]


@dataclass(frozen=True, slots=True)
class Move:
    """One move through the history.

    Attributes:
        step: number of the step that it is about.
        state: the film after it.
        op: what to write into the history.
        head: the step that holds again, ``None`` where the move makes a new one.
    """

    step: int
    state: FilmState
    op: dict[str, Any]
    head: int | None


def undone(tree: HistoryTree, step: int, path: Path) -> Move:
    """Back to the step before ``step``.

    Raises:
        UsageError: if there is none.
    """
    parent = tree.parent(step)
    if parent is None:
        raise UsageError(f"There is nothing to undo: {path} is at its first step, revision {step}.")
    return Move(step, tree.state(parent), {"op": "undo", "step": step}, parent)


def redone(tree: HistoryTree, branch: str, path: Path) -> Move:
    """Forward to the step of a branch that was undone last.

    Raises:
        UsageError: if nothing was undone.
    """
    step = tree.redo(branch)
    if step is None:
        raise UsageError(f"There is nothing to redo: no step of {path} was undone since the last change.")
    return Move(step, tree.state(step), {"op": "redo", "step": step}, step)


def restored(tree: HistoryTree, revision: str | int, now: FilmState) -> Move:
    """The film as at ``revision``, with the locks of then and now.

    Raises:
        UsageError: if there is no such revision, or it lacks a clip of which something is locked.
        LockedError: if it differs in something that is locked.
    """
    step = tree.resolve(revision)
    then = tree.state(step)
    old = {clip.id: clip.caption for clip in now.clips}
    for clip in then.clips:
        if clip.id in old:
            check_locks(old[clip.id], clip.caption, now.script(clip.id).locks)
    gone = [lock for lock in now.locks if lock.split(".")[0] not in {clip.id for clip in then.clips}]
    if gone:
        raise UsageError(f"Revision {step} has no clip {gone[0].split('.')[0]}, of which {gone[0]} is locked.")
    locks = (*now.locks, *(lock for lock in then.locks if lock not in now.locks))
    return Move(step, replace(then, locks=locks), {"op": "restore", "step": step}, None)


def branched(tree: HistoryTree, name: str, at: str | int | None, current: str, step: int) -> Move:
    """To the branch ``name``; a new one begins at the revision ``at``, or at ``step``, where the film is.

    Raises:
        UsageError: if there is no such revision, or the branch exists and ``at`` is given.
    """
    new = name not in tree.branches and name != current
    if at is not None and not new:
        raise UsageError(f"There is already a branch {name}. Take another name, or leave the revision away.")
    if name in tree.branches:
        step = tree.branches[name].head
    elif new and at is not None:
        step = tree.resolve(at)
    return Move(step, tree.state(step), {"op": "branch" if new else "switch", "name": name, "from": current}, step)


def check_branch_name(name: str) -> None:
    """Raises UsageError if a name cannot be a branch's: it would be read as a revision, or cannot be printed."""
    if not name.strip() or name != name.strip() or len(name) > 60 or not name.isprintable():
        raise UsageError(f"A branch must have a printable name of at most 60 letters, got {name!r}.")
    if name.lower() in ("head", "now") or name.lstrip("rR").isdigit() or "~" in name or "@" in name:
        raise UsageError(f"A branch must have a name that is no revision, such as night-version, got {name!r}.")
