"""What a prompt says of the whole film: its total duration and how many shots it has."""

from __future__ import annotations

import re

from mavin.diagnostics import Span
from mavin.facts.languages.numbers import NUMBER, number_of
from mavin.facts.model import CountFact, Dropped, DurationFact, TimeFact, TimeKind
from mavin.facts.times.loose_totals import loose_total
from mavin.facts.times.requests import ASKS_FOR_LENGTH, asks_behind
from mavin.facts.times.rules import CLIP as _CLIP
from mavin.facts.times.takes import OF_LENGTH, TAKE

__all__ = [
    "bracketed_lengths",
    "duration_phrase",
    "each_phrase",
    "find_clip_wishes",
    "find_durations",
    "find_shot_counts",
    "keyed_durations",
]

_SAYS_HOW_LONG = r"(?:exactly\s+|about\s+|around\s+|roughly\s+|just\s+|only\s+|genau\s+|exactamente\s+|exactement\s+)?"
_ENDS = r"(?:ends?|is\s+over|stops|finishes|endet|termina|acaba|finit|se\s+termine|finisce)\s+(?:at|after|nach|bei|a\s+los|tras|après|à|dopo|aos|após)\s+"
_SAID_OF_CLIP = re.compile(
    rf"\b(?:(?:the|this|an?|our)\s+)?(?:whole\s+|entire\s+)?(?:{_CLIP}|everything|it\s+all)\s+(?:of|with|lasting|{_ENDS}|(?:is|lasts|runs|takes))\s*{_SAYS_HOW_LONG}$",
    re.IGNORECASE,
)
_GERMAN = r"gesamt(?:dauer|länge|zeit|laufzeit|spielzeit)|laufzeit|spieldauer|spielzeit|filmdauer|filmlänge"
_TAKE_OF = re.compile(rf"{TAKE}\s*{OF_LENGTH}$", re.IGNORECASE)
_TAKES = re.compile(rf"{TAKE}\s*{OF_LENGTH}(?=\d|{NUMBER})", re.IGNORECASE)
_TAKE_LEAD = re.compile(rf"(?:\b(?:in|en|em|dans|con|com|mit|avec)\s+)?{TAKE}\s*{OF_LENGTH}$", re.IGNORECASE)
"""The words of it before its length: "Ein Plan von" 8 Sekunden."""
_TOTAL_AFTER = re.compile(
    rf"的?(?:一镜到底|一鏡到底|长镜头|長鏡頭)|[\s:–—-]{{1,3}}(?:the\s+)?(?:end|fin|ende)\b(?=\s*(?:$|[.!\n]))|の?(?:ワンカット|ワンショット|長回し)(?:で)?|[\s-]{{0,8}}(?:total\b|(?:in|en|au|no|in\s+der)\s+tota\w*\b|insgesamt\b|en tout\b|overall\b|altogether\b|in all\b|"
    rf"de (?:duración|long)|[^\S\n]*(?:\w+[^\S\n]+){{0,3}}(?!(?:ad|pub)(?!s\b|licité)[^\W\d_]){_CLIP}|的?[\u3040-\u9fff]{{0,4}}{_CLIP})",
    re.IGNORECASE,
)
_TOTAL_BEFORE = re.compile(
    rf"(?:{_CLIP}(?:\s+(?:vertical\w*|horizontal\w*|vertikal\w*|cort[oa]|court[e]?|breve|curt[oa]|animad[oa]|animée?|animato|publicitari[oa]|publicitaire|mud[oa]|muet|muto))?\s{{0,8}}(?:of|lasting|that lasts|which lasts|is|(?:should|must|will|has\s+to|needs\s+to|shall)\s+be|(?:debe|tiene\s+que|doit|deve)\s+dur(?:ar|er|are)|runs|,|是|は|de|von|d[ei]|d['’]|,? about)\s{{0,8}}{_SAYS_HOW_LONG}|{_CLIP}\s+{_ENDS}{_SAYS_HOW_LONG}|"
    rf"\b(?:total|duration|length|runtime|running time|durée|duración|dauer|länge|durata|duração|{_GERMAN})\b"
    rf"[^.;\n]{{0,20}}?|(?:\binsgesamt\s|时长|總長|总长|時長|片长|片長|长度|長さ|尺[はが]|共|全片|全长|全長|全体(?:で|は)?|全部で|合計で?|总计)[^。\n]{{0,3}}|"
    r"\ball\s+(?:in|within|of\s+it\s+in)\s+|(?:^|[.!?\n]\s*)(?:es\s+|il\s+|it\s+)?(?:lasts?|dura|dauert|dure|takes)\s+|"
    rf"(?:{_CLIP}|\bit|\bwhich|\bthat|\b(?:whole|entire)\s+\w+|\beverything)\s+(?:should |must |will )?(?:lasts?|takes?|runs?|dauert|dura|dure)\s+"
    rf"(?:exactly |about |for )*|{TAKE}\s*{OF_LENGTH})$",
    re.IGNORECASE,
)


