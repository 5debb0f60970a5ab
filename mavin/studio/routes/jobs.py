"""Previews and renderings: beginning, following and ending them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from mavin.errors import UsageError
from mavin.studio import shapes
from mavin.studio.desk import Desk
from mavin.studio.jobs import Jobs
from mavin.studio.problems import PROBLEMS

__all__ = ["job_routes"]

Seed = Annotated[int, Field(ge=0, le=2**31 - 1)]
Part = Annotated[str, Field(max_length=20)]


class Preview(shapes.Shape):
    """A preview to draw."""

    clip: Part | None = None
    shot: Part | None = None
    mute: bool = False
    music: bool = True
    subtitles: bool = True
    slate: bool = False
    seed: Seed = 0


class Render(shapes.Shape):
    """A rendering to make."""

    renderer: Annotated[str, Field(max_length=40)] = "stage"
    clip: Part | None = None
    shot: Part | None = None
    mute: bool = False
    seed: Seed = 0
    format: Literal["mp4", "webm", "gif"] = "mp4"


class JobList(shapes.Shape):
    """The jobs, the newest first."""

    jobs: tuple[shapes.Job, ...]


def job_routes(desk: Desk, jobs: Jobs) -> APIRouter:
    """The paths of jobs."""
    routes = APIRouter(prefix="/api", tags=["jobs"])

    @routes.post("/preview", status_code=202, responses=PROBLEMS(429))
    async def preview(wanted: Preview) -> shapes.Job:
        """Draws the film, a clip or a shot as it is now; ``GET /api/events`` tells how far it is."""
        await run_in_threadpool(_check, desk, wanted.clip, wanted.shot)
        return jobs.start("preview", ".mp4", wanted.model_dump())

    @routes.post("/render", status_code=202, responses=PROBLEMS(429))
    async def render(wanted: Render) -> shapes.Job:
        """Renders the film, a clip or a shot as it is now."""
        from generator.renderers import RENDERERS

        if wanted.renderer not in RENDERERS:
            raise UsageError(f"A renderer must be one of {', '.join(RENDERERS)}, got {wanted.renderer!r}.")
        await run_in_threadpool(_check, desk, wanted.clip, wanted.shot)
        options: dict[str, Any] = wanted.model_dump(exclude={"format"})
        return jobs.start("render", f".{wanted.format}", options)

    @routes.get("/jobs", responses=PROBLEMS())
    async def all_jobs() -> JobList:
        """The jobs of this studio, the newest first."""
        return JobList(jobs=jobs.views())

    @routes.get("/jobs/{job}", responses=PROBLEMS(404))
    async def one_job(job: str) -> shapes.Job:
        """How far a job is."""
        return jobs.view(job)

    @routes.delete("/jobs/{job}", responses=PROBLEMS(404))
    async def cancel(job: str) -> shapes.Job:
        """Ends a job and leaves no half file; one that has ended stays as it is."""
        return await jobs.cancel(job)

    return routes


def _check(desk: Desk, clip: str | None, shot: str | None) -> None:
    """Finds out at once what the process that draws would find out later."""
    from mavin.api import load
    from mavin.api.rendering import check_shot, clips_of

    source = load(desk.film())
    check_shot(source, clips_of(source, clip), shot)
