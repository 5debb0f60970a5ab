"""Locks: what no edit may change, by path; kept beside the caption, never in it.

    shots.S2             a shot: its times, texts, camera, cast, sounds, and what is said while it is seen
    shots.S2.camera      a field, or a group of fields
    cuts.S2              a boundary: the cut to S2
    dialogue.L1          a line            dialogue.L1.interval    only when it is heard
    roles.C1             a role, with its looks in single shots
    global_caption.style, title, duration_ms, …

People write ``S2``, ``S2.camera``, ``cut S2``, ``L1.text``, ``C1``, ``style``: :func:`lock_path` reads these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from mavin.caption import HierarchicalCaption
from mavin.diagnostics import Diagnostic, Severity
from mavin.edits.base import Data, EditError, Operation, cannot
from mavin.edits.changes import Flat, changes_between, flat_of, flatten

__all__ = ["Lock", "LockedError", "Unlock", "check_locks", "lock_name", "lock_path", "locked_by"]

_ROOTS = {"S": "shots", "L": "dialogue", "C": "roles"}
_SHORT = {
    "storyline": "global_caption.storyline",
    "style": "global_caption.style",
    "ambience": "global_caption.ambience",
    "duration": "duration_ms",
    "length": "duration_ms",
    "cast": "roles",
    "lines": "dialogue",
    "text": "global_caption",
}
_FIELDS = {
    "time": "interval",
    "times": "interval",
    "timing": "interval",
    "words": "text",
    "look": "appearance",
    "looks": "appearance",
    "start": "start_ms",
    "end": "end_ms",
    "speaker": "role",
    "cast": "roles",
}


class LockedError(EditError):
    """An edit that would change what is locked; ``locks`` names the locks."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...], locks: tuple[str, ...]) -> None:
        super().__init__(diagnostics)
        self.locks = locks


class Lock(Operation):
    """Locks a field, a boundary, a line, a role or a shot."""

    op: Literal["lock"] = "lock"
    path: str

    def changed(self, data: Data) -> Data:
        """The caption as it is; locks are kept beside it."""
        return data

    def relocked(self, locks: tuple[str, ...], data: Data) -> tuple[str, ...]:
        """The locks with this one."""
        return tuple(sorted({*locks, lock_path(self.path, flatten(data))}))


class Unlock(Operation):
    """Takes a lock away, and every lock on a part of what it names."""

    op: Literal["unlock"] = "unlock"
    path: str

    def changed(self, data: Data) -> Data:
        """The caption as it is; locks are kept beside it."""
        return data

    def relocked(self, locks: tuple[str, ...], data: Data) -> tuple[str, ...]:
        """The locks without this one."""
        path = self.path if self.path in locks else lock_path(self.path, flatten(data))
        kept = tuple(lock for lock in locks if lock != path and not lock.startswith(f"{path}."))
        if kept == locks:
            over = [lock for lock in locks if path.startswith(f"{lock}.")]
            hint = f"it is covered by the lock on {lock_name(over[0])}" if over else f"locked is {_names(locks)}"
            raise cannot("not_locked", path, f"only what is locked can be unlocked, got {lock_name(path)}; {hint}")
        return kept


def lock_path(text: str, flat: Flat) -> str:
    """The lock that a person means by ``S2``, ``S2.camera``, ``cut S2``, ``L1.times`` or ``style``.

    Raises:
        EditError: if there is nothing of that name in the script.
    """
    words = text.strip()
    if cut := re.fullmatch(r"(?:the\s+)?cuts?(?:\s+(?:to|before|at))?[\s.]+(S\d+)", words, re.IGNORECASE):
        path = f"cuts.{cut[1].upper()}"
    else:
        head, *rest = words.split(".")
        rest = [_FIELDS.get(step.lower(), step) for step in rest]
        part_id = head.upper()
        if re.fullmatch(r"[SLC]\d+", part_id):
            path = ".".join([_ROOTS[part_id[0]], part_id, *rest])
        elif re.fullmatch(r"X\d+", part_id):
            home = next((key.rsplit(".", 1)[0] for key in flat if f".sounds.{part_id}." in key), f"sounds.{part_id}")
            path = ".".join([home, *rest])
        else:
            path = ".".join([_SHORT.get(head.lower(), head), *rest])
    if not _exists(path, flat):
        parts = [each for name in ("shots", "dialogue", "roles") for each in flat[f"{name}[]"]]
        raise cannot(
            "unknown_lock",
            path,
            f"a lock must name something of the script ({', '.join(parts)}, S1.camera, cut S2, L1.text, style, …), "
            f"got {text.strip()!r}",
        )
    return path


