"""Where results may be written, found out before any expensive work is done."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from mavin.caption import InvalidCaptionError
from mavin.errors import FilmError, UsageError
from mavin.film import SUFFIX, Film, NotAFilmError, Run

__all__ = ["check_film_target", "check_folder", "check_output", "film_path", "renaming"]


def check_output(path: str | Path, suffix: str | Sequence[str], inputs: Iterable[Path] = ()) -> Path:
    """The path of a file that can be written there.

    Args:
        path: the file that is going to be made; one that exists will be replaced.
        suffix: what its name must end in, such as ``.mp4``, or several such, the usual one first.
        inputs: files that are being read, and films' folders; nothing of them must be replaced.

    Raises:
        UsageError: if the name, its folder or its permissions stand in the way.
    """
    path = Path(path)
    suffixes = (suffix,) if isinstance(suffix, str) else tuple(suffix)
    if path.suffix.lower() not in suffixes:
        wanted = " or ".join(part for part in (", ".join(suffixes[:-1]), suffixes[-1]) if part)
        raise UsageError(f"The output must be a {wanted} file, got {path}. Give a name such as out{suffixes[0]}.")
    check_folder(path)
    if path.is_dir():
        raise UsageError(f"The output must be a file, but {path} is a folder. Give another name.")
    for source in inputs:
        if path.exists() and source.exists() and path.samefile(source):
            raise UsageError(f"The output must not be the input, got {path} for both. Give another name.")
        if source.is_dir() and _is_part_of(path, source):
            raise UsageError(
                f"The output must not replace a part of the film, got {path}. Put it beside the film, or into "
                f"{source / 'renders'}."
            )
    return path


def _is_part_of(path: Path, film: Path) -> bool:
    """Whether a file in a film's folder is, or as JSON would look like, one of the film's own."""
    place, folder = path.resolve(), film.resolve()
    if not place.is_relative_to(folder) or place.is_relative_to(folder / "renders"):
        return False
    return place.exists() or place.suffix == ".json"


def check_folder(path: Path) -> None:
    """Makes sure that something can be made at a path.

    Raises:
        UsageError: if the folder it lies in is missing or cannot be written.
    """
    folder = path.parent
    try:
        if not folder.is_dir():
            problem = "is not a folder" if folder.exists() else "does not exist"
            raise UsageError(f"{path} cannot be written because {folder} {problem}. Make that folder first.")
        # Trying is the only test that sees permissions, read-only disks and full quotas alike.
        with tempfile.TemporaryFile(dir=folder):
            pass
        path.exists()  # a name that is too long fails here
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise UsageError(f"{path} cannot be written ({reason}). Choose another place with -o.") from None


def film_path(path: str | Path) -> Path:
    """The folder that a name stands for: ``foo`` means ``foo.mavin``.

    Raises:
        UsageError: if the name has another suffix of a file that MAVIN reads or writes, or is empty.
    """
    path = Path(path)
    if path.suffix.lower() in {".mp4", ".webm", ".gif", ".json", ".png"}:
        raise UsageError(
            f"A film is a folder such as {path.stem}{SUFFIX}, got {path}. "
            "For a video use: mavin make PROMPT -o out.mp4, or mavin preview FILM -o out.mp4"
        )
    if path.name in {"", ".", ".."}:
        raise UsageError(f"A film needs a name such as story{SUFFIX}, got {str(path)!r}.")
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def renaming(path: str | Path) -> str | None:
    """A sentence if a film's name looked like a file's and therefore becomes another; ``None`` if not.

    A name without a suffix is the documented short form and needs no words.
    """
    path, film = Path(path), film_path(path)
    return f"A film is a folder, so {path} becomes {film}." if path.suffix and film != path else None


def check_film_target(path: str | Path, *, force: bool = False, resume: bool = False) -> Path:
    """The folder of a film that may be made there.

    Args:
        path: a film's name, with or without ``.mavin``.
        force: an existing film may be replaced.
        resume: an unfinished run or a finished film may be there.

    Raises:
        UsageError: if the place is taken, or nothing can be written there.
    """
    path = film_path(path)
    check_folder(path)
    if not path.exists():
        if path.is_symlink():
            raise UsageError(f"{path} is a link to nothing. Remove it or choose another name with -o.")
        return path
    if not path.is_dir():
        raise UsageError(f"{path} exists and is a file, not a film. Choose another name with -o.")
    if not any(path.iterdir()):
        return path
    if Run.is_unfinished(path):
        if force or resume:
            return path
        raise UsageError(
            f"{path} holds an unfinished run. Add --resume to finish it, or --force to start again from the beginning."
        )
    if resume:
        return path
    if not force:
        raise UsageError(f"{path} exists. Choose another name with -o, or add --force to replace it.")
    with suppress(FilmError, InvalidCaptionError):  # a damaged film may well be replaced
        try:
            Film.open(path)
        except NotAFilmError:
            raise UsageError(f"{path} exists and is not a film, so it is not replaced. Choose another name.") from None
    return path
