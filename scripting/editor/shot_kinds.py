"""Changes of shots as a whole: how long one lasts, and one more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from mavin.caption import MAX_DURATION_MS, MAX_SHOTS, Camera, Size
from mavin.diagnostics import Diagnostic
from mavin.edits import InsertShot, Operation, StretchShot, apply_all
from mavin.instructions import hurries
from mavin.interval import format_seconds
from scripting.contracts import SPEECH, check_descriptor, content_stems, problem, strangers_in
from scripting.editor.kinds import Ask, Impossible, Kind, Task, tried, without_quotations
from scripting.editor.phrases import wanted_stems
from scripting.editor.picture_kinds import OfShots
from scripting.editor.topics import Topic, direction

__all__ = ["Length", "NewShot"]


class Length(OfShots):
    """A shot lasts longer or shorter; what is in it keeps its place in proportion."""

    topic = Topic.LENGTH
    choosing = True

    def task(self, ask: Ask, target: str) -> Task:
        """A length of those that the script leaves."""
        shot = ask.caption.shot(target)
        old = shot.interval.duration_ms
        way = direction(ask.clause, "longer", "shorter") or direction(ask.earlier, "longer", "shorter")
        factors = {"longer": (125, 150, 175), "shorter": (80, 65, 50)}
        wanted = factors.get(way or "", (*factors["longer"], *factors["shorter"]))
        choices: dict[str, tuple[int, str]] = {}
        for percent in wanted:
            new = round(old * percent / 100, -2)
            for mode in ("ripple", "hold"):
                op = StretchShot(shot=target, length_ms=int(new), mode=mode)
                if tried(ask.script, [op]) is None and not _hurried(ask, op):
                    choices[f"{format_seconds(int(new))} seconds"] = (int(new), mode)
                    break
        if not choices:
            room = f"the clip lasts {format_seconds(ask.caption.duration_ms)} of at most {MAX_DURATION_MS // 1000} s"
            raise Impossible(
                f"{target} cannot be made {way or 'longer or shorter'}: {room} and its lines need their time"
            )
        names = list(choices)
        return Task(
            self.topic, target, f"how long shot {target} lasts", f"{format_seconds(old)} seconds", "the new length",
            {"type": "string", "enum": names} if len(names) > 1 else None, names[0], {"lengths": choices},
        )  # fmt: skip

    def operations(self, ask: Ask, task: Task, value: Any) -> Sequence[Operation]:
        """The shot with its new length."""
        length, mode = task.data["lengths"][value]
        return [StretchShot(shot=task.target, length_ms=length, mode=mode)]

    def paths(self, target: str) -> Sequence[str]:
        """Times, also of what follows."""
        return [r"(?:shots|dialogue)\..*(?:start|end)_ms", "duration_ms"]


def _hurried(ask: Ask, op: Operation) -> bool:
    """Whether a line could no longer be understood."""
    return bool(hurries(ask.script, apply_all(ask.script, [op]).after))


class NewShot(Kind):
    """A shot more, behind the one that is named or at the end."""

    topic = Topic.NEW_SHOT

    def targets(self, ask: Ask) -> Sequence[str]:
        """One place: the shot behind which it goes, empty for the very beginning."""
        caption = ask.caption
        if len(caption.shots) >= MAX_SHOTS:
            raise Impossible(
                f"a clip has at most {MAX_SHOTS} shots and this one has {len(caption.shots)}; merge or delete one first"
            )
        order = [shot.id for shot in caption.shots]
        named = re.search(
            r"\b(before|after|behind)\s+(?:the\s+)?(?:shot\s+)?(?:S?(\d+)|first|last|opening|ending)",
            ask.clause,
            re.IGNORECASE,
        )
        if named is not None and ask.scope.shots:
            at = order.index(ask.scope.shots[0])
            return [order[at - 1] if at else ""] if named[1].lower() == "before" else [order[at]]
        if re.search(r"\b(?:at the (?:beginning|start)|first|opening)\b", ask.clause, re.IGNORECASE):
            return [""]
        return [order[-1]]

    def task(self, ask: Ask, target: str) -> Task:
        """What happens in it; place and camera are code's, its length what is free."""
        room = MAX_DURATION_MS - ask.caption.duration_ms
        length = min(2500, room)
        if length < 800:
            raise Impossible(
                f"the clip lasts {format_seconds(ask.caption.duration_ms)} s of at most {MAX_DURATION_MS // 1000} s, "
                "which leaves no time for another shot; shorten a shot first"
            )
        near = ask.caption.shot(target) if target else ask.caption.shots[0]
        return Task(
            self.topic, target, f"a new shot {'behind ' + target if target else 'at the beginning'}", "",
            "what happens in the new shot, in one sentence of at most 20 words in the present tense, so that a camera "
            "can see it; no speech, nobody who is not in the film",
            {"type": "string", "minLength": 8, "maxLength": 160}, _clause_of_shot(ask.clause),
            {"length_ms": length, "setting": near.setting},
        )  # fmt: skip

    def check(self, ask: Ask, task: Task, value: Any) -> list[Diagnostic]:
        """What was asked for, with nobody new."""
        found = check_descriptor(
            without_quotations(ask, value), path="shots", prompt=ask.told, words=30, characters=160
        )
        if SPEECH.search(value):
            found.append(problem("speech", "It must not tell what is said.", "shots"))
        strangers = strangers_in(value, ask.told, [])
        if strangers:
            found.append(problem("new_person", f"It must not add people ({', '.join(strangers)}).", "shots"))
        wanted = wanted_stems(ask.clause, Topic.NEW_SHOT)
        if wanted and len(wanted & content_stems(value)) * 2 < len(wanted):
            found.append(problem("not_done", f"It must show what the director says: {ask.clause!r}.", "shots"))
        return found

    def settled(self, ask: Ask, task: Task, value: Any) -> Any:
        """A sentence."""
        text = str(value).strip()
        text = text[:1].upper() + text[1:]
        return text if text[-1] in ".!?。！？" else f"{text}."

    def operations(self, ask: Ask, task: Task, value: Any) -> Sequence[Operation]:
        """The shot, with those of the cast whom its sentence names."""
        roles = tuple(role.id for role in ask.caption.roles if _is_named(role.name, value))
        return [
            InsertShot(
                after=task.target or None,
                length_ms=task.data["length_ms"],
                setting=task.data["setting"],
                action=value,
                camera=Camera(size=Size.WIDE),
                roles=roles,
            )
        ]

    def paths(self, target: str) -> Sequence[str]:
        """Times of what follows, and a shot that was not there."""
        return [r"(?:shots|dialogue)\..*(?:start|end)_ms", "duration_ms", r"shots\[\]", r"shots\.S\d+\..*"]


def _clause_of_shot(clause: str) -> str | None:
    """ "add a shot where the ferry leaves" → "The ferry leaves"."""
    told = re.search(r"\b(?:shot|scene) (?:where|in which|with|of|that shows)\s+(.+)", clause, re.IGNORECASE)
    if told is None:
        return None
    words = re.sub(r"\s*\b(?:at the (?:end|beginning|start)|before|after|behind)\b.*$", "", told[1]).strip(" .!")
    return words[:1].upper() + words[1:] if len(words.split()) > 2 else None


def _is_named(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None
