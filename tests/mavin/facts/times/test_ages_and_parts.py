"""Amounts that are no length of the clip: ages ("woman, 30s") and how long one part is ("Durante tres segundos, …")."""

from __future__ import annotations

import pytest

from mavin.facts import TimeKind, read_facts


@pytest.mark.parametrize(
    ("prompt", "total"),
    [
        ('Character A (woman, 30s): "You came." Character B (man, 60s): "You called."', []),
        ('Character A (woman, 30s): "You came." Character B (man, 60s): "You called." 8s.', [8000]),
        ('Dana (40s, female): "Cut it." Eli (late 20s, male): "Which?" 7 seconds.', [7000]),
        ('Anna, a woman, 30s, sits down. Ben, a man, 40s, says "Hi." 6s.', [6000]),
        ('Clara (a tired woman, early 50s) says "Go." A boy runs. 8s.', [8000]),
        ("Maria (mujer, 30s): «Hola.» Luis (hombre, 50s): «Ya.» 6 segundos.", [6000]),
        ("小红（女，30s）：“你来了。”小明（男，40s）：“嗯。”8秒。", [8000]),
        ("A woman runs, 20s.", [20000]),
        ("A dog runs (20s).", [20000]),
        ("A man walks. 30s, vertical.", [30000]),
    ],
)
def test_tens_beside_a_person_are_an_age(prompt: str, total: list[int]) -> None:
    facts = read_facts(prompt)
    assert [fact.duration_ms for fact in facts.durations] == total
    assert sum(fact.kind is TimeKind.LENGTH for fact in facts.times) == 0


@pytest.mark.parametrize(
    ("prompt", "part", "total"),
    [
        ("Durante tres segundos, silencio. Luego el padre dice «Otra vez». Duración total: 7 s.", 3000, 7000),
        ("Durante tres segundos nadie se mueve. Luego Pablo dice: «Ya». Duración: 7 segundos.", 3000, 7000),
        ("Pendant deux secondes, le noir. Puis une voix dit : « Réveille-toi. » Six secondes au total.", 2000, 6000),
        ("Pendant trois secondes, personne ne bouge. Puis Luc dit : « Allez. » Durée : 7 s.", 3000, 7000),
        ('Durante três segundos, silêncio. Depois o pai diz: "Vamos." Duração total: 7 s.', 3000, 7000),
        ("Per tre secondi, silenzio. Poi il padre dice: «Andiamo». Durata totale: 7 secondi.", 3000, 7000),
        ("Für drei Sekunden, Stille. Dann sagt der Vater: „Los.“ Gesamtdauer: 7 s.", 3000, 7000),
    ],
)
def test_beside_the_total_such_a_length_is_of_its_part(prompt: str, part: int, total: int) -> None:
    facts = read_facts(prompt)
    assert [fact.duration_ms for fact in facts.durations] == [total]
    assert facts.events[0].length_ms == part


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("Durante 8 segundos: un perro corre.", "Un perro corre"),
        ("Pendant 8 secondes, un chien court.", "Un chien court"),
        ("Pendant 8 secondes : un chien court.", "Un chien court"),
    ],
)
def test_alone_it_is_the_total(prompt: str, text: str) -> None:
    facts = read_facts(prompt)
    assert [fact.duration_ms for fact in facts.durations] == [8000]
    assert [event.text for event in facts.events] == [text]
