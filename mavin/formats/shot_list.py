"""A shot list as a table: one row a shot, the same columns in every kind of file.

Lines and sounds stand in one cell each, one below the other, as the script's text writes them:

    L1 Mara 3.9–5.6s (whispering; off screen): "Come home."
    X1 0.0–2.4s: boots on iron steps
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mavin.caption import Angle, DialogueLine, HierarchicalCaption, Movement, Shot, Size
from mavin.formats.drafts import Data, Draft
from mavin.formats.losses import Feature, Loss, LossKind
from mavin.formats.script import FilmScript, FormatError
from mavin.formats.script_text.values import (
    TIMES,
    Bad,
    Notes,
    quoted,
    read_notes,
    read_string,
    read_time,
    read_value,
    write_notes,
    write_value,
)
from mavin.frames import FPS, frame_of
from mavin.interval import format_interval, format_seconds

__all__ = ["CARRIED", "COLUMNS", "REASONS", "column_of", "draft_of", "losses_of_table", "rows_of"]

COLUMNS = (
    "Clip", "Shot", "Title", "Start (s)", "End (s)", "Length (s)", "Start (timecode)", "End (timecode)", "Size",
    "Angle", "Movement", "Camera note", "Setting", "Action", "Seen", "Dialogue", "Sounds",
)  # fmt: skip

CARRIED = frozenset(
    {
        Feature.SHOTS, Feature.SHOT_TIMES, Feature.SHOT_TITLES, Feature.SETTING, Feature.ACTION, Feature.CAMERA,
        Feature.PRESENCE, Feature.SOUNDS, Feature.LINES, Feature.LINE_TIMES, Feature.DELIVERY, Feature.LINE_LANGUAGE,
        Feature.OFF_SCREEN, Feature.RECORDINGS, Feature.CLIPS,
    }
)  # fmt: skip
REASONS = {
    Feature.IDS: "roles go by their names; clips, shots, lines and sounds keep theirs",
    Feature.ROLES: "only those who are seen or speak are named",
}

MAX_ROWS = 5_000
_GUESSED_MS = 4_000
_ALIASES = {
    "clip": "Clip",
    "shot": "Shot", "shot #": "Shot", "shot no": "Shot", "shot no.": "Shot", "shot number": "Shot", "#": "Shot",
    "title": "Title", "shot title": "Title", "name": "Title",
    "start": "Start (s)", "start time": "Start (s)", "in": "Start (s)", "begin": "Start (s)",
    "end": "End (s)", "end time": "End (s)", "out": "End (s)",
    "length": "Length (s)", "duration": "Length (s)", "duration (s)": "Length (s)", "seconds": "Length (s)",
    "est. duration": "Length (s)", "time": "Length (s)",
    "start tc": "Start (timecode)", "tc in": "Start (timecode)", "end tc": "End (timecode)", "tc out": "End (timecode)",
    "shot size": "Size", "framing": "Size", "shot type": "Size", "type": "Size",
    "camera angle": "Angle", "camera movement": "Movement", "move": "Movement", "camera": "Camera note",
    "notes": "Camera note", "location": "Setting", "scene": "Setting", "set": "Setting",
    "description": "Action", "shot description": "Action", "what happens": "Action", "subject": "Action",
    "cast": "Seen", "characters": "Seen", "actors": "Seen", "talent": "Seen", "roles": "Seen",
    "dialog": "Dialogue", "lines": "Dialogue", "sound": "Sounds", "audio": "Sounds", "sfx": "Sounds",
}  # fmt: skip
_BY_NAME = {name.casefold(): name for name in COLUMNS} | _ALIASES
_WHO = r'"(?:[^"\\]|\\.)*"|[^\s"].*?'
_LINE = re.compile(rf"(?:(?P<id>L[1-9]\d*)\s+)?(?P<who>{_WHO})\s+{TIMES}\s*(?P<rest>[(:].*)", re.DOTALL)
_SOUND = re.compile(rf"(?:(?P<id>X[1-9]\d*)\s+)?{TIMES}\s*:\s*(?P<text>.+)", re.DOTALL)
_WORDS = {
    "ews": "extreme_wide", "els": "extreme_wide", "xws": "extreme_wide", "establishing": "extreme_wide",
    "ws": "wide", "ls": "wide", "long": "wide", "fs": "full", "ms": "medium", "mcu": "medium",
    "medium close up": "medium", "cu": "close_up", "closeup": "close_up", "close": "close_up",
    "ecu": "extreme_close_up", "bcu": "extreme_close_up", "xcu": "extreme_close_up", "eye level": "eye",
    "ots": "over_shoulder", "over the shoulder": "over_shoulder", "bird's eye": "overhead", "top": "overhead",
    "dutch angle": "dutch", "still": "static", "locked": "static", "fixed": "static", "none": "static",
    "push in": "dolly_in", "pull out": "dolly_out", "tracking": "track", "follow": "track", "hand held": "handheld",
}  # fmt: skip


def column_of(head: str) -> str | None:
    """Which of our columns a heading means."""
    return _BY_NAME.get(" ".join(head.replace("_", " ").split()).casefold())


def rows_of(script: FilmScript) -> Iterator[tuple[str, ...]]:
    """One row for each shot, times of the whole film."""
    for clip, offset in zip(script.clips, script.offsets_ms, strict=True):
        for shot in clip.caption.shots:
            yield _row(clip.id, offset, clip.caption, shot)


def _row(clip: str, offset: int, caption: HierarchicalCaption, shot: Shot) -> tuple[str, ...]:
    start, end, camera = offset + shot.start_ms, offset + shot.end_ms, shot.camera
    lines = [line for line in caption.dialogue if shot.interval.contains(line.start_ms)]
    said = [_line(caption, line, offset) for line in lines]
    heard = [
        f"{sound.id} {_times(sound.start_ms + offset, sound.end_ms + offset)}: {write_value(sound.text)}"
        for sound in shot.sounds
    ]
    return (
        clip, shot.id, shot.title, format_seconds(start), format_seconds(end), format_seconds(end - start),
        _timecode(start), _timecode(end), *(value.replace("_", " ") for value in (camera.size, camera.angle)),
        camera.movement.replace("_", " "), camera.note, shot.setting, shot.action,
        "\n".join(_name(caption, role) for role in shot.roles), "\n".join(said), "\n".join(heard),
    )  # fmt: skip


def _line(caption: HierarchicalCaption, line: DialogueLine, offset: int) -> str:
    notes = Notes(line.delivery, line.on_screen, line.language if line.language != "en" else None, line.recording)
    times = _times(line.start_ms + offset, line.end_ms + offset)
    name = _name(caption, line.role)
    # A name that looks like more than a name is quoted.
    name = quoted(name) if name.startswith('"') or re.search(TIMES, name) or re.match(r"L\d+\s", name) else name
    return f"{line.id} {name} {times}{write_notes(notes)}: {quoted(line.text)}"


def _times(start_ms: int, end_ms: int) -> str:
    from mavin.interval import Interval

    return format_interval(Interval(start_ms, end_ms))


def _name(caption: HierarchicalCaption, role: str) -> str:
    return " ".join(caption.role(role).name.split())


def _timecode(time_ms: int) -> str:
    seconds, frames = divmod(frame_of(time_ms), FPS)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}:{frames:02d}"


def losses_of_table(script: FilmScript) -> Iterator[Loss]:
    """What a table has differently: names on one line, lines in the order of their shots."""
    for clip in script.clips:
        prefix = f"{clip.id}." if len(script.clips) > 1 else ""
        caption = clip.caption
        for role in caption.roles:
            if " ".join(role.name.split()) != role.name:
                yield Loss(LossKind.CHANGED, f"{prefix}roles.{role.id}.name", "the name is on one line")
        listed = [line for shot in caption.shots for line in caption.dialogue if shot.interval.contains(line.start_ms)]
        if [line.id for line in listed] != [line.id for line in caption.dialogue]:
            yield Loss(LossKind.CHANGED, f"{prefix}dialogue", "lines stand in the order of their shots")


def draft_of(name: str, head: Sequence[str], rows: Iterator[Sequence[str]]) -> Draft:
    """A table as a draft.

    Args:
        name: what messages call the file.
        head: the headings.
        rows: the rows below.

    Raises:
        FormatError: if a cell cannot be read, with its row and column, or there are too many rows.
    """
    draft = Draft(name, shots=[], lines=[], plain_name=lambda name: " ".join(name.split()))
    columns = [column_of(each) for each in head]
    strange = [each.strip() for each, column in zip(head, columns, strict=True) if column is None and each.strip()]
    if strange:
        draft.losses.append(Loss(LossKind.LOST, "", f"columns: {', '.join(strange)}", "a script has no place for them"))
    named = {column: each.strip() for column, each in reversed(list(zip(columns, head, strict=True))) if column}
    now = 0
    for number, row in enumerate(rows, 2):
        if number > MAX_ROWS + 1:
            raise FormatError(f"{name} must have at most {MAX_ROWS} rows, got more. Import a part of it.")
        cells: dict[str, str] = {}
        for column, cell in zip(columns, row, strict=False):
            if column is not None and cell.strip() and cells.get(column, "").strip():
                cells[column] += f"; {cell}"  # two columns that mean the same
            elif column is not None and (cell.strip() or column not in cells):
                cells[column] = cell
        if any(cell.strip() for cell in row[len(head) :]):
            draft.losses.append(Loss(LossKind.LOST, "", "cells behind the last heading", "nothing tells what they are"))
        if any(cell.strip() for cell in cells.values()):
            now = _Row(draft, number, cells, named).read(now)
    return draft


class _Row:
    """One row on its way to a shot and its lines."""

    def __init__(self, draft: Draft, number: int, cells: dict[str, str], named: dict[str, str]) -> None:
        self.draft, self.number, self.cells, self.named = draft, number, cells, named

    def read(self, now: int) -> int:
        """Adds the shot; returns where it ends."""
        shot: Data = {}
        start, end = self._span(now)
        shot.update(start_ms=start, end_ms=end)
        if re.fullmatch(r"K[1-9]\d*", self._cell("Clip")):
            shot["clip"] = self._cell("Clip")
        if re.fullmatch(r"S[1-9]\d*", self._cell("Shot")):
            shot["id"] = self._cell("Shot")
        elif re.search(r"[^\W\d_]", self._cell("Shot")):
            shot["title"] = self._cell("Shot")  # such as 12A
        for column, field in (("Title", "title"), ("Setting", "setting"), ("Action", "action")):
            if column in self.cells and (self._cell(column) or (field == "title" and "title" not in shot)):
                shot[field] = self.cells[column]
        self._camera(shot)
        if "Seen" in self.cells:
            between = r"\n" if "id" in shot else r"[\n;,/&]"  # ours stand one below the other
            shot["people"] = [name.strip() for name in re.split(between, self.cells["Seen"]) if name.strip()]
        if "Sounds" in self.cells:
            shot["sounds"] = [self._sound(shot, text) for text in self._items("Sounds", _SOUND)]
        assert self.draft.shots is not None
        assert self.draft.lines is not None
        self.draft.shots.append(shot)
        for text in self._items("Dialogue", _LINE):
            line = self._line(shot, text)
            if "clip" in shot:
                line["clip"] = shot["clip"]
            self.draft.lines.append(line)
        return end

    def _cell(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def _bad(self, column: str, message: str) -> FormatError:
        named = self.named.get(column, column)
        return FormatError(f"{self.draft.name}, row {self.number}, column {named}: expected {message}.")

    def _time(self, column: str) -> int | None:
        text = self._cell(column)
        if not text:
            return None
        clock = re.fullmatch(r"(?:(\d+):)?(\d+):(\d+(?:[.,]\d+)?)", text)
        frames = re.fullmatch(r"(\d+):(\d+):(\d+)[:;](\d+)", text)
        if frames is not None:
            hours, minutes, seconds, frame = map(int, frames.groups())
            return (hours * 3600 + minutes * 60 + seconds) * 1000 + round(frame * 1000 / FPS)
        try:
            if clock is not None:
                return (int(clock[1] or 0) * 3600 + int(clock[2]) * 60) * 1000 + read_time(clock[3])
            return read_time(re.sub(r"\s*(?:s|sec|secs|seconds)\.?$", "", text))
        except Bad as bad:
            raise self._bad(column, bad.message) from None

    def _span(self, now: int) -> tuple[int, int]:
        start, end, length = self._time("Start (s)"), self._time("End (s)"), self._time("Length (s)")
        start = start if start is not None else self._time("Start (timecode)")
        end = end if end is not None else self._time("End (timecode)")
        if start is None:
            start = now
        if end is None:
            end = start + (length if length is not None else _GUESSED_MS)
            if length is None:
                self.draft.guessed("", f"shots without a length last {_GUESSED_MS // 1000} s")
        if end <= start:
            raise self._bad(
                "End (s)", f"an end after the start ({format_seconds(start)} s), got {format_seconds(end)} s"
            )
        return start, end

    def _camera(self, shot: Data) -> None:
        camera: Data = {}
        for column, kind in (("Size", Size), ("Angle", Angle), ("Movement", Movement)):
            text = self._cell(column)
            word = re.sub(r"[\s-]+", "_", re.sub(r"\s*(?:shot|angle)$", "", text.casefold()))
            word = _WORDS.get(text.casefold(), _WORDS.get(word.replace("_", " "), word))
            if word in set(kind):
                camera[column.casefold()] = word
            elif text:
                self.draft.changed(
                    "", f"the {column.casefold()} {text!r} stands in the camera's note", "it is no known one"
                )
                camera["note"] = f"{camera['note']}, {text}" if "note" in camera else text
        if "Camera note" in self.cells:
            note = self.cells["Camera note"]
            camera["note"] = f"{camera['note']}, {note}".strip(", ") if camera.get("note") else note
        if camera:
            shot["camera"] = camera

    def _items(self, column: str, pattern: re.Pattern[str]) -> Iterator[str]:
        """The entries of a cell: one a line, where a line that begins no entry goes on the one before."""
        text = self._cell(column)
        if text and not any(pattern.fullmatch(line) for line in text.split("\n")):
            yield from (line.strip() for line in text.split("\n") if line.strip())
            return
        yield from (line for line in text.split("\n") if line.strip())

    def _sound(self, shot: Data, text: str) -> Data:
        found = _SOUND.fullmatch(text)
        if found is None:
            self.draft.guessed("", "sounds without times last as long as their shot")
            return {"start_ms": shot["start_ms"], "end_ms": shot["end_ms"], "text": text}
        try:
            words = read_value(found["text"])
        except Bad as bad:
            raise self._bad("Sounds", bad.message) from None
        sound = {**self._interval("Sounds", found), "text": words}
        return {"id": found["id"], **sound} if found["id"] else sound

    def _line(self, shot: Data, text: str) -> Data:
        found = _LINE.fullmatch(text)
        if found is None:
            return self._guessed_line(shot, text)
        who = found["who"].strip()
        line: Data = {
            "speaker": read_value(who) if len(who) > 1 and who.endswith('"') else who,
            **self._interval("Dialogue", found),
        }
        rest, notes = found["rest"], Notes()
        try:
            if rest.startswith("("):
                notes, end = read_notes(rest)
                rest = rest[end:].lstrip()
            words = rest.removeprefix(":").strip()
            line["text"] = read_string(words)[0] if words[:1] in {'"', "“"} else words
        except Bad as bad:
            raise self._bad("Dialogue", bad.message) from None
        line.update(delivery=notes.delivery, on_screen=notes.on_screen, recording=notes.recording)
        line["language"] = notes.language or "en"
        return {"id": found["id"], **line} if found["id"] else line

    def _interval(self, column: str, found: re.Match[str]) -> Data:
        try:
            return {"start_ms": read_time(found["start"]), "end_ms": read_time(found["end"])}
        except Bad as bad:
            raise self._bad(column, bad.message) from None

    def _guessed_line(self, shot: Data, text: str) -> Data:
        from mavin.facts.languages.numbers import language_of
        from mavin.speech import natural_ms

        self.draft.guessed("", "lines without times follow each other from the beginning of their shot")
        speaker, colon, words = text.partition(":")
        named = bool(colon) and len(speaker) <= 40 and bool(words.strip())
        words = (words if named else text).strip().strip('"“”')
        assert self.draft.lines is not None
        before = [line["end_ms"] for line in self.draft.lines if line["end_ms"] > shot["start_ms"]]
        start = max(before, default=shot["start_ms"])
        return {
            "speaker": speaker.strip() if named else None,
            "text": words,
            "start_ms": start,
            "end_ms": start + natural_ms(words, language_of(words)),
        }
