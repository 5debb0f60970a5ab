"""The shot list as CSV, for spreadsheets: out, and in again.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, which is taken off on the way in.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from mavin.formats.losses import Loss, LossKind
from mavin.formats.onto import incoming
from mavin.formats.registry import Format, Incoming, Kind, Written
from mavin.formats.script import Document, FilmScript, FormatError
from mavin.formats.shot_list import CARRIED, COLUMNS, REASONS, column_of, draft_of, losses_of_table, rows_of

__all__ = ["FORMAT"]

_MOST_BEFORE = 20
"""Lines above the headings that are looked at: titles, dates, and empty ones."""
_FORMULA = re.compile(r"'*[\s]*[=+\-@＝＋－＠\t\r\n]")


def _write(script: FilmScript) -> Written:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(cell) for cell in row] for row in rows_of(script))
    # Excel reads UTF-8 only behind a byte order mark.
    return Written(stream.getvalue().encode("utf-8-sig"), tuple(losses_of_table(script)))


def _harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _as_meant(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _table(text: str) -> tuple[str, str, list[str]] | None:
    """(separator, text from the headings on, headings); ``None`` where no line has two headings that we know."""
    told = re.match(r"\s*sep=(.)\n", text, re.IGNORECASE)  # what Excel writes and reads
    text = text[told.end() :] if told else text
    text, wanted = text.lstrip("\n"), 2
    for _ in range(_MOST_BEFORE):
        line, _, rest = text.partition("\n")
        best = max(told[1] if told else ",;\t|", key=lambda each: len(_known(_split(line, each))))
        if len(_known(_split(line, best))) >= wanted:
            return best, text, _split(line, best)
        if not rest:
            break
        text, wanted = rest, 3  # a sentence may well have two such words
    return None


def _split(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _known(cells: Sequence[str]) -> set[str]:
    return {column for cell in cells if (column := column_of(cell)) is not None}


def _recognises(document: Document) -> bool:
    return _table(document.head_text) is not None


def _read(document: Document, base: FilmScript | None) -> Incoming:
    found = _table(document.text)
    if found is None:
        first = document.text.strip().partition("\n")[0]
        raise FormatError(
            f"{document.name} must have headings such as Shot, Start (s), Action in one of its first {_MOST_BEFORE} "
            f"lines, got {first[:60]!r}. Put them above the shots."
        )
    separator, text, _ = found
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        head = next(rows)
        draft = draft_of(document.name, head, ([_as_meant(cell) for cell in row] for row in rows))
    except csv.Error as error:
        raise FormatError(f"{document.name} must be CSV; row {rows.line_num} is not ({error}).") from None
    if not draft.shots:
        raise FormatError(f"{document.name} must hold at least one shot below its headings, got none.")
    if text != document.text and document.text.removesuffix(text).strip() and "sep=" not in document.text[:8].lower():
        draft.losses.append(Loss(LossKind.LOST, "", "what stands above the headings", "it is not part of the table"))
    if not draft.lines and "Dialogue" not in map(column_of, head):
        draft.lines = None
    return incoming(draft, base)


FORMAT = Format(
    name="csv",
    title="Shot list (CSV)",
    kind=Kind.PAPER,
    suffix=".csv",
    media_type="text/csv",
    about="One row a shot for spreadsheets, with seconds and timecode, camera, dialogue and sounds; a changed table "
    "comes back into the film, and shot lists of others come in as films. Where both are there, seconds count.",
    carries=CARRIED,
    write=_write,
    read=_read,
    recognises=_recognises,
    reasons=REASONS,
)
