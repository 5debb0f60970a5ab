"""The command as a whole: help, version, exit codes, errors, pipes, speed of starting."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from mavin.film import Film

COMMANDS = ("write", "make", "new", "show", "check", "preview", "render", "route", "model", "serve", "doctor")
MODEL_COMMANDS = ("list", "pull", "remove")
FIELDS = {"film", "caption", "captions", "ledger", "conflicts", "diagnostics", "llm", "agents", "output"}
USAGE = {"uri", "model", "calls", "prompt_tokens", "cached_tokens", "completion_tokens", "seconds", "reused"}


def test_help_names_every_command_and_an_example(run: Any) -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert "Example: mavin make" in result.stdout
    for command in COMMANDS:
        assert command in result.stdout


@pytest.mark.parametrize("command", [[name] for name in COMMANDS] + [["model", name] for name in MODEL_COMMANDS])
def test_every_command_explains_itself_with_an_example(run: Any, command: list[str]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Example: mavin" in result.stdout


def test_a_group_without_a_command_shows_its_help(run: Any) -> None:
    for args in ([], ["model"]):
        result = run(*args)
        assert result.exit_code == 2
        assert result.stderr == run(*args, "--help").stdout
        assert "Commands:\n" in result.stderr


def test_version(run: Any) -> None:
    import mavin

    assert run("--version").stdout == f"mavin {mavin.__version__}\n"


def test_completion_is_offered(shell: Any) -> None:
    done = shell("--show-completion", "bash")
    assert done.returncode == 0
    assert "_MAVIN_COMPLETE" in done.stdout


@pytest.mark.parametrize(
    "args",
    ["--bogus", "bogus", "write --bogus", "show", "make fox", "write A fox", "model bogus"],
)
def test_what_cannot_be_parsed_is_one_paragraph_that_leads_to_help(run: Any, args: str) -> None:
    result = run(*args.split())
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "--help` to see" in result.stderr


def test_with_json_every_error_is_one_object(run: Any) -> None:
    for args, code in (("write @none --json", 2), ("write 1 --json", 3), ("write x --bogus --json", 2)):
        result = run(*args.split())
        assert result.exit_code == code
        data = json.loads(result.stdout)
        assert set(data) == FIELDS
        assert set(data["llm"]) == USAGE
        assert data["caption"] is None
        assert [set(item) for item in data["diagnostics"]] == [{"code", "severity", "message", "path", "span"}]
        assert data["diagnostics"][0]["message"] in result.stderr


def test_json_behind_a_double_dash_is_a_story(run: Any) -> None:
    result = run("write", "--bogus", "--", "--json")
    assert (result.exit_code, result.stdout) == (2, "")


def test_nothing_heavy_is_imported_for_help() -> None:
    code = (
        "import sys\nfrom mavin.cli.main import app\n"
        "heavy = {'pydantic', 'numpy', 'av', 'PIL', 'langgraph', 'langchain_core', 'torch', 'filelock', 'httpx'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_importing_mavin_imports_nothing_else() -> None:
    code = "import sys, mavin\nprint(sorted(name for name in sys.modules if name.startswith('mavin')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['mavin']"


def test_a_reader_that_goes_away_is_no_error(film: Film) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "mavin", "show", str(film.path), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("form", ["--text", "--json"])
def test_a_full_disk_behind_standard_output_is_one_line(film: Film, form: str) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "mavin", "show", str(film.path), form]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "No space left" in done.stderr


def test_a_terminal_without_unicode_gets_plain_marks(film: Film, shell: Any) -> None:
    done = shell("show", str(film.path), PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "|S1" in done.stdout
    assert "\\u" not in "\n".join(line for line in done.stdout.splitlines() if "|S1" in line)


def test_an_unexpected_error_is_one_line_and_debug_shows_it_all(film: Film, tmp_path: Path) -> None:
    # A title that is no text makes rich fail inside; only a broken installation does such things.
    code = "import sys; sys.modules['rich.text'] = None\nfrom mavin.cli.main import main\nmain()"
    for debug in ("", "1"):
        done = subprocess.run(
            [sys.executable, "-c", code, "check", str(film.path)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "MAVIN_DEBUG": debug},
        )
        assert done.returncode == 1
        assert "MAVIN_DEBUG=1" in done.stderr
        assert ("Traceback" in done.stderr) == bool(debug)


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_output_is_like_nobody_reading(film: Film, closed: str) -> None:
    for words, code in ((f"check {film.path.name}", 3), ("--version", 0), ("show none.mavin", 2)):
        line = f'"{sys.executable}" -m mavin {words} {closed}'
        done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr


def seen_in_a_terminal(*args: str, **variables: str) -> bytes:
    """All that a command sends to a terminal."""
    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}
    with subprocess.Popen(
        [sys.executable, "-m", "mavin", *args],
        stdout=theirs,
        stderr=theirs,
        stdin=subprocess.DEVNULL,
        env={**environment, "TERM": "xterm-256color", **variables},
    ):
        os.close(theirs)
        seen = b""
        with suppress(OSError):  # Linux says so when the other side is closed
            while block := os.read(ours, 65536):
                seen += block
    os.close(ours)
    return seen


@pytest.mark.parametrize("command", ["show", "check"])
def test_a_terminal_that_wants_no_colour_gets_no_escapes_at_all(film: Film, command: str) -> None:
    plain = seen_in_a_terminal(command, str(film.path), NO_COLOR="1")
    assert b"S1" in plain or b"error" in plain
    assert b"\x1b" not in plain
    assert b"\x1b" in seen_in_a_terminal(command, str(film.path))