_ASIAN_LEAD = re.compile(
    rf"(?:(?:(?:这|這|本|整|该|全|この)?[个個部段条條]?{_CLIP}[的の]?)?"
    r"(?:总共|總共|一共|[总總全]?[时時][长長]|[总總全片][长長]|[长長]度|总计|共计|共|全片|全程|全体|全部|合計|長さ|全長|尺)"
    rf"(?:大约|大約|约|約|是|为|為|共|で|は|が|[:：])?|{_CLIP}(?:是|は|共))\s?$"
)
"""What leads to a total duration in Chinese and Japanese: 影片总长, 長さは, 映像は."""
_THAT_LASTS = re.compile(r"\s+(?:dauert|dura|dure)\b", re.IGNORECASE)
_WHICH = re.compile(rf"{_CLIP}\b[^.;!?\n]{{0,40}},?\s+(?:der|die|das|que|qui|che)\s+$", re.IGNORECASE)
_LONG = re.compile(r"\s{0,8}-?(?:long|lang)\b", re.IGNORECASE)
_SAID_OF_IT = re.compile(
    rf"(?:{_CLIP}\b|\b(?:make|keep)\b|\b(?:it|this|es|er)\s+(?:is|should|must|lasts?|runs?|has|ist|soll|muss|dauert|darf|sei)\b)"
    r"[^.;!?\n。]{0,24}$|^\s*(?:an?|ein|eine)\s*$",
    re.IGNORECASE,
)


_OPENED = re.compile(r"\s+(?:at|in|inside|aboard|on|with)\s+(?:\w+\s+){0,5}\w+\s*[.:\n]", re.IGNORECASE)
"""Behind a length that opens the prompt: "Ten seconds at a family dinner."."""
_ONE_SHOT = re.compile(r"[\s-]+(?:(?!of\b)\w+[\s-]+){0,2}(?:shot|take)\b", re.IGNORECASE)
_SHOWN = re.compile(r"\s+of\s+(?:[\w'’-]+\s+){1,4}?(?!\w{0,5}thing\b)\w{2,}ing\b", re.IGNORECASE)
"""Behind a length that opens the prompt: "Ten seconds of a boy running."."""
_EACH_BEFORE = re.compile(
    r"(?:\b(?:with|of)\s+)?\b(?:each|every)(?:\s+(?:one|shot|scene|take|of\s+them))?(?:\s+(?:is|lasts|lasting|takes|runs|being|for|of|at|exactly)){0,3}\s*:?\s*$|"
    r"(?:\b(?:von|zu|mit|à)\s+)?\bje(?:weils)?\s*$|"
    r"(?:\b(?:de|di)\s+)?\b(?:cada\s+(?:un[oa]|uma?)|chacune?|ciascun[oa])(?:\s+(?:dura|dure|de|di))?\s*$|"
    r"(?:每[个個]?(?:镜头|鏡頭)?|各)(?:[时時]?[长長]|持续|持續|都?是|为|為)*\s*$|(?:各(?:カット|ショット|シーン)?|それぞれ|[1一]つ)(?:は|が)?\s*$",
    re.IGNORECASE,
)
_EACH_AFTER = re.compile(
    r"\s+(?:(?:long|lang)\s+)?(?:each\b|apiece\b|per\s+(?:shot|scene|take)\b|cada(?:\s+(?:un[oa]|uma?))?\b|chacune?\b|ciascun[oa]\b|jeweils\b)|\s*ずつ",
    re.IGNORECASE,
)
_OF_EACH = re.compile(r"\b(?:of|de|di|von|à|lasting)\s+$|\bd['’]$", re.IGNORECASE)
"""What leads to a length behind which "each" stands: "trois plans *de* 4 secondes chacun"."""
_BRACKETED = re.compile(r"[(\[（【]\s{0,9}$")
_ONE_SHOT_ANYWHERE = re.compile(r"second[\s-]+(?:(?!of\b)\w+[\s-]+){0,2}(?:shot|take)\b", re.IGNORECASE)


