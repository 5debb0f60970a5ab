"""``python -m tests.vllm.run`` (make test-vllm): the tests marked ``vllm`` against a real vLLM server on this machine's CPU.

    environment (once) ──▶ tiny random Qwen3 ──▶ the server of `mavin serve --cpu` ──▶ pytest ──▶ server ended

All of it lives below ``.cache/vllm``.  MAVIN_VLLM_ENV names another environment that has vLLM; MAVIN_TEST_VLLM names
a server that already runs, and then nothing is installed or started.  Arguments go on to pytest.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from mavin.errors import MavinError
from scripting.llm.serve import serve_command
from scripting.llm.server import serving
from tests.vllm.check_flags import COMMANDS
from tests.vllm.environment import InstallError, python_of, ready_environment

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "vllm"
CONTEXT = 16384


def say(text: str) -> None:
    """One line of progress, at once."""
    sys.stdout.write(f"→ {text}\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """Runs everything; the exit code is pytest's, or 1 where no server can be had."""
    signal.signal(signal.SIGTERM, _leave)  # so that the server is ended, as with Ctrl-C
    os.chdir(ROOT)
    if os.environ.get("MAVIN_TEST_VLLM"):
        return _tests(os.environ["MAVIN_TEST_VLLM"], arguments)
    try:
        python = _interpreter()
        _check_flags(python)
        model = CACHE / "tiny-qwen3"
        say(f"making the model {model.relative_to(ROOT)}")
        _make_model(python, model)
        log = CACHE / "server.log"
        command = serve_command(
            str(model), port=_free_port(), cpu=True, max_model_len=CONTEXT, memory=1, python=str(python)
        )
        say(f"starting the server (one to three minutes; its log is {log.relative_to(ROOT)})")
        started = time.monotonic()
        with serving(command, log) as uri:
            say(f"ready after {time.monotonic() - started:.0f} s")
            return _tests(uri, arguments)
    except (InstallError, MavinError) as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _interpreter() -> Path:
    named = os.environ.get("MAVIN_VLLM_ENV", "").strip()
    if not named:
        return ready_environment(CACHE / "env", say)
    python = python_of(Path(named))
    if not python.is_file():
        raise InstallError(f"MAVIN_VLLM_ENV must name an environment with vLLM, and {python} does not exist.")
    return python


def _check_flags(python: Path) -> None:
    """Fails if vLLM does not know a flag that ``mavin serve`` would give it."""
    commands = [serve_command("Qwen/Qwen3-8B", python="python", **options).arguments[3:] for options in COMMANDS]
    script = str(ROOT / "tests" / "vllm" / "check_flags.py")
    done = subprocess.run([python, script], input=json.dumps(commands), capture_output=True, text=True)
    if done.returncode:
        raise InstallError(f"vLLM does not take the flags of mavin serve:\n{done.stderr[-1500:]}")
    say(f"vLLM takes the flags of {len(commands)} sorts of `mavin serve`")


def _make_model(python: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    made = subprocess.run(
        [python, str(ROOT / "tests" / "vllm" / "make_model.py"), str(folder)], capture_output=True, text=True
    )
    if made.returncode:
        raise InstallError(f"The model could not be made:\n{made.stderr[-2000:]}")


def _tests(uri: str, arguments: list[str]) -> int:
    command = [sys.executable, "-m", "pytest", "-m", "vllm", "tests/vllm", *arguments]
    return subprocess.run(command, env=os.environ | {"MAVIN_TEST_VLLM": uri}).returncode


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(143)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
