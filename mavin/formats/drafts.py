"""What a reader finds in a file, before it is a script: parts with the fields that the file told, and no others.

    file ──reader──▶ Draft ──┬─ no film known ──▶ clips of 3 to 15 s, gaps filled by guesses    (here)
                             └─ film known ─────▶ the film with what the file says changed      (onto.py)

Every guess and every change is told as a :class:`~mavin.formats.losses.Loss`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mavin.caption import (
    MAX_DURATION_MS,
    MAX_SHOTS,
    MIN_DURATION_MS,
    MIN_LINE_MS,
    MIN_SHOT_MS,
    MIN_SOUND_MS,
    HierarchicalCaption,
    InvalidCaptionError,
    validation_diagnostics,
)
from mavin.facts.languages.numbers import language_of
from mavin.formats.losses import Loss, LossKind
from mavin.formats.script import FilmScript, FormatError, ScriptClip
from mavin.interval import format_seconds

__all__ = ["MAX_FILM_CLIPS", "Data", "Draft", "caption_of", "role_id", "scripts_of"]

Data = dict[str, Any]
MAX_FILM_CLIPS = 40
"""Most clips of one film, ten minutes; what is longer becomes several films."""
_MOST_FILMS = 30
_SAMPLE = 200
"""Lines or shots of which the language is guessed."""

GUESSES = {
    "setting": "an empty stage",
    "action": "The scene goes on.",
    "style": "natural light, calm colours",
    "ambience": "quiet room tone",
}
"""What is taken where a file does not say; the same as for a film by hand."""


@dataclass
class Draft:
    """What a file says.  Times are milliseconds from the beginning of the whole.

    Attributes:
        name: what messages call the file.
        title: the title.
        head: fields of the global caption, ``aspect`` and ``language``.
        heads: clip → the same with ``title`` and ``roles``, where the file tells them clip by clip.
        roles: parts of roles, each with its ``name``, perhaps with its ``id``.
        shots: parts of shots in order; ``None`` where the file knows no shots.  ``clip`` may name the clip.
        lines: parts of lines in order, with ``speaker`` (a name) or ``role`` (an id); ``None`` where it knows none.
        losses: what the reader left out.
        plain: what remains of a text in this form; a text that came back so was not edited.
        plain_name: the same for names.
    """

    name: str
    title: str | None = None
    head: Data = field(default_factory=dict)
    heads: dict[str, Data] = field(default_factory=dict)
    roles: list[Data] = field(default_factory=list)
    shots: list[Data] | None = None
    lines: list[Data] | None = None
    losses: list[Loss] = field(default_factory=list)
    plain: Callable[[str], str] = str
    plain_name: Callable[[str], str] = str

    def changed(self, path: str, what: str, why: str = "") -> None:
        """Notes that something is not as the file has it."""
        self.losses.append(Loss(LossKind.CHANGED, path, what, why))

    def guessed(self, path: str, what: str, why: str = "the file does not tell") -> None:
        """Notes that something was taken that the file does not tell."""
        self.losses.append(Loss(LossKind.GUESSED, path, what, why))


def caption_of(data: Data, name: str) -> HierarchicalCaption:
    """The caption of its JSON.

    Raises:
        InvalidCaptionError: if it breaks an invariant, naming the file.
    """
    try:
        return HierarchicalCaption.model_validate(data, strict=False)
    except ValidationError as error:
        found = tuple(
            item.model_copy(update={"message": f"{name}: {item.message}"})
            for item in validation_diagnostics(error, data)
        )
        raise InvalidCaptionError(found) from None


def scripts_of(draft: Draft) -> tuple[FilmScript, ...]:
    """The films of a draft, divided into clips of 3 to 15 s and at most six shots.

    Raises:
        FormatError: if there is nothing in it, or far too much.
        InvalidCaptionError: if even so it is no valid script.
    """
    if not draft.shots and not draft.lines:
        raise FormatError(f"{draft.name} must hold at least one shot or line, got none.")
    _language(draft)
    if draft.title is None:
        draft.title = Path(draft.name).stem
        draft.guessed("title", "title: the file's name")
    _cast(draft)
    windows = list(_windows(draft))
    if len(windows) > MAX_FILM_CLIPS * _MOST_FILMS:
        raise FormatError(
            f"{draft.name} must last at most {MAX_FILM_CLIPS * _MOST_FILMS * MAX_DURATION_MS // 60_000} minutes, got "
            f"{len(windows)} clips of up to {MAX_DURATION_MS // 1000} s. Import a part of it."
        )
    _tell_homeless(draft, windows)
    films = []
    for first in range(0, len(windows), MAX_FILM_CLIPS):
        part = windows[first : first + MAX_FILM_CLIPS]
        several = len(windows) > 1
        clips = tuple(
            ScriptClip(f"K{number}", _caption(draft, window, f"K{number}." if several else ""))
            for number, window in enumerate(part, 1)
        )
        films.append(FilmScript(draft.title, clips))
    _tell_guesses(draft)
    return tuple(films)


def _language(draft: Draft) -> None:
    """The language of what is said, or of what happens where nobody speaks, if the file does not tell it."""
    if "language" in draft.head or draft.heads:
        return
    said = " ".join(line["text"] for line in (draft.lines or ())[:_SAMPLE])
    seen = " ".join(shot.get("action", "") for shot in (draft.shots or ())[:_SAMPLE])
    draft.head["language"] = language_of(said if re.search(r"\w", said) else seen)
    draft.guessed("language", f"language: {draft.head['language']}", "its words look so")


@dataclass
class _Window:
    """One clip to be: ``[start_ms, end_ms)`` of the whole, and its shots, which partition it."""

    start_ms: int
    end_ms: int
    shots: list[Data]

    @property
    def length_ms(self) -> int:
        return self.end_ms - self.start_ms


def _windows(draft: Draft) -> Iterator[_Window]:
    shots = list(_partitioned(draft)) if draft.shots else list(_stretches(draft))
    group: list[Data] = []
    for shot in shots:
        if group and (
            shot["end_ms"] - group[0]["start_ms"] > MAX_DURATION_MS
            or len(group) == MAX_SHOTS
            or shot.get("clip") != group[0].get("clip")
            or shot["start_ms"] != group[-1]["end_ms"]
        ):
            yield _window(draft, group)
            group = []
        group.append(shot)
    yield _window(draft, group)


def _window(draft: Draft, group: list[Data]) -> _Window:
    window = _Window(group[0]["start_ms"], group[-1]["end_ms"], group)
    if window.length_ms < MIN_DURATION_MS:
        draft.changed(
            "",
            f"a clip of {format_seconds(window.length_ms)} s lasts {MIN_DURATION_MS // 1000} s",
            "no clip can be shorter",
        )
        window.end_ms = window.start_ms + MIN_DURATION_MS
        window.shots[-1] = window.shots[-1] | {"end_ms": window.end_ms}
    return window


def _partitioned(draft: Draft) -> Iterator[Data]:
    """The shots one behind the other, none too short or too long, starting at 0 unless the clips are named."""
    _from_the_beginning(draft)
    shots = sorted(draft.shots or (), key=lambda shot: shot["start_ms"])
    if not any(shot.get("clip") for shot in shots) and shots[0]["start_ms"] != 0:
        draft.changed("", f"the first shot begins at 0, not at {format_seconds(shots[0]['start_ms'])} s")
        shots[0] = shots[0] | {"start_ms": 0}
    merged: list[Data] = []
    for shot in shots:
        if merged and shot["start_ms"] != merged[-1]["end_ms"] and shot.get("clip") == merged[-1].get("clip"):
            draft.changed("", "shots that leave a gap or overlap meet where the later one begins")
            merged[-1] = merged[-1] | {"end_ms": shot["start_ms"]}
            if merged[-1]["end_ms"] - merged[-1]["start_ms"] < MIN_SHOT_MS:
                shot = shot | {"start_ms": merged.pop()["start_ms"]}
        merged.append(shot)
    waiting = 0
    for number, shot in enumerate(merged):
        shot = shot | {"start_ms": shot["start_ms"] - waiting}
        waiting = 0
        length = shot["end_ms"] - shot["start_ms"]
        if length < MIN_SHOT_MS and number + 1 < len(merged):
            draft.changed(
                "", f"a shot of {length} ms is part of the next one", f"a shot lasts at least {MIN_SHOT_MS} ms"
            )
            waiting = length
            continue
        if length < MIN_SHOT_MS:
            shot["end_ms"] = shot["start_ms"] + MIN_SHOT_MS
        yield from _pieces(draft, shot)


def _from_the_beginning(draft: Draft) -> None:
    """Counts times from the first shot where that begins late: timecodes of films often start at an hour."""
    first = min(shot["start_ms"] for shot in draft.shots or ())
    if first <= MAX_DURATION_MS:
        return
    draft.changed("", f"times are counted from the first shot, which begins at {format_seconds(first)} s")
    for part in (*(draft.shots or ()), *(draft.lines or ())):
        for event in (part, *part.get("sounds", ())):
            event["start_ms"], event["end_ms"] = max(event["start_ms"] - first, 0), max(event["end_ms"] - first, 0)


def _pieces(draft: Draft, shot: Data) -> Iterator[Data]:
    length = shot["end_ms"] - shot["start_ms"]
    count = -(-length // MAX_DURATION_MS)
    if count > 1:
        draft.changed("", f"a shot of {format_seconds(length)} s is {count} shots", "a clip lasts at most 15 s")
    for number in range(count):
        start = shot["start_ms"] + length * number // count
        end = shot["start_ms"] + length * (number + 1) // count
        piece = shot | {"start_ms": start, "end_ms": end}
        if number:
            piece.pop("id", None)
        if "sounds" in piece:
            piece["sounds"] = [
                sound | {"start_ms": max(sound["start_ms"], start), "end_ms": min(sound["end_ms"], end)}
                for sound in piece["sounds"]
                if min(sound["end_ms"], end) - max(sound["start_ms"], start) >= MIN_SOUND_MS
            ]
        yield piece


def _stretches(draft: Draft) -> Iterator[Data]:
    """A shot for each stretch of lines that fits into one clip; long silences are left out."""
    lines = sorted(draft.lines or (), key=lambda line: (line["start_ms"], line["end_ms"]))
    start, end, last = 0, 0, -1
    if lines[0]["start_ms"] > MAX_DURATION_MS // 2:
        start = lines[0]["start_ms"] - 500
        draft.changed("", f"the {format_seconds(start)} s before the first line are left out")
    end = start
    for number, line in enumerate(lines):
        if number > last and max(end, line["end_ms"]) - start > MAX_DURATION_MS and end > start:
            cut = min(max((end + line["start_ms"]) // 2, end), start + MAX_DURATION_MS)
            if line["start_ms"] - end > 2_000:
                cut = min(end + 500, start + MAX_DURATION_MS)
                draft.changed("", "silences of more than 2 s between two clips are left out")
                yield _stretch(start, cut)
                start = line["start_ms"] - 500
            else:
                cut = min(cut, line["start_ms"]) if line["start_ms"] > start else start + MAX_DURATION_MS
                yield _stretch(start, cut)
                start = cut
            last = number
        end = max(end, line["end_ms"])
    while end - start > MAX_DURATION_MS:
        yield _stretch(start, start + MAX_DURATION_MS)
        start += MAX_DURATION_MS
    yield _stretch(start, max(end + 500 if end + 500 - start <= MAX_DURATION_MS else end, start + 1))


def _stretch(start: int, end: int) -> Data:
    return {"start_ms": start, "end_ms": end}


def _cast(draft: Draft) -> None:
    """Gives every role an id, and every line and shot the ids of its people."""
    taken = {role["id"] for role in draft.roles if "id" in role}
    for role in draft.roles:
        if "id" not in role:
            number = 1
            while f"C{number}" in taken:
                number += 1
            role["id"] = f"C{number}"
            taken.add(role["id"])
    for shot in draft.shots or ():  # first, because speakers are often in capitals
        if "people" in shot:
            shot["roles"] = list(dict.fromkeys(role_id(draft, name) for name in shot.pop("people")))
    for line in draft.lines or ():
        if "role" not in line:
            line["role"] = role_id(draft, line.pop("speaker", None))


def role_id(draft: Draft, name: str | None) -> str:
    """The id of a speaker, who joins the cast if new; a line of nobody is spoken by a voice of its own."""
    if name is None or not name.strip():
        draft.guessed("", "a role called Voice speaks the lines without a speaker")
        name = "Voice"
    folded = name.strip().casefold()
    for role in draft.roles:
        if role["name"].strip().casefold() == folded or role.get("id") == name:
            return str(role["id"])
    number = max((int(role["id"][1:]) for role in draft.roles), default=0) + 1
    draft.roles.append({"id": f"C{number}", "name": name.strip()})
    return f"C{number}"


def _caption(draft: Draft, window: _Window, prefix: str) -> HierarchicalCaption:
    head = draft.head | draft.heads.get(window.shots[0].get("clip", ""), {})
    shots = _numbered("S", [_local(shot, window) for shot in window.shots])
    lines = _numbered("L", _lines(draft, window))
    language = head.pop("language", "en")
    for line in lines:
        line.setdefault("language", language)
    sound_ids = {sound["id"] for shot in shots for sound in shot.get("sounds", ()) if "id" in sound}
    for shot in shots:
        shot.pop("clip", None)
        shot["setting"] = shot.get("setting") or _guess(draft, f"{prefix}shots.{shot['id']}.setting", "setting")
        shot["action"] = shot.get("action") or _guess(draft, f"{prefix}shots.{shot['id']}.action", "action")
        if "roles" not in shot:
            shot["roles"] = _seen(shot, lines)
            if shot["roles"]:
                draft.guessed(f"{prefix}shots.{shot['id']}.roles", "whoever speaks on screen is seen")
        for sound in shot.get("sounds", ()):
            number = 1
            while "id" not in sound and f"X{number}" in sound_ids:
                number += 1
            sound.setdefault("id", f"X{number}")
            sound_ids.add(sound["id"])
    roles = head.get("roles") or [{"id": role["id"], **role} for role in draft.roles]
    data = {
        "title": head.get("title", draft.title),
        "language": language,
        "duration_ms": window.length_ms,
        "aspect": head.pop("aspect", "16:9"),
        "global_caption": {
            "storyline": head.get("storyline") or draft.title,
            "style": head.get("style") or GUESSES["style"],
            "ambience": head.get("ambience") or GUESSES["ambience"],
        },
        "shots": shots,
        "roles": roles,
        "dialogue": lines,
    }
    return caption_of(data, draft.name)


def _tell_homeless(draft: Draft, windows: Sequence[_Window]) -> None:
    for line in draft.lines or ():
        if not any(window.start_ms <= line["start_ms"] < window.end_ms for window in windows):
            draft.losses.append(Loss(LossKind.LOST, "", _short(line), "no shot is there when it is said"))


def _short(line: Data) -> str:
    words = line["text"] if len(line["text"]) <= 40 else f"{line['text'][:39]}…"
    return f"the line “{words}”"


def _guess(draft: Draft, path: str, what: str) -> str:
    draft.guessed(path, f"{what}: {GUESSES[what]}")
    return GUESSES[what]


def _tell_guesses(draft: Draft) -> None:
    """What was taken for the whole film; told once."""
    if not draft.head.get("storyline") and not draft.heads:
        draft.guessed("global_caption.storyline", "storyline: the title")
    for what in ("style", "ambience") if not draft.heads else ():
        if not draft.head.get(what):
            draft.guessed(f"global_caption.{what}", f"{what}: {GUESSES[what]}")
    draft.losses[:] = dict.fromkeys(draft.losses)


def _local(shot: Data, window: _Window) -> Data:
    sounds = [
        sound | {"start_ms": sound["start_ms"] - window.start_ms, "end_ms": sound["end_ms"] - window.start_ms}
        for sound in shot.get("sounds", ())
    ]
    times = {"start_ms": shot["start_ms"] - window.start_ms, "end_ms": shot["end_ms"] - window.start_ms}
    return shot | times | ({"sounds": sounds} if "sounds" in shot else {})


def _numbered(letter: str, parts: Sequence[Data]) -> list[Data]:
    """The parts with their ids; those without, or with one that is in use, get the next free."""
    found: list[Data] = []
    taken: set[str] = set()
    known = {str(part["id"]) for part in parts if "id" in part}
    number = 0
    for part in parts:
        name = part.get("id")
        if name is None or name in taken:
            number += 1
            while f"{letter}{number}" in known | taken:
                number += 1
            name = f"{letter}{number}"
        taken.add(name)
        found.append(part | {"id": name})
    return found


def _lines(draft: Draft, window: _Window) -> list[Data]:
    """The lines that begin in a clip, with its times; none longer than it, none over another of its speaker."""
    found: list[Data] = []
    busy: dict[str, Data] = {}
    for line in sorted(draft.lines or (), key=lambda line: line["start_ms"]):
        if not window.start_ms <= line["start_ms"] < window.end_ms:
            continue
        start, end = line["start_ms"] - window.start_ms, line["end_ms"] - window.start_ms
        if end > window.length_ms:
            draft.changed("", "lines that go on beyond a clip end with it", "a line belongs to one clip")
            end = window.length_ms
        if end - start < MIN_LINE_MS:
            draft.changed("", f"lines of less than {MIN_LINE_MS} ms last so long")
            end = min(start + MIN_LINE_MS, window.length_ms)
            start = end - MIN_LINE_MS
        before = busy.get(line["role"])
        if before is not None and start < before["end_ms"]:
            draft.changed("", "a line ends where the same speaker's next one begins")
            if start - before["start_ms"] >= MIN_LINE_MS:
                before["end_ms"] = start
            else:
                start = before["end_ms"]
                end = max(end, start + MIN_LINE_MS)
        if end > window.length_ms:
            draft.losses.append(Loss(LossKind.LOST, "", _short(line), "the same speaker's lines leave no room for it"))
            continue
        new = line | {"start_ms": start, "end_ms": end}
        new.pop("clip", None)
        busy[line["role"]] = new
        found.append(new)
    return found


def _seen(shot: Data, lines: Sequence[Data]) -> list[str]:
    during = [
        line["role"]
        for line in lines
        if line["start_ms"] < shot["end_ms"] and shot["start_ms"] < line["end_ms"] and line.get("on_screen", True)
    ]
    return list(dict.fromkeys(during))
