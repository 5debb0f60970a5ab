"""Bounds of the clip's length, and parts of it as times, in other languages than English."""

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


SHARES = [
    ("Ein Mann geht. Nach einem Viertel der Zeit bellt ein Hund.", 2000),
    ("Un hombre ríe. A tres cuartos del vídeo un perro ladra.", 6000),
    ("Un homme rit. Aux trois quarts du film, un chien aboie.", 6000),
    ("Un uomo ride. A un quarto del filmato un cane abbaia.", 2000),
    ("男人在走。在四分之三处狗叫了。", 6000),
    ("男が笑う。4分の1のところで犬が吠える。", 2000),
    ("Ein Mann geht. Bei 25 % des Films bellt ein Hund.", 2000),
]


@pytest.mark.parametrize(("prompt", "at_ms"), SHARES)
def test_parts_of_the_clip_are_times(prompt: str, at_ms: int) -> None:
    facts = read_facts(prompt, total_ms=8000)
    assert [event.start_ms for event in facts.events] == [None, at_ms]


@pytest.mark.parametrize("prompt", ["A un tercio del camino, un perro ladra.", "Zwei Drittel der Kinder lachen."])
def test_parts_of_other_things_are_none(prompt: str) -> None:
    assert not read_facts(prompt, total_ms=9000).times


SHOT_LENGTHS = [
    "La primera toma dura 1 segundo, la segunda 4 segundos y la tercera el resto. Total 8 segundos. Una niña anda. La niña mira. La niña ríe.",
    "Die erste Einstellung dauert 1 Sekunde, die zweite 4 Sekunden, die dritte den Rest. Gesamtdauer 8 Sekunden. Ein Hund rennt. Der Hund bellt. Der Hund schläft.",
    "Le premier plan dure 1 seconde, le deuxième 4 secondes, le troisième le reste. Durée totale 8 secondes. Un chien court. Le chien aboie. Le chien dort.",
    "8秒的视频，第一个镜头持续1秒，第二个镜头持续4秒，第三个镜头占剩余时间。一只猫跳上桌子，猫打翻杯子，猫逃跑了。",
    "最初のカットは1秒、2番目は4秒、3番目は残り。全体で8秒。少女が歩く。少女が止まる。少女が笑う。",
]


@pytest.mark.parametrize("prompt", SHOT_LENGTHS)
def test_lengths_of_numbered_shots_cut_the_clip(prompt: str) -> None:
    facts = read_facts(prompt)
    assert [fact.start_ms for fact in facts.cuts] == [1000, 5000]
    assert facts.duration is not None
    assert facts.duration.duration_ms == 8000
    assert len(facts.events) == 3
