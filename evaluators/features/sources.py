"""Where the weights of each model are: the path that was given, else the model store."""

from __future__ import annotations

from pathlib import Path

from mavin.errors import UsageError
from mavin.store import entry_of, path_of

__all__ = ["folder_of", "given", "stored"]


def stored(name: str, argument: str, metric: str) -> Path:
    """The file or folder of a model that ``mavin model pull`` fetches.

    Args:
        name: in the store.
        argument: a path that takes its place; empty for none.
        metric: by which it is asked for, for the message.

    Raises:
        UsageError: if there is none.
    """
    if argument:
        path = Path(argument).expanduser()
        if not path.exists():
            raise UsageError(f"The weights of {metric} must be a file or folder, got no {argument}. Check the path.")
        return path
    if (path_here := path_of(name)) is not None:
        return path_here
    entry = entry_of(name)
    size = f" ({entry.size / 1e6:.0f} MB)" if entry.size else ""
    raise UsageError(
        f"The metric {metric} needs {name}, which is not here. Run `mavin model pull {name}`{size}, or name the files: "
        f"--metrics {metric}:PATH."
    )


def folder_of(path: Path) -> Path:
    """The folder of a model whose file was named."""
    return path if path.is_dir() else path.parent


def given(argument: str, metric: str, what: str) -> Path:
    """The file of a model that no hub or package is known to carry.

    Args:
        argument: its path.
        metric: by which it is asked for.
        what: which file it must be, in words.

    Raises:
        UsageError: if none was named, or it is not there.
    """
    if not argument:
        raise UsageError(f"The metric {metric} needs {what}. Name the file: --metrics {metric}:PATH.")
    path = Path(argument).expanduser()
    if not path.is_file():
        raise UsageError(f"The weights of {metric} must be a file, got no {argument}. Check the path's spelling.")
    return path
