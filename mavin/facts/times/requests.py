"""What asks for the film's shape and tells nothing: "*Tell it* in 3 shots. A chef …", "*Tell it in* 9 seconds."."""

from __future__ import annotations

import re

from mavin.facts.times.rules import CLIP

__all__ = ["ASKS_FOR_LENGTH", "ASKS_FOR_SHOTS", "asks_behind"]

_OPENS = r"(?:^|(?<=[.!?\n\ue000]))\s*"
_ENGLISH = (
    r"(?:(?:please|pls|now|and|can\s+(?:you|u)|could\s+you|i\s+want\s+you\s+to|try\s+to|let['’]?s)\s+)*"
    r"(?:tell|make|show|shoot|film|give|do|cut|split|break|keep|render|present|stage|write|generate|create|sum|wrap|fit)\s+(?:me\s+|us\s+)?"
    rf"(?:(?:all\s+of\s+)?(?:it|this|that)|(?:the|this|my)\s+(?:whole\s+)?(?:story|tale|scene|idea|{CLIP})?)"
)
_EUROPEAN = (
    r"(?:(?:bitte|por\s+favor|per\s+favore|s['’]il\s+te\s+plaît)\s+)?(?:"
    r"(?:erzähl|zeig|mach|dreh|film|teil|gliedere)e?\s+(?:mir\s+)?(?:es|das|dies|die\s+geschichte)|"
    r"(?:cuénta|muéstra|haz|fílma|rueda|divíde)(?:me)?lo|(?:cuenta|muestra|filma|divide)\s+(?:esto|la\s+historia)|"
    r"(?:raconte|montre|fais|filme|tourne|découpe)(?:-(?:le|la|moi))*(?:\s+(?:cela|ça|l['’]histoire))?|"
    r"(?:racconta|mostra|fa|filma|gira|dividi)(?:me)?l[oa]|(?:racconta|mostra|filma)\s+(?:questo|la\s+storia)|"
    r"(?:cont[ae]|mostr[ae]|faz|faça|film[ae]|divid[ae])\s+(?:isso|isto|a\s+história)(?:\s+em)?)"
)
ASKS_FOR_SHOTS = re.compile(
    rf"{_OPENS}{_ENGLISH}\s*(?:all\s+|up\s+|down\s+|to\s+|in\s+)*$|"
    rf"{_OPENS}(?:please\s+)?(?:use|(?:i|we)\s+(?:want|need|would\s+like)|i['’]d\s+like|give\s+me|have|with)\s+$|"
    rf"{_OPENS}{_EUROPEAN}\s*$",
    re.IGNORECASE,
)
"""The words before a number of shots."""
ASKS_FOR_LENGTH = re.compile(
    rf"{_OPENS}(?:{_ENGLISH}|{_EUROPEAN})\s+(?:(?:all|up|down)\s+)?"
    r"(?:(?:in|into|within|over|under|innerhalb\s+von|en|em|dans)\s+)(?:(?:exactly|about|around|just|only|under|precisely|genau|exactamente|exactement)\s+)?$",
    re.IGNORECASE,
)
"""The words before the film's length: "*Tell it in* 9 seconds.", "*Cuéntalo en* 9 segundos."."""
_ASIAN_BEFORE = re.compile(r"(?:^|[。！？.!?\n，,\ue000])\s*(?:请|請)?(?:用|在)?$")
_ASIAN_BEHIND = re.compile(
    r"(?:钟|鐘|之?内|以内)*(?:讲完|講完|讲述|講述|讲|講|拍完|拍|演完|展示|呈现)(?:这个|這個|整个)?(?:故事|短片)?(?=[。，：:！!\s]|$)|"
    r"で(?:見せ|語っ|撮っ|描い|まとめ)て(?:ください|下さい|ね)?(?=[。、：！!\s]|$)"
)


def asks_behind(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a request stands around the film's length in Chinese or Japanese: *用*9秒*讲完*。, 9秒*で見せて*。"""
    before, behind = _ASIAN_BEFORE.search(text[:start]), _ASIAN_BEHIND.match(text, end)
    if before is None or behind is None:
        return None
    return before.start() + len(before.group()) - len(before.group().lstrip("。！？.!?\n，,\ue000 ")), behind.end()
