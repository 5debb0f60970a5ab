"""The values of a script's text: plain where they can be, else quoted as JSON; times; notes behind a speaker."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from mavin.interval import parse_seconds

__all__ = [
    "LANGUAGE",
    "TIMES",
    "Bad",
    "Notes",
    "quoted",
    "read_notes",
    "read_string",
    "read_time",
    "read_value",
    "write_notes",
    "write_value",
]

TIMES = r"(?P<start>\d[\d.,]*)\s*s?\s*(?:[-–—]|to)\s*(?P<end>\d[\d.,]*)\s*s(?![\w.])"
"""An interval such as ``1.9–2.5s``."""
LANGUAGE = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"

_DECODER = json.JSONDecoder(strict=False)


class Bad(Exception):  # noqa: N818 - never leaves the reader
    """Something that cannot be read; ``offset`` counts characters from where reading began."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message


def quoted(text: str) -> str:
    """A text in straight quotation marks."""
    return json.dumps(text, ensure_ascii=False)


def write_value(text: str, avoid: str = "") -> str:
    """A text as it is, or in quotation marks where it would not come back so.

    Args:
        text: the text.
        avoid: characters that would end it where it stands.
    """
    plain = text and text == text.strip() and text[0] not in '"“' and not re.search(r"[\n\t]", text)
    return text if plain and not any(char in text for char in avoid) else quoted(text)


def read_value(text: str) -> str:
    """The text that :func:`write_value` wrote.

    Raises:
        Bad: if it begins with a quotation mark and does not end with one.
    """
    text = text.strip()
    if not text.startswith('"'):
        return text
    value, end = read_string(text)
    if end != len(text):
        raise Bad(end, f"nothing behind the closing quotation mark, got {text[end:].strip()[:20]!r}")
    return value


def read_string(text: str) -> tuple[str, int]:
    """A text in quotation marks, straight (with JSON's escapes) or curly, and the offset behind it.

    Raises:
        Bad: if there is none.
    """
    if text.startswith("“"):
        end = text.find("”")
        if end < 0:
            raise Bad(len(text), "a closing quotation mark ”")
        return text[1:end], end + 1
    if not text.startswith('"'):
        raise Bad(0, f"the words in quotation marks, got {text[:20]!r}" if text else "the words in quotation marks")
    try:
        value, end = _DECODER.raw_decode(text)
    except json.JSONDecodeError as error:
        if "escape" in error.msg.lower():
            raise Bad(error.pos, 'an escape such as \\" or \\\\ behind a backslash') from None
        raise Bad(len(text), 'a closing quotation mark "; one inside the words is written \\"') from None
    return str(value), end


def read_time(text: str) -> int:
    """Seconds with at most three decimals, as milliseconds.

    Raises:
        Bad: if they are not that.
    """
    if re.search(r"[.,]\d{4,}", text):
        raise Bad(0, f"a time with at most three decimals, got {text}")
    try:
        return parse_seconds(text)
    except ValueError:
        raise Bad(0, f"a time in seconds such as 1.9, got {text}") from None


@dataclass(frozen=True, slots=True)
class Notes:
    """What stands in parentheses behind a speaker."""

    delivery: str = ""
    on_screen: bool = True
    language: str | None = None
    recording: str | None = None


def write_notes(notes: Notes) -> str:
    """The notes with their parentheses and a blank before, or nothing."""
    found = []
    if notes.delivery:
        keyword = re.fullmatch(rf"off screen|in {LANGUAGE}|from .*", notes.delivery, re.IGNORECASE | re.DOTALL)
        found.append(quoted(notes.delivery) if keyword else write_value(notes.delivery, ';()"'))
    found += [] if notes.on_screen else ["off screen"]
    found += [f"in {notes.language}"] if notes.language else []
    found += [f"from {write_value(notes.recording, ';()')}"] if notes.recording else []
    return f" ({'; '.join(found)})" if found else ""


def read_notes(text: str) -> tuple[Notes, int]:
    """The notes of a text that begins with their parenthesis, and the offset behind it.

    Raises:
        Bad: if they do not end or say something twice.
    """
    found: dict[str, str | bool] = {}
    at = 1
    while True:
        at += len(text[at:]) - len(text[at:].lstrip())
        prefix = "from " if text[at:].startswith("from ") else ""
        start = at
        at += len(prefix)
        if text[at : at + 1] == '"':
            value, length = read_string(text[at:])
            literal = not prefix
            at += length
            at += len(text[at:]) - len(text[at:].lstrip())
        else:
            end = re.search(r"[;)]", text[at:])
            if end is None:
                raise Bad(len(text), "a closing parenthesis behind the notes")
            value, literal = text[at : at + end.start()].strip(), False
            at += end.start()
        if prefix:
            field, kept = "recording", value
        elif not literal and value == "off screen":
            field, kept = "on_screen", ""
        elif not literal and re.fullmatch(rf"in {LANGUAGE}", value):
            field, kept = "language", value[3:]
        else:
            field, kept = "delivery", value
        if value or literal:
            if field in found:
                raise Bad(start, f"one {field.replace('_', ' ')} in the notes, got another: {value[:30]!r}")
            found[field] = kept
        if text[at : at + 1] == ")":
            break
        if text[at : at + 1] != ";":
            raise Bad(at, "; or ) behind a note")
        at += 1
    notes = Notes(
        delivery=str(found.get("delivery", "")),
        on_screen="on_screen" not in found,
        language=str(found["language"]) if "language" in found else None,
        recording=str(found["recording"]) if "recording" in found else None,
    )
    return notes, at + 1
