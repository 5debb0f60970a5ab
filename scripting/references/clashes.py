"""Where the prompt's words for a role and its reference cannot both hold: suspected, shown, refused under ``strict``.

Only what was measured is compared: hair, the colour of what is worn over the shoulders, how many faces, pitch and
pace.  The user's words stand; the cue that contradicts them stays out of the descriptor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mavin.diagnostics import Span
from mavin.facts import Facts, Gender, RoleFact
from mavin.ledger import Conflict, ConflictKind, ConflictOutcome
from scripting.references.cues import PictureCues, VoiceCues
from scripting.references.wording import families_in
from scripting.references.words import (
    BALD,
    CLOTHES_FIT,
    COLOURS,
    DEEP,
    FAST,
    GARMENTS,
    HAIR_FIT,
    HAIR_NOUN,
    HIGH,
    LONG,
    SHORT,
    SLOW,
    WORN,
)

__all__ = ["Clash", "conflict_of", "picture_clashes", "voice_clashes"]

_COLOUR = "|".join(COLOURS.values())
_EDGE, _END = r"(?<![A-Za-zÀ-ÿ])", r"(?![A-Za-zÀ-ÿ])"
_NOT = re.compile(
    r"\b(?:no|not|never|without|sin|ohne|kein\w*|sans|pas|takes? off|removes?|loses?)\s+(?:\w+\s+){0,2}$|[没沒不]$",
    re.IGNORECASE,
)
_DEEP_HZ, _HIGH_HZ = 200, 140
_FAST_RATE, _SLOW_RATE = 3.2, 5.2


@cache
def _clothes() -> re.Pattern[str]:
    # "a red coat", "ein roter Mantel", "红色的外套" | "manteau rouge", "abrigo largo rojo" | "dressed in red"
    return re.compile(
        rf"{_EDGE}(?P<before>(?:dunkel|hell)?(?:{_COLOUR})){_END}(?:的|の|[ -](?:\w+ )?)?(?:{GARMENTS}){_END}|"
        rf"{_EDGE}(?:{GARMENTS})\s(?:\w+\s)?(?P<after>{_COLOUR}){_END}|"
        rf"\b(?:dressed|clad|all) in (?P<alone>{_COLOUR})\b",
        re.IGNORECASE,
    )


@cache
def _hair() -> re.Pattern[str]:
    return re.compile(
        rf"{_EDGE}(?:(?:\w+ish|{_COLOUR}|{LONG}|{SHORT})[ ,-]*(?:and |und |y |et )?){{0,3}}"
        rf"(?:{_COLOUR}|{LONG}|{SHORT})(?:色?的|い|の)?[ -]?(?:{HAIR_NOUN}){_END}|"
        rf"{_EDGE}(?:{HAIR_NOUN})\s(?:(?:is|are|ist|sind|es|est|muy|very|sehr|très)\s)*"
        rf"(?:(?:{LONG}|{SHORT}|{_COLOUR})[ ,]*){{1,2}}{_END}|"
        rf"{_EDGE}(?:blondes?|brunettes?|redheads?|redheaded|rubi[oa]s?){_END}|金发|黑发|白发|长发|短发|金髪|黒髪|白髪|長髪",
        re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class Clash:
    """One contradiction: ``topic`` is ``hair``, ``clothes``, ``faces``, ``pitch`` or ``pace``."""

    topic: str
    span: Span
    shown: str


def conflict_of(clash: Clash, role: RoleFact, file: str, *, strict: bool, by: str = "code") -> Conflict:
    """A clash as it is shown and kept in the film."""
    advice = "Change one of the two." if strict else "The prompt's words were kept; change them or the reference."
    said = f"The prompt says “{clash.span.text}”, but the reference {file} of {role.name} {clash.shown}."
    return Conflict(
        kind=ConflictKind.ROLE,
        spans=(clash.span,),
        explanation=f"{said} {advice}",
        outcome=ConflictOutcome.REFUSED if strict else ConflictOutcome.SUSPECTED,
        by=by,
    )


def picture_clashes(role: RoleFact, facts: Facts, cues: PictureCues) -> list[Clash]:
    """What the prompt says of a role against its picture."""
    return [*_hair_clashes(role, facts, cues), *_clothes_clashes(role, facts, cues), *_face_clashes(role, cues)]


def voice_clashes(role: RoleFact, facts: Facts, cues: VoiceCues) -> list[Clash]:
    """What the prompt says of a role's voice against its recording."""
    found = []
    if cues.pitch_hz is not None:
        shown = f"has a median pitch of {cues.pitch_hz} Hz, which is {cues.pitch}"
        if cues.pitch_hz >= _DEEP_HZ:
            found += [Clash("pitch", span, shown) for span in _said(DEEP, role, facts)]
        if cues.pitch_hz <= _HIGH_HZ:
            found += [Clash("pitch", span, shown) for span in _said(HIGH, role, facts)]
    if cues.syllables_per_second is not None:
        shown = f"has {cues.syllables_per_second:g} syllables a second, which is {cues.pace}"
        if cues.syllables_per_second < _FAST_RATE:
            found += [Clash("pace", span, shown) for span in _said(FAST, role, facts)]
        if cues.syllables_per_second > _SLOW_RATE:
            found += [Clash("pace", span, shown) for span in _said(SLOW, role, facts)]
    return found


