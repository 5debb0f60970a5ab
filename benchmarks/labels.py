"""Prompts with labels (``prompts/README.md`` gives the format), and what a script must keep of them.

A check compares one label with a caption; it never looks at how the script was made.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evaluators import unquoted_lines
from mavin.caption import DialogueLine, HierarchicalCaption, Role
from mavin.errors import UsageError
from mavin.interval import format_seconds
from mavin.ledger import Conflict, ConflictKind

__all__ = ["Check", "FixedTime", "Labels", "Line", "Planted", "checks", "matches", "read_labels"]

_CLOSING = ",，、،"
# What belongs to the sentence around a quotation: "It will hold," says Piotr.


class _Label(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Line(_Label):
    """A quoted line: its words, who says it (``None`` where the prompt names nobody), fixed times in ms."""

    text: str
    speaker: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None


class FixedTime(_Label):
    """A time in ms that the prompt gives to a shot (by number), a cut, or a sound (by a word of its)."""

    what: Literal["shot", "cut", "sound"]
    number: int | None = None
    of: str | None = None
    start_ms: int
    end_ms: int | None = None


class Planted(_Label):
    """A contradiction: its kind, other kinds that are as right, the phrases that clash, who can decide it."""

    kind: ConflictKind
    also: tuple[ConflictKind, ...] = ()
    spans: tuple[str, ...] = Field(min_length=1)
    decidable: Literal["code", "model"]


class Labels(_Label):
    """One prompt with all that a script of it must keep; without ``labelled`` only its validity counts."""

    id: str
    prompt: str
    language: str = ""
    lines: tuple[Line, ...] = ()
    duration_ms: int | None = None
    shots: int | None = None
    names: tuple[str, ...] = ()
    cast: tuple[str, ...] | None = None
    events: tuple[str, ...] = ()
    times: tuple[FixedTime, ...] = ()
    conflicts: tuple[Planted, ...] = ()
    refused: bool = False
    tricky: bool = False
    labelled: bool = True

    @property
    def group(self) -> str:
        """``plain`` without labels, else ``code``, ``model``, ``tricky`` or ``clean``."""
        if not self.labelled:
            return "plain"
        if self.conflicts:
            return "code" if self.refused else "model"
        return "tricky" if self.tricky else "clean"


@dataclass(frozen=True, slots=True)
class Check:
    """One label against one script: what was looked at, whether it holds, and what was got where it does not."""

    what: str
    ok: bool
    note: str = ""


def read_labels(path: Path) -> list[Labels]:
    """The prompts of a JSONL file; lines without ``lines`` are taken as prompts without labels.

    Raises:
        UsageError: if the file cannot be read, a line is no prompt, or an id comes twice.
    """
    try:
        rows = [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines() if row.strip()]
        found = [
            Labels.model_validate(row)
            if "lines" in row
            else Labels(id=str(row["id"]), prompt=str(row["prompt"]), labelled=False)
            for row in rows
        ]
    except (OSError, ValueError, KeyError, TypeError, ValidationError) as error:
        reason = " ".join(str(error).split())[:200]
        raise UsageError(
            f'{path} must hold one {{"id", "prompt", …}} a line, got {type(error).__name__}: {reason}. '
            "benchmarks/prompts/README.md gives the fields."
        ) from None
    if not found or len({label.id for label in found}) != len(found):
        raise UsageError(f"{path} must hold at least one prompt, each with an id of its own, got {len(found)} prompts.")
    return found


def checks(caption: HierarchicalCaption, labels: Labels) -> Iterator[Check]:
    """Every label of a prompt against its script, in a fixed order."""
    yield from _line_checks(caption, labels)
    if labels.duration_ms is not None:
        yield _equal("duration", labels.duration_ms, caption.duration_ms)
    if labels.shots is not None:
        yield _equal("shots", labels.shots, len(caption.shots))
    names = [role.name for role in caption.roles]
    for name in labels.names:
        yield Check("name", any(_names(name, role) for role in names), f"{name} is no role of {names}")
    if labels.cast is not None:
        others = [name for name in names if not any(_names(word, name) for word in labels.cast)]
        yield Check("no other role", not others, f"{others} are nobody in the prompt")
    yield from (_time_check(caption, time) for time in labels.times)
    if labels.events:
        yield _event_check(caption, labels.events)


def _equal(what: str, expected: object, got: object) -> Check:
    return Check(what, expected == got, "" if expected == got else f"expected {expected}, got {got}")


def _line_checks(caption: HierarchicalCaption, labels: Labels) -> Iterator[Check]:
    left = sorted(caption.dialogue, key=lambda line: (line.start_ms, line.id))
    spoken: list[DialogueLine] = []
    for wanted in labels.lines:
        texts = (wanted.text, wanted.text.rstrip(_CLOSING))
        # Of two lines with the same words the speaker's own is meant.
        same = [line for line in left if line.text in texts]
        named = (line for line in same if wanted.speaker and _is_role(wanted.speaker, caption.role(line.role)))
        line = next(named, same[0] if same else None)
        if line is None:
            yield Check("line", False, f"{wanted.text!r} is not said; said are {[line.text for line in left]}")
            continue
        left.remove(line)
        spoken.append(line)
        yield Check("line", True)
        if wanted.speaker is not None:
            role = caption.role(line.role)
            note = f"{wanted.text!r} is said by {role.id} {role.name}, not {wanted.speaker}"
            yield Check("speaker", _is_role(wanted.speaker, role), note)
        for what, expected, got in (("start", wanted.start_ms, line.start_ms), ("end", wanted.end_ms, line.end_ms)):
            if expected is not None:
                note = "" if expected == got else f"{what} of {wanted.text!r}: {expected} ms, got {got} ms"
                yield Check("line time", expected == got, note)
    if len(spoken) > 1:
        starts = [line.start_ms for line in spoken]
        yield Check("line order", starts == sorted(starts), f"lines begin at {starts} ms in the prompt's order")
    invented = {line.id for line in unquoted_lines(caption, labels.prompt)} | {line.id for line in left}
    if labels.lines or invented:
        extra = [line.text for line in caption.dialogue if line.id in invented]
        yield Check("no other line", not invented, f"nobody says {extra}")


def _time_check(caption: HierarchicalCaption, time: FixedTime) -> Check:
    want = f"{format_seconds(time.start_ms)} s" + (f"–{format_seconds(time.end_ms)} s" if time.end_ms else "")
    if time.what == "cut":
        cuts = [shot.start_ms for shot in caption.shots[1:]]
        return Check("time", time.start_ms in cuts, f"no cut at {want}; cuts are at {cuts} ms")
    if time.what == "shot":
        spans = [(shot.start_ms, shot.end_ms) for shot in caption.shots]
        number = time.number or 0
        ok = 0 < number <= len(spans) and spans[number - 1] == (time.start_ms, time.end_ms)
        return Check("time", ok, f"shot {number} is not {want}; shots are {spans} ms")
    sounds = [sound for shot in caption.shots for sound in shot.sounds]
    word = _plain(time.of or "")
    ok = any(
        word in _plain(sound.text) and sound.start_ms == time.start_ms and time.end_ms in (None, sound.end_ms)
        for sound in sounds
    )
    got = [(sound.text, sound.start_ms, sound.end_ms) for sound in sounds]
    return Check("time", ok, f"no sound of {time.of} at {want}; sounds are {got}")


def _event_check(caption: HierarchicalCaption, events: Sequence[str]) -> Check:
    actions = [_plain(shot.action) for shot in caption.shots]
    shot = 0
    for event in events:
        later = [index for index in range(shot, len(actions)) if _plain(event) in actions[index]]
        if not later:
            note = f"{event!r} is not in shot {shot + 1} or later: {[item.action for item in caption.shots]}"
            return Check("events in order", False, note)
        shot = later[0]
    return Check("events in order", True)


def matches(planted: Planted, found: Conflict, prompt: str, *, any_kind: bool = False) -> bool:
    """Whether a reported conflict is the planted one: one of its kinds, and a phrase of it is quoted.

    Args:
        planted: the label.
        found: what was reported.
        prompt: where both sets of phrases stand.
        any_kind: compare the phrases alone.
    """
    if not any_kind and found.kind not in (planted.kind, *planted.also):
        return False
    starts = [(match.start(), match.end()) for text in planted.spans for match in re.finditer(re.escape(text), prompt)]
    return any(span.start < end and start < span.end for span in found.spans for start, end in starts)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("’", "'")


def _is_role(wanted: str, role: Role) -> bool:
    """Whether a role is the one of that name, or of that id where the prompt itself says C1."""
    return wanted == role.id or _names(wanted, role.name)


def _names(wanted: str, role: str) -> bool:
    """Whether a role's name holds the wanted name as a whole word (any piece, where words have no blanks)."""
    wanted, role = _plain(wanted), _plain(role)
    if any(ord(char) > 0x2E7F for char in wanted):
        return wanted in role
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", role) is not None
