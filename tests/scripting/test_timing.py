"""The solver: exact partitions, fixed values exact, and the smallest clash where nothing fits."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mavin.caption import MAX_DURATION_MS, MIN_DURATION_MS, MIN_LINE_MS, MIN_SHOT_MS
from scripting.timing import InfeasibleError, TimedLine, TimedShot, solve


def line(key: str, natural: int, start: int | None = None, end: int | None = None) -> TimedLine:
    return TimedLine(key, natural, natural // 2, start, end)


def test_free_shots_share_the_time_by_weight() -> None:
    schedule = solve([TimedShot("S1", 2500), TimedShot("S2", 5000), TimedShot("S3", 2500)], 8000)
    # 8000 ms x 2500/10000 = 2000 ms; then 5000/10000 = 4000 ms.
    assert [span.start_ms for span in schedule.shots.values()] == [0, 2000, 6000]


def test_without_a_duration_each_shot_gets_its_weight() -> None:
    schedule = solve([TimedShot("S1", 2500), TimedShot("S2", 2500, (line("L1", 900),))])
    assert schedule.duration_ms == 5000
    assert schedule.shots["S2"].covers(schedule.lines["L1"])


def test_fixed_lines_move_the_cuts_and_stay_themselves() -> None:
    schedule = solve(
        [TimedShot("S1", 2500, (line("L1", 900),)), TimedShot("S2", 2500, (line("L2", 500, 2100, 2800),))], 4000
    )
    assert (schedule.lines["L2"].start_ms, schedule.lines["L2"].end_ms) == (2100, 2800)
    assert schedule.shots["S1"].end_ms <= 2100


def test_a_line_may_cross_a_cut_only_where_both_are_fixed() -> None:
    schedule = solve([TimedShot("S1", 2500, (line("L1", 900, 1500, 3500),), 0, 3000), TimedShot("S2", 2500)], 6000)
    assert schedule.shots["S1"].end_ms == 3000
    assert schedule.lines["L1"].end_ms == 3500


@pytest.mark.parametrize(
    ("shots", "duration", "clash"),
    [
        # L1 at 3.0 s cannot come before L2 at 2.1 s; the duration has no part in it.
        (
            [
                TimedShot("S1", 2500, (line("L1", 900, 3000, 3500),)),
                TimedShot("S2", 2500, (line("L2", 500, 2100, 2800),)),
            ],
            4000,
            {"L1", "L2"},
        ),
        # Nine seconds of speech (4.5 s at its fastest) do not fit into four.
        ([TimedShot("S1", 2500, (line("L1", 9000),)), TimedShot("S2", 2500)], 4000, {"L1", "duration"}),
        # Shot 1 ends at 2 s, its line begins at 3 s.
        ([TimedShot("S1", 2500, (line("L1", 900, 3000, 3500),), 0, 2000), TimedShot("S2", 2500)], None, {"L1", "S1"}),
    ],
)
def test_the_smallest_clash_is_named(shots: list[TimedShot], duration: int | None, clash: set[str]) -> None:
    with pytest.raises(InfeasibleError) as caught:
        solve(shots, duration)
    assert set(caught.value.clash) == clash


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[TimedShot], int | None]:
    shots = []
    number = 0
    for index in range(draw(st.integers(1, 6))):
        lines = []
        for _ in range(draw(st.integers(0, 2))):
            number += 1
            natural = draw(st.integers(200, 3000))
            start = draw(st.none() | st.integers(0, 12_000))
            end = start + draw(st.integers(200, 2000)) if start is not None and draw(st.booleans()) else None
            lines.append(TimedLine(f"L{number}", natural, natural // 2, start, end))
        shots.append(TimedShot(f"S{index + 1}", draw(st.integers(400, 4000)), tuple(lines)))
    return shots, draw(st.none() | st.integers(MIN_DURATION_MS, MAX_DURATION_MS))


@given(plans())
def test_every_schedule_keeps_every_promise(plan: tuple[list[TimedShot], int | None]) -> None:
    shots, duration = plan
    try:
        schedule = solve(shots, duration)
    except InfeasibleError as error:
        assert error.clash
        return
    assert duration is None or schedule.duration_ms == duration
    assert MIN_DURATION_MS <= schedule.duration_ms <= MAX_DURATION_MS
    spans = [schedule.shots[shot.key] for shot in shots]
    assert spans[0].start_ms == 0
    assert spans[-1].end_ms == schedule.duration_ms
    assert all(one.end_ms == two.start_ms for one, two in pairwise(spans))
    assert all(span.duration_ms >= MIN_SHOT_MS for span in spans)
    for shot, span in zip(shots, spans, strict=True):
        for item in shot.lines:
            placed = schedule.lines[item.key]
            assert placed.duration_ms >= MIN_LINE_MS
            assert placed.end_ms <= schedule.duration_ms
            assert span.contains(placed.start_ms)
            if item.start_ms is not None:
                assert placed.start_ms == item.start_ms
            else:
                assert span.covers(placed)
                assert placed.duration_ms >= item.fastest_ms
            if item.end_ms is not None:
                assert placed.end_ms == item.end_ms


@given(plans())
def test_the_same_plan_gives_the_same_times(plan: tuple[list[TimedShot], int | None]) -> None:
    def outcome() -> object:
        try:
            return solve(*plan)
        except InfeasibleError as error:
            return error.clash

    assert outcome() == outcome()
