"""A recorder between us and the real server: it passes everything on and keeps what was asked and answered."""

from __future__ import annotations

import http.client
import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest


class Recorder(ThreadingHTTPServer):
    """A loopback proxy; ``calls`` holds (request, reply) of each chat completion."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, target: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = urlsplit(target)
        self.calls: list[tuple[dict[str, Any], dict[str, Any]]] = []
        self.lock = threading.Lock()

    def handle_error(self, request: Any, client_address: Any) -> None: ...  # a client that hangs up is none

    @property
    def uri(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Recorder

    def log_message(self, *args: Any) -> None: ...

    def _pass_on(self, body: bytes | None) -> None:
        target = self.server.target
        connection = http.client.HTTPConnection(str(target.hostname), target.port, timeout=120)
        connection.request(self.command, self.path, body, {"Content-Type": "application/json"})
        reply = connection.getresponse()
        data = reply.read()
        connection.close()
        if body is not None and reply.status == 200:
            with self.server.lock:
                self.server.calls.append((json.loads(body), json.loads(data)))
        self.send_response(reply.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self) -> None:
        self._pass_on(None)

    def do_POST(self) -> None:
        self._pass_on(self.rfile.read(int(self.headers["Content-Length"])))


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    made = Recorder(os.environ["MAVIN_TEST_VLLM"])
    threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()
