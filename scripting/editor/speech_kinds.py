"""Changes of what is said: pace, manner, words, a new line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from mavin.caption import MIN_LINE_MS, DialogueLine
from mavin.diagnostics import Diagnostic
from mavin.edits import AddLine, Operation, RetimeLine, RevoiceLine, RewordLine
from mavin.interval import format_seconds
from mavin.speech import fastest_ms, natural_ms, rate_of
from scripting.contracts import check_descriptor, problem
from scripting.editor.kinds import Ask, Impossible, Kind, Task, quoted_in, tried, unchanged
from scripting.editor.topics import Topic, direction

__all__ = ["Delivery", "NewLine", "Pace", "Words"]

_PERCENT = (10, 20, 30, 40, 60)
"""By how much a line may be asked to be faster or slower."""


def lines_of(ask: Ask) -> list[DialogueLine]:
    """The lines that a clause names: themselves, or by who says them and in which shots."""
    scope, caption = ask.scope, ask.caption
    lines = sorted(caption.dialogue, key=lambda line: (line.start_ms, line.id))
    if scope.lines:
        return [line for line in lines if line.id in scope.lines]
    if scope.roles:
        lines = [line for line in lines if line.role in scope.roles]
    if scope.shots:
        lines = [line for line in lines if caption.shot_at(line.start_ms).id in scope.shots]
    return lines


class _OfLines(Kind):
    def targets(self, ask: Ask) -> Sequence[str]:
        """The lines that are named, else all."""
        found = [line.id for line in lines_of(ask)]
        if not found:
            said = "nothing is said there" if not ask.scope.is_empty else "nothing is said in this script"
            raise Impossible(said)
        return self.free(ask, found)


def _line(ask: Ask, name: str) -> DialogueLine:
    return next(line for line in ask.caption.dialogue if line.id == name)


def _about(ask: Ask, line: DialogueLine) -> str:
    return f"{ask.caption.role(line.role).name}'s line “{line.text}”"


class Pace(_OfLines):
    """A line is said faster or slower: its interval becomes shorter or longer, its start stays."""

    topic = Topic.PACE

    def task(self, ask: Ask, target: str) -> Task:
        """By how many percent, of those that the words and the script leave."""
        line = _line(ask, target)
        way = direction(ask.clause, "faster", "slower") or direction(ask.earlier, "faster", "slower")
        old = line.interval.duration_ms
        ways = [way] if way else ["faster", "slower"]
        choices = {
            f"{percent}% {each}": new
            for each in ways
            for percent in _PERCENT
            if (new := _paced(old, percent, each)) and self._possible(ask, line, new)
        }
        if not choices:
            if way == "slower":
                raise Impossible(f"{target} cannot last longer: what comes behind it leaves no room")
            least = max(fastest_ms(line.text, line.language), MIN_LINE_MS)
            raise Impossible(
                f"{target} cannot be said much faster: its words need {format_seconds(least)} s to be understood "
                f"and it has {format_seconds(old)} s; the nearest possible is {target} {format_seconds(line.start_ms)}–"
                f"{format_seconds(line.start_ms + min(least, old))} s"
            )
        names = list(choices)
        schema = {"type": "string", "enum": names} if len(names) > 1 else None
        # A small step is not heard, a large one is not understood: a fifth, where nobody says more.
        usual = next((name for name in names if name.startswith("20%")), names[0])
        return Task(
            self.topic, target, _about(ask, line), f"{format_seconds(old)} seconds long", "how much", schema, usual,
            {"lengths": choices},
        )  # fmt: skip

    def _possible(self, ask: Ask, line: DialogueLine, length: int) -> bool:
        if length < fastest_ms(line.text, line.language):
            return False
        return (
            tried(ask.script, [RetimeLine(line=line.id, start_ms=line.start_ms, end_ms=line.start_ms + length)]) is None
        )

    def operations(self, ask: Ask, task: Task, value: Any) -> Sequence[Operation]:
        """The line with its new end."""
        start = _line(ask, task.target).start_ms
        return [RetimeLine(line=task.target, start_ms=start, end_ms=start + task.data["lengths"][value])]

    def paths(self, target: str) -> Sequence[str]:
        """The line's times."""
        return [rf"dialogue\.{target}\.(?:start|end)_ms"]

    def fields(self, target: str) -> Sequence[str]:
        """Its interval."""
        return [f"dialogue.{target}.interval"]


def _paced(old: int, percent: int, way: str) -> int:
    """The length of a line at another rate: 20% faster is a rate of 1.2."""
    new = round(old * 100 / (100 + percent)) if way == "faster" else round(old * (100 + percent) / 100)
    return new if new >= MIN_LINE_MS else 0


