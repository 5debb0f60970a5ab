"""The history of a film: undo, redo, branches, restore, crashes, changes from outside."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from mavin.caption import HierarchicalCaption, load_caption
from mavin.edits import EditError, Lock, LockedError, Operation, RecordLine, RewordLine, SetText, Unlock, apply_all
from mavin.errors import FilmError, UsageError
from mavin.film import Film
from tests.conftest import GOLDEN_CAPTION
from tests.mavin.edits.strategies import EDITS, LOCKINGS

GOLDEN = load_caption(GOLDEN_CAPTION.read_bytes())


def do(film: Film, *operations: Operation) -> None:
    script = apply_all(film.state.script("K1"), operations).after
    film.save_state(film.state.with_script("K1", script), {"op": "edit", "edits": len(operations)})


def files(film: Film) -> dict[str, bytes]:
    """The film as its files hold it, but for the counter of revisions."""
    names = ("clips/K1.json", "ledger/K1.json", "locks.json")
    return {name: (film.path / name).read_bytes() for name in names}


@pytest.fixture
def film(tmp_path: Path, caption: HierarchicalCaption) -> Film:
    return Film.create(tmp_path / "lamp.mavin", [caption], op={"op": "new"})


def test_undo_and_redo_lead_through_every_step_to_the_byte(film: Film) -> None:
    seen = [files(film)]
    steps = [
        RewordLine(line="L2", text="One."), Lock(path="L2"), SetText(path="title", text="Two"),
        RecordLine(line="L1", recording="references/x.wav"),
    ]  # fmt: skip
    for op in steps:
        do(film, op)
        seen.append(files(film))
    for expected in seen[-2::-1]:
        Film.open(film.path).undo()
        assert files(film) == expected
    again = Film.open(film.path)
    with pytest.raises(UsageError, match="nothing to undo"):
        again.undo()
    assert (again.title, again.locks) == ("The Lamp", ())
    for expected in seen[1:]:
        Film.open(film.path).redo()
        assert files(film) == expected
    last = Film.open(film.path)
    with pytest.raises(UsageError, match="nothing to redo"):
        last.redo()
    assert (last.rev, last.head, last.title) == (13, 5, "Two")
    assert (last.locks, last.notices) == (("K1.dialogue.L2",), ())


def test_a_new_step_ends_redo_and_loses_nothing(film: Film) -> None:
    do(film, SetText(path="title", text="One"))
    film.undo()
    do(film, SetText(path="title", text="Other"))
    with pytest.raises(UsageError, match="nothing to redo"):
        film.redo()
    assert film.restore(2) == 2
    assert film.caption.title == "One"
    film.undo()
    assert film.caption.title == "Other"
    film.undo()
    assert film.caption.title == "The Lamp"


def test_branches_keep_their_own_steps(film: Film) -> None:
    do(film, SetText(path="title", text="Day"))
    assert film.switch("night", at=1) is True
    assert film.caption.title == "The Lamp"
    do(film, SetText(path="title", text="Night"))
    do(film, SetText(path="global_caption.style", text="dark"))
    film.undo()
    assert film.switch("main") is False
    assert film.caption.title == "Day"
    film = Film.open(film.path)
    assert film.switch("night") is False
    assert (film.caption.title, film.branch) == ("Night", "night")
    film.redo()  # what was undone on a branch waits there
    assert film.caption.global_caption.style == "dark"
    tree = film.tree()
    assert {name: branch.head for name, branch in tree.branches.items()} == {"main": 2, "night": film.head}
    assert tree.resolve("main") == tree.resolve("r2") == tree.resolve("2") == 2
    assert tree.resolve("head~2") == 1
    for name in ("", " x", "12", "r3", "head", "a~1", "x" * 61, "a\nb"):
        with pytest.raises(UsageError, match="A branch must have"):
            film.switch(name)
    with pytest.raises(UsageError, match="already a branch main"):
        film.switch("main", at=1)
    for name in ("0", "99", "r", "nowhere", "head~9", "head~x", "-1", "²"):
        with pytest.raises(UsageError, match="A revision must be"):
            tree.resolve(name)


def test_restoring_never_changes_what_is_locked(film: Film) -> None:
    do(film, SetText(path="global_caption.style", text="ink"), SetText(path="title", text="Ink"))
    do(film, Lock(path="style"))
    with pytest.raises(LockedError, match="style is locked"):
        film.restore(1)
    with pytest.raises(LockedError, match="style is locked"):
        film.save([film.caption.model_copy(update={"global_caption": GOLDEN.global_caption})], {"op": "x"})
    assert film.restore(2) == 2
    assert film.locks == ("K1.global_caption.style",)


def test_what_was_locked_is_locked_again_when_it_is_restored(film: Film) -> None:
    do(film, Lock(path="L1"))
    do(film, Unlock(path="L1"))
    do(film, Lock(path="style"))
    assert film.restore(2) == 2
    assert sorted(film.locks) == ["K1.dialogue.L1", "K1.global_caption.style"]
    film.undo()
    assert film.locks == ("K1.global_caption.style",)


def test_what_was_changed_by_hand_is_a_step_of_its_own(film: Film) -> None:
    do(film, SetText(path="title", text="One"))
    path = film.path / "clips" / "K1.json"
    path.write_text(path.read_text().replace("The keeper climbs", "The keeper crawls up"))
    edited = Film.open(film.path)
    do(edited, SetText(path="title", text="Two"))
    assert [entry.op["op"] for entry in edited.history()] == ["new", "edit", "by_hand", "edit"]
    edited.undo()
    assert (edited.caption.title, edited.caption.shots[0].action[:17]) == ("One", "The keeper crawls")
    edited.undo()
    assert (edited.caption.title, edited.caption.shots[0].action[:17]) == ("One", "The keeper climbs")
    path.write_text(path.read_text().replace("The keeper climbs", "The keeper hops up"))
    again = Film.open(film.path)
    again.undo()  # of the hop
    assert again.caption.shots[0].action.startswith("The keeper climbs")
    again.redo()
    assert again.caption.shots[0].action.startswith("The keeper hops")


def test_undo_leads_back_over_a_replaced_film(film: Film, caption: HierarchicalCaption) -> None:
    do(film, SetText(path="title", text="One"))
    new = Film.create(film.path, [caption, caption], op={"op": "write"}, title="Long", force=True)
    assert [clip.id for clip in new.clips] == ["K1", "K2"]
    new.undo()
    assert ([clip.id for clip in new.clips], new.title) == (["K1"], "One")
    assert [path.name for path in (film.path / "clips").iterdir()] == ["K1.json"]
    new.redo()
    assert sorted(path.name for path in (film.path / "clips").iterdir()) == ["K1.json", "K2.json"]


def test_a_film_of_before_the_tree_goes_on(film: Film) -> None:
    """Films saved by the first versions hold the whole film in every line, and no heads."""
    lines = []
    for rev, title in ((1, "The Lamp"), (2, "Two")):
        snapshot = film.state.snapshot.model_dump(mode="json")
        snapshot["title"] = snapshot["clips"][0]["caption"]["title"] = title
        entry = {"rev": rev, "parent": rev - 1 or None, "branch": "main", "time": "2026-01-01T00:00:00+00:00"}
        lines.append(json.dumps({"schema_version": 1, **entry, "op": {"op": "x"}, "snapshot": snapshot}))
    (film.path / "history.jsonl").write_text("\n".join(lines) + "\n")
    for name in ("film.json", "clips/K1.json"):
        (film.path / name).unlink()
    old = Film.open(film.path)
    assert (old.rev, old.title) == (2, "Two")
    do(old, SetText(path="title", text="Three"))
    old.undo()
    old.undo()
    assert (old.title, Film.open(film.path).notices) == ("The Lamp", ())


def test_a_crash_at_every_byte_of_an_edit_loses_that_edit_at_most(film: Film, tmp_path: Path) -> None:
    do(film, SetText(path="title", text="Before"))
    old = (film.path / "history.jsonl").read_bytes()
    lagging = {name: (film.path / name).read_bytes() for name in ("film.json", "clips/K1.json")}
    do(film, SetText(path="title", text="After"))
    new = (film.path / "history.jsonl").read_bytes()
    for length in range(len(old), len(new) + 1):
        (film.path / "history.jsonl").write_bytes(new[:length])
        for name, data in lagging.items():
            (film.path / name).write_bytes(data)
        survivor = Film.open(film.path)
        whole = length == len(new)
        assert (survivor.rev, survivor.caption.title) == ((3, "After") if whole else (2, "Before"))
        assert bool(survivor.notices) == whole
    for length in range(0, len(old), 41):  # and of the first steps: the files still hold the film
        (film.path / "history.jsonl").write_bytes(old[:length])
        assert Film.open(film.path).caption.title == "After"


WORKER = """
import random, sys
from mavin.edits import EditError, SetText, apply_all
from mavin.errors import UsageError
from mavin.film import Film
film, luck = Film.open(sys.argv[1]), random.Random(int(sys.argv[2]))
print("ready", flush=True)
while True:
    try:
        luck.choice([film.undo, film.redo, lambda: film.switch(luck.choice(["main", "b"])), None, None, None])()
    except TypeError:
        script = apply_all(film.state.script("K1"), [SetText(path="title", text=str(luck.random()))]).after
        film.save_state(film.state.with_script("K1", script), {"op": "edit"})
    except UsageError:
        pass
