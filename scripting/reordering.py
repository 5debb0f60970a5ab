"""A story told in another order: the only way in which the validator may change what the user wrote (paper C.1).

    told      e1 e2 e3            order (2, 0, 1)            retold    e3 e1 e2

The model answers with numbers of events, never with text, and what it makes of them is compared with
the prompt token by token: it may move and leave out the user's words, and cannot add one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from mavin.facts import Facts
from mavin.ledger import ConflictOutcome

__all__ = ["in_order", "is_reordered", "only_reorders", "order_schema", "retold", "usable_order"]


def _tokens(text: str) -> Counter[str]:
    # Scripts without spaces are compared sign by sign.
    return Counter(re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]|[^\W_]+", text.casefold()))


def only_reorders(text: str, prompt: str) -> bool:
    """Whether every token of a text stands in the prompt, at least as often."""
    return not _tokens(text) - _tokens(prompt)


def order_schema(count: int) -> dict[str, Any]:
    """JSON Schema of an order of ``count`` events, numbered from 1."""
    number = {"type": "integer", "minimum": 1, "maximum": count}
    return {"type": "array", "items": number, "minItems": count, "maxItems": count}


def usable_order(numbers: Sequence[int], facts: Facts) -> tuple[int, ...] | None:
    """Indices of the events in a new order, or ``None`` if the numbers are no new order of all of them."""
    order = tuple(number - 1 for number in numbers)
    if sorted(order) != list(range(len(facts.events))) or order == tuple(range(len(facts.events))):
        return None
    return order if only_reorders(retold(facts, order), facts.prompt) else None


def retold(facts: Facts, order: Iterable[int]) -> str:
    """The user's own clauses in an order, one sentence each."""
    return " ".join(f"{facts.events[index].span.text.strip(' .,;')}." for index in order)


def is_reordered(conflicts: Iterable[dict[str, Any]]) -> bool:
    """Whether a conflict was settled by another order of the events."""
    return any(conflict["outcome"] == ConflictOutcome.REORDERED and conflict.get("order") for conflict in conflicts)


def in_order(facts: Facts, conflicts: Iterable[dict[str, Any]]) -> Facts:
    """The facts with their events as a settled conflict has put them; for planning shots only."""
    for conflict in conflicts:
        if conflict["outcome"] == ConflictOutcome.REORDERED and conflict.get("order"):
            return replace(facts, events=tuple(facts.events[index] for index in conflict["order"]))
    return facts
