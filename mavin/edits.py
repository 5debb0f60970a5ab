"""Edits as data: typed operations, each a pure function from caption to caption (design §5).

    EDIT = RetimeLine | RewordLine | MoveCut | SetText | SetCamera | RenameRole      by ``op``

    {"op": "move_cut", "shot": "S2", "to_ms": 3200}  ──parse_edit──▶  MoveCut  ──apply──▶  new caption

To add one: a subclass of :class:`Operation` with its fields and :meth:`Operation.changed`, and its
name in :data:`Edit`.  ``changed`` works on a plain copy of the caption's JSON and need not check
invariants: whatever it makes is validated as a whole, so no operation can produce a broken script.
"""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt, TypeAdapter, ValidationError, model_validator

from mavin.caption import (
    MIN_SOUND_MS,
    Angle,
    HierarchicalCaption,
    InvalidCaptionError,
    Movement,
    Size,
    validation_diagnostics,
)
from mavin.diagnostics import Diagnostic, Severity

__all__ = [
    "Edit",
    "MoveCut",
    "Operation",
    "RenameRole",
    "RetimeLine",
    "RewordLine",
    "SetCamera",
    "SetText",
    "apply",
    "parse_edit",
]

_Data = dict[str, Any]


class Operation(BaseModel, ABC):
    """Base of all edits: frozen, no unknown fields, told apart by ``op``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @abstractmethod
    def changed(self, data: _Data) -> _Data:
        """The caption's JSON after the edit; ``data`` is a copy that may be changed in place.

        Raises:
            InvalidCaptionError: if the edit names something that is not there.
        """


class RetimeLine(Operation):
    """Moves a line of dialogue to another interval, half-open, in milliseconds."""

    op: Literal["retime_line"] = "retime_line"
    line: str
    start_ms: StrictInt
    end_ms: StrictInt

    def changed(self, data: _Data) -> _Data:
        """The line with its new interval."""
        _part(data["dialogue"], "dialogue", self.line).update(start_ms=self.start_ms, end_ms=self.end_ms)
        return data


class RewordLine(Operation):
    """Gives a line of dialogue other words; its recording, which says the old ones, goes."""

    op: Literal["reword_line"] = "reword_line"
    line: str
    text: str

    def changed(self, data: _Data) -> _Data:
        """The line with its new words."""
        _part(data["dialogue"], "dialogue", self.line).update(text=self.text, recording=None)
        return data


class MoveCut(Operation):
    """Rolls the cut at the start of a shot: the shot before it and this one share the difference.

    Sounds that reach over the new cut are trimmed to their shot; one that would vanish is an error.
    """

    op: Literal["move_cut"] = "move_cut"
    shot: str
    to_ms: StrictInt

    def changed(self, data: _Data) -> _Data:
        """The two shots with the cut between them moved."""
        shots = data["shots"]
        after = _part(shots, "shots", self.shot)
        index = shots.index(after)
        if index == 0:
            raise _cannot(
                "no_cut", f"shots.{self.shot}", f"a cut must lie between two shots, but {self.shot} is the first"
            )
        before = shots[index - 1]
        before["end_ms"] = after["start_ms"] = self.to_ms
        for shot in (before, after):
            for sound in shot["sounds"]:
                start, end = max(sound["start_ms"], shot["start_ms"]), min(sound["end_ms"], shot["end_ms"])
                if end - start < MIN_SOUND_MS:
                    raise _cannot(
                        "sound_lost",
                        f"shots.{shot['id']}.sounds.{sound['id']}",
                        f"{sound['id']} ({sound['start_ms']}–{sound['end_ms']} ms) must keep at least "
                        f"{MIN_SOUND_MS} ms inside {shot['id']}, but the cut at {self.to_ms} ms leaves "
                        f"{max(end - start, 0)} ms; move or remove the sound first",
                    )
                sound.update(start_ms=start, end_ms=end)
        return data


class SetText(Operation):
    """Rewrites one text field, named by its path.

    Paths: ``title``; ``global_caption.storyline|style|ambience``; ``shots.S2.title|setting|action``,
    ``shots.S2.camera.note``, ``shots.S2.sounds.X1.text``; ``roles.C1.appearance|voice``;
    ``dialogue.L1.text|delivery``.
    """

    op: Literal["set_text"] = "set_text"
    path: str
    text: str

    def changed(self, data: _Data) -> _Data:
        """The caption with that one field replaced."""
        if not any(re.fullmatch(pattern, self.path) for pattern in _TEXT_PATHS):
            raise _cannot(
                "unknown_path",
                self.path,
                f"a text must be named by a path such as shots.S2.action, global_caption.style, "
                f"roles.C1.appearance or title, got {self.path!r}",
            )
        *steps, field = self.path.split(".")
        holder: Any = data
        for number, step in enumerate(steps):
            kind = steps[number - 1] if number else ""
            holder = _part(holder, kind, step) if isinstance(holder, list) else holder[step]
        holder[field] = self.text
        if steps[:1] == ["dialogue"] and field == "text":
            holder["recording"] = None
        return data


_TEXT_PATHS = (
    r"title",
    r"global_caption\.(storyline|style|ambience)",
    r"shots\.S\d+\.(title|setting|action|camera\.note|sounds\.X\d+\.text)",
    r"roles\.C\d+\.(appearance|voice)",
    r"dialogue\.L\d+\.(text|delivery)",
)


class SetCamera(Operation):
    """Changes size, angle or movement of a shot's camera; what is left out stays."""

    op: Literal["set_camera"] = "set_camera"
    shot: str
    size: Size | None = None
    angle: Angle | None = None
    movement: Movement | None = None

    @model_validator(mode="after")
    def _something(self) -> SetCamera:
        if self.size is None and self.angle is None and self.movement is None:
            raise ValueError("set_camera must change at least one of size, angle and movement, got none")
        return self

    def changed(self, data: _Data) -> _Data:
        """The shot with its new camera."""
        changes = self.model_dump(mode="json", include={"size", "angle", "movement"}, exclude_none=True)
        _part(data["shots"], "shots", self.shot)["camera"].update(changes)
        return data


