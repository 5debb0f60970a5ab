"""The edit log ``history.jsonl``: append-only, one JSON object a line, and the film's commit point.

    {"rev": 1, …}⏎            a film is as new as its last whole line
    {"rev": 2, …}⏎
    {"rev": 3, "op": {"op"    torn by a crash: never read, cut off by the next append

What the lines mean, and how undo, redo and branches follow them: :mod:`mavin.film.tree`.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from mavin.film.files import sync_folder

__all__ = ["LogPart", "LogTail", "append", "read_from", "read_tail"]

_BLOCK = 1 << 16


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
    """The last whole entry of a log; a missing file is an empty log.  Only the end of the file is read.

    Raises:
        OSError: if the file is there but cannot be read.
    """
    try:
        with path.open("rb") as file:
            return _tail(file)
    except FileNotFoundError:
        return LogTail(None, 0, 0)


def _tail(file: BinaryIO) -> LogTail:
    size = file.seek(0, os.SEEK_END)
    window = _BLOCK
    while True:
        start = max(size - window, 0)
        file.seek(start)
        data = file.read(size - start)
        first = 0 if start == 0 else data.find(b"\n") + 1  # a line that the window cuts is no whole one
        end = data.rfind(b"\n") + 1
        while end > first:
            before = data.rfind(b"\n", 0, end - 1) + 1
            entry = _parse(data[before:end])
            if entry is not None:
                return LogTail(entry, start + end, size - start - end)
            end = before  # a power cut can leave a whole line of zeros
        if start == 0:
            return LogTail(None, 0, size)
        window *= 8


@dataclass(frozen=True, slots=True)
class LogPart:
    """What stands in a log from some byte on: its whole entries, and where the last of them ends."""

    entries: tuple[dict[str, Any], ...]
    end: int


def read_from(path: Path, start: int = 0) -> LogPart:
    """All whole entries in order, the oldest first; a missing file is an empty log.

    Args:
        path: the log.
        start: the byte that a line begins at: 0, or the ``end`` of what was read before.

    Raises:
        OSError: if the file is there but cannot be read.
    """
    try:
        with path.open("rb") as file:
            file.seek(start)
            data = file.read()
    except FileNotFoundError:
        return LogPart((), 0)
    found, end, at = [], start, start
    for line in data.split(b"\n")[:-1]:
        at += len(line) + 1
        entry = _parse(line)
        if entry is not None:
            found.append(entry)
            end = at
    return LogPart(tuple(found), end)


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
