"""Tables of runs: Markdown for reading, CSV for reckoning, LaTeX in the layout of the paper's Tables 1 and 2."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluators.metric import Column
from evaluators.report.runs import Run

__all__ = [
    "PAPER",
    "Group",
    "all_columns",
    "as_csv",
    "as_latex",
    "as_markdown",
    "best_runs",
    "columns_of",
    "comparisons",
    "shown",
]


@dataclass(frozen=True, slots=True)
class Group:
    """Columns under one heading of the paper's tables, with the decimals that the paper gives."""

    title: str
    columns: tuple[tuple[Column, int], ...]


PAPER = (
    Group("Quality", ((Column("fvd", "FVD", "lower"), 1), (Column("fad", "FAD", "lower"), 1))),
    Group("Semantics", ((Column("tvs", "TVS"), 4), (Column("tas", "TAS"), 4), (Column("wer", "WER", "lower"), 3))),
    Group("AV-Alignment", ((Column("sync", "Sync"), 3), (Column("av_ib", "AV-IB"), 3), (Column("tams", "TAMS"), 4))),
    Group(
        "Multi-shot Consistency",
        tuple((Column(name, name.upper()), 4) for name in ("sc", "bc", "cisc", "bisc", "sta")),
    ),
    Group("Personalization", ((Column("vc", "VC"), 4), (Column("ac", "AC"), 4))),
)
"""The columns of Tables 1, 2, S4 and S5; the last group is there where a run has it."""

_DECIMALS = {column.name: decimals for group in PAPER for column, decimals in group.columns}
_ARROWS = {"higher": "↑", "lower": "↓", "": ""}
_LATEX_ARROWS = {"higher": r" $\uparrow$", "lower": r" $\downarrow$", "": ""}


def columns_of(runs: Sequence[Run], *, of_paper: bool | None = None) -> tuple[Column, ...]:
    """Every column that some run has a value in, the paper's first and in the paper's order.

    Args:
        runs: the runs.
        of_paper: the paper's columns alone, or all others alone.
    """
    found = {column.name: column for run in runs for column in run.columns if not math.isnan(run.value(column.name))}
    paper = [found.pop(name) for name in _DECIMALS if name in found]
    return (*(paper if of_paper is not False else ()), *(found.values() if not of_paper else ()))


def all_columns(runs: Sequence[Run]) -> tuple[Column, ...]:
    """The same and those without any value: somebody may want to know why."""
    valued = columns_of(runs)
    names = {column.name for column in valued}
    empty = {column.name: column for run in runs for column in run.columns if column.name not in names}
    return (*valued, *empty.values())


def shown(value: float, column: Column) -> str:
    """A value with the decimals of the paper, four elsewhere; a dash where there is none."""
    return "–" if math.isnan(value) else f"{value:.{_DECIMALS.get(column.name, 4)}f}"


def best_runs(runs: Sequence[Run], column: Column) -> frozenset[str]:
    """Names of the runs with the best value as it is shown; none where no value is better than another."""
    values = {run.name: run.value(column.name) for run in runs if not math.isnan(run.value(column.name))}
    if len(values) < 2 or not column.better:
        return frozenset()
    best = (max if column.better == "higher" else min)(values.values())
    found = frozenset(name for name, value in values.items() if shown(value, column) == shown(best, column))
    return found if len(found) < len(values) else frozenset()


def comparisons(runs: Sequence[Run]) -> tuple[str, ...]:
    """Why columns of these runs must not be compared as they stand, in sentences."""
    notes = []
    if len({frozenset(run.films) for run in runs}) > 1:
        counts = ", ".join(f"{run.name} {len(run.films)}" for run in runs)
        notes.append(f"The runs are over different films ({counts}).")
    for column in columns_of(runs):
        scores = [run.scores[column.name] for run in runs if not math.isnan(run.value(column.name))]
        if len({str(score.provenance) for score in scores}) > 1:
            notes.append(f"{column.title} was not made alike in all runs: see what it was made with.")
        if column.name in ("fvd", "fad") and len({score.n for score in scores}) > 1:
            notes.append(f"{column.title} depends on the number of films, which differs.")
        elif len({score.unscored for score in scores}) > 1:
            notes.append(f"{column.title} leaves out different numbers of films.")
    return tuple(notes)


# ------------------------------------------------------------------------------------------ Markdown


