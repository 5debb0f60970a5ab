"""Lengths that stand in the labels of shots: "Shot 1 - 2s - …", "Shot 1, 2 seconds: …"."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts
from mavin.interval import Interval


@pytest.mark.parametrize(
    "prompt",
    [
        "SHOT 1 - 2s - Close on an eye. SHOT 2 - 3s - Wide: Rosa on a cliff.",
        "Shot 1 — 2s: a key turns. Shot 2 — 3s: Rosa walks in.",
        "Scene 1 - 2s: a key turns. Scene 2 - 3s: Rosa walks in.",
        "Plano 1 - 2s: una llave gira. Plano 2 - 3s: Rosa entra.",
        "Einstellung 1 – 2 s: Ein Schlüssel dreht sich. Einstellung 2 – 3 s: Rosa kommt herein.",
        "Shot 1, 2s: a key turns. Shot 2, 3s: Rosa walks in.",
        "Shot 1, 2 seconds: a key turns. Shot 2, 3 seconds: Rosa walks in.",
        "Shot 1, 2 seconds long: a key turns. Shot 2, 3 seconds long: Rosa walks in.",
        "Plan 1, 2 s : une clé tourne. Plan 2, 3 s : une femme entre.",
        "Inquadratura 1, 2 s: una chiave gira. Inquadratura 2, 3 s: una donna entra.",
        "镜头1，2秒：钥匙转动。镜头2，3秒：小红走进来。",
        "カット1、2秒：鍵が回る。カット2、3秒：花子が入る。",
        "Shot 1 (2 sec) a key turns. Shot 2 (3 sec) Rosa walks in.",
        "Shot 1 (2s, close-up) a key turns. Shot 2 (3s, wide) Rosa walks in.",
        "Shot 1 [2s] a key turns. Shot 2 [3s] Rosa walks in.",
        "Shot 1 | 2s | a key turns\nShot 2 | 3s | Rosa walks in",
    ],
)
def test_a_length_in_a_label_fixes_the_shot(prompt: str) -> None:
    facts = read_facts(prompt)
    assert [label.interval for label in facts.labels] == [Interval(0, 2000), Interval(2000, 5000)]
    assert not facts.durations
    assert [event.shot for event in facts.events] == [1, 2]
    assert not any(char.isdigit() or char in "|(" for event in facts.events for char in event.text)


@pytest.mark.parametrize(
    ("prompt", "intervals"),
    [
        ("Shot 1 - 2s-4s: a key turns. Shot 2 - 4s-6s: Rosa walks in.", [Interval(2000, 4000), Interval(4000, 6000)]),
        ("Shot 1 (0-2s): a key turns. Shot 2 (2-5s): Rosa walks in.", [Interval(0, 2000), Interval(2000, 5000)]),
        ("Shot 1: for 2 seconds a key turns. Shot 2: Rosa walks in.", [None, None]),
        ("Shot 1: 2 seconds of silence. Shot 2: Rosa walks in.", [None, None]),
    ],
)
def test_other_times_behind_a_label_mean_what_they_did(prompt: str, intervals: list[Interval | None]) -> None:
    assert [label.interval for label in read_facts(prompt).labels] == intervals


@pytest.mark.parametrize(
    ("prompt", "total_ms"),
    [
        ('Shot 1: a fox digs. Shot 2: Ada whispers "It still burns." at 6.5 s. 9 seconds.', 9000),
        ("Shot 1: a fox. Shot 2: a lantern. Shot 3: a door. 8s", 8000),
        ("1. A man runs.\n2. He falls.\n6 seconds", 6000),
        ("Plano 1: Ana corre. Plano 2: Hugo ríe. 7 segundos.", 7000),
        ("镜头1：小红跑。镜头2：李雷笑。8秒。", 8000),
    ],
)
def test_a_length_behind_the_last_of_shots_without_any_is_the_films(prompt: str, total_ms: int) -> None:
    facts = read_facts(prompt)
    assert [fact.duration_ms for fact in facts.durations] == [total_ms]
    assert all(label.interval is None for label in facts.labels)