_KEYED = re.compile(
    r"[\"'](?:total[_ ]?)?(?:duration|length)(?:[_ ]?(?:s|sec|secs|seconds|in[_ ]seconds))?[\"']\s*:\s*"
    r"[\"']?(?P<s>\d{1,4}(?:\.\d{1,3})?)\s*(?:s|secs?|seconds)?[\"']?(?=\s*(?:[,}\n]|$))",
    re.IGNORECASE,
)


def keyed_durations(prompt: str) -> tuple[DurationFact, ...]:
    """The total duration that JSON or its like gives under a key: ``"duration": 6``; none if several do."""
    found = list(_KEYED.finditer(prompt))
    if len(found) != 1 or float(found[0]["s"]) == 0:
        return ()
    span = Span(start=found[0].start(), end=found[0].end(), text=found[0].group())
    return (DurationFact(span, round(float(found[0]["s"]) * 1000)),)


_HOURS = re.compile(
    rf"(?:^|\b(?:an?|the|ein|eine|einen|un|une|una|uma)\s+)(?P<n>{NUMBER}|\d{{1,3}})[\s-]*(?:hours?|hrs?|h|stunden?|stündige[rnsm]?|heures?|horas?|ore)"
    rf"[\s-]+(?:(?:long|lange[rn]?)\s+)?{_CLIP}(?=\s*(?:[.,:;!?\n]|$|\s(?:of|about|showing|where|that|in|with|von|über|de|sur|sobre)\b))|"
    rf"{_CLIP}\s+(?:of|de|von|di)\s+(?P<of>{NUMBER}|\d{{1,3}})\s+(?:hours?|heures?|horas?|stunden?|ore)\b|(?P<zh>{NUMBER}|\d{{1,3}})(?:个小时|個小時|小时|小時|時間)(?:长)?[的の]{_CLIP}",
    re.IGNORECASE,
)


def _hours(text: str) -> list[DurationFact]:
    """Films of hours ("a ten-hour film"): no clip is so long, and whoever asks for one must hear of it."""
    found = []
    for match in _HOURS.finditer(text):
        words = match["n"] or match["of"] or match["zh"]
        span = Span(start=match.start(), end=match.end(), text=match.group())
        found.append(DurationFact(span, round(float(number_of(words)) * 3_600_000)))
    return found


