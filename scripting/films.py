"""A story in several clips: divided once, written clip by clip with one cast and one look.

prompt ─▶ facts ─▶ conflicts of the whole ─▶ divide ─┬▶ K1: graph ─▶ cast, scene ─┬▶ K2: graph ─┐
                                                     │                            ├▶ K3: graph ─┼▶ captions, ledger
                                                     └────────── refused ─▶ END   └▶ …         ─┘
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from mavin.caption import HierarchicalCaption
from mavin.diagnostics import Span
from mavin.facts import Facts
from mavin.interval import format_seconds
from mavin.ledger import Conflict, ConflictOutcome, Fate, LedgerEntry, ScriptReport
from scripting.agents.structure_parser import stage_shots
from scripting.agents.validator import find_conflicts, require_story
from scripting.division import ClipTask, divide
from scripting.planning import plan_shots
from scripting.state import FilmContext, ScriptContext

__all__ = ["write_film"]

Progress = Callable[[str, str], None]
RunClip = Callable[[ScriptContext, str, "Progress | None"], dict[str, Any]]
"""Runs the graph for one clip under the name of its thread and returns the final state."""


def write_film(context: ScriptContext, run: RunClip, progress: Progress | None) -> ScriptReport:
    """Writes every clip; the first decides cast and look for all, the others run side by side.

    Args:
        context: request, facts and model of the whole story.
        run: runs the graph for one clip, resumable under its name.
        progress: told who is at work, with the clip's name in front.
    """
    from scripting.graph import report_of

    if progress is not None:
        progress("validator", "checking the prompt for contradictions")
    require_story(context.facts)
    conflicts = find_conflicts(context)
    if any(conflict.outcome is ConflictOutcome.REFUSED for conflict in conflicts):
        return _refusal(context, conflicts)
    division = divide(context.facts, context.request)
    if not division.tasks:
        return _refusal(context, [*conflicts, *division.conflicts])
    tasks = division.tasks
    places = _places(tasks)

    def written(number: int, shared: FilmContext) -> dict[str, Any]:
        task = tasks[number]
        own = ScriptContext(task.request, task.facts, context.session, replace(shared, place=places[number]))
        if progress is None:
            return run(own, task.id, None)
        return run(own, task.id, lambda who, what: progress(who, f"{task.id}: {what}" if len(tasks) > 1 else what))

    film = FilmContext(context.facts)
    first = written(0, film)
    states = [first]
    if len(tasks) > 1 and first.get("caption"):
        cast = {role: {**entry, "rejected": []} for role, entry in first["cast"].items()}
        opening = first["plan"]["shots"][0]["setting"]
        shared = replace(film, cast=cast, scene=first["scene"], opening=opening)
        # Side by side only where several questions can be under way; the first error ends the film.
        with ThreadPoolExecutor(max(1, min(len(tasks) - 1, context.session.parallel))) as pool:
            states += list(pool.map(lambda number: written(number, shared), range(1, len(tasks))))
    reports = [report_of(state, context.session) for state in states]
    conflicts += [conflict for report in reports for conflict in report.conflicts]
    if any(report.caption is None for report in reports):
        return _refusal(context, conflicts)
    several = len(tasks) > 1
    captions = tuple(
        _retold(report.caption, task.facts) if several else report.caption
        for report, task in zip(reports, tasks, strict=True)
        if report.caption is not None
    )
    return ScriptReport(
        caption=captions[0],
        captions=captions,
        ledger=_film_ledger(context, tasks, reports, captions) if several else reports[0].ledger,
        conflicts=tuple(conflicts),
        diagnostics=tuple(item for report in reports for item in report.diagnostics),
        llm=context.session.usage,
        agents=context.session.usage_by_agent,
    )


def _refusal(context: ScriptContext, conflicts: Sequence[Conflict]) -> ScriptReport:
    session = context.session
    return ScriptReport(caption=None, conflicts=tuple(conflicts), llm=session.usage, agents=session.usage_by_agent)


def _places(tasks: Sequence[ClipTask]) -> list[str | None]:
    """For each clip the place where the clip before it ends, as code alone tells it."""
    places: list[str | None] = [None]
    for task in tasks[:-1]:
        staged = stage_shots(plan_shots(task.facts, task.request), task.facts, places[-1])
        places.append(list(staged.values())[-1]["setting"])
    return places


def _retold(caption: HierarchicalCaption, facts: Facts) -> HierarchicalCaption:
    """The caption with the story of its own clip, not of the whole film."""
    story = " ".join(f"{event.text.rstrip('.')}." for event in facts.events if event.text)
    data = caption.model_dump(mode="json")
    data["global_caption"]["storyline"] = story or data["global_caption"]["storyline"]
    return HierarchicalCaption.model_validate_json(json.dumps(data))


def _film_ledger(
    context: ScriptContext,
    tasks: Sequence[ClipTask],
    reports: Sequence[ScriptReport],
    captions: Sequence[HierarchicalCaption],
) -> tuple[LedgerEntry, ...]:
    """All clips' entries, each with its clip; what belongs to the film as a whole stands once."""
    found = _whole_entries(context, captions)
    said: set[tuple[str, int | None, int | None]] = set()
    shared: set[tuple[str, str, str]] = set()
    for task, report in zip(tasks, reports, strict=True):
        new_said, new_shared = set(said), set(shared)
        for entry in report.ledger:
            own = _as_addition(entry, task) if task.continued else entry
            theirs = (own.kind, own.start, own.end)
            common = (own.kind, own.text, (own.where or own.why).split(".")[0])
            if (own.start is not None and theirs in said) or (
                own.start is None and common in shared and common[2] not in ("shots", "dialogue")
            ):
                continue
            new_said.add(theirs)
            new_shared.add(common)
            found.append(own.model_copy(update={"clip": task.id}))
        said, shared = new_said, new_shared
    return tuple(found)


def _whole_entries(context: ScriptContext, captions: Sequence[HierarchicalCaption]) -> list[LedgerEntry]:
    facts, request = context.facts, context.request
    total = format_seconds(sum(caption.duration_ms for caption in captions))
    shots = sum(len(caption.shots) for caption in captions)
    entries = []
    if facts.duration is not None:
        given = request.duration_ms
        kept = given is None or given == facts.duration.duration_ms
        why = f"{total} s over {len(captions)} clips" if kept else "the option --duration was taken instead"
        entries.append(_entry("duration", facts.duration.span, kept, why))
    if facts.shots is not None:
        kept = request.shots is None or request.shots == facts.shots.count
        why = f"{shots} shots over {len(captions)} clips" if kept else "the option --shots was taken instead"
        entries.append(_entry("shot_count", facts.shots.span, kept, why))
    return entries


def _entry(kind: str, span: Span, kept: bool, why: str) -> LedgerEntry:
    fate = Fate.KEPT if kept else Fate.ALTERED
    return LedgerEntry(
        kind=kind, text=span.text, start=span.start, end=span.end, outcome=fate, where="captions", by="user", why=why
    )


def _as_addition(entry: LedgerEntry, task: ClipTask) -> LedgerEntry:
    """An entry of a clip without an event of the user's: what looks like one was made by code."""
    if entry.kind not in ("event", "camera") or entry.start is None:
        return entry
    why = "the film is longer than its story"
    text = task.facts.events[0].text
    added = {"text": text, "start": None, "end": None, "outcome": Fate.ADDED, "by": "code", "why": why}
    return entry.model_copy(update=added)
