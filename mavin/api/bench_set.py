"""A set of scripts to be filmed and measured: JSON lines, or a folder with one entry a sample.

    set.jsonl                     one caption a line, or {"id": …, "caption": {…}, "truth": "real/0001.mp4", …}
    set/0001/caption.json         a folder a sample: its hierarchical caption,
        0001/video.mp4            the real film that it describes (any suffix of a film), if there is one,
        0001/references/…         and the pictures and voices that the caption names
    set/0001.json  0001.mp4       or flat: captions, each beside its film
    set/fox.mavin                 or films, as `mavin write --batch` leaves them

The benchmark of the paper pairs hierarchical captions with their films and role references (§3); it prints no
layout of files, so this one is ours.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mavin.api.sources import Source, load, read_text, reference_folder
from mavin.caption import HierarchicalCaption, InvalidCaptionError, load_caption
from mavin.errors import MavinError, UsageError
from mavin.film import SUFFIX

__all__ = ["BenchItem", "film_named", "mark_of", "read_set"]

_FILMS = (".mp4", ".webm", ".mov", ".mkv", ".avi")
_NAME = re.compile(r"[\w][\w.\- ]{0,99}")


@dataclass(frozen=True, slots=True)
class BenchItem:
    """One sample of a set.

    Attributes:
        id: its name; files of results bear it.
        source: its script; ``None`` where that cannot be read.
        truth: the real film that it describes.
        prompt: what the user asked for, where the set says.
        problem: why there is no script, empty where there is.
    """

    id: str
    source: Source | None
    truth: Path | None = None
    prompt: str | None = None
    problem: str = ""

    @property
    def fingerprint(self) -> str:
        """Changes when the script, its prompt or the real film does: a result of another one is none of this one."""
        captions = self.source.captions if self.source else ()
        rest = [str(self.prompt), str(self.truth), mark_of(self.truth), self.problem]
        text = "\n".join([*(caption.model_dump_json() for caption in captions), *rest])
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def film_named(folder: Path, name: str) -> Path:
    """The film of a folder that bears a sample's name; where there is none, where it would be."""
    found = (folder / f"{name}{suffix}" for suffix in (*_FILMS, ".gif"))
    return next((file for file in found if file.is_file()), folder / f"{name}.mp4")


def mark_of(file: Path | None) -> str:
    """Changes when a file is replaced: its size and time; empty where there is none."""
    try:
        about = file.stat() if file is not None else None
    except OSError:
        return ""
    return "" if about is None else f"{about.st_size}-{about.st_mtime_ns}"


def read_set(path: str | Path) -> tuple[BenchItem, ...]:
    """All samples of a set, in its order; one that is broken says so and stops nobody.

    Raises:
        UsageError: if there is no such set, it is empty, or two samples have one name.
    """
    path = Path(path)
    if path.is_dir():
        items = list(_of_folder(path))
    elif path.suffix.lower() == ".jsonl":
        items = [_of_line(path, number, line) for number, line in enumerate(_lines(path), 1) if line.strip()]
    else:
        raise UsageError(
            f"A set must be a .jsonl file or a folder, got {path}"
            f"{'' if path.exists() else ', which does not exist'}. See docs/evaluating.md for both."
        )
    if not items:
        raise UsageError(f"{path} must hold one sample at least, got none. See docs/evaluating.md for its layout.")
    seen: set[str] = set()
    for item in items:
        if item.id.casefold() in seen:  # their files would be one on some systems
            raise UsageError(f"Every sample of {path} needs a name of its own, got {item.id} twice.")
        seen.add(item.id.casefold())
    return tuple(items)


def _lines(path: Path) -> list[str]:
    try:
        # Nothing else ends a line of JSON: a text may hold line separators of Unicode as they are.
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise UsageError(f"The set {path} cannot be read ({reason}). Check the name.") from None


def _of_line(path: Path, number: int, line: str) -> BenchItem:
    name = f"{path.stem}-{number:04d}"
    try:
        data = json.loads(line)
        if not isinstance(data, dict):
            raise UsageError("a line must be a JSON object")
        name = _checked_name(data.get("id", name))
        given = data.get("captions") or [data.get("caption", data)]
        captions = tuple(_caption({key: value for key, value in one.items() if key != "id"}) for one in given)
        truth, prompt = data.get("truth"), data.get("prompt")
        if not isinstance(prompt, str | None):
            raise UsageError(f"a prompt must be text, got {prompt!r}")
        folder = path.parent / data["folder"] if data.get("folder") else path.parent
        source = Source(captions, captions[0].title or name, folder, None, None)
        return BenchItem(name, source, None if truth is None else path.parent / truth, prompt)
    except (MavinError, ValueError, TypeError, AttributeError) as error:
        return BenchItem(name, None, problem=f"line {number} holds no script ({_short(error)})")


def _caption(data: Any) -> HierarchicalCaption:
    return load_caption(json.dumps(data))


def _of_folder(path: Path) -> Iterator[BenchItem]:
    for each in sorted(path.iterdir()):
        if each.name.startswith("."):
            continue
        if each.is_dir() and (each.suffix == SUFFIX or (each / "caption.json").is_file()):
            script = each if each.suffix == SUFFIX else each / "caption.json"
            yield _of_file(script, each.stem if each.suffix == SUFFIX else each.name, _film_in(each))
        elif each.is_file() and each.suffix.lower() == ".json" and not each.name.endswith(".labels.json"):
            yield _of_file(each, each.stem, _film_beside(each))


def _of_file(script: Path, name: str, truth: Path | None) -> BenchItem:
    try:
        source = load(script)
        if source.film is None and script.name == "caption.json":
            source = Source(source.captions, source.title, reference_folder(script), None, script)
        prompt = source.film.record.prompt if source.film else _prompt_beside(script)
        return BenchItem(_checked_name(name), source, truth, prompt)
    except MavinError as error:
        return BenchItem(name, None, truth, problem=f"its script cannot be read ({_short(error)})")


def _prompt_beside(script: Path) -> str | None:
    file = script.with_name("prompt.txt") if script.name == "caption.json" else script.with_suffix(".txt")
    return read_text(file, "prompt").strip() if file.is_file() else None


def _film_in(folder: Path) -> Path | None:
    if folder.suffix == SUFFIX:
        return None  # its renders are no real film
    films = sorted(file for file in folder.iterdir() if file.suffix.lower() in _FILMS)
    return next((file for file in films if file.stem == "video"), films[0] if films else None)


def _film_beside(script: Path) -> Path | None:
    return next((file for suffix in _FILMS if (file := script.with_suffix(suffix)).is_file()), None)


def _checked_name(name: Any) -> str:
    if not isinstance(name, str) or not _NAME.fullmatch(name) or ".." in name:
        raise UsageError(f"a sample's id must be a plain file name, got {name!r}")
    return name


def _short(error: Exception) -> str:
    if isinstance(error, InvalidCaptionError) and error.diagnostics:
        return error.diagnostics[0].message
    return " ".join(str(error).split())[:200]
