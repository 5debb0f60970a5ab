"""Attention over groups of equal visibility: exact, and never with a mask of N × L or N².

Tokens that see the same keys are answered by one call without a mask.  The softmax of Eq. 3 runs over
the visible keys only, since log M = −∞ removes the others; so leaving them out is the same number.

    keys     A  B  C  D          groups
    query 0  █  █  ·  ·   ┐
    query 1  █  █  ·  ·   ┴────  queries 0–2 see A B      softmax(q · [A B]ᵀ / √d) · V
    query 2  █  ·  █  ·   ───── queries 2–3 see A C
    query 3  █  ·  ·  █   ───── queries 3–4 see A D

Legend: B = batch, N = queries, M = keys, H = heads, K = channels per head (d of Eq. 3).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention

from generator.runs import Group, Span, dense_mask

__all__ = ["Groups", "Sight", "attend", "attend_dense", "attend_groups", "dense_bias"]

Groups = tuple[Group, ...]
"""What the queries of one sample see; queries in no group see nothing and get zeros."""


Sight = Sequence[Groups | None] | Tensor | None
"""What a batch's queries see: groups of each sample, their :func:`dense_bias`, or ``None`` for everything."""


def attend(q_BNHK: Tensor, k_BMHK: Tensor, v_BMHK: Tensor, bias_BM: Tensor | None = None) -> Tensor:
    """Eq. 3 with M = 1: softmax(q kᵀ / √d) v, every query seeing every key.

    Args:
        q_BNHK: queries.
        k_BMHK: keys.
        v_BMHK: values.
        bias_BM: log-weights of the keys, the same for every query; ``None`` for none.

    Returns:
        ``out_BNHK``.
    """
    out_BHNK = scaled_dot_product_attention(
        q_BNHK.transpose(1, 2),
        k_BMHK.transpose(1, 2),
        v_BMHK.transpose(1, 2),
        attn_mask=None if bias_BM is None else bias_BM[:, None, None, :].to(q_BNHK.dtype),
    )
    return out_BHNK.transpose(1, 2)


def attend_groups(q_BNHK: Tensor, k_BMHK: Tensor, v_BMHK: Tensor, groups: Sight = None) -> Tensor:
    """Eq. 3: softmax(q kᵀ / √d + log M) v, with M given as groups of equal rows, or as :func:`dense_bias`.

    Args:
        q_BNHK: queries.
        k_BMHK: keys; where a group asks for padding, the last key is the padding.
        v_BMHK: values.
        groups: what each sample's queries see; ``None`` for a sample, or for all of them: everything.

    Returns:
        ``out_BNHK``; zeros where a query sees nothing.
    """
    if isinstance(groups, Tensor):
        return _attend_biased(q_BNHK, k_BMHK, v_BMHK, groups)
    if groups is None or all(one is None for one in groups):
        return attend(q_BNHK, k_BMHK, v_BMHK)
    if all(one == groups[0] for one in groups[1:]):
        assert groups[0] is not None
        return _attend_alike(q_BNHK, k_BMHK, v_BMHK, groups[0])
    outputs = []
    for i, one in enumerate(groups):
        q, k, v = q_BNHK[i : i + 1], k_BMHK[i : i + 1], v_BMHK[i : i + 1]
        outputs.append(attend(q, k, v) if one is None else _attend_alike(q, k, v, one))
    return torch.cat(outputs)


def dense_bias(groups: Sequence[Groups | None], queries: int, keys: int, like: Tensor) -> Tensor:
    """log M of a batch as numbers, for small networks in training, where one call is faster than many.

                keys              padding, the last key
               ┌───────────────┬──────────┐
    group 1    │ 0  0 −∞ −∞ −∞ │ log pads │      so many copies of one key weigh
    group 2    │ 0 −∞  0 −∞ −∞ │ log pads │      as much as one with their logarithm
    no group   │−∞ −∞ −∞ −∞ −∞ │    −∞    │
               └───────────────┴──────────┘

    Args:
        groups: of each sample.
        queries: N, of the longest sample.
        keys: M, of the longest sample.
        like: gives dtype and device.

    Returns:
        Shape ``(B, 1, N, M)``.
    """
    bias = np.full((len(groups), 1, queries, keys), -np.inf, dtype=np.float32)
    for rows, one in zip(bias[:, 0], groups, strict=True):
        if one is None:
            rows[:] = 0
            continue
        for group in one:
            row = np.full(keys, -np.inf, dtype=np.float32)
            for span, weight in zip(group.keys, group.log_weights or [0.0] * len(group.keys), strict=True):
                row[span.start : span.stop] = weight
            if group.pads:
                row[-1] = math.log(group.pads)
            for span in group.queries:
                rows[span.start : span.stop] = row
    return torch.from_numpy(bias).to(like.device, like.dtype)


