"""A loopback server that speaks the API of a language model and answers any question by its schema.

It knows no agent: it fills whatever fields are asked for with plain words, so that it goes on answering when
questions change.  ``misbehave`` gets each request before it is answered and may reply instead.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

_WORDS = (
    "Soft light falls across the wet stone floor",
    "Dust hangs in the pale morning air",
    "A thin draught moves the heavy curtain",
    "Warm lamplight glints on old copper",
    "Long shadows stretch over the worn boards",
    "Rain beads on the dark window glass",
    "Steam curls slowly above the iron stove",
)
_FIELDS = {"sound": "rain on stone", "voice": "Low and calm", "style": "Plain warm colours", "ambience": "Wind"}


def answer_to(schema: dict[str, Any], salt: str, name: str = "") -> Any:
    """Some value that follows a schema of ours; the same question always gets the same one."""
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return answer_to(schema["anyOf"][0], salt, name)
    match schema.get("type"):
        case "object":
            return {key: answer_to(part, f"{salt}/{key}", key) for key, part in schema["properties"].items()}
        case "array":
            count = schema.get("minItems", 0)
            return [answer_to(schema["items"], f"{salt}/{number}", name) for number in range(count)]
        case "integer" | "number":
            return schema.get("minimum", 0)
        case "boolean":
            return True
        case "null":
            return None
    number = hashlib.sha256(salt.encode()).digest()[0]
    return _FIELDS.get(name, _WORDS[number % len(_WORDS)])[: schema.get("maxLength", 200)]


class Handler(BaseHTTPRequestHandler):
    """One request; the ways of replying are for ``misbehave`` as well."""

    protocol_version = "HTTP/1.1"
    server: ModelServer

    def log_message(self, *args: Any) -> None: ...

    def reply(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def say(self, content: str, finish: str = "stop") -> None:
        """A completion with this text."""
        choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content}}
        usage = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
        usage_details = usage | {"prompt_tokens_details": {"cached_tokens": 64}}
        reply = {"id": "c", "object": "chat.completion", "created": 1, "model": "film-7b", "choices": [choice]}
        self.reply(200, json.dumps(reply | {"usage": usage_details}).encode())

    def do_GET(self) -> None:
        self.reply(200, b'{"object": "list", "data": [{"id": "film-7b"}]}')

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.requests.append(body)
        try:
            if not self.server.misbehave(self, body):
                self.say(json.dumps(self.server.answer(body), ensure_ascii=False))
        except OSError:
            self.close_connection = True  # the client has hung up


class ModelServer(ThreadingHTTPServer):
    """``requests`` holds the body of every question, in the order of arrival."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[dict[str, Any]] = []
        self.lock = threading.Lock()
        self.ended = threading.Event()
        self.misbehave: Callable[[Handler, dict[str, Any]], bool] = lambda handler, body: False

    @property
    def uri(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def answer(self, body: dict[str, Any]) -> Any:
        """What is said where nothing misbehaves."""
        schema = body["response_format"]["json_schema"]["schema"]
        return answer_to(schema, asked(body))

    def handle_error(self, request: Any, client_address: Any) -> None: ...


def asked(body: dict[str, Any]) -> str:
    """The last message of a request, which is the question itself."""
    return str(body["messages"][-1]["content"])


@pytest.fixture
def model_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    for name in ("MAVIN_LLM", "MAVIN_API_KEY", "MAVIN_LLM_TIMEOUT"):
        monkeypatch.delenv(name, raising=False)
    running = ModelServer()
    threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield running
    running.ended.set()
    running.shutdown()
    running.server_close()
