"""Every form in which a script goes out or comes in; the command line, the studio and the docs read only this.

To add one: a module with a :class:`Format` named ``FORMAT`` (or several in ``FORMATS``), and its name in ``_MODULES``.
What such a module needs from elsewhere it imports inside its functions: the list of forms must cost nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path

from mavin.errors import UsageError
from mavin.formats.losses import Feature, Loss, losses_of
from mavin.formats.script import Document, FilmScript, FormatError, with_packages
from mavin.formats.strangers import hint_of
from mavin.formats.targets import TARGETS

__all__ = ["Format", "Incoming", "Kind", "Written", "find", "formats", "of_suffix", "recognise"]


class Kind(StrEnum):
    """Whom a form is for."""

    SCRIPT = "script"
    SUBTITLES = "subtitles"
    EDITING = "editing"
    PAPER = "paper"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Written:
    """A script in a form: its bytes, and what was rounded, changed or left out beyond what the form never carries."""

    content: bytes
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file holds.

    Attributes:
        script: the film's script.
        losses: what was ignored, changed or guessed.
        more: further films, where the file holds more than one can.
    """

    script: FilmScript
    losses: tuple[Loss, ...] = ()
    more: tuple[FilmScript, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """The capability record of one form.

    Attributes:
        name: how it is asked for; small letters, digits, dots and hyphens.
        title: how people call it.
        kind: whom it is for.
        suffix: of its files.
        also: other ends of names that are as good.
        media_type: of its bytes; ``text/…`` and JSON are printed where no file is named.
        about: what it is good for, in a sentence or two.
        carries: what it holds of a script; the loss report lists precisely the rest.
        write: a script's bytes in this form; ``None`` where it is only read.  Raises ``FormatError`` for a script that
            it cannot hold, rather than cutting anything off.
        read: the script in a file, made to fit ``base`` (the film that it was exported from) where that is known;
            ``None`` where it is only written.
        revision: the film's revision that a file was exported from, where the file says so.
        recognises: whether a file is in this form, by its content; called in the order of the registry.
        reasons: why some features are not carried; the others have no place in it.
        is_general: whether it says the same of every film, so that there is nothing to lose.
        one_clip: whether a file holds one clip, so that a film of several becomes several files.
        facts: its own limits as (what, value), such as ("frames", "8n + 1, at most 257").
        source: what the syntax is known from, such as a page or a file of its makers.
        official: whether that comes from the makers themselves.
    """

    name: str
    title: str
    kind: Kind
    suffix: str
    media_type: str
    about: str
    carries: frozenset[Feature]
    write: Callable[[FilmScript], Written] | None = None
    read: Callable[[Document, FilmScript | None], Incoming] | None = None
    revision: Callable[[Document], int | None] | None = None
    recognises: Callable[[Document], bool] | None = None
    reasons: Mapping[Feature, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    is_general: bool = False
    one_clip: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    source: str = ""
    official: bool = True

    @property
    def suffixes(self) -> tuple[str, ...]:
        """All ends of names of its files, the usual one first; its own name is one."""
        return tuple(dict.fromkeys((self.suffix, *self.also, f".{self.name}")))

    @property
    def is_text(self) -> bool:
        """Whether it can be printed."""
        return self.media_type.startswith("text/") or self.media_type.endswith(("json", "xml", "subrip"))

    def export(self, script: FilmScript) -> Written:
        """The script in this form, with everything that gets lost.

        Raises:
            UsageError: if the form is only read.
            FormatError: if it cannot hold this script.
        """
        if self.write is None:
            raise UsageError(f"{self.title} can only be imported. Exports are: {_names(can_write=True)}.")
        if self.one_clip and len(script.clips) > 1:
            raise FormatError(f"{self.title} holds one clip, got {len(script.clips)}. Choose one, such as K1.")
        with with_packages(self.title):
            written = self.write(script)
        if self.is_general:
            return written
        never = losses_of(script, self.carries, f"{self.title} has no place for it", self.reasons)
        return Written(written.content, (*never, *written.losses))

    def load(self, document: Document, base: FilmScript | None = None) -> Incoming:
        """The script in a file of this form.

        Args:
            document: the file.
            base: the film that it was exported from, if it is known: what the file does not tell is taken from there.

        Raises:
            UsageError: if the form is only written, or the file is too large.
            FormatError: if the file is damaged or of another film.
            InvalidCaptionError: if no valid script comes of it.
        """
        if self.read is None:
            raise UsageError(f"{self.title} can only be exported. Imports are: {_names(can_write=False)}.")
        with with_packages(self.title):
            return self.read(document, base)


_MODULES = (
    "json_script",
    "json_schema",
    "text",
    "markdown",
    "subrip",
    "webvtt",
    "csv_list",
    "xlsx_list",
    "storyboard",
    "otio_timeline",
    "cut_lists",
    "fountain",
)


@cache
def formats() -> Mapping[str, Format]:
    """All forms by name, in the order in which content is tried."""
    found: dict[str, Format] = {}
    for name in (*_MODULES, *(f"targets.{target}" for target in TARGETS)):
        module = import_module(f"mavin.formats.{name}")
        for each in getattr(module, "FORMATS", None) or (module.FORMAT,):
            if each.name in found:
                raise AssertionError(f"two forms are called {each.name}")
            found[each.name] = each
    return found


def find(name: str) -> Format:
    """The form of a name.

    Raises:
        UsageError: if there is none, with the nearest ones.
    """
    from difflib import get_close_matches

    wanted = name.strip().casefold().removeprefix(".")
    if wanted in formats():
        return formats()[wanted]
    near = get_close_matches(wanted, formats(), 3)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"There are: {_names(can_write=True)}."
    raise UsageError(f"A format must be one that mavin knows, got {name[:40]!r}. {hint}")


def of_suffix(path: Path) -> Format | None:
    """The form whose files are named like this one; where several are, the one that is not a model's prompt."""
    name = path.name.lower()
    found = [
        (len(end), each)
        for each in formats().values()
        for end in each.suffixes
        if each.write is not None and name.endswith(end) and (each.kind is not Kind.MODEL or end == f".{each.name}")
    ]
    longest = max((length for length, _ in found), default=0)
    best = list(dict.fromkeys(each.name for length, each in found if length == longest))
    return formats()[best[0]] if len(best) == 1 else None


def recognise(document: Document) -> Format:
    """The form of a file, by its content.

    Raises:
        FormatError: if it is in none that can be read.
    """
    for each in formats().values():
        if each.recognises is not None and each.recognises(document):
            return each
    if not document.head.strip():
        raise FormatError(f"{document.name} must hold a script, but it is empty.")
    if (hint := hint_of(document)) is not None:
        raise FormatError(f"{document.name} must be in a form that can be imported, but {hint}, then import that.")
    document.head_text or document.text  # noqa: B018 - says which encoding is wanted, if that is what is wrong
    raise FormatError(
        f"{document.name} must be in a form that can be imported ({_names(can_write=False)}), got something else. "
        "If it is one of them, name it with --from."
    )


def _names(*, can_write: bool) -> str:
    return ", ".join(each.name for each in formats().values() if (each.write if can_write else each.read) is not None)
