"""What is drawn for one example at one step: t and ε of Eq. 1, and what of its conditions is given.

Every number follows from (seed, step, place in the step): nothing needs to be saved to go on exactly, and
the same step is the same whichever process takes which example.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from generator.conditioning import condition
from generator.flow import Latents
from generator.identity import RoleReference
from generator.partition import scaled
from generator.plan import Plan
from generator.presets import TowerConfig
from generator.routing import ReferenceTokens, make_plan
from generator.runs import Span
from generator.shapes import AUDIO_LATENT_MS, FRAMES_PER_LATENT, TokenGrid
from generator.train.config import DropoutConfig, StageConfig, TimestepConfig, TrainConfig
from generator.train.examples import Dataset, Example, ExampleReference, NullText
from mavin.caption import HierarchicalCaption
from mavin.errors import MavinError, UsageError
from mavin.frames import FPS

__all__ = ["Drawing", "Drawn", "Ticket", "draw_references", "draw_timestep"]


class Ticket(NamedTuple):
    """Which example is used at which step, and at which place among that step's examples."""

    number: int
    step: int
    place: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """An example as the network gets it once.

    Attributes:
        clean: z₀.
        noise: ε.
        t: of Eq. 1, a tensor of no axes.
        video_text: ``(n, D)``.
        audio_text: ``(n, D)``.
        plan: who sees what, without anchors as yet.
        references: what the anchors are made of, in the plan's order.
    """

    clean: Latents
    noise: Latents
    t: Tensor
    video_text: Tensor
    audio_text: Tensor
    plan: Plan | None
    references: tuple[RoleReference, ...]

    def to(self, device: torch.device) -> Drawn:
        """The same on a device."""
        if device.type == "cpu":
            return self
        references = (
            replace(one, image=_to(one.image, device), voice=_to(one.voice, device), timbre=_to(one.timbre, device))
            for one in self.references
        )
        return replace(
            self,
            clean=Latents(*(each.to(device) for each in self.clean)),
            noise=Latents(*(each.to(device) for each in self.noise)),
            t=self.t.to(device),
            video_text=self.video_text.to(device),
            audio_text=self.audio_text.to(device),
            references=tuple(references),
        )


def _to(tensor: Tensor | None, device: torch.device) -> Tensor | None:
    return None if tensor is None else tensor.to(device)


