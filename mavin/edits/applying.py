"""Applying operations: every one gives a valid caption or diagnostics, keeps the locks, and records its inverse."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from mavin.caption import HierarchicalCaption, validation_diagnostics
from mavin.edits.base import EditError, Operation, cannot
from mavin.edits.changes import Change, Changes, Revise, changes_between, flat_of, validated
from mavin.edits.cuts import MoveCut, SetDuration, StretchShot
from mavin.edits.fields import SetCamera, SetClip, SetText
from mavin.edits.lines import (
    AddLine,
    DeleteLine,
    MergeLines,
    MoveLine,
    RecordLine,
    RetimeLine,
    RevoiceLine,
    RewordLine,
    SplitLine,
)
from mavin.edits.locks import Lock, Unlock, check_locks
from mavin.edits.roles import (
    AddRole,
    BindReference,
    MergeRoles,
    RemoveRole,
    RenameRole,
    SetOverride,
    SetPresence,
    UnbindReference,
)
from mavin.edits.shots import DeleteShot, DuplicateShot, InsertShot, MergeShots, ReorderShots, SplitShot
from mavin.edits.sounds import AddSound, DeleteSound, RetimeSound

__all__ = ["Applied", "Edit", "Script", "apply", "apply_all", "parse_edit"]

Edit = Annotated[
    RetimeLine
    | RewordLine
    | RevoiceLine
    | RecordLine
    | AddLine
    | DeleteLine
    | SplitLine
    | MergeLines
    | MoveLine
    | MoveCut
    | StretchShot
    | SetDuration
    | SplitShot
    | MergeShots
    | ReorderShots
    | InsertShot
    | DuplicateShot
    | DeleteShot
    | SetText
    | SetCamera
    | SetClip
    | AddRole
    | RenameRole
    | MergeRoles
    | RemoveRole
    | SetPresence
    | SetOverride
    | BindReference
    | UnbindReference
    | AddSound
    | RetimeSound
    | DeleteSound
    | Lock
    | Unlock
    | Revise,
    Field(discriminator="op"),
]
"""Any edit; pydantic tells them apart by ``op``."""

_EDIT: TypeAdapter[Operation] = TypeAdapter(Edit)


@dataclass(frozen=True, slots=True)
class Script:
    """What is edited: the caption of one clip, and what of it is locked."""

    caption: HierarchicalCaption
    locks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """A script before and after some operations; ``changes`` hold the way there and back."""

    before: Script
    after: Script
    operations: tuple[Operation, ...] = field(default=())

    @property
    def changes(self) -> Changes:
        """What changed in the caption, by path."""
        found: dict[str, Change] = changes_between(flat_of(self.before.caption), flat_of(self.after.caption))
        return found


def parse_edit(data: Mapping[str, Any] | str | bytes) -> Operation:
    """An edit from JSON text or the object it holds.

    Raises:
        EditError: if it is no known operation or its fields are wrong.
    """
    try:
        return _EDIT.validate_json(data if isinstance(data, str | bytes) else json.dumps(dict(data)))
    except ValidationError as error:
        raise EditError(validation_diagnostics(error)) from None
    except (TypeError, ValueError, RecursionError) as error:
        raise cannot("json", "", f"an edit must be JSON, got something that is not ({error})") from None


def apply(caption: HierarchicalCaption, op: Operation, locks: Iterable[str] = ()) -> HierarchicalCaption:
    """The caption after one edit; the given one is not touched.

    Raises:
        EditError: if the edit names something that is not there, or would break an invariant.
        LockedError: if it would change something that is locked.
    """
    return _applied(Script(caption, tuple(locks)), op).caption


def apply_all(script: Script, operations: Iterable[Operation]) -> Applied:
    """The script after some edits, one after the other; all of them or, with an error, none.

    Raises:
        EditError: as :func:`apply`.
    """
    operations = tuple(operations)
    after = script
    for op in operations:
        after = _applied(after, op)
    return Applied(script, after, operations)


def _applied(script: Script, op: Operation) -> Script:
    data = script.caption.model_dump(mode="json")
    if isinstance(op, Lock | Unlock):
        return Script(script.caption, op.relocked(script.locks, data))
    caption = validated(op.changed(data))
    check_locks(script.caption, caption, script.locks)
    return Script(caption, script.locks)
