"""Japanese noun phrases, read backwards from the particle behind them."""

from __future__ import annotations

import re
from dataclasses import replace

from mavin.facts.languages.japanese.words import (
    ANIMALS,
    NOBODY,
    NOT_ROLES,
    PRONOUNS,
    Tok,
    gender_of_name,
    gender_of_noun,
    is_person,
)
from mavin.facts.languages.reading import Mention
from mavin.facts.model import Gender

__all__ = ["joined", "listed_before", "phrase_before"]


def _noun(token: Tok) -> bool:
    kinds = ("副詞可能", "非自立", "形容動詞語幹")
    return (token.has("名詞") and (len(token.tags) < 2 or token.tags[1] not in kinds)) or token.has(
        "接頭詞", "名詞接続"
    )


def _suffix(token: Tok) -> bool:
    return token.has("名詞", "接尾") or token.word in {"たち", "達", "ら", "さん", "くん", "君", "ちゃん", "様", "氏"}


_HUMAN_ACTS = frozenset(
    "笑う 微笑む 黙る 泣く 歌う 踊る 話す 言う 叫ぶ 囁く 歩く 走る 座る 眠る 考える 読む 書く 祈る 料理 食べる 怒る".split()
)


def _acts_as_somebody(tokens: tuple[Tok, ...], index: int) -> bool:
    """Whether the particle there marks the subject of what only people do, or what people do first of all."""
    return (
        index < len(tokens)
        and tokens[index].word in {"は", "が"}
        and any(token.base in _HUMAN_ACTS for token in tokens[index + 1 :])
    )


def _name_like(head: str) -> bool:
    """One character, or two to four of katakana, that mean no person of themselves: 健, アナ."""
    common = re.search(
        r"[人車船鳥馬犬猫雨風雪火水山川海空木花月日星声音手足目口心]|ロボット|ピアノ|ドア|テレビ|ラジオ", head
    )
    return not common and not is_person(head) and bool(re.fullmatch(r"[\u4e00-\u9fff]|[ァ-ヴー]{2,4}", head))


_OWNERS = frozenset("人 客 子供 大人 花屋 本屋 パン屋".split())
"""Whose things, rather than names, stand behind の: 子供のボール."""


def phrase_before(text: str, tokens: tuple[Tok, ...], index: int) -> Mention | None:
    """The noun phrase that ends right before a particle."""
    at = index - 1
    while at >= 0 and tokens[at].word in {"だけ", "さえ", "まで", "のみ", "ばかり"} and tokens[at].has("助詞"):
        at -= 1
    stop = at
    while (
        at >= 0
        and (_noun(tokens[at]) or _suffix(tokens[at]))
        and (at == stop or tokens[at].end == tokens[at + 1].start)
    ):
        at -= 1
    first = at + 1
    if first > stop:
        word = tokens[stop].word if stop >= 0 else ""
        if word in {"子", "女の子", "男の子"} and stop >= 0:
            first = stop
        else:
            return None
    # 女の子, 男の子 come as three words.
    if (
        stop >= 2
        and tokens[stop].word == "子"
        and tokens[stop - 1].word == "の"
        and tokens[stop - 2].word in {"女", "男"}
    ):
        first = stop - 2
    words = tokens[first : stop + 1]
    while len(words) > 1 and words[0].has("名詞", "数") and not words[-1].has("名詞", "接尾", "助数詞"):
        words = words[1:]
    head = text[words[0].start : words[-1].end]
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", head):  # ロボットのR2
        return Mention(
            head, words[0].start, words[-1].end, head.casefold(), head, head, person=True, named=True,
            words=frozenset({head.casefold()}),
        )  # fmt: skip
    if head in {"一人", "1人", "ひとり"} and first >= 2 and tokens[first - 1].word == "の":
        one = phrase_before(text, tokens, first - 1)  # 生徒の一人
        if one is not None and one.person and not one.named:
            return replace(one, gender=Gender.UNKNOWN if one.plural else one.gender, plural=False)
    if head in {"一人", "1人", "ひとり", "片方", "一方"}:
        other = first > 0 and tokens[first - 1].word in {"もう", "残る"}
        which = "other" if other else "first"
        return Mention(head, words[0].start, words[-1].end, head, head, head, person=True, pronoun=which)
    if words[-1].has("名詞", "数") or (
        words[-1].has("名詞", "接尾", "助数詞") and not re.fullmatch(r"[二三四五2-5]人", head)
    ):
        return None
    head = re.sub(r"^[一二三四五六七八九十0-9０-９]+(?:人|匹|羽|頭|本|台|つ|個)の?", "", head) or head
    if head in NOBODY or head in NOT_ROLES or (words[-1].has("名詞", "代名詞") and head not in PRONOUNS):
        return None
    if head in PRONOUNS:
        return Mention(head, words[0].start, words[-1].end, head, head, head, pronoun=PRONOUNS[head])
    if first >= 2 and tokens[first - 1].word == "という" and tokens[first - 2].has("名詞"):
        # 花子というパン屋: the noun is what she is.
        called = tokens[first - 2]
        return Mention(
            called.word,
            called.start,
            called.end,
            called.word,
            called.word,
            called.word,
            gender_of_name(called.word, (called,)),
            person=True,
            named=True,
            words=frozenset({called.word, head}),
        )
    left, counted = _left_edge(tokens, first)
    whose = tokens[first - 2].word if first >= 2 and tokens[first - 1].word == "の" else ""
    given = re.fullmatch(r"[ァ-ヴー]{2,6}", head) is not None and not is_person(head) and head not in ANIMALS
    pet = given and whose in ANIMALS  # 犬のポチ
    honorific = words[-1].word in {"さん", "くん", "君", "ちゃん", "様", "氏"} and len(words) > 1
    named = any(token.has("名詞", "固有名詞", "人名") for token in words) and not is_person(head)
    named = (
        named
        or (honorific and not is_person(head))
        or (
            len(words) == 1
            and re.fullmatch(r"[ァ-ヴー]{2,}", head) is not None
            and words[0].base == "*"
            and not is_person(head)
            and head not in ANIMALS
        )
        or (len(words) == 1 and _acts_as_somebody(tokens, index) and _name_like(head) and head not in ANIMALS)
    )
    named = named or (len(words) > 1 and words[-1].has("名詞", "固有名詞", "人名"))
    titled = len(words) > 1 and words[0].has("名詞", "固有名詞", "人名")
    titled = titled and is_person(text[words[1].start : words[-1].end])  # 佐々木刑事
    named = named or titled or pet or (given and is_person(whose) and whose not in _OWNERS)
    if named and len(words) > 1 and is_person(words[0].word) and not honorific:
        words = tuple(token for token in words if not is_person(token.word)) or words
    name = text[words[0].start : words[-1].end] if named else head
    if honorific and named:
        name = text[words[0].start : words[-2].end]
    person = named or honorific or is_person(head)
    animal = not person and head in ANIMALS
    plural = (
        counted
        or head.endswith(("たち", "達", "彼ら"))
        or (len(words) > 1 and words[-1].word == "ら")
        or head in {"夫婦", "双子", "兄弟", "姉妹", "人々", "二人", "三人", "親子"}
    )
    gender = Gender.PLURAL if plural else gender_of_name(name, words) if named else gender_of_noun(head)
    text_ = text[left : words[-1].end]
    if named:
        return Mention(
            name,
            words[0].start,
            words[0].start + len(name),
            name,
            name,
            head if honorific else name,
            gender,
            False,
            not pet,
            pet,
            True,
            words=frozenset({name, head, *((words[0].word, text[words[1].start : words[-1].end]) if titled else ())}),
        )
    return Mention(
        text_,
        left,
        words[-1].end,
        head,
        re.sub(r"(?:たち|達)$", "", head) or head,
        text_,
        gender,
        plural,
        person,
        animal,
        words=frozenset({head, *([text[left : words[0].start]] if left < words[0].start and not counted else [])}),
    )


