"""Where speech stands in a prompt: quotation marks of every style, dashes, labels, and lines without any mark.

A line that is lost, cut or wrongly bounded is mended here; who says it is told in :mod:`mavin.facts.voices`.
"""

from mavin.facts.quotes.quotations import Quotation, find_quotations, is_json, mask, unparted

__all__ = [
    "Quotation",
    "find_quotations",
    "is_json",
    "mask",
    "unparted",
]
