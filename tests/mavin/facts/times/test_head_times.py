"""Times that head lines: "[0:01] Dana: … [0:04] Eli: …"."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


def _lines(prompt: str) -> list[tuple[str | None, int | None, int | None]]:
    return [(quote.speaker, quote.start_ms, quote.end_ms) for quote in read_facts(prompt).quotes]


@pytest.mark.parametrize(
    ("prompt", "starts"),
    [
        ('t=2.4s, Dana: "Cut the red wire." t=4.9s, Eli: "Which red?" 8s.', (2400, 4900)),
        ('[0:01] Dana: "Cut the wire." [0:04] Eli: "Which one?" Total: 8s', (1000, 4000)),
        ('00:02 Nina: "Now." 00:04 Otto: "Go." Runtime 7s.', (2000, 4000)),
        ('0:02 - Nina: "Now." 0:04 - Otto: "Go." Runtime 7s.', (2000, 4000)),
        ("[0:02] Anne : « Viens. » [0:05] Luc : « J'arrive. » Durée : 8 s.", (2000, 5000)),
        ("0:02 Jonas: „Hörst du das?“ 0:04,5 Mia: „Das ist nur der Wind.“ Länge: 8 Sekunden.", (2000, 4500)),
        ("0:02 花子「行こう」 0:05 太郎「待って」 全体8秒。", (2000, 5000)),
        ("0:01 小明：“你好。” 0:04 小红：“走吧。” 总时长8秒。", (1000, 4000)),
        ("[0:02] Ana: «Ven.» [0:05] Luis: «Ya voy.» Duración: 8 s.", (2000, 5000)),
        ('@2s Nina: "Now." @4s Otto: "Go." 7s.', (2000, 4000)),
        ('2s Nina: "Now."\n4s Otto: "Go."', (2000, 4000)),
        ('1.0s Dana: "Now."\n4.0s Eli: "Go."', (1000, 4000)),
        ('2s - Nina says "Now." 4s - Otto says "Go." 7s.', (2000, 4000)),
        ('1s: Nina says "Now." 4s: Otto says "Go." 7 seconds.', (1000, 4000)),
        ('Nina, 2s: "Now." Otto, 4s: "Go." 7s.', (2000, 4000)),
        ('Ada | 1s: "Yes." Bo | 3s: "No." 5s.', (1000, 3000)),
        ('[2s] Nina: "Now." [4s] Otto: "Go." Total 7s', (2000, 4000)),
        ('(2s) Nina: "Now." (4s) Otto: "Go." Total 7s', (2000, 4000)),
        ('1s Rosa: "Wait" 3s Ben: "No" 6s.', (1000, 3000)),
        ('2s Nina: "Now." The bell rings. 4s Otto: "Go." 7s.', (2000, 4000)),
    ],
)
def test_each_time_before_a_line_heads_it(prompt: str, starts: tuple[int, ...]) -> None:
    facts = read_facts(prompt)
    assert tuple(quote.start_ms for quote in facts.quotes) == starts
    assert len({quote.speaker for quote in facts.quotes}) == 2
    assert not any(char.isdigit() for role in facts.roles for char in role.name)
    assert len(facts.durations) <= 1


@pytest.mark.parametrize(
    ("prompt", "language", "spans"),
    [
        ("0:01〜0:03 太郎「ここはどこだ」 0:04〜0:06 次郎「駅だよ」 合計7秒。", "ja", [(1000, 3000), (4000, 6000)]),
        ('1-3s Nina: "Now, we go." 4-6s Otto: "Go." 7s.', "en", [(1000, 3000), (4000, 6000)]),
        ('[0-2] Nina: "Now." [2-5] Otto: "Go." 5s.', "en", [(0, 2000), (2000, 5000)]),
    ],
)
def test_an_interval_before_a_line_holds_it(prompt: str, language: str, spans: list[tuple[int, int]]) -> None:
    assert [(start, end) for _, start, end in _lines(prompt)] == spans
    assert read_facts(prompt).language == language


def test_such_times_head_events_too() -> None:
    facts = read_facts('3s: Nina says "Now." 5s: the fuse burns out. Length 7s.')
    assert [quote.start_ms for quote in facts.quotes] == [3000]
    assert [event.start_ms for event in facts.events if not event.speech_only] == [5000]
    assert [total.duration_ms for total in facts.durations] == [7000]


@pytest.mark.parametrize(
    ("prompt", "language"),
    [
        ("[0:02] Anne : « Viens. » [0:05] Luc : « J'arrive. » Durée : 8 s.", "fr"),
        ("[0:02] Anna: „Komm.“ [0:05] Otto: „Gleich.“ Gesamtdauer: 8 s.", "de"),
        ("[0:02] Ana: «Ven.» [0:05] Luis: «Ya voy.» Duración: 8 s.", "es"),
        ("0:02 花子「行こう」 0:05 太郎「待って」 全体8秒。", "ja"),
        ('[0:02] Anne: "Viens." [0:05] Luc: "J\'arrive." Total: 8 s.', "en"),
    ],
)
def test_names_and_a_length_tell_the_language(prompt: str, language: str) -> None:
    assert read_facts(prompt).language == language


@pytest.mark.parametrize(
    ("prompt", "starts"),
    [
        ('Nina: "Now." (2s) Otto: "Go." (4s) Total: 7s.', (None, None)),
        ('Shot 1. 2s - Nina says "Now." Shot 2. 4s - Otto says "Go."', (None, None)),
        ('8 seconds: Nina says "Now." Otto says "Go."', (None, None)),
        ('8s: Nina says "Now." Then 3s of silence. Otto says "Go."', (None, None)),
    ],
)
def test_what_heads_no_line_is_no_such_time(prompt: str, starts: tuple[int | None, ...]) -> None:
    assert tuple(quote.start_ms for quote in read_facts(prompt).quotes) == starts


@pytest.mark.parametrize(
    "prompt",
    [
        'Nina: "Now." 2s Otto: "Go." 4s.',
        'Nina: "Now." 2s\nOtto: "Go." 4s',
        '- Nina: "Now." – 2s\n- Otto: "Go." – 4s',
        'Nina says "Now." 2s. Otto says "Go." 4s. 8 seconds total.',
        'Nina: „Jetzt." 2 s Otto: „Los!" 4 s',
    ],
)
def test_times_behind_every_line_of_a_list_are_the_lines(prompt: str) -> None:
    facts = read_facts(prompt)
    assert [(quote.speaker, quote.start_ms) for quote in facts.quotes] == [("nina", 2000), ("otto", 4000)]
    assert [fact.duration_ms for fact in facts.durations] == ([8000] if "total" in prompt else [])


@pytest.mark.parametrize("prompt", ['1. Nina: "Now." 2s\n2. Otto: "Go." 3s', 'Nina: "Now." Otto: "Go." 4s.'])
def test_times_behind_shots_and_behind_one_line_are_lengths(prompt: str) -> None:
    assert [quote.start_ms for quote in read_facts(prompt).quotes] == [None, None]