class RenameRole(Operation):
    """Gives a role another name, also where the script's own texts call it by the old one.

    Spoken lines and their delivery stay as they are: they are the user's words.
    """

    op: Literal["rename_role"] = "rename_role"
    role: str
    name: str

    def changed(self, data: _Data) -> _Data:
        """The caption with the role's new name in its texts."""
        role = _part(data["roles"], "roles", self.role)
        # A function as replacement: the new name may hold backslashes.
        old = re.compile(rf"(?<!\w){re.escape(role['name'])}(?!\w)")
        role["name"] = self.name

        def rename(holder: _Data, *fields: str) -> None:
            for field in fields:
                holder[field] = old.sub(lambda _: self.name, holder[field])

        rename(data, "title")
        rename(data["global_caption"], "storyline", "style", "ambience")
        for shot in data["shots"]:
            rename(shot, "title", "setting", "action")
            rename(shot["camera"], "note")
            for sound in shot["sounds"]:
                rename(sound, "text")
        for other in data["roles"]:
            rename(other, "appearance", "voice")
        return data


Edit = Annotated[
    RetimeLine | RewordLine | MoveCut | SetText | SetCamera | RenameRole,
    Field(discriminator="op"),
]
"""Any edit; pydantic tells them apart by ``op``."""

_EDIT: TypeAdapter[Operation] = TypeAdapter(Edit)


def parse_edit(data: Mapping[str, Any] | str | bytes) -> Operation:
    """An edit from JSON text or the object it holds.

    Raises:
        InvalidCaptionError: if it is no known operation or its fields are wrong.
    """
    try:
        return _EDIT.validate_json(data if isinstance(data, str | bytes) else json.dumps(dict(data)))
    except ValidationError as error:
        raise InvalidCaptionError(validation_diagnostics(error)) from None


def apply(caption: HierarchicalCaption, op: Operation) -> HierarchicalCaption:
    """The caption after one edit; the given one is not touched.

    Raises:
        InvalidCaptionError: if the edit names something that is not there, or would break an invariant.
    """
    data = op.changed(caption.model_dump(mode="json"))
    try:
        return HierarchicalCaption.model_validate_json(json.dumps(data))
    except ValidationError as error:
        raise InvalidCaptionError(validation_diagnostics(error)) from None


def _part(parts: Iterable[_Data], kind: str, name: str) -> _Data:
    parts = list(parts)
    for part in parts:
        if part["id"] == name:
            return part
    have = ", ".join(part["id"] for part in parts) or "none"
    raise _cannot("unknown_id", f"{kind}.{name}", f"an edit must name one of {kind} ({have}), got {name}")


def _cannot(code: str, path: str, message: str) -> InvalidCaptionError:
    return InvalidCaptionError((Diagnostic(code=code, severity=Severity.ERROR, message=message, path=path),))
