"""The JSON Schema of captions: what editors complete by and other languages check against."""

from __future__ import annotations

import json

from mavin.caption import json_schema
from mavin.formats.registry import Format, Kind, Written
from mavin.formats.script import FilmScript

__all__ = ["FORMAT"]


def _write(script: FilmScript) -> Written:
    del script  # it is the same for every film
    return Written(json.dumps(json_schema(), ensure_ascii=False, indent=2).encode() + b"\n")


FORMAT = Format(
    name="json-schema",
    title="JSON Schema",
    kind=Kind.SCRIPT,
    suffix=".schema.json",
    media_type="application/schema+json",
    about="What a caption's JSON must look like; it holds nothing of this film.",
    carries=frozenset(),
    write=_write,
    is_general=True,
)
