"""Editor agent (design §5): from an instruction to proposed operations that a person accepts, refuses, or talks about.

    START ─▶ read ─▶ choose ─▶ fill (one branch per part) ─▶ build ─▶ review (interrupt) ─▶ END
              ▲                                                          │
              └──────────────────── another word ◀──────────────────────┘

``read`` obeys exactly what code can read.  Of the rest, ``choose`` finds what it is about and which parts it means: by
code where the words tell, else from an enumeration of what is there and not locked.  ``fill`` asks for new words, one
field at a time.  ``build`` makes operations of them, tries them, and lets nothing through that changes a path which
was not asked for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypedDict

from langgraph.runtime import Runtime
from langgraph.types import Command, Send, interrupt

from mavin.caption import HierarchicalCaption
from mavin.edits import Operation, Script, apply_all, changes_between, flat_of, parse_edit
from mavin.edits.base import EditError
from mavin.edits.locks import LockedError
from mavin.errors import BackendError
from mavin.instructions import InstructionError, hurries, read_parts
from prompts import EditorChoiceContext, EditorOption
from scripting.editor.asking import AGENT, ask_new, question_of, story_of
from scripting.editor.catalogue import KINDS
from scripting.editor.followups import kept_of, leaves_alone
from scripting.editor.kinds import Ask, Impossible, Kind, Task, refusal
from scripting.editor.phrases import names_more
from scripting.editor.scope import Scope, scope_of, stranger_in
from scripting.editor.topics import DESCRIPTIONS, SOFT, Topic, topic_of_named, topics_in
from scripting.llm.session import LlmSession
from scripting.progress import report
from scripting.state import merge_by_id

__all__ = [
    "EditorState",
    "EditorTools",
    "FillTask",
    "build",
    "choose",
    "fill",
    "lost_model",
    "notes_of",
    "plain",
    "read",
    "review",
]


@dataclass(frozen=True, slots=True)
class EditorTools:
    """What the nodes of one run share and no checkpoint needs."""

    session: LlmSession


class EditorState(TypedDict, total=False):
    """One talk about one clip.

    ``base`` is the script before all of it, ``now`` with the operations in ``made`` (each with its ``author`` and the
    ``key`` of its task); ``words`` is all that the person has said, the newest last.
    """

    base: dict[str, Any]
    now: dict[str, Any]
    words: list[str]
    parts: list[dict[str, Any]]
    tasks: list[dict[str, Any]]
    answers: Annotated[dict[str, Any], merge_by_id]
    made: list[dict[str, Any]]
    undone: list[str]
    turn: int


class FillTask(TypedDict):
    """What one branch gets."""

    ask: dict[str, Any]
    task: dict[str, Any]
    now: dict[str, Any]
    turn: int


def read(state: EditorState, runtime: Runtime[EditorTools]) -> Command[Literal["choose", "build"]]:
    """Reads the newest words: what of the proposal is kept, what is exact, and what has to be understood."""
    said, made = state["words"][-1], state.get("made", [])
    now = _script(state["now"])
    if made and (left := kept_of(said, made, now.caption)) is not None:
        return Command(update={"made": left, "parts": [], "tasks": [], "undone": []}, goto="build")
    parts = read_parts(said, now)
    loose = next((part for part in parts if part.problem is not None), None)
    if loose is not None and runtime.context.session.gave_up is not None:
        raise BackendError(f"{runtime.context.session.gave_up} Nothing was changed.")
    if loose is not None and not runtime.context.session.available:
        assert loose.problem is not None
        raise loose.problem
    found = [
        {
            "text": part.text,
            "operations": [op.model_dump(mode="json") for op in part.operations],
        }
        for part in parts
    ]
    return Command(update={"parts": found, "undone": []}, goto="choose")


def choose(state: EditorState, runtime: Runtime[EditorTools]) -> Command[Literal["fill", "build"]]:
    """Finds what each part that is not exact is about, and whom it means."""
    session, turn = runtime.context.session, state.get("turn", 0)
    now, tasks, undone = _script(state["now"]), list[dict[str, Any]](), list[str]()
    sends: list[FillTask] = []
    for number, part in enumerate(state["parts"]):
        if part["operations"]:
            now = apply_all(now, [parse_edit(op) for op in part["operations"]]).after
            continue
        ask = _ask(part["text"], now, state, session)
        if (who := stranger_in(part["text"], now.caption)) is not None:
            have = ", ".join(role.name for role in now.caption.roles) or "nobody"
            undone.append(f"“{part['text']}”: there is no such role as {who} (there is {have}).")
            continue
        for topic in _topics(ask, session, state, f"{turn}.{number}", undone):
            try:
                chosen = _tasks(KINDS[topic], ask, session, f"{turn}.{number}", undone)
            except Impossible as reason:
                undone.append(f"“{part['text']}” cannot be done: {reason}.")
                continue
            for task in chosen:
                tasks.append({"part": number, "ask": _ask_data(ask), "task": task.as_dict(), "now": plain(now)})
                if task.schema is not None:
                    sends.append(FillTask(ask=_ask_data(ask), task=task.as_dict(), now=plain(now), turn=turn))
    update = {"tasks": tasks, "undone": undone}
    if not sends:
        return Command(update=update, goto="build")
    return Command(update=update, goto=[Send("fill", task) for task in sends])


def _topics(ask: Ask, session: LlmSession, state: EditorState, key: str, undone: list[str]) -> list[Topic]:
    """What a clause is about: by its words, by what was talked about before, or by the model's choice."""
    found = list(topics_in(ask.clause))
    if not found or found == [Topic.ACTION]:
        named = topic_of_named(ask.clause, lines=bool(ask.scope.lines), roles=bool(ask.scope.roles))
        found = [named] if named is not None else found
    if not found and state.get("tasks"):
        return list(dict.fromkeys(Topic(item["task"]["topic"]) for item in state["tasks"]))
    if len(found) == 1 or (found and ask.small):
        return found[:1]
    options = [topic for topic in found or SOFT if _is_possible(KINDS[topic], ask)]
    names = [str(topic) for topic in options]
    report(AGENT, "finding out what is meant")
    shown = tuple(EditorOption(str(topic), DESCRIPTIONS[topic]) for topic in options)
    asked = EditorChoiceContext(story_of(ask), ask.clause, ask.earlier, (*shown, EditorOption("none", "none of these")))
    answer = session.ask(question_of(f"topic.{key}", asked, {"what": {"type": "string", "enum": [*names, "none"]}}, 16))
    what = answer.data["what"] if answer is not None else (names[0] if found else "none")
    if what == "none":
        undone.append(f"“{ask.clause}”: nothing in the script was found that this is about.")
        return []
    return [Topic(what)]


