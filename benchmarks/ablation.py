"""Table 2 in small: what each mechanism of the paper is worth to the small network.

    python benchmarks/ablation.py train full --share 0.27            # and without-routing, -identity-mask, -timbre
    python benchmarks/ablation.py measure --out ablation.jsonl --record

``train`` trains one run by the configuration ``tiny`` with one mechanism taken away, into ``runs/ablation-NAME``;
``--share`` shortens every stage alike, so that all runs have one budget.  Ctrl-C keeps a checkpoint, and ``--resume``
goes on.

``measure`` films held-out captions whose roles have references, once for every run whose checkpoint is there, and
measures the films as ``benchmarks/film_rows.py`` says.  Codecs, text and voice encoders are those of ``--parts``.

full                   the network with everything
without-routing        text and sound of all shots is one prompt that every token sees (no §4.2)
without-identity-mask  every token sees every reference (no mask of §4.3)
without-timbre         no timbre embedding (Eq. 5)
without-scripting      ``full`` again, but its caption is the raw prompt: one shot, no times, no roles (no §4.4)
ground truth           the stage's own film of the caption: the ceiling
chance                 the stage's film of another held-out caption of the same shape and length: the floor

Results go to ``--out`` one line at a time; the same command goes on where an interrupted one stopped.  ``--record``
writes the dated table to ``ablation.json`` and ``ablation.md`` beside this script.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import itertools
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks.film_rows import FilmRow, Made, generated, kept_rows, measured, pooled, world_truth
from benchmarks.resumable import write_rows
from generator.train.world import HELD_OUT, draw_clip, has_references, sample_caption
from mavin.caption import GlobalCaption, HierarchicalCaption, Shot
from mavin.errors import MavinError, UsageError
from mavin.frames import frame_of

if TYPE_CHECKING:
    from generator.pipeline import MavinPipeline
    from generator.train.config import TrainConfig

HERE = Path(__file__).resolve().parent
TRAINED: Final[Mapping[str, tuple[str, ...]]] = {
    "full": (),
    "without-routing": ("routing=false",),
    "without-identity-mask": ("identity_mask=false",),
    "without-timbre": ("timbre=false",),
}
"""The runs that are trained, and what each changes in the configuration."""

SCRIPTLESS: Final = "without-scripting"
CEILING, FLOOR = "ground truth", "chance"
_OTHERS: Final = HELD_OUT + 50_000
"""Seeds of the captions whose films are the floor, from here on."""


# ------------------------------------------------------------------------------------------ training


def changes_of(run: str, share: float) -> list[str]:
    """The changes of the configuration ``tiny`` that make a run, every stage shortened to a share of its steps.

    Raises:
        UsageError: if the share is no part of the whole.
    """
    from generator.train.config_file import read_config

    if not 0 < share <= 1:
        raise UsageError(f"--share must be above 0 and at most 1, got {share:g}.")
    stages = read_config("tiny").stages
    steps = [f"stages.{number}.steps={max(1, round(share * stage.steps))}" for number, stage in enumerate(stages)]
    return [f"name=ablation-{run}", *steps, *TRAINED[run]]


def train(options: argparse.Namespace) -> None:
    """Trains one run."""
    from mavin import api

    changes = [*changes_of(options.run, options.share), *options.set]
    out = options.runs / f"ablation-{options.run}"
    result = api.train(
        "tiny", out=out, resume=options.resume, steps=options.steps, changes=changes, progress=_to_stderr
    )
    print(json.dumps(api.training_report(result), indent=2))


def _to_stderr(what: str, part: float) -> None:
    sys.stderr.write(f"\r{part:6.1%}  {what:<70}")
    sys.stderr.flush()


# ------------------------------------------------------------------------------------------ what is measured


@dataclass(frozen=True, slots=True)
class Run:
    """A trained run, ready to film.

    Attributes:
        pipeline: its network among the parts of another pipeline.
        settings: how it is sampled: as it was trained.
        key: hash of its weights and settings.
        steps: it was trained for.
    """

    pipeline: MavinPipeline
    settings: Mapping[str, Any]
    key: str
    steps: int | None


def last_checkpoint(folder: Path) -> Path | None:
    """The last checkpoint of a run's folder."""
    from generator.train.checkpoint import checkpoints

    found = checkpoints(folder / "checkpoints")
    return found[-1] if found else None


