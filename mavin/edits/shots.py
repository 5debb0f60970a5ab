"""Operations on shots: split, merge, reorder, insert, duplicate, delete."""

from __future__ import annotations

import copy
from typing import Any, Literal

from pydantic import StrictBool, StrictInt

from mavin.caption import MIN_SHOT_MS, MIN_SOUND_MS, Camera
from mavin.edits.base import (
    Data,
    Operation,
    cannot,
    home_sounds,
    in_range,
    interval_of,
    new_id,
    shot_index,
    shot_of,
)
from mavin.interval import format_seconds

__all__ = ["DeleteShot", "DuplicateShot", "InsertShot", "MergeShots", "ReorderShots", "SplitShot"]


class SplitShot(Operation):
    """Cuts a shot in two; the first keeps the id, the second looks like it unless told otherwise.

    A sound that the new cut runs through is heard on both sides, as two sounds.
    """

    op: Literal["split_shot"] = "split_shot"
    shot: str
    at_ms: StrictInt
    title: str | None = None
    setting: str | None = None
    action: str | None = None
    id: str | None = None

    def changed(self, data: Data) -> Data:
        """The clip with a cut more."""
        shots: list[Data] = data["shots"]
        index = shot_index(data, self.shot)
        first = shots[index]
        start, end = interval_of(first)
        in_range(
            self.at_ms, start + MIN_SHOT_MS, end - MIN_SHOT_MS, "cut_range", f"shots.{self.shot}",
            f"the cut in {self.shot} has limits, because both halves must keep {format_seconds(MIN_SHOT_MS)} s",
        )  # fmt: skip
        second = copy.deepcopy(first) | {"id": new_id("S", shots, self.id), "start_ms": self.at_ms, "sounds": []}
        texts = {"title": self.title, "setting": self.setting, "action": self.action}
        second |= {field: text for field, text in texts.items() if text is not None}
        first["end_ms"] = self.at_ms
        shots.insert(index + 1, second)
        for sound in list(first["sounds"]):
            before, behind = self.at_ms - sound["start_ms"], sound["end_ms"] - self.at_ms
            if before >= MIN_SOUND_MS and behind >= MIN_SOUND_MS:
                second["sounds"].append(sound | {"id": new_id("X", _sounds(data)), "start_ms": self.at_ms})
        home_sounds(shots)
        return data


class MergeShots(Operation):
    """Makes one shot of two neighbours; the earlier keeps its id, camera and looks, their words are joined."""

    op: Literal["merge_shots"] = "merge_shots"
    shot: str
    other: str

    def changed(self, data: Data) -> Data:
        """The clip with a cut less."""
        shots: list[Data] = data["shots"]
        first, second = sorted((shot_of(data, self.shot), shot_of(data, self.other)), key=interval_of)
        if shots.index(second) - shots.index(first) != 1:
            raise cannot(
                "not_neighbours",
                f"shots.{self.shot}",
                f"two neighbouring shots can be merged, got {self.shot} and {self.other}; bring them together first",
            )
        looks = {over["role"] for over in first["overrides"]}
        first.update(
            title=first["title"] or second["title"],
            end_ms=second["end_ms"],
            setting=_joined(first["setting"], second["setting"], ", then "),
            action=_joined(first["action"], second["action"], " "),
            roles=list(dict.fromkeys([*first["roles"], *second["roles"]])),
            overrides=first["overrides"] + [over for over in second["overrides"] if over["role"] not in looks],
            sounds=first["sounds"] + second["sounds"],
        )
        shots.remove(second)
        return data


class ReorderShots(Operation):
    """Puts the shots into another order; each keeps its length, and takes along its sounds and what is said in it.

    A line goes with the shot in which it begins.
    """

    op: Literal["reorder_shots"] = "reorder_shots"
    order: tuple[str, ...]

    def changed(self, data: Data) -> Data:
        """The clip with its shots in that order."""
        shots: list[Data] = data["shots"]
        have = [shot["id"] for shot in shots]
        if sorted(self.order) != sorted(have):
            raise cannot(
                "order", "shots", f"an order must name each of {', '.join(have)} once, got {', '.join(self.order)}"
            )
        lines = {shot["id"]: _lines_in(data, shot) for shot in shots}
        data["shots"] = [shot_of(data, name) for name in self.order]
        time = 0
        for shot in data["shots"]:
            _shift([shot, *shot["sounds"], *lines[shot["id"]]], time - shot["start_ms"])
            time = shot["end_ms"]
        return data


