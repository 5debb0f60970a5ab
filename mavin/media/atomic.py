"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mavin.errors import MavinError

__all__ = ["discard_unfinished", "write_atomic"]

_unfinished: set[Path] = set()


def discard_unfinished() -> None:
    """Removes the temporary files of this process, for whoever ends it at once."""
    for path in tuple(_unfinished):
        with suppress(OSError):
            path.unlink(missing_ok=True)


@contextmanager
def write_atomic(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside ``path`` that replaces it when the block ends well.

    On any error the temporary file is removed and what stood at ``path`` before stays.

    Raises:
        MavinError: if the folder cannot be written or the disk is full.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:80]}.", suffix=".part", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise MavinError(_cannot_write(path, error)) from error
    temporary = Path(name)
    _unfinished.add(temporary)
    try:
        yield temporary
        # mkstemp makes private files; a film gets the rights of any new file.
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(path)
    except OSError as error:
        raise MavinError(_cannot_write(path, error)) from error
    finally:
        temporary.unlink(missing_ok=True)
        _unfinished.discard(temporary)


def _cannot_write(path: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    if path.is_dir():
        return f"{path} must be a file, got a folder. Give the name of a file in it, such as {path / 'film.mp4'}."
    if not path.parent.is_dir():
        return f"The folder of {path} must exist, got none. Make it (mkdir) or choose another place."
    return (
        f"{path} could not be written ({reason}). Check the free disk space and the permissions of "
        f"{path.parent}; what was there before is untouched."
    )
