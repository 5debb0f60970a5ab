"""Chinese words: jieba's tagger, what its tags get wrong, and who is a person."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import Any

from mavin.facts.languages.people_words import PeopleWords
from mavin.facts.model import Gender
from mavin.facts.text import MASK

__all__ = [
    "ADVERBS",
    "ANIMALS",
    "NOBODY",
    "PRONOUNS",
    "SPEECH",
    "SURNAMES",
    "Tok",
    "gender_of_name",
    "gender_of_noun",
    "is_person",
    "tagger",
    "tokens_of_chinese",
]

_FEMALE = frozenset(
    "女人 女孩 女孩子 女孩儿 女子 女士 姑娘 少女 母亲 妈妈 妈 娘 奶奶 外婆 姥姥 姐姐 妹妹 姐 妹 女儿 妻子 老婆 太太 阿姨 姑姑 婶婶 大婶 大妈 大娘 婆婆 老太太 老奶奶 "
    "公主 王后 皇后 女王 新娘 修女 女巫 仙女 小姐 女生 女郎 女友 女朋友 孙女 寡妇 保姆 护士 空姐 女侠 女演员 女老师 女歌手 女店员 女医生 女警 妇人 妇女 老妇人 老妇 嫂子 舞女 独生女 女服务员 表姐 表妹 闺蜜 尼姑".split()
)


_MALE = frozenset(
    "男人 男孩 男孩子 男孩儿 男子 先生 小伙子 小伙 少年 父亲 爸爸 爸 爷爷 外公 姥爷 哥哥 弟弟 哥 弟 儿子 丈夫 老公 叔叔 大叔 伯伯 大伯 舅舅 大爷 老大爷 老爷爷 老头 老头儿 老汉 "
    "王子 国王 皇帝 新郎 和尚 道士 神父 小生 男生 男友 男朋友 孙子 渔夫 农夫 樵夫 屠夫 武士 公公 男演员 老头子 汉子 师兄 师弟 侄子 老翁 王爷 太监 表哥 表弟 住持".split()
)


_PEOPLE = frozenset(
    "人 老人 孩子 小孩 小孩子 婴儿 宝宝 儿童 大人 人们 大家 观众 人群 顾客 客人 路人 行人 乘客 旅客 游客 朋友 同学 同事 邻居 老师 学生 医生 律师 警察 侦探 记者 作家 画家 音乐家 歌手 演员 导演 司机 船长 "
    "警官 刑警 嫌疑人 嫌犯 凶手 法医 经理 主任 总裁 秘书 助手 助理 同伙 船夫 醉汉 巫师 法师 队友 对方 女主人 男主人 主播 网友 水手 士兵 将军 队长 店员 店主 老板 老板娘 服务员 厨师 面包师 裁缝 木匠 铁匠 铁匠铺主 农民 渔民 茶农 牧民 工人 矿工 保安 保镖 骑手 外卖员 外卖骑手 快递员 邮差 邮递员 摄影师 魔术师 科学家 宇航员 飞行员 "
    "机长 空乘 守门员 裁判 教练 运动员 球员 舞者 舞蹈家 钢琴家 小提琴家 琴师 师傅 徒弟 学徒 师父 弟子 主人 仆人 搭档 同伴 伙伴 对手 敌人 陌生人 盲人 聋人 病人 犯人 囚犯 小偷 强盗 英雄 侠客 剑客 刺客 忍者 "
    "守塔人 看守人 管理员 图书管理员 图书馆员 售货员 收银员 摊主 小贩 商贩 理发师 修理工 钟表匠 修表匠 园丁 猎人 牧羊人 骑士 战士 旅人 诗人 书生 教授 校长 院长 法官 市长 总统 主持人 播音员 "
    "双胞胎 情侣 夫妻 夫妇 恋人 一家人 家人 父母 父子 母女 孤儿 青年 年轻人 中年人 少年们 机器人 外星人 稻草人 巨人 鬼 鬼魂 幽灵 小丑 吸血鬼 乞丐 天使 恶魔 模特 主角 队员 选手 孕妇 患者 司仪 店长 "
    "小哥 外卖小哥 快递小哥 小姐姐 小哥哥 大哥 大姐 打工人 上班族 主妇 外婆 店小二 咖啡师 修鞋匠 宇航员 售票员 列车员 乘务员 站长 检票员 水管工 清洁工 环卫工 消防员 救生员 潜水员 登山者 独行者 流浪者 流浪汉 拾荒者 跑者 骑行者 考古学家 匠人 雕刻师 调酒师 咖啡师 药师 掌柜 伙计 小二 道长 僧人 村民 居民 海盗 主厨 部长 课长 班长 前台 高中生 考生 吉他手 编辑 劫匪 人质 精灵 白领 发小 转校生 房东 间谍 杀手 实习生 兼职生 网红 博主 新人 前辈 被告 原告 证人 检察官 被告人".split()
)


ANIMALS = frozenset(
    "猫 小猫 黑猫 白猫 橘猫 野猫 狗 小狗 黑狗 白狗 老狗 流浪狗 流浪猫 马 白马 驴 牛 奶牛 羊 山羊 绵羊 猪 小猪 鸡 公鸡 母鸡 鸭子 小鸭 鹅 天鹅 鸟 小鸟 麻雀 鹰 老鹰 猫头鹰 乌鸦 鸽子 海鸥 鹦鹉 老鼠 兔子 小兔子 狐狸 狼 "
    "熊 小熊 熊猫 狮子 老虎 大象 小象 猴子 长颈鹿 斑马 骆驼 鹿 小鹿 鱼 金鱼 鲨鱼 鲸鱼 鲸 海豚 章鱼 螃蟹 乌龟 海龟 蛇 蜥蜴 青蛙 蜜蜂 苍蝇 蝴蝶 蜘蛛 蚂蚁 龙 恐龙 松鼠 企鹅 蝙蝠 燕子 白鹭 萤火虫 刺猬 白鸽 信鸽 黄狗 花猫 白兔 黑马 小马 小羊 小牛 小鸡 小猴 小老鼠 小狐狸 小鹦鹉 柴犬 金毛 灰狼".split()
)


_NOUNS = PeopleWords(_FEMALE, _MALE, _PEOPLE)


_SUFFIX = re.compile(r"(?:守人|学家|[\u4e00-\u9fff](?:员|师|匠|汉|客|侠|兵|妇|夫|民|者|贩|友|爷|婆|迷|童))$")


_NOT_PEOPLE = frozenset(
    "成员组 作者栏 大师 博客 黑客松 水手服 夫 大夫帽 功夫 工夫 平民窟 前者 后者 播客 直播员 或者 儿童节".split()
)


PRONOUNS = {
    "他": "he",
    "她": "she",
    "它": "it",
    "他们": "they",
    "她们": "they",
    "它们": "they",
    "二人": "they",
    "两人": "they",
    "我": "i",
    "我们": "i",
}


NOBODY = frozenset("没有人 没人 无人 谁 有人 某人 什么 谁也 所有人 一切 别人 其他人 大家 人人".split())


ADVERBS = frozenset(
    "独自 只有 只 仅 全程 起初 后来 最后 然后 接着 突然 忽然 于是 终于 同时 片刻 慢慢 静静 小声 大声 低声 轻声 高声 默默  轻轻 缓缓 悄悄 一起 齐声 异口同声 头也不抬 头也不回 同声 柔声 厉声 正 正在 始终 一直 从头到尾 自始至终 全片 另 唯有 唯独 仍 仍然 依然".split()
)


# Surnames that with 小 before them rather are things: 小路, 小车, 小米, 小花, 小云, 小叶, 小石, 小江, 小雷.
_THINGS = "路车米花云叶石江雷宫巷池水席钟梁童丁康时安方单封管古关"


SURNAMES = "[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾路江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍万柯管卢莫房裘缪丁邓单洪包左石崔吉龚程邢裴陆荣翁甄曲封储段富焦巴谷车侯宁仇祖武刘景龙叶司黎薄印白怀蒲邰鄂索赖卓乔阴阿小老欧辛那简饶曾关冷]"


_TWO_SURNAMES = "欧阳 司马 诸葛 上官 司徒 慕容 令狐 皇甫 夏侯 尉迟 公孙 长孙 宇文 端木 南宫 独孤 轩辕 公冶 澹台".split()
"""Surnames of two characters."""


_FAMILIAR = re.compile(rf"老{SURNAMES}|[小阿](?![{_THINGS}]){SURNAMES}")
_NOT_FAMILIAR = frozenset("老小 老欧 老家 小老 阿里 老路 老江".split())


_GIVEN = (
    "娜婷芳丽静敏霞娟燕红梅兰英玲美花雪莉秀妮倩娇媛莹珍婉琴妍姗强伟刚军勇杰涛超明磊鹏斌峰龙虎健国建志壮宝牛贵福旺柱"
)
_LITTLE = "美丽芳娟凡月宇天琪晴萱涵轩浩雅静敏玲霞燕梅红强刚明婷莉倩欣怡佳颖慧洁莹琳薇蕾"
_BY_GIVEN = re.compile(rf"阿[{_GIVEN}]|小[{_LITTLE}]|大[刚壮勇强伟明毛牛宝柱鹏杰斌]")
"""A given name behind 阿 or 大: 阿花, 大刚; 大军 is an army."""
_GIVEN_ACTS = re.compile(rf"(?:(?:小(?![{_THINGS}])|阿)[{_GIVEN}]|小[{_LITTLE}])(?=[\u4e00-\u9fff]$)")
"""Such a name with its verb: 阿珍|拉住他的手."""


_NO_NAMES = {
    **dict.fromkeys(
        "冷笑 高喊 高呼 微笑 苦笑 呼唤 滑雪 滑冰 敬礼 练武 练功 练兵 格斗 涂抹 寒暄 张嘴 张口 张开 张望 张贴 高悬 祝贺 祝福 谢谢 陶醉 苏醒 周旋 陈列".split(), "v",
    ),
    **dict.fromkeys(
        "安全带 花园 哈欠 阳光 宫殿 玉米 玉石 沙滩 红旗 宝贝 鹿角 雪山 宝剑 丛林 温泉 乌云 宝石 沙丘 松树 兰花 乌龟 旷野 桂花 麦子 银杏 燕子 黑客 巨石 戈壁 "
        "宝藏 古董 盖子 玉兰 波涛 木柱 清香 宝塔 木耳 灵堂 利剑 红梅 荆棘 秋风 红霞 木兰 巨星 燕麦 宝瓶 松柏 沙尘 麦田 栗子 碧波 雪峰 红茶 秋千 佩剑 佩刀 鹿茸 "
        "扶栏 体操 西风 秋水 丘陵 山洪 尼龙 卫星 雷达 明星 胡同 高峰 白雪 洪水 米粉 胡子 叶子 梅花 马匹 毛巾 蓝天 冷汗 小雨 石狮 白石 乔木 马背 白布 巴掌 白发 "
        "林子 杨柳 梅子 杜鹃 白云 田园 孔雀 老虎 田野 熊掌 雷声 白银 贝壳 金光 胡椒 白旗 熊猫 钟声 毛发 小河 柳树 雷霆 马鞭 马鞍 柏树 石阶 元宝 马刀 花圃 雷雨 "
        "白玉 小溪 黄牛 吉普 罗盘 冷杉 毛驴 黄蜂 小狗 钱财 小舟 钟楼 蓝图 史诗 龙宫 王宫 白昼 梁柱 老爹 老虎".split(), "n",
    ),
}  # fmt: skip
"""What jieba takes for names."""


_DOUBLED = re.compile(
    r"([阳欢洋晨宁琦浩轩冬晴雯欣怡朵妞豆乐甜圆果丹莉萌晶婷蕾蓓贝西苗娜珍芳佳妮琪露瑶媛彤涵娟丽敏倩莹琳诺])\1"
)
"""Names of children: 朵朵, 豆豆."""


_NAME_ACTS = re.compile(rf"(?P<name>{SURNAMES}[\u4e00-\u9fff])[笑哭喊跑]")
"""A name with its verb: 王五|笑."""


_SAYINGS = frozenset(
    "小说 传说 听说 据说 诉说 再说 学说 演说 解说 劝说 诉说 胡说 述说 知道 街道 轨道 跑道 味道 频道 大道 隧道 通道 过道 车道 人行道 管道 河道 赤道 地道 公道 航道 铁道 要道 柔道 茶道 道道 走道 难道 学问 疑问 提问 访问 询问 顾问 慰问 质问 追问 反问 盘问 审问 请问 发问".split()
)


_LOUD = "大叫|大喊|大吼|高喊|高呼|尖叫|惊叫|喊叫|怒吼"
_BEFORE_LOUD = re.compile(rf"(?={_LOUD}|[大小高低轻]声)")
"""Where no word goes on: 张伟|大叫, not 伟大|叫; 张伟|大声|念."""


SPEECH = re.compile(
    rf"(?:{_LOUD}|嚷|嚷道|说|说道|反驳|争辩|抗议|抱怨|叹道|叹息|惊呼|怒吼|嘲笑|央求|恳求|命令|宣读|应道|应声|附和|辩解|安慰|劝|劝道|骂|骂道|吼|吼道|吆喝|問|问|问道|喊|喊道|叫道|回答|答|答道|道|低语|告诉|大喊|嘀咕|嘟囔|吩咐|念|唱|笑道|哭道|自语|自言自语|提醒|宣布|感叹|解释|补充|回应|反问|追问)$"
)


@dataclass(frozen=True, slots=True)
class Tok:
    """A word with jieba's tag and its offsets."""

    word: str
    flag: str
    start: int
    end: int


