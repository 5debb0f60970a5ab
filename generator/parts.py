"""The parts of a pipeline: which class reads which kind, and how a part comes from a folder and goes into one.

    kind, config.json ──from_config──▶ structure on the meta device ──load_module──▶ part

Whoever exchanges a part writes a class with these three methods and adds its kind here; the pipeline asks
nothing else of it than what ``codecs/interfaces.py`` and ``identity.py`` say.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol, Self, runtime_checkable

import torch
from torch import nn

from generator.layout import PipelineIndex, read_config
from generator.shards import load_module, save_module
from mavin.errors import UsageError

__all__ = ["KINDS", "StoredPart", "device_of", "kind_of", "load_part", "move", "part_class", "save_part"]

KINDS: Final[Mapping[str, Mapping[str, str]]] = {
    "backbone": {"dual_tower": "generator.model:Backbone"},
    "identity": {"identity_embeddings": "generator.identity:IdentityEmbeddings"},
    "video_codec": {
        "wan2.2": "generator.codecs.wan_video:WanVideoCodec",
        "causal_4x16x16": "generator.codecs.causal_video:CausalVideoCodec",
    },
    "audio_codec": {
        "mmaudio_16k": "generator.codecs.mmaudio:MMAudioCodec",
        "harmonic_16k": "generator.codecs.harmonic:HarmonicCodec",
    },
    "text_encoder": {
        "umt5": "generator.codecs.umt5:UMT5TextEncoder",
        "word_pieces": "generator.codecs.word_pieces:WordPieceTextEncoder",
    },
    "timbre": {
        "facodec": "generator.timbre.facodec:FACodecTimbre",
        "ge2e": "generator.timbre.ge2e:GE2ETimbre",
        "statistics": "generator.timbre.statistics:StatisticsTimbre",
    },
}
"""Kinds of every part, and the class that reads each."""


@runtime_checkable
class StoredPart(Protocol):
    """What can be saved into a pipeline's folder and comes back from it."""

    @classmethod
    def from_config(cls, config: Mapping[str, Any], folder: Path) -> Self:
        """The structure without weights; ``folder`` holds further files, such as a tokenizer's."""
        ...

    def part_config(self) -> dict[str, Any]:
        """What :meth:`from_config` takes, as JSON can hold it."""
        ...

    def modules_by_name(self) -> dict[str, nn.Module]:
        """The modules whose weights are stored, by the names of their files."""
        ...


def part_class(part: str, kind: str) -> type[StoredPart]:
    """The class that reads a kind of part.

    Raises:
        UsageError: if there is none, with the kinds there are.
    """
    kinds = KINDS[part]
    if kind not in kinds:
        raise UsageError(
            f"A pipeline's {part} must be of a kind that is known ({', '.join(kinds) or 'none'}), got {kind!r}. "
            "It was made for another version of mavin."
        )
    module, _, name = kinds[kind].partition(":")
    found: type[StoredPart] = getattr(import_module(module), name)
    return found


def kind_of(part: str, stored: object) -> str:
    """The kind under which an object is read back as that part.

    Raises:
        UsageError: if its class has none.
    """
    name = f"{type(stored).__module__}:{type(stored).__qualname__}"
    for kind, path in KINDS[part].items():
        if path == name:
            return kind
    raise UsageError(f"A {part} must be of a class in generator.parts.KINDS to be saved, got {name}.")


def load_part(
    folder: Path, index: PipelineIndex, part: str, device: torch.device | str, dtype: torch.dtype | None
) -> StoredPart:
    """A part with its weights.

    Args:
        folder: of the pipeline.
        index: of the pipeline.
        part: which, such as ``backbone``.
        device: where its weights go.
        dtype: of its floating-point weights; ``None`` as they are on disk.

    Raises:
        UsageError: if its files are missing, damaged, or do not fit each other.
    """
    config = read_config(folder, part)
    found = part_class(part, index.parts[part].kind)
    try:
        with torch.device("meta"):
            stored = found.from_config(config, folder / part)
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(
            f"{folder / part / 'config.json'} must describe a {part} of kind {index.parts[part].kind} "
            f"({type(error).__name__}: {error}). Fetch it again."
        ) from None
    for name, module in stored.modules_by_name().items():
        load_module(module, folder / part, name, device=device, dtype=dtype)
        module.eval().requires_grad_(False)
    return stored


def save_part(stored: StoredPart, folder: Path, part: str, *, shard_bytes: int) -> None:
    """Writes ``config.json`` and the weights of a part into a pipeline's folder."""
    place = folder / part
    place.mkdir(parents=True, exist_ok=True)
    config = json.dumps(stored.part_config(), ensure_ascii=False, indent=2)
    (place / "config.json").write_text(config + "\n", encoding="utf-8")
    for name, module in stored.modules_by_name().items():
        save_module(module, place, name, shard_bytes=shard_bytes)
    save_files = getattr(stored, "save_files", None)
    if save_files is not None:
        save_files(place)


def device_of(stored: StoredPart) -> torch.device:
    """Where a part's weights are."""
    module = next(iter(stored.modules_by_name().values()))
    return next(module.parameters()).device


def move(stored: StoredPart, device: torch.device | str) -> None:
    """Moves a part's weights."""
    for module in stored.modules_by_name().values():
        module.to(device)
