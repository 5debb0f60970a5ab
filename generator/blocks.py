"""One block of a tower: modulated self-attention, text and cross-tower attention, feed-forward.

The attributes carry the key names of Ovi's checkpoints, so that its weights load as they are.

Legend: B = batch, N = tokens, L = text tokens, R = text tokens of all samples together, D = width, H = heads,
K = D / H, T = distinct timesteps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from generator.attention import Groups, attend_groups, attend_padded
from generator.positions import rotate
from generator.presets import TowerConfig

__all__ = ["Block", "Conditions", "Modulation", "RMSNorm", "scale_and_shift", "working_dtype"]


def working_dtype(dtype: torch.dtype) -> torch.dtype:
    """Where norms, rotations and modulations are computed: float32, or float64 for a float64 network."""
    return torch.promote_types(dtype, torch.float32)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the blocks of one tower are told besides its tokens; the same for every block.

    Attributes:
        modulation_BTED: six modulations (E = 6) for each distinct timestep of a sample.
        timestep_index_BN: which of the T timesteps a token has; ``None`` when there is one.
        rotary: ``(cos, sin)`` of the tokens' positions, shape ``(2, B or 1, N, 1, C)``.
        text_RD: embedded text, the tokens of all samples one after another, and the padding, which is one.
        text_index_BL: which of them each sample's text is made of; ``None``: all of them are one sample's.
        text_pads: further copies of the last text token that every query sees (without ``text_groups``).
        self_groups: what each sample's tokens see of their own tower; ``None``: everything.
        text_groups: what they see of the text; ``None``: everything and the padding.
        cross_groups: what they see of the other tower; ``None``: everything.
    """

    modulation_BTED: Tensor
    timestep_index_BN: Tensor | None
    rotary: Tensor
    text_RD: Tensor
    text_index_BL: Tensor | None = None
    text_pads: int = 0
    self_groups: Sequence[Groups | None] | None = None
    text_groups: Sequence[Groups | None] | None = None
    cross_groups: Sequence[Groups | None] | None = None

    def texts(self, x_RD: Tensor) -> Tensor:
        """What was computed of every text token, as each sample's text: ``(B, L, D)``."""
        if self.text_index_BL is None:
            return x_RD.unsqueeze(0)
        return x_RD.index_select(0, self.text_index_BL.flatten()).unflatten(0, self.text_index_BL.shape)


class RMSNorm(nn.Module):
    """Root-mean-square norm over all channels of a token, not per head; computed in at least float32."""

    def __init__(self, dim: int, eps: float) -> None:
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(dim))

    def forward(self, x: Tensor) -> Tensor:
        """Normalises the last axis."""
        dtype = working_dtype(x.dtype)
        return functional.rms_norm(x.to(dtype), self.weight.shape, self.weight.to(dtype), self.eps).to(x.dtype)


class LayerNorm(nn.LayerNorm):
    """Layer norm, computed in at least float32."""

    def forward(self, x: Tensor) -> Tensor:
        """Normalises the last axis."""
        dtype = working_dtype(x.dtype)
        weight = None if self.weight is None else self.weight.to(dtype)
        bias = None if self.bias is None else self.bias.to(dtype)
        return functional.layer_norm(x.to(dtype), self.normalized_shape, weight, bias, self.eps).to(x.dtype)


class Modulation(nn.Module):
    """Learned offsets of the six modulations of a block."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.modulation = nn.Parameter(torch.randn(1, 6, dim) / dim**0.5)

    def forward(self, e_BTED: Tensor) -> tuple[Tensor, ...]:
        """The block's modulations, each ``(B, T, D)``: shift, scale and gate of attention, then of feed-forward."""
        return (self.modulation.to(e_BTED.dtype).unsqueeze(0) + e_BTED).unbind(dim=2)


def per_token(values_BTD: Tensor, index_BN: Tensor | None) -> Tensor:
    """The values of each token's timestep, ``(B, N, D)``; one timestep stays one row that broadcasts."""
    if index_BN is None:
        return values_BTD
    return values_BTD.gather(1, index_BN.unsqueeze(-1).expand(-1, -1, values_BTD.shape[-1]))


def scale_and_shift(x_BND: Tensor, scale: Tensor, shift: Tensor, index_BN: Tensor | None, eps: float) -> Tensor:
    """``layer_norm(x) · (1 + scale) + shift`` with each token's own timestep, in at least float32."""
    dtype = working_dtype(x_BND.dtype)
    normal = functional.layer_norm(x_BND.to(dtype), (x_BND.shape[-1],), eps=eps)
    return torch.addcmul(per_token(shift, index_BN), normal, 1 + per_token(scale, index_BN)).to(x_BND.dtype)


