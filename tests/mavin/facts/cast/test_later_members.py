"""People of a counted group who are met later, and those who are told apart by "the first" and "the other"."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


def _names(prompt: str) -> set[str]:
    return {role.name for role in read_facts(prompt).roles}


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("Deux enfants courent sur la plage. La fille, Zoé, crie : « Attends ! » Le garçon rit.", {"Zoé", "Garçon"}),
        ("Dos niños corren por la playa. La niña, Zoe, grita: «¡Espera!» El niño ríe.", {"Zoe", "Niño"}),
        ("Zwei Kinder rennen am Strand. Das Mädchen, Zoe, ruft: „Warte!“ Der Junge lacht.", {"Zoe", "Junge"}),
        ("Duas crianças correm na praia. A menina, Zoé, grita: «Espera!» O menino ri.", {"Zoé", "Menino"}),
        ("Due bambini corrono sulla spiaggia. La bambina, Zoe, grida: «Aspetta!» Il bambino ride.", {"Zoe", "Bambino"}),
        ("两个孩子在沙滩上跑。女孩喊：“等等！”男孩笑了。", {"女孩", "男孩"}),
        ("二人の子供が浜辺を走る。女の子が「待って」と叫ぶ。男の子が笑う。", {"女の子", "男の子"}),
        ("Zwei Freunde sitzen am See. Anna sagt: „Kalt.“ Ben antwortet: „Sehr.“", {"Anna", "Ben"}),
        ("Ein Paar streitet. Der Mann sagt: „Nein.“ Die Frau antwortet: „Doch.“", {"Mann", "Frau"}),
        ("李明、王芳和张伟走进教室。三个人一起笑了。", {"李明", "王芳", "张伟"}),
        ("太郎と花子と健が公園に来る。三人が歌う。", {"太郎", "花子", "健"}),
        ("公園で三人が歌う。", {"人物1", "人物2", "人物3"}),
        # The mother is none of the children, and Luis none of the women.
        ("Zwei Kinder spielen im Garten. Die Mutter ruft: „Essen!“", {"Kind 1", "Kind 2", "Mutter"}),
        ("Dos mujeres esperan. Luis llega.", {"Mujer 1", "Mujer 2", "Luis"}),
    ],
)
def test_who_is_met_later_is_one_of_those_counted_before(prompt: str, names: set[str]) -> None:
    assert _names(prompt) == names


@pytest.mark.parametrize(
    ("prompt", "speakers"),
    [
        ("Dos hombres entran. El segundo dice: «Hola».", ["hombre 2"]),
        ("Deux femmes attendent. L'une dit : « Il vient ? » L'autre répond : « Non. »", ["femme 1", "femme 2"]),
        ("Zwei Frauen warten. Die andere sagt: „Nein.“ Die eine lacht.", ["frau 2"]),
        ("Due uomini entrano. Il primo dice: «Ciao». L'altro ride.", ["uomo 1"]),
        ("两个女人在等车。一个说：“他来吗？”另一个回答：“不。”", ["女人1", "女人2"]),
        ("二人の女が待つ。一人が「来る？」と聞く。もう一人が「来ない」と答える。", ["女1", "女2"]),
    ],
)
def test_the_first_and_the_other_are_told_apart(prompt: str, speakers: list[str]) -> None:
    facts = read_facts(prompt)
    assert [quote.speaker for quote in facts.quotes] == speakers
    assert len(facts.roles) == 2
    assert set(facts.events[0].roles) == {role.key for role in facts.roles}
