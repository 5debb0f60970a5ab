"""From a sentence to a video in one go."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from mavin.api.rendering import render
from mavin.api.requests import References
from mavin.api.targets import check_output
from mavin.api.writing import Notice, Progress, write
from mavin.errors import UsageError
from mavin.film import SUFFIX, Film

__all__ = ["make"]


def make(
    prompt: str | None,
    output: str | Path,
    *,
    renderer: str = "stage",
    duration: float | str | Decimal | None = None,
    shots: int | str | None = None,
    aspect: str = "16:9",
    language: str | None = None,
    refs: References | None = None,
    llm: str | None = None,
    model: str | None = None,
    seed: int = 0,
    strict: bool = False,
    force: bool = False,
    resume: bool = False,
    progress: Progress | None = None,
    rendering: Callable[[float], None] | None = None,
    notice: Notice | None = None,
) -> Film:
    """Writes a film and renders it; the film's folder lies beside the video (``out.mp4``, ``out.mavin``).

    Args:
        prompt: the story; ``None`` only to resume.
        output: the ``.mp4`` to make.
        renderer: name of a renderer.
        progress: called with who is at work while the script is written.
        rendering: called with the part of the video that is done.
        duration, shots, aspect, language, refs, llm, model, seed, strict, force, resume, notice:
            as :func:`~mavin.api.writing.write` takes them.

    Raises:
        MavinError: as :func:`~mavin.api.writing.write` and :func:`~mavin.api.rendering.render`.
    """
    from generator.renderers import renderer as find

    find(renderer)  # an unknown name must not cost a writing run
    video = check_output(output, ".mp4")
    if video.exists() and not (force or resume):
        raise UsageError(f"{video} exists. Choose another name with -o, or add --force to replace it.")
    film = write(
        prompt,
        video.with_suffix(SUFFIX),
        duration=duration,
        shots=shots,
        aspect=aspect,
        language=language,
        refs=refs,
        llm=llm,
        model=model,
        seed=seed,
        strict=strict,
        force=force,
        resume=resume,
        progress=progress,
        notice=notice,
    )
    clips = [clip.id for clip in film.clips]
    for clip in clips:
        # A story of several clips gives out-K1.mp4, out-K2.mp4, …
        name = video if len(clips) == 1 else video.with_stem(f"{video.stem}-{clip}")
        render(film, name, renderer=renderer, seed=seed, clip=clip, progress=rendering)
    return film
