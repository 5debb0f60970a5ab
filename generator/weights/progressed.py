"""How far a conversion has come: noted after each part, so that the same request goes on after an interruption."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from filelock import FileLock, Timeout

from generator.layout import INDEX, PARTS, FileInfo
from mavin.errors import MavinError, UsageError
from mavin.media import write_atomic

__all__ = ["Progressed", "only_one", "stamp"]

_STATE: Final = ".convert.json"
_LOCK: Final = ".convert.lock"


@contextmanager
def only_one(dest: Path) -> Iterator[None]:
    """Makes the folder and keeps every other conversion out of it.

    Raises:
        UsageError: if it is a file.
        MavinError: if another conversion is at work in it.
    """
    if dest.exists() and not dest.is_dir():
        raise UsageError(f"The pipeline must go into a folder, got the file {dest}. Choose another name.")
    dest.mkdir(parents=True, exist_ok=True)
    lock = FileLock(dest / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise MavinError(f"Another conversion is writing into {dest}. Wait for it, or choose another folder.") from None
    try:
        yield
    finally:
        lock.release()
    (dest / _LOCK).unlink(missing_ok=True)


def stamp(path: Path) -> list[Any]:
    """What tells a file from another one or from its later self, without reading it."""
    status = path.stat()
    return [str(path.resolve()), status.st_size, status.st_mtime_ns]


@dataclass(slots=True)
class Progressed:
    """Parts of a folder that are done.

    Attributes:
        path: the note itself.
        request: what was asked for, as JSON gives it back.
        done: part to its files; only whole parts are here.
    """

    path: Path
    request: dict[str, Any]
    done: dict[str, dict[str, FileInfo]]

    @classmethod
    def begin(cls, dest: Path, request: Mapping[str, Any], *, force: bool) -> Self:
        """Begins in a new or empty folder, or goes on with what the same request has written there.

        Args:
            dest: the folder.
            request: must be equal for what is there to be kept; anything that JSON holds.
            force: take away a pipeline that stands there.

        Raises:
            UsageError: if something else stands there.
        """
        state = cls(dest / _STATE, json.loads(json.dumps(request)), {})
        earlier = state._read()
        if (dest / INDEX).is_file():
            if not force:
                raise UsageError(f"{dest} is a pipeline already. Choose another folder, or replace it with --force.")
            (dest / INDEX).unlink()
            earlier = {}
        elif not state.path.exists() and any(path.name != _LOCK for path in dest.iterdir()):
            raise UsageError(f"The pipeline must go into an empty or new folder, got {dest}. Choose another name.")
        if earlier.get("request") == state.request:
            state._take(dest, earlier["done"])
        for part in PARTS:  # half a part, or one of another request
            if part not in state.done and (dest / part).is_dir():
                shutil.rmtree(dest / part)
        state._write()
        return state

    def finish(self, part: str, files: dict[str, FileInfo]) -> None:
        """Notes that a part is written."""
        self.done[part] = files
        self._write()

    def forget(self) -> None:
        """Takes the note away: all is done."""
        self.path.unlink(missing_ok=True)

    def _read(self) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            found = json.loads(self.path.read_text(encoding="utf-8"))
            if isinstance(found, dict):
                return found
        return {}

    def _take(self, dest: Path, done: Mapping[str, Any]) -> None:
        with suppress(ValueError, TypeError, AttributeError, OSError):
            for part, files in done.items():
                infos = {name: FileInfo.model_validate(info) for name, info in files.items()}
                if all((dest / name).stat().st_size == info.size for name, info in infos.items()):
                    self.done[part] = infos

    def _write(self) -> None:
        done = {part: {name: info.model_dump() for name, info in files.items()} for part, files in self.done.items()}
        with write_atomic(self.path) as temporary:
            temporary.write_text(json.dumps({"request": self.request, "done": done}), encoding="utf-8")
