"""Files that somebody drops on the page: received up to a limit, looked at by what they hold, kept under our own names.

bytes ──▶ a temporary file ──▶ decoded in the reader's process ──▶ references/NAME-HASH.suffix ──▶ an operation
  └ 413 too many                └ 415 no picture and no sound, or another kind than it says
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from mavin.errors import UsageError
from mavin.studio.problems import UnsupportedError
from mavin.studio.security import MAX_UPLOAD_BYTES
from mavin.studio.workers import Worker, WorkerBrokenError

__all__ = ["AUDIO_TYPES", "IMAGE_TYPES", "Upload", "received"]

IMAGE_TYPES = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp", "image/tiff", "image/avif")
AUDIO_TYPES = (
    "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave", "audio/mpeg", "audio/mp3", "audio/flac", "audio/x-flac",
    "audio/ogg", "audio/opus", "audio/mp4", "audio/x-m4a", "audio/m4a", "audio/aac", "audio/aiff", "audio/x-aiff",
    "audio/webm",
)  # fmt: skip
_UNKNOWN = ("", "application/octet-stream")
_LOOK_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was looked at; ``path`` is gone when the request ends."""

    path: Path
    kind: Literal["image", "audio"]


@asynccontextmanager
async def received(request: Request, reader: Worker, *, recording: bool = False) -> AsyncIterator[Upload]:
    """A request's body as a file that can be a reference, or the recording of a line.

    Raises:
        HTTPException: 413 if it is too large.
        UnsupportedError: if it is of another kind than it must be or says that it is.
    """
    declared = request.headers.get("content-type", "").split(";")[0].strip().lower()
    types = AUDIO_TYPES if recording else (*IMAGE_TYPES, *AUDIO_TYPES)
    if declared not in (*types, *_UNKNOWN):
        kinds = "a sound (WAV, MP3, FLAC, OGG, M4A)" if recording else "a picture (PNG, JPEG, WebP, …) or a sound"
        raise UnsupportedError(f"The file must be {kinds}, got {declared[:60]!r}. Convert it or choose another.")
    with tempfile.TemporaryDirectory(prefix="mavin-upload-") as folder:
        path = Path(folder) / "file"
        await _write(request, path)
        found = await _looked_at(reader, path, recording)
        kind: Literal["image", "audio"] = "image" if found["kind"] == "image" else "audio"
        said = declared.split("/")[0] if declared not in _UNKNOWN else kind
        if said != kind:
            shown = {"image": "a picture", "audio": "a sound"}
            raise UnsupportedError(f"The file says that it is {shown[said]}, but it holds {shown[kind]}.")
        named = path.rename(path.with_name(f"file{found['suffix']}"))
        yield Upload(named, kind)


async def _write(request: Request, path: Path) -> None:
    size = 0
    with path.open("wb") as file:
        async for block in request.stream():
            size += len(block)
            if size > MAX_UPLOAD_BYTES:
                raise HTTPException(413, f"A file must have at most {MAX_UPLOAD_BYTES // 1024**2} MB, got more.")
            await run_in_threadpool(file.write, block)
    if not size:
        raise UnsupportedError("The file must not be empty, got 0 bytes. Choose another.")


async def _looked_at(reader: Worker, path: Path, recording: bool) -> dict[str, str]:
    try:
        found: dict[str, str] = await reader.ask("inspect", seconds=_LOOK_SECONDS, path=str(path), recording=recording)
    except WorkerBrokenError:
        raise UnsupportedError("The file cannot be decoded in reasonable time and memory. Save it again.") from None
    except UsageError as error:
        # Where it lay for a moment tells nobody anything.
        raise UnsupportedError(str(error).replace(str(path), "the file")) from None
    return found
