"""The coordinates in which latents are given to the network: those in which distance is what is seen or heard.

A codec's own channels carry about as much each, a hair's detail as much as the whole background; a network that
learns them all alike learns the background late.  Here the latents are turned and stretched so that an error of
the same length is the same error of what the decoder makes, wherever it points, and the channels come in the order
of how much they carry.  Whatever is Gaussian noise in the one coordinates is it in the others.

    latents of the codec ──── − mean ──── matrix ────▶ latents of the network, mean square 1 over all channels
    latents of the codec ◀─── + mean ──── matrix⁻¹ ─── latents of the network

Legend: C = channels, N = latent cells.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

__all__ = ["LatentBasis"]


class LatentBasis(nn.Module):
    """Mean and matrix, stored with the codec; the coordinates are the codec's own until :meth:`choose`.

    Args:
        channels: C.
    """

    mean: Tensor
    matrix: Tensor

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(channels))
        self.register_buffer("matrix", torch.eye(channels))

    def enter(self, latents: Tensor, axis: int) -> Tensor:
        """Latents of the codec, their channels along ``axis``, for the network."""
        moved = latents.to(self.mean).movedim(axis, -1) - self.mean
        return (moved @ self.matrix.T).movedim(-1, axis)

    def leave(self, latents: Tensor, axis: int) -> Tensor:
        """Latents of the network for the codec."""
        inverse = torch.linalg.inv(self.matrix.double()).to(self.mean)
        return (latents.to(self.mean).movedim(axis, -1) @ inverse.T + self.mean).movedim(-1, axis)

    @torch.no_grad()
    def choose(self, latents_NC: Tensor, importance_CC: Tensor) -> None:
        """Sets both.

        Args:
            latents_NC: the codec's latents of many clips.
            importance_CC: mean of JᵀJ, J being how what the decoder makes changes with a cell's latent.
        """
        latents = latents_NC.double()
        mean = latents.mean(0)
        covariance = (latents - mean).T @ (latents - mean) / len(latents)
        values, vectors = torch.linalg.eigh(importance_CC.double())
        root = vectors @ torch.diag(values.clamp_min(1e-4 * float(values[-1])).sqrt()) @ vectors.T
        spread, turns = torch.linalg.eigh(root @ covariance @ root.T)
        matrix = turns.flip(1).T @ root * (len(values) / spread.sum()).sqrt()
        self.mean.copy_(mean)
        self.matrix.copy_(matrix)
