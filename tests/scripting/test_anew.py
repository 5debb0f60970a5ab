"""One part written anew: other words where agents wrote, the person's words, locks and everything else as they were."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import mavin
from benchmarks.liar import LIES, Liar
from mavin import api
from mavin.edits import changes_between, flat_of
from mavin.errors import BackendError, UsageError
from mavin.film import Film
from mavin.ledger import Fate
from scripting.anew import Source, write_anew
from scripting.llm import LlmSession

from .conftest import ModelServer

PROMPT = (
    'A baker opens the oven in a small kitchen. "Is it ready?" asks a girl. The baker smiles and says 6.2-7.0s: "Almost." '
    "8 seconds, 3 shots."
)


@pytest.fixture
def film(tmp_path: Path) -> Film:
    return mavin.write(PROMPT, tmp_path / "baker.mavin", llm="rules")


@pytest.fixture
def writer(model_server: ModelServer) -> ModelServer:
    """A model whose words keep every contract."""
    said: dict[str, Any] = {
        "detail": "Flour dust lies on the dark iron door of the oven.",
        "sound": "a heavy metal door",
        "movement": "static",
        "new": "tired and slow",
        "C1": {"appearance": "A stout man of fifty with a grey apron", "voice": "Hoarse and slow"},
    }

    def answer(body: dict[str, Any]) -> Any:
        fields = body["response_format"]["json_schema"]["schema"]["properties"]
        return {
            name: {key: said[name][key] for key in part["properties"]} if "properties" in part else said[name]
            for name, part in fields.items()
        }

    model_server.answer = answer  # type: ignore[method-assign]
    return model_server


def changed(film: Film, proposal: api.Proposal) -> dict[str, Any]:
    before = flat_of(film.caption)
    return {path: change.now for path, change in changes_between(before, flat_of(proposal.save().caption)).items()}


def test_a_shot_gets_a_new_detail_behind_the_persons_own_clause(film: Film, writer: ModelServer) -> None:
    files = {path: path.read_bytes() for path in film.path.rglob("*.json")}
    own = film.caption.shots[0].action
    found = changed(film, api.regenerate(film, "S1", llm=writer.uri))
    assert found == {
        "shots.S1.action": f"{own}. Flour dust lies on the dark iron door of the oven.",
        "shots.S1.sounds.X1.text": "a heavy metal door",
        "shots.S1.camera.movement": "static",
    }
    entries = {entry.where: entry for entry in film.ledger if entry.where in found and entry.outcome is Fate.ADDED}
    assert entries["shots.S1.action"].by == "narrative_refiner"
    assert entries["shots.S1.sounds.X1"].by == "narrative_refiner" if "shots.S1.sounds.X1" in entries else True
    assert next(each for each in film.ledger if each.where == "shots.S1.action").outcome is Fate.KEPT
    assert film.history()[-1].op["part"] == "S1"
    film.undo()
    assert {path: path.read_bytes() for path in files if path.name != "film.json"} == {
        path: data for path, data in files.items() if path.name != "film.json"
    }


def test_writing_anew_twice_takes_the_place_of_the_first(film: Film, writer: ModelServer) -> None:
    own = film.caption.shots[0].action
    api.regenerate(film, "S1", llm=writer.uri).save()
    other = "Rust and old soot cover the oven's hinges."
    writer.answer = lambda body: {"detail": other, "sound": "hinges creaking", "movement": "dolly_in"} | {}  # type: ignore[method-assign]
    writer.answer = _only(writer.answer)  # type: ignore[method-assign]
    api.regenerate(film, "S1", llm=writer.uri).save()
    assert film.caption.shots[0].action == f"{own}. {other}"


def _only(answer: Any) -> Any:
    """An answer without the fields that were not asked for."""

    def asked(body: dict[str, Any]) -> Any:
        fields = body["response_format"]["json_schema"]["schema"]["properties"]
        return {name: value for name, value in answer(body).items() if name in fields}

    return asked


def test_what_is_kept_or_locked_stays_and_is_not_asked_for(film: Film, writer: ModelServer) -> None:
    mavin.edit(film, mavin.Lock(path="S1.sounds"))
    proposal = api.regenerate(film, "S1", keep=["camera"], llm=writer.uri)
    assert list(changed(film, proposal)) == ["shots.S1.action"]
    (body,) = writer.requests
    assert list(body["response_format"]["json_schema"]["schema"]["properties"]) == ["detail"]
    assert "S1.sounds is locked and stays." in proposal.notes
    mavin.edit(film, mavin.Lock(path="S2"))
    with pytest.raises(UsageError, match=r"S2\.action is locked and stays"):
        api.regenerate(film, "S2", llm=writer.uri)


def test_a_line_keeps_the_persons_words_and_times(film: Film, writer: ModelServer) -> None:
    found = changed(film, api.regenerate(film, "L2", llm=writer.uri))
    assert found == {"dialogue.L2.delivery": "tired and slow"}  # 6.2-7.0s is the person's
    before = film.caption.dialogue[0]
    changed(film, api.regenerate(film, "L1", keep=["delivery"], llm="rules"))
    after = film.caption.dialogue[0]
    assert after.text == before.text
    assert after.interval != before.interval


def test_a_role_keeps_what_the_person_called_it(film: Film, writer: ModelServer) -> None:
    found = changed(film, api.regenerate(film, "C1", hint="older", llm=writer.uri))
    assert found == {
        "roles.C1.appearance": "A baker: a stout man of fifty with a grey apron",
        "roles.C1.voice": "Hoarse and slow",
    }
    assert "The director wishes: older" in writer.requests[-1]["messages"][-1]["content"]


def test_without_a_model_code_takes_the_next_that_fits_or_says_so(film: Film) -> None:
    first = api.regenerate(film, "S1", llm="rules")
    assert first.operations == api.regenerate(film, "S1", llm="rules").operations
    assert all(re.match(r"shots\.S1\.(?:camera|sounds)", path) for path in changed(film, first))
    with pytest.raises(UsageError, match=r"there is one wording for C1.*With a language model"):
        api.regenerate(film, "C1", llm="rules")
    with pytest.raises(UsageError, match=r"must be a shot, a line or a role \(S1, .*got 'S9'"):
        api.regenerate(film, "S9", llm="rules")
    with pytest.raises(UsageError, match="Of S1 these can be kept: action, camera, sounds; got 'colour'"):
        api.regenerate(film, "S1", keep=["colour"], llm="rules")


def test_a_lying_model_writes_inside_its_part_and_no_lies(film: Film) -> None:
    caption, own = film.caption, [shot.action for shot in film.caption.shots]
    for part in ("S1", "S2", "S3", "L1", "L2", "C1", "C2"):
        for seed in range(2):
            source = Source(film.state.script("K1"), film.ledger, PROMPT)
            with LlmSession(Liar(), seed) as session:
                try:
                    made = write_anew(part, source, session)
                except UsageError:
                    continue
            after = mavin.edits.apply_all(source.script, made.operations).after.caption
            found = {path: change.now for path, change in changes_between(flat_of(caption), flat_of(after)).items()}
            assert all(path.split(".")[1] == part for path in found)
            assert not [lie for lie in LIES for value in found.values() if lie in str(value)]
            assert all(shot.action.startswith(words) for shot, words in zip(after.shots, own, strict=True))
            assert [line.text for line in after.dialogue] == [line.text for line in caption.dialogue]


def test_a_dead_model_changes_nothing(film: Film, monkeypatch: pytest.MonkeyPatch, model_server: ModelServer) -> None:
    monkeypatch.setenv("MAVIN_LLM_TIMEOUT", "1")
    model_server.misbehave = lambda handler, body: bool(handler.server.ended.wait(6)) or True
    with pytest.raises(BackendError):
        api.regenerate(film, "C1", llm=model_server.uri)
    assert Film.open(film.path).rev == 1
