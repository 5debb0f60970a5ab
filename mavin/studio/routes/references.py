"""Pictures and voices of roles, recordings of lines: taken, shown, heard, taken away."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from mavin.caption import HierarchicalCaption, Reference
from mavin.edits import BindReference, Operation, RecordLine, UnbindReference, apply_all
from mavin.errors import UsageError
from mavin.film import resolve_inside, store_reference
from mavin.studio import shapes
from mavin.studio.desk import Desk
from mavin.studio.problems import PROBLEMS, NotThereError
from mavin.studio.routes.media import ClipName, Pictures, key_of, picture_answer, stamp_of
from mavin.studio.security import MAX_UPLOAD_BYTES
from mavin.studio.uploads import AUDIO_TYPES, IMAGE_TYPES, Upload, received
from mavin.studio.workers import Worker

__all__ = ["reference_routes"]

Rev = Annotated[int, Query(ge=1, le=2**53, description="Film.rev that this was thought out on")]
ShotName = Annotated[str | None, Query(max_length=20, description="Only in this shot")]
Kind = Annotated[Literal["image", "audio"] | None, Query(description="Both if left out")]
Name = Annotated[str, Field(max_length=20)]


def _body(types: tuple[str, ...]) -> dict[str, Any]:
    """The documentation of a body that is a file."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {"requestBody": {"required": True, "content": dict.fromkeys((*types, "application/octet-stream"), binary)}}


def _content(kind: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {kind: {}}}}


def reference_routes(desk: Desk, pictures: Pictures, reader: Worker) -> APIRouter:
    """The paths of references and recordings."""
    routes = APIRouter(prefix="/api", tags=["references"])

    @routes.put(
        "/roles/{role}/reference",
        responses=PROBLEMS(404, 409, 415, 423),
        openapi_extra=_body((*IMAGE_TYPES, *AUDIO_TYPES)),
        max_body_size=MAX_UPLOAD_BYTES,
    )
    async def bind(request: Request, role: Name, rev: Rev, clip: ClipName = "K1", shot: ShotName = None) -> shapes.Film:
        """Gives a role a picture or a voice; the body is the file, and what it holds decides which."""
        caption = await run_in_threadpool(_caption, desk, clip)
        name = _role_name(caption, role)
        async with received(request, reader) as upload:

            def take() -> shapes.Film:
                def op(file: str) -> Operation:
                    return BindReference(
                        role=role,
                        shot=shot,
                        image=file if upload.kind == "image" else None,
                        audio=file if upload.kind == "audio" else None,
                    )

                return _taken(desk, upload, f"{name}-{shot}" if shot else name, clip, rev, op)

            return await run_in_threadpool(take)

    @routes.delete("/roles/{role}/reference", responses=PROBLEMS(404, 409, 423))
    def unbind(role: Name, rev: Rev, clip: ClipName = "K1", shot: ShotName = None, kind: Kind = None) -> shapes.Film:
        """Takes a role's picture, voice or both away; the files stay for undo."""
        _role_name(_caption(desk, clip), role)
        return desk.save({clip: (UnbindReference(role=role, shot=shot, kind=kind),)}, rev)

    @routes.put(
        "/lines/{line}/recording",
        responses=PROBLEMS(404, 409, 415, 423),
        openapi_extra=_body(AUDIO_TYPES),
        max_body_size=MAX_UPLOAD_BYTES,
    )
    async def record(request: Request, line: Name, rev: Rev, clip: ClipName = "K1") -> shapes.Film:
        """Gives a line a recording; the body is the file."""
        caption = await run_in_threadpool(_caption, desk, clip)
        label = f"{_line(caption, line).role}-{line}"
        async with received(request, reader, recording=True) as upload:
            return await run_in_threadpool(
                _taken, desk, upload, label, clip, rev, lambda file: RecordLine(line=line, recording=file)
            )

    @routes.get(
        "/roles/{role}/reference.png",
        response_class=Response,
        responses={**_content("image/png"), **PROBLEMS(404, 503)},
    )
    async def picture(
        request: Request,
        role: Name,
        clip: ClipName = "K1",
        shot: ShotName = None,
        width: Annotated[int, Query(ge=16, le=1024)] = 256,
    ) -> Response:
        """The role's picture, drawn anew and small."""
        path = await run_in_threadpool(_file, desk, clip, role, shot, "image")
        key = key_of("thumbnail", stamp_of(path), width)
        encoded = await pictures.get(key, "thumbnail", path=str(path), width=width)
        return picture_answer(request, key, encoded, "image/png")

    @routes.get(
        "/roles/{role}/reference.wav",
        response_class=Response,
        responses={**_content("audio/wav"), **PROBLEMS(404, 503)},
    )
    async def voice(request: Request, role: Name, clip: ClipName = "K1", shot: ShotName = None) -> Response:
        """The role's voice as WAV, at most a minute of it."""
        path = await run_in_threadpool(_file, desk, clip, role, shot, "audio")
        return await _heard(request, pictures, path)

    @routes.get(
        "/lines/{line}/recording.wav",
        response_class=Response,
        responses={**_content("audio/wav"), **PROBLEMS(404, 503)},
    )
    async def recording(request: Request, line: Name, clip: ClipName = "K1") -> Response:
        """The line's recording as WAV."""
        caption = await run_in_threadpool(_caption, desk, clip)
        path = _inside(desk, _line(caption, line).recording)
        return await _heard(request, pictures, path)

    return routes


async def _heard(request: Request, pictures: Pictures, path: Path) -> Response:
    key = key_of("wav", stamp_of(path))
    return picture_answer(request, key, await pictures.get(key, "wav", path=str(path)), "audio/wav")


def _caption(desk: Desk, clip: str) -> HierarchicalCaption:
    return desk.script(desk.film(), clip).caption


def _role_name(caption: HierarchicalCaption, role: str) -> str:
    for each in caption.roles:
        if each.id == role:
            return each.name
    raise NotThereError(f"The role must be one of {', '.join(each.id for each in caption.roles)}, got {role!r}.")


def _line(caption: HierarchicalCaption, name: str) -> Any:
    for each in caption.dialogue:
        if each.id == name:
            return each
    raise NotThereError(f"The line must be one of {', '.join(each.id for each in caption.dialogue)}, got {name!r}.")


def _file(desk: Desk, clip: str, role: str, shot: str | None, kind: Literal["image", "audio"]) -> Path:
    caption = _caption(desk, clip)
    _role_name(caption, role)
    reference: Reference = caption.role(role).reference
    if shot is not None:
        if shot not in [each.id for each in caption.shots]:
            raise NotThereError(f"There is no shot {shot!r}.")
        reference = caption.role_in_shot(role, caption.shot(shot)).reference
    return _inside(desk, getattr(reference, kind))


def _inside(desk: Desk, name: str | None) -> Path:
    """The file of the film that a script names; never one outside, whatever the script says."""
    try:
        path = resolve_inside(desk.path, name) if name else None
    except UsageError as error:
        raise NotThereError(str(error)) from None
    if path is None or not path.is_file():
        raise NotThereError("There is no such file in the film." if name else "There is none.")
    return path


def _taken(desk: Desk, upload: Upload, label: str, clip: str, rev: int, op: Any) -> shapes.Film:
    """Keeps the file and binds it, unless that cannot be done: then nothing is kept."""
    apply_all(desk.script(desk.film(), clip), (op("references/file"),))  # refused before a file is kept
    return desk.save({clip: (op(store_reference(desk.path, upload.path, label)),)}, rev)
