"""One writing run: begun, resumed, turned into a film, and forgotten.

    begin run ──▶ write_script ──▶ bind references ──▶ commit film ──▶ forget run
    (run.json,    (checkpoints,    (references/)       (one append)
     references)   answers)

A kill anywhere leaves a run to resume or a film; a run holds a lock, so that nobody resumes
one that is still at work.
"""

from __future__ import annotations

import hashlib
import importlib.resources
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from pydantic import ValidationError

from mavin.api.requests import FoundReference
from mavin.api.targets import check_film_target, film_path
from mavin.caption import HierarchicalCaption, InvalidCaptionError, validation_diagnostics
from mavin.errors import BackendError, FilmError, InvalidInputError, UsageError
from mavin.film import ClipLedger, Film, Manifest, Run, environment, slug, without_credentials
from mavin.film.references import FOLDER, store_reference
from mavin.film.run import ANSWERS, CHECKPOINTS, RUN_LOCK, BoundReference
from mavin.ledger import Conflict, ConflictOutcome, Decision, LlmUsage, ScriptReport
from mavin.request import ReferenceRequest, WriteRequest

if TYPE_CHECKING:
    from scripting.llm import Backend

__all__ = ["Decide", "Job", "Notice", "Progress", "RefusedError", "SharedModel", "run_job"]

Progress = Callable[[str, str], None]
"""Called with who is at work and what it does, in words."""

Decide = Callable[[Conflict], Decision]
"""Asks a person about a conflict that only the model suspects."""

Notice = Callable[[str], None]
"""Called with a sentence that is worth telling at once."""


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
            why = conflict.explanation.rstrip(".")
            reasons.append(f"{why} ({conflict.kind.value} conflict: {quotes})" if quotes else why)
    reasons = reasons or [item.message for item in report.diagnostics if item.severity == "error"]
    why = "; ".join(reason.rstrip(".") for reason in reasons) or "it holds no story that could be filmed"
    return f"No script was written: {why}. Change the prompt so that all of it can hold, then try again."


@dataclass(frozen=True, slots=True)
class SharedModel:
    """One connected model for several runs at once.

    Attributes:
        backend: the model, ``None`` for none; whoever connected it closes it.
        places: how many questions of all these runs may be under way together.
    """

    backend: Backend | None
    places: threading.BoundedSemaphore


@dataclass(frozen=True, slots=True)
class Job:
    """A request, the folder it runs in, and the film it becomes (``None``: named after its title)."""

    request: WriteRequest
    folder: Path
    target: Path | None
    llm: str | None
    model: str | None
    references: tuple[FoundReference, ...] = ()


def run_job(
    job: Job,
    *,
    force: bool,
    resume: bool,
    progress: Progress,
    decide: Decide | None = None,
    shared: SharedModel | None = None,
) -> Film:
    """Writes the script of a job and makes its film, with a model of its own or a shared one.

    Raises:
        MavinError: as :func:`mavin.api.writing.write` lists.
    """
    from scripting.llm import connect

    started = time.monotonic()
    # Before anything is made on disk: an unreachable server must leave no trace.
    backend = shared.backend if shared is not None else connect(job.llm, job.model)
    places = shared.places if shared is not None else None
    try:
        with _locked(job.folder):
            run, fresh = _begin(job, resume)
            try:
                report = _write(job, run, backend, places, progress, decide)
                captions = _bind(report.captions, run)
            except (InvalidInputError, UsageError, BackendError) as error:
                if fresh or isinstance(error, InvalidInputError):
                    Run.clear(job.folder)  # nothing in it is worth resuming
                raise
            except sqlite3.Error as error:
                raise FilmError(
                    f"The run cannot be kept in {job.folder} ({error}). Free some space or choose another place with "
                    f"-o. What was done so far is kept: mavin write --resume -o {job.folder}"
                ) from None
            except BaseException as error:
                error.add_note(f"The run so far is kept. Go on with: mavin write --resume -o {job.folder}")
                raise
            return _commit(job, captions, report, time.monotonic() - started, force=force, resume=resume)
    finally:
        if backend is not None and shared is None:
            backend.close()


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Makes the run's folder and keeps other runs out of it; a killed run holds no lock."""
    made = not folder.exists()
    try:
        folder.mkdir(exist_ok=True)
        lock = FileLock(folder / RUN_LOCK, timeout=0)
        lock.acquire()
    except Timeout:
        raise UsageError(
            f"Another mavin is writing in {folder} right now. Wait until it has finished, "
            "or choose another name with -o."
        ) from None
    except OSError as error:
        raise FilmError(
            f"The run cannot be kept in {folder} ({error.strerror or error}). Choose another place with -o."
        ) from None
    try:
        yield
    finally:
        if made and not Run.is_unfinished(folder):
            Run.clear(folder)  # nothing has come of it; a film stays
        lock.release()


