"""``mavin write``: from a sentence to a film folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mavin.cli import options
from mavin.cli.asking import asking
from mavin.cli.console import Progress, emit, note, out

if TYPE_CHECKING:
    from mavin.api.requests import WriteOptions

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("write", epilog='Example: mavin write "A fox finds a lantern." -o fox.mavin --shots 3 --duration 8')(
        write
    )


def write(
    prompt: options.Prompt = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="NAME.mavin", help="The film to make; its title if left out."),
    ] = None,
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
    batch: options.Batch = None,
    jobs: options.Jobs = None,
    as_json: options.Json = False,
) -> int | None:
    """Write the script of a film from a sentence.

    Quoted lines, times, counts and the order of events stay exactly as you wrote them.
    """
    pairs = options.read_references(ref)
    if batch is not None or jobs is not None:
        from mavin.cli.batch import write_many

        chosen: WriteOptions = {
            "duration": duration,
            "shots": shots,
            "clips": clips,
            "aspect": aspect,
            "language": language,
            "seed": seed,
            "strict": strict,
            "pace": pace,
            "measure_speech": measure_speech,
        }
        return write_many(
            batch, output, chosen, prompt=prompt, references=pairs, jobs=jobs, llm=llm, model=model, force=force,
            as_json=as_json,
        )  # fmt: skip
    text = options.read_prompt(prompt)
    from mavin import api

    with Progress() as progress:
        film = api.write(
            text,
            output,
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
            notice=note,
            decide=None if strict else asking(progress, as_json=as_json),
        )
    source = api.load(film)
    if as_json:
        emit(api.film_report(source))
        return None
    from mavin.cli.summary import print_written

    print_written(out(), source)
    return None
