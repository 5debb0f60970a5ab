"""What an instruction names: shots, cuts, lines, roles, and times."""

from __future__ import annotations

import re
from fractions import Fraction

from mavin.caption import DialogueLine, HierarchicalCaption, Role, Shot
from mavin.frames import frame_time_ms
from mavin.interval import format_interval

__all__ = [
    "AMOUNT",
    "CUT",
    "LINE",
    "NAME",
    "QUOTED",
    "ROLE",
    "SHOT",
    "SPAN",
    "TIME",
    "Names",
    "Stranger",
    "Unclear",
    "milliseconds",
]

_NTH = {name: number for number, name in enumerate("first second third fourth fifth sixth seventh eighth".split(), 1)}
_ORDINAL = rf"(?:{'|'.join(_NTH)}|last|\d+(?:st|nd|rd|th))"
_UNIT = r"(?:\s*(?:ms|milliseconds?|s|secs?|seconds?)\b)"
_NUMBER = r"\d+(?:[.,]\d+)?"

QUOTED = r"(?:\"[^\"]*\"|“[^”]*”|„[^“]*“|«[^»]*»|(?<!\w)'(?:[^']|'(?=\w))*'|‘[^’]*’)"
"""Words in quotation marks."""
_FRAMES = r"\d+\s*(?:frames?|f)\b"
_COUNT = {word: number for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_HALVES = rf"(?:an?|{'|'.join(_COUNT)})"
_WORDS = (
    rf"(?:half a second|a quarter of a second|a tenth of a second|{_HALVES}\s+seconds?(?:\s+and\s+a\s+half)?"
    rf"|{_HALVES}\s+and\s+a\s+half\s+seconds?)"
)
TIME = rf"(?:\d+:\d\d(?:[.,]\d+)?|{_FRAMES}|{_NUMBER}{_UNIT}?|{_WORDS})"
"""An instant or a length."""
AMOUNT = rf"(?:{_NUMBER}\s*(?:%|percent)|{TIME})"
"""A length, or a share in percent."""
SPAN = rf"(?:from\s+)?{_NUMBER}{_UNIT}?\s*(?:-|–|—|to|until|till)\s*{_NUMBER}{_UNIT}?"
"""An interval such as ``1.9–2.5 s`` or ``from 1.9 to 2.5``."""
NAME = rf"(?:{QUOTED}|[^\W\d_][\w’'.-]*(?:\s+[^\W\d_][\w’'.-]*){{0,4}}?)"
"""A name, in quotation marks or without."""
SHOT = rf"(?:S\d+|(?:the\s+)?(?:{_ORDINAL}\s+shot|shot\s*(?:no\.?\s*|number\s*|#)?\d+|opening shot))"
CUT = (
    rf"(?:the\s+)?(?:cuts?\s+(?:to|before|at|into)\s+{SHOT}|cut\s+(?:between|from)\s+{SHOT}\s+(?:and|to)\s+{SHOT}"
    rf"|cut\s+S\d+|(?:{_ORDINAL}\s+cut|cut\s*(?:no\.?\s*|number\s*|#)?\d+|cut))"
)
ROLE = r"(?:C\d+|(?:the\s+)?[^\W\d_][\w’-]*(?:\s+[^\W\d_][\w’-]*){0,3}?)"
LINE = (
    rf"(?:L\d+|(?:the\s+)?(?:line\s*(?:no\.?\s*|number\s*|#)?\d+|{_ORDINAL}\s+line|(?:line\s+)?{QUOTED})"
    rf"|{ROLE}[’']s?\s+(?:{_ORDINAL}\s+)?(?:line|answer|reply|question)|the\s+line)"
)


class Unclear(Exception):  # noqa: N818 - never leaves the room
    """Something that is named and is not there, or could be two things; the message is a clause of a sentence."""


def milliseconds(text: str) -> int:
    """A time as people write it, exactly: ``3.2 s``, ``320 ms``, ``0:03.2``, ``half a second``, ``two seconds``.

    Frames (``5 frames``) are of the film's clock, to the nearest millisecond, which lies on that frame again.
    """
    words = {"half a second": 500, "a quarter of a second": 250, "a tenth of a second": 100}
    text = " ".join(text.lower().split())
    if text in words:
        return words[text]
    if counted := re.fullmatch(rf"({_HALVES})\b.*", text):
        return _COUNT.get(counted[1], 1) * 1000 + (500 if "half" in text else 0)
    if re.fullmatch(_FRAMES, text):
        return round(frame_time_ms(int(re.match(r"\d+", text)[0])))  # type: ignore[index]
    if clock := re.fullmatch(r"(\d+):(\d\d(?:[.,]\d+)?)", text):
        return int(clock[1]) * 60_000 + milliseconds(clock[2])
    found = re.match(_NUMBER, text)
    if found is None:
        raise Unclear(f"{text!r} is no time such as 1.9 s")
    exact = Fraction(found[0].replace(",", ".")) * (1 if re.search(r"m(?:s|illi)", text) else 1000)
    if exact.denominator != 1:
        raise Unclear(f"{text} is finer than a millisecond, the finest that a script can hold")
    return int(exact)


class Stranger(Unclear):
    """Somebody is named who is not in the cast, if it is a name at all."""


class Names:
    """Finds what is named in one caption."""

    def __init__(self, caption: HierarchicalCaption) -> None:
        self.caption = caption

    def shot(self, text: str) -> Shot:
        """The shot: by id, by number, first, last.

        Raises:
            Unclear: if there is none, or its number and its place disagree.
        """
        shots, text = self.caption.shots, text.strip()
        have = ", ".join(shot.id for shot in shots)
        if re.fullmatch(r"S\d+", text, re.IGNORECASE):
            found = next((shot for shot in shots if shot.id == text.upper()), None)
            if found is None:
                raise Unclear(f"there is no shot {text.upper()} (there is {have})")
            return found
        place = len(shots) if "last" in text.lower() else 1 if "opening" in text.lower() else _number(text)
        if not 1 <= place <= len(shots):
            raise Unclear(f"there is no shot {place} (there is {have})")
        by_place = shots[place - 1]
        called = next((shot for shot in shots if shot.id == f"S{place}"), by_place)
        if called is not by_place and re.search(r"shot\W*\d", text):
            raise Unclear(
                f"“{text}” may be {called.id} or the shot in place {place}, {by_place.id}; say which by its id"
            )
        return by_place

    def cut(self, text: str) -> Shot:
        """The shot that a cut leads to.

        Raises:
            Unclear: if there is none.
        """
        shots = [self.shot(name) for name in re.findall(SHOT, text, re.IGNORECASE)]
        if not shots and (named := re.search(r"cut\s+(S\d+)", text, re.IGNORECASE)):
            shots = [self.shot(named[1])]
        order = list(self.caption.shots)
        if not shots:
            cuts = order[1:]
            bare = not re.search(r"\d|last|" + "|".join(_NTH), text.lower())
            place = len(cuts) if "last" in text.lower() else 1 if bare else _number(text)
            if bare and len(cuts) != 1:
                raise Unclear(f"there are {len(cuts)} cuts, so say which: cut 1, or the cut to S2")
            if not 1 <= place <= len(cuts):
                raise Unclear(f"there is no cut {place} (there are {len(cuts)})")
            return cuts[place - 1]
        if len(shots) == 2:
            first, second = sorted(map(order.index, shots))
            if second - first != 1:
                raise Unclear(f"{shots[0].id} and {shots[1].id} are no neighbours, so there is no cut between them")
            return order[second]
        if shots[0] is order[0]:
            raise Unclear(f"{shots[0].id} is the first shot, so no cut leads to it")
        return shots[0]

    def line(self, text: str) -> DialogueLine:
        """The line: by id, by number, by its words, by whose it is.

        Raises:
            Unclear: if there is none, or more than one.
        """
        text = text.strip()
        lines = sorted(self.caption.dialogue, key=lambda line: (line.start_ms, line.id))
        have = "; ".join(f"{line.id} {format_interval(line.interval)}" for line in lines) or "there is none"
        if identity := re.fullmatch(r"L\d+", text, re.IGNORECASE):
            found = [line for line in lines if line.id == identity[0].upper()]
        elif quoted := re.search(QUOTED, text):
            words = _plain(quoted[0][1:-1])
            found = [line for line in lines if _plain(line.text) == words] or [
                line for line in lines if words and words in _plain(line.text)
            ]
        elif owner := re.fullmatch(r"(.+?)[’']s?\s+(.*)", text):
            own = [line for line in lines if line.role == self.role(owner[1]).id]
            found = _nth(own, owner[2])
        else:
            if numbered := re.search(r"line\W*(?:no\.?\s*|number\s*)?(\d+)", text):
                found = [line for line in lines if line.id == f"L{numbered[1]}"]
            else:
                found = _nth(lines, text)
        if not found:
            raise Unclear(f"there is no line {text} ({have})")
        if len(found) > 1:
            raise Unclear(f"“{text}” may be {' or '.join(line.id for line in found)}; say which by its id")
        return found[0]

    def role(self, text: str) -> Role:
        """The role: by id or by name.

        Raises:
            Unclear: if there is none.
        """
        name = re.sub(r"^the\s+", "", text.strip(), flags=re.IGNORECASE)
        name = name[1:-1] if re.fullmatch(QUOTED, name) else name
        for role in self.caption.roles:
            own = re.sub(r"^the\s+", "", role.name.strip(), flags=re.IGNORECASE)
            if name.upper() == role.id or name.casefold() == own.casefold():
                return role
        have = ", ".join(f"{role.id} {role.name}" for role in self.caption.roles) or "nobody"
        raise Stranger(f"there is no role {text.strip()} (there is {have})")


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _number(text: str) -> int:
    found = re.search(r"\d+", text)
    if found:
        return int(found[0])
    return next((number for name, number in _NTH.items() if re.search(rf"\b{name}\b", text.lower())), 0)


def _nth(lines: list[DialogueLine], text: str) -> list[DialogueLine]:
    """The one that an ordinal picks, or all where there is none."""
    if re.search(r"\blast\b", text, re.IGNORECASE):
        return lines[-1:]
    number = _number(text)
    return lines[number - 1 : number] if number else lines
