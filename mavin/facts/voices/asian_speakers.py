"""Who says a quotation in Chinese or Japanese."""

from __future__ import annotations

import re

from mavin.facts.languages.speech_verbs import CHINESE_VERBS, SpeechCue

__all__ = ["VOICE_BEHIND", "acting_before", "asian_before", "asian_behind", "tells_speech", "voice_before"]

_TELLS = re.compile("[说說问問喊答]|告[诉訴]|提醒|吩咐|叫住|安慰")
_ACTING = re.compile(r"(?:^|[。！？；\n])\s*(?P<words>[\u4e00-\u9fff][^。！？；：:\n\ue000]{1,30})[:：]\s*$")


def tells_speech(words: str) -> bool:
    """Whether words before a colon tell that somebody speaks, and so are no name: 小明说, 他自言自语."""
    from mavin.facts.languages.chinese.clauses import says

    return bool(re.search(CHINESE_VERBS, words) or re.match("把|将|將|对着|對著|朝|向着|向著", words)) or says(words)


def _tells_act(text: str, words: str) -> bool:
    """Whether a verb stands among the words before a Chinese colon, so that they are no bare name."""
    from mavin.facts.languages.chinese.clauses import read, says

    return text.rstrip().endswith(("：", ":")) and (says(words) or read(words).verb is not None)


def acting_before(text: str) -> SpeechCue | None:
    """The speaker of a Chinese line that an act brings in: 酒保摇头：“…”."""
    led = _ACTING.search(text)
    acting = _acting(led["words"]) if led is not None else None
    return SpeechCue(acting[0], led.start("words") + acting[1]) if led is not None and acting is not None else None


def _acting(words: str) -> tuple[str, int] | None:
    """Who acts before a colon (酒保摇头：“…”), with the offset; ``None`` if the words are a mere name."""
    from mavin.facts.languages.chinese.clauses import read, says

    reading = read(words)
    if (
        says(words)
        or _TELLS.search(words)
        or reading.verb is None
        or not reading.subjects
        or reading.subjects[0].end > reading.verb[0]
    ):
        return None
    return reading.subjects[0].text, reading.subjects[0].start


_SAID = r"(?:[了着著过過]?(?:[一两兩二三四五几幾\d]?[句声聲遍次]|话|話|道|起来|起來)?)"
_ZH_LEAD = (
    r"^(?:后来|後來|起初|最初|然后|然後|接着|接著|最后|最後|于是|於是|这时|這時|此时|突然|忽然|随后|隨後|终于|終於|片刻后|やがて|そして|それから|"
    r"すると|しかし|最後に|次に|突然)[，、]?"
)
_ZH_MANNER = r"轻声|輕聲|大声|大聲|低声|低聲|高声|笑着|哭着|小声|小聲|悄悄|急忙|立刻|也|又|再|只|就|便|才|却|都|平静地|温柔地|慢慢地|激动地|[\u4e00-\u9fff]{1,3}地"


def asian_before(text: str) -> SpeechCue | None:
    """Reads the words of a clause up to a quotation: 老陈轻声说：, ミナは友達に言う."""
    match = re.search(
        rf"(?P<head>[^，。！？、；\n]{{0,30}}?)(?:(?P<asked>告诉|告訴|问|問|提醒|吩咐|叫住|安慰|回答)"
        rf"(?P<whom>[\u4e00-\u9fff]{{1,6}}?)(?:{CHINESE_VERBS})?|(?:{CHINESE_VERBS}){_SAID})\s*[:：，,]?\s*$",
        text,
    )
    if match is None or re.search(r"[はがもに]", match["head"]):
        return _japanese_before(text)
    towards = re.search(
        rf"(?:对着?|對著?|向|跟|朝着?|和|同(?![学學事伴桌窗志伙聲声]))(?P<to>[\u4e00-\u9fffA-Za-z]{{1,8}}?)(?:{_ZH_MANNER})?$",
        match["head"],
    )
    opened = re.match(_ZH_LEAD, match["head"].lstrip())
    head = match["head"].lstrip()[opened.end() :] if opened else match["head"].lstrip()
    place = match.start("head") + match["head"].find(head) if head else match.start("head")
    bare = re.split(rf"对|對|向|跟|朝|从|從|在|{_ZH_MANNER}", head)[0].strip()
    if "的" in bare:
        place += bare.rfind("的") + 1  # "她的搭档老陈"
        bare = bare[bare.rfind("的") + 1 :]
    only = not text[: match.start()].strip(" ，。！？、；\n")
    to, at = (towards["to"], match.start("head") + towards.start("to")) if towards else ("", 0)
    if match["asked"] and match["whom"] and not re.fullmatch(rf"(?:道|说|說|着|了)+|{_SAID}", match["whom"]):
        to, at = match["whom"], match.start("whom")
    # "走过来" and the like: without a short name in front, the subject so far speaks.
    speaker = bare if 0 < len(bare) <= 8 else ""
    return SpeechCue(speaker, place, False, "", only, addressee=to, addressee_start=at)


