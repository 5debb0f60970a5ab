"""Groups that the prompt counts: "two athletes" are two roles, so that each can be seen and speak."""

from __future__ import annotations

import re
from dataclasses import replace

from mavin.diagnostics import Span
from mavin.facts.cast.later_members import couple_of, met_later, name_of_member
from mavin.facts.languages.closed_words import words_of
from mavin.facts.languages.english.people import gender_of
from mavin.facts.languages.european.people import kind_of
from mavin.facts.languages.numbers import NUMBER, number_of
from mavin.facts.model import Event, Facts, Gender, Quote, RoleFact

__all__ = ["MAX_GROUP", "with_members"]

MAX_GROUP = 6
"""A larger group ("twenty soldiers") stays one role: nobody in it has a face of their own."""

_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")
_COUNTED = re.compile(rf"(?:the\s+)?(?P<n>{NUMBER}|both)\s+(?!of\b)", re.IGNORECASE)


def with_members(facts: Facts, grammar: str = "en") -> Facts:
    """The facts with every counted group of people or animals as its members.

    Args:
        facts: what was read.
        grammar: language of the prompt, by which a member is named.
    """
    members: dict[str, tuple[RoleFact, ...]] = {}
    known = {role.key: role for role in facts.roles}
    for role in facts.roles:
        if (size := _size(role) if grammar == "en" else _foreign_size(role, grammar, facts.prompt)) and (
            one := _by_label(role, size, facts)
        ):
            members[role.key] = one
        elif grammar != "en" and (names := _names_behind(role, facts)):
            members[role.key] = tuple(_bearer(name, at, role, known) for name, at in names)
        elif grammar == "en" and (count := _size(role)) is not None:
            one = _told_apart(role, count, facts)
            members[role.key] = (*one, *(_member(role, index, known) for index in range(len(one), count)))
        elif grammar == "en" and (pair := _PAIR.fullmatch(role.mention)):
            both = _told_apart(role, _PAIRS.get(pair["set"].casefold(), 2), facts)
            if len(both) == _PAIRS.get(pair["set"].casefold(), 2):
                members[role.key] = both
        elif grammar != "en" and (count := _foreign_size(role, grammar, facts.prompt)) is not None:
            one = met_later(role, count, facts, grammar) or _one_named(role, facts)
            every = [_foreign_member(role, index, grammar) for index in range(count)]
            every.sort(key=lambda member: member.key not in known)  # those of whom the story speaks come first
            members[role.key] = (*one, *sorted(every[: count - len(one)], key=lambda member: member.key))
        elif grammar != "en" and (both := couple_of(role, facts, grammar)):
            members[role.key] = both
    if not members:
        return facts
    made = {role.key for group in members.values() for role in group}
    roles: list[RoleFact] = []
    for role in facts.roles:
        if role.key in members:
            roles += members[role.key]
        elif role.key not in made:
            roles.append(role)
    called = [role.name.casefold() for role in roles]
    if len(set(called)) < len(called):
        return facts  # two groups of one kind ("two men … two other men") stay as they are told
    return replace(
        facts,
        roles=tuple(roles),
        events=tuple(_event(event, members) for event in facts.events),
        quotes=_quotes(facts.quotes, members),
    )


_LABEL = re.compile(r"[A-Z]\d?|(?P<noun>[^\W\d_]+)\s*(?:[1-6A-F])")
_COLLEAGUES = frozenset(
    "colleague partner teammate co-pilot copilot opponent rival collègue coéquipier coéquipière équipier partenaire adversaire colega compañero "
    "compañera rival kollege kollegin partner partnerin gegner gegnerin collega compagno compagna parceiro parceira".split()
)
_ASIAN_COLLEAGUES = ("同事", "搭档", "搭檔", "队友", "隊友", "对手", "對手", "同僚", "相棒", "仲間", "相手")
_UNIQUE = re.compile(r"(?:un[ae]?|eine?|an?|uma?|uno|another|one)\s|^[一另]", re.IGNORECASE)


def _by_label(group: RoleFact, count: int, facts: Facts) -> tuple[RoleFact, ...]:
    """Who of a counted group speaks under a label, or is told apart as one and his colleague; nobody if not all are.

    "Two chess players … C1 says … C2 replies"; "Deux astronautes … La commandante Diallo … son collègue".
    """
    later = [
        role for role in facts.roles
        if role.person and role.gender is not Gender.PLURAL and role.span.start >= group.span.end
    ]  # fmt: skip
    labels = [role for role in later if role.named and _LABEL.fullmatch(role.mention)]
    if len(labels) == count:
        return tuple(labels)
    peers = [
        role for role in later
        if role.key.split()[-1] in _COLLEAGUES or role.name.endswith(_ASIAN_COLLEAGUES)
    ]  # fmt: skip
    if len(later) == count == 2 and len(peers) == 1 and not any(_UNIQUE.match(role.mention) for role in later):
        return tuple(later)
    return ()


