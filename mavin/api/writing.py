"""From a sentence to a film folder, through a run that can be killed and resumed at any moment.

check everything cheap ──▶ begin run ──▶ write_script ──▶ bind references ──▶ commit film ──▶ forget run
(prompt, options, place,   (run.json,    (checkpoints)    (references/)       (one append)
 references, back end)      references)
"""

from __future__ import annotations

import hashlib
import importlib.resources
import json
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mavin.api.requests import FoundReference, References, build_request, find_references, fold
from mavin.api.targets import check_film_target, check_folder, film_path
from mavin.caption import HierarchicalCaption, InvalidCaptionError, validation_diagnostics
from mavin.errors import BackendError, InvalidInputError, UsageError
from mavin.film import SUFFIX, ClipLedger, Film, Manifest, Run, environment, slug, without_credentials
from mavin.film.references import FOLDER, store_reference
from mavin.film.run import ANSWERS, CHECKPOINTS, BoundReference
from mavin.ledger import ConflictOutcome, ScriptReport
from mavin.request import WriteRequest

__all__ = ["Progress", "RefusedError", "write"]

Progress = Callable[[str, str], None]
"""Called with who is at work and what it does, in words."""


class RefusedError(InvalidInputError):
    """The prompt contradicts itself; ``report`` holds the conflicts, with the phrases that clash."""

    def __init__(self, report: ScriptReport) -> None:
        self.report = report
        super().__init__(_refusal(report))


def _refusal(report: ScriptReport) -> str:
    reasons = []
    for conflict in report.conflicts:
        if conflict.outcome is ConflictOutcome.REFUSED:
            quotes = " against ".join(f"“{span.text}”" for span in conflict.spans)
            reasons.append(f"{conflict.explanation} ({quotes})" if quotes else conflict.explanation)
    reasons = reasons or [item.message for item in report.diagnostics if item.severity == "error"]
    why = "; ".join(reason.rstrip(".") for reason in reasons) or "it holds no story that could be filmed"
    return f"No script was written: {why}. Change the prompt so that all of it can hold, then try again."


@dataclass(frozen=True, slots=True)
class _Job:
    """A request, the folder it runs in, and the film it becomes (``None``: named after its title)."""

    request: WriteRequest
    folder: Path
    target: Path | None
    llm: str | None
    model: str | None
    references: tuple[FoundReference, ...] = ()


def write(
    prompt: str | None,
    to: str | Path | None = None,
    *,
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
) -> Film:
    """Writes the script of a film.

    Args:
        prompt: the story in a sentence or more; ``None`` only to resume the run in ``to``.
        to: the film's folder, ``.mavin`` is added; a slug of the title in the current folder if left out.
        duration: seconds, 3 to 15; the prompt's own, or what the story needs, if left out.
        shots: number of shots, 1 to 6.
        aspect: 16:9, 9:16, 1:1, 4:3 or 21:9.
        language: tag such as ``en``; the prompt's if left out.
        refs: pictures and voices, ``{"Mara": "mara.png"}``, a list of files for both kinds.
        llm: address of the language model; ``MAVIN_LLM``, else ``embedded``, if left out.
        model: name of the model there.
        seed: seed of every random choice.
        strict: refuse what only a model suspects to be a conflict.
        force: replace an existing film; it stays readable until the new one is complete.
        resume: go on with a killed run, or start one where there is none.
        progress: called with who is at work and what it does.

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
        # The prompt first: a reference must name somebody in it.
        build_request(prompt)
        found = find_references(prompt, refs)
        request = build_request(
            prompt,
            duration=duration,
            shots=shots,
            aspect=aspect,
            language=language,
            references=found,
            seed=seed,
            strict=strict,
        )
        folder = target or Path(f"unfinished-{request.fingerprint[:8]}{SUFFIX}")
        if target is None:
            check_folder(folder)
        job = _Job(request, folder, target, llm, model, found)
    if resume:
        finished = _finished(job)
        if finished is not None:
            return finished
    return _run(job, force, resume, progress or (lambda _who, _what: None))


def _stored_job(target: Path | None, resume: bool, llm: str | None, model: str | None) -> _Job:
    if not resume:
        raise UsageError('A story is needed, for example: mavin write "A fox finds a lantern in the snow."')
    if target is None:
        raise UsageError("To resume without the prompt, say which run: mavin write --resume -o NAME.mavin")
    run = Run.load(target)
    if run is None:
        state = "holds no run that could be resumed" if target.exists() else "does not exist"
        raise UsageError(f"{target} {state}. Give the same command as before, with its prompt and --resume.")
    return _Job(run.request, target, target, llm or run.llm, model or run.model)


def _finished(job: _Job) -> Film | None:
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


def _begin(job: _Job, resume: bool) -> Run:
    """The run in the job's folder: the one that was killed, or a new one."""
    run = Run.load(job.folder) if resume else None
    if run is not None and run.request.fingerprint != job.request.fingerprint:
        raise UsageError(
            f"The unfinished run in {job.folder} was started with another prompt or other options. Give the same "
            f"command as before, or leave out the prompt: mavin write --resume -o {job.folder}. "
            "To start again, use --force without --resume."
        )
    if run is not None:
        return run
    Run.clear(job.folder)
    run = Run(request=job.request, llm=without_credentials(job.llm) if job.llm else None, model=job.model)
    run.store(job.folder)
    if job.references:
        bound = tuple(
            BoundReference(who=each.who, kind=each.kind, file=store_reference(job.folder, each.file, each.who))
            for each in job.references
        )
        run = run.model_copy(update={"references": bound})
        run.store(job.folder)
    return run


