"""Quotations: where speech stands in a prompt, in every common style of quotation marks.

"…"  “…”  „…“  «…»  »…«  ‹…›  「…」  『…』  《…》 behind a colon  '…' and ‘…’ where no apostrophe
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cache

from mavin.facts.quotes.asian_lines import asian_labels
from mavin.facts.quotes.bare_lines import bracketed_lines, inline_labels, json_lines, said_lines, up_to_next_name
from mavin.facts.quotes.dash_lines import dash_quotations
from mavin.facts.quotes.marks import marked_quotations
from mavin.facts.text import MASK

__all__ = ["Quotation", "find_quotations", "is_json", "mask", "unparted"]

_WRITTEN = re.compile(
    r"\b(?:signs?|posters?|letters?|notes?|banners?|(?<!-)(?<!\boff )screens?|books?|labels?|headlines?|newspapers?|words?|"
    r"text|caption|inscription|supers?|subtitles?|title\s+cards?|end\s+cards?|logo|"
    r"shirt|t-shirt|mug|billboard|sticker|tattoo|graffiti|card|paper|wall|board|door|plaque|envelope|map|sand|snow)"
    r"(?:\s+(?:that|which|now))*(?:\s+(?:says?|reads?|saying|reading|with|spell\w*|marked|labell?ed|titled))"
    r"?(?:\s+the\s+words?)?\s*[:,]?\s*$|"
    r"\b(?:tagline|slogan|claim|title|end\s+title|lettering|eslogan|lema|schriftzug|accroche)(?:\s+(?:at|on|in|over|al|am|à|en|a)\s+(?:the\s+|la\s+)?"
    r"(?:(?:very\s+)?end|screen|start|beginning|bottom|final|ende|schluss|fin|pantalla|écran))?\s*:?\s*$|"
    r"\b(?:titled|called|named|labell?ed|nicknamed|entitled|spelling|spells|reads|reading|inscribed|marked|"
    r"written|writes|wrote|types|typed|"
    r"typing|printed|engraved|prints|paints|carves|scribbles|known as|so-called|intitulé|titulado|llamado|"
    r"genannt)\s*:?,?\s*$|"
    r"\b(?:cartel|letrero|rótulo|pancarta|nota|carta|pantalla|pancarte|panneau|affiche|enseigne|écran|lettre|"
    r"schild|plakat|aufschrift|"
    r"tafel|bildschirm|zettel|brief|cartello|insegna|biglietto|placa|cartaz)(?:\s+(?:que|qui|das|che|où|en|el|"
    r"la|con|mit|der|die|con|il|est|"
    r"auf|dem|se|lee|dice|pone|reza|dit|sagt|steht|lautet|aufschrift|écrit|wort|diz|scritto|c['’]è|texto|mot|"
    r"palabra)){0,5}\s*:?\s*$|"
    r"\b(?:il\s+est\s+écrit|on\s+(?:peut\s+)?lit?r?e?|se\s+lee|está\s+escrito|steht(?:\s+geschrieben)?|"
    r"geschrieben|namens|titulada|intitulée|"
    r"llamada|appelée?|chiamat[oa]|chamad[oa])\s*:?\s*$|"
    r"\b(?:escribe|escribió|schreibt|schrieb|écrit|écrivit|scrive|scrisse|escreve|escreveu|tippt|teclea|tape)(?:\s+(?:en|auf|an|sur|su|sulla|in|no|na|nella|à|al|ans?|ins)\s+(?:(?:el|la|die|den|das|le|il|der)\s+)?[\w'’]+)?\s*:?\s*$|"
    r"(?:[写寫刻涂塗](?:下|上|出|了|的是)?)[:：]?\s*$|(?:写着|寫著|写有|寫有|写道|名为|名為|名叫|叫做|题为|題為|标题是|标着|印着|招牌|牌子|标语)[:：]?\s*$",
    re.IGNORECASE,
)
_TYPED = re.compile(
    r"\b(?:texts|texted|texting|e-?mails|e-?mailed|tweets|tweeted|posts|posted|DMs|messages|messaged|types|typed|typing)(?:\s+(?:back|out))?"
    r"(?:\s+(?:(?:to\s+)?(?:him|her|them|it|everyone|me|us|(?-i:[A-Z])[\w'’-]+|(?:his|her|their|the|a|an|my)\s+[\w'’-]+)|in\s+the\s+(?:group\s+)?chat|online|on\s+\w+)){0,2}\s*[:,]?\s*$|"
    r"\b(?:texts?|(?:text|chat|phone|instant)\s+message|(?<!voice )(?<!phone )message(?=\s+(?:from|on|pops|appears|flashes|reads))|e-?mail|notification|tweet|DM|chat|(?:text|chat|speech|message)\s+bubble)"
    r"(?:\s+(?:from|to)\s+(?:(?:his|her|the|my|an?)\s+)?[\w'’-]+)?(?:\s+(?:(?:pops?|lights?|comes?)\s+(?:up|in)|appears|arrives|flashes|pings|saying|reading|reads|says)|\s+on\s+(?:his|her|the|my|screen)(?:\s+(?:phone|screen|laptop|watch|display))*)*\s*[:,]?\s*$|"
    r"\b(?:phone|screen|display|laptop|tablet|watch)(?:['’]s)?(?:\s+(?:screen|display))?\s+(?:lights?\s+up|flashes|shows|displays|pings|buzzes|blinks)(?:\s+with)?\s*[:,]?\s*$|"
    r"\((?:(?:via|by|in\s+a)\s+)?(?:text(?:ing|s|\s+message)?|typing|e-?mail|chat)\)\s*[:：]?\s*$",
    re.IGNORECASE,
)
"""Words before a quotation that is typed and sent: "She texts her boss:", "A message from Ben pops up:"."""
_PLAYED = re.compile(r"\b(?:plays?|playing|listens?\s+to|hears?|leaves?|voice)\b[^.!?\n]{0,40}$", re.IGNORECASE)
_SPOKEN_READING = re.compile(r"\breads?\s+(?:aloud|out(?: loud)?)\s*[:,]?\s*$", re.IGNORECASE)
_READER = re.compile(r"(?P<comma>,[\"”][^\"”“]{1,60})?\b(?P<who>[\w'’-]+)\s+reads?\s*[:,]\s*$", re.IGNORECASE)

_UNSAID = re.compile(
    r"(?:\b(?:(?:did|do|does|would|could|can|will|has|have|had)n['’]t|(?:did|do|does|would|could|can|will|has|have|had)\s+not|cannot|"
    r"never|won['’]t|nobody|no\s+one)\s+(?:\w+ly\s+|even\s+|once\s+)?|"
    r"\b(?:want(?:s|ed)?|tr(?:y|ies|ied)|fail(?:s|ed)?|refus(?:es?|ed)|forg(?:ets?|ot)|mean(?:s|t)?|longs?|hop(?:es?|ed)|plan(?:s|ned)?|"
    r"(?:is|was|are|were)\s+about|dar(?:es|ed)\s+not)\s+to\s+)"
    r"(?:say|says|said|shout|shouted|whisper|whispered|answer|answered|reply|replied|call|called|ask|asked|yell|cry|tell)"
    r"(?:\s+(?:him|her|them|it))?\s*[:,]?\s*$|"
    r"\b(?:no|nunca|non|não)\s+(?:(?:le|les|lhe|gli)\s+)?(?:dice|dijo|disse|diz|grita|responde|risponde)\s*[:,]?\s*$|"
    r"\b(?:quiere|quería|quiso|vuole|voleva|quer|queria)\s+(?:decir|dire|dizer)\s*[:,]?\s*$|"
    r"\b(?:sagt|sagte|ruft|rief|antwortet|antwortete)\s+(?:nicht|nie|niemals)\s*[:,]?\s*$|"
    r"\bn(?:e\s+|['’])(?:(?:lui|leur)\s+)?(?:dit|répond|crie|a\s+jamais\s+dit)\s+(?:pas|jamais)\s*[:,]?\s*$|"
    r"\b(?:veut|voulait)\s+dire\s*[:,]?\s*$|"
    r"(?:没有?|不|从不|想)(?:说|說|喊|回答)[:：，]?\s*$",
    re.IGNORECASE,
)
"""Words before a quotation that nobody says: "Ana didn't say", "Ben wanted to shout"."""
_NOBODY_SAYS = re.compile(
    r"\s*,?\s*(?:the|an?|his|her|its|their)\s+(?:\w+\s+)?(?:message|sign|note|letter|text|screen|display|label|headline|caption|poster|card)\s+reads?\b|"
    r"\s*,?\s*(?:(?:he|she|they|(?-i:[A-Z])[\w'’-]+|(?:the|his|her)\s+\w+)\s+)?(?:texts|texted|tweets|tweeted|e-?mails|types|typed)\b|"
    r"\s*,?\s*(?:said|says|asks?|asked|cries|shouts?)\s+(?:nobody|no\s+one)\b|\s*と(?:は)?(?:\w{0,3})?言わな",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: offsets with its marks, the words alone, whether it is speech, and of the speaker before.

    ``who`` is where a label names the speaker, for speech without marks.
    """

    start: int
    end: int
    text: str
    speech: bool
    continues: bool = False
    who: tuple[int, int] | None = None