@cache
def tagger() -> Any:
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
    for word in sorted(_NOUNS | ANIMALS | ADVERBS | set(PRONOUNS) | {"没人"}):
        if len(word) > 1:
            total += max(0, 3000 - frequencies.get(word, 0))
            frequencies[word] = max(3000, frequencies.get(word, 0))
            tags[word] = "d" if word in ADVERBS else "r" if word in PRONOUNS or word in NOBODY else "n"
            for end in range(1, len(word)):
                frequencies.setdefault(word[:end], 0)
    for word in [word for word in tags if len(word) == 2 and word[1] in "说问道" and word not in _SAYINGS]:
        frequencies[word] = 0  # "李明说" is no "明说"
    rings = [word for word in tags if len(word) == 2 and word[1] == "响" and word[0] in "铃炮枪钟鼓雷琴"]
    cries = [word for word in tags if len(word) == 2 and word[0] in ANIMALS and word[1] == "叫"]
    for word in ("和亲", "灯亮了", *cries, *rings):
        frequencies[word] = 0
    splitter.FREQ, splitter.total, splitter.initialized = frequencies, total, True
    tagger = jieba.posseg.POSTokenizer.__new__(jieba.posseg.POSTokenizer)
    tagger.tokenizer, tagger.word_tag_tab = splitter, tags
    return tagger


