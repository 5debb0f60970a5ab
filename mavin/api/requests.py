"""The options of a request, checked and turned into the units that the writer works in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal, TypedDict

from mavin.caption import MAX_REFERENCED_ROLES, MIN_DURATION_MS, Aspect
from mavin.errors import UsageError
from mavin.facts.cast import without_article
from mavin.interval import parse_seconds
from mavin.request import MAX_CLIPS, ReferenceRequest, WriteRequest, clean_prompt, longest_ms, most_shots

__all__ = [
    "Clips",
    "FoundReference",
    "References",
    "WriteOptions",
    "aspect_of",
    "build_request",
    "clip_count",
    "duration_ms",
    "find_references",
    "fold",
    "language_of",
    "shot_count",
]

References = Mapping[str, "str | Path | Iterable[str | Path]"] | Iterable[tuple[str, "str | Path"]]
"""Who → picture or voice, as a mapping (a list for both) or as pairs."""


Clips = int | str | None
"""How many clips: a number, ``"auto"``, or ``None`` for one clip that holds the whole story."""


class WriteOptions(TypedDict, total=False):
    """What can be chosen about one script; :func:`mavin.api.writing.write` says what each means."""

    duration: float | str | Decimal | None
    shots: int | str | None
    aspect: str | None
    language: str | None
    refs: References | None
    seed: int
    strict: bool
    clips: Clips
    pace: float | str
    measure_speech: bool


def clip_count(clips: Clips) -> int | Literal["auto"] | None:
    """The number of clips that a story is divided into.

    Raises:
        UsageError: if it is neither ``auto`` nor a whole number from 1 to the most that a film may have.
    """
    if clips is None:
        return None
    text = str(clips).strip().casefold()
    if text == "auto":
        return "auto"
    count = int(text) if re.fullmatch(r"[0-9]{1,6}", text) else 0
    if not 1 <= count <= MAX_CLIPS:
        raise UsageError(
            f"The number of clips must be auto or from 1 to {MAX_CLIPS}, got {str(clips)!r}. Try --clips auto."
        )
    return count


def duration_ms(seconds: float | str | Decimal | None, clips: int | Literal["auto"] | None = None) -> int | None:
    """Seconds as milliseconds.

    Raises:
        UsageError: if it is no number, or outside what the story may last in so many clips.
    """
    if seconds is None:
        return None
    try:
        length = parse_seconds(str(seconds))
    except (ValueError, ArithmeticError):  # not a number, or one beyond all measure
        length = -1
    count = clips if isinstance(clips, int) else 1
    shortest, longest = MIN_DURATION_MS * count, longest_ms(clips)
    if not shortest <= length <= longest:
        fits_clips = longest < length <= longest_ms("auto")
        advice = "For a longer story add --clips auto." if fits_clips else f"Try --duration {max(8, shortest // 1000)}."
        several = "" if clips is None else f" for {count} clip{'s' * (count > 1)}" if clips != "auto" else " for a film"
        raise UsageError(
            f"The duration must be a plain number of seconds from {shortest // 1000} to {longest // 1000}{several}, "
            f"got {str(seconds)!r}. {advice}"
        )
    return length


def shot_count(shots: int | str | None, clips: int | Literal["auto"] | None = None) -> int | None:
    """The number of shots.

    Raises:
        UsageError: if it is no whole number from 1 to the most that the story may have in so many clips.
    """
    if shots is None:
        return None
    text = str(shots).strip()
    count = int(text) if re.fullmatch(r"[0-9]{1,6}", text) else 0
    least, most = clips if isinstance(clips, int) else 1, most_shots(clips)
    if not least <= count <= most:
        advice = "For more shots add --clips auto." if most < count <= most_shots("auto") else "Try --shots 3."
        raise UsageError(f"The number of shots must be from {least} to {most}, got {str(shots)!r}. {advice}")
    return count


def aspect_of(aspect: str) -> Aspect:
    """The picture shape.

    Raises:
        UsageError: if it is none of the five.
    """
    try:
        return Aspect(aspect.strip())
    except ValueError:
        names = ", ".join(Aspect)
        raise UsageError(f"The aspect must be one of {names}, got {aspect!r}. Try --aspect 16:9.") from None


def language_of(language: str | None) -> str | None:
    """A language tag such as ``en`` or ``zh-Hans``.

    Raises:
        UsageError: if it does not have the form of one.
    """
    if language is not None and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
        raise UsageError(f"The language must be a tag such as en, de or zh-Hans, got {language!r}. Try --language en.")
    return language


@dataclass(frozen=True, slots=True)
class FoundReference:
    """A reference whose file has been opened and recognised."""

    who: str
    kind: Literal["image", "audio"]
    file: Path


def _pairs(references: References | None) -> list[tuple[str, Path]]:
    if references is None:
        return []
    if not isinstance(references, Mapping):
        return [(who, Path(file)) for who, file in references]
    found = []
    for who, files in references.items():
        several = [files] if isinstance(files, str | Path) else list(files)
        found += [(who, Path(file)) for file in several]
    return found


def find_references(prompt: str, references: References | None) -> tuple[FoundReference, ...]:
    """The references of a request, each file opened once so that nothing fails after the expensive work.

    Raises:
        UsageError: if a file cannot be a reference (:func:`scripting.references.files.check_reference`), WHO is
            neither a name in the prompt nor an id, there are too many, or two of a kind for one role.
    """
    from scripting.references.files import check_reference

    found: list[FoundReference] = []
    for who, file in _pairs(references):
        if not who.strip():
            raise UsageError(f"--ref needs WHO=FILE such as Mara=mara.png, got nobody for {file}.")
        if not names_somebody(prompt, who):
            raise UsageError(
                f"--ref must name somebody of the prompt or an id such as C1, got {who!r}, which the prompt does not "
                "mention. Use the name as it stands there."
            )
        if len({fold(reference.who) for reference in found} | {fold(who)}) > MAX_REFERENCED_ROLES:
            people = ", ".join(dict.fromkeys([*(reference.who for reference in found), who]))
            raise UsageError(
                f"At most {MAX_REFERENCED_ROLES} roles can have references, got {people}. "
                "Leave out --ref for the others."
            )
        reference = FoundReference(who.strip(), check_reference(file), file.absolute())
        for other in found:
            if fold(other.who) == fold(who) and other.kind == reference.kind:
                raise UsageError(f"{who} can have one {reference.kind} reference, got {other.file} and {file}.")
        found.append(reference)
    return tuple(found)


def fold(text: str) -> str:
    """A name as it is compared: without case, width and extra spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def names_somebody(prompt: str, who: str) -> bool:
    """Whether WHO is a role's id or stands in the prompt as whole words."""
    if re.fullmatch(r"C[1-9]\d*", who.strip()):
        return True
    text, name = fold(prompt), fold(without_article(who))
    if not any(char.isalnum() for char in name):
        return False
    if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        return True
    # Chinese, Japanese and Thai put no spaces between words.
    return not name.isascii() and name in text


