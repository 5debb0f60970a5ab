"""A line written anew: its manner and time; the words only where no person wrote them."""

from __future__ import annotations

from typing import Any

from mavin.edits import RetimeLine
from mavin.ledger import Fate
from mavin.speech import natural_ms
from scripting.anew.writer import Writer
from scripting.editor.asking import ask_new
from scripting.editor.kinds import Ask
from scripting.editor.scope import scope_of
from scripting.editor.speech_kinds import Delivery, Words

__all__ = ["LineWriter"]


class LineWriter(Writer):
    """The narrative refiner's part, and timing."""

    def write(self) -> None:
        """Another manner and time for one line; its words stay, unless a model wrote them."""
        line = next(each for each in self.caption.dialogue if each.id == self.part)
        where = f"dialogue.{line.id}"
        clause = f"{line.id}: {self.source.hint}" if self.source.hint else f"{line.id} in another manner"
        ask = Ask(clause, scope_of(clause, self.caption), self.source.script, "", self.session.small)
        by_model = any(entry.by == "editor" for entry in self.entries(f"{where}.text", Fate.ADDED))
        kinds: list[tuple[str, Any, str]] = []
        if by_model and not self.stays("words", f"{where}.text"):
            kinds.append(("words", Words(), f"{where}.text"))
        elif "words" not in self.source.keep:
            self.made.notes.append(f"The words of {line.id} are a person's and stay.")
        told = self.facts is not None and any(
            quote.text == line.text and quote.delivery and quote.delivery == line.delivery
            for quote in self.facts.quotes
        )
        if not told and not self.stays("delivery", f"{where}.delivery") and not self.is_persons(f"{where}.delivery"):
            kinds.append(("delivery", Delivery(), f"{where}.delivery"))
        for name, kind, path in kinds:
            value = self._worded(kind, ask, name) if self.session.available else None
            if value is not None:
                self.put(kind.operations(ask, kind.task(ask, line.id), value)[0], "narrative_refiner", path)
        if not self.stays("times", f"{where}.interval") and not self.is_persons(f"{where}.start_ms"):
            self._retime(line)
        if not self.made.operations:
            self.nothing(f"{line.id} is said as its words need, and a person has fixed the rest")

    def _worded(self, kind: Any, ask: Any, name: str) -> Any:
        self.progress("narrative_refiner", f"writing the {name} of {self.part} anew")
        value, problems = ask_new(kind, ask, kind.task(ask, self.part), self.session, f"anew.{self.part}")
        self.turned_down(problems)
        return value

    def _retime(self, line: Any) -> None:
        """As long as the words need at a natural pace, in the middle of the time that is free in the line's shot."""
        shot = self.caption.shot_at(line.start_ms)
        others = [each for each in self.caption.dialogue if each.id != line.id]
        low = max([shot.start_ms, *(each.end_ms for each in others if each.end_ms <= line.start_ms)])
        high = min([shot.end_ms, *(each.start_ms for each in others if each.start_ms >= line.end_ms)])
        length = min(natural_ms(line.text, line.language), high - low)
        start = low + (high - low - length) // 2 // 100 * 100
        paths = (f"dialogue.{line.id}.start_ms", f"dialogue.{line.id}.end_ms")
        if (start, start + length) != (line.start_ms, line.end_ms) and length > 0:
            self.put(RetimeLine(line=line.id, start_ms=start, end_ms=start + length), "code", *paths)
