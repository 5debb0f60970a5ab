"""The benchmarks of the graph and of a server run, measure what they say, and leave their records alone unless asked."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

LABELLED = [
    {
        "id": "one",
        "prompt": 'Mara climbs the stairs. Jon opens the door and says 2.0-3.0s: "Come in." 6 seconds.',
        "lines": [{"text": "Come in.", "speaker": "Jon", "start_ms": 2000, "end_ms": 3000}],
        "duration_ms": 6000,
    },
    {"id": "two", "prompt": "A dog runs along the beach, and then it sleeps. 2 shots.", "lines": [], "shots": 2},
]


def filled(schema: dict[str, Any]) -> Any:
    if "enum" in schema:
        return schema["enum"][0]
    if schema["type"] == "object":
        return {name: filled(part) for name, part in schema["properties"].items()}
    return {"boolean": True, "array": [], "integer": 0}.get(schema["type"], "Pale light on old wood")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: Any) -> None: ...

    def reply(self, data: Any) -> None:
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self.reply({"data": [{"id": "film-7b"}]})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        content = json.dumps(filled(body["response_format"]["json_schema"]["schema"]))
        usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
        reply = {"id": "c", "object": "chat.completion", "created": 1, "model": "film-7b", "choices": [choice]}
        self.reply(reply | {"usage": usage | {"prompt_tokens_details": {"cached_tokens": 80}}})


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/v1"
        running.shutdown()


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    path = tmp_path / "prompts.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in LABELLED), encoding="utf-8")
    return path


def bench(root: Path, name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    script = root / "benchmarks" / name
    return subprocess.run(
        [sys.executable, str(script), *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False
    )


def cells(output: str, start: str) -> list[str]:
    row = next(line for line in output.splitlines() if line.startswith(start))
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_a_server_is_measured_alone_and_with_all_prompts_at_once(root: Path, prompts: Path, server: str) -> None:
    before = (root / "benchmarks" / "serving.json").read_bytes()
    done = bench(root, "serving.py", prompts, "--llm", server)
    assert done.returncode == 0, done.stderr
    rows = [line.split("|") for line in done.stdout.splitlines() if server in line]
    assert [row[3].strip() for row in rows] == ["1", "2"]  # at once
    for row in rows:
        assert [row[4].strip(), row[5].strip(), row[12].strip()] == ["2", "100%", "80%"]
        kept, labels = row[6].strip().split("/")
        assert kept == labels
        assert int(labels) >= 6  # line, speaker, start, end, no other line, duration, shots
    assert (root / "benchmarks" / "serving.json").read_bytes() == before


def test_a_missing_server_says_what_to_do(root: Path, prompts: Path, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("MAVIN_VLLM_ENV", str(tmp_path))
    done = bench(root, "serving.py", prompts)
    assert done.returncode == 4
    assert "make test-vllm" in done.stderr


def test_the_graph_is_measured(root: Path, prompts: Path, server: str) -> None:
    before = (root / "benchmarks" / "scripting.json").read_bytes()
    done = bench(root, "scripting.py", prompts, "--latency", "0.1", "--llm", server)
    assert done.returncode == 0, done.stderr
    assert cells(done.stdout, "| a script without a model")[1].endswith(")")
    faster = float(cells(done.stdout, "| four shots refined")[1].split(": ")[1].split()[0])
    assert faster > 1.5  # a loaded machine reaches less than the record
    assert cells(done.stdout, "| prompt tokens from the prefix cache")[1] == "80%"
    assert (root / "benchmarks" / "scripting.json").read_bytes() == before
