"""From noise to a clip: the guided ODE of both towers, step by step (§4.1, inference).

at every step    v⁺ = net(z, caption, plan)        v⁻ = net(z, negative prompts, one block skipped)
                 v  = v⁻ + s · (v⁺ − v⁻)           s: one scale for video, one for audio
with a reference guidance r, v⁻ is itself guided from v⁰ = net(z, negative prompts, no references):
                 v  = v⁰ + r · (v⁻ − v⁰) + s · (v⁺ − v⁻)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from generator.flow import Latents
from generator.model import Backbone
from generator.plan import Plan
from generator.solvers import Solver
from mavin.errors import MavinError, UsageError

__all__ = ["SamplingCancelledError", "Step", "sample"]


class SamplingCancelledError(MavinError):
    """Whoever watched the steps asked to stop."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is known after a step.

    Attributes:
        number: of this step, 1 to ``steps``.
        steps: how many there are.
        timestep: at which the network was asked, 1000 · t.
        latents: after the step.
    """

    number: int
    steps: int
    timestep: float
    latents: Latents


@torch.no_grad()
def sample(
    backbone: Backbone,
    start: tuple[Tensor, Tensor],
    video_text: Tensor,
    audio_text: Tensor,
    negative_video_text: Tensor,
    negative_audio_text: Tensor,
    steps: int,
    shift: float,
    video_guidance: float,
    audio_guidance: float,
    skip_layer: int = 0,
    first_frame_latent: Tensor | None = None,
    plan: Plan | None = None,
    solver: str = "unipc",
    *,
    reference_guidance: float | None = None,
    on_step: Callable[[Step], bool | None] | None = None,
) -> Latents:
    """Solves the probability flow from ``start`` at t = 1 to a clean clip at t = 0.

    Args:
        backbone: predicts the velocities.
        start: noise of the video, ``(C, F, H, W)``, and of the audio, ``(N, C)``.
        video_text: text of the video tower, ``(tokens, text_dim)``; the plan's segments if there is a plan.
        audio_text: text of the audio tower.
        negative_video_text: what the video should not be; all of it is seen everywhere, as in training.
        negative_audio_text: what the audio should not be.
        steps: how many.
        shift: of the time grid; 5 in Ovi.
        video_guidance: scale of the video's classifier-free guidance; 4 in Ovi.
        audio_guidance: scale of the audio's; 3 in Ovi.
        skip_layer: block that the negative pass leaves out (skip-layer guidance); 0 for none, 11 in Ovi.
        first_frame_latent: image to video: ``(C, 1, H, W)``, put in place before every step and at the end.
        plan: routing and references.
        solver: ``unipc``, ``dpm++`` or ``euler``.
        reference_guidance: scale of the references' own guidance, which costs a third pass; ``None`` to
            leave references in both passes.
        on_step: told after every step; ``False`` cancels.

    Returns:
        The clean latents, in the dtype of ``start``.

    Raises:
        UsageError: if an argument does not fit the network.
        SamplingCancelledError: if ``on_step`` returned ``False``.
    """
    video, audio = start
    if first_frame_latent is not None:
        first_frame_latent = _first_frame(first_frame_latent, video)
    solve_video, solve_audio = Solver(solver, steps, shift), Solver(solver, steps, shift)
    with_references = plan is not None and plan.anchors is not None
    if reference_guidance is not None and not with_references:
        raise UsageError("reference_guidance must only be given with references, and the plan has none.")
    negative_plan = None if plan is None else plan.unrouted()

    def predict(texts: tuple[Tensor, Tensor], given: Plan | None, skipped: int, time: Tensor) -> tuple[Tensor, Tensor]:
        clean = first_frame_latent is not None
        of_video, of_audio = backbone([video], [audio], time, [texts[0]], [texts[1]], None, None, clean, skipped, given)
        # Velocities are combined and integrated in the dtype of the latents, whatever the network computes in.
        return of_video[0].to(video), of_audio[0].to(audio)

    timesteps = solve_video.timesteps.to(video.device)
    for number, timestep in enumerate(timesteps, 1):
        if first_frame_latent is not None:
            video = _with_first_frame(video, first_frame_latent)
        time = timestep.reshape(1)
        guided = predict((video_text, audio_text), plan, 0, time)
        if (video_guidance, audio_guidance) != (1.0, 1.0) or reference_guidance is not None:
            negative = (negative_video_text, negative_audio_text)
            away = predict(negative, negative_plan, skip_layer, time)
            scales = (video_guidance, audio_guidance)
            guided_video, guided_audio = (n + s * (p - n) for n, p, s in zip(away, guided, scales, strict=True))
            if reference_guidance is not None and negative_plan is not None:
                plain = predict(negative, negative_plan.without_references(), skip_layer, time)
                guided_video = guided_video + (reference_guidance - 1) * (away[0] - plain[0])
                guided_audio = guided_audio + (reference_guidance - 1) * (away[1] - plain[1])
            guided = guided_video, guided_audio
        video = solve_video.step(guided[0], timestep, video)
        audio = solve_audio.step(guided[1], timestep, audio)
        if on_step is not None and on_step(Step(number, steps, float(timestep), Latents(video, audio))) is False:
            raise SamplingCancelledError(f"Sampling was cancelled after step {number} of {steps}.")
    if first_frame_latent is not None:
        video = _with_first_frame(video, first_frame_latent)
    return Latents(video, audio)


def _first_frame(latent: Tensor, video: Tensor) -> Tensor:
    wanted = (video.shape[0], 1, *video.shape[2:])
    if latent.ndim == 3:
        latent = latent.unsqueeze(1)
    if tuple(latent.shape) != wanted:
        raise UsageError(
            f"The first frame's latent must have shape {wanted}, got {tuple(latent.shape)}: "
            "encode the picture at the size of the clip."
        )
    return latent.to(video)


def _with_first_frame(video: Tensor, first: Tensor) -> Tensor:
    return torch.cat((first, video[:, 1:]), dim=1)
