"""What only a model can suspect: contradictions of meaning, confirmed by a counter-question (paper C.1).

    "possible"? ─no▶ "contradiction"? ─yes▶ which two parts? ─▶ do these two clash? ─yes▶ another order? ─▶ suspected
        yes: none          no: none          one and the same: none     no: not these         ◀── which other two? ──┘

Short questions with yes or no are what a small model answers best, so the story is asked about whole
before its parts are.  A weak or a lying model must not veto a good prompt: nothing here refuses unless
``strict`` asks for it or the person who is asked says so.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from mavin.diagnostics import Span
from mavin.facts import Facts
from mavin.facts.languages.english.grammar import PREPOSITIONS, find_verb, tokens_of
from mavin.ledger import Conflict, ConflictKind, ConflictOutcome, Decision
from prompts import (
    Context,
    CounterContext,
    OrderContext,
    PartsContext,
    ValidatorContext,
    render,
)
from scripting.agents.asking import beginning
from scripting.llm import LlmSession, Message, Question
from scripting.reordering import order_schema, retold, usable_order
from scripting.state import ScriptContext

__all__ = ["clashes", "story_parts", "suspicions"]

AGENT = "validator"

_EXAMPLES: tuple[tuple[str, tuple[str, int, int] | None], ...] = (
    ("A gardener finds an old key under a rose bush, and then opens a rusty gate.", None),
    ("A swimmer crosses the bone-dry pool, splashing water with each stroke.", ("logical", 1, 2)),
    ("A knight sleeps in a tent. In his dream he flies over the sea with wings of paper.", None),
    ("Tom sits in a café in Paris. In that same second, Tom climbs a tree in Kenya.", ("spatial", 1, 3)),
    ("The lamp is off. A girl presses the switch, and the lamp is on.", None),
    ("It is dawn on Monday, and in the same minute the guests sit at their Friday night supper.", ("temporal", 1, 2)),
    ("A wizard's ghost walks through the wall, winks, and turns a mouse into a horse.", None),
    ("Nina was born without arms. She waves with her left hand.", ("role", 1, 2)),
    ("His voice is honey, and every word he says stings.", None),
    ("Der Tisch ist leer und bleibt leer. Auf dem Tisch brennt eine Kerze.", ("logical", 1, 2)),
    ("La viuda abre la puerta y ríe; el perro corre al jardín.", None),
    ("他从没离开过村子，昨天他在巴黎爬上了铁塔。", ("logical", 1, 2)),
)
"""As many that hold as clash, in turn, so that neither answer is the usual one."""

_COUNTERED = (1, 2, 3, 4)
_PARTED = (7, 3)
"""Which of them also show the second and the third question."""

_PART = re.compile(
    r"(?<=[.!?;:,…])\s+|(?<=[。！？；，、：])|\s+(?=(?:and|but|while|y|e|et|und|mientras|während|tandis)\s)"
)
_MOST_PARTS = 14
_MOST_SUSPICIONS = 3
"""How many pairs a prompt's reader is shown at most; a small model is asked for one."""


def story_parts(prompt: str) -> tuple[Span, ...]:
    """The stretches of a prompt between its stops and links, at most fourteen, as the third question numbers them."""
    found, start = [], 0
    for stop in [*(match for match in _PART.finditer(prompt)), None]:
        end = stop.start() if stop is not None else len(prompt)
        words = prompt[start:end].strip(" \n\t,.;:，。、；：")
        if words:
            at = prompt.index(words, start)
            found.append(Span(start=at, end=at + len(words), text=words))
        start = stop.end() if stop is not None else end
    return tuple(found[:_MOST_PARTS])


