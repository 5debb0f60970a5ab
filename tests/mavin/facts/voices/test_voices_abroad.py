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


ACTS_AND_SPEAKS = [
    ("“救命！”大刚喊。小芳跳进河里。", ["大刚"], ["大刚", "小芳"]),
    ("“快看！”阿花指着天空喊道。大家抬起头。", ["阿花"], ["阿花", "大家"]),
    ("“别走。”阿珍拉住他的手说。阿强头也不回：“太晚了。”", ["阿珍", "阿强"], ["阿珍", "阿强"]),
    ("“小心！”大刚大喊。", ["大刚"], ["大刚"]),
    ("“我赢了！”大壮说。", ["大壮"], ["大壮"]),
    ("“救命！”大刚站在桥上喊。", ["大刚"], ["大刚"]),
    ("“站住！”大勇冲进屋里大喊。小偷跑了。", ["大勇"], ["大勇", "小偷"]),
    ("“别怕。”阿明抱着孩子轻声说。“好。”阿兰回答。", ["阿明", "阿兰"], ["阿明", "孩子", "阿兰"]),
    ("“开门！”小芳拉住门把手喊。", ["小芳"], ["小芳"]),
    ("“等等！”老人举起拐杖大声喊道。", ["老人"], ["老人"]),
    ("「待って！」と花子が手を伸ばして叫ぶ。", ["花子"], ["花子"]),
    ("「待って！」花子が手を伸ばして叫ぶ。犬が止まる。", ["花子"], ["花子", "犬"]),
    ("“来吧。”小明推开门说：“开饭了。”", ["小明", "小明"], ["小明"]),
]


@pytest.mark.parametrize(("prompt", "speakers", "roles"), ACTS_AND_SPEAKS)
def test_who_acts_before_the_verb_of_speech(prompt: str, speakers: list[str], roles: list[str]) -> None:
    facts = read_facts(prompt)
    names = {role.key: role.name for role in facts.roles}
    assert [names.get(quote.speaker or "") for quote in facts.quotes] == speakers
    assert list(names.values()) == roles


def test_an_army_and_weather_bear_no_names() -> None:
    assert read_facts("大军压境。大雪落下，大海咆哮。").roles == ()
    assert [role.name for role in read_facts("「静かに」太郎が音楽を聞く。").roles] == ["太郎"]


SAID_OFTEN = [
    ('O papagaio diz "Olá" duas vezes.', 2),
    ('Maria diz "Não" duas vezes.', 2),
    ('Maria grita três vezes: "Socorro!"', 3),
    ("オウムが三回「おはよう」と言う。", 3),
    ("花子は「はい」と二回言う。", 2),
    ("「はい」と花子が二回言う。", 2),
    ("太郎は二度「待て」と叫ぶ。", 2),
    ("少年は三回も「お母さん」と呼ぶ。", 3),
    ("花子は二回ノックして「はい」と言う。", 1),
    ("花子は「はい」と言い、二回うなずく。", 1),
    ('A árvore é duas vezes maior. Ana diz "Oi".', 1),
    ("Das Haus ist dreimal so groß wie der Baum. Ina sagt „Oh“.", 1),
]


@pytest.mark.parametrize(("prompt", "count"), SAID_OFTEN)
def test_a_line_that_is_said_several_times(prompt: str, count: int) -> None:
    assert len(read_facts(prompt).quotes) == count


@pytest.mark.parametrize("prompt", ["A árvore é duas vezes maior.", "La casa es dos veces más grande."])
def test_a_comparison_repeats_nothing(prompt: str) -> None:
    assert read_facts(prompt).repetitions == ()
