"""Bounds of the clip's length in other languages than English."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts

LEAST = [
    "Mindestens 8 Sekunden. Ein Hund rennt.",
    "Al menos 8 segundos. Un perro corre.",
    "Au moins 8 secondes. Un chien court.",
    "Almeno 8 secondi. Un cane corre.",
    "至少8秒。一只狗在跑。",
    "8秒以上。犬が走る。",
    "Der Film soll mindestens 8 Sekunden dauern. Ein Hund rennt.",
    "El vídeo debe durar al menos 8 segundos. Un perro corre.",
]
MOST = [
    "Höchstens 8 Sekunden. Ein Hund rennt.",
    "Como máximo 8 segundos. Un perro corre.",
    "Au maximum 8 secondes. Un chien court.",
    "No máximo 8 segundos. Um cão corre.",
    "影片时长不超过8秒，一只狗在跑。",
    "8秒以内。犬が走る。",
]


@pytest.mark.parametrize("prompt", LEAST)
def test_the_shortest_that_a_clip_may_be(prompt: str) -> None:
    facts = read_facts(prompt)
    assert [bound.least_ms for bound in facts.bounds] == [8000]
    assert facts.duration is None
    assert len(facts.events) == 1


@pytest.mark.parametrize("prompt", MOST)
def test_the_longest_that_a_clip_may_be(prompt: str) -> None:
    facts = read_facts(prompt)
    assert [(bound.least_ms, bound.most_ms) for bound in facts.bounds] == [(0, 8000)]
    assert facts.duration is None
    assert len(facts.events) == 1


@pytest.mark.parametrize("prompt", ["Ein Mann wartet mindestens 8 Sekunden.", "男は8秒以上待つ。"])
def test_what_one_event_lasts_bounds_no_clip(prompt: str) -> None:
    assert not read_facts(prompt).bounds
