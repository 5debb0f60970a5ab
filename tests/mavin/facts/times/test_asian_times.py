"""Times, lengths and counts of shots as Chinese and Japanese prompts state them."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts

LENGTHS = [
    "第一个镜头2秒：老人走进房间。第二个镜头4秒：他点燃蜡烛。第三个镜头3秒：他微笑。",
    "第一個鏡頭2秒：老人走進房間。第二個鏡頭4秒：他點燃蠟燭。第三個鏡頭3秒：他微笑。",
    "1カット目は2秒。老人が階段を上る。2カット目は4秒。老人が灯りをともす。3カット目は3秒。老人が笑う。",
    "1カット目（2秒）：老人が階段を上る。2カット目（4秒）：老人が灯りをともす。3カット目（3秒）：老人が笑う。",
]


@pytest.mark.parametrize("prompt", LENGTHS)
def test_a_label_says_how_long_its_shot_is(prompt: str) -> None:
    labels = read_facts(prompt).labels
    assert [(label.interval.start_ms, label.interval.end_ms) for label in labels if label.interval] == [
        (0, 2000),
        (2000, 6000),
        (6000, 9000),
    ]


@pytest.mark.parametrize(
    "prompt",
    [
        "12秒三个镜头：女孩开门，女孩看见一只狗，女孩笑了。",
        "12秒3個鏡頭。女孩開門，女孩看見一隻狗，女孩笑了。",
        "12秒で3カット。少女が歩く。少女が止まる。少女が笑う。",
    ],
)
def test_a_length_before_a_count_of_shots_is_the_films(prompt: str) -> None:
    facts = read_facts(prompt)
    assert facts.duration is not None
    assert facts.shots is not None
    assert (facts.duration.duration_ms, facts.shots.count) == (12_000, 3)
    assert len(facts.events) == 3


def test_an_animal_and_its_cry_are_two_words() -> None:
    facts = read_facts("一只狗在跑。狗叫了。")
    assert [event.text for event in facts.events] == ["一只狗在跑", "狗叫了"]
