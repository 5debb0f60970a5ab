"""The small network measured on held-out captions of its world, beside what the stage draws of them.

    python benchmarks/generated.py --weights tiny                         # 10 films
    python benchmarks/generated.py --weights tiny --films 60 --out rows.jsonl --record

Every caption becomes two mp4s at the network's own size: generated, and drawn by the stage.  Both are decoded and
given to TransNetV2 and webrtcvad as ``evaluators`` sets them; colours and pitches as ``benchmarks/identities.py``
says.  Results go to ``--out`` one line at a time; the same command goes on where an interrupted one stopped.
``--record`` adds a dated summary to ``generated.json`` and ``generated.md`` beside this script.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

import numpy as np

from benchmarks.identities import clothing, pitches
from benchmarks.resumable import write_rows
from evaluators.cuts import CutMetric
from evaluators.film import Sample
from evaluators.result import Measurement
from evaluators.speech_timing import SpeechTimingMetric
from evaluators.suite import measure_film, pool_scores
from generator.train.world import HELD_OUT, SAMPLE_RATE, SMALL, Clip, draw_reference, sample_caption, world_clip
from mavin.caption import HierarchicalCaption
from mavin.media import write_video

if TYPE_CHECKING:
    from generator.pipeline import MavinPipeline

HERE = Path(__file__).resolve().parent
_CUTS, _SPEECH = CutMetric(), SpeechTimingMetric()


@dataclass(frozen=True, slots=True)
class Row:
    """One caption: the scores of the generated film and of the stage's, and what became of its figures."""

    id: str
    weights: str
    seed: int
    generated: list[dict[str, Any]]
    drawn: list[dict[str, Any]]
    colours: list[dict[str, Any]]
    voices: list[dict[str, Any]]
    seconds: float


@dataclass(frozen=True, slots=True)
class Task:
    """One caption."""

    seed: int

    @property
    def id(self) -> str:
        """Its name."""
        return f"world-{self.seed}"


def measure(task: Task, pipeline: MavinPipeline, folder: Path, settings: Mapping[str, Any]) -> Row:
    """Generates and draws a caption, and measures both."""
    clip, truth = world_clip(task.seed), sample_caption(task.seed)
    size = SMALL[truth.aspect]
    started = time.perf_counter()
    film = pipeline(clip.caption, references=_references(clip, pipeline), seed=task.seed % 2**31, **settings)
    seconds = time.perf_counter() - started
    assert film.frames is not None and film.audio is not None
    generated, drawn = folder / f"{task.id}.mp4", folder / f"{task.id}-stage.mp4"
    film.save(generated)
    write_video(drawn, iter(clip.frames), clip.waveform, size=size, sample_rate=SAMPLE_RATE)
    voices = {role.id: draw_reference(truth, role.id, task.seed).voice for role in truth.roles if role.voice}
    return Row(
        task.id, pipeline.index.weights_sha256, task.seed, _scores(generated, clip.caption),
        _scores(drawn, clip.caption), [asdict(one) for one in clothing(truth, film.frames)],
        [asdict(one) | {"kept": one.kept} for one in pitches(truth, _at_16k(film), voices)], round(seconds, 1),
    )  # fmt: skip


def _references(clip: Clip, pipeline: MavinPipeline) -> dict[str, Any]:
    from generator.reference_inputs import RoleInput

    if not pipeline.index.training.references:
        return {}
    return {one.role: RoleInput(one.picture, (one.voice, SAMPLE_RATE)) for one in clip.references}


def _at_16k(film: Any) -> Any:
    assert film.sample_rate == SAMPLE_RATE
    return film.audio


def _scores(path: Path, caption: HierarchicalCaption) -> list[dict[str, Any]]:
    return [row.to_json() for row in measure_film(Sample(path.name, (caption,), path), (_CUTS, _SPEECH)).measurements]


def summary(rows: Iterable[Row]) -> dict[str, Any]:
    """The scores of a run."""
    films = list(rows)
    found: dict[str, Any] = {"films": len(films)}
    for name in ("generated", "drawn"):
        measured = [Measurement.from_json(each) for row in films for each in getattr(row, name)]
        scores = pool_scores((_CUTS, _SPEECH), measured, resamplings=0)
        found[name] = {one.metric: None if math.isnan(one.value) else round(one.value, 4) for one in scores if one.n}
    colours = [one["wanted"] == one["found"] for row in films for one in row.colours]
    voices = [one["kept"] for row in films for one in row.voices]
    found["colours"] = {"right": _share(colours), "n": len(colours)}
    found["voices"] = {"within 15%": _share(voices), "n": len(voices)}
    found["seconds a film"] = round(float(np.mean([row.seconds for row in films])), 1) if films else None
    return found


def _share(right: Sequence[bool]) -> float | None:
    return round(sum(right) / len(right), 4) if right else None


def markdown(runs: Sequence[dict[str, Any]]) -> str:
    """All recorded runs as the page beside this script."""
    lines = [
        "# Generated films: dated results", "",
        "Made by `python benchmarks/generated.py --weights tiny --films 60 --record`.", "",
        "| date | weights | films | STA (stage's own) | TAMS (stage's own) | colours | pitch within 15% | s a film |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for run in runs:
        found, drawn = run["generated"], run["drawn"]
        lines.append(
            f"| {run['date']} | {run['weights']} | {run['films']} | {found.get('sta')} ({drawn.get('sta')}) "
            f"| {found.get('tams')} ({drawn.get('tams')}) | {run['colours']['right']} of {run['colours']['n']} "
            f"| {run['voices']['within 15%']} of {run['voices']['n']} | {run['seconds a film']} |"
        )
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--weights", default="tiny", help="folder or name of the pipeline")
    parser.add_argument("--films", type=int, default=10)
    parser.add_argument("--settings", type=json.loads, default={}, help="how to sample, as JSON")
    parser.add_argument("--keep", type=Path, help="folder that keeps the films")
    parser.add_argument("--out", type=Path, help="JSONL of results; captions that it holds are not generated again")
    parser.add_argument("--record", action="store_true", help="write the dated summary beside this script")
    options = parser.parse_args(arguments)
    from generator.pipeline import MavinPipeline

    pipeline = MavinPipeline.from_pretrained(options.weights, device="cpu")
    done: dict[str, Row] = {}
    for line in options.out.read_text(encoding="utf-8").splitlines() if options.out and options.out.exists() else ():
        with contextlib.suppress(ValueError, TypeError):
            row = Row(**json.loads(line))
            if row.weights == pipeline.index.weights_sha256:
                done[row.id] = row
    tasks = [Task(HELD_OUT + number) for number in range(options.films)]
    with contextlib.ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        write_rows(tasks, done, lambda task: measure(task, pipeline, folder, options.settings), options.out, "films")
    run = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "weights": pipeline.index.name,
        "weights_sha256": pipeline.index.weights_sha256,
        "settings": options.settings,
        "machine": f"mavin {version('mavin')}, {os.cpu_count()} cores",
        **summary(done[task.id] for task in tasks),
    }
    print(json.dumps(run, indent=2, ensure_ascii=False))
    if options.record:
        store = HERE / "generated.json"
        runs = [*(json.loads(store.read_text(encoding="utf-8")) if store.exists() else []), run]
        store.write_text(json.dumps(runs, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        (HERE / "generated.md").write_text(markdown(runs), encoding="utf-8")


if __name__ == "__main__":
    main()
