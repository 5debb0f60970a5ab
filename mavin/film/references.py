"""Pictures and voices that belong to a film, copied into its ``references/`` folder."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import stat
from pathlib import Path
from typing import BinaryIO

from mavin.caption import HierarchicalCaption, InvalidCaptionError
from mavin.diagnostics import Diagnostic, Severity
from mavin.errors import FilmError, UsageError
from mavin.film.files import resolve_inside, slug, sync_folder

__all__ = ["FOLDER", "adopt_references", "folder_name", "named_files", "store_reference"]

FOLDER = "references"
_BLOCK = 1 << 20


def store_reference(film: Path, source: Path, label: str) -> str:
    """Copies a file into the film's ``references/`` and returns its path relative to the film.

    The name is made of the label and the content's hash, so that the same file is stored once
    and no name that somebody else chose reaches the disk.

    Raises:
        UsageError: if the source is missing, no plain file, or unreadable.
        FilmError: if it cannot be written into the film.
    """
    try:
        descriptor = os.open(source, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (OSError, ValueError) as error:
        raise UsageError(f"The reference {source} cannot be read ({_reason(error)}). Give another file.") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UsageError(f"A reference must be a plain file, got {source}. Give a picture or a recording.")
    with os.fdopen(descriptor, "rb") as reader:
        return _copy(reader, source, film / FOLDER, label)


def _copy(reader: BinaryIO, source: Path, folder: Path, label: str) -> str:
    suffix = source.suffix.lower() if re.fullmatch(r"\.[a-z0-9]{1,5}", source.suffix.lower()) else ""
    temp = folder / f".reference.{secrets.token_hex(4)}.tmp"
    digest = hashlib.sha256()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with temp.open("xb") as writer:
            while block := reader.read(_BLOCK):
                digest.update(block)
                writer.write(block)
            writer.flush()
            os.fsync(writer.fileno())
        name = f"{slug(label, 'reference', 32)}-{digest.hexdigest()[:8]}{suffix}"
        temp.replace(folder / name)
        sync_folder(folder)
    except OSError as error:
        raise FilmError(
            f"The reference {source} cannot be copied into {folder} ({_reason(error)}). "
            "Free some space or check the permissions, then try again."
        ) from None
    finally:
        temp.unlink(missing_ok=True)
    return f"{FOLDER}/{name}"


def named_files(caption: HierarchicalCaption) -> tuple[tuple[str, str, str], ...]:
    """Every file that a caption names, as (path in the caption, label, file name)."""
    holders = [(f"roles.{role.id}", role.name, role.reference) for role in caption.roles]
    holders += [
        (f"shots.{shot.id}.overrides.{override.role}", f"{override.role}-{shot.id}", override.reference)
        for shot in caption.shots
        for override in shot.overrides
        if override.reference is not None
    ]
    found = [
        (f"{path}.reference.{kind}", label, name)
        for path, label, reference in holders
        for kind, name in (("image", reference.image), ("audio", reference.audio))
        if name
    ]
    found += [
        (f"dialogue.{line.id}.recording", f"{line.role}-{line.id}", line.recording)
        for line in caption.dialogue
        if line.recording
    ]
    return tuple(found)


def adopt_references(caption: HierarchicalCaption, source: Path, film: Path) -> HierarchicalCaption:
    """The caption with every file that it names copied from the folder ``source`` into a film.

    Raises:
        InvalidCaptionError: if a name leaves the source folder or its file is missing.
        UsageError, FilmError: as :func:`store_reference`.
    """
    names = named_files(caption)
    stored: dict[str, str] = {}
    for path, label, name in names:
        try:
            file = resolve_inside(source, name)
        except UsageError as error:
            raise _bad_reference(path, str(error)) from None
        if not file.is_file():
            raise _bad_reference(path, f"the file {name!r} must be in {folder_name(source)}, but there is none")
        stored[name] = store_reference(film, file, label)
    if not stored:
        return caption
    data = caption.model_dump(mode="json")
    holders = [role["reference"] for role in data["roles"]]
    holders += [over["reference"] for shot in data["shots"] for over in shot["overrides"] if over["reference"]]
    for holder in holders:
        for kind in ("image", "audio"):
            holder[kind] = stored.get(holder[kind], holder[kind])
    for line in data["dialogue"]:
        line["recording"] = stored.get(line["recording"], line["recording"])
    return HierarchicalCaption.model_validate_json(json.dumps(data))


def folder_name(folder: Path) -> str:
    """A folder as messages name it: a lone ``.`` says nothing."""
    return "the current folder" if folder == Path() else str(folder)


def _bad_reference(path: str, message: str) -> InvalidCaptionError:
    return InvalidCaptionError(
        (Diagnostic(code="reference_file", severity=Severity.ERROR, message=message, path=path),)
    )


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
