"""Requests that tell the film's length: "Tell it in 9 seconds."."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


@pytest.mark.parametrize(
    ("prompt", "total"),
    [
        ("A dog chases a ball. Tell it in 9 seconds.", 9000),
        ("A dog chases a ball. Can you tell it in 9 seconds?", 9000),
        ("A dog chases a ball. Please show this in exactly 7.5 seconds and two shots.", 7500),
        ("Do it all in 12 seconds. A chef cooks an egg.", 12000),
        ("Tell the whole story in 8 seconds: a dog chases a ball.", 8000),
        ("Ein Hund jagt einen Ball. Erzähl es in 9 Sekunden.", 9000),
        ("Un perro persigue una pelota. Cuéntalo en 9 segundos.", 9000),
        ("Un chien court. Raconte-le en 9 secondes.", 9000),
        ("Un cane corre. Raccontalo in 9 secondi.", 9000),
        ("Um cão corre. Conta isso em 9 segundos.", 9000),
        ("一只狗在跑。用9秒讲完。", 9000),
        ("犬が走る。9秒で見せて。", 9000),
    ],
)
def test_a_request_tells_the_total_and_no_event(prompt: str, total: int) -> None:
    facts = read_facts(prompt)
    assert [fact.duration_ms for fact in facts.durations] == [total]
    assert len(facts.events) == 1


@pytest.mark.parametrize(
    "prompt",
    [
        "Ben must do it in 3 seconds. He runs.",
        "Show it to Ben. In 3 seconds he is gone.",
        "The chef makes it in 3 seconds flat.",
        "老师用9秒讲完。",
    ],
)
def test_what_somebody_does_in_a_time_is_no_request(prompt: str) -> None:
    assert not read_facts(prompt).durations