_VOICE = re.compile(
    r"(?:^|[、。，！？\n]|から|[传傳]来|傳來|响起|響起|[听聽](?:到|见|見))\s*了?(?:[一ある]{1,2}[个個位名]?(?:人の)?)?(?P<who>[\u4e00-\u9fff\u30a0-\u30ff]{1,6}?)(?:の声|[的之]?(?:声音|聲音))"
    r"(?:が(?:する|した|響く|響いた|聞こえる|聞こえた|届く)|传来|傳來|响起|響起)?\s*[:：、，。]?\s*$"
)


def voice_before(text: str) -> SpeechCue | None:
    """A voice of whom nobody is seen: 女性の声「…」, 一个女人的声音：“…”."""
    found = _VOICE.search(text)
    if found is None or re.match("[他她它彼]|彼女|自分|自己", found["who"]):
        return None
    return SpeechCue(found["who"], found.start("who"), True, "", True)


_JAPANESE = r"(?:言|話|尋|聞|叫|囁|ささや|答|呼|つぶや|呟|告げ|頼|語|返)"


_WRITTEN_ON = frozenset("看板 標識 ポスター 張り紙 札 表札 タイトル 題名 文字 字幕 本 手紙 画面 テロップ".split())


def _japanese_before(text: str) -> SpeechCue | None:
    named = re.search(
        r"(?:^|[。！？\n])\s*(?P<name>[\u4e00-\u9fff\u30a0-\u30ff]{1,8})\s*(?:[（(][^（()）\n]{0,30}[）)])?\s*[:：]?\s*$",
        text,
    )
    # 他自言自语, 机长宣布：, 男人冷笑： tell what somebody does.
    told = named is not None and (re.match("他(?!人)|她|它", named["name"]) or _tells_act(text, named["name"]))
    if named is not None and not told and named["name"] not in _WRITTEN_ON:  # 花子「船がない」, as plays are written
        return SpeechCue(named["name"], named.start("name"), True, "", True)
    led = re.search(rf"(?:^|[。！？、；\n])\s*(?P<lead>{_ZH_LEAD[1:]})(?=[^。！？；\n]*$)", text)
    if led is not None:
        # The characters of やがて hold a が: openers are blanked before anybody is looked for.
        text = text[: led.start("lead")] + " " * len(led["lead"]) + text[led.end("lead") :]
    match = re.search(
        r"(?P<head>[^，。！？、；\n]{1,8}?)(?:は|が)、?(?:(?P<to>[^はがを、。\n]{1,8}?)(?:に(?:向かって|対して)?|へ))"
        r"?[^。\n]{0,12}[:：、,]?\s*$",
        text,
    ) or re.search(
        rf"(?P<head>)(?P<to>[^はがを、。\n]{{1,8}}?)(?:に(?:向かって|対して)?|へ)"
        rf"[^。\n]{{0,4}}{_JAPANESE}[^。\n]{{0,6}}[:：、,]?\s*$",
        text,
    )
    if match is None:
        return None
    only = not text[: match.start()].strip(" ，。！？、；\n")
    to, at = (match["to"], match.start("to")) if match["to"] else ("", 0)
    head = match["head"].lstrip()
    place = match.start("head") + len(match["head"]) - len(head)
    return SpeechCue(head if len(head) <= 5 else "", place, False, "", only, addressee=to, addressee_start=at)


