"""Reading a caption's plain words: tokens, singular forms, nouns, and seeds that depend on text alone."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

import numpy as np

__all__ = ["Token", "has_word", "seed_of", "seeded", "singulars", "stem_in", "tokens", "word_set"]


def word_set(text: str) -> frozenset[str]:
    """The words of a text that are parted by blanks."""
    return frozenset(text.split())


_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "people": "person", "mice": "mouse", "geese": "goose",
    "feet": "foot", "teeth": "tooth", "oxen": "ox", "dice": "die", "wolves": "wolf", "knives": "knife",
    "leaves": "leaf", "loaves": "loaf", "wives": "wife", "thieves": "thief", "shelves": "shelf", "elves": "elf",
    "scarves": "scarf", "halves": "half", "cacti": "cactus", "policemen": "policeman", "firemen": "fireman",
    "snowmen": "snowman", "fishermen": "fisherman", "policewomen": "policewoman",
}  # fmt: skip
_DETERMINERS = word_set(
    "a an the his her its their my your our this that these those some any each every another one two three four "
    "five six seven eight nine ten several many few no of with into from onto"
)


class Token(str):
    """A word in lower case that remembers where it began and what stood before it."""

    __slots__ = ("before", "start")
    before: str
    start: int

    @property
    def is_noun(self) -> bool:
        """Whether a determiner or such stands before it, so that "a watch" is told from "they watch"."""
        return self.before in _DETERMINERS or self.before.endswith(("'s", "’s")) or self.before.isdigit()


@lru_cache(maxsize=256)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order, in lower case."""
    found: list[Token] = []
    before = ""
    for match in _WORD.finditer(text[:4000]):
        token = Token(match[0].casefold())
        token.start, token.before = match.start(), before
        found.append(token)
        before = str(token)
    return tuple(found)


@lru_cache(maxsize=4096)
def singulars(word: str) -> tuple[str, ...]:
    """A word and what it may be the plural of, likeliest last: ``boxes`` → ``boxes``, ``boxe``, ``box``."""
    forms = [word]
    for ending in ("'s", "’s"):
        if word.endswith(ending):
            forms.append(word[:-2])
            word = word[:-2]
    if word in _IRREGULAR:
        forms.append(_IRREGULAR[word])
    elif word.endswith("ies") and len(word) > 4:
        forms += [word[:-3] + "y", word[:-1]]
    elif word.endswith("es") and len(word) > 3:
        forms += [word[:-1], word[:-2]]
    elif word.endswith("s") and not word.endswith("ss") and len(word) > 2:
        forms.append(word[:-1])
    return tuple(forms)


def has_word(text: str, words: frozenset[str]) -> bool:
    """Whether any word of the text, or its singular, is among the given ones."""
    return any(form in words for token in tokens(text) for form in singulars(token))


def stem_in(word: str, stems: frozenset[str]) -> bool:
    """Whether a verb form belongs to one of the stems: ``running`` and ``runs`` to ``run``."""
    candidates = {word, *singulars(word)}
    for ending in ("ing", "ed", "er"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            base = word[: -len(ending)]
            candidates |= {base, base + "e"}
            if len(base) > 2 and base[-1] == base[-2]:
                candidates.add(base[:-1])
    return not candidates.isdisjoint(stems)


def seed_of(*parts: object) -> int:
    """A 64-bit number that depends on the parts' text alone, on every machine and in every process."""
    text = "\x1f".join(map(str, parts))
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8], "big")


def seeded(*parts: object) -> np.random.Generator:
    """A random generator of :func:`seed_of` the parts."""
    return np.random.Generator(np.random.PCG64(seed_of(*parts)))
