"""Names of people in Chinese and Japanese words, which no capital letter marks."""

from __future__ import annotations

import re

__all__ = ["asian_names"]

_HAN, _KANA = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[\u3040-\u30ff]")

_THINGS = "光阶色云处暖静亮水层丛间子桌路头板墙黄边面上下里外声影石木草叶树花雨雪风火"
"""Last signs of words of two that the tagger takes for names because they begin like one (阳光, 石阶)."""


def asian_names(text: str, prompt: str) -> list[str]:
    """The names of people in a Chinese or Japanese text that the prompt does not have."""
    if not _HAN.search(text) and not _KANA.search(text):
        return []
    if _KANA.search(text):
        from mavin.facts.languages.japanese.words import tokens_of_japanese

        found = [token.word for token in tokens_of_japanese(text) if "人名" in token.tags]
        # A name from elsewhere is written in katakana, its parts joined by a dot.
        found += re.findall(r"[\u30a1-\u30fa\u30fc]+(?:[・･][\u30a1-\u30fa\u30fc]+)+", text)
    else:
        from mavin.facts.languages.chinese.words import tokens_of_chinese

        named = (token.word for token in tokens_of_chinese(text) if token.flag in {"nr", "nrt", "nrfg"})
        found = [word for word in named if len(word) > 2 or word[-1] not in _THINGS]
    return [name for name in dict.fromkeys(found) if len(name) > 1 and name not in prompt]
