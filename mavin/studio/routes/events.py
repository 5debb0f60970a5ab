"""The stream of events."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fastapi import APIRouter
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from mavin.studio.events import Hub, Watcher
from mavin.studio.problems import PROBLEMS

__all__ = ["event_routes"]


def event_routes(hub: Hub, watcher: Watcher) -> APIRouter:
    """The path of the events."""
    routes = APIRouter(prefix="/api", tags=["events"])

    @routes.get("/events", response_class=EventSourceResponse, responses=PROBLEMS())
    async def events() -> AsyncIterator[ServerSentEvent]:
        """``film`` on every change by whomever and at once, ``job`` on progress, ``closing`` at the end."""
        now = await run_in_threadpool(watcher.now)
        async for event in hub.listen(ServerSentEvent(event="film", raw_data=now.model_dump_json())):
            yield event

    return routes
