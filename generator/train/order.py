"""In which order examples come: shuffled by the seed, in groups of one shape, every example once an epoch.

    epoch 0   7 2 9 0 5 …      each example goes into the bin of its shape,
              │ │ │ │ │        and a full bin is the next group:
              ▼ ▼ ▼ ▼ ▼
    bins     [7 9][2 5 ]… ──▶ (7, 9, 4)  (2, 5, 1)  …

What is left in the bins at the end of an epoch waits there for the next one: no example is left out and
none is taken twice.  The order does not depend on how many processes share it, and its state is a few numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Annotated, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from mavin.errors import UsageError

__all__ = ["Order", "OrderState"]


class OrderState(BaseModel):
    """How far the order has come.

    Attributes:
        epoch: from 0.
        position: examples of this epoch that have gone into a bin.
        bins: numbers of the examples that wait, one list a shape, oldest bin first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    epoch: Annotated[int, Field(ge=0)] = 0
    position: Annotated[int, Field(ge=0)] = 0
    bins: tuple[tuple[int, ...], ...] = ()


class Order(Iterator[tuple[int, ...]]):
    """Groups of example numbers without end.

    Args:
        count: how many examples there are.
        shape: of each; only groups of one shape come out.
        group: examples of a group.
        seed: of the shuffling.
        state: where to go on.

    Raises:
        UsageError: if there are no examples, or the state is of another dataset.
    """

    def __init__(
        self,
        count: int,
        shape: Callable[[int], Hashable],
        group: int,
        seed: int,
        state: OrderState | None = None,
    ) -> None:
        if count < 1:
            raise UsageError("There must be an example to learn from, got none. Choose other data.")
        state = state or OrderState()
        self._count, self._shape, self._group, self._seed = count, shape, group, seed
        self._epoch, self._position = state.epoch, state.position
        waiting = [number for one in state.bins for number in one]
        if self._position > count or any(not 0 <= number < count for number in waiting):
            raise UsageError(
                f"The checkpoint must have been made with these data, and it knows more than their {count} examples. "
                "Choose the data of the run, or begin a new one."
            )
        self._bins: dict[Hashable, list[int]] = {shape(one[0]): list(one) for one in state.bins if one}
        self._shuffled = self._shuffle()

    @property
    def state(self) -> OrderState:
        """Where to go on later."""
        return OrderState(
            epoch=self._epoch, position=self._position, bins=tuple(tuple(one) for one in self._bins.values())
        )

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> tuple[int, ...]:
        while True:
            if self._position == self._count:
                self._epoch, self._position = self._epoch + 1, 0
                self._shuffled = self._shuffle()
            number = int(self._shuffled[self._position])
            self._position += 1
            shape = self._shape(number)
            waiting = self._bins.setdefault(shape, [])
            waiting.append(number)
            if len(waiting) == self._group:
                del self._bins[shape]
                return tuple(waiting)

    def take(self, groups: int) -> Sequence[tuple[int, ...]]:
        """The next groups."""
        return [next(self) for _ in range(groups)]

    def _shuffle(self) -> NDArray[np.int64]:
        return np.random.default_rng((self._seed, self._epoch)).permutation(self._count)
