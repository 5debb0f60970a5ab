"""What a speech engine can read of a text: its language by its script, kanji as kana, and no signs by name."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Any

__all__ = ["readable", "spoken_language"]

_SCRIPTS = {
    "HANGUL": ("ko",), "HIRAGANA": ("ja",), "KATAKANA": ("ja",), "CJK": ("zh", "ja", "yue", "cmn", "hak"), "CYRILLIC": (
        "ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tt", "ba", "cv", "mn", "nog"), "ARABIC": ("ar", "fa", "ur", "ug", "sd", "ku"),
    "HEBREW": ("he", "yi", "iw"), "GREEK": ("el", "grc"), "DEVANAGARI": ("hi", "mr", "ne", "kok", "sa"), "THAI": ("th",),
    "BENGALI": ("bn", "as", "bpy"), "TAMIL": ("ta",), "TELUGU": ("te",), "GEORGIAN": ("ka",), "ARMENIAN": ("hy", "hyw"),
    "GUJARATI": ("gu",), "KANNADA": ("kn",), "MALAYALAM": ("ml",), "GURMUKHI": ("pa",), "SINHALA": ("si",),
    "MYANMAR": ("my",), "ETHIOPIC": ("am", "ti"),
}  # fmt: skip
"""Script → the languages that are written in it, the likeliest first; of Latin and rare scripts nothing is said."""


def spoken_language(text: str, language: str) -> str:
    """The language to read a text in: the given one, unless most of its letters are of a script foreign to it."""
    scripts = Counter(script for char in text if char.isalpha() and (script := _script(char)))
    if scripts["HIRAGANA"] + scripts["KATAKANA"]:
        scripts["HIRAGANA"] += scripts.pop("KATAKANA", 0) + scripts.pop("CJK", 0)
    if not scripts:
        return language
    script, _ = scripts.most_common(1)[0]
    fitting = _SCRIPTS.get(script)
    return language if fitting is None or language.casefold().split("-")[0] in fitting else fitting[0]


def _script(char: str) -> str:
    return unicodedata.name(char, "").split(" ")[0]


def readable(text: str, language: str) -> str:
    """The text with blanks for signs that the engine would read aloud by name, and with kanji as kana."""
    if language.casefold().split("-")[0] == "ja":
        text = _kana(text)
    kept = (
        char if char.isalnum() or char in " '’-.,!?;:…、。，！？" or unicodedata.category(char)[0] == "M" else " "
        for char in text
    )
    return " ".join("".join(kept).split())


def _kana(text: str) -> str:
    if not any("\u3400" <= char <= "\u9fff" for char in text):
        return text
    return "".join(token.surface if token.phonetic == "*" else token.phonetic for token in _tokeniser().tokenize(text))


@lru_cache(maxsize=1)
def _tokeniser() -> Any:
    from janome.tokenizer import Tokenizer

    return Tokenizer()
