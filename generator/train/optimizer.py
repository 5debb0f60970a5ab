"""AdamW as in Appendix C.2, and the running mean of the weights."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn
from torch.distributed.tensor import DTensor

from generator.train.config import EMAConfig, OptimizerConfig

__all__ = ["EMA", "clip_gradients", "make_optimizer", "set_learning_rate"]


def make_optimizer(module: nn.Module, config: OptimizerConfig) -> torch.optim.AdamW:
    """AdamW over all parameters that learn; weight decay for the network's matrices only."""
    matrices: list[Tensor] = []
    rest: list[Tensor] = []
    for name, parameter in module.named_parameters():
        if not parameter.requires_grad:
            continue
        decays = parameter.ndim > 1 and not name.endswith("modulation") and ".role_" not in f".{name}"
        (matrices if decays else rest).append(parameter)
    groups: list[dict[str, Any]] = [{"params": matrices}, {"params": rest, "weight_decay": 0.0}]
    sharded = any(isinstance(parameter, DTensor) for parameter in module.parameters())
    return torch.optim.AdamW(
        [group for group in groups if group["params"]],
        lr=config.learning_rate,
        betas=config.betas,
        eps=config.eps,
        weight_decay=config.weight_decay,
        fused=None if sharded else True,
    )


def set_learning_rate(optimizer: torch.optim.Optimizer, rate: float) -> None:
    """Of the next step."""
    for group in optimizer.param_groups:
        group["lr"] = rate


def clip_gradients(module: nn.Module, most: float | None) -> float:
    """Scales all gradients so that their common norm is at most ``most``.

    Returns:
        The norm before.
    """
    norm: Tensor = nn.utils.clip_grad_norm_(module.parameters(), float("inf") if most is None else most)
    whole = norm.full_tensor() if isinstance(norm, DTensor) else norm
    return float(whole)


class EMA:
    """The running mean of a module's parameters, sharded as they are.

    Args:
        module: whose weights are averaged.
        config: how.
    """

    def __init__(self, module: nn.Module, config: EMAConfig) -> None:
        self._config = config
        self._of = dict(module.named_parameters())
        self.tensors: dict[str, Tensor] = {name: each.detach().clone() for name, each in self._of.items()}

    @torch.no_grad()
    def update(self, step: int) -> None:
        """Takes in the weights after step 1, 2, …"""
        if step % self._config.every:
            return
        updates = step // self._config.every
        decay = min(self._config.decay, (1 + updates) / (10 + updates))
        torch._foreach_lerp_(_local(self.tensors.values()), _local(self._of.values()), 1 - decay)

    @torch.no_grad()
    def swap(self) -> None:
        """Exchanges the averages and the weights; a second call puts them back."""
        for name, parameter in self._of.items():
            held = parameter.detach().clone()
            parameter.copy_(self.tensors[name])
            self.tensors[name].copy_(held)


def _local(tensors: Iterable[Tensor]) -> list[Tensor]:
    return [each.to_local() if isinstance(each, DTensor) else each.detach() for each in tensors]
