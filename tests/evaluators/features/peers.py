"""Weights and inputs that any implementation can be given: drawn from the names of its tensors."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor

__all__ = ["drawn", "given"]

_KEPT = re.compile(r".*(?:spectrogram_extractor\.|attn_mask$|relative_position_index$|num_batches_tracked$)")


def drawn(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Every tensor of numbers by its name; variances and mel matrices are positive."""
    found = {}
    for name, value in state.items():
        if _KEPT.match(name) or not value.is_floating_point():
            found[name] = value
            continue
        fan = max(1, value[0].numel() if value.ndim > 1 else 1)
        numbers = np.random.default_rng(zlib.crc32(name.encode())).normal(size=tuple(value.shape)) / fan**0.5
        if name.endswith(("running_var", "melW")):
            numbers = np.abs(numbers) + 0.5
        found[name] = torch.from_numpy(np.asarray(numbers, np.float32))
    return found


def given(*shape: int) -> Tensor:
    """An input of a shape."""
    return torch.from_numpy(np.random.default_rng(shape).normal(size=shape).astype(np.float32))
