"""The shot list as CSV, for spreadsheets: out, and in again.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, which is taken off on the way in.
"""

from __future__ import annotations

import csv
import io
import re

from mavin.formats.onto import incoming
from mavin.formats.registry import Format, Incoming, Kind, Written
from mavin.formats.script import Document, FilmScript, FormatError
from mavin.formats.shot_list import CARRIED, COLUMNS, REASONS, column_of, draft_of, losses_of_table, rows_of

__all__ = ["FORMAT"]

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


def _delimiter(text: str) -> str:
    first = text.lstrip("\n").split("\n", 1)[0]
    return max(",;\t", key=lambda each: sum(column_of(cell.strip(' "')) is not None for cell in first.split(each)))


def _recognises(document: Document) -> bool:
    text = document.head_text
    first = text.lstrip("\n").split("\n", 1)[0]
    known = {column_of(cell.strip(' "')) for cell in first.split(_delimiter(text))} - {None}
    return len(known) >= 2


def _read(document: Document, base: FilmScript | None) -> Incoming:
    text = document.text.lstrip("\n")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        head = next(rows, [])
        if not any(column_of(each) for each in head):
            raise FormatError(
                f"{document.name} must begin with headings such as Shot, Start (s), Action, got {head[:3]}."
            )
        draft = draft_of(document.name, head, ([_as_meant(cell) for cell in row] for row in rows))
    except csv.Error as error:
        raise FormatError(f"{document.name} must be CSV; row {rows.line_num} is not ({error}).") from None
    if not draft.shots:
        raise FormatError(f"{document.name} must hold at least one shot below its headings, got none.")
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
