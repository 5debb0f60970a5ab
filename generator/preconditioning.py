r"""What of a velocity follows from the noisy latent alone, so that the network only answers the rest.

A channel whose clean values have the standard deviation σ and, at the time t of Eq. 1, the noisy values

    z_t = (1 − t) z₀ + t ε                              variance  d = (1 − t)² σ² + t²

tells of the velocity v = ε − z₀ as much as a straight line can:

    E[v | z_t] ≈ z_t · (t − (1 − t) σ²) / d             what is left has the variance  σ² / d

A network of width 192 cannot carry dozens of numbers of a patch through every block as exactly as ε has to be told
near t = 1.  So it gets z_t at variance 1 and answers the rest at variance 1 (Karras et al. 2022, in the
notation of flow matching); the velocity that comes out, and its loss, are those of Eq. 1.

    z_t ─┬─ · 1/√d ─▶ network ─▶ · σ/√d ─┐
         └──────── · (t − (1 − t) σ²)/d ─┴─ + ─▶ v
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

__all__ = ["Preconditioning"]


@dataclass(frozen=True, slots=True)
class Preconditioning:
    """The three factors of one sample, each of a shape that broadcasts against its latent.

    Attributes:
        into: of what the network gets, 1/√d.
        skip: of z_t in the velocity, (t − (1 − t) σ²)/d.
        out: of what the network answers, σ/√d.
    """

    into: Tensor
    skip: Tensor
    out: Tensor

    @classmethod
    def at(cls, t: Tensor, latent_std: Sequence[float], latent: Tensor) -> Preconditioning:
        """At a time.

        Args:
            t: of Eq. 1, of no axes; or one for every latent frame; ``(B,)`` of a batch.
            latent_std: σ of each channel.
            latent: ``([B,] channels, frames, height, width)`` or ``([B,] latents, channels)``.
        """
        dtype = torch.promote_types(latent.dtype, torch.float32)
        time, std = t.to(latent.device, dtype), torch.tensor(latent_std, dtype=dtype, device=latent.device)
        if latent.ndim >= 4:
            std = std.reshape(-1, 1, 1, 1)
        if latent.ndim == 4:
            time = time.reshape(1, -1, 1, 1)
        elif latent.ndim != 2:
            time = time.reshape(-1, *[1] * (latent.ndim - 1))
        variance = ((1 - time) * std).square() + time.square()
        return cls(variance.rsqrt(), (time - (1 - time) * std.square()) / variance, std * variance.rsqrt())

    @classmethod
    def of_batch(cls, t_B: Tensor, latent_std: Sequence[float], latents: Tensor) -> list[Preconditioning]:
        """:meth:`at` for latents of one shape, a time each."""
        whole = cls.at(t_B, latent_std, latents)
        parts = zip(whole.into.unbind(), whole.skip.unbind(), whole.out.unbind(), strict=True)
        return [cls(*one) for one in parts]
