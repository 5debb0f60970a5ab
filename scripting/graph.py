"""The scripting pipeline as a LangGraph state machine (paper §4.4, C.1; design §4).

                                    ┌▶ suspect ──────────┐
START ─▶ study_references ─▶ validate ─▶ parse_structure ──┼▶ gather ─▶ refine (one branch per shot) ─▶ check ─▶ END
                │               │   └▶ align_identities ─┘     │          ▲                             │
                └───────────────┴───── refused ─▶ END ◀────────┘          └──── repair, at most twice ──┘
                                    another order: plan again

What does not need each other's answers is asked at the same time: a run takes two rounds of questions and its repairs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Literal

from langgraph.types import Command, Send

from mavin.caption import MAX_DURATION_MS, HierarchicalCaption
from mavin.diagnostics import Diagnostic
from mavin.errors import BackendError, MavinError
from mavin.facts import Facts, read_facts
from mavin.ledger import Conflict, Decision, LedgerEntry, ScriptReport
from mavin.request import WriteRequest, clean_prompt
from scripting.agents.identity_aligner import align_identities
from scripting.agents.narrative_refiner import RefineTask, refine, refine_tasks
from scripting.agents.structure_parser import parse_structure
from scripting.agents.validator import suspect, validate
from scripting.checking import check
from scripting.llm.session import LlmSession
from scripting.planning import plan_shots
from scripting.references.study import bind_references, study_references
from scripting.reordering import is_reordered
from scripting.scheduling import schedule
from scripting.state import ScriptContext, ScriptState
from scripting.timing import InfeasibleError

__all__ = ["build_graph", "report_of", "run_graph", "write_script"]

Progress = Callable[[str, str], None]


@cache
def build_graph() -> Any:
    """The uncompiled graph; nodes are pure functions of state and :class:`ScriptContext`."""
    from langgraph.graph import START, StateGraph

    graph = StateGraph(ScriptState, context_schema=ScriptContext)
    graph.add_node("study_references", study_references)
    graph.add_node("validate", validate)
    graph.add_node("suspect", suspect)
    graph.add_node("parse_structure", parse_structure)
    graph.add_node("align_identities", align_identities)
    graph.add_node("gather", gather)
    graph.add_node("refine", refine, input_schema=RefineTask)  # each branch runs on the task sent to it
    graph.add_node("check", check)
    graph.add_edge(START, "study_references")
    graph.add_edge("refine", "check")
    return graph


def gather(state: ScriptState) -> Command[Literal["parse_structure", "refine", "__end__"]]:
    """Waits for the suspicions, the plan and the cast; sends every shot to be refined unless one of them refused.

    Where a suspicion was settled by another order of events, the shots are planned once more.
    """
    if state.get("refused"):
        return Command(goto="__end__")
    if not state.get("retold") and is_reordered(state.get("conflicts", [])):
        return Command(update={"retold": True}, goto="parse_structure")
    shots: dict[str, list[str]] = {shot["id"]: [] for shot in state["plan"]["shots"]}
    return Command(goto=[Send("refine", task) for task in refine_tasks(state["plan"], state["scene"], shots, 0)])


def write_script(
    request: WriteRequest,
    session: LlmSession,
    *,
    checkpoints: Path | None = None,
    thread: str = "script",
    progress: Progress | None = None,
    decide: Callable[[Conflict], Decision] | None = None,
) -> ScriptReport:
    """Turns a prompt into a validated caption with its ledger, or into a report of conflicts.

    A request for several clips gives a caption for each, in ``captions``.

    Args:
        request: prompt and options.
        session: the language model, or none.
        checkpoints: SQLite file from which a killed run of the same ``thread`` goes on.
        thread: name of the run inside that file.
        progress: called with an agent's name and what it does now.
        decide: asked about each conflict that only the model suspects; without it such conflicts are
            reported, and refused if the request is strict.

    Raises:
        InvalidInputError: if the prompt is empty, too long, no text, or no story.
        UsageError: if a reference names nobody of the story or its file cannot be one.
        BackendError: if the model cannot be reached at all.
        MavinError: if the checkpoints cannot be written.
    """
    facts = facts_of(request)
    bind_references(request, facts)
    context = ScriptContext(request, facts, session, decide=decide)
    with _checkpointer(checkpoints) as saver:
        if request.clips is not None:
            from scripting.films import write_film

            result = write_film(
                context, lambda part, name, tell: run_graph(part, saver, f"{thread}-{name}", tell), progress
            )
        else:
            result = report_of(run_graph(context, saver, thread, progress), session)
    if session.silent and result.caption is not None:
        raise BackendError(
            "The language model was asked and never answered in time. Check that it is running, give it more time with "
            "MAVIN_LLM_TIMEOUT, or write without a model: --llm rules."
        )
    return result


def run_graph(context: ScriptContext, saver: Any, thread: str, progress: Progress | None = None) -> dict[str, Any]:
    """The final state of one clip's run, gone on with where ``saver`` has kept one of that ``thread``."""
    # No max_concurrency: a pool of one deadlocks on the stream's own waiter, and the session counts its places itself.
    config = {"configurable": {"thread_id": thread}}
    app = build_graph().compile(checkpointer=saver)
    # Not by ``next``: it is empty as well where a node has just ended and its successors have not begun.
    done: dict[str, Any] = app.get_state(config).values if saver is not None else {}
    if done.get("caption") or done.get("refused"):
        return done
    # A run that stopped between two nodes goes on where it was; a new one begins with empty state.
    start: Any = None if done else {"conflicts": [], "ledger": [], "diagnostics": []}
    state: dict[str, Any] = {}
    durability = {"durability": "sync"} if saver is not None else {}
    for mode, chunk in app.stream(start, config, context=context, stream_mode=["values", "custom"], **durability):
        if mode == "values":
            state = chunk
        elif progress is not None:
            progress(chunk["agent"], chunk["message"])
    return state


