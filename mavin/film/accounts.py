"""The fact ledger as it is true now: what the writing run noted, and what edits have made of it since.

    note of the run          script then ──┐
    “dusk” kept → S1.setting               ├─ differs ─▶ “dusk” altered by you in r5: “set it at night”
                             script now  ──┘

Nothing of this is stored: undo, another branch and a restored revision tell their own truth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mavin.edits import Difference, changes_between, differences, flat_of
from mavin.film.state import Clip, FilmState
from mavin.film.tree import HistoryTree, Step
from mavin.ledger import Fate, LedgerEntry

__all__ = ["ledger_now"]

YOU = "you"
"""Who made an edit: the person at the film, by hand or by instruction."""


@dataclass(frozen=True, slots=True)
class _Author:
    """Who changed a path last, and when."""

    by: str
    why: str


def ledger_now(state: FilmState, tree: HistoryTree, head: int) -> tuple[LedgerEntry, ...]:
    """Every entry of the clips' ledgers with its fate by now, then what edits have added.

    Raises:
        FilmError: if the history is damaged.
    """
    found: list[LedgerEntry] = []
    for number, clip in enumerate(state.clips):
        if not clip.record.prompt:
            found += clip.record.ledger
            continue
        begin, steps = _since(tree, head, clip)
        then = tree.state(begin) if begin is not None else state
        old = next((each for each in then.clips if each.id == clip.id), clip)
        if old.caption == clip.caption:
            found += clip.record.ledger
            continue
        authors = _authors(tree, steps, clip.id)
        found += _Accounts(clip, old, authors, len(state.clips) > 1 or number > 0).entries()
    return tuple(found)


def _since(tree: HistoryTree, head: int, clip: Clip) -> tuple[int | None, Sequence[Step]]:
    """The step with which the clip got its record, and the steps from there to where the film is."""
    begin = tree.snapshots_back(
        head, lambda state: any(each.id == clip.id and each.record == clip.record for each in state.clips)
    )
    if begin is None:
        return None, ()
    return begin, tree.between(begin, head) or ()


def _authors(tree: HistoryTree, steps: Sequence[Step], clip: str) -> dict[str, _Author]:
    found: dict[str, _Author] = {}
    for step in steps:
        for path in tree.changed_paths(step.rev):
            if path.startswith(f"{clip}."):
                found[path.removeprefix(f"{clip}.")] = _author(step, path.removeprefix(f"{clip}."))
    return found


def _author(step: Step, path: str) -> _Author:
    op = step.op
    words = " ".join(str(op.get("instruction", "")).split())
    asked = f": “{words if len(words) <= 50 else words[:49].rstrip() + '…'}”" if words else ""
    if op.get("op") == "regenerate":
        return _Author(str(op.get("by", {}).get(path, "code")), f"written anew in r{step.rev}{asked}")
    edits = op.get("edits") or [each for made in op.get("clips", {}).values() for each in made]
    written = [edits[number - 1] for number in op.get("editor", ()) if 0 < number <= len(edits)]
    if any(_is_about(each, path) for each in written):
        return _Author("editor", f"on your instruction in r{step.rev}{asked}")
    done = "restored" if op.get("op") == "restore" else "changed"
    return _Author(YOU, f"{done} by you in r{step.rev}{asked}")


def _is_about(edit: Mapping[str, Any], path: str) -> bool:
    if edit.get("path"):
        return bool(edit["path"] == path)
    named = {str(value) for key, value in edit.items() if key in ("line", "shot", "role", "sound", "id") and value}
    return bool(named & set(path.split("."))) if named else True


class _Accounts:
    """One clip's entries, held against its script as it was and as it is."""

    def __init__(self, clip: Clip, old: Clip, authors: Mapping[str, _Author], several: bool) -> None:
        self._clip = clip
        self._then, self._now = flat_of(old.caption), flat_of(clip.caption)
        self._changed = changes_between(self._then, self._now)
        self._told: set[str] = set()
        self._authors = authors
        self._several = several
        self._differences = differences(_script(old), _script(clip))

    def entries(self) -> list[LedgerEntry]:
        """The entries of the run, then what was added since."""
        kept = [self._held(entry) for entry in self._clip.record.ledger]
        return [*kept, *(self._added(each) for each in self._differences if self._is_new(each))]

    def _held(self, entry: LedgerEntry) -> LedgerEntry:
        if entry.where is None or entry.outcome is Fate.DROPPED:
            return entry
        paths = self._paths(entry)
        changed = [path for path in paths if path in self._changed]
        if not changed:
            return entry
        author = self._author(changed)
        gone = all(path not in self._now for path in paths)
        if entry.outcome is not Fate.ADDED and not gone and self._still_says(entry, paths):
            return entry
        self._told.update(changed)
        if gone:
            return entry.model_copy(update={"outcome": Fate.DROPPED, "where": None, "by": author.by, "why": author.why})
        if entry.outcome is Fate.ADDED:
            leaf = self._now.get(entry.where) if entry.where in self._now else None
            if isinstance(leaf, str) and entry.text and entry.text in leaf:
                return entry
            text = leaf if isinstance(leaf, str) else self._read(paths)
            return entry.model_copy(update={"text": text or entry.text, "by": author.by, "why": author.why})
        return entry.model_copy(update={"outcome": Fate.ALTERED, "by": author.by, "why": author.why})

    def _paths(self, entry: LedgerEntry) -> list[str]:
        """The fields that an entry is about, of then and of now."""
        where = entry.where or ""
        every = dict.fromkeys((*self._then, *self._now))
        if where in ("shots", "dialogue"):
            # A count or an order: the parts and, of lines, who says them when.
            own = [f"{where}[]"]
            if where == "dialogue":
                own += [path for path in every if path.startswith("dialogue.") and path.endswith((".role", "_ms"))]
            return own
        if entry.kind == "role":
            return [f"{where}.name"]
        if entry.kind == "time" and where.startswith("dialogue."):
            holder = where.rsplit(".", 1)[0]
            return [f"{holder}.start_ms", f"{holder}.end_ms"]
        if entry.kind == "time" and where.count(".") == 1:
            return [f"{where}.start_ms", f"{where}.end_ms"]
        if entry.kind == "sound" and ".sounds." in where:
            return [f"{where}.text"]
        if entry.kind in {"shot", "pace"} and where.count(".") == 1:
            return [f"{where}.start_ms", f"{where}.end_ms"]
        return [path for path in every if path == where or path.startswith((f"{where}.", f"{where}["))]

    def _still_says(self, entry: LedgerEntry, paths: Sequence[str]) -> bool:
        """Whether the person's words still stand where they stood, or the count is still what it was."""
        if entry.kind == "role":
            return True  # a role that has another name is the same role; its name has an entry of its own
        if entry.where == "shots":
            return len(self._now["shots[]"]) == len(self._then["shots[]"])
        if entry.kind == "shot" and self._length(self._then, paths) == self._length(self._now, paths):
            return entry.where is not None and self._changed.get(f"{entry.where}.action") is None
        words = _plain(entry.text)
        return any(
            isinstance(self._then.get(path), str)
            and words in _plain(self._then[path])
            and words in _plain(str(self._now.get(path, "")))
            for path in paths
        ) and bool(words)

    def _length(self, flat: Mapping[str, Any], paths: Sequence[str]) -> int | None:
        start, end = (flat.get(path) for path in paths[:2]) if len(paths) > 1 else (None, None)
        return end - start if isinstance(start, int) and isinstance(end, int) else None

    def _read(self, paths: Sequence[str]) -> str:
        return ", ".join(
            str(self._now[path]) for path in paths if path in self._now and self._now[path] not in ("", None)
        )

    def _author(self, paths: Sequence[str]) -> _Author:
        found = [self._authors[path] for path in paths if path in self._authors]
        return found[-1] if found else _Author(YOU, "changed by hand")

    def _is_new(self, difference: Difference) -> bool:
        return difference.after is not None and difference.what != "lock" and not set(difference.paths) & self._told

    def _added(self, difference: Difference) -> LedgerEntry:
        author = self._author(difference.paths)
        return LedgerEntry(
            kind=difference.what,
            text=difference.after or "",
            outcome=Fate.ADDED,
            where=difference.paths[0],
            by=author.by,
            why=author.why,
            clip=self._clip.id if self._several else None,
        )


def _script(clip: Clip) -> Any:
    from mavin.edits import Script

    return Script(clip.caption)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .,;:!?")
