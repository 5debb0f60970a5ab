"""Whom a mention in another language than English means: somebody met before, or somebody new."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mavin.facts.cast.kin import kin_meant
from mavin.facts.cast.later_members import name_of_member
from mavin.facts.cast.member import Member
from mavin.facts.cast.members import Cast
from mavin.facts.languages.european.phrases import ORDINALS
from mavin.facts.languages.reading import Mention
from mavin.facts.model import Gender

__all__ = ["GENDERS", "WHICH", "ForeignMentions"]

GENDERS = {"he": Gender.MALE, "she": Gender.FEMALE}


_CALLED = re.compile(r"[ぁ-んァ-ヴー]{2,}|[小阿老][\u4e00-\u9fff]")
"""How a thing must be written to be somebody's name: さくら … 彼女; never 風 … 彼女."""


_SEVERAL = {
    **dict.fromkeys(("二人", "ふたり", "2人", "两人", "兩人", "两个人", "兩個人"), 2),
    **dict.fromkeys(("三人", "3人", "三个人", "三個人"), 3),
    **dict.fromkeys(("四人", "4人", "四个人", "四個人"), 4),
}
"""Words for people who are only counted: those whom the story has named, if they are as many."""


_TO_SOMEBODY = re.compile(r"\bl['’](?=\w)|\b(?:lui|leur|ihr|ihm|ihn|sie|lei|ella|él|ela|ele|elle|her)\b", re.IGNORECASE)
"""What shows that a clause speaks of somebody besides its subject: "Julie l'attend"."""
_DEFINITE = re.compile(r"(?:(?:el|la|der|die|das|le|il|lo|o|a)\s|l['’])", re.IGNORECASE)
_INDEFINITE = re.compile(r"[一另两兩二三四五几幾数数]|別の|もう|ある")
WHICH = ("first", "second", "third", "other")


def _told_apart(mention: Mention, member: Member) -> bool:
    """Whether the same noun has other words beside it: 高个子侦探 and 矮个子侦探."""
    ours, theirs = mention.words - {mention.head}, member.words - {member.head}
    return member.head == mention.head and bool(ours) and bool(theirs) and not ours & theirs


