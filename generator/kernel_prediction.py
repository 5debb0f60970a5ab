r"""Answers that take shares of what the network sees around them, by kernels that it predicts itself.

A picture's details are many numbers that are the same in frame after frame.  A network of width 192 cannot carry the
dozens of numbers of a patch through its blocks, let alone those of the frames beside it; but it can tell of each number
whether it is to be believed: "a wall, nothing here", "an edge that stands still", "cut before this frame".  So the
head also answers, for every number, shares of the seen latents at its own place in the frames around it (Bako et al.
2017, Mildenhall et al. 2018, there over pixels):

    answer_f = addend_f + Σ_k share_{f,k} · seen_{f+k}        k = 0, −1, +1, −2, +2, …
                                                              past an end of the clip: the frame at the end
    frames      f−2   f−1    f    f+1   f+2
    shares       4     2     1     3     5      in the order in which the head tells them

With every share 0, as training starts, the answer is the addend.  A kernel looks no further than self-attention does:
where shots are isolated (§4.3 (i) to the letter), a shot's end is an end.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from generator.runs import Group, joined

__all__ = ["apply_kernels", "kernel_bounds", "kernel_offsets"]


def kernel_offsets(size: int) -> tuple[int, ...]:
    """Offsets of the latents of a kernel in the order of its shares: 0, −1, 1, −2, 2, … for an odd size."""
    return tuple((n + 1) // 2 * (-1 if n % 2 else 1) for n in range(size))


def kernel_bounds(groups: Sequence[Group] | None, latents: int, per_latent: int) -> tuple[Tensor, Tensor]:
    """First and last latent that the kernel of each latent may see, both ``(latents,)``.

                           S1      S2               S1  S2
        not isolated   S1 │ █ │ █ │     isolated   │ █ │ · │
                       S2 │ █ │ █ │                │ · │ █ │

    Args:
        groups: self-attention of the tower's plan; ``None`` where every token sees every token.
        latents: latent frames of video, or latents of audio.
        per_latent: tokens of one of them.
    """
    first, last = torch.zeros(latents, dtype=torch.long), torch.full((latents,), latents - 1)
    for group in groups or ():
        for query in group.queries:
            if query.start >= latents * per_latent:
                continue  # an anchor
            run = next(key for key in joined(group.keys) if key.start <= query.start < key.stop)
            own = slice(query.start // per_latent, query.stop // per_latent)
            first[own] = run.start // per_latent
            last[own] = min(run.stop // per_latent, latents) - 1
    return first, last


def apply_kernels(told: Tensor, seen: Tensor, size: int, bounds: tuple[Tensor, Tensor]) -> Tensor:
    """The answer from an addend and shares.

    Args:
        told: ``([B,] (1 + size) · channels, frames, height, width)`` of video or ``([B,] latents, (1 + size) ·
            channels)`` of audio: first the addend, then one share after the other.
        seen: what the network saw, of the answer's shape: ``([B,] channels, …)`` or ``([B,] latents, channels)``.
        size: latents of a kernel, odd.
        bounds: of :func:`kernel_bounds`.

    Returns:
        The answer, of the shape of ``seen``.
    """
    along, across = (-3, -4) if seen.ndim >= 4 else (-2, -1)
    answer, *shares = told.chunk(1 + size, dim=across)
    first, last = bounds
    here = torch.arange(seen.shape[along])
    for offset, share in zip(kernel_offsets(size), shares, strict=True):
        there = torch.minimum(torch.maximum(here + offset, first), last).to(seen.device)
        answer = answer + share * seen.index_select(along, there)
    return answer
