"""Small random weights in the files that the real ones come in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn


def randomised(network: nn.Module, seed: int = 0) -> nn.Module:
    """Weights that let a signal through, so that another input gives another output."""
    generator = torch.Generator().manual_seed(seed)
    for value in network.state_dict().values():
        if value.is_floating_point():
            fan = max(1, value[0].numel() if value.ndim > 1 else 1)
            value.copy_(torch.randn(value.shape, generator=generator) / fan**0.5)
    for name, buffer in network.named_buffers():
        if name.endswith("running_var"):
            buffer.copy_(buffer.abs() + 0.5)
    return network.eval()


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[nn.Module, str], Path]:
    """Saves a network's random weights under a name and says where."""
    from safetensors.torch import save_file

    def save(network: nn.Module, name: str) -> Path:
        path = tmp_path / name
        state = {key: value.contiguous() for key, value in randomised(network).state_dict().items()}
        if path.suffix == ".safetensors":
            save_file(state, path)
        else:
            torch.save(state, path)
        return path

    return save


@pytest.fixture
def clip() -> np.ndarray:
    """A clip (20, 90, 160, 3) of noise that drifts from dark to bright."""
    rng = np.random.default_rng(0)
    light = np.linspace(40, 200, 20)[:, None, None, None]
    return np.clip(light + rng.normal(0, 30, (20, 90, 160, 3)), 0, 255).astype(np.uint8)
