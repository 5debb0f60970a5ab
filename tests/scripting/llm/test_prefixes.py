"""Beginnings kept on disk: restored, damaged, pruned, and never in the way."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scripting.llm.prefixes import PrefixFiles


class _Slots(BaseHTTPRequestHandler):
    """Saves and restores files as llama.cpp's slot endpoint does: whole files by name, refusing damaged ones."""

    folder: Path

    def do_POST(self) -> None:
        name = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["filename"]
        path = self.folder / name
        allowed = self.headers["Authorization"] == "Bearer key"
        if allowed and self.path.endswith("action=save"):
            path.write_bytes(b"state")
        good = allowed and path.is_file() and path.read_bytes() == b"state"
        body = json.dumps({"n": 5} if good else {"error": {"message": "no"}}).encode()
        self.send_response(200 if good else 400)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def slots(tmp_path: Path) -> Iterator[PrefixFiles]:
    handler = type("Handler", (_Slots,), {"folder": tmp_path / "kept"})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    files = PrefixFiles(tmp_path / "kept", "model/1")
    files.open(f"127.0.0.1:{server.server_port}", "key")
    yield files
    server.shutdown()
    server.server_close()


def test_what_was_saved_is_restored(slots: PrefixFiles) -> None:
    assert not slots.restore("beginning")
    slots.save("beginning")
    assert slots.restore("beginning")
    assert not slots.restore("another")
    assert not list(Path(slots.path).glob("*.partial"))


def test_a_damaged_file_is_forgotten(slots: PrefixFiles) -> None:
    slots.save("beginning")
    file = next(Path(slots.path).glob("*.slot"))
    file.write_bytes(b"torn")
    assert not slots.restore("beginning")
    assert not file.exists()


def test_the_oldest_go(slots: PrefixFiles) -> None:
    for number in range(9):
        slots.save(f"beginning {number}")
        newest = max(Path(slots.path).glob("*.slot"), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, (number, number))
    assert len(list(Path(slots.path).glob("*.slot"))) <= 7
    assert slots.restore("beginning 8")


def test_another_model_has_its_own_files(slots: PrefixFiles, tmp_path: Path) -> None:
    slots.save("beginning")
    other = PrefixFiles(tmp_path / "kept", "model/2")
    assert not other.restore("beginning")


def test_without_a_folder_or_a_server_nothing_happens(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    files = PrefixFiles(tmp_path / "file" / "below", "m")
    assert not files.usable
    files.open("127.0.0.1:9", "key")
    files.save("beginning")
    assert not files.restore("beginning")


@pytest.mark.model
def test_a_restored_beginning_gives_the_same_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mavin.store import DEFAULT_LLM, path_of
    from prompts import SceneContext
    from scripting.agents.asking import question, text_field
    from scripting.llm import engine

    path = path_of(DEFAULT_LLM)
    assert path is not None
    monkeypatch.setattr(engine, "store_root", lambda: tmp_path)
    fields = {"setting": text_field(80)}
    asked = question("structure_parser", "scene", SceneContext("A dog runs.", "en"), fields, max_tokens=40)

    def answer() -> tuple[object, int]:
        one = engine.Engine.acquire(path)
        try:
            reply = one.complete(asked, seed=1, timeout=200)
        finally:
            one.release()
        return reply.data, reply.cached_tokens

    first, cold = answer()
    again, warm = answer()
    assert again == first
    assert cold == 0
    assert warm > 500
