"""The network as a piece of software: shapes, compiling, checkpointing, timesteps per token, bad requests."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor

from generator.checkpoint import build_backbone, load_weights, on_meta, parameter_count, save_weights
from generator.model import Backbone
from generator.presets import TowerConfig, ovi, ovi_10s, preset, trial
from mavin.errors import UsageError
from tests.generator.network.conftest import PEERS, peer_backbone


def inputs(dtype: torch.dtype = torch.float64, frames: int = 3) -> dict[str, Any]:
    generator = torch.Generator().manual_seed(0)

    def draw(*shape: int) -> Tensor:
        return torch.randn(shape, generator=generator, dtype=dtype)

    return {
        "video": [draw(6, frames, 4, 4)],
        "audio": [draw(9, 5)],
        "timestep": torch.tensor([500.0], dtype=dtype),
        "video_text": [draw(5, 24)],
        "audio_text": [draw(4, 24)],
    }


def test_ovi_has_its_published_size() -> None:
    for made in (ovi(), ovi_10s()):
        backbone = on_meta(made.video, made.audio)
        state = backbone.state_dict()
        assert parameter_count(backbone) == 11_660_753_108
        assert len(state) == 2073
        assert not list(backbone.buffers())
    fusion = [tensor for name, tensor in state.items() if "_fusion" in name]
    assert len(fusion) == 420
    assert state["audio_model.patch_embedding.2.w2.weight"].shape == (3072, 8192, 7)
    assert state["video_model.head.head.weight"].shape == (192, 3072)


def test_a_tower_alone_has_no_fusion_parameters() -> None:
    small = trial()
    video = build_backbone(small.video, None)
    assert not [name for name in video.state_dict() if "fusion" in name]
    given = inputs(torch.float32)
    velocity, nothing = build_backbone(None, small.audio)(
        None, [torch.randn(7, 20)], given["timestep"], None, given["audio_text"]
    )
    assert velocity is None
    assert nothing[0].shape == (7, 20)


def test_starting_weights_answer_zero_and_soften_the_video_towers_fusion() -> None:
    torch.manual_seed(1)
    backbone = build_backbone(trial().video, trial().audio)
    out = backbone(
        [torch.randn(48, 2, 4, 4)],
        [torch.randn(5, 20)],
        torch.tensor([1.0]),
        [torch.randn(3, 24)],
        [torch.randn(3, 24)],
    )
    assert all(bool((velocity[0] == 0).all()) for velocity in out)
    state = backbone.state_dict()
    loud = float(state["audio_model.blocks.0.cross_attn.k_fusion.weight"].std())
    assert float(state["video_model.blocks.0.cross_attn.k_fusion.weight"].std()) == pytest.approx(loud / 10, rel=0.1)


def test_timesteps_per_token_are_the_same_as_one_timestep() -> None:
    backbone = peer_backbone()
    given = inputs()
    video_only = {**given, "audio": None, "audio_text": None}
    wanted = backbone(**video_only)[0][0]
    per_token = backbone(**{**video_only, "timestep": torch.full((1, 12), 500.0, dtype=torch.float64)})[0][0]
    torch.testing.assert_close(per_token, wanted, rtol=0, atol=1e-12)
    clean = torch.full((1, 12), 500.0, dtype=torch.float64)
    clean[:, :4] = 0
    by_hand = backbone(**{**video_only, "timestep": clean})[0][0]
    by_flag = backbone(**video_only, first_frame_is_clean=True)[0][0]
    torch.testing.assert_close(by_hand, by_flag, rtol=0, atol=1e-12)
    assert not torch.allclose(by_flag, wanted, atol=1e-3)


def test_timesteps_per_token_are_each_towers_own() -> None:
    """A pair: the first video frame is clean, as by the flag; the audio has one timestep, written out."""
    backbone, given = peer_backbone(), inputs()
    video, audio = (torch.full((1, count), 500.0, dtype=torch.float64) for count in (12, given["audio"][0].shape[0]))
    video[:, :4] = 0
    by_hand = backbone(**{**given, "timestep": (video, audio)})
    by_flag = backbone(**given, first_frame_is_clean=True)
    for mine, wanted in zip(by_hand, by_flag, strict=True):
        torch.testing.assert_close(mine, wanted, rtol=0, atol=1e-12)


def test_a_batch_may_be_one_tensor() -> None:
    given = inputs()
    twice = {name: torch.stack(given[name] * 2) for name in ("video", "audio", "video_text", "audio_text")}
    both = peer_backbone()(**{**given, **twice, "timestep": given["timestep"].expand(2)})
    for mine, wanted in zip(both, peer_backbone()(**given), strict=True):
        torch.testing.assert_close(mine[1], wanted[0], rtol=0, atol=1e-12)


def test_only_distinct_timesteps_are_embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    backbone = peer_backbone()
    seen: list[int] = []
    assert backbone.video_model is not None
    backbone.video_model.time_projection.register_forward_hook(lambda _m, x, _y: seen.append(x[0].shape[1]))
    backbone(**inputs(), first_frame_is_clean=True)
    assert seen == [2]  # the step's own and zero, for 12 tokens


def test_a_batch_is_the_same_as_its_samples() -> None:
    backbone = peer_backbone()
    one, two = inputs(frames=2), inputs(frames=4)
    two["audio"], two["video_text"] = [two["audio"][0][:6]], [two["video_text"][0][:2]]
    both = {name: torch.cat((one[name], two[name])) if name == "timestep" else one[name] + two[name] for name in one}
    for at, alone in enumerate((one, two)):
        for together, single in zip(backbone(**both), backbone(**alone), strict=True):
            torch.testing.assert_close(together[at], single[0], rtol=0, atol=1e-12)


def test_compiles_as_one_graph() -> None:
    backbone = peer_backbone()
    for tower in (backbone.video_model, backbone.audio_model):
        assert tower is not None
        del tower.blocks[1:]  # every block is the same program
    compiled = torch.compile(backbone, fullgraph=True, backend="eager")
    with torch.no_grad():
        given = {**inputs(), "first_frame_is_clean": True}
        for mine, wanted in zip(compiled(**given), backbone(**given), strict=True):
            torch.testing.assert_close(mine[0], wanted[0], rtol=0, atol=1e-12)


def test_gradient_checkpointing_changes_no_gradient() -> None:
    gradients = []
    for checkpointed in (False, True):
        backbone = peer_backbone().train()
        backbone.gradient_checkpointing = checkpointed
        sum(out[0].square().sum() for out in backbone(**inputs())).backward()
        gradients.append({name: parameter.grad for name, parameter in backbone.named_parameters()})
    assert all(gradient is not None for gradient in gradients[0].values())
    for name, gradient in gradients[0].items():
        torch.testing.assert_close(gradients[1][name], gradient, rtol=1e-10, atol=1e-12)


def test_gradcheck() -> None:
    torch.manual_seed(0)
    shape = {"dim": 8, "ffn_dim": 8, "freq_dim": 4, "num_heads": 1, "num_layers": 1, "text_len": 3, "text_dim": 3}
    video = TowerConfig.of({**shape, "model_type": "ti2v", "in_dim": 1, "out_dim": 1, "patch_size": [1, 2, 2]})
    audio = TowerConfig.of({**shape, "model_type": "t2a", "in_dim": 1, "out_dim": 1, "patch_size": [1]})
    backbone = build_backbone(video, audio).double()
    with torch.no_grad():
        for parameter in backbone.parameters():
            parameter.add_(0.1 * torch.randn_like(parameter))

    def run(video: Tensor, audio: Tensor, text: Tensor) -> tuple[Tensor, Tensor]:
        out = backbone([video], [audio], torch.tensor([300.0]), [text], [text])
        return out[0][0], out[1][0]

    given = tuple(torch.randn(*s, dtype=torch.float64, requires_grad=True) for s in ((1, 1, 2, 2), (2, 1), (2, 3)))
    assert torch.autograd.gradcheck(run, given, atol=1e-6)


def changed(**values: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda given: {**given, **values}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (changed(video=None, audio=None), "got neither"),
        (changed(video=[torch.zeros(6, 3, 5, 4)]), "multiples of 2 and 2, got 5 and 4.*32 pixels"),
        (changed(video=[torch.zeros(5, 3, 4, 4)]), r"\(6, frames, height, width\), got \(5, 3, 4, 4\)"),
        (changed(audio=[torch.zeros(9, 4)]), r"\(latents, 5\), got \(9, 4\)"),
        (changed(timestep=torch.zeros(2)), "one timestep for each of 1"),
        (changed(video_text=None), "one video_text for each of 1 samples, got none"),
        (changed(video_text=[torch.zeros(17, 24)]), "at most 16 tokens, got 17"),
        (changed(video_text=[torch.zeros(5, 23)]), r"\(tokens, 24\), got \(5, 23\)"),
        (changed(video_length=11), "at least 12 tokens, got 11"),
        (changed(timestep=torch.zeros(1, 4)), r"\(1,\) or \(1, 12\), got \(1, 4\)"),
        (changed(timestep=torch.tensor(500.0)), r"\(1,\) or \(1, 12\), got \(\)"),
        (changed(audio=[torch.zeros(9, 5)] * 2), "as many samples, got 1 and 2"),
        (changed(video=[torch.zeros(6, 3, 4, 4)] * 2), "as many samples, got 2 and 1"),
    ],
)
def test_a_wrong_call_says_what_must_hold(change: Callable[[dict[str, Any]], dict[str, Any]], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        peer_backbone()(**change(inputs()))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"dim": 60}, "dim must be a multiple of 2 × num_heads = 8"),
        ({"model_type": "i2v"}, "model_type must be t2v, ti2v or t2a, got 'i2v'"),
        ({"window_size": [4, 4]}, "window_size must be"),
        ({"patch_size": [2, 2]}, "patch_size must be"),
        ({"heads": 3}, "got 'heads'"),
        ({"additional_emb_dim": 768}, "text as tokens only"),
    ],
)
def test_a_wrong_configuration_says_which_value(change: dict[str, Any], message: str) -> None:
    values = {**trial().video.as_dict(), "num_heads": 4, **change}
    with pytest.raises(UsageError, match=re.escape(message) if "(" not in message else message):
        TowerConfig.of(values)


def test_towers_must_fit_together() -> None:
    wide = {**trial().audio.as_dict(), "dim": 128}
    with pytest.raises(UsageError, match="same dim, got 64 for video and 128 for audio"):
        build_backbone(trial().video, wide)
    with pytest.raises(UsageError, match="got t2a and ti2v"):
        build_backbone(trial().audio, trial().video)
    with pytest.raises(UsageError, match="one of ovi, ovi_10s, mid, tiny, trial, got 'huge'"):
        preset("huge")


def test_a_configuration_survives_json() -> None:
    config = ovi().audio
    assert TowerConfig.of(json.loads(json.dumps(config.as_dict()))) == config


def test_weights_go_out_and_come_back(tmp_path: Path) -> None:
    backbone = peer_backbone(torch.float32)
    save_weights(backbone, tmp_path / "w.safetensors", {"name": "tiny"})
    other = Backbone(*(tower.config for tower in (backbone.video_model, backbone.audio_model) if tower is not None))
    load_weights(other, tmp_path / "w.safetensors")
    for name, tensor in backbone.state_dict().items():
        assert torch.equal(other.state_dict()[name], tensor)


def test_weights_that_do_not_fit_are_refused_before_anything_changes(tmp_path: Path) -> None:
    backbone = peer_backbone(torch.float32)
    before = {name: tensor.clone() for name, tensor in backbone.state_dict().items()}
    state = dict(before)
    name = "audio_model.head.head.bias"
    cases = {
        "1 missing (audio_model.head.head.bias)": {key: value for key, value in state.items() if key != name},
        "1 unknown (extra)": {**state, "extra": torch.zeros(1)},
        "1 of another shape (audio_model.head.head.bias must be (5,), got (7,))": {**state, name: torch.zeros(7)},
    }
    for message, tensors in cases.items():
        save_file(tensors, tmp_path / "wrong.safetensors")
        with pytest.raises(UsageError, match=re.escape(message)):
            load_weights(backbone, tmp_path / "wrong.safetensors")
    whole = (PEERS / "ovi_tiny_weights.safetensors").read_bytes()
    (tmp_path / "cut.safetensors").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UsageError, match=r"whole .safetensors file.*cut off"):
        load_weights(backbone, tmp_path / "cut.safetensors")
    torch.save(state, tmp_path / "w.pth")
    with pytest.raises(UsageError, match="pickle can run any code"):
        load_weights(backbone, tmp_path / "w.pth")
    torch.save(state, tmp_path / "disguised.safetensors")
    with pytest.raises(UsageError, match=r"whole .safetensors file"):
        load_weights(backbone, tmp_path / "disguised.safetensors")
    with pytest.raises(UsageError, match="there is none at"):
        load_weights(backbone, tmp_path / "none.safetensors")
    assert all(torch.equal(backbone.state_dict()[key], value) for key, value in before.items())


def test_a_prompt_may_be_longer_than_its_padding_where_the_network_was_trained_so() -> None:
    """Alone, and beside a short one, whose padding is its own."""
    preset = trial()
    towers = [replace(tower, text_len=6, longest_text=20) for tower in (preset.video, preset.audio)]
    torch.manual_seed(0)
    backbone = Backbone(*towers).double()
    for tower in (backbone.video_model, backbone.audio_model):
        assert tower is not None
        torch.nn.init.normal_(tower.head.head.weight)
    generator = torch.Generator().manual_seed(1)
    texts = [torch.randn(n, 24, generator=generator, dtype=torch.float64) for n in (15, 2)]
    video = [torch.randn(48, 2, 4, 4, generator=generator, dtype=torch.float64) for _ in texts]
    audio = [torch.randn(5, 20, generator=generator, dtype=torch.float64) for _ in texts]
    with torch.no_grad():
        both = backbone(video, audio, torch.tensor([500.0, 500.0]), texts, texts)
        for n, text in enumerate(texts):
            alone = backbone(video[n : n + 1], audio[n : n + 1], torch.tensor([500.0]), [text], [text])
            for together, single in zip(both, alone, strict=True):
                assert together is not None and single is not None
                torch.testing.assert_close(together[n], single[0], rtol=0, atol=1e-10)
    with pytest.raises(UsageError, match="at most 20 tokens, got 21"):
        backbone(video, audio, torch.zeros(2), [torch.zeros(21, 24)] * 2, [torch.zeros(21, 24)] * 2)
    with pytest.raises(UsageError, match="longest_text must be at least text_len = 6, got 5"):
        replace(towers[0], longest_text=5)
