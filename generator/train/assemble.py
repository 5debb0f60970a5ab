"""Puts parts that were trained one by one together as a pipeline.

    python -m generator.train.assemble FOLDER --name NAME PART_FOLDER …

A part folder is what ``video_codec.py``, ``audio_codec.py``, ``text_encoder.py`` and ``timbre.py`` of this room leave
behind, or a checkpoint of ``mavin train``: it holds ``video_codec/``, ``backbone/`` and so on.  Without a network
it gets a fresh one of CONFIG, and serves for drawing examples.  Weights are stored in half precision, which a
processor reads back as single.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import torch

from generator.layout import PARTS, PartInfo, PipelineIndex, Sampling, Training, write_index
from generator.parts import StoredPart, load_part, save_part
from generator.shards import SHARD_BYTES
from generator.train.checkpoint import read_state
from generator.train.config import TrainConfig
from generator.train.config_file import read_config
from generator.train.trainee import build_trainee
from generator.train.world import SMALL
from mavin.errors import MavinError, UsageError

__all__ = ["assemble"]

_KINDS: Final[Mapping[str, str]] = {
    "backbone": "dual_tower",
    "identity": "identity_embeddings",
    "video_codec": "causal_4x16x16",
    "audio_codec": "harmonic_16k",
    "text_encoder": "word_pieces",
    "timbre": "statistics",
}
_LICENCES: Final[Mapping[str, str]] = {
    # What was learned from the stage's pictures is under their licence.
    "backbone": "CC-BY-SA-4.0 (OpenMoji)",
    "identity": "CC-BY-SA-4.0 (OpenMoji)",
    "video_codec": "CC-BY-SA-4.0 (OpenMoji)",
    "audio_codec": "CC-BY-SA-4.0",
    "timbre": "CC-BY-SA-4.0",
    "text_encoder": "Apache-2.0 (all-MiniLM-L6-v2)",
}


def assemble(
    folder: Path,
    name: str,
    sources: Sequence[Path],
    *,
    fresh: TrainConfig | None = None,
    training: Mapping[str, Any] | None = None,
    sampling: Mapping[str, Any] | None = None,
) -> PipelineIndex:
    """Writes a pipeline of the parts that are found, the last of a name counting.

    Args:
        folder: new or empty.
        name: of the pipeline.
        sources: folders that hold parts.
        fresh: configuration of a network that has learned nothing, taken where the folders hold none.
        training: fields of :class:`~generator.layout.Training` besides sizes, boundaries and marks.
        sampling: fields of :class:`~generator.layout.Sampling`.

    Raises:
        UsageError: if the folder holds something, or no part is found.
    """
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"A pipeline must be written into a new or empty folder, got {folder}.")
    found = {part: source for source in sources for part in PARTS if (source / part / "config.json").is_file()}
    if not found:
        raise UsageError(f"Parts must be in the folders given, and {', '.join(map(str, sources))} hold none.")
    parts: dict[str, StoredPart] = {}
    if fresh is not None and "backbone" not in found:
        trainee = build_trainee(fresh)
        parts["backbone"] = trainee.backbone
        if trainee.identity is not None:
            parts["identity"] = trainee.identity
    names = [part for part in PARTS if part in found or part in parts]
    infos = {
        part: PartInfo(kind=_KINDS[part], licence=_LICENCES.get(part, ""), source="trained here") for part in names
    }
    known = {
        "sizes": dict(SMALL),
        "boundaries": True,
        "references": "identity" in infos,
        "role_marks": True,
        "steps": _steps(found.get("backbone")),
    }
    index = PipelineIndex(
        name=name,
        parts=infos,
        training=Training(**{**known, **(training or {})}),
        sampling=Sampling(**(sampling or {})),
    )
    for part in names:
        stored = parts.get(part) or load_part(found[part], index, part, "cpu", torch.float16)
        save_part(stored, folder, part, shard_bytes=SHARD_BYTES)
    return write_index(folder, index)


def _steps(source: Path | None) -> int | None:
    """Steps of the checkpoint that the network is of, or whose averages it is; ``None`` where it is of none."""
    if source is None:
        return None
    places = (source, source.parent)
    return next((read_state(place).step for place in places if (place / "state.json").is_file()), None)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("sources", type=Path, nargs="+", metavar="PART_FOLDER")
    parser.add_argument("--name", default="tiny")
    parser.add_argument("--training", type=json.loads, default={}, help="further facts of the index, as JSON")
    parser.add_argument("--sampling", type=json.loads, default={}, help="how to sample, as JSON")
    parser.add_argument("--config", help="training configuration of a fresh network, where no folder holds one")
    chosen = parser.parse_args()
    try:
        fresh = None if chosen.config is None else read_config(chosen.config)
        index = assemble(
            chosen.folder, chosen.name, chosen.sources, fresh=fresh, training=chosen.training, sampling=chosen.sampling
        )
    except MavinError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    sys.stdout.write(f"{chosen.folder}: {', '.join(index.parts)}, {sum(map(index.part_bytes, index.parts)):,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
