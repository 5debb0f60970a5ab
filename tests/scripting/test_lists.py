"""Counted lists fill their shots; counts, takes, lengths and sounds that contradict each other are refused."""

from __future__ import annotations

import pytest

from mavin.ledger import ScriptReport
from mavin.request import WriteRequest
from scripting import write_script
from scripting.llm import LlmSession


def script(prompt: str) -> ScriptReport:
    return write_script(WriteRequest(prompt=prompt), LlmSession(None))


@pytest.mark.parametrize(
    ("prompt", "actions", "duration_ms"),
    [
        ("Three shots of equal length, total 7 s: an egg, a chick, a hen.", ["An egg", "A chick", "A hen"], 7000),
        ("Each shot lasts 2 seconds: a fish, a boat, a net, a fire.", ["A fish", "A boat", "A net", "A fire"], 8000),
        ("Cut at 2 s and at 4 s: a bee, a cat, a dog. Total 6 s.", ["A bee", "A cat", "A dog"], 6000),
        ("三个镜头：猫睡觉，狗跑，鸟飞。", ["猫睡觉", "狗跑", "鸟飞"], 7500),
        ("The film should be between 5 and 7 seconds. A kite rises.", ["A kite rises"], 5000),
    ],
)
def test_a_list_fills_the_shots(prompt: str, actions: list[str], duration_ms: int) -> None:
    caption = script(prompt).caption
    assert caption is not None
    assert ([shot.action for shot in caption.shots], caption.duration_ms) == (actions, duration_ms)


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("A single continuous take with four cuts: a man walks.", ["A single continuous take", "with four cuts"]),
        ("Without any cuts, we cut from the river to the sea.", ["Without any cuts", "we cut from"]),
        ("The film is exactly 6 s and exactly 7 s long: a bee.", ["6 s", "7 s"]),
        ("Ein Film von 5 Sekunden, der 9 Sekunden dauert: eine Biene fliegt.", ["5 Sekunden", "9 Sekunden"]),
        ("Only Eve is seen. Adam waves.", ["Only Eve is seen", "Adam"]),
        ("Tom is alone. Beside him Ana sits.", ["alone", "Beside him Ana sits."]),
        ('Only two people speak. Al says "A." Bo says "B." Cy says "C."', ["Only two people speak", '"C."']),
        (
            'Exactly two lines are spoken. Al says "A." Bo says "B." Al says "C."',
            ["Exactly two lines are spoken", '"C."'],
        ),
        ("In complete silence thunder cracks at 2 s.", ["In complete silence", "thunder cracks"]),
    ],
)
def test_contradictions_are_refused_with_both_places(prompt: str, words: list[str]) -> None:
    report = script(prompt)
    assert report.caption is None
    assert [span.text for span in report.conflicts[0].spans] == words


def test_halfway_behind_a_longer_beginning_finds_a_length() -> None:
    report = script("In the first two seconds a bell rings. Then a monk bows for three seconds. Halfway, a dog barks.")
    assert report.caption is not None
    assert [(shot.start_ms, shot.end_ms) for shot in report.caption.shots][:2] == [(0, 2000), (2000, 5000)]
    assert report.caption.shots[2].start_ms * 2 == report.caption.duration_ms
