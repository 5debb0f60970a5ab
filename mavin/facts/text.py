"""The prompt as a text whose offsets never change: what is hidden from a reader is masked or blanked in place."""

from __future__ import annotations

import re

__all__ = ["MASK", "blank"]

MASK = "\ue000"
"""Stands for each character of a quotation, so that its stops and commas split nothing."""


def blank(text: str, start: int, end: int) -> str:
    """The text with a stretch replaced by spaces; line breaks stay."""
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
