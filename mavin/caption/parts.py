"""The parts of a hierarchical caption and their vocabulary (design §3)."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from mavin.interval import Interval

MIN_DURATION_MS = 3_000
MAX_DURATION_MS = 15_000
MAX_SHOTS = 6
MAX_REFERENCED_ROLES = 3
MIN_SHOT_MS = 400
MIN_LINE_MS = 200
MIN_SOUND_MS = 100


class Size(StrEnum):
    """How much of the subject the frame holds."""

    EXTREME_WIDE = "extreme_wide"
    WIDE = "wide"
    FULL = "full"
    MEDIUM = "medium"
    CLOSE_UP = "close_up"
    EXTREME_CLOSE_UP = "extreme_close_up"


class Angle(StrEnum):
    """Where the camera stands relative to its subject."""

    EYE = "eye"
    LOW = "low"
    HIGH = "high"
    OVERHEAD = "overhead"
    DUTCH = "dutch"
    OVER_SHOULDER = "over_shoulder"
    POV = "pov"


class Movement(StrEnum):
    """What the camera does during the shot."""

    STATIC = "static"
    PAN_LEFT = "pan_left"
    PAN_RIGHT = "pan_right"
    TILT_UP = "tilt_up"
    TILT_DOWN = "tilt_down"
    DOLLY_IN = "dolly_in"
    DOLLY_OUT = "dolly_out"
    ZOOM_IN = "zoom_in"
    ZOOM_OUT = "zoom_out"
    TRACK = "track"
    CRANE = "crane"
    HANDHELD = "handheld"


class Aspect(StrEnum):
    """Aspect ratio of the picture."""

    WIDE = "16:9"
    TALL = "9:16"
    SQUARE = "1:1"
    CLASSIC = "4:3"
    SCOPE = "21:9"


ASPECT_PIXELS: dict[Aspect, tuple[int, int]] = {
    Aspect.WIDE: (832, 480),
    Aspect.TALL: (480, 832),
    Aspect.SQUARE: (640, 640),
    Aspect.CLASSIC: (736, 544),
    Aspect.SCOPE: (960, 416),
}
"""Width and height in pixels of each aspect, all divisible by 16."""


def _plain(text: str) -> str:
    # Control characters break terminals and subtitles; lone surrogates cannot be written as UTF-8.
    for char in text:
        category = unicodedata.category(char)
        if category == "Cs" or (category == "Cc" and char not in "\n\t"):
            raise PydanticCustomError(
                "control_character",
                "text must not hold control characters, got U+{code}",
                {"code": f"{ord(char):04X}"},
            )
    return text


def _is_seen(char: str) -> bool:
    # Spaces, format characters such as U+200B, and marks without a letter to stand on show nothing.  Code points
    # that this Python does not know count as seen: they may be next year's emoji.
    category = unicodedata.category(char)
    return category[0] not in "ZM" and category not in {"Cc", "Cf"}


def _worded(text: str) -> str:
    if not any(map(_is_seen, text)):
        _plain(text)  # a control character alone is named as what it is
        raise PydanticCustomError("empty_text", "text must not be empty, got {text}", {"text": repr(text)})
    return _plain(text)


def _file_name(text: str) -> str:
    if not any(map(_is_seen, text)):
        raise PydanticCustomError(
            "empty_path", "a file must be null or a path inside the film, got {text}", {"text": repr(text)}
        )
    return _plain(text)


Text = Annotated[str, AfterValidator(_plain)]
FileName = Annotated[str, AfterValidator(_file_name), Field(json_schema_extra={"minLength": 1})]
Worded = Annotated[str, AfterValidator(_worded)]
Milliseconds = Annotated[StrictInt, Field(ge=0)]


class Part(BaseModel):
    """Base of every part of a caption: immutable, and no field but the declared ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class _Timed(Part):
    id: str
    start_ms: Milliseconds
    end_ms: Milliseconds

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.end_ms <= self.start_ms:
            raise PydanticCustomError(
                "interval_order",
                "{name} must end after it starts, got start {start} ms and end {end} ms",
                {"name": self.id, "start": self.start_ms, "end": self.end_ms},
            )
        return self

    @property
    def interval(self) -> Interval:
        """``[start_ms, end_ms)`` as an :class:`~mavin.interval.Interval`."""
        return Interval(self.start_ms, self.end_ms)


class GlobalCaption(Part):
    """𝐠 of Eq. 2: what every moment of the clip sees."""

    storyline: Worded
    style: Worded
    ambience: Worded


class Reference(Part):
    """A role's own picture and voice: paths inside the film's ``references/`` folder."""

    image: FileName | None = None
    audio: FileName | None = None

    @property
    def is_bound(self) -> bool:
        """Whether there is a picture or a voice at all."""
        return bool(self.image or self.audio)


class Role(Part):
    """A character with its appearance descriptor dᵛ and vocal descriptor dᵃ (§4.2 iii)."""

    id: Annotated[str, Field(pattern=r"^C[1-9][0-9]*$")]
    name: Worded
    appearance: Text = ""
    voice: Text = ""
    reference: Reference = Reference()


class Camera(Part):
    """Framing and movement of one shot."""

    size: Size = Size.MEDIUM
    angle: Angle = Angle.EYE
    movement: Movement = Movement.STATIC
    note: Text = ""


class Override(Part):
    """Another look, voice or reference of one role in one shot (Appendix A)."""

    role: str
    appearance: Text | None = None
    voice: Text | None = None
    reference: Reference | None = None


class Sound(_Timed):
    """A sound event inside one shot."""

    id: Annotated[str, Field(pattern=r"^X[1-9][0-9]*$")]
    text: Worded


class Shot(_Timed):
    """A continuous take: setting, action events, camera, who is seen, what is heard."""

    id: Annotated[str, Field(pattern=r"^S[1-9][0-9]*$")]
    title: Text = ""
    setting: Worded
    action: Worded
    camera: Camera = Camera()
    roles: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()
    sounds: tuple[Sound, ...] = ()


class DialogueLine(_Timed):
    """One line of speech with its exact interval."""

    id: Annotated[str, Field(pattern=r"^L[1-9][0-9]*$")]
    role: str
    text: Worded
    delivery: Text = ""
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    on_screen: StrictBool = True
    recording: FileName | None = None
