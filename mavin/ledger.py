"""What became of the user's words: the fact ledger, conflicts, and the report of one run (design §4.5–6)."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer

from mavin.caption import HierarchicalCaption
from mavin.diagnostics import Diagnostic, Span

__all__ = ["Conflict", "ConflictKind", "ConflictOutcome", "Decision", "Fate", "LedgerEntry", "LlmUsage", "ScriptReport"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fate(StrEnum):
    """What happened to a fact of the user, or that something is not the user's at all."""

    KEPT = "kept"
    ALTERED = "altered"
    DROPPED = "dropped"
    ADDED = "added"


class LedgerEntry(_Record):
    """One fact of the prompt and its fate, or one invention and who made it.

    Attributes:
        kind: sort of fact (``dialogue``, ``time``, ``duration``, ``shot_count``, ``event``,
            ``role``, ``setting``, …).
        text: the user's words, or the added words.
        start: character offset into the prompt, ``None`` for additions.
        end: offset behind the last character, ``None`` for additions.
        outcome: kept, altered, dropped or added.
        where: path in the caption (``shots.S2.action``), ``None`` where it is nowhere.
        by: ``user``, ``code``, or the agent that added or changed it.
        why: reason, empty where it is plain.
        clip: id of the clip that ``where`` lies in (``K2``), ``None`` where there is one clip or it
            concerns the whole film.
    """

    kind: str
    text: str
    start: int | None = None
    end: int | None = None
    outcome: Fate
    where: str | None = None
    by: str
    why: str = ""
    clip: str | None = None

    @model_serializer(mode="wrap")
    def _without_the_only_clip(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        data: dict[str, Any] = handler(self)
        if self.clip is None:
            del data["clip"]
        return data


class ConflictKind(StrEnum):
    """Kinds of contradiction (paper C.1), and counts that cannot be met."""

    TEMPORAL = "temporal"
    SPATIAL = "spatial"
    LOGICAL = "logical"
    ROLE = "role"
    STRUCTURE = "structure"


class ConflictOutcome(StrEnum):
    """What was done about a conflict."""

    REORDERED = "reordered"
    RESOLVED = "resolved"
    SUSPECTED = "suspected"
    REFUSED = "refused"


class Conflict(_Record):
    """Two or more places of the prompt that cannot all hold; ``by`` is ``code`` or ``model``.

    ``order`` holds the indices of the story's events in an order in which they could, if one is known,
    and ``suggestion`` the user's own clauses in that order.
    """

    kind: ConflictKind
    spans: tuple[Span, ...]
    explanation: str
    outcome: ConflictOutcome
    by: str
    suggestion: str = ""
    order: tuple[int, ...] = ()


class Decision(StrEnum):
    """What a person says about a suspected conflict."""

    GO_ON = "go on"
    REORDER = "reorder"
    STOP = "stop"


class LlmUsage(_Record):
    """What the language model cost in one run; tokens as the back end counts them.

    A run that was killed and resumed counts as one.  ``reused`` counts answers that it had already paid for
    when they were needed again, ``repairs`` questions that were asked anew with what was wrong with their answer.
    """

    uri: str = "rules"
    model: str = ""
    calls: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    reused: int = 0
    repairs: int = 0


class ScriptReport(_Record):
    """The whole result of one scripting run; ``caption`` is ``None`` where it was refused."""

    caption: HierarchicalCaption | None
    captions: tuple[HierarchicalCaption, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    llm: LlmUsage = LlmUsage()
    agents: dict[str, LlmUsage] = {}