def _exists(path: str, flat: Flat) -> bool:
    if path.startswith("cuts."):
        return path.removeprefix("cuts.") in flat["shots[]"][1:]
    if path.endswith(".interval"):
        return f"{path.removesuffix('interval')}start_ms" in flat
    return any(key == path or key.startswith((f"{path}.", f"{path}[]")) for key in flat)


def lock_name(path: str) -> str:
    """A lock as people say it: ``dialogue.L1.interval`` → ``L1.interval``, ``cuts.S2`` → ``the cut to S2``."""
    if path.startswith("cuts."):
        return f"the cut to {path.removeprefix('cuts.')}"
    if sound := re.fullmatch(r"shots\.S\d+\.sounds\.(X\d+.*)", path):
        return sound[1]
    if part := re.fullmatch(r"(?:shots|dialogue|roles)\.(.+)", path):
        return part[1]
    return path.removeprefix("global_caption.")


def _names(locks: Sequence[str]) -> str:
    return ", ".join(map(lock_name, locks)) or "nothing"


def locked_by(
    before: HierarchicalCaption, after: HierarchicalCaption, locks: Iterable[str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The locks that a change would break, each with the paths that it covers and that would change."""
    locks = tuple(locks)
    if not locks:
        return ()
    paths = tuple(changes_between(flat_of(before), flat_of(after)))
    found = ((lock, tuple(dict.fromkeys(_broken(lock, paths, before, after)))) for lock in locks)
    return tuple((lock, broken) for lock, broken in found if broken)


def check_locks(before: HierarchicalCaption, after: HierarchicalCaption, locks: Iterable[str]) -> None:
    """Refuses a change that would break a lock.

    Raises:
        LockedError: naming each lock and what would change under it.
    """
    broken = locked_by(before, after, locks)
    if not broken:
        return
    found = tuple(
        Diagnostic(
            code="locked",
            severity=Severity.ERROR,
            message=f"{lock_name(lock)} is locked, and this would change {', '.join(paths[:3])}"
            f"{' and more' if len(paths) > 3 else ''}; unlock {lock_name(lock)} first",
            path=paths[0],
        )
        for lock, paths in broken
    )
    raise LockedError(found, tuple(lock for lock, _ in broken))


def _broken(lock: str, paths: Sequence[str], before: HierarchicalCaption, after: HierarchicalCaption) -> Iterator[str]:
    if lock.startswith("cuts."):
        name = lock.removeprefix("cuts.")
        if _cut(before, name) != _cut(after, name):
            yield f"shots.{name}.start_ms"
        return
    if lock.endswith(".interval"):
        holder = lock.removesuffix("interval")
        yield from (path for path in paths if path in (f"{holder}start_ms", f"{holder}end_ms"))
        return
    yield from (path for path in paths if path == lock or path.startswith((f"{lock}.", f"{lock}[]")))
    kind, _, name = lock.partition(".")
    if kind == "shots" and re.fullmatch(r"S\d+", name):
        yield from _said(name, before, after)
    if kind == "roles" and re.fullmatch(r"C\d+", name):
        yield from (path for path in paths if f".overrides.{name}." in path)


def _cut(caption: HierarchicalCaption, name: str) -> int | None:
    return next((shot.start_ms for shot in caption.shots[1:] if shot.id == name), None)


def _said(name: str, before: HierarchicalCaption, after: HierarchicalCaption) -> Iterator[str]:
    """The lines that would be heard differently while a shot is seen."""

    def heard(caption: HierarchicalCaption) -> dict[str, Any]:
        shot = next((shot for shot in caption.shots if shot.id == name), None)
        parts = caption.lines_in(shot) if shot is not None else ()
        return {part.line.id: (part.interval, part.line) for part in parts}

    old, new = heard(before), heard(after)
    for line in dict.fromkeys((*old, *new)):
        if old.get(line) != new.get(line):
            yield f"dialogue.{line}"
