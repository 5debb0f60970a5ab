"""What goes out and what comes in: a film's script with all that a form may want, and a file with its text."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from mavin.caption import HierarchicalCaption
from mavin.errors import InvalidInputError, UsageError

__all__ = ["MAX_BYTES", "Document", "FilmScript", "FormatError", "ScriptClip", "Stills", "with_packages"]

MAX_BYTES = 16 * 1024 * 1024
"""Largest file whose content is read; a script has some ten thousand bytes."""

Stills = Callable[[str, str], bytes]
"""(clip, shot) → a picture of it, as PNG; whoever exports brings it."""


@contextmanager
def with_packages(title: str) -> Iterator[None]:
    """Tells what to install where a form's library is not there.

    Raises:
        UsageError: if it is not.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] in {"mavin", ""}:
            raise
        raise UsageError(
            f"{title} needs the package {error.name}, which is not installed. Install it: pip install 'mavin[formats]'"
        ) from None


class FormatError(InvalidInputError):
    """A file that is not what its form asks for, or a script that its form cannot hold at all."""


@dataclass(frozen=True, slots=True)
class ScriptClip:
    """One clip of a film: its id (``K1``) and its script."""

    id: str
    caption: HierarchicalCaption


@dataclass(frozen=True, slots=True)
class FilmScript:
    """A film as the forms see it.

    Attributes:
        title: title of the whole.
        clips: its clips in order, at least one.
        rev: the film's revision; ``None`` for a caption that is no film.
        locks: what is locked in the film.
        folder: the folder against which reference files resolve.
        media: the rendered video of the whole, where there is one.
        stills: pictures of the shots, where somebody brings them.
    """

    title: str
    clips: tuple[ScriptClip, ...]
    rev: int | None = None
    locks: tuple[str, ...] = ()
    folder: Path | None = None
    media: Path | None = None
    stills: Stills | None = None

    @classmethod
    def of(cls, *captions: HierarchicalCaption, title: str = "") -> FilmScript:
        """A script of captions alone."""
        clips = tuple(ScriptClip(f"K{number}", caption) for number, caption in enumerate(captions, 1))
        return cls(title or captions[0].title, clips)

    def only(self, clip: str) -> FilmScript:
        """The same with one of its clips alone."""
        clips = tuple(each for each in self.clips if each.id == clip)
        return replace(self, clips=clips, media=self.media if clips == self.clips else None)

    @property
    def caption(self) -> HierarchicalCaption:
        """The script of the first clip."""
        return self.clips[0].caption

    @property
    def duration_ms(self) -> int:
        """Length of all clips, one behind the other."""
        return sum(clip.caption.duration_ms for clip in self.clips)

    @property
    def offsets_ms(self) -> tuple[int, ...]:
        """Where each clip begins in the whole."""
        starts = [0]
        for clip in self.clips[:-1]:
            starts.append(starts[-1] + clip.caption.duration_ms)
        return tuple(starts)


class Document:
    """A file that is being read: a name for messages, and bytes, of which no more are read than are needed."""

    def __init__(self, source: Path | bytes, name: str = "") -> None:
        self._source = source
        self.name = name or (source.name if isinstance(source, Path) else "file")

    @property
    def suffix(self) -> str:
        """The end of its name, ``.srt``."""
        return Path(self.name).suffix.lower()

    def open(self) -> BinaryIO:
        """The file for reading in any order.

        Raises:
            UsageError: if it cannot be opened.
        """
        if isinstance(self._source, bytes):
            return io.BytesIO(self._source)
        try:
            return self._source.open("rb")
        except (OSError, ValueError) as error:
            reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
            raise UsageError(f"The file {self._source} cannot be read ({reason}). Check the name.") from None

    @cached_property
    def head(self) -> bytes:
        """The first bytes, from which the form is told."""
        return self._read(64 * 1024)

    @cached_property
    def data(self) -> bytes:
        """All bytes.

        Raises:
            UsageError: if there are too many of them.
        """
        data = self._read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise UsageError(f"{self.name} must have at most {MAX_BYTES // 1024**2} MB. Is it the right file?")
        return data

    @cached_property
    def text(self) -> str:
        """All of it as text, with line feeds alone; UTF-8, or UTF-16 with a byte order mark.

        Raises:
            UsageError: if it is too large.
            FormatError: if it is in another encoding.
        """
        return self._decoded(self.data).replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def head_text(self) -> str:
        """The beginning as text; empty where it is none."""
        try:
            return self._decoded(self.head, final=False).replace("\r\n", "\n").replace("\r", "\n")
        except FormatError:
            return ""

    def _read(self, count: int) -> bytes:
        try:
            with self.open() as file:
                return file.read(count)
        except OSError as error:
            raise UsageError(f"{self.name} cannot be read ({error.strerror}).") from None

    def _decoded(self, data: bytes, *, final: bool = True) -> str:
        encoding = "utf-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(data, final=final)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise FormatError(
                f"{self.name} must be UTF-8 text, got a byte in line {line} (position {error.start}) that is not. "
                "Save it as UTF-8 and try again."
            ) from None
        if "\0" in text:
            raise FormatError(f"{self.name} must be text, got zero bytes in it. Is it the right file?")
        return text
