"""Who people are in Chinese and Japanese, where no capital letter marks a name."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


@pytest.mark.parametrize(
    ("prompt", "roles"),
    [
        ("侦探老周走进酒吧。", ["老周"]),
        ("厨师大刘切菜。", ["大刘"]),
        ("清晨的公园里，李奶奶打太极。", ["李奶奶"]),
        ("张医生走进病房。", ["张医生"]),
        ("小路弯弯，一只狐狸走来。", ["狐狸"]),
        ("健太とゆいが向かい合っている。ゆいは黙っている。", ["健太", "ゆい"]),
        ("あおいが走る。", ["あおい"]),
        ("欧阳雪推开门。欧阳雪坐下。", ["欧阳雪"]),
        ("歐陽雪推開門。司馬先生點頭。", ["歐陽雪", "司馬先生"]),
        ("诸葛明走进茶馆。司马兰问：“你是谁？”", ["诸葛明", "司马兰"]),
        ("佐々木刑事がドアを開ける。佐々木は「動くな」と言う。刑事が座る。", ["佐々木刑事"]),
    ],
)
def test_names(prompt: str, roles: list[str]) -> None:
    assert [role.name for role in read_facts(prompt).roles] == roles


@pytest.mark.parametrize(
    ("prompt", "speaker"),
    [
        ("酒保摇头：“我们打烊了。”", "酒保"),
        ("李奶奶笑着摇摇头：“不行。”", "李奶奶"),
        ("妈妈告诉孩子：“慢慢走。”", "妈妈"),
        ("小红：“你好。”", "小红"),
    ],
)
def test_whoever_acts_before_a_colon_speaks(prompt: str, speaker: str) -> None:
    facts = read_facts(prompt)
    assert [quote.speaker for quote in facts.quotes] == [speaker]


def test_a_thing_that_stops_is_its_own_subject() -> None:
    events = read_facts("酒保摇头：“我们打烊了。”第6秒灯灭了。").events
    assert [event.text for event in events] == ["酒保摇头", "灯灭了"]
    assert events[1].start_ms == 6000
