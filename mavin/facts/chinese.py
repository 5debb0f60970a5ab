"""Chinese clauses, subjects and speakers, from the words and tags of jieba.

    雨夜 的 小巷 里 ， 侦探 林静 说 ： …        subject: the noun phrase before the first main verb
    卖 鱼 的 大叔 把 水 泼 在 地上             a verb with 的 behind it and a noun belongs to that noun
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from mavin.facts.foreign_model import Mention, Piece, Reading
from mavin.facts.model import Gender
from mavin.facts.quotes import MASK

__all__ = ["pieces", "read", "says"]

_FEMALE = frozenset(
    "女人 女孩 女孩子 女孩儿 女子 女士 姑娘 少女 母亲 妈妈 妈 娘 奶奶 外婆 姥姥 姐姐 妹妹 姐 妹 女儿 妻子 老婆 太太 阿姨 姑姑 婶婶 大婶 大妈 大娘 婆婆 老太太 老奶奶 "
    "公主 王后 皇后 女王 新娘 修女 女巫 仙女 小姐 女生 女郎 女友 女朋友 孙女 寡妇 保姆 护士 空姐 女侠 女演员 女老师 女歌手 女店员 女医生 女警 妇人 妇女 老妇人 老妇 嫂子 舞女 独生女 女服务员".split()
)
_MALE = frozenset(
    "男人 男孩 男孩子 男孩儿 男子 先生 小伙子 小伙 少年 父亲 爸爸 爸 爷爷 外公 姥爷 哥哥 弟弟 哥 弟 儿子 丈夫 老公 叔叔 大叔 伯伯 大伯 舅舅 大爷 老大爷 老爷爷 老头 老头儿 老汉 "
    "王子 国王 皇帝 新郎 和尚 道士 神父 小生 男生 男友 男朋友 孙子 渔夫 农夫 樵夫 屠夫 武士 公公 男演员 老头子 汉子 师兄 师弟 侄子 老翁 王爷 太监".split()
)
_PEOPLE = frozenset(
    "人 老人 孩子 小孩 小孩子 婴儿 宝宝 儿童 大人 人们 大家 观众 人群 顾客 客人 路人 行人 乘客 旅客 游客 朋友 同学 同事 邻居 老师 学生 医生 律师 警察 侦探 记者 作家 画家 音乐家 歌手 演员 导演 司机 船长 "
    "水手 士兵 将军 队长 店员 店主 老板 老板娘 服务员 厨师 面包师 裁缝 木匠 铁匠 铁匠铺主 农民 渔民 茶农 牧民 工人 矿工 保安 保镖 骑手 外卖员 外卖骑手 快递员 邮差 邮递员 摄影师 魔术师 科学家 宇航员 飞行员 "
    "机长 空乘 守门员 裁判 教练 运动员 球员 舞者 舞蹈家 钢琴家 小提琴家 琴师 师傅 徒弟 师父 弟子 主人 仆人 搭档 同伴 伙伴 对手 敌人 陌生人 盲人 聋人 病人 犯人 囚犯 小偷 强盗 英雄 侠客 剑客 刺客 忍者 "
    "守塔人 看守人 管理员 图书管理员 图书馆员 售货员 收银员 摊主 小贩 商贩 理发师 修理工 钟表匠 修表匠 园丁 猎人 牧羊人 骑士 战士 旅人 诗人 书生 教授 校长 院长 法官 市长 总统 主持人 播音员 "
    "双胞胎 情侣 夫妻 夫妇 恋人 一家人 家人 父母 父子 母女 孤儿 青年 年轻人 中年人 少年们 机器人 外星人 稻草人 巨人 鬼 鬼魂 幽灵 小丑 吸血鬼 乞丐 天使 恶魔 模特 主角 队员 选手 孕妇 患者 司仪 店长 "
    "售票员 列车员 乘务员 站长 检票员 水管工 清洁工 环卫工 消防员 救生员 潜水员 登山者 独行者 流浪者 流浪汉 拾荒者 跑者 骑行者 考古学家 匠人 雕刻师 调酒师 咖啡师 药师 掌柜 伙计 小二 道长 僧人 村民 居民".split()
)
_ANIMALS = frozenset(
    "猫 小猫 黑猫 白猫 橘猫 野猫 狗 小狗 黑狗 白狗 老狗 流浪狗 流浪猫 马 白马 驴 牛 奶牛 羊 山羊 绵羊 猪 小猪 鸡 公鸡 母鸡 鸭子 小鸭 鹅 天鹅 鸟 小鸟 麻雀 鹰 老鹰 猫头鹰 乌鸦 鸽子 海鸥 鹦鹉 老鼠 兔子 小兔子 狐狸 狼 "
    "熊 小熊 熊猫 狮子 老虎 大象 小象 猴子 长颈鹿 斑马 骆驼 鹿 小鹿 鱼 金鱼 鲨鱼 鲸鱼 鲸 海豚 章鱼 螃蟹 乌龟 海龟 蛇 蜥蜴 青蛙 蜜蜂 苍蝇 蝴蝶 蜘蛛 蚂蚁 龙 恐龙 松鼠 企鹅 蝙蝠 燕子 白鹭 萤火虫 刺猬".split()
)
_SUFFIX = re.compile(r"(?:守人|学家|[\u4e00-\u9fff](?:员|师|匠|汉|客|侠|兵|妇|夫|民|者|贩|友|爷|婆|迷|童))$")
_NOT_PEOPLE = frozenset("成员组 作者栏 大师 博客 黑客松 水手服 夫 大夫帽 功夫 工夫 平民窟 前者 后者 播客 直播员 或者 儿童节".split())
_PRONOUNS = {"他": "he", "她": "she", "它": "it", "他们": "they", "她们": "they", "它们": "they", "二人": "they", "两人": "they", "我": "i", "我们": "i"}
_NOBODY = frozenset("没有人 没人 无人 谁 有人 某人 什么 谁也 所有人 一切 别人 其他人 大家 人人".split())
_SKIP = frozenset("p c d ad f s t m q u ul uz uj ug ud uv r y zg b o vd x g h k e".split())
_TIME_TAIL = re.compile(r"(?:前|后|之前|之后|以后|以前|时|时候|的时候|之际|期间|中|里|上|下|旁|边|内|外|处|间|同时|瞬间|时刻|刻)$")
_ADVERBS = frozenset("独自 只有 只 仅 全程 起初 后来 最后 然后 接着 突然 忽然 于是 终于 同时 片刻 慢慢 静静 小声 大声 低声 轻声 高声 默默  轻轻 缓缓 悄悄 一起 正 正在 始终 一直 从头到尾 自始至终 全片 另 唯有 唯独 仍 仍然 依然".split())
_SURNAMES = "[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾路江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍万柯管卢莫房裘缪丁邓单洪包左石崔吉龚程邢裴陆荣翁甄曲封储段富焦巴谷车侯宁仇祖武刘景龙叶司黎薄印白怀蒲邰鄂索赖卓乔阴阿小老欧辛那简饶曾关冷]"
_SAYINGS = frozenset("小说 传说 听说 据说 诉说 再说 学说 演说 解说 劝说 诉说 胡说 述说 知道 街道 轨道 跑道 味道 频道 大道 隧道 通道 过道 车道 人行道 管道 河道 赤道 地道 公道 航道 铁道 要道 柔道 茶道 道道 走道 难道 学问 疑问 提问 访问 询问 顾问 慰问 质问 追问 反问 盘问 审问 请问 发问".split())
_LEADS = re.compile(r"[\s，、；]*(?:(?:然后|然後|接着|接著|随后|隨後|最后|最後|于是|并且|并|而后|再)[，、]?)*")
_STATIVE = frozenset("有 是 像 为 叫 名叫 姓 属于".split())
_SPEECH = re.compile(r"(?:说|说道|問|问|问道|喊|喊道|叫道|回答|答|答道|道|低语|告诉|大喊|嘀咕|嘟囔|吩咐|念|唱|笑道|哭道|自语|自言自语|提醒|宣布|感叹|解释|补充|回应|反问|追问)$")


@dataclass(frozen=True, slots=True)
class _Tok:
    word: str
    flag: str
    start: int
    end: int


@cache
def _tagger() -> Any:
    """jieba's tagger over its own dictionary, read once and kept in memory: no file is written."""
    import logging
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
        import jieba.posseg
    jieba.setLogLevel(logging.ERROR)
    splitter, frequencies, tags, total = jieba.Tokenizer(), dict[str, int](), dict[str, str](), 0
    with splitter.get_dict_file() as file:
        for line in file:
            word, count, tag = line.decode("utf-8").split()
            frequencies[word], tags[word] = int(count), tag
            total += int(count)
            for end in range(1, len(word)):
                frequencies.setdefault(word[:end], 0)
    for word in sorted(_FEMALE | _MALE | _PEOPLE | _ANIMALS):
        if len(word) > 1:
            total += max(0, 3000 - frequencies.get(word, 0))
            frequencies[word], tags[word] = max(3000, frequencies.get(word, 0)), "n"
            for end in range(1, len(word)):
                frequencies.setdefault(word[:end], 0)
    for word in [word for word in tags if len(word) == 2 and word[1] in "说问道" and word not in _SAYINGS]:
        frequencies[word] = 0  # "李明说" is no "明说"
    for word in ("和亲", "灯亮了"):
        frequencies[word] = 0
    splitter.FREQ, splitter.total, splitter.initialized = frequencies, total, True
    tagger = jieba.posseg.POSTokenizer.__new__(jieba.posseg.POSTokenizer)
    tagger.tokenizer, tagger.word_tag_tab = splitter, tags
    return tagger


