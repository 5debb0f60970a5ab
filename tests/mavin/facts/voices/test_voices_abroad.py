"""Who says a line in prompts as people write them in Spanish, German, French and Chinese."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts

LINES = [
    ("Valeria dice: «No». Lucía le responde: «Sí».", [("No", "Valeria"), ("Sí", "Lucía")]),
    (
        "„Du bist spät“, sagt Eva. „Ja“, keucht Tim, „der Bus.“",
        [("Du bist spät", "Eva"), ("Ja", "Tim"), ("der Bus.", "Tim")],
    ),
    ("Ana corre. «Ya voy», jadea Tomás.", [("Ya voy", "Tomás")]),
    ("Eva lit. « J'arrive », halète Tom.", [("J'arrive", "Tom")]),
    ("母亲对儿子说：“小心。”儿子挥挥手：“知道了。”", [("小心。", "母亲"), ("知道了。", "儿子")]),
    ("花子「もう帰るの？」太郎「うん」", [("もう帰るの？", "花子"), ("うん", "太郎")]),
    ("ロボットのR2が花に水をやる。R2は「元気に育て」と言う。", [("元気に育て", "R2")]),
    ("高个子侦探说：“左。”矮个子侦探反驳：“右。”", [("左。", "侦探"), ("右。", "矮个子侦探")]),
]


@pytest.mark.parametrize(("prompt", "lines"), LINES)
def test_a_line_has_its_speaker(prompt: str, lines: list[tuple[str, str]]) -> None:
    facts = read_facts(prompt)
    assert [(quote.text, facts.role(quote.speaker or "").name) for quote in facts.quotes] == lines


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        (
            "Zwei Detektive warten. Der große Detektiv lacht. Der kleine Detektiv geht.",
            {"Detektiv", "Der kleine Detektiv"},
        ),
        ("Dos detectives esperan. El detective Ruiz ríe. La detective Salas sale.", {"Ruiz", "Salas"}),
        ("Ana y Luis corren. Los dos suben a la barca.", {"Ana", "Luis"}),
        ("Herr Krause, ihr Nachbar, lacht.", {"Herr Krause"}),
        ("Eine Tasse Kaffee dampft.", set()),
        ("Il était une fois un roi. Le roi rit.", {"Roi"}),
        ("Le petit Noé rit. La pluie tombe.", {"Noé"}),
        ("二人の武士が立つ。背の高い武士が笑う。背の低い武士が去る。", {"背の高い武士", "背の低い武士"}),
        ("老船长陈伯望着大海。陈伯叹气。", {"陈伯"}),
        ("女孩林晓看书。书里飘出一只萤火虫。", {"林晓", "萤火虫"}),
    ],
)
def test_the_cast_is_who_is_told(prompt: str, names: set[str]) -> None:
    assert {role.name for role in read_facts(prompt).roles} == names


def test_both_of_them_take_part() -> None:
    facts = read_facts("Ana y Luis corren. Los dos suben a la barca.")
    assert facts.events[1].roles == facts.events[0].roles == ("ana", "luis")


def test_the_hour_may_be_the_subject() -> None:
    facts = read_facts("La porte du château s'ouvre. La nuit tombe.")
    assert [event.text for event in facts.events] == ["La porte du château s'ouvre", "La nuit tombe"]


@pytest.mark.parametrize(
    ("prompt", "milliseconds"),
    [
        ("Anuncio de 6 segundos: una chica bebe.", 6000),
        ("Vídeo vertical de 8 segundos: un perro corre.", 8000),
        ("Ein vertikales Video von 8 Sekunden: ein Hund rennt.", 8000),
        ("Pub de 6 secondes : un chien court.", 6000),
    ],
)
def test_kinds_of_clips_have_a_length(prompt: str, milliseconds: int) -> None:
    facts = read_facts(prompt)
    assert facts.duration is not None
    assert facts.duration.duration_ms == milliseconds
    assert len(facts.events) == 1
