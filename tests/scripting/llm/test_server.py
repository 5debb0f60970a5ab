"""Running a server: its environment, its end, and that nothing of it outlives us."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mavin.errors import BackendError
from scripting.llm.serve import ServeCommand
from scripting.llm.server import run_server, serving

# A server as vLLM is one: it answers on /health, and its work is done by a process of its own.
SERVER = """
import http.server, os, signal, subprocess, sys
worker = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
open(sys.argv[2], "w").write(f"{os.getpid()} {worker.pid}")
def leave(*_):
    worker.kill()
    sys.exit(0)
if sys.argv[3] == "tidy":
    signal.signal(signal.SIGTERM, leave)
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/health" else 404)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


def server_of(folder: Path, manners: str) -> tuple[ServeCommand, Path]:
    """A server and the file with its process ids; a tidy one ends its worker when it is told to end."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    arguments = (sys.executable, "-c", SERVER, str(port), str(folder / "pids"), manners)
    return ServeCommand(arguments, {}, f"http://127.0.0.1:{port}/v1"), folder / "pids"


@pytest.fixture
def server(tmp_path: Path) -> tuple[ServeCommand, Path]:
    return server_of(tmp_path, "untidy")


def alive(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return bool(state) and not state.startswith("Z")


def assert_gone(pids: Path, seconds: float = 10) -> None:
    numbers = [int(number) for number in pids.read_text().split()]
    assert len(numbers) == 2
    deadline = time.monotonic() + seconds
    while any(alive(number) for number in numbers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(alive(number) for number in numbers)


def test_the_server_gets_its_environment_and_its_exit_code_comes_back() -> None:
    code = "import os, sys; sys.exit(7 if os.environ.get('VLLM_X') == '1' and 'PATH' in os.environ else 0)"
    command = ServeCommand((sys.executable, "-c", code), {"VLLM_X": "1"}, "http://127.0.0.1:8000/v1")
    handler = signal.getsignal(signal.SIGTERM)
    assert run_server(command) == 7
    assert signal.getsignal(signal.SIGTERM) == handler


def test_a_server_is_there_in_the_block_and_gone_behind_it(server: tuple[ServeCommand, Path], tmp_path: Path) -> None:
    command, pids = server
    with serving(command, tmp_path / "log", ready_within=30) as uri:
        assert uri == command.uri
        assert all(alive(int(number)) for number in pids.read_text().split())
    assert_gone(pids)


def test_a_server_goes_with_an_error_in_the_block(server: tuple[ServeCommand, Path], tmp_path: Path) -> None:
    command, pids = server
    with pytest.raises(RuntimeError), serving(command, tmp_path / "log", ready_within=30):
        raise RuntimeError("the tests failed")
    assert_gone(pids)


def test_a_server_that_does_not_start_shows_the_end_of_its_log(tmp_path: Path) -> None:
    dying = ServeCommand(
        (sys.executable, "-c", "print('no such model'); raise SystemExit(3)"), {}, "http://127.0.0.1:9/v1"
    )
    with pytest.raises(BackendError, match=r"(?s)exit code 3.*no such model"), serving(dying, tmp_path / "log"):
        pass
    mute = ServeCommand((sys.executable, "-c", "import time; time.sleep(300)"), {}, "http://127.0.0.1:9/v1")
    with pytest.raises(BackendError, match="not ready within 1 s"), serving(mute, tmp_path / "log", ready_within=1):
        pass


SIGNALS = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP]
if sys.platform == "linux":  # elsewhere nobody tells a child that its parent was killed
    SIGNALS.append(signal.SIGKILL)


@pytest.mark.parametrize("number", SIGNALS)
def test_a_killed_run_leaves_no_server(number: signal.Signals, tmp_path: Path) -> None:
    # Killed outright, we can only have the server told; what it has started it ends itself, as vLLM does.
    command, pids = server_of(tmp_path, "tidy" if number is signal.SIGKILL else "untidy")
    code = (
        "from scripting.llm.serve import ServeCommand; from scripting.llm.server import run_server\n"
        f"run_server(ServeCommand({command.arguments!r}, {{}}, {command.uri!r}))"
    )
    ours = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL, env=os.environ)
    deadline = time.monotonic() + 60
    while not (pids.is_file() and len(pids.read_text().split()) == 2) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.3)  # the tidy one is about to say how it wants to be told
    ours.send_signal(number)
    assert ours.wait(30) != 0
    assert_gone(pids)
