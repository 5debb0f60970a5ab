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
from itertools import pairwise
from typing import Final

import torch
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention

from generator.runs import Group, Span, dense_mask

__all__ = ["Groups", "attend", "attend_dense", "attend_groups", "attend_padded"]

Groups = tuple[Group, ...]
"""What the queries of one sample see; queries in no group see nothing and get zeros."""

_LARGE: Final = 2_000
"""Scores of a head from which products of matrices are worth their preparation: training in bfloat16 on a CPU."""

_SCORES: Final = 32_000_000
"""How many scores are written out at once: 64 MB of bfloat16."""


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
    q, k, v = (x.transpose(1, 2) for x in (q_BNHK, k_BMHK, v_BMHK))
    bias = None if bias_BM is None else bias_BM[:, None, None, :]
    large = q.shape[2] * k.shape[2] >= _LARGE
    if large and q.device.type == "cpu" and q.dtype == torch.bfloat16 and torch.is_grad_enabled():
        out_BHNK = _attend_by_products(q, k, v, bias)
    else:
        out_BHNK = scaled_dot_product_attention(q, k, v, attn_mask=bias)
    return out_BHNK.transpose(1, 2)


def _attend_by_products(q: Tensor, k: Tensor, v: Tensor, bias: Tensor | None) -> Tensor:
    """The scores written out, some rows at a time: three times as fast, forth and back, as the fused kernel."""
    rows = max(1, _SCORES // (q.shape[0] * q.shape[1] * k.shape[2]))
    outputs = []
    for some in torch.split(q * q.shape[-1] ** -0.5, rows, dim=2):
        scores = torch.matmul(some, k.transpose(-1, -2))
        if bias is not None:
            scores = scores + bias.to(scores.dtype)  # the scores themselves are as coarse
        outputs.append(torch.matmul(scores.softmax(-1).to(v.dtype), v))
    return outputs[0] if len(outputs) == 1 else torch.cat(outputs, dim=2)


def attend_padded(q_BNHK: Tensor, k_BMHK: Tensor, v_BMHK: Tensor, pads: int) -> Tensor:
    """:func:`attend` where every query sees the last key, the padding, ``pads`` times more.

    All padding is one and the same key, and a key seen n times is one key with a weight of log n: the same
    sum, and the work of one.  GPUs' fast kernels take no weights, so there the copies are made.
    """
    if not pads:
        return attend(q_BNHK, k_BMHK, v_BMHK)
    if _weighs(q_BNHK):
        bias = q_BNHK.new_zeros(1, k_BMHK.shape[1], dtype=_weight_dtype(q_BNHK))
        bias[:, -1] = math.log(pads + 1)
        return attend(q_BNHK, k_BMHK, v_BMHK, bias)
    k_BMHK, v_BMHK = (torch.cat((x, _copies(x[:, -1:], pads)), dim=1) for x in (k_BMHK, v_BMHK))
    return attend(q_BNHK, k_BMHK, v_BMHK)


def attend_groups(
    q_BNHK: Tensor, k_BMHK: Tensor, v_BMHK: Tensor, groups: Sequence[Groups | None] | None = None
) -> Tensor:
    """Eq. 3: softmax(q kᵀ / √d + log M) v, with M given as groups of equal rows.

    Args:
        q_BNHK: queries.
        k_BMHK: keys; where a group asks for padding, the last key is the padding.
        v_BMHK: values.
        groups: what each sample's queries see; ``None`` for a sample, or for all of them: everything.

    Returns:
        ``out_BNHK``; zeros where a query sees nothing.
    """
    if groups is None or all(one is None for one in groups):
        return attend(q_BNHK, k_BMHK, v_BMHK)
    if all(one == groups[0] for one in groups[1:]):
        assert groups[0] is not None
        return _attend_alike(q_BNHK, k_BMHK, v_BMHK, groups[0])
    simple = [one[0] for one in groups if one is not None and _is_simple(one, q_BNHK)]
    if len(simple) == len(groups):
        return _attend_simple(q_BNHK, k_BMHK, v_BMHK, simple)
    outputs = []
    for one, q, k, v in zip(
        groups, torch.split(q_BNHK, 1), torch.split(k_BMHK, 1), torch.split(v_BMHK, 1), strict=True
    ):
        outputs.append(attend(q, k, v) if one is None else _attend_alike(q, k, v, one))
    return torch.cat(outputs)


def _is_simple(groups: Groups, q: Tensor) -> bool:
    """Whether all queries of a sample see the same first keys, and perhaps padding that is a weight.

    Only on a CPU: a GPU's fast kernels take no weights.
    """
    group = groups[0] if len(groups) == 1 and q.device.type == "cpu" else None
    if group is None or group.log_weights is not None or not (_weighs(q) or not group.pads):
        return False
    return len(group.queries) == len(group.keys) == 1 and group.queries[0].start == group.keys[0].start == 0


def _attend_simple(q: Tensor, k: Tensor, v: Tensor, groups: Sequence[Group]) -> Tensor:
    """Samples that differ only in how many keys they see: one call, with what they do not see weighted −∞.

              keys     padding
    sample 1 │ █ █ █ · │ █ │      of which the last key is one, weighted by its number
    sample 2 │ █ · · · │ █ │
    """
    bias = q.new_full((len(groups), k.shape[1]), -math.inf, dtype=_weight_dtype(q))
    for row, group in zip(bias, groups, strict=True):
        row[: group.keys[0].stop] = 0
        if group.pads:
            row[-1] = math.log(group.pads)
    out = attend(q, k, v, bias)
    if all(group.queries[0].stop == q.shape[1] for group in groups):
        return out
    seen = torch.tensor([group.queries[0].stop for group in groups], device=q.device)
    return out * (torch.arange(q.shape[1], device=q.device) < seen[:, None])[..., None, None].to(out.dtype)


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
    queries = _Pieces(q, [span for group in groups for span in group.queries])
    spans = [span for group in groups for span in group.keys]
    if any(group.pads for group in groups):
        spans.append(Span(k.shape[1] - 1, k.shape[1]))
    keys, values = _Pieces(k, spans), _Pieces(v, spans)
    weighs = _weighs(q)
    found: list[tuple[Span, Tensor]] = []
    for group in groups:
        pads = min(group.pads, 1) if weighs else group.pads
        out = attend(
            queries.take(group.queries), keys.take(group.keys, pads), values.take(group.keys, pads), _bias(group, q)
        )
        found += zip(group.queries, torch.split(out, [span.length for span in group.queries], dim=1), strict=True)
    return _assemble(found, q)


class _Pieces:
    """A sequence cut once at all the ends of spans.

    A slice's gradient is as large as the whole tensor, and there would be one for every span; going back
    through one cut is one concatenation.
    """

    def __init__(self, x_BMHK: Tensor, spans: Sequence[Span]) -> None:
        length = x_BMHK.shape[1]
        ends = sorted({0, length, *(end for span in spans for end in span)})
        sizes = [stop - start for start, stop in pairwise(ends)]
        self._number = {end: number for number, end in enumerate(ends)}
        self._pieces = torch.split(x_BMHK, sizes, dim=1)

    def take(self, spans: Sequence[Span], pads: int = 0) -> Tensor:
        """The tokens of some spans, in order, and the last token ``pads`` times."""
        parts = [piece for start, stop in spans for piece in self._pieces[self._number[start] : self._number[stop]]]
        if pads:
            parts.append(_copies(self._pieces[-1], pads))
        return parts[0] if len(parts) == 1 else torch.cat(parts, dim=1)


def _copies(last_B1HK: Tensor, count: int) -> Tensor:
    return last_B1HK.expand(-1, count, -1, -1)


def _weighs(q: Tensor) -> bool:
    """Whether padding is a weight rather than copies: where it costs nothing and the weight is exact enough."""
    return q.device.type == "cpu" and q.dtype in {torch.float32, torch.float64, torch.bfloat16}


def _weight_dtype(q: Tensor) -> torch.dtype:
    """Of log-weights; log 400 in bfloat16 would be off by 2 %.  A GPU's kernels want the dtype of the queries."""
    if q.device.type != "cpu":
        return q.dtype
    return torch.promote_types(q.dtype, torch.float32)


def _bias(group: Group, q: Tensor) -> Tensor | None:
    """log M's finite part: the soft variant's weights, and the padding's number if it is one key."""
    one_pad = group.pads > 1 and _weighs(q)
    if group.log_weights is None and not one_pad:
        return None
    pads = 1 if one_pad else group.pads
    length = sum(span.length for span in group.keys)
    if group.log_weights is None:
        bias = q.new_zeros(1, length + pads, dtype=_weight_dtype(q))
    else:
        weights = [w for span, w in zip(group.keys, group.log_weights, strict=True) for w in [w] * span.length]
        bias = q.new_tensor([weights + [0.0] * pads], dtype=_weight_dtype(q))
    if one_pad:
        bias[:, -1] = math.log(group.pads)
    return bias


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