@cache
def _tokens(text: str) -> tuple[_Tok, ...]:
    found: list[_Tok] = []
    at = 0
    for pair in _tagger().cut(text.replace(MASK, " "), HMM=True):
        flag = pair.flag
        if pair.word in _FEMALE | _MALE | _PEOPLE | _ANIMALS:
            flag = "n"
        elif pair.word in _PRONOUNS:
            flag = "r"
        elif pair.word == "灯亮了":
            flag = "v"
        elif pair.word in _ADVERBS:
            flag = "d"
        elif _SPEECH.fullmatch(pair.word):
            flag = "v"
        elif flag in {"nr", "nrt", "nrfg"} and not re.match(_SURNAMES, pair.word):
            flag = "n"
        found.append(_Tok(pair.word, flag, at, at + len(pair.word)))
        at += len(pair.word)
    return tuple(_merged(found))


def _merged(tokens: list[_Tok]) -> list[_Tok]:
    """Words that jieba takes apart: 老|陈, 朋友|们, 看守|人, 外卖|骑手."""
    found: list[_Tok] = []
    for token in tokens:
        last = found[-1] if found else None
        if last is not None and last.end == token.start:
            both = last.word + token.word
            plural = token.word == "们" and last.flag.startswith("n")
            surname = re.fullmatch(r"老|小|阿", last.word) and token.flag in {"nr", "nrt", "nrfg", "nz"} and len(token.word) <= 2
            surname = surname or (re.fullmatch(r"老|小|阿", last.word) and len(token.word) == 1 and token.flag in {"ng", "nr", "n", "j", "ns", "g"} and not _person(token.word) and token.word not in _ANIMALS and re.match(_SURNAMES, token.word))
            agent = token.word in {"人", "员", "者", "手", "匠"} and last.flag in {"v", "vn", "n"} and _person(both)
            agent = agent or (token.word == "人" and last.flag in {"v", "vn"} and len(last.word) > 1)
            if plural or surname or agent:
                found[-1] = _Tok(both, "nr" if surname else last.flag if plural else "n", last.start, token.end)
                continue
        found.append(token)
    return found


