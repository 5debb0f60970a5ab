"""A Fountain screenplay as a draft: our own with its ids and times, another's with guessed ones."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from mavin.facts.languages.numbers import language_of
from mavin.formats.drafts import Data, Draft
from mavin.formats.fountain_lines import HEADING_MARK, explicit, one_line, unguarded
from mavin.formats.losses import Loss, LossKind
from mavin.formats.script import FormatError
from mavin.formats.script_text.values import TIMES, Bad, read_time
from mavin.speech import natural_ms

__all__ = ["draft_of"]

_NOTE = re.compile(
    rf"mavin: (?P<clip>K[1-9]\d*)(?: (?P<part>[SL][1-9]\d*) {TIMES})?\s*(?P<rest>\{{.*\}})?\s*", re.DOTALL
)
_SECTION = re.compile(r"(?:K[1-9]\d*|S[1-9]\d*)(?:\s+(?P<title>.*))?")
_SAMPLE = 5_000
_LONGEST_SHOT_MS, _LONGEST_LINE_MS = 13_000, 9_000
_SHORTEST_SHOT_MS, _WORD_MS, _PAUSE_MS = 2_000, 300, 300
_OFF = re.compile(r"\b(?:O\.?\s?S|V\.?\s?O|O\.?\s?C)\b\.?|\boff(?:[ -]?screen)?\b", re.IGNORECASE)
_FORGOTTEN = {
    "Transition": "transitions",
    "PageBreak": "page breaks",
    "Lyric": "lyrics",
    "Synopsis": "synopses",
    "Section": "sections",
}


def draft_of(text: str, name: str) -> Draft:
    """What a screenplay holds.

    Raises:
        FormatError: if a note of ours is damaged.
    """
    from screenplay_tools.fountain.parser import Parser

    parser = Parser()
    page = explicit(text)
    parser.add_text(page.text)
    said = " ".join(str(each.text_raw) for each in parser.script.elements if type(each).__name__ == "Dialogue")
    draft = Draft(name, shots=[], lines=[], plain=_plain, plain_name=_plain)
    reader = _Reader(draft, parser.script, language_of(said[:_SAMPLE]))
    reader.read(had_notes=page.had_notes, had_cuts=page.had_cuts)
    return reader.draft


def _plain(text: str) -> str:
    return " ".join(text.split())


@dataclass
class _Reader:
    """One screenplay on its way to a draft."""

    draft: Draft
    script: Any
    language: str
    """Of what is said; how long it takes depends on it."""
    shot: Data | None = None
    line: Data | None = None
    noted: Data | None = None
    """What the note before a speaker told of the line."""
    title: str = ""
    setting: str = ""
    now: int = 0
    own: bool = False
    is_empty: bool = False
    """Whether nothing has happened yet behind the last heading of somebody else's scene."""
    offsets: dict[str, int] = field(default_factory=dict)

    def read(self, *, had_notes: bool, had_cuts: bool) -> None:
        """Reads everything; notes of others and what was cut out are gone already."""
        if had_notes:
            self._lost("notes")
        if had_cuts:
            self._lost("text that was cut out with /* */")
        for entry in self.script.titleEntries:
            if entry.key.casefold() == "title":
                self.draft.title = " ".join(_unmarked(entry.text).split()) or None
            elif entry.key.casefold() != "source":
                self._lost(f"the title page's {entry.key.casefold()}")
        for kind, text, element in self._pieces():
            self._piece(kind, text, element)
        self._end_line()
        self._end_scene()
        self._finish()

    def _pieces(self) -> Iterator[tuple[str, str, Any]]:
        """The elements in order, notes taken out of the words they stand in."""
        for element in self.script.elements:
            kind = type(element).__name__
            text = str(element.name if kind == "Character" else element.text_raw or "")
            last = 0
            for found in re.finditer(r"\[\[(\d+)\]\]", text):
                if int(found[1]) < len(self.script.notes):
                    if text[last : found.start()].strip():
                        yield kind, text[last : found.start()], element
                    yield "Note", str(self.script.notes[int(found[1])].text), element
                    last = found.end()
            if text[last:].strip() or (kind in {"Character", "PageBreak"} and not last):
                yield kind, text[last:], element

    def _piece(self, kind: str, text: str, element: Any) -> None:
        if kind not in {"Parenthetical", "Dialogue", "Note", "Lyric"}:
            self._end_line()
        if kind == "Note":
            self._note(text)
        elif kind == "Section":
            found = _SECTION.fullmatch(text.strip())
            self.title = (found["title"] or "").strip() if found else text.strip()
            if not found:
                self._lost("sections")
        elif kind == "SceneHeading":
            self._end_scene()
            self.setting = " ".join(_unmarked(text.removeprefix(HEADING_MARK)).split())
            if self.own and self.shot is not None and "setting" not in self.shot:
                self.shot["setting"] = self.setting
            elif not self.own:
                self.shot, self.is_empty = None, True
        elif kind == "Action":
            self._action(text, centered=bool(element.centered))
        elif kind == "Character":
            self._character(text, str(element.extension or ""), dual=bool(element.is_dual_dialogue))
        elif kind == "Parenthetical" and self.line is not None:
            words = " ".join(_unmarked(text).split())
            words += ")" * (words.count("(") - words.count(")"))  # the parser takes all of them off the end
            self._manner(self.line, words)
        elif kind in {"Dialogue", "Lyric"} and self.line is not None:
            words = " ".join(_unmarked(text).split())
            self.line["text"] = f"{self.line['text']} {words}" if self.line.get("text") else words
            if kind == "Lyric":
                self.line.setdefault("delivery", "singing")
        elif not (self.own and kind == "Synopsis"):
            self._lost(_FORGOTTEN.get(kind, "what is neither action nor dialogue"))

    @staticmethod
    def _manner(line: Data, words: str) -> None:
        line["delivery"] = f"{line['delivery']}, {words}" if line.get("delivery") else words

    def _end_scene(self) -> None:
        if self.is_empty:
            self._lost("scenes in which nothing happens")
        self.is_empty = False

    def _lost(self, what: str) -> None:
        self.draft.losses.append(Loss(LossKind.LOST, "", what, "a script has no place for it"))

    def _note(self, text: str) -> None:
        found = _NOTE.fullmatch(text.strip())
        if found is None:
            raise FormatError(
                f"{self.draft.name}: a note of MAVIN's was changed and cannot be read: [[{text.strip()[:60]}…]]. "
                "Put it back as it was, or take it away."
            )
        self._end_line()
        self.own = True
        try:
            rest = dict(json.loads(found["rest"] or "{}"))
            times = {"start_ms": read_time(found["start"]), "end_ms": read_time(found["end"])} if found["part"] else {}
        except (ValueError, Bad):
            raise FormatError(
                f"{self.draft.name}: the note of {found['clip']} {found['part'] or ''} was changed and cannot be read. "
                "Put it back as it was, or take it away."
            ) from None
        clip = found["clip"]
        if not found["part"]:
            self._begin_clip(clip, rest)
            return
        part: Data = {"id": found["part"], "clip": clip, **times}
        offset = self.offsets.setdefault(clip, self.now)
        part["start_ms"] += offset
        part["end_ms"] += offset
        if found["part"].startswith("S"):
            for sound in rest.get("sounds", ()):
                sound["start_ms"] += offset
                sound["end_ms"] += offset
            self.shot = part | {"title": self.title} | rest
            self.title = ""
            self.now = max(self.now, part["end_ms"])
            self._shots().append(self.shot)
        else:
            self.noted = part | rest

    def _begin_clip(self, clip: str, head: Data) -> None:
        self.offsets[clip] = self.now
        self.draft.heads[clip] = head
        known = {role["id"] for role in self.draft.roles}
        self.draft.roles += [dict(role) for role in head.get("roles", ()) if role["id"] not in known]
        shown = " ".join(_unmarked(one_line(head.get("title", ""))).split())
        if len(self.draft.heads) == 1 and self.draft.title in {shown, "Untitled"}:
            self.draft.title = head.get("title", self.draft.title)

    def _shots(self) -> list[Data]:
        assert self.draft.shots is not None
        return self.draft.shots

    def _lines(self) -> list[Data]:
        assert self.draft.lines is not None
        return self.draft.lines

    def _action(self, text: str, *, centered: bool) -> None:
        words = _unmarked(text)
        if self.own and self.shot is not None and "id" in self.shot:
            told = " ".join(words.split())
            self.shot["action"] = f"{self.shot['action']} {told}" if self.shot.get("action") else told
            return
        if centered:
            self._lost("centered text")
            return
        for paragraph in re.split(r"\n\s*\n", words):
            if re.search(r"\w", paragraph):
                self._new_shot(" ".join(paragraph.split()))

    def _new_shot(self, action: str) -> Data:
        length = max(_SHORTEST_SHOT_MS, min(_WORD_MS * len(action.split()), _LONGEST_SHOT_MS))
        self.shot = {"start_ms": self.now, "end_ms": self.now + length, "action": action, "said": 0}
        if self.setting:
            self.shot["setting"] = self.setting
        self.now += length
        self.is_empty = False
        self._shots().append(self.shot)
        return self.shot

    def _character(self, name: str, extension: str, *, dual: bool) -> None:
        self.line = self.noted or {}
        self.noted = None
        self.line["speaker"] = " ".join(_unmarked(name).split())
        off = _OFF.search(extension) is not None
        if "id" in self.line or off:
            self.line["on_screen"] = not off
        if "id" not in self.line:
            for part in re.split(r"\)\s*\(|[,;]", _OFF.sub("", extension)):
                if re.search(r"\w", part) and not re.fullmatch(r"\s*CONT[’']?D\.?\s*", part, re.IGNORECASE):
                    self._manner(self.line, part.strip())
        else:
            self.line.setdefault("delivery", "")
            self.line.setdefault("recording", None)
        if dual:
            self.draft.changed("", "lines that are said at the same time follow each other")

    def _end_line(self) -> None:
        line, self.line = self.line, None
        if line is None:
            return
        if not line.get("text"):
            self._lost("speakers who say nothing")
        elif "id" in line:
            self._lines().append(line)
        else:
            self._untimed(line)

    def _untimed(self, line: Data) -> None:
        """A line of somebody else's: as long as it takes to say, in parts if that is long, behind what was said."""
        for words in _breaths(line["text"], self.language):
            length = natural_ms(words, self.language)
            shot = self.shot
            if shot is None or (not self.own and self._said(shot) + length > _LONGEST_SHOT_MS):
                self.own = self.own and shot is not None
                shot = self._new_shot(f"{line['speaker']} speaks.")
                shot["people"] = [line["speaker"]] if line.get("on_screen", True) else []
            if "id" in shot:  # a line that was added to a shot of ours
                self._added(shot, line | {"text": words}, length)
                continue
            start = shot["start_ms"] + self._said(shot)
            shot["said"] = self._said(shot) + length + _PAUSE_MS
            shot["end_ms"] = max(shot["end_ms"], shot["start_ms"] + shot["said"])
            self.now = shot["end_ms"]
            self._lines().append(line | {"text": words, "start_ms": start, "end_ms": start + length})

    def _added(self, shot: Data, line: Data, length: int) -> None:
        """A line that somebody wrote into a shot of ours, behind those that are there."""
        inside = [each for each in self._lines() if shot["start_ms"] <= each["start_ms"] < shot["end_ms"]]
        start = max([shot["start_ms"], *(each["end_ms"] for each in inside)])
        self._lines().append(line | {"start_ms": start, "end_ms": start + length, "clip": shot["clip"]})

    @staticmethod
    def _said(shot: Data) -> int:
        return int(shot.get("said", 0))

    def _finish(self) -> None:
        for part in (*self._shots(), *self._lines()):
            part.pop("said", None)
            for each, (text, shown) in part.pop("as", {}).items():
                if part.get(each, "") == shown:
                    part[each] = text
        if any("id" not in part for part in (*self._shots(), *self._lines())):
            self.draft.guessed("", "times: as long as the action takes to read and the lines to say")
        for line in self._lines():
            names = {role["id"]: role["name"] for role in self.draft.roles}
            if "role" in line and names.get(line["role"]) == line.get("speaker"):
                line.pop("speaker")
            elif "role" in line and self.draft.heads:
                line.pop("role")
        if not self.draft.heads:
            for part in (*self._shots(), *self._lines()):
                part.pop("clip", None)
        self.draft.losses[:] = dict.fromkeys(self.draft.losses)