def find_quotations(prompt: str) -> tuple[Quotation, ...]:
    """All quotations of a prompt in reading order; nested ones belong to the outer one.

    A quotation is not speech if words before it say that it is written or a name ("a sign that
    reads "OPEN""), if it is one lower-case word in mid-sentence (scare quotes), or if the whole
    prompt is JSON, whose quotation marks are syntax.
    """
    if is_json(prompt):
        return tuple(
            Quotation(line.start, line.end, _unescaped(prompt[line.start : line.end]), True, who=line.speaker)
            for line in json_lines(prompt)
        )
    dashed = [
        Quotation(item.start, item.end, item.body.strip(), True, item.continues) for item in dash_quotations(prompt)
    ]
    from mavin.facts.languages.english.run_on import run_on_lines

    run_on = [Quotation(start, end, prompt[start:end], True) for start, end in run_on_lines(prompt)]
    unquoted = [*_screenplay_lines(prompt), *_script_lines(prompt), *dashed, *run_on]
    for line in (*bracketed_lines(prompt), *inline_labels(prompt), *asian_labels(prompt), *said_lines(prompt)):
        text = prompt[line.start : line.end]
        free = all(line.end <= item.start or item.end <= line.start for item in unquoted)
        if free and (line.speaker or _is_speech(prompt, line.start, line.end, text)):
            unquoted.append(Quotation(line.start, line.end, text.strip(), True, who=line.speaker))
    found = [
        Quotation(
            item.start, item.end, item.body.strip(), _is_speech(prompt, item.start, item.end, item.body), item.continues
        )
        for item in marked_quotations(prompt)
    ]
    for index in range(1, len(found)):
        one, two = found[index - 1], found[index]
        if one.speech and not two.speech and _ONE_MORE.fullmatch(prompt[one.end : two.start]):
            found[index] = replace(two, speech=True)  # 'says "one" at 1 s, "two" at 2 s and "three" at 3 s'
    spoken = [line for line in unquoted if all(line.end <= item.start or item.end <= line.start for item in found)]
    unique = {item.start: item for item in [*spoken, *found]}
    return tuple(sorted(unique.values(), key=lambda item: item.start))


