"""What the Ovi reference computed at a tiny configuration, and a network with its weights."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file
from torch import Tensor

from generator.checkpoint import build_backbone
from generator.model import Backbone

PEERS = Path(__file__).parents[1] / "peers"


@dataclass(frozen=True)
class Peer:
    """One call of the reference."""

    name: str
    values: dict[str, Any]
    tensors: dict[str, Tensor]

    def sequence(self, name: str) -> list[Tensor] | None:
        """The tensors of a list argument or result, one a sample; ``None`` for an absent tower."""
        if self.values.get(name, ()) is None:
            return None
        found = [self.tensors[f"{name}.{i}"] for i in range(8) if f"{name}.{i}" in self.tensors]
        return found or None


@cache
def peers() -> dict[str, Peer]:
    found = {}
    for file in ("ovi_tiny_cases", "ovi_tiny_more"):
        with safe_open(PEERS / f"{file}.safetensors", "pt") as opened:
            tensors = {key: opened.get_tensor(key) for key in opened.keys()}  # noqa: SIM118
            for name, spec in opened.metadata().items():
                own = {
                    key.removeprefix(f"{name}."): value for key, value in tensors.items() if key.startswith(f"{name}.")
                }
                values = {key.removeprefix("in."): value for key, value in json.loads(spec).items()}
                values |= {f"in.{key}": value for key, value in values.items() if value is None}
                found[name] = Peer(name, values, own)
    return found


def peer_backbone(dtype: torch.dtype = torch.float64) -> Backbone:
    config = json.loads((PEERS / "ovi_tiny_config.json").read_text())
    backbone = build_backbone(config["video"], config["audio"])
    backbone.load_state_dict(load_file(PEERS / "ovi_tiny_weights.safetensors"), strict=True)
    return backbone.to(dtype).eval()


@pytest.fixture(scope="session")
def backbone64() -> Backbone:
    """The peer's network in float64; nobody may change it."""
    return peer_backbone()