@cache
def _person(word: str) -> bool:
    bare = word.removesuffix("们")
    if bare in _ANIMALS or bare in _NOT_PEOPLE:
        return False
    if bare in _FEMALE | _MALE | _PEOPLE or bool(_SUFFIX.search(bare)):
        return True
    return len(bare) > 2 and any(bare.endswith(noun) for noun in _FEMALE | _MALE | _PEOPLE if len(noun) > 1)


@cache
def _gender(word: str) -> Gender:
    bare = word.removesuffix("们")
    if bare in _FEMALE or bare.startswith(("女",)) or bare.endswith(("姐", "妹", "婆", "妈", "娘", "女", "婶", "嫂")):
        return Gender.FEMALE
    if bare in _MALE or bare.startswith("男") or bare.endswith(("哥", "叔", "爷", "伯", "汉", "夫")):
        return Gender.MALE
    if len(bare) > 2:
        for noun in _FEMALE:
            if len(noun) > 1 and bare.endswith(noun):
                return Gender.FEMALE
        for noun in _MALE:
            if len(noun) > 1 and bare.endswith(noun):
                return Gender.MALE
    return Gender.UNKNOWN


def _name_gender(name: str) -> Gender:
    if re.search(r"[娜婷芳丽静敏霞娟燕红梅兰英玲美花雪莉秀妮倩娇媛莹珍婉琴妍姗]$", name):
        return Gender.FEMALE
    if re.search(r"[强伟刚军勇杰涛超明磊鹏斌峰龙虎健国建志]$", name):
        return Gender.MALE
    return Gender.UNKNOWN


