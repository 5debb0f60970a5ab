"""A model hub on the loopback: what the hub's client needs, HEAD with size and etag, GET with ranges."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

COMMIT = "a" * 40


def git_hash(content: bytes) -> str:
    """What the hub records of a small file, as ``git hash-object`` prints it."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


class Hub(BaseHTTPRequestHandler):
    """Serves ``files``: ``OWNER/REPO/path`` to its bytes.

    Attributes:
        files: what there is.
        small: suffixes of files that are not in large-file storage: their etag is no sha256.
        gated: whether it gives its files only to those who asked for them.
        honest: whether the bytes are those of the etag.
        cut: names of files whose next download breaks off in the middle.
        log: every request.
    """

    files: dict[str, bytes]
    small: tuple[str, ...] = (".json",)
    gated: bool = False
    honest: bool = True
    cut: set[str]
    log: list[str]

    def log_message(self, *args: Any) -> None: ...

    def do_HEAD(self) -> None:
        self.answer(body=False)

    def do_GET(self) -> None:
        self.answer(body=True)

    def answer(self, *, body: bool) -> None:
        self.log.append(f"{self.command} {self.path} {self.headers.get('Range') or ''}".strip())
        owner, _, rest = self.path.lstrip("/").partition("/resolve/main/")
        name = f"{owner}/{rest}"
        if self.gated and not self.headers.get("Authorization"):
            self.send_response(401)
            self.send_header("X-Error-Code", "GatedRepo")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if name not in self.files:
            self.send_response(404)
            self.send_header("X-Error-Code", "EntryNotFound")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        content = self.files[name]
        large = not name.endswith(self.small)
        etag = hashlib.sha256(content).hexdigest() if large else git_hash(content)
        sent = content if self.honest else content[:-1] + b"?"
        wanted = self.headers.get("Range")
        start = int(wanted.removeprefix("bytes=").split("-")[0]) if wanted else 0
        self.send_response(206 if wanted else 200)
        self.send_header("ETag", f'"{etag}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("Content-Length", str(len(sent) - start))
        if wanted:
            self.send_header("Content-Range", f"bytes {start}-{len(sent) - 1}/{len(sent)}")
        self.end_headers()
        if not body:
            return
        if name in self.cut:
            self.cut.discard(name)
            self.wfile.write(sent[start : start + (len(sent) - start) // 2])
            self.close_connection = True
            return
        self.wfile.write(sent[start:])


@contextmanager
def serving(files: dict[str, bytes], kind: type[Hub] = Hub) -> Iterator[tuple[type[Hub], str]]:
    """A hub with these files, and its address."""
    handler: type[Hub] = type("RunningHub", (kind,), {"files": files, "cut": set(), "log": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield handler, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
