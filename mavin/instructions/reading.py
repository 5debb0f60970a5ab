"""From an instruction to operations; each clause is one exact form, and is made before the next is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mavin.diagnostics import Diagnostic, Severity
from mavin.edits import Applied, EditError, LockedError, MoveCut, Operation, Script, apply_all
from mavin.errors import InvalidInputError
from mavin.instructions.forms import RULES
from mavin.instructions.naming import Stranger, Unclear
from mavin.instructions.nearest import nearest_line
from mavin.interval import format_seconds
from mavin.speech import Zone, fastest_ms, zone

__all__ = ["FORMS", "InstructionError", "Part", "Reading", "hurries", "read_instruction", "read_parts"]

FORMS = (
    'L1 at 1.9–2.5 s', 'L1 0.3 s later', 'L1 faster by 20%', 'L1 says "…"', 'Mara says "…" at 1–2 s', 'X1 at 0–1 s',
    'give L1 to Mara', 'replace "…" with "…"',
    'cut 1 to 3.2 s', 'shot 2 0.5 s longer', 'delete shot 2', 'swap shots 1 and 2', 'merge shots 1 and 2',
    'split shot 2 at 3 s', 'duration 10 s', 'rename Mara to Jo', 'camera of S2: close up', 'style "…"', 'lock S2',
)  # fmt: skip
"""Examples of what is read."""

_JOINT = re.compile(r"(?:\s*[,;.!]\s*(?:and\s+|then\s+)*|\s+(?:and\s+then|and|then)\s+|\s*$)", re.IGNORECASE)
_MANNERS = re.compile(
    r"(?:[,;\s]+(?:please|thanks|thank you|bitte|danke|merci|s['’]il (?:te|vous) plaît|por favor|gracias|per favore|"
    r"grazie|obrigad[oa])|[,，、\s]*(?:谢谢|謝謝|拜托|お願いします))+[\s.!。！]*$",
    re.IGNORECASE,
)
"""Politeness at the end: no clause of its own, of which something would have to be understood."""
_TOLD = re.compile(r":|\bto\s+[A-Z]|\bsays?\b|\bask")
"""Words of somebody may follow, whose politeness is their own."""
_LEAD = re.compile(r"\s*(?:please|and|then|also|now|could you|can you|i want you to)\s+", re.IGNORECASE)


_IT = re.compile(r"^(lock|unlock|freeze|unfreeze)\s+(?:it|that|this)\b", re.IGNORECASE)


class InstructionError(InvalidInputError):
    """An instruction that is not understood or cannot be met; ``diagnostics`` says which part and why."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        self.diagnostics = diagnostics
        super().__init__(" ".join(item.message for item in diagnostics))