def _attend_biased(q_BNHK: Tensor, k_BMHK: Tensor, v_BMHK: Tensor, bias_B1NM: Tensor) -> Tensor:
    blind_B1N1 = torch.isneginf(bias_B1NM).all(dim=3, keepdim=True)
    q, k, v = (x.transpose(1, 2) for x in (q_BNHK, k_BMHK, v_BMHK))
    # A row without any key has no softmax: it is let see everything and its answer dropped.
    out_BHNK = scaled_dot_product_attention(q, k, v, attn_mask=bias_B1NM.masked_fill(blind_B1N1, 0.0))
    return out_BHNK.masked_fill(blind_B1N1, 0.0).transpose(1, 2)


def attend_dense(
    q_BNHK: Tensor, k_BMHK: Tensor, v_BMHK: Tensor, groups: Sequence[Groups | None] | None = None
) -> Tensor:
    """:func:`attend_groups` with the mask of N × M written out: what tests and benchmarks compare with.

             keys        padding
            ┌─────────┬─────────┐
    group 1 │ █ █ · · │ █ █ ·   │      see :func:`generator.runs.dense_mask`
    group 2 │ █ · █ · │ █ █ █   │
            └─────────┴─────────┘
    """
    outputs = []
    for i, one in enumerate(groups or [None] * len(q_BNHK)):
        q, k, v = (x[i : i + 1].transpose(1, 2) for x in (q_BNHK, k_BMHK, v_BMHK))
        mask_NM = torch.from_numpy(dense_mask(one, q.shape[2], k.shape[2])).to(q.device)
        pads = mask_NM.shape[1] - k.shape[2]
        k, v = (torch.cat((x, x[:, :, -1:].expand(-1, -1, pads, -1)), dim=2) for x in (k, v))
        out = scaled_dot_product_attention(q, k, v, attn_mask=mask_NM)
        outputs.append(out.masked_fill(~mask_NM.any(dim=1)[:, None], 0).transpose(1, 2))
    return torch.cat(outputs)


def _attend_alike(q: Tensor, k: Tensor, v: Tensor, groups: Groups) -> Tensor:
    pieces: list[tuple[Span, Tensor]] = []
    for group in groups:
        queries = _take(q, group.queries)
        out = attend(queries, _take(k, group.keys, group.pads), _take(v, group.keys, group.pads), _bias(group, q))
        start = 0
        for span in group.queries:
            pieces.append((span, out[:, start : start + span.length]))
            start += span.length
    return _assemble(pieces, q)


def _take(x_BMHK: Tensor, spans: tuple[Span, ...], pads: int = 0) -> Tensor:
    """The tokens of some spans, in order, and the last token ``pads`` times; a view where it can be one."""
    if len(spans) == 1 and not pads:
        return x_BMHK[:, spans[0].start : spans[0].stop]
    parts = [x_BMHK[:, span.start : span.stop] for span in spans]
    if pads:
        parts.append(x_BMHK[:, -1:].expand(-1, pads, -1, -1))
    return torch.cat(parts, dim=1)


def _bias(group: Group, q: Tensor) -> Tensor | None:
    if group.log_weights is None:
        return None
    weights = [w for span, w in zip(group.keys, group.log_weights, strict=True) for w in [w] * span.length]
    return q.new_tensor([weights + [0.0] * group.pads])


def _assemble(pieces: list[tuple[Span, Tensor]], q: Tensor) -> Tensor:
    """The pieces in order of their queries, zeros in between."""
    parts, at = [], 0
    for span, piece in sorted(pieces, key=lambda piece: piece[0].start):
        if span.start > at:
            parts.append(q.new_zeros(q.shape[0], span.start - at, *q.shape[2:]))
        parts.append(piece)
        at = span.stop
    if at < q.shape[1]:
        parts.append(q.new_zeros(q.shape[0], q.shape[1] - at, *q.shape[2:]))
    return parts[0] if len(parts) == 1 else torch.cat(parts, dim=1)
