"""What the files of a film hold, as pydantic models with a schema version each."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from mavin.diagnostics import Diagnostic
from mavin.edits import Change
from mavin.ledger import Conflict, LedgerEntry

__all__ = ["FILM_VERSION", "ClipLedger", "ClipSnapshot", "FilmIndex", "HistoryEntry", "Locks", "Snapshot"]

FILM_VERSION: Literal[1] = 1

ClipId = Annotated[str, Field(pattern=r"^K[1-9]\d*$")]


class _Stored(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = FILM_VERSION


class FilmIndex(_Stored):
    """``film.json``: the title, how often the film was saved, the step it is at, and its clips in order."""

    title: str
    rev: int = Field(ge=1)
    branch: str = "main"
    head: int | None = None
    clips: tuple[ClipId, ...] = Field(min_length=1)


class ClipLedger(_Stored):
    """``ledger/K1.json``: the prompt of a clip, the fate of its facts, and what was found about it."""

    prompt: str = ""
    ledger: tuple[LedgerEntry, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class Locks(_Stored):
    """``locks.json``: what no edit and no agent may change, as ``K1.<path>`` (:mod:`mavin.edits.locks`)."""

    locks: tuple[str, ...] = ()


class ClipSnapshot(BaseModel):
    """One clip inside a snapshot; the caption is kept raw, so that older schema versions upgrade."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: ClipId
    caption: dict[str, Any]
    ledger: ClipLedger = ClipLedger()


class Snapshot(BaseModel):
    """The whole film after one operation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    clips: tuple[ClipSnapshot, ...] = Field(min_length=1)
    locks: tuple[str, ...] = ()


class HistoryEntry(_Stored):
    """One line of ``history.jsonl``: what was done, and how the film was after it.

    A step has a ``snapshot`` (the whole film) or ``changes`` (what differs from its ``parent``).  A move (undo, redo,
    another branch) has neither: the film is again as at ``head``.

    Attributes:
        rev: number of the entry, one more than that of the line before.
        parent: of a step, the step that it was made on, ``None`` where there is none to go back to.
        branch: the branch that the film is on.
        time: when, in UTC.
        op: what was done: ``op`` tells the kind; of an edit, its clip, operations and instruction.
        head: of a move, the step that holds again.
        digests: fingerprints of the film's parts, by which a change from outside is noticed.
        changes: ``title``, ``locks`` and ``K1.<path>`` → what changed there (:mod:`mavin.edits.changes`).
        snapshot: the whole film; some steps have one, so that none is far away.
    """

    rev: int = Field(ge=1)
    parent: int | None = None
    branch: str = "main"
    time: str
    op: dict[str, Any]
    head: int | None = None
    digests: dict[str, str] = {}
    changes: dict[str, Change] | None = None
    snapshot: Snapshot | None = None

    @property
    def step(self) -> int:
        """The step that holds after this entry: its own or, of a move, the one it leads to."""
        return self.head if self.head is not None else self.rev
