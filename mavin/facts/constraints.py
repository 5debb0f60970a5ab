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

from mavin.diagnostics import Span
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

__all__ = ["demands_in", "find_cameras", "find_repetitions", "find_rules", "find_sounds", "is_heard", "is_sound_only"]

_WHO = r"(?P<who>(?:[^\W\d_][\w'’-]*\s+){0,4}?[^\W\d_][\w'’-]*)"
_ALL_THROUGH = re.compile(
    r"\b(?:never|throughout|the (?:whole|entire) (?:time|clip|video|film|scene)|at all|at any (?:time|point|moment)|from start to finish|"
    r"in the (?:whole|entire) (?:clip|video|film|scene)|nunca|jamás|en ningún momento|en todo (?:el|momento)|nie|niemals|zu keiner Zeit|"
    r"die ganze Zeit|jamais|à aucun moment|tout au long|mai)\b|从头到尾|自始至终|全程|一直|从不|从未|整个|ずっと|最後まで|一度も|決して",
    re.IGNORECASE,
)
_BEYOND = re.compile(
    r"\b(?:then|finally|at last|until|later|after|afterwards|before|when|suddenly|eventually|but|luego|después|entonces|finalmente|hasta|"
    r"pero|dann|danach|schließlich|bis|plötzlich|aber|doch|puis|ensuite|enfin|jusqu|soudain|mais|poi|finché|depois|até)\b|"
    r"然后|然後|接着|最后|终于|突然|直到|但|それから|やがて|ついに|突然|まで",
    re.IGNORECASE,
)