@cache
def tokens_of_chinese(text: str) -> tuple[Tok, ...]:
    """The words of a text, quotations left out, with offsets into it."""
    found: list[Tok] = []
    at = 0
    pieces = _BEFORE_LOUD.split(text.replace(MASK, " "))
    for pair in chain.from_iterable(tagger().cut(piece, HMM=True) for piece in pieces):
        flag = pair.flag
        if pair.word in _NOUNS or pair.word in ANIMALS:
            flag = "n"
        elif pair.word in PRONOUNS:
            flag = "r"
        elif pair.word in ADVERBS:
            flag = "d"
        elif SPEECH.fullmatch(pair.word) or pair.word in {"等", "响"}:
            flag = "v"
        elif re.fullmatch(r"(.)\1.", pair.word) and str(tagger().word_tag_tab.get(pair.word[0], "")).startswith("v"):
            flag = "v"  # 挥挥手, 点点头
        elif flag in {"nr", "nrt", "nrfg"} and pair.word in _NO_NAMES:
            flag = _NO_NAMES[pair.word]
        elif flag in {"nr", "nrt", "nrfg"} and re.fullmatch(r"..[里内外边旁]", pair.word):
            found += [Tok(pair.word[:2], "n", at, at + 2), Tok(pair.word[2], "f", at + 2, at + 3)]  # 花园|里
            at += 3
            continue
        elif (
            flag in {"nr", "nrt", "nrfg"}
            and _GIVEN_ACTS.match(pair.word)
            and (_is_act(pair.word[2]) or pair.word[2] in "问喊")
        ):
            found += [Tok(pair.word[:2], "nr", at, at + 2), Tok(pair.word[2], "v", at + 2, at + 3)]
            at += 3
            continue
        elif _DOUBLED.fullmatch(pair.word) or _BY_GIVEN.fullmatch(pair.word):
            flag = "nr"  # 朵朵
        elif flag in {"nr", "nrt", "nrfg"} and re.search(r"[山河湖海江岛村镇城市路街桥寺庙塔]$", pair.word):
            flag = "n"
        elif _FAMILIAR.fullmatch(pair.word) and pair.word not in _NOT_FAMILIAR:
            flag = "nr"
        if re.fullmatch("..了", pair.word) and flag in {"i", "l", "n", "v"} and pair.word not in _NOUNS:
            found += [Tok(pair.word[0], "n", at, at + 1), Tok(pair.word[1], "v", at + 1, at + 2)]  # 灯|灭|了
            found.append(Tok("了", "ul", at + 2, at + 3))
        else:
            found.append(Tok(pair.word, flag, at, at + len(pair.word)))
        at += len(pair.word)
    return tuple(_merged(found))


