r"""Identity embeddings, Eq. 5: reference tokens that carry whose they are.

    Ẑⱼᵛ = Zⱼᵛ + pⱼᵛ            Zⱼᵛ: the reference image through the video encoder, as tokens
    Ẑⱼᵃ = Zⱼᵃ + pⱼᵃ + eⱼ       Zⱼᵃ: the reference voice through the audio encoder, as tokens
                              eⱼ: timbre embedding, projected to the width d of the network

They are appended to the targets before the Transformer (§4.3).  The learned parts live in a module and a
file of their own, beside weights that know nothing of references, and start at zero: then Ẑ = Z.

What the paper leaves open, and what we do unless told otherwise (:class:`AnchorPlacement`):

position   Anchors keep their places within the picture or the voice; in time role j lies at 150 (j + 1)
           latent frames, far behind any clip (15 s are 91), so that no anchor seems to be a frame of it,
           and two roles are as far from each other.  Audio turns by its own, slower, frequencies: 150
           video latents are 759 audio latents.  Public weights with references were trained this way.
timestep   That of the targets, for the same reason.  A constant, such as 0 for "clean", is the other
           published choice.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol, Self

import torch
from torch import Tensor, nn

from generator.model import Backbone
from generator.plan import Anchors, Plan
from generator.positions import audio_positions, video_positions
from generator.presets import TowerConfig
from generator.tower import AnchorTokens, Tower
from mavin.caption import MAX_REFERENCED_ROLES
from mavin.errors import UsageError

__all__ = ["AnchorPlacement", "IdentityEmbeddings", "RoleReference", "TimbreEncoder"]

_VIDEO_LATENTS_PER_AUDIO: Final = 31 / 157
"""Of Ovi's 5 s clips, as long in both towers."""


class TimbreEncoder(Protocol):
    """Voice to timbre, without what is said and how: FACodec in the paper."""

    @property
    def name(self) -> str:
        """What it is, as told to the user; a stand-in for FACodec says so."""
        ...

    @property
    def dim(self) -> int:
        """Numbers of an embedding."""
        ...

    def encode(self, waveform: Tensor, sample_rate: int) -> Tensor:
        """``(samples,)`` in −1…1 to ``(dim,)``."""
        ...


@dataclass(frozen=True, slots=True)
class RoleReference:
    """One role's reference, encoded.

    Attributes:
        role: j, from 0: the same for every look and voice of one role.
        image: latent of the reference image, ``(C, 1, H, W)``, of any size.
        voice: latents of the reference voice, ``(N, C)``.
        timbre: embedding of the same voice.
    """

    role: int
    image: Tensor | None = None
    voice: Tensor | None = None
    timbre: Tensor | None = None


@dataclass(frozen=True, slots=True)
class AnchorPlacement:
    """Where and when anchors seem to be.

    Attributes:
        step: latent frames between one role's anchors and the next one's; the first lie at one step.
        timestep: 0..1000, or ``None`` for that of the targets.
    """

    step: int = 150
    timestep: float | None = None

    def __post_init__(self) -> None:
        if self.step == 0:
            raise UsageError("Anchors must lie apart from the clip: the step must not be 0.")
        if self.timestep is not None and not 0 <= self.timestep <= 1000:
            raise UsageError(f"The anchors' timestep must be from 0 to 1000, got {self.timestep:g}.")

    def video_start(self, number: int) -> float:
        """Temporal position of the anchors of entry ``number``, from 0."""
        return float(self.step * (number + 1))

    def audio_start(self, number: int) -> float:
        """The same in audio latents."""
        return float(math.floor(self.step / _VIDEO_LATENTS_PER_AUDIO) * (number + 1))


