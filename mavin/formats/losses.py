"""What a script holds, feature by feature, and what of it another form cannot carry.

    script ──found──▶ features with paths ──minus what the form carries──▶ losses
                                              plus what the writer rounded or left out

A loss report is exact: everything in a script is either carried or listed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mavin.caption import Angle, Aspect, Camera, HierarchicalCaption, Movement, Shot, Size
from mavin.formats.script import FilmScript

__all__ = ["EVERYTHING", "Feature", "Loss", "LossKind", "found", "losses_of", "sentences"]


class Feature(StrEnum):
    """One kind of thing that a script holds; the value is what people call it."""

    TITLE = "title"
    LANGUAGE = "language"
    ASPECT = "picture shape"
    STORYLINE = "storyline"
    STYLE = "style"
    AMBIENCE = "ambience"
    IDS = "ids"
    SHOTS = "shots"
    SHOT_TIMES = "times of shots"
    SHOT_TITLES = "titles of shots"
    SETTING = "setting"
    ACTION = "action"
    CAMERA = "camera"
    PRESENCE = "who is seen"
    OVERRIDES = "other look or voice in a shot"
    SOUNDS = "sounds"
    ROLES = "names of roles"
    LOOKS = "looks of roles"
    VOICES = "voices of roles"
    REFERENCES = "names of reference files"
    LINES = "lines"
    LINE_TIMES = "times of lines"
    DELIVERY = "delivery"
    LINE_LANGUAGE = "language of a line"
    OFF_SCREEN = "off screen"
    RECORDINGS = "names of recordings"
    CLIPS = "division into clips"
    LOCKS = "locks"


EVERYTHING = frozenset(Feature) - {Feature.LOCKS}
"""All that is in a script; locks belong to the film's folder."""


