"""What weights are is told from headers alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from generator.checkpoint import build_backbone
from generator.presets import trial
from generator.weights.inspect import inspect
from generator.weights.recipes import RECIPES
from mavin.errors import UsageError
from tests.generator.weights.public import Public


@pytest.fixture
def backbone(tmp_path: Path) -> Path:
    """A backbone of preset ``trial``, as its makers would publish it."""
    preset = trial()
    path = tmp_path / "mine.safetensors"
    save_file(dict(build_backbone(preset.video, preset.audio).state_dict()), path)
    return path


def test_a_backbone_names_the_presets_that_it_fits(backbone: Path) -> None:
    found = inspect(backbone, verify=True)
    (part,) = found.parts
    assert (part.part, part.kind, part.fits) == ("backbone", "dual_tower", ("trial",))
    assert found.problems == ()
    (module,) = part.modules
    assert module.tensors == len(load_file(backbone))
    assert module.parameters == sum(tensor.numel() for tensor in load_file(backbone).values()) == found.parameters
    assert module.dtypes == {"F32": module.parameters}
    assert found.files[0].bytes == backbone.stat().st_size
    assert found.files[0].sha256 is not None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda state: state.pop("audio_model.head.head.bias"), r"missing \(audio_model\.blocks\.10"),
        (lambda state: state.update(other=torch.zeros(1)), r"1 unknown \(other\)"),
        (lambda state: state.update({"audio_model.head.head.bias": torch.zeros(7)}), "of another shape"),
    ],
)
def test_what_does_not_fit_is_said(backbone: Path, change: Callable[[dict[str, Tensor]], Any], message: str) -> None:
    state = load_file(backbone)
    change(state)
    save_file(state, backbone)
    found = inspect(backbone)
    assert found.parts[0].fits == ()
    assert any(re.search(message, problem) for problem in found.problems), found.problems


def test_public_files_are_recognised(public: Public) -> None:
    found = inspect(public.folder)
    kinds = {module.name: part.kind for part in found.parts for module in part.modules}
    assert kinds == {
        "model": "dual_tower",
        "Wan2.2_VAE": "wan2.2",
        "models_t5_umt5-xxl-enc-bf16": "umt5",
        "v1-16": "mmaudio_16k",
        "best_netG": "mmaudio_16k",
        "ns3_facodec_encoder": "facodec",
        "ns3_facodec_decoder": "facodec",
        "pretrained": "ge2e",
    }
    assert all("against the public weights" in problem for problem in found.problems), "they are small"


def test_a_public_file_of_the_public_size_fits(tmp_path: Path) -> None:
    shapes = RECIPES["ge2e"].expected(RECIPES["ge2e"].config())["model"]
    state = {name: torch.zeros(shape) for name, shape in shapes.items()}
    torch.save({"step": 1, "model_state": state | {"similarity_bias": torch.zeros(1)}}, tmp_path / "pretrained.pt")
    assert inspect(tmp_path / "pretrained.pt").problems == ()
    state.pop("linear.bias")
    torch.save({"step": 1, "model_state": state}, tmp_path / "pretrained.pt")
    (problem,) = inspect(tmp_path / "pretrained.pt").problems
    assert "1 missing (linear.bias)" in problem


def test_a_pipeline_is_compared_with_its_own_configuration(convert_here: Callable[..., Any], tmp_path: Path) -> None:
    made = convert_here(shard_bytes=400_000)
    found = inspect(made.folder)
    assert found.problems == ()
    assert {part.part: part.licence for part in found.parts}["audio_codec"] == "CC-BY-NC-4.0"
    assert found.index is not None
    assert found.index["name"] == made.index.name
    assert {file.name for file in found.files} == set(made.index.files)
    config = made.folder / "video_codec" / "config.json"
    config.write_text(config.read_text().replace('"base_dim": 2', '"base_dim": 4'))
    shard = next((made.folder / "backbone").glob("model-00002-*"))
    shard.unlink()
    (made.folder / "text_encoder" / "model.safetensors").write_bytes(b"short")
    problems = inspect(made.folder).problems
    for part in ("video_codec, model: ", shard.name, "text_encoder"):
        assert any(part in problem for problem in problems), (part, problems)


def test_other_files_are_told_apart(tmp_path: Path) -> None:
    save_file({"lora.down": torch.zeros(2, 3, dtype=torch.float16)}, tmp_path / "lora.safetensors")
    (part,) = inspect(tmp_path / "lora.safetensors").parts
    assert (part.part, part.modules[0].parameters, part.modules[0].dtypes) == ("", 6, {"F16": 6})
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="must hold weights"):
        inspect(tmp_path / "empty")
    with pytest.raises(UsageError, match="mavin weights list"):
        inspect(tmp_path / "nowhere")
