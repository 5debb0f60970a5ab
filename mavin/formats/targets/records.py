"""What the capability records of model targets have in common."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from mavin.formats.losses import Feature

__all__ = ["REASONS", "SEEN", "SILENT", "SPOKEN", "as_json"]

SEEN = frozenset(
    {
        Feature.SHOTS, Feature.SETTING, Feature.ACTION, Feature.CAMERA, Feature.PRESENCE, Feature.OVERRIDES,
        Feature.ROLES, Feature.LOOKS, Feature.STYLE,
    }
)  # fmt: skip
"""What every prompt tells of the picture."""

SPOKEN = frozenset(
    {
        Feature.LINES, Feature.DELIVERY, Feature.LINE_LANGUAGE, Feature.OFF_SCREEN, Feature.VOICES, Feature.SOUNDS,
        Feature.AMBIENCE,
    }
)  # fmt: skip
"""What the prompt of a model with sound tells besides."""

REASONS: Mapping[Feature, str] = {
    Feature.TITLE: "a prompt has no title",
    Feature.SHOT_TITLES: "a prompt has no titles",
    Feature.IDS: "a prompt has no ids",
    Feature.LANGUAGE: "a prompt is in whatever language its words are",
    Feature.STORYLINE: "the shots tell it",
    Feature.LINE_TIMES: "the model finds the time of a line by itself",
    Feature.REFERENCES: "the model takes no pictures or voices of roles",
    Feature.RECORDINGS: "the model speaks for itself",
    Feature.LOCKS: "they stay with the film",
}
"""Why a prompt does not carry some things."""

_NO_SOUND = "the model makes no sound"

SILENT: Mapping[Feature, str] = {
    **REASONS,
    **dict.fromkeys((*SPOKEN, Feature.LINE_TIMES, Feature.RECORDINGS), _NO_SOUND),
}
"""The same for a model without sound."""


def as_json(data: Any) -> bytes:
    """Data as JSON for people and programs, lists of numbers on one line."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    # A line break inside a string would be written \\n, so only lists are found.
    text = re.sub(r"\[\n\s*(\d+(?:,\n\s*\d+)*)\n\s*\]", lambda match: f"[{' '.join(match[1].split())}]", text)
    return text.encode() + b"\n"
