"""What differs between two captions, as data: the exact inverse of an edit, and what merging and locks look at.

    caption ──flatten──▶ {"shots.S2.action": "…", "shots.S2.end_ms": 5125, "shots[]": ["S1", "S2"], …}

    changes  {"shots.S2.action": {"was": "old", "now": "new"},      rewritten
              "dialogue.L3.text": {"now": "…"},                     new: nothing was there
              "dialogue[]": {"was": ["L1"], "now": ["L1", "L3"]}}   the order of a list's parts

A path names parts by their ids, so that it stays true while others come and go.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError, model_serializer

from mavin.caption import HierarchicalCaption, validation_diagnostics
from mavin.edits.base import Data, EditError, Operation, cannot

__all__ = [
    "Change",
    "Changes",
    "Flat",
    "Revise",
    "caption_of",
    "changes_between",
    "flat_of",
    "flatten",
    "inverse",
    "patched",
    "unflatten",
]

Flat = dict[str, Any]
"""Path → value; see :func:`flatten`."""

_ABSENT: Final = object()
_LISTS = {"shots": "id", "roles": "id", "dialogue": "id"}
_LISTS_IN_SHOTS = {"sounds": "id", "overrides": "role"}


class Change(BaseModel):
    """One value before and after; a side that is left out had or has nothing there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    was: JsonValue = None
    now: JsonValue = None

    @property
    def appears(self) -> bool:
        """Whether nothing was there before."""
        return "was" not in self.model_fields_set

    @property
    def vanishes(self) -> bool:
        """Whether nothing is there any more."""
        return "now" not in self.model_fields_set

    @model_serializer
    def _sides(self) -> dict[str, Any]:
        return {side: getattr(self, side) for side in ("was", "now") if side in self.model_fields_set}


Changes = Mapping[str, Change]
"""Path → what changed there; the empty mapping is no change at all."""


def flatten(data: Data) -> Flat:
    """A caption's JSON as one flat mapping of paths to values."""
    return dict(_walk(data, "", _LISTS))


def flat_of(caption: HierarchicalCaption) -> Flat:
    """A caption as one flat mapping of paths to values."""
    return flatten(caption.model_dump(mode="json"))


def _walk(data: Mapping[str, Any], prefix: str, lists: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    for name, value in data.items():
        path = prefix + name
        key = lists.get(name)
        if key is not None:
            yield f"{path}[]", [item[key] for item in value]
            inner = _LISTS_IN_SHOTS if path == "shots" else {}
            for item in value:
                rest = {field: each for field, each in item.items() if field != key}
                yield from _walk(rest, f"{path}.{item[key]}.", inner)
        elif isinstance(value, dict):
            yield from _walk(value, f"{path}.", {})
        else:
            yield path, value


def unflatten(flat: Mapping[str, Any]) -> Data:
    """The JSON that :func:`flatten` was given.

    Raises:
        EditError: if the paths do not fit together.
    """
    tree: dict[str, Any] = {}
    for path, value in flat.items():
        *steps, last = path.split(".")
        node: Any = tree
        for step in steps:
            node = node.setdefault(step, {})
            if not isinstance(node, dict):
                raise _no_path(path)
        if isinstance(node.get(last), dict):
            raise _no_path(path)
        node[last] = value
    return _listed(tree, _LISTS, "")


def _listed(tree: dict[str, Any], lists: Mapping[str, str], prefix: str) -> Data:
    data: Data = {}
    for name, value in tree.items():
        bare = name.removesuffix("[]")
        if bare in lists and name != bare:
            parts = tree.get(bare, {})
            if not isinstance(parts, dict) or not isinstance(value, list) or {*map(str, value)} != set(parts):
                raise _no_path(prefix + name)
            inner = _LISTS_IN_SHOTS if prefix + bare == "shots" else {}
            # A field's place in the JSON is the model's business; the key goes first as in a fresh dump.
            data[bare] = [{lists[bare]: key, **_listed(parts[key], inner, f"{prefix}{bare}.{key}.")} for key in value]
        elif bare in lists and f"{bare}[]" in tree:
            continue
        else:
            data[name] = _listed(value, {}, f"{prefix}{name}.") if isinstance(value, dict) else value
    return data


def _no_path(path: str) -> EditError:
    return cannot("unknown_path", path, f"a change must name a field of the script, got {path!r}")


def caption_of(flat: Mapping[str, Any]) -> HierarchicalCaption:
    """The caption of a flat mapping.

    Raises:
        EditError: if the paths do not fit together or an invariant is broken.
    """
    return validated(unflatten(flat))


def validated(data: Data) -> HierarchicalCaption:
    """The caption of plain JSON, with every invariant checked.

    Raises:
        EditError: listing each broken invariant.
    """
    try:
        return HierarchicalCaption.model_validate_json(json.dumps(data))
    except ValidationError as error:
        raise EditError(validation_diagnostics(error, data)) from None


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Change]:
    """What must change for the one to become the other, by path."""
    found = {}
    for path in dict.fromkeys((*before, *after)):
        was, now = before.get(path, _ABSENT), after.get(path, _ABSENT)
        if was != now or type(was) is not type(now):
            sides = {"was": was, "now": now}
            found[path] = Change.model_construct(
                _fields_set={side for side, value in sides.items() if value is not _ABSENT},
                **{side: None if value is _ABSENT else value for side, value in sides.items()},
            )
    return found


def inverse(changes: Changes) -> dict[str, Change]:
    """What takes the changes back."""
    return {
        path: Change(**{other: getattr(change, side) for side, other in _SWAPPED if side in change.model_fields_set})
        for path, change in changes.items()
    }


_SWAPPED: tuple[tuple[str, Literal["was", "now"]], ...] = (("was", "now"), ("now", "was"))


def patched(flat: Mapping[str, Any], changes: Changes, *, force: bool = False) -> Flat:
    """The mapping with the changes made.

    Args:
        flat: what to change.
        changes: the changes.
        force: make them even where something else was there before.

    Raises:
        EditError: if something else was there before, naming the paths.
    """
    after = dict(flat)
    for path, change in changes.items():
        was = _ABSENT if change.appears else change.was
        if not force and after.get(path, _ABSENT) != was:
            raise cannot("moved_on", path, f"{path} must still be as it was when this change was made, but it is not")
        if change.vanishes:
            after.pop(path, None)
        else:
            after[path] = change.now
    return after


class Revise(Operation):
    """Any change at all, field by field: what no other operation expresses, and what takes a step back.

    Refused where a field is no longer as it was when the change was made.
    """

    op: Literal["revise"] = "revise"
    changes: dict[str, Change]

    def changed(self, data: Data) -> Data:
        """The caption with these fields changed."""
        return unflatten(patched(flatten(data), self.changes))
