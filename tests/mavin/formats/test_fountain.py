"""Fountain: exact for us, read by other programs, and whatever the syntax allows comes in."""

from __future__ import annotations

import io
import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


def test_the_parser_alone_sees_scenes_speakers_and_lines() -> None:
    """Read by screenplay-tools without anything of ours between."""
    from screenplay_tools.fountain.parser import Parser

    parser = Parser()
    parser.add_text(FOUNTAIN.export(SCRIPT).content.decode())
    found = [(type(each).__name__, str(getattr(each, "name", None) or each.text)) for each in parser.script.elements]
    shown = {kind: [words for one, text in found if one == kind and (words := text.strip())] for kind, _ in found}
    assert shown["SceneHeading"] == [shot.setting for shot in GOLDEN.shots]
    assert shown["Action"] == [shot.action for shot in GOLDEN.shots]
    assert shown["Character"] == ["keeper", "Mara"]
    assert shown["Dialogue"] == [line.text for line in GOLDEN.dialogue]
    assert shown["Section"][1:] == [f"{shot.id} {shot.title}" for shot in GOLDEN.shots]


def test_what_another_program_wrote_comes_in() -> None:
    from screenplay_tools.fountain.writer import Writer
    from screenplay_tools.screenplay import Action, Character, Dialogue, Parenthetical, SceneHeading, Script

    script = Script()
    for element in (
        SceneHeading("EXT. SEA - DAY"), Action("Waves."), Character("MARA", extension="O.S."), Parenthetical("low"),
        Dialogue("Come home."), Action("She goes."), SceneHeading("INT. HOUSE"), Action("Empty."),
    ):  # fmt: skip
        script.add_element(element)
    text = Writer().write(script)
    assert shots(text) == [("EXT. SEA - DAY", "Waves."), ("EXT. SEA - DAY", "She goes."), ("INT. HOUSE", "Empty.")]
    assert lines(text) == [("MARA", "Come home.")]


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
    (SCENE + "She [[why?]] waits.\n", [("INT. HOUSE - DAY", "She waits.")], []),
    (SCENE + "She [[why\n  \nnot?]] waits.\n", [("INT. HOUSE - DAY", "She waits.")], []),
    (SCENE + "She [[ waits.\n\n", [("INT. HOUSE - DAY", "She [[ waits.")], []),
    (SCENE + "She /* waits.\n", [("INT. HOUSE - DAY", "She /* waits.")], []),
    (SCENE + "[[a /* b]]\n\nShe waits. /* c */\n", [("INT. HOUSE - DAY", "She waits.")], []),
    (SCENE + "She reads:\nint. the sea.\n", [("INT. HOUSE - DAY", "She reads: int. the sea.")], []),
    (SCENE + "She waits.\nEXT. SEA\nWaves.\n", [("INT. HOUSE - DAY", "She waits."), ("EXT. SEA", "Waves.")], []),
    ("FADE IN:\n\nEXT. SEA\n\nWaves.\n\nFADE OUT.\n", [("EXT. SEA", "Waves.")], []),
    (SCENE + "She waits.\n\nSMASH-CUT TO:\n", [("INT. HOUSE - DAY", "She waits.")], []),
    (SCENE + "FADE IN: a light.\n", [("INT. HOUSE - DAY", "FADE IN: a light.")], []),
    (
        SCENE + "THE DOOR SLAMS!\n\nShe waits.\n",
        [(SCENE.strip(), "THE DOOR SLAMS!"), (SCENE.strip(), "She waits.")],
        [],
    ),
    (SCENE + "ÉLODIE\nSalut.\n", [("INT. HOUSE - DAY", "ÉLODIE speaks.")], [("ÉLODIE", "Salut.")]),
    (".ДОМ\n\nМАРА (из кухни)\nПривет.\n", [("ДОМ", "МАРА speaks.")], [("МАРА", "Привет.")]),
    (".海\n\n彼は走る。\n彼女も。\n\n@海子\nはい。\n", [("海", "彼は走る。 彼女も。")], [("海子", "はい。")]),
    (SCENE + "8BALL\nHi.\n", [("INT. HOUSE - DAY", "8BALL speaks.")], [("8BALL", "Hi.")]),
    (SCENE + "23\nHi.\n", [("INT. HOUSE - DAY", "23 Hi.")], []),
    (SCENE + "MARA\nSay\nExt 5, please.\n", [("INT. HOUSE - DAY", "MARA speaks.")], [("MARA", "Say Ext 5, please.")]),
    (
        SCENE + "MARA\n.38 special.\n#1 fan.\n",
        [("INT. HOUSE - DAY", "MARA speaks.")],
        [("MARA", ".38 special. #1 fan.")],
    ),
    (SCENE + "MARA\n(sighs)\n\nShe goes.\n", [("INT. HOUSE - DAY", "She goes.")], []),
    (
        SCENE + "MARA\nHi.\n \nShe goes.\n",
        [(SCENE.strip(), "MARA speaks."), (SCENE.strip(), "She goes.")],
        [("MARA", "Hi.")],
    ),
    (SCENE + "MARA\nHi.\n  \nHo.\n", [("INT. HOUSE - DAY", "MARA speaks.")], [("MARA", "Hi. Ho.")]),
    (SCENE + "MARA\n~la la\nAnd on.\n", [("INT. HOUSE - DAY", "MARA speaks.")], [("MARA", "la la And on.")]),
    (
        "He says: no.\n\n" + SCENE + "She waits.\n",
        [("an empty stage", "He says: no."), (SCENE.strip(), "She waits.")],
        [],
    ),
    ("\n\nTitle: A Day\nNotes: one\n\ttwo\n\n" + SCENE + "She waits.\n", [("INT. HOUSE - DAY", "She waits.")], []),
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


