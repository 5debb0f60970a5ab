"""One tower: latents to tokens, blocks, tokens to velocities.

The attributes carry the key names of Ovi's checkpoints.

Legend: B = batch, C = latent channels, N = tokens, L = text tokens, D = width, T = distinct timesteps.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence

from generator.blocks import Block, scale_and_shift, working_dtype
from generator.flow import TIMESTEPS
from generator.positions import audio_positions, rotary_table, spatial_sinusoids, timestep_embedding, video_positions
from generator.preconditioning import Preconditioning
from generator.presets import TowerConfig
from mavin.errors import UsageError

__all__ = ["AnchorTokens", "Timesteps", "Tokens", "Tower"]


class AnchorTokens(NamedTuple):
    """One role's identity anchors in one tower, Ẑ of Eq. 5: tokens ``(n, D)`` and positions ``(n, axes)``."""

    tokens: Tensor
    positions: Tensor


@dataclass(frozen=True, slots=True)
class Tokens:
    """A batch of sequences, targets first, each sample's anchors behind them, padded to the longest.

    Attributes:
        tokens_BND: the embedded tokens.
        rotary: ``(cos, sin)`` of shape ``(2, B or 1, N, 1, C)``.
        targets: target tokens of each sample.
        lengths: target and anchor tokens of each sample.
        grids: tokens of each sample's latent along each axis.
    """

    tokens_BND: Tensor
    rotary: Tensor
    targets: tuple[int, ...]
    lengths: tuple[int, ...]
    grids: tuple[tuple[int, ...], ...]


class Timesteps(NamedTuple):
    """Embedded timesteps: ``e_BTD`` for the head, ``modulation_BTED`` for the blocks, and whose each is."""

    e_BTD: Tensor
    modulation_BTED: Tensor
    index_BN: Tensor | None


class ChannelLastConv1d(nn.Conv1d):
    """Convolution over the tokens of ``(B, N, D)``."""

    def forward(self, x_BND: Tensor) -> Tensor:
        """Convolves along N."""
        return super().forward(x_BND.transpose(1, 2)).transpose(1, 2)


class ConvMLP(nn.Module):
    """Gated feed-forward layer of convolutions; two thirds of the hidden width, rounded up to 256."""

    def __init__(self, dim: int, hidden_dim: int, kernel_size: int) -> None:
        super().__init__()
        hidden = 256 * math.ceil(int(2 * hidden_dim / 3) / 256)
        padding = kernel_size // 2
        self.w1 = ChannelLastConv1d(dim, hidden, kernel_size, padding=padding, bias=False)
        self.w2 = ChannelLastConv1d(hidden, dim, kernel_size, padding=padding, bias=False)
        self.w3 = ChannelLastConv1d(dim, hidden, kernel_size, padding=padding, bias=False)

    def forward(self, x_BND: Tensor) -> Tensor:
        """``w2(silu(w1 x) · w3 x)``."""
        return self.w2(functional.silu(self.w1(x_BND)) * self.w3(x_BND))


class Head(nn.Module):
    """Modulated norm and projection to what is told of a token's latent cells."""

    def __init__(self, config: TowerConfig) -> None:
        super().__init__()
        self.eps = config.eps
        self.head = nn.Linear(config.dim, math.prod(config.patch_size) * config.told_dim)
        self.modulation = nn.Parameter(torch.randn(1, 2, config.dim) / config.dim**0.5)

    def forward(self, x_BND: Tensor, times: Timesteps) -> Tensor:
        """``head(norm(x) · (1 + scale) + shift)``."""
        modulation = self.modulation.to(times.e_BTD.dtype).unsqueeze(0)
        shift, scale = (modulation + times.e_BTD.unsqueeze(2)).unbind(dim=2)
        return self.head(scale_and_shift(x_BND, scale, shift, times.index_BN, self.eps))


