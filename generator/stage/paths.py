"""Paths that a script names: they lie inside the film's folder or are refused."""

from __future__ import annotations

from pathlib import Path

from mavin.errors import UsageError

__all__ = ["inside"]


def inside(folder: Path | None, name: str, what: str) -> Path:
    """The path of a file that a script names, which must lie inside the film's folder.

    Raises:
        UsageError: if there is no folder or the path leads out of it.
    """
    if folder is None:
        raise UsageError(
            f"{what.capitalize()} is {name}, which lies in a film's folder; render the film, not a bare script."
        )
    base = folder.resolve()
    path = (base / name).resolve()
    if not path.is_relative_to(base):
        raise UsageError(
            f"The path of {what} must stay inside {base}, got {name}. Copy the file into the film's folder."
        )
    return path
