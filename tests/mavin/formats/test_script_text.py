"""A script's text comes back to the byte; mistakes are named by line and column; what is new gets an id."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mavin.caption import HierarchicalCaption, load_caption
from mavin.edits import AddSound, EditError, MoveCut, Operation, Script, apply_all, operations_between
from mavin.formats.script_text import TextError, clip_text, film_text, read_text
from tests.conftest import GOLDEN_CAPTION
from tests.mavin.edits.strategies import EDITS, WORDS

GOLDEN = load_caption(GOLDEN_CAPTION.read_bytes())
TEXT = clip_text(GOLDEN)


def read(text: str, base: HierarchicalCaption | None = GOLDEN) -> HierarchicalCaption:
    return read_text(text, {"K1": base} if base is not None else None).clips[0].caption


def mistakes(text: str, base: HierarchicalCaption | None = GOLDEN) -> list[tuple[int, int, str]]:
    with pytest.raises(TextError) as caught:
        read_text(text, {"K1": base} if base is not None else None, "lamp.txt")
    assert str(caught.value).startswith("lamp.txt:")
    return [(item.line, item.column, item.message) for item in caught.value.problems]


def test_the_form_is_what_a_screenwriter_reads() -> None:
    assert '  C1 says 3.9–5.6s (whispering): "Come home, Mara." — [L1]\n' in TEXT  # the mark outside the words
    assert "\nS3 5.125–7.5s The sea\n" in TEXT  # three decimals where they are needed
    assert "\n  — C1 goes on [L1]\n" in TEXT
    assert "  Camera: wide, low, tilt up; seen through the railing\n" in TEXT
    assert read(TEXT, None) == GOLDEN


@settings(max_examples=120)
@given(st.lists(EDITS, max_size=6))
def test_every_script_comes_back_to_the_byte(operations: list[Operation]) -> None:
    script = Script(GOLDEN)
    for op in operations:
        try:
            script = apply_all(script, (op,)).after
        except EditError:
            continue
    text = clip_text(script.caption, 7)
    found = read_text(text)
    assert found.clips[0].caption.model_dump_json() == script.caption.model_dump_json()
    assert (found.rev, found.clips[0].notes) == (7, ())
    assert read(text.replace("\n", "\r\n"), script.caption) == script.caption


TEXTS = st.one_of(
    WORDS,
    st.sampled_from(
        [
            "S1 0–2s", "C1 says 1.0–2.0s: x", "none", "// x", "# x", "=== K1 ===", "Action: x", '"', '"x"', "“x”", "a;b",
            "(a)", "off screen", "in de", "from x", "a\nb", "\t", "— x", "as ever", "\\", "a\\nb", "X1 0–1s: y", "a\u2028b",
            "C1 here looks: x", "says 1.0–2.0s", "Revision: 3", "\u00a0x", "x)", "[L1]", "—",
        ]
    ),
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(TEXTS, min_size=12, max_size=12), st.randoms(use_true_random=False))
def test_whatever_the_words_are_they_come_back(texts: list[str], luck: Any) -> None:
    data = GOLDEN.model_dump(mode="json")
    data["title"], data["shots"][0]["title"], data["shots"][0]["camera"]["note"] = texts[:3]
    data["roles"][0].update(name=texts[3], appearance=texts[4], voice=texts[5])
    data["roles"][1]["reference"]["image"] = texts[6]
    data["dialogue"][0].update(text=texts[7], delivery=texts[8], recording=texts[9])
    data["shots"][0]["sounds"][0]["text"] = texts[10]
    data["shots"][1]["overrides"][0].update(voice=texts[11], reference={"image": texts[6], "audio": None})
    data["global_caption"]["style"], data["shots"][2]["action"] = texts[4], texts[7]
    data["shots"][1]["overrides"].append({"role": "C2", "appearance": None, "voice": None, "reference": None})
    data["shots"][1]["sounds"].append({"id": "X9", "start_ms": 2500, "end_ms": 2600, "text": "first"})
    luck.shuffle(data["dialogue"])
    try:
        caption = HierarchicalCaption.model_validate_json(json.dumps(data))
    except ValueError:
        return
    assert read(clip_text(caption), None).model_dump_json() == caption.model_dump_json()


def test_several_clips_are_one_text() -> None:
    other = apply_all(Script(GOLDEN), []).after.caption.model_copy(update={"title": "Two"})
    text = film_text([("K1", GOLDEN), ("K2", other)], rev=4)
    found = read_text(text, {"K1": GOLDEN, "K2": other})
    assert [(clip.id, clip.caption.title) for clip in found.clips] == [("K1", "The Lamp"), ("K2", "Two")]
    assert found.rev == 4
    assert mistakes("x\n" + text)[0][:2] == (1, 1)


CHANGED: list[tuple[str, str, Any]] = [
    ("3.9–5.6s", "1.9-2.5 s", lambda c: (c.dialogue[0].start_ms, c.dialogue[0].end_ms) == (1900, 2500)),
    ('"Come home, Mara." — [L1]', "“Come home — now!” [L1]", lambda c: c.dialogue[0].text == "Come home — now!"),
    ("C1 says", "mara replies", lambda c: c.dialogue[0].role == "C2"),
    ("(whispering)", "(softly, twice; off screen)", lambda c: (c.dialogue[0].delivery, c.dialogue[0].on_screen) == ("softly, twice", False)),
    ("Roles: C2", "Roles: keeper, C2", lambda c: c.shots[2].roles == ("C1", "C2")),
    ("Camera: extreme wide, high, static", "Camera: static, full, pov; shaky", lambda c: (c.shots[2].camera.size, c.shots[2].camera.note) == ("full", "shaky")),
    ("S2 2.5–", "S2 2.6–", lambda c: (c.shots[0].end_ms, c.shots[1].start_ms) == (2600, 2600)),  # one side is enough
    ("0.0–2.5s", "0–2.4s", lambda c: (c.shots[0].end_ms, c.shots[1].start_ms) == (2400, 2400)),
    ("7.5s, 21:9", "8s, 21:9", lambda c: (c.duration_ms, c.shots[2].end_ms) == (8000, 8000)),
    ("5.125–7.5s", "5.125–7s", lambda c: c.duration_ms == 7000),
    ("S3 5.125", "S 5.125", lambda c: c.shots[2].id == "S4"),  # S3 was in use
    ("[L2]", "", lambda c: c.dialogue[1].id == "L3"),
    ("X2 2.6", "X 2.6", lambda c: c.shots[1].sounds[0].id == "X3"),
    ("C2 Mara\n", "C2 Mara\n\nC Tom\n", lambda c: (c.roles[2].id, c.roles[2].name) == ("C3", "Tom")),
    ("  — C1 goes on [L1]\n", "// a remark\n\n", lambda c: c == GOLDEN),
    ("\n", "  \n", lambda c: c == GOLDEN),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "holds"), CHANGED, ids=[case[1][:20].strip() for case in CHANGED])
def test_what_a_person_changes(old: str, new: str, holds: Any) -> None:
    assert old in TEXT
    assert holds(read(TEXT.replace(old, new, 1)))


def test_the_times_of_a_line_decide_and_that_is_said() -> None:
    moved = read_text(TEXT.replace("3.9–5.6s", "1.0–2.0s").replace('." —', '."'), {"K1": GOLDEN}).clips[0]
    assert moved.notes == ("L1 stands under S2, but begins at 1.0 s in S1: its times decide.",)
    assert clip_text(moved.caption).index("[L1]") < clip_text(moved.caption).index("S2 2.5")
    cut = read_text(TEXT.replace("S2 2.5–", "S2 2.6–"), {"K1": GOLDEN}).clips[0]
    assert cut.notes == ("The cut to S2 was moved to 2.6 s on both its sides.",)


# What is changed into what, the line and the column (both from 1) of the mistake, and what is said.
MISTAKES: list[tuple[str, str, int, int, str]] = [
    ('Mara." — [L1]', "Mara. [L1]", 35, 56, "a closing quotation mark"),
    ("C1 says", "C1 whispers", 35, 6, "says, replies, asks or answers, got 'whispers'; how it is said goes into"),
    ("3.9–5.6s", "3.9001–5.6s", 35, 11, "at most three decimals"),
    ("[L1]\n\nS3", "[X1]\n\nS3", 35, 52, "nothing behind the words but"),
    ("(whispering)", "(whispering", 35, 58, "a closing parenthesis"),
    ("tilt up", "tild up", 21, 22, "'tild up'; did you mean tilt up?"),
    ("  Setting: open", "  Settings: open", 38, 3, "did you mean Setting:?"),
    ("C2 says", "Tom says", 43, 1, "somebody of the cast (C1 keeper, C2 Mara), got 'Tom'"),
    ("7.5s, 21:9, en", "7.5s, 5:9, en", 2, 7, "one of 16:9"),
    ("Storyline: A lighthouse keeper lights the lamp and calls a sailor home.\n", "", 1, 1, "a line Storyline: …"),
    ("  Action: Mara looks up from her boat at the beam.\n", "", 37, 1, "a line Action: … in S3"),
    ("S2 2.5–5.125s The lamp", "S2 2.5–9s The lamp", 37, 1, "S3 must end after it starts, got start 9000 ms"),
    ("X2 2.6–3.1s", "X2 1.6–3.1s", 34, 1, "X2 must lie inside S2"),
    ("3.9–5.6s", "3.9–3.95s", 35, 1, "L1 must last at least 200 ms"),
    ("S3 5.125–7.5s The sea", "A sea", 37, 1, "Setting:, Action:, Camera:"),
    ("Voice: low", "Voice low", 10, 3, "Looks:, Voice:"),
    ("Style: ", "Style: x\nStyle: ", 6, 1, "only one Style here"),
    ("\nS1 0.0–2.5s The stairs", "", 18, 3, "Looks:, Voice:"),
]


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "words"), MISTAKES, ids=[case[1][:20].strip() for case in MISTAKES]
)
def test_a_mistake_is_named_by_line_and_column(old: str, new: str, line: int, column: int, words: str) -> None:
    assert old in TEXT
    first = mistakes(TEXT.replace(old, new, 1))[0]
    assert first[:2] == (line, column), first
    assert words in first[2]


def test_all_mistakes_are_told_at_once() -> None:
    text = TEXT.replace("tilt up", "tild up").replace("C2 says", "C2 shouts").replace("Voice: low", "Voice low")
    assert [line for line, _, _ in mistakes(text)] == [10, 21, 43]
    assert mistakes("")[0][2].startswith("expected a line with length, shape and language")


def test_sounds_follow_a_cut_that_was_moved() -> None:
    added = [
        AddSound(id=name, start_ms=at, end_ms=at + 600, text="a bell") for name, at in (("X8", 2500), ("X9", 2600))
    ]
    base = apply_all(Script(GOLDEN), added).after.caption
    moved = read_text(clip_text(base).replace("S2 2.5–", "S2 2.7–"), {"K1": base}).clips[0]
    assert moved.caption == apply_all(Script(base), [MoveCut(shot="S2", to_ms=2700)]).after.caption
    assert operations_between(base, moved.caption) == (MoveCut(shot="S2", to_ms=2700),)
    assert "X8 follows the cut: it is heard 2.7–3.1s in S2." in moved.notes
    # What the person has put there is refused as it is.
    with pytest.raises(TextError, match="X8 must lie inside S2"):
        read_text(clip_text(base).replace("S2 2.5–", "S2 2.7–").replace("X8 2.5–3.1s", "X8 2.6–3.1s"), {"K1": base})


def test_an_id_that_stands_twice_and_times_that_are_none_are_named_where_they_stand() -> None:
    number = next(n for n, words in enumerate(TEXT.splitlines(), 1) if "[L2]" in words)
    assert mistakes(TEXT.replace("[L2]", "[L1]"))[0][:2] == (number, 3)
    line, column, message = mistakes(TEXT.replace("says 3.9–5.6s", "says 3.9–5.x6s"))[0]
    assert TEXT.splitlines()[line - 1][column - 1 :].startswith("3.9–5.6s")
    assert "times such as 1.9–2.5s, got '3.9–5.x6s'" in message
