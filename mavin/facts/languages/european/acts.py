"""What only people do, in the European languages: whoever does it is somebody, whatever the tables know of the noun.

"La capitana sonríe"   "Der Bademeister nickt"   "Le timonier salue"
"""

from __future__ import annotations

from mavin.facts.languages.european.inflections import infinitive
from mavin.facts.languages.tables import TABLES

__all__ = ["human_act_abroad"]

_BY_LANGUAGE = {tag: frozenset(table.human_acts.split()) for tag, table in TABLES.items() if table.human_acts}


def human_act_abroad(verb: str, language: str) -> bool:
    """Whether a finite verb form tells of something that people do.

    Args:
        verb: the verb as it is written.
        language: its language tag.
    """
    acts = _BY_LANGUAGE.get(language)
    return acts is not None and infinitive(verb.lower(), language) in acts
