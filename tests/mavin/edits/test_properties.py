"""Whatever is edited in whatever order: invariants hold, every step can be taken back, locked things stay."""

from __future__ import annotations

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from mavin.caption import HierarchicalCaption, load_caption
from mavin.edits import (
    EditError,
    LockedError,
    MergeConflictError,
    Operation,
    Script,
    apply_all,
    caption_of,
    changes_between,
    differences,
    flat_of,
    inverse,
    merge,
    operations_between,
    parse_edit,
    patched,
)
from tests.conftest import GOLDEN_CAPTION
from tests.mavin.edits.strategies import EDITS, LOCKINGS, ON_FIELDS, ON_LINES, ON_ROLES, ON_SHOTS, ON_TIMES

GOLDEN = load_caption(GOLDEN_CAPTION.read_bytes())


def frozen(caption: HierarchicalCaption, lock: str) -> object:
    """What a lock holds still, read off the caption without any code of the locks."""
    kind, _, name = lock.partition(".")
    data = caption.model_dump(mode="json")
    if kind == "cuts":
        return [shot.start_ms for shot in caption.shots[1:] if shot.id == name]
    if kind in ("shots", "dialogue", "roles") and name:
        head, *steps = name.split(".")
        part = next((part for part in data[kind] if part["id"] == head), None)
        if part is None:
            return None
        if not steps and kind == "shots":
            shot = caption.shot(head)
            return part, [(item.line.text, item.interval, item.line.role) for item in caption.lines_in(shot)]
        if not steps and kind == "roles":
            looks = {shot["id"]: [each for each in shot["overrides"] if each["role"] == head] for shot in data["shots"]}
            return part, {shot: own for shot, own in looks.items() if own}
        if steps == ["interval"]:
            return part["start_ms"], part["end_ms"]
        if steps[:1] == ["sounds"] and len(steps) > 1:
            return [sound for sound in part["sounds"] if sound["id"] == steps[1]]
        return part if not steps else part[steps[0]]
    return data["global_caption"][name] if kind == "global_caption" and name else data[kind]


class Editing(RuleBasedStateMachine):
    """A person edits, locks and takes back, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.script = Script(GOLDEN)
        self.done: list[tuple[Script, Script]] = []

    def _made(self, op: Operation) -> None:
        before = self.script
        try:
            applied = apply_all(before, (op,))
        except EditError as error:
            assert error.diagnostics
            assert all(item.message for item in error.diagnostics)
            return
        event(type(op).__name__)
        self.script = applied.after
        self.done.append((before, applied.after))
        assert parse_edit(op.model_dump_json()) == op
        back = caption_of(patched(flat_of(applied.after.caption), inverse(applied.changes)))
        assert back.model_dump_json() == before.caption.model_dump_json()

    @rule(op=ON_LINES)
    def edit_lines(self, op: Operation) -> None:
        self._edited(op)

    @rule(op=ON_SHOTS)
    def edit_shots(self, op: Operation) -> None:
        self._edited(op)

    @rule(op=ON_TIMES)
    def edit_times(self, op: Operation) -> None:
        self._edited(op)

    @rule(op=ON_ROLES)
    def edit_roles(self, op: Operation) -> None:
        self._edited(op)

    @rule(op=ON_FIELDS)
    def edit_fields(self, op: Operation) -> None:
        self._edited(op)

    def _edited(self, op: Operation) -> None:
        before = self.script
        self._made(op)
        for lock in before.locks:
            assert frozen(self.script.caption, lock) == frozen(before.caption, lock), lock

    @rule(op=LOCKINGS)
    def lock(self, op: Operation) -> None:
        before = self.script
        self._made(op)
        assert self.script.caption == before.caption

    @rule()
    def undo(self) -> None:
        if self.done:
            before, after = self.done.pop()
            changes = changes_between(flat_of(before.caption), flat_of(after.caption))
            self.script = Script(caption_of(patched(flat_of(after.caption), inverse(changes))), before.locks)
            assert self.script == before

    @invariant()
    def the_script_is_valid(self) -> None:
        text = self.script.caption.model_dump_json()
        assert load_caption(text).model_dump_json() == text

    @invariant()
    def locks_name_what_is_there(self) -> None:
        for lock in self.script.locks:
            # A dialogue without lines can be locked too: nobody shall speak.
            assert frozen(self.script.caption, lock) not in ((None,) if lock == "dialogue" else (None, [])), lock

    def teardown(self) -> None:
        while self.done:
            self.undo()
        assert self.script == Script(GOLDEN)


Editing.TestCase.settings = settings(max_examples=80, stateful_step_count=25, deadline=None)
test_any_sequence_of_edits = Editing.TestCase


@settings(max_examples=80)
@given(st.lists(EDITS, max_size=5))
def test_what_lies_between_two_scripts_can_be_told_as_operations(operations: list[Operation]) -> None:
    script = Script(GOLDEN)
    for op in operations:
        try:
            script = apply_all(script, (op,)).after
        except EditError:
            continue
    between = operations_between(GOLDEN, script.caption)
    assert apply_all(Script(GOLDEN), between).after.caption == script.caption
    assert bool(between) == (script.caption != GOLDEN) == bool(differences(Script(GOLDEN), script))


@settings(max_examples=150)
@given(EDITS, EDITS)
def test_a_merge_is_both_orders_or_a_conflict(mine: Operation, theirs: Operation) -> None:
    base = Script(GOLDEN)
    try:
        alone = [apply_all(base, (op,)).after for op in (mine, theirs)]
    except EditError:
        return
    try:
        merged = merge(base, [mine], [theirs]).after
    except MergeConflictError as error:
        event("conflict")
        assert error.diagnostics
        return
    event("merged")
    assert merged == apply_all(apply_all(base, [theirs]).after, [mine]).after
    changes = [changes_between(flat_of(GOLDEN), flat_of(script.caption)) for script in alone]
    flat = flat_of(merged.caption)
    if not any(change.appears for each in changes for change in each.values()):
        other = apply_all(apply_all(base, [mine]).after, [theirs]).after
        assert merged == other
        for side, others in (changes, changes[::-1]):  # neither loses anything that the other left alone
            assert all(flat.get(path) == side[path].now for path in side if path not in others)


def test_a_locked_thing_is_refused_by_name() -> None:
    from mavin.edits import Lock, MoveCut, RewordLine

    script = apply_all(Script(GOLDEN), [Lock(path="cut S2"), Lock(path="L1.words")]).after
    assert script.locks == ("cuts.S2", "dialogue.L1.text")
    with pytest.raises(LockedError, match=r"the cut to S2 is locked.*unlock the cut to S2 first") as caught:
        apply_all(script, [MoveCut(shot="S2", to_ms=2000)])
    assert caught.value.locks == ("cuts.S2",)
    with pytest.raises(LockedError, match=r"L1\.text is locked"):
        apply_all(script, [RewordLine(line="L1", text="No.")])
