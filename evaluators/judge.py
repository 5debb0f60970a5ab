"""A model as judge of a script: a checklist of typed yes/no questions, never a bare score (§5.5).

    question   "Does everything that the user asked for happen?"      yes is good ─┐ agree: one answer
    counter    "Is anything that the user asked for left out?"        no is good  ─┘ differ: unsure

    an essential no          Failed
    an important no          Borderline
    any other no, or unsure  Acceptable
    all yes, all sure        Perfect

Every question is asked twice, the second time turned round, so that a model which likes to say yes agrees with itself
on nothing.  The share of questions on which both passes agree stands beside every rating, and there is no rating where
it settles fewer than :data:`LEAST_SETTLED`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from mavin.caption import HierarchicalCaption
from mavin.interval import format_interval

__all__ = [
    "CHECKLIST",
    "LEAST_SETTLED",
    "Judge",
    "Question",
    "Rating",
    "Verdict",
    "Weight",
    "judge_script",
    "script_for_judge",
]


class Rating(StrEnum):
    """The four categories of §5.5, worst first."""

    FAILED = "Failed"
    BORDERLINE = "Borderline"
    ACCEPTABLE = "Acceptable"
    PERFECT = "Perfect"


class Weight(StrEnum):
    """What a no costs."""

    ESSENTIAL = "essential"
    IMPORTANT = "important"
    MINOR = "minor"


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the checklist.

    Attributes:
        key: its name in files.
        weight: what a no costs.
        text: asked first; yes is good.
        counter: asked second; no is good.
    """

    key: str
    weight: Weight
    text: str
    counter: str


CHECKLIST: tuple[Question, ...] = (
    Question(
        "story",
        Weight.ESSENTIAL,
        "Does the script tell the story that the user asked for?",
        "Does the script tell another story than the user asked for?",
    ),
    Question(
        "complete",
        Weight.ESSENTIAL,
        "Does every event that the user asked for happen in some shot?",
        "Is any event that the user asked for missing from all shots?",
    ),
    Question(
        "order",
        Weight.IMPORTANT,
        "Do the events come in the order that the user's text implies?",
        "Does any event come earlier or later than the user's text implies?",
    ),
    Question(
        "people",
        Weight.ESSENTIAL,
        "Does the cast hold everybody whom the user mentions, and do they do what the user says of them?",
        "Is anybody whom the user mentions left out of the cast, or given somebody else's deeds?",
    ),
    Question(
        "words",
        Weight.IMPORTANT,
        "Does each line of dialogue belong to the person who would say it?",
        "Is any line of dialogue given to the wrong person?",
    ),
    Question(
        "added",
        Weight.IMPORTANT,
        "Is everything that the script adds in keeping with what the user wrote?",
        "Does the script add anything that contradicts what the user wrote?",
    ),
    Question(
        "consistent",
        Weight.IMPORTANT,
        "Do places, people and things stay the same from shot to shot unless the story changes them?",
        "Does a place, a person or a thing change between shots without the story changing it?",
    ),
    Question(
        "filmable",
        Weight.IMPORTANT,
        "Does each shot say what can be seen and done in it?",
        "Is there a shot of which nobody could say what is seen in it?",
    ),
    Question(
        "camera",
        Weight.MINOR,
        "Does the camera of each shot suit what happens in it?",
        "Is there a shot whose camera does not suit what happens in it?",
    ),
    Question(
        "sound",
        Weight.MINOR,
        "Do the sounds and the ambience fit the places and events?",
        "Is there a sound or an ambience that does not fit the place or the event?",
    ),
    Question(
        "language",
        Weight.MINOR,
        "Is the script free of mistakes of language?",
        "Does the script hold mistakes of language?",
    ),
)
"""What is asked about every script."""


LEAST_SETTLED = 2 / 3
"""Share of the questions that both passes must answer alike for a rating: a coin would settle half of them."""


