"""Who takes part and who speaks in Chinese, in both scripts, and in Japanese."""

from __future__ import annotations

import pytest

from mavin.facts import Facts, read_facts
from mavin.facts.languages.chinese.script import simplified


def said(facts: Facts) -> list[tuple[str, str]]:
    return [(facts.role(quote.speaker).name if quote.speaker else "", quote.text) for quote in facts.quotes]


def cast(facts: Facts) -> list[str]:
    return [role.name for role in facts.roles]


@pytest.mark.parametrize(
    ("prompt", "voices"),
    [
        ("小明和小红一起说：“生日快乐！”", {"小明", "小红"}),
        ("小明和小紅一起說：「生日快樂！」", {"小明", "小紅"}),
        ("李雷与韩梅梅齐声说：“到了！”", {"李雷", "韩梅梅"}),
        ("媽媽、爸爸和小寶一起喊：「新年快樂！」", {"媽媽", "爸爸", "小寶"}),
        ("健と花子が一緒に「おめでとう！」と言う。", {"健", "花子"}),
        ("太郎、次郎、花子の三人が一斉に「乾杯！」と言った。", {"太郎", "次郎", "花子"}),
    ],
)
def test_everyone_in_a_chorus_says_the_line(prompt: str, voices: set[str]) -> None:
    facts = read_facts(prompt)
    assert {who for who, _ in said(facts)} == voices
    assert set(cast(facts)) == voices
    assert len({text for _, text in said(facts)}) == 1


@pytest.mark.parametrize(
    ("prompt", "lines"),
    [
        ("小明说“你好”，小红说“再见”，两人挥手。", [("小明", "你好"), ("小红", "再见")]),
        ("小明說「你好」，小紅說「再見」，兩人揮手。", [("小明", "你好"), ("小紅", "再見")]),
        ("侦探推开门。他自言自语：“又晚了一步。”", [("侦探", "又晚了一步。")]),
        ("偵探推開門。他自言自語：「又晚了一步。」", [("偵探", "又晚了一步。")]),
        ("陈默打开信。陈默头也不抬地说：“谢谢。”", [("陈默", "谢谢。")]),
        ("小女孩朵朵看蚂蚁。朵朵回头喊：“来啦！”", [("朵朵", "来啦！")]),
        ("林先生说：“谁啊？”门外的声音回答：“快递。”", [("林先生", "谁啊？"), ("声音", "快递。")]),
        ("「おはよう」と春樹。「おはよう」と夏美。二人は駅へ歩く。", [("春樹", "おはよう"), ("夏美", "おはよう")]),
        ("女人说：“跟。”男人冷笑：“你输了。”", [("女人", "跟。"), ("男人", "你输了。")]),
        ("機長宣布：「我們即將降落。」", [("機長", "我們即將降落。")]),
        ("一个小男孩蹲下来，把伞递过去：“给你。”", [("小男孩", "给你。")]),
        ("风很大。她喊：“快走！”", [("她", "快走！")]),
        ("風が草原を渡る。彼女は「春だね」と言う。", [("彼女", "春だね")]),
    ],
)
def test_a_line_has_its_speaker_and_the_cast_nobody_else(prompt: str, lines: list[tuple[str, str]]) -> None:
    facts = read_facts(prompt)
    assert said(facts) == lines
    assert set(cast(facts)) == {who for who, _ in lines}


def test_a_repeated_line_makes_no_role_of_its_verb() -> None:
    facts = read_facts("小明说了三遍：“好。”")
    assert cast(facts) == ["小明"]
    assert said(facts) == [("小明", "好。")] * 3


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("祖母が孫のハルトに昔話をする。ハルトは目を輝かせる。", ["祖母", "ハルト"]),
        ("犬のポチが近づく。", ["ポチ"]),
        ("おばあちゃんがスイカを切る。", ["おばあちゃん"]),
        ("女店員小雅正在收銀。", ["小雅"]),
        ("一只白鸽飞出帽子。", ["白鸽"]),
        ("王五笑出声来。", ["王五"]),
        ("里面的人笑了。", ["人"]),
        ("两个人，三句台词。陈医生：“好。”林太太：“不。”陈医生：“好吧。”", ["陈医生", "林太太"]),
    ],
)
def test_the_cast_holds_whom_the_prompt_names(prompt: str, names: list[str]) -> None:
    assert cast(read_facts(prompt)) == names


