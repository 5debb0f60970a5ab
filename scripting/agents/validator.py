"""Validator (paper C.1): conflicts in the user's own words, before anything is written.

What code can decide is decided here and stops the run; what only a model suspects is confirmed by a
counter-question and shown, and refused under ``strict``.  Nothing is ever added to the user's text.
"""

from __future__ import annotations

from typing import Any, Literal

from langgraph.runtime import Runtime
from langgraph.types import Command

from mavin.diagnostics import Span
from mavin.errors import InvalidInputError
from mavin.facts import Facts
from mavin.ledger import Conflict, ConflictKind, ConflictOutcome
from prompts import CounterContext, ValidatorContext
from scripting.agents.asking import question
from scripting.conflicts import code_conflicts
from scripting.progress import report
from scripting.state import ScriptContext, ScriptState

__all__ = ["find_conflicts", "require_story", "suspect", "validate"]

AGENT = "validator"


_Next = Literal["suspect", "parse_structure", "align_identities", "__end__"]


def validate(state: ScriptState, runtime: Runtime[ScriptContext]) -> Command[_Next]:
    """Looks for conflicts; ends the run where code finds one that cannot be resolved."""
    del state
    context = runtime.context
    next_nodes: list[_Next] = ["parse_structure", "align_identities"]
    if context.film is not None:  # the whole story has been checked before it was divided
        return Command(update={"refused": False}, goto=next_nodes)
    report(AGENT, "checking the prompt for contradictions")
    require_story(context.facts)
    update = _update(code_conflicts(context.facts, context.request))
    if update["refused"]:
        return Command(update=update, goto="__end__")
    return Command(update=update, goto=["suspect", *next_nodes] if context.session.available else next_nodes)


def suspect(state: ScriptState, runtime: Runtime[ScriptContext]) -> Command[Literal["gather"]]:
    """Asks the model for conflicts that code cannot decide, while plan and cast are in work."""
    del state
    return Command(update=_update(_suspicions(runtime.context)), goto="gather")


def _update(conflicts: list[Conflict]) -> dict[str, Any]:
    return {
        "conflicts": [conflict.model_dump(mode="json") for conflict in conflicts],
        "refused": any(conflict.outcome is ConflictOutcome.REFUSED for conflict in conflicts),
    }


def find_conflicts(context: ScriptContext) -> list[Conflict]:
    """What code decides, and, where code refuses nothing, what the model suspects."""
    conflicts = code_conflicts(context.facts, context.request)
    if not any(conflict.outcome is ConflictOutcome.REFUSED for conflict in conflicts):
        conflicts += _suspicions(context)
    return conflicts


def require_story(facts: Facts) -> None:
    """Raises InvalidInputError if the prompt tells nothing that could be shown."""
    if facts.events:
        return
    if facts.dropped:
        said = facts.dropped[0].span.text
        raise InvalidInputError(
            f"The prompt tells no story: {said!r} is addressed to the tool, and instructions to it are not "
            "filmed. Say who does what, and where."
        )
    raise InvalidInputError(
        "The prompt tells no story, only wishes about the film. Say who does what, and where, for example: "
        '"A fox finds a lantern in the snow."'
    )


def _suspicions(context: ScriptContext) -> list[Conflict]:
    """What the model suspects, with both phrases found in the prompt and a counter-question lost."""
    session, facts = context.session, context.facts
    if not session.available or len(facts.events) + len(facts.quotes) < 2:
        return []
    kinds = [kind.value for kind in ConflictKind if kind is not ConflictKind.STRUCTURE]
    phrase = {"type": "string", "maxLength": 160}
    fields = {"kind": {"type": "string", "enum": ["none", *kinds]}, "first": phrase, "second": phrase}
    answer = session.ask(question(AGENT, "validate", ValidatorContext(facts.prompt), fields, max_tokens=160))
    if answer is None or answer.data["kind"] == "none":
        return []
    spans = [_span_of(facts.prompt, answer.data[name]) for name in ("first", "second")]
    first, second = spans
    if first is None or second is None or (first.start < second.end and second.start < first.end):
        return []  # evidence that is not in the prompt, or is one and the same, is no evidence
    counter = session.ask(
        question(
            AGENT,
            "validate.counter",
            CounterContext(facts.prompt, first.text, second.text),
            {"possible": {"type": "boolean"}},
            max_tokens=16,
        )
    )
    if counter is None or counter.data["possible"]:
        return []
    outcome = ConflictOutcome.REFUSED if context.request.strict else ConflictOutcome.SUSPECTED
    return [
        Conflict(
            kind=ConflictKind(answer.data["kind"]),
            spans=(first, second),
            explanation="The model suspects that these two cannot both be filmed.",
            outcome=outcome,
            by="model",
        )
    ]


def _span_of(prompt: str, words: str) -> Span | None:
    wanted = words.strip()
    start = prompt.casefold().find(wanted.casefold()) if len(wanted) >= 3 else -1
    if start < 0 or prompt[start : start + len(wanted)].casefold() != wanted.casefold():
        return None
    return Span(start=start, end=start + len(wanted), text=prompt[start : start + len(wanted)])