_NAME_LINE = re.compile(
    r"(?:^[ \t]*|(?<=[.!?…]\s))(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{1,24})[ \t]*(?:\([^()\n]{1,30}\))?[ \t]*(?:(?P<colon>[:：])"
    r"[ \t]*(?P<same>[^\s\"“„«‘'「『][^\n]*)|\n"
    r"(?:[ \t]*\([^()\n]{1,40}\)[ \t]*\n)?[ \t]*(?P<below>[^\s\"“„«「『(][^\n]*))",
    re.MULTILINE,
)
_HEADINGS = re.compile(
    r"\b(?:INT|EXT|SETTING|STYLE|TITLE|SHOT|SCENE|CAMERA|MUSIC|SFX|SOUND|ACTION|NOTE|FADE|CUT|END|ACT|LOCATION|"
    r"TIME|MOOD|TONE|"
    r"DURATION|ASPECT|GENRE|CHARACTERS?|PROMPT|SYSTEM|ASSISTANT|USER|STORY|CLOSE|WIDE|ANGLE|"
    r"REVERSE|POV|INSERT|MONTAGE|SUPER|LOGLINE|VFX|GFX|BGM|LIGHTING|COSTUMES?|PROPS|FORMAT|LENGTH|[EXBM]?CU|[EV]?WS|[ME]?LS|FS|MWS|OTS|"
    r"SZENE|ORT|ZEIT|FIGUREN|PERSONEN|MUSIK|KAMERA|STIL|DAUER|TITEL|SCHAUPLATZ|HANDLUNG|EINSTELLUNG|ESCENA|LUGAR|HORA|PERSONAJES|MÚSICA|SONIDO|CÁMARA|ESTILO|"
    r"DURACIÓN|TÍTULO|PLANO|TOMA|SCÈNE|LIEU|HEURE|PERSONNAGES|MUSIQUE|CAMÉRA|DURÉE|TITRE|PLAN|DÉCOR|SCENA|LUOGO|PERSONAGGI|DURATA|TITOLO|CENA|PERSONAGENS|DURAÇÃO|"
    r"MS(?=\W*$))\b"
)


