"""Lines that several people say at once, lines that are repeated, events at several times."""

from __future__ import annotations

import pytest

from mavin.ledger import ScriptReport
from mavin.request import WriteRequest
from scripting import write_script
from scripting.llm import LlmSession


def script(prompt: str) -> ScriptReport:
    return write_script(WriteRequest(prompt=prompt), LlmSession(None))


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ('Jo and Max shout together: "Surprise!"', {"Jo", "Max"}),
        ('Jo, Max and Kim yell: "Go!" Then Kim runs.', {"Jo", "Max", "Kim"}),
        ('"Surprise!" shout Jo and Max.', {"Jo", "Max"}),
        ('Both twins say "Jinx!" at the same time.', {"First twin", "Second twin"}),
        ('Ana and Ben wave. They both say "Bye" to Tom.', {"Ana", "Ben"}),
        ("Jo und Max rufen gemeinsam: „Überraschung!“", {"Jo", "Max"}),
        ("Jo y Max gritan juntos: «¡Sorpresa!»", {"Jo", "Max"}),
        ("Jo et Max crient ensemble : « Surprise ! »", {"Jo", "Max"}),
        ('"Surprise!" says Jo, and Max laughs.', {"Jo"}),
        ('Jo says to Max and Kim: "Go!"', {"Jo"}),
    ],
)
def test_a_chorus_has_a_line_for_each_voice_at_one_time(prompt: str, names: set[str]) -> None:
    caption = script(prompt).caption
    assert caption is not None
    known = {role.id: role.name for role in caption.roles}
    assert {known[line.role] for line in caption.dialogue} == names
    assert len({(line.start_ms, line.end_ms, line.text) for line in caption.dialogue}) == 1


@pytest.mark.parametrize(
    ("prompt", "count"),
    [
        ('Anna says "Yes" three times.', 3),
        ("A man inside shouts “Go away!” twice.", 2),
        ('Anna says three times: "Yes."', 3),
        ("Ana dice «Sí» tres veces.", 3),
        ("Ana sagt dreimal: „Ja.“", 3),
        ("Ana dit « Oui » deux fois.", 2),
        ('Anna knocks three times and says "Open."', 1),
    ],
)
def test_a_repeated_line_is_said_as_often(prompt: str, count: int) -> None:
    report = script(prompt)
    assert report.caption is not None
    assert len(report.caption.dialogue) == count
    assert all(entry.outcome == "kept" for entry in report.ledger if entry.kind == "repetition")


def test_a_repeated_line_fills_its_interval() -> None:
    caption = script('Anna says "Yes" three times from 2 s to 5 s.').caption
    assert caption is not None
    assert [(line.start_ms, line.end_ms) for line in caption.dialogue] == [(2000, 3000), (3000, 4000), (4000, 5000)]


@pytest.mark.parametrize(
    ("prompt", "times"),
    [
        ("The bell rings at 1 s and again at 4 s.", [1000, 4000]),
        ("At 1.5s, 3s and 4.5s a drum beats. The film is 6 s long.", [1500, 3000, 4500]),
        ("The dog barks twice, at 1 s and at 3 s.", [1000, 3000]),
    ],
)
def test_an_event_at_several_times_happens_at_each(prompt: str, times: list[int]) -> None:
    report = script(prompt)
    assert report.caption is not None
    assert list(report.caption.cuts_ms) == times
    assert all(entry.outcome == "kept" for entry in report.ledger if entry.kind in ("time", "repetition"))


def test_more_times_than_a_count_allows_are_refused() -> None:
    report = script("The dog barks exactly twice: at 1 s, at 2 s and at 3 s.")
    assert report.caption is None
    assert [span.text for span in report.conflicts[0].spans] == ["twice", "at 1 s", "at 2 s", "at 3 s"]


@pytest.mark.parametrize(
    "prompt",
    [
        'Tom says "Go left!" and at the same time Ann says "Go right, you fool, go right now!" Then a dog barks.',
        '"Go left!" says Tom. "Go right, you fool, go right now!" says Ann at the same time. A dog barks.',
        'Tom says "Go left!" while Ann simultaneously says "Go right, you fool, go right now!" A dog barks.',
    ],
)
def test_lines_at_the_same_time_overlap(prompt: str) -> None:
    caption = write_script(WriteRequest(prompt=prompt), LlmSession(None)).caption
    assert caption is not None
    first, second = caption.dialogue
    assert (first.start_ms, first.role != second.role) == (second.start_ms, True)
    assert caption.shots[0].end_ms >= second.end_ms > first.end_ms
    assert caption.shots[-1].action == "A dog barks"


def test_a_fixed_time_holds_for_both_lines() -> None:
    prompt = 'At 2 seconds Tom says "Go left!" and at the same time Ann says "Go right!" 6 seconds.'
    caption = write_script(WriteRequest(prompt=prompt), LlmSession(None)).caption
    assert caption is not None
    assert [line.start_ms for line in caption.dialogue] == [2000, 2000]
