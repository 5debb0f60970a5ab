"""``mavin diff``: two states of a film side by side, in words and as a picture of both timelines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mavin.cli import options
from mavin.cli.console import emit, out
from mavin.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from mavin.api.editing import ClipDifference

__all__ = ["difference_objects", "print_differences", "register"]


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("diff", epilog="Example: mavin diff fox.mavin 3 head")(diff)


def diff(
    film: Annotated[str, typer.Argument(metavar="FILM", help="A film's folder (NAME.mavin).")],
    before: Annotated[
        str | None, typer.Argument(metavar="[A]", help="A revision, a branch, or head~2; the step before if left out.")
    ] = None,
    after: Annotated[
        str | None, typer.Argument(metavar="[B]", help="The same; what the film is now if left out.")
    ] = None,
    picture: Annotated[
        Path | None, typer.Option("--png", metavar="FILE", help="Draw both timelines as a picture.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Show two states of a film side by side.

    Words, times and roles; with nothing else given, what the last step changed.
    """
    from mavin import api

    opened = api.open(film)
    tree = opened.tree()
    new = opened.state if after is None else tree.state(tree.resolve(after))
    new_name = f"r{opened.rev} now" if after is None else _name(after, tree.resolve(after))
    if before is None:
        parent = tree.parent(opened.head)
        if parent is None:
            raise UsageError(f"{opened.path} has one step only, so there is nothing to compare it with.")
        before = str(parent)
    step = tree.resolve(before)
    old = tree.state(step)
    changes = api.compare(old, new)
    if picture is not None:
        from mavin.api.timeline_picture import draw_timelines

        draw_timelines(picture, [(_name(before, step), old), (new_name, new)])
    if as_json:
        emit({"film": str(opened.path), "before": step, "differences": difference_objects(changes)})
        return
    console = out()
    if changes:
        print_differences(console, changes, several=len(new.clips) > 1, heads=(_name(before, step), new_name))
    else:
        console.print(f"{_name(before, step)} and {new_name} are the same.")
    if picture is not None:
        console.print(f"Drew both timelines: {picture}")


def _name(given: str, step: int) -> str:
    return f"r{step}" if given.lstrip("rR").isdigit() else f"{given} (r{step})"


def difference_objects(changes: Sequence[ClipDifference]) -> list[dict[str, Any]]:
    """The differences as JSON."""
    return [
        {
            "clip": item.clip,
            "subject": item.difference.subject,
            "what": item.difference.what,
            "before": item.difference.before,
            "after": item.difference.after,
            "paths": list(item.difference.paths),
        }
        for item in changes
    ]


def print_differences(
    console: Console,
    changes: Sequence[ClipDifference],
    *,
    several: bool,
    heads: tuple[str, str] = ("before", "after"),
) -> None:
    """The differences side by side, each side wrapped in its own column."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("", no_wrap=True)
    table.add_column(heads[0], ratio=1, overflow="fold")
    table.add_column(heads[1], ratio=1, overflow="fold")
    for item in changes:
        each = item.difference
        where = [item.clip] if several and item.clip else []
        what = Text(" ".join([*where, *([each.subject] if each.subject else []), each.what]), style="bold")
        old = Text("—" if each.before is None else " ".join(each.before.split()), style="red")
        new = Text("—" if each.after is None else " ".join(each.after.split()), style="green")
        table.add_row(what, old, new)
    console.print(table, width=min(console.width, 160), soft_wrap=False)
