"""``mavin make``: from a sentence to a video in one go."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mavin.cli import generation, options
from mavin.cli.asking import asking
from mavin.cli.console import Progress, emit, note, out

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("make", epilog='Example: mavin make "A fox finds a lantern in the snow." -o fox.mp4 --llm rules')(make)


def make(
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT.mp4", help="The video to make: .mp4, .webm or .gif.")
    ],
    prompt: options.Prompt = None,
    force: options.Force = False,
    duration: options.Duration = None,
    shots: options.Shots = None,
    clips: options.Clips = None,
    aspect: options.Aspect = None,
    language: options.Language = None,
    ref: options.Ref = None,
    llm: options.Llm = None,
    model: options.Model = None,
    seed: options.Seed = 0,
    resume: options.Resume = False,
    strict: options.Strict = False,
    pace: options.Pace = "1",
    measure_speech: options.MeasureSpeech = False,
    renderer: options.Renderer = None,
    weights: generation.Weights = None,
    device: generation.Device = "auto",
    dtype: generation.Dtype = "auto",
    offload: generation.Offload = "none",
    steps: generation.Steps = None,
    size: generation.Size = None,
    as_json: options.Json = False,
) -> None:
    """Write a film and render it in one go.

    The film's folder stays beside the video: out.mp4, out.mavin.
    """
    pairs = options.read_references(ref)
    text = options.read_prompt(prompt)
    from mavin import api

    with Progress() as progress:
        film = api.make(
            text,
            output,
            renderer=renderer,
            duration=duration,
            shots=shots,
            clips=clips,
            aspect=aspect,
            language=language,
            refs=pairs,
            llm=llm,
            model=model,
            seed=seed,
            strict=strict,
            pace=pace,
            measure_speech=measure_speech,
            force=force,
            resume=resume,
            progress=progress.stage,
            rendering=progress.part,
            telling=progress.share,
            generation=generation.sampling(
                weights=weights, device=device, dtype=dtype, offload=offload, steps=steps, size=size
            ),
            notice=note,
            decide=None if strict else asking(progress, as_json=as_json),
        )
    source = api.load(film)
    video = Path(output)
    if as_json:
        emit(api.film_report(source, output=video))
        return
    from mavin.cli.summary import print_written

    print_written(out(), source, video=video)
