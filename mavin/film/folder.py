"""The film folder: reading, saving, repairing, and telling what is wrong with it.

save      history.jsonl (fsync: the commit) → clips/ → ledger/ → locks.json → film.json
crash     anywhere before the commit: the old film; after it: the new one, whose lagging
          files are rewritten from the history by the next reader
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from pydantic import BaseModel

from mavin.caption import HierarchicalCaption
from mavin.errors import FilmConflictError, FilmError
from mavin.film import history
from mavin.film.files import remove_stale_temps, write_atomic
from mavin.film.manifest import Manifest, RenderNote
from mavin.film.model import ClipLedger, ClipSnapshot, FilmIndex, HistoryEntry, Locks, Snapshot
from mavin.film.reading import (
    NotAFilmError,
    latest,
    parse_entry,
    read_caption,
    read_model,
    replaceable,
    require_film,
    snapshot_caption,
)

__all__ = ["SUFFIX", "Clip", "Film"]

SUFFIX = ".mavin"
LOCK_SECONDS = 10.0
"""How long a writer waits for another writer; a save takes milliseconds."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One clip of a film: its id (``K1``), its script, and the record of how it came to be."""

    id: str
    caption: HierarchicalCaption
    record: ClipLedger = field(default_factory=ClipLedger)


class Film:
    """An open film folder.

    Attributes:
        path: the folder.
        title: title of the whole film.
        rev: how often it has been saved; :meth:`save` refuses if the disk has moved on.
        branch: name of the branch that ``rev`` lies on.
        clips: the clips in order.
        locks: paths that must not change.
        notices: what was unusual about reading it, in sentences.
    """

    def __init__(
        self,
        path: Path,
        *,
        title: str,
        rev: int,
        branch: str,
        clips: tuple[Clip, ...],
        locks: tuple[str, ...] = (),
        notices: tuple[str, ...] = (),
    ) -> None:
        self.path = path
        self.title = title
        self.rev = rev
        self.branch = branch
        self.clips = clips
        self.locks = locks
        self.notices = notices

    def __repr__(self) -> str:
        return f"<Film {str(self.path)!r} rev {self.rev}, {len(self.clips)} clip(s)>"

    @property
    def captions(self) -> tuple[HierarchicalCaption, ...]:
        """The scripts of all clips in order."""
        return tuple(clip.caption for clip in self.clips)

    @property
    def caption(self) -> HierarchicalCaption:
        """The script of the first clip; most films have one."""
        return self.clips[0].caption

    @property
    def record(self) -> ClipLedger:
        """Prompt, ledger, conflicts and diagnostics of the writing run, over all clips."""
        records = [clip.record for clip in self.clips]
        return records[0].model_copy(
            update={
                "ledger": tuple(entry for record in records for entry in record.ledger),
                "conflicts": tuple(conflict for record in records for conflict in record.conflicts),
                "diagnostics": tuple(item for record in records for item in record.diagnostics),
            }
        )

    @property
    def manifest(self) -> Manifest:
        """With what the film was made; empty where the file is missing.

        Raises:
            FilmError: if the file is damaged or newer than this program.
        """
        path = self.path / "manifest.json"
        return read_model(path, Manifest) if path.exists() else Manifest()

    @property
    def renders(self) -> Path:
        """The folder for rendered files."""
        return self.path / "renders"

    @classmethod
    def open(cls, path: str | Path) -> Film:
        """Reads a film; files that a crash left behind its history are repaired on the way.

        Raises:
            NotAFilmError: if there is no film at the path.
            UnfinishedRunError: if there is only a run that can be resumed.
            InvalidCaptionError: if a clip's file is damaged or breaks an invariant.
            FilmError: if another file is missing, damaged or newer than this program.
        """
        path = Path(path)
        with _readable(path):
            require_film(path)
            tail = history.read_tail(path / "history.jsonl")
            entry = parse_entry(path, tail.entry)
            index = read_model(path / "film.json", FilmIndex) if (path / "film.json").exists() else None
            if index is None and entry is None:
                raise NotAFilmError(
                    f"{path} has neither film.json nor a readable history.jsonl, so it is no film any more. "
                    "Restore one of them from a copy, or write the film again with --force."
                )
            if index is None or (entry is not None and entry.rev > index.rev):
                assert entry is not None
                film = cls._from_entry(path, entry)
                film._repair()
                return film
            return cls._from_files(path, index, entry)

    @classmethod
    def create(
        cls,
        path: str | Path,
        captions: Sequence[HierarchicalCaption],
        *,
        op: BaseModel | Mapping[str, Any],
        title: str | None = None,
        records: Sequence[ClipLedger] = (),
        manifest: Manifest | None = None,
        force: bool = False,
    ) -> Film:
        """Makes a film of one or more scripts; with ``force`` an existing film gets them as its next revision.

        The folder may already hold an unfinished run.  A replaced film stays readable until
        this returns, and its revisions stay in the history.

        Raises:
            FilmError: if the place is taken or cannot be written.
        """
        path = Path(path)
        if not captions:
            raise FilmError("A film must have at least one clip, got none.")
        padded = [*records, *[ClipLedger()] * (len(captions) - len(records))]
        clips = tuple(Clip(f"K{n}", *pair) for n, pair in enumerate(zip(captions, padded, strict=True), 1))
        title = title or captions[0].title or path.stem
        fresh = not path.exists()
        with _writable(path):
            path.mkdir(exist_ok=True)
            with _lock(path):
                last = replaceable(path) if force else latest(path)
                if last is not None and not force:
                    raise FilmError(f"There is already a film at {path}. Choose another name or add --force.")
                rev, branch = last or (0, "main")
                film = cls(path, title=title, rev=rev, branch=branch, clips=clips)
                try:
                    if manifest is not None and last is None:
                        write_atomic(path / "manifest.json", _pretty(manifest))
                    film._commit(_as_dict(op))
                    if manifest is not None and last is not None:
                        write_atomic(path / "manifest.json", _pretty(manifest))
                except BaseException:
                    if fresh and film.rev == 0:
                        shutil.rmtree(path, ignore_errors=True)
                    raise
        return film

    def save(
        self,
        captions: Sequence[HierarchicalCaption],
        op: BaseModel | Mapping[str, Any],
        base_rev: int | None = None,
    ) -> None:
        """Saves new scripts for the same clips as the next revision.

        Args:
            captions: one script for each clip, in order.
            op: what was done, for the history.
            base_rev: the revision that the change was made on; the one that was read if left out.

        Raises:
            FilmConflictError: if somebody else has saved the film since.
            FilmError: if it cannot be written; the film on disk is then the old one.
        """
        if len(captions) != len(self.clips):
            raise FilmError(f"The film has {len(self.clips)} clip(s), got {len(captions)} script(s) to save.")
        base = self.rev if base_rev is None else base_rev
        with _writable(self.path), _lock(self.path):
            last = latest(self.path)
            found = last[0] if last else 0
            if found != base:
                raise FilmConflictError(
                    f"{self.path} must still be at revision {base} to take this change, but somebody else has "
                    f"saved revision {found}. Open it again and repeat the change."
                )
            clips = tuple(
                Clip(clip.id, caption, clip.record) for clip, caption in zip(self.clips, captions, strict=True)
            )
            title = self.title
            if self.title == self.caption.title and captions[0].title:
                title = captions[0].title  # the film is named after its first clip
            changed = Film(self.path, title=title, rev=base, branch=self.branch, clips=clips, locks=self.locks)
            changed._commit(_as_dict(op))
            self.__dict__.update(changed.__dict__)

    def history(self) -> tuple[HistoryEntry, ...]:
        """All saved revisions, the oldest first.

        Raises:
            FilmError: if the history cannot be read.
        """
        with _readable(self.path):
            raw = history.entries(self.path / "history.jsonl")
            return tuple(entry for data in raw if (entry := parse_entry(self.path, data)) is not None)

    def add_render(self, note: RenderNote, credit: str = "") -> None:
        """Adds a rendering to the manifest, and whose work is in it.

        Raises:
            FilmError: if the manifest cannot be read or written.
        """
        with _writable(self.path), _lock(self.path):
            manifest = self.manifest
            credited = dict.fromkeys((*manifest.credits, *([credit] if credit else [])))
            update = {"renders": (*manifest.renders, note), "credits": tuple(credited)}
            write_atomic(self.path / "manifest.json", _pretty(manifest.model_copy(update=update)))

    def _commit(self, op: dict[str, Any]) -> None:
        """Appends the film to its history, then brings the files up to date; needs the lock."""
        log = self.path / "history.jsonl"
        snapshot = Snapshot(
            title=self.title,
            clips=tuple(
                ClipSnapshot(id=clip.id, caption=clip.caption.model_dump(mode="json"), ledger=clip.record)
                for clip in self.clips
            ),
            locks=self.locks,
        )
        entry = HistoryEntry(
            rev=self.rev + 1,
            parent=self.rev or None,
            branch=self.branch,
            time=datetime.now(UTC).isoformat(timespec="seconds"),
            op=op,
            snapshot=snapshot,
        )
        history.append(log, entry.model_dump(mode="json"), history.read_tail(log))
        self.rev += 1
        try:
            self._write_files()
        except OSError as error:
            # The change is committed; the next reader brings the files up to date.
            self.notices += (f"Revision {self.rev} is saved in the history, but its files lag behind ({error}).",)

    def _write_files(self) -> None:
        for folder in ("clips", "ledger", "references", "renders"):
            (self.path / folder).mkdir(exist_ok=True)
            remove_stale_temps(self.path / folder)
        remove_stale_temps(self.path)
        for clip in self.clips:
            write_atomic(self.path / "clips" / f"{clip.id}.json", _pretty(clip.caption))
            write_atomic(self.path / "ledger" / f"{clip.id}.json", _pretty(clip.record))
        names = {f"{clip.id}.json" for clip in self.clips}
        for folder in ("clips", "ledger"):
            for stale in (self.path / folder).glob("K*.json"):
                if stale.name not in names:
                    stale.unlink()
        write_atomic(self.path / "locks.json", _pretty(Locks(locks=self.locks)))
        index = FilmIndex(title=self.title, rev=self.rev, branch=self.branch, clips=tuple(c.id for c in self.clips))
        write_atomic(self.path / "film.json", _pretty(index))

    def _repair(self) -> None:
        try:
            with FileLock(self.path / ".lock", timeout=0):
                last = latest(self.path)
                if last is not None and last[0] == self.rev:
                    self._write_files()
        except (OSError, Timeout):
            # Somebody is writing just now, or the folder is read-only: what was read is whole anyway.
            return

    @classmethod
    def _from_entry(cls, path: Path, entry: HistoryEntry) -> Film:
        clips = tuple(Clip(clip.id, snapshot_caption(path, clip), clip.ledger) for clip in entry.snapshot.clips)
        return cls(
            path,
            title=entry.snapshot.title,
            rev=entry.rev,
            branch=entry.branch,
            clips=clips,
            locks=entry.snapshot.locks,
            notices=(f"Revision {entry.rev} was restored from the history.",),
        )

    @classmethod
    def _from_files(cls, path: Path, index: FilmIndex, entry: HistoryEntry | None) -> Film:
        known = {clip.id: clip for clip in entry.snapshot.clips} if entry and entry.rev == index.rev else {}
        clips, notices = [], []
        for clip_id in index.clips:
            snapshot = known.get(clip_id)
            caption = read_caption(path / "clips" / f"{clip_id}.json", snapshot)
            record_path = path / "ledger" / f"{clip_id}.json"
            if record_path.exists():
                record = read_model(record_path, ClipLedger)
            else:
                record = snapshot.ledger if snapshot else ClipLedger()
            if snapshot is not None and caption.model_dump(mode="json") != snapshot.caption:
                notices.append(f"clips/{clip_id}.json was changed by hand since revision {index.rev}.")
            clips.append(Clip(clip_id, caption, record))
        if entry is None or entry.rev < index.rev:
            notices.append("history.jsonl is missing or shorter than film.json says; earlier revisions are lost.")
        locks = read_model(path / "locks.json", Locks).locks if (path / "locks.json").exists() else ()
        return cls(
            path,
            title=index.title,
            rev=index.rev,
            branch=index.branch,
            clips=tuple(clips),
            locks=locks,
            notices=tuple(notices),
        )


def _pretty(model: BaseModel) -> bytes:
    return model.model_dump_json(indent=2).encode() + b"\n"


def _as_dict(op: BaseModel | Mapping[str, Any]) -> dict[str, Any]:
    return op.model_dump(mode="json") if isinstance(op, BaseModel) else dict(op)


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    try:
        with FileLock(path / ".lock", timeout=LOCK_SECONDS):
            yield
    except Timeout:
        raise FilmError(
            f"{path} has been locked by another program for {LOCK_SECONDS:g} seconds. "
            "Wait until it has finished saving, then try again."
        ) from None


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FilmError(f"{path} cannot be read ({error.strerror or error}). Check its permissions.") from None


@contextmanager
def _writable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FilmError(
            f"{path} cannot be written ({error.strerror or error}); what was saved before is untouched. "
            "Free some space or check the permissions, then try again."
        ) from None