def load_run(parts: Path, folder: Path | None, settings: Mapping[str, Any]) -> Run:
    """A run's averaged weights with the other parts of a pipeline; without a folder the pipeline as it is.

    Raises:
        UsageError: if files are missing or do not fit each other.
    """
    from generator.layout import read_index
    from generator.parts import load_part
    from generator.pipeline import MavinPipeline
    from generator.train.checkpoint import read_state
    from generator.train.config_file import read_config

    index = read_index(parts)
    checkpoint = None if folder is None else last_checkpoint(folder)
    if folder is None or checkpoint is None:
        pipeline = MavinPipeline.from_pretrained(parts, device="cpu")
        return Run(pipeline, settings, _key(index.weights_sha256, settings), index.training.steps)
    config = read_config(folder / "config.yaml")
    left_out = set() if config.timbre else {"timbre"}
    averaged = checkpoint / "ema" if config.ema is not None else checkpoint
    kept = {name: info for name, info in index.parts.items() if name not in left_out}
    index = index.model_copy(update={"name": folder.name, "parts": kept})
    loaded = {
        name: load_part(averaged if name in {"backbone", "identity"} else parts, index, name, "cpu", None)
        for name in kept
    }
    for part in loaded.values():
        for module in part.modules_by_name().values():
            module.float()
    how = {**settings, **sampling_of(config)}
    weights = "".join(_hash(path) for path in sorted(averaged.rglob("*.safetensors")))
    own = f"{weights}{index.weights_sha256}{sorted(left_out)}"
    return Run(MavinPipeline(loaded, index), how, _key(own, how), read_state(checkpoint).step)


def sampling_of(config: TrainConfig) -> dict[str, Any]:
    """Settings under which a network sees what it saw in training."""
    found: dict[str, Any] = {}
    if not config.routing:
        found["routing"] = "off"
    if not config.identity_mask:
        found["identity_mask"] = False
    if config.isolate_shots:
        found["isolate_shots"] = True
    return found


def _key(weights: str, settings: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps([weights, dict(settings)], sort_keys=True).encode()).hexdigest()


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def raw_prompt(caption: HierarchicalCaption) -> str:
    """What a person would have typed: who there is, what happens and what is said, in order; no time, no cut."""
    told = [f"{role.name} is {role.appearance}." for role in caption.roles if role.appearance]
    said: set[str] = set()
    for shot in caption.shots:
        told.append(f"{shot.setting[:1].upper()}{shot.setting[1:]}. {shot.action}")
        for part in caption.lines_in(shot):
            if part.line.id not in said:
                said.add(part.line.id)
                told.append(f'{caption.role(part.line.role).name} says "{part.line.text}"')
    return " ".join(told)


def raw_caption(caption: HierarchicalCaption) -> HierarchicalCaption:
    """A caption that knows no more than :func:`raw_prompt`: it is the whole of its one shot."""
    prompt = raw_prompt(caption)
    whole = caption.global_caption
    return HierarchicalCaption(
        title=caption.title,
        duration_ms=caption.duration_ms,
        aspect=caption.aspect,
        language=caption.language,
        global_caption=GlobalCaption(storyline=prompt, style=whole.style, ambience=whole.ambience),
        shots=(Shot(id="S1", start_ms=0, end_ms=caption.duration_ms, setting="one place", action=prompt),),
    )


def other_caption(seed: int) -> int:
    """The seed of another held-out caption with as many frames of the same shape."""
    wanted = sample_caption(seed)
    for other in itertools.count(_OTHERS + seed - HELD_OUT):
        caption = sample_caption(other)
        if (caption.aspect, frame_of(caption.duration_ms)) == (wanted.aspect, frame_of(wanted.duration_ms)):
            return other
    raise AssertionError("captions never end")


def held_out(count: int) -> list[int]:
    """Seeds of the first held-out captions whose roles have references."""
    return list(itertools.islice((seed for seed in itertools.count(HELD_OUT) if has_references(seed)), count))


# ------------------------------------------------------------------------------------------ measuring


@dataclass(frozen=True, slots=True)
class Task:
    """One caption made by one run."""

    seed: int
    made_by: str

    @property
    def film(self) -> str:
        """Its caption's name."""
        return f"world-{self.seed}"

    @property
    def id(self) -> str:
        """Its name."""
        return f"{self.film}/{self.made_by}"


def film_of(task: Task, runs: Mapping[str, Run]) -> Made:
    """Makes one film."""
    truth, clip = world_truth(task.seed)
    if task.made_by == CEILING:
        return Made(clip.frames, clip.waveform)
    if task.made_by == FLOOR:
        other = other_caption(task.seed)
        drawn = draw_clip(sample_caption(other), seed=other)
        return Made(drawn.frames, drawn.waveform)
    if task.made_by == SCRIPTLESS:
        full = runs["full"]
        return generated(full.pipeline, raw_caption(truth.caption), task.seed, full.settings)
    run = runs[task.made_by]
    return generated(run.pipeline, truth.caption, task.seed, run.settings, clip)


