"""Who is in the story: roles from subjects, names, labels and speakers, and what pronouns mean."""

from __future__ import annotations

import re

from mavin.diagnostics import Span
from mavin.facts.cast.kin import kin_meant
from mavin.facts.cast.member import Member, another, bearer_of, member_of, named_gender, possessive, ranked
from mavin.facts.cast.naming import Naming, find_appositions
from mavin.facts.languages.english.grammar import AUXILIARIES, DETERMINERS, POSSESSIVES, tokens_of, verb_forms
from mavin.facts.languages.english.people import gender_of, is_animal, is_first_name, is_person
from mavin.facts.languages.english.phrases import NounPhrase, is_known_noun, noun_phrase, noun_phrases_in, simple_name
from mavin.facts.languages.numbers import NUMBER, number_of
from mavin.facts.model import Gender, RoleFact

__all__ = ["Cast"]

_PLACE_PREPOSITIONS = frozenset("in at from near of on into inside across around through under over past".split())


_BEARER = r"[A-ZÀ-Þ][\w'’-]+"
_BEARERS = re.compile(rf",\s+(?P<names>{_BEARER}(?:,\s+{_BEARER})*,?\s+and\s+{_BEARER})(?=\s*[,.;:!?\n]|\s*$)")
_VENUES = frozenset({"diner", "sleeper"})
"""Nouns for people that behind "in" or "through" mean a place."""

_PIECES = frozenset("queen king knight bishop rook pawn".split())
_PLAYS = re.compile(
    r"\b(?:mov|tak|captur|los|advanc|slid|sacrific|push|promot|play|touch|lift|pick|plac|tip|toppl|knock|castl|check|mat|resign|surrender)\w*$"
)
"""What players do with their chessmen."""
_ABSTRACT = frozenset(
    (
        "action show story scene film movie camera music day night time moment world life space light room place sound "
        "song weather silence tension mood idea plan game match race war storm rain end beginning smell noise"
    ).split()
)


_LIKELY_PERSON = re.compile(
    r"(?:ie|er|or|ist|ian|ant|ent|eer|ess|ee|man|woman|mother|father|sister|brother|mate|ling)$"
)


_THINGS = re.compile(r"(?:meter|tower|flower|water|scraper|computer|drawer|mirror|motor|engine)$")


_RANKS = ("first", "second", "third", "fourth", "fifth", "sixth", "last")