class Tower(nn.Module):
    """A diffusion Transformer over the latents of one modality.

    Args:
        config: its shapes.
        joint: whether its blocks also attend to another tower.
    """

    def __init__(self, config: TowerConfig, *, joint: bool) -> None:
        super().__init__()
        self.config = config
        dim = config.dim
        self.patch_embedding: nn.Module
        if config.is_audio:
            self.patch_embedding = nn.Sequential(
                ChannelLastConv1d(config.in_dim, dim, kernel_size=7, padding=3),
                nn.SiLU(),
                ConvMLP(dim, 4 * dim, kernel_size=7),
            )
        else:
            patch = (config.patch_size[0], config.patch_size[1], config.patch_size[2])
            self.patch_embedding = nn.Conv3d(config.in_dim, dim, kernel_size=patch, stride=patch)
        self.spatial_embedding = (
            nn.Linear(4 * config.spatial_frequencies, dim, bias=False) if config.spatial_frequencies else None
        )
        self.text_embedding = nn.Sequential(
            nn.Linear(config.text_dim, dim), nn.GELU(approximate="tanh"), nn.Linear(dim, dim)
        )
        self.time_embedding = nn.Sequential(nn.Linear(config.freq_dim, dim), nn.SiLU(), nn.Linear(dim, dim))
        self.time_projection = nn.Sequential(nn.SiLU(), nn.Linear(dim, 6 * dim))
        self.blocks = nn.ModuleList(Block(config, joint=joint) for _ in range(config.num_layers))
        self.head = Head(config)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Starting weights as Ovi's: Xavier, text and time embeddings by width, and a head that answers zero."""
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                if module.bias is not None:
                    nn.init.zeros_(module.bias)
        if isinstance(self.patch_embedding, nn.Conv3d):
            nn.init.xavier_uniform_(self.patch_embedding.weight.flatten(1))
        for embedding in (self.text_embedding, self.time_embedding):
            for module in embedding.modules():
                if isinstance(module, nn.Linear):
                    nn.init.normal_(module.weight, std=self.config.dim**-0.5)  # 0.018 at Ovi's width, which has 0.02
        nn.init.zeros_(self.head.head.weight)

    @property
    def dtype(self) -> torch.dtype:
        """Dtype of the weights, in which tokens travel."""
        return self.head.head.weight.dtype

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return self.head.head.weight.device

    def preconditioning(
        self, latents: Sequence[Tensor], timestep: Tensor, *, clean_frame: bool
    ) -> list[Preconditioning] | None:
        """What of each sample's velocity follows from its noisy latent; ``None`` for a tower that answers all of it.

        Args:
            latents: one tensor a sample.
            timestep: in 0..1000, shape ``(B,)``.
            clean_frame: the first latent frame is given: its time is 0.

        Raises:
            UsageError: if there is a timestep for every token.
        """
        std = self.config.latent_std
        if std is None:
            return None
        if timestep.ndim != 1:
            raise UsageError("A tower with latent_std takes one timestep a sample, got one for every token.")
        if len(latents) > 1 and len({latent.shape for latent in latents}) == 1 and not clean_frame:
            return Preconditioning.of_batch(timestep / TIMESTEPS, std, torch.stack(tuple(latents)))
        found = []
        for t, latent in zip(timestep / TIMESTEPS, latents, strict=True):
            if clean_frame and latent.ndim == 4:
                t = torch.cat((t.new_zeros(1), t.expand(latent.shape[1] - 1)))
            found.append(Preconditioning.at(t, std, latent))
        return found

    def embed_clean(self, latent: Tensor) -> Tensor:
        """A clean latent of a reference as tokens, at the size that noisy ones have: ``tokens_ND``."""
        latent = latent.to(self.device)
        if self.config.latent_std is not None:
            latent = latent * Preconditioning.at(latent.new_zeros(()), self.config.latent_std, latent).into
        return self.patchify(latent.unsqueeze(0)).squeeze(0)

    def patchify(self, latent: Tensor) -> Tensor:
        """Latents of one size as tokens.

        Args:
            latent: ``(B, C, frames, height, width)`` of video or ``(B, N, C)`` of audio.

        Returns:
            ``tokens_BND``.
        """
        latent = latent.to(self.dtype)
        if not isinstance(self.patch_embedding, nn.Conv3d):
            tokens: Tensor = self.patch_embedding(latent)
            return tokens
        # Strides equal to the kernel make the convolution one product of matrices.
        _, rows, columns = self.config.patch_size
        patches = latent.unflatten(4, (-1, columns)).unflatten(3, (-1, rows))  # B C F h q w r
        patches = patches.permute(0, 2, 3, 5, 1, 4, 6).flatten(4).flatten(1, 3)
        return functional.linear(patches, self.patch_embedding.weight.flatten(1), self.patch_embedding.bias)

    def grid(self, latent: Tensor) -> tuple[int, ...]:
        """Tokens along each axis of one sample's latent.

        Raises:
            UsageError: if the latent has the wrong axes, channels or sizes.
        """
        config = self.config
        if config.is_audio:
            if latent.ndim != 2 or latent.shape[1] != config.in_dim or not latent.shape[0]:
                raise UsageError(
                    f"An audio latent must have shape (latents, {config.in_dim}), got {tuple(latent.shape)}."
                )
            return (latent.shape[0],)
        _, rows, columns = config.patch_size
        shape = tuple(latent.shape)
        if latent.ndim != 4 or shape[0] != config.in_dim or 0 in shape:
            raise UsageError(f"A video latent must have shape ({config.in_dim}, frames, height, width), got {shape}.")
        if shape[2] % rows or shape[3] % columns:
            raise UsageError(
                f"A video latent's height and width must be multiples of {rows} and {columns}, "
                f"got {shape[2]} and {shape[3]}: choose a picture size that is a multiple of 32 pixels."
            )
        return (shape[1], shape[2] // rows, shape[3] // columns)

    def tokens(self, latents: Sequence[Tensor], anchors: Sequence[Sequence[AnchorTokens]] | None = None) -> Tokens:
        """Embeds a batch of latents, and appends the anchors of each sample (§4.3).

        Args:
            latents: one tensor a sample, of any sizes.
            anchors: the anchors of each sample in order of roles, or ``None``.

        Returns:
            The padded batch with the tables of its positions.
        """
        grids = tuple(self.grid(latent) for latent in latents)
        alike = len(set(grids)) == 1
        if alike:
            embedded = list(self.patchify(torch.stack(tuple(latents))))
        else:
            embedded = [self.patchify(latent.unsqueeze(0)).squeeze(0) for latent in latents]
        if self.spatial_embedding is not None:
            embedded = [one + self._places(grid) for one, grid in zip(embedded, grids, strict=True)]
        targets = tuple(tokens.shape[0] for tokens in embedded)
        positions = [self._positions(grid) for grid in grids[: 1 if alike and anchors is None else None]]
        if anchors is not None:
            for i, roles in enumerate(anchors):
                embedded[i] = torch.cat([embedded[i], *(role.tokens.to(self.dtype) for role in roles)])
                positions[i] = torch.cat([positions[i], *(role.positions.to(positions[i]) for role in roles)])
        config = self.config
        dtype = working_dtype(self.dtype)
        tables = [
            rotary_table(position, config.rope_dims, config.temporal_rope_scaling_factor).to(dtype).to(self.device)
            for position in positions
        ]
        rotary = pad_sequence([table.transpose(0, 1) for table in tables], batch_first=True)  # B N 2 C
        return Tokens(
            pad_sequence(embedded, batch_first=True),
            rotary.permute(2, 0, 1, 3).unsqueeze(3),
            targets,
            tuple(tokens.shape[0] for tokens in embedded),
            grids,
        )

    def _places(self, grid: tuple[int, ...]) -> Tensor:
        """What a target's tokens are told of their places in the picture, the same in every frame: ``(N, D)``."""
        assert self.spatial_embedding is not None
        sinusoids = spatial_sinusoids(grid[1], grid[2], self.config.spatial_frequencies)
        places: Tensor = self.spatial_embedding(sinusoids.to(self.device, self.dtype))
        return places.repeat(grid[0], 1)

    def _positions(self, grid: tuple[int, ...]) -> Tensor:
        if self.config.is_audio:
            return audio_positions(grid[0], self.device)
        return video_positions(grid[0], grid[1], grid[2], self.device)

    def times(self, timestep: Tensor, tokens: Tokens, *, clean_frame: bool, anchor_time: float | None) -> Timesteps:
        """Embeds the timesteps: each distinct one once, however many tokens share it.

        Args:
            timestep: in 0..1000, shape ``(B,)``; or ``(B, N)`` with a timestep for every token.
            tokens: the batch.
            clean_frame: the first latent frame is given, not noisy: its tokens have timestep 0.
            anchor_time: timestep of the anchors; ``None`` for that of the targets.
        """
        size, length = len(tokens.lengths), tokens.tokens_BND.shape[1]
        index: Tensor | None = None
        if timestep.ndim != 1:
            if tuple(timestep.shape) != (size, length):
                raise UsageError(
                    f"Timesteps must have shape ({size},) or ({size}, {length}), got {tuple(timestep.shape)}. "
                    "Timesteps per token differ between the towers: give a pair."
                )
            distinct, index = torch.unique(timestep, return_inverse=True)
            timestep = distinct.expand(size, -1)
        else:
            if timestep.shape[0] != size:
                raise UsageError(f"There must be one timestep for each of {size} samples, got {timestep.shape[0]}.")
            columns = [timestep]
            spans: list[list[tuple[int, int, int]]] = [[] for _ in range(size)]
            if clean_frame:
                for own, grid in zip(spans, tokens.grids, strict=True):
                    own.append((0, math.prod(grid[1:]), len(columns)))
                columns.append(torch.zeros_like(timestep))
            if anchor_time is not None and tokens.lengths != tokens.targets:
                for own, start, stop in zip(spans, tokens.targets, tokens.lengths, strict=True):
                    own.append((start, stop, len(columns)))
                columns.append(torch.full_like(timestep, anchor_time))
            if len(columns) > 1:
                index = torch.zeros(size, length, dtype=torch.long, device=self.device)
                for i, own in enumerate(spans):
                    for start, stop, column in own:
                        index[i, start:stop] = column
            timestep = torch.stack(columns, dim=1)
        sinusoids = timestep_embedding(timestep.to(self.device), self.config.freq_dim)
        e_BTD: Tensor = self.time_embedding(sinusoids.to(self.dtype).to(self.device))
        modulation: Tensor = self.time_projection(e_BTD)
        dtype = working_dtype(self.dtype)
        return Timesteps(e_BTD.to(dtype), modulation.unflatten(-1, (6, -1)).to(dtype), index)

    def embed_text(self, texts: Sequence[Tensor], *, routed: bool) -> tuple[Tensor, Tensor | None, int]:
        """Embeds the prompts, followed by one token of padding and the number of its further copies.

        Ovi pads a prompt with zeros to ``text_len`` tokens, embeds the zeros too and attends to them; so
        does this.  All padding being one key, it is embedded and projected once.

              texts    rows          index
            a b c      a b c d e 0   0 1 2 5
            d e                      3 4 5 5

        Args:
            texts: one ``(tokens, text_dim)`` a sample.
            routed: groups say who sees how much padding; then a text may have any length.

        Returns:
            ``text_RD``, ``text_index_BL`` (``None`` for one sample), and the copies of each sample's last token
            that are still to be added.

        Raises:
            UsageError: if a text has the wrong width.
        """
        config = self.config
        for text in texts:
            if text.ndim != 2 or text.shape[1] != config.text_dim:
                raise UsageError(f"A text must have shape (tokens, {config.text_dim}), got {tuple(text.shape)}.")
        counts = [text.shape[0] for text in texts]
        length = max(counts) + 1 if routed else min(max(counts) + 1, config.text_len)
        pads = 0 if routed else config.text_len - length
        rows = torch.cat((*texts, texts[0].new_zeros(1, config.text_dim)))
        if len(texts) == 1:
            alone: Tensor = self.text_embedding(rows[:length].to(self.device, self.dtype))
            return alone, None, pads
        text_RD: Tensor = self.text_embedding(rows.to(self.device, self.dtype))
        index_BL = torch.full((len(texts), length), rows.shape[0] - 1)
        for one, start, count in zip(index_BL, accumulate([0, *counts]), counts, strict=False):
            one[:count] = torch.arange(start, start + count)
        return text_RD, index_BL.to(self.device), pads

    def answers(self, x_BND: Tensor, times: Timesteps, tokens: Tokens) -> list[Tensor]:
        """What the head tells of the targets, in the shapes of the latents that came in, of ``told_dim`` channels."""
        out = self.head(x_BND, times)
        return [self._unpatchify(out[i, :count], tokens.grids[i]) for i, count in enumerate(tokens.targets)]

    def _unpatchify(self, x_NP: Tensor, grid: tuple[int, ...]) -> Tensor:
        if self.config.is_audio:
            return x_NP
        frames, height, width = grid
        _, rows, columns = self.config.patch_size
        cells = x_NP.view(frames, height, width, rows, columns, self.config.told_dim)
        return cells.permute(5, 0, 1, 3, 2, 4).reshape(-1, frames, height * rows, width * columns)