"""


def test_a_writer_killed_while_it_edits_undoes_and_branches(film: Film) -> None:
    luck = random.Random(3)
    for seed in range(4):
        with subprocess.Popen([sys.executable, "-c", WORKER, str(film.path), str(seed)], stdout=-1) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(0.05 + luck.random() * 0.25)
            child.send_signal(signal.SIGKILL)
        survivor = Film.open(film.path)
        tree = survivor.tree()
        assert survivor.state == tree.state(survivor.head)
        assert (tree.current, tree.branches[tree.current].head) == (survivor.branch, survivor.head)
        assert [entry.rev for entry in survivor.history()] == list(range(1, survivor.rev + 1))
        for step in tree.steps:
            assert tree.state(step).clips[0].caption.duration_ms == 7500
    assert survivor.rev > 10


def test_a_history_with_a_hole_says_so_and_the_film_stays_whole(film: Film) -> None:
    for title in ("One", "Two", "Three"):
        do(film, SetText(path="title", text=title))
    log = film.path / "history.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(lines[0] + b"\0" * len(lines[1]) + b"\n" + lines[2] + lines[3])
    damaged = Film.open(film.path)
    assert damaged.caption.title == "Three"
    with pytest.raises(FilmError, match="must hold what revision 3 was made on"):
        damaged.undo()
    do(damaged, SetText(path="title", text="Four"))
    assert Film.open(film.path).caption.title == "Four"


class Keeping(RuleBasedStateMachine):
    """Edits, locks, undo, redo, branches and fresh starts, against a plain model of the same."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.film = Film.create(self.folder / "a.mavin", [GOLDEN], op={"op": "new"})
        self.lines = {"main": ([files(self.film)], 0)}  # branch → (states in a row, which of them holds)
        self.branch = "main"

    def _now(self) -> bytes | dict[str, bytes]:
        states, at = self.lines[self.branch]
        return states[at]

    @rule(op=st.one_of(EDITS, LOCKINGS))
    def edit(self, op: Operation) -> None:
        try:
            do(self.film, op)
        except EditError:
            return
        states, at = self.lines[self.branch]
        self.lines[self.branch] = ([*states[: at + 1], files(self.film)], at + 1)

    @rule()
    def undo(self) -> None:
        states, at = self.lines[self.branch]
        if at == 0:
            with pytest.raises(UsageError):
                self.film.undo()
        else:
            self.film.undo()
            self.lines[self.branch] = (states, at - 1)

    @rule()
    def redo(self) -> None:
        states, at = self.lines[self.branch]
        if at + 1 == len(states):
            with pytest.raises(UsageError):
                self.film.redo()
        else:
            self.film.redo()
            self.lines[self.branch] = (states, at + 1)

    @precondition(lambda self: len(self.lines) < 3)
    @rule()
    def begin_a_branch(self) -> None:
        name = f"b{len(self.lines)}"
        assert self.film.switch(name)
        states, at = self.lines[self.branch]
        self.lines[name], self.branch = (states[: at + 1], at), name

    @rule(number=st.integers(0, 2))
    def switch(self, number: int) -> None:
        name = list(self.lines)[number % len(self.lines)]
        assert not self.film.switch(name)
        self.branch = name

    @rule()
    def open_anew(self) -> None:
        self.film = Film.open(self.film.path)
        assert self.film.notices == ()

    @invariant()
    def the_files_hold_what_they_should(self) -> None:
        assert files(self.film) == self._now()

    def teardown(self) -> None:
        while self.lines[self.branch][1]:
            self.undo()
        assert files(self.film) == self.lines["main"][0][0]
        shutil.rmtree(self.folder)


Keeping.TestCase.settings = settings(max_examples=12, stateful_step_count=16, deadline=None)
test_any_sequence_in_a_film = Keeping.TestCase


def test_a_replaced_film_and_its_locks_come_back(film: Film, caption: HierarchicalCaption) -> None:
    do(film, Lock(path="L2"))
    clip = film.path / "clips" / "K1.json"
    clip.write_text(clip.read_text().replace(caption.title, "By hand"))
    other = caption.model_copy(update={"title": "Another"})
    written = Film.create(film.path, [other], op={"op": "write"}, force=True)
    assert "1 lock(s)" in written.notices[0]
    assert (written.caption.title, written.locks) == ("Another", ())
    written.undo()
    again = Film.open(film.path)
    assert (again.caption.title, len(again.locks)) == ("By hand", 1)
