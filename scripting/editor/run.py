"""One talk with the editor agent about one clip: started with an instruction, gone on with by another word."""

from __future__ import annotations

import functools
import itertools
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from mavin.edits import Operation, Script, apply_all, parse_edit
from mavin.instructions import read_parts
from scripting.editor.followups import kept_of
from scripting.llm.session import LlmSession

__all__ = ["Draft", "EditRun"]

Progress = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Draft:
    """What the agent proposes.

    Attributes:
        operations: what is to be done, in order.
        authors: for each, ``code`` where code read or wrote it, ``editor`` where its words are the model's.
        notes: what was not done and why, and what is worth knowing, in sentences.
        run: the talk as it is now, to go on with.
    """

    operations: tuple[Operation, ...]
    authors: tuple[str, ...]
    notes: tuple[str, ...]
    run: EditRun


@functools.cache
def _graph() -> Any:
    from langgraph.checkpoint.memory import InMemorySaver
    from langgraph.graph import START, StateGraph

    from scripting.agents import editor

    graph = StateGraph(editor.EditorState, context_schema=editor.EditorTools)
    graph.add_node("read", editor.read)
    graph.add_node("choose", editor.choose)
    graph.add_node("fill", editor.fill, input_schema=editor.FillTask)
    graph.add_node("build", editor.build)
    graph.add_node("review", editor.review)
    graph.add_edge(START, "read")
    graph.add_edge("fill", "build")
    graph.add_edge("build", "review")
    return graph.compile(checkpointer=InMemorySaver())


def _forget(thread: str) -> None:
    if _graph.cache_info().currsize:
        _graph().checkpointer.delete_thread(thread)


class _Thread:
    """A line of checkpoints, forgotten with the last talk that stands on it."""

    numbers = itertools.count(1)

    def __init__(self) -> None:
        self.name = f"edit-{next(self.numbers)}"
        weakref.finalize(self, _forget, self.name).atexit = False


@dataclass(frozen=True, slots=True)
class EditRun:
    """A talk at one moment; it keeps no model, each call brings its session, and leaves this moment as it is.

    Attributes:
        script: the clip as it was before the talk.
        words: what the person has said, the newest last.
        made: the operations proposed so far, each with its author and the key of its task.
    """

    script: Script
    words: tuple[str, ...] = ()
    made: tuple[dict[str, Any], ...] = ()
    _thread: _Thread = field(default_factory=_Thread, compare=False, repr=False)
    _checkpoint: Any = field(default=None, compare=False, repr=False)

    @classmethod
    def about(cls, script: Script, operations: Sequence[Operation], instruction: str) -> EditRun:
        """A talk about operations that were proposed without the agent."""
        made = tuple({"op": op.model_dump(mode="json"), "author": "code", "key": ""} for op in operations)
        return cls(script, (instruction,), made)

    def needs_model(self, words: str) -> bool:
        """Whether the next words have to be understood, and not only read.

        Raises:
            InstructionError, LockedError: if they are read and cannot be done.
        """
        now = self._now()
        if self.made and kept_of(words, self.made, now.caption) is not None:
            return False
        return any(part.problem is not None for part in read_parts(words, now))

    def say(self, words: str, session: LlmSession, progress: Progress | None = None) -> Draft:
        """What is proposed for an instruction, or after another word about what was proposed.

        Raises:
            InstructionError: if nothing of it is understood or can be done.
            LockedError: if it would change what is locked.
            BackendError: if the model cannot be used.
        """
        from langgraph.types import Command

        from scripting.agents import editor

        said = (*self.words, words.strip())
        app, tools = _graph(), editor.EditorTools(session)
        config: Any = {"configurable": {"thread_id": self._thread.name}}
        start: Any = Command(resume={"action": "word", "text": words.strip()})
        if self._checkpoint is None:
            start = {
                "base": editor.plain(self.script),
                "now": editor.plain(self._now()),
                "words": list(said),
                "made": list(self.made),
            }
        else:
            # An interrupt remembers its answer; a moment from which several words lead on needs a fork for each.
            app.invoke(None, app.update_state(self._checkpoint, {}, as_node="build"), context=tools)
        for chunk in app.stream(start, config, context=tools, stream_mode="custom", durability="sync"):
            if progress is not None:
                progress(chunk["agent"], chunk["message"])
        snapshot = app.get_state(config)
        made = snapshot.values["made"]
        return Draft(
            tuple(parse_edit(item["op"]) for item in made),
            tuple(item["author"] for item in made),
            tuple(editor.notes_of(snapshot.values)),
            EditRun(self.script, said, tuple(made), self._thread, snapshot.config),
        )

    def _now(self) -> Script:
        return apply_all(self.script, [parse_edit(item["op"]) for item in self.made]).after
