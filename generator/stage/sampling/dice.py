"""Random choices from raw random bits, whose stream NumPy promises never to change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from generator.stage.words import seed_of

__all__ = ["Dice"]

_T = TypeVar("_T")


class Dice:
    """A stream of choices that depends on the parts' text alone, on every machine and in every version.

    NumPy's ``Generator`` methods may change their streams between versions; the bits below them may not.
    """

    def __init__(self, *parts: object) -> None:
        self._bits = np.random.PCG64(seed_of("sampling", *parts))

    def share(self) -> float:
        """A number in [0, 1)."""
        return int(self._bits.random_raw() >> 11) / 2**53

    def chance(self, probability: float) -> bool:
        """Whether something of that probability happens."""
        return self.share() < probability

    def whole(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both possible."""
        return low + int(self.share() * (high - low + 1))

    def between(self, low: float, high: float) -> float:
        """A number in [low, high)."""
        return low + self.share() * (high - low)

    def pick(self, options: Sequence[_T]) -> _T:
        """One of several."""
        return options[self.whole(0, len(options) - 1)]

    def some(self, options: Sequence[_T], count: int) -> list[_T]:
        """So many different ones, or all if there are fewer, in random order."""
        rest = list(options)
        return [rest.pop(self.whole(0, len(rest) - 1)) for _ in range(min(count, len(rest)))]
