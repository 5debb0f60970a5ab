"""Timbre encoders: they agree with numbers of their reference implementations, and refuse what tells no timbre.

The fixtures were made with open-mmlab/Amphion and resemblyzer 0.1.4 at tiny widths with random weights, and hold
those implementations' tensors under their own names.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor

from generator.timbre import ge2e
from generator.timbre.facodec import FACodecTimbre, facodec_config, rename_facodec_decoder, rename_facodec_encoder
from generator.timbre.ge2e import GE2ETimbre, ge2e_config, rename_ge2e
from mavin.errors import UsageError

PEERS = Path(__file__).parent / "peers"


def _part(peer: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name[len(prefix) :]: tensor for name, tensor in peer.items() if name.startswith(prefix)}


@pytest.fixture(scope="module")
def facodec() -> tuple[FACodecTimbre, dict[str, Tensor]]:
    peer = load_file(PEERS / "facodec.safetensors")
    codec = FACodecTimbre(channels=2, dim=8, layers=2, heads=2, ffn_dim=12)
    renamed = rename_facodec_encoder(_part(peer, "encoder.")) | rename_facodec_decoder(_part(peer, "decoder."))
    codec.network.load_state_dict(renamed, strict=True)
    return codec, peer


@pytest.fixture(scope="module")
def speaker() -> tuple[GE2ETimbre, dict[str, Tensor]]:
    peer = load_file(PEERS / "ge2e.safetensors")
    codec = GE2ETimbre(hidden=12, dim=10, layers=3)
    codec.network.load_state_dict(rename_ge2e(_part(peer, "weights.")), strict=True)
    return codec, peer


def _voice(peer: dict[str, Tensor]) -> Tensor:
    return peer["voice"].float() / 32767


def test_facodec_agrees_with_amphion(facodec: tuple[FACodecTimbre, dict[str, Tensor]]) -> None:
    codec, peer = facodec
    voice = _voice(peer)
    latents = codec.network.encoder(voice[None, None])[0]
    torch.testing.assert_close(latents, peer["latents"], rtol=1e-4, atol=1e-4)
    torch.testing.assert_close(codec.encode(voice, 16_000), peer["timbre"], rtol=1e-4, atol=1e-4)
    noise = codec.encode(0.1 * torch.randn(20_000, generator=torch.Generator().manual_seed(1)), 16_000)
    assert (noise - peer["timbre"]).abs().max() > 0.01, "the voice matters far beyond the tolerance"


def test_facodec_has_the_size_of_the_public_weights() -> None:
    with torch.device("meta"):
        codec = FACodecTimbre(**facodec_config())
    parameters = {name: tensor.numel() for name, tensor in codec.network.named_parameters()}
    encoder = sum(count for name, count in parameters.items() if name.startswith("encoder."))
    # ns3_facodec_encoder.bin is 16.9 MB of float32: weight norm adds a gain per filter, activations their filters.
    assert encoder * 4 == pytest.approx(16.9e6, rel=0.02)
    assert codec.dim == 256


def test_ge2e_agrees_with_resemblyzer(speaker: tuple[GE2ETimbre, dict[str, Tensor]]) -> None:
    codec, peer = speaker
    voiced = ge2e._voiced(ge2e._loud(_voice(peer)))
    assert voiced.shape[0] < peer["voice"].shape[0] - 8000, "the silence in the middle is shortened"
    starts = ge2e._windows(voiced.shape[0])
    assert len(starts) == peer["partials"].shape[0]
    frames = peer["mel"].shape[0]
    torch.testing.assert_close(ge2e._mel(voiced)[: frames - 3], peer["mel"][:-3], rtol=1e-3, atol=1e-5)
    torch.testing.assert_close(codec.encode(_voice(peer), 16_000), peer["timbre"], rtol=1e-3, atol=1e-4)
    assert peer["timbre"].std() > 0.1


def test_the_stand_in_says_that_it_is_one() -> None:
    assert "stand-in" in GE2ETimbre.name
    encoder = GE2ETimbre(**ge2e_config())
    assert encoder.dim == 256
    assert encoder.part_config()["stand_in_for"] == "FACodec"


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 48_000])
def test_any_rate_gives_nearly_the_same_timbre(
    facodec: tuple[FACodecTimbre, dict[str, Tensor]], speaker: tuple[GE2ETimbre, dict[str, Tensor]], rate: int
) -> None:
    time = torch.arange(3 * rate) / rate
    # A buzz of 140 Hz below 3 kHz, syllables at 4 Hz: the same sound at every rate.
    buzz = sum(torch.sin(2 * torch.pi * 140 * k * time) / k for k in range(1, 21))
    wave = 0.1 * buzz * (0.6 + 0.4 * torch.sin(2 * torch.pi * 4 * time))
    codec, _ = facodec
    assert torch.nn.functional.cosine_similarity(codec.encode(wave, rate), _at_16k(codec), dim=0) > 0.99
    assert speaker[0].encode(wave, rate).norm() == pytest.approx(1, abs=1e-5)


def _at_16k(codec: FACodecTimbre) -> Tensor:
    time = torch.arange(3 * 16_000) / 16_000
    buzz = sum(torch.sin(2 * torch.pi * 140 * k * time) / k for k in range(1, 21))
    return codec.encode(0.1 * buzz * (0.6 + 0.4 * torch.sin(2 * torch.pi * 4 * time)), 16_000)


def test_channels_are_mixed_and_long_voices_taken_in_parts(
    facodec: tuple[FACodecTimbre, dict[str, Tensor]], monkeypatch: pytest.MonkeyPatch
) -> None:
    codec, peer = facodec
    voice = _voice(peer)
    torch.testing.assert_close(codec.encode(torch.stack([voice, voice]), 16_000), peer["timbre"], rtol=1e-4, atol=1e-4)
    monkeypatch.setattr("generator.timbre.facodec._PART_SECONDS", 2)
    long = torch.cat([voice, 0.5 * voice])  # 2.5 s: two parts
    mean = torch.stack([codec.encode(half, 16_000) for half in long.tensor_split(2)]).mean(dim=0)
    torch.testing.assert_close(codec.encode(long, 16_000), mean)


@pytest.mark.parametrize(
    ("wave", "rate", "message"),
    [
        (torch.full((8_000,), 0.1), 16_000, r"at least 1 s, got 0\.50 s"),
        (torch.zeros(32_000), 16_000, "silent"),
        (torch.full((32_000,), float("nan")), 16_000, "finite"),
        (torch.zeros(1, 2, 3), 16_000, "samples"),
        (torch.ones(32_000), 0, "positive rate"),
    ],
)
def test_what_tells_no_timbre_is_refused(
    facodec: tuple[FACodecTimbre, dict[str, Tensor]],
    speaker: tuple[GE2ETimbre, dict[str, Tensor]],
    wave: Tensor,
    rate: int,
    message: str,
) -> None:
    for codec in (facodec[0], speaker[0]):
        with pytest.raises(UsageError, match=message):
            codec.encode(wave, rate)


def test_ge2e_hears_when_nobody_speaks(speaker: tuple[GE2ETimbre, dict[str, Tensor]]) -> None:
    hum = 0.3 * torch.sin(2 * torch.pi * 60 * torch.arange(32_000) / 16_000)
    with pytest.raises(UsageError, match="no speech was heard"):
        speaker[0].encode(hum, 16_000)


def test_a_configuration_makes_the_encoder_it_came_from(facodec: tuple[FACodecTimbre, dict[str, Tensor]]) -> None:
    codec, peer = facodec
    again = FACodecTimbre.from_config(codec.part_config())
    again.modules_by_name()["model"].load_state_dict(codec.modules_by_name()["model"].state_dict(), strict=True)
    torch.testing.assert_close(again.encode(_voice(peer), 16_000), peer["timbre"], rtol=1e-4, atol=1e-4)


def test_other_files_are_named() -> None:
    with pytest.raises(UsageError, match=r"timbre_encoder.*ns3_facodec_decoder\.bin"):
        rename_facodec_decoder({"model.0.weight": torch.zeros(1)})
    with pytest.raises(UsageError, match=r"pretrained\.pt"):
        rename_ge2e({"model_state": {"other": torch.zeros(1)}})
