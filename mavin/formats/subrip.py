"""SubRip subtitles: the lines with their times, the speaker before a colon."""

from __future__ import annotations

import re

from mavin.formats.cues import (
    CARRIED,
    Cue,
    as_others_write,
    cues_of,
    in_one_line,
    line_of,
    not_too_many,
    told_apart,
    turns_of,
)
from mavin.formats.drafts import Draft
from mavin.formats.losses import Feature, Loss
from mavin.formats.onto import incoming
from mavin.formats.registry import Format, Incoming, Kind, Written
from mavin.formats.script import Document, FilmScript, FormatError

__all__ = ["FORMAT"]

_TIMES = re.compile(r"^\s*\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}\s*-->\s*\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}", re.MULTILINE)
_SPEAKER = re.compile(r"(?=[^:]*\w)([^:\n]{1,60}):\s+(?=\S)")
_TAG = re.compile(r"</?(?:[biu]|font|c)(?:[ .][^<>]*)?>|\{\\[^{}]*\}", re.IGNORECASE)


def _write(script: FilmScript) -> Written:
    blocks: list[str] = []
    losses: list[Loss] = []
    for number, cue in enumerate(cues_of(script), 1):
        blocks.append(f"{number}\n{_clock(cue.start_ms)} --> {_clock(cue.end_ms)}\n{_text(cue)}\n")
        losses += told_apart(cue, lambda cue: _read_text(_text(cue)))
    return Written("\n".join(blocks).encode(), tuple(losses))


def _clock(time_ms: int) -> str:
    seconds, rest = divmod(time_ms, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d},{rest:03d}"


def _text(cue: Cue) -> str:
    return _cell(cue.speaker, cue.line.text)


def _cell(speaker: str, words: str) -> str:
    name = in_one_line(speaker).replace(":", "∶")[:60].strip()
    # Readers take a line with two times for the beginning of the next cue, and \N for the end of a line.
    return re.sub(r"(?<=\d):(?=\d\d)", "∶", f"{name}: {in_one_line(words)}").replace("\\N", "\\ N")


def _plain(words: str) -> str:
    return _read_text(_cell("x", words))[1]


def _plain_name(name: str) -> str:
    return _read_text(_cell(name, "x"))[0] or name


def _read_text(text: str) -> tuple[str | None, str]:
    words = " ".join(_TAG.sub("", text).split())
    found = _SPEAKER.match(words)
    return (found[1].strip(), words[found.end() :]) if found is not None else (None, re.sub(r"^[-–—]\s*", "", words))


def _recognises(document: Document) -> bool:
    head = document.head_text
    return not head.lstrip().startswith("WEBVTT") and _TIMES.search(head) is not None


def _read(document: Document, base: FilmScript | None) -> Incoming:
    from pysubs2 import Pysubs2Error, SSAFile

    draft = Draft(document.name, lines=[], plain=_plain, plain_name=_plain_name)
    assert draft.lines is not None
    try:
        cues = SSAFile.from_string(not_too_many(document), format_="srt", keep_html_tags=True)
    except (Pysubs2Error, ValueError, OverflowError) as error:
        raise FormatError(f"{document.name} must be SubRip subtitles, got something else ({error}).") from None
    if not len(cues):
        raise FormatError(f"{document.name} must hold at least one subtitle with its times, got none.")
    for cue in cues:
        raw = cue.text.replace("\\N", "\n")
        if _TAG.search(raw):
            draft.changed("", "italics, colours and places are left out")
        for text, start, end in turns_of(draft, _TAG.sub("", raw), cue.start, cue.end):
            speaker, words = _read_text(text)
            line = line_of(draft, start, end, speaker, words)
            if line is not None:
                draft.lines.append(line if base is not None else as_others_write(line))
    return incoming(draft, base)


FORMAT = Format(
    name="srt",
    title="SubRip",
    kind=Kind.SUBTITLES,
    suffix=".srt",
    media_type="application/x-subrip",
    about="Subtitles for every player and editing program, with the speaker's name before a colon; timed to the whole "
    "film. Lines retimed or reworded in a subtitle editor come back into the film.",
    carries=CARRIED,
    write=_write,
    read=_read,
    recognises=_recognises,
    reasons={Feature.ROLES: "only those who speak are named"},
)
