"""``mavin report``: runs side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mavin.cli import options
from mavin.cli.console import Progress, emit, out

if TYPE_CHECKING:
    from rich.table import Table

    from mavin.api.reporting import Report

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("report", epilog="Example: mavin report runs/stage runs/tiny -o report")(report)


def report(
    folders: Annotated[list[str], typer.Argument(metavar="DIR…", help="Folders of mavin bench.")],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="DIR", help="Folder for the report's four files.")
    ] = "report",
    films: Annotated[int, typer.Option("--films", metavar="N", help="Films that the page shows at most.")] = 12,
    clips: Annotated[bool, typer.Option("--clips/--no-clips", help="Whether they can be played in it.")] = True,
    as_json: options.Json = False,
) -> None:
    """Compare runs: Markdown, CSV, LaTeX as in the paper, and one HTML page with plots, strips and clips."""
    from mavin.api.reporting import report as write

    with Progress() as progress:
        found = write(folders, output, films=films, clips=clips, progress=progress.share)
    if as_json:
        emit(found.to_json())
        return
    from rich.text import Text

    console = out()
    console.print(_table(found), end="\n\n")
    console.print(Text(f"Written: {', '.join(str(path) for path in found.files.values())}"))


def _table(found: Report) -> Table:
    from rich.table import Table
    from rich.text import Text

    from evaluators.report.tables import best_runs, columns_of, shown

    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for run in found.runs:
        table.add_column(Text(run.name), justify="right")
    for column in columns_of(found.runs):
        cells = []
        for run in found.runs:
            best = run.name in best_runs(found.runs, column)
            cells.append(Text(shown(run.value(column.name), column), style="bold green" if best else ""))
        table.add_row(Text(column.title), *cells)
    return table
