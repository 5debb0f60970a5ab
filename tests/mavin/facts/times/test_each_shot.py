"""How long every shot is ("three shots, each 4 seconds long"), and totals that are demanded ("it must be 9 seconds")."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


@pytest.mark.parametrize("total", [8, 12])
@pytest.mark.parametrize(
    "prompt",
    [
        "{} seconds. Three shots, each 4 seconds long: a dog runs, a ball rolls, a river flows.",
        "Three shots of 4 seconds each, {} seconds in total: a dog runs, a ball rolls, a river flows.",
        "{} secondes. Trois plans de 4 secondes chacun : un chien court, une balle roule, une rivière coule.",
        "{} Sekunden. Drei Einstellungen von je 4 Sekunden: Ein Hund rennt, ein Ball rollt, ein Fluss fließt.",
        "{} Sekunden. Drei Einstellungen zu je 4 Sekunden: Ein Hund rennt, ein Ball rollt, ein Fluss fließt.",
        "{} segundos. Tres planos de 4 segundos cada uno: un perro corre, una pelota rueda, un río fluye.",
        "{} secondi. Tre inquadrature di 4 secondi ciascuna: un cane corre, una palla rotola, un fiume scorre.",
        "{} segundos. Três planos de 4 segundos cada: um cão corre, uma bola rola, um rio corre.",
        "总共{}秒。三个镜头，每个4秒：狗在跑，球在滚，河在流。",
        "合計{}秒。3つのカット、各4秒：犬が走る。ボールが転がる。川が流れる。",
    ],
)
def test_every_shot_is_as_long_as_said_and_nothing_leaks(prompt: str, total: int) -> None:
    facts = read_facts(prompt.format(total))
    assert [fact.duration_ms for fact in facts.durations] == [total * 1000]
    assert [fact.count for fact in facts.counts] == [3]
    assert [event.length_ms for event in facts.events] == [4000] * 3
    assert not any(char in "4:：" for event in facts.events for char in event.text)
    assert not any(
        event.text.lower().startswith(("de ", "di ", "von ", "zu ", "each", "in ")) for event in facts.events
    )


@pytest.mark.parametrize(
    ("prompt", "totals"),
    [
        ("Make it exactly 10 seconds. It should be 7 seconds long. A snail crosses a leaf.", [10000, 7000]),
        ("Make it 10 seconds long. The video must be 7 seconds. A snail crosses a leaf.", [10000, 7000]),
        ("It must be 9 seconds. A snail crosses a leaf.", [9000]),
        ("The video should be 9 seconds long. A snail crosses a leaf.", [9000]),
        ("El vídeo debe durar 9 segundos. Un caracol cruza una hoja.", [9000]),
        ("La vidéo doit durer 9 secondes. Un escargot traverse une feuille.", [9000]),
        ("Every 4 seconds a bell rings. 8 seconds.", [8000]),
        ("Three guards, each 4 seconds late, run in. 8 seconds.", [8000]),
    ],
)
def test_totals_that_are_demanded(prompt: str, totals: list[int]) -> None:
    facts = read_facts(prompt)
    assert [fact.duration_ms for fact in facts.durations] == totals
    assert len(facts.events) == 1 or "bell" in prompt
