"""Diagnostics: what is wrong or worth knowing about a prompt or a script, as data."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

__all__ = ["Diagnostic", "Severity", "Span"]


class Severity(StrEnum):
    """How much a diagnostic matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Span(BaseModel):
    """Half-open range of character offsets ``[start, end)`` into the prompt, with its text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: int
    end: int
    text: str


class Diagnostic(BaseModel):
    """One finding: a stable code, a message for people, and where it is.

    Attributes:
        code: stable identifier such as ``shot_partition``.
        severity: an error makes the object invalid; the rest is advice.
        message: what must hold and what was got, naming the object.
        path: where in the caption (``shots.S2.end_ms``), or ``None``.
        span: where in the prompt, or ``None``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    severity: Severity
    message: str
    path: str | None = None
    span: Span | None = None
