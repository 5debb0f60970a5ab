"""``mavin serve``: starts vLLM with the flags that the agents rely on."""

from __future__ import annotations

import os
import shlex
import sys
from typing import Annotated

import typer

from mavin.cli.console import note, out
from mavin.errors import BackendError, MavinError, UsageError

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("serve", epilog="Example: mavin serve --model Qwen/Qwen3-32B --tensor-parallel 2")(serve)


def serve(
    extra: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="-- VLLM_OPTION", help="Further options for vLLM, behind two dashes.", show_default=False
        ),
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", metavar="NAME", help="A model's name on the hub, or its folder.")
    ] = None,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", help="TCP port.")] = 8000,
    cpu: Annotated[bool, typer.Option("--cpu", help="Serve without a GPU.")] = False,
    max_model_len: Annotated[
        int | None, typer.Option("--max-model-len", metavar="N", help="Tokens of context.")
    ] = None,
    tensor_parallel: Annotated[
        int, typer.Option("--tensor-parallel", metavar="N", help="GPUs that share every layer.")
    ] = 1,
    pipeline_parallel: Annotated[
        int, typer.Option("--pipeline-parallel", metavar="N", help="Machines that share the depth.")
    ] = 1,
    ray: Annotated[bool, typer.Option("--ray", help="Use the GPUs of a running Ray cluster.")] = False,
    quantization: Annotated[
        str | None,
        typer.Option(
            "--quantization",
            metavar="NAME",
            help="Quantise while loading: fp8_per_tensor. AWQ, GPTQ and FP8 files need none.",
        ),
    ] = None,
    memory: Annotated[
        float | None,
        typer.Option("--memory", metavar="X", help="Share of a GPU's memory, or gigabytes of cache on a CPU."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the command and do not run it.")] = False,
) -> None:
    """Start a language model server (vLLM).

    It runs in the foreground until Ctrl-C.
    """
    from scripting.llm.serve import serve_command
    from scripting.llm.server import run_server

    if model is not None and not model.strip():
        raise UsageError("--model needs a model's name on the hub or its folder, got an empty one.")
    python = _python_to_show(cpu) if dry_run else None
    command = serve_command(
        model,
        host=host,
        port=port,
        cpu=cpu,
        max_model_len=max_model_len,
        tensor_parallel=tensor_parallel,
        pipeline_parallel=pipeline_parallel,
        ray=ray,
        quantization=quantization,
        memory=memory,
        extra=_checked(extra or []),
        python=python,
    )
    for sentence in command.notes:
        note(sentence)
    if dry_run:
        # The key, if there is one, is the caller's own and needs no showing.
        shown = [f"{name}={shlex.quote(value)}" for name, value in command.environment.items() if "KEY" not in name]
        out().print(" ".join([*shown, shlex.join(command.arguments)]))
        return
    sys.stderr.write(f"When it is ready: mavin write PROMPT --llm {command.uri}\n")
    code = run_server(command)
    if code:
        raise MavinError(f"The server ended with exit code {code}; what it wrote above says why.")


def _checked(extra: list[str]) -> list[str]:
    """Options for vLLM; a first word without dashes is more likely a model that lacks its ``--model``."""
    if extra and not extra[0].startswith("-"):
        raise UsageError(f"What goes on to vLLM must be options behind two dashes, got {extra[0]!r}. A model: --model.")
    return extra


def _python_to_show(cpu: bool) -> str:
    """The interpreter in a command that is only printed: it may be meant for another machine."""
    from scripting.llm.serve import find_python

    try:
        return find_python(cpu=cpu)
    except BackendError:
        note("vLLM is not installed here; run the command where it is.")
        return os.environ.get("MAVIN_VLLM_PYTHON", "").strip() or "python"
