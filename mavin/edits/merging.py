"""Two people edited one script: a three-way merge where their edits do not touch, a choice where they do.

        ┌── mine ──▶ A ──┐
base ───┤                ├──▶ merged    only if theirs then mine and mine then theirs give the same
        └── theirs ▶ B ──┘
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from mavin.caption import HierarchicalCaption
from mavin.diagnostics import Diagnostic, Severity
from mavin.edits.applying import Applied, Script, apply_all
from mavin.edits.base import EditError, Operation
from mavin.edits.changes import Change, Changes, Revise, flat_of
from mavin.errors import FilmConflictError

__all__ = ["Clash", "MergeConflictError", "merge"]

_PARTS = ("dialogue", "roles")


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that both sides changed; ``None`` where there is nothing."""

    path: str
    base: Any
    mine: Any
    theirs: Any


class MergeConflictError(EditError, FilmConflictError):
    """Two edits that touch each other; ``clashes`` lists the fields, and is empty where only a rule forbids both."""

    exit_code = 1

    def __init__(self, diagnostics: tuple[Diagnostic, ...], clashes: tuple[Clash, ...]) -> None:
        super().__init__(diagnostics)
        self.clashes = clashes
        self.args = ("Somebody else has changed the same: " + "; ".join(item.message for item in diagnostics),)


def merge(
    base: Script,
    mine: Sequence[Operation],
    theirs: Sequence[Operation],
    prefer: Literal["mine", "theirs"] | None = None,
) -> Applied:
    """My operations on top of theirs, both made on ``base``.

    Args:
        base: the script that both started from.
        mine: operations that are to be made now.
        theirs: operations that have been made already.
        prefer: what to do where they touch: ``mine`` makes all of mine on top, ``theirs`` leaves away those of
            mine that touch; without it they are refused.

    Raises:
        MergeConflictError: where they touch and nothing is preferred.
        EditError: if an operation cannot be made at all.
    """
    theirs_made = apply_all(base, theirs)
    mine_made = apply_all(base, mine)
    try:
        on_top = apply_all(theirs_made.after, mine)
        below = apply_all(mine_made.after, theirs)
    except EditError as error:
        reasons: tuple[Diagnostic, ...] = error.diagnostics
    else:
        if _same(on_top.after, below.after, base.caption):
            return on_top
        reasons = ()
    clashes = _clashes(mine_made.changes, theirs_made.changes)
    if prefer is None:
        raise MergeConflictError(_findings(clashes) or reasons or (_ORDER,), clashes)
    if prefer == "mine":
        return _insist(theirs_made.after, mine)
    return _give_way(base, theirs_made.after, mine, {clash.path for clash in clashes})


_ORDER = Diagnostic(
    code="merge_order",
    severity=Severity.ERROR,
    message="the two edits give different scripts, depending on which is made first",
)


def _same(first: Script, second: Script, base: HierarchicalCaption) -> bool:
    return first.locks == second.locks and (
        first.caption == second.caption
        or _without_new_ids(first.caption, base) == _without_new_ids(second.caption, base)
    )


def _without_new_ids(caption: HierarchicalCaption, base: HierarchicalCaption) -> Any:
    """A caption whose new lines and sounds have neither id nor place: two may have been added at once."""
    old = {line.id for line in base.dialogue} | {sound.id for shot in base.shots for sound in shot.sounds}
    data = caption.model_dump(mode="json")

    def plain(items: list[dict[str, Any]]) -> list[str]:
        return sorted(json.dumps(item if item["id"] in old else item | {"id": ""}, sort_keys=True) for item in items)

    data["dialogue"] = plain(data["dialogue"])
    for shot in data["shots"]:
        shot["sounds"] = plain(shot["sounds"])
    return data


def _unit(path: str) -> str:
    """Start and end of a line or sound are one thing: its interval."""
    if path.startswith("dialogue.") or ".sounds." in path:
        for side in (".start_ms", ".end_ms"):
            path = path.removesuffix(side) + (".interval" if path.endswith(side) else "")
    return path


def _clashes(mine: Changes, theirs: Changes) -> tuple[Clash, ...]:
    units = {_unit(path) for path in theirs}
    found = []
    for path in mine:
        if _unit(path) in units and not path.endswith("[]"):
            my, their = mine[path], theirs.get(path)
            if their is None or my != their:
                found.append(Clash(path, my.was, my.now, their.now if their is not None else my.was))
    return tuple(found)


def _findings(clashes: Sequence[Clash]) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic(
            code="merge_conflict",
            severity=Severity.ERROR,
            message=f"{clash.path} was {_shown(clash.base)}, you make it {_shown(clash.mine)} and they made it "
            f"{_shown(clash.theirs)}",
            path=clash.path,
        )
        for clash in clashes
    )


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    return f"“{value}”" if isinstance(value, str) else str(value)


def _insist(theirs: Script, mine: Sequence[Operation]) -> Applied:
    now, made = theirs, []
    for op in mine:
        if isinstance(op, Revise):
            flat = flat_of(now.caption)
            op = Revise(changes={path: _rebased(path, change, flat) for path, change in op.changes.items()})
        now = apply_all(now, (op,)).after
        made.append(op)
    return Applied(theirs, now, tuple(made))


def _rebased(path: str, change: Change, flat: dict[str, Any]) -> Change:
    """The change, whatever was there before."""
    sides: dict[str, Any] = {"was": flat[path]} if path in flat else {}
    return Change(**sides, **({} if change.vanishes else {"now": change.now}))


def _give_way(base: Script, theirs: Script, mine: Sequence[Operation], clashing: set[str]) -> Applied:
    now, before, made = theirs, base, []
    for op in mine:
        step = apply_all(before, (op,))
        before = step.after
        if clashing & set(step.changes):
            continue
        try:
            now = apply_all(now, (op,)).after
        except EditError:
            continue  # it stands on one that gave way
        made.append(op)
    return Applied(theirs, now, tuple(made))
