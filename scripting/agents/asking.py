"""How agents ask: one shared static beginning with a worked example, then their own question.

[system][example: scene ✓][example: cast ✓][example: shot ✓][example: validator ✓][this story + question]
└────────────────────── the same for every agent and every shot ─────────────────┘
"""

from __future__ import annotations

import functools
import json
from typing import Any

from prompts import (
    CastContext,
    Context,
    RoleContext,
    SceneContext,
    ShotContext,
    SystemContext,
    ValidatorContext,
    render,
)
from scripting.llm import Message, Question

__all__ = ["EXAMPLES", "question", "text_field"]

_STORY = "A gardener finds an old key under a rose bush, and then opens a rusty gate."
_SCENE = {
    "setting": "A walled garden with mossy stone paths and climbing roses, low golden sun",
    "style": "Warm painterly colours, shallow focus",
    "ambience": "Bees and faint wind in hedges",
}
_CAST = {
    "C1": {
        "appearance": "A stooped woman of sixty with white braids, a green apron and muddy boots",
        "voice": "Low, dry and patient",
    }
}
_SHOT = {
    "detail": "Soil-stained fingers brush dead leaves aside and lift something dark and heavy into the light.",
    "sound": "dry leaves scraping",
    "size": "close_up",
    "movement": "dolly_in",
}
EXAMPLES = (*_SCENE.values(), *_CAST["C1"].values(), _SHOT["detail"], _SHOT["sound"])
"""Phrases of the worked example, which must not come back as answers."""


@functools.cache
def _beginning() -> tuple[Message, ...]:
    event = "A gardener finds an old key under a rose bush"
    turns: tuple[tuple[Context, Any], ...] = (
        (ValidatorContext(_STORY), {"kind": "none", "first": "", "second": ""}),
        (SceneContext(_STORY, "en"), _SCENE),
        (CastContext(_STORY, "en", (RoleContext("C1", "Gardener", "A gardener", "female"),)), _CAST),
        (
            ShotContext(
                _STORY, "en", 1, 2, event, _SCENE["setting"], ("Gardener",), (), "The gardener opens a rusty gate"
            ),
            _SHOT,
        ),
    )
    messages = [Message("system", render(SystemContext()))]
    for context, answer in turns:
        messages.append(Message("user", render(context)))
        messages.append(Message("assistant", json.dumps(answer, ensure_ascii=False)))
    return tuple(messages)


def question(
    agent: str, key: str, context: Context, fields: dict[str, Any], *, max_tokens: int = 256, attempt: int = 0
) -> Question:
    """A question with its request's own schema: an object with exactly these fields, in this order."""
    schema = {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }
    text = render(context)
    # The story opens every prompt, so an embedded model reads it once for all questions.
    story = getattr(context, "story", "")
    shared = text.find(story) + len(story)
    return Question(
        agent=agent,
        key=key,
        messages=(*_beginning(), Message("user", text)),
        schema=schema,
        max_tokens=max_tokens,
        attempt=attempt,
        shared=max(0, shared),
    )


def text_field(characters: int) -> dict[str, Any]:
    """Schema of a short text; the bound keeps a looping model from filling its budget."""
    return {"type": "string", "minLength": 1, "maxLength": characters}