class ForeignMentions:
    """Ties the mentions of a foreign prompt to members of its cast.

    Things keep their grammatical gender here ("la vapeur … elle"), since a :class:`Member` that is
    no person has none.
    """

    def __init__(self, cast: Cast, language: str, masked: str = "") -> None:
        from mavin.facts.languages.european.appositions import find_between_commas

        self._cast = cast
        self._language = language
        self._apposed = find_between_commas(masked, language)
        self._grammatical: dict[str, Gender] = {}
        self._ranks: list[str] = []  # "el más viejo", then "el más joven"

    def meet(self, mention: Mention, offset: int, current: list[str]) -> list[str]:
        """The members that a mention means; new ones if it means none of those so far.

        Args:
            mention: what was read.
            offset: where the text it was read from stands in the prompt.
            current: whom the last clause was about.
        """
        if mention.pronoun:
            return self._pronoun(mention, offset, current)
        several = _SEVERAL.get(mention.head) or _SEVERAL.get(mention.text)
        if several and len(met := self._met(several, current)) == several:
            return met
        mention = self._called(mention, offset)
        key = self._known(mention) or self._new(mention, offset)
        self._cast.touch(key)
        return [key]

    def _called(self, mention: Mention, offset: int) -> Mention:
        """The mention by the name that stands behind it between commas: "su perro, Rayo, la sigue"."""
        start = offset + mention.start
        found = next((item for item in self._apposed if item.start <= start < item.end and not mention.named), None)
        if found is None:
            return mention
        words = frozenset(found.name.casefold().split())
        gender = mention.gender
        if gender is Gender.UNKNOWN and self._language not in {"zh", "ja"}:
            from mavin.facts.languages.european.people import gender_of_name

            gender = gender_of_name(found.name.split()[0], self._language)
        return replace(
            mention,
            head=found.name.casefold(),
            name=found.name,
            phrase=found.name,
            gender=gender,
            person=not mention.animal,
            named=True,
            words=words if not mention.person and not mention.animal else words | {mention.head},
            owned=False,
        )

    def humanise(self, keys: Sequence[str]) -> None:
        """Whoever speaks or does what only people do is somebody: the article tells the gender."""
        for key in keys:
            member = self._cast.member(key)
            if not member.person and not member.animal:
                member.person, member.gender = True, self._grammatical.get(key, Gender.UNKNOWN)

    def _known(self, mention: Mention) -> str | None:
        if (which := mention.words & ORDINALS) and not mention.named:
            stems = tuple(word[:5] for word in which)  # "ein zweiter Hund … der zweite Hund"
            kind = [item for item in self._cast.members() if item.head == mention.head]
            same = [item.key for item in kind if any(word.startswith(stems) for word in item.words & ORDINALS)]
            return same[-1] if same else None  # "un segundo mago" is not the first one
        for member in reversed(self._cast.members()):
            if mention.named and member.named:
                if (
                    member.key == mention.head
                    or mention.head.split()[-1] in member.words
                    or member.head in mention.words
                ):
                    return member.key
            elif member.named and not mention.named:
                if mention.head in member.words and not mention.owned:
                    return member.key  # "侦探林静 … 侦探", "Frau Weber … die Frau"
            elif (
                mention.head in member.words
                and not _told_apart(mention, member)
                and mention.person
                and not mention.owned
                and member.plural == mention.plural
            ):
                return member.key  # "el viejo relojero … el viejo"
            elif not mention.named and member.head == mention.head and member.plural == mention.plural:
                ours, theirs = mention.words - {mention.head}, member.words - {member.head}
                if not ours or not theirs or ours <= theirs or theirs <= ours:
                    return member.key
        if _DEFINITE.match(mention.text) and not (mention.named or mention.owned or mention.words - {mention.head}):
            return kin_meant(mention.head, self._cast.members())  # "su nieta … la niña"
        if (
            self._language not in {"zh", "ja"}
            or (len(mention.head) < 2 and not mention.animal)
            or mention.named
            or _INDEFINITE.match(mention.text)
        ):
            return None
        # 寿司職人 … 職人: the end of a compound is its head.
        short = [
            member
            for member in reversed(self._cast.members())
            if member.head.endswith(mention.head)
            and member.head != mention.head
            and not mention.words - {mention.head}
            and not member.named
            and member.plural == mention.plural
        ]
        return short[0].key if len(short) == 1 else None

    def _new(self, mention: Mention, offset: int) -> str:
        taken = {member.key for member in self._cast.members()}
        key, name, number = mention.head, mention.name, 2
        if key in taken:
            key, name = mention.phrase.casefold(), mention.phrase[:1].upper() + mention.phrase[1:]
            if mention.words & ORDINALS:
                rest = " ".join(name.split()[1:]) or name
                name = rest[:1].upper() + rest[1:]
        while key in taken:
            key, name = f"{mention.head} {number}", f"{mention.name} {number}"
            number += 1
        alive = mention.person or mention.animal
        if not alive:
            self._grammatical[key] = mention.gender
        gender = mention.gender if alive or mention.plural else Gender.NEUTER
        start = offset + mention.start
        self._cast.enlist(
            Member(
                key=key,
                name=name,
                phrase=mention.phrase,
                mention=mention.text,
                start=start,
                head=mention.head,
                gender=gender,
                person=mention.person,
                animal=mention.animal,
                named=mention.named,
                plural=mention.plural,
                words=set(mention.words),
            )
        )
        return key

    def _met(self, count: int, current: list[str]) -> list[str]:
        """Those whom 二人 or 三人 means: those of the last clause, or the last ones who were met."""
        people = [item.key for item in self._cast.members() if (item.person or item.animal) and not item.plural]
        return current if len(current) == count else people[-count:]

    def _pronoun(self, mention: Mention, offset: int, current: list[str]) -> list[str]:
        recent = sorted(self._cast.members(), key=lambda member: -member.last_seen)
        word = mention.pronoun
        if word in WHICH or word == "ranked":
            return [self._one_of(mention, offset, current)]
        if word == "they":
            several = [member.key for member in recent if member.plural]
            if several and (len(current) < 2):
                return several[:1]
            people = [
                member.key for member in self._cast.members() if (member.person or member.animal) and not member.plural
            ]
            return list(current) if len(current) > 1 else people[-2:] if len(people) > 1 else []
        if word in GENDERS:
            alive = [member for member in recent if (member.person or member.animal) and not member.plural]
            first = next((member for member in alive if member.gender is GENDERS[word]), None)
            first = first or next((member for member in alive if member.gender is Gender.UNKNOWN), None)
            unclear = Gender.UNKNOWN if self._language == "de" else GENDERS[word]  # "ein" tells no gender
            things = [
                member
                for member in recent
                if self._grammatical.get(member.key) in {GENDERS[word], unclear} and member.subject_of
            ]
            first = first or next(iter(things), None)
            if first is not None:
                first.gender = GENDERS[word] if first.gender is Gender.UNKNOWN else first.gender
                self._cast.touch(first.key)
                return [first.key]
            things = [member for member in recent if member.subject_of and _CALLED.fullmatch(member.head)]
            if self._language in {"zh", "ja"} and not alive and things:
                things[0].person, things[0].gender = True, GENDERS[word]  # さくらは … 彼女は
                return [things[0].key]
        if word == "it":
            things = [member for member in recent if member.subject_of and not member.plural]
            return [things[0].key] if things else []
        return [self._stranger(mention, offset)]

    def reveal(self, subjects: Sequence[Mention], body: str, current: list[str]) -> None:
        """Names whom only a pronoun meant so far: "« C'est moi », répond-elle. Julie entre." """
        member = self._cast.member(current[0]) if len(current) == 1 else None
        if member is None or member.key not in GENDERS or len(subjects) != 1 or _TO_SOMEBODY.search(body):
            return
        mention = subjects[0]
        rivals = [item for item in self._cast.members() if item.gender is member.gender and item is not member]
        if mention.named and mention.gender is member.gender and not member.named and not rivals:
            member.name, member.phrase, member.head = mention.name, mention.phrase, mention.head
            member.named, member.words = True, set(mention.words)

    def _one_of(self, mention: Mention, offset: int, current: list[str]) -> str:
        """Whom "el primero" or "l'autre" means: a member of the last group, or one of the last two people."""
        members = self._cast.members()
        ranks = self._ranks
        if mention.pronoun == "ranked" and mention.head not in ranks:
            ranks.append(mention.head)
        number = (
            1
            if mention.pronoun == "other"
            else (ranks if mention.pronoun == "ranked" else WHICH).index(
                mention.head if mention.pronoun == "ranked" else mention.pronoun
            )
        )
        group = next(
            (member for member in reversed(members) if member.plural and (member.person or member.animal)), None
        )
        if group is None:
            people = [member.key for member in members if (member.person or member.animal) and not member.plural][-2:]
            other = [key for key in people if key not in current]
            known = next((member.key for member in members if member.head == mention.head), None)
            if known is not None:
                return known
            if len(people) < 2 or (mention.pronoun == "ranked" and self._language == "zh"):  # 胖子来了
                return self._new(replace(mention, pronoun=""), offset)
            return other[0] if mention.pronoun == "other" and other else people[min(number, 1)]
        name, gender = name_of_member(group.key, group.name, number, self._language)
        key = name.casefold()
        if all(member.key != key for member in members):
            self._cast.enlist(
                Member(
                    key=key, name=name, phrase=name if self._language == "de" else key, mention=mention.text,
                    start=offset + mention.start, head=group.head, gender=gender, person=True, animal=False,
                    named=False, plural=False, words={key},
                )
            )  # fmt: skip
        self._cast.touch(key)
        return key

    def _stranger(self, mention: Mention, offset: int) -> str:
        """Somebody whom the prompt only ever calls "she" or "I": the pronoun is the name."""
        key = mention.pronoun
        if all(member.key != key for member in self._cast.members()):
            name = "Narrator" if key == "i" else mention.text[:1].upper() + mention.text[1:]
            self._cast.enlist(
                Member(
                    key=key,
                    name=name,
                    phrase=mention.text[:1].lower() + mention.text[1:],
                    mention=mention.text,
                    start=offset + mention.start,
                    head=key,
                    gender=GENDERS.get(key, Gender.UNKNOWN),
                    person=True,
                    animal=False,
                    named=False,
                    plural=False,
                    words={key},
                )
            )
        self._cast.touch(key)
        return key
