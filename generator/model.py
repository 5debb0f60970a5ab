"""The dual-tower network of §4.1: a video and an audio Transformer that read each other in every block.

    video latents ─▶ tokens ─▶ ┌ self ┐    ┌ text + audio ┐ ─▶ … ─▶ velocity of the video
    (+ visual anchors)         └──────┘─┐┌▶└──────────────┘
                                        ╳          in every block, both ways
    audio latents ─▶ tokens ─▶ ┌ self ┐─┘└▶┌ text + video ┐ ─▶ … ─▶ velocity of the audio
    (+ vocal anchors)          └──────┘    └──────────────┘

Both towers read the other one as it is after its self-attention and before its own cross-attention.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import torch
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from generator.attention import Groups
from generator.blocks import Block, Conditions
from generator.kernel_prediction import apply_kernels, kernel_bounds
from generator.plan import Plan
from generator.preconditioning import Preconditioning
from generator.presets import TowerConfig
from generator.runs import Group, Span, TowerPlan
from generator.tower import AnchorTokens, Timesteps, Tokens, Tower
from mavin.errors import UsageError

__all__ = ["Backbone"]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """One tower's inputs, embedded, and what of its answer they tell by themselves."""

    tower: Tower
    latents: Sequence[Tensor]
    seen: Sequence[Tensor]
    known: Sequence[Preconditioning] | None
    tokens: Tokens
    times: Timesteps
    given: Conditions
    plans: Sequence[TowerPlan | None] | None

    def velocities(self, x_BND: Tensor) -> list[Tensor]:
        """Those of Eq. 1 from the last block's tokens."""
        answers = self.tower.answers(x_BND, self.times, self.tokens)
        alike = len(answers) > 1 and len(set(self.tokens.grids)) == 1 and self.given.self_groups is None
        if alike and self.known is not None:  # many small ones are answered as one
            return list(self._velocities(torch.stack(answers), self.known).unbind())
        if self.tower.config.kernel_size:
            answers = [self._filtered(sample, told) for sample, told in enumerate(answers)]
        if self.known is None:
            return answers
        parts = zip(self.known, self.latents, answers, strict=True)
        return [one.skip * z + one.out * answer for one, z, answer in parts]

    def _velocities(self, told: Tensor, known: Sequence[Preconditioning]) -> Tensor:
        size, (latents, *_) = self.tower.config.kernel_size, self.tokens.grids[0]
        if size:
            told = apply_kernels(told, torch.stack(list(self.seen)), size, kernel_bounds(None, latents, 1))
        skip, out = (torch.stack([getattr(one, name) for one in known]) for name in ("skip", "out"))
        return skip * torch.stack(list(self.latents)) + out * told

    def _filtered(self, sample: int, told: Tensor) -> Tensor:
        plan = None if self.plans is None else self.plans[sample]
        latents, *cells = self.tokens.grids[sample]
        bounds = kernel_bounds(None if plan is None else plan.self_attention, latents, math.prod(cells))
        return apply_kernels(told, self.seen[sample], self.tower.config.kernel_size, bounds)


