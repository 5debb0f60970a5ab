"""Reads a film folder as it is on disk, from its files or, where they lag or are torn, from its history."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mavin.film import history
from mavin.film.files import is_whole
from mavin.film.model import ClipLedger, FilmIndex, HistoryEntry, Locks
from mavin.film.reading import NotAFilmError, parse_entry, read_caption, read_index, read_model, require_film
from mavin.film.state import Clip, FilmState
from mavin.film.tree import HistoryTree

__all__ = ["Opened", "read_folder"]


@dataclass(frozen=True, slots=True)
class Opened:
    """A film as its folder holds it.

    Attributes:
        state: title, clips and locks.
        rev: how often it has been saved.
        branch: name of the branch that ``rev`` lies on.
        head: the step of the history that the film is at.
        notices: what was unusual about reading it, in sentences.
        foreign: whether the files differ from what the history says: somebody changed them.
        behind: whether the files lag behind the history and must be brought up to date.
    """

    state: FilmState
    rev: int
    branch: str
    head: int | None
    notices: tuple[str, ...]
    foreign: bool = False
    behind: bool = False


def read_folder(path: Path) -> Opened:
    """Reads a film; nothing is written.

    Raises:
        NotAFilmError: if there is no film at the path.
        UnfinishedRunError: if there is only a run that can be resumed.
        InvalidCaptionError: if a clip's file is damaged or breaks an invariant.
        FilmError: if another file is missing, damaged or newer than this program.
        OSError: if a file cannot be read.
    """
    require_film(path)
    entry = parse_entry(path, history.read_tail(path / "history.jsonl").entry)
    index = read_index(path)
    if index is None and entry is None:
        raise NotAFilmError(
            f"{path} has neither film.json nor a readable history.jsonl, so it is no film any more. "
            "Restore one of them from a copy, or write the film again with --force."
        )
    if index is None or (entry is not None and entry.rev > index.rev):
        assert entry is not None
        return _from_history(path, entry)
    return _from_files(path, index, entry)


def _from_history(path: Path, entry: HistoryEntry) -> Opened:
    notice = f"Revision {entry.rev} was restored from the history."
    return Opened(_state_of(path, entry), entry.rev, entry.branch, entry.step, (notice,), behind=True)


def _state_of(path: Path, entry: HistoryEntry) -> FilmState:
    if entry.snapshot is not None:
        return FilmState.of_snapshot(path, entry.snapshot)
    return HistoryTree.load(path).state(entry.step)


def _from_files(path: Path, index: FilmIndex, entry: HistoryEntry | None) -> Opened:
    current = entry if entry is not None and entry.rev == index.rev else None
    clips, notices, lost = [], [], None
    for clip_id in index.clips:
        caption_path, record_path = path / "clips" / f"{clip_id}.json", path / "ledger" / f"{clip_id}.json"
        kept = None
        if current is not None and not (is_whole(caption_path) and is_whole(record_path)):
            lost = lost or _state_of(path, current)
            kept = next((clip for clip in lost.clips if clip.id == clip_id), None)
        caption = read_caption(caption_path, kept.caption if kept else None)
        if kept is not None and not is_whole(record_path):
            record = kept.record
        else:
            record = read_model(record_path, ClipLedger) if record_path.exists() else ClipLedger()
        clips.append(Clip(clip_id, caption, record))
    locks_path = path / "locks.json"
    if current is not None and not is_whole(locks_path):
        locks = _state_of(path, current).locks
    else:
        locks = read_model(locks_path, Locks).locks if locks_path.exists() else ()
    state = FilmState(index.title, tuple(clips), locks)
    known = current.digests if current is not None else {}
    if current is not None and not known and current.snapshot is not None:
        known = FilmState.of_snapshot(path, current.snapshot).digests
    differ = [name for name, digest in state.digests.items() if known.get(name, digest) != digest]
    for name in differ:
        file = f"clips/{name}.json" if name != "film" else "film.json or locks.json"
        notices.append(f"{file} was changed by hand since revision {index.rev}.")
    if entry is None or entry.rev < index.rev:
        notices.append("history.jsonl is missing or shorter than film.json says; earlier revisions are lost.")
    return Opened(
        state,
        index.rev,
        index.branch,
        current.step if current is not None else index.head,
        tuple(notices),
        foreign=bool(differ) or current is None,
    )
