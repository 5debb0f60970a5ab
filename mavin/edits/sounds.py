"""Operations on sound events; their words are a text field (:class:`~mavin.edits.fields.SetText`)."""

from __future__ import annotations

from typing import Literal

from pydantic import StrictInt

from mavin.edits.base import Data, Operation, cannot, new_id
from mavin.interval import format_seconds

__all__ = ["AddSound", "DeleteSound", "RetimeSound"]


class AddSound(Operation):
    """Adds a sound event; it belongs to the shot that its interval lies in."""

    op: Literal["add_sound"] = "add_sound"
    start_ms: StrictInt
    end_ms: StrictInt
    text: str
    id: str | None = None

    def changed(self, data: Data) -> Data:
        """The caption with the sound."""
        sounds = [sound for shot in data["shots"] for sound in shot["sounds"]]
        sound = self.model_dump(exclude={"op"}) | {"id": new_id("X", sounds, self.id)}
        _home(data, sound["id"], self.start_ms, self.end_ms)["sounds"].append(sound)
        return data


class RetimeSound(Operation):
    """Moves a sound to another interval, also into another shot."""

    op: Literal["retime_sound"] = "retime_sound"
    sound: str
    start_ms: StrictInt
    end_ms: StrictInt

    def changed(self, data: Data) -> Data:
        """The sound with its new interval, in the shot where it is heard."""
        shot, sound = _found(data, self.sound)
        home = _home(data, self.sound, self.start_ms, self.end_ms)
        sound.update(start_ms=self.start_ms, end_ms=self.end_ms)
        if home is not shot:
            shot["sounds"].remove(sound)
            home["sounds"].append(sound)
        return data


class DeleteSound(Operation):
    """Takes a sound event away."""

    op: Literal["delete_sound"] = "delete_sound"
    sound: str

    def changed(self, data: Data) -> Data:
        """The caption without the sound."""
        shot, sound = _found(data, self.sound)
        shot["sounds"].remove(sound)
        return data


def _found(data: Data, name: str) -> tuple[Data, Data]:
    """The shot of a sound, and the sound."""
    pairs = [(shot, sound) for shot in data["shots"] for sound in shot["sounds"]]
    for shot, sound in pairs:
        if sound["id"] == name:
            return shot, sound
    have = ", ".join(sound["id"] for _, sound in pairs) or "none"
    raise cannot("unknown_id", f"sounds.{name}", f"an edit must name one of sounds ({have}), got {name}")


def _home(data: Data, name: str, start: int, end: int) -> Data:
    """The shot that an interval lies in."""
    for shot in data["shots"]:
        if shot["start_ms"] <= start and end <= shot["end_ms"]:
            result: Data = shot
            return result
    spans = ", ".join(
        f"{shot['id']} {format_seconds(shot['start_ms'])}–{format_seconds(shot['end_ms'])} s" for shot in data["shots"]
    )
    raise cannot("sound_outside", f"sounds.{name}", f"{name} must lie inside one shot ({spans}), got {start}–{end} ms")
