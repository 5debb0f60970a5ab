"""In training a small network answers a batch by one call with log M written out: the same numbers as by groups."""

from __future__ import annotations

import torch

from generator.attention import attend_groups, dense_bias
from generator.runs import Group, Span


def test_log_m_written_out_gives_the_numbers_of_the_groups() -> None:
    generator = torch.Generator().manual_seed(0)
    q, k, v = (torch.randn(3, n, 2, 8, generator=generator, dtype=torch.float64) for n in (7, 9, 9))
    groups = (
        (
            Group((Span(0, 3),), (Span(0, 2), Span(4, 6)), pads=5),
            Group((Span(3, 6),), (Span(2, 4),), log_weights=(-0.7,)),  # query 6 sees nothing
        ),
        None,
        (Group((Span(0, 7),), (Span(0, 9),)),),
    )
    bias = dense_bias(groups, 7, 9, q)
    assert bias.shape == (3, 1, 7, 9)
    by_groups, by_numbers = attend_groups(q, k, v, groups), attend_groups(q, k, v, bias)
    assert torch.allclose(by_groups, by_numbers, atol=1e-6)
    assert not by_numbers[0, 6].any()


def test_gradients_are_those_of_the_groups() -> None:
    generator = torch.Generator().manual_seed(1)
    inputs = [torch.randn(2, n, 1, 4, generator=generator, dtype=torch.float64) for n in (5, 6, 6)]
    groups = ((Group((Span(0, 4),), (Span(1, 3),), pads=2),), (Group((Span(1, 5),), (Span(0, 6),)),))
    found = []
    for sight in (groups, dense_bias(groups, 5, 6, inputs[0])):
        leaves = [one.clone().requires_grad_() for one in inputs]
        torch.autograd.backward(attend_groups(leaves[0], leaves[1], leaves[2], sight).square().sum())
        found.append([leaf.grad for leaf in leaves])
    for one, other in zip(*found, strict=True):
        assert one is not None and other is not None
        assert torch.allclose(one, other, atol=1e-6)
        assert bool(torch.isfinite(one).all())
