"""Speech without quotation marks: behind a label, behind a verb of speech and a colon, or as a value of JSON.

[Sock 1]: I lost my twin.      MAYA: Where were you? JONAH: Out.      the bartender says: why the long face
{"dialogue": [{"speaker": "Ann", "line": "Hello"}]}
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mavin.facts.languages.numbers import language_of
from mavin.facts.languages.speech_verbs import FOREIGN_VERBS

__all__ = ["BareLine", "bracketed_lines", "inline_labels", "json_lines", "said_lines", "up_to_next_name"]


@dataclass(frozen=True, slots=True)
class BareLine:
    """Speech without marks: offsets of its words and of those that name the speaker, if any do."""

    start: int
    end: int
    speaker: tuple[int, int] | None = None


_MARKS = '"“„«»‹「『《‘'
_NO_NAME = (
    r"(?:shot|scene|clip|part|act|take|frame|camera|cut|int|ext|setting|style|title|music|sfx|sound|action|note|location|time|mood|tone|"
    r"duration|genre|characters?|prompt|story|logline|lighting|palette|super|text|caption|tagline|voice-?over|end|intro|outro|plano|escena|"
    r"szene|einstellung|plan|scène|step|beat|opening|ending|close|wide|medium|audio|visual|dialogue|narration|format|length)\b"
)
_BRACKETED = re.compile(
    rf"\[(?P<name>(?!{_NO_NAME})[^\W\d_][\w.'’-]*(?:[ ][\w.'’-]+){{0,2}})\]\s*[:：]\s*(?P<text>[^\[\]\n{_MARKS}]*[^\s\[\]{_MARKS}])",
    re.IGNORECASE,
)
_IN_CAPITALS = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{1,24}(?:\([^()\n]{1,30}\))?[:：]\s*\S)")
_INLINE = re.compile(
    rf"(?:^|(?<=[.!?…]\s)|(?<=\n))(?P<name>(?!(?i:{_NO_NAME}))[A-ZÀ-Þ][a-zà-ÿ'’-]+(?: (?:[A-ZÀ-Þ][a-zà-ÿ'’-]+|\d))?)[ ]?:[ ]+"
    rf"(?P<text>[^\n:{_MARKS}]*?[.!?…])(?=\s+[A-ZÀ-Þ][\w'’-]+(?: (?:[A-ZÀ-Þ][\w'’-]+|\d))?[ ]?:|\s*$|\s*\n)",
    re.MULTILINE,
)
_SPOKEN = re.compile(
    r"[?!¿¡？！]|\b(?:I|me|my|mine|you|your|we|us|our|let['’]s|yes|no|please|hello|hi|thanks|ich|mich|du|dich|wir|yo|mi|tú|te|nosotros|je|moi|"
    r"tu|vous|nous|io|noi|eu|você)\b|\b(?:I|you|we)['’]\w+",
    re.IGNORECASE,
)
"""What people say to each other and hardly any narrator does."""
_ENGLISH = (
    r"says|said|asks|asked|replies|replied|answers|answered|whispers|whispered|shouts|shouted|yells|yelled|exclaims|mutters|murmurs|"
    r"announces|adds|responds|screams|cries"
)
_STOP = re.compile(r"[.!?…]+(?=\s|$)|[。！？]|\n|$")


def bracketed_lines(prompt: str) -> list[BareLine]:
    """Words behind names in brackets: "[Sock 1]: I lost my twin." """
    return [BareLine(*match.span("text"), match.span("name")) for match in _BRACKETED.finditer(prompt)]


def up_to_next_name(text: str) -> int:
    """How much of a screenplay's line is its own: another name in capitals opens the next one."""
    following = _IN_CAPITALS.search(text)
    return following.start() if following else len(text)


def inline_labels(prompt: str) -> list[BareLine]:
    """ "Maya: Where were you? Jonah: Out.": names before colons, where one at least asks or says I or you."""
    from mavin.facts.languages.english.grammar import is_word
    from mavin.facts.languages.english.people import is_first_name, is_person

    found = []
    for match in _INLINE.finditer(prompt):
        words = match["name"].casefold().split()
        noun = words[-2] if words[-1].isdigit() else words[-1]
        if is_first_name(noun) or is_person(noun) or words[-1].isdigit() or not is_word(noun):
            found.append(match)
    if not any(_SPOKEN.search(match["text"]) for match in found):
        return []  # "Mara: a woman of thirty. Tom: her brother."
    return [BareLine(*match.span("text"), match.span("name")) for match in found]