class Judge(Protocol):
    """A model that answers yes or no about a script."""

    @property
    def name(self) -> str:
        """Which model, for provenance."""
        ...

    def answer(self, key: str, prompt: str, script: str, question: str) -> bool | None:
        """Whether it is so; ``None`` where the model gives no answer.

        Args:
            key: of the question and the pass, unique for a script.
            prompt: what the user asked for.
            script: the whole script as text.
            question: a question that yes or no answers.
        """
        ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge says about one script.

    Attributes:
        answers: by the question's key, (first pass, second pass), each turned so that ``True`` is good; ``None`` where
            there was no answer.
    """

    answers: Mapping[str, tuple[bool | None, bool | None]]

    def settled(self, key: str) -> bool | None:
        """What both passes say; ``None`` where they differ or one says nothing."""
        one, two = self.answers[key]
        return one if one == two else None

    @property
    def rating(self) -> Rating | None:
        """The category; ``None`` where the judge is too unsure to have a say."""
        settled = {question: self.settled(question.key) for question in CHECKLIST if question.key in self.answers}
        if sum(answer is not None for answer in settled.values()) < LEAST_SETTLED * len(settled) or not settled:
            return None
        broken = {question.weight for question, answer in settled.items() if answer is False}
        if Weight.ESSENTIAL in broken:
            return Rating.FAILED
        if Weight.IMPORTANT in broken:
            return Rating.BORDERLINE
        unsure = any(answer is None for answer in settled.values())
        return Rating.ACCEPTABLE if broken or unsure else Rating.PERFECT

    @property
    def agreement(self) -> float:
        """Share of the questions answered in both passes that were answered alike; NaN without any."""
        both = [(one, two) for one, two in self.answers.values() if one is not None and two is not None]
        return sum(one == two for one, two in both) / len(both) if both else math.nan

    @property
    def faults(self) -> tuple[str, ...]:
        """Keys of the questions that both passes answer badly."""
        return tuple(key for key in self.answers if self.settled(key) is False)


def judge_script(
    judge: Judge,
    captions: Sequence[HierarchicalCaption],
    prompt: str,
    *,
    checklist: Sequence[Question] = CHECKLIST,
) -> Verdict:
    """Ask a judge every question in both forms; the second pass goes through the list backwards.

    Raises:
        BackendError: if the model cannot be reached.
    """
    script = script_for_judge(captions)
    first = {one.key: judge.answer(f"{one.key}.first", prompt, script, one.text) for one in checklist}
    second = {one.key: judge.answer(f"{one.key}.second", prompt, script, one.counter) for one in reversed(checklist)}
    turned = {key: None if answer is None else not answer for key, answer in second.items()}
    return Verdict({one.key: (first[one.key], turned[one.key]) for one in checklist})


def script_for_judge(captions: Sequence[HierarchicalCaption]) -> str:
    """A script as a judge reads it: all that a viewer would see and hear, names instead of ids."""
    lines: list[str] = []
    for number, caption in enumerate(captions, 1):
        if len(captions) > 1:
            lines.append(f"CLIP {number}")
        whole = caption.global_caption
        lines += [f"Story: {whole.storyline}", f"Style: {whole.style}", f"Ambience: {whole.ambience}"]
        for role in caption.roles:
            about = "; ".join(part for part in (role.appearance, f"voice: {role.voice}" if role.voice else "") if part)
            lines.append(f"Cast: {role.name}{f' ({about})' if about else ''}")
        for shot in caption.shots:
            seen = ", ".join(caption.role(role).name for role in shot.roles) or "nobody"
            camera = f"{shot.camera.size.value} {shot.camera.movement.value}".replace("_", " ")
            lines.append(
                f"Shot {shot.id[1:]}, {format_interval(shot.interval)}, {camera}. {shot.setting}. Seen: {seen}."
            )
            lines.append(f"  {shot.action}")
            lines += [f"  sound {format_interval(sound.interval)}: {sound.text}" for sound in shot.sounds]
            for part in caption.lines_in(shot):
                who = caption.role(part.line.role).name + ("" if part.line.on_screen else " (not seen)")
                manner = f" {part.line.delivery}" if part.line.delivery else ""
                lines.append(f'  {format_interval(part.interval)} {who}{manner}: "{part.line.text}"')
    return "\n".join(lines)
