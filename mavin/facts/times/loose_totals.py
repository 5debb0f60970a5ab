"""A sentence, or the last piece of one, that only says roughly how long the clip is: "So 6 Sekunden.", 6秒くらいで."""

from __future__ import annotations

import re

from mavin.diagnostics import Span

__all__ = ["loose_total"]

_BEFORE = (
    r"(?:about|around|roughly|approx(?:imately)?\.?|ca\.?|circa|etwa|ungefähr|rund|zirka|so|um\s+die|gut|knapp|maximal|max\.?|höchstens|"
    r"(?:(?:es|das\s+video|das\s+ganze)\s+)?soll(?:te)?|das\s+ganze|unos|unas|aproximadamente|más\s+o\s+menos|alrededor\s+de|cerca\s+de|máximo|"
    r"(?:que\s+)?dure|(?:que|debe|debería|tiene\s+que|ha\s+de)\s+durar|environ|à\s+peu\s+près|maximum|format|formato|"
    r"(?:(?:ça|cela|le\s+tout|elle|il)\s+)?(?:doit|devrait)\s+durer|le\s+tout(?:\s+en)?|più\s+o\s+meno|(?:deve|dovrebbe)\s+durare|che\s+duri|"
    r"(?:(?:es|das\s+video|der\s+clip|il|elle|ça|le\s+clip|la\s+vidéo|el\s+vídeo|o\s+vídeo|il\s+video)\s+)?(?:dauert|dura|dure|lasts)|"
    r"uns|umas|mais\s+ou\s+menos|(?:deve|tem\s+que)\s+durar|大概|大约|大約|约|約|差不多|控制在|只要|不超过|およそ|だいたい|大体)"
)
_AFTER = (
    r"(?:lang|long|bitte|por\s+favor|please|s['’]il\s+(?:te|vous)\s+pla[iî]t|svp|stp|per\s+favore|dauern|sein|más\s+o\s+menos|aproximadamente|"
    r"aprox\.?|máximo|max\.?|maximum|environ|à\s+peu\s+près|circa|tops|"
    r"左右|上下|就好|就行|就可以|即可|以内|之内|吧|くらい|ぐらい|程度|ほど|前後|で|の|お願い(?:します|いたします|ね)?|です|だ|ください|作って|よろしく)"
)
_LEAD = re.compile(rf"(?P<stop>^|[.!?;\n。！？；，,、])\s*(?P<words>(?:{_BEFORE}\s*)*)$", re.IGNORECASE)
_TAIL = re.compile(rf"(?P<words>(?:\s*{_AFTER}(?![^\W\d_a-z]*[a-zà-ÿ]))*)\s*(?=$|[.!?;\n。！？；])", re.IGNORECASE)
_WISH = re.compile(rf"(?P<words>(?:\s*{_AFTER})*\s*[,，、]\s*(?:[^\W\d_]+[ ]?){{1,4}})(?=[.!。！]?\s*$)", re.IGNORECASE)
"""A wish behind it that ends the prompt: "Etwa 8 Sekunden, gerne lustig."."""


def loose_total(text: str, span: Span) -> tuple[int, int] | None:
    """Offsets of a length with the loose words around it if they stand alone and so tell how long the clip is.

    Args:
        text: the masked prompt.
        span: where the length stands in it.
    """
    floor = max(0, span.start - 60)
    lead, tail = _LEAD.search(text, floor, span.start), _TAIL.match(text, span.end)
    if lead is not None and tail is None and lead["stop"] not in (*",，、",):
        tail = _WISH.match(text, span.end)
    if lead is None or tail is None or not (lead["words"] or tail["words"]):
        return None
    return lead.start("words"), tail.end("words")
