"""The evaluators measured on films of which everything is known: what known damage does to each metric, and their cost.

    python benchmarks/evaluators.py                                   # 4 films, every damage
    python benchmarks/evaluators.py --films 8 --out rows.jsonl --record

Films come from ``generator.stage.sampling`` (shots of a second and more, neighbours that differ, two roles that both
speak), drawn as H.264 and AAC.  Each is then damaged in one known way, and measured against its own, unchanged script:

- cuts_late       every shot goes on for two frames into the next          STA = exp(−2·cuts / frames)
- speech_late     the sound begins half a second later                      TAMS of the undamaged speech, moved
- shot_missing    the shot before one in the middle goes on in its place    STA = exp(−60 / frames)
- shots_swapped   two shots change places, the sound stays                  STA = exp(−|change of length| / frames)
- voices_swapped  the two roles speak with each other's voice               voice_sim with the references exchanged
- figure_replaced one role looks like somebody else in one shot             STA and TAMS stay; seen by CISC alone
- figure_changes  the same from the middle of that shot on                  STA and TAMS stay; frame consistency falls

and two sound tracks beside the film's own mix: the voices alone, and ambience 20 dB below them.  Word error rates are
measured besides on sentences of natural length, in films of their own.  CISC needs ViCLIP's weights, which no package
carries; what runs without them is measured: the stand-ins ``voice_sim`` (GE2E) and ``frame_consistency``.

Cost: one film of 5 s through ``mavin evaluate`` in a fresh process, and 100 films whose run is killed half way.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Callable, Sequence
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

from benchmarks.resumable import write_rows
from evaluators.cuts import PENALTY, shot_transition_accuracy
from evaluators.film import Sample
from evaluators.metric import Metric
from evaluators.plan import ScriptPlan
from evaluators.speech_timing import time_alignment
from evaluators.suite import measure_film
from generator.renderers import RenderOptions, renderer
from generator.stage.sampling import Difficulty, sample
from generator.stage.signal import RATE
from generator.stage.soundtrack import build_soundtrack
from mavin.api.evaluating import load_metrics
from mavin.caption import HierarchicalCaption
from mavin.caption.parts import Override
from mavin.frames import FPS
from mavin.interval import Interval
from mavin.media import FrameReader, read_sound, write_video
from mavin.speech import natural_ms

HERE = Path(__file__).resolve().parent
KNOBS = Difficulty(
    duration_ms=(6000, 8000), shots=(3, 4), roles=(2, 2), min_shot_ms=1000, clear_cuts=True, setting_change=1.0,
    overlap=0.0, animals=0.0, off_screen=0.0, overrides=0.0, speech=(0.4, 0.6), cross_cuts=False,
)  # fmt: skip
LATE_FRAMES = 2
LATE_MS = 500
SENTENCES = (
    "We must reach the harbour before the last ferry leaves.",
    "Nobody knows where she went, so we wait here until morning.",
    "The old clock in the kitchen has stopped again.",
    "Please bring the letter to my brother at the station.",
    "I have never seen so many birds above the lake.",
    "There is a light in the window of the empty house.",
    "He said that the bridge would not hold much longer.",
    "Close the door behind you and do not make a sound.",
)

Frames = NDArray[np.uint8]
Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Row:
    """One film with one damage: what every column gave, and what arithmetic predicts of some."""

    id: str
    seed: int
    damage: str
    values: dict[str, float | None]
    words: tuple[int, int]
    """Errors and words, where somebody listened; else twice 0."""
    predicted: dict[str, float]
    seconds: float


@dataclass(frozen=True, slots=True)
class Task:
    """One film with one damage to be measured."""

    seed: int
    damage: str

    @property
    def id(self) -> str:
        """Its name in files."""
        return f"{self.seed}-{self.damage}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A film of the stage as data: pictures at its own size, sound, and its script."""

    caption: HierarchicalCaption
    path: Path
    frames: Frames
    sound: Samples

    @property
    def plan(self) -> ScriptPlan:
        """Its script on the film's clock."""
        return ScriptPlan.of(self.caption)