def _left_edge(tokens: tuple[Tok, ...], first: int) -> tuple[int, bool]:
    """Where the modifiers of a noun begin (年老いた, 二人の), and whether it is counted as several."""
    at = first
    counted = False
    if at >= 2 and tokens[at - 1].word == "の" and tokens[at - 2].has("名詞", "接尾", "助数詞"):
        number = tokens[at - 3] if at >= 3 else None
        counted = number is not None and number.word not in {"一", "1", "１"}
        at -= 3 if number is not None and number.has("名詞", "数") else 2
    elif at >= 2 and tokens[at - 1].word == "の" and re.fullmatch(r"[二三四五]人|ふたり", tokens[at - 2].word):
        at, counted = at - 2, True
    elif at >= 1 and (tokens[at - 1].has("形容詞") or tokens[at - 1].has("連体詞")):
        at -= 1
        if at >= 2 and tokens[at].has("形容詞") and tokens[at - 1].word == "の" and tokens[at - 2].has("名詞"):
            at -= 2  # 背の高い
    elif (at >= 2 and tokens[at - 1].word == "た" and tokens[at - 2].has("動詞")) or (
        at >= 2 and tokens[at - 1].word == "な" and tokens[at - 2].has("名詞", "形容動詞語幹")
    ):
        at -= 2
    return (tokens[at].start if at < len(tokens) else 0), counted


def joined(text: str, tokens: tuple[Tok, ...], who: Mention) -> list[Mention]:
    """Others that と ties to a subject: 健太と美咲が走る."""
    for index, token in enumerate(tokens):
        if token.end == who.start and token.word in {"と", "や", "、"}:
            other = phrase_before(text, tokens, index) if token.word == "、" else _tied(text, tokens, index, who)
            listed = token.word != "、" or (other is not None and other.named and who.named)
            if other is not None and listed and (other.person or other.animal or other.named):
                return [*joined(text, tokens, other), other]
    return []


def listed_before(text: str, tokens: tuple[Tok, ...], who: Mention) -> list[Mention]:
    """Those whom a number behind their names counts: 太郎と花子の二人が."""
    if not re.fullmatch(r"[二三四2-4]人|ふたり", who.head):
        return []
    for index, token in enumerate(tokens):
        if token.word == "の" and token.start >= who.start - 1 and token.end <= who.end:
            last = phrase_before(text, tokens, index)
            if last is not None and last.named and len(found := [*joined(text, tokens, last), last]) > 1:
                return found
    return []


def _tied(text: str, tokens: tuple[Tok, ...], index: int, who: Mention) -> Mention | None:
    """The one whom と ties to somebody: 健と花子, where 健 alone is a name only beside another."""
    other = phrase_before(text, tokens, index)
    if other is None or not who.named or other.named or other.person or other.animal:
        return other
    name = other.head
    return replace(other, named=True, person=True, gender=Gender.UNKNOWN) if _name_like(name) else other