def test_manners_stand_in_brackets_and_behind_names() -> None:
    text = SCENE + "MARA (O.S., on the radio)\n(aside (to Tom))\n(low)\nHi.\n\nTOM (in the office) (CONT'D)\nHo.\n"
    caption = read(text).script.caption
    assert [(line.delivery, line.on_screen) for line in caption.dialogue] == [
        ("on the radio, aside (to Tom), low", False),
        ("in the office", True),
    ]


def test_how_long_lines_take_depends_on_their_language() -> None:
    caption = read(".海\n\n@海子\n" + "さようなら、また明日ね。" * 12 + "\n").script
    found = [line for clip in caption.clips for line in clip.caption.dialogue]
    assert caption.caption.language == "ja"
    assert "".join(line.text for line in found) == "さようなら、また明日ね。" * 12
    assert all(1500 < (line.end_ms - line.start_ms) / line.text.count("。") < 2500 for line in found)


def test_what_is_nowhere_in_the_film_is_told() -> None:
    found = told("INT. A\n\nINT. B\n\nRun.\n\nMARA\n(sighs)\n\nINT. C\n")
    assert {"scenes in which nothing happens", "speakers who say nothing"} <= found
    assert "scenes in which nothing happens" not in told(SCENE + "MARA\nHi.\n\n.POV\n\nRun.\n")


SAYINGS = st.sampled_from(
    ["Hello.", "Ext 5, please.", "int. what?", "FADE IN: no.", "CUT TO:", "A (small) thing", ".38 special", "#1 fan", "INT. A",
     "Wait (beat) now", "EST. 1999", "TO: you", "ÜBER ALLEN", "NO\u00a0WAY", "He dialed *69.", "it's [[ here", "a /* b", "Да."]
)  # fmt: skip
DOINGS = st.sampled_from(
    ["She waits.", "estuary birds call.", "He says: no.", "Müller runs.", "It is (almost) dark.", "ВСЁ СТОИТ.", "BANG!", "7 birds."]
)  # fmt: skip
BLOCKS = st.one_of(
    st.tuples(st.just("heading"), st.sampled_from(["INT. A", "EXT. B - NIGHT", ".ROOF", "int./ext. car", ".Ölhafen"])),
    st.tuples(st.just("action"), DOINGS),
    st.tuples(st.sampled_from(["MARA", "ÉLODIE", "МАРА", "@McAvoy", "R2D2", "8BALL"]), st.lists(SAYINGS, min_size=1, max_size=3)),
)  # fmt: skip


@settings(max_examples=60)
@given(blocks=st.lists(BLOCKS, min_size=1, max_size=8), between=st.sampled_from(["\n\n", "\n \n", "\n\n\n", "\n\t\n"]))
def test_words_stay_with_whom_they_belong_to(blocks: list[tuple[str, Any]], between: str) -> None:
    """Whatever stands in a line or a paragraph, it is said by its speaker or seen, and in order."""
    setting, seen, said, parts = "", [], [], []
    for kind, words in blocks:
        if kind in {"heading", "action"}:
            parts.append(words)
            if kind == "heading":
                setting = words.removeprefix(".")
            else:
                seen.append((setting or "an empty stage", words))
        else:
            parts.append("\n".join((kind, *words)))
            said.append((kind.removeprefix("@"), " ".join(" ".join(words).split())))
    if not seen and not said:
        return
    text = between.join(parts) + "\n"
    assert [shot for shot in shots(text) if not shot[1].endswith(" speaks.")] == seen
    assert lines(text) == said


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
    with pytest.raises(MavinError, match="at most 1000000 characters"):
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
