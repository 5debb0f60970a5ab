"""What follows from the noisy latent alone: the factors by arithmetic, and a network that answers nothing else."""

from __future__ import annotations

import dataclasses

import pytest
import torch

from generator.flow import Latents, flow_matching_loss, interpolate, velocity
from generator.model import Backbone
from generator.preconditioning import Preconditioning
from generator.presets import TowerConfig, trial
from mavin.errors import UsageError

STD = (3.0, 0.5)


def _backbone() -> Backbone:
    def told(tower: TowerConfig) -> TowerConfig:
        return dataclasses.replace(tower, latent_std=tuple(0.1 + 0.2 * n for n in range(tower.in_dim)))

    preset = trial()
    torch.manual_seed(0)
    return Backbone(told(preset.video), told(preset.audio))


@pytest.mark.parametrize("t", [0.0, 0.1, 0.5, 0.9, 1.0])
def test_the_factors_are_those_of_the_best_straight_line(t: float) -> None:
    """Of 400,000 pairs: its slope, and the standard deviations of z_t and of what the line leaves."""
    generator = torch.Generator().manual_seed(1)
    clean = torch.randn(400_000, 2, generator=generator) * torch.tensor(STD)
    noise = torch.randn(400_000, 2, generator=generator)
    z, v = interpolate(clean, noise, t), velocity(clean, noise)
    found = Preconditioning.at(torch.tensor(t), STD, z)
    torch.testing.assert_close(found.skip, (z * v).sum(0) / z.square().sum(0), rtol=0, atol=0.02)
    torch.testing.assert_close((found.into * z).std(0), torch.ones(2), rtol=0.01, atol=0)
    torch.testing.assert_close(found.out, (v - found.skip * z).std(0), rtol=0.01, atol=0.01)


def test_at_the_ends_by_hand() -> None:
    """t = 1: z is ε, so v ≈ ε, and −z₀ is left.  t = 0: z is z₀, so v ≈ −z₀, and ε is left."""
    z = torch.zeros(1, 2)
    noisy, clean = (Preconditioning.at(torch.tensor(t), STD, z) for t in (1.0, 0.0))
    torch.testing.assert_close(torch.stack((noisy.into, noisy.skip)), torch.ones(2, 2))
    torch.testing.assert_close(noisy.out, torch.tensor(STD))
    torch.testing.assert_close(clean.into, 1 / torch.tensor(STD))
    torch.testing.assert_close(torch.stack((clean.skip, clean.out)), torch.tensor([[-1.0] * 2, [1.0] * 2]))


def test_a_fresh_network_has_the_loss_of_the_line() -> None:
    """Its head answers zero; the loss of Eq. 1 is then σ² / ((1 − t)² σ² + t²), here at t = 0.5, mean of channels."""
    backbone = _backbone()
    video, audio = backbone.video_model, backbone.audio_model
    assert video is not None and audio is not None
    generator = torch.Generator().manual_seed(2)
    stds = [torch.tensor(tower.config.latent_std) for tower in (video, audio)]
    shapes = ((48, 5, 16, 16), (2000, 20))
    clean = Latents(
        torch.randn(shapes[0], generator=generator) * stds[0][:, None, None, None],
        torch.randn(shapes[1], generator=generator) * stds[1],
    )
    noise = Latents(*(torch.randn(shape, generator=generator) for shape in shapes))
    text = [torch.zeros(1, 24)]
    with torch.no_grad():
        loss = flow_matching_loss(backbone, [clean], [noise], torch.tensor([0.5]), text, text)
    for found, std in ((loss.video, stds[0]), (loss.audio, stds[1])):
        assert float(found) == pytest.approx(float((std.square() / (0.25 * std.square() + 0.25)).mean()), rel=0.02)


@pytest.mark.parametrize("kernel", [0, 3])
def test_a_batch_of_clips_of_one_size_is_each_of_them(kernel: int) -> None:
    backbone = _backbone()
    assert backbone.video_model is not None
    assert backbone.audio_model is not None
    towers = (backbone.video_model.config, backbone.audio_model.config)
    backbone = Backbone(*(dataclasses.replace(one, kernel_size=kernel) for one in towers)).double()
    for parameter in backbone.parameters():
        torch.nn.init.normal_(parameter, std=0.2)
    video, audio = torch.randn(3, 48, 4, 2, 4).double(), torch.randn(3, 13, 20).double()
    texts = [torch.randn(n, 24).double() for n in (3, 5, 4)]
    t = torch.tensor([50.0, 400.0, 990.0]).double()
    together = backbone(list(video), list(audio), t, texts, texts)
    for sample in range(3):
        at = slice(sample, sample + 1)
        alone = backbone(list(video[at]), list(audio[at]), t[at], texts[at], texts[at])
        for one, other in zip(together, alone, strict=True):
            torch.testing.assert_close(one[sample], other[0], rtol=0, atol=1e-9)


def test_a_given_first_frame_has_its_own_time() -> None:
    backbone = _backbone()
    latent = torch.randn(48, 3, 4, 4, generator=torch.Generator().manual_seed(3))
    with torch.no_grad():
        out, _ = backbone([latent], None, torch.tensor([1000.0]), [torch.zeros(1, 24)], None, first_frame_is_clean=True)
    assert out is not None
    torch.testing.assert_close(out[0][:, 0], -latent[:, 0])  # t = 0, and the head answers zero
    torch.testing.assert_close(out[0][:, 1:], latent[:, 1:])  # t = 1


def test_references_come_in_the_size_of_the_noisy_tokens() -> None:
    video = _backbone().video_model
    assert video is not None and video.config.latent_std is not None
    std = torch.tensor(video.config.latent_std)[:, None, None, None]
    image = torch.randn(48, 1, 4, 4, generator=torch.Generator().manual_seed(4))
    torch.testing.assert_close(video.embed_clean(image * std), video.patchify(image.unsqueeze(0)).squeeze(0))


def test_it_is_stored_with_the_tower_and_absent_elsewhere() -> None:
    told = _backbone().part_config()["video"]
    assert TowerConfig.of(told).latent_std == tuple(told["latent_std"])
    assert "latent_std" not in trial().video.as_dict()


@pytest.mark.parametrize("wrong", [(1.0,), (1.0,) * 47 + (0.0,)])
def test_a_number_for_each_channel_or_an_error(wrong: tuple[float, ...]) -> None:
    with pytest.raises(UsageError, match="latent_std must be a positive number for each of 48 channels"):
        dataclasses.replace(trial().video, latent_std=wrong)


def test_one_time_a_sample() -> None:
    backbone = _backbone()
    with pytest.raises(UsageError, match="one timestep a sample"):
        backbone([torch.zeros(48, 1, 2, 2)], None, torch.zeros(1, 1), [torch.zeros(1, 24)], None)