def find_durations(times: tuple[TimeFact, ...], text: str) -> tuple[DurationFact, ...]:
    """The total durations among the lengths of a text: those that are said of the whole clip.

    A length is the total if words say so ("a 6-second clip", "8 s in total", "duration: 7 s") or
    if it stands by itself between stops ("…, 4 seconds", "In 10 seconds: …").
    """
    found = []
    lengths = [fact for fact in times if fact.kind is TimeKind.LENGTH]
    bracketed = set(bracketed_lengths(times, text))
    for fact in lengths:
        before, after = text[: fact.span.start], text[fact.span.end : fact.span.end + 200]
        take = _TAKE_OF.search(before[-60:])
        if take and len(_TAKES.findall(text)) > 1:
            continue  # "Ein Plan von 3 s: … Ein Plan von 4 s: …": each is one shot's
        if fact in bracketed or _EACH_BEFORE.search(before[-60:]) or _EACH_AFTER.match(after):
            continue  # the length of one shot
        alone_before = re.search(
            r"(?:^|[.;,:!?\n(\[【。，、；：\ue000]|\b(?:and|with|,|shots?|scenes?)\s)\s{0,8}(?:(?:in|em|for|within|about|"
            r"exactly|over|lasting|throughout|(?:make it|keep it(?: to)?|it (?:should|must|will|has to|needs to) be)(?: (?:exactly|about|just))?|"
            r"only|just|de|en|dans|pendant|durante)\s+)?$",
            before[-40:],
            re.IGNORECASE,
        )
        alone_after = re.match(
            r"\s{0,8}(?:(?:long|lang)\b\s{0,8})?(?:$|[.;,:!?\n)\]】。，、；：]|(?:with|in)\s+\w+\s+shots?\b)", after
        ) or _AND_SHOTS.match(after)
        clause_before = re.search(r"\b(?:in|for|within|during|after|waits?)\s+$", before[-12:], re.IGNORECASE) or (
            # "Durante tres segundos, silencio. … Duración: 7 s.": beside another length it is a part's.
            len(lengths) > 1
            and re.search(r"\b(?:durante|pendant|durant|während|für|per|por)\s+$", before[-12:], re.IGNORECASE)
        )
        opens = (
            after.lstrip()[:1] in (":", "：")
            or (fact.end_ms >= 3000 and len(lengths) == 1 and bool(_AND_SHOTS.match(after)))
            or (  # "In 7.5 seconds, a fox digs a hole."
                fact.end_ms >= 3000
                and len(lengths) == 1
                and bool(re.fullmatch(r"\s*in\s+", before, re.IGNORECASE))
                and after[:1] == ","
            )
        )
        if fact.end_ms <= 1000 and re.match(r"(?:an?|one|un[ae]?|eine?|uma?)\s", fact.span.text, re.IGNORECASE):
            alone_before = None  # "One second, he is there; …"
        told_long = _LONG.match(after) and ((alone_before and alone_after) or _SAID_OF_IT.search(before[-60:]))
        opened = not before.strip() and fact.end_ms >= 3000 and _OPENED.match(after)
        shown = not before.strip() and fact.end_ms >= 3000 and len(lengths) == 1 and _SHOWN.match(after)
        shot = _ONE_SHOT.match(after) and not before.strip(" aAnN\n") and len(_ONE_SHOT_ANYWHERE.findall(text)) == 1
        if (
            told_long
            or (_THAT_LASTS.match(after) and _WHICH.search(before[-80:]))
            or opened
            or shown
            or shot
            or loose_total(text, fact.span)
            or _TOTAL_AFTER.match(after)
            or (alone_after and ASKS_FOR_LENGTH.search(before[-80:]))
            or asks_behind(text, fact.span.start, fact.span.end)
            or _TOTAL_BEFORE.search(before[-60:])
            or (alone_before and alone_after and (not clause_before or opens))
        ):
            found.append(DurationFact(fact.span, fact.end_ms))
    return tuple(found) or tuple(_hours(text))


def bracketed_lengths(times: tuple[TimeFact, ...], text: str) -> tuple[TimeFact, ...]:
    """Lengths in brackets behind what they are about, at least two: "an eye (2s), then a desert (3s)"."""
    found = tuple(
        fact
        for fact in times
        if fact.kind is TimeKind.LENGTH
        and _BRACKETED.search(text[max(0, fact.span.start - 10) : fact.span.start])
        and re.match(r"\s{0,9}[)\]）】]", text[fact.span.end : fact.span.end + 10])
    )
    return found if len(found) > 1 else ()