class Backbone(nn.Module):
    """Predicts the velocities v_θ of Eq. 1 of video and audio together.

    Args:
        video: the video tower, or ``None`` for audio alone.
        audio: the audio tower, or ``None`` for video alone.

    Raises:
        UsageError: if the towers do not fit together.
    """

    def __init__(self, video: TowerConfig | None, audio: TowerConfig | None) -> None:
        super().__init__()
        if video is None and audio is None:
            raise UsageError("A backbone must have a video tower, an audio tower or both, got none.")
        joint = video is not None and audio is not None
        if video is not None and audio is not None:
            for name in ("dim", "num_heads", "num_layers"):
                if getattr(video, name) != getattr(audio, name):
                    raise UsageError(
                        f"Both towers must have the same {name}, "
                        f"got {getattr(video, name)} for video and {getattr(audio, name)} for audio."
                    )
            if video.is_audio or not audio.is_audio:
                raise UsageError(
                    f"The towers must be a video and an audio tower in this order, "
                    f"got {video.model_type} and {audio.model_type}."
                )
        self.video_model = None if video is None else Tower(video, joint=joint)
        self.audio_model = None if audio is None else Tower(audio, joint=joint)
        self.gradient_checkpointing = False
        if joint:
            self._soften_fusion()

    def _soften_fusion(self) -> None:
        # As Ovi starts: the video tower hears little of the audio tower at first.
        for name, module in self.video_model.named_modules() if self.video_model is not None else ():
            if "fusion" in name and isinstance(module, nn.Linear):
                with torch.no_grad():
                    module.weight.div_(10.0)

    @classmethod
    def from_config(cls, config: Mapping[str, Any], folder: Path | None = None) -> Self:  # noqa: ARG003
        """The backbone of a stored configuration: ``video`` and ``audio``, a tower's dictionary each, or null."""
        towers = (config.get("video"), config.get("audio"))
        return cls(*(None if tower is None else TowerConfig.of(tower) for tower in towers))

    def part_config(self) -> dict[str, Any]:
        """The configuration as :meth:`from_config` takes it."""
        towers = {"video": self.video_model, "audio": self.audio_model}
        return {name: None if tower is None else tower.config.as_dict() for name, tower in towers.items()}

    def modules_by_name(self) -> dict[str, nn.Module]:
        """What is stored: all of it."""
        return {"model": self}

    def forward(
        self,
        video: Sequence[Tensor] | None,
        audio: Sequence[Tensor] | None,
        timestep: Tensor | tuple[Tensor, Tensor],
        video_text: Sequence[Tensor] | None,
        audio_text: Sequence[Tensor] | None,
        video_length: int | None = None,
        audio_length: int | None = None,
        first_frame_is_clean: bool = False,
        skip_layer: int = 0,
        plan: Plan | Sequence[Plan | None] | None = None,
    ) -> tuple[list[Tensor] | None, list[Tensor] | None]:
        """The velocities ε − z₀ of a batch of noisy latents.

        Args:
            video: ``(channels, frames, height, width)`` a sample, of any sizes; ``None`` for audio alone.
            audio: ``(latents, channels)`` a sample, of any lengths; ``None`` for video alone.
            timestep: 1000 · t of Eq. 1, shape ``(B,)``; ``(B, tokens)`` for a timestep per token.  A pair is
                the video tower's and the audio tower's, which differ in their tokens.
            video_text: text of the video tower, ``(tokens, text_dim)`` a sample.
            audio_text: text of the audio tower.
            video_length: length to which the reference pads video tokens.  Padding changes no result, so
                this is only checked: no sample may be longer.
            audio_length: the same for audio.
            first_frame_is_clean: image to video: the first latent frame is given and has timestep 0.
            skip_layer: block to leave out in both towers (skip-layer guidance); 0 for none, as in Ovi,
                which never leaves out a block of a tower that runs alone.
            plan: who sees what, one for all samples or one a sample; ``None``: everything sees everything.

        Returns:
            Lists of velocities in the shapes of ``video`` and ``audio``; ``None`` for an absent tower.

        Raises:
            UsageError: if the inputs do not fit the network, the plan or each other.
        """
        video, audio = _present(video), _present(audio)
        if video is None and audio is None:
            raise UsageError("There must be a video latent, an audio latent or both, got neither.")
        if video is not None and audio is not None and len(video) != len(audio):
            raise UsageError(f"Video and audio must have as many samples, got {len(video)} and {len(audio)}.")
        size = len(video if video is not None else audio or ())
        plans = _plans(plan, size)
        video_time, audio_time = timestep if isinstance(timestep, tuple) else (timestep, timestep)
        prepared_video = prepared_audio = None
        if video is not None:
            tower = self._tower(self.video_model, "video")
            prepared_video = self._prepare(
                tower, "video", video, video_time, video_text, video_length, plans, audio, first_frame_is_clean
            )
        if audio is not None:
            tower = self._tower(self.audio_model, "audio")
            prepared_audio = self._prepare(tower, "audio", audio, audio_time, audio_text, audio_length, plans, video)
        if prepared_video is not None and prepared_audio is not None:
            return self._joint(prepared_video, prepared_audio, skip_layer)
        if prepared_video is not None:
            return self._alone(prepared_video), None
        assert prepared_audio is not None
        return None, self._alone(prepared_audio)

    def _tower(self, tower: Tower | None, name: str) -> Tower:
        if tower is None:
            raise UsageError(f"This backbone has no {name} tower: leave the {name} latent out.")
        return tower

    def _prepare(
        self,
        tower: Tower,
        name: str,
        latents: Sequence[Tensor],
        timestep: Tensor,
        texts: Sequence[Tensor] | None,
        length: int | None,
        plans: Sequence[Plan | None] | None,
        other: Sequence[Tensor] | None,
        clean_frame: bool = False,
    ) -> _Prepared:
        if texts is None or len(texts) != len(latents):
            got = "none" if texts is None else len(texts)
            raise UsageError(f"There must be one {name}_text for each of {len(latents)} samples, got {got}.")
        anchors, anchor_time = _anchors(plans, name)
        known = tower.preconditioning(latents, timestep, clean_frame=clean_frame)
        seen = latents if known is None else [one.into * z for one, z in zip(known, latents, strict=True)]
        tokens = tower.tokens(seen, anchors)
        if length is not None and max(tokens.targets) > length:
            raise UsageError(f"{name}_length must be at least {max(tokens.targets)} tokens, got {length}.")
        own = None if plans is None else [None if plan is None else plan.tower(name) for plan in plans]
        _check_plans(name, own, tokens, texts)
        times = tower.times(timestep, tokens, clean_frame=clean_frame, anchor_time=anchor_time)
        routed = own is not None and any(plan is not None and plan.text is not None for plan in own)
        routed = _check_texts(texts, own, tower.config) or routed
        text_RD, text_index_BL, pads = tower.embed_text(texts, routed=routed)
        given = Conditions(
            modulation_BTED=times.modulation_BTED,
            timestep_index_BN=times.index_BN,
            rotary=tokens.rotary,
            text_RD=text_RD,
            text_index_BL=text_index_BL,
            text_pads=pads,
            self_groups=_self_groups(own, tokens),
            text_groups=_text_groups(own, tokens, texts, tower.config.text_len) if routed else None,
            cross_groups=_cross_groups(own, tokens, self._lengths(other, plans, name)) if other is not None else None,
        )
        return _Prepared(tower, latents, seen, known, tokens, times, given, own)

    def _lengths(self, latents: Sequence[Tensor], plans: Sequence[Plan | None] | None, name: str) -> tuple[int, ...]:
        """Tokens of each sample in the tower that is not ``name``, anchors included."""
        other = "audio" if name == "video" else "video"
        tower = self._tower(self.audio_model if other == "audio" else self.video_model, other)
        counts = []
        for i, latent in enumerate(latents):
            plan = None if plans is None else plans[i]
            extra = 0 if plan is None else sum(plan.tower(other).anchors)
            size = 1
            for cells in tower.grid(latent):
                size *= cells
            counts.append(size + extra)
        return tuple(counts)

    def _joint(self, video: _Prepared, audio: _Prepared, skip_layer: int) -> tuple[list[Tensor], list[Tensor]]:
        video_BND, audio_BND = video.tokens.tokens_BND, audio.tokens.tokens_BND
        pairs = zip(video.tower.blocks, audio.tower.blocks, strict=True)
        for layer, (video_block, audio_block) in enumerate(pairs):
            if skip_layer > 0 and layer == skip_layer:
                continue
            video_BND, audio_BND = self._run(
                _fusion_block, video_block, audio_block, video_BND, audio_BND, video.given, audio.given
            )
        return video.velocities(video_BND), audio.velocities(audio_BND)

    def _alone(self, prepared: _Prepared) -> list[Tensor]:
        x_BND = prepared.tokens.tokens_BND
        for block in prepared.tower.blocks:
            x_BND = self._run(_single_block, block, x_BND, prepared.given)
        return prepared.velocities(x_BND)

    def _run(self, block: Callable[..., Any], *inputs: Any) -> Any:
        if self.gradient_checkpointing and torch.is_grad_enabled():
            return checkpoint(block, *inputs, use_reentrant=False)
        return block(*inputs)


