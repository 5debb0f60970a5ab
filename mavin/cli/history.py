"""``mavin history``, ``undo``, ``redo``, ``restore`` and ``branch``: every step of a film, and the way to each."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mavin.cli import options
from mavin.cli.console import emit, note, out
from mavin.errors import UsageError

if TYPE_CHECKING:
    from rich.text import Text

    from mavin.film import Film, HistoryTree

__all__ = ["register"]

FilmName = Annotated[str, typer.Argument(metavar="FILM", help="A film's folder (NAME.mavin).")]
Steps = Annotated[int, typer.Argument(metavar="[N]", help="How many steps.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    app.command("history", epilog="Example: mavin history fox.mavin")(history)
    app.command("undo", epilog="Example: mavin undo fox.mavin")(undo)
    app.command("redo", epilog="Example: mavin redo fox.mavin 2")(redo)
    app.command("restore", epilog="Example: mavin restore fox.mavin 3")(restore)
    app.command("branch", epilog="Example: mavin branch fox.mavin night --at 3")(branch)


def history(
    film: FilmName,
    limit: Annotated[int, typer.Option("-n", "--limit", metavar="N", help="Only the newest N steps; 0 for all.")] = 40,
    as_json: options.Json = False,
) -> None:
    """List every step of a film as a tree.

    Nothing is ever lost: what was undone can be redone, restored by its number, or gone on with on a branch.
    """
    from mavin import api

    opened = api.open(film)
    tree = opened.tree()
    if as_json:
        emit(_history_object(opened, tree))
        return
    console = out()
    console.print(f"{opened.title or 'Untitled'}  on branch {opened.branch}, at r{opened.head}")
    rows = list(_rows(tree, opened.head))
    hidden = len(rows) - limit if 0 < limit < len(rows) else 0
    if hidden:
        console.print(f"… {hidden} earlier steps: mavin history {shlex.quote(str(opened.path))} -n 0")
    for row in rows[hidden:]:
        console.print(row)
    for sentence in opened.notices:
        console.print(f"Note: {sentence}")


def undo(film: FilmName, steps: Steps = 1, as_json: options.Json = False) -> None:
    """Take the last step back; redo brings it again."""
    _move(film, steps, "undo", as_json)


def redo(film: FilmName, steps: Steps = 1, as_json: options.Json = False) -> None:
    """Do again what was undone."""
    _move(film, steps, "redo", as_json)


def _move(film: str, steps: int, what: str, as_json: bool) -> None:
    from mavin import api
    from mavin.cli.diff import difference_objects, print_differences

    if steps < 1:
        raise UsageError(f"The number of steps must be at least 1, got {steps}.")
    opened = api.open(film)
    before = opened.state
    moved: list[int] = []
    for _ in range(steps):
        try:
            moved.append(opened.undo() if what == "undo" else opened.redo())
        except UsageError:
            if not moved:
                raise
            note(f"Only {len(moved)} of {steps} steps could be {'undone' if what == 'undo' else 'redone'}.")
            break
    changes = api.compare(before, opened.state)
    if as_json:
        report = {"film": str(opened.path), "rev": opened.rev, "branch": opened.branch, "step": opened.head}
        emit({**report, what: moved, "differences": difference_objects(changes)})
        return
    print_differences(out(), changes, several=len(opened.clips) > 1)
    done = ", ".join(f"r{step}" for step in moved)
    back = "redo" if what == "undo" else "undo"
    verb = "Undid" if what == "undo" else "Did again"
    out().print(f"{verb} {done}; the film is at r{opened.head}. Back: mavin {back} {shlex.quote(str(opened.path))}")


def restore(
    film: FilmName,
    revision: Annotated[str, typer.Argument(metavar="REVISION", help="A number, a branch, or head~2.")],
    as_json: options.Json = False,
) -> None:
    """Make a film again what it was at a revision.

    This is a new step: undo takes it back.
    """
    from mavin import api
    from mavin.cli.diff import difference_objects, print_differences

    opened = api.open(film)
    before = opened.state
    step = opened.restore(revision)
    changes = api.compare(before, opened.state)
    if as_json:
        report = {"film": str(opened.path), "rev": opened.rev, "branch": opened.branch, "restored": step}
        emit({**report, "differences": difference_objects(changes)})
        return
    print_differences(out(), changes, several=len(opened.clips) > 1)
    name = shlex.quote(str(opened.path))
    out().print(f"Restored r{step} as revision {opened.rev}. Take it back: mavin undo {name}")


def branch(
    film: FilmName,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="The branch to go to, or a new one.")] = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="REVISION", help="Where a new branch begins; here if left out.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Go to a branch, or begin one; without a name list them."""
    from mavin import api

    opened = api.open(film)
    if name is None:
        if at is not None:
            raise UsageError("--at needs the name of the branch that begins there.")
        from mavin.edits import step_words

        tree = opened.tree()
        if as_json:
            emit(_history_object(opened, tree)["branches"])
            return
        for each in tree.branches.values():
            mark = "*" if each.name == opened.branch else " "
            out().print(f"{mark} {each.name}  r{each.head}  {step_words(tree.steps[each.head].op)}")
        return
    new = opened.switch(name, at)
    if as_json:
        emit({"film": str(opened.path), "rev": opened.rev, "branch": opened.branch, "step": opened.head, "new": new})
        return
    out().print(f"{'Began' if new else 'On'} branch {name}, at r{opened.head}.")