def _is_noun(token: _Tok) -> bool:
    return token.flag[:1] == "n" or token.flag in {"i", "l", "j", "nr"} and not token.flag.startswith(("i", "l")) or token.flag == "eng"


def _is_verb(token: _Tok) -> bool:
    return token.flag in {"v", "vi", "vg", "vq"} or (token.flag in {"a", "z", "i", "l"} and len(token.word) > 2)


def read(text: str, *, follows: bool = False, spoken: bool = False) -> Reading:
    """Reads one clause; offsets of the result are offsets into the text."""
    shown = _main_part(text)
    tokens = [token for token in _tokens(text) if token.start >= shown]
    comma = [token.start for token in tokens if token.word in "，；：:"]
    verb = _main_verb(tokens)
    before = tokens if verb is None else tokens[:verb]
    nobody = any(token.word in _NOBODY for token in before)
    subjects = _subject_of(text, before, comma)
    if not subjects and verb is None:
        subjects = _subject_of(text, tokens, comma)
    if not subjects and verb is not None and tokens[verb].word in {"有", "来", "走来", "出现", "跑来", "站"}:
        subjects = _subject_of(text, tokens[verb + 1 :], comma)[:1]
    place = (tokens[verb].start, tokens[verb].end) if verb is not None else None
    if nobody and not any(item.start > min(t.start for t in before if t.word in _NOBODY) for item in subjects):
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
    tokens = [token for token in _tokens(part) if token.flag != "x"]
    if not tokens:
        return True
    last = tokens[-1]
    if re.search(r"(?:之前|之后|以后|以前|时|时候|之际|期间|瞬间|同时|时刻)$", part):
        return True
    if last.word in {"前", "后"} and len(tokens) > 1 and _is_verb(tokens[-2]):
        return True
    return last.flag in {"f", "s", "t"} and not any(_is_verb(token) for token in tokens[:-1])


