"""Captions as JSON: loading with upgrades, diagnostics instead of tracebacks, the JSON Schema."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from mavin.caption.model import SCHEMA_VERSION, HierarchicalCaption
from mavin.diagnostics import Diagnostic, Severity
from mavin.errors import InvalidInputError

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]

UPGRADES: dict[int, Upgrade] = {}
"""Version n → the function that turns a caption of version n into one of version n + 1."""


class InvalidCaptionError(InvalidInputError):
    """A caption that breaks its invariants; ``diagnostics`` lists each of them."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        self.diagnostics = diagnostics
        super().__init__("This is not a valid caption: " + "; ".join(diagnostic.message for diagnostic in diagnostics))


def load_caption(source: str | bytes | dict[str, Any]) -> HierarchicalCaption:
    """Reads a caption of any known schema version.

    Args:
        source: JSON text or the object it holds.

    Raises:
        InvalidCaptionError: if it is no JSON object, is newer than this program, or breaks an invariant.
    """
    data = _parse(source)
    version = data.get("schema_version", SCHEMA_VERSION)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _invalid("schema_version", f"schema_version must be a whole number from 1, got {version!r}")
    if version > SCHEMA_VERSION:
        raise _invalid(
            "schema_version",
            f"schema_version must be at most {SCHEMA_VERSION}, got {version}: "
            "the caption was made by a newer mavin, so update this one",
        )
    for step in range(version, SCHEMA_VERSION):
        data = UPGRADES[step](data)
    data = data | {"schema_version": SCHEMA_VERSION}
    try:
        text = json.dumps(data)
    except (TypeError, ValueError, RecursionError) as error:
        raise _invalid("json", f"a caption must hold what JSON can, got something that it cannot ({error})") from None
    halves = tuple(_half_characters(data))
    if halves:
        raise InvalidCaptionError(halves)
    try:
        return HierarchicalCaption.model_validate_json(text)
    except ValidationError as error:
        raise InvalidCaptionError(validation_diagnostics(error, data)) from None


def _half_characters(data: dict[str, Any]) -> Iterator[Diagnostic]:
    """Lone surrogates, found here because the JSON parser would report them as broken JSON."""
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), data)]  # a stack: nesting may be deep
    while waiting:
        steps, value = waiting.pop()
        if isinstance(value, dict):
            found = [(str(key), item) for key, item in value.items()]
            waiting += [((*steps, key), item) for key, item in reversed(found)]
            texts = [key for key, _ in found]
        elif isinstance(value, list | tuple):
            waiting += [((*steps, number), item) for number, item in reversed(list(enumerate(value)))]
            continue
        else:
            texts = [value] if isinstance(value, str) else []
        for half in filter(None, (re.search("[\ud800-\udfff]", text) for text in texts)):
            message = f"text must not hold half a character, got U+{ord(half.group()):04X}"
            yield _finding("control_character", steps, message, data)


def _parse(source: str | bytes | dict[str, Any]) -> dict[str, Any]:
    if isinstance(source, dict):
        return source
    try:
        data = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise _invalid("json", f"a caption must be JSON, got text that is not ({error})") from None
    if not isinstance(data, dict):
        raise _invalid("json", f"a caption must be a JSON object, got {type(data).__name__}")
    return data


def _invalid(code: str, message: str) -> InvalidCaptionError:
    return InvalidCaptionError((Diagnostic(code=code, severity=Severity.ERROR, message=message),))


_SAY_WHAT_THEY_GOT = frozenset({"control_character", "empty_path", "empty_text", "interval_order"})
"""Codes of our own, whose messages end with the value already."""


def validation_diagnostics(error: ValidationError, data: Any = None) -> tuple[Diagnostic, ...]:
    """The findings inside a pydantic error, invariants one by one.

    Args:
        error: what pydantic raised.
        data: what was validated; with it, parts are named by their ids and not by their numbers.
    """
    found: list[Diagnostic] = []
    for item in error.errors(include_url=False):
        code = item["type"]
        if code == "caption_invariants":
            found += [Diagnostic.model_validate(raw) for raw in item["ctx"]["diagnostics"]]
            continue
        message = item["msg"]
        has_value = not isinstance(item["input"], dict | list | tuple) and code not in {"missing", "json_invalid"}
        if has_value and code not in _SAY_WHAT_THEY_GOT:
            message += f", got {item['input']!r}"
        found.append(_finding(code, item["loc"], message, data))
    return tuple(found)


def _finding(code: str, steps: Sequence[str | int], message: str, data: Any) -> Diagnostic:
    """A finding with its path and, in front of the message, the object and the field that it is about."""
    names, last = _names(steps, data)
    holder = names[last] if last is not None else ""
    field = ".".join(names if last is None else names[last + 1 :])
    if field:
        gap = " " if message.startswith("Input should ") else ": "
        message = f"{field}{gap}{message.removeprefix('Input ') if gap == ' ' else message}"
    if holder and not message.startswith(f"{holder} "):
        message = f"{holder}: {message}"
    return Diagnostic(code=code, severity=Severity.ERROR, message=message, path=".".join(names) or None)


def _names(steps: Sequence[str | int], data: Any) -> tuple[list[str], int | None]:
    """The steps of a path, list items by their ids as in ``shots.S2.end_ms``, and which of them is the last such id."""
    names: list[str] = []
    last = None
    for step in steps:
        name = None
        if isinstance(step, int) and isinstance(data, list | tuple) and step < len(data):
            name = _id_of(data[step])
            if [_id_of(item) for item in data].count(name) > 1:
                name = None  # which of the two can only be said by number
            data = data[step]
        else:
            data = data.get(step) if isinstance(data, dict) else None
        if name is not None:
            last = len(names)
        # A field's name may be anything, also what cannot be written as UTF-8.
        names.append(name or str(step).encode("utf-8", "backslashreplace").decode())
    return names, last


def _id_of(part: Any) -> str | None:
    """The id of a part, of an override that of its role; ``None`` if it is no id that could be given."""
    name = part.get("id", part.get("role")) if isinstance(part, dict) else None
    return name if isinstance(name, str) and re.fullmatch("[A-Z][1-9][0-9]*", name) else None


def json_schema() -> dict[str, Any]:
    """The published JSON Schema (2020-12) of the current caption version."""
    schema = HierarchicalCaption.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:mavin:hierarchical-caption:{SCHEMA_VERSION}",
        **schema,
    }
