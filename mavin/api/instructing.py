"""Instructions in plain words: what code reads is obeyed exactly, the rest is proposed by the editor agent.

with Editor(film) as editor:                 keeps the model between instructions
    proposal = editor.propose("set it at night")
    proposal = editor.refine(proposal, "but not in shot 2")
    proposal.save()
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mavin.api.editing import Proposal, check_clip
from mavin.api.sources import open as open_film
from mavin.edits import apply_all
from mavin.errors import UsageError
from mavin.film import Film
from mavin.instructions import hurries, read_instruction, read_parts

if TYPE_CHECKING:
    from scripting.editor.run import EditRun
    from scripting.llm import Backend, LlmSession

__all__ = ["Editor", "propose"]

Progress = Callable[[str, str], None]


def propose(
    film: Film | str | Path,
    instruction: str,
    *,
    clip: str = "K1",
    llm: str | None = None,
    model: str | None = None,
    seed: int = 0,
    follow: Proposal | None = None,
    progress: Progress | None = None,
) -> Proposal:
    """The edits that an instruction asks for; nothing is changed before they are saved.

    Times, words, names, cuts and locks are read by code and obeyed exactly.  Only if something is left is a model
    asked, field by field, for what is not locked; whatever it says, nothing changes but what the instruction is about.

    Args:
        film: the film.
        instruction: what to do, in the person's words.
        clip: the clip that it is about.
        llm: the model for what code does not read, as in :func:`mavin.write`; ``rules`` for exact forms only.
        model: name of the model there.
        seed: seed of the model's answers.
        follow: an earlier proposal, to which the instruction is another word ("only in shot 2", "a little less").
        progress: called with an agent's name and what it does now.

    Raises:
        InstructionError: if nothing of it is understood, or it cannot be done, with the nearest that can.
        LockedError: if it would change what is locked.
        BackendError: if the model cannot be reached or used.
        UsageError: if there is no such clip or model.
    """
    with Editor(film, llm=llm, model=model, seed=seed, progress=progress) as editor:
        return editor.propose(instruction, clip) if follow is None else editor.refine(follow, instruction)


class Editor:
    """The editor agent for one film; its model is connected when first needed, and kept.

    One instruction is worked on at a time; several threads wait for each other.
    """

    def __init__(
        self,
        film: Film | str | Path,
        *,
        llm: str | None = None,
        model: str | None = None,
        seed: int = 0,
        progress: Progress | None = None,
    ) -> None:
        self.film = film if isinstance(film, Film) else open_film(film)
        self.progress = progress
        self._llm, self._model, self._seed = llm, model, seed
        self._backend: Backend | None = None
        self._connected = False
        self._lock = threading.Lock()

    def __enter__(self) -> Editor:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Frees the model; the next instruction that needs one connects it again."""
        with self._lock:
            if self._backend is not None:
                self._backend.close()
            self._backend, self._connected = None, False

    def propose(self, instruction: str, clip: str = "K1") -> Proposal:
        """The edits that an instruction asks for.

        Raises:
            InstructionError, LockedError, BackendError, UsageError: as :func:`propose`.
        """
        check_clip(self.film, clip)
        state, step = self.film.state, self.film.head
        parts = read_parts(instruction, state.script(clip))
        base = Proposal(self.film, state, step, {clip: ()}, instruction)
        if all(part.problem is None for part in parts):
            operations = tuple(op for part in parts for op in part.operations)
            script = state.script(clip)
            notes = tuple(hurries(script, apply_all(script, operations).after))
            return replace(base, edits={clip: operations}, notes=notes, authors=("code",) * len(operations))
        with self._lock:
            if not self._connected_model():
                raise next(part.problem for part in parts if part.problem is not None)
            from scripting.editor.run import EditRun

            return self._say(EditRun(state.script(clip)), instruction, base)

    def refine(self, proposal: Proposal, words: str) -> Proposal:
        """The proposal after another word of the person; the old one stays as it was.

        Raises:
            InstructionError, LockedError, BackendError, UsageError: as :func:`propose`.
        """
        if len(proposal.edits) != 1:
            raise UsageError("Another word can be said about a proposal for one clip.")
        clip, operations = next(iter(proposal.edits.items()))
        from scripting.editor.run import EditRun

        with self._lock:
            run = proposal.run
            # What was taken in part is gone on with as it is, without what was left out.
            if not isinstance(run, EditRun) or [item["op"] for item in run.made] != [
                op.model_dump(mode="json") for op in operations
            ]:
                run = EditRun.about(proposal.base.script(clip), operations, proposal.instruction)
            if run.needs_model(words) and not self._connected_model():
                read_instruction(words, proposal.base.script(clip))
            said = f"{proposal.instruction}; {words}" if proposal.instruction else words
            return self._say(run, words, replace(proposal, instruction=said))

    def _say(self, run: EditRun, words: str, base: Proposal) -> Proposal:
        with self._session() as session:
            draft = run.say(words, session, self.progress)
        clip = next(iter(base.edits))
        return replace(base, edits={clip: draft.operations}, notes=draft.notes, authors=draft.authors, run=draft.run)

    def connect(self) -> bool:
        """Connects the model if that has not been done; false for ``rules``.

        Raises:
            BackendError: if it cannot be reached.
            UsageError: if there is none of that name.
        """
        with self._lock:
            return self._connected_model()

    def _connected_model(self) -> bool:
        """Connects the model if that has not been done; false for ``rules``.

        Raises:
            BackendError: if it cannot be reached.
            UsageError: if there is none of that name.
        """
        if not self._connected:
            from scripting.llm import connect

            self._backend, self._connected = connect(self._llm, self._model), True
        return self._backend is not None

    def _session(self) -> LlmSession:
        from scripting.llm import LlmSession

        # A session that is told its places leaves the back end open for the next instruction.
        parallel = max(1, self._backend.parallel) if self._backend is not None else 1
        return LlmSession(self._backend, self._seed, places=threading.BoundedSemaphore(parallel))
