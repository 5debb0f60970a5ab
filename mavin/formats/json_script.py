"""The caption as JSON: the one form that everything else is made of."""

from __future__ import annotations

import json
import re

from mavin.caption import HierarchicalCaption, InvalidCaptionError, load_caption
from mavin.formats.losses import EVERYTHING, Feature
from mavin.formats.registry import Format, Incoming, Kind, Written
from mavin.formats.script import Document, FilmScript, FormatError, ScriptClip

__all__ = ["FORMAT"]

MAX_BYTES = 2 * 1024**2
"""Largest file that is taken apart; a caption has some ten thousand bytes, and its memory is a hundred times that."""


def _write(script: FilmScript) -> Written:
    captions = [clip.caption.model_dump(mode="json") for clip in script.clips]
    data = captions[0] if len(captions) == 1 else captions
    return Written(json.dumps(data, ensure_ascii=False, indent=2).encode() + b"\n")


def _recognises(document: Document) -> bool:
    return bool(re.match(r"\s*[\[{]", document.head_text)) and '"global_caption"' in document.head_text


def _read(document: Document, base: FilmScript | None) -> Incoming:
    if len(document.data) > MAX_BYTES:
        raise FormatError(
            f"{document.name} must have at most {MAX_BYTES // 1024**2} MB, as much as a hundred captions, got "
            f"{len(document.data) // 1024**2} MB. Is it the right file?"
        )
    try:
        data = json.loads(document.text)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"{document.name} must be JSON, got something else ({error}).") from None
    raws = data if isinstance(data, list) else [data]
    if not raws:
        raise FormatError(f"{document.name} must hold at least one caption, got an empty list.")
    names = [clip.id for clip in base.clips] if base is not None else []
    clips = []
    for number, raw in enumerate(raws, 1):
        name = names[number - 1] if number <= len(names) else f"K{number}"
        clips.append(ScriptClip(name, _caption(document, raw, number if len(raws) > 1 else None)))
    return Incoming(FilmScript(clips[0].caption.title, tuple(clips)))


def _caption(document: Document, raw: object, number: int | None) -> HierarchicalCaption:
    where = f"{document.name}: " + (f"caption {number}: " if number is not None else "")
    try:
        return load_caption(raw if isinstance(raw, dict) else json.dumps(raw))
    except InvalidCaptionError as error:
        named = [item.model_copy(update={"message": where + item.message}) for item in error.diagnostics]
        raise InvalidCaptionError(tuple(named)) from None


FORMAT = Format(
    name="json",
    title="Caption as JSON",
    kind=Kind.SCRIPT,
    suffix=".json",
    media_type="application/json",
    about="The whole script for other programs, as the published JSON Schema describes it; a list of captions where a "
    "film has several clips.",
    carries=EVERYTHING,
    write=_write,
    read=_read,
    recognises=_recognises,
    reasons={Feature.LOCKS: "they stay with the film"},
)
