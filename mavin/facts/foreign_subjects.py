"""Who a clause of another language than English is about, in terms of the cast."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mavin.facts.cast import Cast, Member
from mavin.facts.clauses import Clause
from mavin.facts.european_acts import human_act_abroad
from mavin.facts.european_people import MASS_NOUNS
from mavin.facts.foreign import read_foreign, speech_reading
from mavin.facts.foreign_model import Mention
from mavin.facts.foreign_words import words_of
from mavin.facts.inflections import infinitive
from mavin.facts.later_members import name_of_member
from mavin.facts.model import Gender

__all__ = ["ForeignCast", "Told"]

_GENDERS = {"he": Gender.MALE, "she": Gender.FEMALE}


@dataclass(frozen=True, slots=True)
class Told:
    """A clause as a sentence that names its subject.

    Attributes:
        text: the sentence.
        keys: members that it is about.
        phrase: how to name them in the next sentence.
        plural: whether they are several.
        roles: everybody who takes part, subjects first.
        about: whether the clause has a subject of its own, which the next one may leave out.
    """

    text: str
    keys: list[str]
    phrase: str
    plural: bool
    roles: list[str]
    about: bool


def _subject_first(body: str, subjects: Sequence[Mention]) -> str:
    """ "landet ein Vogel", whose time was taken out before it, as "ein Vogel landet"."""
    verb = re.match(r"\s*(?P<verb>[a-zäöüß]+(?:\s+sich)?)\s+", body)
    if verb is None or any(mention.pronoun for mention in subjects) or subjects[0].start != verb.end():
        return body
    end = max(mention.end for mention in subjects)
    return f"{body[verb.end() : end]} {verb['verb']}{body[end:]}"


_ANSWERS = re.compile(
    r"antwort|erwider|entgegn|répon|répliqu|rétorqu|respond|respuest|contest|replic|rispo|ribatt|retruc", re.IGNORECASE
)
"""Verbs whose subject is not who spoke last."""
_ITSELF = re.compile(r"(?:se|si)\s+[^\W\d_]+\s+(?:un|una|uno|unos|unas|um|uma)\s", re.IGNORECASE)


_LATER = re.compile(
    r"^\s*(?:[\w'’]+\s+){1,3}(?:plus\s+tard|après|auparavant|más\s+tarde|después|antes|dopo|più\s+tardi|prima|depois|mais\s+tarde)\s*,",
    re.IGNORECASE,
)
"""A time of the story before its clause: "Dix ans plus tard, elle la déterre"."""
_COMES_OUT = frozenset("sale salen sort sortent esce escono sai saem".split())
"""Forms that the dictionary takes for those of other verbs ("salar")."""
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
_INDEFINITE = re.compile(r"[一另两兩二三四五几幾数数]|別の|もう|ある")
_WHICH = ("first", "second", "third", "other")


def _told_apart(mention: Mention, member: Member) -> bool:
    """Whether the same noun has other words beside it: 高个子侦探 and 矮个子侦探."""
    ours, theirs = mention.words - {mention.head}, member.words - {member.head}
    return member.head == mention.head and bool(ours) and bool(theirs) and not ours & theirs


def _known_by_now(phrase: str, pronoun: str) -> str:
    """ "ein alter Mann" as "der alte Mann", once "er" tells its gender."""
    article, ending = {"er": ("der", "er"), "es": ("das", "es")}.get(pronoun.casefold(), ("", ""))
    if not article or not phrase.startswith("ein "):
        return phrase
    words = [f"{word[:-1]}" if word.islower() and word.endswith(ending) else word for word in phrase.split()[1:]]
    return " ".join([article, *words])


_RELATIVE = re.compile(
    r"(?<=[\wäöüß]),\s*(?:(?:mit|in|an|auf|bei|zu|von|für|über|unter|vor)\s+)?"
    r"(?:der|die|das|dem|den|denen|deren|dessen|welche[rsmn]?)\s+"
    r"(?:[^,;.!?]*\s)?(?!(?:und|oder)\b)[a-zäöüß]+\s*(?:,|$)"
)
"""A German relative clause: its verb stands last, so it ends in a small letter ("die ihren Schlüssel verlor,")."""


def _without_relative(body: str) -> str:
    """A German clause with what only describes somebody blanked; its length stays."""
    return _RELATIVE.sub(lambda match: " " * len(match.group()), body)


class ForeignCast:
    """Ties the mentions of a foreign prompt to members of its cast.

    Things keep their grammatical gender here ("la vapeur … elle"), since a :class:`Member` that is
    no person has none.
    """

    def __init__(self, cast: Cast, language: str, masked: str = "") -> None:
        from mavin.facts.european_appositions import find_between_commas

        self._cast = cast
        self._language = language
        self._apposed = find_between_commas(masked, language)
        self._grammatical: dict[str, Gender] = {}

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
            from mavin.facts.european_people import gender_of_name

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

    def sentence(
        self, body: str, clause: Clause, current: list[str], phrase: str, plural: bool, *, led: bool = False
    ) -> Told:
        """Reads a clause and names its subject.

        Args:
            body: the words of the clause, quotations and times blanked, at ``clause.start`` of the prompt.
            clause: the clause.
            current: whom the last one was about.
            phrase: how to name them.
            plural: whether they are several.
            led: whether words that are no part of it, such as a time, open its sentence.
        """
        # German puts the verb second: what stands behind "Bei 4 s landet" is the subject.
        told = _without_relative(body) if self._language == "de" else _LATER.sub(lambda m: " " * len(m[0]), body)
        reading = read_foreign(told, self._language, follows=bool(current) and not (led and self._language == "de"))
        text, about = body, False
        keys = list(current)
        if reading.nobody:
            keys = []
        elif reading.subjects:
            self._reveal(reading.subjects, body, current)
            keys = [key for mention in reading.subjects for key in self.meet(mention, clause.start, current)]
            keys = list(dict.fromkeys(keys))
            if reading.verb and human_act_abroad(body[slice(*reading.verb)], self._language):
                self._humanise(keys)
            about = bool(keys)
            text = self._spelled_out(body, reading.subjects[0], self.meet(reading.subjects[0], clause.start, current))
            if led and self._language == "de":
                text = _subject_first(text, reading.subjects)
            phrase = self._together([self._cast.member(key).phrase for key in keys])
            plural = len(keys) > 1 or (bool(keys) and self._cast.member(keys[0]).plural)
        elif _ITSELF.match(body.strip()) or (reading.verb and self._rises_by_itself(body, reading.verb)):
            keys = []  # "se abre una puerta": nobody opens it
        elif phrase and clause.kind != "fragment" and keys:
            if reading.verb and (both := self._both(body[slice(*reading.verb)], keys)):
                # "entra su compañero, se quedan mirando": a plural verb means the two of them.
                keys, plural, about = both, True, True
                phrase = self._together([self._cast.member(key).phrase for key in keys])
            text = self._with_subject(body, phrase)
        else:
            keys = []
        for key in keys:
            self._cast.touch(key)
            self._cast.member(key).subject_of += clause.kind != "fragment"
        others = [key for mention in reading.objects for key in self.meet(mention, clause.start, keys)]
        for key in keys:  # the subject stays the last one spoken of
            self._cast.touch(key)
        present = list(dict.fromkeys([*keys, *others]))
        return Told(text, keys, phrase, plural, present, about)

    def speaker(
        self, before: str, before_at: int, behind: str, behind_at: int, current: list[str], last: str | None = None
    ) -> list[str] | None:
        """Who says a quotation, by the words before and behind it; empty if the subject so far does.

        Args:
            before: the words of the clause up to the quotation.
            before_at: where they stand in the prompt.
            behind: the words from the quotation to the clause's end.
            behind_at: where they stand.
            current: whom the last clause was about.
            last: who spoke the line before, whom "he answers" does not mean.

        Returns:
            Members of the cast, ``[]`` for whoever the last clause was about, ``None`` if nothing tells.
        """
        found = speech_reading(before, behind, self._language, follows=bool(current))
        if found is None:
            return None
        reading, is_behind = found
        if reading.nobody:
            return None
        offset = behind_at if is_behind else before_at
        verb = (behind if is_behind else before)[slice(*reading.verb)] if reading.verb else ""
        other = (
            self._other_than(last, reading.subjects[0].pronoun)
            if last and _ANSWERS.match(verb) and reading.subjects
            else None
        )
        keys = (
            [other] if other else [key for mention in reading.subjects for key in self.meet(mention, offset, current)]
        )
        for mention in reading.objects:
            if mention.slot == "to":
                self.meet(mention, offset, keys)
        self._humanise(keys)
        for key in keys:
            self._cast.touch(key)
        return keys

    def _both(self, verb: str, keys: list[str]) -> list[str]:
        """The last two who were met, where a verb is plural and its subject so far is one; else nobody."""
        ending = {"es": "n", "pt": "m", "fr": "ent", "it": "no"}.get(self._language)
        if ending is None or not verb.lower().endswith(ending) or len(keys) != 1 or self._cast.member(keys[0]).plural:
            return []
        alive = [member for member in self._cast.members() if (member.person or member.animal) and not member.plural]
        return (
            [member.key for member in alive[-2:]] if len(alive) > 1 and keys[0] in {m.key for m in alive[-2:]} else []
        )

    def _rises_by_itself(self, body: str, verb: tuple[int, int]) -> bool:
        """Whether bare stuff behind a verb of arrival is what arrives: "Sale humo", "Cae nieve"."""
        table = words_of(self._language)
        if table is None or self._language == "de" or body[: verb[0]].strip():
            return False
        behind = re.match(r"\s+(?P<word>[^\W\d_]+)", body[verb[1] :])
        said = body[slice(*verb)].lower()
        arrives = said in _COMES_OUT or infinitive(said, self._language) in table.arrivals
        return arrives and behind is not None and behind["word"].lower() in MASS_NOUNS

    def _humanise(self, keys: Sequence[str]) -> None:
        """Whoever speaks or does what only people do is somebody: the article tells the gender."""
        for key in keys:
            member = self._cast.member(key)
            if not member.person and not member.animal:
                member.person, member.gender = True, self._grammatical.get(key, Gender.UNKNOWN)

    def _other_than(self, last: str, pronoun: str) -> str | None:
        """Whom "he" or "she" means who answers: somebody else of that gender than who spoke last."""
        fits = [
            member
            for member in self._cast.members()
            if (member.person or member.animal)
            and not member.plural
            and member.key != last
            and pronoun in _GENDERS
            and member.gender is _GENDERS[pronoun]
        ]
        return max(fits, key=lambda member: member.last_seen).key if fits else None

    def people_in(self, text: str, offset: int, subject: str | None) -> list[str]:
        """Members whom words name that are no event of the story ("Nur Mara spricht")."""
        reading = read_foreign(text, self._language, follows=True, spoken=True)
        alive = [item for item in (*reading.subjects, *reading.objects) if item.person and not item.pronoun]
        keys = [key for mention in alive for key in self.meet(mention, offset, [])]
        return [key for key in dict.fromkeys(keys) if key != subject]

    def addressed(self, words: str, start: int) -> str | None:
        """The member that a line is said to; ``None`` if the words name nobody."""
        reading = read_foreign(words, self._language)
        found = [mention for mention in (*reading.subjects, *reading.objects) if not mention.pronoun]
        return self.meet(found[0], start, [])[0] if found else None

    def _spelled_out(self, body: str, mention: Mention, keys: list[str]) -> str:
        """The name in place of a pronoun: "Er hebt eine Wabe" as "der Imker hebt eine Wabe"."""
        if not mention.pronoun or not keys or mention.pronoun in {"i", *_WHICH}:
            return body
        phrase = self._together([self._cast.member(key).phrase for key in keys])
        if self._language == "de":
            phrase = _known_by_now(phrase, body[mention.start : mention.end])
        inverted = re.search(r"(?:-t)?-$", body[: mention.start])
        left = inverted.start() if inverted else mention.start
        return f"{body[:left]}{' ' if inverted else ''}{phrase}{body[mention.end :]}"

    def _with_subject(self, body: str, phrase: str) -> str:
        if self._language in {"zh", "ja"}:
            joint = "は" if self._language == "ja" else ""
            return f"{phrase}{joint}{body.strip()}"
        bare = body.strip().lstrip(",; ")
        return f"{phrase} {bare[:1].lower()}{bare[1:]}"

    def _together(self, phrases: list[str]) -> str:
        link = {"es": " y ", "pt": " e ", "it": " e ", "fr": " et ", "de": " und ", "zh": "和", "ja": "と"}.get(
            self._language, ", "
        )
        return link.join(phrases)

    def _known(self, mention: Mention) -> str | None:
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
        if word in _WHICH:
            return [self._one_of(mention, offset, current)]
        if word == "they":
            several = [member.key for member in recent if member.plural]
            if several and (len(current) < 2):
                return several[:1]
            people = [
                member.key for member in self._cast.members() if (member.person or member.animal) and not member.plural
            ]
            return list(current) if len(current) > 1 else people[-2:] if len(people) > 1 else []
        if word in _GENDERS:
            alive = [member for member in recent if (member.person or member.animal) and not member.plural]
            first = next((member for member in alive if member.gender is _GENDERS[word]), None)
            first = first or next((member for member in alive if member.gender is Gender.UNKNOWN), None)
            unclear = Gender.UNKNOWN if self._language == "de" else _GENDERS[word]  # "ein" tells no gender
            things = [
                member
                for member in recent
                if self._grammatical.get(member.key) in {_GENDERS[word], unclear} and member.subject_of
            ]
            first = first or next(iter(things), None)
            if first is not None:
                first.gender = _GENDERS[word] if first.gender is Gender.UNKNOWN else first.gender
                self._cast.touch(first.key)
                return [first.key]
            things = [member for member in recent if member.subject_of and _CALLED.fullmatch(member.head)]
            if self._language in {"zh", "ja"} and not alive and things:
                things[0].person, things[0].gender = True, _GENDERS[word]  # さくらは … 彼女は
                return [things[0].key]
        if word == "it":
            things = [member for member in recent if member.subject_of and not member.plural]
            return [things[0].key] if things else []
        return [self._stranger(mention, offset)]

    def _reveal(self, subjects: Sequence[Mention], body: str, current: list[str]) -> None:
        """Names whom only a pronoun meant so far: "« C'est moi », répond-elle. Julie entre." """
        member = self._cast.member(current[0]) if len(current) == 1 else None
        if member is None or member.key not in _GENDERS or len(subjects) != 1 or _TO_SOMEBODY.search(body):
            return
        mention = subjects[0]
        rivals = [item for item in self._cast.members() if item.gender is member.gender and item is not member]
        if mention.named and mention.gender is member.gender and not member.named and not rivals:
            member.name, member.phrase, member.head = mention.name, mention.phrase, mention.head
            member.named, member.words = True, set(mention.words)

    def _one_of(self, mention: Mention, offset: int, current: list[str]) -> str:
        """Whom "el primero" or "l'autre" means: a member of the last group, or one of the last two people."""
        members = self._cast.members()
        number = 1 if mention.pronoun == "other" else _WHICH.index(mention.pronoun)
        group = next((member for member in reversed(members) if member.plural and member.person), None)
        if group is None:
            people = [member.key for member in members if (member.person or member.animal) and not member.plural][-2:]
            other = [key for key in people if key not in current]
            if len(people) < 2:
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
                    gender=_GENDERS.get(key, Gender.UNKNOWN),
                    person=True,
                    animal=False,
                    named=False,
                    plural=False,
                    words={key},
                )
            )
        self._cast.touch(key)
        return key
