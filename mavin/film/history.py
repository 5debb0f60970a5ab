"""The edit log ``history.jsonl``: append-only, one JSON object a line, and the film's commit point.

    {"rev": 1, …}⏎            a film is as new as its last whole line
    {"rev": 2, …}⏎
    {"rev": 3, "op": {"op"    torn by a crash: never read, cut off by the next append

Every line holds the operation and the whole film after it, so that any revision can be read
alone; undo, redo and branches follow ``parent``.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mavin.film.files import sync_folder

__all__ = ["LogTail", "append", "entries", "read_tail"]


@dataclass(frozen=True, slots=True)
class LogTail:
    """The end of a log.

    Attributes:
        entry: the last whole line, ``None`` if there is none.
        end: number of bytes up to and with that line.
        torn: number of bytes behind it that belong to no whole line.
    """

    entry: dict[str, Any] | None
    end: int
    torn: int


def _parse(line: bytes) -> dict[str, Any] | None:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def read_tail(path: Path) -> LogTail:
    """The last whole entry of a log; a missing file is an empty log.

    Raises:
        OSError: if the file is there but cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return LogTail(None, 0, 0)
    end = data.rfind(b"\n") + 1
    while end > 0:
        start = data.rfind(b"\n", 0, end - 1) + 1
        entry = _parse(data[start:end])
        if entry is not None:
            return LogTail(entry, end, len(data) - end)
        end = start  # a power cut can leave a whole line of zeros
    return LogTail(None, 0, len(data))


def entries(path: Path) -> list[dict[str, Any]]:
    """All whole entries in order, the oldest first.

    Raises:
        OSError: if the file is there but cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return []
    whole = data[: data.rfind(b"\n") + 1]
    return [entry for line in whole.splitlines() if (entry := _parse(line)) is not None]


def append(path: Path, entry: dict[str, Any], tail: LogTail) -> None:
    """Adds one entry behind ``tail`` and returns once it is on the disk.

    Raises:
        OSError: if the disk is full or the file read-only; the log is then as it was.
    """
    line = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if tail.torn:
            os.ftruncate(descriptor, tail.end)
        try:
            done = 0
            while done < len(line):
                done += os.pwrite(descriptor, line[done:], tail.end + done)
            os.fsync(descriptor)
        except BaseException:
            os.ftruncate(descriptor, tail.end)
            raise
    finally:
        os.close(descriptor)
    if new:
        sync_folder(path.parent)
