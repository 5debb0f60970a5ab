"""The stage measured as evaluators see it: cuts and speech found in decoded films, and its speed.

    python benchmarks/stage.py                              # 10 films of each set, and the speed
    python benchmarks/stage.py --films 60 --record
    python benchmarks/stage.py --films 60 --sets clear --no-speed --out films.jsonl --keep DIR

Captions come from ``generator.stage.sampling`` with seeds 0, 1, 2 …; each is drawn as H.264 and AAC,
decoded, and given to TransNetV2 and webrtcvad.  Results go to ``--out`` one line at a time; the same command
goes on where an interrupted one stopped.  ``--record`` adds a dated summary to ``stage.json`` and ``stage.md``
beside this script.

Sets:
- clear: shots of 0.8 s and more whose neighbours differ in setting or by two steps of size
  (target: STA at δ = 60 of 0.99, TAMS of 0.95);
- plain: the sampler's defaults, without those restrictions;
- hard: short shots of one place, overlapping voices, all picture shapes.

Speed, each in a process of its own (targets): a film of 5 s at 832×480 in 10 s, one of 15 s and six shots in
30 s and 700 MB.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import math
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    # The repository and not this folder, in which a script bears the name of one of our packages.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from benchmarks.resumable import write_rows
from evaluators.cuts import CutMetric, FilmCuts
from evaluators.film import Sample
from evaluators.result import Score
from evaluators.speech_timing import FilmSpeech, SpeechTimingMetric
from evaluators.suite import measure_film, pool_scores
from generator.renderers import RenderOptions, renderer
from generator.stage.sampling import Difficulty, clear, hard, sample
from generator.stage.signal import RATE
from generator.stage.soundtrack import build_soundtrack
from mavin.caption import HierarchicalCaption
from mavin.interval import Interval

HERE = Path(__file__).resolve().parent
SPEEDS = {"5 s, 2 shots": (5000, 2), "15 s, 6 shots": (15_000, 6)}
"""Films whose cost is measured: length in milliseconds and number of shots."""
SETS = {"clear": clear, "plain": Difficulty, "hard": hard}


@dataclass(frozen=True, slots=True)
class Row:
    """One film: what was wanted, what was found, what it cost; ``code`` is the stage that drew it."""

    id: str
    code: str
    set: str
    seed: int
    frames: int
    wanted: list[int]
    found: list[int]
    speech_wanted: list[list[int]]
    speech_heard: list[list[int]]
    duration_ms: int
    sta: float
    tams: float | None
    seconds: float
    speech_alone: list[list[int]] | None = None
    """What the detector hears in the voices alone, before the mix and the codec: the ceiling of TAMS."""

    @property
    def cuts(self) -> FilmCuts:
        """The cuts as the evaluators know them."""
        return FilmCuts(self.id, tuple(self.wanted), tuple(self.found), self.frames)

    @property
    def speech(self) -> FilmSpeech:
        """The speech as the evaluators know it."""
        heard = tuple(Interval(*part) for part in self.speech_heard)
        wanted = tuple(Interval(*part) for part in self.speech_wanted)
        alone = None if self.speech_alone is None else tuple(Interval(*part) for part in self.speech_alone)
        return FilmSpeech(self.id, wanted, heard, self.duration_ms, alone)


@dataclass(frozen=True, slots=True)
class Task:
    """One film to be drawn."""

    set: str
    seed: int

    @property
    def id(self) -> str:
        """Its name in files and reports."""
        return f"{self.set}-{self.seed}"


def code_of_stage() -> str:
    """A hash of all that draws and sounds: films of another stage are no results of this one."""
    files = sorted((HERE.parent / "generator").rglob("stage/**/*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def kept(path: Path, code: str) -> dict[str, Row]:
    """The results of this stage that an interrupted run has left; a broken line is no result."""
    found: dict[str, Row] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        with contextlib.suppress(ValueError, TypeError):
            row = Row(**json.loads(line))
            if row.code == code:
                found[row.id] = row
    return found


def measure(task: Task, code: str, folder: Path) -> Row:
    """Draw one sampled caption and look at it and listen to it."""
    caption = sample(task.seed, SETS[task.set]())
    path = folder / f"{task.id}.mp4"
    started = time.perf_counter()
    renderer("stage").render(caption, path, RenderOptions(subtitles=False))
    seconds = time.perf_counter() - started

    def voices(rate: int) -> NDArray[np.float32]:
        speech = build_soundtrack(caption, music=False, ambience=False, effects=False).stems.speech
        return np.asarray(resample_poly(speech, rate, RATE), np.float32)

    film = Sample(path.name, (caption,), path, voices=voices if caption.dialogue else None)
    rows = {row.column: row for row in measure_film(film, (_CUTS, _SPEECH)).measurements}
    sta, tams, ceiling = rows["sta"], rows["tams"], rows["tams_ceiling"]
    return Row(
        task.id, code, task.set, task.seed, sta.data["frames"], sta.data["wanted"], sta.data["found"],
        tams.data["wanted"], tams.data["heard"], caption.duration_ms, round(sta.value, 4),
        None if math.isnan(tams.value) else round(tams.value, 4), round(seconds, 2), ceiling.data.get("heard"),
    )  # fmt: skip


_CUTS, _SPEECH = CutMetric(), SpeechTimingMetric()


# ------------------------------------------------------------------------------------------ speed


def speed_caption(duration_ms: int, shots: int) -> HierarchicalCaption:
    """The first sampled caption of that length and number of shots in which somebody speaks."""
    knobs = Difficulty(duration_ms=(duration_ms, duration_ms), shots=(shots, shots), roles=(2, 3), min_shot_ms=800)
    return next(caption for seed in range(1000) if (caption := sample(seed, knobs)).dialogue)


_CHILD = """
import json, resource, sys, time
from pathlib import Path
from benchmarks.stage import speed_caption
from generator.renderers import RenderOptions, renderer
started = time.perf_counter()
caption = speed_caption(int(sys.argv[1]), int(sys.argv[2]))
renderer("stage").render(caption, Path(sys.argv[3]), RenderOptions())
usage = resource.getrusage(resource.RUSAGE_SELF)
kilo = 1024 if sys.platform == "linux" else 1024 * 1024
print(json.dumps({"seconds": time.perf_counter() - started, "cpu_seconds": usage.ru_utime + usage.ru_stime,
                  "megabytes": usage.ru_maxrss / kilo}))
