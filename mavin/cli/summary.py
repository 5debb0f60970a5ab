"""What a person sees of a film: its heading, its timeline, its shots, and what to do next."""

from __future__ import annotations

import shlex
import textwrap
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.text import Text

from mavin.api.sources import Source
from mavin.caption import HierarchicalCaption
from mavin.cli.console import harmless
from mavin.cli.shot_lines import shot_lines
from mavin.cli.timeline import Palette, timeline
from mavin.cli.usage_view import cost_in_words
from mavin.edits import lock_name
from mavin.film import Film
from mavin.interval import format_interval, format_seconds
from mavin.ledger import ConflictOutcome, Fate

__all__ = ["print_film", "print_made", "print_written"]

MAX_WIDTH = 160
"""Wider terminals get no wider timelines: the eye would lose the lane."""


def print_film(console: Console, source: Source) -> None:
    """The heading, the timeline and every shot of each clip."""
    _heading(console, source)
    for number, caption in enumerate(source.captions, 1):
        if len(source.captions) > 1:
            console.print(f"\nclip K{number}: {caption.title}")
        console.print()
        _timeline(console, caption)
        for shot in caption.shots:
            title = f"  {' '.join(shot.title.split())}" if shot.title.strip() else ""
            console.print()
            console.print(Text(f"{shot.id} {format_interval(shot.interval)}{title}", style="bold"))
            for line in shot_lines(caption, shot):
                console.out(_wrapped(line, _width(console)), highlight=False)
    if source.film is not None and source.film.locks:
        console.print(f"\nLocked: {', '.join(_lock(source.film, lock) for lock in source.film.locks)}")
    for notice in source.film.notices if source.film else ():
        console.print(f"\nNote: {notice}")


def _lock(film: Film, lock: str) -> str:
    clip, _, path = lock.partition(".")
    return f"{clip} {lock_name(path)}" if len(film.clips) > 1 else lock_name(path)


def print_made(console: Console, source: Source) -> None:
    """The timeline of a new film and what to do with it."""
    _heading(console, source)
    console.print()
    _timeline(console, source.caption)
    console.print()
    _next_step(console, Path(str(source.path)))


def print_written(console: Console, source: Source, video: Path | None = None) -> None:
    """The timeline of a written film, what became of the user's words, and what to do next."""
    assert source.film is not None
    _heading(console, source)
    console.print()
    for caption in source.captions:
        _timeline(console, caption)
        console.print()
    for notice in source.film.notices:
        console.print(notice)
    record = source.film.record
    for conflict in record.conflicts:
        if conflict.outcome is not ConflictOutcome.REFUSED:
            spans = " against ".join(f"“{span.text}”" for span in conflict.spans)
            console.print(f"{conflict.kind.value} conflict, {conflict.outcome.value}: {conflict.explanation} ({spans})")
            if conflict.outcome is ConflictOutcome.SUSPECTED:
                console.print("  The script keeps your words as they are; --strict would have refused them.")
    for item in record.diagnostics:
        console.print(f"{item.severity.value}: {item.message}")
    # What a model proposed and code turned down has no place in the prompt, and is no loss to the user.
    theirs = [entry for entry in record.ledger if entry.start is not None]
    added = sum(entry.outcome is Fate.ADDED for entry in record.ledger)
    fates = Counter(entry.outcome for entry in theirs)
    if theirs:
        counts = ", ".join(f"{fates[fate]} {fate.value}" for fate in Fate if fates[fate])
        also = f" {_count(added, 'thing')} added." if added else ""
        film = shlex.quote(str(source.path))
        console.print(f"Of your words: {counts}.{also} See which: mavin show {film} --ledger")
    for entry in theirs:
        if entry.outcome in (Fate.DROPPED, Fate.ALTERED):
            why = f": {entry.why}" if entry.why else ""
            console.print(f"  {entry.outcome.value} “{' '.join(entry.text.split())}”{why}")
    for entry in record.ledger:
        if entry.kind == "model":
            console.print(Text(f"{' '.join(harmless(entry.text).split())} The script was {entry.why}."))
    usage = source.film.manifest.llm
    if usage is not None and usage.calls + usage.reused:
        console.print(f"{cost_in_words(usage)} By agent: mavin show {shlex.quote(str(source.path))} --usage")
    if video is not None:
        console.print(f"Made {video}; the script is in {source.path}.")
    else:
        _next_step(console, Path(str(source.path)))


def _next_step(console: Console, film: Path) -> None:
    video = shlex.quote(str(film.with_suffix(".mp4")))
    console.print(f"Saved {film}. See it: mavin preview {shlex.quote(str(film))} -o {video}")


def _heading(console: Console, source: Source) -> None:
    caption = source.caption
    length = sum(each.duration_ms for each in source.captions)
    shots = sum(len(each.shots) for each in source.captions)
    lines = sum(len(each.dialogue) for each in source.captions)
    parts = [
        f"{format_seconds(length)} s",
        _count(shots, "shot"),
        _count(len(caption.roles), "role"),
        _count(lines, "line"),
        f"{caption.aspect} {caption.pixels[0]}×{caption.pixels[1]}",
        caption.language,
    ]
    if source.film is not None:
        parts.append(f"rev {source.film.rev}")
    title = Text(source.title or "Untitled", style="bold")
    console.print(Text.assemble(title, "  ", (" · ".join(parts), "dim")))


def _timeline(console: Console, caption: HierarchicalCaption) -> None:
    for row in timeline(caption, _width(console), Palette.of(console.encoding)):
        console.print(row, no_wrap=True, overflow="crop", crop=True)


def _width(console: Console) -> int:
    return max(min(console.width, MAX_WIDTH), 30)


def _wrapped(line: str, width: int) -> str:
    return textwrap.fill(line, width, initial_indent="   ", subsequent_indent="     ", break_on_hyphens=False)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
