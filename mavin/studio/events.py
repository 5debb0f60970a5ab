"""What keeps every tab in step: changes of the film by whomever, and the progress of jobs, as server-sent events."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from fastapi.sse import ServerSentEvent
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from mavin.errors import MavinError
from mavin.studio.desk import Desk, version_of
from mavin.studio.media import render_stamps

__all__ = ["FilmEvent", "Hub", "Watcher"]

_LOOK_SECONDS = 0.1
_QUEUE = 256


class FilmEvent(BaseModel):
    """The film has changed, by whomever."""

    version: str
    rev: int
    step: int
    branch: str


class Hub:
    """Passes events on to whoever listens; used from the event loop only, but for :meth:`publish_soon`."""

    def __init__(self) -> None:
        self.loop: asyncio.AbstractEventLoop | None = None
        self.closing = asyncio.Event()
        self._listeners: set[asyncio.Queue[ServerSentEvent | None]] = set()

    def publish(self, name: str, data: BaseModel) -> None:
        """Tells all listeners; one that has stopped reading is let go, and will come back and ask anew."""
        event = ServerSentEvent(event=name, raw_data=data.model_dump_json())
        for queue in list(self._listeners):
            if queue.qsize() >= _QUEUE:
                self._listeners.discard(queue)
                queue.put_nowait(None)
            else:
                queue.put_nowait(event)

    def publish_soon(self, name: str, data: BaseModel) -> None:
        """As :meth:`publish`, from any thread."""
        if self.loop is not None and not self.closing.is_set():
            self.loop.call_soon_threadsafe(self.publish, name, data)

    def close(self) -> None:
        """Ends all streams, so that the server can end."""
        self.closing.set()
        for queue in self._listeners:
            queue.put_nowait(ServerSentEvent(event="closing", raw_data="{}"))
            queue.put_nowait(None)

    async def listen(self, first: ServerSentEvent) -> AsyncIterator[ServerSentEvent]:
        """The events from now on, behind a first one."""
        queue: asyncio.Queue[ServerSentEvent | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield first
            while not self.closing.is_set() or not queue.empty():
                event = await queue.get()
                if event is None:
                    return
                yield event
        finally:
            self._listeners.discard(queue)


class Watcher:
    """Looks at the film's folder several times a second: a terminal, an editor or a script may change it.

    Looking is a handful of ``stat`` calls, which every file system answers; only what moved is read.
    """

    def __init__(self, desk: Desk, hub: Hub) -> None:
        self._desk = desk
        self._hub = hub
        self._stamp: tuple[str, ...] = ()
        self._version = ""

    async def run(self) -> None:
        """Watches until it is cancelled."""
        while True:
            with contextlib.suppress(OSError):
                await self.look()
            await asyncio.sleep(_LOOK_SECONDS)

    async def look(self) -> None:
        """Tells of a change, if there is one."""
        stamp = await run_in_threadpool(_stamp, self._desk.path)
        if stamp == self._stamp:
            return
        try:
            event = await run_in_threadpool(self.now)
        except MavinError:
            return  # somebody is at work in the files; what they leave is read the next time
        self._stamp = stamp
        if event.version != self._version:
            self._version = event.version
            self._hub.publish("film", event)

    def now(self) -> FilmEvent:
        """The film as it is, in an event."""
        film = self._desk.film()
        return FilmEvent(version=version_of(film), rev=film.rev, step=film.head, branch=film.branch)


def _stamp(film: Path) -> tuple[str, ...]:
    """The film's files with their times and sizes."""
    found = render_stamps(film)
    for path in (*(film / name for name in ("film.json", "history.jsonl", "locks.json")), *film.glob("clips/*.json")):
        with contextlib.suppress(OSError):
            status = path.stat()
            found.append(f"{path.name}:{status.st_mtime_ns}:{status.st_size}")
    return tuple(found)