@dataclass(frozen=True, slots=True)
class Reading:
    """What an instruction asks for.

    Attributes:
        applied: the operations, and the script before and after them.
        notes: what is worth knowing about the result, in sentences.
    """

    applied: Applied
    notes: tuple[str, ...] = ()

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The operations in order."""
        return self.applied.operations


@dataclass(frozen=True, slots=True)
class Part:
    """One clause of an instruction.

    Attributes:
        text: its words.
        operations: what it asks for exactly, empty where code does not understand it.
        problem: why it is not understood, ``None`` where it is.
    """

    text: str
    operations: tuple[Operation, ...] = ()
    problem: InstructionError | None = None


def read_instruction(text: str, script: Script) -> Reading:
    """The operations that an instruction asks for, exactly; all of it must be understood.

    Raises:
        InstructionError: if a part of it is not understood, names what is not there, or cannot be met.
        LockedError: if it would change what is locked.
    """
    parts = read_parts(text, script)
    loose = next((part.problem for part in parts if part.problem is not None), None)
    if loose is not None:
        raise loose
    done = tuple(op for part in parts for op in part.operations)
    now = apply_all(script, done).after
    return Reading(Applied(script, now, done), tuple(hurries(script, now)))


def read_parts(text: str, script: Script) -> tuple[Part, ...]:
    """An instruction clause by clause: what code reads exactly, and what it leaves to somebody who understands it.

    Raises:
        InstructionError: if there is nothing to read, or a clause that is understood names what is not there or
            cannot be met.
        LockedError: if it would change what is locked.
    """
    rest, now = text.strip(), script
    if not _TOLD.search(rest):
        rest = _MANNERS.sub("", rest)
    parts: list[Part] = []
    while rest:
        while lead := _LEAD.match(rest):
            rest = rest[lead.end() :]
        done = parts[-1].operations if parts else ()
        if done:
            rest = _IT.sub(lambda found: f"{found[1]} {_subject(done[-1])}", rest)  # noqa: B023 - used at once
        try:
            length, operations = _clause(rest, now)
        except InstructionError as error:
            if error.diagnostics[0].code not in ("not_understood", "unknown_name"):
                raise
            length = _loose_end(rest)
            _add_loose(parts, rest[:length].strip(" ,;.!"), error)
        else:
            for op in operations:
                now = _made(op, now, rest[:length].strip())
            parts.append(Part(rest[:length].strip(), tuple(operations)))
        joint = _JOINT.match(rest, length)
        rest = rest[joint.end() if joint else length :].strip()
    if not parts:
        raise _error("not_understood", "An instruction must say what to change, got nothing.")
    return tuple(parts)


_NEW_CLAUSE = re.compile(
    r"(?:please|make|set|give|put|let|have|add|remove|delete|drop|take|move|turn|change|show|use|shorten|lengthen|speed|"
    r"slow|lock|unlock|swap|rename|merge|split|cut|replace|insert|write|rewrite|tell|start|end|bring|keep|[SLCX]\d+)\b|"
    r"(?:the|a|an|his|her|their|its|[A-Z][\w’'-]*)\s+(?:[\w’'-]+\s+){0,3}"
    r"(?:should|shall|must|needs?|has to|have to|can|could)\b",
)


def _loose_end(rest: str) -> int:
    """Where a clause that is not understood ends: at the first joint behind which something new is asked for."""
    for end in _ends(rest):
        joint = _JOINT.match(rest, end)
        if joint is None or joint.end() >= len(rest):
            continue
        if _NEW_CLAUSE.match(rest, joint.end()) or re.match(r"\s*[.!;]\s", joint[0]):
            return end
    return len(rest)


def _add_loose(parts: list[Part], text: str, problem: InstructionError) -> None:
    if text:
        parts.append(Part(text, problem=problem))


def _subject(op: Operation) -> str:
    """What "it" means behind an operation: the cut that it moved, or the part that it names."""
    data = op.model_dump()
    if isinstance(op, MoveCut):
        return f"cut {op.shot}"
    named = [data[name] for name in ("line", "sound", "role", "shot", "path") if data.get(name)]
    return str(named[0]) if named else "it"


def _clause(rest: str, script: Script) -> tuple[int, Sequence[Operation]]:
    """How much of the text the next clause takes, and its operations."""
    found: list[tuple[int, int, Callable[[], Sequence[Operation]]]] = []
    for number, rule in enumerate(RULES):
        for ending in _ends(rest):
            match = rule.pattern.fullmatch(rest, 0, ending)
            if match is not None:
                found.append((ending, -number, lambda rule=rule, match=match: rule.make(match, script)))  # type: ignore[misc]
    problem: Unclear | None = None
    # The longest reading first: "swap S1 and S2" is one clause.
    for ending, _, make in sorted(found, key=lambda each: each[:2], reverse=True):
        try:
            return ending, make()
        except Unclear as error:
            problem = problem or error
    if problem is not None:
        code = "unknown_name" if isinstance(problem, Stranger) else "unclear"
        raise _error(code, f"“{rest[: max(each[0] for each in found)].strip()}” cannot be done: {problem}.")
    raise _error(
        "not_understood",
        f"This is not understood: “{rest[:80]}”. Without a language model these are: {'; '.join(FORMS)}.",
    )


def _ends(rest: str) -> list[int]:
    """Where the first clause may end: at every joint outside quotation marks, and at the end."""
    hidden = re.sub(r"\"[^\"]*\"|“[^”]*”|„[^“]*“|«[^»]*»", lambda found: "x" * len(found[0]), rest)
    ends = {len(rest.rstrip(" .!;,"))}
    for joint in _JOINT.finditer(hidden):
        if joint.end() > joint.start() and not re.match(r"\d[.,]\d", hidden[max(joint.start() - 1, 0) :]):
            ends.add(joint.start())
    return sorted(end for end in ends if end > 0)


def _made(op: Operation, script: Script, clause: str) -> Script:
    try:
        return apply_all(script, (op,)).after
    except LockedError:
        raise
    except EditError as error:
        reasons = "; ".join(item.message for item in error.diagnostics)
        near = nearest_line(op, script.caption)
        also = f" The nearest possible is {near}." if near and "nearest possible" not in reasons else ""
        raise _error("impossible", f"“{clause}” cannot be done: {reasons}.{also}", error.diagnostics[0].path) from None


def _error(code: str, message: str, path: str | None = None) -> InstructionError:
    return InstructionError((Diagnostic(code=code, severity=Severity.ERROR, message=message, path=path),))


def hurries(before: Script, after: Script) -> list[str]:
    """Lines that the edits have made too fast to be understood."""
    old = {line.id: line for line in before.caption.dialogue}
    notes = []
    for line in after.caption.dialogue:
        if line.recording is None and line != old.get(line.id):
            length = line.interval.duration_ms
            if zone(line.text, length, line.language) is Zone.IMPOSSIBLE:
                need = format_seconds(fastest_ms(line.text, line.language))
                notes.append(f"{line.id} cannot be understood in {format_seconds(length)} s: its words take {need} s.")
    return notes
