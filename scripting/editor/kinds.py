"""What every sort of change has: whom it can be made to, what is asked, what words must keep, what it touches."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

from mavin.caption import HierarchicalCaption
from mavin.diagnostics import Diagnostic, Severity
from mavin.edits import EditError, LockedError, Operation, Script, apply_all, lock_name
from mavin.instructions import QUOTED
from scripting.contracts import content_stems, problem
from scripting.editor.scope import Scope
from scripting.editor.topics import Topic

__all__ = ["Ask", "Impossible", "Kind", "Task", "quoted_in", "refusal", "tried", "unchanged", "without_quotations"]


class Impossible(Exception):  # noqa: N818 - never leaves the agent
    """What is asked for cannot be done to a part; the message says why and what is the nearest that can."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One clause of an instruction, and what it is said of.

    Attributes:
        clause: the words of the person.
        scope: what they name.
        script: the script as it is when the clause is read.
        earlier: what the person asked for before, where this is another word about it.
        small: whether the model wants little to be left to it.
    """

    clause: str
    scope: Scope
    script: Script
    earlier: str = ""
    small: bool = True

    @property
    def caption(self) -> HierarchicalCaption:
        """The script's caption."""
        return self.script.caption

    @property
    def told(self) -> str:
        """Every word that the model may use names from: the script's and the person's."""
        caption = self.caption
        texts = [self.clause, self.earlier, caption.title, *caption.global_caption.model_dump().values()]
        texts += [text for shot in caption.shots for text in (shot.title, shot.setting, shot.action)]
        texts += [text for role in caption.roles for text in (role.name, role.appearance, role.voice)]
        return " ".join(texts)

    def is_locked(self, path: str) -> str | None:
        """The lock that holds a field or a part of it, if there is one."""
        return next(
            (
                lock
                for lock in self.script.locks
                if lock == path or path.startswith(f"{lock}.") or lock.startswith(f"{path}.")
            ),
            None,
        )


@dataclass(frozen=True, slots=True)
class Task:
    """One part and what shall become of it.

    Attributes:
        topic: the sort of change.
        target: id of the part, empty for the clip.
        subject: what is changed, in words, for the question.
        old: how it is now.
        wish: what the answer must be, for the question.
        schema: JSON schema of the answer; ``None`` where code knows the value.
        value: what code knows, or falls back on.
        data: what else the operation needs.
    """

    topic: Topic
    target: str
    subject: str
    old: str = ""
    wish: str = ""
    schema: dict[str, Any] | None = None
    value: Any = None
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Its name in the run."""
        return f"{self.topic}.{self.target}" if self.target else str(self.topic)

    def as_dict(self) -> dict[str, Any]:
        """As plain data, for the graph's state."""
        return asdict(self) | {"topic": str(self.topic)}

    @classmethod
    def of(cls, data: dict[str, Any]) -> Task:
        """The task of plain data."""
        return cls(**(data | {"topic": Topic(data["topic"])}))


class Kind(ABC):
    """One sort of change."""

    topic: ClassVar[Topic]
    choosing: ClassVar[bool] = False
    """Whether the model is asked which part is meant where the instruction does not tell; else all are."""

    @abstractmethod
    def targets(self, ask: Ask) -> Sequence[str]:
        """The parts that it can be made to, of those that the instruction names, in order."""

    @abstractmethod
    def task(self, ask: Ask, target: str) -> Task:
        """What is asked about one part.

        Raises:
            Impossible: if nothing fits.
        """

    def check(self, ask: Ask, task: Task, value: Any) -> list[Diagnostic]:
        """What is wrong with an answer."""
        del ask, task, value
        return []

    def settled(self, ask: Ask, task: Task, value: Any) -> Any:
        """The answer as the operation takes it."""
        del ask, task
        return value.strip() if isinstance(value, str) else value

    @abstractmethod
    def operations(self, ask: Ask, task: Task, value: Any) -> Sequence[Operation]:
        """The operations of an answer."""

    @abstractmethod
    def paths(self, target: str) -> Sequence[str]:
        """Patterns of the paths that it may change."""

    def fields(self, target: str) -> Sequence[str]:
        """The fields whose locks forbid it."""
        del target
        return ()

    def free(self, ask: Ask, candidates: Iterable[str]) -> list[str]:
        """Those that are not locked.

        Raises:
            LockedError: if all are.
        """
        candidates = list(candidates)
        held = {each: next(filter(None, map(ask.is_locked, self.fields(each))), None) for each in candidates}
        free = [each for each in candidates if held[each] is None]
        if candidates and not free:
            locks = tuple(dict.fromkeys(lock for lock in held.values() if lock is not None))
            names = ", ".join(map(lock_name, locks))
            path = self.fields(candidates[0])[0]
            raise LockedError(
                (
                    problem(
                        "locked", f"{names} is locked, so “{ask.clause}” cannot be done; unlock {names} first", path
                    ),
                ),
                locks,
            )
        return free

    def covers(self, path: str, target: str) -> bool:
        """Whether a change of that path is its business."""
        return any(re.fullmatch(pattern, path) for pattern in self.paths(target))


def quoted_in(clause: str) -> list[str]:
    """The words in quotation marks, which stand as they are."""
    return [match[0][1:-1] for match in re.finditer(QUOTED, clause) if match[0][1:-1].strip()]


def without_quotations(ask: Ask, value: str) -> str:
    """An answer without the person's own quoted words, which need keep no contract."""
    for words in quoted_in(ask.clause):
        value = re.sub(rf"[\"“„«‘']?{re.escape(words)}[\"”“»’']?", " ", value)
    return value


def refusal(code: str, message: str, path: str | None = None) -> Diagnostic:
    """Why something is not done, for the person."""
    return Diagnostic(code=code, severity=Severity.ERROR, message=message, path=path)


def unchanged(value: str, old: str, path: str) -> list[Diagnostic]:
    """The complaint about words that say what the old ones say, in another order or with other signs."""
    if content_stems(value) == content_stems(old) or value.strip().casefold() == old.strip().casefold():
        return [problem("unchanged", "It must differ from how it is now.", path)]
    return []


def tried(script: Script, operations: Sequence[Operation]) -> str | None:
    """Why the operations cannot be made, ``None`` where they can."""
    try:
        apply_all(script, operations)
    except EditError as error:
        return "; ".join(item.message for item in error.diagnostics)
    return None
