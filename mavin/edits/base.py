"""What every operation stands on: its base class, finding parts, refusing, new ids, and moving times."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from mavin.caption import MIN_SOUND_MS, InvalidCaptionError
from mavin.diagnostics import Diagnostic, Severity
from mavin.interval import format_seconds

__all__ = [
    "Data",
    "EditError",
    "Operation",
    "TimeMap",
    "cannot",
    "home_sounds",
    "in_range",
    "interval_of",
    "new_id",
    "part",
    "shot_index",
    "shot_of",
    "warp",
]

Data = dict[str, Any]
"""A caption as plain JSON, or a part of one."""


class EditError(InvalidCaptionError):
    """An edit that cannot be made; ``diagnostics`` says why, and what is the nearest that can."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(diagnostics)
        self.args = ("This edit cannot be made: " + "; ".join(item.message for item in diagnostics),)


class Operation(BaseModel, ABC):
    """Base of all edits: frozen, no unknown fields, told apart by ``op``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @abstractmethod
    def changed(self, data: Data) -> Data:
        """The caption's JSON after the edit; ``data`` is a copy that may be changed in place.

        Raises:
            EditError: if the edit names something that is not there, or makes no sense.
        """

    def relocked(self, locks: tuple[str, ...], data: Data) -> tuple[str, ...]:
        """The locks after the edit; only locking and unlocking change them.

        Raises:
            EditError: if a lock names something that is not there.
        """
        del data
        return locks


def cannot(code: str, path: str, message: str) -> EditError:
    """The error of one finding; ``message`` says what must hold and what was got."""
    return EditError((Diagnostic(code=code, severity=Severity.ERROR, message=message, path=path),))


def part(parts: Iterable[Data], kind: str, name: str) -> Data:
    """The part of that id.

    Raises:
        EditError: if there is none, naming those there are.
    """
    parts = list(parts)
    for each in parts:
        if each["id"] == name:
            return each
    have = ", ".join(each["id"] for each in parts) or "none"
    raise cannot("unknown_id", f"{kind}.{name}", f"an edit must name one of {kind} ({have}), got {name}")


def shot_of(data: Data, name: str) -> Data:
    """The shot of that id."""
    return part(data["shots"], "shots", name)


def shot_index(data: Data, name: str) -> int:
    """The place of a shot in the clip."""
    shots: list[Data] = data["shots"]
    return shots.index(shot_of(data, name))


def new_id(letter: str, parts: Iterable[Data], wanted: str | None = None) -> str:
    """The id that was asked for, or the first number behind all that are in use."""
    return wanted or f"{letter}{max((int(each['id'][1:]) for each in parts), default=0) + 1}"


def interval_of(item: Data) -> tuple[int, int]:
    """Start and end of a shot, line or sound, in milliseconds."""
    return item["start_ms"], item["end_ms"]


def in_range(value: int, low: int, high: int, code: str, path: str, what: str) -> None:
    """Refuses a time outside ``[low, high]``, naming the nearest possible one.

    Args:
        value: milliseconds.
        low: smallest allowed.
        high: largest allowed.
        code: code of the diagnostic.
        path: where in the caption.
        what: what the time is and why it has limits, as the subject of "must be …".

    Raises:
        EditError: if the value is outside.
    """
    if low <= value <= high:
        return
    got = f"{'-' if value < 0 else ''}{format_seconds(abs(value))} s"
    if low > high:
        raise cannot(code, path, f"{what}: no time leaves that room, got {got}")
    nearest = min(max(value, low), high)
    raise cannot(
        code,
        path,
        f"{what}: it must be {format_seconds(low)} to {format_seconds(high)} s, got {got}; "
        f"the nearest possible is {format_seconds(nearest)} s",
    )


@dataclass(frozen=True, slots=True)
class TimeMap:
    """A monotone map of times: linear between its points, shifted beyond them; half up in whole milliseconds.

    old   0 ────── a ────────── b ───────▶
    new   0 ────── a ────── b' ───────▶      shot [a, b) becomes shorter, what follows moves up
    """

    points: tuple[tuple[int, int], ...]

    def __call__(self, time_ms: int) -> int:
        """Where an instant goes."""
        first, last = self.points[0], self.points[-1]
        if time_ms <= first[0]:
            return time_ms + first[1] - first[0]
        if time_ms >= last[0]:
            return time_ms + last[1] - last[0]
        for (old, new), (next_old, next_new) in zip(self.points, self.points[1:], strict=False):
            if time_ms <= next_old:
                span = next_old - old
                return new + (2 * (time_ms - old) * (next_new - new) + span) // (2 * span)
        raise AssertionError("unreachable: the last point is behind every time")


def warp(data: Data, time: TimeMap) -> None:
    """Maps every time of a clip: shots, sounds, lines and the clip's end."""
    data["duration_ms"] = time(data["duration_ms"])
    sounds = [sound for shot in data["shots"] for sound in shot["sounds"]]
    for item in (*data["shots"], *sounds, *data["dialogue"]):
        item.update(start_ms=time(item["start_ms"]), end_ms=time(item["end_ms"]))


def home_sounds(shots: Sequence[Data]) -> None:
    """Puts every sound into a shot that it lies in: its own, trimmed to it, or the one where it is heard most.

    Raises:
        EditError: if a sound is heard in no shot for long enough.
    """
    for shot in shots:
        for sound in list(shot["sounds"]):
            home = shot if _shared_ms(sound, shot) >= MIN_SOUND_MS else max(shots, key=lambda s: _shared_ms(sound, s))
            left = _shared_ms(sound, home)
            if left < MIN_SOUND_MS:
                start, end = interval_of(sound)
                raise cannot(
                    "sound_lost",
                    f"shots.{shot['id']}.sounds.{sound['id']}",
                    f"{sound['id']} ({start}–{end} ms) must keep at least {MIN_SOUND_MS} ms inside a shot, but this "
                    f"leaves {max(left, 0)} ms; move or remove the sound first",
                )
            if home is not shot:
                shot["sounds"].remove(sound)
                home["sounds"].append(sound)
            sound.update(start_ms=max(sound["start_ms"], home["start_ms"]), end_ms=min(sound["end_ms"], home["end_ms"]))


def _shared_ms(first: Data, second: Data) -> int:
    result: int = min(first["end_ms"], second["end_ms"]) - max(first["start_ms"], second["start_ms"])
    return result
