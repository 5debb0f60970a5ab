"""The script as text that people read, change in any editor, and give back (:mod:`mavin.formats.script_text`)."""

from __future__ import annotations

import re

from mavin.formats.losses import EVERYTHING, Feature, Loss, LossKind
from mavin.formats.registry import Format, Incoming, Kind, Written
from mavin.formats.script import Document, FilmScript, ScriptClip

__all__ = ["FORMAT"]


def _write(script: FilmScript) -> Written:
    from mavin.formats.script_text import film_text

    return Written(film_text([(clip.id, clip.caption) for clip in script.clips], script.rev).encode())


def _recognises(document: Document) -> bool:
    return re.search(r"^S\d* [\d.,]+\s*s?\s*[–—-]", document.head_text, re.MULTILINE) is not None and (
        re.search(r"^Storyline:", document.head_text, re.MULTILINE) is not None
    )


def _read(document: Document, base: FilmScript | None) -> Incoming:
    from mavin.formats.script_text import read_text

    known = {clip.id: clip.caption for clip in base.clips} if base is not None else None
    read = read_text(document.text, known, document.name)
    clips = tuple(ScriptClip(clip.id or f"K{number}", clip.caption) for number, clip in enumerate(read.clips, 1))
    notes = tuple(
        Loss(LossKind.CHANGED, "" if len(clips) == 1 else clip.id or "", note.rstrip("."))
        for clip in read.clips
        for note in clip.notes
    )
    return Incoming(FilmScript(clips[0].caption.title, clips), notes)


def _revision(document: Document) -> int | None:
    from mavin.formats.script_text import read_revision

    return read_revision(document.text)


FORMAT = Format(
    name="text",
    title="Script as text",
    kind=Kind.SCRIPT,
    suffix=".txt",
    media_type="text/plain",
    about="The whole script to read and to change in any editor; mavin edit reads it back with its ids.",
    carries=EVERYTHING,
    write=_write,
    read=_read,
    revision=_revision,
    recognises=_recognises,
    reasons={Feature.LOCKS: "they stay with the film"},
)