def as_markdown(runs: Sequence[Run]) -> str:
    """The paper's columns as in the paper, the others line by line, what must not be compared, what they rest on."""
    parts: list[str] = []
    if paper := columns_of(runs, of_paper=True):
        lines = [_row(["Run", *map(_headed, paper)]), _row(["---", *["---:"] * len(paper)])]
        lines += [_row([_cell(run.name), *(_marked(run, runs, column) for column in paper)]) for run in runs]
        parts.append("\n".join(lines))
    if others := columns_of(runs, of_paper=False):
        lines = [_row(["", *(_cell(run.name) for run in runs)]), _row(["---", *["---:"] * len(runs)])]
        lines += [_row([_headed(column), *(_marked(run, runs, column) for run in runs)]) for column in others]
        parts.append("\n".join(lines))
    if notes := comparisons(runs):
        parts.append("\n".join(f"- {note}" for note in notes))
    details = [_row(["Column", "Run", "Value", "95 % interval", "n", "unscored", "made with"]), _row(["---"] * 7)]
    for column in all_columns(runs):
        for run in runs:
            if score := run.scores.get(column.name):
                interval = score.interval
                span = "–" if interval is None else f"{shown(interval[0], column)} … {shown(interval[1], column)}"
                why = "; ".join(f"{text} ({count})" for text, count in score.reasons.items())
                unscored = f"{score.unscored}: {why}" if why else str(score.unscored)
                value = shown(score.value, column) + (f" {column.unit}" if column.unit else "")
                cells = [column.title, run.name, value, span, str(score.n), unscored, str(score.provenance)]
                details.append(_row([_cell(cell) for cell in cells]))
    return "\n\n".join([*parts, "\n".join(details)]) + "\n"


def _headed(column: Column) -> str:
    unit = f" ({column.unit})" if column.unit else ""
    return _cell(f"{column.title}{unit} {_ARROWS[column.better]}".strip())


def _marked(run: Run, runs: Sequence[Run], column: Column) -> str:
    text = shown(run.value(column.name), column)
    return f"**{text}**" if run.name in best_runs(runs, column) else text


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


# ------------------------------------------------------------------------------------------ CSV


def as_csv(runs: Sequence[Run]) -> str:
    """One line a run and column; values as they are, an empty field where there is none."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["run", "column", "title", "value", "low", "high", "n", "unscored", "unit", "better", "provenance"])
    for run in runs:
        for column in run.columns:
            score = run.scores.get(column.name)
            if score is None:
                continue
            low, high = score.interval or (math.nan, math.nan)
            numbers = ["" if math.isnan(number) else repr(number) for number in (score.value, low, high)]
            tail = [score.n, score.unscored, column.unit, column.better, str(score.provenance)]
            writer.writerow([_safe(run.name), column.name, column.title, *numbers, *tail])
    return file.getvalue()


def _safe(text: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


# ------------------------------------------------------------------------------------------ LaTeX


def as_latex(runs: Sequence[Run], *, caption: str = "Quantitative comparison.", label: str = "tab:runs") -> str:
    """The paper's table (booktabs): every column of it, ``-`` where a run has no value, the best in bold.

    Columns that are not the paper's, stand-ins above all, are not in it.  What must not be compared stands in comments
    above it.
    """
    groups = PAPER if _personal(runs) else PAPER[:-1]
    columns = [column for group in groups for column, _ in group.columns]
    spans, at = [], 2
    for group in groups:
        spans.append(rf"\cmidrule(lr){{{at}-{at + len(group.columns) - 1}}}")
        at += len(group.columns)
    heads = " & ".join(rf"\multicolumn{{{len(group.columns)}}}{{c}}{{{group.title}}}" for group in groups)
    lines = [
        *(f"% {' '.join(note.split())}" for note in comparisons(runs)),
        r"\begin{table*}[t]",
        r"\centering",
        rf"\caption{{{_tex(caption)}}}",
        rf"\label{{{label}}}",
        r"\resizebox{\textwidth}{!}{%",
        rf"\begin{{tabular}}{{l{'c' * len(columns)}}}",
        r"\toprule",
        rf"\multirow{{2}}{{*}}{{Method}} & {heads} \\",
        " ".join(spans),
        " & " + " & ".join(f"{column.title}{_LATEX_ARROWS[column.better]}" for column in columns) + r" \\",
        r"\midrule",
    ]
    for run in runs:
        cells = []
        for column in columns:
            value = run.value(column.name)
            text = "-" if math.isnan(value) else shown(value, column)
            cells.append(rf"\textbf{{{text}}}" if run.name in best_runs(runs, column) else text)
        lines.append(rf"{_tex(run.name)} & {' & '.join(cells)} \\")
    lines += [r"\bottomrule", r"\end{tabular}}", r"\end{table*}"]
    return "\n".join(lines) + "\n"


def _personal(runs: Sequence[Run]) -> bool:
    return any(not math.isnan(run.value(column.name)) for run in runs for column, _ in PAPER[-1].columns)


_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in text)
