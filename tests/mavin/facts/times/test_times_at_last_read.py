"""Intervals, middles and instants in forms that were not read: "Do segundo 3 ao segundo 5", 0:01到0:03, "Genau in der Mitte"."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


@pytest.mark.parametrize(
    ("prompt", "lines"),
    [
        ('Do segundo 3 ao segundo 5 o avô diz: "Hoje não tem escola." Total de 7 segundos.', [("avô", 3000, 5000)]),
        (
            'Do segundo 1 ao segundo 3 a avó diz: "Vem." Do segundo 4 ao segundo 6 o João responde: "Não." 7 segundos.',
            [("avó", 1000, 3000), ("joão", 4000, 6000)],
        ),
        ("0:01到0:03，丽丽说：“我们分手吧。”时长7秒。", [("丽丽", 1000, 3000)]),
        (
            "0:01到0:03，丽丽说：“我们分手吧。”0:04到0:06，小明说：“好。”时长7秒。",
            [("丽丽", 1000, 3000), ("小明", 4000, 6000)],
        ),
        (
            'Del segundo 1 al segundo 3 Marta dice: "Nunca fui a París". Del 4 al 6 Raúl responde: "Yo tampoco". 7 s.',
            [("marta", 1000, 3000), ("raúl", 4000, 6000)],
        ),
        (
            'From second 1 to second 3 Ana says "Go." From 4 to 6 Bo answers "No." 7 seconds.',
            [("ana", 1000, 3000), ("bo", 4000, 6000)],
        ),
        ("Genau in der Mitte sagt der Uhrmacher: „Jetzt.“ Zehn Sekunden.", [("uhrmacher", 5000, None)]),
        ("Justo a la mitad, Ana dice: «Ya». Diez segundos.", [("ana", 5000, None)]),
        ('Exactly in the middle, Bo says "Now." Ten seconds.', [("bo", 5000, None)]),
    ],
)
def test_such_times_are_of_their_lines(prompt: str, lines: list[tuple[str, int, int | None]]) -> None:
    facts = read_facts(prompt)
    assert [(quote.speaker, quote.start_ms, quote.end_ms) for quote in facts.quotes] == lines
    assert [role.key for role in facts.roles] == [speaker for speaker, _, _ in lines]


@pytest.mark.parametrize(
    ("prompt", "sound", "event"),
    [
        ("At 2s, a gunshot. At 4s, a dog barks. Eight seconds.", 2000, 4000),
        ("A gunshot at 2s. At 4s, a dog barks. Eight seconds.", 2000, 4000),
        ("At 2s, thunder. At 5s a cat jumps. 8s.", 2000, 5000),
    ],
)
def test_a_sound_keeps_its_own_time_alone(prompt: str, sound: int, event: int) -> None:
    facts = read_facts(prompt)
    assert facts.sounds[0].start_ms == sound
    assert [item.start_ms for item in facts.events] == [event]


@pytest.mark.parametrize(
    "prompt",
    [
        "Genau in der Mitte steht ein Turm. Zehn Sekunden.",
        "Genau in der Mitte des Platzes sitzt ein Hund. Zehn Sekunden.",
        "From 4 to 6 people wave. Ten seconds.",
        "At 7:45 the train leaves. Ten seconds.",
    ],
)
def test_look_alikes_state_no_time_of_the_clip(prompt: str) -> None:
    assert all(event.start_ms is None for event in read_facts(prompt).events)
