"""Eq. 1: the direction of time, the weights, and what the loss is of."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor, nn

from generator.flow import Latents, clean_from_velocity, flow_matching_loss, interpolate, start_noise, velocity
from generator.solvers import SOLVERS, Solver


def test_t_0_is_clean_and_t_1_is_noise() -> None:
    clean, noise = torch.zeros(3), torch.ones(3)
    assert torch.equal(interpolate(clean, noise, 0.0), clean)
    assert torch.equal(interpolate(clean, noise, 1.0), noise)
    assert torch.equal(interpolate(clean, noise, 0.25), torch.full((3,), 0.25))


def test_velocity_is_the_derivative_by_t() -> None:
    clean, noise = torch.randn(5, dtype=torch.float64), torch.randn(5, dtype=torch.float64)
    t, h = 0.3, 1e-6
    slope = (interpolate(clean, noise, t + h) - interpolate(clean, noise, t - h)) / (2 * h)
    torch.testing.assert_close(velocity(clean, noise), slope, rtol=1e-8, atol=1e-8)
    torch.testing.assert_close(clean_from_velocity(interpolate(clean, noise, t), velocity(clean, noise), t), clean)


@pytest.mark.parametrize("solver", SOLVERS)
def test_every_solver_follows_the_exact_velocity_back_to_the_clean_latent(solver: str) -> None:
    """A straight path has one velocity: any solver that runs from t = 1 to 0 ends at z₀."""
    clean, noise = torch.randn(4, dtype=torch.float64), torch.randn(4, dtype=torch.float64)
    ode = Solver(solver, 6, 5.0)
    noisy = interpolate(clean, noise, float(ode.sigmas[0]))
    for timestep in ode.timesteps:
        noisy = ode.step(velocity(clean, noise), timestep, noisy)
    torch.testing.assert_close(noisy, clean, rtol=0, atol=1e-6)
    assert float(ode.sigmas[0]) > float(ode.sigmas[-1]) == 0


class Echo(nn.Module):
    """Answers a fixed error on top of the true velocity, and remembers what it was told."""

    def __init__(self, truth: list[Latents], video_error: float, audio_error: float) -> None:
        super().__init__()
        self.truth, self.errors = truth, (video_error, audio_error)
        self.told: list[Any] = []

    def forward(self, video: list[Tensor], audio: list[Tensor], timestep: Tensor, *texts: Any, plan: Any) -> Any:
        self.told.append((video, audio, timestep, plan))
        return [one.video + self.errors[0] for one in self.truth], [one.audio + self.errors[1] for one in self.truth]


def test_the_loss_weighs_video_085_and_audio_015() -> None:
    shapes = [((2, 3, 4, 4), (7, 5)), ((2, 1, 2, 2), (3, 5))]
    clean = [Latents(torch.randn(v), torch.randn(a)) for v, a in shapes]
    noise = [Latents(torch.randn(v), torch.randn(a)) for v, a in shapes]
    truth = [Latents(e.video - z.video, e.audio - z.audio) for z, e in zip(clean, noise, strict=True)]
    net = Echo(truth, 2.0, 3.0)
    t = torch.tensor([0.25, 0.5])
    loss = flow_matching_loss(net, clean, noise, t, [], [], plan="plan")
    assert float(loss.video) == pytest.approx(4.0, rel=1e-5)
    assert float(loss.audio) == pytest.approx(9.0, rel=1e-5)
    assert float(loss.total) == pytest.approx(0.85 * 4.0 + 0.15 * 9.0, rel=1e-5)
    video, audio, timestep, plan = net.told[0]
    assert torch.equal(timestep, torch.tensor([250.0, 500.0]))
    torch.testing.assert_close(video[0], 0.75 * clean[0].video + 0.25 * noise[0].video)
    torch.testing.assert_close(audio[1], 0.5 * clean[1].audio + 0.5 * noise[1].audio)
    assert plan == "plan"


def test_noise_depends_on_the_seed_alone() -> None:
    first = start_noise((2, 3, 4, 4), (7, 5), seed=3)
    torch.randn(100)
    again, other = start_noise((2, 3, 4, 4), (7, 5), seed=3), start_noise((2, 3, 4, 4), (7, 5), seed=4)
    assert torch.equal(first.video, again.video)
    assert torch.equal(first.audio, again.audio)
    assert not torch.equal(first.video, other.video)
    # as Ovi draws them: each tower from a generator of its own
    assert torch.equal(first.audio, torch.randn(7, 5, generator=torch.Generator().manual_seed(3)))
