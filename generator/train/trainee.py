"""What is trained: the network and its identity embeddings as one module, whose answer is the loss of Eq. 1.

One module, so that whatever wraps it (sharding, mixed precision) sees every parameter that a step uses.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from generator.flow import FlowLoss, flow_matching_loss
from generator.identity import AnchorPlacement, IdentityEmbeddings
from generator.model import Backbone
from generator.plan import Plan
from generator.presets import Modality
from generator.train.config import LossConfig, TrainConfig
from generator.train.draws import Drawn

__all__ = ["Trainee", "build_trainee"]


class Trainee(nn.Module):
    """The parts that learn.

    Args:
        backbone: both towers.
        identity: of Eq. 5; ``None`` for a network without references.
        modality: the tower that learns; the rest is frozen and does not run.
    """

    def __init__(self, backbone: Backbone, identity: IdentityEmbeddings | None, modality: Modality = "both") -> None:
        super().__init__()
        self.backbone = backbone
        self.identity = identity
        self.modality = modality
        if modality != "both":
            for name, parameter in backbone.named_parameters():
                parameter.requires_grad_(name.startswith(f"{modality}_model.") and "_fusion" not in name)

    def forward(self, batch: Sequence[Drawn], weights: LossConfig) -> FlowLoss:
        """Eq. 1 on a batch of any shapes: each example's mean over its own numbers, then the mean of examples.

        What pads an example to the longest of its batch never enters the loss.
        """
        loss = flow_matching_loss(
            self.backbone,
            [one.clean for one in batch],
            [one.noise for one in batch],
            torch.stack([one.t for one in batch]),
            [one.video_text for one in batch],
            [one.audio_text for one in batch],
            [self._anchored(one) for one in batch],
            weights.video_weight,
            weights.audio_weight,
            self.modality,
        )
        return FlowLoss(loss.total + self._touch(), loss.video, loss.audio)

    def _anchored(self, one: Drawn) -> Plan | None:
        if not one.references or one.plan is None or self.identity is None:
            return one.plan
        return one.plan.with_anchors(self.identity(self.backbone, one.references, one.plan, AnchorPlacement()))

    def _touch(self) -> Tensor | float:
        # Processes that share the gradients must have the same ones, whether their examples have references or not.
        if self.identity is None:
            return 0.0
        return sum((0.0 * parameter.sum() for parameter in self.identity.parameters()), torch.zeros(()))


def build_trainee(config: TrainConfig) -> Trainee:
    """The network of a configuration with fresh weights, which follow from its seed.

    Under ``with torch.device("meta")`` it takes no memory.
    """
    video, audio = config.network.towers()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(config.seed)
        backbone = Backbone(video, audio)
        identity = (
            None if config.network.timbre_dim is None else IdentityEmbeddings.of(video, config.network.timbre_dim)
        )
    backbone.gradient_checkpointing = config.network.gradient_checkpointing
    return Trainee(backbone, identity, config.modality)