def build_request(
    prompt: str,
    *,
    duration: float | str | Decimal | None = None,
    shots: int | str | None = None,
    aspect: str | None = None,
    language: str | None = None,
    references: tuple[FoundReference, ...] = (),
    seed: int = 0,
    strict: bool = False,
    clips: Clips = None,
    pace: float | str = 1.0,
    measure_speech: bool = False,
) -> WriteRequest:
    """A request with every option checked.

    Raises:
        InvalidInputError: if the prompt cannot be read as text.
        UsageError: if an option is out of range.
    """
    count = clip_count(clips)
    rate = pace_of(pace)
    return WriteRequest(
        prompt=clean_prompt(prompt),
        clips=count,
        duration_ms=duration_ms(duration, count),
        shots=shot_count(shots, count),
        aspect=None if aspect is None else aspect_of(aspect),
        language=language_of(language),
        references=tuple(ReferenceRequest(who=each.who, file=each.file) for each in references),
        seed=seed,
        strict=strict,
        speech_rate=rate,
        spoken_ms=measured_lines(prompt, language) if measure_speech else {},
    )


def pace_of(pace: float | str) -> float:
    """How fast people speak, as a factor of the natural rate.

    Raises:
        UsageError: if it is no number from 0.5 to 2.
    """
    try:
        rate = float(pace)
    except ValueError:
        rate = float("nan")
    if not 0.5 <= rate <= 2.0:
        raise UsageError(f"--pace must be a number from 0.5 (slow) to 2 (fast), got {pace!r}. Natural speech is 1.")
    return rate


def measured_lines(prompt: str, language: str | None) -> dict[str, int]:
    """Natural lengths in milliseconds of a prompt's quoted lines, measured by the speech engine.

    Raises:
        UsageError: if the engine is not installed.
    """
    from generator.stage.espeak import available, natural_ms

    if not available():
        raise UsageError("--measure-speech needs the speech engine. Install it with: pip install 'mavin[speech]'")
    from mavin.facts import read_facts
    from mavin.speech import ONSET_MS

    lines = {quote.text: natural_ms(quote.text, quote.language) for quote in read_facts(prompt, language).quotes}
    return {text: length + ONSET_MS for text, length in lines.items() if length is not None}
