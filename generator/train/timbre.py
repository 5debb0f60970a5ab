"""Sets the scale of the timbre encoder of preset ``tiny`` on voices of the synthetic world.

python -m generator.train.timbre FOLDER [--voices N]
"""

from __future__ import annotations

import argparse
from itertools import count, islice
from pathlib import Path

import torch

from generator.parts import save_part
from generator.shards import SHARD_BYTES
from generator.timbre.statistics import StatisticsTimbre
from generator.train.fitting import say
from generator.train.world import SAMPLE_RATE, draw_reference, sample_caption

__all__: list[str] = []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--voices", type=int, default=150)
    chosen = parser.parse_args()
    captions = ((seed, sample_caption(seed)) for seed in count())
    roles = ((seed, caption, role) for seed, caption in captions for role in caption.roles if role.voice)
    voices = [
        torch.from_numpy(draw_reference(caption, role.id, seed).voice)
        for seed, caption, role in islice(roles, chosen.voices)
    ]
    timbre = StatisticsTimbre()
    timbre.fit(voices, SAMPLE_RATE)
    save_part(timbre, chosen.folder, "timbre", shard_bytes=SHARD_BYTES)
    say(f"{chosen.folder}: scale of {len(voices)} voices")


if __name__ == "__main__":
    main()
