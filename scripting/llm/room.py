"""How long an answer can get under its schema, so that nothing that the schema allows is cut off."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["longest_answer"]

_NUMBER_CHARACTERS = 24


def longest_answer(schema: dict[str, Any]) -> int | None:
    """Characters of the longest compact JSON that follows ``schema``, escapes apart; ``None`` if nothing bounds it.

    Knows what our questions are made of: objects with fixed fields, bounded lists and texts, ``enum``, ``const``,
    numbers, and ``anyOf``.
    """
    if "const" in schema:
        return len(json.dumps(schema["const"], ensure_ascii=False))
    if "enum" in schema:
        return max(len(json.dumps(value, ensure_ascii=False)) for value in schema["enum"])
    if "anyOf" in schema:
        return _largest([longest_answer(option) for option in schema["anyOf"]])
    match schema.get("type"):
        case "string" if "maxLength" in schema:
            return int(schema["maxLength"]) + 2
        case "integer" | "number" | "boolean" | "null":
            return _NUMBER_CHARACTERS
        case "array" if "maxItems" in schema and "items" in schema:
            item = longest_answer(schema["items"])
            return None if item is None else 2 + int(schema["maxItems"]) * (item + 1)
        case "object" if schema.get("additionalProperties") is False:
            fields = schema.get("properties", {})
            sizes = [longest_answer(field) for field in fields.values()]
            if any(size is None for size in sizes):
                return None
            return 2 + sum(len(name) + 4 + (size or 0) for name, size in zip(fields, sizes, strict=True))
    return None


def _largest(sizes: list[int | None]) -> int | None:
    known = [size for size in sizes if size is not None]
    return max(known) if len(known) == len(sizes) and known else None
