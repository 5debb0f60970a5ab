"""Solvers of the flow's ODE: diffusers' schedulers on exactly Ovi's time grids.

=======  ==========================================  ==================  =====================
solver   scheduler                                   s of the grid       timestep told
=======  ==========================================  ==================  =====================
unipc    UniPC, order 2, B(h) = bh2                  0.999 · (1 − i/n)   ⌊1000 σ⌋
dpm++    DPM-Solver++, order 2, midpoint             1 − i/n             ⌊1000 σ⌋
euler    Euler, on diffusers' own grid               diffusers'          1000 σ
=======  ==========================================  ==================  =====================

with σ = shift · s / (1 + (shift − 1) · s), which is t of Eq. 1, and a last σ of 0.
"""

from __future__ import annotations

import importlib
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from mavin.errors import UsageError

__all__ = ["SOLVERS", "Solver", "time_grid"]

SOLVERS: Final = ("unipc", "dpm++", "euler")
"""Names that :class:`Solver` knows."""

_LARGEST: Final = {"unipc": float(np.float32(0.999)), "dpm++": 1.0}


def time_grid(solver: str, steps: int, shift: float) -> NDArray[np.float64]:
    """σ of each step of ``unipc`` or ``dpm++``, without the last 0; shape ``(steps,)``."""
    s = np.linspace(_LARGEST[solver], 0.0, steps + 1)[:-1]
    grid: NDArray[np.float64] = shift * s / (1 + (shift - 1) * s)
    return grid


class Solver:
    """One tower's way from noise to a clean latent.

    Args:
        name: one of :data:`SOLVERS`.
        steps: number of steps, at least 1.
        shift: moves the steps towards the noisy end; 5 in Ovi.

    Raises:
        UsageError: if an argument is out of range.
    """

    def __init__(self, name: str, steps: int, shift: float) -> None:
        if name not in SOLVERS:
            raise UsageError(f"A solver must be one of {', '.join(SOLVERS)}, got {name!r}. Choose one of these.")
        if steps < 1:
            raise UsageError(f"There must be at least 1 step, got {steps}.")
        if not shift > 0:
            raise UsageError(f"The shift must be above 0, got {shift}.")
        self._scheduler = _scheduler(name, steps, shift)
        self._scheduler.set_begin_index(0)  # integer timesteps may repeat: count steps instead of looking them up

    @property
    def timesteps(self) -> Tensor:
        """What the network is told at each step, 1000 · t; shape ``(steps,)``."""
        timesteps: Tensor = self._scheduler.timesteps
        return timesteps

    @property
    def sigmas(self) -> Tensor:
        """t of Eq. 1 before each step and after the last; shape ``(steps + 1,)``."""
        sigmas: Tensor = self._scheduler.sigmas
        return sigmas

    def step(self, velocity: Tensor, timestep: Tensor, noisy: Tensor) -> Tensor:
        """The latent one step nearer to t = 0."""
        moved: Tensor = self._scheduler.step(velocity.unsqueeze(0), timestep, noisy.unsqueeze(0), return_dict=False)[0]
        return moved.squeeze(0)


def _scheduler(name: str, steps: int, shift: float) -> Any:
    # diffusers takes a second to import; whoever only trains needs none of it.
    diffusers: Any = importlib.import_module("diffusers")
    if name == "euler":
        euler = diffusers.FlowMatchEulerDiscreteScheduler(shift=shift)
        euler.set_timesteps(steps)
        return euler
    sigmas = time_grid(name, steps, shift)
    if name == "unipc":
        # Its own flow sigmas differ by up to 4e-3; a shift of 1 keeps ours as they are.
        unipc = diffusers.UniPCMultistepScheduler(
            prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=1.0
        )
        unipc.set_timesteps(sigmas=sigmas)
        return unipc
    dpm = diffusers.DPMSolverMultistepScheduler(prediction_type="flow_prediction", use_flow_sigmas=True)
    dpm.set_timesteps(steps)  # has no argument for sigmas: they are put in place
    dpm.sigmas = torch.from_numpy(np.append(sigmas, 0.0).astype(np.float32))
    dpm.timesteps = torch.from_numpy(sigmas * dpm.config.num_train_timesteps).to(torch.int64)
    return dpm
