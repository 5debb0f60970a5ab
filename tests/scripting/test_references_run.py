"""Whole runs with references: words in the script, lines in the ledger, conflicts, limits, and what is paid once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mavin import api
from mavin.errors import UsageError
from mavin.film import Film
from mavin.ledger import Conflict, Decision, Fate, ScriptReport
from mavin.request import ReferenceRequest, WriteRequest
from scripting import write_script
from scripting.llm import LlmSession, Question
from scripting.references.pictures import study_picture

from .reference_files import photo, save_wav, speak, tone
from .test_graph import Model, helpful

PROMPT = 'Mara waits by a window. Mara says: "Come home." Tom watches.'


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    photo().save(tmp_path / "mara.png")
    return {"image": tmp_path / "mara.png", "audio": speak(tmp_path / "mara.wav", "f2", 235, 5.0)}


def run(
    prompt: str, files: dict[str, Path], model: Model | None = None, who: str = "Mara", **options: Any
) -> ScriptReport:
    references = tuple(ReferenceRequest(who=who, file=file) for file in files.values())
    return write_script(WriteRequest(prompt=prompt, references=references, **options), LlmSession(model))


def answers(words: dict[str, str]) -> Any:
    def reply(question: Question) -> Any:
        if question.key.startswith("reference."):
            return {name: words[name] for name in question.schema["properties"]}
        fields = question.schema["properties"]
        if question.key == "cast":
            return {
                role: {name: f"plain {role} {name}" for name in field["properties"]} for role, field in fields.items()
            }
        if question.key.startswith("refine"):
            detail = f"Dust turns in the light, {question.key[-1]} specks of it."
            return {"detail": detail, "sound": "wind", "size": "wide", "movement": "static"}
        return helpful(question)

    return reply


def test_without_a_model_code_words_the_cues_and_the_ledger_names_the_files(files: dict[str, Path]) -> None:
    report = run(PROMPT, files)
    assert report.caption is not None
    mara = report.caption.role("C1")
    assert mara.appearance == "Mara, a woman: light brown hair, orange and black clothes"
    assert mara.voice.startswith("An adult female voice: high pitch, ")
    entries = {(entry.kind, entry.where): entry for entry in report.ledger}
    assert entries["appearance", "roles.C1.appearance"].why == "from reference mara.png"
    assert entries["voice", "roles.C1.voice"].why == "from reference mara.wav"
    seen = entries["reference", "roles.C1.reference.image"]
    assert "1 face" in seen.text and "not analysed" in seen.why and "age" in seen.why
    assert "Hz" in entries["reference", "roles.C1.reference.audio"].text
    assert report.conflicts == ()
    assert report.caption.role("C2").appearance == "Tom, a man in everyday clothes"


def test_a_models_wording_stands_where_it_holds_every_cue(files: dict[str, Path]) -> None:
    good = {
        "appearance": "neat light brown hair over orange clothes trimmed in black",
        "voice": "a high pitch at a fast pace, even in melody, bright in timbre",
    }
    model = Model(answers(good))
    report = run(PROMPT, files, model)
    assert report.caption is not None
    mara = report.caption.role("C1")
    assert mara.appearance == "Mara, a woman: neat light brown hair over orange clothes trimmed in black"
    assert mara.voice == "An adult female voice: a high pitch at a fast pace, even in melody, bright in timbre"
    assert {entry.by for entry in report.ledger if entry.kind == "appearance" and entry.why} == {"identity_aligner"}
    cast = next(question for question in model.asked if question.key == "cast")
    assert list(cast.schema["properties"]) == ["C2"]  # what the references show is not asked for again
    asked = [question.key for question in model.asked]
    assert asked.count("reference.C1") == 1


def test_a_lying_wording_gives_way_to_codes_own(files: dict[str, Path]) -> None:
    lies = {"appearance": "an old bearded sailor named Ahab in green", "voice": "gravelly and deep"}
    report = run(PROMPT, files, Model(answers(lies)))
    assert report.caption is not None
    assert report.caption.role("C1").appearance == "Mara, a woman: light brown hair, orange and black clothes"
    dropped = [
        entry.text for entry in report.ledger if entry.by == "identity_aligner" and entry.outcome is Fate.DROPPED
    ]
    assert set(lies.values()) <= set(dropped)


def test_a_contradicted_cue_is_shown_and_stays_out_of_the_script(files: dict[str, Path]) -> None:
    prompt = 'A bald woman with a deep voice waits. The woman says "Come home."'
    report = run(prompt, files, who="woman")
    assert report.caption is not None
    assert [(conflict.kind, conflict.outcome) for conflict in report.conflicts] == [("role", "suspected")] * 2
    assert ["mara.png" in report.conflicts[0].explanation, "mara.wav" in report.conflicts[1].explanation] == [
        True,
        True,
    ]
    assert "hair" not in report.caption.roles[0].appearance
    assert "pitch" not in report.caption.roles[0].voice
    model = Model(answers({}))
    refused = run(prompt, files, model, who="woman", strict=True)
    assert refused.caption is None
    assert {conflict.outcome for conflict in refused.conflicts} == {"refused"}
    assert model.asked == []  # nothing is paid for a run that code refuses


def test_a_person_who_can_be_asked_decides(files: dict[str, Path]) -> None:
    request = WriteRequest(
        prompt="A bald woman waits.", references=(ReferenceRequest(who="woman", file=files["image"]),), strict=True
    )
    asked: list[Conflict] = []

    def says(decision: Decision) -> Callable[[Conflict], Decision]:
        return lambda conflict: asked.append(conflict) or decision  # type: ignore[func-returns-value]

    stopped = write_script(request, LlmSession(None), decide=says(Decision.STOP))
    assert stopped.caption is None
    assert stopped.conflicts[0].explanation.endswith("You chose to stop.")
    assert write_script(request, LlmSession(None), decide=says(Decision.GO_ON)).caption is not None
    assert [conflict.spans[0].text for conflict in asked] == ["bald", "bald"]


def test_the_clips_of_a_film_share_what_the_references_show(files: dict[str, Path]) -> None:
    prompt = (
        "Mara opens a window. She looks at the sea. Tom brings tea. They drink. A gull lands. Mara feeds it. "
        "Rain begins. They close the window. Tom lights a lamp. Mara reads a letter."
    )
    report = run(prompt, files, clips="auto", duration_ms=30_000)
    assert len(report.captions) >= 2
    assert {caption.role("C1").appearance for caption in report.captions} == {
        "Mara, a woman: light brown hair, orange and black clothes"
    }
    assert sum(entry.kind == "reference" for entry in report.ledger) == 2


def test_a_resumed_run_needs_no_originals(
    files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    def dies(path: Path) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("scripting.references.pictures.study_picture", dies)
        api.write(PROMPT, "a", refs={"Mara": files["image"]}, llm="rules")
    files["image"].unlink()
    film = api.write(None, "a", llm="rules", resume=True)
    assert "light brown hair" in film.caption.role("C1").appearance
    assert any("from reference mara.png" in entry.why for entry in film.record.ledger)


def test_three_roles_may_have_references_and_a_fourth_is_refused_before_a_model_is_asked(
    files: dict[str, Path],
) -> None:
    prompt = "Mara, Tom, Lena and Otto wait on a pier."
    model = Model(answers({}))
    references = tuple(ReferenceRequest(who=who, file=files["image"]) for who in ("Mara", "Tom", "Lena", "Otto"))
    with pytest.raises(UsageError, match="At most 3 roles can have references, got Mara, Tom, Lena, Otto"):
        write_script(WriteRequest(prompt=prompt, references=references), LlmSession(model))
    assert model.asked == []
    report = write_script(WriteRequest(prompt=prompt, references=references[:3]), LlmSession(None))
    assert report.caption is not None
    looks = [role.appearance for role in report.caption.roles]
    assert sum("light brown hair" in look for look in looks) == 3


def test_two_pictures_for_one_role_are_refused_under_any_name(files: dict[str, Path], tmp_path: Path) -> None:
    photo().crop((0, 0, 400, 500)).save(tmp_path / "other.png")
    references = (
        ReferenceRequest(who="Mara", file=files["image"]),
        ReferenceRequest(who="C1", file=tmp_path / "other.png"),
    )
    with pytest.raises(UsageError, match="One role can have one image reference"):
        write_script(WriteRequest(prompt=PROMPT, references=references), LlmSession(None))


def test_a_file_is_measured_once_however_many_roles_show_it(
    files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Path] = []

    def counted(path: Path) -> Any:
        looked.append(path)
        return study_picture(path)

    monkeypatch.setattr("scripting.references.pictures.study_picture", counted)
    (tmp_path / "copy.png").write_bytes(files["image"].read_bytes())
    references = (
        ReferenceRequest(who="Mara", file=files["image"]),
        ReferenceRequest(who="Tom", file=tmp_path / "copy.png"),
    )
    checkpoints = tmp_path / "checkpoints.sqlite"
    request = WriteRequest(prompt=PROMPT, references=references)

    def dies(question: Question) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_script(request, LlmSession(Model(dies)), checkpoints=checkpoints)
    report = write_script(request, LlmSession(None), checkpoints=checkpoints)
    assert report.caption is not None
    assert len(looked) == 1  # neither the second role nor the resumed run looked again


def test_a_film_is_written_from_the_runs_own_copies(
    files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    film = api.write(PROMPT, "a", refs={"Mara": [files["image"], files["audio"]]}, llm="rules")
    mara = film.caption.role("C1")
    assert mara.reference.image and mara.reference.audio
    assert "light brown hair" in mara.appearance
    ledger = json.dumps([entry.model_dump(mode="json") for entry in Film.open(film.path).record.ledger])
    assert "from reference mara.png" in ledger and str(tmp_path) not in ledger
    save_wav(tmp_path / "short.wav", tone(150, 0.4))
    with pytest.raises(UsageError, match="at least 1 s"):
        api.write(PROMPT, "b", refs={"Mara": "short.wav"}, llm="rules")
    assert not Path("b.mavin").exists()
