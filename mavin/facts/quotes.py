"""Quotations: where speech stands in a prompt, in every common style of quotation marks.

"…"  “…”  „…“  «…»  »…«  ‹…›  「…」  『…』  《…》 behind a colon  '…' and ‘…’ where no apostrophe
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

__all__ = ["MASK", "Quotation", "find_quotations", "is_json", "mask"]

MASK = "\ue000"
"""Stands for each character of a quotation, so that its stops and commas split nothing."""

_PAIRS = (
    ("“", "[”“]"),
    ("„", '[“”"]'),
    ("«", "»"),
    ("»", "«"),
    ("‹", "›"),
    ("「", "」"),
    ("『", "』"),
    ("＂", "＂"),
    ('"', '"'),
)
_SINGLE = re.compile(
    r"(?:(?<=[\s:,;(\[—–-])|^)(?P<open>['‘])(?=\S)(?P<body>(?:(?!\s['‘]\S)[^\n])*?\S)(?P<close>['’])(?![\w])",
    re.MULTILINE,
)
_TITLE = re.compile(r"(?<=[:：,，道说說问問喊答])\s*《(?P<body>[^》\n]+)》")
_WRITTEN = re.compile(
    r"\b(?:signs?|posters?|letters?|notes?|banners?|(?<!-)screens?|books?|labels?|headlines?|newspapers?|words?|text|caption|inscription|"
    r"shirt|t-shirt|mug|billboard|sticker|tattoo|graffiti|card|paper|wall|board|door|plaque|envelope|map|sand|snow)"
    r"(?:\s+(?:that|which|now))*(?:\s+(?:says?|reads?|saying|reading|with|spell\w*|marked|labell?ed|titled))?(?:\s+the\s+words?)?\s*[:,]?\s*$|"
    r"\b(?:titled|called|named|labell?ed|nicknamed|entitled|spelling|spells|reads|reading|inscribed|marked|written|writes|wrote|types|typed|"
    r"typing|printed|engraved|prints|paints|carves|scribbles|known as|so-called|intitulé|titulado|llamado|genannt)\s*:?,?\s*$",
    re.IGNORECASE,
)
_SPOKEN_READING = re.compile(r"\breads?\s+(?:aloud|out(?: loud)?)\s*[:,]?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: offsets with its marks, the words alone, and whether it is speech."""

    start: int
    end: int
    text: str
    speech: bool


def find_quotations(prompt: str) -> tuple[Quotation, ...]:
    """All quotations of a prompt in reading order; nested ones belong to the outer one.

    A quotation is not speech if words before it say that it is written or a name ("a sign that
    reads "OPEN""), if it is one lower-case word in mid-sentence (scare quotes), or if the whole
    prompt is JSON, whose quotation marks are syntax.
    """
    if is_json(prompt):
        return ()
    found: list[Quotation] = []
    unquoted = [*_screenplay_lines(prompt), *_script_lines(prompt)]
    position = 0
    while position < len(prompt):
        match = _next_quotation(prompt, position)
        if match is None:
            break
        start, end, body = match
        if body.strip():
            found.append(Quotation(start, end, body.strip(), _is_speech(prompt, start, end, body)))
        position = end
    spoken = [line for line in unquoted if all(line.end <= item.start or item.end <= line.start for item in found)]
    unique = {item.start: item for item in [*spoken, *found]}
    return tuple(sorted(unique.values(), key=lambda item: item.start))


_NAME_LINE = re.compile(
    r"^[ \t]*(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{1,24})[ \t]*(?:\([^()\n]{1,30}\))?[ \t]*(?:(?P<colon>[:：])[ \t]*(?P<same>[^\s\"“„«‘'「『][^\n]*)|\n"
    r"(?:[ \t]*\([^()\n]{1,40}\)[ \t]*\n)?[ \t]*(?P<below>[^\s\"“„«「『(][^\n]*))",
    re.MULTILINE,
)
_HEADINGS = re.compile(
    r"\b(?:INT|EXT|SETTING|STYLE|TITLE|SHOT|SCENE|CAMERA|MUSIC|SFX|SOUND|ACTION|NOTE|FADE|CUT|END|ACT|LOCATION|TIME|MOOD|TONE|"
    r"DURATION|ASPECT|GENRE|CHARACTERS?|PROMPT|SYSTEM|ASSISTANT|USER|STORY|CLOSE|WIDE)\b"
)


