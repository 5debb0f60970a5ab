"""What the writers of a shot, a line and a role share: what stays, asking, and what was made."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from mavin.edits import Operation, Script
from mavin.errors import BackendError, UsageError
from mavin.facts import Facts, read_facts
from mavin.ledger import Fate, LedgerEntry
from prompts import Context
from scripting.agents.asking import question
from scripting.agents.editor import lost_model
from scripting.editor.kinds import tried
from scripting.llm.session import LlmSession

__all__ = ["ATTEMPTS", "FIELDS", "PATHS", "Anew", "Source", "Writer", "stop"]


FIELDS = {
    "S": ("action", "camera", "sounds"),
    "L": ("words", "delivery", "times"),
    "C": ("looks", "voice"),
}
"""What is written anew of a shot, a line and a role, and so can be kept."""

PATHS = {"words": "text", "times": "interval", "looks": "appearance"}
ATTEMPTS = 2


@dataclass(frozen=True, slots=True)
class Source:
    """What a part is written from.

    Attributes:
        script: the clip and its locks.
        ledger: what became of the prompt's facts by now, of this clip.
        prompt: the person's story; the storyline stands for it where there is none.
        hint: what the person wishes of the new one.
        keep: fields that stay as they are.
    """

    script: Script
    ledger: tuple[LedgerEntry, ...] = ()
    prompt: str = ""
    hint: str = ""
    keep: frozenset[str] = frozenset()

    @property
    def told(self) -> str:
        """Every word that names may be taken from."""
        return " ".join(filter(None, (self.prompt or self.script.caption.global_caption.storyline, self.hint)))


@dataclass(slots=True)
class Anew:
    """What was written anew.

    Attributes:
        operations: what is to be done.
        by: path → the agent whose words stand there now.
        notes: what stays and why, in sentences.
    """

    operations: list[Operation] = field(default_factory=list)
    by: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


class Writer(ABC):
    """Writes one part; :meth:`write` is the part's own."""

    def __init__(self, part: str, source: Source, session: LlmSession, progress: Callable[[str, str], None]) -> None:
        self.part, self.source, self.session, self.progress = part, source, session, progress
        self.caption = source.script.caption
        self.facts: Facts | None = read_facts(source.prompt, None) if source.prompt else None
        self.made = Anew()

    @abstractmethod
    def write(self) -> None:
        """Writes the part into :attr:`made`.

        Raises:
            UsageError: if nothing of it is left to write.
            BackendError: if the model cannot be used.
        """

    def stays(self, name: str, path: str) -> bool:
        """Whether a field is kept or locked; what is locked is told."""
        if name in self.source.keep or path.rsplit(".", 1)[-1] in self.source.keep:
            return True
        held = next(
            (
                lock
                for lock in self.source.script.locks
                if path == lock or path.startswith(f"{lock}.") or lock.startswith(f"{path}.")
            ),
            None,
        )
        if held is not None:
            self.made.notes.append(f"{self.part}.{name} is locked and stays.")
        return held is not None

    def entries(self, where: str, *fates: Fate) -> list[LedgerEntry]:
        """The ledger's entries about a path that have one of some fates."""
        return [entry for entry in self.source.ledger if entry.where == where and entry.outcome in fates]

    def is_persons(self, path: str) -> bool:
        """Whether a field holds what the person said in the prompt or set by hand."""
        own = self.entries(path, Fate.KEPT, Fate.ALTERED)
        made = self.entries(path, Fate.ADDED)
        if not self.source.ledger:
            return not self.source.prompt
        return bool(own) or any(entry.by == "you" for entry in made)

    def put(self, operation: Operation, agent: str, *paths: str) -> None:
        """Makes an operation that can be made, and notes whose words it holds."""
        why = tried(self.source.script, [operation])
        if why is not None:
            self.made.notes.append(f"{self.part}: {why}.")
            return
        self.made.operations.append(operation)
        self.made.by.update(dict.fromkeys(paths, agent))

    def ask(self, agent: str, context: Context, fields: dict[str, Any], tokens: int, attempt: int) -> dict[str, Any]:
        """The model's answer, empty without a model or an answer."""
        if not self.session.available or not fields:
            return {}
        answer = self.session.ask(
            question(agent, f"anew.{self.part}", context, fields, max_tokens=tokens, attempt=attempt)
        )
        return dict(answer.data) if answer is not None else {}

    def turned_down(self, problems: Sequence[str]) -> None:
        """Tells that words of the model broke their contract."""
        if problems:
            self.made.notes.append(f"Words of the model for {self.part} were not used: {problems[0]}")

    def story(self) -> str:
        """What the film is about, for a question."""
        return self.source.prompt or self.caption.global_caption.storyline

    def known(self) -> str:
        """Every word that names may be taken from, the cast's names included."""
        names: Iterable[str] = (role.name for role in self.caption.roles)
        return " ".join([self.source.told, *names])

    def nothing(self, why: str) -> None:
        """Ends the writing because nothing came of it.

        Raises:
            BackendError: if that is the model's fault.
            UsageError: otherwise.
        """
        if (lost := lost_model(self.session)) is not None:
            raise BackendError(lost)
        kept = f" Kept: {', '.join(sorted(self.source.keep))}." if self.source.keep else ""
        notes = " ".join(dict.fromkeys(self.made.notes))
        also = "" if self.session.available else " With a language model (--llm) there may be more."
        raise UsageError(f"{self.part} was not written anew: {why}.{kept}{' ' + notes if notes else ''}{also}")


def stop(text: str) -> str:
    """What goes between a sentence and the next one."""
    return " " if text[-1] in ".!?。！？" else "。" if "\u4e00" <= text[-1] <= "\u9fff" else ". "
