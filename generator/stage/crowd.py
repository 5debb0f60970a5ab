"""Several of whom an action speaks as one: "six friends sit around a campfire" are six who sit."""

from __future__ import annotations

import re

from generator.stage.actors import Actor
from generator.stage.cast import Look, person_look
from generator.stage.motion import Motion
from generator.stage.words import singulars, tokens
from mavin.caption import HierarchicalCaption, Role

__all__ = ["MAX_CROWD", "all_of_them", "companions", "how_many", "others"]

MAX_CROWD = 6
_SOME = 4
_COLLECTIVES = frozenset(
    "people crew team family band crowd audience group choir gang class squad troupe orchestra staff public".split()
)
_NUMBERS = {
    word: number
    for number, words in {
        2: "two both 2 pair couple zwei deux dos due dois duas",
        3: "three several some few group 3 drei trois tres tre três",
        4: "four 4 vier quatre cuatro quattro quatro many",
        5: "five 5 fünf cinq cinco cinque crowd",
        6: "six seven eight nine ten 6 sechs seis sei dozen",
    }.items()
    for word in words.split()
}
_ALL = re.compile(
    r"^\W*(?:they|everyone|everybody|all(?:\s+of\s+them)?|both(?:\s+of\s+them)?|together)\b"
    r"|^\W*(?:(?:the|all|both|a\s+group\s+of|two|three|four|five|six|\d)\s+){1,2}(?:\w+\s+){0,2}?"
    r"(?:friends|people|men|women|children|kids|boys|girls|siblings|brothers|sisters|colleagues|students|players|travell?ers|"
    r"hikers|campers|family|group|crew|team|band|couple|roommates|neighbou?rs|strangers)\b",
    re.IGNORECASE,
)


def how_many(words: str) -> int:
    """How many a few words name ("Six friends": 6), at most six; 1 where no number stands there."""
    return max((_NUMBERS.get(str(word), 1) for word in tokens(words)), default=1)


def all_of_them(action: str) -> range | None:
    """Where an English action names everybody there as its subject ("They sit down", "The three friends laugh")."""
    match = _ALL.match(action)
    if match is None:
        return None
    words = match.group().lstrip()
    return range(match.end() - len(words), match.end())


def companions(caption: HierarchicalCaption, figure: Actor, room: int) -> list[Actor]:
    """The others of a role that is several people, each with a look of its own and the same movement.

    Args:
        caption: the script.
        figure: the one who stands for the role.
        room: how many more the picture holds.
    """
    role = caption.role(figure.role)
    last = [form for word in tokens(role.name)[-1:] for form in (word, singulars(word)[-1])]
    together = any(word in _COLLECTIVES for word in last)
    if figure.look.kind != "person" or not (together or len(set(last)) > 1):
        return []
    number = how_many(role.name)
    if number == 1:
        number = _SOME if together else how_many(role.appearance)
    return others(role.name, figure.look, figure.motion, min(room, number - 1))


def others(name: str, look: Look, motion: Motion, number: int) -> list[Actor]:
    """More people of the kind that a name tells, who do what the first one does."""
    return [
        Actor(
            person_look(Role(id=f"C{80 + at}", name=f"{name} {at + 2}"), look.code, at + 5),
            motion=motion,
            kind="person",
        )
        for at in range(max(0, number))
    ]
