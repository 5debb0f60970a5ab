"""``mavin serve``: starts vLLM with the flags that the agents rely on."""

from __future__ import annotations

import shlex
import sys
from typing import Annotated

import typer

from mavin.cli.console import out
from mavin.errors import MavinError

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("serve", epilog="Example: mavin serve --model Qwen/Qwen3-8B --port 8000")(serve)


def serve(
    model: Annotated[
        str | None, typer.Option("--model", metavar="NAME", help="A model's name on the hub, or its folder.")
    ] = None,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", help="TCP port.")] = 8000,
    cpu: Annotated[bool, typer.Option("--cpu", help="Serve without a GPU.")] = False,
    max_model_len: Annotated[
        int | None, typer.Option("--max-model-len", metavar="N", help="Tokens of context.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the command and do not run it.")] = False,
) -> None:
    """Start a language model server (vLLM).

    It runs in the foreground until Ctrl-C.
    """
    from scripting.llm.serve import run_server, serve_command

    command = serve_command(model, host=host, port=port, cpu=cpu, max_model_len=max_model_len)
    for note in command.notes:
        sys.stderr.write(f"mavin: {note}\n")
    if dry_run:
        # The key, if there is one, is the caller's own and needs no showing.
        shown = [f"{name}={shlex.quote(value)}" for name, value in command.environment.items() if "KEY" not in name]
        out().print(" ".join([*shown, shlex.join(command.arguments)]))
        return
    sys.stderr.write(f"When it is ready: mavin write PROMPT --llm {command.uri}\n")
    code = run_server(command)
    if code:
        raise MavinError(f"The server ended with exit code {code}; what it wrote above says why.")