def test_a_dog_with_a_name_is_no_person() -> None:
    (dog,) = read_facts("犬のポチが近づく。").roles
    assert not dog.person


@pytest.mark.parametrize(
    ("prompt", "total_ms"),
    [
        ("8秒、2ショット。さくらさんが手を振る。", 8000),
        ("猫が走る。12秒、3カット。", 12000),
        ("母が見送る。6秒のアニメ。", 6000),
        ("6秒的動畫。貓跳上桌子。", 6000),
    ],
)
def test_a_length_before_a_comma_or_a_word_for_the_film_is_the_total(prompt: str, total_ms: int) -> None:
    facts = read_facts(prompt)
    assert facts.duration is not None
    assert facts.duration.duration_ms == total_ms
    assert len(facts.events) == 1


@pytest.mark.parametrize(
    ("prompt", "texts"),
    [
        ("ミナは「待って！」と叫ぶ。", ["ミナは叫ぶ"]),
        ("真由美が「遅れてごめん」と息を切らして言う。", ["真由美が息を切らして言う"]),
        ("小美推開門。她的媽媽笑著說：「吃飯吧。」", ["小美推開門", "她的媽媽笑著說"]),
        ("一隻黑貓跳下窗台。沒有台詞。", ["一隻黑貓跳下窗台"]),
        ("妹妹躲在門後。沒有音樂。", ["妹妹躲在門後"]),
        ("第一個鏡頭裡，郵差敲門。第二個鏡頭裡，小麗打開信。", ["郵差敲門", "小麗打開信"]),
        ("最初のカットでは海が見える。2つ目のカットで少年が走る。", ["海が見える", "少年が走る"]),
    ],
)
def test_events_keep_the_words_of_the_story_alone(prompt: str, texts: list[str]) -> None:
    assert [event.text for event in read_facts(prompt).events] == texts


@pytest.mark.parametrize(
    "prompt", ["旁白：“那年夏天很热。”爷爷睡着了。", "ナレーション「あの夏は暑かった」。祖父が眠る。"]
)
def test_a_narrator_is_heard_and_not_seen(prompt: str) -> None:
    (quote,) = read_facts(prompt).quotes
    assert quote.off_screen


def test_a_line_behind_a_voice_from_the_radio_is_seen() -> None:
    facts = read_facts("無線からの声「応答せよ」。絵美里は「異常なし」と答える。")
    assert [quote.off_screen for quote in facts.quotes] == [True, False]


def test_simplified_keeps_every_offset() -> None:
    assert simplified("女店員小雅說：「吃飯吧。」") == "女店员小雅说：「吃饭吧。」"
    assert simplified("no Chinese at all") == "no Chinese at all"


def test_members_of_a_chinese_group_are_told_apart_by_looks() -> None:
    facts = read_facts("两个小偷爬进博物馆。高个子低声说：“别出声。”矮个子打了个喷嚏。")
    assert [role.name for role in facts.roles] == ["小偷1", "小偷2"]
    assert facts.role(facts.quotes[0].speaker or "").name == "小偷1"
    assert [[facts.role(key).name for key in event.roles] for event in facts.events[1:]] == [["小偷1"], ["小偷2"]]
    alone = read_facts("妈妈在家。胖子来了，说：“你好。”高个子侦探笑了。")
    assert [role.name for role in alone.roles] == ["妈妈", "胖子", "侦探"]
