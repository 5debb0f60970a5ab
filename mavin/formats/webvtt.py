"""WebVTT subtitles: the lines with their times, speakers as voice spans, the lines' ids as cue identifiers."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from mavin.formats.cues import (
    CARRIED,
    MAX_TURNS,
    Cue,
    as_others_write,
    cues_of,
    in_one_line,
    line_of,
    not_too_many,
    shared,
    told_apart,
    turns_of,
)
from mavin.formats.drafts import Draft
from mavin.formats.losses import Feature, Loss, LossKind
from mavin.formats.onto import incoming
from mavin.formats.registry import Format, Incoming, Kind, Written
from mavin.formats.script import Document, FilmScript, FormatError

__all__ = ["FORMAT"]

_OFF = "off-screen"
_VOICE = re.compile(r"<v(?P<classes>(?:\.[^\s<>.]+)*)[ \t]+(?P<name>[^<>]*)>")
_LANG = re.compile(r"<lang[ \t]+(?P<tag>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)>")
_TAG = re.compile(r"<[^<>]*>")
_ID = re.compile(r"(?:(?P<clip>K[1-9]\d*)\.)?(?P<line>L[1-9]\d*)")
_HEADER = re.compile(r"^Language:\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*$", re.MULTILINE)


def _write(script: FilmScript) -> Written:
    language = script.caption.language
    blocks = [f"WEBVTT\nKind: captions\nLanguage: {language}\n"]
    if script.rev is not None:
        blocks.append(f"NOTE Revision: {script.rev}\n")
    losses: list[Loss] = []
    for cue in cues_of(script):
        blocks.append(
            f"{cue.clip}.{cue.line.id}\n{_clock(cue.start_ms)} --> {_clock(cue.end_ms)}\n{_text(cue, language)}\n"
        )
        losses += told_apart(cue, lambda cue: _read_text(_text(cue, language))[:2])
    others = [clip.id for clip in script.clips if clip.caption.language != language]
    losses += [
        Loss(LossKind.LOST, f"{clip}.language", "language", "a file has one; each line says its own") for clip in others
    ]
    return Written("\n".join(blocks).encode(), tuple(losses))


def _plain(text: str) -> str:
    return " ".join(html.unescape(html.escape(in_one_line(text), quote=False)).split())


def _clock(time_ms: int) -> str:
    seconds, rest = divmod(time_ms, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{rest:03d}"


def _text(cue: Cue, language: str) -> str:
    classes = "" if cue.line.on_screen else f".{_OFF}"
    name = html.escape(in_one_line(cue.speaker), quote=False)
    words = html.escape(in_one_line(cue.line.text), quote=False)
    if cue.line.language != language:
        words = f"<lang {cue.line.language}>{words}</lang>"
    return f"<v{classes} {name}>{words}</v>"


def _read_text(raw: str) -> tuple[str | None, str, bool, str | None]:
    """Speaker, words, whether on screen, and the language if it is another."""
    voice, lang = _VOICE.search(raw), _LANG.search(raw)
    words = " ".join(html.unescape(_TAG.sub("", raw)).split())
    speaker = html.unescape(voice["name"]).strip() or None if voice else None
    return speaker, words, not (voice and f".{_OFF}" in voice["classes"]), lang["tag"] if lang else None


def _recognises(document: Document) -> bool:
    return re.match(r"WEBVTT(?:[ \t\n]|$)", document.head_text) is not None


def _revision(document: Document) -> int | None:
    found = re.search(r"^NOTE Revision: (\d{1,9})$", document.head_text, re.MULTILINE)
    return int(found[1]) if found is not None else None


def _read(document: Document, base: FilmScript | None) -> Incoming:
    import webvtt

    draft = Draft(document.name, lines=[], plain=_plain, plain_name=_plain)
    assert draft.lines is not None
    try:
        cues = webvtt.from_string(not_too_many(document)).captions
        times = [(_ms(cue.start), _ms(cue.end)) for cue in cues]
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError, ValueError) as error:
        raise FormatError(f"{document.name} must be WebVTT subtitles, got something else ({error}).") from None
    if not cues:
        raise FormatError(f"{document.name} must hold at least one cue with its times, got none.")
    header = _HEADER.search(document.text.partition("\n\n")[0])
    language = header[1] if header else None
    if language is not None:
        draft.head["language"] = language
    for cue, (start, end) in zip(cues, times, strict=True):
        turns = list(_turns(draft, cue.raw_text, start, end))
        for raw, first, last in turns:
            speaker, words, on_screen, lang = _read_text(raw)
            if speaker is None and (found := re.match(r"([^:\n<>]{1,60}):\s+(?=\S)", words)):
                speaker, words = found[1].strip(), words[found.end() :]
            line = line_of(draft, first, last, speaker, words)
            if line is None:
                continue
            line["on_screen"] = on_screen
            if lang or language:
                line["language"] = lang or language
            name = _ID.fullmatch(cue.identifier or "") if len(turns) == 1 else None
            if name and (base is None or name["clip"] in {None, *(clip.id for clip in base.clips)}):
                line["id"] = name["line"]
                if name["clip"] and base is not None:
                    line["clip"] = name["clip"]
            draft.lines.append(line if base is not None else as_others_write(line))
    return incoming(draft, base)


def _turns(draft: Draft, raw: str, start_ms: int, end_ms: int) -> Iterator[tuple[str, int, int]]:
    """What is said in a cue as (words, start, end): each voice is another's turn, or each line with a dash."""
    voices = [each for each in re.split(r"(?=<v[.\s])", raw) if _TAG.sub("", each).strip()]
    if 1 < len(voices) <= MAX_TURNS:
        yield from shared(draft, voices, start_ms, end_ms)
    else:
        yield from turns_of(draft, raw, start_ms, end_ms)


def _ms(clock: str) -> int:
    *hours, minutes, seconds = clock.split(":")
    whole, _, rest = seconds.partition(".")
    return ((int(hours[0]) if hours else 0) * 3600 + int(minutes) * 60 + int(whole)) * 1000 + int(rest)


FORMAT = Format(
    name="vtt",
    title="WebVTT",
    kind=Kind.SUBTITLES,
    suffix=".vtt",
    media_type="text/vtt",
    about="Captions for the web: speakers as voices, off-screen ones marked, other languages tagged, the lines' ids "
    "as cue identifiers, so that what was retimed or reworded elsewhere comes back into the film.",
    carries=CARRIED | {Feature.LANGUAGE, Feature.LINE_LANGUAGE, Feature.OFF_SCREEN},
    write=_write,
    read=_read,
    revision=_revision,
    recognises=_recognises,
    reasons={Feature.IDS: "only lines have theirs", Feature.ROLES: "only those who speak are named"},
)
