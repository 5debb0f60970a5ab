"""What a contract is, as the list of them tells it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mavin.diagnostics import Diagnostic

__all__ = ["STORY", "Contract"]

STORY = 'A gardener waters the roses in a walled garden, and then Mara opens a rusty gate and says "Come in."'
"""The prompt that every example is about."""


@dataclass(frozen=True, slots=True)
class Contract:
    """One demand on a model's words.

    Attributes:
        code: the diagnostic's code.
        about: what it is about (``detail``, ``sound``, …).
        demands: what must hold, one sentence.
        example: words that break it.
        then: what happens.
        check: the contract itself, on words about :data:`STORY`.
        instruction: what a person has asked the editor agent for, empty for the agents that write.
    """

    code: str
    about: str
    demands: str
    example: str
    then: str
    check: Callable[[str], list[Diagnostic]]
    instruction: str = ""
