"""Changing a film: by operations, by its text, by an instruction; every change is one step of its history.

    operations ─────────────────────────────┐
    text ──what differs──▶ operations ──────┼──▶ Proposal ──shown, accepted, in part or not──▶ one step
    instruction ──read──▶ operations ───────┘

Somebody else may have saved the film in between: edits that touch nothing of theirs are made on top of theirs,
the others are refused until one side is preferred (:mod:`mavin.edits.merging`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from mavin.api.sources import Source
from mavin.api.sources import open as open_film
from mavin.edits import (
    AddRole,
    BindReference,
    Difference,
    EditError,
    Lock,
    MergeRoles,
    Operation,
    RemoveRole,
    RenameRole,
    Revise,
    Script,
    SetText,
    UnbindReference,
    Unlock,
    apply_all,
    changes_between,
    differences,
    flat_of,
    merge,
    operations_between,
    parse_edit,
)
from mavin.errors import FilmConflictError, UsageError
from mavin.film import Film, FilmState
from mavin.formats.script_text import film_text, read_revision, read_text

__all__ = ["ClipDifference", "Prefer", "Proposal", "check_clip", "compare", "edit", "propose_text", "text_of"]

Prefer = Literal["mine", "theirs"]
Edits = Mapping[str, Sequence[Operation]]
"""Clip id → what is to be done to it."""

_TRIES = 5


@dataclass(frozen=True, slots=True)
class ClipDifference:
    """What differs in one clip."""

    clip: str
    difference: Difference


@dataclass(frozen=True, slots=True)
class Proposal:
    """Edits that have not been made yet.

    Attributes:
        film: the film that they are for.
        base: the state that they were thought out on.
        base_step: its step in the history.
        edits: what is to be done, by clip.
        instruction: the words that asked for it, empty if there were none.
        notes: what is worth knowing about it, in sentences.
        authors: for each operation, ``code`` where code read it and ``editor`` where its words are a model's.
        run: the talk with the editor agent that it comes from, ``None`` where there was none.
        record: what else the history keeps of it; its ``op`` is ``edit`` unless this says otherwise.
    """

    film: Film
    base: FilmState
    base_step: int
    edits: Edits
    instruction: str = ""
    notes: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    run: Any = field(default=None, compare=False, repr=False)
    record: Mapping[str, Any] = field(default_factory=dict)

    @property
    def operations(self) -> tuple[tuple[str, Operation], ...]:
        """All operations in order, each with its clip: what a person accepts one by one."""
        return tuple((clip, op) for clip, operations in self.edits.items() for op in operations)

    @property
    def differences(self) -> tuple[ClipDifference, ...]:
        """What it would change.

        Raises:
            EditError: if it cannot be made.
        """
        return compare(self.base, _edited(self.base, self.edits))

    def only(self, numbers: Sequence[int]) -> Proposal:
        """The same with only some of its operations, counted from 1.

        Raises:
            UsageError: if there is no operation of a number.
        """
        count = len(self.operations)
        wrong = [number for number in numbers if not 1 <= number <= count]
        if wrong:
            raise UsageError(f"An operation must be one of 1 to {count}, got {wrong[0]}.")
        kept: dict[str, list[Operation]] = {}
        authors = tuple(author for number, author in enumerate(self.authors, 1) if number in numbers)
        for number, (clip, op) in enumerate(self.operations, 1):
            if number in numbers:
                kept.setdefault(clip, []).append(op)
        return replace(self, edits=kept, authors=authors)

    def _written(self, edits: Edits) -> list[int]:
        """Numbers of the operations, from 1, whose words are a model's; none where merging has made others of them."""
        if [op for ops in edits.values() for op in ops] != [op for _, op in self.operations]:
            return []
        return [number for number, author in enumerate(self.authors, 1) if author != "code"]

    def save(self, prefer: Prefer | None = None) -> Film:
        """Makes the edits, as one step.

        Args:
            prefer: whose edits hold where somebody else has changed the same meanwhile.

        Raises:
            EditError: if one cannot be made; nothing is saved then.
            MergeConflictError: if somebody else has changed the same and nothing is preferred.
            FilmError: if the film cannot be written.
        """
        film = self.film
        for _ in range(_TRIES):
            after, edits = _on_top(film, self, prefer)
            if after == film.state:
                return film
            try:
                film.save_state(after, _record(edits, self.instruction, self._written(edits)) | dict(self.record))
            except FilmConflictError:
                film = Film.open(film.path)
                continue
            self.film.__dict__.update(film.__dict__)
            return self.film
        raise FilmConflictError(f"{film.path} is being saved by somebody else all the time. Try again in a moment.")