def _hair_clashes(role: RoleFact, facts: Facts, cues: PictureCues) -> list[Clash]:
    hair = cues.hair
    if hair is None:
        return []
    bald = list(_said(rf"{_EDGE}(?:{BALD}){_END}", role, facts))
    if hair.colour and bald:
        return [Clash("hair", bald[0], f"shows {'long ' if hair.long else ''}{hair.colour} hair")]
    for match in _hair().finditer(facts.prompt):
        span = _span(match.start(), match.end(), facts)
        if not _belongs(span, role, facts):
            continue
        if hair.bare:
            return [Clash("hair", span, "shows a bald or shaven head")]
        said = families_in(_hair_families(span.text))
        fits = set(HAIR_FIT.get(hair.colour, "").split())
        if said and not said & fits:
            return [Clash("hair", span, f"shows {hair.colour} hair")]
        if hair.long and re.search(rf"{_EDGE}(?:{SHORT}){_END}|短", span.text, re.IGNORECASE):
            return [Clash("hair", span, "shows hair that falls below the chin")]
    return []


def _hair_families(text: str) -> str:
    """ "brunette" and "redhead" hold a colour that stands in no table of colours."""
    return re.sub(
        r"brunettes?", "brown", re.sub(r"redhead(?:s|ed)?", "red", text, flags=re.IGNORECASE), flags=re.IGNORECASE
    )


def _clothes_clashes(role: RoleFact, facts: Facts, cues: PictureCues) -> list[Clash]:
    if not cues.clothing:
        return []
    # The main colour may be called many things in one light or another, a second one only what it is.
    fits = set(CLOTHES_FIT.get(cues.clothing[0], cues.clothing[0]).split())
    fits |= {family for name in cues.clothing[1:] for family in families_in(name)}
    clashing: list[Clash] = []
    for match in _clothes().finditer(facts.prompt):
        span = _span(match.start(), match.end(), facts)
        said = families_in(match["before"] or match["after"] or match["alone"]) - {"dark", "blond"}
        if not said or not _belongs(span, role, facts):
            continue
        if said & fits:
            return []  # a white shirt below a black coat: where one garment fits, the other may be hidden
        if match["alone"] or _worn(facts.prompt[: match.start()], span, facts):
            clashing.append(Clash("clothes", span, f"shows {' and '.join(cues.clothing)} clothes"))
    return clashing[:1]


def _worn(before: str, span: Span, facts: Facts) -> bool:
    """Whether the words right before a garment put it on somebody."""
    tail = re.split(r"[.!?;。！？]", before)[-1]
    words = " ".join(tail.split()[-5:]) if " " in tail else tail[-6:]
    inside = any(role.span.start <= span.start and span.end <= role.span.end for role in facts.roles)
    return inside or bool(re.search(WORN, words, re.IGNORECASE)) or span.text.casefold().endswith("-coated")