class Delivery(_OfLines):
    """A line is said in another manner."""

    topic = Topic.DELIVERY

    def task(self, ask: Ask, target: str) -> Task:
        """The manner in a word or three; a small model is not asked where the words name it."""
        line = _line(ask, target)
        own = _manner(ask.clause)
        schema = None if own and ask.small else {"type": "string", "minLength": 2, "maxLength": 40}
        subject = f"the manner in which {_about(ask, line)} is spoken"
        return Task(self.topic, target, subject, line.delivery, "the manner alone, at most 4 words", schema, own)

    def check(self, ask: Ask, task: Task, value: Any) -> list[Diagnostic]:
        """A short manner, other than now."""
        path = f"dialogue.{task.target}.delivery"
        found = check_descriptor(value, path=path, prompt=ask.told, words=5)
        found += unchanged(value, task.old, path)
        names = [role.name for role in ask.caption.roles if role.name.casefold() in value.casefold()]
        if names or re.search(r"\blines?\b|,$", value, re.IGNORECASE):
            found.append(problem("no_manner", "It must be a manner such as “tired”, not a sentence.", path))
        return found

    def settled(self, ask: Ask, task: Task, value: Any) -> Any:
        """Without a stop, in small letters as manners are written."""
        text = str(value).strip().rstrip(".")
        return text[:1].lower() + text[1:]

    def operations(self, ask: Ask, task: Task, value: Any) -> Sequence[Operation]:
        """The line said so."""
        return [RevoiceLine(line=task.target, delivery=value)]

    def paths(self, target: str) -> Sequence[str]:
        """The line's delivery."""
        return [rf"dialogue\.{target}\.delivery"]

    def fields(self, target: str) -> Sequence[str]:
        """The same."""
        return [f"dialogue.{target}.delivery"]


def _manner(clause: str) -> str | None:
    """The manner that English words of a clause name: "should whisper" → whispering, "more softly" → softly."""
    verb = re.search(r"\b(whisper|shout|yell|scream|mutter|murmur)\w*", clause, re.IGNORECASE)
    if verb is not None:
        return f"{verb[1].lower()}ing"
    adverb = re.search(
        r"\b((?:more |very )?(?!only|early|really|family|finally|nearly)[a-z]{3,}ly)\b", clause, re.IGNORECASE
    )
    if adverb is not None:
        return adverb[1].lower()
    sounding = re.search(r"\bsounds? ((?:more |less |very )?[a-z]+)\s*$", clause.strip(" .!"), re.IGNORECASE)
    if sounding is not None:
        return sounding[1].lower()
    louder = re.search(r"\b(louder|softer|quieter)\b", clause, re.IGNORECASE)
    return louder[1].lower() if louder else None