def edit(
    film: Film | str | Path,
    *operations: Operation,
    clip: str = "K1",
    instruction: str = "",
    prefer: Prefer | None = None,
) -> Film:
    """Applies operations to one clip of a film and saves them as one step.

    What concerns a role of a film of several clips (its name, its looks, its references) reaches all of them.

    Args:
        film: the film.
        operations: what to do, in order.
        clip: the clip to do it to.
        instruction: the words that asked for it, for the history.
        prefer: whose edits hold where somebody else has changed the same since the film was read.

    Raises:
        EditError: if an operation cannot be applied; nothing is saved then.
        MergeConflictError: if somebody else has changed the same meanwhile and nothing is preferred.
    """
    film = film if isinstance(film, Film) else open_film(film)
    check_clip(film, clip)
    return Proposal(film, film.state, film.head, {clip: operations}, instruction).save(prefer)


def check_clip(film: Film, clip: str) -> None:
    """Makes sure that a film has a clip.

    Raises:
        UsageError: if it has not.
    """
    ids = [each.id for each in film.clips]
    if clip not in ids:
        raise UsageError(f"The film must have the clip {clip}, got a film with {', '.join(ids)}.")


def text_of(source: Film | Source) -> str:
    """The scripts as text, of a film with the revision that they are of (:mod:`mavin.formats.script_text`)."""
    film = source if isinstance(source, Film) else source.film
    clips = [(f"K{number}", caption) for number, caption in enumerate(source.captions, 1)]
    return film_text(clips, film.rev if film is not None else None)


def propose_text(film: Film, text: str, name: str = "text") -> Proposal:
    """What a person changed in a film's text.

    The text's ``Revision:`` tells what it was printed from, so that what others saved since is not taken back.

    Raises:
        TextError: if the text is no script, with every mistake by line and column.
        UsageError: if it is of other clips or of a revision that the film does not have.
    """
    base, step = film.state, film.head
    rev = read_revision(text)
    if rev is not None and rev != film.rev:
        tree = film.tree()
        step = tree.resolve(rev)
        base = tree.state(step)
    read = read_text(text, {clip.id: clip.caption for clip in base.clips}, name)
    ids = [clip.id for clip in base.clips]
    found = [clip.id or ids[0] for clip in read.clips]
    if found != ids:
        raise UsageError(f"The text must hold the film's clips {', '.join(ids)} in order, got {', '.join(found)}.")
    edits = {
        old.id: operations_between(old.caption, new.caption)
        for old, new in zip(base.clips, read.clips, strict=True)
        if old.caption != new.caption
    }
    notes = tuple(note for clip in read.clips for note in clip.notes)
    return Proposal(film, base, step, edits, notes=notes)


def compare(before: FilmState, after: FilmState) -> tuple[ClipDifference, ...]:
    """What differs between two states of a film, clip by clip; a clip that came or went is one difference."""
    old, new = ({clip.id: clip.caption for clip in state.clips} for state in (before, after))
    found = []
    for name in dict.fromkeys((*old, *new)):
        if name in old and name in new:
            each = differences(before.script(name), after.script(name))
        else:
            title = (old | new)[name].title or "untitled"
            each = (Difference("", "clip", title if name in old else None, title if name in new else None, ()),)
        found += [ClipDifference(name, difference) for difference in each]
    if before.title != after.title and not any(item.difference.what == "title" for item in found):
        found.insert(0, ClipDifference("", Difference("", "film title", before.title, after.title, ("title",))))
    return tuple(found)