class IdentityEmbeddings(nn.Module):
    """p and the projection of e in Eq. 5, for both towers.

    Args:
        dim: width d of the network.
        timbre_dim: width of the timbre encoder's embedding.
        roles: how many roles a clip can have customised.
    """

    def __init__(self, dim: int, timbre_dim: int, roles: int = MAX_REFERENCED_ROLES) -> None:
        super().__init__()
        self.role_video = nn.Parameter(torch.zeros(roles, dim))
        self.role_audio = nn.Parameter(torch.zeros(roles, dim))
        self.timbre_projection = nn.Linear(timbre_dim, dim)
        nn.init.zeros_(self.timbre_projection.weight)
        nn.init.zeros_(self.timbre_projection.bias)

    @classmethod
    def of(cls, config: TowerConfig, timbre_dim: int) -> IdentityEmbeddings:
        """For a network of that width."""
        return cls(config.dim, timbre_dim)

    @classmethod
    def from_config(cls, config: Mapping[str, Any], folder: Path | None = None) -> Self:  # noqa: ARG003
        """From ``dim``, ``timbre_dim`` and ``roles``."""
        return cls(config["dim"], config["timbre_dim"], config["roles"])

    def part_config(self) -> dict[str, Any]:
        """The configuration as :meth:`from_config` takes it."""
        roles, dim = self.role_video.shape
        return {"dim": dim, "timbre_dim": self.timbre_projection.in_features, "roles": roles}

    def modules_by_name(self) -> dict[str, nn.Module]:
        """What is stored: all of it."""
        return {"model": self}

    def forward(
        self,
        backbone: Backbone,
        references: Sequence[RoleReference],
        plan: Plan | None = None,
        placement: AnchorPlacement | None = None,
    ) -> Anchors | None:
        """The anchors Ẑ of every reference.

        Args:
            backbone: embeds the latents as it embeds those of the clip.
            references: in the order of the plan's references.
            plan: leaves out anchors that nothing in the clip would see; ``None`` to make all of them.
            placement: where and when they seem to be.

        Returns:
            The anchors, or ``None`` without references: then nothing is concatenated (§4.3).

        Raises:
            UsageError: if a reference has no image and no voice, an unknown role, or the wrong shape.
        """
        if not references:
            return None
        placement = placement or AnchorPlacement()
        video, audio = backbone.video_model, backbone.audio_model
        if video is None or audio is None:
            raise UsageError("References need a backbone of both towers.")
        for number, one in enumerate(references):
            self._check(number, one)
        if plan is not None and len(references) != len(plan.video.anchors):
            raise UsageError(
                f"There must be a reference for each of the plan's {len(plan.video.anchors)}, got {len(references)}."
            )
        visual, vocal = [], []
        for number, one in enumerate(references):
            seen = plan is None or plan.video.anchors[number] > 0
            heard = plan is None or plan.audio.anchors[number] > 0
            visual.append(self._visual(video, one, placement.video_start(number)) if seen else _none(video))
            vocal.append(self._vocal(audio, one, placement.audio_start(number)) if heard else _none(audio))
        return Anchors(tuple(visual), tuple(vocal), placement.timestep)

    def _check(self, number: int, one: RoleReference) -> None:
        roles, timbre_dim = self.role_video.shape[0], self.timbre_projection.in_features
        if not 0 <= one.role < roles:
            raise UsageError(f"A reference's role must be from 0 to {roles - 1}, got {one.role}.")
        if one.image is None and one.voice is None:
            raise UsageError(f"Reference {number} must have an image or a voice, got neither.")
        if one.image is not None and (one.image.ndim != 4 or one.image.shape[1] != 1):
            raise UsageError(f"A reference image's latent must have shape (C, 1, H, W), got {tuple(one.image.shape)}.")
        if one.timbre is not None and tuple(one.timbre.shape) != (timbre_dim,):
            raise UsageError(f"A timbre embedding must have shape ({timbre_dim},), got {tuple(one.timbre.shape)}.")

    def _visual(self, tower: Tower, one: RoleReference, start: float) -> AnchorTokens:
        if one.image is None:
            return _none(tower)
        _, height, width = tower.grid(one.image)
        z_ND = tower.embed_clean(one.image)
        positions = video_positions(1, height, width, tower.device)
        positions[:, 0] += start
        return AnchorTokens(z_ND + self.role_video[one.role].to(z_ND), positions)

    def _vocal(self, tower: Tower, one: RoleReference, start: float) -> AnchorTokens:
        if one.voice is None:
            return _none(tower)
        (length,) = tower.grid(one.voice)
        z_ND = tower.embed_clean(one.voice)
        modulation = self.role_audio[one.role]
        if one.timbre is not None:
            modulation = modulation + self.timbre_projection(one.timbre.to(self.timbre_projection.weight))
        return AnchorTokens(z_ND + modulation.to(z_ND), audio_positions(length, tower.device) + start)


def _none(tower: Tower) -> AnchorTokens:
    axes = len(tower.config.rope_dims)
    nothing = torch.zeros(0, tower.config.dim, device=tower.device, dtype=tower.dtype)
    return AnchorTokens(nothing, torch.zeros(0, axes, dtype=torch.float64))
