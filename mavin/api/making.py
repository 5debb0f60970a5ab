"""From a sentence to a video in one go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Unpack

from mavin.api.choosing import choose_renderer
from mavin.api.generating import GenerationOptions
from mavin.api.rendering import engine_of, render
from mavin.api.requests import WriteOptions
from mavin.api.targets import check_output
from mavin.api.writing import Decide, Notice, Progress, write
from mavin.errors import UsageError
from mavin.film import SUFFIX, Film
from mavin.media import FILM_SUFFIXES

__all__ = ["make"]


def make(
    prompt: str | None,
    output: str | Path,
    *,
    renderer: str | None = None,
    llm: str | None = None,
    model: str | None = None,
    force: bool = False,
    resume: bool = False,
    progress: Progress | None = None,
    rendering: Callable[[float], None] | None = None,
    notice: Notice | None = None,
    decide: Decide | None = None,
    telling: Callable[[str, float], None] | None = None,
    generation: GenerationOptions | None = None,
    **options: Unpack[WriteOptions],
) -> Film:
    """Writes a film and renders it; the film's folder lies beside the video (``out.mp4``, ``out.mavin``).

    Args:
        prompt: the story; ``None`` only to resume.
        output: the ``.mp4``, ``.webm`` or ``.gif`` to make.
        renderer: name of a renderer; left out, as for :func:`~mavin.api.rendering.render`.
        progress: called with who is at work while the script is written.
        rendering: called with the part of the video that is done.
        telling: called with what the network is doing, and the part of the video that is done.
        generation: options of the network, such as its weights.
        llm, model, force, resume, notice, decide: as :func:`~mavin.api.writing.write` takes them.
        options: what :func:`~mavin.api.writing.write` takes besides: duration, shots, aspect, language, refs, seed,
            strict, clips, pace, measure_speech.

    Raises:
        MavinError: as :func:`~mavin.api.writing.write` and :func:`~mavin.api.rendering.render`.
    """
    choice = choose_renderer(renderer, generation)
    engine_of(choice)  # an unknown name must not cost a writing run
    video = check_output(output, FILM_SUFFIXES)
    if video.exists() and not (force or resume):
        raise UsageError(f"{video} exists. Choose another name with -o, or add --force to replace it.")
    film = write(
        prompt,
        video.with_suffix(SUFFIX),
        llm=llm,
        model=model,
        force=force,
        resume=resume,
        progress=progress,
        notice=notice,
        decide=decide,
        **options,
    )
    seed = options.get("seed", 0)
    render(film, video, renderer=choice.name, seed=seed, progress=rendering, telling=telling, **choice.options)
    if choice.notice and notice is not None:
        notice(choice.notice)
    return film
