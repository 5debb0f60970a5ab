"""Cues in words: the phrases that a model is asked to word, and code's own wording where there is none."""

from __future__ import annotations

import re

from mavin.diagnostics import Diagnostic
from scripting.contracts import problem
from scripting.references.cues import PictureCues, VoiceCues
from scripting.references.words import COLOURS

__all__ = ["appearance_phrases", "check_wording", "picture_summary", "voice_phrases", "voice_summary"]


def appearance_phrases(cues: PictureCues, *, without: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Lasting looks only, as phrases: "long dark brown hair", "orange and black clothes".

    Args:
        cues: what the picture shows.
        without: ``hair`` or ``clothes`` where the user's own words say otherwise.
    """
    found = []
    if cues.hair_words and "hair" not in without:
        found.append(
            cues.hair_words if "hair" in cues.hair_words or "bald" in cues.hair_words else f"{cues.hair_words} hair"
        )
    elif cues.hair is not None and "hair" not in without:
        if cues.hair.bare:
            found.append("a bald or shaven head")
        elif cues.hair.colour:
            found.append(f"{'long ' if cues.hair.long else ''}{cues.hair.colour} hair")
    if cues.garments and "clothes" not in without:
        found.append(cues.garments)
    elif cues.clothing and "clothes" not in without:
        found.append(f"{_and(cues.clothing)} clothes")
    if cues.features:
        found.append(cues.features)
    if not cues.faces and not found and cues.colours and not without:
        found.append(f"mainly {_and(cues.colours[:2])}")
    return tuple(found)


def voice_phrases(cues: VoiceCues, *, without: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The voice as phrases: "low pitch", "even", "fast", "bright"; ``without`` may hold ``pitch`` and ``pace``."""
    found = []
    if cues.pitch and "pitch" not in without:
        found.append(f"{cues.pitch} pitch")
    if cues.pace and "pace" not in without:
        found.append(f"{cues.pace} pace")
    if cues.melody:
        found.append(f"{cues.melody} melody")
    return (*found, *(f"{word} timbre" for word in cues.timbre))


def picture_summary(cues: PictureCues) -> str:
    """Everything that was seen, in one line for the ledger."""
    parts = [*appearance_phrases(cues)]
    if cues.faces is not None:
        parts.append(f"{cues.faces or 'no'} {'face' if cues.faces == 1 else 'faces'}")
    if cues.framing:
        parts.append(f"{cues.framing} framing")
    parts.append(f"{cues.light} light")
    if cues.colours:
        parts.append(f"colours {_and(cues.colours)}")
    return "; ".join(parts)


def voice_summary(cues: VoiceCues) -> str:
    """Everything that was heard, with its numbers, in one line for the ledger."""
    if not cues.analysed:
        return f"{cues.seconds:g} s, not analysed"
    parts = [f"{cues.seconds:g} s"]
    if cues.pitch_hz and cues.pitch_range_hz:
        low, high = cues.pitch_range_hz
        parts.append(f"{cues.pitch} pitch (median {cues.pitch_hz} Hz, {low} to {high} Hz, {cues.melody})")
    if cues.syllables_per_second is not None:
        parts.append(f"{cues.pace} ({cues.syllables_per_second:g} syllables/s)")
    if cues.loudness_lufs is not None:
        parts.append(f"{cues.loudness} as recorded ({cues.loudness_lufs:g} LUFS)")
    if cues.centroid_hz:
        parts.append(f"{_and(cues.timbre) or 'neutral'} timbre (centroid {cues.centroid_hz} Hz)")
    return "; ".join(parts)


def _and(words: tuple[str, ...]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


_INVENTED = re.compile(
    r"\b(?:years?|aged?|old|elderly|young|teen\w*|middle-aged|eyes?|eyed|beard\w*|m[ou]ustache|freckles?|wrinkl\w*|scars?|tattoos?|glasses|"
    r"tall|short|slim|slender|thin|muscular|stocky|smil\w*|frown\w*|beautiful|handsome|pretty|accent\w*|husky|raspy|gravelly|warm|gentle|"
    r"woman|man|girl|boy|lady|male|female)\b",
    re.IGNORECASE,
)


def families_in(text: str) -> frozenset[str]:
    """Families of colours that a text names, in any of the languages of :data:`COLOURS`."""
    found = set()
    for family, pattern in COLOURS.items():
        if re.search(rf"(?<![A-Za-zÀ-ÿ])(?:dunkel|hell)?(?:{pattern})(?![A-Za-zÀ-ÿ])", text, re.IGNORECASE):
            found.add(family)
    return frozenset(found)


def check_wording(text: str, phrases: tuple[str, ...], *, prompt: str, path: str, language: str) -> list[Diagnostic]:
    """Checks that a model's wording holds every cue and invents nothing beside them.

    Args:
        text: the model's words.
        phrases: the cues.
        prompt: the user's text, whose words may be used.
        path: where the words would go.
        language: outside English only the colours can be compared.
    """
    given = " ".join(phrases)
    wanted, said = families_in(given) - {"dark"}, families_in(text) - {"dark"}
    missing = sorted(wanted - said)
    if language.startswith("en"):
        words = set(re.findall(r"\w+", given.casefold())) - {
            "and",
            "a",
            "or",
            "mainly",
            "pitch",
            "pace",
            "melody",
            "timbre",
            "clothes",
        }
        missing = sorted(word for word in words if not re.search(rf"\b{re.escape(word)}", text.casefold()))
    if missing:
        return [
            problem("cue_missing", f"It must hold every detail that was seen or heard ({', '.join(missing)}).", path)
        ]
    stray = sorted(said - wanted - families_in(prompt))
    invented = [
        found.group()
        for found in _INVENTED.finditer(text)
        if not re.search(rf"\b{found.group()}", f"{given} {prompt}", re.IGNORECASE)
    ]
    if stray or invented:
        return [
            problem(
                "cue_invented",
                f"It must add nothing to what was seen or heard ({', '.join([*stray, *invented])}).",
                path,
            )
        ]
    return []
