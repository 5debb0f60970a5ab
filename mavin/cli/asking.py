"""Asks a person on a terminal about what the model only suspects; in a log or a pipe nobody is asked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from mavin.cli.console import Progress

if TYPE_CHECKING:
    from mavin.ledger import Conflict, Decision

__all__ = ["asking"]


def asking(progress: Progress, *, as_json: bool) -> Callable[[Conflict], Decision] | None:
    """What to call about a suspected conflict, or ``None`` where nobody sits at the terminal."""
    if as_json or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None

    def decide(conflict: Conflict) -> Decision:
        from rich.console import Console
        from rich.prompt import Prompt
        from rich.text import Text

        from mavin.ledger import Decision

        with progress.paused():
            console = Console(stderr=True)
            first, *others = (f"“{span.text}”" for span in conflict.spans)
            against = f"The model suspects a {conflict.kind.value} conflict: {first} against {' '.join(others)}"
            # One phrase alone is held against something outside the prompt, which the explanation names.
            console.print(Text(against if others else conflict.explanation))
            choices = {"g": Decision.GO_ON, "s": Decision.STOP}
            words = "[g]o on as it is, [s]top"
            if conflict.suggestion:
                console.print(Text(f"In this order both could be filmed: {conflict.suggestion}"))
                choices["r"] = Decision.REORDER
                words += ", [r]eorder"
            answer = Prompt.ask(Text(words), choices=list(choices), default="g", console=console)
            return choices[answer]

    return decide
