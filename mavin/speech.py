"""How long words take to say, per language, and when a line is rushed or impossible.

Rates are speaking units per second: letters and digits for alphabetic scripts, characters for
Chinese, kana and kanji for Japanese, syllable blocks for Korean.

    natural ────────────┬──── rushed ────┬──── impossible ──▶ units per second
                  natural rate      fastest rate

The alphabetic rates are 150 and 280 words a minute at the languages' usual word lengths; the
Chinese ones were measured by others on generated speech (4.1 natural, above 9 words get lost).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["ONSET_MS", "RATES", "SpeechRate", "Zone", "fastest_ms", "natural_ms", "rate_of", "zone"]

_PAUSE_MS = 180
"""What a comma or a full stop inside a line costs."""

ONSET_MS = 250
"""Breath and release: even a one-word line takes this much more than its letters."""


class Zone(StrEnum):
    """How comfortably a line fits its interval."""

    NATURAL = "natural"
    RUSHED = "rushed"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class SpeechRate:
    """Speaking units per second: comfortable, and as fast as can still be understood."""

    natural: float
    fastest: float


RATES: dict[str, SpeechRate] = {
    "en": SpeechRate(12.0, 22.0),
    "es": SpeechRate(13.5, 24.0),
    "it": SpeechRate(13.0, 23.5),
    "pt": SpeechRate(13.0, 23.5),
    "fr": SpeechRate(13.0, 23.5),
    "de": SpeechRate(12.5, 22.5),
    "ru": SpeechRate(12.0, 22.0),
    "zh": SpeechRate(4.1, 9.0),
    "ja": SpeechRate(6.5, 11.5),
    "ko": SpeechRate(5.0, 9.5),
}
"""Rates by primary language subtag; other languages take English."""


def rate_of(language: str) -> SpeechRate:
    """The rate of a language tag such as ``de`` or ``zh-Hans``."""
    return RATES.get(language.split("-")[0].lower(), RATES["en"])


def _units(text: str) -> int:
    return sum(1 for char in text if unicodedata.category(char)[0] in "LN")


def _duration_ms(text: str, units_per_second: float, pause_ms: float) -> int:
    inner_stops = len(re.findall(r"[,;:.!?…—–、。，！？；：]+(?=.*\w)", text))
    return round(_units(text) * 1000 / units_per_second + inner_stops * pause_ms)


def natural_ms(text: str, language: str) -> int:
    """Comfortable length of a line in milliseconds, breath and inner pauses included."""
    return ONSET_MS + _duration_ms(text, rate_of(language).natural, _PAUSE_MS)


def fastest_ms(text: str, language: str) -> int:
    """Shortest length in milliseconds at which the line can still be understood."""
    return _duration_ms(text, rate_of(language).fastest, 0)


def zone(text: str, duration_ms: int, language: str) -> Zone:
    """Which zone a line of this length is in; a tenth under the natural length still feels natural."""
    if duration_ms < fastest_ms(text, language):
        return Zone.IMPOSSIBLE
    if duration_ms * 10 < (natural_ms(text, language) - ONSET_MS) * 9:
        return Zone.RUSHED
    return Zone.NATURAL
