"""Times and lengths as German, French, Spanish, Italian and Portuguese prompts say them."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


@pytest.mark.parametrize(
    ("prompt", "start_ms", "end_ms"),
    [
        ("À la 4e seconde, Hugo crie : « Attention ! »", 4000, None),
        ("À la quatrième seconde Hugo crie : « Attention ! »", 4000, None),
        ("In der vierten Sekunde ruft Emil: „Halt!“", 4000, None),
        ("In der 4. Sekunde ruft Emil: „Halt!“", 4000, None),
        ("Nach Ablauf von 3 Sekunden sagt Otto: „Jetzt.“", 3000, None),
        ("En el cuarto segundo Ana grita: «¡Alto!»", 4000, None),
        ("Transcurridos 3 segundos, Ana dice: «Ya.»", 3000, None),
        ("Al quarto secondo Luca dice: «Ferma!»", 4000, None),
        ("Trascorsi 3 secondi, Luca dice: «Ora.»", 3000, None),
        ("No quarto segundo a Ana diz: «Para!»", 4000, None),
        ("Passados 2 segundos, a Teresa diz: «Até amanhã.»", 2000, None),
        ("Ao fim de 5 segundos a avó diz: «Come mais.»", 5000, None),
        ("Zwischen der zweiten und der vierten Sekunde sagt Otto: „Gehen wir.“", 2000, 4000),
        ("Entre la 2e et la 5e seconde, Paul dit : « On y va. »", 2000, 5000),
        ("Entre os 2 e os 4 segundos, o padeiro diz: «Está quente.»", 2000, 4000),
        ("Entre o segundo 2 e o segundo 4, a Ana diz: «Vamos.»", 2000, 4000),
        ("Tra i 2 e i 4 secondi, Luca dice: «Andiamo.»", 2000, 4000),
        ("Entre los 2 y los 4 segundos, Ana dice: «Vamos.»", 2000, 4000),
    ],
)
def test_a_line_stands_where_the_words_say(prompt: str, start_ms: int, end_ms: int | None) -> None:
    facts = read_facts(prompt)
    (line,) = facts.quotes
    assert (line.start_ms, line.end_ms) == (start_ms, end_ms)
    assert not any("second" in event.text or "segund" in event.text for event in facts.events)


@pytest.mark.parametrize(
    ("prompt", "duration_ms", "first"),
    [
        ("Ein Plan von 8 Sekunden ohne Schnitt: Marta trinkt Kaffee.", 8000, "Marta trinkt Kaffee"),
        ("Plan de 10 secondes sans coupe. Un serveur rit.", 10000, "Un serveur rit"),
        ("Un plano de 8 segundos sin cortes: una anciana, Rosa, riega las plantas.", 8000, "Una anciana, Rosa, riega las plantas"),
        ("Un'inquadratura di 8 secondi senza stacchi: Enzo versa il vino.", 8000, "Enzo versa il vino"),
        ("Um plano de 8 segundos sem cortes: Ana ri.", 8000, "Ana ri"),
        ("En 10 segundos y dos planos: Ramiro lee; después Ana entra.", 10000, "Ramiro lee"),
        ("In 10 Sekunden und zwei Einstellungen: Otto lacht. Ana weint.", 10000, "Otto lacht"),
        ("Video di 9 secondi, tre inquadrature. Un pescatore tira la rete.", 9000, "Un pescatore tira la rete"),
    ],
)  # fmt: skip
def test_the_length_of_the_one_take_is_the_film_s(prompt: str, duration_ms: int, first: str) -> None:
    facts = read_facts(prompt)
    assert facts.duration is not None and facts.duration.duration_ms == duration_ms
    assert facts.events[0].text == first


def test_lengths_of_several_takes_are_no_total() -> None:
    assert read_facts("Un plan de 3 secondes : Marc court. Un plan de 4 secondes : Léa dort.").duration is None


def test_an_ordinal_counts_no_length() -> None:
    assert not read_facts("The second second hand ticks.").times
