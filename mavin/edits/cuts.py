"""Operations on time: moving a cut, stretching a shot, the length of the clip.

roll     [── S1 ──┊──)[── S2 ──)[─ S3 ─)     only S1 and S2 change, the clip keeps its length
ripple   [── S1 ──┊[── S2 ──)[─ S3 ─)        S2 and all behind it shift, the clip changes its length
"""

from __future__ import annotations

from typing import Literal

from pydantic import StrictInt

from mavin.caption import MAX_DURATION_MS, MIN_DURATION_MS, MIN_SHOT_MS
from mavin.edits.base import (
    Data,
    Operation,
    TimeMap,
    cannot,
    home_sounds,
    in_range,
    shot_index,
    warp,
)
from mavin.interval import format_seconds

__all__ = ["MoveCut", "SetDuration", "StretchShot"]

Follow = Literal["follow", "stay"]


class MoveCut(Operation):
    """Moves the cut at the start of a shot, by roll (only its two shots change) or by ripple (what follows shifts).

    ``lines`` and ``sounds`` tell what those that begin in a shot behind the cut do: ``follow`` it or ``stay``
    at their instants.  Left out, they stay in a roll and follow in a ripple.  A sound that a cut runs over is
    trimmed to its shot, or goes to the shot in which it is now heard.
    """

    op: Literal["move_cut"] = "move_cut"
    shot: str
    to_ms: StrictInt
    mode: Literal["roll", "ripple"] = "roll"
    lines: Follow | None = None
    sounds: Follow | None = None

    def changed(self, data: Data) -> Data:
        """The clip with the cut at its new place."""
        shots: list[Data] = data["shots"]
        index = shot_index(data, self.shot)
        if index == 0:
            raise cannot(
                "no_cut", f"shots.{self.shot}", f"a cut must lie between two shots, but {self.shot} is the first"
            )
        before, after = shots[index - 1], shots[index]
        old, behind = after["start_ms"], after["end_ms"]
        shift = self.to_ms - old
        low = before["start_ms"] + MIN_SHOT_MS
        path, duration = f"shots.{self.shot}.start_ms", data["duration_ms"]
        if self.mode == "roll":
            high = behind - MIN_SHOT_MS
            rule = f"{before['id']} and {self.shot} must keep {format_seconds(MIN_SHOT_MS)} s each"
            moving = [after]
        else:
            low, high = max(low, old + MIN_DURATION_MS - duration), old + MAX_DURATION_MS - duration
            rule = f"{before['id']} must keep {format_seconds(MIN_SHOT_MS)} s and the clip last 3 to 15 s"
            moving = shots[index:]
        in_range(self.to_ms, low, high, "cut_range", path, f"the cut to {self.shot} has limits, because {rule}")
        before["end_ms"] = self.to_ms
        if self.mode == "roll":
            after["start_ms"] = self.to_ms
        else:
            data["duration_ms"] += shift
            for shot in moving:
                _shift(shot, shift)
        if (self.sounds or ("stay" if self.mode == "roll" else "follow")) == "follow":
            for shot in moving:
                for sound in shot["sounds"]:
                    _shift(sound, shift)
        home_sounds(shots)
        if (self.lines or ("stay" if self.mode == "roll" else "follow")) == "follow":
            for line in data["dialogue"]:
                if line["start_ms"] >= old and (self.mode == "ripple" or line["start_ms"] < behind):
                    _shift(line, shift)
        return data


class StretchShot(Operation):
    """Gives a shot another length; the lines and sounds in it keep their places in proportion.

    By ``ripple`` what follows shifts and the clip changes its length; by ``hold`` the clip keeps it, and the
    next shot (of the last shot the one before) gives or takes the difference, its lines and sounds in proportion.
    """

    op: Literal["stretch_shot"] = "stretch_shot"
    shot: str
    length_ms: StrictInt
    mode: Literal["ripple", "hold"] = "ripple"

    def changed(self, data: Data) -> Data:
        """The clip with that shot longer or shorter."""
        shots: list[Data] = data["shots"]
        index = shot_index(data, self.shot)
        shot = shots[index]
        start, end, duration = shot["start_ms"], shot["end_ms"], data["duration_ms"]
        path, shift = f"shots.{self.shot}", self.length_ms - (end - start)
        if self.mode == "ripple":
            low, high = max(MIN_SHOT_MS, end - start + MIN_DURATION_MS - duration), end - start + MAX_DURATION_MS
            rule, points = "the clip must last 3 to 15 s", [(0, 0), (start, start), (end, end + shift)]
            high -= duration
        elif len(shots) == 1:
            raise cannot("no_neighbour", path, f"{self.shot} must have a neighbour to share its time with, got none")
        elif index + 1 < len(shots):
            low, high = MIN_SHOT_MS, shots[index + 1]["end_ms"] - start - MIN_SHOT_MS
            rule = f"{shots[index + 1]['id']} must keep {format_seconds(MIN_SHOT_MS)} s"
            points = [(0, 0), (start, start), (end, end + shift), (shots[index + 1]["end_ms"],) * 2]
        else:
            low, high = MIN_SHOT_MS, end - shots[index - 1]["start_ms"] - MIN_SHOT_MS
            rule = f"{shots[index - 1]['id']} must keep {format_seconds(MIN_SHOT_MS)} s"
            points = [(0, 0), (shots[index - 1]["start_ms"],) * 2, (start, start - shift), (end, end)]
        in_range(
            self.length_ms, low, high, "length_range", path, f"the length of {self.shot} has limits, because {rule}"
        )
        warp(data, TimeMap(tuple(dict(points).items())))
        return data


class SetDuration(Operation):
    """Changes the clip's length: by ``scale`` everything in proportion, by ``trim`` only at its end.

    Trimming shortens the last shot, and never cuts a line or drops a shot: it is refused where it would.
    """

    op: Literal["set_duration"] = "set_duration"
    duration_ms: StrictInt
    mode: Literal["scale", "trim"] = "scale"

    def changed(self, data: Data) -> Data:
        """The clip with its new length."""
        low, high, rule = MIN_DURATION_MS, MAX_DURATION_MS, "a clip must last 3 to 15 s"
        if self.mode == "scale":
            in_range(
                self.duration_ms, low, high, "duration_range", "duration_ms", f"the length has limits, because {rule}"
            )
            warp(data, TimeMap(((0, 0), (data["duration_ms"], self.duration_ms))))
            return data
        last = data["shots"][-1]
        kept = last["start_ms"] + MIN_SHOT_MS
        said = max(data["dialogue"], key=lambda line: line["end_ms"], default=None)
        if kept > low:
            low, rule = kept, f"{last['id']} must keep {format_seconds(MIN_SHOT_MS)} s"
        if said is not None and said["end_ms"] > low:
            low, rule = said["end_ms"], f"{said['id']} must be heard to its end"
        in_range(self.duration_ms, low, high, "duration_range", "duration_ms", f"the length has limits, because {rule}")
        data["duration_ms"] = last["end_ms"] = self.duration_ms
        home_sounds(data["shots"])
        return data


def _shift(item: Data, by_ms: int) -> None:
    item.update(start_ms=item["start_ms"] + by_ms, end_ms=item["end_ms"] + by_ms)
