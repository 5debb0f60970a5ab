"""Operations on dialogue: when a line is heard, what it says, who says it and how."""

from __future__ import annotations

from typing import Literal

from pydantic import StrictBool, StrictInt, model_validator

from mavin.edits.base import Data, Operation, cannot, interval_of, new_id, part, shot_of
from mavin.interval import format_seconds

__all__ = [
    "AddLine",
    "DeleteLine",
    "MergeLines",
    "MoveLine",
    "RecordLine",
    "RetimeLine",
    "RevoiceLine",
    "RewordLine",
    "SplitLine",
]

_NO_SPACES = frozenset({"zh", "ja", "th", "lo", "km", "my"})
"""Languages whose words are written without spaces between them."""


class RetimeLine(Operation):
    """Moves a line of dialogue to another interval, half-open, in milliseconds."""

    op: Literal["retime_line"] = "retime_line"
    line: str
    start_ms: StrictInt
    end_ms: StrictInt

    def changed(self, data: Data) -> Data:
        """The line with its new interval."""
        part(data["dialogue"], "dialogue", self.line).update(start_ms=self.start_ms, end_ms=self.end_ms)
        return data


class RewordLine(Operation):
    """Gives a line of dialogue other words; its recording, which says the old ones, goes."""

    op: Literal["reword_line"] = "reword_line"
    line: str
    text: str

    def changed(self, data: Data) -> Data:
        """The line with its new words."""
        part(data["dialogue"], "dialogue", self.line).update(text=self.text, recording=None)
        return data


class RevoiceLine(Operation):
    """Gives a line another speaker, delivery, language, or place on or off screen; what is left out stays.

    With another speaker or language the line's recording goes: it is another voice.
    """

    op: Literal["revoice_line"] = "revoice_line"
    line: str
    role: str | None = None
    delivery: str | None = None
    language: str | None = None
    on_screen: StrictBool | None = None

    @model_validator(mode="after")
    def _something(self) -> RevoiceLine:
        if not self.model_dump(exclude={"op", "line"}, exclude_none=True):
            raise ValueError(
                "revoice_line must change at least one of role, delivery, language and on_screen, got none"
            )
        return self

    def changed(self, data: Data) -> Data:
        """The line as it is said now."""
        line = part(data["dialogue"], "dialogue", self.line)
        changes = self.model_dump(exclude={"op", "line"}, exclude_none=True)
        if any(line[field] != changes.get(field, line[field]) for field in ("role", "language")):
            line["recording"] = None
        line.update(changes)
        return data


class RecordLine(Operation):
    """Gives a line a recording of its own, a file of the film, or takes it away."""

    op: Literal["record_line"] = "record_line"
    line: str
    recording: str | None = None

    def changed(self, data: Data) -> Data:
        """The line with that recording."""
        part(data["dialogue"], "dialogue", self.line).update(recording=self.recording)
        return data


class AddLine(Operation):
    """Adds a line of dialogue; the language is the clip's if left out, the id the next free one."""

    op: Literal["add_line"] = "add_line"
    role: str
    start_ms: StrictInt
    end_ms: StrictInt
    text: str
    delivery: str = ""
    language: str | None = None
    on_screen: StrictBool = True
    id: str | None = None

    def changed(self, data: Data) -> Data:
        """The caption with the line behind the others."""
        line = self.model_dump(exclude={"op"})
        line["id"] = new_id("L", data["dialogue"], self.id)
        line["language"] = self.language or data["language"]
        data["dialogue"].append(line | {"recording": None})
        return data


class DeleteLine(Operation):
    """Takes a line of dialogue away."""

    op: Literal["delete_line"] = "delete_line"
    line: str

    def changed(self, data: Data) -> Data:
        """The caption without the line."""
        data["dialogue"].remove(part(data["dialogue"], "dialogue", self.line))
        return data


