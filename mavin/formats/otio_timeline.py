"""OpenTimelineIO: the film as a timeline for editing programs, alone or bundled with its render; edits come back."""

from __future__ import annotations

import json
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from mavin.formats.losses import EVERYTHING, Feature
from mavin.formats.onto import incoming
from mavin.formats.registry import Format, Incoming, Kind, Written
from mavin.formats.script import MAX_BYTES, Document, FilmScript, FormatError
from mavin.formats.timeline import KEY, out_of_order, timeline_of

if TYPE_CHECKING:
    import opentimelineio as otio

__all__ = ["FORMATS"]

_REASONS = {Feature.LOCKS: "they stay with the film"}


def _write(script: FilmScript) -> Written:
    text = timeline_of(script).to_json_string(indent=2)
    return Written(text.encode() + b"\n", tuple(out_of_order(script)))


def _write_bundle(script: FilmScript) -> Written:
    import opentimelineio as otio

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.otioz"
        policy = "MissingIfNotFile" if script.media is None else "ErrorIfNotFile"
        otio.adapters.write_to_file(timeline_of(script), str(path), media_policy=policy)
        return Written(path.read_bytes(), tuple(out_of_order(script)))


def _recognises(document: Document) -> bool:
    return '"OTIO_SCHEMA"' in document.head_text and document.head_text.lstrip().startswith("{")


def _recognises_bundle(document: Document) -> bool:
    if not document.head.startswith(b"PK"):
        return False
    try:
        with document.open() as file, zipfile.ZipFile(file) as bundle:
            return "content.otio" in bundle.namelist()
    except (zipfile.BadZipFile, ValueError):
        return False


def _revision(document: Document) -> int | None:
    try:
        rev = json.loads(document.text)["metadata"][KEY]["rev"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None  # what is wrong with it is told when it is read
    return rev if isinstance(rev, int) else None


def _revision_in_bundle(document: Document) -> int | None:
    return _revision(_content(document))


def _read(document: Document, base: FilmScript | None) -> Incoming:
    return _incoming(document, document.text, base)


def _read_bundle(document: Document, base: FilmScript | None) -> Incoming:
    return _incoming(document, _content(document).text, base)


def _content(document: Document) -> Document:
    """The timeline in a bundle."""
    try:
        with document.open() as file, zipfile.ZipFile(file) as bundle, bundle.open("content.otio") as content:
            data = content.read(MAX_BYTES + 1)  # a small bundle may hold a huge text
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError) as error:
        raise FormatError(
            f"{document.name} must be an .otioz bundle with a content.otio, got something else ({error})."
        ) from None
    if len(data) > MAX_BYTES:
        raise FormatError(f"{document.name} must hold a timeline of at most {MAX_BYTES // 1024**2} MB, got more.")
    return Document(data, document.name)


def _incoming(document: Document, text: str, base: FilmScript | None) -> Incoming:
    from mavin.formats.timeline_reading import draft_of

    timeline = _timeline(document.name, text)
    try:
        draft = draft_of(timeline, document.name)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        if isinstance(error, FormatError):
            raise
        raise FormatError(
            f"{document.name} holds MAVIN's metadata in a form that it does not write ({error!r}). Export the film "
            "again, or take the metadata away."
        ) from None
    return incoming(draft, base)


def _timeline(name: str, text: str) -> otio.schema.Timeline:
    import opentimelineio as otio

    try:
        json.loads(text)  # nesting that is too deep would end the process in the library's own reader
        found = otio.adapters.read_from_string(text, "otio_json")
    except RecursionError:
        raise FormatError(f"{name} must be a timeline, got far too deep a nesting.") from None
    except (ValueError, KeyError, TypeError, otio.exceptions.OTIOError) as error:
        raise FormatError(f"{name} must be an OpenTimelineIO file, got something else ({error}).") from None
    if isinstance(found, otio.schema.SerializableCollection):
        found = next((each for each in found if isinstance(each, otio.schema.Timeline)), found)
    if not isinstance(found, otio.schema.Timeline):
        raise FormatError(f"{name} must hold a timeline, got {type(found).__name__}.")
    return found


FORMATS = (
    Format(
        name="otio",
        title="OpenTimelineIO",
        kind=Kind.EDITING,
        suffix=".otio",
        media_type="application/vnd.pixar.opentimelineio+json",
        about="The whole script as a timeline for editing programs that read OpenTimelineIO (such as DaVinci Resolve "
        "and Kdenlive): shots, a track for each speaker, sounds, a marker for each line. Cuts that are moved there, "
        "lines that are retimed and markers that are renamed come back into the film.",
        carries=EVERYTHING,
        write=_write,
        read=_read,
        revision=_revision,
        recognises=_recognises,
        reasons=_REASONS,
        facts=(("positions", "whole frames, 24 a second; exact milliseconds in the metadata"),),
        source="opentimelineio.readthedocs.io",
    ),
    Format(
        name="otioz",
        title="OpenTimelineIO bundle",
        kind=Kind.EDITING,
        suffix=".otioz",
        media_type="application/zip",
        about="The same timeline in one file with the rendered video, where there is one of this revision.",
        carries=EVERYTHING,
        write=_write_bundle,
        read=_read_bundle,
        revision=_revision_in_bundle,
        recognises=_recognises_bundle,
        reasons=_REASONS,
        facts=(("positions", "whole frames, 24 a second; exact milliseconds in the metadata"),),
        source="opentimelineio.readthedocs.io",
    ),
)
