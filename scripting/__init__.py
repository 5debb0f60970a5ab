"""Scripting: from a prompt to a validated hierarchical caption with a ledger (paper §4.4, C.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scripting.graph import build_graph, write_script

__all__ = ["build_graph", "write_script"]


def __getattr__(name: str) -> Any:
    # langgraph takes a third of a second to import; whoever only connects a model need not wait.
    if name in __all__:
        from scripting import graph

        return getattr(graph, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
