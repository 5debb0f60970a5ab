"""What is wrong with a script's text, and where: line, column, what was expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mavin.diagnostics import Diagnostic, Severity
from mavin.errors import InvalidInputError

__all__ = ["TextError", "TextProblem"]


@dataclass(frozen=True, slots=True, order=True)
class TextProblem:
    """One mistake; lines and columns count from 1, columns in characters."""

    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.message}"


class TextError(InvalidInputError):
    """A text that is no script; ``problems`` lists every mistake in the order of the text."""

    def __init__(self, problems: Sequence[TextProblem], name: str = "text") -> None:
        self.problems = tuple(sorted(problems))
        self.diagnostics = tuple(
            Diagnostic(code="script_text", severity=Severity.ERROR, message=f"{name}:{problem}")
            for problem in self.problems
        )
        super().__init__("\n".join(item.message for item in self.diagnostics))
