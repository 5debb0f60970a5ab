"""A film on disk survives crashes, full disks, second writers and damaged files, and says what is wrong."""

from __future__ import annotations

import json
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mavin.caption import HierarchicalCaption, InvalidCaptionError
from mavin.errors import FilmConflictError, FilmError
from mavin.film import (
    Film,
    Manifest,
    NotAFilmError,
    RenderNote,
    Run,
    UnfinishedRunError,
)
from mavin.request import WriteRequest


def titled(caption: HierarchicalCaption, title: str) -> HierarchicalCaption:
    return caption.model_copy(update={"title": title})


@pytest.fixture
def film(tmp_path: Path, caption: HierarchicalCaption) -> Film:
    return Film.create(tmp_path / "lamp.mavin", [caption], op={"op": "new"}, manifest=Manifest(seed=7))


def test_a_film_reads_back_as_it_was_made(film: Film, caption: HierarchicalCaption) -> None:
    again = Film.open(film.path)
    assert (again.title, again.rev, again.branch, again.captions) == ("The Lamp", 1, "main", (caption,))
    assert again.notices == ()
    assert again.manifest.seed == 7
    names = {path.name for path in film.path.iterdir()} - {".lock"}
    assert names == {
        "clips", "film.json", "history.jsonl", "ledger", "locks.json", "manifest.json", "references", "renders",
    }  # fmt: skip
    assert json.loads((film.path / "film.json").read_text())["clips"] == ["K1"]


def test_saving_counts_revisions_and_keeps_them_all(film: Film, caption: HierarchicalCaption) -> None:
    film.save([titled(caption, "Second")], {"op": "set_text"})
    film.save([titled(caption, "Third")], {"op": "set_text"})
    entries = Film.open(film.path).history()
    assert [(entry.rev, entry.parent) for entry in entries] == [(1, None), (2, 1), (3, 2)]
    titles = [film.tree().state(entry.rev).clips[0].caption.title for entry in entries]
    assert titles == ["The Lamp", "Second", "Third"]
    assert Film.open(film.path).title == "Third"


def test_the_second_of_two_writers_gets_a_conflict(film: Film, caption: HierarchicalCaption) -> None:
    other = Film.open(film.path)
    film.save([titled(caption, "Mine")], {"op": "set_text"})
    with pytest.raises(FilmConflictError, match=r"revision 1 .* revision 2"):
        other.save([titled(caption, "Theirs")], {"op": "set_text"})
    assert Film.open(film.path).caption.title == "Mine"
    with pytest.raises(FilmConflictError):
        film.save([caption], {"op": "set_text"}, base_rev=1)


def test_a_crash_at_any_byte_of_the_append_leaves_the_old_film(film: Film, caption: HierarchicalCaption) -> None:
    before = {path: path.read_bytes() for path in film.path.rglob("*") if path.is_file()}
    film.save([titled(caption, "After")], {"op": "set_text"})
    old, new = before[film.path / "history.jsonl"], (film.path / "history.jsonl").read_bytes()
    for length in [*range(len(old), len(old) + 40), *range(len(old) + 40, len(new), 97), len(new) - 1]:
        for path, data in before.items():
            path.write_bytes(data)
        (film.path / "history.jsonl").write_bytes(new[:length])
        survivor = Film.open(film.path)
        assert (survivor.rev, survivor.caption.title) == (1, "The Lamp")
    survivor.save([titled(caption, "Next")], {"op": "set_text"})
    lines = (film.path / "history.jsonl").read_bytes().splitlines()
    assert [json.loads(line)["rev"] for line in lines] == [1, 2]  # the torn tail has been cut off


def test_a_crash_after_the_commit_is_repaired_by_the_next_reader(film: Film, caption: HierarchicalCaption) -> None:
    old = {path: path.read_bytes() for path in film.path.rglob("*.json")}
    film.save([titled(caption, "After")], {"op": "set_text"})
    new = {path: path.read_bytes() for path in film.path.rglob("*.json")}
    order = [film.path / name for name in ("clips/K1.json", "ledger/K1.json", "locks.json", "film.json")]
    for written in range(len(order)):  # so many files had been replaced when the power went
        for number, path in enumerate(order):
            path.write_bytes(new[path] if number < written else old[path])
        survivor = Film.open(film.path)
        assert (survivor.rev, survivor.caption.title, survivor.title) == (2, "After", "After")
        assert {path: path.read_bytes() for path in order} == {path: new[path] for path in order}


def test_a_line_of_zeros_from_a_power_cut_is_no_entry(film: Film) -> None:
    with (film.path / "history.jsonl").open("ab") as file:
        file.write(b"\0" * 100 + b"\n")
    assert Film.open(film.path).rev == 1


SAVER = """
import sys
from mavin.film import Film
film = Film.open(sys.argv[1])
print("ready", flush=True)
for number in range(10_000):
    film.save([film.caption.model_copy(update={"title": f"Title {number}"})], {"op": "n", "number": number})
"""