def facts_of(request: WriteRequest) -> Facts:
    """The facts of a request; times such as "halfway" count from the length that the story will have.

    Raises:
        InvalidInputError: if the prompt cannot be read as text.
    """
    facts = read_facts(clean_prompt(request.prompt), request.language, request.duration_ms)
    if not any(fact.anchor.needs_total for fact in facts.times) or not facts.events:
        return facts
    try:
        times, _ = schedule(plan_shots(facts, request), facts, request)
    except InfeasibleError:
        return facts  # the structure parser will name what clashes
    totals = [times.duration_ms, *range(-(-times.duration_ms // 1000) * 1000 + 1000, MAX_DURATION_MS + 1, 1000)]
    for total in totals if facts.duration is None and request.duration_ms is None else totals[:1]:
        # "halfway" behind five seconds of story asks for more than ten.
        placed = read_facts(request.prompt, request.language, total)
        try:
            schedule(plan_shots(placed, request), placed, request)
        except InfeasibleError:
            continue
        return placed
    return read_facts(request.prompt, request.language, times.duration_ms)


@contextmanager
def _checkpointer(path: Path | None) -> Iterator[Any]:
    if path is None:
        yield None
        return
    from langgraph.checkpoint.sqlite import SqliteSaver

    try:
        connection = sqlite3.connect(path, check_same_thread=False, timeout=10)
    except sqlite3.Error as error:
        raise MavinError(
            f"The run's checkpoints cannot be kept in {path}: {error}. Check the folder and the disk."
        ) from None
    try:
        saver = SqliteSaver(connection)
        yield saver
    except sqlite3.Error as error:
        raise MavinError(
            f"The run's checkpoints cannot be kept in {path}: {error}. Free some disk space or delete that file."
        ) from None
    finally:
        connection.close()


def report_of(state: dict[str, Any], session: LlmSession) -> ScriptReport:
    """The report of a finished state."""
    caption = HierarchicalCaption.model_validate_json(_json(state["caption"])) if state.get("caption") else None
    return ScriptReport(
        caption=caption,
        captions=(caption,) if caption is not None else (),
        ledger=tuple(LedgerEntry.model_validate(entry) for entry in state.get("ledger", [])),
        conflicts=tuple(Conflict.model_validate(conflict) for conflict in state.get("conflicts", [])),
        diagnostics=tuple(Diagnostic.model_validate(item) for item in state.get("diagnostics", [])),
        llm=session.usage,
        agents=session.usage_by_agent,
    )


def _json(data: Any) -> str:
    import json

    return json.dumps(data)
