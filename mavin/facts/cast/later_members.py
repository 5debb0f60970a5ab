"""Members of a counted group who are met later: "Deux enfants courent. La fille, Zoé, crie. Le garçon rit."

Zwei Freunde … Anna sagt … Ben antwortet       the friends are Anna and Ben
Dos niños … La niña … El niño                  the children are the girl and the boy
两个孩子 … 女孩 … 男孩
"""

from __future__ import annotations

import re

from mavin.facts.languages.european.people import is_first_name, singular_and_gender
from mavin.facts.languages.numbers import NUMBER
from mavin.facts.model import Facts, Gender, RoleFact

__all__ = ["couple_of", "met_later", "name_of_member"]

_CHILDREN = frozenset(
    "niño crío hijo chico chaval enfant gosse gamin jeune kind jugendliche jugendlicher geschwister criança menino filho bambino ragazzo "
    "figlio gemelo jumeau zwilling gêmeo gemello hermano frère irmão fratello 孩子 小孩 小朋友 儿童 兒童 双胞胎 雙胞胎 子供 子ども こども 双子 兄弟 兄妹 姐弟 姉弟".split()
)
_OF_EITHER_AGE = frozenset(
    "amigo amiga ami amie freund freundin amico amica 朋友 友達 友人 hermano hermana frère soeur sœur geschwister irmão fratello 兄弟 兄妹 姐弟 姐妹 "
    "colega compañero collègue kollege kollegin collega 同事 同僚 estudiante étudiant student studentin studente estudante 学生 學生 同学 同學 "
    "persona personne person pessoa mensch leute gente 人 人物 vecino voisin nachbar vizinho vicino 邻居 鄰居 joueur jugador spieler jogador giocatore "
    "actor acteur schauspieler attore ator 演员 演員 viajero voyageur reisender reisende viajante viaggiatore 旅人 乘客 乗客 passagier passager".split()
)
_COUPLES = frozenset(
    "pareja matrimonio couple paar ehepaar liebespaar casal coppia 情侣 情侶 夫妻 夫妇 夫婦 恋人 カップル".split()
)
_YOUNG = frozenset(
    "niña niño chica chico fille fillette garçon mädchen junge menina menino rapaz bambina bambino ragazza ragazzo hermana hermano "
    "soeur sœur frère schwester bruder irmã irmão sorella fratello 女孩 女孩子 男孩 男孩子 小女孩 小男孩 姐姐 妹妹 哥哥 弟弟 少女 少年 女の子 男の子 兄 弟 姉 妹".split()
)
_GROWN = frozenset(
    "mujer hombre femme homme frau mann mulher homem donna uomo marido esposo esposa mari épouse ehemann ehefrau marito moglie "
    "女人 男人 女子 男子 女士 男士 妻子 丈夫 女生 男生 女性 男性 夫 妻 男 女 彼氏 彼女".split()
)
_INDEFINITE = re.compile(
    r"(?:un[ae]?|una|eine?|uma?|uno|otr[oa]|un['’]|autre|一[个個位名]|另)\b|^一人の|^もう", re.IGNORECASE
)


def _noun(role: RoleFact, grammar: str) -> str:
    head = role.key.split()[0]
    return head if grammar in {"zh", "ja"} else singular_and_gender(head, grammar)[0]


def _tells(role: RoleFact, nouns: frozenset[str]) -> bool:
    words = re.findall(r"[^\W\d_]+", role.mention.casefold())
    return any(word in nouns for word in words) and not _INDEFINITE.match(role.mention)


def met_later(group: RoleFact, count: int, facts: Facts, grammar: str) -> tuple[RoleFact, ...]:
    """Who of a counted group the story singles out behind it; nobody if more people come than it counts.

    Args:
        group: the role of the whole group.
        count: how many it counts.
        facts: what was read.
        grammar: language of the prompt.
    """
    later = [
        role
        for role in facts.roles
        if role.person and role.gender is not Gender.PLURAL and role.span.start >= group.span.end
    ]
    noun = _noun(group, grammar)
    nouns: frozenset[str] = frozenset()
    if noun in _CHILDREN:
        nouns |= _YOUNG
    if noun in _OF_EITHER_AGE | _COUPLES:
        nouns |= _GROWN | _YOUNG
    told = [role for role in later if _tells(role, nouns) or (role.named and _tells(role, frozenset({noun})))]
    same = [role for role in later if role not in told and _is_one_of(role, noun, grammar)]
    if len(told) + len(same) == count:
        told += same  # "Zwei Detektive … Der große Detektiv … Der kleine Detektiv"
    named = [role for role in later if role.named and role not in told and _is_bare_name(role, grammar)]
    gender = singular_and_gender(group.key.split()[0], grammar)[1] if grammar not in {"zh", "ja"} else Gender.UNKNOWN
    if gender in {Gender.FEMALE, Gender.MALE} and noun not in _OF_EITHER_AGE | _CHILDREN:
        named = [role for role in named if role.gender in {gender, Gender.UNKNOWN}]
    loose = noun in _OF_EITHER_AGE | _COUPLES and len(told) + len(named) <= count
    if loose or len(told) + len(named) == count:
        told += named
    return tuple(sorted(told, key=lambda role: role.span.start)) if len(told) <= count else ()


def _is_one_of(role: RoleFact, noun: str, grammar: str) -> bool:
    if role.named or _INDEFINITE.match(role.mention):
        return False
    return role.mention.endswith(noun) if grammar in {"zh", "ja"} else _tells(role, frozenset({noun}))


def _is_bare_name(role: RoleFact, grammar: str) -> bool:
    """Whether nothing but a first name tells who somebody is, so that they may be one of those met before."""
    if grammar in {"zh", "ja"}:
        return role.mention == role.name
    return role.mention.casefold() == role.name.casefold() and (
        is_first_name(role.name.split()[0]) or role.name.isalpha()
    )


def name_of_member(key: str, name: str, index: int, language: str) -> tuple[str, Gender]:
    """One of a group as a screenplay lists it ("Mujer 1", 女孩1), and what gender its noun tells.

    Args:
        key: key of the group.
        name: its name.
        index: which one, from 0.
        language: language of the prompt.
    """
    if language in {"zh", "ja"}:
        return f"{re.sub(rf'^{NUMBER}人$', '人物', name)}{index + 1}", Gender.UNKNOWN
    noun, gender = singular_and_gender(key.split()[0], language)
    return f"{noun[:1].upper()}{noun[1:]} {index + 1}", gender


def couple_of(group: RoleFact, facts: Facts, grammar: str) -> tuple[RoleFact, ...]:
    """The two of a couple that the story tells apart later: "Ein Paar streitet. Der Mann … Die Frau …"; else nobody."""
    if _noun(group, grammar) not in _COUPLES or group.named:
        return ()
    both = met_later(group, 2, facts, grammar)
    return both if len(both) == 2 else ()
