"""Tables from words of a story to what they suggest."""

from __future__ import annotations

import re
from functools import cache

__all__ = ["WordTable", "entries", "entry_said_first", "first_entry", "whole_words"]

WordTable = tuple[tuple[str, str], ...]
"""Pairs of a pattern of whole words and its value; what stands first matters most."""


@cache
def whole_words(pattern: str) -> re.Pattern[str]:
    """The pattern as it matches between word borders, whatever the capitals."""
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


def entries(table: WordTable, text: str) -> list[str]:
    """The values of all entries that have words in the text, in the table's order."""
    return [value for pattern, value in table if whole_words(pattern).search(text)]


def entry_said_first(table: WordTable, text: str) -> str | None:
    """The entry whose words come first in the text; earlier entries win ties."""
    found = ((whole_words(pattern).search(text), order, value) for order, (pattern, value) in enumerate(table))
    best = min(((match.start(), order, value) for match, order, value in found if match), default=None)
    return best[2] if best else None


def first_entry(table: WordTable, text: str) -> str | None:
    """The first entry of the table that has words in the text."""
    return next(iter(entries(table, text)), None)