_NOBODY_SPEAKS = re.compile(
    r"\b(?:no[\s-]?(?:one|body)|neither(?: of them)?)\s+(?:(?!else\b)\w+\s+)?(?:speaks?|talks?|says? (?:a word|anything|a thing))\b|"
    r"\b(?:no|without(?: any)?|zero)\s+(?:dialogues?|speech|spoken (?:words?|lines?)|talking|words(?: are spoken)?|voices?)\b(?!\s+of\b)|"
    r"\bnot a (?:single )?word is (?:spoken|said)\b|\b(?:completely |entirely )?(?:wordless|dialogue-free)\b|"
    r"\bnadie\s+(?:habla|dice nada)\b|\bsin\s+(?:diálogos?|palabras)\b|\bniemand\s+(?:spricht|sagt\s+(?:etwas|ein Wort))\b|"
    r"\b(?:ohne|kein(?:e|en)?)\s+Dialoge?\b|\b(?:ohne|es fällt kein)\s+(?:ein\s+)?Worte?\b|\bpersonne\s+ne\s+(?:parle|dit)\b|\bsans\s+(?:dialogues?|paroles?|un mot)\b|"
    r"\bnessuno\s+parla\b|\bsenza\s+dialoghi?\b|没有?(?:人|任何人)说话|無人說話|没有(?:对白|对话|台词)|无(?:对白|对话|台词)|"
    r"誰も(?:話さない|しゃべらない|喋らない|口をきかない)|(?:台詞|セリフ|会話)(?:は)?(?:なし|無し|がない)",
    re.IGNORECASE,
)
_SILENT = re.compile(
    rf"\b{_WHO}\s+(?:(?:says?|speaks?|utters?)\s+(?:absolutely\s+)?(?:nothing|not a word|no words?)\b|"
    r"(?:do(?:es)?n['’]t|do(?:es)? not|never)\s+(?:once\s+)?(?:speaks?|talks?|says? (?:a (?:single )?(?:word|thing)|anything)|utters? a (?:word|sound))\b|"
    r"(?:remains?|stays?|keeps?|is|are)\s+(?:completely\s+|totally\s+|entirely\s+)?(?:silent|speechless|wordless)(?:\s+throughout|\s+the (?:whole|entire) \w+)?\b)|"
    rf"\b{_WHO.replace('who', 'who2')}\s+(?:no\s+(?:dice|habla)(?:\s+(?:nada|ni una palabra))?|nunca\s+habla|guarda\s+silencio|"
    r"(?:sagt|spricht)\s+(?:die ganze Zeit\s+)?(?:nichts|kein(?:\s+einziges)?\s+Wort|nicht)|schweigt|ne\s+(?:dit|parle)\s+(?:rien|pas|jamais|aucun mot)|"
    r"reste\s+silencieu(?:x|se)|non\s+(?:dice|parla)(?:\s+(?:niente|nulla|mai))?|não\s+(?:diz|fala)(?:\s+nada)?)\b|"
    r"(?P<who3>[\u4e00-\u9fff]{1,5}?)(?:从头到尾|全程|自始至终|一直|始终)?(?:一言不发|一句话(?:也|都)(?:不|没)说|沉默不语|不说话|什么(?:也|都)(?:不|没)说|从不(?:说话|开口))|"
    r"(?P<who4>[\u4e00-\u9fff\u3040-\u30ff]{1,8}?)(?:は|が)(?:ずっと|最後まで|一度も|決して)?(?:何も(?:言わ|話さ|しゃべら|喋ら)ない|黙ってい(?:る|た)|無言(?:のまま)?)",
    re.IGNORECASE,
)
_ONLY = re.compile(
    rf"(?<!\bthe )(?<!\ban )(?<!\bher )(?<!\bhis )\bonly\s+{_WHO}\s+(?:ever\s+)?(?:speaks?|talks?|says (?:anything|a word)|has (?:a line|lines|dialogue))\b|"
    rf"\b{_WHO.replace('who', 'who2')}\s+(?:is|are)\s+the\s+only\s+(?:one|person|character|voice|speaker)(?:\s+(?:who|that|to))?\s*(?:speaks?|talks?|speaking|heard|we hear)?\b|"
    rf"\bno[\s-]?(?:one|body)\s+(?:else\s+(?:speaks?|talks?|says (?:anything|a word))|(?:but|except)\s+{_WHO.replace('who', 'who3')}\s+(?:speaks?|talks?))\b|"
    rf"\b(?:s[oó]lo|únicamente|solamente)\s+{_WHO.replace('who', 'who4')}\s+habla\b|\bnadie\s+más\s+habla\b|"
    rf"\bnur\s+{_WHO.replace('who', 'who5')}\s+(?:spricht|redet)\b|\bniemand\s+(?:sonst|anderes|außer\s+\w+)\s+(?:spricht|redet|sagt\s+etwas)\b|"
    rf"\bseule?\s+{_WHO.replace('who', 'who6')}\s+parle\b|\bpersonne\s+d['’]autre\s+ne\s+parle\b|\bsolo\s+{_WHO.replace('who', 'who7')}\s+parla\b|"
    r"只有(?P<who8>[\u4e00-\u9fff]{1,5}?)(?:一个人)?(?:在)?(?:说话|讲话|开口|说)|(?:其他人|别人)(?:都)?不说话|没有(?:别人|其他人)说话|"
    r"(?P<who9>[\u4e00-\u9fff\u3040-\u30ff]{1,8}?)だけが(?:話す|しゃべる|喋る|話し|口を開く)|(?:ほか|他)(?:の人)?(?:に)?は?誰も(?:話さない|しゃべらない|喋らない)",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"\bno[\s-]?(?:one|body)\s+else\s*(?:is\s+(?:there|around|present|in (?:sight|the \w+)|on (?:screen|camera))|appears?|comes?|enters?|in sight|around|in the \w+)?\b"
    r"(?!\s+(?:speaks?|talks?|says?|knows?|hears?|sees?|notices?|can|could|will|would))|"
    r"\b(?:no|without(?: any)?)\s+other\s+(?:people|persons?|characters?|humans?|living soul)\b|"
    r"\b(?:is|are)\s+the\s+only\s+(?:person|one|character|human|figure)\s+(?:in|on|there|present|visible|we see|to appear)\b|"
    r"\b(?:all\s+|completely\s+|entirely\s+|totally\s+|utterly\s+|quite\s+)?alone\b(?!\s+with\b)|"
    r"\bby\s+(?:herself|himself|itself|themselves)\b|"
    r"\bno\s+hay\s+nadie\s+más\b|\bnadie\s+más\b(?!\s+(?:habla|sabe))|\b(?:completamente|totalmente)\s+sol[oa]\b|"
    r"\b(?:ganz\s+|völlig\s+)?allein(?:e)?\b|\bniemand\s+sonst\b(?!\s+(?:spricht|redet|weiß))|"
    r"\btoute?\s+seule?\b|\bpersonne\s+d['’]autre\b(?!\s+ne\s+(?:parle|sait))|\bcompletamente\s+sol[oa]\b|\bda\s+sol[oa]\b|"
    r"独自|獨自|孤身一人|没有(?:别人|其他人)(?!说话)|空无一人之外|一人(?:きり|ぼっち)|一人で|(?:ほか|他)に(?:は)?誰もいない",
    re.IGNORECASE,
)
_ALONE_WHOLE = re.compile(
    r"no[\s-]?(?:one|body)\s+else|other\s+(?:people|persons?|characters?|humans?|living soul)|the only|nadie más|niemand sonst|"
    r"personne d|没有(?:别人|其他人)|誰もいない",
    re.IGNORECASE,
)
_ONE_TAKE = re.compile(
    r"\b(?:(?:shot|filmed)\s+)?(?:in\s+|as\s+|with\s+)?(?:(?:one|an?|the)[\s-]+)?(?:(?:single|continuous|long|unbroken|uncut|one)[\s-]+)+take\b|"
    r"\b(?:in\s+|as\s+|with\s+)?(?:(?:one|an?|the)[\s-]+)?(?:long[\s-]+)?(?:(?:single|continuous|unbroken|uncut)[\s-]+)+(?:long[\s-]+)?shot\b|\bin\s+one\s+shot\b|"
    r"\boner\b|\b(?:with\s+)?no\s+cuts?\b(?!\s+(?:on|off))|\bwithout\s+(?:any\s+|a\s+(?:single\s+)?)?cuts?(?:ting)?\b|"
    r"\b(?:uncut|unbroken)\s+(?:shot|take)\b|\bplano\s+secuencia\b|\bsin\s+(?:ningún\s+)?cortes?\b|\bohne\s+(?:einen\s+(?:einzigen\s+)?)?Schnitte?\b|"
    r"\b(?:in\s+)?einer\s+(?:einzigen\s+)?Einstellung\b|\bplan[\s-]séquence\b|\bsans\s+(?:aucune\s+)?coupes?\b|\bpiano\s+sequenza\b|\bsenza\s+(?:tagli|stacchi)\b|"
    r"\bsem\s+cortes?\b|一镜到底|一鏡到底|(?:不|没有?|无|無)(?:任何)?(?:剪辑|剪輯|切镜|切换|剪接)|ワンカット|(?:カット|編集)(?:は)?(?:なし|無し|せずに)|長回し",
    re.IGNORECASE,
)
_HARD_CUT = re.compile(
    r"\b(?:hard|smash|jump|match|quick|abrupt|sharp)[\s-]+cuts?\b(?:\s+to\b)?|\b(?:we|camera|scene|the film)\s+cuts?\s+to\b|(?:^|(?<=[.;:\n,])\s{0,4})(?:then\s+)?cut\s+to\b|"
    r"\bcorte\s+(?:seco|brusco|a\b)|\bharter\s+(?:Schnitt|Cut)\b|\bSchnitt\s+(?:auf|zu)\b|\bcoupe\s+(?:franche|sèche|sur)\b|\bstacco\s+(?:netto|su)\b|"
    r"硬切|切到|切至|切换到|镜头切|ハードカット|カットして|にカット",
    re.IGNORECASE | re.MULTILINE,
)
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