def each_phrase(text: str, fact: TimeFact) -> tuple[int, int] | None:
    """Offsets of the words that say how long every shot is ("each shot lasts 2 seconds:"), if a length says so."""
    floor = max(0, fact.span.start - 60)
    lead, tail = _EACH_BEFORE.search(text[floor : fact.span.start]), _EACH_AFTER.match(text, fact.span.end)
    if lead is None and tail is None:
        return None
    lead = lead or _OF_EACH.search(text[floor : fact.span.start])
    end = tail.end() if tail else fact.span.end
    long = _LONG.match(text, end)
    return floor + lead.start() if lead else fact.span.start, long.end() if long else end


_AND_SHOTS = re.compile(
    rf"\s+(?:and|und|y|et|e)\s+{NUMBER}\s+(?:shots|planos|tomas|escenas|einstellungen|szenen|plans|scènes|inquadrature|cenas|tomadas)\b|"
    rf"\s*(?:共|分|分成|分为|里|の|で)?{NUMBER}\s*(?:个|個|つの|つ)?(?:镜头|鏡頭|カット|ショット|シーン)(?!目)",
    re.IGNORECASE,
)
"""Behind a length of the film: "En 10 segundos y dos planos"."""
_KINDS = (
    r"(?:(?:distinct|separate|different|camera|quick|short|consecutive|brief|static|verschiedene|"
    r"distint[ao]s|différents)\s+)?"
)
_SHOT_NOUN = (
    rf"(?:{_KINDS}(?:shots|scenes|takes(?=\s*[:.,]|$)|planos|tomas|escenas|einstellungen|szenen|aufnahmen|plans|"
    rf"scènes|inquadrature|scene|"
    r"cenas|tomadas|кадр(?:а|ов|ах)|сцен(?:ы|ах)?|镜头|鏡頭|分镜|分鏡|场景|場景|ショット|カット|シーン|컷|장면|샷))"
)
_COUNT = re.compile(
    rf"(?<![A-Za-zÀ-ɏ\d.:第])(?<!最后)(?<!最後)(?:只[有用]|仅[有用]?)?(?P<n>{NUMBER})[\s-]*(?:个|個|つの?|组|段)?{_SHOT_NOUN}(?![A-Za-zÀ-ɏ\d目])(?!\s*[\d:]\d)"
    rf"",
    re.IGNORECASE,
)
_COUNT_BEHIND = re.compile(
    rf"(?:カット|ショット|シーン)(?:の?数)?は(?:全部で|全)?(?P<n>{NUMBER})(?:つ|個|カット|ショット)?(?:だけ|のみ)?(?:だ|です)?(?=[。、，,\s]|$)|"
    rf"(?:分?镜头|分?鏡頭|场景)(?:数)?(?:一共|总共|共|为|是)(?:有)?(?P<zh>{NUMBER})(?:个|個)?(?=[。，,：:\s]|$)"
)
"""How many shots, the number behind their name: カットは2つ。"""
_COMPOUND = re.compile(rf"\b(?P<n>{NUMBER})-(?:shot|scene)\s+(?:(?:\w+\s+)?{_CLIP})(?!\w)(?!['’]s\b)", re.IGNORECASE)
"""How many shots a film is made of, in one word: "a 3-shot scene"."""
_SETS = re.compile(
    rf"\b(?:an?\s+)?(?P<set>pair|couple|duo|trio|quartet|quintet|sextet|half[\s-]dozen)\s+(?:of\s+)"
    rf"?{_KINDS}(?:shots|scenes|takes)\b",
    re.IGNORECASE,
)
_SET_SIZES = {"pair": 2, "couple": 2, "duo": 2, "trio": 3, "quartet": 4, "quintet": 5, "sextet": 6}
_CUTS = re.compile(
    rf"(?:\b(?:with|using|has|having|and|joined\s+by|separated\s+by|over|exactly|only|con|mit|avec|com)"
    rf"\s+(?:exactly\s+|only\s+)?|"
    rf"^\s*|(?<=[,;:.(])\s*)(?P<n>{NUMBER})\s+(?:(?:hard|jump|quick|sharp|clean|harten?|straight)\s+)?(?:cuts?|"
    rf"cortes?|schnitte?n?|coupes?|tagli|taglio)\b"
    r"(?!\s+(?:of|on|in|into|from|de|through|across|above)\b)",
    re.IGNORECASE,
)
_CUT_OFTEN = re.compile(
    rf"\b(?:we\s+|it\s+|but\s+|and\s+)?cuts?\s+(?:(?P<often>once|twice|thrice)|(?P<n>{NUMBER})\s+times)\b|(?:切换|剪切|切|カットを?)\s*(?P<zh>{NUMBER})\s*[次回]",
    re.IGNORECASE,
)
"""How often the film cuts: "but cut twice"."""
_ONE = re.compile(
    r"\b(?:exactly|only|just)\s+(?:one|a\s+single)\s+(?:shot|take)\b|\b(?:s[oó]lo|solamente|únicamente)\s+(?:hay\s+)?un(?:\s+único)?\s+plano\b|"
    r"\b(?:in|as|with)\s+(?:an?|one|just one|only one)\s+(?:shot|take)\b(?!\s+(?:of|at|on)\b)|"
    r"\b(?:(?:in|as|with)\s+)?(?:an?\s+|one\s+)?(?:(?:single|continuous|unbroken|uncut|uninterrupted)[\s-]+|"
    r"long[\s-]+(?=take))+"
    r"(?:take|shot)\b(?!\s{0,8}(?:of\s+(?:whisk|tequila|vodka|rum|gin|espresso|vaccine)|rings?|echoes|"
    r"is\s+fired|hits?))|"
    r"\b(?:one|1)[\s-](?:take|shot)\b(?=\s*(?:$|[.,;:!)]))|"
    r"\boner\b|\b(?:en\s+)?(?:un\s+|una\s+)?(?:solo\s+plano|sola\s+toma|único\s+plano)\b|\b(?:un\s+)?plano[\s-]secuencia\b|\bplano[\s-]sequência\b|"
    r"\b(?:un\s+)?plan[\s-]séquence\b|"
    r"\b(?:in\s+)?eine[r]?\s+(?:einzigen?|durchgehenden?)\s+(?:Einstellung|Aufnahme)\b|\bplansequenz\b|\bin\s+einer\s+(?:Einstellung|Aufnahme)\b|\bein\s+Plan(?=\s+(?:von|ohne)\b)|\b(?:en\s+)?un\s+seul\s+plan\b|\bpiano[\s-]sequenza\b|"
    r"一镜到底|一鏡到底|(?<!第)(?<!最后)(?<!最後)(?:只[有用]|仅[有用]?)?一个镜头|单镜头|長回し|长镜头|ワンカット|ワンショット",
    re.IGNORECASE,
)
_GUNS = (
    r"\b(?:fires?|fired|takes?|took|hears?|pours?|drinks?|downs?|orders?|makes?|misses|blocks|serves?|gets|"
    r"has|had)\s+(?:\w+\s+)?$"
)


