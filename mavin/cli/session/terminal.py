"""Where a session's lines come from and go to."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from mavin.cli.console import out

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["SCRIPTED_WIDTH", "Live", "Scripted", "Terminal"]

SCRIPTED_WIDTH = 80
"""Columns where nobody looks, so that a transcript is the same everywhere."""


class Terminal(Protocol):
    """What a session needs of a terminal."""

    console: Console

    def ask(self, prompt: str) -> str:
        """The next line.

        Raises:
            EOFError: if there is none.
            KeyboardInterrupt: if the person gives the line up.
        """
        ...


class Live:
    """A person: lines can be edited and brought back where Python has readline."""

    def __init__(self) -> None:
        with suppress(ImportError):
            import readline  # noqa: F401 - input() takes it from here

        self.console = out()

    def ask(self, prompt: str) -> str:
        """The line that they type."""
        return input(prompt)


class Scripted:
    """Lines from a file or a pipe; prompt and line are printed, so that what comes out is a transcript."""

    def __init__(self, lines: Iterable[str], file: io.StringIO | None = None) -> None:
        from rich.console import Console

        self._lines: Iterator[str] = iter(lines)
        self.console = Console(
            file=file or sys.stdout,
            width=SCRIPTED_WIDTH,
            color_system=None,
            highlight=False,
            emoji=False,
            markup=False,
            soft_wrap=True,
            legacy_windows=False,
        )

    def ask(self, prompt: str) -> str:
        """The next line of the script."""
        line = next(self._lines, None)
        if line is None:
            raise EOFError
        self.console.out(f"{prompt}{line}", highlight=False)
        return line