_SHE = frozenset("she her herself ella elle sie lei ela 她 彼女".split())
_HE = frozenset("he him himself él il er lui ele 他 彼".split())


def _whom(words: str | None, roles: Sequence[RoleFact], fallback: Sequence[str]) -> tuple[str, ...]:
    """Keys of the roles that words name; pronouns and unclear words mean those of the event."""
    said = (words or "").casefold().strip()
    found = [role.key for role in roles if said and _names(role, said)]
    if not found:
        wanted = Gender.FEMALE if said in _SHE else Gender.MALE if said in _HE else None
        found = [role.key for role in roles if wanted is not None and role.gender is wanted][-1:]
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


def demands_in(masked: str) -> Iterator[tuple[int, int, bool]]:
    """Stretches that only demand something and tell no event: start, end, and whether the story breaks there.

    "Hard cut to" breaks the story in two; "No cuts.", ", in one take" and "Only Mara speaks." leave a gap.
    """
    text = masked.replace(MASK, "\ue001")
    for match in _HARD_CUT.finditer(text):
        yield *match.span(), True
    for match in _ONE_TAKE.finditer(text):
        yield *match.span(), False
    for pattern in (_NOBODY_SPEAKS, _ONLY, _SILENT, _ALONE, _LINES):
        for match in pattern.finditer(text):
            left, right = _sentence(text, *match.span())
            if pattern is _NOBODY_SPEAKS or pattern is _ALONE:
                left = max(left, text.rfind(",", left, match.start()) + 1, text.rfind("，", left, match.start()) + 1)
            rest = _ALL_THROUGH.sub(" ", text[left : match.start()] + " " + text[match.end() : right])
            bare = re.fullmatch(
                r"(?:\W|\b(?:there|is|are|in|on|and|with|the|here|this|clip|scene|video|film|please|other|than|throughout)\b)*",
                rest,
                re.I,
            )
            whole = pattern is not _SILENT or _ALL_THROUGH.search(text[left:right])
            if bare and whole and (pattern is not _ALONE or _ALONE_WHOLE.search(match.group())):
                yield left, right, False


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
    for kind, pattern in ((RuleKind.ONE_TAKE, _ONE_TAKE), (RuleKind.HARD_CUT, _HARD_CUT)):
        for match in pattern.finditer(text):
            if free(match):
                yield Rule(_span(prompt, *match.span()), kind, event=_event_at(events, match.start()))
    for kind, pattern in ((RuleKind.ONLY_SPEAKER, _ONLY), (RuleKind.SILENT, _SILENT), (RuleKind.ALONE, _ALONE)):
        for match in pattern.finditer(text):
            if _NOBODY_SPEAKS.match(text, match.start()) is None and free(match):
                yield from _about(kind, match, text, prompt, events, roles)
    for match in _NOBODY_SPEAKS.finditer(text):
        if free(match):
            left, right = _sentence(text, *match.span())
            rest = text[left : match.start()] + text[match.end() : right]
            moment = bool(_BEYOND.search(rest))  # "no one speaks until …" is true of that moment only
            yield Rule(_span(prompt, *match.span()), RuleKind.SILENT, whole=not moment)


