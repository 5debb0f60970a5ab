"""Camera words set apart from what they frame: "Shot 1 (2s, close-up): …", "A key turns (CU).", "Shot 1 - wide - 2s: …"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mavin.facts.film.structure import CAMERA_TABLES

__all__ = ["SHORT_SIZES", "TURNS_TO", "CameraAside", "find_camera_asides", "in_full", "is_camera"]

_WORDS = {
    "wide": "wide shot", "medium": "medium shot", "mid": "medium shot", "close": "close-up", "tight": "tight shot", "tracking": "tracking shot",
    "static": "static shot", "locked off": "locked-off", "handheld": "handheld", "aerial": "aerial shot", "crane": "crane shot",
    "establishing": "establishing shot", "insert": "close-up", "drone": "aerial shot", "macro": "macro shot",
}  # fmt: skip
"""Adjectives that stand for a whole framing where nothing else stands beside them."""
_LETTERS = {
    "ECU": "extreme close-up", "XCU": "extreme close-up", "BCU": "close-up", "CU": "close-up", "MCU": "medium close-up", "MS": "medium shot",
    "MWS": "full shot", "MLS": "full shot", "FS": "full shot", "WS": "wide shot", "LS": "long shot", "EWS": "extreme wide shot",
    "ELS": "extreme long shot", "VWS": "extreme wide shot", "OTS": "over the shoulder", "PP": "primer plano", "PG": "plano general",
    "PD": "plano detalle", "GP": "gros plan",
}  # fmt: skip
"""What people who film write for framings."""
SHORT_SIZES = rf"(?-i:{'|'.join(sorted(_LETTERS, key=len, reverse=True))})"
TURNS_TO = (
    r"(?:(?:we\s+|then\s+|the\s+)?(?:camera(?:\s+(?:is|stays|turns|moves|pans|cuts))?|reverse(?:[\s-]+(?:shot|angle))?|angle|single|favou?ring|close(?:[\s-]?up)?|tight|focus|hold)\s+(?:back\s+)?(?:on|of|to)\s+"
    r"|(?:pan|tilt|whip[\s-]?pan|cut|smash\s+cut|switch|rack\s+focus|push\s+in|zoom\s+in|move\s+in|cut\s+back|pan\s+back)\s+(?:over\s+|back\s+)?(?:to|on|onto)\s+"
    r"|back\s+(?:to|on)\s+(?=(?-i:[A-Z])[\w'’-]+\s*[:.,(])|reverse(?:[\s-]+(?:shot|angle))?\s*[-–—]\s*)"
)
"""Words that turn the camera to somebody who may speak: "*Reverse on* Max: "…"", "*Back to* Lucy."."""
_SHORT = re.compile(rf"(?<![^\W_]){SHORT_SIZES}(?![^\W_])")
_ALONE = re.compile(rf"(?<![^\W_])(?:{'|'.join(_WORDS)})(?![^\W_])", re.IGNORECASE)
_BESIDE = re.compile(
    r"(?<![^\W\d_])(?:shots?|angle|lens|camera|very|slow(?:ly)?|slight(?:ly)?|gentle|quick|and|on|of|the|a|an|from|with|to|in|out|left|right|up|down|"
    r"zoom|pan|tilt|dolly|push|pull|track|crane|static|\d*mm|plano|plan|aufnahme|einstellung)(?![^\W\d_])",
    re.IGNORECASE,
)
"""Words that say more of a framing, and none by themselves."""


def in_full(words: str) -> str:
    """Camera words with their short forms written out: "CU" is a "close-up", "Wide" a "wide shot"."""
    full = _SHORT.sub(lambda match: _LETTERS[match.group()], words)
    return full if _in_tables(full) else _ALONE.sub(lambda match: _WORDS[match.group().lower()], full)


def _in_tables(words: str) -> bool:
    return any(re.search(pattern, words, re.IGNORECASE) for table in CAMERA_TABLES for pattern, _ in table)


def is_camera(words: str) -> bool:
    """Whether words tell nothing but how a shot is framed: "slow push-in", "wide", "low angle CU"."""
    full = in_full(words.strip())
    if not _in_tables(full):
        return False
    for pattern, _ in (row for table in CAMERA_TABLES for row in table):
        full = re.sub(pattern, " ", full, flags=re.IGNORECASE)
    return not re.search(r"[^\W_]", _ALONE.sub(" ", _BESIDE.sub(" ", full)))


@dataclass(frozen=True, slots=True)
class CameraAside:
    """Camera words that stand apart: the stretch to blank, and the words."""

    start: int
    end: int
    words: str


_BRACKET = re.compile(r"[(\[（【](?P<inner>[^()\[\]（）【】\n\ue000]{1,70})[)\]）】]")
_PIECES = re.compile(r"\s*[,;/|，、；]\s*|\s+[-–—·•]\s+")
_TIME = re.compile(
    r"\s*(?:~|ca\.?\s*)?\d[\d:.,]*\s*(?:s|secs?|seconds?|sek(?:unden)?|segs?|segundos?|secondes?|secondi|秒)?\.?"
    r"(?:\s*(?:[-–—~]|to|bis|a|à)\s*\d[\d:.,]*\s*(?:s|secs?|seconds?|sek(?:unden)?|segundos?|secondes?|secondi|秒)?)?\s*",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?:^|(?<=[\n.;!?\ue000]))[\s\-*•#>]{0,9}(?:shots?|scenes?|plano|toma|escena|einstellung|szene|plan|scène|inquadratura|scena|cena|tomada|镜头|カット)"
    r"\s*#?\d{1,2}(?P<parts>(?:(?:\s+[-–—]\s+|\s*[,|/·]\s*)(?:(?!\s[-–—]\s)(?:[^,|/:\n.()\ue000]|\.(?=\d))){1,30}){2,3}?)(?=\s*[:：|]|\s+[-–—]\s)",
    re.IGNORECASE,
)
"""A shot's label of several parts: "Shot 1 - wide - 2s: …"."""


