"""The film folder: reading, saving, undoing, branching, repairing.

save      history.jsonl (fsync: the commit) → clips/ → ledger/ → locks.json → film.json
crash     anywhere before the commit: the old film; after it: the new one, whose lagging
          or torn files the next reader takes from the history
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from pydantic import BaseModel

from mavin.caption import HierarchicalCaption
from mavin.edits import Script, check_locks
from mavin.errors import FilmConflictError, FilmError
from mavin.film import history, moves
from mavin.film.accounts import ledger_now
from mavin.film.files import write_atomic
from mavin.film.manifest import Manifest, RenderNote
from mavin.film.model import ClipLedger, FilmIndex, HistoryEntry
from mavin.film.opening import read_folder
from mavin.film.reading import (
    latest,
    parse_entry,
    read_model,
    replaceable,
)
from mavin.film.saving import locked, pretty, readable, tidy, writable, write_files
from mavin.film.state import Clip, FilmState
from mavin.film.tree import HistoryTree
from mavin.ledger import LedgerEntry

__all__ = ["SUFFIX", "Film"]

SUFFIX = ".mavin"
SNAPSHOT_EVERY = 64
"""So many revisions have one that holds the whole film; the others hold what changed."""


class Film:
    """An open film folder.

    Attributes:
        path: the folder.
        state: title, clips and locks.
        rev: how often it has been saved; :meth:`save` refuses if the disk has moved on.
        branch: name of the branch that ``rev`` lies on.
        head: the step of the history that the film is at.
        notices: what was unusual about reading it, in sentences.
    """

    def __init__(
        self,
        path: Path,
        state: FilmState,
        *,
        rev: int,
        branch: str,
        head: int | None = None,
        notices: tuple[str, ...] = (),
        foreign: bool = False,
    ) -> None:
        self.path = path
        self.state = state
        self.rev = rev
        self.branch = branch
        self.head = rev if head is None else head
        self.notices = notices
        self._foreign = foreign  # the files differ from what the history says: somebody changed them
        self._tidied = False

    def __repr__(self) -> str:
        return f"<Film {str(self.path)!r} rev {self.rev}, {len(self.clips)} clip(s)>"

    @property
    def title(self) -> str:
        """Title of the whole film."""
        return self.state.title

    @property
    def clips(self) -> tuple[Clip, ...]:
        """The clips in order."""
        return self.state.clips

    @property
    def locks(self) -> tuple[str, ...]:
        """What must not change, as ``K1.<path>``."""
        return self.state.locks

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
    def ledger(self) -> tuple[LedgerEntry, ...]:
        """What became of the prompt's facts by now, over all clips: the writing run's notes and what edits made of it.

        Raises:
            FilmError: if the history is damaged.
        """
        return ledger_now(self.state, self.tree(), self.head)

    @property
    def manifest(self) -> Manifest:
        """With what the film was made; empty where the file is missing.

        Raises:
            FilmError: if the file is damaged or newer than this program.
        """
        path = self.path / "manifest.json"
        return read_model(path, Manifest) if path.exists() else Manifest()

    @property
    def is_changed_by_hand(self) -> bool:
        """Whether the files hold something that the history does not: undo takes that back first."""
        return self._foreign

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
        with readable(path):
            found = read_folder(path)
            film = cls(
                path,
                found.state,
                rev=found.rev,
                branch=found.branch,
                head=found.head,
                notices=found.notices,
                foreign=found.foreign,
            )
            if found.behind:
                film._repair()
            return film

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
        state = FilmState(title or captions[0].title or path.stem, clips)
        fresh = not path.exists()
        replaced = cls._kept(path) if force and not fresh else None
        with writable(path):
            path.mkdir(exist_ok=True)
            with locked(path):
                last = replaceable(path) if force else latest(path)
                if last is not None and not force:
                    raise FilmError(f"There is already a film at {path}. Choose another name or add --force.")
                film = cls(path, state, rev=last.rev if last else 0, branch=last.branch if last else "main")
                film.head = last.step if last else 0
                if replaced is not None:
                    film.notices = (replaced,)
                try:
                    if manifest is not None and last is None:
                        write_atomic(path / "manifest.json", pretty(manifest))
                    film._commit(state, _as_dict(op), old=None)
                    if manifest is not None and last is not None:
                        write_atomic(path / "manifest.json", pretty(manifest))
                except BaseException:
                    if fresh and film.rev == 0:
                        shutil.rmtree(path, ignore_errors=True)
                    raise
        return film

    @classmethod
    def _kept(cls, path: Path) -> str | None:
        """Keeps in the history a film that is about to be replaced, changes by hand too; says how to return."""
        try:
            old = cls.open(path)
            old._record_foreign()
        except FilmError:
            return None  # no film that could be read: there is nothing to keep
        locks = f" with its {len(old.locks)} lock(s)" if old.locks else ""
        return f"The film that was at {path} is kept{locks} in the history: mavin undo {path} brings it back."

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
            LockedError: if a script changes what is locked.
            FilmConflictError: if somebody else has saved the film since.
            FilmError: if it cannot be written; the film on disk is then the old one.
        """
        if len(captions) != len(self.clips):
            raise FilmError(f"The film has {len(self.clips)} clip(s), got {len(captions)} script(s) to save.")
        state = self.state
        for clip, caption in zip(self.clips, captions, strict=True):
            check_locks(clip.caption, caption, state.script(clip.id).locks)
            state = state.with_script(clip.id, Script(caption, state.script(clip.id).locks))
        self.save_state(state, op, base_rev)

    def save_state(
        self, state: FilmState, op: BaseModel | Mapping[str, Any], base_rev: int | None = None, head: int | None = None
    ) -> None:
        """Saves a film's new state, locks included, as the next revision.

        Args:
            state: the state.
            op: what was done, for the history.
            base_rev: the revision that the change was made on; the one that was read if left out.
            head: the step that this leads back to, for undo and the like; a new step if left out.

        Raises:
            FilmConflictError: if somebody else has saved the film since.
            FilmError: if it cannot be written; the film on disk is then the old one.
        """
        base = self.rev if base_rev is None else base_rev
        with writable(self.path), locked(self.path):
            last = latest(self.path)
            found = last.rev if last else 0
            if found != base or base != self.rev:
                raise FilmConflictError(
                    f"{self.path} must still be at revision {base} to take this change, but somebody else has "
                    f"saved revision {found}. Open it again and repeat the change."
                )
            self._keep_foreign()
            self._commit(state, _as_dict(op), old=self.state, head=head)

    def tree(self) -> HistoryTree:
        """All steps and branches.

        Raises:
            FilmError: if the history cannot be read.
        """
        with readable(self.path):
            return HistoryTree.load(self.path)

    def undo(self) -> int:
        """Takes the last step back, and returns its number; redo brings it again.

        Raises:
            UsageError: if there is no step before.
            FilmConflictError, FilmError: as :meth:`save`.
        """
        self._record_foreign()
        return self._go(moves.undone(self.tree(), self.head, self.path)).step

    def redo(self) -> int:
        """Does the step again that was undone last, and returns its number.

        Raises:
            UsageError: if nothing was undone.
            FilmConflictError, FilmError: as :meth:`save`.
        """
        self._record_foreign()
        return self._go(moves.redone(self.tree(), self.branch, self.path)).step

    def restore(self, revision: str | int) -> int:
        """Makes the film again what it was at a revision, as a new step; what is locked now must be the same there.

        What is locked now stays locked, and what was locked there is locked again.

        Returns the step that was restored.

        Raises:
            UsageError: if there is no such revision.
            LockedError: if it differs in something that is locked.
            FilmConflictError, FilmError: as :meth:`save`.
        """
        self._record_foreign()
        return self._go(moves.restored(self.tree(), revision, self.state)).step

    def switch(self, name: str, at: str | int | None = None) -> bool:
        """Goes to a branch; one of a new name begins at the step ``at`` or where the film is.

        Returns whether the branch is new.

        Raises:
            UsageError: if the name cannot be one, ``at`` is no revision, or the branch exists and ``at`` is given.
            FilmConflictError, FilmError: as :meth:`save`.
        """
        moves.check_branch_name(name)
        self._record_foreign()
        move = self._go(moves.branched(self.tree(), name, at, self.branch, self.head))
        return bool(move.op["op"] == "branch")

    def _go(self, move: moves.Move) -> moves.Move:
        self.save_state(move.state, move.op, head=move.head)
        return move

    def history(self) -> tuple[HistoryEntry, ...]:
        """All saved revisions, the oldest first.

        Raises:
            FilmError: if the history cannot be read.
        """
        with readable(self.path):
            raw = history.read_from(self.path / "history.jsonl").entries
            return tuple(entry for data in raw if (entry := parse_entry(self.path, data)) is not None)

    def add_render(self, note: RenderNote, credit: str = "") -> None:
        """Adds a rendering to the manifest, and whose work is in it.

        Raises:
            FilmError: if the manifest cannot be read or written.
        """
        with writable(self.path), locked(self.path):
            manifest = self.manifest
            credited = dict.fromkeys((*manifest.credits, *([credit] if credit else [])))
            update = {"renders": (*manifest.renders, note), "credits": tuple(credited)}
            write_atomic(self.path / "manifest.json", pretty(manifest.model_copy(update=update)))

    def _record_foreign(self) -> None:
        """Makes a step of what somebody changed in the files, so that undo takes that back first."""
        if self._foreign:
            with writable(self.path), locked(self.path):
                last = latest(self.path)
                if last is not None and last.rev == self.rev:
                    self._keep_foreign()

    def _keep_foreign(self) -> None:
        if self._foreign:
            self._commit(self.state, {"op": "by_hand"}, old=None)
            self._foreign = False

    def _commit(self, state: FilmState, op: dict[str, Any], *, old: FilmState | None, head: int | None = None) -> None:
        """Appends a state to the history, then brings the files up to date; needs the lock.

        ``old`` is the state that the history and the files hold, ``None`` where that is not known.
        """
        log = self.path / "history.jsonl"
        rev, branch = self.rev + 1, str(op["name"]) if op.get("op") in ("branch", "switch") else self.branch
        changes = old.changes_to(state) if old is not None and rev % SNAPSHOT_EVERY else None
        step = head is None
        entry = HistoryEntry(
            rev=rev,
            parent=(self.head or None) if step else None,
            branch=branch,
            time=datetime.now(UTC).isoformat(timespec="seconds"),
            op=op,
            head=head,
            digests=state.digests,
            changes=changes if step else None,
            snapshot=state.snapshot if step and changes is None else None,
        )
        line = {name: value for name, value in entry.model_dump(mode="json").items() if value is not None}
        history.append(log, line, history.read_tail(log))
        self.rev, self.branch, self.head, self.state = rev, branch, entry.step, state
        try:
            if not self._tidied:
                tidy(self.path)
                self._tidied = True
            write_files(self.path, state, self._index(), old)
        except OSError as error:
            # The change is committed; the next reader brings the files up to date.
            self.notices += (f"Revision {self.rev} is saved in the history, but its files lag behind ({error}).",)

    def _index(self) -> FilmIndex:
        return FilmIndex(
            title=self.title, rev=self.rev, branch=self.branch, head=self.head, clips=tuple(c.id for c in self.clips)
        )

    def _repair(self) -> None:
        try:
            with FileLock(self.path / ".lock", timeout=0):
                last = latest(self.path)
                if last is not None and last.rev == self.rev:
                    tidy(self.path)
                    write_files(self.path, self.state, self._index(), None)
        except (OSError, Timeout):
            # Somebody is writing just now, or the folder is read-only: what was read is whole anyway.
            return


def _as_dict(op: BaseModel | Mapping[str, Any]) -> dict[str, Any]:
    return op.model_dump(mode="json") if isinstance(op, BaseModel) else dict(op)
