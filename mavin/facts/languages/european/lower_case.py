"""German typed without capitals ("ein mann geht in die küche"): the capitals by which its nouns are known."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

from mavin.diagnostics import Span
from mavin.facts.languages.european.people import is_first_name, kind_of
from mavin.facts.model import Facts

__all__ = ["respelled", "with_capitals"]

_WORD = re.compile(r"[^\W\d_]{3,}")
_NO_NOUNS = frozenset(
    "der die das den dem des ein eine einer eines einem einen alte alten altes neue gross kleine kleiner lieber liebe liebes arme armer guter gute will mark wolf rose jung alter alt fest".split()
)
"""Words of the lists that are more often no noun when they are small."""


def with_capitals(prompt: str, told: str, language: str) -> str:
    """The prompt with capitals for people, animals and first names, if it is German and has none; offsets stay.

    Args:
        prompt: the user's text.
        told: the same with its quotations masked, which keep their letters.
        language: its language tag.
    """
    if language != "de" or any(char.isupper() for char in told):
        return prompt
    letters = list(prompt)
    for match in _WORD.finditer(told):
        word = match.group()
        if word not in _NO_NOUNS and (any(kind_of(word, "de")[:2]) or is_first_name(word)):
            letters[match.start()] = word[0].upper()
    return "".join(letters)


def respelled(facts: Facts, prompt: str) -> Facts:
    """Facts that were read from :func:`with_capitals`, their spans in the user's own letters again."""
    found: Facts = _respelled(replace(facts, prompt=prompt), prompt)
    return found


def _respelled(value: Any, prompt: str) -> Any:
    if isinstance(value, Span):
        return Span(start=value.start, end=value.end, text=prompt[value.start : value.end])
    if isinstance(value, tuple):
        items = [_respelled(item, prompt) for item in value]
        return type(value)(*items) if hasattr(value, "_fields") else tuple(items)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{item.name: _respelled(getattr(value, item.name), prompt) for item in fields(value)})
    return value
