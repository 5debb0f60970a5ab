"""Another word about a proposal: which of it is kept, by number or by what it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from mavin.caption import HierarchicalCaption
from mavin.edits import parse_edit
from scripting.editor.scope import Scope, scope_of
from scripting.editor.topics import Topic, topics_in

__all__ = ["kept_of", "leaves_alone"]

_ONLY = re.compile(
    r"^\s*(?:no[,;]?\s+)?(?:but\s+)?(?:only|just|nothing but|keep only)\s+(?:in\s+|for\s+)?(?P<what>.+?)[\s.!]*$",
    re.IGNORECASE,
)
_WITHOUT = re.compile(
    r"^\s*(?:no[,;]?\s+)?(?:but\s+)?(?:without|not(?:\s+in|\s+for)?|drop|skip|leave out|except)\s+"
    r"(?P<what>.+?)[\s.!]*$|"
    r"^\s*(?:but\s+)?(?:leave|keep)\s+(?P<left>.+?)\s+(?:as (?:it|they|he|she) (?:is|are|was|were)|alone|unchanged)"
    r"[\s.!]*$",
    re.IGNORECASE,
)


def kept_of(words: str, made: Sequence[Mapping[str, Any]], caption: HierarchicalCaption) -> list[dict[str, Any]] | None:
    """What is left of a proposal after words such as "only in S2", "without 2", "leave the camera as it is".

    ``None`` where the words are no choice among what is proposed, or would leave nothing of it.
    """
    only, without = _ONLY.match(words), _WITHOUT.match(words)
    if only is None and without is None:
        return None
    what = only["what"] if only is not None else (without["what"] or without["left"] if without is not None else "")
    chosen = _meant(what, made, caption)
    if not chosen:
        return None
    left = [dict(item) for index, item in enumerate(made) if (index in chosen) == (only is not None)]
    return left or None


def _meant(what: str, made: Sequence[Mapping[str, Any]], caption: HierarchicalCaption) -> set[int]:
    numbers = re.fullmatch(r"(?:number\s+|operation\s+)?\d+(?:\s*(?:,|and|&)\s*\d+)*", what.strip(), re.IGNORECASE)
    if numbers is not None:
        return {int(each) - 1 for each in re.findall(r"\d+", what) if 1 <= int(each) <= len(made)}
    scope, topics = scope_of(what, caption), topics_in(what)
    named = {*scope.shots, *scope.lines, *scope.roles}
    found = set()
    for index, item in enumerate(made):
        parts = set(re.findall(r"\b[SLCX]\d+\b", str(parse_edit(item["op"]).model_dump())))
        homes = {caption.shot_at(line.start_ms).id for line in caption.dialogue if line.id in parts}
        roles = {line.role for line in caption.dialogue if line.id in parts}
        topic = item["key"].split(".")[0]
        if (parts | homes | roles) & named or (topic and Topic(topic) in topics):
            found.add(index)
    return found


def leaves_alone(clause: str, scope: Scope, caption: HierarchicalCaption) -> Scope:
    """A scope without what a clause excepts: "set it at night, but not in shot 2"."""
    told = re.search(
        r"\b(?:but not|except|without touching|not)\s+(?:in\s+|for\s+)?(?P<what>.+)$", clause, re.IGNORECASE
    )
    if told is None:
        return scope
    out = scope_of(told["what"], caption)
    if not (out.shots or out.lines or out.roles):
        return scope
    inside = scope_of(clause[: told.start()], caption)
    shots = tuple(each for each in inside.shots or tuple(shot.id for shot in caption.shots) if each not in out.shots)
    roles = tuple(each for each in inside.roles if each not in out.roles)
    return replace(inside, shots=shots if out.shots else inside.shots, roles=roles)
