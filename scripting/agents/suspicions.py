"""What only a model can suspect: contradictions of meaning, with evidence and a counter-question (paper C.1).

    question ─▶ two quoted places ─▶ both in the prompt? ─▶ counter-question ─▶ another order? ─▶ suspected
                                          no: dropped        "possible": dropped

A weak or a lying model must not veto a good prompt, so nothing here refuses unless ``strict`` asks for it
or the person who is asked says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from mavin.diagnostics import Span
from mavin.ledger import Conflict, ConflictKind, ConflictOutcome, Decision
from prompts import CounterContext, OrderContext, ValidatorContext
from scripting.agents.asking import question, story_told
from scripting.reordering import order_schema, retold, usable_order
from scripting.state import ScriptContext

__all__ = ["suspicions"]

AGENT = "validator"


def suspicions(context: ScriptContext) -> list[Conflict]:
    """The conflicts that the model suspects, each with its outcome."""
    session, facts = context.session, context.facts
    if not session.available or len(facts.events) + len(facts.quotes) < 2:
        return []
    kinds = [kind.value for kind in ConflictKind if kind is not ConflictKind.STRUCTURE]
    phrase = {"type": "string", "maxLength": 160}
    fields = {"kind": {"type": "string", "enum": ["none", *kinds]}, "first": phrase, "second": phrase}
    answer = session.ask(question(AGENT, "validate", ValidatorContext(story_told(facts)), fields, max_tokens=160))
    if answer is None or answer.data["kind"] == "none":
        return []
    first, second = (_span_of(facts.prompt, answer.data[name]) for name in ("first", "second"))
    if first is None or second is None or (first.start < second.end and second.start < first.end):
        return []  # evidence that is not in the prompt, or is one and the same, is no evidence
    if _possible(context, story_told(facts), first, second, "validate.counter"):
        return []
    return [_settled(context, ConflictKind(answer.data["kind"]), first, second)]


def _possible(context: ScriptContext, story: str, first: Span, second: Span, key: str) -> bool:
    """The counter-question; no answer speaks for the user."""
    counter = context.session.ask(
        question(
            AGENT, key, CounterContext(story, first.text, second.text), {"possible": {"type": "boolean"}}, max_tokens=16
        )
    )
    return counter is None or bool(counter.data["possible"])


def _settled(context: ScriptContext, kind: ConflictKind, first: Span, second: Span) -> Conflict:
    order = _better_order(context, first, second)
    suggestion = retold(context.facts, order) if order else ""
    explanation = "The model suspects that these two cannot both be filmed."
    if order:
        explanation += " Told in another order they could."
    outcome = ConflictOutcome.SUSPECTED
    if context.decide is not None:
        asked = Conflict(
            kind=kind,
            spans=(first, second),
            explanation=explanation,
            outcome=outcome,
            by="model",
            suggestion=suggestion,
        )
        decision = context.decide(asked)
        if decision is Decision.STOP:
            outcome, explanation = ConflictOutcome.REFUSED, f"{explanation} You chose to stop."
        elif decision is Decision.REORDER and order:
            outcome, explanation = ConflictOutcome.REORDERED, f"{explanation} You chose that order."
    elif context.request.strict:
        outcome = ConflictOutcome.REORDERED if order else ConflictOutcome.REFUSED
    return Conflict(
        kind=kind,
        spans=(first, second),
        explanation=explanation,
        outcome=outcome,
        by="model",
        suggestion=suggestion,
        order=order or (),
    )


def _better_order(context: ScriptContext, first: Span, second: Span) -> tuple[int, ...] | None:
    """An order of the events in which, says the model, the two could both be filmed."""
    facts = context.facts
    if len(facts.events) < 2 or facts.labels or context.request.clips is not None:
        return None
    asked = question(
        AGENT,
        "validate.order",
        OrderContext(story_told(facts), first.text, second.text, tuple(event.span.text for event in facts.events)),
        {"order": order_schema(len(facts.events))},
        max_tokens=8 + 6 * len(facts.events),
    )
    answer = context.session.ask(asked)
    order = usable_order(_numbers(answer.data["order"]), facts) if answer is not None else None
    if order is None or not _possible(context, retold(facts, order), first, second, "validate.order.counter"):
        return None
    return order


def _numbers(values: Sequence[object]) -> list[int]:
    return [value for value in values if isinstance(value, int)]


def _span_of(prompt: str, words: str) -> Span | None:
    wanted = words.strip()
    start = prompt.casefold().find(wanted.casefold()) if len(wanted) >= 3 else -1
    if start < 0 or prompt[start : start + len(wanted)].casefold() != wanted.casefold():
        return None
    return Span(start=start, end=start + len(wanted), text=prompt[start : start + len(wanted)])
