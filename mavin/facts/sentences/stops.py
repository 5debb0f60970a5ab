"""Where sentences end in a masked prompt."""

from __future__ import annotations

import re

__all__ = ["sentences_of"]

_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|dra|st|prof|profa|sr|sra|srta|sig|sig\.ra|dott|ing|hr|fr|lic|jr|vs|etc|no|fig|e\.g|i\.e|a\.m|p\.m)|(?<!['’-])\b[A-Za-z])$",
    re.I,
)


def sentences_of(masked: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Sentences of a masked text as trimmed ``(start, end)`` offsets; line breaks end sentences too."""
    stop = len(masked) if end is None else end
    found: list[tuple[int, int]] = []
    begin = start
    for match in re.finditer(r"[.!?…]+(?=[\s)\]\"'”’]|$)|[。！？]+|\n+", masked[:stop]):
        if match.start() < begin:
            continue
        word = masked[begin : match.start()]
        if match.group() == "." and _ABBREVIATION.search(word) and match.end() < stop:
            following = masked[match.end() : match.end() + 2].strip()
            if len(word.split()) > 0 and (following[:1].isupper() or following[:1].islower()) and not _ends(word):
                continue
        found.append((begin, match.end()))
        begin = match.end()
    found.append((begin, stop))
    trimmed = []
    for left, right in found:
        while left < right and masked[left] in " \t\n\r-–—*•.,;:!?…。，；：！？)]":
            left += 1
        while right > left and masked[right - 1].isspace():
            right -= 1
        if left < right:
            trimmed.append((left, right))
    return trimmed


def _ends(word: str) -> bool:
    # A single letter before a full stop is an initial ("J. Doe"), unless it is a pronoun or a label's end.
    last = word.split()[-1] if word.split() else ""
    return bool(re.fullmatch(r"[a-zI]|[A-Z]\d+", last))