def _is_act(char: str) -> bool:
    return str(tagger().word_tag_tab.get(char, "")).startswith("v")


def _merged(tokens: list[Tok]) -> list[Tok]:
    """Words that jieba takes apart: 老|陈, 厨师 大|刘, 李|奶奶, 朋友|们, 看守|人, 外卖|骑手."""
    found: list[Tok] = []
    for token in _unjoined(tokens):
        last = found[-1] if found else None
        placed = len(found) > 1 and found[-2].word == "在" and found[-1].flag.startswith("n")
        if placed and re.fullmatch(r"[上里中下][\u4e00-\u9fff]", token.word) and token.flag[0] not in "fs":
            middle = token.start + 1  # 在|火星|上|种
            found += [Tok(token.word[0], "f", token.start, middle), Tok(token.word[1], "v", middle, token.end)]
            continue
        if last is not None and token.word == "了" and last.end == token.start and _happened(last):
            middle = last.start + 1
            found[-1:] = [Tok(last.word[0], "n", last.start, middle), Tok(last.word[1], "v", middle, last.end), token]
            continue
        if last is not None and last.end == token.start:
            both = last.word + token.word
            plural = token.word == "们" and last.flag.startswith("n")
            someone = len(found) > 1 and found[-2].end == last.start and is_person(found[-2].word)
            familiar = (
                bool(re.fullmatch("老|小|阿|大" if someone or token.flag == "nr" else "老|小|阿", last.word))
                and len(token.word) <= 2
            )
            counted = len(found) > 1 and found[-2].flag == "m" and found[-2].end == last.start  # 一张|桌
            titled = bool(re.fullmatch(SURNAMES, last.word)) and last.word not in "老小阿" and not counted
            titled = titled and last.flag not in {"a", "v", "p", "d"} and is_person(token.word) and len(token.word) <= 3
            given = token.flag in {"nr", "nrt", "nrfg", "nz"}
            if len(token.word) == 1 and token.flag in {"ng", "nr", "n", "j", "ns", "g"}:
                common = is_person(token.word) or token.word in ANIMALS
                given = given or (not common and bool(re.match(SURNAMES, token.word)))
            two = last.word in _TWO_SURNAMES and token.flag[0] not in "vpdurcmqx" and len(token.word) <= 2
            titled = titled or (last.word in _TWO_SURNAMES and is_person(token.word) and len(token.word) <= 3)
            surname = (familiar and given) or two or bool(_BY_GIVEN.fullmatch(both))
            agent = token.word in {"人", "员", "者", "手", "匠"} and last.flag in {"v", "vn", "n"} and is_person(both)
            agent = agent or (token.word == "人" and last.flag in {"v", "vn"} and len(last.word) > 1)
            agent = agent or (last.word in {"女", "男"} and is_person(token.word) and token.word not in {"人", "子"})
            if plural or surname or agent or titled:
                found[-1] = Tok(
                    both, "nr" if surname or titled else last.flag if plural else "n", last.start, token.end
                )
                continue
        found.append(token)
    return found