class LossKind(StrEnum):
    """What happened to a thing on its way."""

    LOST = "lost"
    """It is not in the result."""
    ROUNDED = "rounded"
    """It is there with another number."""
    CHANGED = "changed"
    """It is there in another form."""
    GUESSED = "guessed"
    """The source did not say; this was taken."""


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that does not come through as it was.

    Attributes:
        kind: what happened to it.
        path: where it is in the caption (``shots.S2.camera``), behind the clip (``K2.``) if a film has several; empty
            for the whole film.
        what: what it is, as a subject or as a whole clause: ``camera``, ``S2 begins at 2.5 s, not 2.52``.
        why: why, as a clause; may be empty.
    """

    kind: LossKind
    path: str
    what: str
    why: str = ""

    @property
    def place(self) -> str:
        """The shortest name of where it is: ``S2``, ``K2 L1``, or nothing."""
        parts = self.path.split(".")
        clip = f"{parts.pop(0)} " if parts[0][:1] == "K" and parts[0][1:].isdigit() else ""
        ids = [part for part in parts if len(part) > 1 and part[0] in "SCLX" and part[1:].isdigit()]
        return (clip + " ".join(ids)).strip()


_MOST_PLACES = 6


def sentences(losses: Iterable[Loss]) -> tuple[str, ...]:
    """Losses for people: those of one kind and reason in one sentence, each with its places."""
    groups: dict[tuple[LossKind, str], dict[str, list[str]]] = {}
    for loss in losses:
        places = groups.setdefault((loss.kind, loss.why), {}).setdefault(loss.what, [])
        if loss.place and loss.place not in places and not loss.what.startswith(loss.place.split()[-1]):
            places.append(loss.place)
    told = []
    for (kind, why), whats in groups.items():
        items = [what + _where(places) for what, places in whats.items()]
        told.append(f"{kind.value.capitalize()}: {'; '.join(items)}{f' – {why}' if why else ''}.")
    return tuple(told)


def _where(places: list[str]) -> str:
    if not places:
        return ""
    more = len(places) - _MOST_PLACES
    return f" ({', '.join(places[:_MOST_PLACES])}{f' and {more} more' if more > 0 else ''})"


def losses_of(
    script: FilmScript, carried: Collection[Feature], why: str, reasons: Mapping[Feature, str] | None = None
) -> tuple[Loss, ...]:
    """Everything that is in a script and not among the features that a form carries.

    Args:
        script: the script.
        carried: what the form carries.
        why: why it does not carry the rest.
        reasons: a better reason for some of it.
    """
    reasons = reasons or {}
    return tuple(
        Loss(LossKind.LOST, path, feature.value, reasons.get(feature, why))
        for feature, path in found(script)
        if feature not in carried
    )


def found(script: FilmScript) -> Iterator[tuple[Feature, str]]:
    """What is in a script, as (feature, path); what has its default value is not counted."""
    for clip in script.clips:
        prefix = f"{clip.id}." if len(script.clips) > 1 else ""
        yield from ((feature, prefix + path) for feature, path in _in_clip(clip.caption))
    if len(script.clips) > 1:
        yield Feature.CLIPS, ""
    if script.locks:
        yield Feature.LOCKS, ""


_DEFAULT_CAMERA = Camera(size=Size.MEDIUM, angle=Angle.EYE, movement=Movement.STATIC)


def _in_clip(caption: HierarchicalCaption) -> Iterator[tuple[Feature, str]]:
    whole: tuple[tuple[Feature, str, object], ...] = (
        (Feature.TITLE, "title", caption.title),
        (Feature.LANGUAGE, "language", caption.language != "en"),
        (Feature.ASPECT, "aspect", caption.aspect != Aspect.WIDE),
        (Feature.STORYLINE, "global_caption.storyline", True),
        (Feature.STYLE, "global_caption.style", True),
        (Feature.AMBIENCE, "global_caption.ambience", True),
        (Feature.IDS, "shots", True),
    )
    yield from ((feature, path) for feature, path, value in whole if value)
    for shot in caption.shots:
        yield from _in_shot(shot)
    for role in caption.roles:
        at = f"roles.{role.id}"
        yield Feature.ROLES, f"{at}.name"
        if role.appearance:
            yield Feature.LOOKS, f"{at}.appearance"
        if role.voice:
            yield Feature.VOICES, f"{at}.voice"
        if role.reference.is_bound:
            yield Feature.REFERENCES, f"{at}.reference"
    for line in caption.dialogue:
        at = f"dialogue.{line.id}"
        yield Feature.LINES, f"{at}.text"
        yield Feature.LINE_TIMES, f"{at}.start_ms"
        rest: tuple[tuple[Feature, str, object], ...] = (
            (Feature.DELIVERY, "delivery", line.delivery),
            (Feature.LINE_LANGUAGE, "language", line.language != caption.language),
            (Feature.OFF_SCREEN, "on_screen", not line.on_screen),
            (Feature.RECORDINGS, "recording", line.recording),
        )
        yield from ((feature, f"{at}.{field}") for feature, field, value in rest if value)


_IN_SHOT: tuple[tuple[Feature, str, Callable[[Shot], object]], ...] = (
    (Feature.SHOTS, "", lambda _: True),
    (Feature.SHOT_TIMES, ".start_ms", lambda _: True),
    (Feature.SHOT_TITLES, ".title", lambda shot: shot.title),
    (Feature.SETTING, ".setting", lambda _: True),
    (Feature.ACTION, ".action", lambda _: True),
    (Feature.CAMERA, ".camera", lambda shot: shot.camera != _DEFAULT_CAMERA),
    (Feature.PRESENCE, ".roles", lambda shot: shot.roles),
    (Feature.OVERRIDES, ".overrides", lambda shot: shot.overrides),
)


def _in_shot(shot: Shot) -> Iterator[tuple[Feature, str]]:
    at = f"shots.{shot.id}"
    yield from ((feature, at + field) for feature, field, value in _IN_SHOT if value(shot))
    yield from ((Feature.SOUNDS, f"{at}.sounds.{sound.id}") for sound in shot.sounds)
