"""What code alone knows of staging: cameras, looks and voices that fit the user's words.

Used where there is no model, or where its words did not pass; everything from here is marked as
added by code in the ledger.
"""

from __future__ import annotations

import re

from mavin.caption import Angle, Camera, Movement, Size
from mavin.facts import Event, Facts, Gender, RoleFact
from mavin.facts.grammar import PRONOUNS, noun_lemma
from mavin.facts.structure import camera_words
from scripting.plausible import fitting_movements, fitting_sizes

__all__ = ["GROUP", "appearance_of", "camera_of", "style_of", "voice_of"]


def camera_of(
    event: Event, number: int, count: int, before: Camera | None, *, new_place: bool = False, crowd: bool = False
) -> Camera:
    """A camera for one shot: the user's words first, then what the action asks for, never two alike in a row.

    A place that is shown for the first time is not shown from close by.
    """
    said = camera_words(event.text + " " + event.span.text + " " + event.camera)
    size = Size(said.size) if said.size else _size(event, number, before, new_place, crowd)
    fitting = fitting_movements(event.text, speaks=bool(event.quotes), number=number, count=count)
    movement = Movement(said.movement) if said.movement else fitting[0]
    angle = Angle(said.angle) if said.angle else Angle.EYE
    return Camera(size=size, angle=angle, movement=movement)


_SCALE = list(Size)


GROUP = re.compile(
    r"\b(?:crew|team|group|band|family|couple|duo|trio|pair|choir|orchestra|class|troupe|squad)\b", re.IGNORECASE
)
"""Words for several people in the singular."""


def _size(event: Event, number: int, before: Camera | None, new_place: bool, crowd: bool) -> Size:
    # Without a role there is no face to be close to, and several faces do not fit a close-up.
    one = len(event.roles) < 2 and not crowd
    if event.quotes:
        wanted: tuple[Size, ...] = (Size.MEDIUM, Size.CLOSE_UP) if number % 2 else (Size.CLOSE_UP, Size.MEDIUM)
    elif new_place and number:
        wanted = (Size.WIDE, Size.FULL, Size.MEDIUM)
    else:
        wanted = fitting_sizes(event.text, first=number == 0, alone=one)
    one = one and bool(event.roles)
    anything = (Size.MEDIUM, Size.CLOSE_UP, Size.WIDE, Size.FULL) if one else (Size.MEDIUM, Size.WIDE, Size.FULL)
    turn = number % 3
    order = (*wanted, *anything[turn:], *anything[:turn])
    return next((size for size in order if before is None or _cuts_well(before.size, size)), order[0])


def _cuts_well(before: Size, after: Size) -> bool:
    """A cut between two like framings reads as a jump: two steps apart, or from half a figure to a face."""
    apart = abs(_SCALE.index(after) - _SCALE.index(before))
    return apart >= 2 or {before, after} == {Size.MEDIUM, Size.CLOSE_UP}


def style_of(facts: Facts) -> str:
    """The user's style words, or a plain one."""
    if facts.style:
        return facts.style[0].text
    return "Natural light, realistic colours, steady cinematic framing"


_MATES = re.compile(r"(?:the\s+)?(?:two|three|four|five|six)\s+(?P<rest>\S.*)$", re.IGNORECASE)
_COUNTED = re.compile(r"(?:first|second|third|fourth|fifth|sixth)\b", re.IGNORECASE)


def appearance_of(role: RoleFact) -> str:
    """The user's own words for how somebody looks: the first mention, and what is said of it beside it."""
    plain = _first_mention(role)
    if not role.look or role.look.casefold() in plain.casefold():
        return plain
    if not role.look.isascii() or re.match(r"(?:in|wearing|with|dressed|who)\b", role.look) is None:
        return f"{plain.removesuffix(' in everyday clothes')}, {role.look}"
    return f"{plain.removesuffix(' in everyday clothes')} {role.look}"


def _first_mention(role: RoleFact) -> str:
    words = role.mention
    if words.casefold() in PRONOUNS:
        words = role.name if role.named else f"a {role.name.casefold()} in everyday clothes"
    if role.named and words.casefold() == role.name.casefold():
        return {
            Gender.FEMALE: f"{role.name}, a woman in everyday clothes",
            Gender.MALE: f"{role.name}, a man in everyday clothes",
        }.get(role.gender, f"{role.name}, a person in everyday clothes")
    if role.gender is not Gender.PLURAL and (mate := _MATES.match(words)) and _COUNTED.match(role.name):
        words = f"a {' '.join([*mate['rest'].split()[:-1], noun_lemma(mate['rest'].split()[-1])])}"  # one of "two adult chefs"
    article = "" if role.gender is Gender.PLURAL else "a "
    words = re.sub(r"^(?:his|her|its|their|the)\s+", article, words, flags=re.IGNORECASE)
    if re.match(r"a\s+[aeiou]", words, re.IGNORECASE):
        words = f"an {words[2:]}"
    return words[:1].upper() + words[1:]


_AGES = (
    (r"\b(?:baby|toddler)\b", "a baby's"),
    (
        r"\b(?:child(?:ren)?|kids?|boys?|girls?|schoolboys?|schoolgirls?|pupils?|niñ[oa]s?|mädchen|junge|kind(?:er)?|enfants?)\b|孩|女孩|男孩",
        "a child's",
    ),
    (r"\b(?:old|elderly|ancient|grand\w+|granny|grandma|grandpa|aged|retired)\b", "an old"),
    (r"\b(?:young|teen\w*|student)\b", "a young"),
)


def voice_of(role: RoleFact, speaks: bool) -> str:
    """A voice that fits the role's words; empty for those who neither speak nor are people."""
    if not speaks and not role.person:
        return ""
    if role.voice:
        return f"A {role.voice}" if role.voice.endswith("voice") else f"{role.voice[:1].upper()}{role.voice[1:]}"
    text = f"{role.mention} {role.name}".casefold()
    age = next((word for pattern, word in _AGES if re.search(pattern, text)), "an adult")
    kind = {Gender.FEMALE: "female ", Gender.MALE: "male "}.get(role.gender, "")
    if age == "a child's":
        return f"A child's voice, bright and light{', a girl' if kind == 'female ' else ', a boy' if kind == 'male ' else ''}"
    if age == "a baby's":
        return "A baby's voice, high and soft"
    if not role.person and role.gender is Gender.UNKNOWN and not kind:
        return f"A character voice that suits a {role.name.casefold()}"
    return f"{age} {kind}voice, clear and unhurried".capitalize()
