"""Every error that MAVIN raises on purpose, as one tree.

    MavinError                  exit 1   something failed; the message says what to do next
    ├── UsageError              exit 2   the request itself is wrong (options, files, names)
    ├── InvalidInputError       exit 3   the prompt or script cannot be accepted as it is
    │   └── InvalidCaptionError exit 3   a caption breaks its invariants (carries diagnostics)
    │       └── EditError       exit 3   an edit cannot be made; of it: LockedError, MergeConflictError
    ├── BackendError            exit 4   a language model or server cannot be used
    └── FilmError               exit 1   a film folder cannot be read or written
        └── FilmConflictError   exit 1   somebody else saved the film in the meantime

A message says what must hold and what was got.  The command line prints it as one
paragraph and never shows a traceback for any of these.
"""

from __future__ import annotations

from typing import ClassVar

__all__ = [
    "BackendError",
    "FilmConflictError",
    "FilmError",
    "InvalidInputError",
    "MavinError",
    "UsageError",
]


class MavinError(Exception):
    """Base of all errors that a person can act on."""

    exit_code: ClassVar[int] = 1


class UsageError(MavinError):
    """The request is wrong: an option, a file or a name."""

    exit_code = 2


class InvalidInputError(MavinError):
    """The prompt or script cannot be accepted as it stands."""

    exit_code = 3


class BackendError(MavinError):
    """A language model back end cannot be reached or used."""

    exit_code = 4


class FilmError(MavinError):
    """A film folder cannot be read or written."""


class FilmConflictError(FilmError):
    """The film on disk has moved on since it was read (its ``rev`` differs)."""
