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
from mavin.facts.demand_words import (
    ALL_THROUGH,
    ALONE,
    ALONE_WHOLE,
    HARD_CUT,
    NOBODY_SPEAKS,
    ONE_TAKE,
    ONLY_SPEAKER,
    SEQUENCE,
    SILENT,
)
from mavin.facts.model import (
    CameraFact,
    Event,
    Gender,
    Repetition,
    RoleFact,
    Rule,
    RuleKind,
    SoundFact,
    TimeFact,
    TimeKind,
)
from mavin.facts.numbers import NUMBER, number_of
from mavin.facts.quotes import MASK
from mavin.facts.structure import CAMERA_TABLES

__all__ = [
    "HE",
    "SHE",
    "Demand",
    "demands_in",
    "find_cameras",
    "find_cuts",
    "find_repetitions",
    "find_rules",
    "find_sounds",
    "is_heard",
    "is_sound_only",
]

_LINES = re.compile(
    rf"\b(?:there\s+(?:is|are)\s+)?(?:exactly|only|just|precisely|a single)?\s*(?P<n>{NUMBER})?\s*(?:single\s+)?(?:spoken\s+lines?|lines?\s+of\s+dialogue|dialogue\s+lines?)\b|"
    rf"\b(?:(?:solo|sólo|exactamente)\s+)?(?P<es>{NUMBER})\s+(?:sola\s+)?(?:líneas?|frases?)\s+de\s+diálogo\b|\b(?:genau|nur)\s+(?P<de>{NUMBER})\s+(?:Dialog)?[Zz]eilen?(?:\s+Dialog)?\b|"
    rf"\b(?:une\s+seule|exactement\s+(?P<fr>{NUMBER}))\s+répliques?\b|(?:只有|仅有)?(?P<zh>{NUMBER})句(?:台词|对白|对话)|台詞は(?P<ja>{NUMBER})つだけ",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"\b(?:(?P<n>{NUMBER})\s+(?:more\s+)?times\b|(?P<twice>twice|once|thrice)\b|(?P<es>{NUMBER})\s+ve(?:z|ces)\b|(?P<de>{NUMBER})\s?[Mm]al\b|"
    rf"(?P<fr>{NUMBER})\s+fois\b|(?P<it>{NUMBER})\s+volt[ae]\b)|(?P<zh>{NUMBER})\s*(?:次|下|遍|声|聲|回|度)(?!目|的时|长)",
    re.IGNORECASE,
)
_ONCES = {"once": 1, "twice": 2, "thrice": 3}


def _span(prompt: str, start: int, end: int) -> Span:
    while start < end and prompt[start].isspace():
        start += 1
    while end > start and prompt[end - 1].isspace():
        end -= 1
    return Span(start=start, end=end, text=prompt[start:end])


def _event_at(events: Sequence[Event], start: int) -> int | None:
    return next((n for n, event in enumerate(events) if event.span.start <= start < event.span.end), None)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    left = max(text.rfind(stop, 0, start) for stop in ".!?\n。！？;") + 1
    stops = [at for stop in ".!?\n。！？;" if (at := text.find(stop, end)) >= 0]
    return left, min(stops, default=len(text))


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
    return tuple(sorted(_rules(masked.replace(MASK, " "), prompt, events, roles), key=lambda rule: rule.span.start))


_LEFT_OVER = (
    r"(?:\W|\b(?:there|is|are|in|on|and|with|the|here|this|clip|scene|video|film|please|other|than|throughout|ist|sind|da|hay|aquí|"
    r"est|il|elle|n|y|a|là|c|in der szene|im bild)\b|[在场有的了也都视频片中里])*"
)
"""Words that a sentence may hold beside its demand without telling an event."""


