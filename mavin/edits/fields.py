"""Operations on single fields: any text, the camera, the clip's shape and language."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import model_validator

from mavin.caption import Angle, Aspect, Movement, Size
from mavin.edits.base import Data, Operation, cannot, part, shot_of

__all__ = ["TEXT_PATHS", "SetCamera", "SetClip", "SetText"]


class SetText(Operation):
    """Rewrites one text field, named by its path.

    Paths: ``title``; ``global_caption.storyline|style|ambience``; ``shots.S2.title|setting|action``,
    ``shots.S2.camera.note``, ``shots.S2.sounds.X1.text``; ``roles.C1.appearance|voice``;
    ``dialogue.L1.text|delivery``.
    """

    op: Literal["set_text"] = "set_text"
    path: str
    text: str

    def changed(self, data: Data) -> Data:
        """The caption with that one field replaced."""
        if not any(re.fullmatch(pattern, self.path) for pattern in TEXT_PATHS):
            raise cannot(
                "unknown_path",
                self.path,
                f"a text must be named by a path such as shots.S2.action, global_caption.style, "
                f"roles.C1.appearance or title, got {self.path!r}",
            )
        *steps, field = self.path.split(".")
        holder: Any = data
        for number, step in enumerate(steps):
            kind = steps[number - 1] if number else ""
            holder = part(holder, kind, step) if isinstance(holder, list) else holder[step]
        holder[field] = self.text
        if steps[:1] == ["dialogue"] and field == "text":
            holder["recording"] = None
        return data


TEXT_PATHS = (
    r"title",
    r"global_caption\.(storyline|style|ambience)",
    r"shots\.S\d+\.(title|setting|action|camera\.note|sounds\.X\d+\.text)",
    r"roles\.C\d+\.(appearance|voice)",
    r"dialogue\.L\d+\.(text|delivery)",
)


class SetCamera(Operation):
    """Changes size, angle, movement or note of a shot's camera; what is left out stays."""

    op: Literal["set_camera"] = "set_camera"
    shot: str
    size: Size | None = None
    angle: Angle | None = None
    movement: Movement | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _something(self) -> SetCamera:
        if self.size is None and self.angle is None and self.movement is None and self.note is None:
            raise ValueError("set_camera must change at least one of size, angle, movement and note, got none")
        return self

    def changed(self, data: Data) -> Data:
        """The shot with its new camera."""
        changes = self.model_dump(mode="json", exclude={"op", "shot"}, exclude_none=True)
        shot_of(data, self.shot)["camera"].update(changes)
        return data


class SetClip(Operation):
    """Changes the picture's shape or the clip's language; what is left out stays."""

    op: Literal["set_clip"] = "set_clip"
    aspect: Aspect | None = None
    language: str | None = None

    @model_validator(mode="after")
    def _something(self) -> SetClip:
        if self.aspect is None and self.language is None:
            raise ValueError("set_clip must change at least one of aspect and language, got none")
        return self

    def changed(self, data: Data) -> Data:
        """The caption with its new shape or language."""
        data.update(self.model_dump(mode="json", exclude={"op"}, exclude_none=True))
        return data