_HOW = r"(?:[\u4e00-\u9fff\u3041-\u3096]{1,4}[いなたるぶ])?"
VOICE_BEHIND = re.compile(
    r"と(?P<said>いう)?(?:[^、。「」はが\n]{1,8}から)?、?"
    rf"(?:{_HOW}(?P<who>(?!彼|自分|誰)[\u4e00-\u9fff\u30a0-\u30ff]{{1,6}}?)の)?{_HOW}(?:叫び|歌|怒鳴り|泣き|話し)?"
    r"(?P<voice>声)(?(said)(?=が|も|だけ|は|に|を|$|[。、])|(?=が|も|$|[。、]))"
)
"""A voice that is heard: 「助けて」という声がする, 「どうぞ」と女性の声; not 「おい」と声をかける."""
_CHINESE_VOICE = re.compile(r"(?:一?[个個位名])?(?P<who>(?![他她它我你])[\u4e00-\u9fff]{1,6}?)的(?:声音|聲音)")
"""Whose voice says the line: “是我。”一个女人的声音回答."""
_CHAR = r"[\u4e00-\u9fff\u3040-\u30ffA-Za-z]"
_ASIAN_BEHIND = (
    rf"(?:と)?(?P<name>{_CHAR}{{1,5}}?)(?:が|は)、?(?P<to>{_CHAR}{{1,8}}?)(?:に向かって|に|へ)[^、。]{{0,4}}{_JAPANESE}",
    rf"(?P<name>{_CHAR}{{1,5}}?)(?:对着?|對|向|跟|朝着?)(?P<to>{_CHAR}{{1,8}}?){CHINESE_VERBS}",
    rf"(?:と)?(?P<name>{_CHAR}{{1,5}}?)(?:が|は)?(?:{CHINESE_VERBS}|{_JAPANESE})",
)


def asian_behind(clause: str, offset: int) -> SpeechCue | None:
    """Reads the clause behind a quotation: と少女が言う; ``offset`` is where it begins in the text."""
    unseen = VOICE_BEHIND.match(clause)
    if unseen is not None:
        who = "who" if unseen["who"] else "voice"  # 「助けて」という声がする: nobody else is named
        return SpeechCue(unseen[who], offset + unseen.start(who), True, "", True)
    heard = _CHINESE_VOICE.match(clause)
    if heard is not None:
        return SpeechCue(heard["who"], offset + heard.start("who"), True, "", True)
    for pattern in _ASIAN_BEHIND:
        found = re.match(pattern, clause)
        if found is None:
            continue
        to = found.groupdict().get("to") or ""
        at = offset + found.start("to") if to else 0
        return SpeechCue(found["name"], offset + found.start("name"), only=True, addressee=to, addressee_start=at)
    return _acts_and_speaks(clause, offset)


_JAPANESE_ACTS = re.compile(
    rf"(?P<name>{_CHAR}{{1,6}}?)(?:が|は)[^「」]{{1,30}}(?<!を)(?:言|叫|囁|ささや|答え|つぶや|呟|告げ|尋ね|怒鳴)[\u3040-\u309f]{{1,4}}$"
)


def _acts_and_speaks(clause: str, offset: int) -> SpeechCue | None:
    """The speaker who does something first: “快看！”阿花指着天空喊道, 「待って！」花子が手を伸ばして叫ぶ."""
    from mavin.facts.languages.chinese.clauses import read, says

    if re.search(r"[\u3040-\u30ff]", clause):
        found = _JAPANESE_ACTS.match(clause.strip())
        return SpeechCue(found["name"], offset + clause.index(found["name"])) if found is not None else None
    subjects = read(clause).subjects if len(clause) <= 40 and says(clause) else ()
    if not subjects or clause[: subjects[0].start].strip():
        return None
    return SpeechCue(subjects[0].text, offset + subjects[0].start)