def _main_verb(tokens: list[_Tok]) -> int | None:
    """Index of the first verb that is not part of a noun phrase with 的."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if _is_verb(token) and token.word not in _ADVERBS:
            relative = _behind_relative(tokens, index)
            if relative is None:
                person = index + 1 < len(tokens) and _person(tokens[index + 1].word) and len(token.word) > 1 and token.word in {"外卖", "侦探", "驾驶", "表演", "导游", "领航", "清洁", "养蜂", "值班"}
                if not person:
                    return index
            else:
                index = relative
        index += 1
    return None


def _behind_relative(tokens: list[_Tok], index: int) -> int | None:
    """Index of 的 if the verb at ``index`` belongs to a noun behind it (卖鱼的大叔) and another verb follows."""
    for at in range(index + 1, min(index + 6, len(tokens))):
        if tokens[at].word in "，；。：:、":
            return None
        if tokens[at].word == "的":
            nouns = [n for n in range(at + 1, min(at + 5, len(tokens))) if _is_noun(tokens[n])]
            if nouns and any(_is_verb(token) for token in tokens[nouns[0] + 1 :]):
                return at
            started = all(not _is_noun(token) and token.flag != "r" for token in tokens[:index])
            return at if nouns and started and at - index <= 3 else None
    return None


def _subject_of(text: str, tokens: list[_Tok], commas: list[int]) -> list[Mention]:
    """The noun phrases before a verb that can be its subject: the last one, with those that 和 ties to it."""
    phrases = _phrases(text, tokens)
    if not phrases:
        return []
    last_comma = max((at for at in commas if tokens and at < tokens[-1].end), default=-1)
    near = [item for item in phrases if item.start > last_comma and item.slot == "subject"]
    alive = [item for item in near if item.person or item.animal or item.named or item.pronoun]
    chosen = (alive or near)[:1] or [item for item in phrases if item.slot == "subject" and (item.person or item.animal or item.named or item.pronoun)][:1]
    if not chosen:
        return []
    group = chosen
    for item in near:
        if item.start > group[-1].end and re.fullmatch(r"(?:和|与|跟|、|及|同)", text[group[-1].end : item.start].strip()):
            group = [*group, item]
    return group


def _phrases(text: str, tokens: list[_Tok]) -> list[Mention]:
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
        elif token.word in {"在", "从", "把", "被", "用", "往", "于", "当", "沿着", "沿", "为", "由", "将", "除了", "透过", "隔着"}:
            slot, start = {"把": "object", "将": "object", "被": "object"}.get(token.word, "place"), None
        elif token.word in _PRONOUNS and not (index + 1 < len(tokens) and (tokens[index + 1].word == "的" or (_is_noun(tokens[index + 1]) and slot == "subject" and _person(tokens[index + 1].word)))):
            found.append(Mention(token.word, token.start, token.end, token.word, token.word, token.word, pronoun=_PRONOUNS[token.word], slot=slot))
            slot = "subject"
        elif _is_noun(token):
            stop = index
            while stop + 1 < len(tokens) and _is_noun(tokens[stop + 1]) and tokens[stop + 1].start == tokens[stop].end:
                stop += 1
            tail = tokens[stop + 1].word if stop + 1 < len(tokens) else ""
            owner = tail == "的"
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
        elif token.flag in {"m", "q", "mq"} or (token.flag in {"a", "b", "r", "z", "uj"} and token.word not in _NOBODY) or (token.flag == "v" and start is not None):
            start = index if start is None else start
        elif token.flag in {"d", "ad", "c", "x"}:
            start = None
        index += 1
    return found


_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}


def _mention(text: str, tokens: list[_Tok], start: int, index: int, stop: int, slot: str) -> Mention | None:
    words = tokens[index : stop + 1]
    head = words[-1]
    name = next((word for word in reversed(words) if _named(word, words)), None)
    left = tokens[start].start
    phrase = text[left : head.end]
    if name is not None:
        titled = "".join(word.word for word in words if word is not name)
        gender = _gender(titled) if titled else Gender.UNKNOWN
        gender = _name_gender(name.word) if gender is Gender.UNKNOWN else gender
        return Mention(name.word, name.start, name.end, name.word, name.word, name.word, gender, False, True, False, True,
                       words=frozenset({name.word, *(word.word for word in words)}), slot=slot)  # fmt: skip
    if head.flag in {"t", "s", "f"} or head.word in {"时候", "时长", "时间", "全程", "镜头", "画面", "秒", "声音", "一句", "远处"}:
        return None
    person = _person(head.word)
    animal = head.word in _ANIMALS or (len(head.word) == 1 and head.word in _ANIMALS) or head.word[-1:] in {"猫", "狗", "鸟"}
    counted = re.match(rf"(?P<n>[{''.join(_COUNTS)}]|\d)(?:个|個|位|名|只|隻|条|匹|头|对|群)", phrase)
    plural = bool(counted) or head.word.endswith("们") or bool(re.match(r"(?:一群|一对|几|许多|很多)", phrase))
    gender = Gender.PLURAL if plural else _gender(head.word)
    bare = head.word
    modifiers = frozenset({bare, *(word.word for word in words[:-1])})
    shown = bare.removesuffix("们") if bare.endswith("们") and len(bare) > 2 else bare
    return Mention(phrase, left, head.end, bare, shown, re.sub(r"^一(?:个|個|位|名|只|隻|条|匹|头|辆|对|群)?", "", phrase) or phrase, gender, plural,
                   person, animal, False, words=modifiers, slot=slot)  # fmt: skip


def _named(word: _Tok, group: list[_Tok]) -> bool:
    if word.flag == "eng":
        return word.word[:1].isupper()
    known = _person(word.word) or word.word in _ANIMALS
    return word.flag in {"nr", "nrt", "nrfg"} and not known and len(word.word) <= 4


def _objects(text: str, tokens: list[_Tok], taken: set[int]) -> list[Mention]:
    found = []
    for item in _phrases(text, tokens):
        if item.start in taken or item.slot == "place" and not item.person:
            continue
        if item.pronoun in {"it", "i"} or not (item.person or item.pronoun or item.named or (item.animal and item.slot in {"to", "with"})):
            continue
        found.append(replace(item, slot="object") if item.slot in {"subject", "place"} else item)
    return found


def says(text: str) -> bool:
    """Whether words tell that somebody speaks (女孩小声说)."""
    return bool(_SPEECH.search(re.sub(r"[着了过\s，。]+$", "", text.replace(MASK, ""))))


def pieces(masked: str) -> list[Piece]:
    """The clauses of one sentence: commas, 然后 and quotations part them where a verb follows."""
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
    for match in re.finditer(rf"[，；;,]\s*|(?=然后|接着|随后)|(?<={MASK})(?=[^{MASK}]*[：:]\s*{MASK})", masked):
        if masked[match.end() : match.end() + 1] == MASK and match.group() or match.start() <= begin:
            continue
        spans.append((begin, match.start()))
        begin = match.end()
    spans.append((begin, len(masked)))
    return [(left, right) for left, right in spans if masked[left:right].strip()]