def measure(options: argparse.Namespace) -> None:
    """Films and measures every run."""
    from generator.hub import fetch_pipeline
    from generator.layout import read_index

    parts = fetch_pipeline(options.parts)
    folders = {name: options.runs / f"ablation-{name}" for name in TRAINED}
    folders |= {name: Path(place) for name, _, place in (each.partition("=") for each in options.run)}
    if unknown := sorted(folders.keys() - TRAINED.keys()):
        raise UsageError(f"A run must be one of {', '.join(TRAINED)}, got {unknown[0]!r}.")
    here = {name: folder for name, folder in folders.items() if last_checkpoint(folder) is not None}
    runs = {name: load_run(parts, folder, options.settings) for name, folder in here.items()}
    if "full" not in runs:
        _say(f"full: the network of {options.parts}, since {folders['full']} has no checkpoint")
        runs["full"] = load_run(parts, None, options.settings)
    for name in TRAINED.keys() - runs.keys():
        _say(f"{name}: left out, {folders[name]} has no checkpoint (benchmarks/ablation.py train {name})")
    if len({run.steps for run in runs.values()}) > 1:
        _say("the runs differ in their steps: " + ", ".join(f"{name} {run.steps}" for name, run in runs.items()))
    keys = {CEILING: "stage", FLOOR: "stage"} | {name: run.key for name, run in runs.items()}
    keys[SCRIPTLESS] = f"raw {runs['full'].key}"
    order = [CEILING, "full", *(name for name in (*TRAINED, SCRIPTLESS) if name in keys and name != "full"), FLOOR]
    tasks = [Task(seed, by) for seed in held_out(options.captions) for by in order]
    done = kept_rows(options.out, keys)
    with contextlib.ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)

        def one(task: Task) -> FilmRow:
            truth, _ = world_truth(task.seed)
            return measured(task.made_by, task.film, keys[task.made_by], truth, film_of(task, runs), folder)

        write_rows(tasks, done, one, options.out, "films")
    run = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "parts": read_index(parts).name,
        "captions": options.captions,
        "settings": options.settings,
        "machine": f"mavin {version('mavin')}, {os.cpu_count()} cores",
        "steps": {name: each.steps for name, each in runs.items()},
        "weights": {name: keys[name][:16] for name in runs},
        "scores": {by: pooled(done[task.id] for task in tasks if task.made_by == by) for by in order},
    }
    print(markdown([run]))
    if options.record:
        store = HERE / "ablation.json"
        dated = [*(json.loads(store.read_text(encoding="utf-8")) if store.exists() else []), run]
        store.write_text(json.dumps(dated, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        (HERE / "ablation.md").write_text(markdown(dated), encoding="utf-8")


def markdown(runs: Sequence[dict[str, Any]]) -> str:
    """All recorded tables, the newest first, as the page beside this script."""
    lines = [
        "# What each mechanism is worth: dated results", "",
        "Made by `python benchmarks/ablation.py measure --record`; its first lines say what each run is and lacks. "
        "STA: cuts by TransNetV2, δ = 60. TAMS: speech by webrtcvad. Colours: role-shots whose clothing is nearest to "
        "the script's among ten. Pitch: lines within 15% of the role's reference. In brackets: the difference from "
        "`full`.",
    ]  # fmt: skip
    for run in reversed(runs):
        lines += [
            "", f"## {run['date']}: {run['captions']} held-out captions, {run['parts']}", "",
            "| run | steps | STA | TAMS | colours | pitch |", "| --- | --- | --- | --- | --- | --- |",
        ]  # fmt: skip
        full = _figures(run["scores"]["full"])
        for name, scores in run["scores"].items():
            cells = [_cell(value, full[at], compared=name != "full") for at, value in enumerate(_figures(scores))]
            lines.append(f"| {name} | {run['steps'].get(name) or ''} | {' | '.join(cells)} |")
        counts = run["scores"]["full"]
        lines += ["", f"{counts['colours']['n']} role-shots, {counts['voices']['n']} lines. {run['machine']}."]
    return "\n".join(lines) + "\n"


def _figures(scores: Mapping[str, Any]) -> list[float | None]:
    return [scores.get("sta"), scores.get("tams"), scores["colours"]["right"], scores["voices"]["within 15%"]]


def _cell(value: float | None, full: float | None, *, compared: bool) -> str:
    if value is None:
        return "not measured"
    return f"{value:.3f} ({value - full:+.3f})" if compared and full is not None else f"{value:.3f}"


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    jobs = parser.add_subparsers(dest="job", required=True)
    training = jobs.add_parser("train", help="train one run")
    training.add_argument("run", choices=tuple(TRAINED))
    training.add_argument("--share", type=float, default=1.0, help="of the steps of every stage of tiny")
    training.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="change the configuration")
    training.add_argument("--steps", type=int, help="at most so many now")
    training.add_argument("--resume", action="store_true")
    training.add_argument("--runs", type=Path, default=Path("runs"))
    measuring = jobs.add_parser("measure", help="film and measure all runs")
    measuring.add_argument("--parts", default="tiny", help="pipeline whose codecs and encoders are used")
    measuring.add_argument("--runs", type=Path, default=Path("runs"), help="folder of the runs")
    measuring.add_argument("--run", action="append", default=[], metavar="NAME=FOLDER", help="a run that is elsewhere")
    measuring.add_argument("--captions", type=int, default=30)
    measuring.add_argument("--settings", type=json.loads, default={}, help="how to sample, as JSON")
    measuring.add_argument("--keep", type=Path, help="folder that keeps the films")
    measuring.add_argument("--out", type=Path, help="JSONL of results; films that it holds are not made again")
    measuring.add_argument("--record", action="store_true", help="write the dated table beside this script")
    options = parser.parse_args(arguments)
    try:
        train(options) if options.job == "train" else measure(options)
    except MavinError as error:
        _say(str(error))
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