def both_speak(seed: int) -> HierarchicalCaption:
    """The ``seed``-th sampled caption in which two roles speak and neighbouring shots are not equally long."""
    found = -1
    for number in range(10_000):
        caption = sample(number, KNOBS)
        lengths = [len(shot.frames) for shot in ScriptPlan.of(caption).shots]
        apart = abs(lengths[0] - lengths[1]) >= 6
        found += apart and len({line.role for line in caption.dialogue}) == 2
        if found == seed:
            return caption
    raise ValueError(f"there is no {seed}-th such caption")


def sentences(seed: int) -> HierarchicalCaption:
    """Two sentences at their natural pace, a shot each, spoken by two sampled roles."""
    base = both_speak(seed)
    texts = [SENTENCES[(2 * seed + at) % len(SENTENCES)] for at in (0, 1)]
    at, shots, lines = 0, [], []
    for number, text in enumerate(texts):
        long = natural_ms(text, "en")
        start = at + 300
        lines.append(
            base.dialogue[0].model_copy(
                update={"id": f"L{number + 1}", "role": f"C{number + 1}", "text": text, "start_ms": start,
                        "end_ms": start + long}
            )
        )  # fmt: skip
        end = start + long + 300
        shots.append(base.shots[number].model_copy(update={"start_ms": at, "end_ms": end, "sounds": ()}))
        at = end
    shots = [shot.model_copy(update={"roles": ("C1", "C2")}) for shot in shots]
    changes = {"duration_ms": at, "shots": tuple(shots), "dialogue": tuple(lines)}
    return HierarchicalCaption.model_validate((base.model_copy(update=changes)).model_dump())


def draw(caption: HierarchicalCaption, path: Path) -> Drawn:
    """Draws a film once and takes it apart."""
    renderer("stage").render(caption, path, RenderOptions(subtitles=False))
    frames = np.stack([picture for (picture,) in FrameReader(path, [None])])
    sound = read_sound(path, RATE)
    assert sound is not None
    return Drawn(caption, path, frames, sound[: round(len(frames) * RATE / FPS)])


# ------------------------------------------------------------------------------------------ damage


def undamaged(film: Drawn) -> tuple[Frames, Samples]:
    """The film itself, written again: what the codec alone does."""
    return film.frames, film.sound


def cuts_late(film: Drawn) -> tuple[Frames, Samples]:
    """The last picture of each shot stands for two more frames."""
    frames = film.frames.copy()
    for cut in film.plan.cuts:
        frames[cut : cut + LATE_FRAMES] = film.frames[cut - 1]
    return frames, film.sound


