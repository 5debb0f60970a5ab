"""Other languages than English: subjects, clauses and people by their articles and commonest words.

No grammar here: an article at the head of a sentence shows its subject, and a piece behind a comma that
begins with no function word begins with a verb.
"""

from __future__ import annotations

import re

from mavin.facts.model import Gender

__all__ = ["FOREIGN_PEOPLE", "clause_kind", "foreign_subject"]

FOREIGN_PEOPLE = {
    **dict.fromkeys("mujer niña chica señora madre hija abuela hermana reina frau mädchen mutter tochter oma schwester königin "
                    "femme fille mère dame reine donna ragazza madre nonna mulher menina mãe 女孩 女人 姑娘 少女 母亲 妈妈 奶奶".split(),
                    Gender.FEMALE),
    **dict.fromkeys("hombre niño chico señor padre hijo abuelo hermano rey mann junge vater sohn opa bruder könig homme garçon "
                    "père fils roi uomo ragazzo padre nonno homem menino pai 男孩 男人 小伙子 少年 父亲 爸爸 爷爷".split(), Gender.MALE),
    **dict.fromkeys("kind enfant bambino criança niños kinder enfants 孩子 老人 人 policía polizist médico arzt".split(), Gender.UNKNOWN),
}  # fmt: skip
"""People in other languages than English, lower case, with what the word tells of their gender."""

_STOPS: dict[str, frozenset[str]] = {
    "es": frozenset(
        (
            "el la los las un una unos unas con sin de del en por para que quien donde cuando mientras su sus muy al"
        ).split()
    ),
    "fr": frozenset(
        (
            "le la les un une des avec sans de du dans par pour que qui où quand pendant son sa ses au aux très en"
        ).split()
    ),
    "de": frozenset(
        (
            "der die das den dem ein eine einen einem mit ohne von vom in im am zu für dass wo wenn während als "
            "sein seine ihr ihre"
        ).split()
    ),
    "it": frozenset(
        "il lo la gli le un una con senza di del in per che chi dove quando mentre suo sua al molto".split()
    ),
    "pt": frozenset(
        "o a os as um uma com sem de do da em no na por para que quem onde quando enquanto seu sua ao muito".split()
    ),
}


def clause_kind(text: str, language: str, follows: bool) -> str | None:
    """What a piece of a sentence is: ``clause``, ``verb`` (its subject stands before), or ``None`` (no event).

    Args:
        text: the piece without its stops.
        language: its language.
        follows: whether another piece of the sentence stands before it.
    """
    if language in {"zh", "ja"}:
        letters = len(re.findall(r"\w", text))
        return "clause" if letters >= 2 or not follows else None
    words = re.findall(r"\w+", text.lower())
    if not follows:
        return "clause" if words else None
    if len(words) < 2 or words[0] in _STOPS.get(language, frozenset()):
        return None
    return "verb"


def foreign_subject(body: str, language: str) -> tuple[str, str] | None:
    """The words that look like a subject at the head of a sentence, and a name for the cast."""
    text = body.strip()
    if language in {"zh", "ja"}:
        found = re.match(
            r"(?:一|那|这|两|三)?(?:个|個|位|只|隻|名|条|匹|头|群|辆)?(?P<name>[\u4e00-\u9fff\u3040-\u30ffA-Za-z]{1,5}?)"
            r"(?=[走跑打拿说說看坐站在把对對问喊笑哭进進来來去飞跳吃喝给推拉开關关转躺睡写读唱画举抱抬低停正慢快突はが])",
            text,
        )
        verbs = "走跑打拿说說看坐站在把对對问喊笑哭进進来來去飞跳吃喝给推拉开關关转躺睡写读唱画举抱抬低停正慢快突"
        return (found.group(), found["name"]) if found and found["name"][0] not in verbs else None
    articles = {
        "es": r"(?:el|la|los|las|un|una|unos|unas|su|sus|mi)", "fr": r"(?:le|la|les|un|une|des|son|sa|ses)",
        "de": r"(?:der|die|das|ein|eine|sein|seine|ihr|ihre)", "it": r"(?:il|lo|la|gli|un|una|uno|suo|sua)", "pt": r"(?:o|a|os|as|um|uma)",
        "nl": r"(?:de|het|een)",
    }.get(language)  # fmt: skip
    if articles:
        found = re.match(
            rf"(?:{articles}\s+|l['’])(?P<adj>(?:alte|alter|junge|junger|kleine|kleiner|große|vieille?|jeune|petite?|vieux|gran|pequeñ[oa])\s+)?"
            rf"(?P<name>\w+)",
            text,
            re.IGNORECASE,
        )
        if found:
            name = found["name"]
            return found.group(), name[:1].upper() + name[1:]
    found = re.match(r"(?P<name>[A-ZÀ-ÞА-Я][\w'’-]+)(?:\s+[A-ZÀ-Þ][\w'’-]+)?(?=\s+\w)", text)
    return (found.group(), found.group()) if found else None
