"""Voices that are heard, plays without marks, dashes in one line: who speaks in other languages than English."""

from __future__ import annotations

import pytest

from mavin.facts import read_facts


def _said(prompt: str) -> list[tuple[str, str]]:
    facts = read_facts(prompt)
    names = {role.key: role.name for role in facts.roles}
    return [(quote.text, names[quote.speaker or ""]) for quote in facts.quotes]


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("少女が立ち止まる。「助けて」と声がする。", [("助けて", "声")]),
        ("花子が電話に出る。「もしもし」と男の声がする。", [("もしもし", "男")]),
        ("健太がドアを叩く。中から「どうぞ」と女性の声。", [("どうぞ", "女性")]),
        ("警備員が歩く。「誰だ」と後ろから低い声が響く。", [("誰だ", "声")]),
        ("老人が眠る。「起きて」と優しい女性の声がする。", [("起きて", "女性")]),
        ("母親が「おい」と声をかける。", [("おい", "母親")]),
        ("少年が「やった」と声を上げる。", [("やった", "少年")]),
        ("王经理接起电话。电话那头传来一个男人的声音：“别回头。”", [("别回头。", "男人")]),
        ("女孩停下脚步，楼上传来妈妈的声音：“吃饭了！”", [("吃饭了！", "妈妈")]),
        ("咚咚咚。“是我。”一个女人的声音回答。", [("是我。", "女人")]),
        ("门响了。小美问：“有人吗？”", [("有人吗？", "小美")]),
        ("小丽问妈妈：“几点了？”", [("几点了？", "小丽")]),
        ("マスターが顔を上げる。「いつものですか」探偵はうなずく。", [("いつものですか", "マスター")]),
        ("老板抬头。“还是老样子吗？”侦探点点头。", [("还是老样子吗？", "老板")]),
        ("先生が立つ。生徒の一人が手を挙げる。「先生、何ですか？」", [("先生、何ですか？", "生徒")]),
    ],
)
def test_a_voice_that_is_heard_speaks(prompt: str, said: list[tuple[str, str]]) -> None:
    assert _said(prompt) == said


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        (
            "小红：你昨天去哪儿了？\n小刚：图书馆。\n小红：骗人！",
            [("你昨天去哪儿了？", "小红"), ("图书馆。", "小刚"), ("骗人！", "小红")],
        ),
        ("小红：你去哪儿了？小刚：图书馆。", [("你去哪儿了？", "小红"), ("图书馆。", "小刚")]),
        ("店主（微笑着）：欢迎光临！\n顾客：来一碗面。", [("欢迎光临！", "店主"), ("来一碗面。", "顾客")]),
        (
            "Un garçon et une dame attendent le bus.\nLa dame : C'est du Mozart ?\nLe garçon : De la techno, mais merci.",
            [("C'est du Mozart ?", "Dame"), ("De la techno, mais merci.", "Garçon")],
        ),
        ("Szene: Bushaltestelle, Nacht.\nDame: Mozart?\nPunk: Techno.", [("Mozart?", "Dame"), ("Techno.", "Punk")]),
        ("太郎：おい、待てよ\n次郎：やだね", [("おい、待てよ", "太郎"), ("やだね", "次郎")]),
        ("人物：小明、小红\n地点：教室\n小明：你好吗？\n小红：很好。", [("你好吗？", "小明"), ("很好。", "小红")]),
    ],
)
def test_a_play_without_marks_is_spoken(prompt: str, said: list[tuple[str, str]]) -> None:
    facts = read_facts(prompt)
    assert _said(prompt) == said
    assert len(facts.roles) == 2


@pytest.mark.parametrize(
    "prompt",
    [
        "小明：一个高个子男孩。\n小红：他的妹妹。\n他们在公园里跑。",
        "时间：夜晚\n地点：酒吧\n一个男人喝酒。",
        "场景：厨房\n音效：雨声\n母亲做饭。",
    ],
)
def test_descriptions_behind_colons_are_not(prompt: str) -> None:
    assert not read_facts(prompt).quotes


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        (
            "Une cuisine. — Tu as faim ? demande la mère. — Un peu, répond l'enfant.",
            [("Tu as faim ?", "Mère"), ("Un peu", "Enfant")],
        ),
        (
            "— Je pars, dit Paul. — Tu es sûr ? demande Anne. — Oui.",
            [("Je pars", "Paul"), ("Tu es sûr ?", "Anne"), ("Oui.", "Paul")],
        ),
        (
            "— Tu m'entends ? demande Karim.\n— Très mal, répond Sofia. Tu es où ?\n— Ici.",
            [("Tu m'entends ?", "Karim"), ("Très mal", "Sofia"), ("Tu es où ?", "Sofia"), ("Ici.", "Karim")],
        ),
        ("— Non, dit Léa. Elle sourit.", [("Non", "Léa")]),
    ],
)
def test_french_dashes_in_one_line(prompt: str, said: list[tuple[str, str]]) -> None:
    assert _said(prompt) == said


@pytest.mark.parametrize(
    ("prompt", "language"),
    [
        ("Chef : « Vite ! » Commis : « Oui, chef ! »", "fr"),
        ("Chef : « On envoie ! » Serveuse : « Tout de suite ! »", "fr"),
        ('Chef: "Hurry up!" Commis: "Yes, chef!"', "en"),
        ("Chef: „Schnell!“ Kellner: „Ja, Chef!“", "de"),
        ("Luis: ¿Vienes o no?\nCarmen: Espera, las llaves.", "es"),
        ("Il pirata sospira.", "it"),
        ("Il cuoco brontola.", "it"),
        ("Il sourit et s'en va.", "fr"),
        ("Seules deux personnes parlent.", "fr"),
        ("Parlano solo due persone.", "it"),
        ("Hablan exactamente dos personas.", "es"),
    ],
)
def test_the_language_of_few_words(prompt: str, language: str) -> None:
    assert read_facts(prompt).language == language
