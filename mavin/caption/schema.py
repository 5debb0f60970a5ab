"""Captions as JSON: loading with upgrades, diagnostics instead of tracebacks, the JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Callable
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
    try:
        return HierarchicalCaption.model_validate_json(json.dumps(data | {"schema_version": SCHEMA_VERSION}))
    except ValidationError as error:
        raise InvalidCaptionError(validation_diagnostics(error)) from None


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


def validation_diagnostics(error: ValidationError) -> tuple[Diagnostic, ...]:
    """The findings inside a pydantic error, invariants one by one."""
    found: list[Diagnostic] = []
    for item in error.errors(include_url=False):
        if item["type"] == "caption_invariants":
            found += [Diagnostic.model_validate(raw) for raw in item["ctx"]["diagnostics"]]
            continue
        path = ".".join(str(step) for step in item["loc"])
        message = f"{path}: {item['msg']}" if path else item["msg"]
        if not isinstance(item["input"], dict | list | tuple) and item["type"] not in {"missing", "json_invalid"}:
            message += f", got {item['input']!r}"
        found.append(Diagnostic(code=item["type"], severity=Severity.ERROR, message=message, path=path or None))
    return tuple(found)


def json_schema() -> dict[str, Any]:
    """The published JSON Schema (2020-12) of the current caption version."""
    schema = HierarchicalCaption.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:mavin:hierarchical-caption:{SCHEMA_VERSION}",
        **schema,
    }
