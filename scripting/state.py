"""What travels through the graph: plain data only, so that any checkpoint can be read again."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import Annotated, Any, TypedDict

from mavin.facts import Facts
from mavin.request import WriteRequest
from scripting.llm.session import LlmSession

__all__ = ["MAX_REPAIRS", "ScriptContext", "ScriptState", "merge_by_id"]

MAX_REPAIRS = 2
"""Repair turns before code settles what is left (design §4.4)."""


def merge_by_id(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Reducer for parts that branches write at the same time: later writes win, id by id."""
    return {**old, **new}


class ScriptState(TypedDict, total=False):
    """The state of one scripting run.

    ``plan`` is the structure parser's (shots, lines, roles, times), ``scene`` and ``cast`` are
    descriptors, ``shots`` the refined shots by id, each with the diagnostics that are still open.
    """

    conflicts: Annotated[list[dict[str, Any]], operator.add]
    ledger: Annotated[list[dict[str, Any]], operator.add]
    diagnostics: Annotated[list[dict[str, Any]], operator.add]
    refused: bool
    plan: dict[str, Any]
    scene: dict[str, Any]
    cast: Annotated[dict[str, Any], merge_by_id]
    shots: Annotated[dict[str, Any], merge_by_id]
    repairs: int
    caption: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ScriptContext:
    """What the nodes of one run share and no checkpoint needs: it is made anew from the request."""

    request: WriteRequest
    facts: Facts
    session: LlmSession
