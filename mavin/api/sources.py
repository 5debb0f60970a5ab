"""What a command reads: a film's folder, or a caption's JSON file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mavin.caption import HierarchicalCaption, InvalidCaptionError, load_caption
from mavin.errors import UsageError
from mavin.film import Film, NotAFilmError
from mavin.film.references import named_files

__all__ = ["Source", "load", "open", "read_bytes", "read_text", "reference_folder"]

MAX_BYTES = 16 * 1024 * 1024
"""Largest caption or prompt file that is read; a caption has some ten thousand bytes."""


@dataclass(frozen=True, slots=True)
class Source:
    """Scripts and where they came from.

    Attributes:
        captions: one script for each clip.
        title: title of the whole.
        folder: the folder against which references resolve, ``None`` for a caption that is in memory.
        film: the film, ``None`` for a bare caption.
        path: the file or folder that was read, ``None`` for a caption that is in memory.
    """

    captions: tuple[HierarchicalCaption, ...]
    title: str
    folder: Path | None = None
    film: Film | None = None
    path: Path | None = None

    @property
    def caption(self) -> HierarchicalCaption:
        """The script of the first clip."""
        return self.captions[0]

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that rendering reads, so that none of them is overwritten."""
        found = [self.path] if self.path is not None else []
        if self.folder is not None:
            found += [self.folder / name for caption in self.captions for _, _, name in named_files(caption)]
            # A clip that is read by itself is a part of its film all the same.
            found += [self.folder] if (self.folder / "film.json").is_file() else []
        return tuple(found)


def load(source: Film | HierarchicalCaption | Source | str | Path) -> Source:
    """A film, a caption, or the path of either, as one kind of thing.

    Raises:
        UsageError: if the file cannot be read.
        InvalidCaptionError: if the script breaks an invariant.
        FilmError: if the folder is no film or is damaged.
    """
    if isinstance(source, Source):
        return source
    if isinstance(source, HierarchicalCaption):
        return Source((source,), source.title)
    if not isinstance(source, Film):
        path = Path(source)
        if path.suffix.lower() == ".json" and not path.is_dir():
            caption = _load_file(path)
            return Source((caption,), caption.title or path.stem, reference_folder(path), None, path)
        source = _open(path)
    return Source(source.captions, source.title, source.path, source, source.path)


def open(path: str | Path) -> Film:  # noqa: A001
    """Opens a film folder.

    Raises:
        FilmError: if there is no film, or it is damaged.
        InvalidCaptionError: if a clip's script is.
    """
    film = load(path).film
    if film is None:
        raise UsageError(f"{path} is a caption, not a film. Make a film of it with: mavin new --from {path}")
    return film


def reference_folder(path: Path) -> Path:
    """The folder that a caption file's references are relative to: its own, or the film that it is a clip of."""
    film = path.absolute().parent.parent
    if path.absolute().parent.name == "clips" and (film / "film.json").exists():
        return film
    return path.parent


def _open(path: Path) -> Film:
    suffixed = path.with_name(path.name + ".mavin") if path.name else path
    if not path.exists() and suffixed.is_dir():
        return Film.open(suffixed)  # the name was given without its suffix, as write allows
    if path.is_file():
        raise NotAFilmError(f"{path} must be a film's folder (NAME.mavin) or a caption's JSON file (NAME.json).")
    return Film.open(path)


def _load_file(path: Path) -> HierarchicalCaption:
    text = read_text(path, "caption")
    try:
        return load_caption(text)
    except InvalidCaptionError as error:
        named = [item.model_copy(update={"message": f"{path.name}: {item.message}"}) for item in error.diagnostics]
        raise InvalidCaptionError(tuple(named)) from None


def read_bytes(path: Path, what: str) -> bytes:
    """The bytes of a file.

    Raises:
        UsageError: if it is missing, unreadable or too large.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise UsageError(f"The {what} file {path} cannot be read ({reason}). Check the name.") from None
    if len(data) > MAX_BYTES:
        raise UsageError(f"The {what} file {path} must have at most {MAX_BYTES // 1024**2} MB. Is it the right file?")
    return data


def read_text(path: Path, what: str) -> str:
    """The text of a UTF-8 file.

    Args:
        path: the file.
        what: what it should hold, for messages.

    Raises:
        UsageError: if it is missing, unreadable, too large, or not UTF-8.
    """
    data = read_bytes(path, what)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"The {what} file {path} must be UTF-8 text, got a byte at position {error.start} that is not. "
            "Save it as UTF-8 and try again."
        ) from None
