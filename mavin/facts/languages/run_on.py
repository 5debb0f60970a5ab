"""Prompts typed without any punctuation: where one clause ends and the next begins, in each language."""

from __future__ import annotations

import re

from mavin.facts.languages.closed_words import words_of
from mavin.facts.languages.english import run_on as english
from mavin.facts.languages.european import run_on as european

__all__ = ["with_clauses_apart"]

_ASIAN_STOPS = re.compile(r"[。、，；！？.!?;,\n]")
_ASIAN_GAP = re.compile(r"(?<=[\u3040-\u30ff\u4e00-\u9fff])[ \u3000]+(?=[\u3040-\u30ff\u4e00-\u9fff])")


def with_clauses_apart(story: str, language: str) -> str:
    """The masked story with a line break wherever a clause begins that no stop parts; every offset stays.

    Args:
        story: the prompt with quotations masked and commands blanked.
        language: its language tag.
    """
    if language == "en":
        return english.with_clauses_apart(story)
    if language in {"zh", "ja"}:
        # Spaces stand for stops only where there is no stop: 猫が膝に乗る お婆さんが笑う
        return story if _ASIAN_STOPS.search(story) else _ASIAN_GAP.sub(lambda gap: "\n" * len(gap[0]), story)
    return european.with_clauses_apart(story, language) if words_of(language) is not None else story
