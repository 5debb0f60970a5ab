"""Camera words that frame what follows or what was just told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mavin.facts.film import CAMERA_TABLES, SHORT_SIZES, TURNS_TO, CameraAside, in_full, is_camera
from mavin.facts.model import Event, ShotLabel

__all__ = ["CAMERA_ALONE", "CAMERA_BEHIND", "CAMERA_LEAD", "CAMERA_MOVE", "camera_of_label", "framed"]

_CAMERA = (
    rf"(?:{SHORT_SIZES}(?![^\W_])|"
    r"(?:(?:extreme|very|slow|quick|static|handheld|low[\s-]angle|high[\s-]angle|overhead|aerial|dutch[\s-]angle)\s+)*"
    r"(?:close[\s-]?ups?|(?:close|tight)(?=\s+(?:on|em|no|na|nos|nas)\b|\s*:)|wide(?:[\s-]angle)?(?:\s+shots?)?|long\s+shots?|"
    r"medium(?:\s+(?:shots?|close[\s-]?up))?|"
    r"full\s+shots?|establishing\s+shots?|two[\s-]shots?|pov(?:\s+shots?)?|over[\s-](?:the[\s-])"
    r"?shoulder(?:\s+shots?)?|tracking\s+shots?|"
    r"crane\s+shots?|insert(?:\s+shots?)?|aerial(?:\s+shots?)?|(?:aerial\s+)?drone\s+(?:shots?|footage|view)|overhead(?:\s+shots?)?|low[\s-]angle(?:\s+shots?)?|"
    r"primer(?:ísimo)?\s+plano|plano\s+(?:general|medio|entero|detalle|cenital|picado|contrapicado|americano|aberto|fechado|médio|geral)|"
    r"(?:très\s+)?gros\s+plan|"
    r"plan\s+(?:large|moyen|rapproché|serré|d['’]ensemble|américain)|(?:detail)?(?:nah|groß)aufnahme|halbtotale|"
    r"totale|halbnahe?|"
    r"primo\s+piano|campo\s+(?:lungo|medio)|大?特写|大?特寫|近景|中景|全景|远景|遠景|俯拍|仰拍|クローズアップ|ロングショット|ミディアムショット))"
)
CAMERA_LEAD = re.compile(
    rf"\s*(?:(?:start|begin|open|end|finish|close)(?:s|ing)?\s+(?:with|on)\s+)?"
    rf"(?:(?P<turned>{TURNS_TO})(?=(?-i:[A-Z])[\w'’-]+(?:\s+[A-Z][\w'’-]+)?\s*(?:\([^()\n]{{0,30}}\))?\s*(?:[:.,]|who\b)|(?=(?:the|his|her|an?)\s+(?:[a-z]+\s+){{0,2}}[a-z]+\s*:))|(?:(?:an?|the|another|un|une|eine?)\s+)?(?P<words>{_CAMERA})"
    r"(?:\s*[:,.–—-]\s+|\s+(?:of|on|de|del|do|da|sur|von|auf|di|su|em|no|na|nos|nas|shows?)\s+|\s*[：，。]\s*)(?=\w|\ue000))",
    re.IGNORECASE,
)
CAMERA_BEHIND = re.compile(
    r"\s*(?P<who>[^，。、：；的の\s]{1,8})(?:的|の)"
    r"(?P<words>大?特写|大?特寫|近景|中景|(?:クローズ)?アップ|ロングショット|ミディアムショット)\s*[。.]?\s*"
)
"""小红的特写, 花子のクローズアップ."""
CAMERA_ALONE = re.compile(
    rf"\s*(?:(?:an?|the|another|cut\s+to\s+an?)\s+)?(?P<words>{_CAMERA}(?:\s*[,/]\s*{_CAMERA}){{0,2}}"
    r"(?:\s*,?\s*(?:slow(?:ly)?\s+|quick\s+)?(?:zoom|pan|tilt|dolly|push|pull|track|static|handheld|"
    r"locked[\s-]off)(?:ing)?"
    r"(?:\s+(?:in|out|left|right|up|down|back|shot))?)?)\s*[.:]?\s*",
    re.IGNORECASE,
)
CAMERA_MOVE = re.compile(
    r"(?:(?:the\s+)?camera\s+)?(?:(?:then|slowly|quickly|gently)\s+)*(?:(?:a|an)\s+)?(?:(?:slow|quick|fast|"
    r"gentle|smooth|sudden|crash|whip|camera)\s+)*"
    r"(?:zoom|pan|tilt|doll(?:y|ies)|push|pull|track|crane|move)(?:s|es|ing)?(?:\s+shot)?"
    r"(?:[\s-]+(?:in|out|left|right|up|down|back|across|around|forward|toward|towards|on|to|over|along|past|the|"
    r"a|an|his|her|its|their|"
    r"slowly|quickly|gently|closer|away|from|of))*(?:\s+[\w'’-]+){0,3}",
    re.IGNORECASE,
)


_PARTS = re.compile(r"[()\[\]（）【】,，、|/:：]|\s[-–—]\s")
_NUMBER = re.compile(r"^[\W_]*[^\W\d_]+\s*#?\d{1,2}\s*")


def camera_of_label(label: str) -> str:
    """The camera words in a shot's label ("Shot 1 (2s, *close-up*):"); empty without any."""
    found = []
    for part in _PARTS.split(_NUMBER.sub("", label)):
        if is_camera(part):
            found.append(in_full(part.strip()))
            continue
        every = (row for table in CAMERA_TABLES for row in table)
        found += [match.group() for pattern, _ in every for match in re.finditer(pattern, part, re.IGNORECASE)]
    return " ".join(words for words in found if words.strip())


def framed(
    events: Sequence[Event], asides: Sequence[CameraAside], labels: Sequence[ShotLabel], prompt: str
) -> list[Event]:
    """The events with the camera words set apart beside them: the one they stand in or lead, else the one before."""
    told = list(events)
    for aside in asides:
        if any(label.span.start <= aside.start < label.body_start for label in labels):
            continue  # see camera_of_label
        inside = [n for n, item in enumerate(told) if item.span.start <= aside.start < item.span.end]
        before = [n for n, item in enumerate(told) if item.span.end <= aside.start]
        ends = bool(re.search(r"[^\W_]\W*$", prompt[: aside.start].rpartition("\n")[2])) and bool(
            re.match(r"\s*[)\]）】]?\s*(?:[.;!?。！？\n]|$)", prompt[aside.end :])
        )
        behind = [] if ends else [n for n, item in enumerate(told) if item.span.start >= aside.end]
        at = next(iter((*inside, *behind[:1], *before[-1:])), None)
        if at is not None:
            told[at] = replace(told[at], camera=f"{told[at].camera} {aside.words}".strip())
    return told
