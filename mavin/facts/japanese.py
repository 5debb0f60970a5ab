"""Japanese clauses, subjects and speakers, from the morphemes of Janome.

灯台守 が 階段 を 上り 、 灯り を ともし …      は and が mark who, a verb before 、 ends the event
美咲 は 「…」 と 答える                       a left-out subject is whoever the last clause was about
"""

from __future__ import annotations

import re
from dataclasses import replace

from mavin.facts.foreign_model import Mention, Piece, Reading
from mavin.facts.japanese_words import (
    ANIMALS,
    MANNER,
    NOBODY,
    NOT_ROLES,
    PRONOUNS,
    Tok,
    gender_of_name,
    gender_of_noun,
    is_person,
    tokens_of_japanese,
)
from mavin.facts.model import Gender
from mavin.facts.quotes import MASK

__all__ = ["pieces", "read"]

_LEADS = re.compile(r"[\s、，]*(?:(?:そして|それから|次に|最後に|やがて|すると|その後)[、，]?)*")


def _noun(token: Tok) -> bool:
    kinds = ("副詞可能", "非自立", "形容動詞語幹")
    return (token.has("名詞") and (len(token.tags) < 2 or token.tags[1] not in kinds)) or token.has(
        "接頭詞", "名詞接続"
    )


def _suffix(token: Tok) -> bool:
    return token.has("名詞", "接尾") or token.word in {"たち", "達", "ら", "さん", "くん", "君", "ちゃん", "様", "氏"}


def read(text: str) -> Reading:
    """Reads one clause; offsets of the result are offsets into the text."""
    tokens = tokens_of_japanese(text)
    verb = _last_verb(tokens)
    subjects: list[Mention] = []
    objects: list[Mention] = []
    nobody = False
    marked: list[tuple[Mention, str, int]] = []
    for index, token in enumerate(tokens):
        if not token.has("助詞"):
            continue
        if token.word in {"は", "が", "も"} and not _embedded(tokens, index):
            who = _phrase_before(text, tokens, index)
            if who is None:
                nobody = nobody or (
                    index > 0
                    and tokens[index - 1].word in NOBODY
                    and tokens[index - 1].word in {"誰", "だれ", "誰一人"}
                )
            else:
                marked.append((who, token.word, index))
        elif token.word in {"に", "へ", "と", "を", "から"}:
            who = _phrase_before(text, tokens, index)
            if who is not None and (who.person or who.named or (who.pronoun and who.pronoun != "it")):
                slot = {"に": "to", "へ": "to", "と": "with"}.get(token.word, "object")
                objects.append(_slotted(who, slot))
    alive = [item for item in marked if item[0].person or item[0].animal or item[0].named or item[0].pronoun]
    chosen = (alive or marked)[:1]
    if chosen and chosen[0][1] == "も" and not alive:
        chosen = []
    for who, _, _ in chosen:
        listed = _listed(text, tokens, who)
        subjects = listed or [*_joined(text, tokens, who), who]
    started = {item.start for item in subjects}
    objects = [
        item
        for item in objects
        if item.start not in started and all(item.end <= s.start or item.start >= s.end for s in subjects)
    ]
    objects += [_slotted(item[0], "object") for item in alive[1:] if item[0].start not in started]
    if not chosen and verb is None:
        lone = _phrase_before(text, tokens, len(tokens) - 1 if tokens and tokens[-1].has("記号") else len(tokens))
        subjects = [lone] if lone is not None else []
    place = (tokens[verb].start, tokens[verb].end) if verb is not None else None
    return Reading(tuple(subjects), place, tuple(objects), nobody and not subjects)


def _slotted(mention: Mention, slot: str) -> Mention:
    return replace(mention, slot=slot)


def _last_verb(tokens: tuple[Tok, ...]) -> int | None:
    found = [
        index
        for index, token in enumerate(tokens)
        if token.has("動詞", "自立") or (token.has("名詞", "サ変接続") and index + 1 == len(tokens))
    ]
    found = found or [
        index for index, token in enumerate(tokens) if token.has("形容詞", "自立") or token.word in {"だ", "です"}
    ]
    return found[-1] if found else None


def _embedded(tokens: tuple[Tok, ...], index: int) -> bool:
    """Whether a が belongs to a clause inside another: 霧が晴れる|のを見つめる, 母が作った|弁当."""
    if tokens[index].word != "が":
        return False
    for at in range(index + 1, len(tokens)):
        if tokens[at].has("記号"):
            return False
        if tokens[at].has("動詞", "自立") or tokens[at].has("形容詞", "自立"):
            after = at + 1
            while after < len(tokens) and (
                tokens[after].has("助動詞")
                or tokens[after].has("動詞", "非自立")
                or tokens[after].has("動詞", "接尾")
                or tokens[after].word in {"て", "で"}
            ):
                after += 1
            if after >= len(tokens):
                return False
            finite = tokens[after - 1].form.startswith("基本形") or tokens[after - 1].word in {"た", "だ", "ない"}
            how = {
                "声",
                "調子",
                "口調",
                "顔",
                "笑顔",
                "表情",
            }  # 花子が低い声で言う: how she speaks, and no clause of the voice
            noun = tokens[after].has("名詞") and not tokens[after].has("名詞", "接尾")
            return finite and noun and tokens[after].word not in how
    return False


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


