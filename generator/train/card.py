"""The model card of weights that were trained here, from what their training has left behind; no figure is typed.

    python -m generator.train.card PIPELINE --run runs/tiny --part parts/video --part parts/audio --part parts/text \
        --record benchmarks/generated.json

PIPELINE is what ``assemble`` made of the run's last checkpoint.  That its network is the run's is compared number by
number; benchmarks count only where they measured these very weights.  Writes ``README.md`` into the pipeline and its
hash into the index.  ``--log PART=FILE`` reads the hours of a part from what its training printed, where its record
does not tell them.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch

from generator.card import front_matter, parts_table
from generator.known_weights import weights_of
from generator.layout import PARTS, PipelineIndex, check_files, read_index, write_index
from generator.parts import load_part
from generator.train.checkpoint import checkpoints, read_state
from generator.train.config import ShardsConfig, TrainConfig
from generator.train.config_file import read_config
from mavin.errors import MavinError, UsageError

__all__ = ["PartRecord", "RunRecord", "read_part", "read_run", "trained_card", "write_card"]

_CARD: Final = "README.md"
_LICENCE: Final = "CC-BY-SA-4.0"
_PRINTED: Final = re.compile(r"^step (\d+): .*\bseconds ([\d.]+(?:e[+-]?\d+)?)$", re.MULTILINE)

_ABOUT: Final = """\
A small network for multi-shot video with sound from a hierarchical caption: the architecture, routing and identity
mechanisms of *MAVIN* (arXiv 2606.29473) at the size that a laptop's processor trains and runs. It was trained from
scratch on a synthetic world that mavin draws and speaks itself.

```sh
mavin write 'A fox finds a lantern. She whispers "Who lost you?"' -o fox.mavin
mavin render fox.mavin -o fox.mp4 --renderer mavin --weights tiny
```
"""

_LIMITS: Final = """\
## What it is, and what it is not

- Its world is drawn: OpenMoji figures before simple scenery, voices of a formant synthesiser. It makes such films and
  no others, also of captions that ask for photographs.
- Cuts, the times of speech, the number of figures, their clothing and their voices are what it was trained for and is
  measured on. Actions are suggested, faces are simple, and what is said cannot be understood word by word.
- It knows clips of 3 to 6 seconds at its own small size; films are scaled up. Longer clips work less well.
- It reads English. Words that its world lacks are understood as far as the text encoder finds them alike.
- Every picture and voice that it saw is synthetic: it knows no real person.
"""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What a run of ``mavin train`` has left behind.

    Attributes:
        config: of the run.
        step: of its last checkpoint.
        torch: version that trained it.
        hours: of its steps.
        first_loss: mean of the first line of the log.
        last_loss: mean of the last.
        lines: of the log that closed a stage: stage, step and loss.
        examples: cached examples, ``None`` where they are not here or are drawn while training.
        about: what the examples are, in the words of whoever made them.
        averaged: folder of the averaged weights of the last checkpoint.
    """

    config: TrainConfig
    step: int
    torch: str
    hours: float
    first_loss: float
    last_loss: float
    lines: tuple[tuple[str, int, float], ...]
    examples: int | None
    about: Mapping[str, Any]
    averaged: Path


@dataclass(frozen=True, slots=True)
class PartRecord:
    """What the training of another part has left behind: its name, and its record as it was written."""

    name: str
    record: Mapping[str, Any]


def read_run(folder: Path) -> RunRecord:
    """The record of a run.

    Raises:
        UsageError: if the folder holds no run with a checkpoint and a log.
    """
    found = checkpoints(folder / "checkpoints")
    log = folder / "log.jsonl"
    if not found or not log.is_file():
        raise UsageError(f"A run's folder must hold a checkpoint and log.jsonl, and {folder} lacks them.")
    config, state = read_config(folder / "config.yaml"), read_state(found[-1])
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line["step"] <= state.step]
    if not lines:
        raise UsageError(f"{log} must tell of at least one step up to the checkpoint's {state.step}, got none.")
    before, seconds = 0, 0.0
    for line in lines:
        seconds += (line["step"] - before) * line["seconds"]
        before = line["step"]
    closing = {line["stage"]: (line["stage"], line["step"], line["loss"]) for line in lines}
    examples, about = _examples(config)
    return RunRecord(
        config, state.step, state.torch, seconds / 3600, lines[0]["loss"], lines[-1]["loss"], tuple(closing.values()),
        examples, about, found[-1] / "ema" if config.ema is not None else found[-1],
    )  # fmt: skip


def _examples(config: TrainConfig) -> tuple[int | None, Mapping[str, Any]]:
    if not isinstance(config.data, ShardsConfig):
        return config.data.examples, {"first_seed": config.data.first_seed, "drawn": "while it trained"}
    folder = Path(config.data.folder).expanduser()
    if not (folder / "dataset.json").is_file():
        return None, {}
    from generator.train.shards import ShardDataset

    about = json.loads((folder / "dataset.json").read_text(encoding="utf-8")).get("about", {})
    return len(ShardDataset(folder)), about


