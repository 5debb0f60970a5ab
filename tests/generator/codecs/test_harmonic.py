"""The small audio codec: pitch is heard as it is told, lengths are exact, the same latents make the same sound."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import torch
from torch import Tensor

from generator.codecs.harmonic import HOP, RATE, HarmonicCodec, HarmonicVocoder, features
from generator.codecs.interfaces import AudioCodec
from generator.codecs.pitch import track_pitch
from generator.layout import PartInfo, PipelineIndex
from generator.parts import kind_of, load_part, save_part
from mavin.errors import UsageError


def voice(hertz: float, seconds: float = 1.0) -> Tensor:
    """A buzz with harmonics that fall off, as of a voice."""
    time = torch.arange(int(seconds * RATE)) / RATE
    waves = (
        torch.sin(2 * math.pi * hertz * number * time) / number for number in range(1, 20) if hertz * number < 7000
    )
    return 0.2 * torch.stack(list(waves)).sum(0)


@pytest.fixture(scope="module")
def codec() -> HarmonicCodec:
    torch.manual_seed(0)
    return HarmonicCodec(HarmonicVocoder(width=32, blocks=1))


@pytest.mark.parametrize("hertz", [75.0, 120.0, 210.0, 330.0, 430.0])
def test_the_pitch_of_a_voice_is_found(hertz: float) -> None:
    log_pitch, voicing = track_pitch(voice(hertz))
    inside = slice(2, -2)
    assert log_pitch[inside].exp() == pytest.approx(hertz, rel=0.01)
    assert bool((voicing[inside] > 0.9).all())


def test_noise_and_silence_are_not_voiced() -> None:
    noise = 0.1 * torch.randn(RATE, generator=torch.Generator().manual_seed(0))
    assert float((track_pitch(noise)[1] > 0.6).float().mean()) < 0.05
    assert not bool(track_pitch(torch.zeros(RATE))[1].any())


def test_pitch_runs_straight_through_what_is_not_voiced() -> None:
    wave = torch.cat((voice(100.0), torch.zeros(RATE // 2), voice(200.0)))
    pitch = track_pitch(wave)[0].exp()
    rest = pitch[66:90]  # within the silence
    assert bool((rest.diff() > 0).all())
    assert float(rest.min()) > 100 and float(rest.max()) < 200


@pytest.mark.parametrize("hertz", [100.0, 250.0])  # periods of whole samples: random harmonics are all as strong
def test_a_told_pitch_is_heard_even_by_a_network_that_has_learned_nothing(codec: HarmonicCodec, hertz: float) -> None:
    latents = codec.encode(voice(hertz))
    heard = track_pitch(codec.decode(latents))[0].exp()
    assert heard[4:-4].median() == pytest.approx(hertz, rel=0.02)


def test_lengths_and_protocol(codec: HarmonicCodec) -> None:
    assert isinstance(codec, AudioCodec)
    assert 1000 * codec.hop / codec.sample_rate == 32
    latents = codec.encode(voice(150.0, 1.3))
    assert latents.shape == (int(1.3 * RATE) // HOP, codec.channels)
    wave = codec.decode(latents)
    assert wave.shape == (len(latents) * HOP,)
    assert float(wave.abs().max()) <= 1
    assert torch.equal(wave, codec.decode(latents))


def test_what_is_told_is_two_voicings_one_pitch_and_two_spectra() -> None:
    told = features(voice(160.0))
    assert told.shape == (31, 99)
    assert told[2:-2, 0].abs().max() < 0.05  # 160 Hz is the middle of the scale


@pytest.mark.parametrize("wave", [torch.zeros(100), torch.zeros(2, RATE)])
def test_what_is_no_clip_is_refused(codec: HarmonicCodec, wave: Tensor) -> None:
    with pytest.raises(UsageError, match="mono and at least 1024 samples"):
        codec.encode(wave)
    with pytest.raises(UsageError, match="Audio latents must be"):
        codec.decode(torch.zeros(3, 7))


def test_it_is_saved_and_read_back(codec: HarmonicCodec, tmp_path: Path) -> None:
    save_part(codec, tmp_path, "audio_codec", shard_bytes=10**9)
    index = PipelineIndex(name="x", parts={"audio_codec": PartInfo(kind=kind_of("audio_codec", codec))})
    again = load_part(tmp_path, index, "audio_codec", "cpu", None)
    assert isinstance(again, HarmonicCodec)
    latents = codec.encode(voice(150.0))
    assert torch.equal(again.decode(latents), codec.decode(latents))
