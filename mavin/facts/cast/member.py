"""One member of the cast while a prompt is being read, and what its name tells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mavin.diagnostics import Span
from mavin.facts.cast.naming import Naming
from mavin.facts.languages.english.grammar import POSSESSIVES, tokens_of
from mavin.facts.languages.english.people import gender_of, is_animal, is_first_name, is_person
from mavin.facts.languages.english.phrases import NounPhrase
from mavin.facts.model import Gender

__all__ = ["Member", "another", "bearer_of", "member_of", "named_gender", "possessive", "ranked"]


@dataclass(slots=True)
class Member:
    """A candidate for the cast while the prompt is being read."""

    key: str
    name: str
    phrase: str
    mention: str
    start: int
    head: str
    gender: Gender
    person: bool
    animal: bool
    named: bool
    plural: bool
    subject_of: int = 0
    speaks: bool = False
    owns: bool = False
    aliases: tuple[Span, ...] = ()
    last_seen: int = -1
    words: set[str] = field(default_factory=set)


def member_of(phrase: NounPhrase, key: str, name: str, definite: str, core: str, callings: set[str]) -> Member:
    """A member as its first mention shows it.

    Args:
        phrase: the mention.
        key: its identity in the cast.
        name: as a cast list shows it.
        definite: as sentences show it.
        core: the mention without its article or possessive.
        callings: nouns that are said of it elsewhere ("Karl, the baker").
    """
    words = [token.text for token in tokens_of(phrase.text)]
    person = phrase.named or is_person(phrase.head)
    last = phrase.text.split()[-1].casefold()
    gender = Gender.PLURAL if phrase.plural else named_gender(core) if phrase.named else gender_of(last)
    if phrase.named and gender is Gender.UNKNOWN:
        gender = named_gender(" ".join(word for word in words if word.islower()))  # "his sister JUNE"
    if not person and not is_animal(phrase.head) and gender is Gender.UNKNOWN:
        gender = Gender.NEUTER
    return Member(
        key=key,
        name=name,
        phrase=definite,
        mention=phrase.text,
        start=phrase.start,
        head=phrase.head,
        gender=gender,
        person=person,
        animal=is_animal(phrase.head),
        named=phrase.named,
        plural=phrase.plural,
        words={word.casefold() for word in (*words, *(name.split() if phrase.named else ()))}
        | {phrase.head}
        | callings,
    )


def bearer_of(naming: Naming, bearer: Member | None, members: Mapping[str, Member]) -> Member | None:
    """Who gets a name that the prompt gives later; ``bearer`` is whoever bears it already."""
    if naming.member is not None:
        return members.get(naming.member)
    before = [member for member in members.values() if member.start < naming.span.start and member is not bearer]
    before = [member for member in before if not member.plural and (member.person or member.animal)]
    if naming.noun:
        fits = [member for member in before if naming.noun in member.words | {member.head}]
        # "Pedro, el panadero": the noun stands behind the name.
        inside = [one for one in members.values() if naming.span.end < one.start < naming.end]
        fits = fits or [one for one in inside if naming.noun in one.words | {one.head} and one is not bearer]
        if not fits and (bearer is not None or is_first_name(naming.name.split()[0].casefold())):
            # "The thespian, young Bo, bows": a name makes somebody of a noun that no table knows.
            heads = [one for one in members.values() if one.head == naming.noun and not one.plural]
            fits = [one for one in heads if one.start < naming.span.start and one is not bearer]
        return fits[-1] if fits else None
    if naming.pronoun:
        wanted = {"he": Gender.MALE, "she": Gender.FEMALE}.get(naming.pronoun)
        fits = [member for member in before if member.gender in {wanted, Gender.UNKNOWN} or wanted is None]
        return fits[-1] if fits else None
    return before[-1] if before else None


def another(name: str, taken: Sequence[str]) -> str:
    """The name, or "Man 2" where a "he" without a name is called "Man" already."""
    number = 2
    shown = name
    while shown.casefold() in taken:
        shown, number = f"{name} {number}", number + 1
    return shown


def named_gender(name: str) -> Gender:
    """ "Mrs. Ito", "Old Henrik": the first word of a name that tells."""
    words = [word for word in name.split() if word.casefold() not in POSSESSIVES]
    known = (gender_of(word) for word in words)
    return next((gender for gender in known if gender in {Gender.FEMALE, Gender.MALE}), Gender.UNKNOWN)


_OWNERS = {"he": "his", "she": "her", "it": "its", "they": "their", "I": "my", "i": "my"}
"""Of somebody whom the prompt only ever calls by a pronoun."""


def possessive(phrase: str) -> str:
    """ "the dancers" as "the dancers'", "Mara" as "Mara's"."""
    if (owner := _OWNERS.get(phrase)) is not None:
        return owner
    return f"{phrase}'" if phrase.endswith("s") else f"{phrase}'s"


def ranked(words: str, members: Sequence[Member]) -> str | None:
    """Whom "the first" or "the second one" means beside "a magician … a second magician"; ``None`` if nobody."""
    found = re.fullmatch(r"the\s+(?P<which>first|second|third|other)(?:\s+one)?", words.strip(), re.IGNORECASE)
    if found is None:
        return None
    alive = [member for member in members if (member.person or member.animal) and not member.plural]
    for last in reversed(alive):
        kind = [member.key for member in alive if member.head == last.head and not member.named]
        if len(kind) > 1:
            at = {"first": 0, "second": 1, "third": 2, "other": 1}[found["which"].lower()]
            return kind[at] if at < len(kind) else None
    return None