_PAIR = re.compile(r"(?:an?|the)\s+(?:[a-z]+\s+){0,2}(?P<set>couple|pair|duo|trio|twins|triplets)", re.IGNORECASE)
_PAIRS = {"couple": 2, "pair": 2, "duo": 2, "trio": 3, "twins": 2, "triplets": 3}
_KINDS = {
    **dict.fromkeys(
        "friend person people couple pair duo trio partner colleague neighbor neighbour roommate stranger lover".split(),
        "man woman boy girl",
    ),
    **dict.fromkeys("teenager student child kid sibling twin".split(), "boy girl brother sister"),
    **dict.fromkeys("man woman boy girl brother sister astronaut soldier".split(), ""),
    **dict.fromkeys("triplet".split(), "boy girl brother sister"),
    **dict.fromkeys("scientist doctor researcher surgeon professor physicist".split(), ""),
}
"""Nouns that say no more of a group than what all in it are, with those by which one of it may be told apart."""
_LEARNED = frozenset("scientist doctor researcher surgeon professor physicist".split())
_FEMALE, _MALE = frozenset("woman girl sister".split()), frozenset("man boy brother".split())


def _told_apart(group: RoleFact, count: int, facts: Facts) -> tuple[RoleFact, ...]:
    """Who of a group is told apart later: "Two friends sit. Anna says …", "Two children play. The boy …".

    Only bare names and nouns such as "the girl" count, and only if the group has a place for each of them; where
    anybody else comes on, a name may be somebody else's.
    """
    noun = _noun(group)
    if noun is None or any(role.named and role.span.start < group.span.start for role in facts.roles):
        return ()
    found: list[RoleFact] = []
    for role in facts.roles:
        if (
            role.key == group.key
            or role.span.start <= group.span.end
            or not role.person
            or role.gender is Gender.PLURAL
        ):
            continue
        definite = re.fullmatch(r"the\s+(?P<noun>[a-z]+)", role.mention, re.IGNORECASE)
        nounlike = definite is not None and definite["noun"].casefold() in _KINDS[noun].split()
        bare = role.named and role.mention == role.name and role.name[:1].isupper() and "." not in role.name
        if noun in _LEARNED:
            bare = role.named and bool(re.match(r"(?:Dr|Prof)\b", role.name))  # "Two scientists … Dr. Weiss … Dr. Lee"
        if not (bare or nounlike):
            return ()  # "Two cops chase a thief. Tom …" does not say who Tom is
        wrong = (noun in _FEMALE and role.gender is Gender.MALE) or (noun in _MALE and role.gender is Gender.FEMALE)
        if wrong:
            return ()
        found.append(role)
    return tuple(found) if len(found) <= count else ()


def _noun(group: RoleFact) -> str | None:
    from mavin.facts.languages.english.grammar import noun_lemma

    words = group.mention.casefold().strip(".,;:!?").split()
    noun = noun_lemma(words[-1])
    return noun if noun in _KINDS else None


def _one_named(group: RoleFact, facts: Facts) -> tuple[RoleFact, ...]:
    """Who of a group gets a name later: "Drei Kinder … Das kleinste, Tim, ruft" are three children, not four."""
    from mavin.facts.languages.european.appositions import one_of_several

    name = one_of_several(facts.prompt, group.span.end)
    return tuple(role for role in facts.roles if name is not None and role.name == name and role.named)


_NAME = re.compile(r"[^\W\d_][\w'’-]*?(?=\s|[,，、:：.。;；和と]|$)")
_JOINT = re.compile(r"\s*[,，、]\s*(?:(?:und|y|e|et)\s+)?|\s+(?:und|y|e|et)\s+|[和と]")


def _names_behind(group: RoleFact, facts: Facts) -> list[tuple[str, int]]:
    """The names that a list behind a counted group gives its members: "Drei Frauen, Ana, Ida und Eva,"."""
    counted = re.match(rf"(?P<n>{NUMBER})", group.mention, re.IGNORECASE)
    count = int(number_of(counted["n"])) if counted else 0
    if not 2 <= count <= MAX_GROUP:
        return []
    opened = re.compile(r"\s*[,，、:：]\s*").match(facts.prompt, group.span.end)
    names: list[tuple[str, int]] = []
    at = opened.end() if opened else len(facts.prompt)
    while (name := _NAME.match(facts.prompt, at)) is not None and len(names) < count:
        asian = ord(name.group()[0]) > 0x2E7F
        if not (name.group()[0].isupper() or (asian and len(name.group()) <= 4)):
            return []
        names.append((name.group(), at))
        joint = _JOINT.match(facts.prompt, name.end())
        if joint is None:
            break
        at = joint.end()
    return names if len(names) == count else []


