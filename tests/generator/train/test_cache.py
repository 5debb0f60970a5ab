"""From parts that were trained one by one to a pipeline, and from it to examples on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from generator.layout import read_index
from generator.pipeline import MavinPipeline
from generator.train.assemble import assemble
from generator.train.cache import cache_world, latent_std
from generator.train.config import TrainConfig
from generator.train.examples import latent_shape
from generator.train.on_the_fly import Encoders, WorldDataset
from generator.train.shards import ShardDataset
from generator.train.world import SMALL, sample_caption, world_clip, world_still
from mavin.caption import Aspect
from mavin.errors import UsageError
from tests.generator.train.conftest import save_small_parts

FIRST = next(seed for seed in range(50) if sample_caption(seed).duration_ms < 3600 and world_clip(seed).references)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline of small parts with a network that has learned nothing."""
    place = tmp_path_factory.mktemp("parts")
    torch.manual_seed(0)
    folders = save_small_parts(place)
    tower = {"dim": 24, "ffn_dim": 48, "freq_dim": 16, "num_heads": 2, "num_layers": 2, "text_len": 64, "text_dim": 12}
    config = TrainConfig.model_validate(
        {
            "name": "small",
            "network": {
                "preset": "tiny",
                "video": {**tower, "in_dim": 6, "out_dim": 6},
                "audio": {**tower, "in_dim": 5, "out_dim": 5},
                "timbre_dim": 51,
            },
            "data": {"type": "shards", "folder": "x"},
            "batch_size": 1,
            "stages": [{"name": "text", "steps": 1, "references": "none"}],
        }
    )
    assemble(place / "whole", "small", folders, fresh=config, sampling={"steps": 2})
    return place / "whole"


def test_a_pipeline_is_put_together(folder: Path) -> None:
    index = read_index(folder)
    assert set(index.parts) == {"backbone", "identity", "video_codec", "audio_codec", "text_encoder", "timbre"}
    assert index.training.sizes[Aspect.WIDE] == SMALL["16:9"]
    with pytest.raises(UsageError, match="new or empty"):
        assemble(folder, "again", [folder])


def test_it_makes_a_film_at_the_size_that_it_knows(folder: Path) -> None:
    pipeline = MavinPipeline.from_pretrained(folder, device="cpu")
    caption = sample_caption(FIRST)
    film = pipeline(caption, steps=1)
    width, height = SMALL[caption.aspect]
    assert film.frames is not None
    assert film.frames.shape[1:] == (height, width, 3)


def test_examples_are_drawn_once_and_go_on_where_they_stopped(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "examples"
    assert cache_world(place, str(folder), first_seed=FIRST, count=1, per_shard=1) == 1
    written = (place / "shard-000000.tar").stat().st_mtime_ns
    assert cache_world(place, str(folder), first_seed=FIRST, count=2, per_shard=1) == 2
    assert (place / "shard-000000.tar").stat().st_mtime_ns == written
    examples = ShardDataset(place)
    first, second = examples[0], examples[1]
    assert len(examples) == 2
    clip = world_clip(FIRST)
    assert (first.caption, second.caption) == (clip.caption, world_clip(FIRST + 1).caption)
    assert [one.role for one in first.references] == [one.role for one in clip.references]
    for one in first.references:
        assert one.image is not None and one.voice is not None and one.timbre is not None
        assert one.image.shape[:2] == (6, 1)
        assert one.timbre.shape == (51,)
    spread = latent_std(examples)
    cells = torch.cat([one.latents.audio.double() for one in (first, second)])
    assert spread["audio"] == pytest.approx(cells.var(0).sqrt().tolist(), abs=6e-4)
    rows = [one.latents.video[0].double().flatten() for one in (first, second)]
    assert spread["video"][0] == pytest.approx(float(torch.cat(rows).std()), abs=6e-4)
    assert [len(spread["video"]), len(spread["audio"])] == [6, 5]
    with pytest.raises(UsageError, match="same kind"):
        cache_world(place, str(folder), first_seed=FIRST + 7, count=3)


def test_single_pictures_are_examples_of_one_latent(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "stills"
    assert cache_world(place, str(folder), first_seed=FIRST, count=2, stills=True) == 2
    examples = ShardDataset(place)
    for number in range(2):
        one, drawn = examples[number], world_still(FIRST + number)
        assert one.caption == drawn.caption
        width, height = SMALL[drawn.caption.aspect]
        assert one.latents.video.shape == (6, 1, height // 16, width // 16)
        assert one.latents.audio.shape == (1, 5)
        assert examples.shape(number) == latent_shape(one.latents)
    world = WorldDataset(Encoders.of(str(folder)), first_seed=FIRST, stills=True)
    assert world.shape(1) == examples.shape(1)
    with pytest.raises(UsageError, match="same kind"):
        cache_world(place, str(folder), first_seed=FIRST, count=3)