def _begin(job: Job, resume: bool) -> tuple[Run, bool]:
    """The run in the job's folder and whether it is a new one, not the one that was killed."""
    run = Run.load(job.folder) if resume else None
    if run is not None and run.request.fingerprint != job.request.fingerprint:
        raise UsageError(
            f"The unfinished run in {job.folder} was started with another prompt or other options. Give the same "
            f"command as before, or leave out the prompt: mavin write --resume -o {job.folder}. "
            "To start again, use --force without --resume."
        )
    if run is not None:
        return run, False
    Run.clear(job.folder, keep_folder=True)
    run = Run(request=job.request, llm=without_credentials(job.llm) if job.llm else None, model=job.model)
    try:
        bound = tuple(
            BoundReference(who=each.who, kind=each.kind, file=store_reference(job.folder, each.file, each.who))
            for each in job.references
        )
        run = run.model_copy(update={"references": bound})
        run.store(job.folder)
    except BaseException:
        Run.clear(job.folder)
        raise
    return run, True


def _write(
    job: Job,
    run: Run,
    backend: Backend | None,
    places: threading.BoundedSemaphore | None,
    progress: Progress,
    decide: Decide | None,
) -> ScriptReport:
    from scripting import write_script
    from scripting.llm import AnswerCache, LlmSession

    with (
        closing(AnswerCache(job.folder / ANSWERS)) as cache,
        LlmSession(backend, run.request.seed, cache, places) as session,
    ):
        try:
            report = write_script(
                _on_copies(job, run),
                session,
                checkpoints=job.folder / CHECKPOINTS,
                thread=run.request.fingerprint,
                progress=progress,
                decide=decide,
            )
        except ValidationError as error:  # words of the prompt that no script can hold, such as an invisible style
            raise InvalidCaptionError(validation_diagnostics(error)) from None
    report = report.model_copy(
        update={"llm": _shown(report.llm), "agents": {name: _shown(part) for name, part in report.agents.items()}}
    )
    if report.caption is None:
        raise RefusedError(report)
    return report.model_copy(update={"captions": report.captions or (report.caption,)})


def _shown(usage: LlmUsage) -> LlmUsage:
    return usage.model_copy(update={"uri": without_credentials(usage.uri)})


def _on_copies(job: Job, run: Run) -> WriteRequest:
    """The request on the run's own copies of its references: a resumed run may find the originals gone."""
    if len(run.references) != len(run.request.references):
        return run.request
    references = tuple(
        ReferenceRequest(who=asked.who, file=job.folder.absolute() / copy.file, name=asked.file.name)
        for asked, copy in zip(run.request.references, run.references, strict=True)
    )
    return run.request.model_copy(update={"references": references})


def _commit(
    job: Job,
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
    film = Film.create(
        place if replaces else job.folder,
        captions,
        op={"op": "write", "request": job.request.fingerprint, "llm": report.llm.uri, "model": report.llm.model},
        records=_records(job.request.prompt, report, len(captions)),
        manifest=Manifest(
            request=job.request.fingerprint,
            environment=environment(),
            llm=report.llm,
            agents=report.agents,
            seed=job.request.seed,
            prompts=_prompt_hashes(),
            seconds=round(seconds, 3),
            pace=job.request.speech_rate,
        ),
        force=True,  # the place has been checked
    )
    if place != film.path:
        film.path = film.path.rename(place)
    Run.clear(job.folder)
    Run.clear(film.path)
    return film


def _records(prompt: str, report: ScriptReport, clips: int) -> tuple[ClipLedger, ...]:
    """The report as one record for each clip; what concerns the whole film is in the first."""
    first = ClipLedger(
        prompt=prompt,
        ledger=tuple(entry for entry in report.ledger if entry.clip in (None, "K1")),
        conflicts=report.conflicts,
        diagnostics=report.diagnostics,
    )
    others = (
        ClipLedger(prompt=prompt, ledger=tuple(entry for entry in report.ledger if entry.clip == f"K{number}"))
        for number in range(2, clips + 1)
    )
    return (first, *others)


def _place(job: Job, caption: HierarchicalCaption, *, force: bool, resume: bool) -> Path:
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
        UsageError: if a reference finds no role, or two of a kind find the same one.
    """
    if not run.references:
        return captions
    from mavin.facts import read_facts
    from scripting.agents.identity_aligner import role_named

    facts = read_facts(run.request.prompt, run.request.language)
    bound: dict[tuple[str, str], str] = {}
    for reference in run.references:
        key = (role_named(reference.who, facts), reference.kind)
        if bound.setdefault(key, reference.file) != reference.file:
            raise UsageError(
                f"One role can have one {reference.kind} reference, but {reference.who!r} is {key[0]}, which has got "
                "another one already. Leave out one of the two --ref options."
            )
    data = [caption.model_dump(mode="json") for caption in captions]
    for caption in data:
        for role in caption["roles"]:
            for kind in ("image", "audio"):
                role["reference"][kind] = bound.get((role["id"], kind), role["reference"][kind])
    try:
        return tuple(HierarchicalCaption.model_validate_json(json.dumps(each)) for each in data)
    except ValidationError as error:
        raise InvalidCaptionError(validation_diagnostics(error)) from None


def _prompt_hashes() -> dict[str, str]:
    found = {}
    for item in importlib.resources.files("prompts").iterdir():
        if item.name.endswith(".j2"):
            found[item.name] = hashlib.sha256(item.read_bytes()).hexdigest()
    return dict(sorted(found.items()))
