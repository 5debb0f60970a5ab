"""Facts that code may have missed: a model names them, and only what it quotes from the prompt counts."""

from __future__ import annotations

from typing import Any

from mavin.ledger import Fate, LedgerEntry
from prompts import FactsContext
from scripting.agents.asking import question, story_told, text_field
from scripting.evidence import check_quotation, place_of
from scripting.places import light_in, place_in
from scripting.progress import report
from scripting.state import ScriptContext
from scripting.structure import AGENT

__all__ = ["missed_facts"]

_KINDS = ("place", "time of day", "weather", "object", "sound")
_LONG_STORY = 22
"""Words of story from which a prompt may hide facts from code; shorter ones it reads whole."""


def missed_facts(context: ScriptContext, shots: list[dict[str, Any]], entries: list[LedgerEntry]) -> dict[str, str]:
    """The first accepted fact of each kind, in the user's words; what is not quoted from the prompt is dropped.

    Sounds go to the shot whose words hold them; every fact, accepted or not, gets its entry.
    """
    facts = context.facts
    words_told = sum(len(event.text.split()) for event in facts.events)
    if not context.session.available or context.session.small or words_told < _LONG_STORY:
        return {}  # small models quote what is not there: all of it would be dropped
    report(AGENT, "looking for facts that code may have missed")
    schema = {
        "type": "array",
        "maxItems": 5,
        "items": {
            "type": "object",
            "properties": {"kind": {"type": "string", "enum": list(_KINDS)}, "quote": text_field(60)},
            "required": ["kind", "quote"],
            "additionalProperties": False,
        },
    }
    asked = question(AGENT, "facts", FactsContext(story_told(facts), _KINDS), {"facts": schema}, max_tokens=200)
    answer = context.session.ask(asked)
    found: dict[str, str] = {}
    for item in answer.data["facts"] if answer is not None else ():
        kind, quote = item["kind"], item["quote"].strip(" .,;:")
        closed = [item.span for item in facts.dropped]
        problems = check_quotation(quote, facts.prompt, path=f"facts.{kind}", kind=kind, closed=closed)
        start = place_of(quote, facts.prompt)
        if problems or start is None:
            why = f"{problems[0].code}: {problems[0].message}" if problems else ""
            entries.append(LedgerEntry(kind="fact", text=quote, outcome=Fate.DROPPED, by=AGENT, why=why))
            continue
        where = _where(kind, start, shots, context)
        if where is None or kind in found:
            continue
        words = facts.prompt[start : start + len(quote)]
        found[kind] = words[:1].upper() + words[1:] if kind == "place" else words
        if kind == "sound":
            shot = next(shot for shot in shots if where == f"shots.{shot['id']}.sounds")
            shot["sound"] = words
        entries.append(
            LedgerEntry(
                kind="fact", text=words, start=start, end=start + len(words), outcome=Fate.KEPT, where=where, by=AGENT,
                why=f"a {kind} that code had not read",
            )
        )  # fmt: skip
    return found


def _where(kind: str, start: int, shots: list[dict[str, Any]], context: ScriptContext) -> str | None:
    """Where an added fact lives in the script; ``None`` where code had read it already or has no place for it."""
    facts = context.facts
    if kind == "place":
        return None if place_in(facts.prompt, facts.language, large=True) else "shots.S1.setting"
    if kind in {"time of day", "weather"}:
        return None if light_in(facts.prompt) else "shots.S1.setting"
    if kind == "sound" and facts.sounds:
        return None
    shown = next((shot for shot in shots if any(left <= start < right for left, right in shot["spans"])), None)
    return f"shots.{shown['id']}.{'sounds' if kind == 'sound' else 'action'}" if shown is not None else None