_SCRIPT_LINE = re.compile(
    r"^[ \t]*(?:[\[(][\d:.,;\s>–s-]{3,40}[\])][ \t]*)?"
    r"(?P<name>(?:(?:La|Le|El|Der|Die|Das|Il|Lo|O|A)\s|L['’])[^\W\d_]{2,16}|[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?)[ \t]*[:：][ \t]*(?P<same>[A-ZÀ-Þ¿¡][^\n\"“„«]*)$",
    re.MULTILINE,
)


def _script_lines(prompt: str) -> list[Quotation]:
    """ "Detective: I know it was you." on lines of their own, two or more of them."""
    matches = [match for match in _SCRIPT_LINE.finditer(prompt) if not _HEADINGS.search(match["name"].upper())]
    if len(matches) < 2:
        return []
    return [
        Quotation(match.start("same"), match.start("same") + len(match["same"].rstrip()), match["same"].strip(), True)
        for match in matches
    ]


def _screenplay_lines(prompt: str) -> list[Quotation]:
    """Speech without marks as screenplays write it: a name in capitals, then the line behind a colon or below."""
    found: list[Quotation] = []
    at = 0
    while (match := _NAME_LINE.search(prompt, at)) is not None:
        group = "same" if match["same"] else "below"
        at = match.start(group) + max(1, up_to_next_name(match[group]))
        text = match[group][: up_to_next_name(match[group])].strip()
        if _HEADINGS.search(match["name"]) or text.isupper() or not any(char.isalpha() for char in text):
            continue
        start = match.start(group)
        found.append(Quotation(start, start + len(text), text, True))
    return found


_ONE_MORE = re.compile(
    r"(?:\s*(?:at|from|a\s+los|bei|à|um|nach|after)?\s*\d[\d.,:]*(?:\s*(?:s|sec)?\s*[–—-]\s*\d[\d.,:]*)?\s*(?:s|ms|secs?|seconds?|Sekunden|segundos|secondes)?\b)?"
    r"(?:\s*,\s*(?:(?:and|then|und|dann|y|luego|et|puis|e|poi)\s+)*|\s+(?:(?:and|then|und|dann|y|luego|et|puis|e|poi)\s+)+)",
    re.IGNORECASE,
)
"""What stands between two lines of a list of lines, times among them."""


def _says(word: str) -> bool:
    from mavin.facts.languages.speech_verbs import is_speech_verb

    return is_speech_verb(word)


@cache
def _said_by() -> re.Pattern[str]:
    """Who says it, in the passive: '"We did it" is shouted by the coach'."""
    from mavin.facts.languages.speech_verbs import SAID_BY_BEHIND

    return re.compile(rf"\s*,?\s*(?:{SAID_BY_BEHIND.pattern})")


@cache
def _said_abroad() -> re.Pattern[str]:
    """A verb of speech of another language right behind a quotation: «jamás», añade don Luis."""
    from mavin.facts.languages.speech_verbs import FOREIGN_VERBS

    verbs = "|".join(item for language, item in FOREIGN_VERBS.items() if language not in {"zh", "ja"})
    return re.compile(rf"\s*,?\s*(?:{verbs})\b", re.IGNORECASE)


@cache
def _says_abroad() -> re.Pattern[str]:
    """A verb of speech of another language right before a quotation: Ana dice «uno»."""
    from mavin.facts.languages.speech_verbs import FOREIGN_VERBS

    verbs = "|".join(item for language, item in FOREIGN_VERBS.items() if language not in {"zh", "ja"})
    return re.compile(rf"\b(?:{verbs})\s*$", re.IGNORECASE)


def is_json(prompt: str) -> bool:
    """Whether the whole prompt is a JSON object or array."""
    if not prompt.lstrip().startswith(("{", "[")):
        return False
    try:
        return isinstance(json.loads(prompt), dict | list)
    except (ValueError, RecursionError):
        return False


def _unescaped(value: str) -> str:
    try:
        return str(json.loads(f'"{value}"', strict=False)).strip()
    except ValueError:
        return value.strip()