_HAS = rf"\b(?:{_CLIP}|it)\s+(?:\w+\s+)?(?:has|had|makes|takes|gets)\s+(?:\w+\s+)?$"
_TIME = r"\d{1,2}(?:[.,]\d{1,3})?\s?(?:s|secs?|seconds?)?"
_CUT_TIMES = re.compile(
    rf"(?:\bwith\s+)?(?:\b(?:hard|jump|quick|sharp)\s+)?\bcuts\s+at\s+(?P<times>{_TIME}(?:\s*(?:,\s*and|,|and)"
    rf"\s*{_TIME})+)(?!\w)",
    re.IGNORECASE,
)
"""Every cut by its time: "with hard cuts at 2s, 4s and 6s" makes four shots."""


_CLIPS = re.compile(
    rf"(?:\b(?:an?|the|this|une?|eine?|un[ao]?)\s+)?(?:{_CLIP}\s+)?(?:\b(?:told|written|made|split|divided|shown|cut)\s+)?"
    rf"\b(?:in|into|as|over|across|en|em)\s+(?P<n>{NUMBER})\s+(?:separate\s+|different\s+)?clips\b(?=\s*(?:$|[.,:;!?\n]))"
    rf"|(?:(?:这|這|一)[个個部]?)?(?:{_CLIP})?[，,]?分(?:成|为|為)?(?P<zh>{NUMBER})[个個]?(?:片段|短片|视频)",
    re.IGNORECASE,
)


