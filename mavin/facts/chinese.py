"""Chinese clauses, subjects and speakers, from the words and tags of jieba.

雨夜 的 小巷 里 ， 侦探 林静 说 ： …        subject: the noun phrase before the first main verb
卖 鱼 的 大叔 把 水 泼 在 地上             a verb with 的 behind it and a noun belongs to that noun
"""

from __future__ import annotations

import re
from dataclasses import replace

from mavin.facts.chinese_script import as_written, simplified
from mavin.facts.chinese_words import (
    ADVERBS,
    ANIMALS,
    NOBODY,
    PRONOUNS,
    SPEECH,
    SURNAMES,
    Tok,
    gender_of_name,
    gender_of_noun,
    is_person,
    tagger,
    tokens_of_chinese,
)
from mavin.facts.foreign_model import Mention, Piece, Reading
from mavin.facts.model import Gender
from mavin.facts.quotes import MASK

__all__ = ["pieces", "read", "says"]

_SKIP = frozenset("p c d ad f s t m q u ul uz uj ug ud uv r y zg b o vd x g h k e".split())
_TIME_TAIL = re.compile(
    r"(?:前|后|之前|之后|以后|以前|时|时候|的时候|之际|期间|中|里|上|下|旁|边|内|外|处|间|同时|瞬间|时刻|刻)$"
)
_LEADS = re.compile(
    r"[\s，、；]*(?:(?:最[后後]一[个個]?(?:镜头|鏡頭)[里裡中]?(?=\S)|然后|然後|接着|接著|随后|隨後|最后|最後|于是|并且|并|而后|再)[，、]?)*"
)
_STATIVE = frozenset("有 是 像 为 叫 名叫 姓 属于".split())


def _is_noun(token: Tok) -> bool:
    return (
        token.flag[:1] == "n"
        or (token.flag in {"i", "l", "j", "nr"} and not token.flag.startswith(("i", "l")))
        or token.flag == "eng"
    )


def _is_verb(token: Tok) -> bool:
    return token.flag in {"v", "vi", "vg", "vq"} or (token.flag in {"a", "z", "i", "l"} and len(token.word) > 2)


def read(text: str) -> Reading:
    """Reads one clause in either script; offsets of the result are offsets into the text."""
    plain = simplified(text)
    return as_written(_read(plain), plain, text)


def _read(text: str) -> Reading:
    shown = _main_part(text)
    tokens = [token for token in tokens_of_chinese(text) if token.start >= shown]
    comma = [token.start for token in tokens if token.word in "，；：:"]
    verb = _main_verb(tokens)
    verb = _verb_object(tokens) if verb is None else verb
    before = tokens if verb is None else tokens[:verb]
    nobody = any(token.word in NOBODY for token in before)
    subjects = _subject_of(text, before, comma)
    if not subjects and verb is None:
        subjects = _subject_of(text, tokens, comma)
    if not subjects and verb is not None and tokens[verb].word in {"有", "来", "走来", "出现", "跑来", "站"}:
        subjects = _subject_of(text, tokens[verb + 1 :], comma)[:1]
    place = (tokens[verb].start, tokens[verb].end) if verb is not None else None
    if nobody and not any(item.start > min(t.start for t in before if t.word in NOBODY) for item in subjects):
        who = [item for item in subjects if item.pronoun or item.person]
        if not who:
            return Reading((), place, (), True)
        subjects = who
    taken = {item.start for item in subjects}
    copula = verb is not None and tokens[verb].word in {"是", "成为", "变成", "像", "叫", "当"}
    objects = _objects(text, tokens[verb + 1 :] if verb is not None and not copula else [], taken)
    objects += [item for item in _objects(text, before, taken) if item.slot in {"to", "with"}]
    return Reading(tuple(subjects), place, tuple(objects), False)


def _main_part(text: str) -> int:
    """Offset behind what only tells when: 书店打烊前，|店员问."""
    at = 0
    for match in re.finditer(r"[，、,]", text):
        part = text[at : match.start()].replace(MASK, "").strip()
        if not part or (only_when(part) and text[match.end() :].strip()):
            at = match.end()
        else:
            break
    return at


def only_when(part: str) -> bool:
    """Whether a segment tells when or where and no event: 书店打烊前, 雨夜的小巷里, 过桥的时候."""
    part = simplified(part)
    tokens = [token for token in tokens_of_chinese(part) if token.flag != "x"]
    if not tokens:
        return True
    last = tokens[-1]
    if re.search(r"(?:之前|之后|以后|以前|时|时候|之际|期间|瞬间|同时|时刻)$", part):
        return True
    if last.word in {"前", "后"} and len(tokens) > 1 and _is_verb(tokens[-2]):
        return True
    return last.flag in {"f", "s", "t"} and not any(_is_verb(token) for token in tokens[:-1])