def _matches(patterns: Sequence[re.Pattern[str]], text: str) -> list[re.Match[str]]:
    """All matches of a table of patterns, the longest first where two overlap."""
    found: list[re.Match[str]] = []
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
        yield Demand(*match.span(), True)
    for match in _matches(ONE_TAKE, text):
        yield Demand(*match.span())
    for patterns in (NOBODY_SPEAKS, ONLY_SPEAKER, SILENT, ALONE, (_LINES,)):
        for match in _matches(patterns, text):
            left, right = _sentence(text, *match.span())
            if patterns in (NOBODY_SPEAKS, ALONE):
                left = max(left, text.rfind(",", left, match.start()) + 1, text.rfind("，", left, match.start()) + 1)
            rest = ALL_THROUGH.sub(" ", text[left : match.start()] + " " + text[match.end() : right])
            bare = re.fullmatch(_LEFT_OVER, rest, re.IGNORECASE)
            whole = patterns is not SILENT or ALL_THROUGH.search(text[left:right])
            spoken = "\ue001" in text[left:right]  # "Only she speaks: …" brings in a line
            if bare and whole and not spoken and (patterns is not ALONE or ALONE_WHOLE.search(match.group())):
                yield Demand(left, right, False, *_who(match))


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
            yield Rule(_span(prompt, *match.span()), RuleKind.LINES, count=count)
    for kind, patterns in ((RuleKind.ONE_TAKE, ONE_TAKE), (RuleKind.HARD_CUT, HARD_CUT)):
        for match in _matches(patterns, text):
            if free(match):
                yield Rule(_span(prompt, *match.span()), kind, event=_event_at(events, match.start()))
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
            left, right = _sentence(text, *match.span())
            rest = text[left : match.start()] + text[match.end() : right]
            moment = bool(SEQUENCE.search(rest))  # "no one speaks until …" is true of that moment only
            yield Rule(_span(prompt, *match.span()), RuleKind.SILENT, whole=not moment)


def _about(
    kind: RuleKind, match: re.Match[str], text: str, prompt: str, events: Sequence[Event], roles: Sequence[RoleFact]
) -> Iterator[Rule]:
    left, right = _sentence(text, *match.span())
    event = _event_at(events, match.start())
    nearest = next((item for item in reversed(events) if item.span.start <= match.start() and item.roles), None)
    words: str | None = _who(match)[0] or None
    strict = words is not None
    if kind is RuleKind.ONLY_SPEAKER and words is None:
        # "Nobody else speaks": else than who has spoken so far.
        nearest = next((item for item in reversed(events) if item.span.start <= match.start() and item.quotes), nearest)
    if kind is RuleKind.ALONE and words is None:
        words = text[left : match.start()]
    whom = _whom(words, roles, nearest.roles[:1] if nearest else [role.key for role in roles[:1]], strict=strict)
    if not whom:
        return
    sentence = text[left:right]
    whole = bool(ALL_THROUGH.search(sentence))
    goes_on = SEQUENCE.search(text[left : match.start()] + text[match.end() : right])
    if kind is RuleKind.ONLY_SPEAKER:
        whole = not goes_on
    if kind is RuleKind.ALONE:
        whole = (whole or bool(ALONE_WHOLE.search(match.group()))) and not goes_on
    yield Rule(_span(prompt, *match.span()), kind, whom, whole, event)


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
        event = _event_at(events, match.start())
        if event is None or count < 1 or (match["twice"] or "").casefold() == "once":
            continue
        found.append(Repetition(_span(prompt, *match.span()), count, event))
    return tuple(found)


def find_cameras(masked: str, prompt: str, events: Sequence[Event]) -> tuple[CameraFact, ...]:
    """The camera words of a prompt, each with the event it frames: the one it stands in, or the next."""
    places: list[tuple[int, int]] = []
    for pattern, _ in (row for table in CAMERA_TABLES for row in table):
        for match in re.finditer(pattern, masked, re.IGNORECASE):
            if match.group() and all(match.end() <= start or end <= match.start() for start, end in places):
                places.append(match.span())
    found = []
    for start, end in sorted(places):
        event = _event_at(events, start)
        if event is None:
            words = prompt[start:end].casefold()
            framed = [n for n, item in enumerate(events) if words in item.camera.casefold()]
            event = min(framed, key=lambda n: abs(events[n].span.start - start), default=None)
        found.append(CameraFact(_span(prompt, start, end), event))
    return tuple(found)