def read_part(folder: Path, logs: Mapping[str, Path]) -> PartRecord:
    """The record of a part that was trained by itself.

    Args:
        folder: what its training wrote: the part, and ``record.json``.
        logs: by part, what the training printed.

    Raises:
        UsageError: if the folder holds no part.
    """
    names = [name for name in PARTS if (folder / name / "config.json").is_file()]
    if len(names) != 1:
        raise UsageError(f"A part's folder must hold one of {', '.join(PARTS)}, and {folder} holds {names or 'none'}.")
    path = folder / "record.json"
    record = dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}
    if names[0] in logs and not record.get("hours"):
        record["hours"] = printed_hours(logs[names[0]].read_text(encoding="utf-8", errors="replace"))
    return PartRecord(names[0], record)


def printed_hours(text: str) -> float:
    """Hours of training by its printed lines ``step N: …, seconds S``; S begins anew where a run was resumed.

    Raises:
        UsageError: if there is no such line.
    """
    seconds = [float(found[2]) for found in _PRINTED.finditer(text)]
    if not seconds:
        raise UsageError("What a training printed must have lines such as 'step 50: loss 0.1, seconds 12', got none.")
    ends = [now for now, after in zip(seconds, [*seconds[1:], 0.0], strict=True) if after < now]
    return round(sum(ends) / 3600, 2)


def check_same(pipeline: Path, index: PipelineIndex, run: RunRecord) -> None:
    """Makes sure that a pipeline's network is the last of a run, in half precision.

    Raises:
        UsageError: if a number differs.
    """
    for part in ("backbone", "identity"):
        if part not in index.parts:
            continue
        stored, trained = (
            load_part(folder, index, part, "cpu", torch.float16).modules_by_name()
            for folder in (pipeline, run.averaged)
        )
        for name, module in trained.items():
            own = stored[name].state_dict()
            for key, tensor in module.state_dict().items():
                if key not in own or not torch.equal(own[key], tensor):
                    raise UsageError(
                        f"{pipeline / part} must be the network of {run.averaged}, and its {key} is another. Assemble "
                        "the pipeline from this checkpoint."
                    )


def trained_card(
    index: PipelineIndex,
    parameters: Mapping[str, int],
    run: RunRecord,
    parts: Sequence[PartRecord],
    measured: Sequence[Mapping[str, Any]],
) -> str:
    """The card.

    Args:
        index: of the pipeline.
        parameters: numbers of each part.
        run: of the network.
        parts: records of the others.
        measured: runs of ``benchmarks/generated.py`` on any weights; those on these are shown.
    """
    lines = [*front_matter(_LICENCE, ("synthetic", "cpu")), f"# {index.name}", "", *_ABOUT.splitlines(), ""]
    lines += [*_LIMITS.splitlines(), "", "## Parts", "", *parts_table(index), ""]
    lines += ["| part | parameters | bytes |", "| --- | --- | --- |"]
    lines += [f"| {name} | {parameters[name]:,} | {index.part_bytes(name):,} |" for name in index.parts]
    whole = sum(info.size for name, info in index.files.items() if name != _CARD)
    lines += [f"| all | {sum(parameters[name] for name in index.parts):,} | {whole:,} |", ""]
    lines += [*_network_lines(run), "", *_part_lines(parts), *_sampling_lines(index), ""]
    lines += [*_measured_lines(index, measured), "", "## Files", "", f"All weights: `{index.weights_sha256}`", ""]
    lines += ["| file | SHA-256 |", "| --- | --- |"]
    lines += [f"| {name} | `{info.sha256}` |" for name, info in index.files.items() if name != _CARD]
    return "\n".join(lines) + "\n"


def _network_lines(run: RunRecord) -> list[str]:
    config = run.config
    lacking = [name for name, on in (("routing", config.routing), ("identity mask", config.identity_mask)) if not on]
    lacking += [] if config.timbre else ["timbre embedding"]
    examples = "" if run.examples is None else f"{run.examples:,} clips of the synthetic world"
    first = run.about.get("first_seed")
    seeds = "" if first is None or run.examples is None else f", seeds {first} to {first + run.examples - 1}"
    facts = {
        "configuration": f"`{config.name}`, seed {config.seed}",
        "examples": f"{examples}{seeds}" or "not here when this card was written",
        "steps": f"{run.step:,} of {config.steps:,}, {config.batch_size} examples each",
        "optimiser": f"AdamW, learning rate {config.optimizer.learning_rate:g}, {config.optimizer.schedule}",
        "hours": f"{run.hours:.2f} of training steps",
        "loss": f"{run.first_loss:.4f} at first, {run.last_loss:.4f} at last",
        "software": f"PyTorch {run.torch}, {config.precision}",
        "left out": ", ".join(lacking) or "nothing",
    }
    lines = ["## Training of the network", "", "| | |", "| --- | --- |"]
    lines += [f"| {name} | {fact} |" for name, fact in facts.items()]
    lines += ["", "| stage | until step | loss |", "| --- | --- | --- |"]
    return [*lines, *(f"| {stage} | {step:,} | {loss:.4f} |" for stage, step, loss in run.lines)]