def _main_verb(tokens: list[Tok]) -> int | None:
    """Index of the first verb that is not part of a noun phrase with 的."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if _is_verb(token) and token.word not in ADVERBS:
            relative = _behind_relative(tokens, index)
            if relative is None:
                person = (
                    index + 1 < len(tokens)
                    and is_person(tokens[index + 1].word)
                    and len(token.word) > 1
                    and token.word in {"外卖", "侦探", "驾驶", "表演", "导游", "领航", "清洁", "养蜂", "值班"}
                )
                if not person:
                    return index
            else:
                index = relative
        index += 1
    return None


def _verb_object(tokens: list[Tok]) -> int | None:
    """The first noun that is a verb with its object (低头, 磨刀), for a clause without any other verb."""
    tags = tagger().word_tag_tab
    for index, token in enumerate(tokens):
        made = len(token.word) == 2 and str(tags.get(token.word[0], "")).startswith("v") and _is_noun(token)
        if (
            made
            and not _alive(token)
            and token.flag != "nr"
            and not (index + 1 < len(tokens) and tokens[index + 1].word == "的")
        ):
            return index
    return None


def _alive(token: Tok) -> bool:
    return is_person(token.word) or token.word in ANIMALS


def _behind_relative(tokens: list[Tok], index: int) -> int | None:
    """Index of 的 if the verb at ``index`` belongs to a noun behind it (卖鱼的大叔) and another verb follows."""
    for at in range(index + 1, min(index + 6, len(tokens))):
        if tokens[at].word in "，；。：:、":
            return None
        if tokens[at].word == "的":
            nouns = [n for n in range(at + 1, min(at + 5, len(tokens))) if _is_noun(tokens[n])]
            if nouns and any(_is_verb(token) for token in tokens[nouns[0] + 1 :]):
                return at
            # 卖鱼的大叔 without another verb is somebody; 看见桌上的信, 递给门口的老人 are acts.
            between = tokens[index + 1 : at]
            someone = (
                bool(nouns)
                and _alive(tokens[nouns[0]])
                and all(_is_noun(token) and not _alive(token) for token in between)
            )
            started = all(not _is_noun(token) and token.flag != "r" for token in tokens[:index])
            return at if someone and started else None
    return None


def _subject_of(text: str, tokens: list[Tok], commas: list[int]) -> list[Mention]:
    """The noun phrases before a verb that can be its subject: the last one, with those that 和 ties to it."""
    phrases = _phrases(text, tokens)
    if not phrases:
        return []
    last_comma = max((at for at in commas if tokens and at < tokens[-1].end), default=-1)
    near = [item for item in phrases if item.start > last_comma and item.slot == "subject"]
    alive = [item for item in near if item.person or item.animal or item.named or item.pronoun]
    chosen = (alive or near)[:1] or [
        item
        for item in phrases
        if item.slot == "subject" and (item.person or item.animal or item.named or item.pronoun)
    ][:1]
    if not chosen:
        return []
    group = chosen
    for item in near:
        if item.start > group[-1].end and re.fullmatch(
            r"(?:和|与|跟|、|及|同)", text[group[-1].end : item.start].strip()
        ):
            group = [*group, item]
    return group


def _phrases(text: str, tokens: list[Tok]) -> list[Mention]:
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
                or (_is_noun(tokens[index + 1]) and slot == "subject" and is_person(tokens[index + 1].word))
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
        elif _is_noun(token):
            stop = index
            while (
                stop + 1 < len(tokens)
                and _is_noun(tokens[stop + 1])
                and tokens[stop + 1].start == tokens[stop].end
                and (not _alive(tokens[stop]) or _alive(tokens[stop + 1]) or _named(tokens[stop + 1]))
            ):
                stop += 1
            tail = tokens[stop + 1].word if stop + 1 < len(tokens) else ""
            owner = tail == "的"
            if (
                owner
                and index
                and tokens[index - 1].word in {"叫", "名叫", "叫做"}
                and (_named(token) or (stop == index and _someone_next(tokens, stop + 2) and not _alive(token)))
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


def _objects(text: str, tokens: list[Tok], taken: set[int]) -> list[Mention]:
    found = []
    for item in _phrases(text, tokens):
        if item.start in taken or (item.slot == "place" and not item.person):
            continue
        if item.pronoun in {"it", "i"} or not (
            item.person or item.pronoun or item.named or (item.animal and item.slot in {"to", "with"})
        ):
            continue
        found.append(replace(item, slot="object") if item.slot in {"subject", "place"} else item)
    return found


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


def pieces(masked: str) -> list[Piece]:
    """The clauses of one sentence: commas, 然后 and quotations part them where a verb follows."""
    masked = simplified(masked)
    spans = _segments(masked)
    found: list[Piece] = []
    pending: int | None = None
    for left, right in spans:
        text = masked[left:right]
        lead = _LEADS.match(text)
        body = left + (lead.end() if lead and left + lead.end() < right else 0)
        plain = masked[body:right].replace(MASK, " ").strip(" ，。；：:")
        reading = read(masked[body:right]) if plain else Reading()
        adverbial = bool(plain) and only_when(plain)
        if not plain or reading.verb is None or (adverbial and right < len(masked) - 1):
            if not plain and found and pending is None:
                found[-1] = Piece(found[-1].start, right, found[-1].kind, found[-1].verb, found[-1].verb_end)
            elif pending is None:
                pending = body
            continue
        start = body
        if pending is not None:
            start, pending = pending, None
        kind = "clause" if reading.subjects or reading.nobody or not found else "verb"
        found.append(Piece(start, right, kind, body + reading.verb[0], body + reading.verb[1]))
    if pending is not None:
        if found:
            last = found[-1]
            found[-1] = Piece(last.start, len(masked), last.kind, last.verb, last.verb_end)
        else:
            found.append(Piece(pending, len(masked), "fragment", pending, pending))
    return found


def _segments(masked: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    begin = 0
    for match in re.finditer(
        rf"[，；;,]\s*|(?=然后|接着|随后)|(?<={MASK})(?=[^{MASK}]*[：:]\s*{MASK})|"
        rf"(?<={MASK})(?=[^{MASK}，。]{{1,12}}[说问喊答道叫]{MASK})",
        masked,
    ):
        if (masked[match.end() : match.end() + 1] == MASK and match.group()) or match.start() <= begin:
            continue
        spans.append((begin, match.start()))
        begin = match.end()
    spans.append((begin, len(masked)))
    return [(left, right) for left, right in spans if masked[left:right].strip()]