class Words(_OfLines):
    """A line says something else; only where the instruction speaks of words."""

    topic = Topic.WORDS
    choosing = True

    def task(self, ask: Ask, target: str) -> Task:
        """New words that can be said in the line's interval."""
        line = _line(ask, target)
        most = _most_characters(line)
        wish = f"the new words that are spoken, at most {most} characters, without quotation marks"
        if direction(ask.clause, "shorter"):
            most = min(most, max(len(line.text) * 4 // 5, 4))
            wish = f"the same said in at most {most} characters, without quotation marks"
        schema = {"type": "string", "minLength": 1, "maxLength": most}
        return Task(
            self.topic, target, f"the words that {ask.caption.role(line.role).name} says", line.text, wish, schema
        )

    def check(self, ask: Ask, task: Task, value: Any) -> list[Diagnostic]:
        """Words in the line's language that are other words, and no stage directions."""
        path = f"dialogue.{task.target}.text"
        line = _line(ask, task.target)
        spoken = " ".join(each.text for each in ask.caption.dialogue)
        found = check_descriptor(value, path=path, prompt=f"{ask.told} {spoken}", words=40)
        if value.strip().casefold() == line.text.casefold():
            found.append(problem("unchanged", "It must say something else.", path))
        if any(
            value.strip().casefold() == other.text.casefold() for other in ask.caption.dialogue if other is not line
        ):
            found.append(problem("repeats_line", "Somebody says that already.", path))
        if len(value) > task.schema["maxLength"] * 0.95 and value.rstrip()[-1] not in ".!?。！？…":  # type: ignore[index]
            found.append(problem("cut_off", "It was cut off. Say it in fewer words.", path))
        return found

    def operations(self, ask: Ask, task: Task, value: Any) -> Sequence[Operation]:
        """The line with the new words."""
        return [RewordLine(line=task.target, text=value)]

    def paths(self, target: str) -> Sequence[str]:
        """The line's words, and the recording that says the old ones."""
        return [rf"dialogue\.{target}\.(?:text|recording)"]

    def fields(self, target: str) -> Sequence[str]:
        """The words."""
        return [f"dialogue.{target}.text"]


def _most_characters(line: DialogueLine) -> int:
    """So many characters can be said in the line's time, a little faster than is comfortable."""
    rate = rate_of(line.language)
    return max(int(line.interval.duration_ms / 1000 * (rate.natural + rate.fastest) / 2 * 1.2), 4)


class NewLine(Kind):
    """Somebody says a line more: the person's own words where they stand in quotation marks."""

    topic = Topic.NEW_LINE
    choosing = True

    def targets(self, ask: Ask) -> Sequence[str]:
        """Who is named, else everybody."""
        return list(ask.scope.roles) or [role.id for role in ask.caption.roles]

    def task(self, ask: Ask, target: str) -> Task:
        """The words, and the longest free place in the shots that are meant."""
        caption = ask.caption
        told = quoted_in(ask.clause)
        shots = [shot for shot in caption.shots if shot.id in ask.scope.shots] or list(caption.shots)
        need = max(fastest_ms(told[0], caption.language), MIN_LINE_MS) if told else 600
        free = _longest_free(ask, target, shots, need)
        if free is None:
            where = " and ".join(shot.id for shot in shots[:3])
            raise Impossible(f"no time is free for another line of {target} in {where}")
        start, end = free
        rate = rate_of(caption.language)
        most = max(int((end - start) / 1000 * rate.natural), 4)
        data = {"start_ms": start, "end_ms": end}
        subject = f"a new line that {caption.role(target).name} says"
        if told:
            if need > end - start:
                raise Impossible(
                    f"“{told[0]}” needs {format_seconds(need)} s to be understood, and {format_seconds(start)}–"
                    f"{format_seconds(end)} s is the longest time that is free"
                )
            return Task(self.topic, target, subject, "", "", None, told[0], data)
        schema = {"type": "string", "minLength": 1, "maxLength": most}
        wish = f"the words that are spoken, at most {most} characters, without quotation marks"
        return Task(self.topic, target, subject, "", wish, schema, None, data)

    def check(self, ask: Ask, task: Task, value: Any) -> list[Diagnostic]:
        """Plain words that nobody says yet."""
        if task.schema is None:
            return []
        spoken = " ".join(each.text for each in ask.caption.dialogue)
        found = check_descriptor(value, path="dialogue", prompt=f"{ask.told} {spoken}", words=30)
        if any(value.strip().casefold() == line.text.casefold() for line in ask.caption.dialogue):
            found.append(problem("repeats_line", "Somebody says that already.", "dialogue"))
        return found

    def operations(self, ask: Ask, task: Task, value: Any) -> Sequence[Operation]:
        """The line, as long as its words need, in the middle of its free place."""
        start, end = task.data["start_ms"], task.data["end_ms"]
        length = min(natural_ms(value, ask.caption.language), end - start)
        begin = min(start + 200, end - length)
        shot = ask.caption.shot_at(begin)
        return [
            AddLine(
                role=task.target,
                start_ms=begin,
                end_ms=begin + length,
                text=value,
                delivery=_manner(ask.clause) or "",
                on_screen=task.target in shot.roles,
            )
        ]

    def paths(self, target: str) -> Sequence[str]:
        """A line that was not there; the guard sees to it that the others stay."""
        return [r"dialogue\[\]", r"dialogue\.L\d+\..*"]


def _longest_free(ask: Ask, role: str, shots: Sequence[Any], need: int) -> tuple[int, int] | None:
    """The longest time in some shots in which nobody speaks or, where that is too short, not the role itself."""
    for own in (False, True):
        taken = sorted((line.start_ms, line.end_ms) for line in ask.caption.dialogue if not own or line.role == role)
        found: list[tuple[int, int, int]] = []
        for shot in shots:
            at = shot.start_ms
            for start, end in [*taken, (shot.end_ms, shot.end_ms)]:
                if start > at:
                    found.append((min(start, shot.end_ms) - at, at, min(start, shot.end_ms)))
                at = max(at, end)
        best = max(found, default=(0, 0, 0))
        if best[0] >= need:
            break
    return (best[1], best[2]) if best[0] >= MIN_LINE_MS else None
