"""The order of the examples: every one once an epoch, in groups of one shape, the same wherever it goes on."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.train.order import Order, OrderState
from mavin.errors import UsageError


@settings(max_examples=25, deadline=None)
@given(
    shapes=st.lists(st.integers(0, 3), min_size=1, max_size=30),
    group=st.integers(1, 4),
    seed=st.integers(0, 2**62),
    cut=st.integers(0, 20),
)
def test_groups_have_one_shape_nothing_is_left_out_and_the_order_goes_on_where_it_stopped(
    shapes: list[int], group: int, seed: int, cut: int
) -> None:
    order = Order(len(shapes), shapes.__getitem__, group, seed)
    groups = []
    while order.state.epoch < 4 * group:
        groups.append(next(order))
    epochs = order.state.epoch
    assert all(len({shapes[number] for number in one}) == 1 and len(one) == group for one in groups)
    used = Counter(number for one in groups for number in one)
    # Each epoch takes each once; the last one has only begun, and some wait in a bin.
    waiting = Counter(number for one in order.state.bins for number in one)
    assert {used[n] + waiting[n] for n in range(len(shapes))} <= {epochs, epochs + 1}

    first = Order(len(shapes), shapes.__getitem__, group, seed)
    head = list(islice(first, cut))
    state = OrderState.model_validate_json(first.state.model_dump_json())
    tail = list(islice(Order(len(shapes), shapes.__getitem__, group, seed, state), 10))
    assert head + tail == list(islice(Order(len(shapes), shapes.__getitem__, group, seed), cut + 10))


def test_another_seed_is_another_order_and_every_epoch_is_shuffled_anew() -> None:
    first, other = (list(islice(Order(12, lambda _: 0, 3, seed), 8)) for seed in (1, 2))
    assert first != other
    assert first[:4] != first[4:]


def test_a_state_of_other_data_is_refused() -> None:
    with pytest.raises(UsageError, match="knows more than their 3 examples"):
        Order(3, lambda _: 0, 2, 0, OrderState(bins=((7,),)))
    with pytest.raises(UsageError, match="an example to learn from"):
        Order(0, lambda _: 0, 2, 0)