def _face_clashes(role: RoleFact, cues: PictureCues) -> list[Clash]:
    if not cues.faces or not role.person:
        return []
    count = _count(role.mention)
    if role.gender is Gender.PLURAL or (count or 1) > 1:
        wrong = count is not None and cues.faces != count
        return [Clash("faces", role.span, f"shows {_faces(cues.faces)}")] if wrong else []
    if cues.faces > 1:
        return [Clash("faces", role.span, f"shows {_faces(cues.faces)}, of which the largest was taken")]
    return []


def _faces(count: int) -> str:
    return "one face" if count == 1 else f"{count} faces"


_NUMBERS = {
    2: r"two|both|2|dos|zwei|beiden?|deux|两|二|2人|二人|couple|twins?|pair",
    3: r"three|3|tres|drei|trois|三|triplets?",
    4: r"four|4|cuatro|vier|quatre|四",
    5: r"five|5|cinco|fünf|cinq|五",
}


def _count(mention: str) -> int | None:
    for number, pattern in _NUMBERS.items():
        if re.search(rf"{_EDGE}(?:{pattern}){_END}", mention, re.IGNORECASE):
            return number
    return None


# ── whose words they are ─────────────────────────────────────────────────────────────────────────────


def _span(start: int, end: int, facts: Facts) -> Span:
    text = facts.prompt[start:end]
    cut = len(text) - len(text.rstrip(" ,"))
    return Span(start=start, end=end - cut, text=text[: len(text) - cut])


def _said(pattern: str, role: RoleFact, facts: Facts) -> Iterator[Span]:
    for match in re.finditer(pattern, facts.prompt, re.IGNORECASE):
        span = _span(match.start(), match.end(), facts)
        if _belongs(span, role, facts):
            yield span


def _belongs(span: Span, role: RoleFact, facts: Facts) -> bool:
    """Whether words of the prompt describe this role: they stand in or behind its mention, and no other is nearer."""
    if any(quote.span.start <= span.start < quote.span.end for quote in facts.quotes):
        return False
    if _NOT.search(facts.prompt[: span.start]):
        return False
    owners = [other for other in facts.roles if other.span.start <= span.start and span.end <= other.span.end]
    if owners:
        return role in owners
    mentions = sorted((start, other.key) for other in facts.roles for start in _mentions(other, facts))
    people = [other for other in facts.roles if other.person]
    stops = [match.end() for match in re.finditer(r"[.!?。！？\n]", facts.prompt)]
    first = max((stop for stop in stops if stop <= span.start), default=0)
    here = [key for start, key in mentions if first <= start < span.start]
    if here:
        return here[-1] == role.key
    behind = next((key for start, key in mentions if span.end <= start <= span.end + 4), None)
    if behind is not None:
        return behind == role.key  # 一个穿红色外套的女人
    wanted = _pronoun(facts.prompt[first : span.start])
    fitting = [other for other in people if other.gender in (wanted, Gender.UNKNOWN)] if wanted else people
    earlier = [key for start, key in mentions if start < first and key in {other.key for other in fitting}]
    return role.key == (earlier[-1] if earlier else None) or (role in people and len(people) == 1)


def _mentions(role: RoleFact, facts: Facts) -> list[int]:
    words = {word for word in (role.key, role.name, role.mention) if len(word) > 1 or not word.isascii()}
    found = {role.span.start}
    for word in words:
        edges = (r"(?<!\w)", r"(?!\w)") if word.isascii() else ("", "")
        found |= {
            match.start() for match in re.finditer(edges[0] + re.escape(word) + edges[1], facts.prompt, re.IGNORECASE)
        }
    return sorted(found)


def _pronoun(text: str) -> Gender | None:
    if re.search(r"\b(?:she|her|ella|elle|sie|ihre?\w?)\b|她|彼女", text, re.IGNORECASE):
        return Gender.FEMALE
    if re.search(r"\b(?:he|his|him|él|il|er|seine?\w?)\b|他|彼", text, re.IGNORECASE):
        return Gender.MALE
    return None
