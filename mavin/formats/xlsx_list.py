"""The shot list as an Excel workbook: the CSV's table, and the cast on a second sheet."""

from __future__ import annotations

import io
from typing import Any

from mavin.formats.losses import Feature
from mavin.formats.registry import Format, Kind, Written
from mavin.formats.script import FilmScript, FormatError
from mavin.formats.shot_list import CARRIED, COLUMNS, REASONS, losses_of_table, rows_of

__all__ = ["FORMAT"]

_NUMBERS = frozenset({"Start (s)", "End (s)", "Length (s)"})
_WIDTHS = {"Setting": 32, "Action": 44, "Dialogue": 48, "Sounds": 32, "Camera note": 24, "Title": 20, "Seen": 16}
_MOST = 32_767
_CAST = ("Clip", "Role", "Name", "Looks", "Voice")


def _write(script: FilmScript) -> Written:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Shots"
    _fill(sheet, COLUMNS, rows_of(script))
    _fill(
        book.create_sheet("Cast"),
        _CAST,
        (
            (clip.id, role.id, role.name, role.appearance, role.voice)
            for clip in script.clips
            for role in clip.caption.roles
        ),
    )
    book.properties.title = script.title or None
    book.properties.creator = "MAVIN"
    stream = io.BytesIO()
    book.save(stream)
    names = [loss for loss in losses_of_table(script) if not loss.path.endswith(".name")]
    return Written(stream.getvalue(), tuple(names))


def _fill(sheet: Any, heads: tuple[str, ...], rows: Any) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.append(heads)
    for row_number, row in enumerate(rows, 2):
        for column, (head, text) in enumerate(zip(heads, row, strict=True), 1):
            cell = sheet.cell(row_number, column)
            if head in _NUMBERS:
                cell.value = float(text)
                cell.number_format = "0.0##"
                continue
            if len(text) > _MOST:
                raise FormatError(
                    f"A cell of an Excel sheet must hold at most {_MOST} characters, got {len(text)} in {head}, row "
                    f"{row_number}. Shorten the text, or export as csv."
                )
            cell.value = text
            cell.data_type = "s"  # words that begin with = are no formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, head in enumerate(heads, 1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(head, max(len(head) + 2, 9))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


FORMAT = Format(
    name="xlsx",
    title="Shot list (Excel)",
    kind=Kind.PAPER,
    suffix=".xlsx",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    about="The shot list as a workbook to filter and to print, with the cast on a second sheet. To bring changes back, "
    "save it as CSV.",
    carries=CARRIED | {Feature.IDS, Feature.ROLES, Feature.LOOKS, Feature.VOICES},
    write=_write,
    reasons={feature: why for feature, why in REASONS.items() if feature not in {Feature.IDS, Feature.ROLES}},
)
