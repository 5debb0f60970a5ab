"""The European languages, a table each; a language is read as soon as it stands here."""

from __future__ import annotations

from mavin.facts.languages.tables.french import FRENCH
from mavin.facts.languages.tables.german import GERMAN
from mavin.facts.languages.tables.italian import ITALIAN
from mavin.facts.languages.tables.portuguese import PORTUGUESE
from mavin.facts.languages.tables.russian import RUSSIAN
from mavin.facts.languages.tables.spanish import SPANISH
from mavin.facts.languages.tables.table import LanguageTable

__all__ = ["TABLES", "LanguageTable"]

TABLES = {table.tag: table for table in (SPANISH, GERMAN, FRENCH, ITALIAN, PORTUGUESE, RUSSIAN)}
"""By language tag."""
