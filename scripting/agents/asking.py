"""How agents ask: one shared static beginning with a worked example, then their own question.

[system][example: scene ✓][cast ✓][shots ✓✓][this story + question]
└────────────────────── the same for every agent and every shot ─────────────────┘
"""

from __future__ import annotations

import functools
import json
from typing import Any

from mavin.facts import Facts
from prompts import (
    CastContext,
    Context,
    RoleContext,
    SceneContext,
    ShotContext,
    SystemContext,
    render,
)
from scripting.llm import Message, Question

__all__ = ["EXAMPLES", "beginning", "question", "story_told", "text_field"]

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
_SHOTS = (
    (
        "A gardener finds an old key under a rose bush",
        "one surface or object in close view",
        {
            "detail": "Damp soil clings to her fingertips and to the worn teeth of the dark key.",
            "sound": "dry leaves scraping",
            "movement": "dolly_in",
        },
    ),
    (
        "The gardener opens a rusty gate",
        "what stands and lies around her and how the light falls on it",
        {
            "detail": "Ivy hangs from the stone arch, and dusty sunlight falls through the iron bars.",
            "sound": "rusty hinges creaking",
            "movement": "static",
        },
    ),
)
_MOVEMENTS = ("dolly_in", "static")
EXAMPLES = (
    *_SCENE.values(),
    *_CAST["C1"].values(),
    *(_answer[name] for _, _, _answer in _SHOTS for name in ("detail", "sound")),
)
"""Phrases of the worked example, which must not come back as answers."""


@functools.cache
def beginning() -> tuple[Message, ...]:
    """What every agent is told first: the rules and one story worked through."""
    turns: list[tuple[Context, Any]] = [
        (SceneContext(_STORY, "en"), _SCENE),
        (CastContext(_STORY, "en", (RoleContext("C1", "Gardener", "A gardener", "female"),)), _CAST),
    ]
    for number, (event, focus, answer) in enumerate(_SHOTS, start=1):
        later = tuple(item[0] for item in _SHOTS[number:])
        shot = ShotContext(_STORY, "en", number, len(_SHOTS), event, _SCENE["setting"], focus, _MOVEMENTS, (), later)
        turns.append((shot, answer))
    messages = [Message("system", render(SystemContext()))]
    for context, reply in turns:
        messages.append(Message("user", render(context)))
        messages.append(Message("assistant", json.dumps(reply, ensure_ascii=False)))
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
        messages=(*beginning(), Message("user", text)),
        schema=schema,
        max_tokens=max_tokens,
        attempt=attempt,
        shared=max(0, shared),
    )


def story_told(facts: Facts) -> str:
    """The prompt as a model is shown it: without what speaks to the tool or of the film."""
    text = facts.prompt
    for item in sorted(facts.dropped, key=lambda item: -item.span.start):
        text = text[: item.span.start] + text[item.span.end :]
    return text.strip() or facts.prompt


def text_field(characters: int) -> dict[str, Any]:
    """Schema of a short text; the bound keeps a looping model from filling its budget."""
    return {"type": "string", "minLength": 1, "maxLength": characters}
