"""Names, paths, references, the log's lines and the advice of a film's scripts."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from mavin.caption import HierarchicalCaption, InvalidCaptionError
from mavin.diagnostics import Severity
from mavin.errors import UsageError
from mavin.film import environment, free_name, resolve_inside, script_diagnostics, slug, without_credentials
from mavin.film import history as log
from mavin.film.references import adopt_references, named_files, store_reference


def test_the_environment_names_versions_and_no_place() -> None:
    found = environment()
    assert {"python", "mavin", "pydantic"} <= set(found)
    assert not [value for value in found.values() if "/" in value]


@pytest.mark.parametrize(
    ("uri", "shown"),
    [
        ("rules", "rules"),
        ("http://user:secret@host:8000/v1?key=secret#secret", "http://host:8000/v1"),
        ("replay:run.jsonl?from=http://user:secret@host/v1", "replay:run.jsonl"),
    ],
)
def test_credentials_are_never_stored(uri: str, shown: str) -> None:
    assert without_credentials(uri) == shown


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Sea, at Night", "the-sea-at-night"),
        ("../../etc/passwd", "etc-passwd"),
        ("…", "film"),
        ("", "film"),
        ("con", "con-film"),
        ("Été à Paris", "été-à-paris"),
        ("灯台の夜", "灯台の夜"),
        ("a" * 300, "a" * 48),
        ("\ud800 x", "x"),
        (".hidden", "hidden"),
    ],
)
def test_slugs_are_safe_names(text: str, name: str) -> None:
    assert slug(text) == name
    assert len(slug("漢" * 300).encode()) <= 200


def test_free_names(tmp_path: Path) -> None:
    (tmp_path / "a.mavin").mkdir()
    (tmp_path / "a-2.mavin").mkdir()
    assert free_name(tmp_path, "a.mavin").name == "a-3.mavin"
    assert free_name(tmp_path, "b.mavin").name == "b.mavin"


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../x.png", "a/../../x", "C:\\x.png", "..\\x", "", " ", "\\\\host\\x", "a\0b"]
)
def test_paths_from_a_script_never_leave_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        resolve_inside(tmp_path, name)


def test_links_from_a_script_never_leave_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "film"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "loop.png").symlink_to(folder / "loop.png")
    (folder / "up").symlink_to(tmp_path)
    for name in ("link.png", "up/secret.png", "loop.png"):
        with pytest.raises(UsageError, match="links out"):
            resolve_inside(folder, name)
    assert resolve_inside(folder, "references/a.png") == folder / "references" / "a.png"


def test_references_are_stored_once_under_safe_names(tmp_path: Path) -> None:
    source = tmp_path / "My Photo;rm -rf.PNG"
    source.write_bytes(b"picture")
    first = store_reference(tmp_path / "film", source, "../Mara Voss")
    assert first == store_reference(tmp_path / "film", source, "../Mara Voss")
    assert first.startswith("references/mara-voss-")
    assert first.endswith(".png")
    assert (tmp_path / "film" / first).read_bytes() == b"picture"
    assert len(list((tmp_path / "film" / "references").iterdir())) == 1


def test_references_that_cannot_be_read_say_so(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder", "missing"):
        with pytest.raises(UsageError, match=r"reference"):
            store_reference(tmp_path / "film", tmp_path / name, "x")


def test_adopting_a_caption_copies_every_file_that_it_names(tmp_path: Path, caption: HierarchicalCaption) -> None:
    source, film = tmp_path / "source", tmp_path / "film"
    names = {name for path, _, name in named_files(caption)}
    assert names
    for name in names:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(name.encode())
    adopted = adopt_references(caption, source, film)
    assert {(film / name).read_bytes().decode() for _, _, name in named_files(adopted)} == names
    shutil.rmtree(source)
    with pytest.raises(InvalidCaptionError, match="there is none"):
        adopt_references(caption, source, tmp_path / "other")


def test_the_log_reads_only_whole_lines(tmp_path: Path) -> None:
    path = tmp_path / "h.jsonl"
    assert log.read_tail(path).entry is None
    for number in range(3):
        log.append(path, {"n": number}, log.read_tail(path))
    with path.open("ab") as file:
        file.write(b'{"n": 3')
    tail = log.read_tail(path)
    assert (tail.entry, tail.torn) == ({"n": 2}, 7)
    assert [entry["n"] for entry in log.read_from(path).entries] == [0, 1, 2]


def test_the_end_of_a_log_is_found_whatever_the_length_of_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "h.jsonl"
    for length in (10, 1 << 16, 70_000, 5, 600_000):
        log.append(path, {"n": length, "x": "x" * length}, log.read_tail(path))
        found = log.read_tail(path)
        assert (found.entry or {})["n"] == length
        assert (found.end, found.torn) == (path.stat().st_size, 0)
    with path.open("ab") as file:
        file.write(b"\0" * 70_000 + b"\n" + b"half")
    tail = log.read_tail(path)
    assert ((tail.entry or {})["n"], tail.torn) == (600_000, 70_005)


def test_the_checks_of_a_valid_script(caption: HierarchicalCaption, tmp_path: Path) -> None:
    data = caption.model_dump(mode="json")
    line = data["dialogue"][0]
    line.update(text="word " * 80, on_screen=True)
    for shot in data["shots"]:
        shot["roles"] = [role for role in shot["roles"] if role != line["role"]]
    data["roles"].append({"id": "C9", "name": "Nobody"})
    found = script_diagnostics(HierarchicalCaption.model_validate_json(json.dumps(data)), tmp_path)
    codes = [item.code for item in found]
    assert {"speech_impossible", "speaker_not_in_shot", "unused_role", "reference_file"} <= set(codes)
    assert codes[0] == "reference_file"  # the gravest first
    assert found[0].severity is Severity.ERROR
    # 2510 ms × 24 / 1000 = 60.24 frames: shown at frame 60, which begins at 2500 ms.
    data["shots"][0]["end_ms"] = data["shots"][1]["start_ms"] = 2510
    data["shots"][0]["sounds"] = []
    rounded = script_diagnostics(HierarchicalCaption.model_validate_json(json.dumps(data)))
    notes = [item.message for item in rounded if item.code == "frame_rounding"]
    assert [note for note in notes if "S2" in note and "frame 60 (2.500 s, -10 ms" in note]
