"""Intervals are half-open, merging is a union, and seconds go out and come back without loss."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mavin.interval import Interval, format_interval, format_seconds, merge, parse_seconds

TIMES = st.integers(0, 20_000)


@st.composite
def intervals(draw: st.DrawFn, latest: int = 20_000) -> Interval:
    start = draw(st.integers(0, latest - 1))
    return Interval(start, draw(st.integers(start + 1, latest)))


@pytest.mark.parametrize(("start", "end"), [(5, 5), (7, 3), (-1, 3)])
def test_an_interval_goes_forwards_and_says_both_values(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"got start {start} ms and end {end} ms"):
        Interval(start, end)


def test_the_start_is_inside_and_the_end_is_not() -> None:
    interval = Interval(1900, 2500)
    assert interval.contains(1900)
    assert interval.contains(2499)
    assert not interval.contains(2500)
    assert not interval.contains(1899)
    assert interval.duration_ms == 600


def test_touching_intervals_do_not_overlap() -> None:
    before, after = Interval(0, 1000), Interval(1000, 2000)
    assert not before.overlaps(after)
    assert not after.overlaps(before)
    assert before.intersection(after) is None


@given(intervals(), intervals())
def test_overlap_is_symmetric_and_the_same_as_having_an_intersection(one: Interval, two: Interval) -> None:
    assert one.overlaps(two) == two.overlaps(one) == (one.intersection(two) is not None)
    assert one.intersection(two) == two.intersection(one)


@given(intervals(60), intervals(60))
def test_relations_agree_with_sets_of_instants(one: Interval, two: Interval) -> None:
    instants = {time for time in range(60) if one.contains(time)}
    others = {time for time in range(60) if two.contains(time)}
    assert one.overlaps(two) == bool(instants & others)
    assert one.covers(two) == (others <= instants)
    shared = one.intersection(two)
    assert (set(range(shared.start_ms, shared.end_ms)) if shared else set()) == instants & others


@given(st.lists(intervals(80)))
def test_merge_is_the_union_sorted_and_with_gaps_between(parts: list[Interval]) -> None:
    merged = merge(parts)
    assert {time for time in range(80) if any(part.contains(time) for part in merged)} == {
        time for time in range(80) if any(part.contains(time) for part in parts)
    }
    # Touching intervals have become one, so that something always lies between two neighbours.
    assert all(left.end_ms < right.start_ms for left, right in pairwise(merged))
    assert merge(merged) == merged


def test_merge_of_nothing_is_nothing() -> None:
    assert merge([]) == ()


@given(TIMES)
def test_seconds_round_trip_to_the_millisecond(time_ms: int) -> None:
    assert parse_seconds(format_seconds(time_ms)) == time_ms


@pytest.mark.parametrize(
    ("time_ms", "text"),
    [(0, "0.0"), (1900, "1.9"), (2000, "2.0"), (2050, "2.05"), (2005, "2.005"), (12_340, "12.34")],
)
def test_seconds_show_as_many_decimals_as_they_need(time_ms: int, text: str) -> None:
    assert format_seconds(time_ms) == text


@pytest.mark.parametrize(
    ("text", "time_ms"),
    [("1.9", 1900), ("1,9", 1900), (" 2 ", 2000), ("0.0005", 1), ("0.0004", 0), ("2.6745", 2675), (".5", 500)],
)
def test_seconds_are_read_exactly_and_rounded_half_up(text: str, time_ms: int) -> None:
    # 2.6745 as a float is 2.67449999…; decimals keep the half that a person wrote.
    assert parse_seconds(text) == time_ms


@pytest.mark.parametrize("text", ["", "soon", "-1", "nan", "inf", "1.2.3", "1s"])
def test_what_is_no_time_is_refused_with_the_text(text: str) -> None:
    with pytest.raises(ValueError, match="a time must be") as caught:
        parse_seconds(text)
    assert repr(text) in str(caught.value)


@given(st.text(max_size=12))
@example("1e999999999")
@example("٣")
def test_reading_a_time_never_fails_in_another_way(text: str) -> None:
    try:
        assert parse_seconds(text) >= 0
    except ValueError:
        return


def test_an_interval_is_written_like_in_the_paper() -> None:
    assert format_interval(Interval(1900, 2500)) == "1.9–2.5s"
