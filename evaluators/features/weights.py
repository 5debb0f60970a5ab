"""Weights from files: safetensors, or PyTorch's own with ``weights_only``, which runs no code of the file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from mavin.errors import UsageError

__all__ = ["WeightFile", "fill", "hash_of", "read_weights"]

_WRAPPERS = ("state_dict", "model", "net", "model_state_dict")


@dataclass(frozen=True, slots=True)
class WeightFile:
    """The tensors of a file by name, and the file's hash."""

    tensors: dict[str, Tensor]
    sha256: str


def hash_of(path: Path) -> str:
    """sha256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_weights(path: Path) -> WeightFile:
    """The tensors of a file, out of whatever wrapper its training code saved them in.

    Raises:
        UsageError: if there is no such file, or it holds anything but tensors.
    """
    if not path.is_file():
        raise UsageError(f"Weights must be a file, got {path}. Check the path's spelling.")
    try:
        if path.suffix == ".safetensors":
            from safetensors.torch import load_file

            found: Any = load_file(path)
        else:
            found = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # every damaged file fails in a way of its own
        reason = str(error).partition("\n")[0]
        raise UsageError(
            f"{path} must be safetensors or a state dict that PyTorch saved, got a file that cannot be read as one "
            f"({reason[:160]}). Download it again; whole pickled models are not read, for reading them runs their code."
        ) from None
    for wrapper in _WRAPPERS:
        if isinstance(found, Mapping) and isinstance(found.get(wrapper), Mapping):
            found = found[wrapper]
    if not isinstance(found, Mapping) or not all(isinstance(value, Tensor) for value in found.values()):
        raise UsageError(f"{path} must hold tensors by name, got {type(found).__name__}. Choose another file.")
    tensors = {str(name).removeprefix("module."): value for name, value in found.items()}
    return WeightFile(tensors, hash_of(path))


def fill(network: nn.Module, file: WeightFile, path: Path, *, ignored: tuple[str, ...] = ()) -> None:
    """Put a file's tensors into a network, each and every one, and make it ready to be asked.

    Args:
        network: gets the weights.
        file: what was read.
        path: for messages.
        ignored: beginnings of names that belong to parts which are not asked.

    Raises:
        UsageError: if names or shapes differ.
    """
    tensors = {name: value for name, value in file.tensors.items() if not name.startswith(ignored or ("\0",))}
    wanted = network.state_dict()
    # Counters of seen batches are no weights, and files of old versions have none.
    missing = [name for name in wanted if name not in tensors and not name.endswith("num_batches_tracked")]
    extra = [name for name in tensors if name not in wanted]
    shapes = [
        f"{name} {tuple(tensors[name].shape)} instead of {tuple(value.shape)}"
        for name, value in wanted.items()
        if name in tensors and tensors[name].shape != value.shape
    ]
    if missing or extra or shapes:
        problems = [
            f"{len(names)} {what} such as {names[0]}"
            for names, what in ((missing, "missing"), (extra, "unknown"), (shapes, "of another shape"))
            if names
        ]
        raise UsageError(
            f"{path} must hold the weights of {type(network).__name__}, got tensors {', '.join(problems)}. "
            "Choose the file of that model."
        )
    network.load_state_dict(
        {name: value.float() if value.is_floating_point() else value for name, value in tensors.items()}, strict=False
    )
    network.eval().requires_grad_(False)
