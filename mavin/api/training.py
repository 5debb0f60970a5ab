"""Training the network from a configuration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mavin.api.packages import need_torch
from mavin.errors import MavinError

if TYPE_CHECKING:
    from generator.train.loop import TrainingResult

__all__ = ["train", "training_report"]


def train(
    config: str | Path,
    *,
    out: str | Path | None = None,
    resume: bool = False,
    steps: int | None = None,
    changes: Sequence[str] = (),
    progress: Callable[[str, float], None] | None = None,
) -> TrainingResult:
    """Trains the network as a YAML file says; under ``torchrun``, every process calls this.

    Args:
        config: the file, or the name of a configuration that comes with the package, such as ``ovi``.
        out: folder of the run; ``None`` for ``runs/NAME`` with the configuration's name.
        resume: go on from the run's last checkpoint.
        steps: how many at most now; ``None`` for all that are left.
        changes: values to set on top of the file: ``("batch_size=8", "dropout.caption=0.2")``.
        progress: told what is going on and which part of all steps is done.

    Raises:
        UsageError: if configuration, data, weights and checkpoint do not fit each other.
        MavinError: if a package is missing, a loss is no number, or the disk is full.
    """
    need_torch()
    _need_yaml()
    from generator.train.config_file import read_config
    from generator.train.loop import train as run

    read = read_config(config, changes)
    tell = progress or (lambda _what, _part: None)
    tell("preparing", 0.0)

    def stepped(step: int, loss: float) -> None:
        tell(f"step {step:,} of {read.steps:,}, {read.stage_at(step - 1).name}, loss {loss:.4f}", step / read.steps)

    folder = Path("runs") / read.name if out is None else Path(out).expanduser()
    return run(read, folder, resume=resume, steps=steps, on_step=stepped)


def training_report(result: TrainingResult) -> dict[str, Any]:
    """A result as the object that ``mavin train --json`` prints."""
    values = asdict(result)
    return values | {"folder": str(result.folder), "checkpoint": str(result.checkpoint)}


def _need_yaml() -> None:
    from importlib.util import find_spec

    if find_spec("yaml") is None:
        raise MavinError(
            "Training needs pyyaml, which this environment has not. Install the extra: pip install 'mavin[train]'."
        )
