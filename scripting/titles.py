"""Titles of films and shots: the beginning of an action, cut where a phrase ends."""

from __future__ import annotations

import re

from mavin.facts import Facts

__all__ = ["headline", "title_of"]


def title_of(facts: Facts) -> str:
    """A short title from the user's first event: "Bear sniffs a picnic basket"."""
    text = facts.events[0].text if facts.events else facts.prompt
    for role in facts.roles:
        if role.named and role.mention.casefold() != role.name.casefold():
            text = text.replace(role.mention, role.name, 1)  # "A keeper named Mara climbs" → "Mara climbs"
    return headline(text) or "Untitled"


def headline(text: str) -> str:
    """The beginning of an action as a title of at most seven words, cut where a phrase ends."""
    text = re.split(r"[,.;:!?，。；：]|\s[–—-]\s", text)[0]
    words = re.sub(r"^(?:A|An|The)\s+(?=[a-z])(?!speaks)", "", text).split()
    if len(words) > 7:
        # Cut before a preposition or an article rather than behind an adjective.
        stop = next((index for index in range(6, 2, -1) if words[index].casefold() in _DANGLING), 7)
        words = words[:stop]
        while len(words) > 2 and words[-1].casefold() in _DANGLING:
            words = words[:-1]
    return _capital(" ".join(words))[:60].rstrip()


_DANGLING = frozenset("a an the of in on at to for with and or by from into his her its their as".split())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
