"""Models that transformers knows, from a folder on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch

from evaluators.features.weights import hash_of
from mavin.errors import UsageError

__all__ = ["pretrained"]

_FILES = ("model.safetensors", "pytorch_model.bin")


def pretrained(kind: Any, folder: Path, **arguments: Any) -> tuple[Any, str]:
    """A model of transformers in float32, ready to be asked, and the hash of its weights; nothing is fetched.

    Args:
        kind: its class.
        folder: with ``config.json`` and weights.
        arguments: of the class.

    Raises:
        UsageError: if the folder holds no such model, or a part of it.
    """
    weights = next((folder / name for name in _FILES if (folder / name).is_file()), None)
    if weights is None or not (folder / "config.json").is_file():
        raise UsageError(
            f"{folder} must be a folder with config.json and {' or '.join(_FILES)}. Give the folder of the model."
        )
    try:
        with _quiet():
            network, report = kind.from_pretrained(
                folder,
                local_files_only=True,
                dtype=torch.float32,
                output_loading_info=True,
                use_safetensors=weights.suffix == ".safetensors",
                attn_implementation="eager",
                **arguments,
            )
    except (OSError, ValueError, RuntimeError, KeyError, json.JSONDecodeError) as error:
        reason = str(error).partition("\n")[0]
        raise UsageError(f"{folder} must hold the weights of {kind.__name__}, got {reason[:200]}.") from None
    if missing := sorted(report["missing_keys"]):
        raise UsageError(
            f"{weights} must hold all weights of {kind.__name__}, got none of {len(missing)} such as {missing[0]}. "
            "Choose the folder of that model."
        )
    return network.eval().requires_grad_(False), hash_of(weights)


@contextmanager
def _quiet() -> Iterator[None]:
    """Without transformers' bar and its table of weights that are not asked: what is missing is told here."""
    from transformers.utils import logging

    level, bar = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bar:
            logging.enable_progress_bar()
