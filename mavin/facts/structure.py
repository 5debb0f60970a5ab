"""What in a prompt is not story: shot labels, wishes about the film, sentences to the tool."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mavin.diagnostics import Span
from mavin.facts.model import Dropped, ShotLabel, TimeFact, TimeKind
from mavin.facts.numbers import NUMBER, number_of
from mavin.interval import Interval

__all__ = ["CAMERA_TABLES", "Camera", "camera_words", "find_commands", "find_labels", "is_direction", "style_words"]

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


_LABEL = re.compile(
    rf"(?:(?<=^)|(?<=[\n.;!?。；,，:：\ue000])|(?=镜头|鏡頭|ショット|第)|\[)[\s\-*•\[(]*(?P<label>(?:(?:shot|scene|cut|plano|toma|escena|einstellung|szene|plan|scène|"
    rf"inquadratura|cena)\s*(?:no\.?\s*|#\s*|number\s+)?(?P<n>{NUMBER})|(?P<s>S[1-6])(?=\s*[:(\[：])|"
    rf"(?:第\s*(?P<zh>{NUMBER})\s*(?:个)?(?:镜头?|鏡頭|幕|场|ショット|カット)|(?:镜头|鏡頭|ショット|カット|场景)\s*(?P<zh2>{NUMBER}))|"
    rf"(?P<ordinal>first|second|third|fourth|fifth|sixth|final|last)\s+(?:shot|scene)(?=\s*[:,(]))"
    rf")\s*\]?\s*(?P<rest>(?:[(\[][^)\]\n]{{0,60}}[)\]])?\s*(?P<free>[^:：\n.;!?]{{0,30}}?)?)\s*(?P<stop>[:：.\-–—]|,|(?=\s*\()|(?<=\]))\s*",
    re.IGNORECASE | re.MULTILINE,
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_NUMBERED = re.compile(r"(?:^|\n)[ \t]*(?P<n>[1-9])[.)][ \t]+(?=\S)")


def find_labels(masked: str, times: tuple[TimeFact, ...]) -> tuple[ShotLabel, ...]:
    """Shots that the user set apart by labels ("Shot 2 (2–4s):") or by a numbered list.

    A time inside the label fixes the shot's interval.
    """
    heads: list[tuple[int, int, int]] = []
    for match in _LABEL.finditer(masked):
        if match["ordinal"]:
            word = match["ordinal"].lower()
            number = _ORDINALS.get(word, (heads[-1][0] + 1) if heads else 1)
        elif match["s"]:
            number = int(match["s"][1:])
        else:
            number = int(number_of(match["n"] or match["zh"] or match["zh2"]))
        heads.append((number, match.start("label"), match.end()))
    if not heads:
        listed = list(_NUMBERED.finditer(masked))
        if [int(match["n"]) for match in listed] == list(range(1, len(listed) + 1)) and len(listed) >= 2:
            heads = [(int(match["n"]), match.start("n"), match.end()) for match in listed]
    labels = []
    clock: int | None = 0  # where the next shot begins, as long as every shot before has a length
    for index, (number, start, body) in enumerate(heads):
        end = heads[index + 1][1] if index + 1 < len(heads) else len(masked)
        interval = None
        for fact in times:
            # The label's own time stands in it or opens its body: "Shot 1 (0–2s):", "Shot 1: 0–2s, …".
            opens = not masked[body : fact.span.start].strip(" ([") if fact.span.start >= body else True
            if (
                fact.kind is TimeKind.INTERVAL
                and start <= fact.span.start < end
                and opens
                and fact.start_ms < fact.end_ms
            ):
                interval = Interval(fact.start_ms, fact.end_ms)
                if fact.span.end > body:
                    body = fact.span.end
                break
        length = next(
            (
                fact
                for fact in times
                if fact.kind is TimeKind.LENGTH and start <= fact.span.start < body and fact.end_ms > 0
            ),
            None,
        )
        if interval is None and length is not None and clock is not None:
            interval = Interval(clock, clock + length.end_ms)
        clock = interval.end_ms if interval is not None else None
        while body < end and masked[body] in " \t)]:,-–—.":
            body += 1
        words = masked[start:body].rstrip()
        labels.append(ShotLabel(Span(start=start, end=start + len(words), text=words), number, body, end, interval))
    return tuple(labels)


_DIRECTION = re.compile(
    r"^(?:(?:please\s+)?(?:make|keep|use|shoot|film|render|create|generate|produce|show|tell|write|give|set|add|include|cut|end|"
    r"start|begin|have)\s+(?:me\s+)?(?:it|this|that|the\s+(?:video|clip|film|scene|story|whole\s+thing|camera|shots?|style)|an?\s+"
    r"(?:\d+|\w+)[\s-]*(?:second|shot|sec|s)\b)|(?:the\s+)?(?:style|mood|tone|look|genre|aspect(?:\s+ratio)?|format|duration|length|"
    r"camera|language|music|soundtrack|title|setting|runtime)\s*(?:is|:|=|should)|shot\s+(?:on|in)\s|"
    r"(?:in|as)\s+(?:black\s+and\s+white|16:9|9:16|1:1|4:3|21:9)|no\s+(?:music|dialogue|text|subtitles|words|speech)\b|"
    r"(?:16:9|9:16|1:1|4:3|21:9)\b)",
    re.IGNORECASE,
)
_STYLE = re.compile(
    r"\b(?:in the style of|style\s*:|film noir|noir|anime|watercolou?r|claymation|stop[\s-]motion|pixel art|oil painting|"
    r"black[\s-]and[\s-]white|cinematic|documentary|photorealistic|cartoon|cyberpunk|steampunk|vintage|hand[\s-]drawn|"
    r"studio ghibli|pixar|3d animation|sepia|35mm|16mm|super 8|vhs)\b",
    re.IGNORECASE,
)


def is_direction(sentence: str) -> bool:
    """Whether a sentence is a wish about the film ("Make it 8 seconds.", "Style: film noir") and no event."""
    return bool(_DIRECTION.match(sentence.strip(" \t\n.,;:-–—")))


def style_words(sentence: str) -> str | None:
    """The style a stretch of the prompt asks for, as it stands there, or ``None``."""
    match = re.search(r"\b(?:in the style of|style\s*(?:is|:|=))\s*(?P<what>[^.;\n]+)", sentence, re.IGNORECASE)
    if match:
        return match["what"].strip()
    found = [match.group() for match in _STYLE.finditer(sentence)]
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
        r"close[\s-]?ups?|\bclose\b$|close on|tight (?:shot|on)|primer plano|gros plan|nahaufnahme|特写|クローズアップ",
        "close_up",
    ),
    (
        r"extreme(?:ly)?\s+(?:wide|long)(?:[\s-]?shot)?|aerial (?:shot|view)|establishing shot|gran plano general",
        "extreme_wide",
    ),
    (r"wide[\s-]?(?:angle\s+)?shots?|long shots?|wide on|plano general|plan large|totale|全景|远景", "wide"),
    (r"full[\s-]shots?|plano entero|中全景", "full"),
    (
        r"medium[\s-](?:shots?|close[\s-]?up)|mid[\s-]shots?|two[\s-]shots?|plano medio|plan moyen|halbnahe?|中景",
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