class InsertShot(Operation):
    """Puts a new shot behind another one, or at the very beginning; what follows shifts."""

    op: Literal["insert_shot"] = "insert_shot"
    after: str | None = None
    length_ms: StrictInt
    setting: str
    action: str
    title: str = ""
    camera: Camera = Camera()
    roles: tuple[str, ...] = ()
    id: str | None = None

    def changed(self, data: Data) -> Data:
        """The clip with the new shot."""
        index = 0 if self.after is None else shot_index(data, self.after) + 1
        shot = self.model_dump(mode="json", exclude={"op", "after", "length_ms"})
        shot |= {"id": new_id("S", data["shots"], self.id), "overrides": [], "sounds": []}
        _open_gap(data, index, self.length_ms)
        data["shots"].insert(index, shot | _times(data, index, self.length_ms))
        return data


class DuplicateShot(Operation):
    """Puts a copy of a shot right behind it, with its sounds and, if wished, what is said in it.

    What follows shifts.
    """

    op: Literal["duplicate_shot"] = "duplicate_shot"
    shot: str
    lines: StrictBool = False
    id: str | None = None

    def changed(self, data: Data) -> Data:
        """The clip with the copy."""
        index = shot_index(data, self.shot)
        shot = data["shots"][index]
        length = shot["end_ms"] - shot["start_ms"]
        said = copy.deepcopy(_lines_in(data, shot)) if self.lines else []
        twin = copy.deepcopy(shot) | {"id": new_id("S", data["shots"], self.id)}
        _shift([twin, *twin["sounds"], *said], length)
        _open_gap(data, index + 1, length)
        taken = _sounds(data)
        for sound in twin["sounds"]:
            sound["id"] = new_id("X", taken)
            taken.append(sound)
        for line in said:
            line["id"] = new_id("L", data["dialogue"])
            data["dialogue"].append(line)
        data["shots"].insert(index + 1, twin)
        return data


class DeleteShot(Operation):
    """Takes a shot away with its sounds and, unless they shall be kept, the lines that begin in it.

    Its time goes too (``ripple``: what follows moves up), or to the shot before or behind it.  Lines that are kept
    stay at their instants.
    """

    op: Literal["delete_shot"] = "delete_shot"
    shot: str
    time: Literal["ripple", "previous", "next"] = "ripple"
    lines: Literal["delete", "keep"] = "delete"

    def changed(self, data: Data) -> Data:
        """The clip without the shot."""
        shots: list[Data] = data["shots"]
        index = shot_index(data, self.shot)
        shot = shots.pop(index)
        if not shots:
            raise cannot("last_shot", f"shots.{self.shot}", f"a clip must have a shot, but {self.shot} is the only one")
        own = _lines_in(data, shot)
        if self.lines == "delete":
            data["dialogue"] = [line for line in data["dialogue"] if line not in own]
        start, end = interval_of(shot)
        if self.time == "ripple":
            data["duration_ms"] -= end - start
            _shift([item for each in shots[index:] for item in (each, *each["sounds"])], start - end)
            _shift([line for line in data["dialogue"] if line["start_ms"] >= end], start - end)
            return data
        heir = index - 1 if self.time == "previous" else index
        if not 0 <= heir < len(shots):
            raise cannot(
                "no_neighbour",
                f"shots.{self.shot}",
                f"the time of {self.shot} must go to a neighbour, but it has no {self.time} shot",
            )
        shots[heir].update({"end_ms": end} if self.time == "previous" else {"start_ms": start})
        return data


def _lines_in(data: Data, shot: Data) -> list[Data]:
    """The lines that begin in a shot."""
    return [line for line in data["dialogue"] if shot["start_ms"] <= line["start_ms"] < shot["end_ms"]]


def _sounds(data: Data) -> list[Data]:
    return [sound for shot in data["shots"] for sound in shot["sounds"]]


def _shift(items: list[Data], by_ms: int) -> None:
    for item in items:
        item.update(start_ms=item["start_ms"] + by_ms, end_ms=item["end_ms"] + by_ms)


def _times(data: Data, index: int, length_ms: int) -> dict[str, Any]:
    start = data["shots"][index - 1]["end_ms"] if index else 0
    return {"start_ms": start, "end_ms": start + length_ms}


def _open_gap(data: Data, index: int, length_ms: int) -> None:
    """Shifts the shots from ``index`` on and the lines that begin there."""
    shots = data["shots"]
    cut = shots[index]["start_ms"] if index < len(shots) else data["duration_ms"]
    data["duration_ms"] += length_ms
    _shift([item for each in shots[index:] for item in (each, *each["sounds"])], length_ms)
    _shift([line for line in data["dialogue"] if line["start_ms"] >= cut], length_ms)


def _joined(first: str, second: str, glue: str) -> str:
    return first if first == second else f"{first}{glue}{second}"
