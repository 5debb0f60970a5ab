"""A person at a terminal is asked about what the model suspects; a pipe is not."""

from __future__ import annotations

import os
import pty
import threading

import pytest

from mavin.cli.asking import asking
from mavin.cli.console import Progress
from mavin.diagnostics import Span
from mavin.ledger import Conflict, ConflictKind, ConflictOutcome, Decision

CONFLICT = Conflict(
    kind=ConflictKind.TEMPORAL,
    spans=(Span(start=0, end=5, text="leave"), Span(start=9, end=14, text="wakes")),
    explanation="…",
    outcome=ConflictOutcome.SUSPECTED,
    by="model",
    suggestion="She wakes. She leaves.",
)


def test_nobody_is_asked_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    with open(os.devnull) as nothing:  # noqa: PTH123
        monkeypatch.setattr("sys.stdin", nothing)
        assert asking(Progress(), as_json=False) is None


@pytest.mark.parametrize(
    ("typed", "decision"),
    [("g", Decision.GO_ON), ("r", Decision.REORDER), ("x\ns", Decision.STOP), ("", Decision.GO_ON)],
)
def test_the_answer_is_taken(typed: str, decision: Decision, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    shown: list[bytes] = []

    def read() -> None:
        try:
            while data := os.read(ours, 1024):
                shown.append(data)
        except OSError:
            return

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    with os.fdopen(os.dup(theirs)) as stdin, os.fdopen(os.dup(theirs), "w", buffering=1) as stderr:
        monkeypatch.setattr("sys.stdin", stdin)
        monkeypatch.setattr("sys.stderr", stderr)
        decide = asking(Progress(), as_json=False)
        assert decide is not None
        os.write(ours, f"{typed}\n".encode())
        assert decide(CONFLICT) is decision
    os.close(theirs)
    reader.join(5)
    assert b"She wakes. She leaves." in b"".join(shown)


def test_json_asks_nobody() -> None:
    assert asking(Progress(), as_json=True) is None