def _breaths(text: str, language: str) -> Iterator[str]:
    """The words in parts that each can be said in one breath."""
    part = ""
    for piece in re.findall(r"[^\s。！？，]+[。！？，]*\s*|[。！？，]+\s*", text):
        if part and natural_ms(part + piece, language) > _LONGEST_LINE_MS:
            stops = [found.end() for found in re.finditer(r"[.?!,;]\s|[。！？，]", part)]
            cut = stops[-1] if stops and stops[-1] > len(part) // 3 else len(part)
            yield part[:cut].strip()
            part = part[cut:]
        part += piece
    yield part.strip()


def _unmarked(text: str) -> str:
    """The words without marks of emphasis; marks behind a backslash are words."""
    text = unguarded(text)
    kept = re.sub(r"\\([*_\\])", lambda found: chr(0xE000 + ord(found[1])), text)
    kept = re.sub(r"(\*{1,3}|_)(?=\S)((?:(?!\1)[^\n])+?)(?<=\S)\1", r"\2", kept)
    kept = re.sub(r"(\*{1,3}|_)(?=\S)((?:(?!\1)[^\n])+?)(?<=\S)\1", r"\2", kept)
    return re.sub("[\ue02a\ue05f\ue05c]", lambda found: chr(ord(found[0]) - 0xE000), kept)