def find_clip_wishes(masked: str, original: str) -> tuple[Dropped, ...]:
    """Where a prompt says how many clips tell it: that is an option, not the story."""
    found = []
    for match in _CLIPS.finditer(masked):
        count = int(number_of(match["n"] or match["zh"]))
        span = Span(start=match.start(), end=match.end(), text=original[match.start() : match.end()])
        found.append(Dropped(span, f"the number of clips is an option: --clips {count}"))
    return tuple(found)


def find_shot_counts(text: str, original: str) -> tuple[CountFact, ...]:
    """How many shots a text asks for ("in three shots", "4 scenes", "two cuts", "one continuous take"), each place."""
    found: list[tuple[int, int, int]] = []

    def offer(match: re.Match[str], count: int, *, fired: bool = True) -> None:
        start = match.end() - len(match.group().lstrip())
        if any(begin < match.end() and start < end for begin, end, _ in found):
            return
        behind = re.match(
            r"\s+(?:ring|rang|echo|hit|are fired|were fired|of\s+(?:whisk|tequila|vodka|rum|gin|"
            r"espresso))",
            text[match.end() :][:30],
        )
        before = text[max(0, match.start() - 30) : match.start()]
        guns = fired and re.search(_GUNS, before, re.IGNORECASE) and not re.search(_HAS, before, re.IGNORECASE)
        if count < 1 or behind or guns:
            return  # gun shots and glasses
        found.append((start, match.end(), count))

    for match in _COUNT.finditer(text):
        number = number_of(match["n"])
        noun = match.group().rsplit(None, 1)[-1].lower()
        french = re.fullmatch(r"deux|trois|quatre|cinq|six", match["n"], re.IGNORECASE) or re.search(
            r"\b(?:en|"
            r"avec|les|de)\s+$",
            text[: match.start()][-8:],
        )
        if (noun == "plans" and not french) or (noun == "scene" and number < 2) or number != int(number):
            continue
        offer(match, int(number))
    for match in _COUNT_BEHIND.finditer(text):
        offer(match, int(number_of(match["n"] or match["zh"])))
    for match in _COMPOUND.finditer(text):
        if number_of(match["n"]) >= 2 and number_of(match["n"]) == int(number_of(match["n"])):
            offer(match, int(number_of(match["n"])))
    for match in _SETS.finditer(text):
        offer(match, _SET_SIZES.get(match["set"].lower(), 6))
    for match in _CUTS.finditer(text):
        if match["n"].lower() not in {"a", "an"} and number_of(match["n"]) >= 1:
            offer(match, int(number_of(match["n"])) + 1, fired=False)
    for match in _CUT_OFTEN.finditer(text):
        said = match["n"] or match["zh"]
        count = {"once": 1, "twice": 2, "thrice": 3}.get((match["often"] or "").lower()) or int(number_of(said or "1"))
        offer(match, count + 1, fired=False)
    for match in _CUT_TIMES.finditer(text):
        offer(match, len(re.findall(r"\d+(?:[.,]\d+)?", match["times"])) + 1)
    for match in _ONE.finditer(text):
        offer(match, 1)
    return tuple(
        CountFact(Span(start=start, end=end, text=original[start:end]), count) for start, end, count in sorted(found)
    )


