"""The films in ``renders/``: what there is, and of which revision."""

from __future__ import annotations

import re
import stat
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from mavin.errors import FilmError, UsageError
from mavin.film import Film, HistoryTree, RenderNote, resolve_inside
from mavin.media import FILM_SUFFIXES
from mavin.studio import shapes

__all__ = ["MEDIA_TYPES", "forget_halves", "forget_previews", "media_of", "medium_file", "medium_name", "render_stamps"]

KEPT_PREVIEWS = 8
MEDIA_TYPES = {".mp4": "video/mp4", ".webm": "video/webm", ".gif": "image/gif"}
_OWN = re.compile(r"(?:preview|render)-r(\d+)(?:-(K\d+))?(?:-(S\d+))?(?:-\d+)?")


def medium_name(kind: str, rev: int, clip: str | None, shot: str | None, suffix: str) -> str:
    """The name under which a film of a revision is kept."""
    return "-".join([kind, f"r{rev}", *([clip] if clip else []), *([shot] if shot else [])]) + suffix


def forget_previews(renders: Path) -> None:
    """Removes all but the newest previews that the studio made: each can be drawn again."""
    own = [path for path in renders.glob("preview-r*") if _OWN.fullmatch(path.stem) and path.suffix in FILM_SUFFIXES]
    for path in sorted(own, key=lambda path: path.stat().st_mtime)[:-KEPT_PREVIEWS]:
        path.unlink(missing_ok=True)


def forget_halves(film: Path, kind: str, since: float) -> None:
    """Removes what a process that had to be killed in the middle of a long computation was writing.

    Args:
        film: the film's folder.
        kind: ``preview`` or ``render``.
        since: when it began, in seconds since 1970.
    """
    for path in (film / "renders").glob(f".{kind}-r*.part"):
        with suppress(OSError):
            if path.stat().st_mtime >= since - 1:
                path.unlink()


def render_stamps(film: Path) -> list[str]:
    """What tells that a film in ``renders/`` came, went or changed."""
    found = []
    for path in sorted((film / "renders").glob("[!.]*")):
        with suppress(OSError):
            status = path.stat()
            found.append(f"{path.name}:{status.st_mtime_ns}:{status.st_size}")
    return found


def media_of(film: Film, tree: HistoryTree) -> tuple[shapes.Medium, ...]:
    """The film's media, the newest first."""
    try:
        notes = {note.output: note for note in film.manifest.renders}
    except FilmError:
        notes = {}  # a damaged manifest hides no film
    found = []
    for path in sorted(film.renders.glob("*")) if film.renders.is_dir() else ():
        try:
            file = medium_file(film.path, path.name)
            status = file.stat() if file is not None else None
        except OSError:
            continue  # it went away meanwhile
        if status is not None:
            found.append(_medium(path, status.st_size, status.st_mtime, notes.get(path.name), film, tree))
    return tuple(sorted(found, key=lambda medium: medium.modified_ms, reverse=True))


def _medium(
    path: Path, size: int, modified: float, note: RenderNote | None, film: Film, tree: HistoryTree
) -> shapes.Medium:
    own = _OWN.fullmatch(path.stem)
    rev = note.rev if note is not None else int(own[1]) if own else None
    try:
        current = rev is not None and tree.resolve(rev) == film.head
    except UsageError:
        current = False
    return shapes.Medium(
        name=path.name,
        url=f"/media/{quote(path.name, safe='')}",
        type=MEDIA_TYPES[path.suffix.lower()],
        bytes=size,
        modified_ms=round(modified * 1000),
        rev=rev,
        current=current,
        renderer=note.renderer if note is not None else None,
        clip=own[2] if own else None,
        shot=own[3] if own else None,
    )


def medium_file(folder: Path, name: str) -> Path | None:
    """The plain file of a medium, which lies inside the film, links followed; ``None`` if there is none."""
    if name.startswith(".") or "/" in name or "\\" in name or Path(name).suffix.lower() not in FILM_SUFFIXES:
        return None
    try:
        path = resolve_inside(folder, f"renders/{name}").resolve()
        return path if stat.S_ISREG(path.stat().st_mode) else None
    except (OSError, UsageError, ValueError):
        return None