def _is_possible(kind: Kind, ask: Ask) -> bool:
    try:
        return bool(kind.targets(ask))
    except (Impossible, LockedError):
        return False


def _tasks(kind: Kind, ask: Ask, session: LlmSession, key: str, undone: list[str]) -> list[Task]:
    """One task for each part that is meant.

    Raises:
        Impossible: if none of them can be done.
        LockedError: if all of them are locked.
    """
    targets = list(kind.targets(ask))
    unsure = kind.choosing or (ask.scope.is_empty and names_more(ask.clause, kind.topic))
    if unsure and len(targets) > 1 and not ask.scope.everywhere and not _are_named(kind, ask):
        report(AGENT, "finding out which part is meant")
        options = [EditorOption(target, _part_words(target, ask.caption)) for target in targets]
        if not kind.choosing:
            options.append(EditorOption("all", "all of them"))
        asked = EditorChoiceContext(story_of(ask), ask.clause, ask.earlier, (), tuple(options))
        fields = {"where": {"type": "string", "enum": [option.id for option in options]}}
        answer = session.ask(question_of(f"where.{key}", asked, fields, 16))
        # Without an answer the last: what is said of "it" is most often said of the end.
        chosen = answer.data["where"] if answer is not None else targets[-1]
        targets = targets if chosen == "all" else [chosen]
    found, reasons = [], []
    for target in targets:
        try:
            found.append(kind.task(ask, target))
        except Impossible as reason:
            reasons.append(str(reason))
    if not found:
        raise Impossible("; ".join(dict.fromkeys(reasons)))
    undone += [f"Not done: {reason}." for reason in dict.fromkeys(reasons)]
    return found


def _are_named(kind: Kind, ask: Ask) -> bool:
    """Whether the clause itself tells which of the kind's parts it means, so that all of them are."""
    scope = ask.scope
    return bool(scope.lines or scope.shots) or (bool(scope.roles) and kind.topic in (Topic.LOOKS, Topic.VOICE))


def fill(state: FillTask, runtime: Runtime[EditorTools]) -> dict[str, Any]:
    """Asks for the new words of one part until they keep their contract."""
    session = runtime.context.session
    task, ask = Task.of(state["task"]), _ask_of(state["ask"], _script(state["now"]), session)
    report(AGENT, f"writing {task.subject}" if len(task.subject) < 70 else f"writing {task.key}")
    value, problems = ask_new(KINDS[task.topic], ask, task, session, str(state["turn"]))
    found = {"value": value} if value is not None else {"problems": list(problems)}
    return {"answers": {task.key: {"turn": state["turn"], **found}}}


