"""Who is somebody and who is not, in other languages than English."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("Der Pirat seufzt.", ["Pirat"]),
        ("Die Köchin nickt dem Praktikanten zu.", ["Köchin", "Praktikant"]),
        ("La secretaria bosteza.", ["Secretaria"]),
        ("El árbitro pita el final.", ["Árbitro"]),
        ("L'avocate entre et le témoin se lève.", ["Avocate", "Témoin"]),
        ("O garçom tropeça.", ["Garçom"]),
        ("L'idraulico ride.", ["Idraulico"]),
        ("新郎が笑い、課長が泣く。", ["新郎", "課長"]),
        ("海盗叹气。", ["海盗"]),
        ('El profesor escribe en la pizarra "EXAMEN SORPRESA".', ["Profesor"]),
        ("Der Lehrer schreibt „PRÜFUNG“ an die Tafel.", ["Lehrer"]),
        ("Un perro llamado «Rayo» corre.", ["Rayo"]),
        ("男の名前はレオ。彼は海を見ている。レオが言う。「帰ろう」", ["レオ"]),
        ("一人の男がカフェに入る。男の名前はレオ。レオは座る。", ["レオ"]),
        ("少年が屋上にいる。少年の名はカイト。カイトは笑う。", ["カイト"]),
        ("一个陌生人走进酒馆。陌生人名叫阿强。阿强坐下。", ["阿强"]),
        ("一个女孩在河边哭。女孩叫小雨。小雨回家。", ["小雨"]),
        ("Ein Mann, 60s, wartet.", ["Mann"]),
        ("小明和他的朋友阳阳在搭积木。", ["小明", "阳阳"]),
    ],
)
def test_people_and_nobody_else(prompt: str, names: list[str]) -> None:
    assert [role.name for role in read_facts(prompt).roles] == names


def test_intervals_that_head_sentences_on_one_line_are_shots() -> None:
    facts = read_facts(
        "0:00-0:03 Totale, ein Bahnsteig. 0:03-0:07 Ein Mann steigt aus. 0:07-0:10 Seine Enkelin rennt und ruft „Opa!“"
    )
    assert [label.interval.end_ms for label in facts.labels if label.interval] == [3000, 7000, 10000]


def test_an_interval_before_a_deed_and_a_line_ends_with_the_line() -> None:
    facts = read_facts("Ein Mann wartet. Von 7 bis 10 s rennt die Enkelin auf ihn zu und ruft „Opa!“")
    assert (facts.events[1].start_ms, facts.quotes[0].start_ms, facts.quotes[0].end_ms) == (7000, None, 10000)
