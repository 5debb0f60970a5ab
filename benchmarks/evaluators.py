"""The evaluators measured on films of which everything is known: what known damage does to each metric, and their cost.

    python benchmarks/evaluators.py                                               # 4 films, every damage
    python benchmarks/evaluators.py --films 12 --out evaluators.jsonl --record    # goes on where it was stopped

:mod:`benchmarks.evaluator_damage` says what the damages are and what arithmetic predicts.  Word error rates are
measured besides on sentences of natural length, in films of their own.  CISC needs ViCLIP's weights, which no package
carries; what runs without them is measured: the stand-ins ``voice_sim`` (GE2E), ``frame_consistency`` and
``shot_consistency``.

Cost: one film of 5 s through ``mavin evaluate`` in a fresh process, and 100 films whose run is killed half way.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import platform
import shutil
import sys
import tempfile
import time
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    # The repository and not this folder, in which a script bears the name of one of our packages.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

import numpy as np

from benchmarks.evaluator_cost import cost_of_a_film, killed_and_resumed
from benchmarks.evaluator_damage import (
    DAMAGES,
    KNOBS,
    REORDERED,
    Drawn,
    Samples,
    both_speak,
    draw,
    order_after,
    predicted_pictures,
    predicted_sound,
    sentences,
)
from benchmarks.evaluator_record import Row, kept_rows, markdown, summary
from benchmarks.resumable import write_rows
from evaluators.features.base import Features
from evaluators.features.efficientnet import EfficientNetFrames
from evaluators.film import Sample
from evaluators.metric import Metric
from evaluators.suite import measure_film
from generator.renderers import RenderOptions, renderer
from generator.stage.signal import RATE
from generator.stage.soundtrack import build_soundtrack
from mavin.api.evaluating import load_metrics
from mavin.caption import HierarchicalCaption
from mavin.errors import MavinError
from mavin.media import write_video
from mavin.store import path_of

HERE = Path(__file__).resolve().parent
HEARD = ("none", "speech_late", "voices_swapped", "voices_alone", "ambience_20")
"""Where the sound is another: only there are words counted and voices compared anew."""
SEEN = ("none", "cuts_late", "shot_missing", "shots_swapped", "figure_replaced", "figure_changes")
"""Where the picture is another."""
COST, RESUMED = "cost", "resumed"


@dataclass(frozen=True, slots=True)
class Task:
    """One film with one damage to be measured, or a cost."""

    seed: int
    damage: str

    @property
    def id(self) -> str:
        """Its name in files."""
        return f"{self.seed}-{self.damage}"


class Bench:
    """Films and metrics, made once.

    Args:
        folder: for films.
        done: rows that are there; those of undamaged films hold what the others are compared with.
    """

    def __init__(self, folder: Path, done: dict[str, Row]) -> None:
        self._folder, self._done = folder, done
        self._plain = load_metrics(["sta", "tams"])
        self._words, self._voices = load_metrics(["wer"]), load_metrics(["voice_sim"])
        self._looks = load_metrics(["frame_consistency", "shot_consistency"])
        self._embedder: EfficientNetFrames | None = None
        self._film: tuple[int, Drawn] | None = None
        self._features: tuple[int, Features] | None = None

    @property
    def fingerprint(self) -> str:
        """Changes with whatever changes a row: films, models, settings."""
        metrics = [*self._plain, *self._words, *self._voices, *self._looks]
        made = [str(metric.provenance_of(column.name)) for metric in metrics for column in metric.columns]
        return hashlib.sha256("\n".join([repr(KNOBS), *made]).encode()).hexdigest()[:12]

    def drawn(self, seed: int) -> Drawn:
        """The film of a seed; the last one is kept."""
        if self._film is None or self._film[0] != seed:
            self._film = (seed, draw(both_speak(seed), self._folder / f"{seed}.mp4"))
        return self._film[1]

    def measure(self, task: Task) -> Row:
        """Damages one film and measures it against its own script, or measures a cost."""
        started = time.perf_counter()
        values: dict[str, float | None] = {}
        predicted: dict[str, float] = {}
        data: dict[str, Any] = {}
        words = (0, 0)
        if task.damage == COST:
            data = cost_of_a_film(self._folder)
        elif task.damage == RESUMED:
            data = killed_and_resumed(self._folder, task.seed)
        elif task.damage == "sentences":
            caption = sentences(task.seed)
            path = self._folder / f"{task.id}.mp4"
            renderer("stage").render(caption, path, RenderOptions(subtitles=False))
            values, _, words = self._values(Sample(task.id, (caption,), path), self._words)
        else:
            values, predicted, data, words = self._damaged(self.drawn(task.seed), task)
        seconds = round(time.perf_counter() - started, 1)
        return Row(task.id, task.seed, task.damage, values, words, predicted, seconds, self.fingerprint, data)

    def _damaged(
        self, film: Drawn, task: Task
    ) -> tuple[dict[str, float | None], dict[str, float], dict[str, Any], tuple[int, int]]:
        frames, sound = DAMAGES[task.damage](film)
        path = self._folder / f"{task.id}.mp4"
        height, width = frames.shape[1:3]
        write_video(path, frames, sound, size=(width, height), sample_rate=RATE)
        is_heard, is_seen = task.damage in HEARD, task.damage in SEEN
        metrics = [
            *self._plain,
            *((*self._words, *self._voices) if is_heard else ()),
            *(self._looks if is_seen else ()),
        ]
        sample = Sample(task.damage, (self._referenced(film),), path, folder=self._folder)
        values, heard, words = self._values(sample, metrics)
        data: dict[str, Any] = {}
        if task.damage == "none":
            # Voices that change places are references that do.
            exchanged = Sample("crossed", (self._referenced(film, crossed=True),), path, folder=self._folder)
            crossed = self._values(exchanged, self._voices)[0]["voice_sim_ge2e"]
            data = {"heard": heard, "voice": values["voice_sim_ge2e"], "crossed": crossed}
        before = data or self._done[f"{task.seed}-none"].data
        features = None
        if task.damage in REORDERED:
            features = self._features_of(task.seed, film)[order_after(film, task.damage)]
        elif is_seen:
            features = self._embed(frames)
        predicted = predicted_pictures(film, task.damage, features)
        predicted |= predicted_sound(film, task.damage, before, sound)
        path.unlink()
        return values, predicted, data, words

    def _features_of(self, seed: int, film: Drawn) -> Features:
        if self._features is None or self._features[0] != seed:
            self._features = (seed, self._embed(film.frames))
        return self._features[1]

    def _embed(self, frames: Any) -> Features:
        place = path_of("efficientnet-lite0")
        assert place is not None  # its metric has been loaded
        self._embedder = self._embedder or EfficientNetFrames(place)
        return self._embedder.embed(frames)

    def _referenced(self, film: Drawn, *, crossed: bool = False) -> HierarchicalCaption:
        """The script with a recording of each role's voice, saying something else."""
        seed = int(film.path.stem)
        files = [self._folder / f"{seed}-{role.id}.wav" for role in film.caption.roles]
        if not files[0].exists():
            said = sentences(seed)
            speech = build_soundtrack(said, music=False, ambience=False, effects=False).stems.speech
            for line, file in zip(said.dialogue, files, strict=True):
                _record(file, speech[line.start_ms * RATE // 1000 : line.end_ms * RATE // 1000])
        if crossed:
            files.reverse()
        roles = [
            role.model_copy(update={"reference": role.reference.model_copy(update={"audio": file.name})})
            for role, file in zip(film.caption.roles, files, strict=True)
        ]
        return film.caption.model_copy(update={"roles": tuple(roles)})

    def _values(
        self, film: Sample, metrics: Sequence[Metric]
    ) -> tuple[dict[str, float | None], list[list[int]], tuple[int, int]]:
        rows = measure_film(film, metrics).measurements
        values = {row.column: None if math.isnan(row.value) else round(row.value, 5) for row in rows}
        speech: list[list[int]] = next(
            (row.data["heard"] for row in rows if row.column == "tams" and "heard" in row.data), []
        )
        said = next((row.data for row in rows if "errors" in row.data), {})
        return values, speech, (said.get("errors", 0), said.get("words", 0))


def _record(path: Path, samples: Samples) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


def tasks_of(films: int, resumed: int, *, cost: bool) -> list[Task]:
    """Everything to be measured, the undamaged film before what is compared with it."""
    tasks = [Task(seed, damage) for seed in range(films) for damage in (*DAMAGES, "sentences")]
    return [*tasks, *([Task(0, COST)] if cost else []), *([Task(resumed, RESUMED)] if resumed else [])]


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--films", type=int, default=4, help="films to damage")
    parser.add_argument("--resumed", type=int, default=100, help="films of the run that is killed; 0 leaves it out")
    parser.add_argument("--no-cost", action="store_true", help="leave the cost out")
    parser.add_argument("--out", type=Path, help="JSONL of results; what it holds is not measured again")
    parser.add_argument("--record", action="store_true", help="write the dated summary beside this script")
    options = parser.parse_args(arguments)
    tasks = tasks_of(options.films, options.resumed, cost=not options.no_cost)
    folder = Path(tempfile.mkdtemp())
    try:
        done: dict[str, Row] = {}
        bench = Bench(folder, done)
        done |= kept_rows(options.out, bench.fingerprint)
        write_rows(tasks, done, bench.measure, options.out, "films")
    except MavinError as error:
        sys.exit(str(error))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    rows = [done[task.id] for task in tasks]
    costs = {row.damage: row.data for row in rows if row.damage in (COST, RESUMED)}
    run: dict[str, Any] = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"mavin {version('mavin')}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}",
        "damages": summary([row for row in rows if row.damage not in costs]),
        "film": costs.get(COST),
        "resumed": costs.get(RESUMED),
    }
    print(json.dumps(run, indent=2, ensure_ascii=False))
    if options.record:
        store = HERE / "evaluators.json"
        runs = [*(json.loads(store.read_text(encoding="utf-8")) if store.exists() else []), run]
        store.write_text(json.dumps(runs, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        (HERE / "evaluators.md").write_text(markdown(runs), encoding="utf-8")


if __name__ == "__main__":
    main()
