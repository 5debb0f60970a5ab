"""The hierarchical caption: the one object that every part of MAVIN reads (paper §4.2, Eq. 2).

Stored are only facts that cannot be derived.  Captions per shot and role, presence, dialogue
intervals and the continuation of a line over a cut are derived here and nowhere else.

    clip    [0 ─────────────────────────────────────────── duration)
    shots   [──── S1 ────)[────────── S2 ──────────)[──── S3 ────)   exact partition
    lines        [─ L1 (C1) ─)      [──── L2 (C2) ────)              may cross a cut
    sounds  [X1)              [── X2 ──)                             inside their shot
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Final, Literal, Protocol, Self, TypeVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from mavin.caption.invariants import invariant_diagnostics
from mavin.caption.parts import (
    ASPECT_PIXELS,
    Aspect,
    DialogueLine,
    GlobalCaption,
    Milliseconds,
    Part,
    Role,
    Shot,
    Text,
)
from mavin.interval import Interval, format_interval, merge

SCHEMA_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class LineInShot:
    """The part of a line that falls into one shot; ``starts`` and ``ends`` tell whether it is cut."""

    line: DialogueLine
    interval: Interval
    starts: bool
    ends: bool


class HierarchicalCaption(Part):
    """The validated script of one clip; constructing it checks every invariant.

    Raises:
        pydantic.ValidationError: listing each broken invariant with the object's name and both
            values.  :func:`invariant_diagnostics` gives the same as data.
    """

    schema_version: Literal[1] = SCHEMA_VERSION
    title: Text = ""
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    duration_ms: Milliseconds
    aspect: Aspect = Aspect.WIDE
    global_caption: GlobalCaption
    shots: tuple[Shot, ...]
    roles: tuple[Role, ...] = ()
    dialogue: tuple[DialogueLine, ...] = ()

    @model_validator(mode="after")
    def _invariants(self) -> Self:
        problems = list(invariant_diagnostics(self))
        if problems:
            raise PydanticCustomError(
                "caption_invariants",
                "{text}",
                {
                    "text": "; ".join(problem.message for problem in problems),
                    "diagnostics": [problem.model_dump(mode="json") for problem in problems],
                },
            )
        return self

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the film in pixels."""
        return ASPECT_PIXELS[self.aspect]

    @property
    def interval(self) -> Interval:
        """The whole clip, ``[0, duration_ms)``."""
        return Interval(0, self.duration_ms)

    @property
    def cuts_ms(self) -> tuple[int, ...]:
        """The instants between shots, without the clip's own ends."""
        return tuple(shot.start_ms for shot in self.shots[1:])

    def role(self, role_id: str) -> Role:
        """The role of that id; ``KeyError`` if there is none."""
        return _find(self.roles, "role", role_id)

    def shot(self, shot_id: str) -> Shot:
        """The shot of that id; ``KeyError`` if there is none."""
        return _find(self.shots, "shot", shot_id)

    def shot_at(self, time_ms: int) -> Shot:
        """The shot that is seen at an instant of the clip."""
        return next(shot for shot in self.shots if shot.interval.contains(time_ms))

    def presence(self, role_id: str) -> tuple[Interval, ...]:
        """When a role is in the picture: the shots with j ∈ ℛᵢ (Eq. 4), merged."""
        return merge(shot.interval for shot in self.shots if role_id in shot.roles)

    def dialogue_intervals(self, role_id: str) -> tuple[Interval, ...]:
        """𝒯ʳⱼ: when a role speaks, merged."""
        return merge(line.interval for line in self.dialogue if line.role == role_id)

    def lines_in(self, shot: Shot) -> tuple[LineInShot, ...]:
        """The lines heard during a shot in order of time, clipped to it."""
        found = []
        for line in sorted(self.dialogue, key=lambda line: (line.start_ms, line.id)):
            part = line.interval.intersection(shot.interval)
            if part is not None:
                starts, ends = part.start_ms == line.start_ms, part.end_ms == line.end_ms
                found.append(LineInShot(line, part, starts, ends))
        return tuple(found)

    def role_in_shot(self, role_id: str, shot: Shot) -> Role:
        """The role as it looks and sounds in one shot: its descriptors with the shot's overrides."""
        role = self.role(role_id)
        for override in shot.overrides:
            if override.role == role_id:
                changes = override.model_dump(exclude_none=True, exclude={"role", "reference"})
                if override.reference is not None:
                    changes["reference"] = override.reference
                role = role.model_copy(update=changes)
        return role

    def shot_text(self, shot: Shot) -> str:
        """𝐬ᵢ of Eq. 2: what is seen, done and said in one shot, with the paper's dialogue form.

        A line that goes on beyond the shot carries the continuation mark "—" (§3) outside its
        quotation marks, so that the user's words stay untouched.
        """
        camera = shot.camera
        words = [f"{camera.size.replace('_', ' ')} shot", f"{camera.angle.replace('_', ' ')} angle"]
        words.append(camera.movement.replace("_", " "))
        sentences = [", ".join(words).capitalize(), camera.note, shot.setting, shot.action]
        for part in self.lines_in(shot):
            opening, closing = "" if part.starts else "— ", "" if part.ends else " —"
            verb = "says" if part.starts else "goes on"
            manner = f" ({part.line.delivery})" if part.line.delivery else ""
            sentences.append(
                f"{part.line.role} {verb}{manner} {format_interval(part.interval)}: "
                f'{opening}"{part.line.text}"{closing}'
            )
        sentences += [f"{format_interval(sound.interval)}: {sound.text}" for sound in shot.sounds]
        return " ".join(_sentence(sentence) for sentence in sentences if sentence.strip())

    def role_text(self, role_id: str) -> str:
        """dᵛ and dᵃ of Eq. 2 for one role, in words."""
        role = self.role(role_id)
        parts = [f"{role.id} is {role.name}", role.appearance]
        parts.append(f"Voice: {role.voice}" if role.voice else "")
        return " ".join(_sentence(part) for part in parts if part.strip())


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_N = TypeVar("_N", bound=_Named)


def _find(parts: Iterable[_N], kind: str, name: str) -> _N:
    for part in parts:
        if part.id == name:
            return part
    raise KeyError(f"there is no {kind} {name}")


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if re.search(r"[.!?。！？…\"—]$", text) else f"{text}."
