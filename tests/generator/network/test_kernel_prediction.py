"""Kernels that the head predicts: sums by hand, where they end, and a network that has them."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
import torch
from torch import Tensor

from generator.kernel_prediction import apply_kernels, kernel_bounds, kernel_offsets
from generator.model import Backbone
from generator.presets import TowerConfig, ovi, tiny, trial
from generator.runs import Group, Span
from mavin.errors import UsageError
from tests.generator.network.captions import draw_inputs, plan_of, small_grid, three_shots


def test_offsets_go_outwards() -> None:
    assert kernel_offsets(1) == (0,)
    assert kernel_offsets(7) == (0, -1, 1, -2, 2, -3, 3)


def test_three_latents_by_hand() -> None:
    """One channel of audio, seen 1, 10, 100; shares of own, before, after: 2, 3, 5; addend 7.

    first   7 + 2·1   + 3·1  + 5·10   past the beginning: the first again
    second  7 + 2·10  + 3·1  + 5·100
    third   7 + 2·100 + 3·10 + 5·100
    """
    seen = torch.tensor([[1.0], [10.0], [100.0]])
    told = torch.tensor([7.0, 2.0, 3.0, 5.0]).expand(3, 4)
    found = apply_kernels(told, seen, 3, kernel_bounds(None, 3, 1))
    assert found.flatten().tolist() == [62.0, 530.0, 737.0]
    # The same of a video of 2 × 2 cells and two channels, of which the second sees a thousandth.
    video = seen.reshape(1, 3, 1, 1).expand(2, 3, 2, 2) * torch.tensor([1.0, 0.001]).reshape(2, 1, 1, 1)
    shares = torch.tensor([7.0, 2.0, 3.0, 5.0]).repeat_interleave(2).reshape(8, 1, 1, 1).expand(8, 3, 2, 2)
    found = apply_kernels(shares, video, 3, kernel_bounds(None, 3, 4))
    assert found[0, :, 1, 0].tolist() == [62.0, 530.0, 737.0]
    assert found[1, :, 0, 1].tolist() == pytest.approx([7.055, 7.523, 7.73])


def test_a_kernel_sees_what_self_attention_sees() -> None:
    """Two tokens a latent; latents 0–2 are one shot, 3 and 4 another, tokens 10 and 11 an anchor that both see."""
    isolated = (
        Group((Span(0, 6),), (Span(0, 6), Span(10, 12))),
        Group((Span(6, 10),), (Span(6, 12),)),
        Group((Span(10, 12),), (Span(10, 12),)),
    )
    first, last = kernel_bounds(isolated, 5, 2)
    assert first.tolist() == [0, 0, 0, 3, 3]
    assert last.tolist() == [2, 2, 2, 4, 4]
    together = (Group((Span(0, 6),), (Span(0, 10),)), Group((Span(6, 10),), (Span(0, 12),)))
    assert [one.tolist() for one in kernel_bounds(together, 5, 2)] == [[0] * 5, [4] * 5]
    assert [one.tolist() for one in kernel_bounds(None, 2, 9)] == [[0, 0], [1, 1]]


def _by_share(values: Tensor, cells: int, channels: int) -> Tensor:
    """Rows of a head as ``(cells, 1 + kernel size, channels, …)``: a cell's addends come before its shares."""
    return values.view(cells, -1, channels, *values.shape[1:])


def _with_kernels() -> tuple[Backbone, Backbone]:
    """A network with kernels, and one without them that has the same weights otherwise."""
    shape: dict[str, Any] = {"text_dim": 24, "text_len": 16}
    video = dataclasses.replace(trial().video, in_dim=6, out_dim=6, **shape)
    audio = dataclasses.replace(trial().audio, in_dim=5, out_dim=5, **shape)
    torch.manual_seed(0)
    backbone = Backbone(dataclasses.replace(video, kernel_size=3), dataclasses.replace(audio, kernel_size=5)).double()
    for tower in (backbone.video_model, backbone.audio_model):
        assert tower is not None
        torch.nn.init.normal_(tower.head.head.weight, std=0.3)
    plain = Backbone(video, audio).double()
    state = dict(backbone.state_dict())
    for name, cells, channels in (("video_model", 4, 6), ("audio_model", 1, 5)):
        for kind in ("weight", "bias"):
            key = f"{name}.head.head.{kind}"
            state[key] = _by_share(state[key], cells, channels)[:, 0].flatten(0, 1)
    plain.load_state_dict(state)
    return backbone.eval(), plain.eval()


def test_without_shares_the_answer_is_that_of_a_plain_head() -> None:
    backbone, plain = _with_kernels()
    caption = three_shots()
    plan, _ = plan_of(caption)
    inputs = draw_inputs(small_grid(caption), plan)
    with torch.no_grad():
        for tower, cells, channels in ((backbone.video_model, 4, 6), (backbone.audio_model, 1, 5)):
            assert tower is not None
            for values in (tower.head.head.weight, tower.head.head.bias):
                _by_share(values, cells, channels)[:, 1:] = 0
        for found, wanted in zip(backbone(**inputs), plain(**inputs), strict=True):
            torch.testing.assert_close(found, wanted)


@pytest.mark.parametrize("isolate", [False, True])
def test_isolated_shots_share_no_latents(isolate: bool) -> None:
    """Other latents in shot 2 change what its neighbours answer, unless shots are isolated."""
    backbone, _ = _with_kernels()
    caption = three_shots()
    plan, _ = plan_of(caption, isolate_shots=isolate, coupled=False)
    inputs = draw_inputs(small_grid(caption), plan)
    # Shot 2 of that caption: latents 9 to 14.  (Audio latents are embedded by convolutions, which know no shots.)
    changed = {**inputs, "video": [inputs["video"][0].clone()]}
    changed["video"][0][:, 9:15] += 1
    with torch.no_grad():
        before, after = backbone(**inputs)[0][0], backbone(**changed)[0][0]
    change = (after - before).abs().amax(dim=(0, 2, 3))
    for others in (change[:9], change[15:]):
        assert (float(others.max()) < 1e-12) is isolate
    assert float(change[9:15].min()) > 1e-3


def test_it_is_stored_with_the_tower_and_absent_elsewhere() -> None:
    assert tiny().video.as_dict()["kernel_size"] == 7
    assert TowerConfig.of(tiny().video.as_dict()) == tiny().video
    assert "kernel_size" not in ovi().video.as_dict()
    with pytest.raises(UsageError, match="kernel_size must be odd, or 0 for none, got 4"):
        TowerConfig.of({**tiny().video.as_dict(), "kernel_size": 4})
