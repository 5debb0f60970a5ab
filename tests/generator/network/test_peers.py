"""The network against numbers that the Ovi reference produced: forward calls, batches, sampling."""

from __future__ import annotations

import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor

from generator.model import Backbone
from generator.sampler import sample
from generator.solvers import Solver
from tests.generator.network.conftest import PEERS, Peer, peer_backbone, peers

FORWARD = [
    "t2v",
    "i2v_first_frame_clean",
    "audio_only",
    "video_only",
    "uneven_batch",
    "overlong_clean_skip",
    "distinct_texts",
    "video_alone_skip_ignored",
]


def call(backbone: Backbone, peer: Peer, dtype: torch.dtype) -> list[tuple[Tensor, Tensor]]:
    def given(name: str) -> list[Tensor] | None:
        found = peer.sequence(f"in.{name}")
        return None if found is None else [tensor.to(dtype) for tensor in found]

    values = peer.values
    with torch.no_grad():
        out = backbone(
            given("vid"),
            given("audio"),
            peer.tensors["in.t"],
            given("vid_context"),
            given("audio_context"),
            values.get("vid_seq_len"),
            values.get("audio_seq_len"),
            values.get("first_frame_is_clean", False),
            values.get("slg_layer", 0),
        )
    pairs = []
    for name, mine in zip(("vid", "audio"), out, strict=True):
        wanted = peer.sequence(f"out.{name}")
        assert (mine is None) == (wanted is None)
        pairs += list(zip(mine or (), wanted or (), strict=True))
    assert pairs
    return pairs


@pytest.mark.parametrize("name", FORWARD)
def test_forward_agrees_with_the_reference_in_float64(name: str, backbone64: Backbone) -> None:
    for mine, wanted in call(backbone64, peers()[name], torch.float64):
        torch.testing.assert_close(mine, wanted, rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", FORWARD)
def test_forward_agrees_with_the_reference_in_float32(name: str) -> None:
    for mine, wanted in call(peer_backbone(torch.float32), peers()[name], torch.float32):
        assert mine.dtype == torch.float32
        torch.testing.assert_close(mine.double(), wanted, rtol=0, atol=1e-4)


def test_bfloat16_is_only_noisy() -> None:
    """bf16 keeps 8 bits: 1e-2 is its noise, as the reference notes measure; norms and angles stay in float32."""
    for mine, wanted in call(peer_backbone(torch.bfloat16), peers()["t2v"], torch.bfloat16):
        assert mine.dtype == torch.bfloat16
        assert float((mine.double() - wanted).norm() / wanted.norm()) < 2e-2


@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float64, 1e-9), (torch.float32, 1e-4)])
def test_sampling_agrees_with_the_reference(dtype: torch.dtype, tolerance: float) -> None:
    run = {name: tensor.to(dtype) for name, tensor in load_file(PEERS / "ovi_tiny_sampling.safetensors").items()}
    start = (run["t2v.init.video"], run["t2v.init.audio"])
    texts = (run["ctx"], run["ctx"], run["neg_video"], run["neg_audio"])
    out = sample(peer_backbone(dtype), start, *texts, 5, 5.0, 4.0, 3.0, skip_layer=1)
    for mine, name in zip(out, ("video", "audio"), strict=True):
        assert mine.dtype == dtype
        torch.testing.assert_close(mine, run[f"t2v.{name}"], rtol=0, atol=tolerance)


@pytest.mark.parametrize("solver", ["unipc", "dpm++", "euler"])
def test_every_solver_agrees_with_the_reference(solver: str, backbone64: Backbone) -> None:
    """unipc and dpm++ also from a first frame (image to video)."""
    run = peers()[f"sampling.{solver}"].tensors
    start = (run["init.video"], run["init.audio"])
    texts = (run["text.video"], run["text.audio"], run["negative.video"], run["negative.audio"])
    out = sample(backbone64, start, *texts, 4, 5.0, 4.0, 3.0, 1, run.get("first"), solver=solver)
    torch.testing.assert_close(out.video, run["video"], rtol=0, atol=1e-9)
    torch.testing.assert_close(out.audio, run["audio"], rtol=0, atol=1e-9)
    if "first" in run:
        assert torch.equal(out.video[:, :1], run["first"])


def test_fifty_steps_have_the_grid_of_the_reference() -> None:
    wanted = load_file(PEERS / "unipc_50.safetensors")
    solver = Solver("unipc", 50, 5.0)
    assert torch.equal(solver.timesteps, wanted["timesteps"])
    torch.testing.assert_close(solver.sigmas, wanted["sigmas"], rtol=0, atol=3e-8)
