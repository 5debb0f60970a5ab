"""Traditional characters as simplified ones, which jieba's dictionary and the word lists are written in."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from mavin.facts.foreign_model import Mention, Reading

__all__ = ["as_written", "simplified"]


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


@cache
def simplified(text: str) -> str:
    """The text in simplified characters; every offset stays.

    Args:
        text: Chinese in either script, or in both.
    """
    if text.isascii():
        return text
    plain = str(_converter().convert(text))
    return plain if len(plain) == len(text) else text


def as_written(reading: Reading, plain: str, text: str) -> Reading:
    """A reading of simplified words in the characters of the user.

    Args:
        reading: what was read.
        plain: the simplified words that it was read from.
        text: the same words as the user wrote them.
    """
    if plain == text:
        return reading
    return replace(
        reading,
        subjects=tuple(_mention(item, plain, text) for item in reading.subjects),
        objects=tuple(_mention(item, plain, text) for item in reading.objects),
    )


def _mention(item: Mention, plain: str, text: str) -> Mention:
    def back(words: str) -> str:
        at = plain.find(words, item.start)
        at = plain.find(words) if at < 0 else at
        return text[at : at + len(words)] if words and at >= 0 else words

    return replace(
        item,
        text=back(item.text),
        head=back(item.head),
        name=back(item.name),
        phrase=back(item.phrase),
        words=frozenset(back(word) for word in item.words),
    )
