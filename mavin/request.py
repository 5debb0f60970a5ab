"""What a person asks the writer for: the prompt and the options that go with it."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from mavin.caption import MAX_DURATION_MS, MAX_SHOTS, MIN_DURATION_MS, Aspect
from mavin.errors import InvalidInputError

__all__ = ["MAX_PROMPT_CHARACTERS", "ReferenceRequest", "WriteRequest", "clean_prompt"]

MAX_PROMPT_CHARACTERS = 10_000
"""Longest prompt that is read; a story of this length is some 1,700 words."""


class ReferenceRequest(BaseModel):
    """``--ref WHO=FILE``: a picture or a voice for a role named by name or id."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: str
    file: Path


class WriteRequest(BaseModel):
    """One request to the scripting agents.

    Attributes:
        prompt: the user's text, exactly as given; all character offsets point into it.
        duration_ms: total length asked for by option, or ``None``.
        shots: number of shots asked for by option, or ``None``.
        aspect: picture shape.
        language: language of the dialogue and captions, or ``None`` to take the prompt's.
        references: pictures and voices to bind to roles.
        seed: seed of every random choice, the model's included.
        strict: refuse what only a model suspects to be a conflict.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: str
    duration_ms: StrictInt | None = Field(default=None, ge=MIN_DURATION_MS, le=MAX_DURATION_MS)
    shots: StrictInt | None = Field(default=None, ge=1, le=MAX_SHOTS)
    aspect: Aspect = Aspect.WIDE
    language: str | None = None
    references: tuple[ReferenceRequest, ...] = ()
    seed: int = 0
    strict: bool = False

    @property
    def fingerprint(self) -> str:
        """Short hash that names this request's run, so that a killed run is found again."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]


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
            "Shorten it to the story of one clip (3 to 15 seconds)."
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
