"""What travels through the graph: plain data only, so that any checkpoint can be read again."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypedDict

from mavin.facts import Facts
from mavin.ledger import Conflict, Decision
from mavin.request import WriteRequest
from scripting.llm.session import LlmSession

__all__ = ["MAX_REPAIRS", "FilmContext", "ScriptContext", "ScriptState", "merge_by_id"]

MAX_REPAIRS = 2
"""Repair turns before code settles what is left (design §4.4)."""


def merge_by_id(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Reducer for parts that branches write at the same time: later writes win, id by id."""
    return {**old, **new}


class ScriptState(TypedDict, total=False):
    """The state of one scripting run.

    ``plan`` is the structure parser's (shots, lines, roles, times), ``references`` what was
    measured on each role's picture and voice, ``scene`` and ``cast`` are descriptors,
    ``shots`` the refined shots by id, each with the diagnostics that are still open.
    """

    conflicts: Annotated[list[dict[str, Any]], operator.add]
    ledger: Annotated[list[dict[str, Any]], operator.add]
    diagnostics: Annotated[list[dict[str, Any]], operator.add]
    refused: Annotated[bool, operator.or_]
    retold: bool
    references: dict[str, Any]
    plan: dict[str, Any]
    scene: dict[str, Any]
    cast: Annotated[dict[str, Any], merge_by_id]
    shots: Annotated[dict[str, Any], merge_by_id]
    repairs: int
    caption: dict[str, Any]


@dataclass(frozen=True, slots=True)
class FilmContext:
    """What the clips of one film have in common; the conflicts of the whole are settled before any clip.

    Attributes:
        facts: the facts of the whole story.
        place: setting of the shot before this clip, ``None`` for the first.
        cast: looks and voices as the first clip has decided them, ``None`` in the first.
        scene: the first clip's setting, style and ambience, ``None`` in the first.
        opening: the setting that code proposed for the first clip's first shot, which ``scene`` words.
    """

    facts: Facts
    place: str | None = None
    cast: dict[str, Any] | None = None
    scene: dict[str, Any] | None = None
    opening: str = ""


@dataclass(frozen=True, slots=True)
class ScriptContext:
    """What the nodes of one run share and no checkpoint needs: it is made anew from the request.

    Attributes:
        film: what the clips of a longer film share, ``None`` for a story in one clip.
        decide: asks a person about a suspected conflict, ``None`` where nobody can be asked.
    """

    request: WriteRequest
    facts: Facts
    session: LlmSession
    film: FilmContext | None = None
    decide: Callable[[Conflict], Decision] | None = None

    @property
    def story(self) -> Facts:
        """The facts of the whole story, of which :attr:`facts` may be one clip's part."""
        return self.film.facts if self.film is not None else self.facts
