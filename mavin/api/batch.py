"""Many prompts at once: one film for each, resumable, with one line of results for each.

prompts.jsonl ──▶ N workers ──▶ DIR/fox.mavin, DIR/bear.mavin, …
                     │
                     ├── one model, its places shared by all workers
                     └── DIR/results.jsonl   one line is added as each prompt is done
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Unpack

from filelock import FileLock, Timeout

from mavin.api.batch_results import (
    RESULTS,
    BatchReport,
    BatchResult,
    append,
    failure,
    read_results,
    rewrite,
    success,
)
from mavin.api.prompts_file import BatchPrompt, parse_prompts, prompts_of, read_prompts
from mavin.api.requests import WriteOptions
from mavin.api.running import Job, Notice, RefusedError, SharedModel, run_job
from mavin.api.targets import check_film_target, check_folder
from mavin.api.writing import request_job
from mavin.errors import BackendError, FilmError, MavinError, UsageError
from mavin.film import SUFFIX, Film, Run

__all__ = ["RESULTS", "BatchReport", "BatchResult", "write_batch"]

MAX_JOBS = 256
_JOBS_WITHOUT_MODEL = 4
_LOST_IN_A_ROW = 3
"""Prompts that the model fails one after another before the batch stops asking it."""


Told = Callable[[int, int, BatchResult | None], None]
"""Called with how many prompts are done, how many there are, and what the last one came to (``None``: at the start)."""


def write_batch(
    prompts: str | Path | bytes | Iterable[str | Mapping[str, Any]],
    to: str | Path,
    *,
    jobs: int | None = None,
    llm: str | None = None,
    model: str | None = None,
    force: bool = False,
    progress: Told | None = None,
    notice: Notice | None = None,
    **options: Unpack[WriteOptions],
) -> BatchReport:
    """Writes the film of every prompt; a broken one never stops the rest, a finished one is not written again.

    Args:
        prompts: a ``.jsonl`` or ``.txt`` file, the bytes of one, or prompts as texts or mappings.
        to: the folder for the films and ``results.jsonl``; made if need be.
        jobs: how many prompts are worked on at once; as many as the model takes questions if left out.
        llm, model: as :func:`~mavin.api.writing.write` takes them; connected once for all.
        force: write finished films again.
        progress: told after every prompt.
        notice: called with a sentence that is worth telling at once.
        options: duration, shots, aspect, …  for prompts that have none of their own.

    Raises:
        UsageError: if the file, the folder or an option is wrong, or another batch is at work in the folder.
        BackendError: if the model cannot be reached at all.
        FilmError: if the results cannot be written.
    """
    from scripting.llm import connect

    started = time.monotonic()
    entries = _entries(prompts)
    ignored = sorted({key for entry in entries for key in entry.ignored})
    if ignored and notice is not None:
        notice(f"Keys that mean nothing here are left alone: {', '.join(ignored[:8])}.")
    folder = _checked(Path(to), jobs)
    with _alone(folder):
        backend = connect(llm, model)
        try:
            parallel = backend.parallel if backend is not None else 1
            workers = jobs or (_JOBS_WITHOUT_MODEL if backend is None else max(1, parallel))
            if backend is not None and parallel > 1:
                # A server batches: more jobs than its usual number of places are worth as many questions at once.
                backend.parallel = parallel = max(parallel, workers)
            shared = SharedModel(backend, threading.BoundedSemaphore(parallel))
            batch = _Batch(folder, entries, options, (llm, model), shared, force, progress)
            batch.run(min(workers, len(entries)))
        finally:
            if backend is not None:
                backend.close()
    return BatchReport(
        folder,
        batch.results(),
        batch.skipped,
        round(time.monotonic() - started, 3),
        batch.lost,
    )


def _entries(prompts: str | Path | bytes | Iterable[str | Mapping[str, Any]]) -> list[BatchPrompt]:
    if isinstance(prompts, bytes):
        return parse_prompts(prompts, "Standard input")
    return read_prompts(Path(prompts)) if isinstance(prompts, str | Path) else prompts_of(prompts)


def _checked(folder: Path, jobs: int | None) -> Path:
    if jobs is not None and not 1 <= jobs <= MAX_JOBS:
        raise UsageError(f"The number of jobs must be from 1 to {MAX_JOBS}, got {jobs}. Try --jobs 8.")
    if folder.suffix == SUFFIX or (folder / "film.json").exists():
        raise UsageError(f"A batch makes a folder of films, and {folder} is the name of one. Try -o films.")
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} exists and is a file, not a folder. Choose another name with -o.")
    check_folder(folder)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder} cannot be made ({error.strerror or error}). Choose another with -o.") from None
    return folder


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keeps other batches out of the folder; a killed one holds no lock."""
    lock = FileLock(folder / ".batch.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise UsageError(
            f"Another batch is writing into {folder} right now. Wait until it has finished, or choose another "
            "folder with -o."
        ) from None
    except OSError as error:
        raise UsageError(f"{folder} cannot be written ({error.strerror or error}). Choose another with -o.") from None
    try:
        yield
    finally:
        lock.release()