def said_lines(prompt: str) -> list[BareLine]:
    """Words behind a verb of speech and a colon: "the bartender says: why the long face"."""
    language = language_of(prompt)
    verbs = FOREIGN_VERBS.get(language, _ENGLISH)
    found: list[BareLine] = []
    pattern = (
        rf"(?:\b(?:{verbs})(?:\s+\w+){{0,3}}|(?<![据如俗常听聽])[说說喊问問](?:道)?)\s*[:：]\s*(?=[^\s{_MARKS}'—–-])"
    )
    for match in re.compile(pattern, re.IGNORECASE).finditer(prompt):
        start = match.end()
        stop = _STOP.search(prompt, start)
        while stop is not None:
            # "She says: I am here. Are you coming?": what says I or you goes on with the line.
            following = _STOP.search(prompt, stop.end() + 1) if stop.end() < len(prompt) else None
            sentence = prompt[stop.end() : following.end()] if following else ""
            if not stop.group().strip() or not _SPOKEN.search(sentence) or re.search(rf"[{_MARKS}:：]", sentence):
                break
            stop = following
        end = stop.end() if stop else len(prompt)
        text = prompt[start:end].rstrip()
        if text and not re.search(rf"[{_MARKS}]", text) and (not found or found[-1].end <= start):
            found.append(BareLine(start, start + len(text)))
    return found


_PAIR = re.compile(r'"(?P<key>[^"\\\n]{1,40})"\s*:\s*"(?P<value>(?:[^"\\]|\\.)*)"')
_LINES = re.compile(r"dialogue|dialog|line|speech|says?|quote|utterance|spoken", re.IGNORECASE)
_WORDS = re.compile(r"text|words|content", re.IGNORECASE)
_WHO = re.compile(r"speaker|character|who|role|name|by|voice", re.IGNORECASE)
_HEADED = re.compile(r"(?P<name>[A-ZÀ-Þ][\w'’-]*(?: [\w'’-]+)?)\s*:\s*(?=\S)")
_DIALOGUE = re.compile(r'"(?:dialogues?|dialogs?|lines)"\s*:\s*(?P<open>[\[{])', re.IGNORECASE)
_STRING = re.compile(r'"(?P<value>(?:[^"\\]|\\.)*)"(?!\s*:)')


def json_lines(prompt: str) -> list[BareLine]:
    """The lines of a JSON prompt: values of "dialogue" and its like, with the speaker that stands beside them."""
    found: dict[int, BareLine] = {}
    blocks = [(match.end("open"), _shut(prompt, match.start("open"))) for match in _DIALOGUE.finditer(prompt)]
    for match in _PAIR.finditer(prompt):
        inside = next((block for block in blocks if block[0] <= match.start() < block[1]), None)
        key = match["key"]
        if _LINES.fullmatch(key) or (inside is not None and _WORDS.fullmatch(key)):
            _add(found, prompt, match.span("value"), _beside(prompt, match))
        elif inside is not None and prompt[inside[0] - 1] == "{" and not _WHO.fullmatch(key):
            _add(found, prompt, match.span("value"), match.span("key"))  # "dialogue": {"Ann": "Hello"}
    for start, end in blocks:
        for match in _STRING.finditer(prompt, start, end):
            if prompt[start - 1] == "[" and "{" not in prompt[start:end]:
                _add(found, prompt, match.span("value"), None)
    return [found[at] for at in sorted(found)]


def _add(found: dict[int, BareLine], prompt: str, place: tuple[int, int], who: tuple[int, int] | None) -> None:
    start, end = place
    headed = _HEADED.match(prompt, start, end)
    if headed is not None and who is None:
        who, start = headed.span("name"), headed.end()
    if any(char.isalnum() for char in prompt[start:end]):
        found.setdefault(start, BareLine(start, end, who))


def _beside(prompt: str, pair: re.Match[str]) -> tuple[int, int] | None:
    """The speaker's name in the object that holds a line."""
    start = max(prompt.rfind("{", 0, pair.start()), prompt.rfind("}", 0, pair.start()))
    ends = [at for at in (prompt.find("{", pair.end()), prompt.find("}", pair.end())) if at >= 0]
    for other in _PAIR.finditer(prompt, start + 1, min(ends, default=len(prompt))):
        if other.start() != pair.start() and _WHO.fullmatch(other["key"]):
            return other.span("value")
    return None


def _shut(prompt: str, start: int) -> int:
    """Offset of the bracket that closes the one at ``start``, strings apart."""
    depth = 0
    for match in re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]').finditer(prompt, start):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match.group(), 0)
        if depth == 0 and match.group() in "]}":
            return match.start()
    return len(prompt)
