"""Reading a script's text: every mistake at once, with its line, its column and what was expected."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import partial
from itertools import pairwise
from typing import Any, TypeVar

from pydantic import ValidationError

from mavin.caption import Angle, Aspect, HierarchicalCaption, Movement, Size, validation_diagnostics
from mavin.formats.script_text.following import sounds_follow
from mavin.formats.script_text.problems import TextError, TextProblem
from mavin.formats.script_text.values import LANGUAGE, TIMES, Bad, Notes, read_notes, read_string, read_time, read_value
from mavin.interval import format_seconds

__all__ = ["ReadClip", "ReadText", "read_text"]

_T = TypeVar("_T")

_VERBS = ("says", "replies", "asks", "answers")
_HEAD = ("Storyline", "Style", "Ambience", "Revision", "Order of lines")
_ROLE = {"Looks": "appearance", "Voice": "voice", "Picture": "image", "Voice file": "audio"}
_SHOT = ("Setting", "Action", "Camera", "Roles")
_HERE = {"looks": "appearance", "sounds": "voice", "picture": "image", "voice file": "audio"}


@dataclass(frozen=True, slots=True)
class ReadClip:
    """One clip of a text.

    Attributes:
        id: its id, ``None`` where the text has one clip alone and does not name it.
        caption: its script.
        notes: what was taken differently from how it was written, in sentences.
    """

    id: str | None
    caption: HierarchicalCaption
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadText:
    """What a text holds: its clips, and the revision that it was printed from."""

    clips: tuple[ReadClip, ...]
    rev: int | None = None


def read_text(text: str, base: Mapping[str, HierarchicalCaption] | None = None, name: str = "text") -> ReadText:
    """The scripts of a text.

    Args:
        text: the text.
        base: clip id → the script that the text was made of, if it is known: it tells which of two disagreeing times
            of a cut was changed, and which ids were in use.
        name: what messages call the text.

    Raises:
        TextError: listing every mistake with its line and column.
    """
    base = base or {}
    lines = text.removeprefix("\ufeff").split("\n")
    starts = [(number, found[1]) for number, line in enumerate(lines) if (found := _CLIP.fullmatch(line.strip()))]
    pieces: list[tuple[str | None, int, int]] = [(None, 0, len(lines))] if not starts else []
    for index, (number, clip_id) in enumerate(starts):
        end = starts[index + 1][0] if index + 1 < len(starts) else len(lines)
        pieces.append((clip_id, number + 1, end))
    clips, problems, rev = [], [], None
    if starts and any(line.strip() and not line.strip().startswith("//") for line in lines[: starts[0][0]]):
        problems.append(TextProblem(1, 1, f"expected === {starts[0][1]} === before the first clip's text"))
    for clip, start, end in pieces:
        old = base.get(clip) if clip is not None else next(iter(base.values()), None)
        reader = _Reader(lines[start:end], start, old)
        caption = reader.read()
        problems += reader.problems
        rev = reader.rev if reader.rev is not None else rev
        if caption is not None:
            clips.append(ReadClip(clip, caption, tuple(reader.notes)))
    if problems:
        raise TextError(problems, name)
    return ReadText(tuple(clips), rev)


_ROLE_LINE = re.compile(r"(C\d*)\s+(?=\S)")
_TIMED = re.compile(rf"(?P<head>(?:[SX]\d*|.+?\s+(?:{'|'.join(_VERBS)}))\s+)(?P<times>\d[^\s:]*)")
_CLIP = re.compile(r"=+\s*(K[1-9]\d*)\s*=+")


@dataclass
class _Reader:
    """One clip's lines on their way to a caption."""

    lines: list[str]
    offset: int
    base: HierarchicalCaption | None
    problems: list[TextProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rev: int | None = None
    where: dict[str, int] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    data: dict[str, Any] = field(
        default_factory=lambda: {"global_caption": {}, "shots": [], "roles": [], "dialogue": []}
    )
    part: dict[str, Any] | None = None
    order: list[str] | None = None
    number: int = 0

    def read(self) -> HierarchicalCaption | None:
        for number, raw in enumerate(self.lines, self.offset + 1):
            self.number = number
            line = raw.rstrip()
            words = line.lstrip()
            if not words or words.startswith("//"):
                continue
            try:
                self._line(words, len(line) - len(words))
            except Bad as error:
                self._expected(error.offset + len(line) - len(words), error.message)
        return self._finished()

    def _expected(self, column: int, message: str) -> None:
        self.problems.append(TextProblem(self.number, column + 1, f"expected {message}"))

    def _line(self, words: str, indent: int) -> None:
        if words.startswith("#") and not indent:
            self._once(self.data, "title", _value(words, 1))
        elif found := re.fullmatch(rf"(\d[\d.,]*)\s*s\s*,\s*([\d:]+)\s*,\s*({LANGUAGE})", words):
            self._once(self.data, "duration_ms", _at(found.start(1), partial(read_time, found[1])))
            if found[2] not in set(Aspect):
                raise Bad(found.start(2), f"one of {', '.join(Aspect)}, got {found[2]}")
            self.data.update(aspect=found[2], language=found[3])
        elif found := re.match(r"([A-Z][a-z]+(?: [a-z]+)*)\s*:", words):
            self._labelled(found[1], words, found.end())
        elif found := re.match(rf"(S\d*)\s+{TIMES}(?:\s+|$)", words):
            self._new_shot(found, _value(words, found.end()) if words[found.end() :].strip() else "")
        elif found := re.match(rf"(X\d*)\s+{TIMES}\s*:", words):
            self._sound(found, _value(words, found.end()))
        elif found := re.match(r"(C\d+)\s+here\b(?:\s+(looks|sounds|picture|voice file))?\s*:", words):
            self._look(found, words)
        elif re.match(r"[—–-]+\s", words):
            self._goes_on(words)
        elif not indent and not self._is_in_shot and (found := _ROLE_LINE.match(words)):
            self._new_role(found[1], _value(words, found.end()))
        elif found := re.match(rf"(?P<who>.+?)\s+(?P<verb>\w+)\s+{TIMES}", words):
            self._dialogue(found, words)
        elif not indent and (found := _ROLE_LINE.match(words)):
            self._new_role(found[1], _value(words, found.end()))
        else:
            choices = self._choices()
            if not indent and self._is_in_shot:
                # A heading that cannot be read: what stands under it is not the shot before's.
                self.part = {"id": "S0", "start_ms": 0, "overrides": [], "sounds": []}
            if found := _TIMED.match(words):
                raise Bad(found.end("head"), f"times such as 1.9–2.5s, got {found['times']!r}")
            raise Bad(0, f"{choices}, got {words[:40]!r}")

    @property
    def _is_in_shot(self) -> bool:
        return self.part is not None and "start_ms" in self.part

    def _choices(self) -> str:
        if self._is_in_shot:
            return 'Setting:, Action:, Camera:, Roles:, a line such as C1 says 1.9–2.5s: "…", or a sound X1 0–1s: …'
        if self.part is not None:
            return "Looks:, Voice:, Picture:, Voice file:, or a shot such as S1 0–2.5s Its title"
        return (
            "# Title, a line such as 7.5s, 16:9, en, Storyline:, Style:, Ambience:, a role such as C1 Mara, or a shot"
        )

    def _once(self, holder: dict[str, Any], name: str, value: Any, label: str = "") -> None:
        if name in holder:
            raise Bad(0, f"only one {label or name.removesuffix('_ms')} here, got another")
        holder[name] = value

    def _labelled(self, label: str, words: str, at: int) -> None:
        if self.part is None and label in _HEAD:
            value = _value(words, at)
            if label == "Revision":
                if not re.fullmatch(r"\d{1,9}", value):
                    raise Bad(at, f"the number of a revision, got {value!r}")
                self.rev = int(value)
            elif label == "Order of lines":
                self.order = [each.strip() for each in value.split(",")]
            else:
                self._once(self.data["global_caption"], label.lower(), value, label)
        elif self.part is not None and not self._is_in_shot and label in _ROLE:
            field_name = _ROLE[label]
            holder = self.part["reference"] if field_name in ("image", "audio") else self.part
            self._once(holder, field_name, _value(words, at), label)
        elif self.part is not None and self._is_in_shot and label in _SHOT:
            read: Any = self._camera(words, at) if label == "Camera" else _value(words, at)
            if label == "Roles":
                read = [each.strip() for each in read.split(",") if each.strip()]
            self._once(self.part, label.lower(), read, label)
        else:
            known = get_close_matches(label, (*_HEAD, *_ROLE, *_SHOT), 1)
            raise Bad(0, f"{self._choices()}, got {label + ':'!r}" + (f"; did you mean {known[0]}:?" if known else ""))

    def _camera(self, words: str, at: int) -> dict[str, Any]:
        head, semicolon, _ = words[at:].partition(";")
        given = [each.strip() for each in head.split(",")]
        camera: dict[str, Any] = {"note": _value(words, at + len(head) + 1) if semicolon else ""}
        kinds = {"size": [*Size], "angle": [*Angle], "movement": [*Movement]}
        for word in given:
            value = word.lower().replace(" ", "_")
            kind = next((kind for kind, values in kinds.items() if value in values), None)
            if kind is None or kind in camera:
                every = [str(each).replace("_", " ") for values in kinds.values() for each in values]
                near = get_close_matches(word, every, 1)
                raise Bad(
                    at + max(words[at:].find(word), 0),
                    f"a size, an angle and a movement such as wide, eye, static, got {word!r}"
                    + (f"; did you mean {near[0]}?" if near and kind is None else ""),
                )
            camera[kind] = value
        if len(camera) < 4:
            raise Bad(at, "a size, an angle and a movement such as wide, eye, static")
        return camera

    def _new_role(self, name: str, called: str) -> None:
        self.part = {"id": name, "name": called, "reference": {}}
        self.data["roles"].append(self.part)
        self._place(f"roles.{name}")

    def _new_shot(self, found: re.Match[str], title: str) -> None:
        self.part = {"id": found[1], "title": title, **self._times(found), "overrides": [], "sounds": []}
        self.data["shots"].append(self.part)
        self._place(f"shots.{found[1]}")

    def _place(self, path: str) -> None:
        name = path.rpartition(".")[2]
        if name[1:] and name in self.ids:
            raise Bad(
                0, f"an id that no other part has, got {name} for the second time; without an id it gets a new one"
            )
        self.ids.add(name)
        self.where.setdefault(path, self.number)

    def _times(self, found: re.Match[str]) -> dict[str, int]:
        return {f"{side}_ms": _at(found.start(side), partial(read_time, found[side])) for side in ("start", "end")}

    def _in_shot(self) -> dict[str, Any]:
        if self.part is None or "start_ms" not in self.part:
            raise Bad(0, "a shot such as S1 0–2.5s before what is seen and heard in it")
        return self.part

    def _sound(self, found: re.Match[str], text: str) -> None:
        shot = self._in_shot()
        shot["sounds"].append({"id": found[1], **self._times(found), "text": text})
        self._place(f"shots.{shot['id']}.sounds.{found[1]}")

    def _dialogue(self, found: re.Match[str], words: str) -> None:
        shot = self._in_shot()
        if found["verb"] not in _VERBS:
            raise Bad(
                found.start("verb"),
                f"{', '.join(_VERBS[:-1])} or {_VERBS[-1]}, got {found['verb']!r}; how it is said goes into "
                "parentheses behind the times",
            )
        times, at, notes = self._times(found), found.end(), Notes()
        at += len(words[at:]) - len(words[at:].lstrip())
        if words[at : at + 1] == "(":
            notes, length = _at(at, lambda: read_notes(words[at:]))
            at += length
        colon = re.match(r"\s*:\s*", words[at:])
        if colon is None:
            raise Bad(at, f"a colon before the words, got {words[at : at + 20].strip()!r}")
        at += colon.end()
        text, length = _at(at, lambda: read_string(words[at:]))
        rest = re.fullmatch(r"\s*—?\s*(?:\[\s*(L\d+)\s*\])?", words[at + length :])
        if rest is None:
            raise Bad(at + length, "nothing behind the words but — and the line's id such as [L1]")
        line = {
            "id": rest[1] or "L", "role": found["who"], **times, "text": text, "delivery": notes.delivery,
            "language": notes.language, "on_screen": notes.on_screen, "recording": notes.recording, "shot": shot["id"],
        }  # fmt: skip
        self.data["dialogue"].append(line)
        self._place(f"dialogue.{line['id']}")
        self.where[f"#{len(self.data['dialogue'])}"] = self.number

    def _goes_on(self, words: str) -> None:
        self._in_shot()
        if not re.fullmatch(r"[—–-]+\s+.+?\s+goes on(?:\s+\[\s*L\d+\s*\])?\s*[—–-]*", words):
            raise Bad(0, "— C1 goes on [L1]; the line itself stands in the shot in which it begins")

    def _look(self, found: re.Match[str], words: str) -> None:
        shot, role = self._in_shot(), found[1]
        over = next((each for each in shot["overrides"] if each["role"] == role), None)
        if over is None:
            over = {"role": role, "appearance": None, "voice": None, "reference": None}
            shot["overrides"].append(over)
        raw = words[found.end() :].strip()
        if found[2] is None:
            if raw != "as ever":
                raise Bad(found.end(), f"{role} here looks:, sounds:, picture: or voice file:")
            return
        field_name, value = _HERE[found[2]], _value(words, found.end())
        if field_name in ("image", "audio"):
            over["reference"] = over["reference"] or {"image": None, "audio": None}
            over["reference"][field_name] = None if raw == "none" else value
        else:
            over[field_name] = value

    # Everything is read; what the parts say together.

    def _finished(self) -> HierarchicalCaption | None:
        data = self.data
        self.number = self.offset + 1
        if "duration_ms" not in data and not self.problems:
            self._expected(0, "a line with length, shape and language such as 7.5s, 16:9, en")
        for label in _HEAD[:3]:
            if label.lower() not in data["global_caption"] and not self.problems:
                self._expected(0, f"a line {label}: …")
        if not data["shots"] and not self.problems:
            self._expected(0, "at least one shot such as S1 0–3s")
        if self.problems:
            return None
        self._number_parts()
        self._agree_on_cuts()
        if self.base is not None:
            self.notes += sounds_follow(data["shots"], self.base)
        self._name_roles()
        data.setdefault("title", "")
        for shot in data["shots"]:
            for label in ("setting", "action"):
                if label not in shot:
                    self.number = self.where[f"shots.{shot['id']}"]
                    self._expected(0, f"a line {label.capitalize()}: … in {shot['id']}")
            shot.setdefault("camera", {})
            shot.setdefault("roles", [])
        self._check_homes()
        if self.problems:
            return None
        if self.order is not None:
            known = {line["id"]: line for line in data["dialogue"]}
            data["dialogue"] = [known.pop(name) for name in self.order if name in known] + list(known.values())
        try:
            return HierarchicalCaption.model_validate_json(json.dumps(data))
        except ValidationError as error:
            for item in validation_diagnostics(error, data):
                self.number = self._line_of(item.path or "")
                self.problems.append(TextProblem(self.number, 1, item.message))
            return None

    def _line_of(self, path: str) -> int:
        while path:
            if path in self.where:
                return self.where[path]
            path = path.rpartition(".")[0]
        return self.offset + 1

    def _number_parts(self) -> None:
        """Gives ids to what has none, behind all that are or were in use."""
        base = (
            self.base.model_dump(mode="json") if self.base is not None else {"shots": [], "roles": [], "dialogue": []}
        )

        def sounds(data: dict[str, Any]) -> list[dict[str, Any]]:
            return [sound for shot in data["shots"] for sound in shot["sounds"]]

        for letter, parts, old in (
            ("S", self.data["shots"], base["shots"]),
            ("C", self.data["roles"], base["roles"]),
            ("L", self.data["dialogue"], base["dialogue"]),
            ("X", sounds(self.data), sounds(base)),
        ):
            last = max((int(each["id"][1:] or 0) for each in (*parts, *old)), default=0)
            for number, each in enumerate(parts, 1):
                if each["id"] == letter:
                    last += 1
                    each["id"] = f"{letter}{last}"
                    place = {"S": "shots", "C": "roles", "L": "dialogue"}.get(letter)
                    if place is not None:
                        line = self.where.get(f"#{number}") if letter == "L" else self.where.get(f"{place}.{letter}")
                        self.where[f"{place}.{each['id']}"] = line or self.offset + 1

    def _agree_on_cuts(self) -> None:
        """Where two lines tell one instant differently, the one that was changed is meant."""
        old = {shot.id: shot for shot in self.base.shots} if self.base is not None else {}
        shots = self.data["shots"]
        for before, after in pairwise(shots):
            if before["end_ms"] == after["start_ms"]:
                continue
            if before["id"] in old and after["id"] in old:
                was = old[before["id"]].end_ms
                if was == old[after["id"]].start_ms and was in (before["end_ms"], after["start_ms"]):
                    cut = after["start_ms"] if before["end_ms"] == was else before["end_ms"]
                    before["end_ms"] = after["start_ms"] = cut
                    self.notes.append(
                        f"The cut to {after['id']} was moved to {format_seconds(cut)} s on both its sides."
                    )
        if self.base is not None and shots and shots[-1]["end_ms"] != self.data["duration_ms"]:
            was = self.base.duration_ms
            if was in (shots[-1]["end_ms"], self.data["duration_ms"]) and self.base.shots[-1].id == shots[-1]["id"]:
                end = self.data["duration_ms"] if shots[-1]["end_ms"] == was else shots[-1]["end_ms"]
                self.data["duration_ms"] = shots[-1]["end_ms"] = end
                self.notes.append(f"The clip ends at {format_seconds(end)} s, and so does {shots[-1]['id']}.")

    def _name_roles(self) -> None:
        """Ids in place of names, and the language of lines that do not say theirs."""
        ids = {role["id"]: role["id"] for role in self.data["roles"]}
        ids |= {role["name"].casefold(): role["id"] for role in reversed(self.data["roles"])}
        have = ", ".join(f"{role['id']} {role['name']}" for role in self.data["roles"]) or "nobody"

        def found(name: str, path: str) -> str:
            if name not in ids and name.casefold() not in ids:
                self.number = self._line_of(path)
                self._expected(0, f"somebody of the cast ({have}), got {name!r}")
            return str(ids.get(name) or ids.get(name.casefold(), name))

        for line in self.data["dialogue"]:
            line["role"] = found(line["role"], f"dialogue.{line['id']}")
            line["language"] = line["language"] or self.data["language"]
        for shot in self.data["shots"]:
            shot["roles"] = [found(name, f"shots.{shot['id']}") for name in shot.get("roles", ())]

    def _check_homes(self) -> None:
        """A line may stand under another shot than the one it begins in: its times decide, and that is said."""
        for line in self.data["dialogue"]:
            under = line.pop("shot")
            home = next((s["id"] for s in self.data["shots"] if s["start_ms"] <= line["start_ms"] < s["end_ms"]), under)
            if home != under and under in {shot["id"] for shot in self.data["shots"]}:
                self.notes.append(
                    f"{line['id']} stands under {under}, but begins at {format_seconds(line['start_ms'])} s in {home}: "
                    "its times decide."
                )


def _value(words: str, at: int) -> str:
    at += len(words[at:]) - len(words[at:].lstrip())
    return _at(at, lambda: read_value(words[at:]))


def _at(offset: int, read: Callable[[], _T]) -> _T:
    """Reads from an offset of the line, so that a mistake is found at its column of the line."""
    try:
        return read()
    except Bad as error:
        raise Bad(offset + error.offset, error.message) from None


def read_revision(text: str) -> int | None:
    """The revision that a text says it was printed from."""
    for line in text.split("\n")[:40]:
        label, colon, value = line.strip().partition(":")
        if colon and label == "Revision" and value.strip().isascii() and value.strip().isdigit():
            return int(value)
    return None