def duration_phrase(text: str, span: Span) -> tuple[int, int]:
    """Offsets of all words that go with a total duration: "in a 3s film", "a 6-second clip of", "10 seconds total"."""
    if (asked := asks_behind(text, span.start, span.end)) is not None:
        return asked
    loose = loose_total(text, span)
    if loose is not None:
        return loose
    if text[span.start - 1 : span.start] == "【" and text[span.end : span.end + 1] == "】":
        return span.start - 1, span.end + 1
    behind_clip = _TOTAL_AFTER.match(text, span.end)
    behind = behind_clip or re.compile(r"").match(text, span.end)
    end = behind.end() if behind else span.end
    long = _LONG.match(text, end)
    end = long.end() if long else end
    shot = _ONE_SHOT.match(text, end)
    if shot and not behind_clip and not text[: span.start].strip(" aAnN\n"):
        end = shot.end()
    asian = re.compile(r"\s*(?:で(?:は)?(?=[、，])|です|だ)?\s*[、，:：]?\s*(?=\w)").match(text, end)
    if behind_clip and asian and re.search(r"[\u3040-\u9fff]$", text[:end]):
        end = asian.end()
    tail = re.compile(
        r"\s+(?:of|about|showing|shows|where|in which|that shows)\b(?=\s+\w)|\s+for\s+(?:[\w'’-]+\s+){0,3}[\w'’-]+\s*(?=:)",
        re.IGNORECASE,
    ).match(text, end)
    end = tail.end() if tail else end
    floor = max(0, span.start - 160)
    lead = (
        ASKS_FOR_LENGTH.search(text[floor : span.start])
        or _ASIAN_LEAD.search(text[floor : span.start])
        or _TAKE_LEAD.search(text[floor : span.start])
        or _SAID_OF_CLIP.search(text[floor : span.start])
        or re.search(
            r"(?:\b(?:please\s+)?(?:make|create|generate|write|produce|film|shoot|show|give me|keep)\s+(?:it\s+|me\s+)?)?"
            rf"(?:\b(?:(?:the|this|an?|das|der|ein|eine|el|un|una|le|la|une|uma?)\s+(?:(?!of\b)[^\W\d_]+\s+)?)?{_CLIP}(?:\s+(?:vertical\w*|horizontal\w*|vertikal\w*|cort[oa]|court[e]?|breve|curt[oa]|animad[oa]|animée?|animato|publicitari[oa]|publicitaire|mud[oa]|muet|muto)(?=\s))?(?:\s+d['’]|(?:\s*,|\s+(?:is|lasts?|"
            rf"lasting|runs?(?:\s+for)?|takes|dure|(?:should|must|will|has\s+to|needs\s+to|shall)\s+be|(?:debe|tiene\s+que|doit|deve)\s+dur(?:ar|er|are)|"
            r"dura|dauert|ist|es|est|of|de|di|von))\s+))?"
            r"(?:\b(?:the|this)\s+(?:whole|entire)\s+\w+\s+(?:(?:should|must|will)\s+)?(?:lasts?|takes?|runs?)(?:\s+for)?\s+|"
            r"\beverything\s+(?:lasts|takes)\s+)?"
            r"(?:\b(?:in|for|as|within|over|about|exactly|of|lasting|von|de|di|durante|pendant|während)\s+)?(?:\b(?:an?|the|en|un|una|ein|eine|une)\s+)"
            r"?(?:(?:\b(?:la|the|die|el)\s+)?\b(?:total|durée|duración|duration|length|dauer|länge|durata|duração|"
            rf"runtime|{_GERMAN})\b[^.;\n]{{0,20}}|全体で|全部で|合計で?|总共|一共|"
            r"(?:(?:这|這|该|整)?[部个個段]?(?:视频|影片|短片|电影|電影|片子|全片|映像|動画|映画)[的のは]?)?(?:(?:总|總|全)?(?:[时時][長长]|长度|長さ)|[总總全][长長])[^。\n]{0,3}|"
            r"(?:请|請|拍摄?|制作|製作|生成|创作|做|写|给我|来|这是|這是|是)*一[部个個段条支则]$|\b(?:it\s+)?(?:lasts?|dura|"
            r"dauert|dure)\s+|,?\s*\ball\s+(?:in|within)\s+)?$",
            text[floor : span.start],
            re.IGNORECASE,
        )
    )
    return (floor + lead.start() if lead else span.start), end
