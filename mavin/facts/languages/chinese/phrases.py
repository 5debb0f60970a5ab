"""Chinese noun phrases with their slots, from the words and tags of jieba."""

from __future__ import annotations

import re
from dataclasses import replace

from mavin.facts.languages.chinese.script import simplified
from mavin.facts.languages.chinese.words import (
    ANIMALS,
    NOBODY,
    PRONOUNS,
    SPEECH,
    SURNAMES,
    Tok,
    gender_of_name,
    gender_of_noun,
    is_person,
)
from mavin.facts.languages.reading import Mention
from mavin.facts.model import Gender
from mavin.facts.text import MASK

__all__ = ["is_alive", "is_noun", "is_verb", "noun_phrases", "says"]


def is_noun(token: Tok) -> bool:
    """Whether a word is a noun, a name or a word of another script."""
    return (
        token.flag[:1] == "n"
        or (token.flag in {"i", "l", "j", "nr"} and not token.flag.startswith(("i", "l")))
        or token.flag == "eng"
    )


def is_verb(token: Tok) -> bool:
    """Whether a word tells an event: a verb, or a phrase of several characters that stands for one."""
    return token.flag in {"v", "vi", "vg", "vq"} or (token.flag in {"a", "z", "i", "l"} and len(token.word) > 2)


def is_alive(token: Tok) -> bool:
    """Whether a noun means a person or an animal."""
    return is_person(token.word) or token.word in ANIMALS


def noun_phrases(text: str, tokens: list[Tok]) -> list[Mention]:
    """Noun phrases with their slots; a noun with a place word behind it is where something happens."""
    found: list[Mention] = []
    index = 0
    slot = "subject"
    start: int | None = None
    while index < len(tokens):
        token = tokens[index]
        if token.word in {"对", "對", "向", "给", "朝"}:
            slot, start = "to", None
        elif token.word in {"跟", "和", "与", "同"} and not found:
            slot, start = "with", None
        elif token.word in {
            "在",
            "从",
            "把",
            "被",
            "用",
            "往",
            "于",
            "当",
            "沿着",
            "沿",
            "为",
            "由",
            "将",
            "除了",
            "透过",
            "隔着",
        }:
            slot, start = {"把": "object", "将": "object", "被": "object"}.get(token.word, "place"), None
        elif token.word in PRONOUNS and not (
            index + 1 < len(tokens)
            and (
                tokens[index + 1].word == "的"
                or (is_noun(tokens[index + 1]) and slot == "subject" and is_person(tokens[index + 1].word))
            )
        ):
            found.append(
                Mention(
                    token.word,
                    token.start,
                    token.end,
                    token.word,
                    token.word,
                    token.word,
                    pronoun=PRONOUNS[token.word],
                    slot=slot,
                )
            )
            slot = "subject"
        elif is_noun(token):
            stop = index
            while (
                stop + 1 < len(tokens)
                and is_noun(tokens[stop + 1])
                and tokens[stop + 1].start == tokens[stop].end
                and (not is_alive(tokens[stop]) or is_alive(tokens[stop + 1]) or _named(tokens[stop + 1]))
            ):
                stop += 1
            tail = tokens[stop + 1].word if stop + 1 < len(tokens) else ""
            owner = tail == "的"
            if (
                owner
                and index
                and tokens[index - 1].word in {"叫", "名叫", "叫做"}
                and (_named(token) or (stop == index and _someone_next(tokens, stop + 2) and not is_alive(token)))
            ):
                # 一个叫小娜的面包师: the noun behind is what she is.
                found.append(_called(token, tokens[stop + 2 :]))
                index, start = stop + 3, None
                continue
            place = bool(tail) and (tokens[stop + 1].flag in {"f", "s"} or tail in {"前", "后", "时", "里", "上", "中"})
            if not owner:
                item = _mention(text, tokens, start if start is not None else index, index, stop, slot)
                if item is not None and not (place and not item.person):
                    found.append(item if not place else replace(item, slot="place"))
                slot = "subject"
                start = None
            elif start is None:
                start = index
            index = stop
        elif (
            token.flag in {"m", "q", "mq"}
            or (token.flag in {"a", "b", "r", "z", "uj"} and token.word not in NOBODY)
            or (token.flag == "v" and start is not None)
        ):
            if start is None and token.word == "的":
                led = index > 0 and tokens[index - 1].flag in {"f", "s", "t"} and tokens[index - 1].end == token.start
                start = index - 1 if led else None  # 里面的人
            elif start is None:
                start = index
        elif token.flag in {"d", "ad", "c", "x"}:
            start = None
        index += 1
    return found


