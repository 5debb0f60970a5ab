"""Fixes: for a finding about a script the operations that would mend it, each tried before it is offered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mavin.caption import MAX_DURATION_MS, DialogueLine, HierarchicalCaption
from mavin.diagnostics import Diagnostic, Severity
from mavin.edits import (
    DeleteShot,
    EditError,
    MoveCut,
    Operation,
    RecordLine,
    RemoveRole,
    RetimeLine,
    RevoiceLine,
    Script,
    SetDuration,
    SetPresence,
    StretchShot,
    UnbindReference,
    apply_all,
)
from mavin.film.check import script_diagnostics
from mavin.frames import frame_of, frame_time_ms
from mavin.interval import format_seconds
from mavin.speech import natural_ms

__all__ = ["Fix", "fixes"]


@dataclass(frozen=True, slots=True)
class Fix:
    """A way to mend a finding: in words, and as operations."""

    words: str
    operations: tuple[Operation, ...]


def fixes(script: Script, diagnostic: Diagnostic, folder: Path | None = None) -> tuple[Fix, ...]:
    """The ways to mend a finding of :func:`~mavin.film.check.script_diagnostics`, the gentlest first.

    Every one can be made under the script's locks, ends the finding, and brings no other error or warning.

    Args:
        script: the script, with what of it is locked.
        diagnostic: the finding.
        folder: the film's folder, as the finding was made with.
    """
    made = _MAKERS.get(diagnostic.code)
    if made is None or diagnostic.path is None:
        return ()
    before = script_diagnostics(script.caption, folder)
    return tuple(
        fix
        for fix in made(script.caption, diagnostic, diagnostic.path.split("."))
        if _mends(script, diagnostic, fix, before, folder)
    )


def _mends(script: Script, diagnostic: Diagnostic, fix: Fix, before: Sequence[Diagnostic], folder: Path | None) -> bool:
    try:
        after = apply_all(script, fix.operations).after
    except EditError:
        return False
    found = script_diagnostics(after.caption, folder)
    if any((item.code, item.path) == (diagnostic.code, diagnostic.path) for item in found):
        return False
    return not _grave(found) - _grave(before)


def _grave(found: Sequence[Diagnostic]) -> Counter[tuple[str, str | None]]:
    return Counter((item.code, item.path) for item in found if item.severity is not Severity.INFO)


def _longer_line(caption: HierarchicalCaption, diagnostic: Diagnostic, path: Sequence[str]) -> Iterator[Fix]:
    del diagnostic
    line = _line(caption, path[1])
    # A tenth below the natural length still counts as natural; the fix gives all of it where there is room.
    need = natural_ms(line.text, line.language)
    for others in (
        [each for each in caption.dialogue if each is not line],
        [each for each in caption.dialogue if each is not line and each.role == line.role],
    ):
        low = max((each.end_ms for each in others if each.end_ms <= line.start_ms), default=0)
        high = min((each.start_ms for each in others if each.start_ms >= line.end_ms), default=caption.duration_ms)
        end = min(line.start_ms + need, high)
        start = max(end - need, low) if end - line.start_ms < need else line.start_ms
        retime = RetimeLine(line=line.id, start_ms=start, end_ms=end)
        yield Fix(f"Say {line.id} {format_seconds(start)}–{format_seconds(end)} s", (retime,))
    home = caption.shot_at(line.start_ms)
    length = home.interval.duration_ms
    longer = min(round(length * need / line.interval.duration_ms), length + MAX_DURATION_MS - caption.duration_ms)
    longer = -(-longer // 100) * 100
    if length < longer <= length + MAX_DURATION_MS - caption.duration_ms:
        words = f"Make {home.id} {format_seconds(longer)} s long, and the clip with it"
        yield Fix(words, (StretchShot(shot=home.id, length_ms=longer),))


def _seen_speaker(caption: HierarchicalCaption, diagnostic: Diagnostic, path: Sequence[str]) -> Iterator[Fix]:
    shot = caption.shot(path[1])
    for part in caption.lines_in(shot):
        line = part.line
        name = caption.role(line.role).name
        if not line.on_screen or line.role in shot.roles or f" {line.id} " not in diagnostic.message:
            continue
        yield Fix(f"Show {name} in {shot.id}", (SetPresence(shot=shot.id, roles=(*shot.roles, line.role)),))
        yield Fix(f"Let {name} say {line.id} off screen", (RevoiceLine(line=line.id, on_screen=False),))


def _without_role(caption: HierarchicalCaption, diagnostic: Diagnostic, path: Sequence[str]) -> Iterator[Fix]:
    del diagnostic
    role = caption.role(path[1])
    yield Fix(f"Take {role.name} out of the cast", (RemoveRole(role=role.id),))


def _without_shot(caption: HierarchicalCaption, diagnostic: Diagnostic, path: Sequence[str]) -> Iterator[Fix]:
    del caption, diagnostic
    yield Fix(f"Delete {path[1]}", (DeleteShot(shot=path[1]),))


def _whole_line(caption: HierarchicalCaption, diagnostic: Diagnostic, path: Sequence[str]) -> Iterator[Fix]:
    del diagnostic
    line = _line(caption, path[1])
    crossed = [shot for shot in caption.shots[1:] if line.start_ms < shot.start_ms < line.end_ms]
    first = crossed[0]
    yield Fix(f"End {line.id} at the cut", (RetimeLine(line=line.id, start_ms=line.start_ms, end_ms=first.start_ms),))
    later = f"Move the cut to {first.id} behind {line.id}"
    yield Fix(later, (MoveCut(shot=first.id, to_ms=line.end_ms, sounds="stay"),))


def _on_grid(caption: HierarchicalCaption, diagnostic: Diagnostic, path: Sequence[str]) -> Iterator[Fix]:
    del diagnostic
    if path[0] == "duration_ms":
        time = round(frame_time_ms(frame_of(caption.duration_ms)))
        yield Fix(f"End the film at {format_seconds(time)} s", (SetDuration(duration_ms=time, mode="trim"),))
        return
    time = round(frame_time_ms(frame_of(caption.shot(path[1]).start_ms)))
    yield Fix(f"Cut to {path[1]} at {format_seconds(time)} s", (MoveCut(shot=path[1], to_ms=time),))


def _without_file(caption: HierarchicalCaption, diagnostic: Diagnostic, path: Sequence[str]) -> Iterator[Fix]:
    del caption, diagnostic
    if path[0] == "dialogue":
        yield Fix(f"Let {path[1]} be spoken without a recording", (RecordLine(line=path[1]),))
    elif path[0] == "roles":
        yield Fix(f"Unbind the {path[-1]} of {path[1]}", (UnbindReference(role=path[1], kind=_kind(path[-1])),))
    else:
        unbind = UnbindReference(role=path[3], shot=path[1], kind=_kind(path[-1]))
        yield Fix(f"Unbind the {path[-1]} of {path[3]} in {path[1]}", (unbind,))


def _kind(name: str) -> Literal["image", "audio"]:
    return "image" if name == "image" else "audio"


def _line(caption: HierarchicalCaption, name: str) -> DialogueLine:
    return next(line for line in caption.dialogue if line.id == name)


_MAKERS = {
    "speech_rushed": _longer_line,
    "speech_impossible": _longer_line,
    "speaker_not_in_shot": _seen_speaker,
    "unused_role": _without_role,
    "empty_shot": _without_shot,
    "line_over_cut": _whole_line,
    "frame_rounding": _on_grid,
    "reference_file": _without_file,
}
