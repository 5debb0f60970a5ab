"""Demands of a prompt on the whole script: who is silent or alone, how often, in one take, with which camera and sounds.

    "Only Mara speaks."        ONLY_SPEAKER (mara)      whole clip
    "Tom says nothing."        SILENT (tom)             that moment
    "No cuts."                 ONE_TAKE                 whole clip
    "knocks three times"       Repetition 3

Everything is read from the text with its quotations masked, so what a character says demands nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mavin.diagnostics import Span
from mavin.facts.demands.words import (
    ALL_THROUGH,
    ALONE,
    ALONE_WHOLE,
    ELSE,
    EVERYBODY,
    FROM_TO,
    HARD_CUT,
    NOBODY_SPEAKS,
    OF_A_MOMENT,
    OF_THE_FILM,
    ONE_TAKE,
    ONLY_SPEAKER,
    SEQUENCE,
    SILENT,
    SPEAKERS,
)
from mavin.facts.film import CAMERA_TABLES
from mavin.facts.languages.chinese.script import simplified
from mavin.facts.languages.numbers import NUMBER, number_of
from mavin.facts.model import (
    CameraFact,
    Event,
    Gender,
    Repetition,
    RoleFact,
    Rule,
    RuleKind,
    TimeFact,
    TimeKind,
)
from mavin.facts.text import MASK

__all__ = [
    "HE",
    "SHE",
    "Demand",
    "demands_in",
    "event_at",
    "find_cameras",
    "find_cuts",
    "find_repetitions",
    "find_rules",
    "span_of",
    "without_count",
]

_LINES = re.compile(
    rf"\b(?:exactly|only|just|precisely)\s+(?P<said>{NUMBER})\s+(?:lines?|sentences?|words?)\s+(?:is|are)\s+(?:spoken|said|heard)\b|"
    rf"\b(?:there\s+(?:is|are)\s+)?(?:exactly|only|just|precisely|a single)?\s*(?P<n>{NUMBER})?\s*(?:single\s+)?(?:spoken\s+lines?|lines?\s+of\s+dialogue|dialogue\s+lines?)\b|"
    rf"\b(?:(?:solo|sólo|exactamente)\s+)?(?P<es>{NUMBER})\s+(?:sola\s+)?(?:líneas?|frases?)\s+de\s+diálogo\b|\b(?:genau|nur)\s+(?P<de>{NUMBER})\s+(?:Dialog)?[Zz]eilen?(?:\s+Dialog)?\b|"
    rf"\b(?:une\s+seule|exactement\s+(?P<fr>{NUMBER}))\s+répliques?\b|(?:只有|仅有)?(?P<zh>{NUMBER})句(?:台词|对白|对话)|台詞は(?P<ja>{NUMBER})つだけ",
    re.IGNORECASE,
)
_THAN = (
    r"(?!\s+(?:mais\b(?!\s*[,.;])|más\b(?!\s*[,.;])|plus\s+\w|moins\s+\w|più\s+\w|meno\s+\w|maior|menor|melhor|pior|mayor|mejor|so\s+\w+\s+wie|"
    r"as\s+\w+\s+as|the\s+size|[a-z]{2,}er\s+(?:than|als)\b))"
)
"""What makes of a count a comparison: "duas vezes maior"."""
_TIMES = re.compile(
    rf"\b(?:(?P<n>{NUMBER})\s+(?:more\s+)?times\b|(?P<twice>twice|once|thrice)\b|(?P<es>{NUMBER})\s+ve(?:z|ces|zes)\b|(?P<de>{NUMBER})\s?[Mm]al\b|"
    rf"(?P<fr>{NUMBER})\s+fois\b|(?P<it>{NUMBER})\s+volt[ae]\b){_THAN}|(?P<zh>{NUMBER})\s*(?:次|下|遍|声|聲|回|度)(?!目|的时|长)",
    re.IGNORECASE,
)
_ONCES = {"once": 1, "twice": 2, "thrice": 3}


def span_of(prompt: str, start: int, end: int) -> Span:
    """The span of a stretch of the prompt without white space at its ends."""
    while start < end and prompt[start].isspace():
        start += 1
    while end > start and prompt[end - 1].isspace():
        end -= 1
    return Span(start=start, end=end, text=prompt[start:end])


def event_at(events: Sequence[Event], start: int) -> int | None:
    """Index of the event that holds a place of the prompt, ``None`` if none does."""
    return next((n for n, event in enumerate(events) if event.span.start <= start < event.span.end), None)


_SENTENCE_END = re.compile(r"(?<!\d)\.|\.(?!\d)|[!?\n。！？;]")


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    left = max((stop.end() for stop in _SENTENCE_END.finditer(text, 0, start)), default=0)
    stop = _SENTENCE_END.search(text, end)
    return left, stop.start() if stop else len(text)


SHE = frozenset("she her herself ella elle sie lei ela 她 彼女".split())
HE = frozenset("he him himself él il er lui ele 他 彼".split())


def _whom(words: str | None, roles: Sequence[RoleFact], fallback: Sequence[str], *, strict: bool) -> tuple[str, ...]:
    """Keys of the roles that words name; pronouns and unclear words mean those of the event."""
    said = (words or "").casefold().strip()
    found = [role.key for role in roles if said and _names(role, said)]
    if not found and said in SHE | HE:
        wanted = Gender.FEMALE if said in SHE else Gender.MALE
        found = [role.key for role in roles if role.gender is wanted][-1:]
    elif not found and said and strict:
        return ()  # somebody whom the story does not show
    return tuple(found) if found else tuple(fallback)


def _names(role: RoleFact, said: str) -> bool:
    forms = {role.key, role.name.casefold(), role.phrase.casefold(), role.mention.casefold()}
    forms |= {role.mention.casefold().split()[-1]} | {alias.text.casefold() for alias in role.aliases}
    asian = bool(re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", said))
    return any(form in said if asian else re.search(rf"\b{re.escape(form)}\b", said) for form in forms if form)


def find_rules(masked: str, prompt: str, events: Sequence[Event], roles: Sequence[RoleFact]) -> tuple[Rule, ...]:
    """Silence, exclusivity, solitude, one take and hard cuts, in reading order.

    Args:
        masked: the prompt with its spoken quotations masked.
        prompt: the prompt itself.
        events: its events.
        roles: its cast.
    """
    return tuple(
        sorted(_rules(masked.replace(MASK, "\ue001"), prompt, events, roles), key=lambda rule: rule.span.start)
    )


_LEFT_OVER = (
    r"(?:\W|\b(?:there|is|are|in|on|and|with|the|here|this|clip|scene|video|film|please|other|than|throughout|ist|sind|da|hay|aquí|"
    r"est|il|elle|n|y|a|là|c|in der szene|im bild)\b|[在场有的了也都视频片中里])*"
)
"""Words that a sentence may hold beside its demand without telling an event."""


_HAN, _KANA = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[\u3040-\u30ff]")


def _matches(patterns: Sequence[re.Pattern[str]], text: str) -> list[re.Match[str]]:
    """All matches of a table of patterns, the longest first where two overlap."""
    found: list[re.Match[str]] = []
    text = simplified(text) if _HAN.search(text) and not _KANA.search(text) else text
    for match in sorted((m for p in patterns for m in p.finditer(text)), key=lambda m: (m.start(), -m.end())):
        if not found or match.start() >= found[-1].end():
            found.append(match)
    return found


@dataclass(frozen=True, slots=True)
class Demand:
    """A stretch of the prompt that only demands something and tells no event.

    Attributes:
        start: where it begins.
        end: where it ends.
        breaks: whether the story breaks there ("hard cut to").
        who: the words for whom it is about, empty if there are none.
        who_start: where they stand.
    """

    start: int
    end: int
    breaks: bool = False
    who: str = ""
    who_start: int = 0


def _who(match: re.Match[str]) -> tuple[str, int]:
    for name, said in match.groupdict().items():
        if name.startswith("who") and said:
            return said, match.start(name)
    return "", 0


def demands_in(masked: str) -> Iterator[Demand]:
    """Stretches that only demand something and tell no event.

    "Hard cut to" breaks the story in two; "No cuts.", ", in one take" and "Only Mara speaks." leave a gap.
    """
    text = masked.replace(MASK, "\ue001")
    for match in _matches(HARD_CUT, text):
        places = FROM_TO.match(text, match.end())
        yield Demand(match.start(), places.end("from") if places else match.end(), True)
        if places:
            yield Demand(*places.span("to"), True)
    for match in _matches(ONE_TAKE, text):
        yield Demand(*match.span())
    for patterns in (NOBODY_SPEAKS, ONLY_SPEAKER, SPEAKERS, SILENT, ALONE, (_LINES,)):
        for match in _matches(patterns, text):
            if patterns is NOBODY_SPEAKS and _is_beat(text, match):
                continue
            left, right = _sentence(text, *match.span())
            said = text.rfind("\ue001", left, match.start()) + 1
            if said > left and not text[said : match.start()].strip() and match.group()[:1].isupper():
                left = match.start()  # '… says "Left." Only they speak.'
            if patterns in (NOBODY_SPEAKS, ALONE):
                left = max(left, text.rfind(",", left, match.start()) + 1, text.rfind("，", left, match.start()) + 1)
            rest = ALL_THROUGH.sub(" ", text[left : match.start()] + " " + text[match.end() : right])
            bare = re.fullmatch(_LEFT_OVER, rest, re.IGNORECASE)
            whole = patterns is not SILENT or ALL_THROUGH.search(text[left:right])
            spoken = "\ue001" in text[left:right]  # "Only she speaks: …" brings in a line
            if bare and whole and not spoken and (patterns is not ALONE or ALONE_WHOLE.search(match.group())):
                who, at = _who(match)
                yield Demand(left, right, False, text[at : at + len(who)], at)


def _rules(text: str, prompt: str, events: Sequence[Event], roles: Sequence[RoleFact]) -> Iterator[Rule]:
    taken: list[tuple[int, int]] = []

    def free(match: re.Match[str]) -> bool:
        if any(start < match.end() and match.start() < end for start, end in taken):
            return False
        taken.append(match.span())
        return True

    for match in _LINES.finditer(text):
        said = next((words for name, words in match.groupdict().items() if words), None)
        if free(match):
            count = int(number_of(said)) if said else 1
            yield Rule(span_of(prompt, *match.span()), RuleKind.LINES, count=count)
    for match in _matches(SPEAKERS, text):
        if free(match):
            said = match["n"] or match.groupdict().get("n2")
            yield Rule(span_of(prompt, *match.span()), RuleKind.SPEAKERS, count=int(number_of(said or "1")))
    for kind, patterns in ((RuleKind.ONE_TAKE, ONE_TAKE), (RuleKind.HARD_CUT, HARD_CUT)):
        for match in _matches(patterns, text):
            if free(match):
                yield Rule(span_of(prompt, *match.span()), kind, event=event_at(events, match.start()))
    nobody = {match.start() for match in _matches(NOBODY_SPEAKS, text)}
    for kind, patterns in (
        (RuleKind.ONLY_SPEAKER, ONLY_SPEAKER),
        (RuleKind.SILENT, SILENT),
        (RuleKind.ALONE, ALONE),
    ):
        for match in _matches(patterns, text):
            if (kind is RuleKind.ONLY_SPEAKER or match.start() not in nobody) and free(match):
                yield from _about(kind, match, text, prompt, events, roles)
    for match in _matches(NOBODY_SPEAKS, text):
        if free(match):
            # "no one speaks until …" is true of that moment only
            whole = _holds_throughout(text, match) and not _is_beat(text, match)
            event = event_at(events, match.start()) if not whole else None
            yield Rule(span_of(prompt, *match.span()), RuleKind.SILENT, whole=whole, event=event)


def _about(
    kind: RuleKind, match: re.Match[str], text: str, prompt: str, events: Sequence[Event], roles: Sequence[RoleFact]
) -> Iterator[Rule]:
    left, right = _sentence(text, *match.span())
    event = event_at(events, match.start())
    nearest = next((item for item in reversed(events) if item.span.start <= match.start() and item.roles), None)
    who, at = _who(match)
    words: str | None = text[at : at + len(who)] or None
    if kind is RuleKind.SILENT and words and EVERYBODY.search(words):
        whole = _holds_throughout(text, match) and not _is_beat(text, match, told=True)
        yield Rule(span_of(prompt, *match.span()), kind, (), whole, event)
        return
    strict = words is not None
    counted = _COUNTED_PEOPLE.match(words or "")
    if kind is RuleKind.ONLY_SPEAKER and counted:
        count = 2 if counted["n"].casefold() in {"both", "beide"} else int(number_of(counted["n"]))
        yield Rule(span_of(prompt, *match.span()), RuleKind.SPEAKERS, count=count)
        return
    if kind is RuleKind.ONLY_SPEAKER and words is None:
        # "Nobody else speaks": else than who has spoken so far.
        nearest = next((item for item in reversed(events) if item.span.start <= match.start() and item.quotes), nearest)
    if kind is RuleKind.ALONE and words is None:
        words = text[left : match.start()]
    fallback: Sequence[str] = nearest.roles[:1] if nearest else [role.key for role in roles[:1]]
    if kind is RuleKind.ALONE and ELSE.search(match.group()):
        fallback = _people_so_far(match.start(), events, roles) or fallback
    whom = _whom(words, roles, fallback, strict=strict)
    if not whom:
        return
    sentence = text[left:right]
    whole = bool(ALL_THROUGH.search(sentence))
    goes_on = SEQUENCE.search(text[left : match.start()] + text[match.end() : right])
    if kind is RuleKind.ONLY_SPEAKER:
        whole = not goes_on
    if kind is RuleKind.ALONE:
        whole = (whole or bool(ALONE_WHOLE.search(match.group()))) and not goes_on
    yield Rule(span_of(prompt, *match.span()), kind, whom, whole, event)


def _people_so_far(start: int, events: Sequence[Event], roles: Sequence[RoleFact]) -> Sequence[str]:
    """Who is there when nobody else is: the people whom the story has shown, or else the first ones that it shows."""
    people = {role.key for role in roles if role.person}
    shown = [[key for key in event.roles if key in people] for event in events]
    so_far = [key for event, keys in zip(events, shown, strict=True) if event.span.start <= start for key in keys]
    return list(dict.fromkeys(so_far)) or next((keys for keys in shown if keys), [])


_COUNTED_PEOPLE = re.compile(
    rf"(?:the\s+)?(?P<n>{NUMBER})\s+(?:people|persons?|characters?|voices?|of\s+them|men|women|children|personas|personajes|Personen|Leute|personnes|"
    r"personnages|persone|pessoas)$",
    re.IGNORECASE,
)
"""Whom a demand counts and does not name: "only two people speak"."""


def _holds_throughout(text: str, match: re.Match[str]) -> bool:
    """Whether a demand without a name holds for the whole clip: nothing in its sentence follows or leads to it."""
    left, right = _sentence(text, *match.span())
    rest = text[left : match.start()] + text[match.end() : right]
    return bool(ALL_THROUGH.search(text[left:right])) or not SEQUENCE.search(rest)


def _is_beat(text: str, match: re.Match[str], *, told: bool = False) -> bool:
    """Whether nobody speaks for the moment behind a line: ""Any questions?" asks the teacher. No one speaks."."""
    left, right = _sentence(text, *match.span())
    sentence = text[text.rfind("\ue001", left, match.start()) + 1 : right]
    moment = told or OF_A_MOMENT.search(match.group())
    return bool(moment and "\ue001" in text[: match.start()]) and not (
        ALL_THROUGH.search(sentence) or OF_THE_FILM.search(sentence)
    )


_CUT_AT = re.compile(
    r"\b(?:cuts?|Schnitte?|cortes?|coupes?|tagli|stacchi)\b[^.;!?\n。]{0,60}$|(?:カット|切换|硬切|剪切)[^.;!?\n。]{0,20}$|"
    r"(?:^|[.;!?\n。])[^.;!?\n。]{0,20}\b(?:cuts?|cortes?)\b[^.;!?\n。]{0,60}$",
    re.IGNORECASE,
)


def find_cuts(masked: str, times: Sequence[TimeFact], events: Sequence[Event]) -> tuple[TimeFact, ...]:
    """The instants at which cuts are asked for: "hard cuts at 3 s and 6.5 s"."""
    told = {event.time_span for event in events if event.time_span is not None}
    return tuple(
        fact
        for fact in times
        if fact.kind is TimeKind.INSTANT
        and fact.span not in told
        and _CUT_AT.search(masked[max(0, fact.span.start - 80) : fact.span.start])
    )


def find_repetitions(masked: str, prompt: str, events: Sequence[Event]) -> tuple[Repetition, ...]:
    """How often things happen: "three times", "twice", 三次, 3回."""
    found = []
    for match in _TIMES.finditer(masked):
        count = _ONCES[match["twice"].casefold()] if match["twice"] else None
        if count is None:
            words = next(match[name] for name in ("n", "es", "de", "fr", "it", "zh") if match[name])
            count = int(number_of(words))
        event = event_at(events, match.start())
        if event is None or count < 1 or (match["twice"] or "").casefold() == "once":
            continue
        found.append(Repetition(span_of(prompt, *match.span()), count, event))
    return tuple(found)


def without_count(text: str) -> str:
    """A sentence without the words that say how often: each of its times is told by itself."""
    return " ".join(
        re.sub(
            rf"(?:\b(?:exactly|only|just|precisely)\s+)?(?:{_TIMES.pattern})", " ", text, flags=re.IGNORECASE
        ).split()
    )


def find_cameras(masked: str, prompt: str, events: Sequence[Event]) -> tuple[CameraFact, ...]:
    """The camera words of a prompt, each with the event it frames: the one it stands in, or the next."""
    places: list[tuple[int, int]] = []
    for pattern, _ in (row for table in CAMERA_TABLES for row in table):
        for match in re.finditer(pattern, masked, re.IGNORECASE):
            if match.group() and all(match.end() <= start or end <= match.start() for start, end in places):
                places.append(match.span())
    found = []
    for start, end in sorted(places):
        event = event_at(events, start)
        if event is None:
            words = prompt[start:end].casefold()
            framed = [n for n, item in enumerate(events) if words in item.camera.casefold()]
            event = min(framed, key=lambda n: abs(events[n].span.start - start), default=None)
        found.append(CameraFact(span_of(prompt, start, end), event))
    return tuple(found)
