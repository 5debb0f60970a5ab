"""The ledger follows edits: what a person changed is theirs, what they took back is as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import mavin
from mavin import api
from mavin.film import Film
from mavin.ledger import Fate, LedgerEntry

PROMPT = (
    'At dusk Mara climbs the stairs. She lights the lamp and calls 1.5-2.5s: "Come home!" A sailor looks up. '
    "5 seconds, 3 shots, black and white."
)


@pytest.fixture
def film(tmp_path: Path) -> Film:
    return mavin.write(PROMPT, tmp_path / "lamp.mavin", llm="rules")


def entry(film: Film, words: str, kind: str | None = None) -> LedgerEntry:
    return next(each for each in film.ledger if each.text == words and kind in (None, each.kind))


def test_an_unedited_film_has_the_writers_ledger(film: Film) -> None:
    assert film.ledger == film.record.ledger
    mavin.edit(film, mavin.Lock(path="S1"))
    assert film.ledger == film.record.ledger


def test_what_a_person_changed_is_altered_by_them_and_nothing_else_is(film: Film) -> None:
    api.propose(film, 'L1 0.2 s later, style "ink"', llm="rules").save()
    time = entry(film, "1.5-2.5s")
    assert (time.outcome, time.by, time.where) == (Fate.ALTERED, "you", "dialogue.L1.start_ms")
    assert time.why == 'changed by you in r2: “L1 0.2 s later, style "ink"”'
    assert entry(film, "black and white").outcome is Fate.ALTERED
    before = {each.text: each.outcome for each in film.record.ledger}
    changed = {each.text for each in film.ledger if before.get(each.text) is not each.outcome}
    assert changed == {"1.5-2.5s", "black and white"}
    film.undo()
    assert film.ledger == film.record.ledger
    film.redo()
    assert entry(film, "1.5-2.5s").outcome is Fate.ALTERED


def test_words_that_still_stand_are_kept(film: Film) -> None:
    action = film.caption.shots[2].action
    mavin.edit(film, mavin.SetText(path="shots.S3.action", text=f"{action.rstrip('.')}. He takes off his cap."))
    assert entry(film, "A sailor looks up.").outcome is Fate.KEPT
    mavin.edit(film, mavin.SetText(path="shots.S3.action", text="A gull lands."))
    gone = entry(film, "A sailor looks up.")
    assert (gone.outcome, gone.by, gone.where) == (Fate.ALTERED, "you", "shots.S3.action")


def test_what_is_taken_away_is_dropped_by_the_person(film: Film) -> None:
    mavin.edit(film, mavin.DeleteShot(shot="S3"))
    gone = entry(film, "A sailor looks up.")
    assert (gone.outcome, gone.where, gone.by) == (Fate.DROPPED, None, "you")
    assert entry(film, "3 shots").outcome is Fate.ALTERED
    assert entry(film, '"Come home!"').outcome is Fate.KEPT


def test_what_is_added_is_the_persons_or_the_agents(film: Film) -> None:
    mavin.edit(film, mavin.AddSound(start_ms=0, end_ms=900, text="a gull"), mavin.SetCamera(shot="S2", size="close_up"))
    sound = next(each for each in film.ledger if "a gull" in each.text)
    assert (sound.outcome, sound.by) == (Fate.ADDED, "you")
    camera = next(each for each in film.ledger if each.where == "shots.S2.camera")
    assert (camera.outcome, camera.by) == (Fate.ADDED, "you")
    assert camera.text.startswith("close_up")
    operation = mavin.SetText(path="shots.S1.setting", text="A stair in fog")
    film = api.Proposal(film, film.state, film.head, {"K1": (operation,)}, "in fog", authors=("editor",)).save()
    setting = next(each for each in film.ledger if each.where == "shots.S1.setting")
    assert (setting.text, setting.by, setting.why) == (
        "A stair in fog",
        "editor",
        "on your instruction in r3: “in fog”",
    )


def test_the_ledger_that_is_printed_is_the_one_of_now(film: Film) -> None:
    mavin.edit(film, mavin.RenameRole(role="C1", name="Ida"))
    entries = api.film_report(api.load(film))["ledger"]
    names = [each for each in entries if each["where"] == "roles.C1.name"]
    assert [(each["text"], each["outcome"], each["by"]) for each in names] == [("Ida", "added", "you")]
    assert json.dumps(entries)
    restored = Film.open(film.path)
    restored.restore(1)
    assert restored.ledger == restored.record.ledger


def test_a_film_made_by_hand_has_no_ledger(tmp_path: Path, film: Film) -> None:
    own = Film.create(tmp_path / "own.mavin", [film.caption], op={"op": "new"})
    assert own.ledger == ()


def test_many_steps_and_snapshots_in_between(film: Film) -> None:
    for number in range(70):
        mavin.edit(film, mavin.SetText(path="title", text=f"Title {number}"))
    mavin.edit(film, mavin.RewordLine(line="L1", text="Stay!"))
    line = entry(film, '"Come home!"')
    assert (line.outcome, line.why) == (Fate.ALTERED, "changed by you in r72")
    title = next(each for each in film.ledger if each.where == "title")
    assert (title.text, title.why) == ("Title 69", "changed by you in r71")
