"""Exact instructions are obeyed exactly; impossible ones get the reason and the nearest possible; nothing is guessed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mavin import edits
from mavin.caption import HierarchicalCaption, load_caption
from mavin.edits import LockedError, Operation, Script, apply_all
from mavin.errors import MavinError
from mavin.instructions import FORMS, InstructionError, read_instruction
from mavin.instructions.reading import read_parts
from tests.conftest import GOLDEN_CAPTION

GOLDEN = load_caption(GOLDEN_CAPTION.read_bytes())


def line(name: str, start: int, end: int) -> Operation:
    return edits.RetimeLine(line=name, start_ms=start, end_ms=end)


# L1 of the keeper 3.9–5.6, L2 of Mara 5.6–6.9; cuts at 2.5 and 5.125; 7.5 s.
READ: list[tuple[str, list[Operation]]] = [
    ("L1 at 1.9–2.5 s", [line("L1", 1900, 2500)]),
    ("move L1 to 1.9-2.5s", [line("L1", 1900, 2500)]),
    ("Put line 1 from 1.9 to 2.5 seconds.", [line("L1", 1900, 2500)]),
    ("Mara's line at 5,8 – 7,1 s", [line("L2", 5800, 7100)]),
    ("start Mara's answer at 6 s", [line("L2", 6000, 7300)]),
    ("move L1 0.3 s earlier", [line("L1", 3600, 5300)]),
    ("L2 later by 120 ms", [line("L2", 5720, 7020)]),
    ('"come home" half a second earlier', [line("L1", 3400, 5100)]),
    ("the last line 0.1s later", [line("L2", 5700, 7000)]),
    ("L1 at 1.9 s", [line("L1", 1900, 3600)]),  # a start alone keeps the length
    ("Mara's answer at 0:06", [line("L2", 6000, 7300)]),
    ("L1 two seconds earlier", [line("L1", 1900, 3600)]),
    ("L1 one and a half seconds earlier", [line("L1", 2400, 4100)]),
    ("L1 5 frames later", [line("L1", 4108, 5808)]),  # 5 / 24 s = 208.3 ms
    ("Mara answers half a second later", [line("L2", 6100, 7400)]),
    ("make Mara reply 0.5 s later", [line("L2", 6100, 7400)]),
    ('Mara says "Yes." at 2-2.5 s', [edits.AddLine(role="C2", start_ms=2000, end_ms=2500, text="Yes.")]),
    ('at 2–2.5 s Mara asks: "Who, and why?"', [edits.AddLine(role="C2", start_ms=2000, end_ms=2500, text="Who, and why?")]),
    ('add a line for Mara from 2 to 2.5 s: "Yes."', [edits.AddLine(role="C2", start_ms=2000, end_ms=2500, text="Yes.")]),
    ('the keeper says "Come home, Mara." at 1.9-2.5 s', [line("L1", 1900, 2500)]),  # said already
    ("X1 at 0.5-1 s", [edits.RetimeSound(sound="X1", start_ms=500, end_ms=1000)]),
    ("the sound X1 to 500–900 ms", [edits.RetimeSound(sound="X1", start_ms=500, end_ms=900)]),
    ('X1: "a dog barking"', [edits.SetText(path="shots.S1.sounds.X1.text", text="a dog barking")]),
    ("L1 faster by 25%", [line("L1", 3900, 5260)]),  # 1700 / 1.25 = 1360
    ("make L1 20% shorter", [line("L1", 3900, 5260)]),  # 1700 × 0.8
    ("make Mara answer faster by 0.3 s", [line("L2", 5600, 6600)]),
    ("slow down L2 by 0.2 s", [line("L2", 5600, 7100)]),
    ("say L2 twice as fast", [line("L2", 5600, 6250)]),
    ("L2 half as long", [line("L2", 5600, 6250)]),
    ("end L2 at 7.25 s", [line("L2", 5600, 7250)]),
    ("move L2 to shot 3", [edits.MoveLine(line="L2", shot="S3")]),
    ('L1 says "Come back, and soon; please."', [edits.RewordLine(line="L1", text="Come back, and soon; please.")]),
    ('replace "Come home" by "Come back"', [edits.RewordLine(line="L1", text="Come back, Mara.")]),
    ('replace "great lamp" with "big lamp"', [edits.SetText(path="shots.S2.action", text="The keeper lights the big lamp and leans to the window.")]),
    ("give L2 to the keeper", [edits.RevoiceLine(line="L2", role="C1")]),
    ("L2 on screen", [edits.RevoiceLine(line="L2", on_screen=True)]),
    ("L1 softly", [edits.RevoiceLine(line="L1", delivery="softly")]),
    ("move cut 1 to 2.4 s", [edits.MoveCut(shot="S2", to_ms=2400)]),
    ("move the cut to S3 to 5 s", [edits.MoveCut(shot="S3", to_ms=5000)]),
    ("cut between shot 2 and shot 3 0.125 s earlier", [edits.MoveCut(shot="S3", to_ms=5000)]),
    ("ripple the last cut 1 s later", [edits.MoveCut(shot="S3", to_ms=6125, mode="ripple")]),
    ("move cut 1 to 3 s by ripple", [edits.MoveCut(shot="S2", to_ms=3000, mode="ripple")]),
    ("duration 10 s", [edits.SetDuration(duration_ms=10_000)]),
    ("make the film 9.5 seconds long", [edits.SetDuration(duration_ms=9500)]),
    ("trim it to 7 s", [edits.SetDuration(duration_ms=7000, mode="trim")]),
    ("shot 2 0.5 s longer", [edits.StretchShot(shot="S2", length_ms=3125)]),
    ("make the last shot 3 s long", [edits.StretchShot(shot="S3", length_ms=3000)]),
    ("shorten S1 by 0.5 s and keep the duration", [edits.StretchShot(shot="S1", length_ms=2000, mode="hold")]),
    ("delete shot 2", [edits.DeleteShot(shot="S2")]),
    ("remove the first shot", [edits.DeleteShot(shot="S1")]),
    ("delete line 2", [edits.DeleteLine(line="L2")]),
    ("remove X2", [edits.DeleteSound(sound="X2")]),
    ("swap shots 1 and 2", [edits.ReorderShots(order=("S2", "S1", "S3"))]),
    ("swap S1 with S2", [edits.ReorderShots(order=("S2", "S1", "S3"))]),
    ("move shot 2 before shot 1", [edits.ReorderShots(order=("S2", "S1", "S3"))]),
    ("merge shots 1 and 2", [edits.MergeShots(shot="S1", other="S2")]),
    ("split shot 1 at 1.2 s", [edits.SplitShot(shot="S1", at_ms=1200)]),
    ("duplicate S2", [edits.DuplicateShot(shot="S2")]),
    ("rename Mara to Jo", [edits.RenameRole(role="C2", name="Jo")]),
    ('call the keeper "Old Tom"', [edits.RenameRole(role="C1", name="Old Tom")]),
    ("add Mara to shot 1", [edits.SetPresence(shot="S1", roles=("C1", "C2"))]),
    ("remove Mara with her lines", [edits.RemoveRole(role="C2", lines="delete")]),
    ('style "ink on paper"', [edits.SetText(path="global_caption.style", text="ink on paper")]),
    ('set the action of S3 to "Mara waves."', [edits.SetText(path="shots.S3.action", text="Mara waves.")]),
    ('Mara’s voice: "husky"', [edits.SetText(path="roles.C2.voice", text="husky")]),
    ("camera of S2: wide, low angle", [edits.SetCamera(shot="S2", size="wide", angle="low")]),
    ("make shot 3 a close-up", [edits.SetCamera(shot="S3", size="close_up")]),
    ("aspect 9:16", [edits.SetClip(aspect="9:16")]),
    ("lock S2", [edits.Lock(path="shots.S2")]),
    ("lock the cut to S3 and L1", [edits.Lock(path="cuts.S3"), edits.Lock(path="dialogue.L1")]),
    ("lock the timing of L2 and the style", [edits.Lock(path="dialogue.L2.interval"), edits.Lock(path="global_caption.style")]),
    ("lock Mara", [edits.Lock(path="roles.C2")]),
    # Several at once, each made before the next is read.
    ("L1 0.3 s earlier and then L1 0.2 s later", [line("L1", 3600, 5300), line("L1", 3800, 5500)]),
    ("Swap S1 and S2, lock S2; please move L2 to 5.7-7 s.", [edits.ReorderShots(order=("S2", "S1", "S3")), edits.Lock(path="shots.S2"), line("L2", 5700, 7000)]),
    ("delete shot 2, then rename Mara to Jo", [edits.DeleteShot(shot="S2"), edits.RenameRole(role="C2", name="Jo")]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), READ, ids=[each[0] for each in READ])
def test_an_exact_instruction_is_obeyed_exactly(words: str, expected: list[Operation]) -> None:
    reading = read_instruction(words, Script(GOLDEN))
    assert list(reading.operations) == expected
    assert reading.applied.after == apply_all(Script(GOLDEN), expected).after


def test_whose_line_is_meant_must_be_clear() -> None:
    more = apply_all(Script(GOLDEN), [edits.AddLine(role="C2", start_ms=1000, end_ms=1500, text="Yes.")]).after
    with pytest.raises(InstructionError, match="says more than one line, so say which: L2 or L3"):
        read_instruction("Mara answers 0.1 s later", more)


def test_letters_may_be_large_or_small() -> None:
    for words in ("DELETE SHOT 2", "Delete Shot 2", "please delete   s2 !"):
        assert read_instruction(words, Script(GOLDEN)).operations == (edits.DeleteShot(shot="S2"),)


REFUSED: list[tuple[str, str]] = [
    ("", "got nothing"),
    ("make Mara answer faster", "This is not understood: “make Mara answer faster”"),
    ("set it at night", "not understood"),
    ("delete shot 2 and make it moody", "not understood: “make it moody”"),
    ("delete shot 9", r"there is no shot 9 \(there is S1, S2, S3\)"),
    ("rename Bob to Jo", r"there is no role Bob \(there is C1 keeper, C2 Mara\)"),
    ("move cut 5 to 3 s", r"there is no cut 5 \(there are 2\)"),
    ("move the cut to 3 s", "there are 2 cuts, so say which"),
    ("L9 0.3 s later", r"there is no line L9 \(L1 3\.9–5\.6s; L2 5\.6–6\.9s\)"),
    ('replace "Mara" with "Jo"', r"“Mara” stands in shots\.S3\.action, dialogue\.L1\.text; say which"),
    ("L1 at 1.9004–2.5 s", "finer than a millisecond"),
    ("L2 5 s later", r"L2 must end inside the clip.*The nearest possible is 6\.2–7\.5s"),
    ("L1 at 7-8 s", r"nearest possible is 6\.5–7\.5s"),
    ("move cut 1 to 6 s", r"the nearest possible is 4\.725 s"),
    ("duration 20 s", r"the nearest possible is 15\.0 s"),
    ("trim it to 5 s", r"L2 must be heard to its end.*nearest possible is 6\.9 s"),
    ("remove Mara", r"Mara \(C2\) says L2"),
    ("unlock S1", "only what is locked can be unlocked"),
    ("L1 at 7 s", r"nearest possible is 5\.8–7\.5s"),
    ("X9 at 1-2 s", r"there is no sound X9 \(there is X1"),
    ('Bob says "Yes." at 1-2 s', r"there is no role Bob"),
    ("lock the moon", "a lock must name something of the script"),
    ("swap S1 and S1", "two shots are needed"),
    ("merge shots 1 and 3", "two neighbouring shots"),
]


@pytest.mark.parametrize(("words", "reason"), REFUSED, ids=[each[0] or "nothing" for each in REFUSED])
def test_what_cannot_be_done_is_answered_with_the_reason(words: str, reason: str) -> None:
    with pytest.raises(InstructionError, match=reason) as caught:
        read_instruction(words, Script(GOLDEN))
    assert caught.value.exit_code == 3
    assert caught.value.diagnostics[0].code in {"not_understood", "unclear", "unknown_name", "impossible"}


def test_the_nearest_free_place_of_a_line_is_between_its_speakers_others(caption: HierarchicalCaption) -> None:
    busy = apply_all(Script(caption), [edits.AddLine(role="C1", start_ms=1000, end_ms=3000, text="Wait.")]).after
    with pytest.raises(InstructionError, match=r"C1 must not overlap itself.*nearest possible is 3\.0–4\.7s"):
        read_instruction("L1 at 2-3.7 s", busy)
    apply_all(busy, [line("L1", 3000, 4700)])  # and it is possible


def test_locks_are_refused_by_name_and_places_and_ids_may_disagree() -> None:
    locked = apply_all(Script(GOLDEN), [edits.Lock(path="L1")]).after
    with pytest.raises(LockedError, match="L1 is locked"):
        read_instruction("L1 0.3 s earlier", locked)
    swapped = apply_all(Script(GOLDEN), [edits.ReorderShots(order=("S2", "S1", "S3"))]).after
    with pytest.raises(InstructionError, match="may be S2 or the shot in place 2, S1"):
        read_instruction("delete shot 2", swapped)
    assert read_instruction("delete the second shot", swapped).operations == (edits.DeleteShot(shot="S1"),)


def test_too_fast_is_said() -> None:
    reading = read_instruction("L1 at 3.9-4.3 s", Script(GOLDEN))
    assert reading.notes == ("L1 cannot be understood in 0.4 s: its words take 0.545 s.",)


def test_the_forms_that_are_named_are_read() -> None:
    for form in FORMS:
        words = form.replace('replace "…" with', 'replace "Come home" with').replace("S2: close up", "S2: wide")
        assert read_instruction(
            words.replace("split shot 2 at 3 s", "split shot 2 at 3.5 s"), Script(GOLDEN)
        ).operations


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [
                *"L1 S2 C1 Mara the cut shot 2 to at by and , ; faster 0.3 s 20% lock delete swap “x” ' rename".split(),
                "\n",
            ]
        ),
        max_size=9,
    )
)
def test_no_words_ever_break_it(words: list[Any]) -> None:
    try:
        reading = read_instruction(" ".join(words), Script(GOLDEN))
    except MavinError as error:
        assert str(error)
        return
    assert apply_all(Script(GOLDEN), reading.operations).after == reading.applied.after


def test_politeness_at_the_end_is_no_clause_and_words_of_a_line_keep_theirs() -> None:
    for manners in (", please", " please!", ". Thanks.", ", bitte", "，谢谢"):
        (part,) = read_parts(f"warmer colours{manners}", Script(GOLDEN))
        assert part.text == "warmer colours"
    assert any("please" in part.text for part in read_parts("change L1 to Yes, please", Script(GOLDEN)))
