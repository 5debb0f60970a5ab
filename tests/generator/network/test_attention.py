"""Attention by groups against the mask written out: numbers and gradients, of small and of uneven batches."""

from __future__ import annotations

import pytest
import torch

from generator import attention
from generator.attention import attend_dense, attend_groups, attend_padded
from generator.runs import Group, Span

GROUPS = (
    (
        Group((Span(0, 2), Span(5, 6)), (Span(0, 2), Span(4, 6)), pads=300),
        Group((Span(2, 5),), (Span(1, 4),)),  # query 6 sees nothing
    ),
    (Group((Span(0, 7),), (Span(0, 9),)),),
    (Group((Span(0, 3),), (Span(2, 3),), pads=1), Group((Span(3, 7),), (), pads=7)),
)


@pytest.mark.parametrize("dtype", [torch.float64, torch.bfloat16, torch.float16])
def test_groups_give_numbers_and_gradients_of_the_mask(dtype: torch.dtype) -> None:
    # In float16, as on a GPU, padding is copied; else it is one key that weighs as much.
    generator = torch.Generator().manual_seed(0)
    inputs = [torch.randn(3, n, 2, 8, generator=generator, dtype=torch.float64) for n in (7, 9, 9)]
    weights = torch.randn(3, 7, 2, 8, generator=generator, dtype=torch.float64)
    found = []
    for function, kind in ((attend_groups, dtype), (attend_dense, torch.float64)):
        leaves = [one.to(kind).requires_grad_() for one in inputs]
        out = function(leaves[0], leaves[1], leaves[2], GROUPS)
        torch.autograd.backward((out.double() * weights).sum())
        found.append([out.detach().double(), *(leaf.grad.double() for leaf in leaves if leaf.grad is not None)])
    tolerance = 1e-12 if dtype is torch.float64 else 0.06
    assert len(found[0]) == 4
    for one, other in zip(*found, strict=True):
        torch.testing.assert_close(one, other, rtol=0, atol=tolerance)
    assert not found[0][0][0, 6].any()


def test_samples_that_see_more_or_less_are_answered_by_one_call() -> None:
    generator = torch.Generator().manual_seed(3)
    q, k, v = (torch.randn(3, n, 2, 4, generator=generator, dtype=torch.float64, requires_grad=True) for n in (5, 9, 9))
    groups = (
        (Group((Span(0, 5),), (Span(0, 8),)),),
        (Group((Span(0, 5),), (Span(0, 3),), pads=40),),
        (Group((Span(0, 2),), (Span(0, 1),), pads=1),),  # its other queries pad it
    )
    found, wanted = attend_groups(q, k, v, groups), attend_dense(q, k, v, groups)
    torch.testing.assert_close(found, wanted, rtol=0, atol=1e-12)
    for one, other in zip(
        torch.autograd.grad(found.square().sum(), (q, k, v)),
        torch.autograd.grad(wanted.square().sum(), (q, k, v)),
        strict=True,
    ):
        torch.testing.assert_close(one, other, rtol=0, atol=1e-11)


def test_padding_that_all_see_is_one_key_with_its_number_as_weight() -> None:
    generator = torch.Generator().manual_seed(1)
    q, k, v = (torch.randn(2, n, 1, 4, generator=generator, dtype=torch.float64) for n in (5, 6, 6))
    groups = ((Group((Span(0, 5),), (Span(0, 6),), pads=40),),) * 2
    torch.testing.assert_close(attend_padded(q, k, v, 40), attend_dense(q, k, v, groups), rtol=0, atol=1e-12)
    torch.testing.assert_close(attend_padded(q, k, v, 0), attend_groups(q, k, v), rtol=0, atol=0)


@pytest.mark.parametrize("scores", [32_000_000, 30_000])
def test_many_scores_of_bfloat16_on_a_processor_are_the_same_numbers(
    monkeypatch: pytest.MonkeyPatch, scores: int
) -> None:
    """Written out at once, or 37 rows at a time; scores and the padding's weight are rounded to a part in 128."""
    monkeypatch.setattr(attention, "_SCORES", scores)
    generator = torch.Generator().manual_seed(2)
    q, k, v = (torch.randn(1, n, 2, 16, generator=generator, dtype=torch.float64) for n in (220, 400, 400))
    groups = ((Group((Span(0, 220),), (Span(0, 400),), pads=385),),)
    low_q, low_k, low_v = (one.bfloat16().requires_grad_() for one in (q, k, v))
    found = attend_groups(low_q, low_k, low_v, groups).double()
    torch.testing.assert_close(found, attend_dense(q, k, v, groups), rtol=0, atol=0.02)
    exact = attend_dense(low_q.double(), low_k.double(), low_v.double(), groups)
    torch.testing.assert_close(found, exact, rtol=0, atol=0.02)
