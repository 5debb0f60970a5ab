"""Operations and steps in a few words: what histories, proposals and questions show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mavin.interval import format_seconds

__all__ = ["operation_words", "step_words"]


def step_words(op: Mapping[str, Any]) -> str:
    """What a step did, in a line."""
    kind = str(op.get("op", "?"))
    if kind == "edit":
        edits = op.get("edits") or [each for made in op.get("clips", {}).values() for each in made]
        words = "; ".join(operation_words(each) for each in edits[:4]) + ("; …" if len(edits) > 4 else "")
        asked = op.get("instruction")
        return f"“{asked}”: {words}" if asked else words
    if kind == "regenerate":
        hint = f": “{op['instruction']}”" if op.get("instruction") else ""
        return f"wrote {op.get('part', '?')} anew{hint}"
    if kind == "restore":
        return f"restored r{op.get('step', '?')}"
    known = {"by_hand": "changed by hand", "new": "made by hand", "write": "written"}
    return known.get(kind, kind.replace("_", " "))


def operation_words(op: Mapping[str, Any]) -> str:
    """An operation in a few words: ``retime line L1 to 1.9–2.5 s``."""
    words = [str(op.get("op", "?")).replace("_", " ")]
    words += [
        str(op[name]) for name in ("line", "sound", "role", "shot", "path", "other", "into", "after") if op.get(name)
    ]
    if isinstance(op.get("order"), list | tuple):
        words.append(", ".join(map(str, op["order"])))
    if isinstance(op.get("changes"), Mapping):
        words.append(", ".join(list(op["changes"])[:3]) + (", …" if len(op["changes"]) > 3 else ""))
    times = [op.get(name) for name in ("start_ms", "end_ms", "to_ms", "at_ms", "length_ms", "duration_ms")]
    shown = [format_seconds(time) for time in times if isinstance(time, int) and time >= 0]
    words += [f"to {'–'.join(shown)} s"] if shown else []
    words += [f"({op['mode']})"] if op.get("mode") not in (None, "roll") else []
    chosen = [str(op[name]).replace("_", " ") for name in ("size", "angle", "movement", "aspect") if op.get(name)]
    words += [f"to {', '.join(chosen)}"] if chosen else []
    if isinstance(op.get("roles"), list | tuple):
        words.append(f"in the picture: {', '.join(map(str, op['roles'])) or 'nobody'}")
    for name in ("name", "text", "action", "delivery", "image", "audio", "recording"):
        if op.get(name):
            value = " ".join(str(op[name]).split())
            words.append(f"“{value[:40]}{'…' if len(value) > 40 else ''}”")
    return " ".join(words)