def _fusion_block(
    video_block: Block, audio_block: Block, video: Tensor, audio: Tensor, for_video: Conditions, for_audio: Conditions
) -> tuple[Tensor, Tensor]:
    """One block of both towers; each reads the other between its two halves."""
    audio = audio_block.attend_self(audio, for_audio)
    video = video_block.attend_self(video, for_video)
    return (
        video_block.attend_others(video, for_video, audio, for_audio.rotary),
        audio_block.attend_others(audio, for_audio, video, for_video.rotary),
    )


def _single_block(block: Block, x_BND: Tensor, given: Conditions) -> Tensor:
    return block.attend_others(block.attend_self(x_BND, given), given)


def _present(latents: Sequence[Tensor] | None) -> Sequence[Tensor] | None:
    return None if latents is None or not len(latents) or all(latent is None for latent in latents) else list(latents)


def _plans(plan: Plan | Sequence[Plan | None] | None, size: int) -> Sequence[Plan | None] | None:
    if plan is None:
        return None
    plans = [plan] * size if isinstance(plan, Plan) else list(plan)
    if len(plans) != size:
        raise UsageError(f"There must be one plan for each of {size} samples, got {len(plans)}.")
    return None if all(one is None for one in plans) else plans


def _anchors(
    plans: Sequence[Plan | None] | None, name: str
) -> tuple[Sequence[Sequence[AnchorTokens]] | None, float | None]:
    """Each sample's anchors in one tower, and their timestep."""
    if plans is None or all(plan is None or plan.anchors is None for plan in plans):
        return None, None
    times = {plan.anchors.timestep for plan in plans if plan is not None and plan.anchors is not None}
    if len(times) > 1:
        raise UsageError(f"The anchors of a batch must have one timestep, got {sorted(map(str, times))}.")
    found = [() if plan is None or plan.anchors is None else plan.anchors.tower(name) for plan in plans]
    return found, times.pop()


