"""From a sentence to a film folder: everything that is cheap to find wrong is found before a model is asked."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Unpack

from mavin.api.requests import Clips, References, WriteOptions, build_request, find_references
from mavin.api.running import Decide, Job, Notice, Progress, RefusedError, run_job
from mavin.api.targets import check_film_target, check_folder, renaming
from mavin.errors import UsageError
from mavin.film import SUFFIX, Film, Run

__all__ = ["Decide", "Notice", "Progress", "RefusedError", "request_job", "write"]


def write(
    prompt: str | None,
    to: str | Path | None = None,
    *,
    duration: float | str | Decimal | None = None,
    shots: int | str | None = None,
    aspect: str | None = None,
    language: str | None = None,
    refs: References | None = None,
    llm: str | None = None,
    model: str | None = None,
    seed: int = 0,
    strict: bool = False,
    pace: float | str = 1.0,
    measure_speech: bool = False,
    clips: Clips = None,
    force: bool = False,
    resume: bool = False,
    progress: Progress | None = None,
    notice: Notice | None = None,
    decide: Decide | None = None,
) -> Film:
    """Writes the script of a film.

    Args:
        prompt: the story in a sentence or more; ``None`` only to resume the run in ``to``.
        to: the film's folder, ``.mavin`` is added; a slug of the title in the current folder if left out.
        duration: seconds, 3 to 15 for each clip; the prompt's own, or what the story needs, if left out.
        shots: number of shots, 1 to 6 for each clip.
        aspect: 16:9, 9:16, 1:1, 4:3 or 21:9; ``None`` for what the prompt says ("vertical"), else 16:9.
        language: tag such as ``en``; the prompt's if left out.
        refs: pictures and voices, ``{"Mara": "mara.png"}``, a list of files for both kinds.
        llm: address of the language model; ``MAVIN_LLM``, else ``embedded``, if left out.
        model: name of the model there.
        seed: seed of every random choice.
        strict: refuse what only a model suspects to be a conflict.
        pace: how fast people speak, as a factor of the natural rate, 0.5 to 2.
        measure_speech: measure how long each quoted line takes with the speech engine, instead of
            estimating it (needs the ``speech`` extra).
        clips: how many clips of 3 to 15 s share the story and one cast, or ``"auto"`` for as many as it
            needs; one clip that tells all of it if left out.
        force: replace an existing film; it stays readable until the new one is complete.
        resume: go on with a killed run, or start one where there is none.
        progress: called with who is at work and what it does.
        notice: called with a sentence when something is done otherwise than one might think: another
            name, or a run from the beginning where there is none to resume.
        decide: asked about each conflict that only the model suspects; without it such conflicts are
            shown in the film, and refused under ``strict``.

    Raises:
        RefusedError: if the prompt contradicts itself (carries the report).
        InvalidInputError: if the prompt cannot be read as text.
        UsageError: if an option, a reference or the place is wrong.
        BackendError: if the language model cannot be reached.
        FilmError: if the film cannot be written; what was there before is untouched.
    """
    target = check_film_target(to, force=force, resume=resume) if to is not None else None
    if prompt is None:
        job = _stored_job(target, resume, llm, model)
    else:
        job = request_job(
            prompt,
            target,
            llm,
            model,
            duration=duration,
            shots=shots,
            aspect=aspect,
            language=language,
            refs=refs,
            seed=seed,
            strict=strict,
            clips=clips,
            pace=pace,
            measure_speech=measure_speech,
        )
    if resume:
        finished = _finished(job)
        if finished is not None:
            return finished
    tell = notice or (lambda _sentence: None)
    if to is not None and (sentence := renaming(to)):
        tell(sentence)
    if resume and Run.load(job.folder) is None:
        tell(f"There is no run to resume in {job.folder}, so it starts at the beginning.")
    return run_job(job, force=force, resume=resume, progress=progress or (lambda _who, _what: None), decide=decide)


def request_job(
    prompt: str, target: Path | None, llm: str | None, model: str | None, **options: Unpack[WriteOptions]
) -> Job:
    """A prompt and its options as a job, everything checked that can be checked without a model.

    Raises:
        InvalidInputError, UsageError: as :func:`write`.
    """
    # The prompt first: a reference must name somebody in it.
    build_request(prompt)
    found = find_references(prompt, options.get("refs"))
    request = build_request(
        prompt,
        duration=options.get("duration"),
        shots=options.get("shots"),
        aspect=options.get("aspect"),
        language=options.get("language"),
        references=found,
        seed=options.get("seed", 0),
        strict=options.get("strict", False),
        clips=options.get("clips"),
        pace=options.get("pace", 1.0),
        measure_speech=options.get("measure_speech", False),
    )
    folder = target or Path(f"unfinished-{request.fingerprint[:8]}{SUFFIX}")
    if target is None:
        check_folder(folder)
    return Job(request, folder, target, llm, model, found)


def _stored_job(target: Path | None, resume: bool, llm: str | None, model: str | None) -> Job:
    if not resume:
        raise UsageError('A story is needed, for example: mavin write "A fox finds a lantern in the snow."')
    if target is None:
        raise UsageError("To resume without the prompt, say which run: mavin write --resume -o NAME.mavin")
    run = Run.load(target)
    if run is None:
        state = "holds no run that could be resumed" if target.exists() else "does not exist"
        raise UsageError(f"{target} {state}. Give the same command as before, with its prompt and --resume.")
    return Job(run.request, target, target, llm or run.llm, model or run.model)


def _finished(job: Job) -> Film | None:
    """The film, if the run to be resumed had already become one."""
    if job.target is None or not (job.target / "film.json").exists() or Run.load(job.target) is not None:
        return None
    film = Film.open(job.target)
    if film.manifest.request == job.request.fingerprint:
        return film
    raise UsageError(
        f"{job.target} is complete and was made from another prompt or other options, so there is nothing to "
        "resume. Choose another name with -o, or replace it with --force and without --resume."
    )
