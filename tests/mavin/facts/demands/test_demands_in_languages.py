"""Demands that a prompt makes besides its story, in each language read: who speaks, silence, takes and cuts."""

from __future__ import annotations

import re

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


ONE_TAKES = [
    ("One shot only, 6 seconds. A potter lifts a bowl from the wheel and smiles.", 6000),
    ("A heron waits, strikes, and flies off. One shot only.", None),
    ("A one-shot video, 6 seconds: a heron waits, strikes, and flies off.", 6000),
    ("Nur eine Einstellung, 6 Sekunden: Eine Tänzerin dreht sich und fällt.", 6000),
    ("Una sola inquadratura, 6 secondi: Una ballerina gira e cade.", 6000),
    ("Um único take de 6 segundos: Uma bailarina gira e cai.", 6000),
    ("Toma única de 6 segundos: Una bailarina gira y cae.", 6000),
    ("Ripresa unica di 6 secondi: Una ballerina gira e cade.", 6000),
    ("Tomada única de 6 segundos: Uma bailarina gira e cai.", 6000),
    ("Prise unique de 6 secondes : Une danseuse tourne et tombe.", 6000),
    ("ワンカットで6秒。踊り子が回って、倒れる。", 6000),
    ("Just one shot. 6 seconds. A potter lifts a bowl and smiles. Then she bows.", 6000),
    ("A single-shot clip of 6 seconds: a cat jumps, lands and yawns.", 6000),
    ("A single-take film, 6 seconds. A cat jumps, lands and yawns.", 6000),
    ("A one-take scene: a cat jumps, lands and yawns.", None),
    ("6 seconds, one shot only: a cat jumps, lands and yawns.", 6000),
    ("Only one shot, 6 seconds: a cat jumps, lands and yawns.", 6000),
    ("Only a single take. A cat jumps, lands and yawns.", None),
    ("A cat jumps, lands and yawns. All in one shot.", None),
    ("A cat jumps, lands and yawns. One take only, please.", None),
    ("6 Sekunden, nur eine Einstellung: Eine Tänzerin dreht sich und fällt.", 6000),
    ("Eine Tänzerin dreht sich und fällt. Nur eine einzige Einstellung.", None),
    ("In einer Einstellung, 6 Sekunden: Eine Tänzerin dreht sich und fällt.", 6000),
    ("Solo una toma, 6 segundos: Una bailarina gira y cae.", 6000),
    ("Un solo plano, 6 segundos: Una bailarina gira y cae.", 6000),
    ("Un único plano de 6 segundos: Una bailarina gira y cae.", 6000),
    ("Plano único de 6 segundos: Una bailarina gira y cae.", 6000),
    ("Plan unique de 6 secondes : Une danseuse tourne et tombe.", 6000),
    ("Un seul plan, 6 secondes : Une danseuse tourne et tombe.", 6000),
    ("Une seule prise, 6 secondes : Une danseuse tourne et tombe.", 6000),
    ("Une danseuse tourne et tombe. Un seul plan.", None),
    ("Inquadratura unica di 6 secondi: Una ballerina gira e cade.", 6000),
    ("Un'unica inquadratura di 6 secondi: Una ballerina gira e cade.", 6000),
    ("Una ballerina gira e cade. Una sola ripresa.", None),
    ("Um só plano de 6 segundos: Uma bailarina gira e cai.", 6000),
    ("Uma única tomada de 6 segundos: Uma bailarina gira e cai.", 6000),
    ("Take único de 6 segundos: Uma bailarina gira e cai.", 6000),
    ("Uma bailarina gira e cai. Apenas um plano.", None),
    ("6秒、ワンカット。踊り子が回って、倒れる。", 6000),
    ("ワンテイクで6秒。踊り子が回って、倒れる。", 6000),
    ("1カットで6秒。踊り子が回って、倒れる。", 6000),
    ("ワンショット、6秒。踊り子が回って、倒れる。", 6000),
    ("只有一个镜头，6秒。舞者旋转，跌倒。", 6000),
    ("单镜头，6秒：舞者旋转，跌倒。", 6000),
    ("一个镜头，6秒。舞者旋转，跌倒。", 6000),
]


@pytest.mark.parametrize(("prompt", "total_ms"), ONE_TAKES)
def test_one_take_as_a_remark(prompt: str, total_ms: int | None) -> None:
    facts = read_facts(prompt)
    assert RuleKind.ONE_TAKE in {rule.kind for rule in facts.rules} or (
        facts.shots is not None and facts.shots.count == 1
    )
    assert (facts.duration.duration_ms if facts.duration else None) == total_ms
    assert len(facts.roles) == 1
    told = " ".join(event.text for event in facts.events)
    assert not re.search(
        "shot|take|Einstellung|toma|plano|plan|prise|ripresa|inquadratura|カット|秒|镜头|只|6|:", told, re.I
    )


@pytest.mark.parametrize(
    "prompt",
    [
        "A robber fires one shot only, and a guard falls.",
        "She takes only one shot at the basket and misses.",
        "He aims. One shot only, and the deer falls.",
        "Ella toma una única decisión. Luego sale.",
        "Il a seulement un plan. Il fuit.",
        "Nur eine Einstellung zum Leben hat Otto. Dann lacht er.",
    ],
)
def test_what_only_looks_like_one_take(prompt: str) -> None:
    facts = read_facts(prompt)
    assert facts.rules == ()
    assert facts.shots is None