def _bearer(name: str, at: int, group: RoleFact, known: dict[str, RoleFact]) -> RoleFact:
    before = known.get(name.casefold())
    if before is not None:
        return before
    return replace(
        group, key=name.casefold(), name=name, phrase=name, mention=name, span=Span(start=at, end=at + len(name), text=name),
        gender=gender_of(name), person=True, named=True, aliases=(),
    )  # fmt: skip


_ANIMAL_COUNTER = re.compile(r"^[^\s只隻匹羽頭头条]{1,3}(?:只|隻|匹|羽|頭|头)")


_COUNTED_BEHIND = re.compile(rf"[がはを]\s*(?P<n>{NUMBER})(?P<unit>匹|羽|頭|人)")
"""Behind a Japanese noun: 子猫が三匹."""


def _is_alive(role: RoleFact, grammar: str) -> bool:
    """Whether a group is of people or of animals, and no group of things that carries the story ("tres globos")."""
    if role.person or (grammar in {"zh", "ja"} and _ANIMAL_COUNTER.match(role.mention)):
        return True
    return grammar not in {"zh", "ja"} and words_of(grammar) is not None and kind_of(role.key.split()[0], grammar)[1]


def _foreign_size(role: RoleFact, grammar: str, prompt: str) -> int | None:
    """How many a group in another language counts: "dos mujeres", "tres palomas", 两个女孩, 两只熊猫, 二人の少年."""
    behind = _COUNTED_BEHIND.match(prompt, role.span.end) if grammar == "ja" else None
    if behind is not None and not role.named and (role.person or behind["unit"] != "人"):
        count = int(number_of(behind["n"]))
        return count if 2 <= count <= MAX_GROUP else None
    counted = re.match(
        rf"(?P<n>{NUMBER})(?:\s+|个|個|位|名|只|隻|条|匹|头|人の|匹の|羽の|頭の|人$)", role.mention, re.IGNORECASE
    )
    if counted is None or role.gender is not Gender.PLURAL or role.named:
        return None
    count = int(number_of(counted["n"]))
    return count if _is_alive(role, grammar) and 2 <= count <= MAX_GROUP else None


def _foreign_member(group: RoleFact, index: int, language: str) -> RoleFact:
    """One of a group, for whom the story has no words of their own."""
    name, gender = name_of_member(group.key, group.name, index, language)
    lower = name if language == "de" else name.casefold()
    return replace(group, key=name.casefold(), name=name, phrase=lower, gender=gender, aliases=())


def _size(role: RoleFact) -> int | None:
    counted = _COUNTED.match(role.mention)
    if role.gender is not Gender.PLURAL or role.named or counted is None or re.search(r"\band\b", role.mention):
        return None
    animate = role.person or role.key.split()[-1] not in {"hands", "eyes", "feet", "legs", "arms", "wings"}
    count = 2 if counted["n"].casefold() == "both" else int(number_of(counted["n"]))
    return count if animate and 2 <= count <= MAX_GROUP else None


def _member(group: RoleFact, index: int, known: dict[str, RoleFact]) -> RoleFact:
    from mavin.facts.languages.english.grammar import noun_lemma

    noun = noun_lemma(group.mention.split()[-1].casefold().strip(".,;:!?"))
    noun = "person" if noun == "people" else noun
    name = f"{_ORDINALS[index]} {noun}"
    before = known.get(name.casefold())
    if before is not None:
        # "One of them" has been told apart already; what it looks like is what the group is.
        named = before.aliases[-1] if before.named and before.aliases else None
        return replace(before, mention=before.name if named else group.mention, span=named or group.span)
    return replace(
        group, key=name.casefold(), name=name, phrase=f"the {name.casefold()}", gender=gender_of(noun), aliases=()
    )


def _event(event: Event, members: dict[str, tuple[RoleFact, ...]]) -> Event:
    keys = [member for key in event.roles for member in ([m.key for m in members[key]] if key in members else [key])]
    return replace(event, roles=tuple(dict.fromkeys(keys)))


def _quotes(quotes: tuple[Quote, ...], members: dict[str, tuple[RoleFact, ...]]) -> tuple[Quote, ...]:
    """Lines of a group go to its members in turn: two people who talk answer each other."""
    said = dict.fromkeys(members, 0)
    found = []
    for quote in quotes:
        if quote.speaker in members:
            group = members[quote.speaker]
            found.append(replace(quote, speaker=group[said[quote.speaker] % len(group)].key))
            said[quote.speaker] += 1
        else:
            found.append(quote)
    return tuple(found)