_SCRIPT_LINE = re.compile(
    r"^[ \t]*(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)[ \t]*[:：][ \t]*(?P<same>[A-ZÀ-Þ][^\n\"“„«]*)$", re.MULTILINE
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
    found = []
    for match in _NAME_LINE.finditer(prompt):
        group = "same" if match["same"] else "below"
        text = match[group].strip()
        if _HEADINGS.search(match["name"]) or text.isupper() or not any(char.isalpha() for char in text):
            continue
        start = match.start(group)
        found.append(Quotation(start, start + len(text), text, True))
    return found


def is_json(prompt: str) -> bool:
    """Whether the whole prompt is a JSON object or array."""
    if not prompt.lstrip().startswith(("{", "[")):
        return False
    try:
        return isinstance(json.loads(prompt), dict | list)
    except (ValueError, RecursionError):
        return False


def _next_quotation(prompt: str, position: int) -> tuple[int, int, str] | None:
    best: tuple[int, int, str] | None = None

    def offer(start: int, end: int, body: str) -> None:
        nonlocal best
        if best is None or start < best[0]:
            best = (start, end, body)

    for opening, closing in _PAIRS:
        start = prompt.find(opening, position)
        if start < 0:
            continue
        stop = re.compile(closing).search(prompt, start + 1)
        paragraph = prompt.find("\n\n", start)
        if stop is not None and (paragraph < 0 or stop.start() < paragraph):
            offer(start, stop.end(), prompt[start + 1 : stop.start()])
        elif re.search(r"(?:[:,：，]|\b(?:says?|said|asks?|whispers?|shouts?|replies|answers))\s*$", prompt[:start]):
            # The writer forgot the closing mark: the line is plainly meant as speech to its end.
            line = prompt.find("\n", start)
            end = len(prompt) if line < 0 else line
            offer(start, end, prompt[start + 1 : end])
    for match in _SINGLE.finditer(prompt, position):
        if _is_single_quotation(prompt, match):
            offer(match.start("open"), match.end(), match["body"])
            break
    title = _TITLE.search(prompt, position)
    if title:
        offer(title.end() - len(title["body"]) - 2, title.end(), title["body"])
    return best


def _is_single_quotation(prompt: str, match: re.Match[str]) -> bool:
    """Tells 'a quotation' from apostrophes ('tis, the dogs' bowl) by a cue before or a stop inside."""
    cue = re.search(
        r"(?:[:,：，]|\b\w*(?:say|said|says|ask|asks|asked|whispers?|shouts?|replies|answers))\s*$",
        prompt[: match.start("open")],
    )
    return bool(cue) or match["body"][-1] in ".!?…,—–-" or match["open"] == "‘"


def _is_speech(prompt: str, start: int, end: int, body: str) -> bool:
    before, after = prompt[:start], prompt[end:]
    if after.lstrip().startswith(":") and re.search(r"[{,]\s*$", before):
        return False  # a key of JSON-like text
    if not any(char.isalnum() for char in body):
        return False
    tail = before[-80:]
    if _WRITTEN.search(tail) and not _SPOKEN_READING.search(tail):
        speech_verb = re.search(r"\b(?:says?|said|asks?|replies|whispers?|shouts?)\s*[:,]?\s*$", tail, re.IGNORECASE)
        written = re.search(r"\b(?:signs?|posters?|banners?|screens?|labels?|notes?)\s+(?:that\s+)?says?\W*$", tail)
        return bool(speech_verb) and not written
    words = body.split()
    cued = re.search(r"[:：,，—–]\s*$", tail) or not before.strip() or re.search(r"[.!?。！？\n]\s*$", tail)
    verbed = re.search(
        r"\b(?:sa(?:y|ys|id)|ask|repl|answer|whisper|shout|yell|cr(?:y|ies)|call|murmur|mutter|scream)\w*"
        r"(?:\s+\w+){0,4}\s*$",
        tail,
        re.IGNORECASE,
    )
    follows = re.match(
        r"\s*,?\s*(?:\w+\s+){0,3}(?:says?|said|asks?|repl|answer|whisper|shout|yell|cries|calls?)", after
    )
    ended = body.rstrip()[-1] in ".!?…,—–。！？，"
    if cued or verbed or follows or ended:
        return True
    # "the "king" of the street": lower case, short, in the middle of a sentence.
    return len(words) > 2 or not words[0][0].islower()


def mask(prompt: str, quotations: tuple[Quotation, ...]) -> str:
    """The prompt with each character of a spoken quotation replaced by :data:`MASK`."""
    masked = prompt
    for quotation in quotations:
        if quotation.speech:
            length = quotation.end - quotation.start
            masked = masked[: quotation.start] + MASK * length + masked[quotation.end :]
    return masked
