"""How the editor agent asks: the rules and three worked examples, then one small question."""

from __future__ import annotations

import functools
import json
import re
from typing import Any

from mavin.diagnostics import Diagnostic
from mavin.instructions import QUOTED
from prompts import EditorChoiceContext, EditorContext, EditorSystemContext, render
from scripting.contracts import problem, similarity
from scripting.editor.kinds import Ask, Kind, Task, quoted_in
from scripting.llm import Message, Question
from scripting.llm.session import LlmSession

__all__ = ["AGENT", "MAX_ATTEMPTS", "ask_new", "question_of", "story_of"]

AGENT = "editor"
MAX_ATTEMPTS = 3
"""Askings of one question, the first one counted; a small model that failed twice fails a third time."""


def ask_new(kind: Kind, ask: Ask, task: Task, session: LlmSession, key: str) -> tuple[Any, tuple[str, ...]]:
    """The new words of one part, asked for until they keep their contract; else ``None`` and what was wrong."""
    assert task.schema is not None
    problems: tuple[str, ...] = ()
    for attempt in range(2 if session.small else MAX_ATTEMPTS):
        asked = EditorContext(
            story_of(ask), ask.caption.language, ask.clause, task.subject, task.old, task.wish, ask.earlier, problems
        )
        answer = session.ask(question_of(f"{key}.{task.key}", asked, {"new": task.schema}, 90, attempt))
        if answer is None:
            break
        value = kind.settled(ask, task, answer.data["new"])
        found = (
            [*kind.check(ask, task, value), *_copied(value, task), *_quotes(value, ask, task)] if value else [_empty()]
        )
        if not found:
            return value, ()
        problems = tuple(item.message for item in found)
    return None, problems


def _quotes(value: Any, ask: Ask, task: Task) -> list[Diagnostic]:
    """Speech is the person's to give: no words in quotation marks but theirs."""
    if not isinstance(value, str) or (task.schema or {}).get("enum"):
        return []
    said = [match[0][1:-1] for match in re.finditer(QUOTED, value)]
    if all(words in quoted_in(ask.clause) for words in said):
        return []
    return [problem("speech", "It must not hold words in quotation marks: nobody says anything here.", "")]


def _empty() -> Diagnostic:
    return problem("empty", "It had no words.", "")


def story_of(ask: Ask) -> str:
    """What the film is about, as far as a question has room for it."""
    return ask.caption.global_caption.storyline[:1200]


_EXAMPLE = "A gardener finds an old key under a rose bush and opens a rusty gate. Her brother Ned watches from a bench."
_EXAMPLES = (
    (
        "let it be foggy", "the place of shot S1", "A walled garden with mossy stone paths, low golden sun",
        "the place in one phrase of at most 18 words: keep the place itself, change what the director says",
        "A walled garden with mossy stone paths in thick grey fog",
    ),
    (
        "Ned should wear a straw hat", "how Ned looks", "a thin man of forty in a brown waistcoat",
        "the looks in one phrase of at most 24 words: keep all of them, change or add only what the director says",
        "a thin man of forty in a brown waistcoat and a straw hat",
    ),
    (
        "the second shot should be more tense", "what happens in shot S2 (Gardener, Ned in the picture)",
        "The gardener opens the rusty gate and Ned watches her.",
        "what happens now, in one or two sentences of at most 28 words in the present tense, so that a camera can see "
        "it; the same people, no speech",
        "The gardener forces the rusty gate open inch by inch. Ned rises from the bench and grips its back.",
    ),
)  # fmt: skip


@functools.cache
def _beginning() -> tuple[Message, ...]:
    """The rules and three worked examples, the same for every question so that it is read once."""
    messages = [Message("system", render(EditorSystemContext()))]
    for said, subject, old, wish, answer in _EXAMPLES:
        messages.append(Message("user", render(EditorContext(_EXAMPLE, "en", said, subject, old, wish))))
        messages.append(Message("assistant", json.dumps({"new": answer})))
    return tuple(messages)


def _copied(value: Any, task: Task) -> list[Diagnostic]:
    if not isinstance(value, str) or (task.schema or {}).get("enum"):
        return []
    if any(similarity(value, answer) > 0.8 and similarity(task.old, answer) < 0.5 for *_, answer in _EXAMPLES):
        return [problem("copied_example", "It was copied from the example. Look at this film.", "")]
    return []


def question_of(
    key: str,
    context: EditorContext | EditorChoiceContext,
    fields: dict[str, Any],
    max_tokens: int,
    attempt: int = 0,
) -> Question:
    """A question whose answer is an object with exactly these fields."""
    schema = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    text = render(context)
    shared = max(0, text.find(context.story) + len(context.story))
    messages = (*_beginning(), Message("user", text))
    return Question(AGENT, f"edit.{key}", messages, schema, max_tokens, attempt, shared=shared)
