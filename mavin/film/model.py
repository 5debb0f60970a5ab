"""What the files of a film hold, as pydantic models with a schema version each."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from mavin.diagnostics import Diagnostic
from mavin.ledger import Conflict, LedgerEntry

__all__ = ["FILM_VERSION", "ClipLedger", "ClipSnapshot", "FilmIndex", "HistoryEntry", "Locks", "Snapshot"]

FILM_VERSION: Literal[1] = 1

ClipId = Annotated[str, Field(pattern=r"^K[1-9]\d*$")]


class _Stored(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = FILM_VERSION


class FilmIndex(_Stored):
    """``film.json``: the title, how often the film was saved, and its clips in order."""

    title: str
    rev: int = Field(ge=1)
    branch: str = "main"
    clips: tuple[ClipId, ...] = Field(min_length=1)


class ClipLedger(_Stored):
    """``ledger/K1.json``: the prompt of a clip, the fate of its facts, and what was found about it."""

    prompt: str = ""
    ledger: tuple[LedgerEntry, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class Locks(_Stored):
    """``locks.json``: paths of a caption that no edit and no agent may change."""

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
    """One line of ``history.jsonl``: what was done, and the film after it."""

    rev: int = Field(ge=1)
    parent: int | None = None
    branch: str = "main"
    time: str
    op: dict[str, Any]
    snapshot: Snapshot
