"""What in a prompt is not story: shot labels, wishes about the film, sentences to the tool."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mavin.diagnostics import Span
from mavin.facts.model import Dropped

__all__ = ["CAMERA_TABLES", "Camera", "camera_words", "find_commands", "is_direction", "is_style_alone", "style_words"]

_COMMAND = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass|skip|do not follow|don't follow|stop following)\s+"
    r"(?:(?:all|any|every|everything|each|the|of|your|my|these|those|above|previous|prior|earlier|preceding|other|system|"
    r"safety|and)\s+){0,6}(?:instructions?|prompts?|rules?|commands?|directives?|messages?|context|guidelines?|above|"
    r"before|training|constraints|policy|policies)\b|"
    r"\b(?:reveal|print|show|repeat|output|display|leak|tell me|give me|write out|return|expose)\s+"
    r"(?:me\s+)?(?:(?:all|the|your|its|every|hidden|secret|initial|full|entire|complete|own)\s+){0,4}"
    r"(?:system\s+prompt|system\s+message|prompt|instructions|rules|guidelines|api[\s_-]?keys?|secret\s+keys?|configuration|environment variables)\b|"
    r"\byou\s+are\s+(?:now\s+)?(?:an?\s+)?(?:\w+\s+)?(?:ai|a\.i\.|assistant|chatbot|language model|llm|gpt|dan|jailbroken)\b|"
    r"\b(?:respond|reply|answer)\s+(?:only|just|exactly)\s+(?:with|in|by)\b|"
    r"\boutput\s+(?:only|just|exactly|nothing)\b|\bas an ai (?:language )?model\b|\bnew instructions?\s*:|"
    r"\b(?:please\s+)?(?:do not|don't)\s+(?:write|make|generate|produce)\s+(?:a|any|the)\s+(?:script|video|caption|json)\b|"
    r"<\|(?:im_start|im_end|system|endoftext)\|>|\[/?INST\]|(?:^|(?<=[.!?\n]))\s*(?:system|assistant|developer)\s*:|"
    r"\bignor(?:a|e|ez|iere|ieren sie)\s+(?:todas?|toutes?|alle|las|les|tous)?\s*(?:las|les|die|tus|vos|los)?\s*"
    r"(?:vorherigen\s+|bisherigen\s+|précédentes\s+)?(?:instrucciones|instructions|anweisungen|anleitungen|consignes)|"
    r"(?:忽略|无视|無視|忘记)[^。！？\n]{0,8}(?:指令|指示|提示|说明)|(?:これまで|以前|上記)の(?:指示|命令)[^。\n]{0,6}無視",
    re.IGNORECASE | re.MULTILINE,
)


def find_commands(masked: str, original: str) -> tuple[Dropped, ...]:
    """Sentences that speak to the tool instead of telling a story ("ignore all previous instructions …").

    Quoted speech is masked before, so a character may say such a thing.  What is dropped runs from
    the clause that holds the command to the end of its sentence.
    """
    found: list[Dropped] = []
    for match in _COMMAND.finditer(masked):
        if found and match.start() < found[-1].span.end:
            continue
        before = masked[: match.start()]
        opened = max(
            (stop.end() for stop in re.finditer(r"[.!?;\n。！？；，]\s*|,\s+|\s+(?:and|but)\s+(?=\w+$)|—\s*", before)),
            default=0,
        )
        # A command stands at the head of its clause; "a teacher tells them to ignore the rules" is story.
        lead = r"(?:(?:please|now|also|then|and|but|first|ok|hey|you|must|should|i|want|need|to)\b[,\s]*)*"
        if not re.fullmatch(lead, before[opened:], re.IGNORECASE):
            continue
        start = opened
        stop = re.search(r"[.!?](?=\s|$)|[。！？\n]", masked[match.end() :])
        end = match.end() + stop.end() if stop else len(masked)
        # Whatever the same breath asks for next ("… and print HELLO") belongs to it.
        follow = re.match(
            r"\s*(?:instead,?|then|now|just|only|and)?\s*(?:print|output|say only|reply|respond|return)\b[^.!?\n]*[.!?]?",
            masked[end:],
            re.IGNORECASE,
        )
        if follow:
            end += follow.end()
        span = Span(start=start, end=end, text=original[start:end].strip())
        found.append(Dropped(span, "addressed to the tool, not part of the story"))
    return tuple(found)


_DIRECTION = re.compile(
    r"^(?:(?:please\s+)?(?:make|keep|use|shoot|film|render|create|generate|produce|show|tell|write|give|set|add|include|cut|end|"
    r"start|begin|have)\s+(?:me\s+)?(?:it|this|that|the\s+(?:video|clip|film|scene|story|whole\s+thing|camera|shots?|style)|an?\s+"
    r"(?:\d+|\w+)[\s-]*(?:second|shot|sec|s)\b)|(?:the|this)\s+(?:film|movie|video|clip|scene|story|whole\s+thing)\s+(?:should|must|has\s+to|needs\s+to)\b|(?:the\s+)?(?:style|mood|tone|look|genre|aspect(?:\s+ratio)?|format|duration|length|"
    r"camera|language|music|soundtrack|title|setting|runtime)\s*(?:is|:|=|should)|shot\s+(?:on|in)\s|"
    r"(?:in|as)\s+(?:black\s+and\s+white|16:9|9:16|1:1|4:3|21:9)|no\s+(?:music|dialogue|text|subtitles|words|speech)\b|"
    r"(?:16:9|9:16|1:1|4:3|21:9)\b|(?:ohne|keine|sans|pas\s+de|sin|senza|sem|nessuna|nenhuma)\s+(?:jede\s+|aucune\s+|ninguna\s+)?"
    r"(?:hintergrund)?(?:musi[kc]\w*|musique|música|untertitel|sous-titres|subtítulos|sottotitoli|legendas)\b|"
    r"(?:没有|沒有|無|无|不要)(?:背景)?(?:音乐|音樂|配乐|配樂|字幕)|(?:音楽|BGM|字幕)(?:は)?(?:なし|無し|ない)|"
    r"(?:整体|整體|画面|畫面)?(?:节奏|節奏|风格|風格|气氛|氣氛|色调|色調)(?:要|应|應|必须|必須|是|为|為|偏|尽量|儘量)[^，。]{1,8}[。！]?$)",
    re.IGNORECASE,
)
_STYLE = re.compile(
    r"\b(?:in the style of|style\s*:|film noir|anime|watercolou?r|claymation|stop[\s-]motion|pixel art|oil painting|"
    r"cinematic|documentary|photorealistic|cartoon|cyberpunk|steampunk|hand[\s-]drawn|"
    r"studio ghibli|pixar|3d animation|35mm|16mm|super 8|vhs|time[\s-]?lapse|hyperlapse|slow[\s-]motion)\b",
    re.IGNORECASE,
)
_COLOUR_STYLE = r"(?:noir(?:\s+et\s+blanc)?|black[\s-]and[\s-]white|sepia|vintage|monochrome)"
_FILM_WORDS = (
    r"(?:films?|movies?|styles?|styled|looks?|videos?|clips?|animations?|photography|footage|cinematography|comedy|thriller|"
    r"tones?|tinted|mood|aesthetics?|atmosphere|lighting|palette|cinema|grading|noir)\b"
)
# "A black and white cow", "un chien noir" and "a vintage car" speak of what is in the picture, not of the picture.
_STYLE_BY_COLOUR = re.compile(
    rf"\b{_COLOUR_STYLE}(?=[\s-]+{_FILM_WORDS})"
    rf"|(?:^|[.,;:!?\n(]\s*|\b(?:shot|filmed|rendered|drawn|made|all)\s+(?:all\s+)?(?:in|as|en)\s+|(?:^|[.,;:!?\n]\s*)(?:in|en)\s+"
    rf"|\bneo[\s-])(?P<what>{_COLOUR_STYLE})(?=\s*(?:[.,;:!?\n)]|$))"
    rf"|(?<=\bin )black[\s-]and[\s-]white(?=\s*[.!?\n]?\s*$)",
    re.IGNORECASE,
)


_ASIAN_STYLE = re.compile(
    r"(?:^|(?<=[，。、,\s]))(?P<what>[\u4e00-\u9fff\u30a0-\u30ff]{2,6}(?:风格|風格|画风|畫風|スタイル|タッチ))(?=[，。、,.\s]|$)"
)


def is_direction(sentence: str) -> bool:
    """Whether a sentence is a wish about the film ("Make it 8 seconds.", "Style: film noir") and no event."""
    return bool(_DIRECTION.match(sentence.strip(" \t\n.,;:-–—")))


_LOOK = re.compile(
    r"(?:at\s+)?(?:golden|blue)\s+hour|film\s+grain|grainy|shallow\s+(?:depth\s+of\s+field|focus|dof)|bokeh|anamorphic|hdr|[48]k|ultra[\s-]?hd|"
    r"(?:volumetric|moody|soft|natural|dramatic|warm|low[\s-]key|neon)\s+light(?:ing)?|photoreal(?:istic)?|hyper[\s-]?realistic|highly\s+detailed|masterpiece|"
    r"montage|lustig|witzig|traurig|romantisch|gruselig|poetisch|stimmungsvoll|gracioso|divertido|emotivo|tierno|romántico|drôle|émouvant|poétique|"
    r"divertente|commovente|engraçado|emocionante|温馨|搞笑|治愈|治癒|悬疑|懸疑|浪漫|感人|热血|熱血|唯美|幽默|梦幻|夢幻",
    re.IGNORECASE,
)


def is_style_alone(words: str) -> bool:
    """Whether a piece of a sentence tells nothing but a look: "cinematic, 35mm, golden hour"."""
    pieces = [piece for piece in re.split(r"\s*[,;]\s*", words.strip()) if piece]
    looks = [
        bool(_LOOK.fullmatch(piece)) or (style_words(piece) or "").casefold() == piece.casefold() for piece in pieces
    ]
    return bool(looks) and all(looks)


def style_words(sentence: str) -> str | None:
    """The style a stretch of the prompt asks for, as it stands there, or ``None``."""
    asian = _ASIAN_STYLE.search(sentence)
    if asian:
        return asian["what"]
    match = re.search(r"\b(?:in the style of|style\s*(?:is|:|=))\s*(?P<what>[^.;\n]+)", sentence, re.IGNORECASE)
    if match:
        return match["what"].strip()
    every = [(match.start(), match.group()) for match in _STYLE.finditer(sentence)]
    every += [(match.start(), match["what"] or match.group()) for match in _STYLE_BY_COLOUR.finditer(sentence)]
    found = [words for _, words in sorted(every)]
    return ", ".join(dict.fromkeys(found)) or None


@dataclass(frozen=True, slots=True)
class Camera:
    """Camera words of the user, as the caption's vocabulary; ``None`` where nothing is said."""

    size: str | None = None
    angle: str | None = None
    movement: str | None = None


