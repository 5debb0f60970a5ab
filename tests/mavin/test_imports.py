"""Bringing files in as a library does: films, their references, and edits as a proposal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

import mavin
from mavin.api.imports import propose_import
from mavin.edits import RewordLine
from mavin.errors import UsageError
from mavin.formats import FilmScript, LossKind, find
from tests.mavin.formats.scripts import GOLDEN


def test_reference_files_come_along_where_they_are_and_are_told_where_not(tmp_path: Path) -> None:
    data = GOLDEN.model_dump(mode="json")
    data["roles"][0]["reference"] = {"image": "face.png", "audio": "../outside.wav"}
    data["roles"][1]["reference"] = {"image": "nobody.png", "audio": None}
    for shot in data["shots"]:
        shot["overrides"] = []
    Image.new("RGB", (64, 64), "red").save(tmp_path / "face.png")
    (tmp_path / "lamp.json").write_text(json.dumps(data), encoding="utf-8")
    made = mavin.import_film(tmp_path / "lamp.json", tmp_path / "lamp")
    (film,) = made.films
    keeper, mara = film.clips[0].caption.roles
    assert keeper.reference.image is not None
    assert (film.path / keeper.reference.image).is_file()
    assert (keeper.reference.audio, mara.reference.image) == (None, None)
    lost = {loss.path: loss.what for loss in made.losses if loss.kind is LossKind.LOST}
    assert lost["roles.C1.reference.audio"] == "the file ../outside.wav"
    assert lost["roles.C2.reference.image"] == "the file nobody.png"
    assert "roles.C1.reference.image" not in lost


def test_a_long_file_makes_films_that_are_numbered_and_none_if_one_has_no_place(tmp_path: Path) -> None:
    text = "INT. HOUSE\n\n" + "She waits at the window for a long time, and then for another.\n\n" * 300
    (tmp_path / "long.fountain").write_text(text)
    (tmp_path / "long-2.mavin").write_text("taken")
    with pytest.raises(UsageError, match=r"long-2\.mavin exists"):
        mavin.import_film(tmp_path / "long.fountain", tmp_path / "long.mavin")
    assert not (tmp_path / "long-1.mavin").exists()
    (tmp_path / "long-2.mavin").unlink()
    made = mavin.import_film(tmp_path / "long.fountain", tmp_path / "long.mavin")
    assert [film.path.name for film in made.films] == [
        f"long-{number}.mavin" for number in range(1, len(made.films) + 1)
    ]
    assert len(made.films) > 1


def test_a_proposal_changes_nothing_before_it_is_saved(tmp_path: Path) -> None:
    (tmp_path / "lamp.json").write_text(GOLDEN.model_dump_json(), encoding="utf-8")
    (film,) = mavin.import_film(tmp_path / "lamp.json", tmp_path / "lamp").films
    words = find("srt").export(FilmScript.of(GOLDEN)).content.replace(b"Come home, Mara.", b"Come home now.")
    (tmp_path / "lamp.srt").write_bytes(words)
    found = propose_import(film, tmp_path / "lamp.srt")
    assert [type(op) for _, op in found.proposal.operations] == [RewordLine]
    assert mavin.open(film.path).rev == 1
    found.proposal.save()
    after = mavin.open(film.path)
    assert (after.rev, after.clips[0].caption.dialogue[0].text) == (2, "Come home now.")
    with pytest.raises(UsageError, match="must be a file, got a folder"):
        propose_import(film, film.path)