def speech_late(film: Drawn) -> tuple[Frames, Samples]:
    """Half a second of silence before the sound."""
    late = np.concatenate([np.zeros(RATE * LATE_MS // 1000, np.float32), film.sound])
    return film.frames, late[: len(film.sound)]


def shot_missing(film: Drawn) -> tuple[Frames, Samples]:
    """The last picture of the first shot stands through the second."""
    frames, second = film.frames.copy(), film.plan.shots[1].frames
    frames[second.start : second.stop] = film.frames[second.start - 1]
    return frames, film.sound


def shots_swapped(film: Drawn) -> tuple[Frames, Samples]:
    """The first two shots change places."""
    one, two = film.plan.shots[0].frames, film.plan.shots[1].frames
    parts = [film.frames[two.start : two.stop], film.frames[one.start : one.stop], film.frames[two.stop :]]
    return np.concatenate(parts), film.sound


def _redrawn(film: Drawn, changes: dict[str, Any]) -> tuple[Frames, Samples]:
    caption = HierarchicalCaption.model_validate(film.caption.model_copy(update=changes).model_dump())
    with tempfile.TemporaryDirectory() as folder:
        other = draw(caption, Path(folder) / "other.mp4")
    return other.frames, other.sound


def voices_swapped(film: Drawn) -> tuple[Frames, Samples]:
    """Both roles with each other's voice."""
    one, two = film.caption.roles
    roles = (one.model_copy(update={"voice": two.voice}), two.model_copy(update={"voice": one.voice}))
    return film.frames, _redrawn(film, {"roles": roles})[1]


def figure_changes(film: Drawn) -> tuple[Frames, Samples]:
    """Somebody else's look from the middle of one shot on."""
    other, _ = figure_replaced(film)
    shot = next(shot for shot in reversed(film.plan.shots) if film.caption.roles[0].id in shot.shot.roles)
    middle = (shot.frames.start + shot.frames.stop) // 2
    other[shot.frames.start : middle] = film.frames[shot.frames.start : middle]
    return other, film.sound


def figure_replaced(film: Drawn) -> tuple[Frames, Samples]:
    """Somebody else's look in one shot."""
    one, two = film.caption.roles
    shots = list(film.caption.shots)
    at = next(at for at in reversed(range(len(shots))) if one.id in shots[at].roles)
    look = two.appearance if two.id not in shots[at].roles else "an old giant in a bright red coat, white beard"
    shots[at] = shots[at].model_copy(update={"overrides": (Override(role=one.id, appearance=look),)})
    return _redrawn(film, {"shots": tuple(shots)})[0], film.sound


def voices_alone(film: Drawn) -> tuple[Frames, Samples]:
    """No music, no ambience, no sounds."""
    return film.frames, _stems(film)[0]


def ambience_20(film: Drawn) -> tuple[Frames, Samples]:
    """The voices, and the film's ambience 20 dB below them (RMS, where somebody speaks)."""
    speech, ambience = _stems(film)
    spoken = np.zeros(len(speech), bool)
    for line in film.caption.dialogue:
        spoken[line.start_ms * RATE // 1000 : line.end_ms * RATE // 1000] = True
    level = float(np.sqrt(np.mean(speech[spoken] ** 2)) / max(float(np.sqrt(np.mean(ambience[spoken] ** 2))), 1e-9))
    return film.frames, speech + ambience * level * 0.1


def _stems(film: Drawn) -> tuple[Samples, Samples]:
    stems = build_soundtrack(film.caption, music=False, effects=False).stems
    return stems.speech[: len(film.sound)], stems.ambience[: len(film.sound)]


DAMAGES: dict[str, Callable[[Drawn], tuple[Frames, Samples]]] = {
    "none": undamaged,
    "cuts_late": cuts_late,
    "speech_late": speech_late,
    "shot_missing": shot_missing,
    "shots_swapped": shots_swapped,
    "voices_swapped": voices_swapped,
    "figure_replaced": figure_replaced,
    "figure_changes": figure_changes,
    "voices_alone": voices_alone,
    "ambience_20": ambience_20,
}
HEARD = ("none", "speech_late", "voices_swapped", "voices_alone", "ambience_20")
"""Where the sound is another: only there are words counted and voices compared anew."""
SEEN = ("none", "cuts_late", "shot_missing", "shots_swapped", "figure_replaced", "figure_changes")
"""Where the picture is another."""


def predictions(film: Drawn, damage: str, before: dict[str, Any]) -> dict[str, float]:
    """What arithmetic says of STA and TAMS, from the script and from what was found in the undamaged film."""
    plan, count = film.plan, len(film.frames)
    cuts, speech = list(plan.cuts), [Interval(*part) for part in before["heard"]]
    if damage == "cuts_late":
        cuts = [cut + LATE_FRAMES for cut in cuts]
    elif damage == "shot_missing":
        cuts = cuts[1:]
    elif damage == "shots_swapped":
        cuts[0] = len(plan.shots[1].frames)
    elif damage == "speech_late":
        end = round(count * 1000 / FPS)
        moved = [(part.start_ms + LATE_MS, min(part.end_ms + LATE_MS, end)) for part in speech]
        speech = [Interval(start, stop) for start, stop in moved if stop > start]
    return {"sta": shot_transition_accuracy(plan.cuts, cuts, count), "tams": time_alignment(plan.speech, speech)}


# ------------------------------------------------------------------------------------------ measuring


class Bench:
    """Films and metrics, made once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._plain = load_metrics(["sta", "tams"])
        self._words, self._voices = load_metrics(["wer"]), load_metrics(["voice_sim"])
        self._looks = load_metrics(["frame_consistency"])
        self._film: tuple[int, Drawn] | None = None
        self._heard: dict[int, dict[str, Any]] = {}

    def drawn(self, seed: int) -> Drawn:
        """The film of a seed; the last one is kept."""
        if self._film is None or self._film[0] != seed:
            self._film = (seed, draw(both_speak(seed), self._folder / f"{seed}.mp4"))
        return self._film[1]

    def measure(self, task: Task) -> Row:
        """Damages one film and measures it against its own script."""
        started = time.perf_counter()
        if task.damage == "sentences":
            caption = sentences(task.seed)
            path = self._folder / f"{task.id}.mp4"
            renderer("stage").render(caption, path, RenderOptions(subtitles=False))
            values, _, words = self._values(Sample(task.id, (caption,), path), self._words)
            return Row(task.id, task.seed, task.damage, values, words, {}, round(time.perf_counter() - started, 1))
        film = self.drawn(task.seed)
        if task.seed not in self._heard and task.damage != "none":
            self._heard[task.seed] = self._look(film, "none")[1]
        values, data, words = self._look(film, task.damage)
        if task.damage == "none":
            self._heard[task.seed] = data
        predicted = {} if task.damage in {"voices_alone", "ambience_20", "voices_swapped"} else predictions(
            film, task.damage, self._heard[task.seed]
        )  # fmt: skip
        if task.damage == "voices_swapped":
            # Voices that change places are references that do.
            whole = self._folder / f"{task.seed}-none.mp4"
            exchanged = Sample("crossed", (self._referenced(film, crossed=True),), whole, folder=self._folder)
            crossed = self._values(exchanged, self._voices)[0]["voice_sim_ge2e"]
            predicted = {"sta": predictions(film, "none", self._heard[task.seed])["sta"]}
            predicted |= {} if crossed is None else {"voice_sim_ge2e": crossed}
        return Row(task.id, task.seed, task.damage, values, words, predicted, round(time.perf_counter() - started, 1))

    def _look(self, film: Drawn, damage: str) -> tuple[dict[str, float | None], dict[str, Any], tuple[int, int]]:
        frames, sound = DAMAGES[damage](film)
        path = self._folder / f"{film.path.stem}-{damage}.mp4"
        height, width = frames.shape[1:3]
        write_video(path, frames, sound, size=(width, height), sample_rate=RATE)
        heard = [*self._words, *self._voices] if damage in HEARD else []
        metrics = [*self._plain, *heard, *(self._looks if damage in SEEN else ())]
        return self._values(Sample(damage, (self._referenced(film),), path, folder=self._folder), metrics)

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
    ) -> tuple[dict[str, float | None], dict[str, Any], tuple[int, int]]:
        rows = measure_film(film, metrics).measurements
        values = {row.column: None if math.isnan(row.value) else round(row.value, 5) for row in rows}
        data = {key: value for row in rows for key, value in row.data.items() if row.column in {"sta", "tams"}}
        heard = next((row.data for row in rows if "errors" in row.data), {})
        return values, data, (heard.get("errors", 0), heard.get("words", 0))


def _record(path: Path, samples: Samples) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


# ------------------------------------------------------------------------------------------ cost


def cost_of_a_film(folder: Path) -> dict[str, float]:
    """Seconds and megabytes of ``mavin evaluate`` on a film of 5 s, in a fresh process."""
    caption = next(
        caption
        for seed in range(1000)
        if (caption := sample(seed, Difficulty(duration_ms=(5000, 5000), shots=(2, 2), roles=(2, 2)))).dialogue
    )
    (folder / "film.json").write_text(caption.model_dump_json(), encoding="utf-8")
    renderer("stage").render(caption, folder / "film.mp4", RenderOptions(subtitles=False))
    code = (
        "import resource, runpy, sys\n"
        "sys.argv = ['mavin', 'evaluate', sys.argv[1], '--film', sys.argv[2]]\n"
        "try: runpy.run_module('mavin', run_name='__main__')\n"
        "except SystemExit: pass\n"
        "used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss, file=sys.stderr)\n"
    )
    started = time.perf_counter()
    command = [sys.executable, "-c", code, str(folder / "film.mp4"), str(folder / "film.json")]
    environment = os.environ | {"PYTHONPATH": str(HERE.parent)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    seconds = time.perf_counter() - started
    processor, kilobytes = map(float, done.stderr.split()[-2:])
    return {"seconds": round(seconds, 1), "cpu_seconds": round(processor, 1), "megabytes": round(kilobytes / 1024)}


def killed_and_resumed(folder: Path, films: int) -> dict[str, Any]:
    """Measures a set twice, once in one go and once killed half way, and compares the two tables byte by byte."""
    made = folder / "made"
    made.mkdir()
    lines = []
    for seed in range(films):
        caption = sample(seed, Difficulty(duration_ms=(3000, 3000), shots=(1, 3), roles=(1, 1)))
        name = f"film-{seed:03d}"
        lines.append(json.dumps({"id": name, "caption": json.loads(caption.model_dump_json())}) + "\n")
        _plates(made / f"{name}.mp4", ScriptPlan.of(caption), seed)
    (folder / "set.jsonl").write_text("".join(lines), encoding="utf-8")
    base = [sys.executable, "-m", "mavin", "bench", str(folder / "set.jsonl"), "--films", str(made), "--jobs", "2"]
    environment = os.environ | {"PYTHONPATH": str(HERE.parent)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
    started = time.perf_counter()
    subprocess.run([*base, "--out", str(folder / "whole")], check=True, **quiet)  # type: ignore[call-overload]
    seconds = time.perf_counter() - started
    killed = folder / "killed"
    child = subprocess.Popen([*base, "--out", str(killed)], **quiet)  # type: ignore[call-overload]
    results = killed / "results.jsonl"
    while child.poll() is None and (not results.exists() or results.read_text().count("\n") < films // 2):
        time.sleep(0.2)
    child.kill()  # nobody tells its workers
    child.wait()
    at_kill = results.read_text().count("\n")
    subprocess.run([*base, "--out", str(killed)], check=True, **quiet)  # type: ignore[call-overload]
    tables = [json.loads((folder / name / "table.json").read_text()) for name in ("whole", "killed")]
    for table in tables:
        table.pop("name")
    return {"films": films, "killed_at": at_kill, "same_table": tables[0] == tables[1], "seconds": round(seconds)}


def _plates(path: Path, plan: ScriptPlan, seed: int) -> None:
    """A small film of still, coloured plates that keeps its script's cuts, with noise where lines should be."""
    dice = np.random.default_rng(seed)
    plates = [np.kron(dice.integers(0, 255, (4, 6, 3)), np.ones((16, 16, 1))).astype(np.uint8) for _ in plan.shots]
    frames = [plates[at] for at, shot in enumerate(plan.shots) for _ in shot.frames]
    sound = np.zeros(round(plan.frames * 16_000 / FPS), np.float32)
    for line in plan.lines:
        part = slice(line.interval.start_ms * 16, min(line.interval.end_ms * 16, len(sound)))
        sound[part] = dice.normal(0, 0.1, len(sound[part])).astype(np.float32)
    write_video(path, frames, sound, size=(96, 64), sample_rate=16_000)


# ------------------------------------------------------------------------------------------ summary


def summary(rows: Sequence[Row]) -> dict[str, Any]:
    """For each damage: films, means of every column, of its predictions, and the worst distance between the two."""
    found: dict[str, Any] = {}
    for damage in dict.fromkeys(row.damage for row in rows):
        mine = [row for row in rows if row.damage == damage]
        columns = dict.fromkeys(column for row in mine for column in row.values)
        values = {
            column: [value for row in mine if (value := row.values.get(column)) is not None] for column in columns
        }
        words = sum(row.words[1] for row in mine)
        known = {
            name: [
                (value, row.predicted[name])
                for row in mine
                if name in row.predicted and (value := row.values.get(name)) is not None
            ]
            for name in ("sta", "tams", "voice_sim_ge2e")
        }
        known = {name: pairs for name, pairs in known.items() if pairs}
        found[damage] = {
            "films": len(mine),
            "values": {name: round(statistics.fmean(each), 4) for name, each in values.items() if each},
            "wer": round(sum(row.words[0] for row in mine) / words, 4) if words else None,
            "words": words,
            "predicted": {name: round(statistics.fmean(told for _, told in pairs), 4) for name, pairs in known.items()},
            "worst_off": {
                name: round(max(abs(value - told) for value, told in pairs), 4) for name, pairs in known.items()
            },
        }
    return found


def markdown(runs: Sequence[dict[str, Any]]) -> str:
    """All recorded runs as the page beside this script."""
    lines = [
        "# The evaluators: dated results", "",
        "Made by `python benchmarks/evaluators.py --films N --record`; its head says what is damaged and how. "
        f"STA with δ = {PENALTY}; predictions are arithmetic on the script and on what the undamaged film gave; "
        "*off* is the worst film's distance from its prediction.",
    ]  # fmt: skip
    for run in runs:
        heads = ["damage", "films", "STA", "predicted (off)", "cuts off by", "TAMS", "predicted (off)", "silero"]
        heads += ["WER (Whisper base) of words", "voices (GE2E)", "predicted (off)", "frames (EfficientNet)"]
        lines += ["", f"## {run['date']}", "", f"{run['machine']}.", ""]
        lines += [f"| {' | '.join(heads)} |", f"| {' | '.join('---' for _ in heads)} |"]
        for damage, each in run["damages"].items():
            values = each["values"]
            cells = [damage, str(each["films"]), _shown(values.get("sta")), _prediction(each, "sta")]
            cells += [_shown(values.get("cut_frame_error")), _shown(values.get("tams")), _prediction(each, "tams")]
            cells += [_shown(values.get("tams_silero"))]
            cells += [f"{each['wer']:.3f} of {each['words']}" if each["wer"] is not None else "–"]
            cells += [_shown(values.get("voice_sim_ge2e")), _prediction(each, "voice_sim_ge2e")]
            cells += [_shown(values.get("frame_consistency_efficientnet"))]
            lines.append(f"| {' | '.join(cells)} |")
        if run.get("film"):
            cost = run["film"]
            lines += ["", f"A film of 5 s through `mavin evaluate` (STA, TAMS, script): {cost['seconds']} s, "
                      f"{cost['cpu_seconds']} s of processor, {cost['megabytes']} MB."]  # fmt: skip
        if run.get("resumed"):
            each = run["resumed"]
            same = "the same table" if each["same_table"] else "ANOTHER TABLE"
            lines += ["", f"{each['films']} films with two processes: {each['seconds']} s. Killed after "
                      f"{each['killed_at']} and begun again: {same}."]  # fmt: skip
    return "\n".join(lines) + "\n"


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _prediction(each: dict[str, Any], name: str) -> str:
    if name not in each["predicted"]:
        return "–"
    return f"{each['predicted'][name]:.4f} ({each['worst_off'].get(name, math.nan):.4f})"


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--films", type=int, default=4, help="films to damage")
    parser.add_argument("--resumed", type=int, default=100, help="films of the run that is killed; 0 leaves it out")
    parser.add_argument("--no-cost", action="store_true", help="leave the cost out")
    parser.add_argument("--out", type=Path, help="JSONL of results; films that it holds are not measured again")
    parser.add_argument("--record", action="store_true", help="write the dated summary beside this script")
    options = parser.parse_args(arguments)
    tasks = [Task(seed, damage) for seed in range(options.films) for damage in (*DAMAGES, "sentences")]
    done: dict[str, Row] = {}
    if options.out is not None and options.out.exists():
        for line in options.out.read_text(encoding="utf-8").splitlines():
            with contextlib.suppress(ValueError, TypeError):
                row = Row(**json.loads(line))
                done[row.id] = row
    folder = Path(tempfile.mkdtemp())
    try:
        bench = Bench(folder)
        write_rows(tasks, done, bench.measure, options.out, "films")
        run: dict[str, Any] = {
            "date": f"{datetime.now(UTC):%Y-%m-%d}",
            "machine": f"mavin {version('mavin')}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
            f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}",
            "damages": summary([done[task.id] for task in tasks]),
            "film": None if options.no_cost else cost_of_a_film(folder),
            "resumed": killed_and_resumed(folder, options.resumed) if options.resumed else None,
        }
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(run, indent=2, ensure_ascii=False))
    if options.record:
        store = HERE / "evaluators.json"
        runs = [*(json.loads(store.read_text(encoding="utf-8")) if store.exists() else []), run]
        store.write_text(json.dumps(runs, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        (HERE / "evaluators.md").write_text(markdown(runs), encoding="utf-8")


if __name__ == "__main__":
    main()
