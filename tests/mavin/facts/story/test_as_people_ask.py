"""Requests, looks and groups around a story, as people type them: what is left is the story alone."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


@pytest.mark.parametrize(
    ("prompt", "events", "cast"),
    [
        (
            "pls make a 10 sec video of an astronaut planting a sunflower",
            ["An astronaut planting a sunflower"],
            ["Astronaut"],
        ),
        (
            "Commercial for running shoes. Shot 1: a woman runs. Shot 2: she raises both arms.",
            ["A woman runs", "The woman raises both arms"],
            ["Woman"],
        ),
        (
            "cinematic, 35mm, golden hour. A farmer harvests lavender.",
            ["A farmer harvests lavender"],
            ["Farmer"],
        ),
        (
            "two old men on a bench, one feeds pigeons, the other reads the paper.",
            ["Two old men on a bench, one feeds pigeons", "The other reads the paper"],
            ["First man", "Second man"],
        ),
        (
            "my dog max steals a sausage my dad chases him and falls in everyone laughs",
            ["My dog max steals a sausage", "My dad chases him and falls in", "Everyone laughs"],
            ["Dog max", "Dad"],
        ),
        ("A violin maker's workshop. Ida turns the lamp off.", None, ["Ida"]),
        (
            "Schnitt 1: Hände kneten Teig. Schnitt 2: Die Bäckerin beißt ins Brot.",
            ["Hände kneten Teig", "Die Bäckerin beißt ins Brot"],
            ["Bäckerin"],
        ),
        ("Un robot riega una planta. A los 5 segundos brota una hoja.", None, ["Robot"]),
        ("una abuela cocina, su nieto quema la primera, ella se ríe", None, ["Abuela", "Nieto"]),
        ("Eine Katze springt weg. 5 Sekunden, lustig.", ["Eine Katze springt weg"], ["Katze"]),
        ("一个机器人撑开伞。7秒，温馨", ["一个机器人撑开伞"], ["机器人"]),
        ("O goleiro reza, o atacante corre e chuta. A bola bate na trave.", None, ["Goleiro", "Atacante"]),
        ("Noche. Gasolinera vacía. Un camionero compra café.", None, ["Camionero"]),
    ],
)
def test_the_story_is_what_is_left(prompt: str, events: list[str] | None, cast: list[str]) -> None:
    facts = read_facts(prompt)
    assert [role.name for role in facts.roles] == cast
    if events is not None:
        assert [event.text for event in facts.events] == events


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("一个女孩在黑板上写“再见”。", []),
        ("Ana escribe en la pizarra: «Adiós».", []),
        ('Ninguém fala. A professora escreve no quadro e diz: "Silêncio."', [("Silêncio.", "Professora")]),
        (
            "会社員が待つ。女子高生が「どうぞ」と言う。会社員は「君は？」と聞く。「走ります」",
            [("どうぞ", "女子高生"), ("君は？", "会社員"), ("走ります", "女子高生")],
        ),
        (
            "Ein Junge und sein Opa angeln. Der Opa fragt: „Beißt was?“ Der Junge: „Nur Mücken.“",
            [("Beißt was?", "Opa"), ("Nur Mücken.", "Junge")],
        ),
        (
            "Le commissaire Morel attend. « Vous le reconnaissez ? » La suspecte fume. « C'était mon frère. »",
            [("Vous le reconnaissez ?", "Morel"), ("C'était mon frère.", "Suspecte")],
        ),
    ],
)
def test_what_is_written_and_who_answers(prompt: str, said: list[tuple[str, str]]) -> None:
    facts = read_facts(prompt)
    assert [(quote.text, facts.role(str(quote.speaker)).name) for quote in facts.quotes] == said


def test_a_line_is_in_the_language_of_the_story_unless_its_words_tell() -> None:
    facts = read_facts("Un boulanger entre et demande « Papa, je peux t'aider ? »")
    assert [quote.language for quote in facts.quotes] == ["fr"]