_SOUND_NOUNS = (
    r"thunder(?:clap)?|siren|gunshots?|explosion|church bell|doorbell|school bell|bells?|alarm|applause|laughter|footsteps|knock(?:ing)?|"
    r"crash|bang|whistle|horn|howl(?:ing)?|barking|birdsong|rain(?:fall)?|wind|waves|heartbeat|ticking|phone ring(?:ing)?|static|scream|"
    r"breaking glass|glass breaking|engine|drums?|drumroll|music|buzzing|hum(?:ming)?|splash|thud|creak(?:ing)?|explosión|trueno|sirena|campanas?|"
    r"Donner|Sirene|Glocken?|tonnerre|sirène|cloches?|coup de feu|tuono"
)
_SOUND_LEAD = re.compile(
    r"\b(?:SFX|SOUNDS?|AUDIO|FX)\s{0,3}[:：]\s{0,3}(?P<a>[^.;\n()\[\]]{2,60})|"
    r"\b(?:the\s+)?sounds?\s+of\s+(?P<b>[^.,;:\n()\[\]]{2,50})|"
    r"\b(?:we|you|one)\s+(?:can\s+|only\s+|just\s+|now\s+){0,3}hear\s+(?!(?:him|her|them|it|a voice|someone)\b)(?P<c>[^.,;:\n()\[\]]{2,50})|"
    r"\b(?:se\s+oye|se\s+escucha|man\s+hört|on\s+entend|si\s+sente|ouve-se)\s+(?P<d>[^.,;:\n()\[\]]{2,50})|"
    r"(?:传来|听到|響起|响起)(?P<e>[^。，；：\n]{1,14})|(?P<f>[^。、，；：\n]{1,14})(?:の音|が聞こえる|が鳴る)",
    re.IGNORECASE,
)
_SOUND_ALONE = re.compile(
    rf"(?:(?:an?|the|some|distant|loud|sudden|soft|faint|far-off|rolling|un|una|ein|eine|der|le|la|les?|des)\s+){{0,4}}"
    rf"(?:[\w-]+\s+){{0,2}}?(?:{_SOUND_NOUNS})(?:\s+(?:in the distance|outside|far away|nearby|off[\s-]?screen|overhead))?",
    re.IGNORECASE,
)
_STOPS = re.compile(
    r"\s+(?:and|while|as|then|when|but|y|und|et)\s+.*$|\s+(?:at|from|for|a los|bei|à)\s*$", re.IGNORECASE
)


_SOUND_EVENT = re.compile(
    r"\b(?:sirens?|bells?|doorbell|phones?|telephone|alarms?|thunder|kettle|horns?|whistle|gong|drums?|church bells?|clock|engine|dogs?|wolf|wolves|"
    r"rooster|crowd|glass|door|floorboard|gunshot|shot|explosion|radio|music|waves?|wind|rain|train|baby)\b[^,.;]{0,20}?\b"
    r"(?:barks?|whistles?|rings?|howls?|rumbles?|chimes?|tolls?|roars?|hiss(?:es)?|crackles?|wails?|blares?|honks?|ticks?|crash(?:es)?|bangs?|slams?|"
    r"creaks?|shatters?|buzz(?:es)?|hums?|cracks?|booms?|thunders?|squeals?|screech(?:es)?|cheers?|applauds?|crows?|growls?|drums?|drips?|echo(?:es)?|"
    r"passes|strikes?|sounds?|plays?|goes off|cries|rolls?)\b(?:\s+(?:off|out|loudly|softly|outside|in the distance|nearby|by))*",
    re.IGNORECASE,
)


def is_sound_only(words: str) -> bool:
    """Whether words name a sound and nothing that could be seen ("thunder", "a distant siren")."""
    text = words.replace(MASK, " ").strip(" .,;:!-–—")
    return bool(_SOUND_ALONE.fullmatch(text)) or is_heard(text)


