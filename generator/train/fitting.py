"""Training of the small parts beside the network: codecs and text encoder, in one process, resumed exactly.

    step ──▶ random numbers of that step ──▶ loss ──▶ clip ──▶ AdamW, warm-up and cosine ──▶ moving average

Everything a step draws follows from the seed and its number, so that a run that was cut off and resumed ends with
the weights of one that was not.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

__all__ = ["Fit", "StepLoss", "fit", "say"]

StepLoss = Callable[[np.random.Generator], Mapping[str, Tensor]]
"""The terms of one step's loss, from random numbers of this step; ``loss`` is what is minimised."""

_WARM_UP: Final = 200
_SAVE_SECONDS: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How to train.

    Attributes:
        steps: in all.
        learning_rate: at its highest, after the warm-up of 200 steps; it falls to 3% of it by a cosine.
        betas: of AdamW.
        weight_decay: of AdamW.
        clip: largest norm of the gradient.
        decay: of the moving average of the weights, which is what is shipped.
        seed: of all random numbers.
        precision: of products and convolutions; weights and their averages stay in single precision.
    """

    steps: int
    learning_rate: float = 5e-4
    betas: tuple[float, float] = (0.9, 0.98)
    weight_decay: float = 1e-3
    clip: float = 1.0
    decay: float = 0.999
    seed: int = 0
    precision: torch.dtype = torch.float32

    def rate(self, step: int) -> float:
        """The learning rate of a step, counted from 0."""
        warm = min(1.0, (step + 1) / _WARM_UP)
        return self.learning_rate * warm * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * step / self.steps)))


def fit(
    module: nn.Module,
    loss_of: StepLoss,
    how: Fit,
    checkpoint: Path,
    report: Callable[[int, Mapping[str, float]], None],
    *,
    until: int | None = None,
) -> float | None:
    """Trains a module; it holds the moving average of its weights afterwards.

    Args:
        module: floating-point parameters and buffers are averaged.
        loss_of: the loss of a step.
        how: steps, rates, seed.
        checkpoint: file of the run's state; a run goes on from the one that is there.
        report: told every 50th step's terms, and ``seconds`` since this process began.
        until: stop after so many steps and save, to go on another time.

    Returns:
        Hours of training in all, with those before the last resumption; ``None`` if these are not known.
    """
    optimiser = torch.optim.AdamW(
        module.parameters(), lr=how.learning_rate, betas=how.betas, weight_decay=how.weight_decay
    )
    average = {name: value.detach().clone() for name, value in module.state_dict().items()}
    first, before = _resume(checkpoint, module, optimiser, average) if checkpoint.exists() else (0, 0.0)
    began = saved = time.monotonic()
    last = min(until or how.steps, how.steps)
    for step in range(first, last):
        for group in optimiser.param_groups:
            group["lr"] = how.rate(step)
        random = np.random.default_rng((how.seed, step))
        torch.manual_seed(int(random.integers(2**31)))
        with torch.autocast("cpu", how.precision, enabled=how.precision != torch.float32):
            terms = loss_of(random)
        optimiser.zero_grad(set_to_none=True)
        torch.autograd.backward(terms["loss"])
        nn.utils.clip_grad_norm_(module.parameters(), how.clip)
        optimiser.step()
        _average(average, module, min(how.decay, (step + 1) / (step + 10)))
        now = time.monotonic()
        if step % 50 == 0 or step == last - 1:
            report(step, {name: float(value.detach()) for name, value in terms.items()} | {"seconds": now - began})
        if now - saved > _SAVE_SECONDS or step == last - 1:
            _save(checkpoint, module, optimiser, average, step + 1, before + now - began)
            saved = now
    module.load_state_dict(average)
    hours = (before + time.monotonic() - began) / 3600
    return None if math.isnan(hours) else hours


@torch.no_grad()
def _average(average: dict[str, Tensor], module: nn.Module, decay: float) -> None:
    for name, value in module.state_dict().items():
        if value.is_floating_point():
            average[name].lerp_(value, 1 - decay)
        else:
            average[name].copy_(value)


def _save(
    checkpoint: Path,
    module: nn.Module,
    optimiser: torch.optim.Optimizer,
    average: Mapping[str, Tensor],
    step: int,
    seconds: float,
) -> None:
    state = {f"now.{name}": value for name, value in module.state_dict().items()}
    state |= {f"average.{name}": value for name, value in average.items()}
    for name, parameter in module.named_parameters():
        for key in ("exp_avg", "exp_avg_sq"):
            state[f"{key}.{name}"] = optimiser.state[parameter][key]
    part = checkpoint.with_suffix(".part")
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    save_file(
        {name: value.contiguous() for name, value in state.items()},
        part,
        {"step": str(step), "seconds": f"{seconds:.0f}"},
    )
    part.replace(checkpoint)


def _resume(
    checkpoint: Path, module: nn.Module, optimiser: torch.optim.Optimizer, average: dict[str, Tensor]
) -> tuple[int, float]:
    """Steps done, and seconds of training, which older files do not tell (NaN)."""
    with safe_open(checkpoint, "pt") as file:
        told = file.metadata()
        step, seconds = int(told["step"]), float(told.get("seconds", "nan"))
        module.load_state_dict({name: file.get_tensor(f"now.{name}") for name in average})
        for name in average:
            average[name] = file.get_tensor(f"average.{name}")
        for name, parameter in module.named_parameters():
            optimiser.state[parameter] = {
                "step": torch.tensor(float(step)),
                "exp_avg": file.get_tensor(f"exp_avg.{name}"),
                "exp_avg_sq": file.get_tensor(f"exp_avg_sq.{name}"),
            }
    return step, seconds


def say(text: str) -> None:
    """A line for whoever watches."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
