"""A real HTTP server on loopback that behaves as badly as each test says."""

from __future__ import annotations

import email.message
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from scripting.llm import Message, Question

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "action": {"type": "string", "maxLength": 80},
        "shot": {"type": "integer", "minimum": 1, "maximum": 6},
    },
    "required": ["action", "shot"],
    "additionalProperties": False,
}


def question(key: str = "refine.S1", **changes: Any) -> Question:
    messages = (Message("system", "You write films."), Message("user", f"Describe {key}."))
    return Question(**{"agent": "refiner", "key": key, "messages": messages, "schema": SCHEMA} | changes)


def completion(content: str, finish: str = "stop") -> dict[str, Any]:
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": "film-7b",
        "choices": [{"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content}}],
        "usage": {
            "prompt_tokens": 100,
            "completion_tokens": 10,
            "total_tokens": 110,
            "prompt_tokens_details": {"cached_tokens": 64},
        },
    }


GOOD = '{"action": "The fox lifts the lantern.", "shot": 1}'


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: LoopbackServer

    def log_message(self, *args: Any) -> None: ...

    def reply(self, status: int, body: bytes, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def good(self, content: str = GOOD, finish: str = "stop") -> None:
        self.reply(200, json.dumps(completion(content, finish)).encode())

    def hang(self) -> None:
        self.server.ended.wait(120)
        self.close_connection = True

    def drip(self) -> None:
        """One byte every tenth of a second: no single read ever times out."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "100000")
        self.end_headers()
        while not self.server.ended.is_set():
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.1)

    def drip_headers(self) -> None:
        self.send_response(200)
        self.flush_headers()
        for number in range(1000):
            if self.server.ended.is_set():
                break
            self.wfile.write(b"X-Header-%d: x\r\n" % number)
            self.wfile.flush()
            time.sleep(0.1)

    def do_GET(self) -> None:
        try:
            self.server.on_models(self)
        except OSError:
            self.close_connection = True

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            number = len(self.server.requests)
            self.server.requests.append(body)
            self.server.headers.append(self.headers)
        try:
            self.server.on_chat(self, number)
        except OSError:
            self.close_connection = True


def list_models(handler: Handler) -> None:
    handler.reply(200, b'{"object": "list", "data": [{"id": "film-7b"}, {"id": "other"}]}')


class LoopbackServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.on_models: Callable[[Handler], None] = list_models
        self.on_chat: Callable[[Handler, int], None] = lambda handler, number: handler.good()
        self.requests: list[dict[str, Any]] = []
        self.headers: list[email.message.Message] = []
        self.lock = threading.Lock()
        self.ended = threading.Event()

    @property
    def uri(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None: ...


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    running = LoopbackServer()
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield running
    running.ended.set()
    running.shutdown()
    running.server_close()


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MAVIN_LLM", "MAVIN_API_KEY", "MAVIN_LLM_TIMEOUT"):
        monkeypatch.delenv(name, raising=False)
