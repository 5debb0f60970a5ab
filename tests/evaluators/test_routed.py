"""The routed view: every cut and line with its verdict, worked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from evaluators.plan import ScriptPlan
from evaluators.routed import routed_view, spans_of_lines, verdicts_of_cuts, verdicts_of_lines
from mavin.interval import Interval


def spans(*pairs: tuple[int, int]) -> list[Interval]:
    return [Interval(*pair) for pair in pairs]


def test_clips_follow_one_another_on_the_films_clock(planned: Any) -> None:
    first, second = planned((1000, 2021), ((500, 900),), 3500), planned((2000,), ((1000, 1500),), 4000)
    plan = ScriptPlan.of((first, second))
    # 3.5 s are 84 frames; 2021 ms × 24 / 1000 = 48.504 → 49; the second clip cuts at 84 + 48.
    assert plan.cuts == (24, 49, 84, 132)
    assert (plan.frames, plan.duration_ms) == (180, 7500)
    assert [shot.name for shot in plan.shots] == ["K1 S1", "K1 S2", "K1 S3", "K2 S1", "K2 S2"]
    assert [(line.name, line.interval) for line in plan.lines] == [
        ("K1 L1", Interval(500, 900)),
        ("K2 L1", Interval(4500, 5000)),
    ]
    alone = ScriptPlan.of(first)
    assert (alone.cuts, alone.duration_ms, alone.shots[0].name) == ((24, 49), 3500, "S1")
    with pytest.raises(ValueError, match="one clip at least"):
        ScriptPlan.of(())


def test_pairs_of_shots_with_one_setting_or_role(planned: Any) -> None:
    plan = ScriptPlan.of(planned((1000, 2000)))  # all three in "a room", nobody in the picture
    assert plan.pairs_with_shared_settings() == ((0, 1), (0, 2), (1, 2))
    assert plan.pairs_with_shared_roles() == ()


def test_cuts_kept_late_early_missing_extra(planned: Any) -> None:
    plan = ScriptPlan.of(planned((1000, 2000, 3000)))  # frames 24, 48, 72
    assert {cut.verdict for cut in verdicts_of_cuts(plan, (24, 49, 71))} == {"kept"}  # one frame is kept
    told = [(cut.verdict, cut.shot, cut.off) for cut in verdicts_of_cuts(plan, (27, 48, 60))]
    assert told == [("late", "S2", 3), ("kept", "S3", 0), ("early", "S4", -12)]
    told = [(cut.verdict, cut.shot, cut.off) for cut in verdicts_of_cuts(plan, (24, 72))]
    assert told == [("kept", "S2", 0), ("missing", "S3", None), ("kept", "S4", 0)]
    (extra,) = [cut for cut in verdicts_of_cuts(plan, (24, 36, 48, 72)) if cut.verdict == "extra"]
    assert (extra.shot, extra.found) == ("S2", 36)
    # 40 frames off is no late cut but another one.
    one = ScriptPlan.of(planned((1000,)))
    assert [cut.verdict for cut in verdicts_of_cuts(one, (64,))] == ["missing", "extra"]


def test_a_cut_that_is_kept_is_never_given_away(planned: Any) -> None:
    plan = ScriptPlan.of(planned((1000, 3000)))  # frames 24 and 72
    # The first cut is gone, another stands at 90: 24→72 and 72→90 are 66 frames, 72→72 and 24→90 as many.
    told = [(cut.verdict, cut.shot, cut.found) for cut in verdicts_of_cuts(plan, (72, 90))]
    assert told == [("missing", "S2", None), ("kept", "S3", 72), ("extra", "S3", 90)]
    # One frame late the sum of STA's matching even prefers to part them.
    told = [(cut.verdict, cut.shot, cut.found) for cut in verdicts_of_cuts(plan, (73, 90))]
    assert told == [("missing", "S2", None), ("kept", "S3", 73), ("extra", "S3", 90)]
    # Two cuts of one frame's difference: the nearer one is the script's.
    told = [(cut.verdict, cut.shot, cut.found) for cut in verdicts_of_cuts(plan, (24, 72, 73))]
    assert told == [("kept", "S2", 24), ("kept", "S3", 72), ("extra", "S3", 73)]


def test_where_lines_are_heard(planned: Any) -> None:
    plan = ScriptPlan.of(planned((2000,), ((500, 1500), (2500, 3500))))
    # half a second late: the first until the middle of the pause (2000), the second from there on
    assert spans_of_lines(plan, spans((1000, 1950), (3000, 4000))) == (Interval(1000, 1950), Interval(3000, 4000))
    assert spans_of_lines(plan, spans((1000, 2300), (3000, 4000))) == (Interval(1000, 2000), Interval(2000, 4000))
    # nothing within a second of the first line: its own time
    assert spans_of_lines(plan, spans((3200, 3400))) == (Interval(500, 1500), Interval(3200, 3400))
    one = ScriptPlan.of(planned((), ((500, 1000),)))
    assert spans_of_lines(one, spans((2100, 2600))) == (Interval(500, 1000),)


def test_lines_kept_late_early_missing_extra(planned: Any) -> None:
    plan = ScriptPlan.of(planned((2000,), ((500, 1500), (2500, 3500))))
    assert [line.verdict for line in verdicts_of_lines(plan, spans((480, 1560), (2600, 3400)))] == ["kept", "kept"]
    late, kept = verdicts_of_lines(plan, spans((1000, 1950), (2500, 3500)))
    assert (late.verdict, late.onset_ms, late.offset_ms, late.shots) == ("late", 500, 450, ("S1",))
    assert kept.verdict == "kept"
    early = verdicts_of_lines(plan, spans((0, 1000), (2500, 3500)))[0]
    assert (early.verdict, early.onset_ms, early.offset_ms) == ("early", -500, -500)
    missing = verdicts_of_lines(plan, spans((2500, 3500)))[0]
    assert (missing.verdict, missing.line, missing.speaker, missing.heard) == ("missing", "L1", "Ana", None)
    # Speech that touches no line, and is longer than a cough.
    found = verdicts_of_lines(ScriptPlan.of(planned((2000,), ((500, 1000),))), spans((500, 1000), (3000, 3600)))
    assert [(line.verdict, line.shots) for line in found] == [("kept", ("S1",)), ("extra", ("S2",))]
    assert len(verdicts_of_lines(ScriptPlan.of(planned((2000,))), spans((3000, 3200)))) == 0


def test_lines_close_together_share_a_run_of_speech(planned: Any) -> None:
    # The detector closes pauses of up to 300 ms: both lines are kept although one run is heard.
    plan = ScriptPlan.of(planned((), ((500, 1500), (1700, 2500))))
    assert [line.verdict for line in verdicts_of_lines(plan, spans((500, 2500)))] == ["kept", "kept"]


@pytest.mark.parametrize(
    "lines",
    [
        ((0, 3000), (1000, 2000)),  # said into another
        ((0, 3500), (500, 1000), (2000, 2500)),  # two of them
        ((0, 2000), (1500, 3000)),  # one begins before the other ends
        ((500, 2000), (500, 3000), (1000, 3000)),  # they begin or end as one
        ((0, 1500), (200, 800), (2000, 3000)),  # and a pause behind
    ],
)
def test_lines_said_into_one_another_are_kept(planned: Any, lines: tuple[tuple[int, int], ...]) -> None:
    plan = ScriptPlan.of(planned((), lines, voices=3))
    assert {line.verdict for line in verdicts_of_lines(plan, plan.speech)} == {"kept"}
    # Half a second late, whatever can be seen of them is late.
    late = [Interval(one.start_ms + 500, one.end_ms + 500) for one in plan.speech]
    assert "late" in {line.verdict for line in verdicts_of_lines(plan, late)}


def test_what_one_detector_alone_hears_breaks_no_line(planned: Any) -> None:
    plan = ScriptPlan.of(planned((), ((1000, 2000),)))
    clatter = spans((0, 2050), (3000, 3900))  # dishes before the line, a door behind it
    assert [line.verdict for line in routed_view(plan, None, [clatter]).lines or ()] == ["early", "extra"]
    for other in (spans((1000, 1950)), spans((1000, 1950), (3000, 3100))):
        assert [line.verdict for line in routed_view(plan, None, [clatter, other]).lines or ()] == ["kept"]
    found = routed_view(plan, None, [clatter, spans((1000, 1950), (3400, 4000))]).lines or ()
    assert [(line.verdict, line.heard) for line in found][1] == ("extra", Interval(3400, 3900))
    # What both miss is missing.
    assert [line.verdict for line in routed_view(plan, None, [[], []]).lines or ()] == ["missing"]


def test_what_to_render_again(planned: Any) -> None:
    plan = ScriptPlan.of(planned((1000, 2000), ((200, 800), (2500, 3500))))
    view = routed_view(plan, (24, 51), [spans((200, 800))])
    assert view.to_render == {"S3": ("its first cut is late by 3 frames", "L2 is missing")}
    assert routed_view(plan, (24, 48), [spans((200, 800), (2500, 3500))]).to_render == {}
    blind = routed_view(plan, None, None)
    assert (blind.cuts, blind.lines, blind.to_render) == (None, None, {})