class _Batch:
    """The state of one call, shared by its workers under one lock."""

    def __init__(
        self,
        folder: Path,
        entries: list[BatchPrompt],
        options: WriteOptions,
        llm: tuple[str | None, str | None],
        shared: SharedModel,
        force: bool,
        progress: Told | None,
    ) -> None:
        self._folder, self._entries, self._options = folder, entries, options
        self._llm, self._shared, self._force, self._progress = llm, shared, force, progress
        self._changed = threading.Condition()
        self._done: dict[str, BatchResult] = {}
        self._in_a_row = 0
        self.skipped = 0
        self.lost: str | None = None
        self._halted = False
        self._broken: FilmError | None = None
        self._kept = self._earlier()

    def results(self) -> tuple[BatchResult, ...]:
        """All results in the order of the prompts."""
        return tuple(self._done[entry.id] for entry in self._entries)

    def run(self, workers: int) -> None:
        """Works until every prompt has its result.

        Raises:
            KeyboardInterrupt: at Ctrl-C, with advice how to go on; what is under way is left as a kill would.
            FilmError: if the results cannot be written.
        """
        rewrite(self._folder, self._kept.values())
        todo: queue.SimpleQueue[BatchPrompt] = queue.SimpleQueue()
        for entry in self._entries:
            todo.put(entry)
        if self._progress is not None:
            self._progress(0, len(self._entries), None)
        # Daemons: a question to a model must not keep the process from ending.
        threads = [
            threading.Thread(target=self._work, args=(todo,), daemon=True, name=f"batch-{number}")
            for number in range(workers)
        ]
        for thread in threads:
            thread.start()
        try:
            with self._changed:
                while len(self._done) < len(self._entries) and self._broken is None:
                    self._changed.wait(0.2)
        except BaseException as error:
            self._halted = True
            error.add_note(
                f"The run so far is kept. {len(self._done)} of {len(self._entries)} prompts are done; the same "
                "command goes on with the rest."
            )
            raise
        if self._broken is not None:
            self._halted = True
            raise self._broken
        mine = {entry.id for entry in self._entries}
        rewrite(self._folder, [*(kept for name, kept in self._kept.items() if name not in mine), *self.results()])

    # ── one prompt ───────────────────────────────────────────────────────────────────────────────

    def _work(self, todo: queue.SimpleQueue[BatchPrompt]) -> None:
        while not self._halted:
            try:
                entry = todo.get_nowait()
            except queue.Empty:
                return
            if self.lost is not None:
                self._finish(failure(entry, f"Not tried, because the language model was lost: {self.lost}"), True)
            else:
                self._finish(*self._written(entry))

    def _written(self, entry: BatchPrompt) -> tuple[BatchResult, bool]:
        """The result of one prompt, and whether it is a new one."""
        from scripting.llm.replay import MissingRecordError

        started = time.monotonic()
        try:
            if entry.problem:
                return failure(entry, entry.problem), True
            path = self._folder / f"{entry.id}{SUFFIX}"
            options = WriteOptions(**{**self._options, **entry.options})
            job = request_job(entry.prompt, path, *self._llm, **options)
            film = None if self._force else _finished(job)
            if film is not None:
                with self._changed:
                    self.skipped += 1
                old = self._kept.get(entry.id)
                if old is not None:
                    return old.model_copy(update={"line": entry.line}), False
                return success(entry, film, film.manifest.seconds or 0.0), True
            # An unfinished run of another prompt under this name is worth nothing to anybody.
            run = Run.load(path)
            resume = not self._force and (run is None or run.request.fingerprint == job.request.fingerprint)
            check_film_target(path, force=self._force or not resume, resume=resume)
            film = run_job(job, force=not resume, resume=resume, progress=lambda _who, _what: None, shared=self._shared)
            return success(entry, film, time.monotonic() - started), True
        except RefusedError as error:
            usage = error.report.llm
            return failure(entry, str(error), "refused", usage, time.monotonic() - started), True
        except BackendError as error:
            with self._changed:
                self._in_a_row += not isinstance(error, MissingRecordError)
                if self._in_a_row >= _LOST_IN_A_ROW:
                    self.lost = self.lost or str(error)
            return failure(entry, str(error), seconds=time.monotonic() - started), True
        except MavinError as error:
            return failure(entry, str(error), seconds=time.monotonic() - started), True
        except Exception as error:  # one prompt's accident must not be the others' end
            what = f"{type(error).__name__}: {error}".strip(": ")
            message = f"Something went wrong inside mavin ({what[:300]})."
            return failure(entry, message, seconds=time.monotonic() - started), True

    def _finish(self, result: BatchResult, fresh: bool) -> None:
        with self._changed:
            if self._halted:
                return
            if result.status == "ok" and result.usage.calls:
                self._in_a_row = 0
            self._done[result.id] = result
            if fresh:
                try:
                    append(self._folder, result)
                except FilmError as error:
                    self._broken = error
            if self._progress is not None and self._broken is None:
                self._progress(len(self._done), len(self._entries), result)
            self._changed.notify_all()

    def _earlier(self) -> dict[str, BatchResult]:
        """Results of earlier calls that still hold: others' lines, and films of ours that are there."""
        mine = {entry.id for entry in self._entries}
        found: dict[str, BatchResult] = {}
        for result in read_results(self._folder):
            made = result.status == "ok" and (self._folder / f"{result.id}{SUFFIX}" / "film.json").exists()
            found.pop(result.id, None)
            if result.id not in mine or (made and not self._force):
                found[result.id] = result
        return found


def _finished(job: Job) -> Film | None:
    """The film of a job that has been done before.

    Raises:
        UsageError: if there is a film of another prompt or other options.
    """
    assert job.target is not None
    if not (job.target / "film.json").exists() or Run.load(job.target) is not None:
        return None
    film = Film.open(job.target)
    if film.manifest.request == job.request.fingerprint:
        return film
    raise UsageError(
        f"{job.target} was made from another prompt or other options. Give this line another id, or write all films "
        "again with --force."
    )
