"""Fountain: exact for us, read by other programs, and whatever the syntax allows comes in."""

from __future__ import annotations

import io
import json
import time

import pytest
from hypothesis import given, settings

from mavin.errors import MavinError
from mavin.formats import Document, FilmScript, Incoming, find, recognise
from tests.mavin.formats.scripts import GOLDEN, films

FOUNTAIN = find("fountain")
SCRIPT = FilmScript.of(GOLDEN)


def read(text: str, base: FilmScript | None = None) -> Incoming:
    return FOUNTAIN.load(Document(text.encode(), "story.fountain"), base)


def lines(text: str) -> list[tuple[str, str]]:
    return [
        (clip.caption.role(line.role).name, line.text)
        for clip in read(text).script.clips
        for line in clip.caption.dialogue
    ]


def shots(text: str) -> list[tuple[str, str]]:
    return [(shot.setting, shot.action) for clip in read(text).script.clips for shot in clip.caption.shots]


def told(text: str) -> set[str]:
    return {loss.what for loss in read(text).losses}


@settings(max_examples=25)
@given(script=films())
def test_a_screenplay_is_exact_for_its_film_and_for_a_stranger(script: FilmScript) -> None:
    document = Document(FOUNTAIN.export(script).content, "film.fountain")
    assert FOUNTAIN.load(document, script).script.clips == script.clips
    assert [clip.caption for clip in FOUNTAIN.load(document).script.clips] == [clip.caption for clip in script.clips]


def test_other_programs_read_scenes_and_speakers() -> None:
    from screenplain.parsers import fountain
    from screenplain.types import Dialog, Slug

    data = GOLDEN.model_dump(mode="json")
    data["shots"][0]["action"], data["shots"][1]["action"] = "MARA", "INT. is what it says."
    data["dialogue"][0]["text"] = "(aside) *Come* home."
    script = FilmScript.of(type(GOLDEN).model_validate(data))
    text = FOUNTAIN.export(script).content.decode()
    found = list(fountain.parse(io.StringIO(text)))
    assert [str(each.line) for each in found if isinstance(each, Slug)] == [
        shot.setting.upper() for shot in GOLDEN.shots
    ]
    said = [each for each in found if isinstance(each, Dialog)]
    assert [str(each.character).removesuffix(" (O.S.)") for each in said] == ["keeper", "Mara"]
    assert "(aside)" in "".join(str(words) for _, words in said[0].blocks)
    assert FOUNTAIN.load(Document(text.encode(), "x"), script).script.clips == script.clips


def test_what_was_rewritten_elsewhere_comes_back() -> None:
    text = FOUNTAIN.export(SCRIPT).content.decode()
    text = text.replace("Come home, Mara.", "Come home.").replace("!The keeper climbs", "!Nobody climbs")
    text = text.replace("@Mara (O.S.)", "@MARA (V.O.)").replace("#### S3 The sea", "#### S3 The open sea")
    text += "\n@keeper\nAt last!\n"
    after = read(text, SCRIPT).script.caption
    assert after.dialogue[0].text == "Come home."
    assert after.shot("S1").action.startswith("Nobody climbs")
    assert after.shot("S3").title == "The open sea"
    assert after.shot("S2").overrides == GOLDEN.shot("S2").overrides
    added = after.dialogue[2]
    assert (added.id, added.role, added.text, added.start_ms) == ("L3", "C1", "At last!", 6900)
    assert after.cuts_ms == GOLDEN.cuts_ms


def test_a_damaged_note_is_told_with_its_words() -> None:
    text = FOUNTAIN.export(SCRIPT).content.decode()
    with pytest.raises(MavinError, match=r"note .* cannot be read"):
        read(text.replace("K1 S2 2.5–5.125s", "K1 S2 soon"), SCRIPT)
    with pytest.raises(MavinError, match="clips"):
        read(text.replace("mavin: K1", "mavin: K7"), SCRIPT)