"""


def measure_speed(duration_ms: int, shots: int) -> dict[str, float]:
    """Seconds, seconds of processor time and megabytes of one film, in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", _CHILD, str(duration_ms), str(shots), str(Path(folder) / "film.mp4")],
            capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": str(HERE.parent)},
        )  # fmt: skip
    return {name: round(value, 1) for name, value in json.loads(done.stdout).items()}


# ------------------------------------------------------------------------------------------ summary


def summary(rows: Iterable[Row]) -> dict[str, Any]:
    """The scores of one set."""
    films = list(rows)
    measured = [each for row in films for each in (*_CUTS.measured(row.cuts), *_SPEECH.measured(row.speech))]
    scores = pool_scores((_CUTS, _SPEECH), measured, resamplings=0)

    def value(score: Score) -> dict[str, Any]:
        return {
            "value": None if math.isnan(score.value) else round(score.value, 4),
            "n": score.n,
            "unscored": score.unscored,
        }

    return {
        "films": len(films),
        **{score.metric: value(score) for score in scores if score.n or score.unscored},
        "missed_cuts": sum(len(row.cuts.match.missing) for row in films),
        "extra_cuts": sum(len(row.cuts.match.extra) for row in films),
        "cuts": sum(len(row.wanted) for row in films),
        "worst_cuts": [row.seed for row in sorted(films, key=lambda row: row.sta) if row.sta < 0.99][:12],
        "worst_speech": [row.seed for row in sorted(films, key=_speech) if _speech(row) < 0.9][:12],
    }


