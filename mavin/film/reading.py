"""Reading a film's files: what each must hold, and what to say where one does not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from mavin.caption import HierarchicalCaption, InvalidCaptionError, load_caption, validation_diagnostics
from mavin.diagnostics import Diagnostic
from mavin.errors import FilmError
from mavin.film import history
from mavin.film.files import is_whole
from mavin.film.model import FILM_VERSION, ClipSnapshot, FilmIndex, HistoryEntry
from mavin.film.run import Run

__all__ = [
    "Newest",
    "NotAFilmError",
    "UnfinishedRunError",
    "latest",
    "parse_entry",
    "read_caption",
    "read_index",
    "read_model",
    "replaceable",
    "require_film",
    "snapshot_caption",
]

_M = TypeVar("_M", bound=BaseModel)


class NotAFilmError(FilmError):
    """The path is no film at all; the command line counts it as a wrong argument."""

    exit_code = 2


class UnfinishedRunError(FilmError):
    """The folder holds a run that has not become a film yet."""


def require_film(path: Path) -> None:
    """Makes sure that a path holds a film.

    Raises:
        NotAFilmError: if it does not.
        UnfinishedRunError: if there is only a run that can be resumed.
    """
    if not path.exists():
        raise NotAFilmError(f'There is no film at {path}. Check the name, or make one: mavin write "…" -o {path}')
    if not path.is_dir():
        raise NotAFilmError(f"A film must be a folder such as story.mavin, got the file {path}.")
    if Run.is_unfinished(path):
        raise UnfinishedRunError(
            f"{path} holds an unfinished run and no film yet. Finish it with: mavin write --resume -o {path}"
        )
    if not (path / "film.json").exists() and not (path / "history.jsonl").exists():
        raise NotAFilmError(
            f"{path} is not a film: a film's folder holds film.json, and here is none. "
            "Give a folder that mavin write or mavin new has made."
        )


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest revision of a film on disk, its branch, and the step that holds."""

    rev: int
    branch: str
    step: int


def latest(path: Path) -> Newest | None:
    """The newest revision, of history and index the one that is further on."""
    entry = parse_entry(path, history.read_tail(path / "history.jsonl").entry)
    index = read_index(path)
    if entry is not None and (index is None or entry.rev >= index.rev):
        return Newest(entry.rev, entry.branch, entry.step)
    return Newest(index.rev, index.branch, index.head or index.rev) if index is not None else None


def read_index(path: Path) -> FilmIndex | None:
    """``film.json``, or ``None`` where it is missing or a power cut has torn it.

    Raises:
        FilmError: if it is damaged in another way.
    """
    file = path / "film.json"
    return read_model(file, FilmIndex) if is_whole(file) else None


def replaceable(path: Path) -> Newest | None:
    """As :func:`latest`; files that are too damaged to tell are moved aside, not lost."""
    try:
        return latest(path)
    except FilmError:
        for name in ("history.jsonl", "film.json"):
            if (path / name).exists():
                (path / name).replace(path / f"{name}.damaged")
        return None


def parse_entry(path: Path, data: dict[str, Any] | None) -> HistoryEntry | None:
    """A line of the history, checked.

    Raises:
        FilmError: if it is damaged or newer than this program.
    """
    if data is None:
        return None
    _require_version(path / "history.jsonl", data)
    try:
        return HistoryEntry.model_validate(data)
    except ValidationError as error:
        raise _damaged(path / "history.jsonl", validation_diagnostics(error)[0].message) from None


def read_model(path: Path, model: type[_M]) -> _M:
    """A file of the film, checked.

    Raises:
        FilmError: if it is damaged or newer than this program.
        OSError: if it cannot be read.
    """
    try:
        data = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise _damaged(path, str(error)) from None
    if not isinstance(data, dict):
        raise _damaged(path, f"it must hold a JSON object, got {type(data).__name__}")
    _require_version(path, data)
    try:
        return model.model_validate_json(json.dumps(data))
    except ValidationError as error:
        raise _damaged(path, validation_diagnostics(error)[0].message) from None


def _damaged(path: Path, reason: str) -> FilmError:
    where = f"{path.parent.name}/{path.name}"
    if path.name == "history.jsonl":
        advice = "Move it aside to go on with the film as its other files hold it."
    else:
        advice = "Delete that file to get back what was last saved, or restore it from a copy."
    return FilmError(f"{where} is damaged: {reason}. {advice}")


def _require_version(path: Path, data: dict[str, Any]) -> None:
    version = data.get("schema_version", FILM_VERSION)
    if isinstance(version, int) and version > FILM_VERSION:
        raise FilmError(
            f"{path.parent.name}/{path.name} must have schema_version {FILM_VERSION} or less, got {version}: "
            "the film was made by a newer mavin, so update this one."
        )


def read_caption(path: Path, kept: HierarchicalCaption | None) -> HierarchicalCaption:
    """A clip's script from its file, or the one that the history kept where the file is missing or torn.

    Raises:
        InvalidCaptionError: if the file is damaged or breaks an invariant.
        FilmError: if it is missing everywhere.
    """
    if kept is not None and not is_whole(path):
        return kept
    if not path.exists():
        raise FilmError(
            f"{path.parent.parent.name} must hold clips/{path.name}, but the file is missing and the history "
            "does not have it. Restore it from a copy, or write the film again with --force."
        )
    try:
        return load_caption(path.read_bytes())
    except InvalidCaptionError as error:
        raise InvalidCaptionError(_prefixed(error.diagnostics, f"clips/{path.name}")) from None


def _prefixed(diagnostics: tuple[Diagnostic, ...], where: str) -> tuple[Diagnostic, ...]:
    return tuple(item.model_copy(update={"message": f"{where}: {item.message}"}) for item in diagnostics)


def snapshot_caption(path: Path, clip: ClipSnapshot) -> HierarchicalCaption:
    """A clip's script as the history has it, upgraded if it is older.

    Raises:
        InvalidCaptionError: if it is damaged.
    """
    try:
        return load_caption(clip.caption)
    except InvalidCaptionError as error:
        raise InvalidCaptionError(_prefixed(error.diagnostics, f"{path.name}/history.jsonl {clip.id}")) from None