def build(state: EditorState, runtime: Runtime[EditorTools]) -> dict[str, Any]:
    """Makes the operations, tries each, and refuses what would change something that was not asked for."""
    session, turn = runtime.context.session, state.get("turn", 0)
    made, undone = list(state.get("made", [])), list(state.get("undone", []))
    for number, part in enumerate(state["parts"]):
        made += [{"op": op, "author": "code", "key": ""} for op in part["operations"]]
        for item in (item for item in state["tasks"] if item["part"] == number):
            task = Task.of(item["task"])
            ask = _ask_of(item["ask"], _script(item["now"]), session)
            answer = state.get("answers", {}).get(task.key, {}) if task.schema is not None else {}
            answer = answer if answer.get("turn") == turn else {}
            value, author = (answer["value"], "editor") if "value" in answer else (task.value, "code")
            if value is None:
                why = "; ".join(answer.get("problems", ())) or "the model gave no answer"
                undone.append(f"“{part['text']}” was not done for {task.subject}: {why}")
                continue
            kind = KINDS[task.topic]
            try:
                operations = list(kind.operations(ask, task, value))
                _guard(kind, task, ask.script, operations)
                trial = [each for each in made if each["key"] != task.key or not each["key"]]
                trial += [{"op": op.model_dump(mode="json"), "author": author, "key": task.key} for op in operations]
                apply_all(_script(state["base"]), [parse_edit(each["op"]) for each in trial])
            except LockedError:
                raise
            except EditError as error:
                undone.append(f"“{part['text']}” cannot be done: {error.diagnostics[0].message}.")
                continue
            made = trial
    if not made:
        _refuse(undone, session)
    base = _script(state["base"])
    after = apply_all(base, [parse_edit(each["op"]) for each in made]).after
    return {"made": made, "undone": undone, "now": plain(after)}


def _guard(kind: Kind, task: Task, before: Script, operations: list[Operation]) -> None:
    """Nothing may change but what the task is about.

    Raises:
        EditError: if something else would.
    """
    changes = changes_between(flat_of(before.caption), flat_of(apply_all(before, operations).after.caption))
    for path, change in changes.items():
        wrong = not kind.covers(path, task.target)
        if kind.topic in (Topic.NEW_LINE, Topic.NEW_SHOT) and not path.endswith(("[]", "_ms")):
            wrong = wrong or not change.appears
        if wrong:
            raise EditError((refusal("outside", f"this would change {path}, which was not asked for", path),))


def lost_model(session: LlmSession) -> str | None:
    """What to tell of a model that was given up or never answered, ``None`` where it is well."""
    if session.gave_up is not None:
        return f"{session.gave_up} Nothing was changed."
    if session.silent:
        return (
            "The language model was asked and never answered in time, so nothing was changed. Check that it is "
            "running, or give it more time with MAVIN_LLM_TIMEOUT."
        )
    return None


def _refuse(undone: list[str], session: LlmSession) -> None:
    if (lost := lost_model(session)) is not None:
        raise BackendError(lost)
    reasons = " ".join(dict.fromkeys(undone)) or "Nothing was asked for."
    advice = "" if "nearest possible" in reasons else " Say it in other words, or exactly, such as: action of S2 “…”."
    raise InstructionError((refusal("impossible", f"{reasons}{advice}"),))


def review(state: EditorState) -> Command[Literal["read", "__end__"]]:
    """Waits for the person: another word, or the end of the talk."""
    answer = interrupt({"operations": [item["op"] for item in state["made"]], "notes": notes_of(state)})
    if isinstance(answer, dict) and answer.get("action") == "word":
        words = [*state["words"], str(answer["text"])]
        return Command(update={"words": words, "turn": state.get("turn", 0) + 1}, goto="read")
    return Command(goto="__end__")


def notes_of(state: EditorState) -> list[str]:
    """What is worth knowing about the proposal, in sentences."""
    return [*dict.fromkeys(state.get("undone", [])), *hurries(_script(state["base"]), _script(state["now"]))]


# What the nodes share.


def _ask(clause: str, now: Script, state: EditorState, session: LlmSession) -> Ask:
    earlier = "; ".join(state["words"][:-1])
    scope = scope_of(clause, now.caption)
    if earlier and scope.is_empty and state.get("tasks"):
        scope = _scope_of(state["tasks"][-1]["ask"]["scope"])
    scope = leaves_alone(clause, scope, now.caption)
    return Ask(clause, scope, now, earlier, session.small)


def _ask_data(ask: Ask) -> dict[str, Any]:
    scope = {name: getattr(ask.scope, name) for name in ("shots", "roles", "lines", "speaking", "everywhere")}
    return {"clause": ask.clause, "earlier": ask.earlier, "scope": scope}


def _ask_of(data: dict[str, Any], now: Script, session: LlmSession) -> Ask:
    return Ask(data["clause"], _scope_of(data["scope"]), now, data["earlier"], session.small)


def _scope_of(data: dict[str, Any]) -> Scope:
    named = {name: tuple(data[name]) for name in ("shots", "roles", "lines")}
    return Scope(**named, speaking=data["speaking"], everywhere=data["everywhere"])


def plain(script: Script) -> dict[str, Any]:
    """A script as plain data, for the graph's state."""
    return {"caption": script.caption.model_dump(mode="json"), "locks": list(script.locks)}


def _script(data: dict[str, Any]) -> Script:
    return Script(HierarchicalCaption.model_validate_json(json.dumps(data["caption"])), tuple(data["locks"]))


def _part_words(target: str, caption: HierarchicalCaption) -> str:
    if target.startswith("S"):
        return caption.shot(target).action[:120]
    if target.startswith("C"):
        role = caption.role(target)
        return f"{role.name}, {role.appearance}"[:120]
    line = next((line for line in caption.dialogue if line.id == target), None)
    return f"{caption.role(line.role).name} says “{line.text}”" if line is not None else target