def _edited(state: FilmState, edits: Edits) -> FilmState:
    for clip, operations in edits.items():
        before = state.script(clip)
        after = apply_all(before, operations).after
        state = state.with_script(clip, after)
        for op in operations:
            state = _in_other_clips(state, clip, _with_id(op, before, after))
    return state


def _with_id(op: Operation, before: Script, after: Script) -> Operation:
    """A role gets the same id in every clip."""
    if isinstance(op, AddRole) and op.id is None:
        known = {role.id for role in before.caption.roles}
        made = next(role.id for role in after.caption.roles if role.id not in known and role.name == op.name)
        return op.model_copy(update={"id": made})
    return op


def _in_other_clips(state: FilmState, clip: str, op: Operation) -> FilmState:
    role = _role_of(op)
    for other in state.clips if role is not None else ():
        if other.id == clip or (any(each.id == role for each in other.caption.roles) == isinstance(op, AddRole)):
            continue
        try:
            state = state.with_script(other.id, apply_all(state.script(other.id), (op,)).after)
        except EditError as error:
            named = [
                item.model_copy(update={"message": f"in {other.id}: {item.message}"}) for item in error.diagnostics
            ]
            raise EditError(tuple(named)) from None
    return state


def _role_of(op: Operation) -> str | None:
    """The role of an operation on the cast, which all clips share."""
    if isinstance(op, AddRole):
        return op.id
    if isinstance(op, RenameRole | MergeRoles | RemoveRole):
        return op.role
    if isinstance(op, BindReference | UnbindReference):
        return op.role if op.shot is None else None
    if isinstance(op, SetText) and op.path.startswith("roles."):
        return op.path.split(".")[1]
    return None


def _on_top(film: Film, proposal: Proposal, prefer: Prefer | None) -> tuple[FilmState, Edits]:
    """The film with the edits made, on top of what has been saved since they were thought out."""
    if film.state == proposal.base:
        return _edited(film.state, proposal.edits), proposal.edits
    state, edits = film.state, {}
    for clip, operations in proposal.edits.items():
        if clip not in {each.id for each in state.clips}:
            raise FilmConflictError(f"Somebody else has taken the clip {clip} away. Open the film again.")
        theirs = _theirs(film, proposal, clip)
        merged = merge(proposal.base.script(clip), operations, theirs, prefer)
        state = _edited(state, {clip: merged.operations})
        edits[clip] = merged.operations
    return state, edits


def _theirs(film: Film, proposal: Proposal, clip: str) -> tuple[Operation, ...]:
    """What others have done to a clip since: their operations where the history has them, else what differs."""
    steps = film.tree().between(proposal.base_step, film.head)
    before, now = proposal.base.script(clip), film.state.script(clip)
    if steps is not None and len(film.clips) == 1 and all(step.op.get("clip") == clip for step in steps):
        try:
            done = tuple(parse_edit(raw) for step in steps for raw in step.op["edits"])
            if apply_all(before, done).after == now:
                return done
        except (EditError, KeyError, TypeError):
            pass  # recorded by another version
    found: list[Operation] = [Unlock(path=lock) for lock in before.locks if lock not in now.locks]
    changes = changes_between(flat_of(before.caption), flat_of(now.caption))
    found += [Revise(changes=changes)] if changes else []
    found += [Lock(path=lock) for lock in now.locks if lock not in before.locks]
    return tuple(found)


def _record(edits: Edits, instruction: str, written: Sequence[int]) -> dict[str, Any]:
    """The edits as the history keeps them; ``editor`` are the numbers of those whose words are the agent's."""
    asked = {"editor": list(written)} if written else {}
    made = {clip: [op.model_dump(mode="json") for op in operations] for clip, operations in edits.items()}
    what: dict[str, Any] = {"clips": made}
    if len(made) == 1:
        clip, done = next(iter(made.items()))
        what = {"clip": clip, "edits": done}
    return {"op": "edit", **what, **({"instruction": instruction} if instruction else {}), **asked}