def is_heard(words: str) -> bool:
    """Whether words say of nothing but a sound that it is heard ("we hear a siren", "SFX: rain")."""
    text = words.replace(MASK, " ").strip(" .,;:!-–—")
    lead = _SOUND_LEAD.match(text)
    return lead is not None and lead.end() == len(text) and not re.search(r"\b(?:and|while|as|then)\b", text)


def find_sounds(
    masked: str, prompt: str, events: Sequence[Event], bare: Sequence[Span], times: Sequence[TimeFact]
) -> tuple[SoundFact, ...]:
    """What is heard: "thunder at 3 s", "SFX: rain", "we hear a siren".

    Args:
        masked: the prompt with quotations masked and times blanked.
        prompt: the prompt itself.
        events: its events.
        bare: clauses that name nothing but a sound and became no event.
        times: stated times that belong to no line.
    """
    places = []
    for clause in bare:
        led = _SOUND_LEAD.match(masked, clause.start, clause.end)
        places.append(led.span(next(name for name in "abcdef" if led[name])) if led else (clause.start, clause.end))
    for match in _SOUND_LEAD.finditer(masked):
        group = next(name for name in "abcdef" if match[name])
        start, end = match.span(group)
        end = start + len(_STOPS.sub("", masked[start:end]).rstrip())
        if end > start and all(end <= one or two <= start for one, two in places):
            places.append((start, end))
    for timed in events:
        # "A dog barks from 1.5 s to 3 s": seen and heard at its time.
        heard = _SOUND_EVENT.search(masked, timed.span.start, timed.span.end) if timed.time_span else None
        if heard is not None and all(heard.end() <= one or two <= heard.start() for one, two in places):
            places.append(heard.span())
    found = []
    for left, right in sorted(places):
        span = _trimmed(prompt, masked, left, right)
        if span is None or MASK in masked[span.start : span.end]:
            continue
        event = _event_at(events, span.start)
        told = events[event].time_span if event is not None else None
        fact = next((item for item in times if item.span == told), None) or _time_beside(span, masked, times)
        if event is None and fact is None:
            event = next((n for n, item in reversed(list(enumerate(events))) if item.span.start <= left), None)
        found.append(
            SoundFact(
                span,
                span.text,
                event,
                fact.start_ms if fact else None,
                fact.end_ms if fact and fact.kind is TimeKind.INTERVAL else None,
                fact.span if fact else None,
            )
        )
    return tuple(found)


def _trimmed(prompt: str, masked: str, start: int, end: int) -> Span | None:
    """The place without a lead-in, articles and blanked times, or ``None`` if no word is left."""
    lead = re.match(
        r"[\s,;:.–—-]*(?:(?:SFX|SOUNDS?|AUDIO|FX)\s*[:：]\s*|(?:the\s+)?sounds?\s+of\s+)?(?:(?:an?|the|some)\s+)?", masked[start:end], re.IGNORECASE
    )  # fmt: skip
    left = start + (lead.end() if lead else 0)
    words = masked[left:end]
    words = re.split(r"\s{3,}", words.rstrip())[0]  # what stands behind a blanked time is another matter
    right = left + len(words.rstrip(" ,;:.!–—-"))
    return _span(prompt, left, right) if any(char.isalpha() for char in prompt[left:right]) else None


def _time_beside(span: Span, masked: str, times: Sequence[TimeFact]) -> TimeFact | None:
    """The instant or interval right before or right behind a sound."""
    for fact in times:
        if fact.kind is TimeKind.LENGTH:
            continue
        behind = masked[span.end : fact.span.start] if fact.span.start >= span.end else None
        before = masked[fact.span.end : span.start] if fact.span.end <= span.start else None
        gap = behind if behind is not None else before
        if gap is not None and not re.search(r"[.;!?。\n]", gap) and len(gap.split()) <= 3:
            return fact
    return None
