"""Every operation with its result worked out by hand.

The golden caption: 7.5 s; S1 0–2.5 (X1 0–2.4), S2 2.5–5.125 (X2 2.6–3.1), S3 5.125–7.5;
L1 of C1 "Come home, Mara." 3.9–5.6 goes on over the cut to S3, L2 of C2 "Ich sehe dich!" 5.6–6.9.
"""

from __future__ import annotations

from typing import Any

import pytest

from mavin import edits
from mavin.caption import Camera, HierarchicalCaption
from mavin.edits import EditError, LockedError, MergeConflictError, Operation, Script, apply, apply_all, merge


def shots(caption: HierarchicalCaption) -> list[tuple[str, int, int]]:
    return [(shot.id, shot.start_ms, shot.end_ms) for shot in caption.shots]


def lines(caption: HierarchicalCaption) -> dict[str, tuple[int, int]]:
    return {line.id: (line.start_ms, line.end_ms) for line in caption.dialogue}


def sounds(caption: HierarchicalCaption) -> dict[str, tuple[str, int, int]]:
    return {sound.id: (shot.id, sound.start_ms, sound.end_ms) for shot in caption.shots for sound in shot.sounds}


TIMES: list[tuple[Operation, list[Any], dict[str, Any], dict[str, Any]]] = [
    (  # ripple: the clip grows by 0.5 s, everything behind the cut follows
        edits.MoveCut(shot="S2", to_ms=3000, mode="ripple"),
        [("S1", 0, 3000), ("S2", 3000, 5625), ("S3", 5625, 8000)],
        {"L1": (4400, 6100), "L2": (6100, 7400)},
        {"X1": ("S1", 0, 2400), "X2": ("S2", 3100, 3600)},
    ),
    (  # the same with lines that stay at their instants
        edits.MoveCut(shot="S2", to_ms=3000, mode="ripple", lines="stay"),
        [("S1", 0, 3000), ("S2", 3000, 5625), ("S3", 5625, 8000)],
        {"L1": (3900, 5600), "L2": (5600, 6900)},
        {"X1": ("S1", 0, 2400), "X2": ("S2", 3100, 3600)},
    ),
    (  # roll with lines and sounds of S2 that follow; L2 begins in S3 and stays
        edits.MoveCut(shot="S2", to_ms=2400, lines="follow", sounds="follow"),
        [("S1", 0, 2400), ("S2", 2400, 5125), ("S3", 5125, 7500)],
        {"L1": (3800, 5500), "L2": (5600, 6900)},
        {"X1": ("S1", 0, 2400), "X2": ("S2", 2500, 3000)},
    ),
    (  # S2 twice as long: L1 starts 1400 → 2800 behind its start; its end lay 475 behind the next cut and still does
        edits.StretchShot(shot="S2", length_ms=5250),
        [("S1", 0, 2500), ("S2", 2500, 7750), ("S3", 7750, 10125)],
        {"L1": (5300, 8225), "L2": (8225, 9525)},
        {"X1": ("S1", 0, 2400), "X2": ("S2", 2700, 3700)},
    ),
    (  # S1 gives half of its time to S2, whose 2625 ms become 3875: X2 100–600 → 148–886
        edits.StretchShot(shot="S1", length_ms=1250, mode="hold"),
        [("S1", 0, 1250), ("S2", 1250, 5125), ("S3", 5125, 7500)],
        {"L1": (3317, 5600), "L2": (5600, 6900)},
        {"X1": ("S1", 0, 1200), "X2": ("S2", 1398, 2136)},
    ),
    (  # everything twice as long
        edits.SetDuration(duration_ms=15_000),
        [("S1", 0, 5000), ("S2", 5000, 10250), ("S3", 10250, 15000)],
        {"L1": (7800, 11200), "L2": (11200, 13800)},
        {"X1": ("S1", 0, 4800), "X2": ("S2", 5200, 6200)},
    ),
    (
        edits.SetDuration(duration_ms=6_900, mode="trim"),
        [("S1", 0, 2500), ("S2", 2500, 5125), ("S3", 5125, 6900)],
        {"L1": (3900, 5600), "L2": (5600, 6900)},
        {"X1": ("S1", 0, 2400), "X2": ("S2", 2600, 3100)},
    ),
    (  # a cut through X1 leaves a sound on each side
        edits.SplitShot(shot="S1", at_ms=1000),
        [("S1", 0, 1000), ("S4", 1000, 2500), ("S2", 2500, 5125), ("S3", 5125, 7500)],
        {"L1": (3900, 5600), "L2": (5600, 6900)},
        {"X1": ("S1", 0, 1000), "X3": ("S4", 1000, 2400), "X2": ("S2", 2600, 3100)},
    ),
    (
        edits.MergeShots(shot="S2", other="S1"),
        [("S1", 0, 5125), ("S3", 5125, 7500)],
        {"L1": (3900, 5600), "L2": (5600, 6900)},
        {"X1": ("S1", 0, 2400), "X2": ("S1", 2600, 3100)},
    ),
    (  # S1 and S2 swapped: S2 starts 2500 earlier with L1, S1 2625 later with X1
        edits.ReorderShots(order=("S2", "S1", "S3")),
        [("S2", 0, 2625), ("S1", 2625, 5125), ("S3", 5125, 7500)],
        {"L1": (1400, 3100), "L2": (5600, 6900)},
        {"X2": ("S2", 100, 600), "X1": ("S1", 2625, 5025)},
    ),
    (
        edits.InsertShot(after="S1", length_ms=1000, setting="a door", action="The door opens."),
        [("S1", 0, 2500), ("S4", 2500, 3500), ("S2", 3500, 6125), ("S3", 6125, 8500)],
        {"L1": (4900, 6600), "L2": (6600, 7900)},
        {"X1": ("S1", 0, 2400), "X2": ("S2", 3600, 4100)},
    ),
    (
        edits.DuplicateShot(shot="S2", lines=True),
        [("S1", 0, 2500), ("S2", 2500, 5125), ("S4", 5125, 7750), ("S3", 7750, 10125)],
        {"L1": (3900, 5600), "L2": (8225, 9525), "L3": (6525, 8225)},
        {"X1": ("S1", 0, 2400), "X2": ("S2", 2600, 3100), "X3": ("S4", 5225, 5725)},
    ),
    (  # L1 begins in S2 and goes with it
        edits.DeleteShot(shot="S2"),
        [("S1", 0, 2500), ("S3", 2500, 4875)],
        {"L2": (2975, 4275)},
        {"X1": ("S1", 0, 2400)},
    ),
    (
        edits.DeleteShot(shot="S2", time="next", lines="keep"),
        [("S1", 0, 2500), ("S3", 2500, 7500)],
        {"L1": (3900, 5600), "L2": (5600, 6900)},
        {"X1": ("S1", 0, 2400)},
    ),
    (
        edits.MoveLine(line="L1", shot="S1"),  # 1.4 s behind the start of S2; 1.7 s long: 0.8 s is the latest whole
        [("S1", 0, 2500), ("S2", 2500, 5125), ("S3", 5125, 7500)],
        {"L1": (800, 2500), "L2": (5600, 6900)},
        {"X1": ("S1", 0, 2400), "X2": ("S2", 2600, 3100)},
    ),
    (
        edits.RetimeSound(sound="X2", start_ms=6000, end_ms=6500),
        [("S1", 0, 2500), ("S2", 2500, 5125), ("S3", 5125, 7500)],
        {"L1": (3900, 5600), "L2": (5600, 6900)},
        {"X1": ("S1", 0, 2400), "X2": ("S3", 6000, 6500)},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("op", "cut", "said", "heard"), TIMES, ids=[f"{n}-{type(case[0]).__name__}" for n, case in enumerate(TIMES)]
)
def test_times(
    caption: HierarchicalCaption, op: Operation, cut: list[Any], said: dict[str, Any], heard: dict[str, Any]
) -> None:
    after = apply(caption, op)
    assert shots(after) == cut
    assert lines(after) == said
    assert sounds(after) == heard


REFUSED: list[tuple[Operation, str]] = [
    (edits.MoveCut(shot="S2", to_ms=100), r"must be 0\.4 to 4\.725 s, got 0\.1 s; the nearest possible is 0\.4 s"),
    (edits.MoveCut(shot="S2", to_ms=11_000, mode="ripple"), r"nearest possible is 10\.0 s"),
    (edits.StretchShot(shot="S1", length_ms=20_000), r"must be 0\.4 to 10\.0 s"),
    (edits.SetDuration(duration_ms=2000), r"must be 3\.0 to 15\.0 s.*nearest possible is 3\.0 s"),
    (edits.SetDuration(duration_ms=6000, mode="trim"), r"L2 must be heard to its end.*nearest possible is 6\.9 s"),
    (edits.SplitShot(shot="S1", at_ms=2450), r"0\.4 to 2\.1 s"),
    (edits.MergeShots(shot="S1", other="S3"), "two neighbouring shots"),
    (edits.ReorderShots(order=("S1", "S2")), "each of S1, S2, S3 once"),
    (edits.InsertShot(after="S1", length_ms=8000, setting="x", action="y"), "3000 to 15000 ms, got 15500"),
    (edits.DeleteShot(shot="S1", time="previous"), "no previous shot"),
    (edits.MergeLines(line="L1", other="L2"), "two lines of one role"),
    (edits.SplitLine(line="L1", at_ms=4500, text_at=0), "both halves of L1 must have words"),
    (edits.SplitLine(line="L1", at_ms=6000, text_at=5), "must be split inside 3.9–5.6 s"),
    (edits.MoveLine(line="L1", shot="S1", start_ms=2500), "must start inside S1"),
    (edits.AddLine(role="C1", start_ms=4000, end_ms=4500, text="Wait."), "C1 must not overlap itself"),
    (edits.RemoveRole(role="C1"), r"keeper \(C1\) says L1"),
    (edits.MergeRoles(role="C1", into="C1"), "two different roles"),
    (edits.AddSound(start_ms=2400, end_ms=2700, text="x"), "must lie inside one shot"),
    (edits.DeleteSound(sound="X9"), r"one of sounds \(X1, X2\)"),
    (edits.Lock(path="S7"), "must name something of the script"),
    (edits.Unlock(path="S1"), "only what is locked"),
    (edits.Revise(changes={"title": {"was": "Other", "now": "x"}}), "must still be as it was"),
    (edits.Revise(changes={"shots.S1.action.deep": {"now": "x"}}), "must name a field"),
    (edits.Revise(changes={"shots.S9.action": {"now": "x"}}), "must name a field"),
    (edits.Revise(changes={"nothing": {"now": 1}}), "nothing"),
]


@pytest.mark.parametrize(
    ("op", "words"), REFUSED, ids=[f"{n}-{type(case[0]).__name__}" for n, case in enumerate(REFUSED)]
)
def test_what_cannot_be_done_is_refused_with_the_reason(
    caption: HierarchicalCaption, op: Operation, words: str
) -> None:
    with pytest.raises(EditError, match=words):
        apply(caption, op)


def test_splitting_and_merging_a_line(caption: HierarchicalCaption) -> None:
    parted = apply(caption, edits.SplitLine(line="L1", at_ms=4700, text_at=len("Come home,")))
    assert [(line.id, line.text, line.start_ms, line.end_ms) for line in parted.dialogue[:2]] == [
        ("L1", "Come home,", 3900, 4700), ("L3", "Mara.", 4700, 5600),
    ]  # fmt: skip
    assert apply(parted, edits.MergeLines(line="L1", other="L3")) == caption


def test_another_voice(caption: HierarchicalCaption) -> None:
    after = apply(caption, edits.RevoiceLine(line="L2", role="C1", on_screen=True))
    said = next(line for line in after.dialogue if line.id == "L2")
    assert (said.role, said.on_screen, said.recording) == ("C1", True, None)  # the recording was Mara's
    kept = apply(caption, edits.RevoiceLine(line="L2", delivery="softly"))
    assert next(line for line in kept.dialogue if line.id == "L2").recording == "references/mara-line.wav"


def test_the_same_character_with_another_voice_in_another_scene(caption: HierarchicalCaption) -> None:
    after = apply(caption, edits.BindReference(role="C1", shot="S1", audio="references/hoarse.wav"))
    here = after.role_in_shot("C1", after.shot("S1")).reference
    assert (here.image, here.audio) == ("references/keeper.png", "references/hoarse.wav")
    assert after.role("C1") == caption.role("C1")
    assert apply(after, edits.UnbindReference(role="C1", shot="S1")) == caption
    bare = apply(caption, edits.UnbindReference(role="C1", kind="image"))
    assert (bare.role("C1").reference.image, bare.role("C1").reference.audio) == (None, "references/keeper.wav")


def test_a_look_in_one_shot_comes_and_goes(caption: HierarchicalCaption) -> None:
    after = apply(caption, edits.SetOverride(role="C2", shot="S3", appearance="soaked"))
    assert after.role_in_shot("C2", after.shot("S3")).appearance == "soaked"
    assert apply(after, edits.SetOverride(role="C2", shot="S3", clear=("appearance",))) == caption


def test_the_cast_changes(caption: HierarchicalCaption) -> None:
    one = apply(caption, edits.MergeRoles(role="C2", into="C1"))
    assert [role.id for role in one.roles] == ["C1"]
    assert {line.role for line in one.dialogue} == {"C1"}
    assert one.shots[2].roles == ("C1",)
    assert one.shots[2].action == "keeper looks up from her boat at the beam."
    gone = apply(caption, edits.RemoveRole(role="C2", lines="delete"))
    assert ([line.id for line in gone.dialogue], gone.shots[2].roles) == (["L1"], ())
    more = apply(caption, edits.AddRole(name="Tom", voice="deep"))
    seen = apply(more, edits.SetPresence(shot="S3", roles=("C2", "C3")))
    assert seen.shots[2].roles == ("C2", "C3")


def test_merged_and_split_shots_keep_their_words(caption: HierarchicalCaption) -> None:
    merged = apply(caption, edits.MergeShots(shot="S1", other="S2")).shots[0]
    assert merged.action == f"{caption.shots[0].action} {caption.shots[1].action}"
    assert merged.setting == "spiral stairs inside a lighthouse at dusk, then lamp room, rain on the panes"
    assert (merged.camera, merged.roles, merged.overrides) == (
        caption.shots[0].camera, ("C1",), caption.shots[1].overrides,
    )  # fmt: skip
    second = apply(caption, edits.SplitShot(shot="S1", at_ms=1000, action="He stumbles.")).shots[1]
    assert (second.action, second.setting) == ("He stumbles.", caption.shots[0].setting)
    new = apply(caption, edits.InsertShot(length_ms=500, setting="x", action="y", camera=Camera(size="wide"))).shots[0]
    assert (new.id, new.camera.size, new.start_ms) == ("S4", "wide", 0)


LOCKED: list[tuple[str, Operation]] = [
    ("S2", edits.SetText(path="shots.S2.action", text="x")),
    ("S2", edits.MoveCut(shot="S2", to_ms=2000)),
    ("S2", edits.MoveCut(shot="S3", to_ms=5000)),
    ("S2", edits.RewordLine(line="L1", text="No.")),  # is said while S2 is seen
    ("S2", edits.AddLine(role="C2", start_ms=2500, end_ms=3000, text="Hey.")),
    ("S2", edits.DeleteShot(shot="S1")),
    ("S2", edits.ReorderShots(order=("S2", "S1", "S3"))),
    ("S2.camera", edits.SetCamera(shot="S2", size="wide")),
    ("cut S3", edits.SetDuration(duration_ms=10_000)),
    ("the cut to S3", edits.InsertShot(length_ms=500, setting="x", action="y")),
    ("L1", edits.RevoiceLine(line="L1", delivery="loud")),
    ("L1", edits.DeleteShot(shot="S2")),
    ("L1.times", edits.RetimeLine(line="L1", start_ms=3800, end_ms=5600)),
    ("C1", edits.BindReference(role="C1", image="references/x.png")),
    ("C1", edits.SetOverride(role="C1", shot="S3", voice="loud")),
    ("C2", edits.MergeRoles(role="C2", into="C1")),
    ("X1", edits.MoveCut(shot="S2", to_ms=2000)),
    ("X1.text", edits.SetText(path="shots.S1.sounds.X1.text", text="steps")),
    ("style", edits.SetText(path="global_caption.style", text="ink")),
    ("duration", edits.MoveCut(shot="S2", to_ms=3000, mode="ripple")),
    ("shots.S3.action", edits.RenameRole(role="C2", name="Jo")),
]


@pytest.mark.parametrize(("lock", "op"), LOCKED, ids=[f"{n}-{case[0]}" for n, case in enumerate(LOCKED)])
def test_what_is_locked_is_refused_by_name_and_can_be_unlocked(
    caption: HierarchicalCaption, lock: str, op: Operation
) -> None:
    script = apply_all(Script(caption), [edits.Lock(path=lock)]).after
    with pytest.raises(LockedError, match=r"is locked, and this would change .*; unlock") as caught:
        apply_all(script, [op])
    assert caught.value.locks == script.locks
    free = apply_all(script, [edits.Unlock(path=lock), op]).after
    assert (free.locks, free.caption) == ((), apply(caption, op))


def test_a_lock_leaves_the_rest_free(caption: HierarchicalCaption) -> None:
    script = apply_all(Script(caption), [edits.Lock(path="S1"), edits.Lock(path="L2.text")]).after
    after = apply_all(
        script,
        [
            edits.RewordLine(line="L1", text="No."), edits.MoveCut(shot="S3", to_ms=5000),
            edits.RetimeLine(line="L2", start_ms=5700, end_ms=7000), edits.SetText(path="title", text="x"),
        ],
    ).after  # fmt: skip
    assert after.locks == ("dialogue.L2.text", "shots.S1")
    assert apply_all(after, [edits.Lock(path="L2"), edits.Unlock(path="L2")]).after.locks == ("shots.S1",)


def test_merging_two_writers(caption: HierarchicalCaption) -> None:
    base = Script(caption)
    mine, theirs = edits.RewordLine(line="L1", text="Mine."), edits.RetimeLine(line="L1", start_ms=4000, end_ms=5600)
    both = merge(base, [mine], [theirs]).after.caption.dialogue[0]
    assert (both.text, both.start_ms) == ("Mine.", 4000)
    other = edits.RewordLine(line="L1", text="Theirs.")
    with pytest.raises(MergeConflictError, match=r"you make it “Mine\.” and they made it “Theirs\.”") as caught:
        merge(base, [mine], [other])
    assert [(clash.path, clash.mine, clash.theirs) for clash in caught.value.clashes] == [
        ("dialogue.L1.text", "Mine.", "Theirs.")
    ]
    title = edits.SetText(path="title", text="New")
    for prefer, text in (("mine", "Mine."), ("theirs", "Theirs.")):
        after = merge(base, [mine, title], [other], prefer).after.caption  # type: ignore[arg-type]
        assert (after.dialogue[0].text, after.title) == (text, "New")
    # Two new lines at once touch nothing of each other: the second gets the next free id.
    added = merge(
        base,
        [edits.AddLine(role="C1", start_ms=0, end_ms=500, text="One.")],
        [edits.AddLine(role="C2", start_ms=0, end_ms=500, text="Two.")],
    ).after.caption
    assert [(line.id, line.text) for line in added.dialogue[2:]] == [("L3", "Two."), ("L4", "One.")]
    # A lock that somebody set meanwhile holds, whatever is preferred.
    for choice in (None, "mine"):
        with pytest.raises(EditError, match="L1 is locked"):
            merge(base, [mine], [edits.Lock(path="L1")], choice)
    # A ripple and a line at an absolute time are no independent edits, though no field is the same.
    with pytest.raises(MergeConflictError, match=r"made first|must"):
        merge(
            base,
            [edits.AddLine(role="C1", start_ms=6000, end_ms=6500, text="One.")],
            [edits.MoveCut(shot="S2", to_ms=3000, mode="ripple")],
        )
