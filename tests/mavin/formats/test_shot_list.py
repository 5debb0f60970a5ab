"""Shot lists: read by other people's code, exact in what they claim, harmless in a spreadsheet, back in the film."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings

from mavin.errors import MavinError
from mavin.formats import Document, FilmScript, FormatError, LossKind, find, recognise
from tests.mavin.formats.scripts import GOLDEN, films

CSV = find("csv")


@settings(max_examples=25)
@given(script=films())
def test_a_table_that_comes_back_is_the_film(script: FilmScript) -> None:
    content = CSV.export(script).content
    assert CSV.load(Document(content, "film.csv"), script).script.clips == script.clips
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        assert not any(cell.lstrip(" \t\r\n").startswith(("=", "+", "-", "@")) for cell in row)


@settings(max_examples=25)
@given(script=films())
def test_a_stranger_gets_what_the_table_claims(script: FilmScript) -> None:
    new = CSV.load(Document(CSV.export(script).content, "film.csv")).script
    for old, clip in zip(script.clips, new.clips, strict=True):
        names = {role.id: role.name for role in clip.caption.roles}
        once = {role.id: " ".join(role.name.split()) for role in old.caption.roles}
        for before, after in zip(old.caption.shots, clip.caption.shots, strict=True):
            assert after.model_copy(update={"roles": before.roles, "overrides": before.overrides}) == before
            assert [names[role] for role in after.roles] == [once[role] for role in before.roles]
        for line, back in zip(old.caption.dialogue, clip.caption.dialogue, strict=True):
            assert back.model_copy(update={"role": line.role}) == line
            assert names[back.role] == once[line.role]


def test_a_formula_stays_words_in_both_kinds_of_table() -> None:
    from openpyxl import load_workbook

    data = GOLDEN.model_dump(mode="json")
    data["shots"][0]["action"] = '=HYPERLINK("http://x","y")'
    data["shots"][1]["action"] = "'=already"
    data["shots"][2]["action"] = "＝１＋１"
    script = FilmScript.of(type(GOLDEN).model_validate(data))
    table = CSV.export(script).content
    assert b"'=HYPERLINK" in table
    assert CSV.load(Document(table, "x.csv"), script).script.clips == script.clips
    book = load_workbook(io.BytesIO(find("xlsx").export(script).content))
    rows = list(book["Shots"].iter_rows(min_row=2))
    action = [cell.value for cell in next(book["Shots"].iter_rows(max_row=1))].index("Action")
    assert next((row[action].value, row[action].data_type) for row in rows) == ('=HYPERLINK("http://x","y")', "s")
    assert [row[3].value for row in rows] == [0, 2.5, 5.125]
    assert [cell.value for cell in list(book["Cast"].iter_rows(min_row=2))[1]][1:4] == [
        "C2",
        "Mara",
        "a young sailor in a yellow jacket",
    ]


def test_changes_made_in_a_spreadsheet_come_back() -> None:
    script = FilmScript.of(GOLDEN)
    text = CSV.export(script).content.decode("utf-8-sig")
    text = text.replace("close up,eye,dolly in", "CU,low angle,push in").replace("5.125", "5.5").replace(",", ";")
    text = text.replace("The keeper climbs", "He runs up")
    caption = CSV.load(Document(text.encode(), "edited.csv"), script).script.caption
    assert (caption.shot("S2").camera.size, caption.shot("S2").camera.movement) == ("close_up", "dolly_in")
    assert caption.shot("S2").camera.angle == "low"
    assert caption.cuts_ms == (2500, 5500)
    assert caption.shot("S1").action.startswith("He runs up")
    assert caption.shot("S2").overrides == GOLDEN.shot("S2").overrides  # not in the table, so it stays


def test_a_strangers_shot_list_becomes_a_film() -> None:
    text = (
        "Shot #\tDescription\tDuration\tShot Type\tCharacters\tDialogue\tLens\n"
        "1A\tAnna runs.\t4\tWS\tAnna, Ben\tANNA: Wait!\t35mm\n2\tBen turns.\t00:00:05\tsideways\tBen\t\t50mm\n"
    )
    document = Document(text.encode("utf-16"), "list.tsv")
    assert recognise(document) is CSV
    back = CSV.load(document)
    caption = back.script.caption
    assert [(shot.start_ms, shot.end_ms, shot.action) for shot in caption.shots] == [
        (0, 4000, "Anna runs."),
        (4000, 9000, "Ben turns."),
    ]
    assert [role.name for role in caption.roles] == ["Anna", "Ben"]
    assert (caption.dialogue[0].text, caption.role(caption.dialogue[0].role).name) == ("Wait!", "Anna")
    assert caption.shots[1].camera.note == "sideways"
    told = {(loss.kind, loss.what) for loss in back.losses}
    assert (LossKind.LOST, "columns: Lens") in told
    assert (LossKind.CHANGED, "the size 'sideways' stands in the camera's note") in told


SHOTS = "1,She runs,4\n2,He stops,3\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sep=;\nShot;Action;Duration\n" + SHOTS.replace(",", ";"), None),
        ("The film\n\nShot,Action,Duration\n" + SHOTS, "what stands above the headings"),
        ("Shot|Action|Duration\n" + SHOTS.replace(",", "|"), None),
        ('"Shot","Action","Length, in all",Duration\n1,She runs,x,4\n2,He stops,,3\n', "columns: Length, in all"),
        ("Shot,Action,TC In,TC Out\n1,She runs,01:00:00:00,01:00:04:00\n2,He stops,01:00:04:00,01:00:07:00\n",
         "times are counted from the first shot, which begins at 3600.0 s"),
        ("Shot,Action,Duration\n1,She runs,4,and,more\n2,He stops,3\n", "cells behind the last heading"),
    ],
)  # fmt: skip
def test_tables_as_other_programs_write_them(text: str, told: str | None) -> None:
    document = Document(text.encode(), "list.dat")
    assert recognise(document) is CSV
    back = CSV.load(document)
    assert [(shot.start_ms, shot.end_ms, shot.action) for shot in back.script.caption.shots] == [
        (0, 4000, "She runs"),
        (4000, 7000, "He stops"),
    ]
    assert told in {None, *(loss.what for loss in back.losses)}


def test_a_shot_number_with_a_letter_is_its_title_and_two_columns_of_one_meaning_are_both_kept() -> None:
    back = CSV.load(Document(b"Shot,Action,Description,Scene\n12A,She runs,fast,Sea\n", "list.csv")).script.caption
    assert (back.shots[0].title, back.shots[0].action, back.shots[0].setting) == ("12A", "She runs; fast", "Sea")
    with pytest.raises(MavinError, match="row 2, column Duration: expected a time in seconds"):
        CSV.load(Document(b"Shot,Duration\n1,four\n", "list.csv"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Shot,Start (s),Action\n", "at least one shot"),
        ("Shot,Start (s),End (s)\nS1,0,x\n", "row 2, column End"),
        ("Shot,Start (s),End (s)\nS1,3,2\n", "an end after the start"),
        ('Shot,Start (s),Action\nS1,0,"unclosed\n', "must be CSV|row"),
        ("Shot,Start (s),Action\nS1,0," + "x" * 200_000, "must be CSV"),
        ("Shot,Action\n" + "S,x\n" * 5_002, "at most 5000 rows"),
        ('Shot,Action,Dialogue\nS1,x,"Mara 0–1s: ""open"\n', "closing quotation|column Dialogue|must be CSV"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(content: str, words: str) -> None:
    with pytest.raises(MavinError, match=words):
        CSV.load(Document(content.encode(), "list.csv"))


def test_more_words_than_a_cell_takes_are_refused() -> None:
    data = GOLDEN.model_dump(mode="json")
    data["shots"][0]["action"] = "x" * 40_000
    with pytest.raises(FormatError, match="at most 32767 characters"):
        find("xlsx").export(FilmScript.of(type(GOLDEN).model_validate(data)))
