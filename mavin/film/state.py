"""A film at one moment: its title, clips and locks; what differs between two of them, and their fingerprints."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mavin.caption import HierarchicalCaption
from mavin.edits import Change, EditError, Script, caption_of, changes_between, flat_of, patched
from mavin.errors import FilmError
from mavin.film.model import ClipLedger, ClipSnapshot, Snapshot
from mavin.film.reading import snapshot_caption

__all__ = ["Clip", "FilmState"]


@dataclass(frozen=True, slots=True)
class Clip:
    """One clip of a film: its id (``K1``), its script, and the record of how it came to be."""

    id: str
    caption: HierarchicalCaption
    record: ClipLedger = field(default_factory=ClipLedger)


@dataclass(frozen=True, slots=True)
class FilmState:
    """What the history keeps: the title, the clips in order, and what is locked, as ``K1.<path>``."""

    title: str
    clips: tuple[Clip, ...]
    locks: tuple[str, ...] = ()

    def script(self, clip: str) -> Script:
        """One clip as it is edited: its caption, and its own locks."""
        caption = next(each.caption for each in self.clips if each.id == clip)
        return Script(
            caption, tuple(lock.removeprefix(f"{clip}.") for lock in self.locks if lock.startswith(f"{clip}."))
        )

    def with_script(self, clip: str, script: Script) -> FilmState:
        """The film with one clip as it was edited; a film that is named after its first clip goes on to be."""
        clips = tuple(replace(each, caption=script.caption) if each.id == clip else each for each in self.clips)
        others = [lock for lock in self.locks if not lock.startswith(f"{clip}.")]
        title = self.title
        if self.title == self.clips[0].caption.title and clips[0].caption.title:
            title = clips[0].caption.title
        return FilmState(title, clips, tuple(sorted([*others, *(f"{clip}.{lock}" for lock in script.locks)])))

    @classmethod
    def of_snapshot(cls, path: Path, snapshot: Snapshot) -> FilmState:
        """The film of a snapshot in the history of the film at ``path``.

        Raises:
            InvalidCaptionError: if a script in it is damaged.
        """
        clips = tuple(Clip(clip.id, snapshot_caption(path, clip), clip.ledger) for clip in snapshot.clips)
        return cls(snapshot.title, clips, snapshot.locks)

    @property
    def snapshot(self) -> Snapshot:
        """The whole film, as the history keeps it."""
        return Snapshot(
            title=self.title,
            clips=tuple(
                ClipSnapshot(id=clip.id, caption=clip.caption.model_dump(mode="json"), ledger=clip.record)
                for clip in self.clips
            ),
            locks=self.locks,
        )

    @property
    def digests(self) -> dict[str, str]:
        """Fingerprints: of each clip's script, and of ``film``, its title and locks."""
        parts: dict[str, Any] = {clip.id: clip.caption.model_dump(mode="json") for clip in self.clips}
        return {name: _digest(part) for name, part in (parts | {"film": [self.title, list(self.locks)]}).items()}

    def flat(self) -> dict[str, Any]:
        """Title, locks and every field of every clip, by path."""
        found = self._head()
        for clip in self.clips:
            found |= {f"{clip.id}.{path}": value for path, value in flat_of(clip.caption).items()}
        return found

    def changes_to(self, after: FilmState) -> dict[str, Change] | None:
        """What differs, or ``None`` where only a snapshot can tell: other clips, or other records of them."""
        records = [[(clip.id, clip.record) for clip in state.clips] for state in (self, after)]
        if records[0] != records[1]:
            return None
        found = changes_between(self._head(), after._head())
        for old, new in zip(self.clips, after.clips, strict=True):
            if old.caption != new.caption:
                changes = changes_between(flat_of(old.caption), flat_of(new.caption))
                found |= {f"{old.id}.{path}": change for path, change in changes.items()}
        return found

    def _head(self) -> dict[str, Any]:
        return {"title": self.title, "locks": list(self.locks)}

    def changed(self, path: Path, steps: list[Mapping[str, Change]]) -> FilmState:
        """The film after steps that were recorded as changes.

        Raises:
            FilmError: if they do not fit, because the history is damaged.
        """
        flat = self.flat()
        try:
            for step in steps:
                flat = patched(flat, step)
            clips = tuple(replace(clip, caption=caption_of(_within(flat, clip.id))) for clip in self.clips)
        except EditError as error:
            raise FilmError(
                f"{path.name}/history.jsonl is damaged: a step of it does not fit the one before "
                f"({error.diagnostics[0].message}). The film itself is whole; only its older steps cannot be reached."
            ) from None
        return FilmState(flat["title"], clips, tuple(flat["locks"]))


def _within(flat: Mapping[str, Any], clip: str) -> dict[str, Any]:
    return {path.removeprefix(f"{clip}."): value for path, value in flat.items() if path.startswith(f"{clip}.")}


def _digest(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