SCENE = "INT. HOUSE - DAY\n\n"
CASES: list[tuple[str, list[tuple[str, str]], list[tuple[str, str]]]] = [
    # text, what is seen, what is said
    ("INT. HOUSE - DAY\n\nMara waits.\n", [("INT. HOUSE - DAY", "Mara waits.")], []),
    ("EXT. SEA\n\nWaves.\n", [("EXT. SEA", "Waves.")], []),
    ("int. house - day\n\nMara waits.\n", [("int. house - day", "Mara waits.")], []),
    ("INT./EXT. CAR - NIGHT\n\nRain.\n", [("INT./EXT. CAR - NIGHT", "Rain.")], []),
    ("I/E CAR\n\nRain.\n", [("I/E CAR", "Rain.")], []),
    ("EST. CITY\n\nLights.\n", [("EST. CITY", "Lights.")], []),
    ("INT. HOUSE #12A#\n\nMara waits.\n", [("INT. HOUSE", "Mara waits.")], []),
    (".SNIPER SCOPE\n\nA dot.\n", [("SNIPER SCOPE", "A dot.")], []),
    (".海辺\n\nMara waits.\n", [("海辺", "Mara waits.")], []),
    (SCENE + "...and then she runs.\n", [("INT. HOUSE - DAY", "...and then she runs.")], []),
    (SCENE + "One.\n\nTwo.\n", [("INT. HOUSE - DAY", "One."), ("INT. HOUSE - DAY", "Two.")], []),
    (SCENE + "One\ntwo.\n", [("INT. HOUSE - DAY", "One two.")], []),
    (SCENE + "!BANG\nIt falls.\n", [("INT. HOUSE - DAY", "BANG It falls.")], []),
    (SCENE + "She *waits* and **waits** and _waits_.\n", [("INT. HOUSE - DAY", "She waits and waits and waits.")], []),
    (SCENE + "Five \\* stars.\n", [("INT. HOUSE - DAY", "Five * stars.")], []),
    (SCENE + "She [[why?]] waits.\n", [("INT. HOUSE - DAY", "She"), ("INT. HOUSE - DAY", "waits.")], []),
    (SCENE + "She /* never */ waits.\n", [("INT. HOUSE - DAY", "She waits.")], []),
    (SCENE + "She waits.\n\n> FADE TO BLACK.\n", [("INT. HOUSE - DAY", "She waits.")], []),
    (SCENE + "She waits.\n\nCUT TO:\n", [("INT. HOUSE - DAY", "She waits.")], []),
    (SCENE + "She waits.\n\n>THE END<\n", [("INT. HOUSE - DAY", "She waits.")], []),
    (SCENE + "She waits.\n\n===\n", [("INT. HOUSE - DAY", "She waits.")], []),
    ("# Act\n\n" + SCENE + "= what happens\n\nShe waits.\n", [("INT. HOUSE - DAY", "She waits.")], []),
    (SCENE + "She waits.\n\nMARA\nHello.\n", [("INT. HOUSE - DAY", "She waits.")], [("MARA", "Hello.")]),
    (SCENE + "MARA\nHello.\n", [("INT. HOUSE - DAY", "MARA speaks.")], [("MARA", "Hello.")]),
    (SCENE + "@McAvoy\nHello.\n", [("INT. HOUSE - DAY", "McAvoy speaks.")], [("McAvoy", "Hello.")]),
    (SCENE + "MARA (O.S.)\nHello.\n", [("INT. HOUSE - DAY", "MARA speaks.")], [("MARA", "Hello.")]),
    (SCENE + "MARA (CONT'D)\nHello.\n", [("INT. HOUSE - DAY", "MARA speaks.")], [("MARA", "Hello.")]),
    (SCENE + "MARA\n(softly)\nHello\nthere.\n", [("INT. HOUSE - DAY", "MARA speaks.")], [("MARA", "Hello there.")]),
    (SCENE + "MARA\nHi.\n\nTOM ^\nHo.\n", [("INT. HOUSE - DAY", "MARA speaks.")], [("MARA", "Hi."), ("TOM", "Ho.")]),
    (SCENE + "R2D2\nBeep.\n", [("INT. HOUSE - DAY", "R2D2 speaks.")], [("R2D2", "Beep.")]),
    ("Title: A Day\nAuthor: N\n\n" + SCENE + "She waits.\n", [("INT. HOUSE - DAY", "She waits.")], []),
    ("Title:\n\t_A Day_\n\tat sea\n\n" + SCENE + "She waits.\n", [("INT. HOUSE - DAY", "She waits.")], []),
    ("\ufeff" + SCENE.replace("\n", "\r\n") + "She waits.\r\n", [("INT. HOUSE - DAY", "She waits.")], []),
]


