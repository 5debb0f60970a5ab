"""``mavin train``: the network from a configuration, on one processor or on the GPUs of many machines."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from mavin.cli import options
from mavin.cli.console import Progress, emit, note, out

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("train", epilog="Example: mavin train ovi --set data.folder=examples -o runs/first")(train)


def train(
    config: Annotated[
        str, typer.Argument(metavar="CONFIG", help="A YAML file, or the name of one that comes with mavin: ovi.")
    ],
    output: Annotated[
        str | None, typer.Option("-o", "--out", metavar="FOLDER", help="Folder of the run. [runs/ and its name]")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on from the run's last checkpoint.")] = False,
    steps: Annotated[
        int | None, typer.Option("--steps", metavar="N", help="Stop after N steps; --resume goes on later.")
    ] = None,
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Change a value of CONFIG, such as optimizer.learning_rate."),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Train the network.

    Ctrl-C ends after the step and a checkpoint. For several processes: torchrun --nproc-per-node N -m mavin train …
    """
    from mavin import api

    first = os.environ.get("RANK", "0") == "0"
    with Progress() as progress:
        result = api.train(
            config,
            out=output,
            resume=resume,
            steps=steps,
            changes=changes or (),
            progress=progress.share if first else None,
        )
    if first:
        if as_json:
            emit(api.training_report(result))
        else:
            console = out()
            loss = "" if result.last is None else f", loss {result.last.loss:.4f}"
            console.print(f"{result.step:,} of {result.steps:,} steps{loss}. Checkpoint: {result.checkpoint}")
        if result.step < result.steps:
            note("Go on with the same command and --resume.")
    if result.interrupted:
        raise typer.Exit(130)
