"""The first 200 steps of the shipped training, on a network small enough to take them in seconds: does the loss fall?

    python benchmarks/first_steps.py             # runs them and prints the curve beside the recorded one
    python benchmarks/first_steps.py --record    # writes first_steps.json beside this script

It is the configuration ``tiny`` with its optimiser, schedule, timesteps, dropouts, averages and first stage, in
float32, and with three things made small: towers of 48 numbers and two blocks instead of 192 and six, two examples a
step instead of eight, and four clips of the synthetic world, drawn here and encoded by codecs and a text encoder of
random numbers.  So it stands for the training code and the configuration, not for what the shipped network reaches:
its card tells that.
``tests/generator/train/test_first_steps.py`` runs it and compares.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from typing import Any, Final

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel

from generator.codecs.causal_video import CausalVideoCodec, CausalVideoVAE
from generator.codecs.harmonic import HarmonicCodec, HarmonicVocoder
from generator.codecs.word_pieces import WordPieceTextEncoder
from generator.conditioning import condition
from generator.flow import Latents
from generator.layout import PartInfo, PipelineIndex
from generator.train.cache import latent_std
from generator.train.config_file import read_config
from generator.train.examples import Example, LatentShape, NullText, latent_shape
from generator.train.loop import train
from generator.train.on_the_fly import Encoders, encode_clip
from generator.train.world import Clip, draw_clip, sample_caption

__all__ = ["STEPS", "curve", "recorded"]

STEPS: Final = 200
EVERY: Final = 20
"""Steps that a number of the curve is the mean of."""

RECORD: Final = Path(__file__).with_suffix(".json")
_TOWER: Final = "dim: 48, ffn_dim: 128, freq_dim: 32, num_heads: 2, num_layers: 2, text_dim: 48, in_dim: 6, out_dim: 6"
_CHANGES: Final = (
    "name=first-steps", "batch_size=2", "micro_batch_size=2", f"log_every={EVERY}", "tensorboard=false",
    f"checkpoint_every={STEPS}", "precision=float32",
)  # fmt: skip
_SHORTEST_MS: Final = 3300


class Clips:
    """A few encoded clips of the world (:class:`~generator.train.examples.Dataset`)."""

    fingerprint = "first steps"

    def __init__(self, number: int) -> None:
        short = (seed for seed in count() if sample_caption(seed).duration_ms <= _SHORTEST_MS)
        clips = [draw_clip(sample_caption(seed), seed=seed) for seed in islice(short, number)]
        encoders = _encoders(clips)
        self.null_text = NullText(*encoders.text.encode(["blur", "echo"]))
        self._examples = _at_scale([encode_clip(clip, encoders) for clip in clips])

    def __len__(self) -> int:
        return len(self._examples)

    def shape(self, number: int) -> LatentShape:
        """The shape of an example's latents."""
        return latent_shape(self._examples[number].latents)

    def __getitem__(self, number: int) -> Example:
        """An example."""
        return replace(self._examples[number])


def _at_scale(examples: Sequence[Example]) -> list[Example]:
    """The examples with latents of mean zero and mean square one over all channels, which trained codecs give, too."""
    videos, audios = zip(*(one.latents for one in examples), strict=True)
    (video_mean, video_size), (audio_mean, audio_size) = (
        (rows.mean(0), rows.var(0).mean().sqrt())
        for rows in (torch.cat([one.flatten(1).T for one in videos]), torch.cat(audios))
    )
    return [
        replace(
            one,
            latents=Latents(
                (one.latents.video - video_mean[:, None, None, None]) / video_size,
                (one.latents.audio - audio_mean) / audio_size,
            ),
        )
        for one in examples
    ]


def _encoders(clips: Sequence[Clip]) -> Encoders:
    """Codecs and a text encoder of random numbers; every word of the clips is a word to it."""
    parts = [
        part for clip in clips for segments in [condition(clip.caption)] for part in segments.video + segments.audio
    ]
    split = pre_tokenizers.BertPreTokenizer()
    words = sorted({word for part in parts for word, _ in split.pre_tokenize_str(part.text.lower())})
    known = {word: at for at, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *words])}
    tokenizer = Tokenizer(models.WordLevel(known, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = split
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        text = BertConfig(
            vocab_size=len(known), hidden_size=24, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        )  # fmt: skip
        video = CausalVideoVAE(latent_channels=6, fine=8, middle=8, coarse=16, blocks=1)
        audio = HarmonicVocoder(latent_channels=6, width=8, blocks=1)
        encoder = BertModel(text, add_pooling_layer=False)
    encoder.train(mode=False)
    index = PipelineIndex(name="random", parts={"text_encoder": PartInfo(kind="word_pieces")})
    return Encoders(
        CausalVideoCodec(video), HarmonicCodec(audio), WordPieceTextEncoder(encoder, tokenizer), None, index
    )


def curve(folder: Path, progress: Any = None) -> list[dict[str, float]]:
    """Trains the steps in a folder and returns the loss, its terms, and the learning rate of every 20 of them."""
    clips = Clips(4)
    towers = [f"network.{name}={{{_TOWER}, latent_std: {std}}}" for name, std in latent_std(clips).items()]
    config = read_config("tiny", [*_CHANGES, *towers])
    with torch.random.fork_rng(devices=[]):
        train(config, folder, steps=STEPS, dataset=clips, on_step=progress)
    lines = [json.loads(line) for line in (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    names = ("step", "loss", "video_loss", "audio_loss", "learning_rate")
    return [{name: round(float(line[name]), 6) for name in names} for line in lines]


def recorded() -> list[dict[str, float]]:
    """The curve as it was recorded."""
    return list(json.loads(RECORD.read_text(encoding="utf-8"))["curve"])


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--record", action="store_true", help="write the curve beside this script")
    options = parser.parse_args(arguments)

    def tell(step: int, loss: float) -> None:
        sys.stderr.write(f"\rstep {step} of {STEPS}, loss {loss:.4f} ")

    with tempfile.TemporaryDirectory() as folder:
        found = curve(Path(folder), tell)
    sys.stderr.write("\n")
    before = {row["step"]: row["loss"] for row in recorded()} if RECORD.exists() else {}
    for row in found:
        print(f"step {row['step']:.0f}: loss {row['loss']:.4f}, recorded {before.get(row['step'], float('nan')):.4f}")
    if options.record:
        record = {"torch": torch.__version__, "curve": found}
        RECORD.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
