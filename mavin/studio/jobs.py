"""Previews and renderings: one at a time, each in a process of its own that can be ended at any moment."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any, Literal

from starlette.concurrency import run_in_threadpool

from mavin.errors import MavinError
from mavin.studio import shapes
from mavin.studio.desk import Desk
from mavin.studio.events import Hub
from mavin.studio.media import forget_halves, media_of
from mavin.studio.problems import BusyError, NotThereError
from mavin.studio.workers import Worker

__all__ = ["Jobs"]

_WAITING, _KEPT = 4, 20
_TELL_SECONDS = 0.1


@dataclass
class _Job:
    kind: Literal["preview", "render"]
    options: dict[str, Any]
    suffix: str
    id: str = field(default_factory=lambda: secrets.token_hex(6))
    state: Literal["waiting", "running", "done", "failed", "cancelled"] = "waiting"
    progress: float = 0.0
    doing: str = ""
    rev: int | None = None
    message: str = ""
    notes: tuple[str, ...] = ()
    medium: shapes.Medium | None = None
    begun: float = 0.0
    since: float = 0.0
    ended: float = 0.0
    told: float = 0.0
    task: asyncio.Task[None] | None = None

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "failed", "cancelled")

    @property
    def view(self) -> shapes.Job:
        until = self.ended or time.monotonic()
        return shapes.Job(
            id=self.id,
            kind=self.kind,
            state=self.state,
            progress=self.progress,
            doing=self.doing if self.state == "running" else "",
            rev=self.rev,
            clip=self.options.get("clip"),
            shot=self.options.get("shot"),
            message=self.message,
            notes=self.notes,
            medium=self.medium,
            seconds=round(until - self.begun, 3) if self.begun else 0.0,
        )


class Jobs:
    """The film's jobs; used from the event loop only, but for :meth:`views`."""

    def __init__(self, desk: Desk, hub: Hub) -> None:
        self._desk = desk
        self._hub = hub
        self._turn = asyncio.Lock()
        self._jobs: OrderedDict[str, _Job] = OrderedDict()

    def views(self) -> tuple[shapes.Job, ...]:
        """All jobs that are known, the newest first."""
        return tuple(job.view for job in reversed(list(self._jobs.values())))

    def view(self, name: str) -> shapes.Job:
        """One job.

        Raises:
            NotThereError: if there is none of that id.
        """
        return self._found(name).view

    def start(self, kind: Literal["preview", "render"], suffix: str, options: dict[str, Any]) -> shapes.Job:
        """Begins a job, or lets it wait for its turn.

        Raises:
            BusyError: if too many are waiting.
        """
        if sum(not job.is_over for job in self._jobs.values()) > _WAITING:
            raise BusyError(f"At most {_WAITING} jobs can wait. Cancel one, or wait until one has ended.")
        job = _Job(kind, options, suffix)
        self._jobs[job.id] = job
        over = [each.id for each in self._jobs.values() if each.is_over]
        for name in over[: max(len(self._jobs) - _KEPT, 0)]:
            del self._jobs[name]
        job.task = asyncio.create_task(self._run(job))
        self._tell(job)
        return job.view

    async def cancel(self, name: str) -> shapes.Job:
        """Ends a job; what it was writing is taken away, and what was there before stays.

        Raises:
            NotThereError: if there is none of that id.
        """
        job = self._found(name)
        if job.task is not None and not job.is_over:
            job.task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await job.task
            if not job.is_over:  # it had not begun
                self._end(job, "cancelled")
        return job.view

    async def close(self) -> None:
        """Ends all jobs."""
        for name in list(self._jobs):
            await self.cancel(name)

    def _found(self, name: str) -> _Job:
        if name not in self._jobs:
            raise NotThereError(f"There is no job {name[:40]!r}; it may have ended long ago.")
        return self._jobs[name]

    async def _run(self, job: _Job) -> None:
        worker = Worker()
        try:
            async with self._turn:
                job.state, job.begun, job.since = "running", time.monotonic(), time.time()
                self._tell(job)

                def tell(part: float, doing: str) -> None:
                    job.doing = doing
                    job.progress = min(max(part, 0.0), 1.0)
                    if time.monotonic() - job.told >= _TELL_SECONDS:
                        self._tell(job)

                result = await worker.ask(
                    "draw",
                    progress=tell,
                    film=str(self._desk.path),
                    kind=job.kind,
                    suffix=job.suffix,
                    options=job.options,
                )
                job.rev, job.notes = result["rev"], tuple(result["notes"])
                job.medium = await run_in_threadpool(self._medium, result["name"])
                job.progress = 1.0
                self._end(job, "done")
        except asyncio.CancelledError:
            self._end(job, "cancelled")
            raise
        except MavinError as error:
            job.message = str(error)
            self._end(job, "failed")
        finally:
            await worker.close()
            if job.state != "done" and job.begun:
                await run_in_threadpool(forget_halves, self._desk.path, job.kind, job.since)

    def _medium(self, name: str) -> shapes.Medium | None:
        found = media_of(self._desk.film(), self._desk.tree())
        return next((medium for medium in found if medium.name == name), None)

    def _end(self, job: _Job, state: Literal["done", "failed", "cancelled"]) -> None:
        job.state, job.ended = state, time.monotonic()
        self._tell(job)

    def _tell(self, job: _Job) -> None:
        job.told = time.monotonic()
        self._hub.publish("job", job.view)
