"""Voices of whom nobody is seen: out of an apparatus, from outside the picture, over it."""

from __future__ import annotations

import re

__all__ = ["APPARATUS", "HEARD", "NARRATED", "UNSEEN", "VOICE_OF"]

APPARATUS = r"radio|(?:tele)?phone|line|intercom|(?:loud)?speakers?|walkie-talkie|headset|receiver|answering machine|PA|television|TV"
"""Where a voice comes from whose owner is not seen."""

HEARD = re.compile(
    r"\W*(?:then\s+)?(?:an?|the|another|one)\s+(?:[a-z]+\s+)?(?:whisper|murmur|cry|shout|scream|yell|call|answer|reply)\b(?!\s+s?he\b)",
    re.IGNORECASE,
)
"""A clause whose subject is what is heard: 'A whisper: "…"', 'A cry from the street: "Fire!"'; nobody is named."""

VOICE_OF = re.compile(r"(?P<who>.+?)['’]s?\s+(?:[a-z]+\s+)?voice", re.IGNORECASE | re.DOTALL)
"""Whose voice speaks: "Tom's voice", "a woman's calm voice"."""

UNSEEN = re.compile(
    r"(?:の声|[的之]?(?:声音|聲音))(?:が(?:する|した|響く|響いた|聞こえる|聞こえた|届く)|传来|傳來|响起|響起)?\s*[:：、，。]?\s*$|[外内內里裡中上]的?(?:声音|聲音)|旁白|[画畫]外音|ナレーション|語り手|(?:电话|電話|收音机|收音機|广播|廣播|对讲机|對講機|喇叭)[里裡中](?:的声音|的聲音|传来|傳來)|"
    r"(?:電話|無線|ラジオ|スピーカー)(?:から|の)[^。、]{0,6}声"
)
"""Voices of whom nobody is seen, in Chinese and Japanese."""

NARRATED = re.compile(
    r"(?:^|[.!?;:,\n\"”»)\]。！？；]\s*)(?:(?:an?|the|une?|eine?|una|uma|male|female|männliche|weibliche|deep|warm)\s+){0,2}"
    r"(?:voice[\s-]?over|v\.?o\.?|off[\s-]screen\s+voice|off[\s-]?stimme|stimme\s+aus\s+dem\s+off|erzählstimme|voz\s+(?:en\s+)?off|"
    r"voix[\s-]off|voce\s+(?:fuori\s+campo|narrante|off))"
    r"\s*(?:\([^()\n]{0,30}\))?\s*(?:(?:says?|sagt|dice|dit|diz)\s*)?[:：,，]?\s*$",
    re.IGNORECASE,
)
"""A voice over the pictures that is nobody's: "Voiceover: …", "Stimme aus dem Off: …"."""