class SelfAttention(nn.Module):
    """Attention of a tower's tokens among themselves."""

    def __init__(self, config: TowerConfig) -> None:
        super().__init__()
        dim = config.dim
        self.num_heads = config.num_heads
        self.q = nn.Linear(dim, dim)
        self.k = nn.Linear(dim, dim)
        self.v = nn.Linear(dim, dim)
        self.o = nn.Linear(dim, dim)
        self.norm_q = RMSNorm(dim, config.eps) if config.qk_norm else nn.Identity()
        self.norm_k = RMSNorm(dim, config.eps) if config.qk_norm else nn.Identity()

    def heads(self, x_BND: Tensor) -> Tensor:
        """Splits the channels into heads: ``(B, N, H, K)``."""
        return x_BND.unflatten(-1, (self.num_heads, -1))

    def forward(self, x_BND: Tensor, given: Conditions) -> Tensor:
        """§4.3 (i) and (ii): the tokens see what ``given.self_groups`` lets them see."""
        q = rotate(self.heads(self.norm_q(self.q(x_BND))), given.rotary)
        k = rotate(self.heads(self.norm_k(self.k(x_BND))), given.rotary)
        out_BNHK = attend_groups(q, k, self.heads(self.v(x_BND)), given.self_groups)
        return self.o(out_BNHK.flatten(2))


class CrossAttention(SelfAttention):
    """Text attention (Eq. 3), to which a joint network adds attention to the other tower."""

    def __init__(self, config: TowerConfig, *, joint: bool) -> None:
        super().__init__(config)
        if joint:
            dim = config.dim
            self.k_fusion = nn.Linear(dim, dim)
            self.v_fusion = nn.Linear(dim, dim)
            self.pre_attn_norm_fusion = LayerNorm(dim, eps=1e-6)
            self.norm_k_fusion = RMSNorm(dim, 1e-6) if config.qk_norm else nn.Identity()

    def forward(  # type: ignore[override]
        self, x_BND: Tensor, given: Conditions, other_BMD: Tensor | None, other_rotary: Tensor | None
    ) -> Tensor:
        """Sum of what the text and the other tower answer to the same queries, then one projection.

        Text has no position: its queries are not rotated.  Across towers they are, each side by its own
        table, so that equal times meet.
        """
        q = self.heads(self.norm_q(self.q(x_BND)))
        # Once for every token; only what the attention sees is padded.
        k = self.heads(given.texts(self.norm_k(self.k(given.text_RD))))
        v = self.heads(given.texts(self.v(given.text_RD)))
        if given.text_groups is None:
            out_BNHK = attend_padded(q, k, v, given.text_pads)
        else:
            out_BNHK = attend_groups(q, k, v, given.text_groups)
        if other_BMD is not None and other_rotary is not None:
            other = self.pre_attn_norm_fusion(other_BMD)
            k = rotate(self.heads(self.norm_k_fusion(self.k_fusion(other))), other_rotary)
            v = self.heads(self.v_fusion(other))
            out_BNHK = out_BNHK + attend_groups(rotate(q, given.rotary), k, v, given.cross_groups)
        return self.o(out_BNHK.flatten(2))


class Block(nn.Module):
    """One layer of a tower."""

    def __init__(self, config: TowerConfig, *, joint: bool) -> None:
        super().__init__()
        self.eps = config.eps
        self.self_attn = SelfAttention(config)
        self.norm3 = LayerNorm(config.dim, eps=config.eps) if config.cross_attn_norm else nn.Identity()
        self.cross_attn = CrossAttention(config, joint=joint)
        self.ffn = nn.Sequential(
            nn.Linear(config.dim, config.ffn_dim),
            nn.GELU(approximate="tanh"),
            nn.Linear(config.ffn_dim, config.dim),
        )
        self.modulation = Modulation(config.dim)

    def attend_self(self, x_BND: Tensor, given: Conditions) -> Tensor:
        """First half: ``x + gate · self_attn(norm(x))``."""
        shift, scale, gate, *_ = self.modulation(given.modulation_BTED)
        y = self.self_attn(scale_and_shift(x_BND, scale, shift, given.timestep_index_BN, self.eps), given)
        return torch.addcmul(x_BND, y, per_token(gate, given.timestep_index_BN).to(x_BND.dtype))

    def attend_others(
        self, x_BND: Tensor, given: Conditions, other_BMD: Tensor | None = None, other_rotary: Tensor | None = None
    ) -> Tensor:
        """Second half: text and the other tower (ungated), then ``x + gate · ffn(norm(x))``.

        ``other_BMD`` is the other tower after its own first half of this block.
        """
        *_, shift, scale, gate = self.modulation(given.modulation_BTED)
        x_BND = x_BND + self.cross_attn(self.norm3(x_BND), given, other_BMD, other_rotary)
        y = self.ffn(scale_and_shift(x_BND, scale, shift, given.timestep_index_BN, self.eps))
        return torch.addcmul(x_BND, y, per_token(gate, given.timestep_index_BN).to(x_BND.dtype))
