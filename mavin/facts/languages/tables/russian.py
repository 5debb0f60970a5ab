"""Russian: its verbs of speech."""

from __future__ import annotations

from mavin.facts.languages.tables.table import LanguageTable

__all__ = ["RUSSIAN"]

RUSSIAN = LanguageTable(
    tag="ru",
    speech_verbs=r"говорит|сказал|сказала|спрашивает|спросил|спросила|отвечает|ответил|ответила|шепчет|кричит|крикнул",
)