def _speech(row: Row) -> float:
    return 1.0 if row.tams is None else row.tams


def markdown(runs: Sequence[dict[str, Any]]) -> str:
    """All recorded runs as the page beside this script."""
    lines = [
        "# The stage: dated results", "",
        "Made by `python benchmarks/stage.py --films 60 --record`; its head says what is measured and the targets.", "",
        "| date | set | films | STA δ=60 | δ=24 | δ=N/4 | right number of cuts | frames off | missed, extra of all "
        "| TAMS (films) | its ceiling | always speech |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip

    def shown(scores: dict[str, Any], name: str) -> str:
        value = scores.get(name, {}).get("value")
        return "–" if value is None else f"{value:.4f}"

    for run in runs:
        for name, scores in run["sets"].items():
            cells = [run["date"], name, str(scores["films"])]
            cells += [
                shown(scores, metric)
                for metric in ("sta", "sta_24", "sta_quarter", "cut_count_accuracy", "cut_frame_error")
            ]
            cells.append(f"{scores['missed_cuts']}, {scores['extra_cuts']} of {scores['cuts']}")
            cells.append(f"{shown(scores, 'tams')} ({scores['tams']['n']})")
            cells += [shown(scores, "tams_ceiling"), shown(scores, "tams_floor")]
            lines.append(f"| {' | '.join(cells)} |")
    lines += [
        "",
        "| date | film | seconds | processor seconds | MB | load before |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for run in runs:
        for name, cost in run["speed"].items():
            cells = [run["date"], name, cost["seconds"], cost["cpu_seconds"], cost["megabytes"], run["load"]]
            lines.append(f"| {' | '.join(map(str, cells))} |")
    lines.append("")
    for run in runs:
        if run.get("note"):
            lines.append(f"- {run['date']}: {run['note']}")
        for name, scores in run["sets"].items():
            silent, cuts, speech = scores["tams"]["unscored"], scores["worst_cuts"], scores["worst_speech"]
            lines.append(
                f"- {run['date']}, {name}: stage {run['code']}, {run['machine']}; {silent} films without speech. "
                f"Seeds under STA 0.99: {cuts or 'none'}; under TAMS 0.9: {speech or 'none'}."
            )
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--films", type=int, default=10, help="films of each set")
    parser.add_argument("--sets", nargs="*", default=list(SETS), choices=list(SETS), help="which sets")
    parser.add_argument("--no-speed", action="store_true", help="leave the speed out")
    parser.add_argument("--keep", type=Path, help="folder that keeps the films")
    parser.add_argument("--out", type=Path, help="JSONL of results; films that it holds are not drawn again")
    parser.add_argument("--record", action="store_true", help="write the dated summary beside this script")
    options = parser.parse_args(arguments)
    code, load = code_of_stage(), round(os.getloadavg()[0], 1)
    speed = {} if options.no_speed else {name: measure_speed(*size) for name, size in SPEEDS.items()}
    tasks = [Task(name, seed) for name in options.sets for seed in range(options.films)]
    done = kept(options.out, code) if options.out else {}
    with contextlib.ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        write_rows(tasks, done, lambda task: measure(task, code, folder), options.out, "films")
    rows = [done[task.id] for task in tasks]
    run = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "code": code,
        "machine": f"mavin {version('mavin')}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}",
        "load": load,
        "sets": {name: summary(row for row in rows if row.set == name) for name in options.sets},
        "speed": speed,
    }
    print(json.dumps(run, indent=2, ensure_ascii=False))
    if options.record:
        store = HERE / "stage.json"
        runs = [*(json.loads(store.read_text(encoding="utf-8")) if store.exists() else []), run]
        store.write_text(json.dumps(runs, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        (HERE / "stage.md").write_text(markdown(runs), encoding="utf-8")


if __name__ == "__main__":
    main()