def _is_speech(prompt: str, start: int, end: int, body: str) -> bool:
    before, after = prompt[:start], prompt[end:]
    if after.lstrip().startswith(":") and re.search(r"[{,]\s*$", before):
        return False  # a key of JSON-like text
    if not any(char.isalnum() for char in body) or re.match(
        r"\s*(?:と(?:いう(?![^。、「」]{0,12}声)|書|題|刻|打ち込)|的(?:牌子|标语|招牌|字样|海报))", after
    ):
        return False
    if body[0].islower() and re.search(r"[,，—–-][\"”»“’'][^\"“”«»]{1,80},\s*$", before):
        return True  # "I think," he says, lowering the map, "we are lost."
    tail = before[-80:]
    if (
        _WRITTEN.search(tail)
        and not _said_by().match(after)
        and not _SPOKEN_READING.search(tail)
        and not _reads_out(tail)
    ):
        speech_verb = re.search(r"\b(?:says?|said|asks?|replies|whispers?|shouts?)\s*[:,]?\s*$", tail, re.IGNORECASE)
        written = re.search(
            r"\b(?:signs?|posters?|banners?|screens?|labels?|notes?|(?:t-)?shirts?|mugs?|billboards?|stickers?|tattoos?|plaques?)\s+(?:that\s+)?says?\W*$",
            tail,
        )
        return bool(speech_verb) and not written
    if _TYPED.search(tail) and not _PLAYED.search(tail):
        return False
    if _said_by().match(after):
        return True
    if _UNSAID.search(tail) or _NOBODY_SAYS.match(after):
        return False
    words = body.split()
    cued = re.search(r"[:：,，—–]\s*$", tail) or not before.strip() or re.search(r"[.!?。！？\n]\s*$", tail)
    verbed = re.search(
        r"\b(?:sa(?:y|ys|id)|ask|repl|answer|whisper|shout|yell|cr(?:y|ies)|call|murmur|mutter|scream|sing|hum|chant)\w*"
        r"(?:\s+\w+){0,4}\s*$",
        tail,
        re.IGNORECASE,
    )
    follows = re.match(
        r"\s*,?\s*(?:\w+\s+){0,3}(?:says?|said|asks?|repl|answer|whisper|shout|yell|cries|calls?)", after
    )
    told = re.match(r"\s*,\s*([a-z]+)\s+(?:(?:the|an?|his|her|their|our|my)\s+)?\w", after)  # "ever", adds Luis
    verbed = verbed or _says_abroad().search(tail)
    follows = follows or (told if told and _says(told[1]) else None) or _said_abroad().match(after)
    ended = body.rstrip()[-1] in ".!?…,—–。！？，"
    if cued or verbed or follows or ended:
        return True
    # "the "king" of the street": lower case, short, in the middle of a sentence.
    return len(words) > 2 or not words[0][0].islower()


def _reads_out(before: str) -> bool:
    """Whether somebody reads what follows: 'the man reads: "…"', '"Dear Marta," a voice reads, "…"'; no sign."""
    from mavin.facts.languages.english.people import is_person

    found = _READER.search(before)
    if found is None:
        return False
    who = found["who"].lower()
    return found["comma"] is not None or who in {"i", "he", "she", "they", "voice", "voiceover"} or is_person(who)


def mask(prompt: str, quotations: tuple[Quotation, ...]) -> str:
    """The prompt with each character of a spoken quotation replaced by :data:`MASK`.

    Of endless runs of spaces, letters or digits only the beginning and the end are shown, so that no pattern
    can spend its time on them.
    """
    shown = list(prompt)
    for quotation in quotations:
        if quotation.speech:
            shown[quotation.start : quotation.end] = MASK * (quotation.end - quotation.start)
    return _ENDLESS.sub(
        lambda run: run.group()[:8] + _UNSHOWN * (len(run.group()) - 16) + run.group()[-8:], "".join(shown)
    )


def unparted(story: str, quotations: tuple[Quotation, ...]) -> str:
    """The masked prompt whose written quotations ("Super: “Born to run.”") hold no stop that would end a sentence."""
    for item in quotations:
        if not item.speech:
            words = re.sub(r"[.!?;,:。！？；，、：]", _STOP_WITHIN, story[item.start : item.end])
            story = story[: item.start] + words + story[item.end :]
            if item.text[-1] in ".!?。！？" and re.match(r"\s+[A-ZÀ-Þ]", story[item.end :]):
                story = f"{story[: item.end]}\n{story[item.end + 1 :]}"  # its own stop ends the sentence it closes
    return story


_STOP_WITHIN = "\ue006"
_UNSHOWN = "\ue005"
_ENDLESS = re.compile(r"\s{25,}|[A-Za-z0-9]{70,}|[._*#|-]{70,}")