def _run(job: _Job, force: bool, resume: bool, progress: Progress) -> Film:
    from scripting import write_script
    from scripting.llm import AnswerCache, LlmSession, connect

    started = time.monotonic()
    # Before anything is made on disk: an unreachable server must leave no trace.
    backend = connect(job.llm, job.model)
    try:
        run = _begin(job, resume)
        cache = AnswerCache(job.folder / ANSWERS)
    except BaseException:
        if backend is not None:
            backend.close()
        raise
    try:
        with closing(cache), LlmSession(backend, job.request.seed, cache) as session:
            report = write_script(
                run.request,
                session,
                checkpoints=job.folder / CHECKPOINTS,
                thread=run.request.fingerprint,
                progress=progress,
            )
        shown = report.llm.model_copy(update={"uri": without_credentials(report.llm.uri)})
        report = report.model_copy(update={"llm": shown})
        if report.caption is None:
            raise RefusedError(report)
        captions = _bind(report.captions or (report.caption,), run)
    except (InvalidInputError, UsageError, BackendError):
        Run.clear(job.folder)  # nothing in it is worth resuming
        raise
    except BaseException as error:
        if Run.load(job.folder) is not None:
            error.add_note(f"The run so far is kept. Go on with: mavin write --resume -o {job.folder}")
        raise
    return _commit(job, captions, report, time.monotonic() - started, force=force, resume=resume)


def _commit(
    job: _Job,
    captions: tuple[HierarchicalCaption, ...],
    report: ScriptReport,
    seconds: float,
    *,
    force: bool,
    resume: bool,
) -> Film:
    place = job.target or _place(job, captions[0], force=force, resume=resume)
    replaces = place != job.folder and place.exists()
    if replaces and resume and not force:
        Run.clear(job.folder)
        return Film.open(place)  # the run had been killed after its very last step
    if replaces:
        _move_references(job.folder, place)
    record = ClipLedger(
        prompt=job.request.prompt, ledger=report.ledger, conflicts=report.conflicts, diagnostics=report.diagnostics
    )
    film = Film.create(
        place if replaces else job.folder,
        captions,
        op={"op": "write", "request": job.request.fingerprint, "llm": report.llm.uri, "model": report.llm.model},
        records=(record, *[ClipLedger(prompt=job.request.prompt)] * (len(captions) - 1)),
        manifest=Manifest(
            request=job.request.fingerprint,
            environment=environment(),
            llm=report.llm,
            seed=job.request.seed,
            prompts=_prompt_hashes(),
            seconds=round(seconds, 3),
        ),
        force=True,  # the place has been checked
    )
    if place != film.path:
        film.path = film.path.rename(place)
    Run.clear(job.folder)
    Run.clear(film.path)
    return film


def _place(job: _Job, caption: HierarchicalCaption, *, force: bool, resume: bool) -> Path:
    """Where a film without a name goes: the slug of its title, in the current folder."""
    place = film_path(slug(caption.title or job.request.prompt))
    try:
        return check_film_target(place, force=force)
    except UsageError as error:
        if resume and (place / "film.json").exists() and Film.open(place).manifest.request == job.request.fingerprint:
            return place
        raise UsageError(
            f"{error} The finished script is kept: to replace {place} repeat the command with --resume --force, "
            f"to have both use: mavin write --resume -o {job.folder}"
        ) from None


def _move_references(source: Path, target: Path) -> None:
    folder = source / FOLDER
    if folder.is_dir():
        (target / FOLDER).mkdir(exist_ok=True)
        for path in folder.iterdir():
            path.replace(target / FOLDER / path.name)


def _bind(captions: tuple[HierarchicalCaption, ...], run: Run) -> tuple[HierarchicalCaption, ...]:
    """The captions with every reference of the run bound to its role, by path inside the film.

    Raises:
        UsageError: if a reference finds no role.
    """
    if not run.references:
        return captions
    data = [caption.model_dump(mode="json") for caption in captions]
    roles = [role for caption in data for role in caption["roles"]]
    for asked, stored in zip(run.request.references, run.references, strict=True):
        theirs = [role for role in roles if role["reference"][stored.kind] == str(asked.file)]
        theirs = theirs or _called(roles, asked.who)
        if not theirs:
            have = ", ".join(f"{role['name']} ({role['id']})" for role in roles) or "none"
            raise UsageError(
                f"--ref {asked.who} must name a role of the film, and its roles are: {have}. "
                "Use one of those names or ids."
            )
        for role in theirs:
            role["reference"][stored.kind] = stored.file
    try:
        return tuple(HierarchicalCaption.model_validate_json(json.dumps(each)) for each in data)
    except ValidationError as error:
        raise InvalidCaptionError(validation_diagnostics(error)) from None


def _called(roles: list[dict[str, Any]], who: str) -> list[dict[str, Any]]:
    """The roles that WHO names: by id, by whole name, or by some words of it (Mara for Mara Voss)."""
    name = fold(who)
    words = set(name.split())
    tests: tuple[Callable[[str, str], bool], ...] = (
        lambda role_id, _: role_id == name,
        lambda _, role_name: role_name == name,
        lambda _, role_name: words <= set(role_name.split()),
        lambda _, role_name: set(role_name.split()) <= words,
    )
    for test in tests:
        found = [role for role in roles if test(fold(role["id"]), fold(role["name"]))]
        if found:
            return found
    return []


def _prompt_hashes() -> dict[str, str]:
    found = {}
    for item in importlib.resources.files("prompts").iterdir():
        if item.name.endswith(".j2"):
            found[item.name] = hashlib.sha256(item.read_bytes()).hexdigest()
    return dict(sorted(found.items()))
