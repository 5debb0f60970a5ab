"""Where and when a token is: rotary tables over its position, sinusoids over its timestep.

Legend: B = batch, N = tokens, H = heads, K = channels per head, C = K/2 or fewer rotated pairs, A = axes.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

__all__ = [
    "audio_positions",
    "rotary_table",
    "rotate",
    "spatial_sinusoids",
    "timestep_embedding",
    "video_positions",
]


def _exact(device: torch.device | str | None) -> torch.device | str | None:
    """Where float64 can be computed: Apple's GPUs have none, so there the few numbers are the CPU's."""
    return "cpu" if device is not None and torch.device(device).type == "mps" else device


def video_positions(frames: int, height: int, width: int, device: torch.device | str | None = None) -> Tensor:
    """Positions (t, h, w) of the tokens of a latent video, frame by frame and row by row.

    Args:
        frames: latent frames.
        height: token rows per frame.
        width: tokens per row.
        device: where it is for; the result may live on the CPU.

    Returns:
        ``positions_NA`` of shape ``(frames * height * width, 3)``, float64.
    """
    axes = (torch.arange(size, dtype=torch.float64, device=_exact(device)) for size in (frames, height, width))
    return torch.stack(torch.meshgrid(*axes, indexing="ij"), dim=-1).flatten(0, 2)


def audio_positions(latents: int, device: torch.device | str | None = None) -> Tensor:
    """Positions of audio tokens: one after the other, shape ``(latents, 1)``, float64."""
    return torch.arange(latents, dtype=torch.float64, device=_exact(device)).unsqueeze(-1)


def rotary_table(
    positions_NA: Tensor,
    dims: tuple[int, ...],
    scale: float = 1.0,
    theta: float = 10_000.0,
) -> Tensor:
    """Rotations of rotary position embedding, ``exp(i · position · scale · θ^(−2c/dim))`` for each pair c.

    Angles are computed in float64: at position 1,000 a float32 angle is off by 6e-5.  They come from
    the positions themselves, so that no table's length bounds a clip.

    Args:
        positions_NA: one row a token, one column an axis, float64.
        dims: channels that turn with each axis, all even.
        scale: factor on every frequency.
        theta: base of the frequencies.

    Returns:
        ``(cos, sin)`` stacked: shape ``(2, N, sum(dims) / 2)``, float64.
    """
    angles = []
    for axis, dim in enumerate(dims):
        steps = torch.arange(0, dim, 2, dtype=torch.float64, device=positions_NA.device)
        angles.append(positions_NA[:, axis, None] * (scale * theta ** (-steps / dim)))
    angle_NC = torch.cat(angles, dim=-1)
    return torch.stack((angle_NC.cos(), angle_NC.sin()))


def spatial_sinusoids(rows: int, columns: int, frequencies: int) -> Tensor:
    """Where each token of a picture is, edge to edge, whatever the picture's size: ``cos`` and ``sin`` of π k y, π k x.

    Args:
        rows: tokens down.
        columns: tokens across.
        frequencies: K; k runs from 1 to K.

    Returns:
        Shape ``(rows * columns, 4 * frequencies)``, float64, row by row.
    """
    turns = math.pi * torch.arange(1, frequencies + 1, dtype=torch.float64)
    axes = []
    for count in (rows, columns):
        angle = (torch.arange(count, dtype=torch.float64) + 0.5)[:, None] / count * turns
        axes.append(torch.cat((angle.cos(), angle.sin()), dim=-1))
    down, across = axes
    return torch.cat((down.repeat_interleave(columns, dim=0), across.repeat(rows, 1)), dim=-1)


def rotate(x_BNHK: Tensor, table: Tensor) -> Tensor:
    """Turns the leading channel pairs (even, odd) of every head; the channels behind them stay as they are.

    Args:
        x_BNHK: queries or keys.
        table: ``(cos, sin)`` of shape ``(2, B or 1, N, 1, C)`` with C ≤ K/2, in at least float32.

    Returns:
        The turned tensor in the dtype of ``x_BNHK``; the product itself is computed in the table's.
    """
    rotated = 2 * table.shape[-1]
    head, rest = x_BNHK[..., :rotated], x_BNHK[..., rotated:]
    pairs = head.to(table.dtype).unflatten(-1, (-1, 2))
    if torch.compiler.is_compiling():  # compilers generate no code for complex numbers
        cos, sin = table.unbind(0)
        even, odd = pairs.unbind(-1)
        turned = torch.stack((even * cos - odd * sin, even * sin + odd * cos), dim=-1)
    else:  # one pass over memory instead of six: four times as fast on a CPU
        turned = torch.view_as_real(torch.view_as_complex(pairs.contiguous()) * torch.complex(table[0], table[1]))
    out = turned.flatten(-2).to(x_BNHK.dtype)
    return torch.cat((out, rest), dim=-1) if rest.shape[-1] else out


def timestep_embedding(timestep: Tensor, dim: int) -> Tensor:
    """Sinusoids of a timestep in 0..1000: cosines first, then sines, computed in float64.

    Args:
        timestep: any shape.
        dim: even number of channels.

    Returns:
        Shape ``(*timestep.shape, dim)``, float64.
    """
    timestep = timestep.to(_exact(timestep.device))
    half = dim // 2
    frequencies = 10_000.0 ** (-torch.arange(half, dtype=torch.float64, device=timestep.device) / half)
    angle = timestep.to(torch.float64).unsqueeze(-1) * frequencies
    return torch.cat((angle.cos(), angle.sin()), dim=-1)
