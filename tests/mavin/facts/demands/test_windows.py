"""Times that head several events, that are said again, that count on, and that are shared out."""

from __future__ import annotations

import pytest

from mavin.facts import Event, Facts, read_facts


def _events(prompt: str) -> tuple[Event, ...]:
    return read_facts(prompt).events


def _times(prompt: str) -> list[tuple[int | None, int | None]]:
    return [(event.start_ms, event.end_ms) for event in _events(prompt)]


@pytest.mark.parametrize(
    "prompt",
    [
        "In the last three seconds a butterfly flies past, and the kitten jumps up. 8 seconds.",
        "In the last three seconds a butterfly flies past. The kitten jumps up. 8 seconds.",
        "In den letzten drei Sekunden kommt ein Hund und eine Katze springt. 8 Sekunden.",
        "最后三秒，一只蝴蝶飞过，小猫跳起来。8秒。",
    ],
)
def test_what_the_clip_ends_with_holds_all_that_is_told_behind_it(prompt: str) -> None:
    assert _times(prompt) == [(5000, None), (None, 8000)]


def test_an_interval_inside_the_clip_ends_where_the_next_sentence_begins() -> None:
    assert _times("In the first two seconds a bus stops. Then the bus leaves. 6 seconds.") == [(0, 2000), (None, None)]


@pytest.mark.parametrize(
    ("prompt", "start", "end"),
    [
        ('A couple sits in a bar. In the last two seconds the waiter comes and asks: "Ready?" 7 seconds.', 5000, 7000),
        ('In the first two seconds the waiter comes and asks: "Ready?" Then he leaves. 7 seconds.', 0, 2000),
        ("最后两秒，服务员走过来问：“好了吗？”7秒。", 5000, 7000),
    ],
)
def test_a_deed_before_a_line_begins_with_its_window_and_the_line_is_said_inside(
    prompt: str, start: int, end: int
) -> None:
    facts = read_facts(prompt)
    event = next(event for event in facts.events if event.quotes)
    assert event.start_ms == start
    assert (facts.quotes[0].start_ms, facts.quotes[0].end_ms) == (None, end)


def test_a_line_alone_keeps_the_whole_interval() -> None:
    quote = read_facts('From 1.9 to 2.5 s Anna and Ben say "Go". 6 seconds.').quotes[0]
    assert (quote.start_ms, quote.end_ms) == (1900, 2500)


@pytest.mark.parametrize(
    "prompt",
    [
        'At 2.0s Ben says "Go" and at the same moment, 2.0s, Ana says "Stop". 5 seconds.',
        'Ben says "Go" at 2s. Ana says "Stop" at the very same moment (2 s). 5 seconds.',
    ],
)
def test_a_time_said_again_is_no_length(prompt: str) -> None:
    facts = read_facts(prompt)
    assert facts.duration is not None
    assert facts.duration.duration_ms == 5000
    assert [quote.start_ms for quote in facts.quotes] == [2000, 2000]


@pytest.mark.parametrize(
    ("prompt", "end"),
    [
        ("Within 3 seconds of the start, the alarm rings. A guard runs in. 6 seconds.", 3000),
        ("Innerhalb von 3 Sekunden nach Beginn klingelt ein Wecker. Ein Mann springt auf. 6 Sekunden.", 3000),
    ],
)
def test_the_start_by_its_name(prompt: str, end: int) -> None:
    event = _events(prompt)[0]
    assert event.end_ms == end
    assert "3" not in event.text


@pytest.mark.parametrize(
    "prompt",
    [
        "A man waits. After 2 seconds he sighs. After another 2 seconds he leaves.",
        "Ein Mann wartet. Nach 2 Sekunden seufzt er. Nach weiteren 2 Sekunden geht er.",
        "一个男人在等。过了2秒，他叹气。再过2秒，他走了。",
    ],
)
def test_another_while_counts_on(prompt: str) -> None:
    assert [event.start_ms for event in _events(prompt)] == [None, 2000, 4000]


def test_respective_times_go_to_the_lines_in_their_order() -> None:
    facts = read_facts('Zoe says "Left" and Max says "Right", at 1.5s and 2.5s respectively. 5 seconds.')
    assert [(quote.text, quote.speaker, quote.start_ms) for quote in facts.quotes] == [
        ("Left", "zoe", 1500),
        ("Right", "max", 2500),
    ]


def test_respective_times_go_to_the_events_in_their_order() -> None:
    events = _events("A bell rings, a dog barks and Tom sighs at 1s, 2s and 4s respectively. 6 seconds.")
    assert [(event.text, event.start_ms) for event in events] == [
        ("A bell rings", 1000),
        ("A dog barks", 2000),
        ("Tom sighs", 4000),
    ]


@pytest.mark.parametrize("lead", ["Before it, a wolf howls.", "A wolf howls."])
def test_the_last_shot_told_first_comes_last(lead: str) -> None:
    moon, wolf = _events(f"The last shot lasts exactly 2.5 seconds: the moon. {lead}")
    assert (moon.text, moon.length_ms) == ("The moon", 2500)
    assert wolf.text == "A wolf howls"
    assert wolf.precedes == moon.span.start


@pytest.mark.parametrize(
    ("prompt", "length"),
    [
        ("Ein Mann wartet mindestens 8 Sekunden an der Tür, dann geht er.", 8000),
        ("Una mujer espera al menos 4 segundos en la puerta y luego se va.", 4000),
    ],
)
def test_at_least_so_long_is_held_so_long(prompt: str, length: int) -> None:
    assert _events(prompt)[0].length_ms == length


def test_what_follows_a_silence_is_not_said_in_it() -> None:
    facts: Facts = read_facts("陈伯坐在轮椅上，前四秒没有人说话，然后他说：“回家吧。”")
    assert facts.quotes[0].start_ms is None
    assert [(rule.start_ms, rule.end_ms) for rule in facts.rules] == [(0, 4000)]


def test_silent_seconds_are_a_silence() -> None:
    event = _events("The first three seconds are silent. Then an orchestra plays. 7 seconds.")[0]
    assert (event.text, event.start_ms, event.end_ms) == ("Silence", 0, 3000)


def test_a_second_before_something_is_no_time_of_the_clip() -> None:
    assert _times("地铁门关上前一秒，女孩冲进车厢。7秒") == [(None, None)]
