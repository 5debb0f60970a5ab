"""Nouns that look like somebody and are not, and those of a kind who are told apart."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


def _cast(prompt: str) -> list[str]:
    return [role.name for role in read_facts(prompt).roles]


@pytest.mark.parametrize(
    ("prompt", "cast"),
    [
        ("Click. Click. A locksmith works on a safe.", ["Locksmith"]),
        ("Leer. A guard stops.", ["Guard"]),
        ("Klick. Das Licht geht aus. Ein alter Mann grinst.", ["Mann"]),
        ("Mara. She waits. Zorblax. He waits too.", ["Mara", "Zorblax"]),
        ("A chess player tips his king and leaves.", ["Chess player"]),
        ("A paper boat goes down a gutter.", []),
        ("A waiter carries a pitcher past a toaster and a voucher.", ["Waiter"]),
        ("An octopus and a hermit crab play chess.", ["Octopus", "Hermit crab"]),
        ("An octopus and a hermit crab playing chess.", ["Octopus", "Hermit crab"]),
        ("Un mime offre une fleur à une policière. Elle la prend et sourit.", ["Mime", "Policière"]),
        ("雨夜,没人说话,一只黑猫走过屋檐。", ["黑猫"]),
        ("imagine a raccoon in a tuxedo, he taps the stand twice", ["Raccoon"]),
        ("hey can you make me a funny vid where a pigeon walks into a bank", ["Pigeon"]),
        ("ok so picture this: an old tailor is sewing by candlelight", ["Old tailor"]),
    ],
)
def test_only_those_who_are_somebody(prompt: str, cast: list[str]) -> None:
    assert _cast(prompt) == cast


@pytest.mark.parametrize(
    ("prompt", "cast"),
    [
        ("Un mago invoca una luz. Un segundo mago aparece y la apaga.", ["Mago", "Segundo mago"]),
        ("Ein Hund bellt. Ein zweiter Hund antwortet. Der zweite Hund läuft weg.", ["Hund", "Zweiter Hund"]),
        ("Deux sœurs rangent. L'aînée trouve une lettre. La cadette ne dit rien.", ["Sœur 1", "Sœur 2"]),
        ("Zwei Schwestern streiten. Die Ältere geht. Die Jüngere weint.", ["Schwester 1", "Schwester 2"]),
        ("Zwei Katzen streiten. Die eine faucht, die andere frisst.", ["Katze 1", "Katze 2"]),
        ("Tres palomas observan a una vieja.", ["Paloma 1", "Paloma 2", "Paloma 3", "Vieja"]),
        ("两只熊猫抢一根竹子。", ["熊猫1", "熊猫2"]),
        ("子猫が三匹、箱から顔を出す。", ["子猫1", "子猫2", "子猫3"]),
        ("Tres globos suben. Los tres globos explotan.", ["Globos"]),
    ],
)
def test_each_of_a_kind_is_one(prompt: str, cast: list[str]) -> None:
    assert _cast(prompt) == cast


def test_the_first_of_two_of_a_kind_speaks() -> None:
    facts = read_facts('A magician pulls a scarf, a second magician pulls a longer one, the first says "Show-off."')
    assert [facts.role(str(quote.speaker)).name for quote in facts.quotes] == ["Magician"]


def test_a_voice_is_whose_it_is() -> None:
    facts = read_facts('A boy shouts into a canyon. A boy\'s voice echoes: "Hello!"')
    assert [role.name for role in facts.roles] == ["Boy"]
    assert facts.quotes[0].speaker == facts.roles[0].key


@pytest.mark.parametrize(
    ("prompt", "cast"),
    [("Two kids build a snowman.", ["First kid", "Second kid"]), ("A snowman dances.", ["Snowman"])],
)
def test_a_snowman_is_somebody_who_acts(prompt: str, cast: list[str]) -> None:
    assert _cast(prompt) == cast
