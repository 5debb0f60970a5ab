"""What an instruction names of a script: shots, roles, lines; nothing else may be touched.

"make the ending sadder"                shots S6
"when she speaks"                       the shots in which the only woman says a line
"give the old man a red scarf"          role C2, by the words of his looks
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mavin.caption import HierarchicalCaption, Role
from mavin.facts.languages.english.grammar import is_adjective
from mavin.instructions import QUOTED, SHOT, Names, Unclear
from scripting.contracts import content_stems

__all__ = ["Scope", "gender_of", "scope_of", "stranger_in"]


@dataclass(frozen=True, slots=True)
class Scope:
    """What is named; empty where nothing of the sort is.

    Attributes:
        shots: ids of shots.
        roles: ids of roles.
        lines: ids of lines.
        speaking: whether the shots are named as those in which the roles speak.
        everywhere: whether "every", "all" or "whole" is said.
    """

    shots: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    speaking: bool = False
    everywhere: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is named."""
        return not (self.shots or self.roles or self.lines or self.everywhere)


_LAST = re.compile(
    r"\b(?:the |at the |in the )?(?:end|ending|last (?:shot|scene|moment)|final (?:shot|scene|moment)|finale|close of the film)\b|"
    r"\b(?:ende|schluss|letzte \w+|fin|final|finale|última \w+|último \w+|ultima \w+|dernière? \w+)\b|结尾|最后|ラスト|最後",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:the |at the |in the )?(?:beginning|opening|first (?:shot|scene|moment)|start of the (?:film|story))\b|"
    r"\b(?:anfang|beginn|erste \w+|début|principio|comienzo|inizio|começo)\b|开头|开始|冒頭|最初",
    re.IGNORECASE,
)
_SPEAKING = re.compile(
    r"\b(?:when(?:ever)?|while|as|where|every time|each time)\s+(?:the\s+)?(?P<who>[\w’'-]+(?:\s+[\w’'-]+){0,2}?)\s+"
    r"(?:is |are )?(?:speak\w*|talk\w*|says?|saying|answers?|answering)\b",
    re.IGNORECASE,
)
_EVERY = re.compile(
    r"\b(?:every|all|each|whole|everywhere|everybody|everyone|always|throughout|entire|it all|everything|alle|überall|ganze\w*|tout\w*|todo\w*|toda\w*|tutt\w+)\b|"
    r"所有|全部|整个|全体|すべて|全部",
    re.IGNORECASE,
)
_WOMAN = re.compile(
    r"\b(?:woman|girl|lady|mother|daughter|sister|wife|queen|princess|grandmother|aunt|actress|waitress|nun|she|her|female|frau|mädchen|femme|fille|mujer|niña|"
    r"donna|ragazza|mulher|menina)\b|女|母|姐|妹",
    re.IGNORECASE,
)
_MAN = re.compile(
    r"\b(?:man|boy|gentleman|father|son|brother|husband|king|prince|grandfather|uncle|actor|waiter|monk|he|his|male|fisherman|ferryman|\w+man|mann|junge|homme|"
    r"garçon|hombre|niño|uomo|ragazzo|homem|menino)\b|男|父|兄|弟",
    re.IGNORECASE,
)
_ANY_WOMAN = re.compile(r"\b(?:woman|girl|lady|mother|daughter|female|frau|femme|mujer|donna|mulher)\b", re.IGNORECASE)
_ANY_MAN = re.compile(
    r"\b(?:man|boy|gentleman|guy|fellow|father|son|male|mann|junge|homme|hombre|uomo|homem)\b", re.IGNORECASE
)
"""Words that anybody of that sex can be called by; a policeman is not just any man."""
_SHE = re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE)
_HE = re.compile(r"\b(?:he|him|his|himself)\b", re.IGNORECASE)
_STARTS = re.compile(r"\bthe\s+((?:[\w’'-]+\s+){0,3}[\w’'-]+)", re.IGNORECASE)


def gender_of(role: Role) -> str:
    """``she``, ``he`` or nothing, by the role's own descriptors; a woman's words are looked for first ("woman")."""
    words = f"{role.name} {role.appearance} {role.voice}"
    if _WOMAN.search(words):
        return "she"
    return "he" if _MAN.search(words) else ""


def scope_of(clause: str, caption: HierarchicalCaption) -> Scope:
    """What a clause names."""
    bare = re.sub(QUOTED, "“”", clause)
    names = Names(caption)
    lines = tuple(dict.fromkeys(_lines(clause, names)))
    shots = list(dict.fromkeys(_shots(re.sub(rf"\blast {_LINE_WORD}", " ", bare), caption, names)))
    roles = list(dict.fromkeys(_roles(bare, caption)))
    spoken = _SPEAKING.search(bare)
    if spoken is not None and not shots:
        who = set(_roles(spoken["who"], caption)) or {role.id for role in caption.roles}
        heard = [line for line in caption.dialogue if line.role in who]
        shots = [shot.id for shot in caption.shots if any(line.interval.overlaps(shot.interval) for line in heard)]
        return Scope(tuple(shots), tuple(sorted(who)) if who else (), lines, True, bool(_EVERY.search(bare)))
    return Scope(tuple(shots), tuple(roles), lines, False, bool(_EVERY.search(bare)))


_LINE_WORD = r"(?:line|answer|reply|question)"


