"""Contracts on the facts that a model adds: their words stand in the prompt, and tell what they are said to tell."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mavin.diagnostics import Diagnostic, Span
from mavin.facts.quotes import find_quotations
from scripting.contracts import problem
from scripting.plausible import misfit_of_sound

__all__ = ["check_quotation", "place_of"]


_OF_KIND = {
    "place": r"^(?:in|inside|at|on|under|beneath|outside|near|beside|behind|above|across|through|along|by|around|within|aboard|over)\b\s+\w+",
    "time of day": r"morning|noon|midday|afternoon|evening|night|dusk|dawn|sunrise|sunset|daybreak|twilight|hour|o'clock|daylight|day\b|"
    r"midnight|moonlit|moonlight|sunlit|sunlight|spring|summer|autumn|winter|dark\b",
    "weather": r"rain|snow|storm|wind|fog|mist|cloud|sun|heat|hot\b|cold\b|frost|thunder|hail|drizzl|breez|icy|blizzard|overcast|sky|dry\b|wet\b",
}


def check_quotation(
    quote: str, prompt: str, *, path: str, kind: str = "", closed: Iterable[Span] = ()
) -> list[Diagnostic]:
    """Checks a fact's evidence: its words stand in the prompt as they are, not as speech, and are of their kind.

    Args:
        quote: the words that the model quotes.
        prompt: the user's text.
        path: what the fact is.
        kind: ``place``, ``time of day``, ``weather``, ``object`` or ``sound``.
        closed: parts of the prompt that are no story.
    """
    found = place_of(quote, prompt)
    if found is None:
        return [problem("not_in_prompt", "These words do not stand in the prompt.", path)]
    if any(item.start <= found < item.end for item in find_quotations(prompt)):
        return [problem("in_speech", "These words are somebody's speech.", path)]
    pattern = _OF_KIND.get(kind)
    silent = kind == "sound" and misfit_of_sound(quote, action=quote, setting="") is not None
    if silent or (pattern and not re.search(rf"\b(?:{pattern})" if kind != "place" else pattern, quote, re.IGNORECASE)):
        return [problem("wrong_kind", f"These words tell no {kind}.", path)]
    if any(span.start <= found < span.end for span in closed):
        return [problem("no_story", "These words are no part of the story.", path)]
    return []


def place_of(quote: str, prompt: str) -> int | None:
    """Where the words stand in the prompt as whole words, whatever their capitals; ``None`` if nowhere."""
    words = quote.strip()
    if not any(char.isalnum() for char in words):
        return None
    match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", prompt, re.IGNORECASE)
    if match is None and not words.isascii():
        match = re.search(re.escape(words), prompt, re.IGNORECASE)  # scripts without spaces
    return match.start() if match else None
