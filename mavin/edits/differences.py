"""What differs between two scripts, in a person's terms: times, words, speakers, cameras; for diffs and proposals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mavin.edits.applying import Script
from mavin.edits.changes import Change, changes_between, flat_of
from mavin.edits.locks import lock_name
from mavin.interval import format_seconds

__all__ = ["Difference", "differences"]

_WORDS = {
    "text": "words",
    "role": "speaker",
    "roles": "in the picture",
    "on_screen": "on screen",
    "duration_ms": "duration",
    "appearance": "looks",
    "size": "camera",
    "angle": "camera",
    "movement": "camera",
    "note": "camera note",
    "image": "picture",
    "audio": "voice file",
}
_KINDS = {"shots": "shot", "dialogue": "line", "roles": "role", "sounds": "sound", "overrides": "look"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs.

    Attributes:
        subject: the part: ``S2``, ``L1``, ``C1``, ``X3``, ``C1 in S2``, or empty for the clip as a whole.
        what: ``time``, ``words``, ``speaker``, ``setting``, …; the kind of part where it came or went.
        before: how it was, ``None`` where it is new.
        after: how it is, ``None`` where it is gone.
        paths: the fields that it is about.
    """

    subject: str
    what: str
    before: str | None
    after: str | None
    paths: tuple[str, ...]


def differences(before: Script, after: Script) -> tuple[Difference, ...]:
    """What differs, in the order of the script; empty where the two are the same."""
    old, new = flat_of(before.caption), flat_of(after.caption)
    changes = changes_between(old, new)
    groups: dict[tuple[str, str], list[str]] = {}
    for path in changes:
        if not path.endswith("[]"):
            groups.setdefault(_group(path, changes), []).append(path)
    found = [
        Difference(subject, what, _side(old, paths), _side(new, paths), tuple(paths))
        for (subject, what), paths in groups.items()
    ]
    found += _orders(changes)
    for lock in sorted({*before.locks} ^ {*after.locks}):
        was, now = ("locked" if lock in side.locks else None for side in (before, after))
        found.append(Difference(lock_name(lock), "lock", was, now, (lock,)))
    return tuple(found)


def _group(path: str, changes: Mapping[str, Change]) -> tuple[str, str]:
    """Whom a path is about and what of it; all fields of a part that came or went are one thing."""
    steps = path.split(".")
    field = steps[-1]
    if len(steps) == 1 or steps[0] == "global_caption":
        return "", _WORDS.get(field, field)
    inner = len(steps) > 3 and steps[2] in ("sounds", "overrides")
    kind, name = (steps[2], steps[3]) if inner else (steps[0], steps[1])
    holder = ".".join(steps[: 4 if inner else 2])
    subject = f"{name} in {steps[1]}" if kind == "overrides" else name
    siblings = [each for key, each in changes.items() if key.startswith(f"{holder}.")]
    if all(each.appears for each in siblings) or all(each.vanishes for each in siblings):
        return subject, _KINDS[kind]
    return subject, "time" if field in ("start_ms", "end_ms") else _WORDS.get(field, field)


def _side(flat: Mapping[str, Any], paths: list[str]) -> str | None:
    """How one side of a group reads, ``None`` where nothing of it is there."""
    if not any(path in flat for path in paths):
        return None
    holder = paths[0].rsplit(".", 1)[0]
    if all(path.endswith(("start_ms", "end_ms")) for path in paths):
        return _interval(flat, holder)
    if holder.endswith(".camera") and not paths[0].endswith(".note"):
        return ", ".join(str(flat[f"{holder}.{field}"]).replace("_", " ") for field in ("size", "angle", "movement"))
    if len(paths) == 1:
        return _plain(paths[0], flat[paths[0]])
    start = next((path for path in paths if path.endswith(".start_ms") and path in flat), None)
    words = [_interval(flat, start.rsplit(".", 1)[0])] if start else []
    for path in paths:
        if path in flat and path.endswith((".text", ".action", ".name", ".appearance", ".voice", ".image", ".audio")):
            words += [_plain(path, flat[path])] if flat[path] else []
    return " ".join(words) or "as the role's own"


def _interval(flat: Mapping[str, Any], holder: str) -> str:
    return f"{format_seconds(flat[f'{holder}.start_ms'])}–{format_seconds(flat[f'{holder}.end_ms'])}s"


def _plain(path: str, value: Any) -> str:
    if value is None or value in ("", []):
        return "none"
    if path.endswith("_ms"):
        return f"{format_seconds(value)}s"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def _orders(changes: Mapping[str, Change]) -> Iterator[Difference]:
    """Another order of the same parts; parts that came or went have been told already."""
    for path, change in changes.items():
        was, now = change.was, change.now
        if not path.endswith("[]") or not isinstance(was, list) or not isinstance(now, list):
            continue
        kept = [each for each in was if each in now]
        if kept != [each for each in now if each in was]:
            name = path.removesuffix("[]").rsplit(".", 1)[-1]
            yield Difference("", f"order of {name}", ", ".join(map(str, was)), ", ".join(map(str, now)), (path,))
