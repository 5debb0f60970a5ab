"""A configuration says what is wrong with it and where; those that come with the package hold the paper's numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
import yaml

from generator.checkpoint import parameter_count
from generator.timbre.facodec import facodec_config
from generator.train.config_file import read_config, shipped_configs
from generator.train.trainee import build_trainee
from mavin.errors import UsageError
from tests.generator.train.conftest import make_config, values


def test_the_configuration_for_ovi_has_the_papers_numbers() -> None:
    config = read_config("ovi")
    assert [(stage.steps, stage.references) for stage in config.stages] == [
        (60_000, "none"), (20_000, "one"), (15_000, "all"),
    ]  # fmt: skip
    own = config.optimizer
    assert (own.learning_rate, own.betas, own.eps) == (5e-5, (0.9, 0.95), 1e-8)
    assert (config.loss.video_weight, config.loss.audio_weight) == (0.85, 0.15)
    assert (config.timesteps.distribution, config.timesteps.shift) == ("uniform", 1.0)
    with torch.device("meta"):
        trainee = build_trainee(config)
    assert parameter_count(trainee.backbone) == 11_660_753_108
    assert trainee.backbone.gradient_checkpointing
    assert trainee.identity is not None and trainee.identity.timbre_projection.in_features == facodec_config()["dim"]
    assert all(read_config(name).name == name for name in shipped_configs())


def write(folder: Path, changes: dict[str, Any], text: str = "") -> Path:
    path = folder / "c.yaml"
    path.write_text(yaml.safe_dump(values(folder) | changes) + text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"colour": 1}, "colour: there is no such key"),
        ({"batch_size": 0}, r"batch_size: .*greater than or equal to 1, got 0"),
        ({"micro_batch_size": 3}, r"micro_batch_size: must divide batch_size = 4, got 3"),
        ({"stages": [{"name": "a", "steps": 1, "references": "some"}]}, r"stages\.0\.references: .*'one'"),
        ({"data": {"type": "shards", "folders": "x"}}, r"data\.folder: Field required"),
        ({"network": {"preset": "huge"}}, "network: A preset must be one of"),
        ({"network": {"preset": "tiny", "video": {"dim": 7}}}, r"network: A tower's dim must be a multiple"),
        ({"network": {"preset": "tiny"}}, r"network\.timbre_dim must be given where a stage has references"),
        ({"optimizer": {"learning_rate": -1}}, r"optimizer\.learning_rate: .*greater than 0"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_config(write(tmp_path, changes))


def test_a_key_that_is_there_twice_no_yaml_and_no_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'seed' is there twice"):
        read_config(write(tmp_path, {}, "seed: 5\n"))
    with pytest.raises(UsageError, match="must be YAML"):
        read_config(write(tmp_path, {}, "a: [\n"))
    with pytest.raises(UsageError, match=r"a YAML file or one of .*ovi"):
        read_config("nowhere")


def test_single_values_can_be_changed(tmp_path: Path) -> None:
    path = write(tmp_path, {})
    config = read_config(path, ["dropout.caption=0.25", "stages.1.steps=9", "ema=null", "data.folder=else"])
    assert (config.dropout.caption, config.stages[1].steps, config.ema) == (0.25, 9, None)
    assert config.data.folder == "else"  # type: ignore[union-attr]
    for change, said in (("ema", "KEY=VALUE"), ("stages.7.steps=1", "'7' is none"), ("seed=[", "must be YAML")):
        with pytest.raises(UsageError, match=said):
            read_config(path, [change])


def test_stages_and_learning_rates_follow_the_step() -> None:
    config = make_config(Path(), optimizer={"learning_rate": 1.0, "warmup_steps": 4})
    assert [config.stage_at(step).name for step in (0, 2, 3, 6, 9, 50)] == ["text", "text", "one", "all", "all", "all"]
    assert [config.learning_rate_at(step) for step in (0, 3, 9)] == [0.25, 1.0, 1.0]
    cosine = make_config(Path(), optimizer={"learning_rate": 1.0, "schedule": "cosine"})
    # Half way 0.1 + 0.9 · 1/2; the last of ten steps is not yet the end.
    assert cosine.learning_rate_at(0) == pytest.approx(1.0)
    assert cosine.learning_rate_at(5) == pytest.approx(0.55)
    assert 0.1 < cosine.learning_rate_at(9) < 0.15