def find_camera_asides(text: str) -> tuple[CameraAside, ...]:
    """Brackets that hold nothing but camera words and times, and labels of several parts; times stay where they are."""
    found: list[CameraAside] = []
    for match in _BRACKET.finditer(text):
        pieces = _pieces(text, *match.span("inner"))
        camera = [piece for piece in pieces if is_camera(text[slice(*piece)])]
        timed = [piece for piece in pieces if _TIME.fullmatch(text[slice(*piece)])]
        if camera and len(camera) + len(timed) == len(pieces):
            found += [_aside(text, camera, *match.span())] if not timed else _beside(text, camera, *match.span("inner"))
    for match in _HEAD.finditer(text):
        start = match.start("parts")
        pieces = [piece for piece in _pieces(text, *match.span("parts")) if text[slice(*piece)].strip()]
        camera = [piece for piece in pieces if is_camera(text[slice(*piece)])]
        if camera and any(_TIME.fullmatch(text[slice(*piece)]) for piece in pieces):
            found += _beside(text, camera, start, match.end("parts"))
    return tuple(sorted(found, key=lambda item: item.start))


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start, *(at for stop in _PIECES.finditer(text, start, end) for at in stop.span()), end]
    return list(zip(cuts[::2], cuts[1::2], strict=True))


def _aside(text: str, camera: list[tuple[int, int]], start: int, end: int) -> CameraAside:
    return CameraAside(start, end, ", ".join(text[slice(*piece)].strip() for piece in camera))


def _beside(text: str, camera: list[tuple[int, int]], start: int, end: int) -> list[CameraAside]:
    """Each piece with the comma that parts it from the time beside it."""
    asides = []
    for left, right in camera:
        before = re.search(r"(?:\s*[,;/|，、；·•]\s*|\s+[-–—]\s+)$", text[start:left])
        behind = re.compile(r"\s*[,;/|，、；·•]\s*|\s+[-–—]\s+").match(text, right, end)
        first = start + before.start() if before else left
        last = behind.end() if behind and not before else right
        asides.append(CameraAside(first, last, text[left:right].strip()))
    return asides
