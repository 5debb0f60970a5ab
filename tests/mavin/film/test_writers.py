"""Several writers at once: independent edits are merged, the others are refused, none is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import mavin
from mavin.api import propose_text, text_of
from mavin.caption import HierarchicalCaption
from mavin.edits import AddLine, MergeConflictError, SetText
from mavin.film import Film

WRITER = """
import sys, mavin
from mavin.edits import AddLine, RetimeLine
name, role = sys.argv[2], sys.argv[3]
film = mavin.open(sys.argv[1])  # both hold the same revision from here on
print("ready", flush=True)
sys.stdin.readline()
for number in range(8):
    start = number * 300
    mavin.edit(film, AddLine(role=role, start_ms=start, end_ms=start + 300, text=f"{name} {number}"))
"""


@pytest.fixture
def film(tmp_path: Path, caption: HierarchicalCaption) -> Film:
    return Film.create(tmp_path / "lamp.mavin", [caption], op={"op": "new"})


def test_two_programs_lose_none_of_their_edits(film: Film) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(film.path), name, role],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for name, role in (("one", "C1"), ("two", "C2"))
    ]  # fmt: skip
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.communicate("go\n", timeout=120)
        assert writer.returncode == 0
    found = Film.open(film.path)
    said = sorted(line.text for line in found.caption.dialogue[2:])
    assert said == sorted(f"{name} {number}" for name in ("one", "two") for number in range(8))
    assert (found.rev, len(found.tree().steps)) == (17, 17)
    for _ in range(16):
        found.undo()
    assert found.caption == film.caption


def test_independent_edits_are_merged_and_clashing_ones_refused(film: Film) -> None:
    other = mavin.open(film.path)
    mavin.edit(film, SetText(path="title", text="Mine"), mavin.Lock(path="L2"))
    mavin.edit(other, SetText(path="global_caption.style", text="ink"))
    assert (other.caption.title, other.caption.global_caption.style, other.rev) == ("Mine", "ink", 3)
    late = mavin.open(film.path)
    mavin.edit(film, SetText(path="title", text="First"))  # this one has not seen revision 3 either
    assert Film.open(film.path).caption.global_caption.style == "ink"
    with pytest.raises(MergeConflictError, match="they made it “First”") as caught:
        mavin.edit(late, SetText(path="title", text="Second"))
    assert isinstance(caught.value, mavin.FilmConflictError)
    assert mavin.edit(late, SetText(path="title", text="Second"), prefer="mine").caption.title == "Second"
    with pytest.raises(mavin.LockedError):
        mavin.edit(late, mavin.RewordLine(line="L2", text="x"))


def test_what_was_undone_meanwhile_is_merged_as_well(film: Film) -> None:
    mavin.edit(film, SetText(path="title", text="One"))
    other = mavin.open(film.path)
    film.undo()
    mavin.edit(other, AddLine(role="C1", start_ms=0, end_ms=500, text="Hey."))
    assert (other.caption.title, other.caption.dialogue[-1].text) == ("The Lamp", "Hey.")


def test_a_text_that_was_printed_before_others_edited(film: Film) -> None:
    text = text_of(film)
    mavin.edit(film, SetText(path="title", text="New"))
    late = mavin.open(film.path)
    proposal = propose_text(late, text.replace("a match flares", "a match hisses"))
    assert [item.difference.what for item in proposal.differences] == ["words"]
    saved = proposal.save()
    assert (saved.caption.title, saved.caption.shots[1].sounds[0].text) == ("New", "a match hisses")
