"""One HTML file that needs nothing else: tables, plots, strips and clips."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluators.metric import Column
from evaluators.report.pictures import ShotPicture, clip_uri, shot_pictures
from evaluators.report.plots import Dots, dot_plot
from evaluators.report.runs import FilmRow, Run
from evaluators.report.tables import all_columns, best_runs, columns_of, comparisons, shown
from mavin.media import write_atomic

__all__ = ["MOST_BYTES", "write_page"]

MOST_BYTES = 60_000_000
"""Of clips in a page; further films are shown by their strips alone."""

Telling = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class _Take:
    """One film as one run made it."""

    run: str
    clip: str
    strip: tuple[ShotPicture, ...]
    values: tuple[tuple[str, str, bool], ...]
    notes: tuple[str, ...]


def write_page(
    path: Path, runs: Sequence[Run], *, films: int = 12, clips: bool = True, progress: Telling | None = None
) -> int:
    """Writes the page and returns how many films it shows.

    Args:
        path: the file.
        runs: at least one.
        films: how many films are shown at most, in order of their names.
        clips: whether they can be played.
        progress: told what is going on.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    tell = progress or (lambda _what, _share: None)
    names = sorted({name for run in runs for name in run.films})
    columns = columns_of(runs)
    cards: list[tuple[str, list[_Take]]] = []
    left = MOST_BYTES if clips else 0
    for at, name in enumerate(names[:films]):
        tell(f"film {name}", at / max(1, min(films, len(names))))
        takes = []
        for run in runs:
            if row := run.films.get(name):
                take = _take(run, row, runs, columns, playable=left > 0)
                left -= len(take.clip)
                takes.append(take)
        cards.append((name, takes))
    environment = Environment(
        loader=PackageLoader("evaluators.report", package_path=""), autoescape=True, undefined=StrictUndefined
    )
    text = environment.get_template("page.html.j2").render(
        runs=runs,
        paper=columns_of(runs, of_paper=True),
        others=columns_of(runs, of_paper=False),
        cell=lambda run, column: _cell(run, runs, column),
        plots=[_plot(runs, column) for column in columns if _varies(runs, column)],
        same=[column.title for column in columns if not _varies(runs, column)],
        notes=comparisons(runs),
        cards=cards,
        films=len(names),
        scores=[
            (column, run, run.scores[column.name], shown(run.value(column.name), column))
            for column in all_columns(runs)
            for run in runs
            if column.name in run.scores
        ],
    )
    with write_atomic(path) as file:
        file.write_bytes(text.encode())
    return len(cards)


def _varies(runs: Sequence[Run], column: Column) -> bool:
    """Whether a plot would show more than one number."""
    values = [run.value(column.name) for run in runs]
    values += [row.value(column.name) for run in runs for row in run.films.values()]
    return len({value for value in values if not math.isnan(value)}) > 1


def _cell(run: Run, runs: Sequence[Run], column: Column) -> dict[str, Any]:
    score = run.scores.get(column.name)
    interval = score.interval if score else None
    low, high = (shown(side, column) for side in interval or (math.nan, math.nan))
    return {
        "text": shown(run.value(column.name), column),
        "best": run.name in best_runs(runs, column),
        "span": f"{low} … {high}" if interval and low != high else "",
        "n": score.n if score else 0,
        "unscored": score.unscored if score else 0,
    }


def _plot(runs: Sequence[Run], column: Column) -> dict[str, str]:
    rows = []
    for run in runs:
        score = run.scores.get(column.name)
        films = tuple(row.value(column.name) for row in run.films.values())
        rows.append(Dots(run.name, run.value(column.name), score.interval if score else None, films))
    better = {"higher": "higher is better", "lower": "lower is better", "": ""}[column.better]
    texts = [shown(row.value, column) for row in rows]
    return {"title": column.title, "better": better, "unit": column.unit, "svg": dot_plot(rows, column.title, texts)}


def _take(run: Run, row: FilmRow, runs: Sequence[Run], columns: Sequence[Column], *, playable: bool) -> _Take:
    others = [other.films[row.result.film] for other in runs if row.result.film in other.films]
    values = []
    for column in columns:
        value = row.value(column.name)
        if math.isnan(value):
            continue
        all_values = [other.value(column.name) for other in others]
        known = [each for each in all_values if not math.isnan(each)]
        best = max(known) if column.better == "higher" else min(known)
        is_best = bool(column.better) and len(known) > 1 and max(known) > min(known) and value == best
        values.append((column.title, shown(value, column), is_best))
    strip: tuple[ShotPicture, ...] = ()
    if row.video is not None:
        cuts = row.measurement("sta")
        found = cuts.data.get("found") if cuts else None
        strip = shot_pictures(row.video, found)
    clip = clip_uri(row.video) if playable and row.video is not None else ""
    notes = (*_unscored(row, columns), *(note.message for note in row.result.media))
    if row.video is None and not any("missing" in note for note in notes):
        notes = (*notes, "the film's file is not here")
    return _Take(run.name, clip, strip, tuple(values), notes)


def _unscored(row: FilmRow, columns: Sequence[Column]) -> tuple[str, ...]:
    """Why columns that other films have a value in have none here: each reason once, with its columns."""
    titles: dict[str, list[str]] = {}
    measured = 0
    for column in columns:
        if (found := row.measurement(column.name)) is not None:
            measured += 1
            if found.reason:
                titles.setdefault(found.reason, []).append(column.title)
    return tuple(
        reason if len(names) == measured else f"{', '.join(names)}: {reason}" for reason, names in titles.items()
    )
