"""Running a server that :func:`~scripting.llm.serve.serve_command` describes: in the foreground, or while we need it.

The server gets a process group of its own, because vLLM is several processes.  Whatever ends us ends them: a signal
is passed on, and where we are killed outright the system tells the server (on Linux).

    told to end ──▶ SIGTERM to the server ──30 s──▶ SIGKILL to its whole group
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import IO, Any

from mavin.errors import BackendError
from scripting.llm.serve import ServeCommand

__all__ = ["run_server", "serving"]

_PATIENCE_SECONDS = 30.0
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if os.name == "posix" else (signal.SIGINT,)


def run_server(command: ServeCommand) -> int:
    """Runs the server in the foreground until it ends; returns its exit code.

    Ctrl-C, and a request to end us, reach the server, which is given half a minute to end by itself.

    Raises:
        KeyboardInterrupt: if we were told to end; the server has ended by then.
    """
    process = _start(command, None)
    asked: list[int] = []

    def pass_on(number: int, _frame: FrameType | None) -> None:
        asked.append(number)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, pass_on) for number in _ENDING}
    try:
        return process.wait()
    finally:
        for number in _ENDING:
            signal.signal(number, signal.SIG_IGN)  # one request is enough; it is being seen to
        _end(process)
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def serving(command: ServeCommand, log: Path, *, ready_within: float = 600.0) -> Iterator[str]:
    """A server for as long as the block runs; gives the address for ``--llm``.

    Call it from the main thread: the system watches the thread that started the server.

    Args:
        command: what to start.
        log: file that takes what the server prints.
        ready_within: seconds until it must answer.

    Raises:
        BackendError: if it ends or is not ready in time; the message shows the end of its log.
    """
    with log.open("wb") as stream:
        process = _start(command, stream)
        try:
            _wait_until_ready(process, command.uri, log, ready_within)
            yield command.uri
        finally:
            _end(process)


def _start(command: ServeCommand, output: IO[bytes] | None) -> subprocess.Popen[bytes]:
    # Packages of our environment must not be found by the server's interpreter.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONHOME"} | command.environment
    options: dict[str, Any] = {"preexec_fn": _end_with_parent} if sys.platform == "linux" else {}
    return subprocess.Popen(  # noqa: S603 - our own command line
        command.arguments,
        env=environment,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        start_new_session=True,
        **options,
    )


def _end_with_parent() -> None:
    """In the child: asks Linux for SIGTERM when the parent dies, by whatever means (prctl PR_SET_PDEATHSIG)."""
    import ctypes

    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Asks the server to end, and after half a minute ends it with all that it has started."""
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE_SECONDS)
    if os.name == "posix":
        # The leader may be gone and a worker of its own still there; the group lives as long as any member.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], uri: str, log: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    health = f"{uri.removesuffix('/v1')}/health"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # it is this machine: no proxy
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise BackendError(f"The server ended with exit code {process.returncode} before it was ready.{_tail(log)}")
        with contextlib.suppress(OSError), opener.open(health, timeout=2) as reply:
            if reply.status == 200:
                return
        time.sleep(0.5)
    raise BackendError(f"The server was not ready within {seconds:.0f} s.{_tail(log)}")


def _tail(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
    return f" The end of {log}:\n" + "\n".join(f"    {line}" for line in lines)