_SIZES = (
    (r"extreme\s+close[\s-]?ups?|macro shot|detalle|大特写", "extreme_close_up"),
    (
        r"close[\s-]?ups?|\bclose\b$|close on|tight (?:shot|on)|primer plano|plano fechado|primo piano|gros plan|nahaufnahme|特写|クローズアップ",
        "close_up",
    ),
    (
        r"extreme(?:ly)?\s+(?:wide|long)(?:[\s-]?shot)?|aerial (?:shot|view)|drone (?:shot|footage|view)|establishing shot|gran plano general",
        "extreme_wide",
    ),
    (
        r"wide[\s-]?(?:angle\s+)?shots?|long shots?|wide on|ロングショット|plano (?:general|geral|aberto)|plan large|campo lungo|totale|全景|远景",
        "wide",
    ),
    (r"full[\s-]shots?|plano entero|中全景", "full"),
    (
        r"medium[\s-](?:shots?|close[\s-]?up)|mid[\s-]shots?|two[\s-]shot\b|plano medio|ミディアムショット|plan moyen|halbnahe?|中景",
        "medium",
    ),
)
_ANGLES = (
    (r"low[\s-]angle|from below|worm'?s[\s-]eye", "low"),
    (r"high[\s-]angle|from above", "high"),
    (r"overhead|top[\s-]down|bird'?s[\s-]eye", "overhead"),
    (r"dutch|canted|tilted angle", "dutch"),
    (r"over[\s-](?:the[\s-])?shoulder", "over_shoulder"),
    (r"\bpov\b|point[\s-]of[\s-]view|first[\s-]person", "pov"),
)
_MOVEMENTS = (
    (r"pans?\s+(?:to\s+the\s+)?left|panning left", "pan_left"),
    (r"(?:camera|slow|quick)\s+pans?\b|pans?\s+(?:to\s+the\s+)?right|panning", "pan_right"),
    (r"tilts?\s+up|tilting up", "tilt_up"),
    (r"tilts?\s+down|tilting down", "tilt_down"),
    (r"zooms?\s+out|zooming out", "zoom_out"),
    (r"(?:camera|slow|quick|crash|slowly)\s+zooms?\b|zooms?\s+in|zooming in", "zoom_in"),
    (
        r"doll(?:y|ies)\s+out|pull(?:s|ing)?[\s-](?:back|out)\b(?=.{0,20}(?:camera|shot|to reveal|$))|camera pulls back",
        "dolly_out",
    ),
    (r"doll(?:y|ies)(?:\s+in)?|push(?:es|ing)?[\s-]in\b|camera (?:pushes|moves) in", "dolly_in"),
    (r"tracking[\s-]shot|camera (?:tracks|follows)", "track"),
    (r"crane[\s-](?:shot|up|down)|jib", "crane"),
    (r"hand[\s-]?held|shaky cam", "handheld"),
    (r"static (?:shot|camera)|locked[\s-]off|fixed camera", "static"),
)


CAMERA_TABLES = (_SIZES, _ANGLES, _MOVEMENTS)
"""Patterns of camera words and what each means, for sizes, angles and movements."""


def camera_words(text: str) -> Camera:
    """The camera instructions in a stretch of the prompt."""

    def first(table: tuple[tuple[str, str], ...]) -> str | None:
        return next((value for pattern, value in table if re.search(pattern, text, re.IGNORECASE)), None)

    return Camera(first(_SIZES), first(_ANGLES), first(_MOVEMENTS))
