"""Progress of a run, streamed out of the graph's nodes."""

from __future__ import annotations

__all__ = ["report"]


def report(agent: str, message: str) -> None:
    """Tells whoever watches what an agent is doing now; silent outside a running graph."""
    from langgraph.config import get_stream_writer

    get_stream_writer()({"agent": agent, "message": message})
