"""What reading a clause of another language than English gives: whom it is about, and its verb."""

from __future__ import annotations

from dataclasses import dataclass, field

from mavin.facts.model import Gender

__all__ = ["Mention", "Piece", "Reading"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase, a name or a pronoun.

    Attributes:
        text: the user's words.
        start: offset of the first character in the text that was read.
        end: offset behind the last one.
        head: head noun in lower case, or the name as it is compared.
        name: as a cast list shows it.
        phrase: how later sentences call it, lower case unless a name.
        gender: what article, noun, ending or name tell; grammatical gender for things.
        plural: whether it takes plural verbs.
        person: whether it is a human being.
        animal: whether it is an animal.
        named: whether it is a proper name.
        pronoun: ``he``, ``she``, ``they``, ``it`` or ``i`` if it is a personal pronoun; ``first``, ``second``,
            ``third`` or ``other`` for one of those met before ("el primero"); else empty.
        words: the words that tell it from another of the same noun, lower case.
        owned: whether it belongs to somebody named before ("su hermano").
        slot: how it takes part: ``subject``, ``object``, ``to`` (an addressee) or ``with``.
    """

    text: str
    start: int
    end: int
    head: str
    name: str
    phrase: str
    gender: Gender = Gender.UNKNOWN
    plural: bool = False
    person: bool = False
    animal: bool = False
    named: bool = False
    pronoun: str = ""
    words: frozenset[str] = frozenset()
    owned: bool = False
    slot: str = "subject"


@dataclass(frozen=True, slots=True)
class Reading:
    """One clause.

    Attributes:
        subjects: whom it is about, several for "Ana y Luis"; empty where the subject is left out.
        verb: offsets of the finite verb, ``None`` without one.
        objects: people, animals and names that take part besides.
        nobody: whether its subject is "niemand", "alguien", "on": there is one, but no role.
    """

    subjects: tuple[Mention, ...] = ()
    verb: tuple[int, int] | None = None
    objects: tuple[Mention, ...] = field(default=())
    nobody: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence that tells one event; ``kind`` is ``clause``, ``verb`` or ``fragment``."""

    start: int
    end: int
    kind: str
    verb: int
    verb_end: int
