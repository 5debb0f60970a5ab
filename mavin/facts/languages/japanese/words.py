"""Japanese words: Janome's morphemes, and who is a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from mavin.facts.languages.people_words import PeopleWords
from mavin.facts.model import Gender
from mavin.facts.text import MASK

__all__ = [
    "ANIMALS",
    "MANNER",
    "NOBODY",
    "NOT_ROLES",
    "PRONOUNS",
    "Tok",
    "gender_of_name",
    "gender_of_noun",
    "is_person",
    "tokens_of_japanese",
]

_FEMALE = frozenset(
    "女 女性 女の子 少女 娘 母 母親 お母さん 祖母 おばあさん お婆さん 老婆 姉 妹 妻 奥さん 王女 姫 女王 女優 巫女 魔女 花嫁 看護婦 女将 おばさん 婦人 老婦人 主婦 未亡人 女子高生 乙女 叔母 孫娘 尼 舞妓 彼女 おばあちゃん ばあちゃん 祖母さん 婆さん ママ 母さん お姉さん お姉ちゃん 姉さん 妹さん 嫁 花魁 女子 女児 女将さん 女社長 女教師 女医 婦警 女子学生 受付嬢 姪 新婦 尼僧 女性客 伯母".split()
)


_MALE = frozenset(
    "男 男性 男の子 少年 息子 父 父親 お父さん 祖父 おじいさん お爺さん 兄 弟 夫 旦那 王子 王 国王 侍 武士 花婿 おじさん 紳士 青年 叔父 僧 僧侶 和尚 神父 坊や 男子 力士 おじいちゃん じいちゃん 爺さん パパ 父さん お兄さん お兄ちゃん 兄さん 弟さん 孫息子 男児 住職 婿 老紳士 甥 新郎 殿様 彼氏 男性客 伯父".split()
)


_PEOPLE = frozenset(
    "人 人々 子供 子ども こども 赤ん坊 赤ちゃん 老人 大人 客 お客 乗客 観客 観光客 友人 友達 親友 仲間 隣人 先生 教師 生徒 学生 医者 医師 看護師 弁護士 警官 警察官 刑事 探偵 記者 作家 画家 音楽家 歌手 俳優 役者 監督 "
    "運転手 船長 船員 兵士 将軍 隊長 店員 店主 店長 主人 社長 部長 社員 秘書 料理人 板前 シェフ パン屋 花屋 八百屋 魚屋 本屋 大工 職人 農夫 農民 漁師 猟師 庭師 消防士 郵便配達員 配達員 駅員 車掌 司書 写真家 手品師 科学者 "
    "宇宙飛行士 パイロット ゴールキーパー 選手 審判 コーチ ダンサー 踊り子 ピアニスト バイオリニスト 弟子 師匠 助手 相棒 恋人 夫婦 家族 双子 兄弟 姉妹 親子 住人 村人 市民 旅人 詩人 教授 校長 裁判官 市長 司会者 通行人 "
    "灯台守 番人 門番 見張り 泥棒 盗賊 英雄 忍者 騎士 戦士 海賊 幽霊 亡霊 ロボット 宇宙人 巨人 天使 悪魔 道化師 ピエロ 吸血鬼 同僚 上司 部下 患者 囚人 迷子 孤児 侍女 執事 バリスタ ウェイター ウェイトレス カメラマン "
    "サラリーマン メイド モデル アイドル 時計職人 修理工 床屋 美容師 仕立屋 鍛冶屋 薬剤師 歯医者 探検家 登山者 ランナー サーファー 釣り人 炭鉱夫 宇宙飛行士 マスター 女将 主 店番 二人 三人 犯人 容疑者 孫 新人 先輩 後輩 クラスメート 同級生 幼馴染 旅行者 観光ガイド ガイド 受付 運転士 機長 艦長 騎手 船乗り 侵入者 大家 住民 依頼人 院長 研究者 博士 艇長 料理長 見習い 課長 係長 園児 浪人生 いとこ カップル バンドマン ギタリスト 強盗 人質 妖精 常連 常連客 バーテンダー アナウンサー レポーター OL 幼なじみ 管理人 スパイ ボディーガード プログラマー インターン アルバイト バイト キャスター リポーター ヒーロー ホームレス 被告 被告人 原告 証人 検事 目撃者 参加者 出場者 依頼主".split()
)


ANIMALS = frozenset(
    "猫 子猫 黒猫 犬 子犬 馬 牛 羊 山羊 豚 鶏 アヒル 鴨 白鳥 鳥 小鳥 雀 鷹 鷲 梟 フクロウ カラス 烏 鴉 鳩 カモメ オウム 鼠 ネズミ 兎 ウサギ 狐 キツネ 狼 オオカミ 熊 クマ パンダ ライオン 虎 トラ 象 ゾウ 猿 サル キリン シマウマ "
    "ラクダ 鹿 シカ 魚 金魚 鮫 サメ 鯨 クジラ イルカ タコ カニ 亀 カメ 蛇 ヘビ トカゲ 蛙 カエル 蜂 ハチ 蠅 蝶 蜘蛛 クモ 蟻 竜 龍 ドラゴン 恐竜 リス ペンギン コウモリ ツバメ 蛍 タヌキ 狸 ハリネズミ".split()
)


_NOUNS = PeopleWords(_FEMALE, _MALE, _PEOPLE)


_SUFFIX = re.compile(r"(?:[員師者士手官屋家守]|学生|校生|受験生|職人|係|選手|歌手|配達人|乗り|使い|売り|作り)$")


_NOT_PEOPLE = frozenset(
    "家 手 国家 屋 部屋 小屋 我が家 一家 右手 左手 両手 片手 上手 下手 実家 人家 民家 読者-l 切手 武士道 山小屋 平屋 酒屋 茶屋 居酒屋 本屋 花屋 パン屋 相手 拍手 握手 歴史家屋 母屋 お守 子守".split()
)


_SHOPS = frozenset("本屋 花屋 パン屋".split())


PRONOUNS = {
    "彼": "he",
    "彼女": "she",
    "彼ら": "they",
    "彼女たち": "they",
    "それ": "it",
    "私": "i",
    "僕": "i",
    "俺": "i",
    "わたし": "i",
    "ぼく": "i",
}


NOBODY = frozenset("誰 だれ 誰か 何 なに 皆 みんな 全員 何か 誰一人".split())


NOT_ROLES = frozenset(
    "全体 残り 最初 最後 長さ 全長 尺 カット ショット シーン 場面 カメラ 画面 音 声 映像 動画 次 間 中 前 後 上 下 こと もの ところ とき 時 秒 分".split()
)


MANNER = frozenset(
    "急ぐ 黙る 笑う 続く 続ける 慌てる 微笑む 焦る 揃う 思い切る 初める 初めて 向かう 沿う 向く 使う 対する".split()
)


@dataclass(frozen=True, slots=True)
class Tok:
    """A morpheme: surface, part of speech with its subdivisions, inflected form, base form, offsets."""

    word: str
    tags: tuple[str, ...]
    form: str
    base: str
    start: int
    end: int

    def has(self, *tags: str) -> bool:
        """Whether its part of speech begins with these tags."""
        return self.tags[: len(tags)] == tags


@cache
def _tokenizer() -> Any:
    from janome.tokenizer import Tokenizer

    return Tokenizer()


_GIVEN = frozenset("あおい しずか ひかる かおる まどか のどか はるか ゆたか".split())
"""Given names that are adjectives or verbs too."""


@cache
def tokens_of_japanese(text: str) -> tuple[Tok, ...]:
    """The morphemes of a text, quotations left out, with offsets into it."""
    found: list[Tok] = []
    plain = text.replace(MASK, "\u3000")
    at = 0
    for token in _tokenizer().tokenize(plain):
        start = plain.index(token.surface, at)
        at = start + len(token.surface)
        found.append(
            Tok(token.surface, tuple(token.part_of_speech.split(",")), token.infl_form, token.base_form, start, at)
        )
    for index in range(len(found) - 1, 0, -1):
        first, last = found[index - 1], found[index]
        if last.word in {"郎", "助", "介"} and first.word in {
            "太",
            "次",
            "一",
            "二",
            "三",
            "四",
            "五",
            "健",
            "新",
            "大",
        }:
            # 次|郎
            found[index - 1 : index + 1] = [
                Tok(first.word + last.word, ("名詞", "固有名詞", "人名", "名"), "*", "*", first.start, last.end)
            ]
    for index, token in enumerate(found[:-1]):
        # No stem of a verb takes these particles: ゆい is somebody.
        opens = index == 0 or found[index - 1].has("記号") or found[index - 1].word in {"と", "や", "の"}
        stem = token.has("動詞", "自立") and token.form.startswith("連用")
        marked = found[index + 1].has("助詞") and found[index + 1].word in {"は", "が", "も", "と", "を"}
        if opens and marked and re.fullmatch("[ぁ-ん]{2,4}", token.word) and (stem or token.word in _GIVEN):
            found[index] = Tok(token.word, ("名詞", "固有名詞", "人名", "名"), "*", "*", token.start, token.end)
    return tuple(found)


@cache
def is_person(word: str) -> bool:
    """Whether a noun means a human being."""
    bare = re.sub(r"(?:たち|達|ら|さん|くん|ちゃん|様)$", "", word) or word
    if word in _NOUNS or bare in _NOUNS:
        return True
    if bare in _NOT_PEOPLE - _SHOPS or bare in ANIMALS:
        return False
    return (len(bare) > 1 and bool(_SUFFIX.search(bare))) or _NOUNS.end(bare)


@cache
def gender_of_noun(word: str) -> Gender:
    """What a noun tells of its gender (老婆 is a woman)."""
    bare = re.sub(r"(?:たち|達|ら)$", "", word)
    if bare in _FEMALE or bare in _MALE:
        return Gender.FEMALE if bare in _FEMALE else Gender.MALE
    return _NOUNS.gender_by_end(bare)


def gender_of_name(name: str, words: tuple[Tok, ...]) -> Gender:
    """What a name's honorific or last character suggests."""
    if words[-1].word in {"くん", "君"} or re.search(
        r"(?:太|郎|介|助|一|二|斗|翔|也|夫|男|雄|彦|樹|真|輔|平|吾)$", name
    ):
        return Gender.MALE
    if re.search(r"(?:子|美|奈|花|香|咲|菜|恵|代|江|乃|絵|里|織|葉)$", name):
        return Gender.FEMALE
    return Gender.UNKNOWN
