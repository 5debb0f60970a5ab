"""Parts of the clip as times, in other languages than English: "nach einem Viertel des Films", 在四分之三处.

A part of anything else ("a un tercio del camino") is no time of the clip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mavin.facts.languages.numbers import NUMBER, number_of
from mavin.facts.times.rules import CLIP

__all__ = ["shares_abroad"]

_OF_IT = rf"(?:{CLIP}s?|tiempo|duración|Zeit|Laufzeit|Dauer|temps|durée|tempo|durata|duração)\b"
_DEL = r"(?:del?|de\s+la|der|des|vom|du|della|do|da)"
_QUARTER, _THIRD = r"cuartos?|Vierteln?|quarts?|quart[oi]", r"tercios?|Drittel[ns]?|tiers|terz[oi]|terços?"
_EUROPEAN = re.compile(
    r"(?<!\w)(?:(?:nach|bei|zu|a|à|al|en|aux?|ai|aos?|após|dopo|tras|après)\s+)(?:(?:los|les|das|dem|den|i|os)\s+)?"
    rf"(?:(?:(?P<count>einem|un|uno|um|zwei|dos|deux|due|dois|drei|tres|trois|tre|três)\s+)?(?:(?P<quarter>{_QUARTER})|(?P<third>{_THIRD}))|"
    rf"(?P<percent>\d{{1,2}})\s?(?:%|Prozent))\s+{_DEL}\s?{_OF_IT}",
    re.IGNORECASE,
)
_COUNTS = {
    **dict.fromkeys("zwei dos deux due dois".split(), 2),
    **dict.fromkeys("drei tres trois tre três".split(), 3),
}
_HAN = re.compile(
    rf"(?:在|到|播放到)?(?:{CLIP}|全片|全长|全長)?[的の]?(?P<part>{NUMBER})(?:分之|分の)(?P<count>{NUMBER})(?:处|處|的?时候|的?時候|时(?!间)|時(?!間)|の?(?:ところ|時点)で?)"
)


def shares_abroad(text: str) -> Iterator[tuple[int, int, Fraction]]:
    """Offsets of every part of the clip in a masked text, and the part."""
    for match in _EUROPEAN.finditer(text):
        if match["percent"]:
            yield *match.span(), Fraction(int(match["percent"]), 100)
        else:
            count = _COUNTS.get((match["count"] or "").lower(), 1)
            yield *match.span(), Fraction(count, 4 if match["quarter"] else 3)
    for match in _HAN.finditer(text):
        above, below = number_of(match["count"]), number_of(match["part"])
        if below and above == int(above) and below == int(below):
            yield *match.span(), Fraction(int(above), int(below))
