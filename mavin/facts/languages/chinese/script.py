"""Traditional characters as simplified ones, which jieba's dictionary and the word lists are written in, and back."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from mavin.facts.languages.reading import Mention, Reading

__all__ = ["as_written", "simplified", "written_like"]


@cache
def _converter(which: str = "t2s") -> Any:
    import opencc

    return opencc.OpenCC(which)


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


def written_like(words: str, prompt: str) -> str:
    """Words of our own in the script of the prompt: traditional characters where the user writes these.

    Args:
        words: simplified Chinese that the user did not write.
        prompt: the user's text.
    """
    return str(_converter("s2t").convert(words)) if simplified(prompt) != prompt else words


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