def _phrase_before(text: str, tokens: tuple[Tok, ...], index: int) -> Mention | None:
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
    named = named or pet or (given and is_person(whose) and whose not in _OWNERS)
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
            words=frozenset({name, head}),
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
        words=frozenset({head}),
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
    elif (at >= 2 and tokens[at - 1].word == "た" and tokens[at - 2].has("動詞")) or (
        at >= 2 and tokens[at - 1].word == "な" and tokens[at - 2].has("名詞", "形容動詞語幹")
    ):
        at -= 2
    return (tokens[at].start if at < len(tokens) else 0), counted


def _joined(text: str, tokens: tuple[Tok, ...], who: Mention) -> list[Mention]:
    """Others that と ties to a subject: 健太と美咲が走る."""
    for index, token in enumerate(tokens):
        if token.end == who.start and token.word in {"と", "や", "、"}:
            other = _phrase_before(text, tokens, index) if token.word == "、" else _tied(text, tokens, index, who)
            listed = token.word != "、" or (other is not None and other.named and who.named)
            if other is not None and listed and (other.person or other.animal or other.named):
                return [*_joined(text, tokens, other), other]
    return []


def _listed(text: str, tokens: tuple[Tok, ...], who: Mention) -> list[Mention]:
    """Those whom a number behind their names counts: 太郎と花子の二人が."""
    if not re.fullmatch(r"[二三四2-4]人|ふたり", who.head):
        return []
    for index, token in enumerate(tokens):
        if token.word == "の" and token.start >= who.start - 1 and token.end <= who.end:
            last = _phrase_before(text, tokens, index)
            if last is not None and last.named and len(found := [*_joined(text, tokens, last), last]) > 1:
                return found
    return []


def _tied(text: str, tokens: tuple[Tok, ...], index: int, who: Mention) -> Mention | None:
    """The one whom と ties to somebody: 健と花子, where 健 alone is a name only beside another."""
    other = _phrase_before(text, tokens, index)
    if other is None or not who.named or other.named or other.person or other.animal:
        return other
    name = other.head
    return replace(other, named=True, person=True, gender=Gender.UNKNOWN) if _name_like(name) else other


def pieces(masked: str) -> list[Piece]:
    """The clauses of one sentence: a verb before 、 or a て that another verb follows ends one."""
    found: list[Piece] = []
    pending: int | None = None
    spans = [span for left, right in _segments(masked) for span in _at_te(masked, left, right)]
    for left, right in spans:
        lead = _LEADS.match(masked[left:right])
        body = left + (lead.end() if lead and left + lead.end() < right else 0)
        plain = masked[body:right].replace(MASK, " ").strip(" 、。")
        reading = read(masked[body:right]) if plain else Reading()
        if not plain or reading.verb is None or (_adverbial(plain) and right < len(masked) - 1):
            if not plain and found and pending is None:
                last = found[-1]
                found[-1] = Piece(last.start, right, last.kind, last.verb, last.verb_end)
            elif pending is None:
                pending = body
            continue
        start = body if pending is None else pending
        if pending is not None and not reading.subjects:
            reading = read(masked[start:right])
            body = start
        pending = None
        verb = reading.verb or (0, 0)
        kind = "clause" if reading.subjects or reading.nobody or not found else "verb"
        found.append(Piece(start, right, kind, body + verb[0], body + verb[1]))
    if pending is not None:
        if found:
            last = found[-1]
            found[-1] = Piece(last.start, len(masked), last.kind, last.verb, last.verb_end)
        else:
            found.append(Piece(pending, len(masked), "fragment", pending, pending))
    return found


def _adverbial(plain: str) -> bool:
    """Whether a segment is a dependent clause: 目を覚ますと, 終わると, 歩きながら, 開けたら."""
    endings = r"(?:ると|くと|すと|うと|ぬと|むと|つと|ぐと|いと|ながら|たら|れば|けば|せば|ので|から|けれど|のに|が|とき|時|後|前に|まま)$"
    return bool(re.search(endings, plain))


def _segments(masked: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    begin = 0
    for match in re.finditer(
        rf"[、，；;,]\s*|(?=そして|それから)|(?<={MASK})(?=[^{MASK}と]*(?:は|が)[^{MASK}]*{MASK})", masked
    ):
        if (
            match.group()
            and masked[match.end() : match.end() + 1] == MASK
            and not masked[begin : match.start()].strip()
        ) or match.start() <= begin:
            continue
        spans.append((begin, match.start()))
        begin = match.end()
    spans.append((begin, len(masked)))
    return [(left, right) for left, right in spans if masked[left:right].strip()]


def _at_te(masked: str, left: int, right: int) -> list[tuple[int, int]]:
    """A segment cut behind て where another verb with its own object follows."""
    tokens = tokens_of_japanese(masked[left:right])
    for index, token in enumerate(tokens):
        if not (token.word in {"て", "で"} and token.has("助詞", "接続助詞")) or index == 0:
            continue
        verb = next((item for item in reversed(tokens[:index]) if item.has("動詞")), None)
        rest = tokens[index + 1 :]
        own = any(item.has("助詞") and item.word in {"を", "に", "へ", "が", "から"} for item in rest)
        if (
            verb is None
            or verb.base in MANNER
            or not own
            or not any(item.has("動詞", "自立") for item in rest)
            or rest[0].has("動詞", "非自立")
        ):
            continue
        if not any(item.has("助詞") for item in tokens[: index - 1]):
            continue
        cut = left + token.end
        return [(left, cut), *_at_te(masked, cut, right)]
    return [(left, right)]
