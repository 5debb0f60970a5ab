"""Many prompts at once: broken lines, resumption after a kill, one result each, a server kept busy but not flooded."""

from __future__ import annotations

import contextlib
import http.server
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

import mavin
from mavin.film import Film

MIXED = [
    '{"prompt": "A fox finds a lantern in the snow.", "id": "fox", "duration": 8, "scenes": 3}',
    '{"prompt": "A bear wakes up. It says \\"Who is there?\\"", "shots": 2}',
    '{"prompt": "broken',
    '{"prompt": "   "}',
    "",
    '{"prompt": "A 40-second film of a cat that sleeps.", "id": "cat"}',
    '{"prompt": "A 40-second film of a cat that sleeps.", "id": "long cat", "clips": "auto"}',
    '{"prompt": "A 40-second film of a cat that sleeps.", "id": "long-cat", "clips": "auto"}',
    '{"prompt": "A dog runs.", "id": "FOX"}',
    '{"prompt": "A dog runs.", "shots": 90}',
    '{"prompt": "A bear wakes up. It says \\"Who is there?\\"", "seed": 3}',
    "[1]",
]


def rows(folder: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(folder, "results.jsonl").read_text().splitlines()]


def stories(count: int) -> str:
    beasts = ["fox", "bear", "cat", "dog", "cow", "goat", "pig", "horse", "wolf", "owl", "duck", "hen"]
    lines = [{"prompt": f"A {beasts[n % 12]} walks home. It sleeps.", "id": f"p{n}", "seed": n} for n in range(count)]
    return "".join(json.dumps(line) + "\n" for line in lines)


def test_one_broken_line_never_stops_the_rest(run: Any) -> None:
    Path("many.jsonl").write_text("\n".join(MIXED) + "\n")
    result = run("write", "--batch", "many.jsonl", "-o", "films", "--jobs", "3")
    assert result.exit_code == 1, "not every prompt has its film"
    found = {row["line"]: row for row in rows("films")}
    assert [row["line"] for row in rows("films")] == [1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12], "in the order of the file"
    statuses = {line: row["status"] for line, row in found.items()}
    assert {line for line, status in statuses.items() if status == "ok"} == {1, 2, 8, 11}
    assert {line for line, status in statuses.items() if status == "refused"} == {6}
    for line, words in {
        3: "JSON",
        4: "empty",
        6: "--clips",
        7: "id",
        9: "line 1",
        10: "from 1 to 6",
        12: "list",
    }.items():
        assert words in found[line]["error"], found[line]
        assert found[line]["path"] is None
    assert (found[1]["id"], found[1]["duration"], found[1]["path"]) == ("fox", 8.0, "films/fox.mavin")
    assert (found[8]["clips"], found[8]["duration"]) == (3, 40.0)
    assert found[2]["id"] != found[11]["id"], "the same words twice get two films"
    assert len(Film.open(found[2]["path"]).caption.shots) == 2
    assert Film.open(found[11]["path"]).manifest.seed == 3
    assert "scenes" in result.stderr, "a key that means nothing is named"
    assert result.stderr.count("[11/11]") == 1
    assert "4 of 11 films written" in result.stdout
    assert "1 refused" in result.stdout
    assert len({row["id"] for row in rows("films")}) == 11


def test_the_same_command_again_writes_nothing_anew(run: Any) -> None:
    Path("many.jsonl").write_text(stories(4))
    assert run("write", "--batch", "many.jsonl", "-o", "films").exit_code == 0
    before = Path("films/results.jsonl").read_bytes()
    histories = {path: path.read_bytes() for path in Path("films").glob("*/history.jsonl")}
    again = run("write", "--batch", "many.jsonl", "-o", "films", "--json")
    assert again.exit_code == 0
    summary = json.loads(again.stdout)
    assert (summary["total"], summary["ok"], summary["skipped"], summary["error"]) == (4, 4, 4, 0)
    assert Path("films/results.jsonl").read_bytes() == before
    assert {path: path.read_bytes() for path in Path("films").glob("*/history.jsonl")} == histories


def test_a_changed_line_does_not_take_another_prompts_film(run: Any) -> None:
    Path("a.jsonl").write_text('{"prompt": "A fox runs.", "id": "x"}\n')
    assert run("write", "--batch", "a.jsonl", "-o", "films").exit_code == 0
    Path("a.jsonl").write_text('{"prompt": "A bear runs.", "id": "x"}\n{"prompt": "A cat runs.", "id": "y"}\n')
    assert run("write", "--batch", "a.jsonl", "-o", "films").exit_code == 1
    assert [(row["id"], row["status"]) for row in rows("films")] == [("x", "error"), ("y", "ok")]
    assert "--force" in rows("films")[0]["error"]
    assert run("write", "--batch", "a.jsonl", "-o", "films", "--force").exit_code == 0
    assert Film.open("films/x.mavin").record.prompt == "A bear runs."


