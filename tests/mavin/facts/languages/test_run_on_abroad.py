"""Prompts typed without any punctuation in other languages than English, and clauses that a time put in another order."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


@pytest.mark.parametrize(
    ("prompt", "events"),
    [
        (
            "un perro corre por la playa un niño lanza una pelota el perro la atrapa",
            ["Un perro corre por la playa", "Un niño lanza una pelota", "El perro la atrapa"],
        ),
        (
            "un gatto salta sul tavolo la nonna ride il bambino prende il gatto",
            ["Un gatto salta sul tavolo", "La nonna ride", "Il bambino prende il gatto"],
        ),
        (
            "le chat dit miaou le chien dit ouaf et la souris s'enfuit",
            ["Le chat dit miaou", "Le chien dit ouaf", "La souris s'enfuit"],
        ),
        ("一个女孩走进来 她坐下 喝茶", ["一个女孩走进来", "女孩坐下", "女孩喝茶"]),
        ("猫が膝に乗る お婆さんが笑う", ["猫が膝に乗る", "お婆さんが笑う"]),
        (
            "La niña suelta un globo rojo y el abuelo lo mira subir.",
            ["La niña suelta un globo rojo", "El abuelo lo mira subir"],
        ),
        (
            "Nach 4 Sekunden ist alles weg: die Stühle, die Gäste.",
            ["Alles ist weg: die Stühle, die Gäste"],
        ),
        ("Na quarta, vem uma garrafa. Um pescador ri.", ["Na quarta, vem uma garrafa", "Um pescador ri"]),
    ],
)
def test_the_events_of_a_prompt(prompt: str, events: list[str]) -> None:
    assert [event.text for event in read_facts(prompt).events] == events
