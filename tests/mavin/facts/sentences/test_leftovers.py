"""Words that are left when the facts of a sentence are taken out of it are no event."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts
from mavin.facts.sentences import is_leftover


@pytest.mark.parametrize(
    ("prompt", "events"),
    [
        ("A glass shatters. 8 seconds total, exactly four shots.", ["A glass shatters"]),
        ("Uma menina solta uma pipa. O filme dura 8 segundos.", ["Uma menina solta uma pipa"]),
        ("灯灭了。全片8秒。", ["灯灭了"]),
        ("两个机器人组装汽车。三个镜头，共9秒。", ["两个机器人组装汽车"]),
        ("猫が膝に乗る。三つのショットで。", ["猫が膝に乗る"]),
        ("El revisor duerme. Sin música.", ["El revisor duerme"]),
        ("小狗在城市里跑。没有音乐。", ["小狗在城市里跑"]),
    ],
)
def test_what_is_left_of_a_fact_is_no_event(prompt: str, events: list[str]) -> None:
    assert [event.text for event in read_facts(prompt).events] == events


@pytest.mark.parametrize("words", ["Exactly", "in all", "O", "insgesamt", "共", "で", "全片"])
def test_links_alone_tell_nothing(words: str) -> None:
    assert is_leftover(words)


@pytest.mark.parametrize("words", ["Rain", "Ana", "She nods", "The end", "It runs", "走る", "下雨", "3", ""])
def test_whatever_can_be_seen_stays(words: str) -> None:
    assert not is_leftover(words)
