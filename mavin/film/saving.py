"""Writing a film's files and guarding its folder: the lock, atomic files, and what to say when a disk refuses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import BaseModel

from mavin.errors import FilmError
from mavin.film.files import remove_stale_temps, write_atomic
from mavin.film.model import FilmIndex, Locks
from mavin.film.state import FilmState

__all__ = ["LOCK_SECONDS", "locked", "pretty", "readable", "tidy", "writable", "write_files"]

LOCK_SECONDS = 10.0
"""How long a writer waits for another writer; a save takes milliseconds."""
_FOLDERS = ("clips", "ledger", "references", "renders")


def pretty(model: BaseModel) -> bytes:
    """A model as the file that people read."""
    return model.model_dump_json(indent=2).encode() + b"\n"


def tidy(path: Path) -> None:
    """Makes a film's folders and removes what killed writers left; call it only while holding the film's lock."""
    for folder in _FOLDERS:
        (path / folder).mkdir(exist_ok=True)
        remove_stale_temps(path / folder)
    remove_stale_temps(path)


def write_files(path: Path, state: FilmState, index: FilmIndex, old: FilmState | None) -> None:
    """Brings a film's files up to date; ``old`` is what they hold already, ``None`` where that is not known.

    The history is on the disk before, so that none of them need be waited for: journals keep the order of renames, an
    older index than the history sends the next reader to the history, and so does a torn or missing file.

    Raises:
        OSError: if one cannot be written; the index goes last, so that it never tells of what is not there.
    """
    known = {clip.id: clip for clip in old.clips} if old is not None else {}
    for clip in state.clips:
        was = known.get(clip.id)
        if was is None or was.caption != clip.caption:
            write_atomic(path / "clips" / f"{clip.id}.json", pretty(clip.caption), durable=False)
        if was is None or was.record != clip.record:
            write_atomic(path / "ledger" / f"{clip.id}.json", pretty(clip.record), durable=False)
    names = {f"{clip.id}.json" for clip in state.clips}
    if old is None or set(known) != {clip.id for clip in state.clips}:
        for folder in ("clips", "ledger"):
            for stale in (path / folder).glob("K*.json"):
                if stale.name not in names:
                    stale.unlink()
    if old is None or old.locks != state.locks:
        write_atomic(path / "locks.json", pretty(Locks(locks=state.locks)), durable=False)
    write_atomic(path / "film.json", pretty(index), durable=False)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds the film's lock, so that nobody else writes.

    Raises:
        FilmError: if another program holds it for too long.
    """
    try:
        with FileLock(path / ".lock", timeout=LOCK_SECONDS):
            yield
    except Timeout:
        raise FilmError(
            f"{path} has been locked by another program for {LOCK_SECONDS:g} seconds. "
            "Wait until it has finished saving, then try again."
        ) from None


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turns what the system says about reading into a sentence."""
    try:
        yield
    except OSError as error:
        raise FilmError(f"{path} cannot be read ({error.strerror or error}). Check its permissions.") from None


@contextmanager
def writable(path: Path) -> Iterator[None]:
    """Turns what the system says about writing into a sentence."""
    try:
        yield
    except OSError as error:
        raise FilmError(
            f"{path} cannot be written ({error.strerror or error}); what was saved before is untouched. "
            "Free some space or check the permissions, then try again."
        ) from None
