"""What a figure does: verbs of the action → a simple movement over the shot."""

from __future__ import annotations

import math
from dataclasses import dataclass

from generator.stage.words import Token, stem_in, tokens, word_set

__all__ = ["MOVEMENTS", "Motion", "Step", "read_motion"]

_VERBS: tuple[tuple[str, frozenset[str]], ...] = (
    ("leave", word_set("leave exit depart flee escape vanish disappear retreat away")),
    ("enter", word_set("enter arrive appear approach emerge come return")),
    ("run", word_set("run chase race sprint dash rush gallop hurry speed charge pedal scamper bolt")),
    ("climb", word_set("climb clamber")),
    ("walk", word_set("walk stroll march cross wander pace step tiptoe creep crawl follow pass move drive ride travel "
                      "push pull carry drag slide skate ski roll-up stride limp trot head approach return row")),
    ("dive", word_set("dive plunge")),
    ("swim", word_set("swim paddle bathe wade")),
    ("fly", word_set("fly soar hover flutter glide float drift swoop sail")),
    ("flip", word_set("flip somersault cartwheel")),
    ("dance", word_set("dance twirl pirouette jig waltz sway")),
    ("hop", word_set("jump hop leap bounce skip")),
    ("fall", word_set("fall tumble slip collapse faint trip drop crash descend topple sink")),
    ("spin", word_set("spin whirl rotate roll circle revolve")),
    ("turn", word_set("turn")),
    ("shake", word_set("shake tremble shiver shudder vibrate wobble flicker jitter rattle struggle")),
    ("lie", word_set("lie sleep nap doze rest snore curl asleep")),
    ("kneel", word_set("kneel crouch squat stoop")),
    ("sit", word_set("sit lounge perch")),
    ("rise", word_set("rise ascend lift levitate")),
    ("grow", word_set("grow inflate expand swell stretch bloom sprout")),
    ("nod", word_set("eat sniff drink dig peck lick bow nod smell chew bite graze bend lean")),
    ("point", word_set("point gesture indicate aim")),
    ("look", word_set("look watch gaze stare peer glance observe see notice search inspect examine listen peek")),
    ("cheer", word_set("cheer celebrate triumph exult rejoice clap applaud high-five")),
    ("wave", word_set("wave greet salute hail beckon throw toss")),
    ("hold", word_set("hold give take pick open write read play hand offer grab lift pour show find catch put place "
                      "knock type paint draw hammer fix light press raise touch use fill cook stir")),
    ("reach", word_set("reach nudge poke tap shove ring")),
)  # fmt: skip


MOVEMENTS = frozenset().union(*(stems for _, stems in _VERBS))
"""Stems of all verbs that the stage knows a movement for."""

_SWITCHED = word_set("on off up down the a an his her its into")


@dataclass(frozen=True, slots=True)
class Step:
    """A figure at one instant: offsets in shares of the window's width and of its own height.

    ``tall`` and ``wide`` are factors of its size; ``flip`` shows it from its other side.
    """

    across: float = 0.0
    up: float = 0.0
    angle: float = 0.0
    tall: float = 1.0
    wide: float = 1.0
    pose: str = "stand"
    flip: bool = False


