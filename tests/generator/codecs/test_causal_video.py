"""The small causal video VAE: shapes, causality, and decoding a latent at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn

from generator.codecs.causal_video import CausalVideoCodec, CausalVideoVAE
from generator.codecs.interfaces import VideoCodec
from mavin.errors import UsageError


@pytest.fixture(scope="module")
def codec() -> CausalVideoCodec:
    torch.manual_seed(0)
    vae = CausalVideoVAE(latent_channels=4, fine=8, middle=16, coarse=16, blocks=1)
    for parameter in vae.parameters():  # layers that begin at zero would hide a mistake
        nn.init.normal_(parameter, std=0.1)
    vae.basis.mean += 0.3
    vae.basis.matrix += 0.2 * torch.randn(4, 4)
    return CausalVideoCodec(vae)


def frames(count: int) -> torch.Tensor:
    return torch.rand(3, count, 32, 48, generator=torch.Generator().manual_seed(count)) * 2 - 1


def test_it_is_a_video_codec_of_stride_4_16_16(codec: CausalVideoCodec) -> None:
    latents = codec.encode(frames(13))
    assert isinstance(codec, VideoCodec)
    assert latents.shape == (4, 4, 2, 3)
    assert codec.decode(latents).shape == (3, 13, 32, 48)


def test_a_latent_knows_nothing_of_later_frames(codec: CausalVideoCodec) -> None:
    clip = frames(17)
    assert torch.allclose(codec.encode(clip)[:, :3], codec.encode(clip[:, :9]), atol=1e-6)
    changed = clip.clone()
    changed[:, 2] = -changed[:, 2]
    same = (codec.encode(clip) == codec.encode(changed)).flatten(2).all(dim=2).all(dim=0)
    # and the past is passed on, one group further by each of the encoder's two blocks
    assert same.tolist() == [True, False, False, False, True]


def test_frames_streamed_are_those_of_the_whole(codec: CausalVideoCodec) -> None:
    latents = codec.encode(frames(13))
    scaled = codec.vae.basis.leave(latents, 0)
    with torch.no_grad():
        whole = codec.vae.decode(scaled[None])[0, :, 3:].clamp(-1, 1)
    assert [part.shape[1] for part in codec.stream(latents)] == [1, 4, 4, 4]
    assert torch.allclose(codec.decode(latents), whole, atol=1e-5)


def test_its_structure_comes_back_from_its_configuration(codec: CausalVideoCodec) -> None:
    again = CausalVideoCodec.from_config(codec.part_config(), Path())
    again.vae.load_state_dict(codec.vae.state_dict(), strict=True)
    assert torch.equal(again.encode(frames(5)), codec.encode(frames(5)))


@pytest.mark.parametrize("shape", [(3, 12, 32, 48), (3, 13, 33, 48), (3, 13, 32, 40)])
def test_other_sizes_are_refused(codec: CausalVideoCodec, shape: tuple[int, ...]) -> None:
    with pytest.raises(UsageError, match="4k \\+ 1 frames"):
        codec.encode(torch.zeros(shape))
