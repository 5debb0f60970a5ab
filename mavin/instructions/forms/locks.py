"""Forms about locks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from mavin.caption import HierarchicalCaption
from mavin.edits import EditError, Lock, Operation, Script, Unlock, flat_of, lock_path
from mavin.instructions.forms.base import Match, rule
from mavin.instructions.naming import CUT, LINE, SHOT, Names, Unclear

_PARTS = (
    "camera|action|setting|title|words|text|times?|timing|interval|name|looks?|appearance|voice|delivery|sounds|roles"
)


@rule(r"(?P<verb>lock|unlock|freeze|unfreeze) (?P<what>.+?)")
def _lock(match: Match, script: Script) -> Sequence[Operation]:
    make: Callable[..., Operation] = Lock if match["verb"].lower() in {"lock", "freeze"} else Unlock
    found = []
    for name in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", match["what"].strip()):
        of = re.fullmatch(rf"(?:the\s+)?(?P<part>{_PARTS})\s+of\s+(?P<what>.+)", name, re.IGNORECASE)
        own = re.fullmatch(rf"(?P<what>.+?)[’']s?\s+(?P<part>{_PARTS})", name, re.IGNORECASE)
        inner = of or own
        path = _lockable(inner["what"] if inner else name, script.caption)
        try:
            found.append(
                make(path=lock_path(f"{path}.{inner['part'].lower()}" if inner else path, flat_of(script.caption)))
            )
        except EditError as error:
            raise Unclear(error.diagnostics[0].message) from None
    return found


def _lockable(name: str, caption: HierarchicalCaption) -> str:
    """The path of what a person calls so: a shot, a cut, a line, a role, or a path itself."""
    names = Names(caption)
    if re.fullmatch(r"[SLCX]\d+(?:\.\w+)*", name, re.IGNORECASE):
        head, dot, rest = name.partition(".")
        return head.upper() + dot + rest
    if re.fullmatch(CUT, name, re.IGNORECASE):
        return f"cuts.{names.cut(name).id}"
    if re.fullmatch(SHOT, name, re.IGNORECASE):
        return names.shot(name).id
    plain = re.sub(r"^the\s+", "", name, flags=re.IGNORECASE)
    for role in caption.roles:
        if role.name.strip().casefold() in (name.casefold(), plain.casefold()):
            return role.id
    if re.fullmatch(LINE, name, re.IGNORECASE):
        return names.line(name).id
    return plain
