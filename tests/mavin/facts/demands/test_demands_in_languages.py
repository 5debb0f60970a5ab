"""Demands that a prompt makes besides its story, in each language read: who speaks, silence, takes and cuts."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts
from mavin.facts.model import RuleKind

ONLY = [
    "Nur Mara spricht. Mara sagt: „Hallo.“",
    "Solo habla Mara. Mara dice: «Hola».",
    "Seule Mara parle. Mara dit : « Bonjour. »",
    "Parla solo Mara. Mara dice: «Ciao».",
    "Fala só a Mara. Mara diz: «Olá».",
    "只有小红说话。小红说：“你好。”",
    "只有小紅說話。小紅說：「你好。」",
    "話すのは花子だけ。花子が「こんにちは」と言う。",
]


@pytest.mark.parametrize("prompt", ONLY)
def test_only_one_speaks(prompt: str) -> None:
    facts = read_facts(prompt)
    assert [(rule.kind, rule.roles) for rule in facts.rules] == [(RuleKind.ONLY_SPEAKER, (facts.roles[0].key,))]
    assert facts.quotes[0].speaker == facts.roles[0].key


SILENCE = [
    "Ana no dice nada. Ana dice: «Hola».",
    "Tom sagt nichts. Tom sagt: „Hi.“",
    "Marie ne dit rien. Marie dit : « Salut. »",
    "小明什么也不说。小明说：“你好。”",
    "小明一直保持沉默。小明說：「你好。」",
    "太郎は何も言わない。太郎は「やあ」と言う。",
]


@pytest.mark.parametrize("prompt", SILENCE)
def test_who_says_nothing(prompt: str) -> None:
    facts = read_facts(prompt)
    assert [(rule.kind, rule.roles) for rule in facts.rules] == [(RuleKind.SILENT, (facts.roles[0].key,))]
    assert len(facts.roles) == 1


CUTS = [
    "Ein Hund rennt. Schnitt. Eine Katze schläft.",
    "Un perro corre. Corte. Un gato duerme.",
    "Un chien court. Coupe. Un chat dort.",
    "Un cane corre. Stacco. Un gatto dorme.",
    "狗在跑。切。猫在睡觉。",
    "犬が走る。カット。猫が寝る。",
]


@pytest.mark.parametrize("prompt", CUTS)
def test_a_cut_between_two_sentences_is_no_event(prompt: str) -> None:
    facts = read_facts(prompt)
    assert len(facts.events) == 2
    assert RuleKind.HARD_CUT in {rule.kind for rule in facts.rules}