def test_plain_text_standard_input_and_bad_bytes(run: Any) -> None:
    Path("many.txt").write_bytes(b"A fox runs.\r\n\n{not json} a bear sleeps.\n" + b"A \xff cat.\n")
    assert run("write", "--batch", "many.txt", "-o", "films").exit_code == 1
    assert [(row["line"], row["status"]) for row in rows("films")] == [(1, "ok"), (3, "ok"), (4, "error")]
    assert "UTF-8" in rows("films")[2]["error"]
    assert run("write", "--batch", "-", "-o", "more", stdin="A fox runs.\nA bear sleeps.\n").exit_code == 0
    assert run("write", "--batch", "-", "-o", "json", stdin=stories(2)).exit_code == 0
    assert [row["id"] for row in rows("json")] == ["p0", "p1"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--batch", "many.jsonl"], "folder"),
        (["--batch", "none.jsonl", "-o", "films"], "cannot be read"),
        (["--batch", "empty.jsonl", "-o", "films"], "empty file"),
        (["--batch", "many.jsonl", "-o", "films.mavin"], "folder of films"),
        (["--batch", "many.jsonl", "-o", "many.jsonl"], "is a file"),
        (["--batch", "many.jsonl", "-o", "films", "--jobs", "0"], "from 1 to"),
        (["--batch", "many.jsonl", "-o", "films", "--ref", "fox=fox.png"], "refs"),
        (["A fox.", "--batch", "many.jsonl", "-o", "films"], "not both"),
        (["A fox.", "--jobs", "2"], "--batch"),
    ],
)
def test_options_that_do_not_fit_together_are_told_before_any_work(run: Any, options: list[str], says: str) -> None:
    Path("many.jsonl").write_text(stories(1))
    Path("empty.jsonl").write_text("\n \n")
    result = run("write", *options)
    assert (result.exit_code, says in result.stderr) == (2, True), result.stderr
    assert not Path("films", "p0.mavin").exists()


def test_two_batches_do_not_write_into_one_folder_at_once(run: Any) -> None:
    Path("many.jsonl").write_text(stories(1))
    Path("films").mkdir()
    with FileLock("films/.batch.lock"):
        result = run("write", "--batch", "many.jsonl", "-o", "films")
    assert (result.exit_code, "Another batch" in result.stderr) == (2, True)
    assert run("write", "--batch", "many.jsonl", "-o", "films").exit_code == 0


def test_from_python_with_defaults_and_own_options() -> None:
    seen: list[tuple[int, int]] = []
    report = mavin.write_batch(
        ["A fox runs.", {"prompt": "A bear sleeps.", "duration": 6}],
        "films",
        llm="rules",
        duration=4,
        progress=lambda done, total, _result: seen.append((done, total)),
    )
    assert [result.duration for result in report.results] == [4.0, 6.0]
    assert (report.exit_code, report.skipped, seen) == (0, 0, [(0, 2), (1, 2), (2, 2)])
    with pytest.raises(mavin.UsageError, match="at least one"):
        mavin.write_batch([], "films", llm="rules")


def test_half_a_line_of_a_killed_batch_is_forgotten(run: Any) -> None:
    Path("many.jsonl").write_text(stories(2))
    run("write", "--batch", "many.jsonl", "-o", "films")
    whole = rows("films")
    with Path("films/results.jsonl").open("a") as file:
        file.write('{"id": "p0", "li')
    assert run("write", "--batch", "many.jsonl", "-o", "films").exit_code == 0
    assert rows("films") == whole


# ── against a server ─────────────────────────────────────────────────────────────────────────────


def _fill(schema: dict[str, Any]) -> Any:
    if schema["type"] == "object":
        return {name: _fill(part) for name, part in schema["properties"].items()}
    if "enum" in schema:
        return schema["enum"][0]
    return True if schema["type"] == "boolean" else "Soft light on old stone"