def _pieces(prompt: str) -> tuple[Span, ...]:
    """The stretches of a prompt without stops, so that two can be quoted: "A dry fish swims | in burning ice"."""
    tokens = tokens_of(prompt)
    cuts = [token.start for token in tokens[1:] if token.lower in PREPOSITIONS]
    verb = find_verb(tokens)
    if not cuts and verb:
        cuts = [tokens[verb].start]
    if not cuts and len(tokens) > 1:
        cuts = [tokens[len(tokens) // 2].start]
    if not cuts and len(prompt.strip()) > 3:
        cuts = [len(prompt) // 2]  # scripts without spaces
    edges = [0, *cuts, len(prompt)]
    found = []
    for start, end in pairwise(edges):
        words = prompt[start:end].strip(" \n\t,.;:!?，。、；：！？")
        if words:
            at = prompt.index(words, start)
            found.append(Span(start=at, end=at + len(words), text=words))
    return tuple(found[:_MOST_PARTS])


@functools.cache
def _beginning() -> tuple[Message, ...]:
    """The beginning that all agents share, then twelve short stories and what is right to say of each."""
    turns: list[tuple[Context, Any]] = [
        (ValidatorContext(story), {"possible": clash is None}) for story, clash in _EXAMPLES
    ]
    for index in _COUNTERED:
        story, clash = _EXAMPLES[index]
        turns.append((CounterContext(story), {"contradiction": clash is not None}))
    for index in _PARTED:
        story, clash = _EXAMPLES[index]
        assert clash is not None
        parts = tuple(part.text for part in story_parts(story))
        turns.append((PartsContext(story, parts), dict(zip(("kind", "first", "second"), clash, strict=True))))
    messages = [*beginning()]
    for context, reply in turns:
        messages.append(Message("user", render(context)))
        messages.append(Message("assistant", json.dumps(reply)))
    return tuple(messages)


def _ask(session: LlmSession, key: str, asked: Context, fields: dict[str, Any], max_tokens: int = 16) -> Any:
    """The answer's fields, or ``None`` without an answer."""
    text = render(asked)
    story = getattr(asked, "story", "")
    schema = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    answer = session.ask(
        Question(
            AGENT,
            key,
            (*_beginning(), Message("user", text)),
            schema,
            max_tokens=max_tokens,
            temperature=0.0,  # a verdict, nothing to be inventive about
            shared=text.find(story) + len(story),
        )
    )
    return answer.data if answer is not None else None


def suspicions(context: ScriptContext) -> list[Conflict]:
    """The conflicts that the model suspects, each with its outcome."""
    if not context.session.available:
        return []
    prompt = context.facts.prompt
    if not _contradicts(context, prompt, "validate"):
        return []
    parts = story_parts(prompt)
    facts = context.facts
    asked = [*(fact.span for fact in facts.durations), *(fact.span for fact in facts.counts)]
    asked += [item.span for item in facts.dropped]
    told = tuple(part for part in parts if not _only_asks(part, asked))
    parts = told if len(told) > 1 else parts
    parts = parts if len(parts) > 1 else _pieces(prompt)
    if len(parts) < 2:
        return []  # one word contradicts nothing
    kinds = [kind.value for kind in ConflictKind if kind is not ConflictKind.STRUCTURE]
    number = {"type": "integer", "minimum": 1, "maximum": len(parts)}
    fields = {"kind": {"type": "string", "enum": kinds}, "first": number, "second": number}
    texts = tuple(part.text for part in parts)
    pairs: list[tuple[int, int]] = []
    conflicts: list[Conflict] = []
    for _ in range(1 if context.session.small else _MOST_SUSPICIONS):
        key = f"validate.parts.{len(pairs) + 1}" if pairs else "validate.parts"
        found = _ask(context.session, key, PartsContext(prompt, texts, tuple(pairs)), fields, 32)
        pair = tuple(sorted((found["first"], found["second"]))) if found is not None else (0, 0)
        if found is None or pair[0] == pair[1] or pair in pairs:
            break  # evidence that is one and the same, or is told again, is no evidence
        pairs.append((pair[0], pair[1]))
        spans = (parts[pair[0] - 1], parts[pair[1] - 1])
        if context.session.small and _about_others(spans, facts):
            continue
        # Not asked of a small model, which affirms planted and innocent pairs alike (benchmarks/small_model.md).
        key = f"validate.counter.{len(pairs)}"
        if not context.session.small and not clashes(context.session, prompt, spans[0].text, spans[1].text, key):
            continue
        conflicts.append(_settled(context, ConflictKind(found["kind"]), spans))
        if conflicts[-1].outcome is not ConflictOutcome.SUSPECTED:
            break  # it is refused, or will be told in another order
    return conflicts


def _about_others(spans: tuple[Span, Span], facts: Facts) -> bool:
    """Whether two parts tell of different people or things, where a small model sees clashes that are none.

    Of the benchmark's 32 planted pairs one is like that, of the default model's false ones most are.
    """
    told = [
        {
            key
            for event in facts.events
            if event.span.start < span.end and span.start < event.span.end
            for key in event.roles
        }
        for span in spans
    ]
    return bool(told[0]) and bool(told[1]) and not told[0] & told[1]


def clashes(session: LlmSession, story: str, first: str, second: str, key: str = "validate.counter.1") -> bool:
    """Whether the model stands by its evidence when both phrases are held before it."""
    asked = CounterContext(story, first, second)
    answer = _ask(session, key, asked, {"contradiction": {"type": "boolean"}})
    return answer is not None and bool(answer["contradiction"])


def _only_asks(part: Span, asked: Sequence[Span]) -> bool:
    """Whether a part is but a wish about the film, which contradicts nothing that is told: "In three shots"."""
    inside = [span for span in asked if part.start <= span.start and span.end <= part.end]
    spoken = sum(len(span.text) for span in inside)
    return bool(inside) and spoken * 2 >= len(part.text)


def _contradicts(context: ScriptContext, story: str, key: str) -> bool:
    """Whether the model says so twice, asked both ways round; no answer speaks for the user."""
    truth = {"type": "boolean"}
    possible = _ask(context.session, key, ValidatorContext(story), {"possible": truth})
    if possible is None or possible["possible"]:
        return False
    counter = _ask(context.session, f"{key}.counter", CounterContext(story), {"contradiction": truth})
    return counter is not None and bool(counter["contradiction"])


def _settled(context: ScriptContext, kind: ConflictKind, spans: tuple[Span, ...]) -> Conflict:
    order = _better_order(context, spans)
    explanation = "The model suspects that these cannot both be filmed."
    if order:
        explanation += " Told in another order they could."
    conflict = Conflict(
        kind=kind,
        spans=spans,
        explanation=explanation,
        outcome=ConflictOutcome.SUSPECTED,
        by="model",
        suggestion=retold(context.facts, order) if order else "",
        order=order or (),
    )
    if context.decide is not None:
        decision = context.decide(conflict)
        if decision is Decision.STOP:
            return _decided(conflict, ConflictOutcome.REFUSED, "You chose to stop.")
        if decision is Decision.REORDER and order:
            return _decided(conflict, ConflictOutcome.REORDERED, "You chose that order.")
    elif context.request.strict:
        if order:
            return _decided(conflict, ConflictOutcome.REORDERED, "")
        return _decided(conflict, ConflictOutcome.REFUSED, "A strict run refuses what is only suspected.")
    return conflict


def _decided(conflict: Conflict, outcome: ConflictOutcome, why: str) -> Conflict:
    explanation = f"{conflict.explanation} {why}".strip()
    return conflict.model_copy(update={"outcome": outcome, "explanation": explanation})


def _better_order(context: ScriptContext, spans: tuple[Span, ...]) -> tuple[int, ...] | None:
    """An order of the events in which, says the model, the story holds."""
    facts = context.facts
    if len(spans) < 2 or len(facts.events) < 2 or facts.labels or context.request.clips is not None:
        return None
    told = tuple(event.span.text for event in facts.events)
    asked = OrderContext(facts.prompt, spans[0].text, spans[1].text, told)
    schema = {"order": order_schema(len(told))}
    answer = _ask(context.session, "validate.order", asked, schema, 8 + 6 * len(told))
    order = usable_order(answer["order"], facts) if answer is not None else None
    if order is None or _contradicts(context, retold(facts, order), "validate.order.check"):
        return None
    return order
