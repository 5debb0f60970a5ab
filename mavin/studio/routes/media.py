"""Films, their waveforms, and stills of shots."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from collections import OrderedDict
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, Response

from mavin.caption import HierarchicalCaption
from mavin.studio import shapes
from mavin.studio.desk import Desk
from mavin.studio.media import MEDIA_TYPES, medium_file
from mavin.studio.problems import PROBLEMS, NotThereError
from mavin.studio.workers import Worker

__all__ = ["Pictures", "key_of", "media_routes", "picture_answer", "stamp_of"]

DRAW_SECONDS = 60.0
_KEPT = 96
ClipName = Annotated[str, Query(max_length=20)]


class Waveform(shapes.Shape):
    """How loud a film is along its length: the largest sample of each part, 0 to 1."""

    media: str
    duration_ms: int
    peaks: tuple[float, ...]
    silent: bool


class Pictures:
    """What was drawn or decoded lately, by what it was made of."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._known: OrderedDict[str, asyncio.Task[Any]] = OrderedDict()

    async def get(self, key: str, do: str, **request: Any) -> Any:
        """The worker's answer, asked for once."""
        task = self._known.get(key)
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            task = asyncio.create_task(self._worker.ask(do, seconds=DRAW_SECONDS, **request))
            task.add_done_callback(_looked_at)  # who asked may have left before it failed
            self._known[key] = task
        self._known.move_to_end(key)
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return await asyncio.shield(task)  # others may wait for the same


def _looked_at(task: asyncio.Task[Any]) -> None:
    if not task.cancelled():
        task.exception()


def picture_answer(request: Request, key: str, encoded: str, kind: str) -> Response:
    """Bytes that a browser keeps and asks about anew, for they change with the script."""
    tag = f'"{key}"'
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(base64.b64decode(encoded), media_type=kind, headers=headers)


def stamp_of(path: Path) -> tuple[str, int, int]:
    """What tells one state of a file from another."""
    status = path.stat()
    return path.name, status.st_mtime_ns, status.st_size


def key_of(*parts: Any) -> str:
    """A short key for what something is made of."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:24]


def media_routes(desk: Desk, pictures: Pictures) -> APIRouter:
    """The paths of films and stills."""
    routes = APIRouter(tags=["media"])

    @routes.get("/media/{name}", response_class=FileResponse, responses=PROBLEMS(404))
    def medium(name: str) -> FileResponse:
        """A film of ``renders/``; ranges are served."""
        path = medium_file(desk.path, name)
        if path is None:
            raise NotThereError(f"There is no film {name[:80]!r} among this film's renderings.")
        headers = {"cache-control": "private, no-cache"}
        return FileResponse(path, media_type=MEDIA_TYPES[Path(name).suffix.lower()], headers=headers)

    @routes.get("/api/waveform", responses=PROBLEMS(404, 503))
    async def waveform(
        media: Annotated[str, Query(max_length=255)], points: Annotated[int, Query(ge=1, le=10_000)] = 1000
    ) -> Waveform:
        """How loud a film of ``renders/`` is along its length."""
        path = await run_in_threadpool(medium_file, desk.path, media)
        if path is None:
            raise NotThereError(f"There is no film {media[:80]!r} among this film's renderings.")
        key = key_of("waveform", stamp_of(path), points)
        found = await pictures.get(key, "waveform", path=str(path), points=points)
        return Waveform(
            media=media, duration_ms=found["duration_ms"], peaks=tuple(found["peaks"]), silent=found["silent"]
        )

    @routes.get(
        "/api/shots/{shot}/frame.png",
        response_class=Response,
        responses={200: {"content": {"image/png": {}}}, **PROBLEMS(404, 503)},
    )
    async def frame(
        request: Request,
        shot: str,
        clip: ClipName = "K1",
        width: Annotated[int, Query(ge=16, le=1280)] = 320,
        rev: Annotated[int | None, Query(description="Only makes browsers ask anew")] = None,
    ) -> Response:
        """The most telling frame of a shot as it is now, as the preview shows it."""
        del rev
        film = await run_in_threadpool(desk.film)
        caption = desk.script(film, clip).caption
        if shot not in [each.id for each in caption.shots]:
            raise NotThereError(f"The shot must be one of {', '.join(s.id for s in caption.shots)}, got {shot[:20]!r}.")
        key = key_of("still", _seen(caption, shot, desk.path), shot, width)
        encoded = await pictures.get(
            key,
            "still",
            caption=caption.model_dump(mode="json"),
            shot=shot,
            width=width,
            folder=str(desk.path),
        )
        return picture_answer(request, key, encoded, "image/png")

    return routes


def _seen(caption: HierarchicalCaption, name: str, folder: Path) -> Any:
    """What a shot's still is made of: words and times of other shots' lines change nothing about it."""
    shot = caption.shot(name)
    files = []
    for role in caption.roles:
        image = caption.role_in_shot(role.id, shot).reference.image
        path = folder / image if image else None
        files.append(stamp_of(path) if path is not None and path.is_file() else None)
    return [
        caption.aspect,
        caption.language,
        caption.global_caption.model_dump(mode="json"),
        [role.model_dump(mode="json") for role in caption.roles],
        [each.model_dump(mode="json", exclude={"start_ms", "end_ms", "sounds", "title"}) for each in caption.shots],
        (shot.start_ms, shot.end_ms),
        [
            (part.line.role, part.line.on_screen, part.line.start_ms, part.line.end_ms)
            for part in caption.lines_in(shot)
        ],
        files,
    ]