def _unjoined(tokens: list[Tok]) -> list[Tok]:
    """A name without the word that ties it to what stands before it: 和|小红, 对|李雷."""
    found: list[Tok] = []
    for number, token in enumerate(tokens):
        lasting = number + 1 < len(tokens) and tokens[number + 1].word == "着" and len(token.word) > 2
        if lasting and token.flag in {"nr", "nrt", "nrfg"}:
            middle = token.end - 1
            found += [Tok(token.word[:-1], "nr", token.start, middle), Tok(token.word[-1], "v", middle, token.end)]
            continue  # 陈伯|望|着
        tied = re.match(r"[和与跟同对给向]", token.word) if token.flag in {"nr", "nrt", "nrfg", "nz"} else None
        acts = _NAME_ACTS.fullmatch(token.word) if token.flag in {"nr", "nrt", "nrfg"} else None
        if acts is not None:
            middle = token.end - 1
            found += [Tok(acts["name"], "nr", token.start, middle), Tok(token.word[-1], "v", middle, token.end)]
        elif token.flag[0] not in "vdpc" and 2 <= len(token.word) <= 4 and token.word[:2] in _TWO_SURNAMES:
            found.append(replace(token, flag="nr"))  # 诸葛明
        elif tied is not None and len(token.word) > 2:
            middle = token.start + 1
            flag = "c" if tied.group() in "和与跟同" else "p"
            found += [Tok(token.word[0], flag, token.start, middle), Tok(token.word[1:], "nr", middle, token.end)]
        else:
            found.append(token)
    return found