def _lines(clause: str, names: Names) -> Iterable[str]:
    whose = "|".join(re.escape(role.name) for role in names.caption.roles) or "(?!)"
    nth = r"(?:(?:first|second|third|fourth|last|\d+(?:st|nd|rd|th))\s+)?"
    own = rf"\b(?:his|her)\s+{nth}{_LINE_WORD}\b"
    forms = (
        r"\bL\d+\b",
        own,
        rf"(?:{whose})[’']s?\s+{nth}{_LINE_WORD}\b",
        rf"\bline\s*\d+|\b(?:first|last)\s+{_LINE_WORD}\b",
        QUOTED,
    )
    found: list[tuple[int, int]] = []
    for form in forms:
        for match in re.finditer(form, clause, re.IGNORECASE):
            if any(start < match.end() and match.start() < end for start, end in found):
                continue  # "Mara's last line" is no "last line"
            found.append(match.span())
            text = match[0]
            if form is own:
                who = list(dict.fromkeys(_roles(clause, names.caption)))
                if len(who) != 1:
                    continue
                text = re.sub(r"^\w+", f"{who[0]}'s", text)
            try:
                yield names.line(text).id
            except Unclear:
                continue


def _shots(bare: str, caption: HierarchicalCaption, names: Names) -> Iterable[str]:
    for found in re.finditer(SHOT, bare, re.IGNORECASE):
        try:
            yield names.shot(found[0]).id
        except Unclear:
            continue
    for number in re.findall(r"\b(?:shots|scenes?)\s+(\d+(?:\s*(?:,|and|&)\s*\d+)*)", bare, re.IGNORECASE):
        for each in re.findall(r"\d+", number):
            if 1 <= int(each) <= len(caption.shots):
                yield caption.shots[int(each) - 1].id
    if _LAST.search(bare):
        yield caption.shots[-1].id
    if _FIRST.search(bare):
        yield caption.shots[0].id
    yield from _pictured(bare, caption)


def _pictured(bare: str, caption: HierarchicalCaption) -> Iterable[str]:
    """The shots that a clause knows by what is seen in them: "the shot with the bell", "when she jumps", "the quay"."""
    told = re.search(r"\b(?:shot|scene) (?:with|of|where|in which|when) (.+)", bare, re.IGNORECASE)
    if told is None and _SPEAKING.search(bare) is None:
        told = re.search(r"\b(?:when|while) (?:the )?\w+ ((?!is\b|are\b)\w+.*)", bare, re.IGNORECASE)
    phrases = [told[1]] if told is not None else [_noun(found[1]) for found in _THINGS.finditer(bare)]
    for phrase in phrases:
        wanted = content_stems(phrase) - _FILM_WORDS
        shown = {
            shot.id: len(wanted & content_stems(f"{shot.action} {shot.setting}"))
            + len(wanted & content_stems(shot.title))
            for shot in caption.shots
        }
        best = max(shown.values())
        if best:
            yield from (name for name, score in shown.items() if score == best)
            return


def _noun(words: str) -> str:
    """The noun behind an article: "old quay" whole, of "quay from" the first word."""
    first, _, rest = words.partition(" ")
    return f"{first} {rest}" if is_adjective(first.casefold()) else first


_THINGS = re.compile(r"\bthe\s+((?:[\w’'-]+\s+)?[\w’'-]+)", re.IGNORECASE)
_FILM_WORDS = content_stems(
    "shot scene film story picture camera whole style colour colours light ending opening last first line dialogue words voice "
    "title ambience background sound place film's everything"
)


def _roles(bare: str, caption: HierarchicalCaption) -> Iterable[str]:
    for role in caption.roles:
        name = re.sub(r"^(?:the|an?)\s+", "", role.name.strip(), flags=re.IGNORECASE)
        if (
            re.search(rf"(?<!\w){re.escape(name)}(?!\w)", bare, re.IGNORECASE)
            or re.search(rf"\b{role.id}\b", bare)
            or (not name.isascii() and name in bare)
        ):
            yield role.id
    for found in _STARTS.finditer(bare):
        yield from _described(found[1], caption)
    for pattern, wanted in ((_SHE, "she"), (_HE, "he")):
        if pattern.search(bare):
            fitting = [role.id for role in caption.roles if gender_of(role) == wanted]
            if len(fitting) == 1:
                yield fitting[0]


def _described(words: str, caption: HierarchicalCaption) -> Iterable[str]:
    """The one role that "the old man" can be: by the words of its looks, or by a noun for its sex and age."""
    words = re.split(
        r"\b(?:should|shall|must|a|an|the|to|in|at|with|is|be|has|needs|when|come|comes)\b", words, maxsplit=1
    )[0]
    wanted = content_stems(words)
    scores = {role.id: len(wanted & content_stems(f"{role.name} {role.appearance}")) for role in caption.roles}
    best = max(scores.values(), default=0)
    top = [name for name, score in scores.items() if score == best and best]
    if len(top) == 1:
        yield top[0]
        return
    for pattern, gender in ((_ANY_WOMAN, "she"), (_ANY_MAN, "he")):
        if pattern.search(words):
            fitting = [role.id for role in caption.roles if gender_of(role) == gender]
            if len(fitting) == 1:
                yield fitting[0]
            return


def stranger_in(clause: str, caption: HierarchicalCaption) -> str | None:
    """Somebody whom an English clause speaks of as known ("the captain") and who is not in the script."""
    from mavin.facts.languages.english.people import is_person

    known = content_stems(caption.model_dump_json())
    for found in re.finditer(r"\bthe\s+((?:[\w’'-]+\s+){0,2}?)([a-z]+)\b", re.sub(QUOTED, "", clause)):
        noun = found[2]
        if is_person(noun) and not content_stems(noun) & known and not list(_described(found[1] + noun, caption)):
            return found[0]
    return None