@dataclass(frozen=True, slots=True)
class Motion:
    """A named movement; :meth:`at` gives the figure's place at a moment of the shot."""

    name: str

    def at(self, share: float, seconds: float, *, roomy: bool) -> Step:
        """The step at ``share`` (0 … 1) of the shot, ``seconds`` after its start.

        ``roomy`` says whether the frame has room for a walk; in a close shot figures stay in place.
        """
        running = self.name in ("run", "leave-fast")
        stride = int(seconds * (8 if running else 4)) % 2
        walk = f"{'run' if running else 'walk'}{stride}"
        bob = abs(math.sin(seconds * math.pi * (4.0 if running else 2.0)))
        beat = int(seconds * 3) % 2
        reach = 1.0 if roomy else 0.22
        match self.name:
            case "walk" | "run":
                far = 0.24 if self.name == "walk" else 0.34
                return Step(
                    (share * 2 - 1) * far * reach, (0.02 if not running else 0.045) * bob, 5 * running, pose=walk
                )
            case "enter":
                there = min(1.0, share * 1.6)
                return Step((there - 1) * 0.5 * reach, 0.02 * bob * (there < 1), pose=walk if there < 1 else "stand")
            case "leave":
                return Step(max(0.0, share - 0.15) * 0.8 * reach, 0.02 * bob, pose=walk)
            case "climb":
                return Step(0.0, (0.34 if roomy else 0.1) * share, 2 * math.sin(seconds * 6), pose=f"climb{stride}")
            case "fly":
                lift = 0.35 if roomy else 0.1
                return Step(
                    (share * 2 - 1) * 0.2 * reach, lift + 0.06 * math.sin(seconds * 3), 3 * math.sin(seconds * 2.2)
                )
            case "swim":
                return Step(
                    (share * 2 - 1) * 0.2 * reach,
                    0.03 * math.sin(seconds * 3),
                    4 * math.sin(seconds * 2.2),
                    pose=f"climb{beat}",
                )
            case "dive":
                over = min(1.0, max(0.0, share - 0.2) * 1.6)
                lift = (1.1 * over * (1 - over) * 2 - 0.25 * over) * (1.0 if roomy else 0.3)
                return Step(0.1 * over * reach, lift, 120 * over * (1 if roomy else 0.2), pose="cheer")
            case "hop":
                return Step(0, 0.16 * bob * (1 if roomy else 0.5), pose="cheer" if bob > 0.3 else "stand")
            case "flip":
                over = min(1.0, max(0.0, share - 0.15) * 1.7)
                return Step(
                    0,
                    (0.55 if roomy else 0.12) * 4 * over * (1 - over),
                    360 * over * (1 if roomy else 0.04),
                    pose="cheer",
                )
            case "dance":
                return Step(
                    0.015 * math.sin(seconds * 4) * reach, 0.04 * bob, 5 * math.sin(seconds * 6),
                    pose=("cheer", "wave0", "hold", "wave1")[int(seconds * 3) % 4], flip=int(seconds * 1.5) % 2 == 1,
                )  # fmt: skip
            case "fall":
                drop = min(1.0, max(0.0, (share - 0.25) * 2.2)) ** 2
                return Step(
                    0.06 * drop * reach,
                    0.0,
                    84 * drop * (1 if roomy else 0.25),
                    pose="cheer" if 0 < drop < 1 else "stand",
                )
            case "spin":
                return Step(0, 0.02, 360 * share if roomy else 10 * math.sin(seconds * 5))
            case "whirl":
                wide = math.cos(seconds * 5)
                return Step(
                    0.05 * math.sin(seconds * 2.5) * reach, wide=max(0.55, abs(wide)), pose="cheer", flip=wide < 0
                )
            case "back":
                return Step(pose="back")
            case "turn":
                return self._turned(share)
            case "shake":
                return Step(0.006 * math.sin(seconds * 40), 0, 3 * math.sin(seconds * 31))
            case "lie":
                return Step(0, 0.0, 84 if roomy else 20, 1 + 0.012 * math.sin(seconds * 2.5))
            case "rise":
                return Step(0, (0.5 if roomy else 0.15) * share, 0)
            case "grow":
                return Step(0, 0.0, 0, 0.75 + 0.25 * min(1.0, share * 1.5) if roomy else 1.0)
            case "nod":
                return Step(0.0, 0.0, 7 * max(0.0, math.sin(seconds * 3.4)), pose="hold")
            case "wave":
                return Step(pose=f"wave{beat}")
            case "look":
                # In a near frame a head that turns from one frame to the next would be taken for a cut.
                side = int(min(share, 0.999) * 3) % 2 if roomy else 0
                return Step(tall=1 + 0.006 * math.sin(seconds * 2.2), pose=f"look{side}")
            case "hold" | "sit" | "seat" | "cheer" | "kneel" | "point" | "reach":
                return Step(tall=1 + 0.004 * math.sin(seconds * 2.2), pose=self.name)
        return Step(tall=1 + 0.006 * math.sin(seconds * 2.2))

    @staticmethod
    def _turned(share: float) -> Step:
        # Front, then edge on, then the other side.
        turn = min(1.0, max(0.0, (share - 0.2) * 1.8))
        wide = math.cos(math.pi * turn)
        return Step(wide=max(0.6, abs(wide)), pose="back" if wide < 0 else "stand", flip=wide < 0)


def read_motion(clause: str, after: str = "") -> Motion:
    """The movement of the first verb of a clause that the stage knows; standing where there is none.

    ``after`` is the word behind the clause: "turns on" is done with a hand, "turns around" is not.
    """
    words: tuple[Token, ...] = tokens(clause)
    for at, word in enumerate(words):
        if word.is_noun:
            continue
        following = str(words[at + 1]) if at + 1 < len(words) else after
        for name, stems in _VERBS:
            if stem_in(word, stems):
                if name in ("walk", "run", "fly") and "away" in words:
                    return Motion("leave")
                if name == "hold" and following == "flight":
                    return Motion("fly")
                if name == "turn" and following in _SWITCHED:
                    return Motion("hold")
                return Motion(name)
    return Motion("stand")
