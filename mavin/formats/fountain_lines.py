"""Fountain made explicit: what the parser would take for another element is forced or guarded before it sees it.

    ÉLODIE            @ÉLODIE                 names in capitals of any alphabet
    Ext 5, please.    ⁠Ext 5, please.          words of a line or of a paragraph are no heading
    (sighs)           (sighs)
                                              an empty line ends what is said
    She goes.         !She goes.

The rules are those of the syntax page; a guard is a sign that nobody sees (U+2060).
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

__all__ = ["GUARD", "HEADING_MARK", "Page", "explicit", "one_line", "unguarded"]

GUARD = "\u2060"
HEADING_MARK = f"0{GUARD}"
"""Stands before a forced heading that begins with no Latin letter or digit: the parser knows no others."""

_TITLE_ENTRY = re.compile(r"[ \t]*([A-Za-z][A-Za-z0-9 ]*?)\s*:")
_TITLE_KEYS = frozenset(
    {
        "title",
        "credit",
        "author",
        "authors",
        "source",
        "notes",
        "draft date",
        "date",
        "contact",
        "copyright",
        "revision",
    }
)
_HEADING = re.compile(r"(?:INT|EXT|EST|INT\./EXT|INT/EXT|I/E)[. \t]", re.IGNORECASE)
_FADE = re.compile(r"(?:FADE IN|FADE OUT|(?:FADE|CUT) TO (?:BLACK|WHITE))\s*[.:]?", re.IGNORECASE)
_KNOWN_CUE = re.compile(r"[A-Z][^a-z]*?\s*(?:\(.*\))?(?:\s*\^\s*)?")
_KNOWN_TRANSITION = re.compile(r"[A-Z\s]+TO:")
_NEVER_A_CUE = tuple("!@.#=>~([*_")


@dataclass(frozen=True, slots=True)
class Page:
    """A screenplay as the parser gets it.

    Attributes:
        text: its lines, each marked as what it is; notes of others and what was cut out are not in it.
        had_notes: whether there were such notes.
        had_cuts: whether something was cut out.
    """

    text: str
    had_notes: bool
    had_cuts: bool


def explicit(text: str) -> Page:
    """The screenplay with every line marked as what it is, where the parser would not see it."""
    shown = _Shown(text.lstrip("\n"))
    return Page("\n".join(_Lines("".join(shown.parts)).read()), shown.had_notes, shown.had_cuts)


def unguarded(text: str) -> str:
    """Words without the guards."""
    text = text.replace(f"[{GUARD}[", "[[").replace(f"/{GUARD}*", "/*")
    return re.sub(f"^{GUARD}+|{GUARD}+$", "", text.strip(), flags=re.MULTILINE)


def one_line(text: str) -> str:
    """Words on one line, in which nothing begins a note or something that is cut out."""
    return re.sub(r"\[(?=\[)|/(?=\*)", lambda found: f"{found[0]} ", " ".join(text.split()))


class _Shown:
    """A text without the notes of others and what was cut out; openings that nothing closes are words."""

    def __init__(self, text: str) -> None:
        self.parts: list[str] = []
        self.had_notes = self.had_cuts = False
        self._starts_line = True
        done = 0
        ends = {mark: _Ahead(text, mark) for mark in ("*/", "]]", "\n\n")}
        for found in re.finditer(r"/\*|\[\[", text):
            if found.start() < done:
                continue
            is_note = found[0] == "[["
            end = ends["]]" if is_note else "*/"].after(found.end())
            gap = ends["\n\n"].after(found.end()) if is_note else None
            self._add(text[done : found.start()])
            if end is None or (gap is not None and gap < end):
                self._add(f"{found[0][0]}{GUARD}{found[0][1]}")
                done = found.end()
                continue
            done = end + 2
            if is_note and text.startswith("mavin:", found.end()):
                self._own(text[found.start() : done], text[done : done + 1])
                continue
            self.had_notes, self.had_cuts = self.had_notes or is_note, self.had_cuts or not is_note
            line_end = re.compile(r"[ \t]*\n").match(text, done)
            if self._starts_line and line_end:
                done = line_end.end()  # a line of its own leaves no empty one behind
            else:
                self._add(" ")
        self._add(text[done:])

    def _add(self, text: str) -> None:
        if text:
            self.parts.append(text)
            last = text.rpartition("\n")
            self._starts_line = not last[2].strip() and (bool(last[1]) or self._starts_line)

    def _own(self, note: str, following: str) -> None:
        """A note of ours, on a line of its own."""
        self._add("\n" * (not self._starts_line))
        self._add(note.replace("/*", f"/{GUARD}*"))
        self._add("\n" * (following not in {"\n", ""}))


class _Ahead:
    """Where a mark comes next; the text is gone through once however often that is asked."""

    def __init__(self, text: str, mark: str) -> None:
        self.text, self.mark, self.at = text, mark, -2

    def after(self, start: int) -> int | None:
        """Its next place, ``None`` if there is none."""
        if self.at != -1 and self.at < start:
            self.at = self.text.find(self.mark, start)
        return self.at if self.at >= 0 else None


class _Lines:
    """The lines in order, and what is known of those before."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.out: list[str] = []
        self.after_blank = True
        self.after_words = False
        self.said: str | None = None
        """In what somebody says: whether the last line was the ``cue``, a ``manner`` or ``words``."""
        self.unsaid = False
        """Whether a speaker said nothing, so that the parser would give the next paragraph to him."""

    def read(self) -> list[str]:
        """The lines as the parser gets them."""
        for number in range(self._title_page(), len(self.lines)):
            line = self.lines[number]
            if line.startswith("[[mavin:"):
                self.out.append(line)
            elif not line.strip():
                self._blank(line)
            else:
                following = self.lines[number + 1].strip() if number + 1 < len(self.lines) else ""
                self._line(line, following)
        return self.out

    def _title_page(self) -> int:
        """Takes the title page over; a value goes on in indented lines.  Returns where the rest begins."""
        page = itertools.takewhile(str.strip, self.lines)
        keys = {found[1].casefold() for line in page if (found := _TITLE_ENTRY.match(line))}
        if not keys & _TITLE_KEYS:
            self.out.append("")  # a paragraph with a colon is none
            return 0
        number = 0
        for number, line in enumerate(self.lines):  # noqa: B007 - needed behind the loop
            if not line.strip() or _FADE.fullmatch(line.strip()):
                break
            if _TITLE_ENTRY.match(line) and not re.match(r" {3}|\t", line):
                self.out.append(line)
            elif self.out and re.match(r" {3}|\t", line):
                if self.out[-1].rstrip().endswith(":") or re.match(r" {3}|\t", self.out[-1]):
                    self.out.append(line)
                else:
                    self.out[-1] += f" {line.strip()}"
            else:
                break
        else:
            number = len(self.lines)
        return number

    def _blank(self, line: str) -> None:
        goes_on = self.said is not None and re.fullmatch(" {2,}", line) is not None
        if not goes_on:
            self.unsaid = self.unsaid or self.said in {"cue", "manner"}
            self.said = None
        self.out.append("  " if goes_on else "")
        self.after_blank, self.after_words = True, False

    def _line(self, line: str, following: str) -> None:
        words = line.strip()
        if self.said is not None and not words.startswith(("!", "@", ">", "=")):
            self._said(line, words)
        else:
            self._other(line, words, following)
        self.after_blank = False

    def _said(self, line: str, words: str) -> None:
        if re.fullmatch(r"\(.*\)", words):
            if self.said == "manner":
                self.out[-1] = f"{self.out[-1].rstrip()[:-1]}, {words[1:]}"
            else:
                self.out.append(line)
            self.said = "manner" if self.said != "words" else "words"
            return
        if words.startswith("~"):
            if self.said == "cue":
                self.out.append("(singing)")
            elif self.said == "manner":
                self.out[-1] = f"{self.out[-1].rstrip()[:-1]}, singing)"
            words = line = words[1:].strip()
        if words.startswith("#") and not re.match(r"#+\d", words):
            self._other(line, words, "")
            return
        is_other = _HEADING.match(words) or words.startswith((".", "#")) or _FADE.match(words)
        self.out.append(GUARD + words if is_other else line)
        self.said = "words"

    def _other(self, line: str, words: str, following: str) -> None:
        self.said = None
        plain = False
        if words.startswith("@"):
            self.said = "cue"
        elif words.startswith("."):
            if re.match(r"\.[^\s.a-zA-Z0-9]", words):
                line = f".{HEADING_MARK}{words[1:]}"
        elif words.startswith(("!", "#", "=", ">", "~")):
            pass
        elif _FADE.fullmatch(words) and words == words.upper():
            line = f">{words}"
        elif _FADE.match(words):
            plain, line = True, GUARD + words
        elif _HEADING.match(words):
            # Behind a line of a paragraph only what is in capitals is meant as a heading.
            if self.after_words and words != words.upper():
                plain, line = True, GUARD + words
        elif self.after_blank and not following and words.endswith("TO:") and words == words.upper():
            line = line if _KNOWN_TRANSITION.fullmatch(words) else f">{words}"
        elif self.after_blank and following and _is_cue(words):
            line = line if _KNOWN_CUE.fullmatch(words) else f"@{words}"
            self.said = "cue"
        else:
            plain = True
            line = f"!{words}" if self.unsaid else line
        self.unsaid = False
        self.after_words = plain
        self.out.append(line)


def _is_cue(words: str) -> bool:
    """Whether a line is a name in capitals, as the syntax has speakers; its extension may be in any letters."""
    name = re.sub(r"\(.*\)|\^\s*$", "", words).strip()
    return (
        not name.startswith(_NEVER_A_CUE)
        and any(char.isupper() for char in name)
        and not any(char.islower() and char != "ß" for char in name)
        and not name.endswith("TO:")
    )
