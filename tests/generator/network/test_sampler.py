"""Sampling as a service: progress, cancelling, seeds, references, first frames, bad requests; and learning."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor

from generator.checkpoint import build_backbone
from generator.flow import Latents, flow_matching_loss, start_noise
from generator.model import Backbone
from generator.presets import TowerConfig
from generator.sampler import SamplingCancelledError, Step, sample
from mavin.errors import UsageError
from tests.generator.network.captions import draw_inputs, plan_of, references_of, small_grid, three_shots, with_anchors


def request(seed: int = 0, **changes: Any) -> dict[str, Any]:
    generator = torch.Generator().manual_seed(9)

    def text(tokens: int) -> Tensor:
        return torch.randn(tokens, 24, generator=generator, dtype=torch.float64)

    given: dict[str, Any] = {
        "start": start_noise((6, 2, 4, 4), (9, 5), seed, dtype=torch.float64),
        "video_text": text(5),
        "audio_text": text(4),
        "negative_video_text": text(3),
        "negative_audio_text": text(2),
        "steps": 3,
        "shift": 5.0,
        "video_guidance": 4.0,
        "audio_guidance": 3.0,
    }
    return {**given, **changes}


def test_the_same_seed_gives_the_same_clip(backbone64: Backbone) -> None:
    one, two, other = (sample(backbone64, **request(seed)) for seed in (1, 1, 2))
    assert torch.equal(one.video, two.video)
    assert torch.equal(one.audio, two.audio)
    assert not torch.equal(one.video, other.video)


def test_every_step_is_told_and_false_cancels(backbone64: Backbone) -> None:
    told: list[Step] = []
    out = sample(backbone64, **request(on_step=told.append))
    assert [(step.number, step.steps) for step in told] == [(1, 3), (2, 3), (3, 3)]
    assert [step.timestep for step in told] == sorted((step.timestep for step in told), reverse=True)
    assert torch.equal(told[-1].latents.video, out.video)
    told.clear()

    def stop(step: Step) -> bool:
        told.append(step)
        return step.number < 2

    with pytest.raises(SamplingCancelledError, match="after step 2 of 3"):
        sample(backbone64, **request(on_step=stop))
    assert len(told) == 2


def test_sampling_may_go_on_from_latents(backbone64: Backbone) -> None:
    """Latents come out as they go in: nothing else is kept between calls."""
    start = start_noise((6, 2, 4, 4), (9, 5), 0, dtype=torch.float64)
    kept = (start.video.clone(), start.audio.clone())
    out = sample(backbone64, **request(start=start))
    assert torch.equal(start.video, kept[0])
    assert torch.equal(start.audio, kept[1])
    assert out.video.dtype == torch.float64
    assert not out.video.requires_grad


def test_without_guidance_the_negative_pass_is_spared(backbone64: Backbone) -> None:
    calls: list[int] = []
    handle = backbone64.register_forward_hook(lambda *_: calls.append(1))
    try:
        sample(backbone64, **request(video_guidance=1.0, audio_guidance=1.0))
        assert len(calls) == 3
        calls.clear()
        sample(backbone64, **request(video_guidance=1.0))
        assert len(calls) == 6
    finally:
        handle.remove()


def test_references_have_a_guidance_of_their_own(backbone64: Backbone) -> None:
    caption = three_shots()
    grid = small_grid(caption)
    plan, _ = plan_of(caption, references=references_of(caption))
    plan = with_anchors(backbone64, plan, 2)
    inputs = draw_inputs(grid, plan)
    given = request(
        start=Latents(inputs["video"][0], inputs["audio"][0]),
        video_text=inputs["video_text"][0],
        audio_text=inputs["audio_text"][0],
        plan=plan,
        steps=2,
    )
    plain = sample(backbone64, **given)
    one = sample(backbone64, **given, reference_guidance=1.0)
    two = sample(backbone64, **given, reference_guidance=2.0)
    torch.testing.assert_close(one.video, plain.video, rtol=0, atol=1e-9)
    assert float((two.video - plain.video).abs().max()) > 1e-3
    with pytest.raises(UsageError, match="only be given with references"):
        sample(backbone64, **request(reference_guidance=2.0))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"solver": "heun"}, r"one of unipc, dpm\+\+, euler, got 'heun'"),
        ({"steps": 0}, "at least 1 step, got 0"),
        ({"shift": 0.0}, "above 0, got 0.0"),
        ({"first_frame_latent": torch.zeros(6, 1, 2, 4)}, r"\(6, 1, 4, 4\), got \(6, 1, 2, 4\).*size of the clip"),
    ],
)
def test_wrong_requests_say_what_must_hold(change: dict[str, Any], message: str, backbone64: Backbone) -> None:
    with pytest.raises(UsageError, match=message):
        sample(backbone64, **request(**change))


def test_one_clip_is_learned_by_heart() -> None:
    """Eq. 1, the towers and the sampler together: the sampled latents come back within 5 % in relative L2."""
    torch.manual_seed(0)
    shape = {"dim": 64, "ffn_dim": 128, "freq_dim": 64, "num_heads": 2, "num_layers": 1, "text_len": 4, "text_dim": 8}
    video = TowerConfig.of({**shape, "model_type": "ti2v", "in_dim": 4, "out_dim": 4, "patch_size": [1, 2, 2]})
    audio = TowerConfig.of({**shape, "model_type": "t2a", "in_dim": 4, "out_dim": 4, "patch_size": [1]})
    backbone = build_backbone(video, audio)
    clean = Latents(torch.randn(4, 2, 4, 4), torch.randn(8, 4))
    text = torch.randn(3, 8)
    batch, steps = 8, 600
    optimiser = torch.optim.AdamW(backbone.parameters(), lr=8e-3, betas=(0.9, 0.95))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 8e-3, total_steps=steps)
    for _ in range(steps):
        noise = [Latents(torch.randn_like(clean.video), torch.randn_like(clean.audio)) for _ in range(batch)]
        t = (torch.arange(batch) + torch.rand(batch)) / batch  # uniform, one draw in each eighth
        loss = flow_matching_loss(backbone, [clean] * batch, noise, t, [text] * batch, [text] * batch).total
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(backbone.parameters(), 1.0)
        optimiser.step()
        schedule.step()
    start = start_noise(clean.video.shape, clean.audio.shape, seed=5)
    before = [float((mine - wanted).norm() / wanted.norm()) for mine, wanted in zip(start, clean, strict=True)]
    out = sample(backbone.eval(), start, text, text, text, text, 20, 1.0, 1.0, 1.0)
    after = [float((mine - wanted).norm() / wanted.norm()) for mine, wanted in zip(out, clean, strict=True)]
    assert min(before) > 1
    assert max(after) < 0.05
