"""The codecs agree with numbers that the reference implementations produced at tiny widths on a CPU.

The fixtures hold those implementations' own tensors under their own names, so renaming and baking
are part of what is tested.  They were made with character-ai/Ovi's copies of the three models.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from diffusers import AutoencoderKLWan, MMAudioVAE
from safetensors.torch import load_file
from torch import Tensor
from transformers import UMT5Config, UMT5EncoderModel

from generator.codecs.interfaces import AudioCodec, VideoCodec
from generator.codecs.mmaudio import (
    BigVGANVocoder,
    MMAudioCodec,
    bake_mmaudio_vae,
    bake_weight_norm,
    mmaudio_vae_config,
    vocoder_config,
)
from generator.codecs.umt5 import rename_umt5
from generator.codecs.wan_video import Tiling, WanVideoCodec, rename_wan_vae, wan22_config
from mavin.errors import UsageError

PEERS = Path(__file__).parent / "peers"


def _peer(name: str) -> dict[str, Tensor]:
    return load_file(PEERS / f"{name}.safetensors")


def _part(peer: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name[len(prefix) :]: tensor.float() for name, tensor in peer.items() if name.startswith(prefix)}


@pytest.fixture(scope="module")
def wan() -> tuple[WanVideoCodec, dict[str, Tensor]]:
    peer = _peer("wan_vae")
    config = wan22_config() | {"base_dim": 2, "decoder_base_dim": 4, "z_dim": 4}
    config |= {"latents_mean": peer["mean"].tolist(), "latents_std": peer["std"].tolist()}
    vae = AutoencoderKLWan(**config)
    vae.load_state_dict(rename_wan_vae(_part(peer, "weights.")), strict=True)
    return WanVideoCodec(vae), peer


def test_the_video_vae_encodes_and_decodes_as_wan_does(wan: tuple[WanVideoCodec, dict[str, Tensor]]) -> None:
    codec, peer = wan
    assert isinstance(codec, VideoCodec)
    assert codec.stride == (4, 16, 16)
    torch.testing.assert_close(codec.encode(peer["video"][0]), peer["latent"][0], rtol=1e-4, atol=1e-4)
    expected = peer["decoded"][0].clamp(-1, 1)
    assert 0.2 < expected.abs().lt(1).float().mean() < 1, "not all of it is clamped away"
    torch.testing.assert_close(codec.decode(peer["latent"][0]), expected, rtol=1e-4, atol=1e-4)


def test_frames_come_a_latent_at_a_time(wan: tuple[WanVideoCodec, dict[str, Tensor]]) -> None:
    codec, peer = wan
    pieces = list(codec.stream(peer["latent"][0]))
    assert [piece.shape[1] for piece in pieces] == [1, 4, 4]
    # A latent's frames need nothing that comes later.
    first = next(codec.stream(torch.cat([peer["latent"][0][:, :1], torch.full((4, 2, 2, 4), 9.0)], dim=1)))
    torch.testing.assert_close(first, pieces[0])


def test_a_tile_that_holds_the_picture_changes_nothing(
    wan: tuple[WanVideoCodec, dict[str, Tensor]],
) -> None:
    codec, peer = wan
    latents = peer["latent"][0]
    whole = codec.decode(latents)
    tiled = WanVideoCodec(codec.vae, Tiling(size=4, overlap=1))
    torch.testing.assert_close(tiled.decode(latents), whole)


class _Enlarge(torch.nn.Module):
    """In place of the decoder: each cell becomes its patch, so a tile knows nothing of its edges."""

    def forward(self, x: Tensor, feat_cache: list[Tensor | None], feat_idx: list[int], first_chunk: bool) -> Tensor:
        frames = x.repeat_interleave(1 if first_chunk else 4, dim=2)
        return frames.repeat(1, 3, 1, 1, 1).repeat_interleave(8, dim=3).repeat_interleave(8, dim=4)


def test_overlapping_tiles_are_put_together_where_they_were_cut(wan: tuple[WanVideoCodec, dict[str, Tensor]]) -> None:
    codec = wan[0]
    latents = torch.rand(4, 2, 13, 11) * 0.5
    decoder, quant = codec.vae.decoder, codec.vae.post_quant_conv
    try:
        codec.vae.decoder, codec.vae.post_quant_conv = _Enlarge(), torch.nn.Identity()
        whole = codec.decode(latents)
        for tiling in (Tiling(size=4, overlap=1), Tiling(size=5, overlap=2), Tiling(size=8, overlap=4)):
            torch.testing.assert_close(WanVideoCodec(codec.vae, tiling).decode(latents), whole)
    finally:
        codec.vae.decoder, codec.vae.post_quant_conv = decoder, quant


def test_every_cell_is_covered_by_tiles_and_the_weights_are_positive() -> None:
    from generator.codecs.wan_video import _spans

    for length in range(1, 60):
        for tiling in (Tiling(size=2, overlap=1), Tiling(size=7, overlap=3), Tiling(size=16, overlap=4)):
            weight = torch.zeros(length * 2)
            for span in _spans(length, tiling):
                weight[span.scaled(2)] += span.ramp(2)
            assert weight.min() > 0, (length, tiling)


@pytest.mark.parametrize("shape", [(3, 8, 32, 32), (3, 9, 33, 32), (4, 9, 32, 32), (3, 0, 32, 32), (9, 32, 32)])
def test_frames_of_another_shape_are_refused(
    wan: tuple[WanVideoCodec, dict[str, Tensor]], shape: tuple[int, ...]
) -> None:
    with pytest.raises(UsageError, match=r"Frames must be .*got"):
        wan[0].encode(torch.zeros(shape))


@pytest.fixture(scope="module")
def mmaudio() -> tuple[MMAudioCodec, dict[str, Tensor]]:
    peer = _peer("mmaudio")
    vae = MMAudioVAE(**mmaudio_vae_config() | {"hidden_channels": 8, "latent_channels": 4})
    loaded = vae.load_state_dict(bake_mmaudio_vae(_part(peer, "vae.")), strict=False)
    assert not loaded.unexpected_keys
    assert all(name.startswith("mel_converter.") for name in loaded.missing_keys)
    vocoder = BigVGANVocoder(**vocoder_config() | {"upsample_initial_channel": 64})
    vocoder.load_state_dict(bake_weight_norm(_part(peer, "vocoder.")), strict=True)
    return MMAudioCodec(vae, vocoder), peer


def test_the_audio_vae_and_vocoder_agree_with_mmaudio(mmaudio: tuple[MMAudioCodec, dict[str, Tensor]]) -> None:
    codec, peer = mmaudio
    assert isinstance(codec, AudioCodec)
    assert codec.sample_rate / codec.hop == 31.25
    wave = peer["waveform"][0]
    torch.testing.assert_close(codec.encode(wave), peer["latent"][0].T[:15], rtol=1e-3, atol=1e-4)
    decoded = codec.decode(peer["latent"][0].T)
    assert decoded.shape == (15 * 512,)
    torch.testing.assert_close(decoded, peer["decoded_waveform"][0, 0], rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("shape", [(1, 8000), (200,), (0,)])
def test_a_waveform_of_another_shape_is_refused(
    mmaudio: tuple[MMAudioCodec, dict[str, Tensor]], shape: tuple[int, ...]
) -> None:
    with pytest.raises(UsageError, match="must be mono"):
        mmaudio[0].encode(torch.zeros(shape))


def test_old_names_of_weight_norm_are_baked_too(mmaudio: tuple[MMAudioCodec, dict[str, Tensor]]) -> None:
    new = _part(mmaudio[1], "vocoder.")
    old = {
        name.replace(".parametrizations.weight.original0", ".weight_g").replace(
            ".parametrizations.weight.original1", ".weight_v"
        ): tensor
        for name, tensor in new.items()
    }
    for name, tensor in bake_weight_norm(new).items():
        torch.testing.assert_close(bake_weight_norm(old)[name], tensor)


def test_the_text_encoder_agrees_with_wan() -> None:
    peer = _peer("umt5")
    config = UMT5Config(
        vocab_size=64,
        d_model=16,
        d_kv=8,
        d_ff=24,
        num_layers=2,
        num_heads=2,
        relative_attention_num_buckets=8,
        feed_forward_proj="gated-gelu",
        dropout_rate=0.0,
    )
    model = UMT5EncoderModel(config)  # its dropout is 0
    model.load_state_dict(rename_umt5(_part(peer, "weights.")), strict=True)
    with torch.no_grad():
        out = model(peer["ids"], peer["mask"]).last_hidden_state
    torch.testing.assert_close(out[0], peer["out"][0], rtol=1e-4, atol=1e-4)
    torch.testing.assert_close(out[1, :7], peer["out"][1, :7], rtol=1e-4, atol=1e-4)


def test_foreign_tensors_are_named() -> None:
    with pytest.raises(UsageError, match=r"no tensor 'decoder\.strange\.weight'"):
        rename_wan_vae({"decoder.strange.weight": torch.zeros(1)})
    with pytest.raises(UsageError, match=r"no tensor 'lm_head\.weight'"):
        rename_umt5({"lm_head.weight": torch.zeros(1)})
