"""The training loop: batches, gradients, optimiser, averages, log and checkpoints, for one process or many.

    batches ─▶ Eq. 1 ─▶ gradients ─▶ clip ─▶ AdamW ─▶ EMA        every step
                                                       ├─▶ log, validation, checkpoint   now and then

A run's folder holds ``config.yaml``, ``log.jsonl``, ``tensorboard/`` and ``checkpoints/``.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch

from generator.residence import choose_device
from generator.train.checkpoint import (
    State,
    checkpoints,
    discard_unfinished,
    load_checkpoint,
    read_state,
    save_checkpoint,
)
from generator.train.config import TrainConfig
from generator.train.data import Batches, held_out, open_dataset, target_tokens
from generator.train.examples import Dataset
from generator.train.group import Group, group_of_processes, shard
from generator.train.log import Log, StepReport
from generator.train.optimizer import EMA, clip_gradients, make_optimizer, set_learning_rate
from generator.train.order import OrderState
from generator.train.start import load_start
from generator.train.trainee import Trainee, build_trainee
from mavin.errors import MavinError, UsageError

__all__ = ["TrainingResult", "train"]

_CHECKPOINTS: Final = "checkpoints"


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """What a call of :func:`train` has done.

    Attributes:
        folder: of the run.
        checkpoint: the last one.
        step: steps done in all.
        steps: of the whole run.
        last: last line of the log, ``None`` if there was nothing left to do.
        seconds: of this call.
        interrupted: whether it was asked to stop; ``resume`` goes on.
    """

    folder: Path
    checkpoint: Path
    step: int
    steps: int
    last: StepReport | None
    seconds: float
    interrupted: bool


def train(
    config: TrainConfig,
    folder: Path,
    *,
    resume: bool = False,
    steps: int | None = None,
    dataset: Dataset | None = None,
    on_step: Callable[[int, float], None] | None = None,
) -> TrainingResult:
    """Trains, and leaves a checkpoint at the end of the call, also after Ctrl-C.

    Under ``torchrun`` every process calls this.

    Args:
        config: of the run.
        folder: of the run; made if it is not there.
        resume: go on from its last checkpoint.
        steps: how many at most in this call; ``None`` for all that are left.
        dataset: instead of the one that the configuration names.
        on_step: told the steps done and the loss of the last one, in process 0.

    Raises:
        UsageError: if configuration, data, checkpoint and folder do not fit each other.
        MavinError: if a loss is no number, or the disk is full.
    """
    if steps is not None and steps < 1:
        raise UsageError(f"The number of steps must be at least 1, got {steps}.")
    dataset = open_dataset(config.data) if dataset is None else dataset
    last = _last_checkpoint(folder, resume=resume)
    state = None if last is None else read_state(last)
    if state is not None:
        _check_same(config, dataset, state, folder)
    with group_of_processes(choose_device(config.device), precision=config.precision) as group:
        _check_group(config, group)
        run = _Run(config, folder, dataset, group, last, state)
        return run.go(steps, on_step or (lambda _step, _loss: None))


class _Run:
    def __init__(
        self,
        config: TrainConfig,
        folder: Path,
        dataset: Dataset,
        group: Group,
        last: Path | None,
        state: State | None,
    ) -> None:
        self.config, self.folder, self.dataset, self.group = config, folder, dataset, group
        self.towers = config.network.towers()
        self.trainee = _build(config, group, filled=last is not None)
        self.optimizer = make_optimizer(self.trainee, config.optimizer)
        self.ema = None if config.ema is None else EMA(self.trainee, config.ema)
        self.step, self.order, self.last = 0, OrderState(), last
        self.validation = None if config.validation is None else open_dataset(config.validation.data)
        if last is not None and state is not None:
            load_checkpoint(last, state, self.trainee, self.optimizer, self.ema)
            self.step, self.order = state.step, state.order
        if group.rank == 0:
            (folder / _CHECKPOINTS).mkdir(parents=True, exist_ok=True)
            discard_unfinished(folder / _CHECKPOINTS)
            _write_config(config, folder)
        group.wait()

    def go(self, steps: int | None, on_step: Callable[[int, float], None]) -> TrainingResult:
        began = time.monotonic()
        end = self.config.steps if steps is None else min(self.step + steps, self.config.steps)
        report: StepReport | None = None
        log = Log(self.folder, self.step, tensorboard=self.config.tensorboard) if self.group.rank == 0 else None
        saved = self.step
        with _asked_to_stop() as asked:
            stopped = False
            window = _Window(self.config)
            batches = iter(self._batches()) if self.step < end else iter(())
            while self.step < end and not stopped:
                values = self._one_step(next(batches))
                self.step += 1
                window.add(values)
                on_step(self.step, float(values[0]))
                stopped = self.group.any(asked())
                finished = self.step == end or stopped
                measured = self._measured(finished=self.step == end)
                if self.step % self.config.log_every == 0 or finished or measured is not None:
                    report = window.report(self.step, measured)
                    if log is not None:
                        log.write(report)
                if self.step % self.config.checkpoint_every == 0 or finished:
                    self._save()
                    saved = self.step
        if log is not None:
            log.close()
        assert saved == self.step
        if self.last is None:
            raise UsageError("Nothing was trained: the run has no steps.")
        return TrainingResult(
            self.folder, self.last, self.step, self.config.steps, report, time.monotonic() - began, stopped
        )

    def _batches(self) -> Batches:
        return Batches(
            self.dataset,
            self.config,
            self.towers,
            self.group,
            step=self.step,
            order=self.order,
            workers=self.config.data.workers,
        )

    def _one_step(self, batch: Any) -> torch.Tensor:
        """Total, video and audio loss, norm of the gradient, and target tokens of all processes."""
        passes, order = batch
        config, sums = self.config, torch.zeros(4, dtype=torch.float64)
        for number, examples in enumerate(passes, 1):
            on_device = [one.to(self.group.device) for one in examples]
            with self._synchronised(number == len(passes)):
                loss = self.trainee(on_device, config.loss)
                (loss.total / len(passes)).backward()
            sums[:3] += torch.stack((loss.total, loss.video, loss.audio)).detach().double().cpu() / len(passes)
            sums[3] += target_tokens(examples, self.towers[0], config.modality)
        norm = clip_gradients(self.trainee, config.optimizer.clip_norm)
        sums = self.group.mean(sums)
        if not (torch.isfinite(sums).all() and torch.isfinite(torch.tensor(norm))):
            raise MavinError(
                f"The loss of step {self.step + 1} must be a number, got {float(sums[0])} with a gradient of norm "
                f"{norm}. Go on from the last checkpoint (--resume) with a lower learning rate."
            )
        set_learning_rate(self.optimizer, config.learning_rate_at(self.step))
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        if self.ema is not None:
            self.ema.update(self.step + 1)
        self.order = order
        return torch.cat((sums[:3], torch.tensor([norm, float(sums[3]) * self.group.size], dtype=torch.float64)))

    @contextmanager
    def _synchronised(self, last: bool) -> Iterator[None]:
        # Gradients of earlier passes stay where they are and are exchanged once, with those of the last.
        if self.group.mesh is not None:
            self.trainee.set_requires_gradient_sync(last)  # type: ignore[operator]
        yield

    def _measured(self, *, finished: bool) -> float | None:
        wanted = self.config.validation
        if wanted is None or self.validation is None or not (finished or self.step % wanted.every == 0):
            return None
        stage = self.config.stage_at(self.step - 1)
        self.trainee.eval()
        total, count = 0.0, 0
        if self.ema is not None:
            self.ema.swap()
        try:
            with torch.no_grad():
                for one in held_out(self.validation, self.config, self.towers, self.group, stage):
                    total += float(self.trainee([one.to(self.group.device)], self.config.loss).total)
                    count += 1
        finally:
            if self.group.mesh is not None:
                # Without a backward pass, what was gathered stays, and would be learnt from instead of the weights.
                self.trainee.reshard()  # type: ignore[operator]
            if self.ema is not None:
                self.ema.swap()
            self.trainee.train()
        sums = self.group.mean(torch.tensor([total, count], dtype=torch.float64))
        return float(sums[0] / sums[1])

    def _save(self) -> None:
        state = State(
            step=self.step,
            order=self.order,
            fixed=self.config.fixed(),
            data=self.dataset.fingerprint,
            torch=torch.__version__,
        )
        self.last = save_checkpoint(
            self.folder / _CHECKPOINTS,
            state,
            self.trainee,
            self.optimizer,
            self.ema,
            self.group,
            keep=self.config.keep_checkpoints,
        )


class _Window:
    """The steps since the last line of the log."""

    def __init__(self, config: TrainConfig) -> None:
        self._config = config
        self._held: list[torch.Tensor] = []
        self._since = time.monotonic()

    def add(self, values: torch.Tensor) -> None:
        self._held.append(values)

    def report(self, step: int, measured: float | None) -> StepReport:
        mean = torch.stack(self._held).mean(dim=0)
        now = time.monotonic()
        seconds = (now - self._since) / len(self._held)
        self._since = now
        self._held.clear()
        return StepReport(
            step=step,
            stage=self._config.stage_at(step - 1).name,
            loss=float(mean[0]),
            video_loss=float(mean[1]),
            audio_loss=float(mean[2]),
            gradient_norm=float(mean[3]),
            learning_rate=self._config.learning_rate_at(step - 1),
            seconds=seconds,
            tokens_per_second=float(mean[4]) / seconds,
            validation_loss=measured,
        )


def _build(config: TrainConfig, group: Group, *, filled: bool) -> Trainee:
    """The network where it is trained; its weights are fresh, those it starts from, or (``filled``) still to come."""
    later = filled or config.network.start is not None
    with torch.device("meta") if later else nullcontext():
        trainee = build_trainee(config)
    if not later:
        trainee.to(group.device)
    shard(trainee, group, precision=config.precision)
    if later:
        trainee.to_empty(device=group.device)
    if config.network.start is not None and not filled:
        load_start(config, trainee)
    return trainee.train()


def _last_checkpoint(folder: Path, *, resume: bool) -> Path | None:
    found = checkpoints(folder / _CHECKPOINTS)
    if resume and not found:
        raise UsageError(f"There must be a checkpoint in {folder / _CHECKPOINTS} to go on from. Leave --resume out.")
    if found and not resume:
        raise UsageError(
            f"{folder} holds a run of {int(found[-1].name.removeprefix('step-'))} steps. Go on with --resume, or "
            "choose another folder with --out."
        )
    return found[-1] if found else None


def _check_same(config: TrainConfig, dataset: Dataset, state: State, folder: Path) -> None:
    now, before = dict(_leaves(config.fixed())), dict(_leaves(state.fixed))
    for name in sorted(now.keys() | before.keys()):
        if now.get(name) != before.get(name):
            raise UsageError(
                f"The run in {folder} must go on as it began: its {name} was {before.get(name)}, now it is "
                f"{now.get(name)}. Put it back, or begin a new run with --out."
            )
    if dataset.fingerprint != state.data:
        raise UsageError(
            f"The run in {folder} must go on with its data, and these are others. Put them back, or begin a new run."
        )


def _leaves(values: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(values, Mapping) and values:
        for key, value in values.items():
            yield from _leaves(value, f"{place}.{key}" if place else str(key))
    else:
        yield place, values


def _check_group(config: TrainConfig, group: Group) -> None:
    passes = config.batch_size // config.micro_batch
    if passes % group.size:
        raise UsageError(
            f"The passes of a step, batch_size / micro_batch_size = {passes}, must be a multiple of the {group.size} "
            "processes. Choose another micro_batch_size."
        )


def _write_config(config: TrainConfig, folder: Path) -> None:
    import yaml

    from mavin.media import write_atomic

    with write_atomic(folder / "config.yaml") as temporary:
        values = config.model_dump(mode="json", exclude_none=True)
        temporary.write_text(yaml.safe_dump(values, sort_keys=False, allow_unicode=True), encoding="utf-8")


@contextmanager
def _asked_to_stop() -> Iterator[Callable[[], bool]]:
    """Lets a step end before Ctrl-C or SIGTERM does; a second one ends the process at once."""
    asked: list[int] = []
    before: dict[int, Any] = {}

    def ask(number: int, _frame: Any) -> None:
        asked.append(number)
        for each, handler in before.items():
            signal.signal(each, handler)

    try:
        for each in (signal.SIGINT, signal.SIGTERM):
            before[each] = signal.signal(each, ask)
    except ValueError:  # not the main thread, which alone is told of signals
        pass
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
