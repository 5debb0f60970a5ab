"""Chinese clauses, subjects and speakers, from the words and tags of jieba.

雨夜 的 小巷 里 ， 侦探 林静 说 ： …        subject: the noun phrase before the first main verb
卖 鱼 的 大叔 把 水 泼 在 地上             a verb with 的 behind it and a noun belongs to that noun
"""

from __future__ import annotations

import re
from dataclasses import replace

from mavin.facts.languages.chinese.phrases import is_alive, is_noun, is_verb, noun_phrases, says
from mavin.facts.languages.chinese.script import as_written, simplified
from mavin.facts.languages.chinese.words import ADVERBS, NOBODY, Tok, is_person, tagger, tokens_of_chinese
from mavin.facts.languages.reading import Mention, Piece, Reading
from mavin.facts.text import MASK

__all__ = ["only_when", "pieces", "read", "says"]


_LEADS = re.compile(
    r"[\s，、；]*(?:(?:最[后後]一[个個]?(?:镜头|鏡頭)[里裡中]?(?=\S)|然后|然後|接着|接著|随后|隨後|最后|最後|于是|并且|并|而后|再|首先|起先|先是)[，、]?)*"
)


def read(text: str) -> Reading:
    """Reads one clause in either script; offsets of the result are offsets into the text."""
    plain = simplified(text)
    return as_written(_read(plain), plain, text)


def _read(text: str) -> Reading:
    shown = _main_part(text)
    every = tokens_of_chinese(text)
    tokens = [token for token in every if token.start >= shown]
    comma = [token.start for token in tokens if token.word in "，；：:"]
    verb = _main_verb(tokens)
    verb = _verb_object(tokens) if verb is None else verb
    before = tokens if verb is None else tokens[:verb]
    nobody = any(token.word in NOBODY for token in before)
    subjects = _described_one(text, shown) or _subject_of(text, before, comma)
    if not subjects and verb is None:
        subjects = _subject_of(text, tokens, comma)
    if not subjects and verb is not None and tokens[verb].word in {"有", "来", "走来", "出现", "跑来", "站"}:
        subjects = _subject_of(text, tokens[verb + 1 :], comma)[:1]
    if not subjects and verb is not None:
        subjects = _one_of_several(text, tokens[verb].start)
    if not subjects and verb is not None and verb + 1 < len(tokens):
        appears = re.fullmatch(r".*[出来来过起下]", tokens[verb].word) and tokens[verb + 1].flag in {"m", "mq"}
        subjects = _subject_of(text, tokens[verb + 1 :], comma)[:1] if appears else subjects  # 书里飘出一只萤火虫
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
    # "李雷做饭的时候，王芳唱歌": he is there, too.
    objects += [item for item in _objects(text, [token for token in every if token.start < shown], taken) if item.named]
    return Reading(tuple(subjects), place, tuple(objects), False)


_ONE = re.compile(r"(?:^|[，。；、\s])(?:其中)?(?P<said>(?P<other>另外?)?一(?:个|位|名|人|只)人?)$")


def _one_of_several(text: str, verb: int) -> list[Mention]:
    """One of those met before: 一个说, 另一个回答."""
    found = _ONE.search(text[:verb].rstrip())
    if found is None:
        return []
    said, start = found["said"], found.start("said")
    which = "other" if found["other"] else "first"
    return [Mention(said, start, start + len(said), said, said, said, person=True, pronoun=which)]


_DESCRIBED = re.compile(r"[\s，。；、]*(?P<said>[高矮]个子|[胖瘦]子|年[长轻]的(?:那个)?)(?P<rest>.*)", re.DOTALL)


def _described_one(text: str, start: int) -> list[Mention]:
    """One of a group by looks: 两个小偷……高个子说, 矮个子打喷嚏."""
    found = _DESCRIBED.match(text, start)
    following = tokens_of_chinese(found["rest"])[:1] if found else []
    acts = following and (not is_noun(following[0]) or following[0].word[1:2] in {"了", "着", "过"})
    if found is None or not acts or is_person(following[0].word):
        return []  # 高个子侦探 is a detective
    said, start = found["said"], found.start("said")
    return [Mention(said, start, start + len(said), said, said, said, person=True, pronoun="ranked")]


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
    if last.word in {"前", "后"} and len(tokens) > 1 and is_verb(tokens[-2]):
        return True
    return last.flag in {"f", "s", "t"} and not any(is_verb(token) for token in tokens[:-1])


def _main_verb(tokens: list[Tok]) -> int | None:
    """Index of the first verb that is not part of a noun phrase with 的."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if is_verb(token) and token.word not in ADVERBS:
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
        made = len(token.word) == 2 and str(tags.get(token.word[0], "")).startswith("v") and is_noun(token)
        if (
            made
            and not is_alive(token)
            and token.flag != "nr"
            and not (index + 1 < len(tokens) and tokens[index + 1].word == "的")
        ):
            return index
    return None


def _behind_relative(tokens: list[Tok], index: int) -> int | None:
    """Index of 的 if the verb at ``index`` belongs to a noun behind it (卖鱼的大叔) and another verb follows."""
    for at in range(index + 1, min(index + 6, len(tokens))):
        if tokens[at].word in "，；。：:、":
            return None
        if tokens[at].word == "的":
            nouns = [n for n in range(at + 1, min(at + 5, len(tokens))) if is_noun(tokens[n])]
            if nouns and any(is_verb(token) for token in tokens[nouns[0] + 1 :]):
                return at
            # 卖鱼的大叔 without another verb is somebody; 看见桌上的信, 递给门口的老人 are acts.
            between = tokens[index + 1 : at]
            someone = (
                bool(nouns)
                and is_alive(tokens[nouns[0]])
                and all(is_noun(token) and not is_alive(token) for token in between)
            )
            started = all(not is_noun(token) and token.flag != "r" for token in tokens[:index])
            return at if someone and started else None
    return None


def _subject_of(text: str, tokens: list[Tok], commas: list[int]) -> list[Mention]:
    """The noun phrases before a verb that can be its subject: the last one, with those that 和 ties to it."""
    phrases = noun_phrases(text, tokens)
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
        gap = text[group[-1].end : item.start].strip() if item.start > group[-1].end else ""
        tied = re.fullmatch(r"(?:和|与|跟|、|及|同)(?:[他她我你]们?的?)?(?P<calling>[\u4e00-\u9fff]{0,4})", gap)
        if tied is not None and (not tied["calling"] or tied["calling"] in item.words):  # 小明和他的朋友阳阳
            group = [*group, item]
    return group


def _objects(text: str, tokens: list[Tok], taken: set[int]) -> list[Mention]:
    found = []
    for item in noun_phrases(text, tokens):
        if item.start in taken or (item.slot == "place" and not item.person):
            continue
        if item.pronoun in {"it", "i"} or not (
            item.person or item.pronoun or item.named or (item.animal and item.slot in {"to", "with"})
        ):
            continue
        found.append(replace(item, slot="object") if item.slot in {"subject", "place"} else item)
    return found


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
        told = masked[pending:left].strip(" ，、") if pending is not None else ""
        if pending is not None and told and lead and lead.group().strip(" ，、") and not only_when(told):
            # 一声巨响，然后一个男人跑出来: what comes before 然后 happens too, though no verb tells it.
            found.append(Piece(pending, left, "fragment", pending, pending))
            pending = None
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
