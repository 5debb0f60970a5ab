"""Draws and encodes the synthetic world once, so that training reads it from disk.

    python -m generator.train.cache FOLDER --pipeline CODECS [--first SEED] [--count N] [--jobs J]

Writes shards (:mod:`generator.train.shards`); the same command goes on where an interrupted one stopped.  At the
end it prints the lines of a training configuration that tell the network how far each latent channel spreads.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch
from rich.progress import track
from torch import Tensor
from torch.utils.data import DataLoader, Subset

from generator.train.examples import Dataset, Example
from generator.train.on_the_fly import Encoders, WorldDataset
from generator.train.shards import ShardDataset, ShardSetWriter
from mavin.errors import MavinError

__all__ = ["cache_world", "latent_std"]


def cache_world(
    folder: Path,
    pipeline: str,
    *,
    first_seed: int,
    count: int,
    jobs: int = 1,
    per_shard: int = 64,
    stills: bool = False,
) -> int:
    """Writes examples of the world until a folder has so many; returns how many it has.

    Args:
        folder: of the shards; new, or begun with the same pipeline and seed.
        pipeline: folder or name of one with codecs, text encoder and perhaps a timbre encoder.
        first_seed: of the first example.
        count: of examples.
        jobs: processes that draw.
        per_shard: examples of a shard, which is what an interruption can lose.
        stills: single pictures of shots instead of clips.

    Raises:
        UsageError: if the folder holds something else, or the pipeline is not there.
    """
    encoders = Encoders.of(pipeline)
    world = WorldDataset(encoders, first_seed=first_seed, count=count, stills=stills)
    about = {"world": 3, "first_seed": first_seed, "pipeline": encoders.index.weights_sha256}
    if stills:
        about["stills"] = True
    with ShardSetWriter(folder, world.null_text, about=about, per_shard=per_shard, dtype=torch.float16) as writer:
        loader: DataLoader[Example] = DataLoader(
            Subset(world, range(writer.count, count)),  # type: ignore[arg-type]  # a dataset by number
            batch_size=None,
            num_workers=jobs if jobs > 1 else 0,
            multiprocessing_context="spawn" if jobs > 1 else None,
        )
        for example in track(loader, f"drawing into {folder}", total=max(count - writer.count, 0)):
            writer.add(example)
    return writer.count


def latent_std(dataset: Dataset, examples: int = 640) -> dict[str, list[float]]:
    """Standard deviation of every latent channel over some examples, evenly chosen; for both towers by name."""
    values: dict[str, list[Tensor]] = {"video": [], "audio": []}
    for number in range(0, len(dataset), -(-len(dataset) // examples)):
        video, audio = dataset[number].latents
        values["video"].append(video.double().flatten(1).T)
        values["audio"].append(audio.double())
    return {name: [round(one, 3) for one in torch.cat(found).std(0).tolist()] for name, found in values.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pipeline", required=True, help="folder or name of a pipeline with codecs")
    parser.add_argument("--first", type=int, default=0, help="seed of the first example")
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--jobs", type=int, default=1, help="processes that draw")
    parser.add_argument("--stills", action="store_true", help="single pictures of shots instead of clips")
    chosen = parser.parse_args()
    if chosen.jobs > 1:
        torch.set_num_threads(1)
    try:
        cache_world(
            chosen.folder,
            chosen.pipeline,
            first_seed=chosen.first,
            count=chosen.count,
            jobs=chosen.jobs,
            per_shard=1024 if chosen.stills else 64,
            stills=chosen.stills,
        )
    except MavinError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    for name, found in latent_std(ShardDataset(chosen.folder)).items():
        if not any(found):  # the silence of single pictures
            continue
        sys.stdout.write(f"network.{name}.latent_std: {found}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
