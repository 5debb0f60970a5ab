"""Edits as data: typed operations, each a pure function from caption to caption (design §5).

    {"op": "move_cut", "shot": "S2", "to_ms": 3200}  ──parse_edit──▶  MoveCut  ──apply──▶  new caption
                                                                                  └─▶  or diagnostics

To add one: a subclass of :class:`Operation` with its fields and :meth:`Operation.changed`, and its
name in :data:`Edit`.  ``changed`` works on a plain copy of the caption's JSON and need not check
invariants: whatever it makes is validated as a whole, so no operation can produce a broken script.
What changed is recorded field by field (:mod:`mavin.edits.changes`), which is its exact inverse.
"""

from mavin.edits.applying import Applied, Edit, Script, apply, apply_all, parse_edit
from mavin.edits.base import EditError, Operation
from mavin.edits.between import operations_between
from mavin.edits.changes import Change, Changes, Revise, caption_of, changes_between, flat_of, inverse, patched
from mavin.edits.cuts import MoveCut, SetDuration, StretchShot
from mavin.edits.differences import Difference, differences
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
from mavin.edits.locks import Lock, LockedError, Unlock, check_locks, lock_name, lock_path, locked_by
from mavin.edits.merging import Clash, MergeConflictError, merge
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
from mavin.edits.words import operation_words, step_words

__all__ = [
    "AddLine",
    "AddRole",
    "AddSound",
    "Applied",
    "BindReference",
    "Change",
    "Changes",
    "Clash",
    "DeleteLine",
    "DeleteShot",
    "DeleteSound",
    "Difference",
    "DuplicateShot",
    "Edit",
    "EditError",
    "InsertShot",
    "Lock",
    "LockedError",
    "MergeConflictError",
    "MergeLines",
    "MergeRoles",
    "MergeShots",
    "MoveCut",
    "MoveLine",
    "Operation",
    "RecordLine",
    "RemoveRole",
    "RenameRole",
    "ReorderShots",
    "RetimeLine",
    "RetimeSound",
    "Revise",
    "RevoiceLine",
    "RewordLine",
    "Script",
    "SetCamera",
    "SetClip",
    "SetDuration",
    "SetOverride",
    "SetPresence",
    "SetText",
    "SplitLine",
    "SplitShot",
    "StretchShot",
    "UnbindReference",
    "Unlock",
    "apply",
    "apply_all",
    "caption_of",
    "changes_between",
    "check_locks",
    "differences",
    "flat_of",
    "inverse",
    "lock_name",
    "lock_path",
    "locked_by",
    "merge",
    "operation_words",
    "operations_between",
    "parse_edit",
    "patched",
    "step_words",
]
