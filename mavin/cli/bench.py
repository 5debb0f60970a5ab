"""``mavin bench``: a set of scripts filmed and measured into one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mavin.cli import generation, options
from mavin.cli.console import Progress, emit, out
from mavin.cli.evaluate import Judge, JudgeModel, MetricNames, list_metrics, metric_names, print_provenance, shown
from mavin.errors import UsageError

if TYPE_CHECKING:
    from evaluators.result import Score
    from mavin.api import BenchReport

__all__ = ["register"]

_MOST_SHOWN = 10


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("bench", epilog="Example: mavin bench captions.jsonl --renderer stage --out runs/stage --jobs 2")(bench)


def bench(
    samples: Annotated[
        str | None, typer.Argument(metavar="SET", help="Scripts: a .jsonl file or a folder of captions or films.")
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            "-o", "--out", metavar="DIR", help="Folder for results, films and table; goes on where it stopped."
        ),
    ] = None,
    renderer: options.Renderer = None,
    films: Annotated[
        str | None,
        typer.Option("--films", metavar="DIR", help="Measure the films of this folder, named after the samples."),
    ] = None,
    metrics: MetricNames = None,
    jobs: Annotated[int, typer.Option("--jobs", metavar="N", help="Processes at work at once.")] = 1,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="Only the first N samples.")] = None,
    seed: options.Seed = 0,
    weights: generation.Weights = None,
    device: generation.Device = "auto",
    dtype: generation.Dtype = "auto",
    steps: generation.Steps = None,
    routing: generation.Routing = None,
    size: generation.Size = None,
    force: options.Force = False,
    llm: Judge = None,
    model: JudgeModel = None,
    as_json: options.Json = False,
) -> None:
    """Film every script of a set, measure the films, and make one table.

    A film that cannot be made or measured becomes a row with its reason. Exits with 1 if no film could be measured.
    """
    if metrics == "help":
        list_metrics()
        return
    if samples is None or to is None:
        raise UsageError("Say what to film and where to: mavin bench SET --out DIR.")
    from mavin import api

    chosen = generation.sampling(weights=weights, device=device, dtype=dtype, steps=steps, routing=routing, size=size)
    with Progress() as progress:

        def told(done: int, total: int, film: str) -> None:
            progress.share(f"{done} of {total} films{f', {film}' if film else ''}", done / max(total, 1))

        report = api.bench(
            samples,
            to,
            renderer=renderer,
            films=films,
            metrics=metric_names(metrics, llm, model),
            jobs=jobs,
            seed=seed,
            limit=limit,
            force=force,
            progress=told,
            **chosen,
        )
    if as_json:
        emit(
            {
                "output": str(report.folder),
                "table": str(report.folder / "table.json"),
                "renderer": report.drawn_by,
                "notice": report.notice,
                "films": report.films,
                "kept": report.kept,
                "troubled": report.troubled,
                "scores": [score.to_json() for score in report.scores],
            }
        )
    else:
        _print(report)
    if not any(score.n for score in report.scores):
        raise typer.Exit(1)


def _print(report: BenchReport) -> None:
    from rich.table import Table
    from rich.text import Text

    console = out()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("metric", "value", "95 %", "films", "unscored"):
        table.add_column(heading, justify="left" if heading == "metric" else "right", no_wrap=True)
    reasons: dict[tuple[str, int], list[str]] = {}
    for score, column in zip(report.scores, report.columns, strict=True):
        if column.optional and not score.n:
            continue
        value = Text(shown(score, column), style="bold")
        table.add_row(column.title, value, _interval(score), str(score.n), str(score.unscored))
        for reason, count in score.reasons.items():
            reasons.setdefault((reason, count), []).append(column.title)
    console.print(table)
    print_provenance(console, report.columns, report.scores)
    for (reason, count), titles in reasons.items():
        where = "all columns" if len(titles) == table.row_count else ", ".join(titles)
        console.print(f"{count} unscored in {where}: {reason}.")
    for film, reason in list(report.troubled.items())[:_MOST_SHOWN]:
        console.print(f"{film}: {reason}")
    if len(report.troubled) > _MOST_SHOWN:
        console.print(f"… and {len(report.troubled) - _MOST_SHOWN} more.")
    before = f", {report.kept} of them before" if report.kept else ""
    films = "film" if report.films == 1 else "films"
    console.print(f"{report.films} {films}{before} ({report.drawn_by}). Table: {report.folder / 'table.json'}")
    if report.notice:
        console.print(report.notice)


def _interval(score: Score) -> str:
    return "" if score.interval is None else f"{score.interval[0]:.4f}–{score.interval[1]:.4f}"
