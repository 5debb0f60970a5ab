"""Tables from words of a story to what they suggest."""

from __future__ import annotations

import re

__all__ = ["WordTable", "entry_said_first", "first_entry", "matches"]

WordTable = tuple[tuple[str, str], ...]
"""Pairs of a pattern and its value; what stands first matters most."""


def matches(table: WordTable, text: str) -> list[tuple[int, int, str]]:
    """Where each entry's words come first in the text, the entry's place in the table, and its value."""
    found = ((re.search(rf"\b(?:{pattern})", text, re.I), order, value) for order, (pattern, value) in enumerate(table))
    return [(match.start(), order, value) for match, order, value in found if match]


def entry_said_first(table: WordTable, text: str) -> str | None:
    """The entry whose words come first in the text; earlier entries win ties."""
    found = min(matches(table, text), default=None)
    return found[2] if found else None


def first_entry(table: WordTable, text: str) -> str | None:
    """The first entry of the table that has words in the text."""
    return next((value for pattern, value in table if re.search(rf"\b(?:{pattern})", text, re.IGNORECASE)), None)