def _history_object(film: Film, tree: HistoryTree) -> dict[str, Any]:
    from mavin.edits import step_words

    return {
        "film": str(film.path),
        "rev": film.rev,
        "branch": film.branch,
        "step": film.head,
        "branches": [{"name": each.name, "step": each.head} for each in tree.branches.values()],
        "steps": [
            {
                "step": step.rev,
                "parent": step.parent,
                "branch": step.branch,
                "time": step.time,
                "what": step_words(step.op),
                "op": dict(step.op),
            }
            for step in tree.steps.values()
        ],
    }


def _rows(tree: HistoryTree, here: int) -> Iterator[Text]:
    """The tree, oldest first: a line of steps stays in its column, what forks off it stands further in."""
    from rich.text import Text

    from mavin.edits import step_words

    children: dict[int | None, list[int]] = {}
    for step in tree.steps.values():
        children.setdefault(step.parent, []).append(step.rev)
    held: set[int] = set()
    for line in tree.branches.values():
        at: int | None = line.head
        while at is not None and at not in held:
            held.add(at)
            at = tree.parent(at)
    heads: dict[int, list[str]] = {}
    for each in tree.branches.values():
        heads.setdefault(each.head, []).append(each.name)
    own = _line_of(tree, here)
    waiting = [(root, 0) for root in reversed(children.get(None, []))]
    while waiting:
        number, depth = waiting.pop()
        step = tree.steps[number]
        names = heads.get(number, [])
        marks = [*names, *(["here"] if number == here else []), *([] if number in held else ["undone"])]
        mark = f"  ← {', '.join(marks)}" if marks else ""
        sign = "●" if number == here else "○" if number in held else "·"
        text = f"{'  ' * depth}{sign} r{number}  {step.time[:16].replace('T', ' ')}  {step_words(step.op)}"
        yield Text.assemble((text, "" if number in held else "dim"), (mark, "bold"))
        after = children.get(number, [])
        # The line that leads to where the film is goes straight on, else the newest; it comes last, below the forks.
        main = next((child for child in after if child in own), max(after, default=None))
        if main is not None:
            waiting.append((main, depth))
        waiting += [(child, depth + 1) for child in reversed(after) if child != main]


def _line_of(tree: HistoryTree, step: int | None) -> set[int]:
    found: set[int] = set()
    while step is not None and step not in found:
        found.add(step)
        step = tree.parent(step)
    return found
