"""What is left of a sentence when its facts are taken out of it: "O" of "O filme dura 8 segundos.", "共" of "共9秒".

Words that only link, count or point tell nothing, so they are no event.
"""

from __future__ import annotations

import re

from mavin.facts.languages.numbers import NUMBER

__all__ = ["is_leftover"]

_LINKS = frozenset(
    # English
    "a an the this that it its in at on by for from of to with and or then but as so is are be has have all about exactly "
    "only just over around roughly total altogether overall long lasts lasting should must will clip film "
    "video movie whole entire thing everything each every please into both "
    # German
    "der die das den dem ein eine einen es im in am an auf bei von zu mit und oder dann aber ist sind hat nur genau etwa "
    "rund insgesamt lang dauert dauern sein muss darf er soll sollte ganze gesamte film clip video alles "
    # French
    "le la les l un une des il elle ce cela à au aux en de du dans par pour et ou puis mais est sont a seulement environ "
    "exactement tout toute total dure durée film vidéo clip "
    # Spanish, Italian, Portuguese
    "el los las lo un una unos ella eso al del en con por para y o e luego pero es son sólo solo unos exactamente todo "
    "toda total dura duración película vídeo "
    "il lo gli i un uno una è di da nel nella con per ed poi ma sono solo circa esattamente tutto durata filmato "
    "o os as um uma ele ela isso ao à do da no na em com então mas é são só cerca exatamente tudo duração filme "
    # Chinese and Japanese, as their readers cut them
    "共 总 总共 一共 全片 全程 全长 片长 时长 大约 约 左右 请 一部 一个 一段 的 是 为 里 中 在 和 然后 视频 影片 短片 电影 "
    "は が を に で と も の へ から まで です だ ます 全体 全部 合計 長さ 約 映像 動画 映画 作品 ".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_ASIAN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


_COUNTED_LINES = re.compile(
    rf"(?:(?:{NUMBER}|\d+)[个個名]?(?:人物?|角色)[，、]\s*)?(?:{NUMBER}|\d+)[句条條つ]?の?(?:台词|台詞|对白|對白|对话|對話|セリフ)"
)


def is_leftover(words: str) -> bool:
    """Whether words (without their quotations) hold nothing that can be seen or heard."""
    if _COUNTED_LINES.fullmatch(words.strip(" ，、。")):
        return True
    found = _asian_words(words) if _ASIAN.search(words) else [word.casefold() for word in _WORD.findall(words)]
    return bool(found) and all(word in _LINKS for word in found)


def _asian_words(words: str) -> list[str]:
    if re.search(r"[\u3040-\u30ff]", words):
        from mavin.facts.languages.japanese.words import tokens_of_japanese

        return [token.word for token in tokens_of_japanese(words) if _WORD.search(token.word)]
    from mavin.facts.languages.chinese.words import tokens_of_chinese

    return [token.word for token in tokens_of_chinese(words) if _WORD.search(token.word)]