@pytest.mark.parametrize(("text", "seen", "said"), CASES, ids=[str(number) for number in range(len(CASES))])
def test_every_rule_of_the_syntax(text: str, seen: list[tuple[str, str]], said: list[tuple[str, str]]) -> None:
    assert recognise(Document(text.encode(), "anything.txt")) is FOUNTAIN
    assert (shots(text), lines(text)) == (seen, said)


def test_what_has_no_place_is_told() -> None:
    text = (
        "Title: A Day\nAuthor: N\n\n# Act\n\n"
        + SCENE
        + "= synopsis\n\nShe waits. [[why]] /* cut */\n\n> CUT TO:\n\n>end<\n\n"
        "===\n\nMARA (O.S.)\n(softly)\nHi.\n\nTOM ^\nHo.\n"
    )
    assert {
        "the title page's author", "sections", "synopses", "notes", "transitions", "centered text", "page breaks",
        "text that was cut out with /* */", "lines that are said at the same time follow each other",
    } <= told(text)  # fmt: skip
    caption = read(text).script.caption
    assert caption.title == "A Day"
    assert [(line.delivery, line.on_screen) for line in caption.dialogue] == [("softly", False), ("", True)]


def test_a_long_screenplay_becomes_several_films_and_a_monologue_several_lines() -> None:
    scene = (
        SCENE
        + "Mara waits at the window for a long time.\n\nMARA\n"
        + "I have waited for you, all day long. " * 8
        + "\n\n"
    )
    read_in = read(scene * 60)
    assert read_in.more
    films = (read_in.script, *read_in.more)
    assert all(len(film.clips) <= 40 for film in films)
    first = films[0].caption
    assert all(line.end_ms <= first.duration_ms for line in first.dialogue)
    said = " ".join(line.text for film in films for clip in film.clips for line in clip.caption.dialogue)
    assert said.split() == ("I have waited for you, all day long. " * 8 * 60).split()  # not a word is lost


def test_prose_is_no_screenplay_and_large_files_are_bounded() -> None:
    with pytest.raises(MavinError, match="form that can be imported"):
        recognise(Document(b"Mara waited.\n\nIt was late.\n", "letter.txt"))
    with pytest.raises(MavinError, match="at most 3000000 characters"):
        read(SCENE + "She waits.\n\n" * 300_000)
    begun = time.monotonic()
    with pytest.raises(MavinError, match="minutes"):
        read(SCENE + "She waits and waits.\n\n" * 12_000)
    assert time.monotonic() - begun < 60


def test_the_notes_are_json_that_ends_no_note() -> None:
    data = GOLDEN.model_dump(mode="json")
    data["shots"][0]["camera"]["note"] = ']] [[ /* \u2028 */ " \\'
    script = FilmScript.of(type(GOLDEN).model_validate(json.loads(json.dumps(data))))
    content = FOUNTAIN.export(script).content
    assert FOUNTAIN.load(Document(content, "x"), script).script.clips == script.clips
