"""``mavin evaluate``: did the film become what the script says?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from mavin.cli import options
from mavin.cli.console import Progress, emit, out
from mavin.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from evaluators.metric import Column
    from evaluators.result import Score
    from evaluators.routed import CutVerdict, LineVerdict
    from mavin.api import Evaluation

__all__ = ["Judge", "JudgeModel", "MetricNames", "metric_names", "print_provenance", "register", "shown"]

MetricNames = Annotated[
    str | None,
    typer.Option(
        "--metrics",
        metavar="LIST",
        help="Which, such as sta,tams,wer; NAME:WHAT gives one a model. help lists them all.",
    ),
]
Judge = Annotated[
    str | None,
    typer.Option(
        "--llm",
        metavar="URI",
        help="Language model of --metrics judge: embedded, http://HOST/v1 or replay:FILE. Default: MAVIN_LLM, else "
        "embedded.",
    ),
]
JudgeModel = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", help="Model of the judge on that server, or of the store for embedded."),
]
_COLOURS = {"kept": "green", "late": "yellow", "early": "yellow", "missing": "red", "extra": "red"}


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("evaluate", epilog="Example: mavin evaluate fox.mp4 --film fox.mavin --metrics sta,tams,wer")(evaluate)


def evaluate(
    video: Annotated[
        str | None, typer.Argument(metavar="VIDEO", help="The film; if left out, only the script is measured.")
    ] = None,
    film: Annotated[
        str | None,
        typer.Option("--film", metavar="FILM", help="Its script; the NAME.mavin beside NAME.mp4 if left out."),
    ] = None,
    metrics: MetricNames = None,
    truth: Annotated[
        str | None,
        typer.Option("--truth", metavar="REAL", help="The real film that the script describes: it gives the ceilings."),
    ] = None,
    clip: Annotated[
        str | None, typer.Option("--clip", metavar="K1", help="VIDEO shows only this clip of the film.")
    ] = None,
    llm: Judge = None,
    model: JudgeModel = None,
    as_json: options.Json = False,
) -> None:
    """Measure a film against its script.

    Prints every metric with what it rests on, and every cut and line that the film did not keep. Exits with 1 if
    nothing could be measured.
    """
    if metrics == "help":
        list_metrics()
        return
    from mavin import api

    with Progress() as progress:
        found = api.evaluate(
            video,
            film,
            metrics=metric_names(metrics, llm, model),
            truth=truth,
            clip=clip,
            progress=progress.share,
        )
    if as_json:
        emit(api.evaluation_report(found))
    else:
        _print(found)
    if not found.is_scored:
        raise typer.Exit(1)


def metric_names(text: str | None, llm: str | None = None, model: str | None = None) -> list[str] | None:
    """The names of ``--metrics``, the judge's with its model: ``judge:URI#MODEL``.

    Raises:
        UsageError: if there is none, or a model for a judge that is not asked.
    """
    names = None if text is None else [name.strip() for name in text.split(",") if name.strip()]
    if names is not None and not names:
        raise UsageError("--metrics needs one name at least, such as --metrics sta,tams. --metrics help lists them.")
    if llm is None and model is None:
        return names
    if names is None or "judge" not in names:
        option = "--llm" if llm is not None else "--model"
        raise UsageError(f"{option} is the model of the judge, and no judge was asked for. Add judge to --metrics.")
    judge = f"judge:{llm or ''}{f'#{model}' if model else ''}"
    return [judge if name == "judge" else name for name in names]


def list_metrics() -> None:
    """Prints every metric's name and what it measures."""
    from evaluators.metric import DEFAULT_METRICS, METRICS

    console = out()
    for name, entry in METRICS.items():
        argument = f" (:{entry.argument})" if entry.argument else ""
        console.print(f"{name:<10} {entry.about}{argument}{', by default' if name in DEFAULT_METRICS else ''}")


def shown(score: Score, column: Column) -> str:
    """A value for people: four decimals, its unit, or a dash."""
    if math.isnan(score.value):
        return "–"
    return f"{score.value:.4f}{f' {column.unit}' if column.unit else ''}"


def print_provenance(console: Console, columns: Sequence[Column], scores: Sequence[Score]) -> None:
    """Prints once for each model what it was made with, behind the first column that it made."""
    from rich.text import Text

    seen = set()
    for score, column in zip(scores, columns, strict=True):
        made = score.provenance
        if made.model and score.n and (made.model, made.weights) not in seen:
            seen.add((made.model, made.weights))
            console.print(Text(f"{column.title}: {made}", style="dim"))


def _print(found: Evaluation) -> None:
    from rich.table import Table
    from rich.text import Text

    console = out()
    for note in found.result.media:
        console.print(Text(f"{found.result.film}: {note.message}.", style="yellow"))
    table = Table(box=None, pad_edge=False, show_header=False)
    for score, column in zip(found.scores, found.columns, strict=True):
        if column.optional and not score.n:
            continue
        value = Text(shown(score, column), style="bold")
        table.add_row(column.title, value, Text(next(iter(score.reasons), ""), style="dim"))
    console.print(table)
    print_provenance(console, found.columns, found.scores)
    _print_view(console, found)


def _print_view(console: Console, found: Evaluation) -> None:
    from rich.text import Text

    view = found.view
    for name, verdicts in (("cut", view.cuts), ("line", view.lines)):
        if not verdicts:
            continue
        kept = sum(each.verdict == "kept" for each in verdicts)
        wanted = sum(each.verdict != "extra" for each in verdicts)
        console.print(f"\n{kept} of {wanted} {name}{'s' if wanted != 1 else ''} kept")
        for each in verdicts:
            if each.verdict != "kept":
                told = _cut(each) if name == "cut" else _line(each)  # type: ignore[arg-type]
                console.print(Text.assemble((f"  {each.verdict:<8}", _COLOURS[each.verdict]), told))
    if view.to_render:
        console.print(f"\nRender again: {', '.join(view.to_render)}")


def _cut(cut: CutVerdict) -> str:
    if cut.wanted is None:
        return f"a cut inside {cut.shot}, at frame {cut.found}"
    off = f", {abs(cut.off)} frame{'s' if abs(cut.off) != 1 else ''} {cut.verdict}" if cut.off else ""
    return f"the cut to {cut.shot}, at frame {cut.wanted}{off}"


def _line(line: LineVerdict) -> str:
    from mavin.interval import format_interval

    if line.wanted is None:
        where = f" at {format_interval(line.heard)}" if line.heard else ""
        return f"speech{where}, in {', '.join(line.shots)}"
    told = f"{line.line} of {line.speaker}, {format_interval(line.wanted)} in {', '.join(line.shots)}"
    if line.heard is not None:
        told += f": heard {format_interval(line.heard)}"
    return told