class Drawing:
    """A dataset of tickets: reads an example and draws what goes with it; can be sent to another process.

    Args:
        dataset: of examples.
        config: of the run.
        towers: the network's configurations of video and audio.
        measured: for validation: the stage whose conditions are given, all of them, with t spread evenly.
    """

    def __init__(
        self,
        dataset: Dataset,
        config: TrainConfig,
        towers: tuple[TowerConfig, TowerConfig],
        *,
        measured: StageConfig | None = None,
    ) -> None:
        self._dataset, self._config, self._towers, self._measured = dataset, config, towers, measured
        self._dropout = config.dropout
        if measured is not None:
            self._dropout = DropoutConfig(caption=0.0, references=0.0)
        self._null: NullText = dataset.null_text

    def __getitem__(self, ticket: Ticket) -> list[Drawn]:
        """Reads and draws: the whole clip, or so many stretches of it as the stage says.

        Raises:
            MavinError: if the example does not fit the network, with its number.
        """
        example = self._dataset[ticket.number]
        stage = self._measured or self._config.stage_at(ticket.step)
        count = 1 if stage.crops is None else stage.crops.count
        try:
            return [self._drawn(example, ticket, stage, number, count) for number in range(count)]
        except MavinError as error:
            raise type(error)(f"Example {ticket.number} of the data cannot be used: {error}") from None

    def _drawn(self, example: Example, ticket: Ticket, stage: StageConfig, number: int, count: int) -> Drawn:
        config = self._config
        place = ticket.place * count + number
        entropy = np.random.SeedSequence((config.seed, ticket.step, place))
        dice = np.random.default_rng(entropy)
        timesteps = stage.timesteps or config.timesteps
        if self._measured is not None:
            timesteps = timesteps.model_copy(update={"stratified": True})
        t = draw_timestep(timesteps, dice, config.seed, ticket._replace(place=place), config.batch_size * count)
        given = draw_references(example, stage, self._dropout, dice)
        if not config.timbre:
            given = tuple(replace(one, timbre=None) for one in given)
        with_caption = dice.random() >= self._dropout.caption
        generator = torch.Generator().manual_seed(int(entropy.generate_state(2, np.uint64)[1] >> 1))
        video_text, audio_text, plan = self._conditions(example, given, with_caption=with_caption)
        clean = Latents(*(each.float() for each in example.latents))
        if stage.crops is not None:
            frames, sounds = _stretch(clean, stage.crops.latents, dice)
            if plan is not None:
                cells = plan.video.targets // clean.video.shape[1]
                plan, video_kept, audio_kept = plan.cropped(scaled(frames, cells), sounds)
                if plan.video.text is not None:
                    video_text, audio_text = _kept(video_text, video_kept), _kept(audio_text, audio_kept)
            clean = Latents(clean.video[:, slice(*frames)], clean.audio[slice(*sounds)])
        return Drawn(
            clean,
            Latents(*(torch.randn(each.shape, generator=generator) for each in clean)),
            torch.tensor(t, dtype=torch.float32),
            video_text,
            audio_text,
            plan,
            _numbered(given, example.caption),
        )

    def _conditions(
        self, example: Example, given: Sequence[ExampleReference], *, with_caption: bool
    ) -> tuple[Tensor, Tensor, Plan | None]:
        config = self._config
        prompt = example.prompt
        if not config.routing and prompt is None:
            raise UsageError("without routing it must have its script as one prompt, and it has none.")
        plan = self._plan(example, given)
        if with_caption and config.routing:
            return example.video_text.tokens, example.audio_text.tokens, plan
        unrouted = plan.unrouted() if given or config.isolate_shots else None
        if with_caption and prompt is not None:
            video, audio = (prompt[: tower.text_limit] for tower in self._towers)  # one prompt has no more room
            return video, audio, unrouted
        return self._null.video, self._null.audio, unrouted

    def _plan(self, example: Example, given: Sequence[ExampleReference]) -> Plan:
        video, _ = self._towers
        _, rows, columns = video.patch_size
        _, frames, height, width = example.latents.video.shape
        grid = TokenGrid(frames, height // rows, width // columns, example.latents.audio.shape[0])
        tokens = [
            ReferenceTokens(
                one.role,
                0 if one.image is None else one.image.shape[2] // rows * (one.image.shape[3] // columns),
                0 if one.voice is None else one.voice.shape[0],
            )
            for one in given
        ]
        plan = make_plan(
            example.caption,
            condition(example.caption),
            grid,
            example.video_text.counts,
            example.audio_text.counts,
            text_len=video.text_len,
            references=tokens,
            isolate_shots=self._config.isolate_shots,
        )
        return plan if self._config.identity_mask else plan.without_identity_mask()


def _stretch(clean: Latents, length: int, dice: np.random.Generator) -> tuple[Span, Span]:
    """Some latent frames in a row, anywhere in the clip, and the audio latents of their time."""
    whole = clean.video.shape[1]
    start = int(dice.integers(0, max(whole - length, 0) + 1))
    stop = min(start + length, whole)
    # Latent f ≥ 1 covers frames 4f − 3 … 4f.
    first = max(FRAMES_PER_LATENT * (start - 1) + 1, 0) * 1000 / FPS
    # As many for every stretch of so many frames, so that they make one batch.
    sounds = min(math.ceil(length * FRAMES_PER_LATENT * 1000 / FPS / AUDIO_LATENT_MS) + 1, clean.audio.shape[0])
    begin = min(int(first / AUDIO_LATENT_MS), clean.audio.shape[0] - sounds)
    return Span(start, stop), Span(begin, begin + sounds)


def _kept(text: Tensor, spans: Sequence[Span]) -> Tensor:
    return torch.cat([text[slice(*span)] for span in spans])


def draw_timestep(
    config: TimestepConfig, dice: np.random.Generator, seed: int, ticket: Ticket, batch_size: int
) -> float:
    """t of Eq. 1, in (0, 1)."""
    u = dice.random()
    if config.stratified:
        places = np.random.default_rng((seed, ticket.step)).permutation(batch_size)
        u = (float(places[ticket.place]) + u) / batch_size
    t = min(max(u, 1e-6), 1 - 1e-6)
    if config.distribution == "logit_normal":
        from statistics import NormalDist

        t = 1 / (1 + math.exp(-NormalDist().inv_cdf(t)))
    return config.shift * t / (1 + (config.shift - 1) * t)


def draw_references(
    example: Example, stage: StageConfig, dropout: DropoutConfig, dice: np.random.Generator
) -> tuple[ExampleReference, ...]:
    """The references that are given once, at most one a role, in the script's order of roles.

    Every decision is drawn whether it matters or not, so that one does not shift the others.
    """
    only_images = bool(dice.random() < 0.5)
    none = bool(dice.random() < dropout.references) or stage.references == "none"
    found = []
    for role in example.caption.roles:
        which, left_out, bare, keeps_image = dice.random(4)
        own = [one for one in example.references if one.role == role.id]
        if not own or none or left_out < dropout.role:
            continue
        one = own[int(which * len(own))]
        if stage.references == "one":
            one = _picture(one) if only_images else _sound(one)
        elif bare < dropout.modality:
            one = _picture(one) if keeps_image < 0.5 else _sound(one)
        if one.image is not None or one.voice is not None:
            found.append(one)
    return tuple(found)


def _picture(one: ExampleReference) -> ExampleReference:
    return replace(one, voice=None, timbre=None)


def _sound(one: ExampleReference) -> ExampleReference:
    return replace(one, image=None)


def _numbered(given: Sequence[ExampleReference], caption: HierarchicalCaption) -> tuple[RoleReference, ...]:
    # As the pipeline numbers them (generator.references): customised roles in the script's order, from 0.
    order = [role.id for role in caption.roles if any(one.role == role.id for one in given)]
    return tuple(RoleReference(order.index(one.role), one.image, one.voice, one.timbre) for one in given)