def _part_lines(parts: Sequence[PartRecord]) -> list[str]:
    if not parts:
        return []
    lines = ["## Training of the other parts", "", "| part | steps | hours | measured |", "| --- | --- | --- | --- |"]
    for part in parts:
        rest = {key: value for key, value in part.record.items() if key not in {"steps", "hours"}}
        told = ", ".join(f"{key} {_value(value)}" for key, value in rest.items())
        steps, hours = (part.record.get(key) for key in ("steps", "hours"))
        lines.append(
            f"| {part.name} | {'' if steps is None else f'{steps:,}'} | {'not recorded' if hours is None else hours} "
            f"| {told} |"
        )
    return [*lines, ""]


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "(" + ", ".join(f"{key} {_value(each)}" for key, each in value.items()) + ")"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _sampling_lines(index: PipelineIndex) -> list[str]:
    how = index.sampling
    sizes = ", ".join(f"{width}×{height} ({aspect})" for aspect, (width, height) in index.training.sizes.items())
    return [
        "## Sampling", "",
        f"{how.solver}, {how.steps} steps, shift {how.shift:g}, guidance {how.video_guidance:g} for the picture and "
        f"{how.audio_guidance:g} for the sound; {sizes}, 24 frames a second.",
    ]  # fmt: skip


def _measured_lines(index: PipelineIndex, measured: Sequence[Mapping[str, Any]]) -> list[str]:
    rows = [row for row in measured if row.get("weights_sha256") == index.weights_sha256]
    lines = ["## Measured", ""]
    if not rows:
        return [*lines, "These weights have not been measured yet."]
    lines += [
        "By `benchmarks/generated.py` on decoded films; in brackets what the stage's own films of the same scripts "
        "score, which is the ceiling.", "",
        "| date | scripts | films | cuts (STA) | speech (TAMS) | clothing | pitch within 15% | s a film |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for row in rows:
        own, drawn = row["network"], row["stage"]
        colours, voices = own["colours"], own["voices"]
        lines.append(
            f"| {row['date']} | {row['set']} | {own['films']} | {own.get('sta')} ({drawn.get('sta')}) "
            f"| {own.get('tams')} ({drawn.get('tams')}) | {_of(colours['right'], colours['n'])} "
            f"| {_of(voices['within 15%'], voices['n'])} | {own['seconds a film']} |"
        )
    return lines


def _of(share: float | None, count: int) -> str:
    return "" if share is None else f"{share} of {count}"


def write_card(
    pipeline: Path, run: Path, parts: Sequence[Path], records: Sequence[Path], logs: Mapping[str, Path]
) -> PipelineIndex:
    """Writes the card of a pipeline, and its hash into the index.

    Raises:
        UsageError: if files are missing, or the pipeline is not of this run.
    """
    index = read_index(pipeline)
    # The card that is there may be an older one; it is not among the weights.
    index = index.model_copy(update={"files": {name: info for name, info in index.files.items() if name != _CARD}})
    check_files(pipeline, index)
    write_index(pipeline, index)
    record = read_run(run)
    check_same(pipeline, index, record)
    measured = [row for path in records for row in json.loads(path.read_text(encoding="utf-8"))]
    told = [read_part(part, logs) for part in parts]
    text = trained_card(index, weights_of(pipeline).parameters, record, told, measured)
    (pipeline / _CARD).write_text(text, encoding="utf-8")
    return write_index(pipeline, index)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pipeline", type=Path)
    parser.add_argument("--run", type=Path, required=True, help="folder of the network's run")
    parser.add_argument("--part", type=Path, action="append", default=[], help="folder of another part's training")
    parser.add_argument("--record", type=Path, action="append", default=[], help="benchmarks/generated.json")
    parser.add_argument("--log", action="append", default=[], metavar="PART=FILE", help="what a training printed")
    chosen = parser.parse_args()
    logs = {part: Path(file) for part, _, file in (each.partition("=") for each in chosen.log)}
    try:
        index = write_card(chosen.pipeline, chosen.run, chosen.part, chosen.record, logs)
    except MavinError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    sys.stdout.write(f"{chosen.pipeline / _CARD}: {index.name}, {index.weights_sha256}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
