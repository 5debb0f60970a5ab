"""The studio as an ASGI application."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import FileResponse
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

import mavin
from mavin.studio.desk import Desk
from mavin.studio.events import Hub, Watcher
from mavin.studio.jobs import Jobs
from mavin.studio.pipelines import Pipelines
from mavin.studio.problems import answer_errors
from mavin.studio.routes.about import about_routes
from mavin.studio.routes.events import event_routes
from mavin.studio.routes.film import film_routes
from mavin.studio.routes.history import history_routes
from mavin.studio.routes.jobs import job_routes
from mavin.studio.routes.media import Pictures, media_routes
from mavin.studio.routes.proposals import proposal_routes
from mavin.studio.routes.references import reference_routes
from mavin.studio.security import MAX_BODY_BYTES, Guard
from mavin.studio.workers import Worker

__all__ = ["STATIC", "Studio"]

STATIC = Path(__file__).parent / "static"
READER_MEGABYTES = 3072
"""Memory that looking at an uploaded file may take, libraries included."""


class Studio:
    """A film's studio: the application without its guard, and with it.

    Args:
        film: the film's folder.
        llm: the model for instructions that code does not read, as :func:`mavin.write` takes it.
        model: its name there.
        weights: a pipeline to render with, besides those that are installed.

    Attributes:
        api: the FastAPI application.
        hub: where events go.
    """

    def __init__(
        self, film: Path, *, llm: str | None = None, model: str | None = None, weights: str | None = None
    ) -> None:
        self.desk = Desk(film)
        self.hub = Hub()
        watcher = Watcher(self.desk, self.hub)
        # One process draws what the page shows, another reads what is dropped on it; each job has its own.
        artist, reader = Worker(), Worker(megabytes=READER_MEGABYTES)
        jobs = Jobs(self.desk, self.hub)
        self.desk.jobs = jobs.views
        pictures, pipelines = Pictures(artist), Pipelines(weights)
        self._ends = (jobs.close, artist.close, reader.close)
        self._ending: tuple[asyncio.Task[None], ...] = ()

        @contextlib.asynccontextmanager
        async def life(_app: FastAPI) -> AsyncIterator[None]:
            self.hub.loop = asyncio.get_running_loop()
            watching = asyncio.create_task(watcher.run())
            try:
                yield
            finally:
                watching.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await watching
                await asyncio.gather(*(end() for end in self._ends))

        self.api = FastAPI(
            title="MAVIN studio",
            version=mavin.__version__,
            description="The API of one film's studio. Times are in milliseconds.",
            docs_url=None,  # these pages would load scripts from another host
            redoc_url=None,
            openapi_url="/api/openapi.json",
            lifespan=life,
            max_body_size=MAX_BODY_BYTES,
            telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
        )
        answer_errors(self.api, self.desk)
        for routes in (
            film_routes(self.desk),
            history_routes(self.desk),
            proposal_routes(self.desk, self.hub, llm, model),
            job_routes(self.desk, jobs, pipelines),
            media_routes(self.desk, pictures),
            reference_routes(self.desk, pictures, reader),
            about_routes(self.desk, pipelines),
            event_routes(self.hub, watcher),
        ):
            self.api.include_router(routes)
        self._serve_pages()

    def end(self) -> None:
        """Ends streams, jobs and drawing, so that nothing keeps the server waiting; from the event loop only."""
        self.hub.close()
        self._ending = tuple(asyncio.create_task(end()) for end in self._ends)

    def _serve_pages(self) -> None:
        @self.api.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
        def page() -> FileResponse:
            return FileResponse(STATIC / "index.html", headers={"cache-control": "no-cache"})

        self.api.mount("/static", StaticFiles(directory=STATIC, check_dir=False), name="static")

    def guarded(self, *, token: str, hosts: Iterable[str], port: int, any_address: bool = False) -> ASGIApp:
        """The application for a socket (:class:`~mavin.studio.security.Guard`)."""
        return Guard(self.api, token=token, hosts=hosts, port=port, any_address=any_address)
