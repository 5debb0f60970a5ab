"""What a model target's file says, read as the model's own program would read it."""

from __future__ import annotations

import csv
import io
import json
import shlex
from collections.abc import Iterator
from typing import Any

import yaml

from mavin.caption import HierarchicalCaption
from mavin.formats import FilmScript, Format, Kind, Written, formats

__all__ = ["TARGETS", "arguments", "exported", "rows", "strings", "words"]

TARGETS = {each.name: each for each in formats().values() if each.kind is Kind.MODEL}


def exported(target: str, caption: HierarchicalCaption) -> tuple[Any, Written]:
    """The data in a target's file, and the file with its losses."""
    written = TARGETS[target].export(FilmScript.of(caption))
    return parsed(TARGETS[target], written.content.decode()), written


def parsed(form: Format, text: str) -> Any:
    """The data in a file."""
    if form.suffix == ".json":
        return json.loads(text)
    if form.suffix == ".yaml":
        return yaml.safe_load(text)
    if form.suffix == ".csv":
        return rows(text)
    if form.suffix == ".sh":
        return arguments(text)
    assert form.suffix == ".txt"
    return text


def rows(text: str) -> list[dict[str, str]]:
    """Rows of a table by the names of its columns."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def arguments(text: str) -> dict[str, str]:
    """The options of a command."""
    words = shlex.split(text.replace(" \\\n", " "))
    assert words[:3] == ["torchrun", "generate.py", "$@"]
    names, values = words[3::2], words[4::2]
    assert all(name.startswith("--") for name in names)
    return {name.removeprefix("--"): value for name, value in zip(names, values, strict=True)}


def strings(data: Any) -> Iterator[str]:
    """All strings in data, in order."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from strings(value)


def words(data: Any) -> str:
    """All strings in data as one text."""
    return "\n".join(strings(data))
