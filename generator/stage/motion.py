# ruff: noqa: E501  (tables read better unwrapped)
"""What a figure does: verbs of the action → a simple movement over the shot."""

from __future__ import annotations

import math
from dataclasses import dataclass

from generator.stage.words import Token, stem_in, tokens, word_set

__all__ = ["Motion", "Step", "read_motion"]

_VERBS: tuple[tuple[str, frozenset[str]], ...] = (
    ("leave", word_set("leave exit depart flee escape vanish disappear retreat away")),
    ("enter", word_set("enter arrive appear approach emerge come return")),
    ("run", word_set("run chase race sprint dash rush gallop hurry speed charge pedal scamper bolt")),
    ("walk", word_set("walk stroll march cross wander pace step tiptoe creep crawl follow pass move drive ride travel "
                      "push pull carry drag slide skate ski roll-up stride limp trot head climb")),
    ("fly", word_set("fly soar hover flutter glide float drift ascend swoop swim dive sail")),
    ("hop", word_set("jump hop leap bounce skip cheer celebrate dance")),
    ("fall", word_set("fall tumble slip collapse faint trip drop crash descend topple sink")),
    ("spin", word_set("spin twirl whirl rotate turn roll circle revolve")),
    ("shake", word_set("shake tremble shiver shudder vibrate wobble flicker jitter rattle struggle")),
    ("lie", word_set("lie sleep nap doze rest snore")),
    ("sit", word_set("sit kneel crouch squat")),
    ("rise", word_set("rise ascend lift levitate")),
    ("grow", word_set("grow inflate expand swell stretch bloom sprout")),
    ("nod", word_set("eat sniff drink dig peck lick bow nod look search inspect smell chew bite graze examine")),
    ("wave", word_set("wave greet salute hail beckon point throw toss")),
    ("hold", word_set("hold give take pick open write read play hand offer grab lift pour show find catch put place "
                      "examine knock type paint draw hammer fix light turn press raise reach touch use fill cook stir")),
    ("cheer", word_set("cheer celebrate triumph exult")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """A figure at one instant: offsets in shares of the window's width and of its own height."""

    across: float = 0.0
    up: float = 0.0
    angle: float = 0.0
    tall: float = 1.0
    pose: str = "stand"
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Motion:
    """A named movement; :meth:`at` gives the figure's place at a moment of the shot."""

    name: str

    def at(self, share: float, seconds: float, *, roomy: bool) -> Step:
        """The step at ``share`` (0 … 1) of the shot, ``seconds`` after its start.

        ``roomy`` says whether the frame has room for a walk; in a close shot figures stay in place.
        """
        walk = "walk1" if int(seconds * (7 if self.name == "run" else 4)) % 2 else "walk0"
        bob = abs(math.sin(seconds * math.pi * (3.5 if self.name == "run" else 2.0)))
        reach = 1.0 if roomy else 0.22
        match self.name:
            case "walk" | "run":
                far = 0.24 if self.name == "walk" else 0.34
                return Step((share * 2 - 1) * far * reach, 0.02 * bob, pose=walk)
            case "enter":
                there = min(1.0, share * 1.6)
                return Step((there - 1) * 0.5 * reach, 0.02 * bob * (there < 1), pose=walk if there < 1 else "stand")
            case "leave":
                return Step(max(0.0, share - 0.15) * 0.8 * reach, 0.02 * bob, pose=walk)
            case "fly":
                lift = 0.35 if roomy else 0.1
                return Step(
                    (share * 2 - 1) * 0.2 * reach, lift + 0.06 * math.sin(seconds * 3), 3 * math.sin(seconds * 2.2)
                )
            case "hop":
                return Step(0, 0.16 * bob * (1 if roomy else 0.5), pose="cheer" if bob > 0.3 else "stand")
            case "fall":
                drop = min(1.0, max(0.0, (share - 0.25) * 2.2)) ** 2
                return Step(0.06 * drop * reach, 0.0, 84 * drop * (1 if roomy else 0.25))
            case "spin":
                return Step(0, 0.02, 360 * share if roomy else 10 * math.sin(seconds * 5))
            case "shake":
                return Step(0.006 * math.sin(seconds * 40), 0, 3 * math.sin(seconds * 31))
            case "lie":
                return Step(0, 0.0, 84 if roomy else 20, 1 + 0.012 * math.sin(seconds * 2.5))
            case "rise":
                return Step(0, (0.5 if roomy else 0.15) * share, 0)
            case "grow":
                return Step(0, 0.0, 0, 0.75 + 0.25 * min(1.0, share * 1.5) if roomy else 1.0)
            case "nod":
                return Step(0.0, 0.0, 7 * max(0.0, math.sin(seconds * 3.4)))
            case "wave":
                return Step(pose="wave" if int(seconds * 3) % 2 == 0 else "hold")
            case "hold" | "sit" | "cheer":
                return Step(pose=self.name)
        return Step(tall=1 + 0.006 * math.sin(seconds * 2.2))


def read_motion(clause: str) -> Motion:
    """The movement of the first verb of a clause that the stage knows; standing where there is none."""
    words: tuple[Token, ...] = tokens(clause)
    for word in words:
        if word.is_noun:
            continue
        for name, stems in _VERBS:
            if stem_in(word, stems):
                if name in ("walk", "run", "fly") and "away" in words:
                    return Motion("leave")
                return Motion(name)
    return Motion("stand")