def _someone_next(tokens: list[Tok], index: int) -> bool:
    return index < len(tokens) and is_person(tokens[index].word)


_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}


def _mention(text: str, tokens: list[Tok], start: int, index: int, stop: int, slot: str) -> Mention | None:
    words = tokens[index : stop + 1]
    head = words[-1]
    name = next((word for word in reversed(words) if _named(word)), None)
    left = tokens[start].start
    phrase = text[left : head.end]
    if name is not None:
        titled = "".join(word.word for word in words if word is not name)
        gender = gender_of_noun(titled) if titled else Gender.UNKNOWN
        gender = gender_of_name(name.word) if gender is Gender.UNKNOWN else gender
        return Mention(name.word, name.start, name.end, name.word, name.word, name.word, gender, False, True, False, True,
                       words=frozenset({name.word, *(word.word for word in words)}), slot=slot)  # fmt: skip
    if head.flag in {"t", "s", "f"} or head.word in {
        "时候",
        "时长",
        "时间",
        "全程",
        "镜头",
        "画面",
        "秒",
        "一句",
        "远处",
    }:
        return None
    if (
        head.word == "声音"
        and index > start + 1
        and tokens[index - 1].word == "的"
        and is_person(tokens[index - 2].word)
    ):
        return _mention(text, tokens, start, index - 2, index - 2, slot)  # 一个女人的声音回答
    if head.word == "声音" and not (start < index and says(text)):
        return None
    person = is_person(head.word) or head.word == "声音"  # 门外的声音回答
    animal = (
        head.word in ANIMALS or (len(head.word) == 1 and head.word in ANIMALS) or head.word[-1:] in {"猫", "狗", "鸟"}
    )
    counted = re.match(rf"(?P<n>[{''.join(_COUNTS)}]|\d)(?:个|個|位|名|只|隻|条|匹|头|对|群)", phrase)
    plural = bool(counted) or head.word.endswith("们") or bool(re.match(r"(?:一群|一对|几|许多|很多)", phrase))
    gender = Gender.PLURAL if plural else gender_of_noun(head.word)
    bare = head.word
    modifiers = frozenset({bare, *(word.word for word in words[:-1])})
    shown = bare.removesuffix("们") if bare.endswith("们") and len(bare) > 2 else bare
    return Mention(phrase, left, head.end, bare, shown, re.sub(r"^一(?:个|個|位|名|只|隻|条|匹|头|辆|对|群)?", "", phrase) or phrase, gender, plural,
                   person, animal, False, words=modifiers, slot=slot)  # fmt: skip


def _called(name: Tok, behind: list[Tok]) -> Mention:
    noun = behind[0].word if behind else ""
    gender = gender_of_noun(noun) if noun else Gender.UNKNOWN
    gender = gender_of_name(name.word) if gender is Gender.UNKNOWN else gender
    words = frozenset({name.word, noun} - {""})
    return Mention(
        name.word, name.start, name.end, name.word, name.word, name.word, gender, person=True, named=True, words=words
    )


def _named(word: Tok) -> bool:
    if word.flag == "eng":
        return word.word[:1].isupper()
    titled = len(word.word) > 2 and re.match(SURNAMES, word.word) is not None  # 李奶奶
    known = (is_person(word.word) and not titled) or word.word in ANIMALS
    return word.flag in {"nr", "nrt", "nrfg"} and not known and len(word.word) <= 4


def says(text: str) -> bool:
    """Whether words tell that somebody speaks (女孩小声说)."""
    return bool(
        SPEECH.search(
            re.sub(
                r"(?:[着了过一两三几]|[\d二四五][遍次声句]|[遍次声句]|[\s，。])+$",
                "",
                simplified(text).replace(MASK, ""),
            )
        )
    )
