"""What a person asks the writer for: the prompt and the options that go with it."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    StrictInt,
    ValidationInfo,
    field_validator,
    model_serializer,
)

from mavin.caption import MAX_DURATION_MS, MAX_SHOTS, MIN_DURATION_MS, Aspect
from mavin.errors import InvalidInputError

__all__ = [
    "MAX_CLIPS",
    "MAX_PROMPT_CHARACTERS",
    "ReferenceRequest",
    "WriteRequest",
    "clean_prompt",
    "longest_ms",
    "most_shots",
]

MAX_CLIPS = 40
"""Most clips that one story is divided into: ten minutes."""

MAX_PROMPT_CHARACTERS = 10_000
"""Longest prompt that is read; a story of this length is some 1,700 words."""


class ReferenceRequest(BaseModel):
    """``--ref WHO=FILE``: a picture or a voice for a role named by name or id.

    Attributes:
        who: the role's name or id.
        file: where it is.
        name: what the user calls the file, where ``file`` is a copy; empty for the file's own name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: str
    file: Path
    name: str = ""


class WriteRequest(BaseModel):
    """One request to the scripting agents.

    Attributes:
        prompt: the user's text, exactly as given; all character offsets point into it.
        duration_ms: total length asked for by option, or ``None``.
        shots: number of shots asked for by option, or ``None``.
        aspect: picture shape asked for by option, or ``None``: the prompt's, else 16:9.
        language: language of the dialogue and captions, or ``None`` to take the prompt's.
        references: pictures and voices to bind to roles.
        seed: seed of every random choice, the model's included.
        strict: refuse what only a model suspects to be a conflict.
        clips: how many clips the story is divided into, ``"auto"`` for as many as it needs, ``None``
            for one clip that holds all of it.
        speech_rate: how fast people speak, as a factor of their language's natural rate.
        spoken_ms: measured natural lengths of quoted lines by their words; estimated where it has none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: str
    clips: Annotated[StrictInt, Field(ge=1, le=MAX_CLIPS)] | Literal["auto"] | None = None
    duration_ms: StrictInt | None = Field(default=None, ge=MIN_DURATION_MS)
    shots: StrictInt | None = Field(default=None, ge=1)
    aspect: Aspect | None = None
    language: str | None = None
    references: tuple[ReferenceRequest, ...] = ()
    seed: int = 0
    strict: bool = False
    speech_rate: float = Field(default=1.0, ge=0.5, le=2.0)
    spoken_ms: dict[str, Annotated[StrictInt, Field(gt=0)]] = {}

    @field_validator("duration_ms", "shots")
    @classmethod
    def _within_its_clips(cls, value: int | None, info: ValidationInfo) -> int | None:
        clips = info.data.get("clips")
        most = longest_ms(clips) if info.field_name == "duration_ms" else most_shots(clips)
        if value is not None and value > most:
            raise ValueError(f"{info.field_name} must be at most {most}, got {value}")
        return value

    @model_serializer(mode="wrap")
    def _without_what_nobody_asked(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        # What nobody asked for leaves no trace, so that a request keeps its fingerprint as options are added.
        data: dict[str, Any] = handler(self)
        for name, default in (("clips", None), ("speech_rate", 1.0), ("spoken_ms", {})):
            if getattr(self, name) == default:
                del data[name]
        return data

    @property
    def longest_ms(self) -> int:
        """How long a story may be said to last; whether so many clips can hold it is asked when it is divided."""
        return longest_ms("auto" if self.clips not in (None, 1) else None)

    @property
    def most_shots(self) -> int:
        """How many shots a story may ask for; whether so many clips can hold them is asked when it is divided."""
        return most_shots("auto" if self.clips not in (None, 1) else None)

    @property
    def fingerprint(self) -> str:
        """Short hash that names this request's run, so that a killed run is found again."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]


def longest_ms(clips: int | Literal["auto"] | None) -> int:
    """Longest duration of a story in so many clips."""
    return MAX_DURATION_MS * _most_clips(clips)


def most_shots(clips: int | Literal["auto"] | None) -> int:
    """Most shots of a story in so many clips."""
    return MAX_SHOTS * _most_clips(clips)


def _most_clips(clips: int | Literal["auto"] | None) -> int:
    return 1 if clips is None else MAX_CLIPS if clips == "auto" else clips


def clean_prompt(prompt: str) -> str:
    """The prompt as it may be read, unchanged, or an error that says what to do.

    Raises:
        InvalidInputError: if it is empty, has no word, is too long, or holds control characters.
    """
    if not prompt.strip():
        raise InvalidInputError(
            'The prompt is empty. Tell the story in a sentence, for example: mavin write "A fox finds a lantern."'
        )
    if len(prompt) > MAX_PROMPT_CHARACTERS:
        raise InvalidInputError(
            f"A prompt must have at most {MAX_PROMPT_CHARACTERS:,} characters, got {len(prompt):,}. "
            "Shorten it; a long story can be told in several clips with --clips."
        )
    for offset, char in enumerate(prompt):
        category = unicodedata.category(char)
        if category == "Cs" or (category == "Cc" and char not in "\n\r\t"):
            raise InvalidInputError(
                f"A prompt must be plain text, got the control character U+{ord(char):04X} at character "
                f"{offset}. Remove it and try again."
            )
    if not any(char.isalpha() for char in prompt):
        raise InvalidInputError(
            f"A prompt must hold at least one word, got {prompt.strip()[:40]!r}. Say who does what, and where."
        )
    return prompt