class Cast:
    """Collects members in order of appearance and resolves later mentions to them."""

    def __init__(self, prompt: str, written: tuple[tuple[int, int], ...] = ()) -> None:
        self._prompt = prompt
        self.written = written  # what stands on a sign or a board brings nobody on
        self._members: dict[str, Member] = {}
        self._clock = 0
        self._apposed = {item.start: item.name.casefold() for item in find_appositions(prompt)}
        self._groups: dict[str, list[str]] = {}
        self._ranks: dict[str, list[str]] = {}  # "the younger one" of a group, then "the older one"
        self._callings: dict[str, set[str]] = {}
        for item in find_appositions(prompt):
            self._callings.setdefault(item.name.casefold(), set()).add(item.noun)

    def member(self, key: str) -> Member:
        """The member of that key; ``KeyError`` if there is none."""
        return self._members[key]

    def members(self) -> list[Member]:
        """Everybody so far, in order of appearance."""
        return list(self._members.values())

    def enlist(self, member: Member) -> None:
        """Adds a member that was read elsewhere (another language than English) under its key."""
        self._members[member.key] = member

    def note_group(self, head: str, keys: list[str]) -> None:
        """Notes who "the first twin" is once "the twins" have names."""
        self._groups[head] = keys

    def touch(self, key: str) -> None:
        """Notes that a member was just spoken of, for pronouns that follow."""
        self._clock += 1
        self._members[key].last_seen = self._clock

    def mention(self, phrase: NounPhrase, owner: str | None = None) -> str:
        """The member that a noun phrase means; a new one if it means none of those so far."""
        key = self._match(phrase) or self._named_now(phrase) or self._add(phrase, owner)
        self.touch(key)
        return key

    def _named_now(self, phrase: NounPhrase) -> str | None:
        """ "asks her grandfather … Grandfather Otto answers": what somebody is, and now a name behind it."""
        words = phrase.text.split()
        if not phrase.named or not 2 <= len(words) <= 3 or not words[0][0].isupper() or not is_person(words[0].lower()):
            return None
        same = [member for member in self._members.values() if member.head == words[0].lower() and not member.plural]
        if len(same) != 1 or same[0].named or phrase.start <= same[0].start:
            return None
        known = same[0]
        known.name, known.phrase, known.named = simple_name(phrase), phrase.definite, True
        known.words |= {word.casefold() for word in words} | {phrase.head}
        known.aliases = (*known.aliases, Span(start=phrase.start, end=phrase.end, text=phrase.text))
        if known.gender in {Gender.UNKNOWN, Gender.NEUTER}:
            known.gender = named_gender(phrase.text)
        return known.key

    def is_lone_word(self, phrase: NounPhrase) -> bool:
        """Whether a sentence of one common word ("Click.", "Silence!") only looks like a name by its capital."""
        word = phrase.text.casefold()
        common = is_known_noun(word) or bool(verb_forms(word))
        if " " in word or not phrase.named or not common or is_first_name(word) or self._match(phrase) is not None:
            return False
        elsewhere = rf"(?<=[\w,] ){re.escape(phrase.text)}\b"
        return phrase.text.isupper() or re.search(elsewhere, self._prompt) is None

    def _match(self, phrase: NounPhrase) -> str | None:
        words = {token.lower for token in tokens_of(phrase.text)} - DETERMINERS - POSSESSIVES
        first = phrase.text.split()[0].casefold()
        bearer = self._apposed.get(phrase.start)
        if bearer is not None and not phrase.named and bearer in self._members:
            return bearer  # "Karl, the baker": what he is, and nobody else
        which = next((at for at, word in enumerate(("first", "second", "third", "fourth")) if word in words), None)
        group = self._groups.get(phrase.head, [])
        if which is not None and which < len(group) and group[which] in self._members:
            return group[which]
        if first in {"another", "second"} or "other" in words:
            return None
        for member in reversed(self._members.values()):
            if phrase.named or member.named:
                same = phrase.head == member.key or (
                    bool(words & member.words) and words <= member.words and phrase.named == member.named
                )
                # "Grandpa Joe … Grandpa sleeps": a noun of the name, written as a name.
                short = member.named and len(words) == 1 and first not in DETERMINERS | POSSESSIVES
                same = same or (short and phrase.text[:1].isupper() and words <= member.words)
                if same or (first == "the" and member.named and phrase.head in member.words):
                    return member.key
                continue
            if phrase.plural != member.plural and phrase.head != member.head:
                continue
            modifiers, known = words - {phrase.head}, member.words - {member.head}
            if phrase.head == member.head and (not modifiers or not known or modifiers <= known or known <= modifiers):
                if phrase.plural == member.plural:
                    return member.key
            elif first == "the" and phrase.head in member.words and not (modifiers - member.words):
                return member.key
        plain = first == "the" and words == {phrase.head}
        return kin_meant(phrase.head, list(self._members.values())) if plain else None

    def _add(self, phrase: NounPhrase, owner: str | None) -> str:
        words = [token.text for token in tokens_of(phrase.text)]
        owned = words[0].lower() in POSSESSIVES
        core = (
            " ".join(words[1:]) if words[0].lower() in DETERMINERS | POSSESSIVES and len(words) > 1 else " ".join(words)
        )
        if phrase.named:
            core = phrase.definite
        name = simple_name(phrase)
        key = core.casefold()
        number = 2
        while key in self._members:
            key, name = f"{core.casefold()} {number}", f"{simple_name(phrase)} {number}"
            number += 1
        definite = phrase.definite
        if owned and not phrase.named:
            holder = self._members.get(owner or "")
            definite = f"{possessive(holder.phrase)} {core}" if holder else f"the {core}"
        self._members[key] = member_of(phrase, key, name, definite, core, self._callings.get(key, set()))
        return key

    def label(self, name: str, start: int, *, plain: bool = False) -> str:
        """The member of a speaker's label ("C1", "ANNA", "the keeper"), added if it is new.

        Args:
            name: the words of the label.
            start: their offset in the prompt.
            plain: take the words as they are (other languages than English).
        """
        phrase = None if plain else noun_phrase(name, start)
        bare = name.strip()
        for member in self._members.values():
            if bare.casefold() in {member.key, member.name.casefold(), member.head}:
                self.touch(member.key)
                return member.key
        if phrase is None or phrase.text != bare or bare.isupper():
            shown = bare.title() if bare.isupper() and len(bare) > 3 else bare
            phrase = NounPhrase(bare, start, start + len(bare), bare.casefold(), shown, False, True, False)
        key = self.mention(phrase)
        member = self._members[key]
        if phrase.named:
            member.person = True
            member.name = phrase.definite
        return key

    def pronoun(self, word: str, exclude: str | None = None) -> str | None:
        """The member that "he", "she", "it" or "they" means: the last one seen that fits."""
        word = word.casefold()
        wanted = {"he": Gender.MALE, "him": Gender.MALE, "his": Gender.MALE, "she": Gender.FEMALE, "her": Gender.FEMALE}
        recent = sorted(self._members.values(), key=lambda member: -member.last_seen)
        recent = [member for member in recent if member.key != exclude]
        if word in wanted:
            gender = wanted[word]
            for member in recent:
                if member.gender is gender:
                    return member.key
            # "The dog barks, and she …": a person.  "A goalkeeper stares at the striker. She …": who acted.
            for member in sorted(recent, key=lambda member: (not member.person, not member.subject_of)):
                if member.gender is Gender.UNKNOWN and (member.person or member.animal):
                    member.gender = gender
                    return member.key
            for member in recent:
                # "The cabbie waits. He …": only somebody is a "he", whatever the tables know of cabbies.
                told = (member.subject_of or member.owns) and not (member.plural or member.named)
                if told and _LIKELY_PERSON.search(member.head) and not _THINGS.search(member.head):
                    member.gender, member.person = gender, True
                    return member.key
            return None
        if word == "it":
            things = [member for member in recent if not member.plural and not member.person]
            subjects = [member for member in things if member.subject_of]
            return (subjects or things)[0].key if things else None
        if word in {"they", "them"}:
            plural = [member for member in recent if member.plural]
            return plural[0].key if plural else None
        return None

    def by_rank(self, words: str) -> str | None:
        """Whom "the first" or "the second one" means beside "a magician … a second magician"; ``None`` if nobody."""
        return ranked(words, list(self._members.values()))

    def last_two(self) -> list[str]:
        """The two people or animals that were spoken of last, in the order of the prompt; none if there are not two."""
        animate = [
            member for member in self._members.values() if (member.person or member.animal) and not member.plural
        ]
        recent = sorted(animate, key=lambda member: -member.last_seen)[:2]
        return [member.key for member in sorted(recent, key=lambda member: member.start)] if len(recent) == 2 else []

    def people(self) -> list[str]:
        """Everybody who is one person, in the order of the prompt."""
        return [member.key for member in self._members.values() if member.person and not member.plural]

    def fits(self, key: str, pronoun: str) -> bool:
        """Whether "he" or "she" certainly may mean this member."""
        return self._members[key].gender is {"he": Gender.MALE, "she": Gender.FEMALE}.get(pronoun)

    def unnamed(self, pronoun: str, prompt: str) -> str:
        """Somebody whom the prompt only ever calls "he", "she", "it" or "they"."""
        word = pronoun.casefold()
        found = re.search(rf"\b{re.escape(word)}\b", prompt, re.IGNORECASE)
        start = found.start() if found else 0
        if word not in self._members:
            gender = {"he": Gender.MALE, "she": Gender.FEMALE, "they": Gender.PLURAL}.get(word, Gender.UNKNOWN)
            mention = prompt[start : start + len(word)]
            name = {"he": "Man", "she": "Woman", "they": "People", "i": "Narrator"}.get(word, word.capitalize())
            phrase = "I" if word == "i" else word
            self._members[word] = Member(
                word,
                name,
                phrase,
                mention,
                start,
                word,
                gender,
                word != "it",
                False,
                False,
                word == "they",
                words={word},
            )
        self.touch(word)
        return word

    def hint(self, key: str, text: str) -> None:
        """Learns the subject's gender from pronouns in its own clause ("confronts *her* partner")."""
        member = self._members[key]
        if member.gender is not Gender.UNKNOWN:
            return
        # "gave her a balloon" speaks of somebody else, and so may "takes her hand" where a woman is known.
        found = re.findall(r"\b(herself|himself|(?:her|his)(?=\s+(?!an?\b|the\b|to\b|up\b|down\b)\w))", text.casefold())
        if found and (member.person or member.animal):
            gender = Gender.FEMALE if found[0].startswith("her") else Gender.MALE
            if all(other.gender is not gender for other in self._members.values()):
                member.gender = gender

    def humanise(self, key: str) -> None:
        """Whoever does what only people do belongs to the cast as somebody: "his assistant laughs"."""
        member = self._members[key]
        if not member.animal:
            member.person = True
            member.gender = Gender.UNKNOWN if member.gender is Gender.NEUTER else member.gender

    def one_of(self, key: str, which: str, start: int) -> str:
        """The member for "one" or "the other" of a plural one ("two knights … one falls")."""
        group = self._members[key]
        if which.endswith(("est", "er")) and which not in {"other", "another"}:
            ranks = self._ranks.setdefault(key, [])
            if which not in ranks:
                ranks.append(which)
            which = ("first", "second", "third", "fourth")[min(ranks.index(which), 3)]
        ordinal = {"other": "second", "another": "second"}.get(which, which if which in _RANKS else "first")
        counted = re.match(rf"(?:the\s+)?({NUMBER})\s", group.mention, re.IGNORECASE)
        if ordinal == "last" and counted is not None and 2 <= (count := int(number_of(counted[1]))) < len(_RANKS):
            ordinal = _RANKS[count - 1]
        name = f"{ordinal.capitalize()} {group.head}"
        known = name.casefold()
        if known not in self._members:
            self._members[known] = Member(
                key=known, name=name, phrase=f"the {name.casefold()}", mention=self._prompt[start : start + len(which)],
                start=start, head=group.head, gender=gender_of(group.head), person=group.person, animal=group.animal,
                named=False, plural=False, words={ordinal, group.head},
            )  # fmt: skip
        self.touch(known)
        return known

    def people_in(self, text: str, offset: int, subject: str | None) -> list[str]:
        """Members that take part as objects: persons and names in a verb phrase, not places."""
        found: list[str] = []
        for phrase in noun_phrases_in(text, offset):
            if any(phrase.start < end and start < phrase.end for start, end in self.written):
                continue
            if re.match(r"\s+(?:named|called)\s+[A-ZÀ-Þ]", text[phrase.end - offset :]) and not phrase.named:
                phrase = noun_phrase(text[phrase.start - offset :], phrase.start) or phrase  # "a girl named Ilse"
            owned = re.match(r"(?P<owner>(?:[Aa]n?|[Tt]he)\s+(?:[\w-]+\s+){0,2}[\w-]+)['’]s\s+\S", phrase.text)
            owner = noun_phrase(owned["owner"], phrase.start) if owned else None
            if owner is not None and is_person(owner.head):
                phrase = owner  # "we see a miner's face": the miner is seen
            before = text[: phrase.start - offset].split()
            preposition = before[-1].casefold() if before else ""
            known = self._match(phrase)
            if known is None:
                # "in Paris", "a BMW": a capital alone does not make a person of an object.
                common = [word for word in phrase.text.split() if word[0].islower()]
                told = any(is_person(word.casefold()) for word in common)  # "his old partner Hanna"
                nameless = gender_of(phrase.definite.split()[0]) is Gender.UNKNOWN and not told
                stranger = preposition in _PLACE_PREPOSITIONS or nameless
                addressed = preposition in {"to", "with", "for", "at"} or bool(re.fullmatch(r"[A-Z]\d?", phrase.text))
                addressed = addressed or bool(_DOES_TO_SOMEBODY.search(self._prompt[: phrase.start]))
                addressed = addressed or (preposition in _LINKS and _acts(text[phrase.end - offset :]))
                if phrase.named and stranger and not addressed:
                    continue
                # "chased by three wolves", "talks to a parrot"; a caught mouse is a prop.
                creature = is_animal(phrase.head) and preposition in {"by", "to", "with"}
                if not phrase.named and not is_person(phrase.head) and not creature:
                    continue
                if phrase.head in _PIECES and _PLAYS.search(
                    self._prompt[max(0, phrase.start - 16) : phrase.start].rstrip()
                ):
                    continue  # "moves his queen"
                if preposition in {"of", "as", "like"} or (
                    preposition in _PLACE_PREPOSITIONS and phrase.head in _VENUES
                ):
                    continue
            named = self.who_they_are(phrase) if known is None else []
            if named:
                found += [key for key in named if key not in found]
                continue
            key = known or self._add(phrase, subject)
            if known is not None and not (self._members[key].person or self._members[key].animal):
                continue
            if key != subject and key not in found:
                self.touch(key)
                found.append(key)
        return found

    def who_they_are(self, phrase: NounPhrase) -> list[str]:
        """The members of a group whose names stand behind it: "tells the twins, Ida and Otto, …"; else none."""
        found = _BEARERS.match(self._prompt, phrase.end) if phrase.plural and not phrase.named else None
        if found is None:
            return []
        keys = []
        for name in re.finditer(_BEARER, found["names"]):
            bearer = noun_phrase(name.group(), found.start("names") + name.start())
            keys += [self.mention(bearer)] if bearer is not None and bearer.named else []
        self.note_group(phrase.head, keys)
        return keys

    def name_aside(self, key: str, head: str, offset: int) -> None:
        """ "One of them, Nadia, opens it": the name between commas is the member's."""
        found = re.search(r",\s*(?P<name>[A-ZÀ-Þ][\w'’-]+(?:\s+[A-ZÀ-Þ][\w'’-]+)?),\s*$", head)
        if found is not None:
            start, end = offset + found.start("name"), offset + found.end("name")
            span = Span(start=start, end=end, text=self._prompt[start:end])
            self.rename(Naming(start, end, found["name"], span, "", "", False, key))

    def rename(self, naming: Naming) -> tuple[str, str] | None:
        """Gives a member the name that the prompt gives it later.

        Returns:
            The keys of a member that turned out to be this one, and of this one; ``None`` if there was none.
        """
        said = set(naming.name.casefold().split())
        bearers = [member for member in self._members.values() if member.named and member.words <= said]
        bearer = self._members.get(naming.name.casefold()) or (bearers[0] if bearers else None)
        known = bearer_of(naming, bearer, self._members)
        if known is None:
            return None
        known.aliases = (*known.aliases, naming.span)
        if not known.named:
            known.name, known.named = naming.name, True
            known.phrase = naming.name if known.phrase == known.key else known.phrase  # a mere pronoun so far
            known.gender = gender_of(naming.name.split()[0]) if known.gender is Gender.UNKNOWN else known.gender
            known.words |= {naming.name.casefold()}
        if bearer is None:
            return None
        known.subject_of += bearer.subject_of
        known.speaks = known.speaks or bearer.speaks
        known.person = known.person or (bearer.person and not known.animal)
        del self._members[bearer.key]
        return bearer.key, known.key

    def _is_place(self, noun: str) -> bool:
        """Whether the prompt uses a noun for people as a place: "in a crowded diner"."""
        return bool(
            re.search(rf"\b(?:in|into|inside|outside|at|through)\s+(?:\w+\s+){{1,3}}{noun}\b", self._prompt, re.I)
        )

    def facts(self) -> tuple[RoleFact, ...]:
        """The cast: everyone who acts or speaks; things only if they carry the story."""
        kept: list[RoleFact] = []
        for member in self._members.values():
            carries = member.subject_of >= 2 and member.head not in _ABSTRACT
            if not (member.person or member.animal or member.speaks or member.named or carries):
                continue
            if member.head in _VENUES and not member.speaks and (not member.subject_of or self._is_place(member.head)):
                continue  # "A diner at the corner, neon outside"
            text = self._prompt[member.start : member.start + len(member.mention)]
            kept.append(
                RoleFact(
                    key=member.key,
                    name=another(member.name, [role.name.casefold() for role in kept]),
                    phrase=member.phrase,
                    mention=member.mention,
                    span=Span(start=member.start, end=member.start + len(member.mention), text=text),
                    gender=member.gender,
                    person=member.person,
                    named=member.named,
                    aliases=member.aliases,
                )
            )
        return tuple(kept)


_DOES_TO_SOMEBODY = re.compile(
    r"\b(?:teach|help|hug|kiss|greet|meet|hand|give|tell|ask|thank|push|pull|slap|punch|comfort|carri|carry|rescue|save|marr|tickl|chas|follow|"
    r"wak|embrac|congratulat|scold|interrupt|interview|arrest|trip|join|trust|miss|wave\s+at|beat)\w{0,4}\s+"
    r"(?:(?:little|young|old|poor|dear|big|baby|tiny)\s+)?$",
    re.IGNORECASE,
)
"""What is done to people, before the name of one: "teaches little Mateo"."""
_LINKS = frozenset("and but while as then whereas so".split())


def _acts(behind: str) -> bool:
    """Whether a finite verb follows: "Tom runs and Ana jumps" brings Ana on."""
    words = tokens_of(behind)[:1]
    return bool(words) and (words[0].lower in AUXILIARIES or "VBZ" in verb_forms(words[0].lower))
