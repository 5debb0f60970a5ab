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
from mavin.studio.pipelines import Pipelines
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
    """A rendering to make; ``weights`` and ``steps`` are for the network, by names that the vocabulary tells.

    Without a ``renderer`` it is the first of the vocabulary.
    """

    renderer: Annotated[str, Field(max_length=40)] | None = None
    weights: Annotated[str, Field(max_length=200)] | None = None
    steps: Annotated[int, Field(ge=1, le=500)] | None = None
    clip: Part | None = None
    shot: Part | None = None
    mute: bool = False
    seed: Seed = 0
    format: Literal["mp4", "webm", "gif"] = "mp4"


class JobList(shapes.Shape):
    """The jobs, the newest first."""

    jobs: tuple[shapes.Job, ...]


def job_routes(desk: Desk, jobs: Jobs, pipelines: Pipelines) -> APIRouter:
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
        options: dict[str, Any] = wanted.model_dump(exclude={"format", "renderer", "weights", "steps"})
        options |= await run_in_threadpool(_of_network, pipelines, wanted)
        await run_in_threadpool(_check, desk, wanted.clip, wanted.shot)
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


def _of_network(pipelines: Pipelines, wanted: Render) -> dict[str, Any]:
    """The options of the network, none for the stage."""
    renderers = pipelines.renderers()
    network = wanted.weights is not None or wanted.steps is not None
    chosen = wanted.renderer or ("mavin" if network else renderers[0])
    if chosen not in renderers:
        hint = "" if len(renderers) > 1 else " The network needs weights: `mavin weights pull` gets some."
        raise UsageError(f"The renderer must be one of {', '.join(renderers)}, got {chosen!r}.{hint}")
    if chosen == "stage":
        if network:
            raise UsageError("Weights and steps are for the network: choose the renderer mavin with them.")
        return {"renderer": chosen}
    names = pipelines.names()
    if wanted.weights is not None and wanted.weights not in names:
        raise UsageError(f"The weights must be one of {', '.join(names)}, got {wanted.weights!r}.")
    weights = names[wanted.weights or next(iter(names))]
    return {"renderer": chosen, "weights": weights} | ({"steps": wanted.steps} if wanted.steps is not None else {})


def _check(desk: Desk, clip: str | None, shot: str | None) -> None:
    """Finds out at once what the process that draws would find out later."""
    from mavin.api import load
    from mavin.api.rendering import check_shot, clips_of

    source = load(desk.film())
    check_shot(source, clips_of(source, clip), shot)