class ModelServer(http.server.ThreadingHTTPServer):
    """Answers every question validly after a while, and counts how many are under way."""

    daemon_threads = True

    def __init__(self, seconds: float) -> None:
        super().__init__(("127.0.0.1", 0), _Model)
        self.seconds, self.lock = seconds, threading.Lock()
        self.now = self.most = self.answered = 0
        self.dead_after: int | None = None

    @property
    def uri(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Model(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ModelServer

    def log_message(self, *_args: Any) -> None: ...

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):  # a killed client is what some tests are about
            super().handle()

    def _reply(self, status: int, data: Any) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self._reply(200, {"object": "list", "data": [{"id": "m", "object": "model"}]})

    def do_POST(self) -> None:
        server = self.server
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length:  # the client was killed in the middle of its question
            self.close_connection = True
            return
        asked = json.loads(body)
        with server.lock:
            server.now += 1
            server.most = max(server.most, server.now)
            dead = server.dead_after is not None and server.answered >= server.dead_after
        time.sleep(0 if dead else server.seconds)
        with server.lock:
            server.now -= 1
            server.answered += not dead
        if dead:
            self._reply(404, {"error": {"message": "no such model"}})
            return
        content = json.dumps(_fill(asked["response_format"]["json_schema"]["schema"]))
        message = {"role": "assistant", "content": content}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        usage = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
        self._reply(
            200,
            {"id": "x", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice], "usage": usage},
        )


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with ModelServer(0.15) as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def test_eight_jobs_keep_the_server_at_its_places_and_never_above(run: Any, server: ModelServer) -> None:
    server.seconds = 0.4
    Path("many.jsonl").write_text(stories(12))
    result = run("write", "--batch", "many.jsonl", "-o", "films", "--jobs", "8", "--llm", server.uri, "--json")
    assert result.exit_code == 0, result.stderr
    assert server.most == 8, "full, and not above what the back end takes"
    summary = json.loads(result.stdout)
    assert summary["usage"]["calls"] == server.answered == sum(row["usage"]["calls"] for row in rows("films"))
    assert summary["usage"]["prompt_tokens"] == 10 * server.answered


def test_more_jobs_than_usual_ask_more_at_once(run: Any, server: ModelServer) -> None:
    server.seconds = 1.0
    Path("many.jsonl").write_text(stories(12))
    assert run("write", "--batch", "many.jsonl", "-o", "films", "--jobs", "12", "--llm", server.uri).exit_code == 0
    assert 8 < server.most <= 12


def test_a_lost_model_ends_the_batch_early_and_the_rest_is_written_later(run: Any, server: ModelServer) -> None:
    server.dead_after = 0
    Path("many.jsonl").write_text(stories(9))
    lost = run("write", "--batch", "many.jsonl", "-o", "films", "--jobs", "1", "--llm", server.uri)
    assert lost.exit_code == 4
    assert "Not tried" in rows("films")[-1]["error"]
    assert len(rows("films")) == 9
    server.dead_after = None
    assert run("write", "--batch", "many.jsonl", "-o", "films", "--llm", server.uri).exit_code == 0
    assert [row["status"] for row in rows("films")] == ["ok"] * 9


def _start(server: ModelServer) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "mavin",
            "write",
            "--batch",
            "many.jsonl",
            "-o",
            "films",
            "--jobs",
            "2",
            "--llm",
            server.uri,
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ},
    )


def _wait_for_lines(count: int) -> None:
    deadline = time.monotonic() + 60
    path = Path("films/results.jsonl")
    while time.monotonic() < deadline:
        if path.exists() and len(path.read_text().splitlines()) >= count:
            return
        time.sleep(0.05)
    raise AssertionError(f"fewer than {count} prompts were done in a minute")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_stopped_batch_goes_on_and_pays_for_nothing_twice(run: Any, server: ModelServer, how: signal.Signals) -> None:
    Path("many.jsonl").write_text(stories(8))
    process = _start(server)
    _wait_for_lines(2)
    process.send_signal(how)
    _, errors = process.communicate(timeout=30)
    if how is signal.SIGINT:
        assert process.returncode == 130
        assert "the same command goes on" in " ".join(errors.split())
        assert "Traceback" not in errors
    finished = rows("films")
    assert 2 <= len(finished) < 8
    revisions = {row["id"]: row for row in finished}
    assert run("write", "--batch", "many.jsonl", "-o", "films", "--llm", server.uri).exit_code == 0
    after = {row["id"]: row for row in rows("films")}
    assert len(rows("films")) == len(after) == 8
    assert {name: after[name] for name in revisions} == revisions, "what was done stays as it was"
    assert all(row["status"] == "ok" for row in after.values())
    # Each prompt has a handful of questions; at most the two that were under way are asked again.
    once = sum(row["usage"]["calls"] + row["usage"].get("reused", 0) for row in after.values())
    assert server.answered <= once + 8