def _check_plans(name: str, plans: Sequence[TowerPlan | None] | None, tokens: Tokens, texts: Sequence[Tensor]) -> None:
    for i, plan in enumerate(plans or ()):
        if plan is None:
            continue
        if (plan.targets, plan.tokens) != (tokens.targets[i], tokens.lengths[i]):
            raise UsageError(
                f"The plan's {name} tower must have the latent's {tokens.targets[i]} target tokens and "
                f"{tokens.lengths[i] - tokens.targets[i]} anchor tokens, got {plan.targets} and "
                f"{plan.tokens - plan.targets}. Make the plan for this size and these references."
            )
        if plan.text is not None and plan.text_tokens != texts[i].shape[0]:
            raise UsageError(
                f"The plan routes {plan.text_tokens} {name} text tokens, got a text of {texts[i].shape[0]}. "
                "Encode the plan's segments, in its order."
            )


def _whole(length: int) -> tuple[Span, ...]:
    return (Span(0, length),)


def _padded(lengths: Sequence[int]) -> bool:
    return len(set(lengths)) > 1


def _self_groups(plans: Sequence[TowerPlan | None] | None, tokens: Tokens) -> tuple[Groups | None, ...] | None:
    found: list[Groups | None] = []
    for i, length in enumerate(tokens.lengths):
        plan = None if plans is None else plans[i]
        if plan is not None and plan.self_attention is not None:
            found.append(plan.self_attention)
        else:
            found.append((Group(_whole(length), _whole(length)),) if _padded(tokens.lengths) else None)
    return None if all(one is None for one in found) else tuple(found)


def _check_texts(texts: Sequence[Tensor], plans: Sequence[TowerPlan | None] | None, config: TowerConfig) -> bool:
    """Whether a prompt that is not routed is longer than its padding, so that the padding differs in the batch."""
    longer = False
    for i, text in enumerate(texts):
        plan = None if plans is None else plans[i]
        if plan is not None and plan.text is not None:
            continue
        if text.shape[0] > config.text_limit:
            raise UsageError(
                f"A text must have at most {config.text_limit} tokens, got {text.shape[0]}. Shorten it, or route its "
                "parts."
            )
        longer = longer or text.shape[0] > config.text_len
    return longer


def _cross_groups(
    plans: Sequence[TowerPlan | None] | None, tokens: Tokens, keys: Sequence[int]
) -> tuple[Groups | None, ...] | None:
    found: list[Groups | None] = []
    for i, length in enumerate(tokens.lengths):
        plan = None if plans is None else plans[i]
        if plan is not None and plan.cross is not None:
            found.append(plan.cross)
        else:
            padded = _padded(tokens.lengths) or _padded(keys)
            found.append((Group(_whole(length), _whole(keys[i])),) if padded else None)
    return None if all(one is None for one in found) else tuple(found)


def _text_groups(
    plans: Sequence[TowerPlan | None] | None, tokens: Tokens, texts: Sequence[Tensor], text_len: int
) -> tuple[Groups, ...]:
    found: list[Groups] = []
    for i, length in enumerate(tokens.lengths):
        plan = None if plans is None else plans[i]
        if plan is not None and plan.text is not None:
            found.append(plan.text)
        else:
            count = texts[i].shape[0]
            found.append((Group(_whole(length), _whole(count), max(text_len - count, 0)),))
    return tuple(found)
