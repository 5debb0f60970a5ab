"""A network of a few thousand numbers, clips of one token a frame, and runs that take seconds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from generator.conditioning import EncodedText, TextSegment, condition
from generator.flow import Latents
from generator.shapes import ClipShape
from generator.train.config import TrainConfig
from generator.train.examples import Example, ExampleReference, NullText
from generator.train.shards import ShardSetWriter
from generator.train.world import sample_caption
from mavin.caption import HierarchicalCaption

CHANNELS, BANDS, WORDS, TIMBRE = 6, 5, 12, 4
"""Channels of the latents of video and audio, width of a text token and of a timbre embedding."""

TOWER = {"dim": 24, "ffn_dim": 48, "freq_dim": 16, "num_heads": 2, "num_layers": 2, "text_len": 64, "text_dim": WORDS}


def values(folder: Path, **changes: Any) -> dict[str, Any]:
    """A configuration as YAML would hold it."""
    return {
        "name": "small",
        "seed": 3,
        "network": {
            "preset": "trial",
            "video": {**TOWER, "in_dim": CHANNELS, "out_dim": CHANNELS},
            "audio": {**TOWER, "in_dim": BANDS, "out_dim": BANDS},
            "timbre_dim": TIMBRE,
        },
        "data": {"type": "shards", "folder": str(folder)},
        "batch_size": 4,
        "micro_batch_size": 2,
        "stages": [
            {"name": "text", "steps": 3, "references": "none"},
            {"name": "one", "steps": 3, "references": "one"},
            {"name": "all", "steps": 4, "references": "all"},
        ],
        "optimizer": {"learning_rate": 2e-3},
        "log_every": 1,
        "tensorboard": False,
        **changes,
    }


def make_config(folder: Path, **changes: Any) -> TrainConfig:
    return TrainConfig.model_validate(values(folder, **changes))


def make_example(seed: int, caption: HierarchicalCaption | None = None, *, duration_ms: int | None = None) -> Example:
    """A sampled script with latents that follow from it, so that there is something to learn, and with references."""
    caption = caption or sample_caption(seed)
    generator = torch.Generator().manual_seed(seed)

    def draw(*shape: int) -> Tensor:
        return torch.randn(shape, generator=generator)

    grid = ClipShape(duration_ms or caption.duration_ms, 32, 32).grid
    parts = condition(caption)
    references = tuple(
        ExampleReference(role.id, draw(CHANNELS, 1, 2, 2), draw(7, BANDS), draw(TIMBRE)) for role in caption.roles
    )
    video = torch.ones(CHANNELS, grid.video_latents, 2, 2) * torch.linspace(-1, 1, CHANNELS)[:, None, None, None]
    audio = torch.ones(grid.audio_latents, BANDS) * torch.linspace(1, -1, BANDS)
    known: dict[str, Tensor] = {}
    return Example(
        caption,
        Latents(video + 0.1 * draw(*video.shape), audio + 0.1 * draw(*audio.shape)),
        _encoded(parts.video, known),
        _encoded(parts.audio, known),
        references,
        prompt=draw(9, WORDS),
    )


def _encoded(segments: tuple[TextSegment, ...], known: dict[str, Tensor]) -> EncodedText:
    for number, segment in enumerate(segments):
        if segment.text not in known:
            generator = torch.Generator().manual_seed(len(segment.text))
            known[segment.text] = torch.randn(2 + number % 3, WORDS, generator=generator)
    tokens = [known[segment.text] for segment in segments]
    counts = tuple(one.shape[0] for one in tokens)
    return EncodedText(torch.cat(tokens), counts, tuple(n for n, count in enumerate(counts) for _ in range(count)))


def save_small_parts(place: Path) -> list[Path]:
    """Codecs, text and voice encoder of a few numbers, each in a folder as its training would leave it."""
    from transformers import BertConfig, BertModel

    from generator.codecs.causal_video import CausalVideoCodec, CausalVideoVAE
    from generator.codecs.harmonic import HarmonicCodec, HarmonicVocoder
    from generator.codecs.word_pieces import WordPieceTextEncoder
    from generator.parts import StoredPart, save_part
    from generator.timbre.statistics import StatisticsTimbre
    from tests.generator.codecs.test_word_pieces import small_tokenizer

    words = BertConfig(
        vocab_size=12, hidden_size=WORDS // 2, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
    )  # fmt: skip
    video = CausalVideoVAE(latent_channels=CHANNELS, fine=8, middle=8, coarse=8, blocks=1)
    parts: dict[str, StoredPart] = {
        "video_codec": CausalVideoCodec(video),
        "audio_codec": HarmonicCodec(HarmonicVocoder(latent_channels=BANDS, width=8, blocks=1)),
        "text_encoder": WordPieceTextEncoder(BertModel(words, add_pooling_layer=False), small_tokenizer()),
        "timbre": StatisticsTimbre(),
    }
    for name, part in parts.items():
        save_part(part, place / name, name, shard_bytes=10**9)
    return [place / name for name in parts]


def null_text() -> NullText:
    return NullText(torch.zeros(1, WORDS), torch.ones(1, WORDS))


@pytest.fixture(scope="session")
def shards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fourteen examples of three lengths, in shards of five."""
    folder = tmp_path_factory.mktemp("examples") / "shards"
    with ShardSetWriter(folder, null_text(), about={"seeds": [0, 14]}, per_shard=5) as writer:
        for seed in range(14):
            writer.add(make_example(seed, _of_length(seed)))
    return folder


def _of_length(seed: int) -> HierarchicalCaption:
    """A sampled script of one of three lengths."""
    wanted = (3000, 4000, 5000)[seed % 3]
    found = (sample_caption(number) for number in range(1000 * seed, 1000 * (seed + 1)))
    return next(caption for caption in found if abs(caption.duration_ms - wanted) < 40)