class SplitLine(Operation):
    """Makes two lines of one, in time and in words; the first keeps the id, recordings go.

    ``text_at`` is the offset of the second line's first character in the words.
    """

    op: Literal["split_line"] = "split_line"
    line: str
    at_ms: StrictInt
    text_at: StrictInt
    id: str | None = None

    def changed(self, data: Data) -> Data:
        """The caption with both lines, the second right behind the first."""
        line = part(data["dialogue"], "dialogue", self.line)
        start, end = interval_of(line)
        if not start < self.at_ms < end:
            raise cannot(
                "split_outside",
                f"dialogue.{self.line}",
                f"{self.line} must be split inside {format_seconds(start)}–{format_seconds(end)} s, "
                f"got {self.at_ms} ms",
            )
        words: str = line["text"]
        first, second = words[: max(self.text_at, 0)].rstrip(), words[max(self.text_at, 0) :].lstrip()
        if not first or not second:
            raise cannot(
                "split_words",
                f"dialogue.{self.line}",
                f"both halves of {self.line} must have words, but splitting “{words}” at character {self.text_at} "
                "leaves one without",
            )
        other = line | {
            "id": new_id("L", data["dialogue"], self.id), "text": second, "start_ms": self.at_ms, "recording": None,
        }  # fmt: skip
        line.update(text=first, end_ms=self.at_ms, recording=None)
        data["dialogue"].insert(data["dialogue"].index(line) + 1, other)
        return data


class MergeLines(Operation):
    """Makes one line of two of the same role, from the start of the earlier to the end of the later one.

    The words stand in order of time, the id is that of ``line``, recordings go.
    """

    op: Literal["merge_lines"] = "merge_lines"
    line: str
    other: str

    def changed(self, data: Data) -> Data:
        """The caption with the two as one."""
        line = part(data["dialogue"], "dialogue", self.line)
        other = part(data["dialogue"], "dialogue", self.other)
        if line is other or line["role"] != other["role"] or line["language"] != other["language"]:
            raise cannot(
                "merge_lines",
                f"dialogue.{self.line}",
                f"two lines of one role in one language can be merged, got {self.line} of {line['role']} "
                f"({line['language']}) and {self.other} of {other['role']} ({other['language']})",
            )
        first, second = sorted((line, other), key=interval_of)
        space = "" if line["language"].split("-")[0].lower() in _NO_SPACES else " "
        line.update(
            text=f"{first['text'].rstrip()}{space}{second['text'].lstrip()}",
            start_ms=first["start_ms"],
            end_ms=max(first["end_ms"], second["end_ms"]),
            delivery=line["delivery"] or other["delivery"],
            recording=None,
        )
        data["dialogue"].remove(other)
        return data


class MoveLine(Operation):
    """Moves a line into another shot: to ``start_ms``, or as far behind the shot's start as it was behind its own's.

    Its length stays; without ``start_ms`` it is moved up where it would else go on beyond the clip.
    """

    op: Literal["move_line"] = "move_line"
    line: str
    shot: str
    start_ms: StrictInt | None = None

    def changed(self, data: Data) -> Data:
        """The line at its new place."""
        line = part(data["dialogue"], "dialogue", self.line)
        shot = shot_of(data, self.shot)
        start, end = interval_of(line)
        to = self.start_ms
        if to is None:
            home = next((each for each in data["shots"] if each["start_ms"] <= start < each["end_ms"]), shot)
            # Where its old place has no counterpart in the new shot, as late in it as the line can be whole.
            offset = min(start - home["start_ms"], max(shot["end_ms"] - shot["start_ms"] - (end - start), 0))
            to = min(shot["start_ms"] + offset, max(data["duration_ms"] - (end - start), shot["start_ms"]))
        if not shot["start_ms"] <= to < shot["end_ms"]:
            raise cannot(
                "line_not_in_shot",
                f"dialogue.{self.line}",
                f"{self.line} must start inside {self.shot} ({format_seconds(shot['start_ms'])}–"
                f"{format_seconds(shot['end_ms'])} s), got {to} ms",
            )
        line.update(start_ms=to, end_ms=to + end - start)
        return data