def test_a_writer_killed_at_random_moments_loses_nothing(film: Film) -> None:
    random.seed(5)
    for _ in range(4):
        with subprocess.Popen([sys.executable, "-c", SAVER, str(film.path)], stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(0.05 + random.random() * 0.15)
            child.send_signal(signal.SIGKILL)
        survivor = Film.open(film.path)
        entries = survivor.history()
        assert [entry.rev for entry in entries] == list(range(1, survivor.rev + 1))
        assert survivor.state == survivor.tree().state(survivor.head)
        survivor.save(survivor.captions, {"op": "again"})
    assert list(film.path.rglob("*.tmp")) == []


FULL = """
import resource, sys
from mavin.errors import FilmError
from mavin.film import Film
film = Film.open(sys.argv[1])
size = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
try:
    film.save([film.caption.model_copy(update={"title": "Too much"})], {"op": "set_text"})
except FilmError as error:
    print(f"FilmError: {error}")
"""


def test_a_full_disk_leaves_the_old_film_and_says_so(film: Film) -> None:
    size = (film.path / "history.jsonl").stat().st_size
    for room in (1, 100):  # nothing fits, part of the entry fits
        done = subprocess.run(
            [sys.executable, "-c", FULL, str(film.path), str(size + room)], capture_output=True, text=True, check=False
        )
        assert done.stderr == ""
        assert "cannot be written" in done.stdout
        assert "untouched" in done.stdout
        assert (film.path / "history.jsonl").stat().st_size == size
        assert Film.open(film.path).caption.title == "The Lamp"


def test_files_that_cannot_be_written_behind_the_commit_are_caught_up_later(
    film: Film, caption: HierarchicalCaption
) -> None:
    shutil.rmtree(film.path / "clips")
    (film.path / "clips").write_text("in the way")
    film.save([titled(caption, "Committed")], {"op": "set_text"})
    assert "lag behind" in film.notices[0]
    (film.path / "clips").unlink()
    assert Film.open(film.path).caption.title == "Committed"
    assert json.loads((film.path / "film.json").read_text())["rev"] == 2


def test_a_new_film_that_cannot_be_written_leaves_no_folder(tmp_path: Path, caption: HierarchicalCaption) -> None:
    with pytest.raises(FilmError, match="cannot be written"):
        Film.create(tmp_path / "missing" / "a.mavin", [caption], op={"op": "new"})
    assert list(tmp_path.iterdir()) == []


def test_replacing_needs_force_and_keeps_the_old_revision(film: Film, caption: HierarchicalCaption) -> None:
    with pytest.raises(FilmError, match="already a film"):
        Film.create(film.path, [titled(caption, "New")], op={"op": "new"})
    replaced = Film.create(film.path, [titled(caption, "New")], op={"op": "new"}, force=True)
    assert (replaced.rev, Film.open(film.path).caption.title) == (2, "New")
    assert Film.open(film.path).tree().state(1).title == "The Lamp"


def test_several_clips(tmp_path: Path, caption: HierarchicalCaption) -> None:
    film = Film.create(tmp_path / "long.mavin", [caption, titled(caption, "Part two")], op={"op": "new"})
    assert [clip.id for clip in Film.open(film.path).clips] == ["K1", "K2"]
    shorter = Film.create(film.path, [caption], op={"op": "new"}, force=True)
    assert [path.name for path in (shorter.path / "clips").iterdir()] == ["K1.json"]
    with pytest.raises(FilmError, match="1 clip"):
        shorter.save([caption, caption], {"op": "set_text"})


def test_a_film_changed_by_hand_is_taken_as_it_is(film: Film) -> None:
    path = film.path / "clips" / "K1.json"
    path.write_text(path.read_text().replace("The keeper climbs", "The keeper crawls up"))
    edited = Film.open(film.path)
    assert edited.caption.shots[0].action.startswith("The keeper crawls up")
    assert "changed by hand" in edited.notices[0]
    edited.save(edited.captions, {"op": "by_hand"})
    assert Film.open(film.path).notices == ()


@pytest.mark.parametrize("name", ["film.json", "ledger/K1.json", "locks.json"])
@pytest.mark.parametrize("text", ["", "{", "[]", '{"rev": "x"}', "\xff"])
def test_a_damaged_file_is_named_and_comes_back_when_deleted(film: Film, name: str, text: str) -> None:
    (film.path / name).write_text(text, encoding="latin-1")
    if not text:  # what a power cut leaves: saving waits for the history alone
        assert Film.open(film.path).caption.title == "The Lamp"
        return
    with pytest.raises(FilmError, match=r"is damaged.*Delete that file") as caught:
        Film.open(film.path)
    assert Path(name).name in str(caught.value)
    (film.path / name).unlink()
    assert Film.open(film.path).caption.title == "The Lamp"


@pytest.mark.parametrize("torn", [b"", b"\0" * 5000, None])
def test_files_that_a_power_cut_has_torn_come_back(film: Film, torn: bytes | None) -> None:
    film.save([titled(film.caption, "Two")], {"op": "x"})
    for name in ("film.json", "locks.json", "clips/K1.json", "ledger/K1.json"):
        whole = (film.path / name).read_bytes()
        (film.path / name).write_bytes(torn if torn is not None else whole[:100] + b"\0" * (len(whole) - 100))
        again = Film.open(film.path)
        assert (again.caption.title, again.record, again.rev) == ("Two", film.record, 2)
        (film.path / name).write_bytes(whole)


def test_a_damaged_clip_is_an_invalid_caption_with_its_file(film: Film) -> None:
    path = film.path / "clips" / "K1.json"
    data = json.loads(path.read_text())
    data["shots"][0]["end_ms"] += 100
    path.write_text(json.dumps(data))
    with pytest.raises(InvalidCaptionError, match=r"clips/K1\.json: S2 must start") as caught:
        Film.open(film.path)
    assert caught.value.diagnostics[0].path == "shots.S2.start_ms"
    path.write_text("no json")
    with pytest.raises(InvalidCaptionError, match=r"clips/K1\.json"):
        Film.open(film.path)


def test_missing_files_come_back_from_the_history_or_are_named(film: Film) -> None:
    for name in ("clips/K1.json", "ledger/K1.json", "film.json", "locks.json", "manifest.json"):
        (film.path / name).unlink()
        assert Film.open(film.path).caption.title == "The Lamp"
    (film.path / "history.jsonl").unlink()
    (film.path / "film.json").unlink(missing_ok=True)
    with pytest.raises(NotAFilmError) as caught:
        Film.open(film.path)
    assert caught.value.exit_code == 2


def test_a_missing_clip_without_history_is_an_error(film: Film) -> None:
    (film.path / "history.jsonl").unlink()
    assert "earlier revisions are lost" in Film.open(film.path).notices[0]
    (film.path / "clips" / "K1.json").unlink()
    with pytest.raises(FilmError, match=r"clips/K1\.json.*missing"):
        Film.open(film.path)


@pytest.mark.parametrize("name", ["film.json", "locks.json", "ledger/K1.json", "manifest.json"])
def test_files_of_a_newer_version_are_refused_with_advice(film: Film, name: str) -> None:
    data = json.loads((film.path / name).read_text())
    (film.path / name).write_text(json.dumps(data | {"schema_version": 2, "extra": 1}))
    with pytest.raises(FilmError, match="newer mavin"):
        _ = Film.open(film.path).manifest


def test_a_newer_history_is_refused(film: Film) -> None:
    entry = json.loads((film.path / "history.jsonl").read_text()) | {"schema_version": 2, "rev": 2}
    with (film.path / "history.jsonl").open("a") as file:
        file.write(json.dumps(entry) + "\n")
    with pytest.raises(FilmError, match="newer mavin"):
        Film.open(film.path)


def test_what_is_no_film_says_so(tmp_path: Path) -> None:
    (tmp_path / "empty.mavin").mkdir()
    (tmp_path / "file.mavin").write_text("x")
    for name, words in (
        ("none.mavin", "no film at"),
        ("empty.mavin", "not a film"),
        ("file.mavin", "must be a folder"),
    ):
        with pytest.raises(NotAFilmError, match=words):
            Film.open(tmp_path / name)


def test_a_folder_with_only_a_run_says_how_to_resume(tmp_path: Path) -> None:
    folder = tmp_path / "begun.mavin"
    folder.mkdir()
    (folder / "checkpoints.sqlite").write_bytes(b"")
    with pytest.raises(UnfinishedRunError, match=r"mavin write --resume -o .*begun\.mavin"):
        Film.open(folder)
    Run(request=WriteRequest(prompt="A fox.")).store(folder)
    assert Run.load(folder) == Run(request=WriteRequest(prompt="A fox."))
    Run.clear(folder)
    assert not folder.exists()


def test_clearing_a_run_never_touches_a_film_or_foreign_files(film: Film, tmp_path: Path) -> None:
    Run(request=WriteRequest(prompt="A fox.")).store(film.path)
    assert Film.open(film.path).rev == 1
    Run.clear(film.path)
    assert Film.open(film.path).rev == 1
    foreign = tmp_path / "foreign.mavin"
    foreign.mkdir()
    (foreign / "diary.txt").write_text("mine")
    Run.clear(foreign)
    assert (foreign / "diary.txt").read_text() == "mine"


def test_a_render_is_noted_in_the_manifest(film: Film) -> None:
    note = RenderNote(output="a.mp4", renderer="stage", seed=0, rev=1, frames=180, seconds=2.5)
    film.add_render(note, "Pictures by somebody")
    film.add_render(note, "Pictures by somebody")
    assert film.manifest.renders == (note, note)
    assert film.manifest.credits == ("Pictures by somebody",)
    assert film.manifest.seed == 7


def test_rlimits_are_available() -> None:
    # The full-disk test stands on this; a platform without it would pass it by accident.
    assert resource.getrlimit(resource.RLIMIT_FSIZE)
