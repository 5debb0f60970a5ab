"""The small network measured on scripts, beside what the stage draws of the same ones.

    python benchmarks/generated.py                                             # 10 held-out captions of its world
    python benchmarks/generated.py --films 60 --out rows.jsonl --record
    python benchmarks/generated.py --set scripts --films 30 --out scripts.jsonl --record

``--set world`` takes held-out captions of the sampler.  ``--set scripts`` takes the first English prompts of
``prompts/prompts.jsonl`` that have a quoted line and no planted contradiction, and lets ``mavin write`` make a script
of each (``--llm rules``, or ``embedded``), in wording that the network has not seen; ``--scripts FOLDER`` keeps them,
and takes those that are there.  Films are measured as ``benchmarks/film_rows.py`` says.  Results go to ``--out`` one
line at a time; the same command goes on where an interrupted one stopped.  ``--record`` adds a dated summary to
``generated.json`` and ``generated.md`` beside this script.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks.film_rows import FilmRow, Made, Truth, generated, kept_rows, measured, pooled, world_truth
from benchmarks.labels import Labels, read_labels
from benchmarks.resumable import write_rows
from generator.train.world import HELD_OUT, draw_clip
from mavin.caption import HierarchicalCaption
from mavin.errors import UsageError
from mavin.film import SUFFIX, Film

if TYPE_CHECKING:
    from generator.pipeline import MavinPipeline
    from generator.train.world import Clip

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Task:
    """One script made by one of both: ``network`` or ``stage``."""

    film: str
    made_by: str
    seed: int

    @property
    def id(self) -> str:
        """Its name."""
        return f"{self.film}/{self.made_by}"


class Scripts:
    """The scripts of a set, each made when it is asked for.

    Args:
        name: ``world`` or ``scripts``.
        count: how many.
        llm: writes those of ``scripts``.
        folder: of the scripts that were written.
    """

    def __init__(self, name: str, count: int, llm: str, folder: Path) -> None:
        self._llm, self._folder = llm, folder
        self._prompts = {label.id: label for label in prompts_with_dialogue(count)} if name == "scripts" else {}
        self._last: tuple[str, tuple[Truth, Clip]] | None = None
        self.films = list(self._prompts) or [f"world-{HELD_OUT + number}" for number in range(count)]

    def seed(self, film: str) -> int:
        """Of the rendering."""
        return 0 if self._prompts else int(film.removeprefix("world-"))

    def truth(self, film: str) -> tuple[Truth, Clip]:
        """What a film is measured against, and what the stage draws."""
        if not self._prompts:
            return world_truth(self.seed(film))
        if self._last is None or self._last[0] != film:  # both who make it come one after the other
            caption = self._written(self._prompts[film])
            self._last = film, (Truth(caption, caption, {}), draw_clip(caption))
        return self._last[1]

    def _written(self, label: Labels) -> HierarchicalCaption:
        place = self._folder / f"{label.id}{SUFFIX}"
        if place.is_dir():
            return Film.open(place).caption
        import mavin

        return mavin.write(label.prompt, place, llm=self._llm).caption


def prompts_with_dialogue(count: int) -> list[Labels]:
    """The first English prompts with a quoted line that can be written."""
    labels = read_labels(HERE / "prompts" / "prompts.jsonl")
    found = [one for one in labels if one.language == "en" and one.lines and not one.conflicts and not one.refused]
    if len(found) < count:
        raise UsageError(f"There are {len(found)} English prompts with dialogue, got --films {count}.")
    return found[:count]


def measure(
    task: Task, scripts: Scripts, pipeline: MavinPipeline, key: str, folder: Path, settings: Mapping[str, Any]
) -> FilmRow:
    """Makes and measures one film."""
    truth, clip = scripts.truth(task.film)
    if task.made_by == "stage":
        made = Made(clip.frames, clip.waveform)
    else:
        made = generated(pipeline, truth.caption, task.seed, settings, clip)
    return measured(task.made_by, task.film, key, truth, made, folder)


def markdown(runs: Sequence[dict[str, Any]]) -> str:
    """All recorded runs as the page beside this script."""
    lines = [
        "# Generated films: dated results", "",
        "Made by `python benchmarks/generated.py --films 60 --record` (captions of the synthetic world that were held "
        "out) and `--set scripts --films 30` (scripts that `mavin write` makes of "
        "[prompts with dialogue](prompts/README.md)). In brackets: what the stage's own films of the same scripts "
        "score.", "",
        "| date | weights | scripts | films | STA | TAMS | colours | pitch within 15% | s a film |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for run in runs:
        found, drawn = run["network"], run["stage"]
        colours, voices = (
            "" if not found[name]["n"] else f"{found[name][key]} ({drawn[name][key]}) of {found[name]['n']}"
            for name, key in (("colours", "right"), ("voices", "within 15%"))
        )
        lines.append(
            f"| {run['date']} | {run['weights']} `{run['weights_sha256'][:8]}` | {run['set']} | {found['films']} "
            f"| {found.get('sta')} ({drawn.get('sta')}) | {found.get('tams')} ({drawn.get('tams')}) "
            f"| {colours} | {voices} | {found['seconds a film']} |"
        )
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--weights", default="tiny", help="folder or name of the pipeline")
    parser.add_argument("--set", choices=("world", "scripts"), default="world")
    parser.add_argument("--films", type=int, default=10)
    parser.add_argument("--llm", default="rules", help="who writes the scripts: rules or embedded")
    parser.add_argument("--scripts", type=Path, help="folder that keeps the scripts")
    parser.add_argument("--settings", type=json.loads, default={}, help="how to sample, as JSON")
    parser.add_argument("--keep", type=Path, help="folder that keeps the films")
    parser.add_argument("--out", type=Path, help="JSONL of results; films that it holds are not made again")
    parser.add_argument("--record", action="store_true", help="write the dated summary beside this script")
    options = parser.parse_args(arguments)
    from generator.pipeline import MavinPipeline

    pipeline = MavinPipeline.from_pretrained(options.weights, device="cpu")
    wording = options.set if options.set == "world" else f"scripts by {options.llm}"
    # What the stage draws depends on the script alone.
    own = json.dumps([wording, pipeline.index.weights_sha256, options.settings], sort_keys=True)
    keys = {"network": own, "stage": wording}
    done = kept_rows(options.out, keys)
    with contextlib.ExitStack() as stack:
        spare = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder, places = options.keep or spare, options.scripts or spare
        for place in (folder, places):
            place.mkdir(parents=True, exist_ok=True)
        scripts = Scripts(options.set, options.films, options.llm, places)
        tasks = [Task(film, by, scripts.seed(film)) for film in scripts.films for by in keys]
        write_rows(
            tasks,
            done,
            lambda task: measure(task, scripts, pipeline, keys[task.made_by], folder, options.settings),
            options.out,
            "films",
        )
    run = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "weights": pipeline.index.name,
        "weights_sha256": pipeline.index.weights_sha256,
        "set": "held-out captions" if options.set == "world" else wording,
        "settings": options.settings,
        "machine": f"mavin {version('mavin')}, {os.cpu_count()} cores",
        **{by: pooled(done[task.id] for task in tasks if task.made_by == by) for by in keys},
    }
    print(json.dumps(run, indent=2, ensure_ascii=False))
    if options.record:
        store = HERE / "generated.json"
        runs = [*(json.loads(store.read_text(encoding="utf-8")) if store.exists() else []), run]
        store.write_text(json.dumps(runs, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        (HERE / "generated.md").write_text(markdown(runs), encoding="utf-8")


if __name__ == "__main__":
    main()
