"""What a session shows: the timeline, the selected part, numbered choices, a proposal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from mavin.caption import HierarchicalCaption
from mavin.cli.shot_lines import shot_lines
from mavin.cli.timeline import Palette, timeline
from mavin.edits import lock_name, operation_words
from mavin.interval import format_interval, format_seconds
from mavin.speech import zone

if TYPE_CHECKING:
    from rich.console import Console

    from mavin.api import Proposal
    from mavin.film import Film

__all__ = ["print_choices", "print_help", "print_part", "print_proposal", "print_timeline", "say"]

MAX_WIDTH = 160


def say(console: Console, text: str, indent: str = "") -> None:
    """A paragraph, wrapped at words."""
    width = max(min(console.width, MAX_WIDTH), 30)
    for paragraph in text.split("\n"):
        wrapped = textwrap.fill(
            paragraph, width, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False
        )
        console.out(wrapped or "", highlight=False)


def print_timeline(console: Console, film: Film, clip: str) -> None:
    """The clip as lanes, and what is locked."""
    caption = film.state.script(clip).caption
    name = f"{clip} " if len(film.clips) > 1 else ""
    head = Text.assemble(
        (film.title or "Untitled", "bold"), f"  {name}{format_seconds(caption.duration_ms)} s · r{film.rev}"
    )
    head.append(f" on {film.branch}" if film.branch != "main" else "")
    console.print(head)
    for row in timeline(caption, max(min(console.width, MAX_WIDTH), 30), Palette.of(console.encoding)):
        console.print(row, no_wrap=True, overflow="crop", crop=True)
    locks = film.state.script(clip).locks
    if locks:
        say(console, f"Locked: {', '.join(map(lock_name, locks))}")


def print_part(console: Console, caption: HierarchicalCaption, part: str) -> None:
    """One part with everything about it."""
    if part.startswith("S"):
        shot = caption.shot(part)
        title = f"  {' '.join(shot.title.split())}" if shot.title.strip() else ""
        console.print(Text(f"{part} {format_interval(shot.interval)}{title}", style="bold"))
        for line in shot_lines(caption, shot):
            say(console, line, "   ")
    elif part.startswith("L"):
        line_ = next(each for each in caption.dialogue if each.id == part)
        role = caption.role(line_.role)
        pace = zone(line_.text, line_.interval.duration_ms, line_.language)
        console.print(Text(f"{part} {format_interval(line_.interval)}  {role.name} ({role.id})", style="bold"))
        say(console, f"“{' '.join(line_.text.split())}”", "   ")
        manner = [each for each in (line_.delivery.strip(), "" if line_.on_screen else "off screen") if each]
        say(console, f"{', '.join(manner) + '; ' if manner else ''}{pace.value} pace", "   ")
    elif part.startswith("C"):
        role = caption.role(part)
        console.print(Text(f"{part} {role.name}", style="bold"))
        for label, text in (("Looks", role.appearance), ("Voice", role.voice)):
            if text.strip():
                say(console, f"{label}: {' '.join(text.split())}", "   ")
        bound = [each for each in (role.reference.image, role.reference.audio) if each]
        if bound:
            say(console, f"References: {', '.join(bound)}", "   ")
    else:
        sound = next(sound for shot in caption.shots for sound in shot.sounds if sound.id == part)
        console.print(Text(f"{part} {format_interval(sound.interval)}", style="bold"))
        say(console, " ".join(sound.text.split()), "   ")


def print_choices(console: Console, names: Sequence[str]) -> None:
    """Numbered choices, as many in a row as fit."""
    cells = [f"{number} {name}" for number, name in enumerate(names, 1)]
    width = max(map(len, cells)) + 3
    per_row = max((max(min(console.width, MAX_WIDTH), 30) - 2) // width, 1)
    for at in range(0, len(cells), per_row):
        row = "".join(cell.ljust(width) for cell in cells[at : at + per_row])
        console.out(f"  {row}".rstrip(), highlight=False)


def print_proposal(console: Console, proposal: Proposal) -> None:
    """What would change, its operations by number, and what is worth knowing."""
    from mavin.cli.diff import print_differences

    print_differences(console, proposal.differences, several=len(proposal.film.clips) > 1)
    for number, (_, op) in enumerate(proposal.operations, 1):
        written = number <= len(proposal.authors) and proposal.authors[number - 1] == "editor"
        say(console, f"{number}. {operation_words(op.model_dump(mode='json'))}{' (model)' if written else ''}", "  ")
    for note in proposal.notes:
        say(console, f"Note: {note}")


def print_help(console: Console) -> None:
    """All commands."""
    for command, words in _HELP:
        console.out(f"  {command:<18} {words}", highlight=False)
    say(
        console,
        "Anything else is an instruction: L1 0.3 s later · camera of S2: wide, low · make the ending sadder. What you "
        "have selected is meant where you name nothing. Every change is saved at once; Ctrl-C gives a line or a "
        "proposal up, Ctrl-D leaves.",
    )


_HELP = (
    ("S2  L1  C1  X1", "select a part, and see what can be done with it"),
    ("1  2  3 …", "take a choice of the selected part"),
    ("(an empty line)", "the timeline"),
    ("all", "the whole script"),
    ("undo  redo", "a step back, or forth again (undo 3: three)"),
    ("history", "all steps"),
    ("diff", "what the last step changed"),
    ("lock S2  unlock S2", "a part, a field (S2.camera), a boundary (cut S2)"),
    ("anew S2", "written anew by the agents (anew S2 keep camera: warmer)"),
    ("preview S2", "draw a shot, or all of it, into the film's renders"),
    ("check", "what is wrong or hurried"),
    ("clip K2", "another clip of the film"),
    ("help  quit", "this, and the end"),
)
