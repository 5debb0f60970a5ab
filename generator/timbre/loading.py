"""A timbre encoder straight from its pulled public files, for whoever makes a pipeline: training, measuring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray

from generator.timbre.facodec import FACodecTimbre
from generator.timbre.ge2e import GE2ETimbre
from generator.weights.files import set_files
from generator.weights.reading import read_tensors
from generator.weights.recipes import RECIPES, misfits
from mavin.errors import UsageError
from mavin.store import model_of

__all__ = ["embed_voice", "load_timbre"]

_CLASSES: Final[dict[str, type[FACodecTimbre] | type[GE2ETimbre]]] = {"facodec": FACodecTimbre, "ge2e": GE2ETimbre}


def load_timbre(name: str, config: Mapping[str, Any] | None = None) -> FACodecTimbre | GE2ETimbre:
    """``facodec`` or ``ge2e`` with the weights that ``mavin weights pull`` fetched, on the CPU.

    Args:
        name: which one.
        config: of weights that are not of the public size.

    Raises:
        UsageError: if there is no such encoder, it was not pulled, or its files do not fit.
    """
    if name not in _CLASSES:
        raise UsageError(f"A timbre encoder must be {' or '.join(_CLASSES)}, got {name!r}. Choose one of these.")
    model = model_of(name)
    if model is None:
        raise UsageError(f"The timbre encoder {name} is not here. Run `mavin weights pull {name}`.")
    (files,) = set_files([model])
    recipe, chosen = RECIPES[files.kind], dict(config) if config is not None else RECIPES[files.kind].config()
    tensors = recipe.arrange({role: read_tensors(path) for role, path in files.files.items()}, chosen)["model"]
    shapes = {key: tuple(tensor.shape) for key, tensor in tensors.items()}
    if problems := misfits(shapes, recipe.expected(chosen)["model"]):
        raise UsageError(f"The weights of {name} must be the public ones, got {'; '.join(problems)}.")
    encoder = _CLASSES[name].from_config(chosen)
    encoder.network.load_state_dict(tensors, strict=True)
    return encoder


def embed_voice(
    encoder: FACodecTimbre | GE2ETimbre, samples: NDArray[np.float32], sample_rate: int
) -> NDArray[np.float32]:
    """A voice ``(samples,)`` to ``(dim,)``, for whoever measures without PyTorch in hand.

    Raises:
        UsageError: if the voice is too short or silent, or nobody speaks in it.
    """
    return np.asarray(encoder.encode(torch.from_numpy(np.ascontiguousarray(samples)), sample_rate).numpy(), np.float32)