def _happened(token: Tok) -> bool:
    """Whether a noun before 了 is a thing with its verb: 铃响|了."""
    tags = tagger().word_tag_tab
    first, last = (str(tags.get(char, "")) for char in (token.word[0], token.word[-1]))
    return len(token.word) == 2 and token.flag == "n" and first.startswith("n") and last.startswith("v")


@cache
def is_person(word: str) -> bool:
    """Whether a noun means a human being."""
    bare = word.removesuffix("们")
    if bare in ANIMALS or bare in _NOT_PEOPLE:
        return False
    return bare in _NOUNS or bool(_SUFFIX.search(bare)) or _NOUNS.end(bare)


@cache
def gender_of_noun(word: str) -> Gender:
    """What a noun tells of its gender (老奶奶 is a woman)."""
    bare = word.removesuffix("们")
    if bare in _FEMALE or bare.startswith(("女",)) or bare.endswith(("姐", "妹", "婆", "妈", "娘", "女", "婶", "嫂")):
        return Gender.FEMALE
    if bare in _MALE or bare.startswith("男") or bare.endswith(("哥", "叔", "爷", "伯", "汉", "夫")):
        return Gender.MALE
    return _NOUNS.gender_by_end(bare)


def gender_of_name(name: str) -> Gender:
    """What the last character of a given name suggests."""
    if re.search(r"[娜婷芳丽静敏霞娟燕红梅兰英玲美花雪莉秀妮倩娇媛莹珍婉琴妍姗]$", name):
        return Gender.FEMALE
    if re.search(r"[强伟刚军勇杰涛超明磊鹏斌峰龙虎健国建志]$", name):
        return Gender.MALE
    return Gender.UNKNOWN
