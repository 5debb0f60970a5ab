"""The log of a run: ``log.jsonl``, one object a line, and the same numbers for tensorboard."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mavin.errors import MavinError
from mavin.media import write_atomic

__all__ = ["Log", "StepReport"]


@dataclass(frozen=True, slots=True)
class StepReport:
    """A line of the log; numbers are means of the steps since the line before.

    Attributes:
        step: steps done.
        stage: name of the stage.
        loss: Eq. 1, weighted.
        video_loss: its video term.
        audio_loss: its audio term.
        gradient_norm: before clipping.
        learning_rate: of the last step.
        seconds: a step.
        tokens_per_second: target tokens of both towers, over all processes.
        validation_loss: if it was measured after this step.
    """

    step: int
    stage: str
    loss: float
    video_loss: float
    audio_loss: float
    gradient_norm: float
    learning_rate: float
    seconds: float
    tokens_per_second: float
    validation_loss: float | None = None


class Log:
    """Writes the lines of one run.

    Args:
        folder: of the run.
        step: steps done: lines after it are of a run that was cut off behind its checkpoint, and go.
        tensorboard: write for tensorboard too.

    Raises:
        MavinError: if tensorboard is asked for and not installed.
    """

    def __init__(self, folder: Path, step: int, *, tensorboard: bool) -> None:
        self._path = folder / "log.jsonl"
        self._writer: Any = None
        if tensorboard:
            try:
                from torch.utils.tensorboard import SummaryWriter
            except ImportError:
                raise MavinError(
                    "The log for tensorboard needs a package that this environment has not. Install it: "
                    "pip install 'mavin[train]'. Or set tensorboard: false."
                ) from None
            self._writer = SummaryWriter(str(folder / "tensorboard"), purge_step=step + 1)
        lines = self._path.read_text(encoding="utf-8").splitlines() if self._path.is_file() else []
        kept = [line for line in lines if _step(line) <= step]
        with write_atomic(self._path) as temporary:
            temporary.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")

    def write(self, report: StepReport) -> None:
        """Adds a line."""
        values = {name: value for name, value in asdict(report).items() if value is not None}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(values) + "\n")
        if self._writer is not None:
            for name, value in values.items():
                if name not in {"step", "stage"}:
                    self._writer.add_scalar(name, value, report.step)

    def close(self) -> None:
        """Writes what tensorboard's writer still holds."""
        if self._writer is not None:
            self._writer.close()


def _step(line: str) -> float:
    try:
        return float(json.loads(line)["step"])
    except (ValueError, KeyError, TypeError):
        return float("inf")  # a line that was cut off
