"""``mavin export`` and ``mavin import``: out of a film, into another program's hands, and back."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import opentimelineio as otio
import pytest

from mavin.film import Film

STORY = "INT. HOUSE - DAY\n\nMara waits.\n\nMARA\nHello there.\n\nEXT. SEA\n\nWaves.\n"


@pytest.fixture
def film(run: Any) -> str:
    """Two shots of 3 s; Mara speaks in the first."""
    made = run(
        "new", "-o", "talk", "--duration", "6", "--shots", "2", "--role", "Mara", "--line", "Mara 1-2.5: Who is there?"
    )
    assert made.exit_code == 0, made.stderr
    return "talk.mavin"


@pytest.fixture
def two(run: Any) -> str:
    """A film of two clips."""
    Path("story.fountain").write_text(
        STORY + "\nTide.\n\nGulls.\n\nA ship.\n\nNight falls on it, slowly and for good.\n" * 2
    )
    made = run("import", "story.fountain", "-o", "two")
    assert made.exit_code == 0, made.stderr
    assert len(Film.open("two.mavin").clips) > 1
    return "two.mavin"


def words(result: Any) -> str:
    return " ".join(result.stderr.split())


NAMES = {
    "a.otio": "otio", "a.otioz": "otioz", "a.fountain": "fountain", "a.spmd": "fountain", "a.pdf": "pdf", "a.xlsx": "xlsx",
    "a.edl": "edl", "a.xml": "fcp7", "a.fcp7": "fcp7", "a.fcpxml": "fcpxml", "a.srt": "srt", "A.SRT": "srt", "a.vtt": "vtt",
    "a.txt": "text", "a.text": "text", "a.md": "markdown", "a.markdown": "markdown", "a.csv": "csv", "a.json": "json",
    "a.schema.json": "json-schema",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_the_name_tells_the_format(run: Any, film: str, name: str) -> None:
    result = run("export", film, "-o", name, "--json")
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert (told["format"], [file["path"] for file in told["files"]]) == (NAMES[name], [name])
    assert Path(name).stat().st_size > 50


@pytest.mark.parametrize("name", ["a.doc", "a.yaml", "a"])
def test_a_name_that_tells_no_format_asks_for_it(run: Any, film: str, name: str) -> None:
    result = run("export", film, "-o", name)
    assert result.exit_code == 2
    assert f"The name {name} does not tell the format. Say in which format with --to: json," in words(result)
    wrong = run("export", film, "--to", "srt", "-o", "a.otio")
    assert (wrong.exit_code, "must be a .srt file" in words(wrong)) == (2, True)


@pytest.mark.parametrize("suffix", ["otio", "otioz", "fountain", "vtt", "txt", "csv", "srt", "json"])
def test_what_was_not_changed_changes_nothing(run: Any, film: str, suffix: str) -> None:
    assert run("export", film, "-o", f"a.{suffix}").exit_code == 0
    result = run("import", f"a.{suffix}", "--into", film)
    assert result.exit_code == 0, result.stderr
    assert "Nothing changes." in result.stdout + result.stderr
    assert Film.open(film).rev == 1
    new = run("import", f"a.{suffix}", "-o", "again")
    assert new.exit_code == 0, new.stderr
    assert [line.text for line in Film.open("again.mavin").clips[0].caption.dialogue] == ["Who is there?"]


def test_a_cut_made_elsewhere_is_shown_and_then_made(run: Any, film: str) -> None:
    run("export", film, "-o", "a.otio")
    cut = otio.adapters.read_from_file("a.otio")
    at = otio.opentime.RationalTime
    first, second = cut.tracks[0]
    first.source_range = otio.opentime.TimeRange(at(0, 24), at(60, 24))
    second.source_range = otio.opentime.TimeRange(at(60, 24), at(84, 24))
    otio.adapters.write_to_file(cut, "a.otio")
    shown = run("import", "a.otio", "--into", film, "--dry-run")
    assert shown.exit_code == 0
    assert "2.5" in shown.stdout
    assert Film.open(film).rev == 1
    assert run("import", "a.otio", "--into", film).exit_code == 0
    after = Film.open(film)
    assert (after.rev, after.clips[0].caption.cuts_ms) == (2, (2500,))
    assert run("undo", film).exit_code == 0
    assert Film.open(film).clips[0].caption.cuts_ms == (3000,)


@pytest.mark.parametrize("suffix", ["otio", "fountain", "vtt", "txt"])
def test_what_was_changed_in_the_film_meanwhile_stays(run: Any, film: str, suffix: str) -> None:
    """The file names its revision: only what was changed in the file is a change."""
    run("export", film, "-o", f"a.{suffix}")
    assert run("edit", film, "-m", 'S1 title: "The door"').exit_code == 0
    assert Film.open(film).clips[0].caption.shots[0].title == "The door"
    path = Path(f"a.{suffix}")
    path.write_text(path.read_text(encoding="utf-8").replace("Who is there?", "Who goes there?"), encoding="utf-8")
    if suffix == "otio":
        cut = otio.adapters.read_from_file("a.otio")
        for clip in cut.find_clips():
            if clip.metadata["mavin"]["kind"] == "line":
                clip.name = "Mara: Who goes there?"
        otio.adapters.write_to_file(cut, "a.otio")
    result = run("import", f"a.{suffix}", "--into", film)
    assert result.exit_code == 0, result.stderr
    caption = Film.open(film).clips[0].caption
    assert (caption.dialogue[0].text, caption.shots[0].title) == ("Who goes there?", "The door")


def test_a_revision_of_another_history_is_told(run: Any, film: str) -> None:
    run("edit", film, "-m", 'S1 title: "The door"')
    run("export", film, "-o", "a.fountain")
    run(
        "new", "-o", "other", "--duration", "6", "--shots", "2", "--role", "Mara", "--line", "Mara 1-2.5: Who is there?"
    )
    result = run("import", "a.fountain", "--into", "other.mavin", "--dry-run")
    assert result.exit_code == 0, result.stderr
    assert "the history has no revision 2, which the file names" in words(result)


def test_a_film_of_several_clips_is_printed_whole_or_clip_by_clip(run: Any, two: str) -> None:
    count = len(Film.open(two).clips)
    assert run("export", two, "--to", "fountain").stdout.count("[[mavin: K2 {") == 1
    assert len(json.loads(run("export", two, "--to", "json").stdout)) == count
    result = run("export", two, "--to", "kling-3")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "makes one file a clip" in words(result)
    assert "--clip (K1, K2" in words(result)
    json.loads(run("export", two, "--to", "kling-3", "--clip", "K2").stdout)
    assert run("export", two, "--to", "kling-3", "-o", "film.json").exit_code == 0
    for clip in Film.open(two).clips:
        json.loads(Path(f"film.{clip.id}.json").read_text(encoding="utf-8"))
    files = json.loads(run("export", two, "--to", "kling-3", "--json").stdout)["files"]
    assert [file["clip"] for file in files] == [clip.id for clip in Film.open(two).clips]


def test_a_strangers_screenplay_becomes_a_film_with_what_was_guessed(run: Any) -> None:
    Path("story.txt").write_text(STORY)
    result = run("import", "story.txt", "-o", "story", "--json")
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert told["format"] == "fountain"
    assert {loss["kind"] for loss in told["losses"]} >= {"guessed"}
    caption = Film.open("story.mavin").clips[0].caption
    assert [shot.setting for shot in caption.shots] == ["INT. HOUSE - DAY", "EXT. SEA"]
    again = run("import", "story.txt", "-o", "story")
    assert (again.exit_code, "--force" in words(again)) == (2, True)
    assert run("import", "story.txt", "-o", "story", "--force").exit_code == 0


BOMB = '<?xml version="1.0"?>\n<!DOCTYPE xmeml [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.xml", (BOMB + "]>\n<xmeml>&j;</xmeml>").encode(), "Final Cut Pro 7 XML can only be exported"),
        ("a.otio", (BOMB + "]>\n<timeline>&j;</timeline>").encode(), "XML and HTML cannot be read"),
        ("b.xml", b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>', "XML and HTML cannot be read"),
        ("a.fcpxml", b'<?xml version="1.0"?><fcpxml version="1.8">', "Final Cut Pro X XML can only be exported"),
        ("a.fdx", b'<?xml version="1.0"?>\n<FinalDraft DocumentType="Script">', "Save the screenplay as Fountain"),
        ("a.ass", b"[Script Info]\nTitle: x\n", "Save them as SubRip"),
        (
            "a.edl",
            b"TITLE: x\nFCM: NON-DROP FRAME\n\n001  AX V C 00:00:00:00 00:00:01:00",
            "an EDL can only be exported",
        ),
        ("a.pdf", b"%PDF-1.7\n\xe2\xe3", "a PDF can only be exported"),
    ],
)
def test_files_of_other_programs_are_told_what_to_do_and_never_unfolded(
    run: Any, name: str, content: bytes, told: str
) -> None:
    Path(name).write_bytes(content)
    begun = time.process_time()
    for more in ((), ("--from", "otio")):
        result = run("import", name, *more)
        assert result.exit_code == 3
        assert more or told in words(result)
        assert "root:" not in result.output
    assert time.process_time() - begun < 3
    assert not list(Path().glob("*.mavin"))


def test_a_workbook_is_to_be_saved_as_a_table(run: Any, film: str) -> None:
    run("export", film, "-o", "a.xlsx")
    result = run("import", "a.xlsx", "--into", film)
    assert (result.exit_code, "Save the sheet as CSV" in words(result)) == (3, True)
