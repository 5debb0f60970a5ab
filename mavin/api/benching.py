"""Many scripts filmed and measured into one table; a killed run goes on where it stopped and ends with the same table.

set ──▶ N processes, each: film it (or take the film that is there) ─▶ measure it ──▶ a line of results.jsonl
                                                                                └──▶ table.json
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack, cast

from filelock import FileLock, Timeout

from mavin.api.bench_set import BenchItem, film_named, mark_of, read_set
from mavin.api.bench_store import BenchFolder, features_of, keep_features, taken
from mavin.api.choosing import RendererChoice, choose_renderer
from mavin.api.evaluating import load_metrics, sample_of_source, stage_voices
from mavin.errors import MavinError, UsageError
from mavin.film.manifest import environment

if TYPE_CHECKING:
    from evaluators.metric import Column, Metric
    from evaluators.result import Score
    from evaluators.suite import FilmResult
    from mavin.api.generating import GenerationOptions

__all__ = ["BenchReport", "bench"]

Told = Callable[[int, int, str], None]
"""Called with how many films are measured, how many there are, and the name of the last."""

MISSING = "the film's file is missing"
"""The reason of a film that is not there, as :class:`evaluators.film.OpenedFilm` gives it."""

_TABLE_EVERY = 10.0
"""Seconds between two tables while films come in."""


@dataclass(frozen=True, slots=True)
class BenchReport:
    """A benchmark that has run to its end.

    Attributes:
        folder: where its results are.
        films: how many films were measured, now or before.
        kept: of these, how many an earlier run had measured.
        troubled: films of which no metric gave a value, and why.
        columns: of the table.
        scores: its rows, one for each column.
        drawn_by: the renderer, or where the films are from.
        notice: why it is not the network, where that would have been expected; else empty.
    """

    folder: Path
    films: int
    kept: int
    troubled: dict[str, str]
    columns: tuple[Column, ...]
    scores: tuple[Score, ...]
    drawn_by: str
    notice: str = ""


@dataclass(frozen=True, slots=True)
class _Work:
    """What every process needs to know; it can be sent to one.

    Without a renderer and without ``films`` the scripts alone are measured.
    """

    folder: Path
    metrics: tuple[str, ...]
    renderer: str
    films: Path | None
    seed: int
    options: dict[str, Any]


def bench(
    samples: str | Path,
    out: str | Path,
    *,
    renderer: str | None = None,
    films: str | Path | None = None,
    metrics: Iterable[str] | None = None,
    jobs: int = 1,
    seed: int = 0,
    limit: int | None = None,
    force: bool = False,
    progress: Told | None = None,
    **options: Unpack[GenerationOptions],
) -> BenchReport:
    """Films every script of a set, measures the films, and makes one table of them.

    A film that cannot be made or measured becomes a row with its reason; it stops nobody.

    Args:
        samples: a ``.jsonl`` file or a folder of captions (:mod:`mavin.api.bench_set`).
        out: the folder for results, films and table; a run that was killed there goes on.
        renderer: ``stage`` or ``mavin``; left out, as for :func:`~mavin.api.rendering.render`, or nobody where all
            metrics look at scripts alone.
        films: a folder of films that are there already, named after the samples; nothing is rendered then.
        metrics: names of metrics; the defaults if left out.
        jobs: processes at work at once.
        seed: of every random choice of the renderer.
        limit: measure the first so many samples alone.
        force: begin anew.
        progress: told after every film.
        options: of the renderer ``mavin``: weights, device, steps, and so on.

    Raises:
        UsageError: if the set, the folder, a metric or an option is wrong; found out before the first film.
        FilmError: if results cannot be written.
    """
    from evaluators.metric import DEFAULT_METRICS

    names = tuple(DEFAULT_METRICS if metrics is None else metrics)
    if not 1 <= jobs <= 256:
        raise UsageError(f"The number of jobs must be from 1 to 256, got {jobs}. Try --jobs 2.")
    items = read_set(samples)[:limit]
    there = _films_folder(films, renderer, options)
    folder = taken(Path(out))
    loaded = load_metrics(names)
    is_filmed = bool(renderer or options) or any(metric.needs_video for metric in loaded)
    choice = choose_renderer(renderer, options) if there is None and is_filmed else RendererChoice("", {})
    engine = choice.name
    work = _Work(folder, names, engine, there, seed, dict(choice.options))
    if engine:
        _engine(work)  # options that do not fit are told before the first film
    with _alone(work.folder):
        store = BenchFolder(work.folder)
        head = store.begin(_settings(samples, work, loaded), force=force)
        run = _Run(store, head, items, loaded, progress, work)
        run.go(jobs)
    return replace(run.report(), notice=choice.notice)


def _settings(samples: str | Path, work: _Work, metrics: Sequence[Metric]) -> dict[str, Any]:
    """What must be the same for a run to go on."""
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "set": Path(samples).name,
        "renderer": work.renderer or (f"films of {work.films.name}" if work.films else "scripts alone"),
        "options": {key: str(value) for key, value in sorted(work.options.items())},
        "seed": work.seed,
        "metrics": {
            name: [metric.provenance_of(column.name).to_json() for column in metric.columns]
            for name, metric in zip(work.metrics, metrics, strict=True)
        },
        "environment": environment(),
    }


class _Run:
    """The state of one call."""

    def __init__(
        self,
        store: BenchFolder,
        head: dict[str, Any],
        items: Sequence[BenchItem],
        metrics: Sequence[Metric],
        progress: Told | None,
        work: _Work,
    ) -> None:
        self._store, self._head, self._items, self._metrics, self._work = store, head, items, metrics, work
        self._progress = progress or (lambda _done, _total, _film: None)
        self._columns = tuple(column for metric in metrics for column in metric.columns)
        marks = {item.id: _mark(work, item) for item in items}
        filmed = bool(work.renderer or work.films)
        # What had no film, or none that could be made, may have one now.
        self._rows = {
            film: row
            for film, row in store.kept().items()
            if marks.get(film) == row.get("script") and (row["video"] or not filmed) and MISSING not in _reasons(row)
        }
        self._kept = len(self._rows)
        self._written = time.monotonic()

    def go(self, jobs: int) -> None:
        """Measures what is not measured yet."""
        todo = [item for item in self._items if item.id not in self._rows]
        self._progress(self._kept, len(self._items), "")
        try:
            for row in _measured(self._work, todo, jobs):
                self._rows[row["film"]] = row
                self._store.append(row)
                if time.monotonic() - self._written > _TABLE_EVERY:
                    self._write_table()
                self._progress(len(self._rows), len(self._items), row["film"])
        except BaseException as error:
            error.add_note(
                f"The run so far is kept. {len(self._rows)} of {len(self._items)} films are measured; the same "
                "command goes on with the rest."
            )
            raise
        self._write_table()

    def report(self) -> BenchReport:
        """What came of it."""
        troubled = {}
        for film, row in sorted(self._rows.items()):
            reasons = _reasons(row)
            if all(reasons):
                troubled[film] = reasons[0]
        return BenchReport(
            self._store.path,
            len(self._rows),
            self._kept,
            troubled,
            self._columns,
            self._scores(),
            drawn_by=self._head["renderer"],
        )

    def _write_table(self) -> None:
        self._store.write_table(self._head, self._rows, self._columns, self._scores())
        self._written = time.monotonic()

    def _scores(self) -> tuple[Score, ...]:
        from evaluators.suite import FilmResult, pool_scores

        rows = [each for row in self._rows.values() for each in FilmResult.from_json(row).measurements]
        return pool_scores(self._metrics, [features_of(self._store.path, each) for each in rows])


def _reasons(row: dict[str, Any]) -> list[str]:
    return [each["reason"] for each in row["measurements"]]


# ------------------------------------------------------------------------------------------ at work


def _measured(work: _Work, items: Sequence[BenchItem], jobs: int) -> Iterator[dict[str, Any]]:
    """One row for each item, as they are done."""
    if jobs == 1 or len(items) < 2:
        for item in items:
            yield _row(work, item)
        return
    left = list(items)
    while left:
        suspects: list[BenchItem] = []
        with _pool(min(jobs, len(left))) as pool:
            waiting: dict[Future[dict[str, Any]], BenchItem] = {}
            queue = iter(list(left))
            broken = False
            while True:
                while not broken and len(waiting) < jobs and (fresh := next(queue, None)) is not None:
                    try:
                        waiting[pool.submit(_row, work, fresh)] = fresh
                    except BrokenProcessPool:  # a process died while another one's row was taken in
                        broken = True
                if not waiting:
                    break
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    item = waiting.pop(future)
                    try:
                        row = future.result()
                    except BrokenProcessPool:
                        broken = True
                        suspects.append(item)
                        continue
                    left.remove(item)
                    yield row
        # A process died, of a decoder or of lack of memory: whoever was at work is tried alone.
        for item in suspects:
            left.remove(item)
            yield _tried_alone(work, item)


def _tried_alone(work: _Work, item: BenchItem) -> dict[str, Any]:
    with _pool(1) as pool:
        try:
            return pool.submit(_row, work, item).result()
        except BrokenProcessPool:
            return _failed(work, item, "the process that measured it died")


@contextlib.contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    import multiprocessing

    # Each process computes with its share of the cores.
    threads = str(max(1, (os.cpu_count() or 1) // jobs))
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(threads,))
    try:
        yield pool
    except BaseException:
        for process in list((pool._processes or {}).values()):
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(threads: str) -> None:
    import signal

    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, threads)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent tells them when to end
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A parent that is killed tells nobody."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


_LOADED: dict[tuple[str, ...], tuple[Metric, ...]] = {}


def _metrics(work: _Work) -> tuple[Metric, ...]:
    if work.metrics not in _LOADED:
        _LOADED[work.metrics] = load_metrics(work.metrics)
    return _LOADED[work.metrics]


def _row(work: _Work, item: BenchItem) -> dict[str, Any]:
    """Films and measures one sample; whatever happens becomes its row."""
    started = time.perf_counter()
    try:
        if item.source is None:
            return _failed(work, item, item.problem)
        video, voices = _film(work, item)
        from evaluators.suite import measure_film

        sample = sample_of_source(item.source, video, name=item.id, truth=item.truth)
        sample = replace(sample, prompt=item.prompt, voices=voices if sample.plan.lines else None)
        result = measure_film(sample, _metrics(work))
        keep_features(work.folder, result)
        return _line(work, item, result, video, time.perf_counter() - started)
    except MavinError as error:
        return _failed(work, item, f"no film: {str(error)[:300]}")
    except Exception as error:  # one sample's accident must not be the others' end
        return _failed(work, item, f"no film ({type(error).__name__}: {str(error)[:200]})")


def _film(work: _Work, item: BenchItem) -> tuple[Path | None, Any]:
    """The film of a sample, if there is to be one, and what makes its voices alone."""
    assert item.source is not None
    if work.films is not None:
        return film_named(work.films, item.id), None
    if not work.renderer:
        return None, None
    from generator.renderers import RenderOptions

    place = work.folder / "films"
    place.mkdir(exist_ok=True)
    video = place / f"{item.id}.mp4"
    options = RenderOptions(seed=work.seed, subtitles=False, references=item.source.folder)
    engine, captions = _engine(work), item.source.captions
    if len(captions) == 1:
        engine.render(captions[0], video, options)
    else:
        engine.render_film(captions, video, options)
    voices = stage_voices(captions, item.source.folder, work.seed) if work.renderer == "stage" else None
    return video, voices


_ENGINES: dict[str, Any] = {}


def _engine(work: _Work) -> Any:
    from mavin.api.rendering import engine_of

    key = json.dumps([work.renderer, work.seed, {name: str(value) for name, value in work.options.items()}])
    if key not in _ENGINES:
        choice = RendererChoice(work.renderer, cast("GenerationOptions", work.options))
        _ENGINES[key] = engine_of(choice, work.seed)
    return _ENGINES[key]


def _failed(work: _Work, item: BenchItem, reason: str) -> dict[str, Any]:
    from evaluators.result import Measurement
    from evaluators.suite import FilmResult

    rows = tuple(
        Measurement.unscored(item.id, column.name, reason, metric.provenance_of(column.name))
        for metric in _metrics(work)
        for column in metric.columns
    )
    return _line(work, item, FilmResult(item.id, rows), None, 0.0)


def _line(work: _Work, item: BenchItem, result: FilmResult, video: Path | None, seconds: float) -> dict[str, Any]:
    shown = None
    if video is not None:
        inside = video.is_relative_to(work.folder)
        shown = str(video.relative_to(work.folder)) if inside else str(video.absolute())
    return {**result.to_json(), "script": _mark(work, item), "video": shown, "seconds": round(seconds, 2)}


def _mark(work: _Work, item: BenchItem) -> str:
    """By what a result is known to be of this script, and of this film where films are there already."""
    film = mark_of(film_named(work.films, item.id)) if work.films is not None else ""
    return f"{item.fingerprint} {film}".strip()


# ------------------------------------------------------------------------------------------ checks


def _films_folder(films: str | Path | None, renderer: str | None, options: Any) -> Path | None:
    if films is None:
        return None
    if renderer is not None or options:
        raise UsageError("Films that are there are not rendered: leave out --renderer and its options, or --films.")
    if not Path(films).is_dir():
        raise UsageError(f"--films must be a folder of films named after the samples, got {films}. Check the path.")
    return Path(films)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    lock = FileLock(folder / ".bench.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise UsageError(
            f"Another benchmark is writing into {folder} right now. Wait for it, or choose another --out."
        ) from None
    except OSError as error:
        raise UsageError(f"{folder} cannot be written ({error.strerror or error}). Choose another --out.") from None
    try:
        yield
    finally:
        lock.release()
