"""The invariants of a caption: what must hold in every script, however it came to be (design §3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mavin.caption.parts import (
    MAX_DURATION_MS,
    MAX_REFERENCED_ROLES,
    MAX_SHOTS,
    MIN_DURATION_MS,
    MIN_LINE_MS,
    MIN_SHOT_MS,
    MIN_SOUND_MS,
    DialogueLine,
    Shot,
)
from mavin.diagnostics import Diagnostic, Severity
from mavin.interval import format_interval, format_seconds

if TYPE_CHECKING:
    from mavin.caption.model import HierarchicalCaption


def _error(code: str, path: str, message: str) -> Diagnostic:
    return Diagnostic(code=code, severity=Severity.ERROR, message=message, path=path)


def invariant_diagnostics(caption: HierarchicalCaption) -> Iterator[Diagnostic]:
    """Every broken invariant of a caption (design §3), each naming the object and both values."""
    yield from _clip_diagnostics(caption)
    yield from _shot_diagnostics(caption)
    yield from _role_diagnostics(caption)
    yield from _line_diagnostics(caption)


def _clip_diagnostics(caption: HierarchicalCaption) -> Iterator[Diagnostic]:
    if not MIN_DURATION_MS <= caption.duration_ms <= MAX_DURATION_MS:
        yield _error(
            "duration_range",
            "duration_ms",
            f"a clip must last {MIN_DURATION_MS} to {MAX_DURATION_MS} ms, got {caption.duration_ms} ms",
        )
    if not 1 <= len(caption.shots) <= MAX_SHOTS:
        yield _error("shot_count", "shots", f"a clip must have 1 to {MAX_SHOTS} shots, got {len(caption.shots)}")
    sounds = (sound.id for shot in caption.shots for sound in shot.sounds)
    for kind, ids in (
        ("shots", (shot.id for shot in caption.shots)),
        ("roles", (role.id for role in caption.roles)),
        ("dialogue", (line.id for line in caption.dialogue)),
        ("sounds", sounds),
    ):
        for name, count in _repeated(ids):
            yield _error("duplicate_id", kind, f"ids of {kind} must differ, got {name} {count} times")


def _repeated(names: Iterable[str]) -> list[tuple[str, int]]:
    return [(name, count) for name, count in Counter(names).items() if count > 1]


def _shot_diagnostics(caption: HierarchicalCaption) -> Iterator[Diagnostic]:
    expected = 0
    for shot in caption.shots:
        path = f"shots.{shot.id}"
        if shot.start_ms != expected:
            yield _error(
                "shot_partition",
                f"{path}.start_ms",
                f"{shot.id} must start where the shot before it ends, at {expected} ms, got {shot.start_ms} ms",
            )
        expected = shot.end_ms
        length = shot.interval.duration_ms
        if length < MIN_SHOT_MS:
            yield _error("shot_too_short", path, f"{shot.id} must last at least {MIN_SHOT_MS} ms, got {length} ms")
        yield from _shot_part_diagnostics(caption, shot, path)
    if caption.shots and expected != caption.duration_ms:
        last = caption.shots[-1].id
        yield _error(
            "shot_partition",
            f"shots.{last}.end_ms",
            f"{last} must end with the clip, at {caption.duration_ms} ms, got {expected} ms",
        )


def _shot_part_diagnostics(caption: HierarchicalCaption, shot: Shot, path: str) -> Iterator[Diagnostic]:
    known = {role.id for role in caption.roles}
    for name in [*shot.roles, *(override.role for override in shot.overrides)]:
        if name not in known:
            have = ", ".join(sorted(known)) or "none"
            yield _error("unknown_role", path, f"{shot.id} must name roles of the cast ({have}), got {name}")
    for name, count in _repeated(shot.roles):
        yield _error("duplicate_role", f"{path}.roles", f"{shot.id} must list {name} once, got {count} times")
    for name, count in _repeated(override.role for override in shot.overrides):
        yield _error(
            "duplicate_override", f"{path}.overrides", f"{shot.id} must override {name} once, got {count} times"
        )
    for sound in shot.sounds:
        if not shot.interval.covers(sound.interval):
            yield _error(
                "sound_outside",
                f"{path}.sounds.{sound.id}",
                f"{sound.id} must lie inside {shot.id} ({format_interval(shot.interval)}), "
                f"got {format_interval(sound.interval)}",
            )
        if sound.interval.duration_ms < MIN_SOUND_MS:
            yield _error(
                "sound_too_short",
                f"{path}.sounds.{sound.id}",
                f"{sound.id} must last at least {MIN_SOUND_MS} ms, got {sound.interval.duration_ms} ms",
            )


def _role_diagnostics(caption: HierarchicalCaption) -> Iterator[Diagnostic]:
    for name, count in _repeated(role.name.casefold().strip() for role in caption.roles):
        yield _error("duplicate_name", "roles", f"names of roles must differ, got {name!r} {count} times")
    shown = {override.role for shot in caption.shots for override in shot.overrides if override.reference}
    bound = [role.id for role in caption.roles if role.reference.is_bound or role.id in shown]
    if len(bound) > MAX_REFERENCED_ROLES:
        yield _error(
            "too_many_references",
            "roles",
            f"at most {MAX_REFERENCED_ROLES} roles may have references, got {len(bound)}: {', '.join(bound)}",
        )


def _line_diagnostics(caption: HierarchicalCaption) -> Iterator[Diagnostic]:
    known = {role.id for role in caption.roles}
    previous: dict[str, DialogueLine] = {}
    for line in sorted(caption.dialogue, key=lambda line: (line.start_ms, line.end_ms)):
        path = f"dialogue.{line.id}"
        if line.role not in known:
            have = ", ".join(sorted(known)) or "none"
            yield _error("unknown_role", path, f"{line.id} must name a role of the cast ({have}), got {line.role}")
        if line.end_ms > caption.duration_ms:
            yield _error(
                "line_outside",
                f"{path}.end_ms",
                f"{line.id} must end inside the clip, by {format_seconds(caption.duration_ms)} s, "
                f"got {format_seconds(line.end_ms)} s",
            )
        if line.interval.duration_ms < MIN_LINE_MS:
            yield _error(
                "line_too_short",
                path,
                f"{line.id} must last at least {MIN_LINE_MS} ms, got {line.interval.duration_ms} ms",
            )
        before = previous.get(line.role)
        if before is not None and before.interval.overlaps(line.interval):
            yield _error(
                "line_overlap",
                path,
                f"{line.role} must not overlap itself, got {before.id} ({format_interval(before.interval)}) "
                f"and {line.id} ({format_interval(line.interval)})",
            )
        if before is None or line.end_ms > before.end_ms:
            previous[line.role] = line
