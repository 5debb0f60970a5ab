"""Files of a film: atomic writes, names that are safe everywhere, paths that never leave their folder."""

from __future__ import annotations

import os
import re
import secrets
import unicodedata
from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath

from mavin.errors import UsageError

__all__ = ["free_name", "is_whole", "remove_stale_temps", "resolve_inside", "slug", "sync_folder", "write_atomic"]

_TEMP = re.compile(r"^\..+\.[0-9a-f]{8}\.tmp$")


def write_atomic(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Replaces a file as a whole: after a crash at any moment it holds the old or the new bytes.

    Args:
        path: the file.
        data: its new bytes.
        durable: wait until they are on the disk; without it a power cut, and only that, may leave the file as it
            was, missing or torn (:func:`is_whole`).

    Raises:
        OSError: if the disk is full or the folder is read-only; the old file is then untouched.
    """
    temp = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        # Not tempfile: it makes files that only their owner may read.
        descriptor = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        temp.replace(path)
    except BaseException:
        temp.unlink(missing_ok=True)
        raise
    if durable:
        sync_folder(path.parent)


def is_whole(path: Path) -> bool:
    """Whether a text file is there, and not torn: blocks that a power cut kept from the disk are empty or zeros."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return False
    return bool(data) and b"\0" not in data


def sync_folder(folder: Path) -> None:
    """Makes renames and new names in a folder survive a power cut, where the system can."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows cannot open folders; its renames are durable by themselves
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass  # some network file systems refuse this; the data itself has been synced
    finally:
        os.close(descriptor)


def remove_stale_temps(folder: Path) -> None:
    """Removes what a killed :func:`write_atomic` left; call it only while holding the film's lock."""
    for path in folder.iterdir():
        if _TEMP.match(path.name):
            path.unlink(missing_ok=True)


def slug(text: str, default: str = "film", length: int = 48) -> str:
    """A file name made of a title's letters and digits: ``"The Sea, at Night"`` → ``the-sea-at-night``.

    Letters of every script stay, accents too; a name never ends up empty, hidden or reserved.
    """
    folded = unicodedata.normalize("NFC", text).casefold()
    words = re.findall(r"[^\W_]+", "".join(char for char in folded if unicodedata.category(char) != "Cs"))
    name = ""
    for word in words:
        joined = f"{name}-{word}" if name else word
        # File systems limit bytes, and a letter may take four of them.
        if len(joined) > length or len(joined.encode()) > 200:
            break
        name = joined
    if not name and words:
        name = words[0][:length].encode()[:200].decode(errors="ignore")
    if re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d", name):
        name = f"{name}-film"
    return name or default


def free_name(folder: Path, wanted: str, taken: Callable[[Path], bool] = Path.exists) -> Path:
    """The first of ``wanted``, ``wanted-2``, … in a folder that is not taken (suffixes are kept)."""
    path = folder / wanted
    count = 1
    while taken(path):
        count += 1
        path = folder / f"{Path(wanted).stem}-{count}{Path(wanted).suffix}"
    return path


def resolve_inside(folder: Path, name: str) -> Path:
    """The file that a script names, which must lie inside its folder, links followed.

    Raises:
        UsageError: if the name is empty, absolute, climbs out with ``..``, or links to the outside.
    """
    windows = PureWindowsPath(name)
    if not name.strip() or "\0" in name or PurePosixPath(name).is_absolute() or windows.drive or windows.root:
        raise UsageError(f"A file named in a script must be a path relative to its film, got {name!r}.")
    if ".." in PurePosixPath(name).parts or ".." in windows.parts:
        raise UsageError(f"A file named in a script must stay inside the film's folder, got {name!r}.")
    path = folder / name
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a loop of links
        inside = False
    if not inside:
        raise UsageError(f"A file named in a script must stay inside the film's folder, but {name!r} links out of it.")
    return path
