"""The fact ledger over the prompt: which words were kept, altered or dropped, and what was added.

A fox finds a lantern. She says "Hello".
━━━━━1━━━━━━━━━━━━━━━           ━━━2━━━
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from mavin.api.sources import Source
from mavin.cli.console import harmless
from mavin.errors import UsageError
from mavin.ledger import Fate, LedgerEntry

__all__ = ["print_ledger"]

_MARKS = {Fate.KEPT: "━", Fate.ALTERED: "~", Fate.DROPPED: "x", Fate.ADDED: "+"}
_PLAIN = {**_MARKS, Fate.KEPT: "="}
_STYLES = {Fate.KEPT: "green", Fate.ALTERED: "yellow", Fate.DROPPED: "red", Fate.ADDED: "cyan"}


def print_ledger(console: Console, source: Source) -> None:
    """Prints the prompt with its entries marked below, then each entry, then what was added.

    Raises:
        UsageError: if there is no ledger, because the script was made by hand.
    """
    if source.film is None or not source.film.record.prompt:
        raise UsageError(
            f"{source.path} has no ledger: it was not written from a prompt. "
            f"`mavin show {source.path}` shows the script."
        )
    record, ledger = source.film.record, source.film.ledger
    entries = [entry for entry in ledger if entry.start is not None and entry.end is not None]
    entries.sort(key=lambda entry: (entry.start or 0, -(entry.end or 0)))
    width = max(min(console.width, 120), 30)
    marks = _MARKS if console.encoding.lower().startswith("utf") else _PLAIN
    _print_prompt(console, record.prompt, entries, width, marks)
    console.print()
    for number, entry in enumerate(entries, 1):
        _print_entry(console, f"{number:>3}", entry)
    for entry in ledger:
        if entry not in entries:
            _print_entry(console, "  +" if entry.outcome is Fate.ADDED else "  ·", entry)
    for conflict in record.conflicts:
        spans = " against ".join(f"“{span.text}”" for span in conflict.spans)
        console.print(
            f"\n{conflict.kind.value} conflict, {conflict.outcome.value} by {conflict.by}: {conflict.explanation}"
        )
        if spans:
            console.print(f"    {spans}")


def _print_entry(console: Console, mark: str, entry: LedgerEntry) -> None:
    clip = f"{entry.clip} " if entry.clip else ""
    where = f" → {clip}{entry.where}" if entry.where else ""
    why = f" ({entry.why})" if entry.why else ""
    by = f" by {entry.by}" if entry.outcome is Fate.ADDED else ""
    text = harmless(" ".join(entry.text.split()))
    outcome = Text(f"{entry.outcome.value:<8}", style=_STYLES[entry.outcome])
    console.print(Text.assemble(f"{mark} ", outcome, f"{entry.kind}: “{text}”{where}{by}{harmless(why)}"))


def _print_prompt(
    console: Console, prompt: str, entries: Sequence[LedgerEntry], width: int, marks: dict[Fate, str]
) -> None:
    for start, end in _rows(prompt, width):
        row = prompt[start:end]
        console.out(_visible(row), highlight=False)
        here = [
            (number, entry)
            for number, entry in enumerate(entries, 1)
            if (entry.start or 0) < end and (entry.end or 0) > start
        ]
        for lane in _lanes(here):
            line = Text()
            for number, entry in lane:
                first, last = max(entry.start or 0, start), min(entry.end or 0, end)
                left = cell_len(_visible(prompt[start:first]))
                length = max(cell_len(_visible(prompt[first:last])), 1)
                line.append(" " * (left - line.cell_len))
                bar = marks[entry.outcome] * length
                label = str(number)
                if len(label) <= length:
                    middle = (length - len(label)) // 2
                    bar = bar[:middle] + label + bar[middle + len(label) :]
                line.append(bar, _STYLES[entry.outcome])
            console.print(line, no_wrap=True, crop=True)


def _visible(text: str) -> str:
    return text.replace("\t", " ").replace("\r", "").replace("\n", " ")


def _rows(prompt: str, width: int) -> list[tuple[int, int]]:
    """The prompt cut into rows that fit, as offsets; cuts fall behind spaces where there are any."""
    rows: list[tuple[int, int]] = []
    start = 0
    while start < len(prompt):
        end, cells, space = start, 0, 0
        while end < len(prompt) and prompt[end] != "\n":
            cells += cell_len(prompt[end])
            if cells > width:
                break
            end += 1
            if prompt[end - 1].isspace():
                space = end
        if end < len(prompt) and prompt[end] == "\n":
            end += 1
        elif end < len(prompt) and space > start:
            end = space
        end = max(end, start + 1)
        rows.append((start, end))
        start = end
    return rows


def _lanes(entries: Sequence[tuple[int, LedgerEntry]]) -> list[list[tuple[int, LedgerEntry]]]:
    """Entries that overlap go below each other."""
    lanes: list[list[tuple[int, LedgerEntry]]] = []
    for number, entry in entries:
        for lane in lanes:
            if (lane[-1][1].end or 0) <= (entry.start or 0):
                lane.append((number, entry))
                break
        else:
            lanes.append([(number, entry)])
    return lanes