def _about(
    kind: RuleKind, match: re.Match[str], text: str, prompt: str, events: Sequence[Event], roles: Sequence[RoleFact]
) -> Iterator[Rule]:
    left, right = _sentence(text, *match.span())
    event = _event_at(events, match.start())
    nearest = next((item for item in reversed(events) if item.span.start <= match.start() and item.roles), None)
    words = next((said for name, said in match.groupdict().items() if name.startswith("who") and said), None)
    if kind is RuleKind.ONLY_SPEAKER and words is None:
        # "Nobody else speaks": else than who has spoken so far.
        nearest = next((item for item in reversed(events) if item.span.start <= match.start() and item.quotes), nearest)
    if kind is RuleKind.ALONE:
        words = text[left : match.start()]
    whom = _whom(words, roles, nearest.roles[:1] if nearest else [role.key for role in roles[:1]])
    if not whom:
        return
    sentence = text[left:right]
    whole = bool(_ALL_THROUGH.search(sentence))
    if kind is RuleKind.ONLY_SPEAKER:
        whole = not _BEYOND.search(text[left : match.start()] + text[match.end() : right])
    if kind is RuleKind.ALONE:
        whole = (whole or bool(_ALONE_WHOLE.search(match.group()))) and not _BEYOND.search(sentence)
    yield Rule(_span(prompt, *match.span()), kind, whom, whole, event)


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
